package index

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// freeze makes a segment of profiles. The result does not depend on their order
// or on the number of cores. It fails where a key comes twice.
func freeze(f *forward, progress func(stage string, done, total int)) (*segment, error) {
	n := len(f.at)
	s := &segment{slabs: f.slabs}
	df := s.learn()
	order, rank, err := arrange(f, df)
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

// census is what a share of the profiles says about terms, in the order in which
// they come.
type census struct {
	table table
	df    []uint32
	max   []float32
}

// take counts the terms of a slab and puts their numbers in their place.
func (c *census) take(slab []Weight) {
	for i := range slab {
		w := &slab[i]
		t := c.table.put(w.Term)
		if int(t) == len(c.df) {
			c.df, c.max = append(c.df, 0), append(c.max, 0)
		}
		c.df[t]++
		c.max[t] = max(c.max[t], w.Value)
		w.Term = Term(t)
	}
}

// learn numbers the terms, puts the numbers in their place in the slabs, and
// finds how many documents have each and its largest weight.
func (s *segment) learn() (df []uint32) {
	workers := min(runtime.GOMAXPROCS(0), len(s.slabs))
	counts := make([]census, workers)
	each := func(work func(w int)) {
		var wait sync.WaitGroup
		for w := range workers {
			wait.Go(func() { work(w) })
		}
		wait.Wait()
	}
	each(func(w int) {
		counts[w].table = newTable(0)
		for i := w; i < len(s.slabs); i += workers {
			counts[w].take(s.slabs[i])
		}
	})
	for i := range counts {
		s.names = append(s.names, counts[i].table.terms()...)
	}
	slices.Sort(s.names)
	s.names = slices.Clip(slices.Compact(s.names))
	s.table = newTable(len(s.names))
	for _, term := range s.names {
		s.table.put(term)
	}
	df, s.max = make([]uint32, len(s.names)), make([]float32, len(s.names))
	numbers := make([][]uint32, workers)
	for i, c := range counts {
		numbers[i] = make([]uint32, len(c.df))
		for was, term := range c.table.terms() {
			t, _ := s.table.get(term)
			numbers[i][was] = t
			df[t] += c.df[was]
			s.max[t] = max(s.max[t], c.max[was])
		}
	}
	each(func(w int) {
		for i := w; i < len(s.slabs); i += workers {
			for j := range s.slabs[i] {
				x := &s.slabs[i][j]
				x.Term = Term(numbers[w][x.Term])
			}
		}
	})
	return df
}

// arrange orders the documents by their two main terms, then by key, and says
// the rank of each by key. The main terms of a document are its heaviest among
// those that a block full of documents have: a term nobody shares puts nothing
// side by side.
func arrange(f *forward, df []uint32) (order, rank []uint32, err error) {
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
	type spot struct {
		main uint64
		rank uint32
		doc  uint32
	}
	spots := make([]spot, n)
	for i := range n {
		at := f.at[i]
		var first, second Weight
		for _, w := range f.slabs[at.slab][at.start:][:at.count] {
			switch {
			case df[w.Term] < 1<<blockBits || w.Value <= second.Value:
			case w.Value > first.Value:
				first, second = w, first
			default:
				second = w
			}
		}
		spots[i] = spot{uint64(first.Term)<<32 | uint64(second.Term), rank[i], uint32(i)}
	}
	slices.SortFunc(spots, func(a, b spot) int { return cmp.Or(cmp.Compare(a.main, b.main), cmp.Compare(a.rank, b.rank)) })
	for d, p := range spots {
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
					count[x.Term]++
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
					run[next[x.Term]] = uint32(d)<<weightBits | uint32(quantise(x.Value, s.max[x.Term]))
					next[x.Term]++
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
	sizes := make([]size, n)
	shared(n, func(low, high int) {
		for t := low; t < high; t++ {
			sizes[t] = sizeOf(run[from[t]:from[t+1]])
		}
	})
	s.common, s.rare = make([]uint32, n+1), make([]uint32, n+1)
	s.rows, s.peaks = make([]uint32, n), make([]uint32, n)
	firsts := make([]size, n)
	var sum size
	few := uint32(0)
	for t, z := range sizes {
		s.common[t], s.rows[t], s.peaks[t], s.rare[t] = sum.entries, sum.rows, sum.peaks, few
		firsts[t] = sum
		if z.posts < rareBelow*z.entries {
			few += z.posts
		} else {
			sum = size{sum.entries + z.entries, sum.blocks + z.blocks, sum.rows + z.rows, sum.peaks + z.peaks, sum.posts + z.posts}
		}
	}
	s.common[n], s.rare[n] = sum.entries, few
	s.few = make([]uint32, few)
	s.super, s.mask = make([]uint16, sum.entries), make([]uint64, sum.entries)
	s.block, s.first = make([]uint32, sum.entries), make([]uint32, sum.entries)
	s.start, s.post = make([]uint16, sum.blocks), make([]uint16, sum.posts)
	s.row, s.peak = make([]uint64, sum.rows), make([]uint8, sum.peaks)
	for t, z := range firsts {
		if e := s.common[t]; e < s.common[t+1] {
			s.block[e], s.first[e] = z.blocks, z.posts
		}
	}
}

// size is what the postings of a term take up.
type size struct{ entries, blocks, rows, peaks, posts uint32 }

func sizeOf(run []uint32) size {
	z := size{posts: uint32(len(run))}
	for at := 0; at < len(run); z.entries++ {
		super := run[at] >> (weightBits + superBits)
		blocks := uint32(0)
		for at < len(run) && run[at]>>(weightBits+superBits) == super {
			block := run[at] >> (weightBits + blockBits)
			for at < len(run) && run[at]>>(weightBits+blockBits) == block {
				at++
			}
			blocks++
		}
		z.blocks += blocks
		if blocks >= rowFrom {
			z.rows += rowSize
		} else {
			z.peaks += blocks
		}
	}
	return z
}

// fill writes the postings of a term in its form.
func (s *segment) fill(t int, run []uint32) {
	if s.common[t] == s.common[t+1] {
		copy(s.few[s.rare[t]:], run)
		return
	}
	e := s.common[t]
	b, first := s.block[e], s.first[e]
	row, peak := s.row[s.rows[t]:], s.peak[s.peaks[t]:]
	for at := 0; at < len(run); e++ {
		super := run[at] >> (weightBits + superBits)
		s.super[e], s.block[e], s.first[e] = uint16(super), b, first+uint32(at)
		var tops [64]uint8
		for at < len(run) && run[at]>>(weightBits+superBits) == super {
			block := run[at] >> (weightBits + blockBits)
			s.start[b] = uint16(first + uint32(at) - s.first[e])
			s.mask[e] |= 1 << (block & 63)
			top := &tops[block&63]
			for ; at < len(run) && run[at]>>(weightBits+blockBits) == block; at++ {
				*top = max(*top, uint8(run[at]))
				s.post[first+uint32(at)] = uint16(run[at] & (docMask<<weightBits | weightMask))
			}
			s.post[first+uint32(at)-1] |= lastInBlock
			b++
		}
		full := bits.OnesCount64(s.mask[e]) >= rowFrom
		for m := s.mask[e]; m != 0; m &= m - 1 {
			block := bits.TrailingZeros64(m)
			if full {
				row[block>>3] |= uint64(tops[block]) << rowShift(block)
			} else {
				peak[0] = tops[block]
				peak = peak[1:]
			}
		}
		if full {
			row = row[rowSize:]
		}
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
