package index

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// segment is a frozen set of profiles, called documents here and numbered so
// that those with the same main terms stand side by side. Its terms are numbered
// by rising Term.
type segment struct {
	keys  string
	ends  []uint32 // of the key before each document's, and of the last
	byKey []uint32 // documents by rising key
	slabs [][]Weight
	at    []place // of the weights of each document

	table  table
	max    []float32 // the largest weight of each term
	common []uint32  // common[t] to common[t+1]: the entries of term t
	rare   []uint32  // rare[t] to rare[t+1]: or else its postings in few

	// A rare term has its postings here: the document above the quantised weight.
	few []uint32

	// A common term has an entry for each super, 64 blocks of 64 documents, that it
	// is in. The blocks of an entry are the ones set in its mask, and so on upwards.
	super []uint16
	mask  []uint64
	block []uint32 // of each entry: its first block in the next two
	first []uint32 // of each entry: its first posting in post
	peak  []uint8  // of each block: the largest quantised weight
	start []uint16 // of each block: its first posting, counted from the entry's
	post  []uint16 // quantised weight, document in the block, whether it is the block's last
}

const (
	blockBits   = 6
	superBits   = 12
	weightBits  = 8
	weightMask  = 1<<weightBits - 1
	docMask     = 1<<blockBits - 1
	lastInBlock = 1 << 15
	// A term that is in fewer documents for each super than this is rare: its
	// entries would cost more than they save.
	rareBelow = 4
)

func (s *segment) docs() int { return len(s.at) }

func (s *segment) key(d uint32) string { return s.keys[s.ends[d]:s.ends[d+1]] }

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
	s := &segment{slabs: f.slabs}
	df := s.learn(f)
	order, rank, err := arrange(f, s, df)
	if err != nil {
		return nil, err
	}
	s.at, s.byKey, s.ends = make([]place, n), make([]uint32, n), make([]uint32, n+1)
	var keys strings.Builder
	keys.Grow(f.keys.Len())
	for d, i := range order {
		keys.WriteString(f.key(i))
		s.at[d], s.ends[d+1], s.byKey[rank[i]] = f.at[i], uint32(keys.Len()), uint32(d)
	}
	s.keys = keys.String()
	s.invert(df, progress)
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
	order, rank = make([]uint32, n), make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(f.key(a), f.key(b)) })
	for r, i := range order {
		if r > 0 && f.key(order[r-1]) == f.key(i) {
			return nil, nil, fmt.Errorf("profile %q is there twice: the index holds one profile for a key", f.key(i))
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

// invert makes the inverted lists: postings sorted by term and document in two
// passes over the documents, each shared among the cores, then each term in its
// form.
func (s *segment) invert(df []uint32, progress func(stage string, done, total int)) {
	run := s.sort(df, progress)
	from := make([]uint32, len(df)+1)
	for t, n := range df {
		from[t+1] = from[t] + n
	}
	s.measure(run, from)
	progress("invert", 1, 2)
	shared(len(df), func(low, high int) {
		for t := low; t < high; t++ {
			s.fill(t, run[from[t]:from[t+1]])
		}
	})
	progress("invert", 2, 2)
}

// sort returns all postings by term, then document: the document above the
// quantised weight.
func (s *segment) sort(df []uint32, progress func(stage string, done, total int)) []uint32 {
	workers := runtime.GOMAXPROCS(0)
	counts := make([][]uint32, workers)
	part := func(w int) (low, high int) { return s.docs() * w / workers, s.docs() * (w + 1) / workers }
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			count := make([]uint32, len(df))
			low, high := part(w)
			for d := low; d < high; d++ {
				for _, x := range s.terms(uint32(d)) {
					t, _ := s.table.get(x.Term)
					count[t]++
				}
			}
			counts[w] = count
		})
	}
	wait.Wait()
	progress("sort", 1, 2)
	total := uint32(0)
	for t := range df {
		for _, count := range counts {
			total, count[t] = total+count[t], total
		}
	}
	run := make([]uint32, total)
	for w := range workers {
		wait.Go(func() {
			next := counts[w]
			low, high := part(w)
			for d := low; d < high; d++ {
				for _, x := range s.terms(uint32(d)) {
					t, _ := s.table.get(x.Term)
					run[next[t]] = uint32(d)<<weightBits | uint32(quantise(x.Value, s.max[t]))
					next[t]++
				}
			}
		})
	}
	wait.Wait()
	progress("sort", 2, 2)
	return run
}

// measure chooses the form of each term and makes room for it.
func (s *segment) measure(run, from []uint32) {
	n := len(from) - 1
	type size struct{ entries, blocks uint32 }
	sizes := make([]size, n)
	shared(n, func(low, high int) {
		for t := low; t < high; t++ {
			super, block := ^uint32(0), ^uint32(0)
			for _, p := range run[from[t]:from[t+1]] {
				d := p >> weightBits
				if d>>superBits != super {
					super = d >> superBits
					sizes[t].entries++
				}
				if d>>blockBits != block {
					block = d >> blockBits
					sizes[t].blocks++
				}
			}
		}
	})
	s.common, s.rare = make([]uint32, n+1), make([]uint32, n+1)
	var entries, blocks, posts, few uint32
	var firsts []size
	for t, z := range sizes {
		s.common[t], s.rare[t] = entries, few
		firsts = append(firsts, size{blocks, posts})
		if df := from[t+1] - from[t]; df < rareBelow*z.entries {
			few += df
		} else {
			entries, blocks, posts = entries+z.entries, blocks+z.blocks, posts+df
		}
	}
	s.common[n], s.rare[n] = entries, few
	s.few = make([]uint32, few)
	s.super, s.mask = make([]uint16, entries), make([]uint64, entries)
	s.block, s.first = make([]uint32, entries), make([]uint32, entries)
	s.peak, s.start, s.post = make([]uint8, blocks), make([]uint16, blocks), make([]uint16, posts)
	for t, z := range firsts {
		if s.common[t] < s.common[t+1] {
			s.block[s.common[t]], s.first[s.common[t]] = z.entries, z.blocks
		}
	}
}

// fill writes the postings of a term in its form.
func (s *segment) fill(t int, run []uint32) {
	if s.common[t] == s.common[t+1] {
		copy(s.few[s.rare[t]:], run)
		return
	}
	e := s.common[t]
	b, first := s.block[e], s.first[e]
	super, block := ^uint32(0), ^uint32(0)
	e--
	b--
	for i, p := range run {
		d := p >> weightBits
		if d>>superBits != super {
			super = d >> superBits
			e++
			s.super[e], s.block[e], s.first[e] = uint16(super), b+1, first+uint32(i)
		}
		if d>>blockBits != block {
			block = d >> blockBits
			b++
			s.mask[e] |= 1 << (block & 63)
			s.start[b] = uint16(first + uint32(i) - s.first[e])
		}
		s.peak[b] = max(s.peak[b], uint8(p))
		x := uint16(d&docMask)<<weightBits | uint16(p&weightMask)
		if i == len(run)-1 || run[i+1]>>(weightBits+blockBits) != block {
			x |= lastInBlock
		}
		s.post[first+uint32(i)] = x
	}
}

// shared divides the numbers below n among the cores.
func shared(n int, work func(low, high int)) {
	const step = 512
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+step-1)/step) {
		wait.Go(func() {
			for {
				high := int(next.Add(step))
				if high-step >= n {
					return
				}
				work(high-step, min(high, n))
			}
		})
	}
	wait.Wait()
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
