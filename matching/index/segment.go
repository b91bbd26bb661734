package index

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// segment is a frozen set of profiles, called documents here and numbered so
// that those with the same main terms stand side by side.
type segment struct {
	keys  string
	from  []uint32 // of the key of each document, in keys
	to    []uint32
	byKey []uint32 // documents by rising key
	slabs [][]Weight
	at    []place // of the weights of each document

	table  table     // Term to its number here; numbers rise with terms
	max    []float32 // the largest weight of each term
	spans  []uint32  // spans[t] to spans[t+1]: the supers that have term t, in the next three
	super  []uint16
	peak   []uint8  // largest quantised weight of the term in the super
	entry  []uint32 // of the term in the super
	supers []super
}

// super is the inverted index of 4,096 documents, 64 blocks of 64. An entry is a
// term; of the blocks a term is in the entry has the lowest as its first, and so
// on.
type super struct {
	mask   []uint64 // of each entry: the blocks the term is in
	blocks []uint32 // of each entry: its first in the next two
	peak   []uint8  // of each block of an entry: the largest quantised weight
	start  []uint16 // of each block of an entry: its first posting, counted from the entry's
	posts  []uint32 // of each entry: its first posting
	post   []uint16 // document in the block, quantised weight, whether it is the block's last
}

// A posting: the weight in the low byte, then six bits of the document.
const (
	docShift    = 8
	docMask     = 63
	lastInBlock = 1 << 15
)

const (
	blockBits = 6
	superBits = 12
	superSize = 1 << superBits
)

func (s *segment) docs() int { return len(s.at) }

func (s *segment) key(d uint32) string { return s.keys[s.from[d]:s.to[d]] }

func (s *segment) terms(d uint32) []Weight {
	p := s.at[d]
	return s.slabs[p.slab][p.start:][:p.count:p.count]
}

// find looks a key up by bisection.
func (s *segment) find(key string) (uint32, bool) {
	if s == nil {
		return 0, false
	}
	i, ok := slices.BinarySearchFunc(s.byKey, key, func(d uint32, key string) int { return cmp.Compare(s.key(d), key) })
	if !ok {
		return 0, false
	}
	return s.byKey[i], true
}

// freeze makes a segment of profiles. The result does not depend on their order
// or on the number of cores. It fails where a key comes twice.
func freeze(f *forward, progress func(stage string, done, total int)) (*segment, error) {
	n := len(f.at)
	s := &segment{keys: f.keys.String(), slabs: f.slabs}
	df := s.learn(f)
	order, rank, err := arrange(f, s, df)
	if err != nil {
		return nil, err
	}
	s.from, s.to, s.at = make([]uint32, n), make([]uint32, n), make([]place, n)
	s.byKey = make([]uint32, n)
	for d, i := range order {
		if i > 0 {
			s.from[d] = f.ends[i-1]
		}
		s.to[d], s.at[d] = f.ends[i], f.at[i]
		s.byKey[rank[i]] = uint32(d)
	}
	s.invert(progress)
	return s, nil
}

// learn numbers the terms and finds how many documents have each and its largest
// weight.
func (s *segment) learn(f *forward) (df []uint32) {
	t := newTable(0)
	var maxima []float32
	for _, slab := range f.slabs {
		for _, w := range slab {
			i := t.put(w.Term)
			if int(i) == len(df) {
				df = append(df, 0)
				maxima = append(maxima, 0)
			}
			df[i]++
			maxima[i] = max(maxima[i], w.Value)
		}
	}
	rising := t.sorted()
	s.max = make([]float32, len(df))
	counts := make([]uint32, len(df))
	s.table = newTable(len(df))
	for i, term := range rising {
		was, _ := t.get(term)
		s.table.put(term)
		s.max[i], counts[i] = maxima[was], df[was]
	}
	return counts
}

// arrange orders the documents by their two main terms, then by key, and says
// the rank of each by key. The main terms of a document are its heaviest among
// those that a block full of documents have: a term nobody shares puts nothing
// side by side.
func arrange(f *forward, s *segment, df []uint32) (order, rank []uint32, err error) {
	n := len(f.at)
	key := func(i uint32) string {
		if i == 0 {
			return s.keys[:f.ends[0]]
		}
		return s.keys[f.ends[i-1]:f.ends[i]]
	}
	order, rank = make([]uint32, n), make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(key(a), key(b)) })
	for r, i := range order {
		if r > 0 && key(order[r-1]) == key(i) {
			return nil, nil, fmt.Errorf("profile %q is there twice: the index holds one profile for a key", key(i))
		}
		rank[i] = uint32(r)
	}
	type place struct {
		main uint64
		rank uint32
		doc  uint32
	}
	places := make([]place, n)
	for i := range n {
		at := f.at[i]
		var first, second Weight
		for _, w := range f.slabs[at.slab][at.start:][:at.count] {
			t, _ := s.table.get(w.Term)
			switch {
			case df[t] < 1<<blockBits || w.Value <= second.Value:
			case w.Value > first.Value:
				first, second = w, first
			default:
				second = w
			}
		}
		places[i] = place{uint64(first.Term)<<32 | uint64(second.Term), rank[i], uint32(i)}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.main, b.main), cmp.Compare(a.rank, b.rank)) })
	for d, p := range places {
		order[d] = p.doc
	}
	return order, rank, nil
}

// invert fills the supers, on all cores, and then the spans.
func (s *segment) invert(progress func(stage string, done, total int)) {
	count := (s.docs() + superSize - 1) >> superBits
	s.supers = make([]super, count)
	found := make([][]uint32, count)
	peaks := make([][]uint8, count)
	var next, done atomic.Int64
	var say sync.Mutex
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), count) {
		wait.Go(func() {
			w := inverter{segment: s, count: make([]uint32, len(s.max))}
			for {
				i := int(next.Add(1)) - 1
				if i >= count {
					return
				}
				found[i], peaks[i] = w.fill(i)
				say.Lock()
				progress("invert", int(done.Add(1)), count)
				say.Unlock()
			}
		})
	}
	wait.Wait()
	s.spans = make([]uint32, len(s.max)+1)
	for _, terms := range found {
		for _, t := range terms {
			s.spans[t+1]++
		}
	}
	for t := range s.max {
		s.spans[t+1] += s.spans[t]
	}
	free := slices.Clone(s.spans)
	total := s.spans[len(s.max)]
	s.super, s.peak, s.entry = make([]uint16, total), make([]uint8, total), make([]uint32, total)
	for i, terms := range found {
		for e, t := range terms {
			p := free[t]
			free[t]++
			s.super[p], s.peak[p], s.entry[p] = uint16(i), peaks[i][e], uint32(e)
		}
	}
}

// inverter makes one super after another.
type inverter struct {
	*segment
	count []uint32 // of each term: its postings in this super, then where its next one goes; all 0 between supers
	bag   []posting
	run   []uint32 // postings by term and document: document in the super, then quantised weight in the low byte
}

type posting struct {
	term, what uint32
}

// fill makes super i and returns the terms of its entries and the largest
// quantised weight of each.
func (v *inverter) fill(i int) (terms []uint32, peaks []uint8) {
	v.bag = v.bag[:0]
	for d := i << superBits; d < min((i+1)<<superBits, v.docs()); d++ {
		for _, w := range v.terms(uint32(d)) {
			t, _ := v.table.get(w.Term)
			if v.count[t] == 0 {
				terms = append(terms, t)
			}
			v.count[t]++
			v.bag = append(v.bag, posting{t, uint32(d&(superSize-1))<<8 | uint32(quantise(w.Value, v.max[t]))})
		}
	}
	slices.Sort(terms)
	p := super{mask: make([]uint64, len(terms)), blocks: make([]uint32, len(terms)), posts: make([]uint32, len(terms)+1)}
	total := uint32(0)
	for e, t := range terms {
		p.posts[e] = total
		total += v.count[t]
		v.count[t] = p.posts[e]
	}
	p.posts[len(terms)] = total
	v.run = slices.Grow(v.run[:0], int(total))[:total]
	for _, b := range v.bag {
		v.run[v.count[b.term]] = b.what
		v.count[b.term]++
	}
	p.post = make([]uint16, total)
	p.peak, p.start = make([]uint8, 0, total), make([]uint16, 0, total)
	peaks = make([]uint8, len(terms))
	for e, t := range terms {
		v.count[t] = 0
		p.blocks[e] = uint32(len(p.peak))
		first := p.posts[e]
		for at := first; at < p.posts[e+1]; at++ {
			doc, weight := v.run[at]>>8, uint8(v.run[at])
			if block := uint64(1) << (doc >> blockBits); p.mask[e]&block == 0 {
				p.mask[e] |= block
				p.peak, p.start = append(p.peak, 0), append(p.start, uint16(at-first))
				if at > first {
					p.post[at-1] |= lastInBlock
				}
			}
			top := &p.peak[len(p.peak)-1]
			*top = max(*top, weight)
			peaks[e] = max(peaks[e], weight)
			p.post[at] = uint16(doc&docMask)<<docShift | uint16(weight)
		}
		p.post[p.posts[e+1]-1] |= lastInBlock
	}
	p.peak, p.start = slices.Clip(slices.Clone(p.peak)), slices.Clip(slices.Clone(p.start))
	v.supers[i] = p
	return terms, peaks
}

// quantise rounds a weight up to a multiple of 1/255 of the largest, never
// below the weight itself.
func quantise(value, largest float32) uint8 {
	steps := math.Ceil(float64(value) / float64(largest) * 255)
	if steps*float64(largest)/255 < float64(value) {
		steps++
	}
	return uint8(min(steps, 255))
}
