// Package index finds, among up to a million team profiles in memory, the ones with the largest weighted sum of terms in common with a query, exactly and in about a millisecond.
//
// A profile is a sparse vector of weights under a key; a query is another. The
// score of a profile is the dot product, and [Index.Top] gives the k best as a
// pass over all of them would: the same keys in the same order with the same
// bits, ties broken by key. It does so by upper bounds: profiles alike stand
// side by side in blocks of 32, every term knows its largest weight in each, and
// a block whose bound cannot reach the k-th best score so far is never opened
// (block-max pruning: Ding & Suel, SIGIR 2011; blocks visited by falling bound:
// Mallia, Suel & Tonellotto, SIGIR 2024). Ours differ in that bounds are summed
// term by term in long sweeps, and that blocks are opened together and dropped as
// soon as the terms not yet added cannot lift them. Bounds are integers rounded
// up; the few profiles that pass are scored from their exact weights, so
// quantisation costs time and never a result.
//
// Readers never wait: a change makes a new state beside the old one.
package index

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// Term is a number for a tag or a word; which is which only the caller knows.
// Numbers need not be dense. Neighbours in meaning that are neighbours in number
// (a tree of tags numbered in preorder) make queries faster.
type Term uint32

// Weight is how much a term counts in a profile or a query: finite and not
// negative. A weight of zero is as good as none.
type Weight struct {
	Term  Term
	Value float32
}

// Hit is a profile that shares terms with the query. Score is the sum of the
// products of weights over the shared terms, added in float64 by rising term;
// it is above zero.
type Hit struct {
	Key   string
	Score float64
}

// Product is the share of one term in a score.
type Product struct {
	Term           Term
	Query, Profile float32
	Value          float64 // Query times Profile, without rounding
}

// Index holds profiles by key. All methods may be called at once from many
// goroutines; a query sees the state between two changes, never half a change.
type Index struct {
	now     atomic.Pointer[state]
	change  sync.Mutex // held by who makes a new state
	compact sync.Mutex // held by Compact
	scratch sync.Pool
}

// state is what a query sees. It never changes once it can be seen.
type state struct {
	parts  []part // sealed first
	sealed int    // parts that a running Compact is about to replace
	tail   []profile
	live   int
}

// part is a segment and which of its profiles have been replaced or removed.
type part struct {
	*segment
	gone gone
}

type profile struct {
	key   string
	terms []Weight // by rising term, values above zero
}

// Sizes of what is new: profiles that are simply looked through, and how many
// segments of like size become one.
const (
	tailSize = 256
	fanIn    = 8
	// A change never waits for a merge of more profiles than this; what is
	// larger waits for Compact.
	mergeAtMost = tailSize * fanIn * fanIn
)

// New returns an empty index.
func New() *Index {
	x := &Index{}
	x.now.Store(&state{})
	return x
}

// Build makes an index of profiles in one go, which is far quicker than putting
// them one by one and leaves the quickest index. Their order does not matter. A
// key that comes twice, a term twice in one profile, or a weight that is
// negative or not finite is an error. Progress, if not nil, hears how far it is;
// the total of a stage is 0 while it is not known. Time is O(postings), memory
// about 16 bytes a posting, twice the key and a little.
func Build(profiles iter.Seq2[string, []Weight], progress func(stage string, done, total int)) (*Index, error) {
	if progress == nil {
		progress = silent
	}
	var f forward
	n := 0
	for key, terms := range profiles {
		if err := f.add(key, terms); err != nil {
			return nil, err
		}
		if n++; n%10_000 == 0 {
			progress("read", n, 0)
		}
	}
	progress("read", n, n)
	return made(&f, progress)
}

// made is the index of profiles.
func made(f *forward, progress func(stage string, done, total int)) (*Index, error) {
	s, err := freeze(f, progress)
	if err != nil {
		return nil, err
	}
	x := New()
	if s.docs() > 0 {
		x.now.Store(&state{parts: []part{{segment: s}}, live: s.docs()})
	}
	return x, nil
}

// Len is the number of profiles.
func (x *Index) Len() int { return x.now.Load().live }

// Pending is the number of profiles outside the main segment, or still in it
// though replaced or removed: what makes queries slower than they need be, and
// what Compact brings to 0.
func (x *Index) Pending() int {
	s := x.now.Load()
	n := len(s.tail)
	for i, p := range s.parts {
		if i > 0 {
			n += p.docs()
		} else {
			n += p.gone.count
		}
	}
	return n
}

// Put sets the profile of a key, in place of any it had; the next query sees it.
// It keeps its own copy of terms. The errors are those of Build. It takes
// microseconds, every 256th change milliseconds, every 16,384th a few tenths of
// a second (queries go on meanwhile).
func (x *Index) Put(key string, terms []Weight) error {
	terms, err := checked(terms)
	if err != nil {
		return fmt.Errorf("profile %q: %w", key, err)
	}
	x.change.Lock()
	defer x.change.Unlock()
	s := x.now.Load().without(key)
	s.tail = append(s.tail, profile{key, terms})
	s.live++
	if len(s.tail) >= tailSize {
		if err := s.roll(); err != nil {
			return err
		}
	}
	x.now.Store(s)
	return nil
}

// Remove takes a profile out and says whether there was one.
func (x *Index) Remove(key string) bool {
	x.change.Lock()
	defer x.change.Unlock()
	old := x.now.Load()
	s := old.without(key)
	x.now.Store(s)
	return s.live < old.live
}

// Profile returns the weights of a key, by rising term and without zeros, and
// whether there is such a profile.
func (x *Index) Profile(key string) ([]Weight, bool) {
	s := x.now.Load()
	for _, p := range s.tail {
		if p.key == key {
			return slices.Clone(p.terms), true
		}
	}
	for _, p := range s.parts {
		if d, ok := p.find(key); ok && !p.gone.has(d) {
			return p.profile(nil, d), true
		}
	}
	return nil, false
}

// Explain returns the products of a query and the profile of a key by rising
// term; added in that order they give the Score of its Hit to the last bit. It
// is empty where the two share nothing or there is no such profile.
func (x *Index) Explain(query []Weight, key string) ([]Product, error) {
	query, err := checked(query)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	terms, _ := x.Profile(key)
	var products []Product
	for _, w := range terms {
		if i, ok := slices.BinarySearchFunc(query, w.Term, func(q Weight, t Term) int { return cmp.Compare(q.Term, t) }); ok {
			products = append(products, Product{w.Term, query[i].Value, w.Value, float64(query[i].Value) * float64(w.Value)})
		}
	}
	return products, nil
}

// Compact makes one segment of all there is, as Build would have, and drops what
// was replaced or removed. Queries and changes go on meanwhile; memory is needed
// for both until it is done. It does nothing where nothing is pending.
func (x *Index) Compact(progress func(stage string, done, total int)) error {
	if progress == nil {
		progress = silent
	}
	x.compact.Lock()
	defer x.compact.Unlock()
	sealed, err := x.seal()
	if err != nil || len(sealed) == 0 || len(sealed) == 1 && sealed[0].gone.count == 0 {
		x.unseal()
		return err
	}
	made, err := frozen(nil, sealed, progress)
	if err != nil {
		x.unseal()
		return err
	}
	x.replace(sealed, made)
	return nil
}

// seal turns the tail into a segment and keeps all parts of now from being
// merged by changes.
func (x *Index) seal() ([]part, error) {
	x.change.Lock()
	defer x.change.Unlock()
	s := x.now.Load().clone()
	if len(s.tail) > 0 {
		p, err := frozen(s.tail, nil, silent)
		if err != nil {
			return nil, err
		}
		s.parts, s.tail = append(s.parts, p), nil
	}
	s.sealed = len(s.parts)
	x.now.Store(s)
	return s.parts, nil
}

func (x *Index) unseal() {
	x.change.Lock()
	defer x.change.Unlock()
	s := x.now.Load().clone()
	s.sealed = 0
	x.now.Store(s)
}

// replace puts the segment made of sealed parts in their place. What left them
// meanwhile leaves it too.
func (x *Index) replace(sealed []part, made part) {
	x.change.Lock()
	defer x.change.Unlock()
	s := x.now.Load().clone()
	for i, then := range sealed {
		since := s.parts[i].gone
		if since.count == then.gone.count {
			continue
		}
		for d := range then.docs() {
			if since.has(uint32(d)) && !then.gone.has(uint32(d)) {
				at, _ := made.find(then.key(uint32(d)))
				made.gone = made.gone.with(at, made.docs())
			}
		}
	}
	s.parts = s.parts[len(sealed):]
	if made.docs() > 0 {
		s.parts = append([]part{made}, s.parts...)
	}
	s.sealed = 0
	x.now.Store(s)
}

func (s *state) clone() *state {
	tail := append(make([]profile, 0, tailSize), s.tail...)
	return &state{parts: slices.Clone(s.parts), sealed: s.sealed, tail: tail, live: s.live}
}

// without is a copy of the state in which the key is not.
func (s *state) without(key string) *state {
	s = s.clone()
	for i, p := range s.tail {
		if p.key == key {
			s.tail = slices.Delete(s.tail, i, i+1)
			s.live--
			return s
		}
	}
	for i := range s.parts {
		p := &s.parts[i]
		if d, ok := p.find(key); ok && !p.gone.has(d) {
			p.gone = p.gone.with(d, p.docs())
			s.live--
			return s
		}
	}
	return s
}

// roll makes a segment of the tail, together with the latest segments where
// there are enough of like size: every profile is merged once per size, and a
// query meets few segments.
func (s *state) roll() error {
	size, from := tailSize, len(s.parts)
	for size < mergeAtMost {
		like := from
		for like > s.sealed && like > 0 && s.parts[like-1].docs() <= size && from-like < fanIn-1 && !s.main(like-1) {
			like--
		}
		if from-like < fanIn-1 {
			break
		}
		from, size = like, size*fanIn
	}
	p, err := frozen(s.tail, s.parts[from:], silent)
	if err != nil {
		return err
	}
	s.parts, s.tail = s.parts[:from], nil
	s.parts = append(s.parts, p)
	return nil
}

// main says whether a part is the one that Build, Load or Compact made.
func (s *state) main(i int) bool { return i == 0 && s.parts[0].docs() > mergeAtMost }

// frozen makes one segment of profiles and of what is left in parts.
func frozen(profiles []profile, parts []part, progress func(stage string, done, total int)) (part, error) {
	var f forward
	var terms []Weight
	for _, p := range parts {
		for d := range uint32(p.docs()) {
			if p.gone.has(d) {
				continue
			}
			terms = p.profile(terms[:0], d)
			if err := f.push(p.key(d), terms); err != nil {
				return part{}, err
			}
		}
	}
	for _, p := range profiles {
		if err := f.push(p.key, p.terms); err != nil {
			return part{}, err
		}
	}
	progress("read", len(f.at), len(f.at))
	s, err := freeze(&f, progress)
	return part{segment: s}, err
}

func silent(string, int, int) {}

// checked is a copy of weights by rising term without zeros.
func checked(weights []Weight) ([]Weight, error) {
	kept := make([]Weight, 0, len(weights))
	for _, w := range weights {
		if !(w.Value >= 0) || w.Value > math.MaxFloat32 {
			return nil, fmt.Errorf("term %d: weight %v: must be a finite number and not negative", w.Term, w.Value)
		}
		if w.Value > 0 {
			kept = append(kept, w)
		}
	}
	slices.SortFunc(kept, func(a, b Weight) int { return cmp.Compare(a.Term, b.Term) })
	for i := 1; i < len(kept); i++ {
		if kept[i].Term == kept[i-1].Term {
			return nil, fmt.Errorf("term %d is there twice: add its weights up first", kept[i].Term)
		}
	}
	if len(kept) > termsAtMost {
		return nil, fmt.Errorf("%d terms: at most %d are taken", len(kept), termsAtMost)
	}
	return kept, nil
}
