package index

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Top returns the k profiles with the largest score among those that keep lets
// through (all, where keep is nil), falling, equal scores by rising key; fewer
// where fewer share a term with the query. It is exact: the same hits as scoring
// every profile. Keep is asked for a key at most once, and only for profiles
// that would be among the best; it must not change the index. A term twice in
// the query or a weight that is negative or not finite is an error.
func (x *Index) Top(query []Weight, k int, keep func(key string) bool) ([]Hit, error) {
	query, err := checked(query)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	if len(query) > termsAtMost {
		return nil, fmt.Errorf("query: %d terms: at most %d are taken", len(query), termsAtMost)
	}
	if k <= 0 || len(query) == 0 {
		return []Hit{}, nil
	}
	now := x.now.Load()
	s, _ := x.scratch.Get().(*search)
	if s == nil {
		s = &search{}
	}
	s.query, s.keep = query, keep
	s.best = best{k: k}
	for _, p := range now.parts {
		s.part(p)
	}
	for _, p := range now.tail {
		s.offer(p.key, dot(query, p.terms))
	}
	hits := s.best.sorted()
	s.query, s.keep, s.best, s.seg = nil, nil, best{}, part{}
	x.scratch.Put(s)
	return hits, nil
}

// dot adds the products over shared terms by rising term: the score.
func dot(query, terms []Weight) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(query) && j < len(terms); {
		switch a, b := query[i].Term, terms[j].Term; {
		case a < b:
			i++
		case a > b:
			j++
		default:
			sum += float64(query[i].Value) * float64(terms[j].Value)
			i++
			j++
		}
	}
	return sum
}

// search is the work of one query, kept for the next.
type search struct {
	query []Weight
	keep  func(string) bool
	best  best

	seg    part
	scale  float64 // integer bounds are scores times this, rounded up
	floor  uint32  // bounds below it cannot be among the best
	terms  []plan
	bound  []uint32 // of each super
	entry  []uint32 // of each super and term of the plan: its entry plus one
	order  []uint64 // bound and number of supers worth a visit
	here   []cursor // terms in the super at hand
	blocks []uint64 // bound and number of blocks worth a visit
}

// plan is a term of the query that a segment has.
type plan struct {
	number uint32
	factor uint32 // its bound is a quantised weight times this
}

// cursor is a plan's entry in the super at hand.
type cursor struct {
	mask   uint64
	blocks uint32
	posts  uint32
	factor uint32
}

// part searches a segment: supers by falling bound, and in them blocks.
func (s *search) part(p part) {
	s.seg = p
	if !s.plan() {
		return
	}
	s.raise()
	s.bounds()
	for _, o := range s.order {
		if uint32(o>>32) < s.floor {
			return
		}
		s.super(int(uint32(o)))
	}
}

// plan looks the terms up and chooses the scale, so that all bounds fit 32 bits:
// their sum is at most 2^31 and each is rounded up by less than 256.
func (s *search) plan() bool {
	s.terms = s.terms[:0]
	most := 0.0
	for _, w := range s.query {
		if t, ok := s.seg.table.get(w.Term); ok {
			most += float64(w.Value) * float64(s.seg.max[t])
		}
	}
	if most == 0 {
		return false
	}
	s.scale = (1 << 31) / most
	for _, w := range s.query {
		if t, ok := s.seg.table.get(w.Term); ok {
			factor := math.Ceil(float64(w.Value) * float64(s.seg.max[t]) / 255 * s.scale)
			s.terms = append(s.terms, plan{t, uint32(factor)})
		}
	}
	return true
}

// raise lifts the floor to the worst of the best. The margin is larger than the
// rounding of a sum of 65,535 products can be.
func (s *search) raise() {
	s.floor = 1
	if s.best.full() {
		s.floor = max(1, uint32(min(s.best.hits[0].Score*s.scale*(1-1e-9), math.MaxUint32)))
	}
}

// bounds adds up, for each super, the largest shares of the terms it has.
func (s *search) bounds() {
	n := len(s.seg.supers)
	s.bound, s.entry = zeros(s.bound, n), zeros(s.entry, n*len(s.terms))
	for i, t := range s.terms {
		for p := s.seg.spans[t.number]; p < s.seg.spans[t.number+1]; p++ {
			at := int(s.seg.super[p])
			s.bound[at] += t.factor * uint32(s.seg.peak[p])
			s.entry[at*len(s.terms)+i] = s.seg.entry[p] + 1
		}
	}
	s.order = falling(s.order[:0], s.bound, s.floor)
}

// super visits the blocks of a super that may hold one of the best.
func (s *search) super(i int) {
	u := &s.seg.supers[i]
	var bound [64]uint32
	s.here = s.here[:0]
	for j, e := range s.entry[i*len(s.terms):][:len(s.terms)] {
		if e == 0 {
			continue
		}
		c := cursor{u.mask[e-1], u.blocks[e-1], u.posts[e-1], s.terms[j].factor}
		s.here = append(s.here, c)
		at := c.blocks
		for m := c.mask; m != 0; m &= m - 1 {
			bound[bits.TrailingZeros64(m)] += c.factor * uint32(u.peak[at])
			at++
		}
	}
	s.blocks = falling(s.blocks[:0], bound[:], s.floor)
	for _, o := range s.blocks {
		if uint32(o>>32) < s.floor {
			return
		}
		s.block(u, uint32(i), uint32(o))
	}
}

// block bounds every document of a block and scores those that may be among the
// best.
func (s *search) block(u *super, super, b uint32) {
	var bound [64]uint32
	bit := uint64(1) << b
	for _, c := range s.here {
		if c.mask&bit == 0 {
			continue
		}
		at := c.posts + uint32(u.start[c.blocks+uint32(bits.OnesCount64(c.mask&(bit-1)))])
		for {
			p := u.post[at]
			bound[p>>docShift&docMask] += c.factor * uint32(uint8(p))
			if p >= lastInBlock {
				break
			}
			at++
		}
	}
	for i, most := range bound {
		if most < s.floor {
			continue
		}
		d := super<<superBits | b<<blockBits | uint32(i)
		if !s.seg.gone.has(d) {
			s.offer(s.seg.key(d), dot(s.query, s.seg.segment.terms(d)))
			s.raise()
		}
	}
}

// offer takes a profile among the best if it is, and is kept.
func (s *search) offer(key string, score float64) {
	h := Hit{key, score}
	if score > 0 && s.best.wants(h) && (s.keep == nil || s.keep(key)) {
		s.best.take(h)
	}
}

// falling appends the numbers of all bounds that reach the floor, the largest
// bound first, as bound<<32 | number.
func falling(order []uint64, bounds []uint32, floor uint32) []uint64 {
	for i, b := range bounds {
		if b >= floor {
			order = append(order, uint64(b)<<32|uint64(i))
		}
	}
	slices.SortFunc(order, func(a, b uint64) int {
		if a > b {
			return -1
		}
		return 1
	})
	return order
}

func zeros(s []uint32, n int) []uint32 {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// best is the k best hits so far, a heap with the worst on top.
type best struct {
	k    int
	hits []Hit
}

func (b *best) full() bool { return len(b.hits) == b.k }

func worse(a, b Hit) bool {
	return a.Score < b.Score || a.Score == b.Score && a.Key > b.Key
}

func (b *best) wants(h Hit) bool { return !b.full() || worse(b.hits[0], h) }

// take puts a hit that is wanted among the best.
func (b *best) take(h Hit) {
	if !b.full() {
		b.hits = append(b.hits, h)
		for i := len(b.hits) - 1; i > 0 && worse(b.hits[i], b.hits[(i-1)/2]); i = (i - 1) / 2 {
			b.hits[i], b.hits[(i-1)/2] = b.hits[(i-1)/2], b.hits[i]
		}
		return
	}
	b.hits[0] = h
	for i := 0; ; {
		low := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(b.hits); c++ {
			if worse(b.hits[c], b.hits[low]) {
				low = c
			}
		}
		if low == i {
			return
		}
		b.hits[i], b.hits[low] = b.hits[low], b.hits[i]
		i = low
	}
}

// sorted returns the hits, the best first.
func (b *best) sorted() []Hit {
	slices.SortFunc(b.hits, func(x, y Hit) int {
		switch {
		case worse(y, x):
			return -1
		case worse(x, y):
			return 1
		}
		return strings.Compare(x.Key, y.Key)
	})
	if b.hits == nil {
		return []Hit{}
	}
	return b.hits
}
