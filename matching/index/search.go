package index

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// search is the work of one query, kept for the next.
type search struct {
	query []Weight
	keep  func(string) bool
	best  best

	seg    part
	scale  float64 // integer bounds are scores times this, rounded up
	floor  uint32  // bounds below it cannot be among the best
	terms  []plan
	known  []Weight           // the query in the segment's numbers
	bound  pairs              // of each block
	left   [len(checks)]pairs // of each block: its bound by the terms that come after a check
	levels [levels]uint32     // how many blocks have a bound of each level
	slot   []uint16           // of each block: where in the batch it is
	wanted []uint64           // of each super: its blocks in the batch
	batch  []uint32           // blocks looked into together
	docs   []uint32           // bounds of the documents of the batch
	order  []uint64           // bound and number of documents that may be among the best
}

// plan is a term of the query that a segment has.
type plan struct {
	number uint32
	factor uint32 // its bound is a quantised weight times this
}

// Blocks are visited by falling level, the leading bits of their bounds, in
// batches: a first one that finds a good floor, then larger ones.
const (
	levelShift = 21
	levels     = 1 << (32 - levelShift)
	firstBatch = 32
	laterBatch = 2048
	batchLimit = 1 << 12 // slots
)

// checks are the numbers of terms after which the blocks of a batch are checked.
var checks = [...]int{6, 12, 24, 48, 96}

// part searches a segment. The bounds of all blocks come first, term by term in
// long sweeps; blocks are then looked into together, again term by term, the
// weightiest first, and given up once what is left cannot lift them.
func (s *search) part(p part) {
	s.seg = p
	if !s.plan() {
		return
	}
	s.raise()
	s.bounds()
	for high, want := levels, firstBatch; high > 0 && uint32(high<<levelShift-1) >= s.floor; want = laterBatch {
		low := high
		for n := 0; low > 0 && n < want; {
			low--
			n += int(s.levels[low])
		}
		s.visit(uint32(low), uint32(high))
		high = low
	}
}

// plan looks the terms up, puts those that count least first, and chooses the
// scale so that all bounds fit 32 bits: they add up to 2^31 at most, and each is
// rounded up by less than 256.
func (s *search) plan() bool {
	s.terms, s.known = s.terms[:0], s.known[:0]
	most := 0.0
	for _, w := range s.query {
		if t, ok := s.seg.table.get(w.Term); ok {
			s.known = append(s.known, Weight{Term(t), w.Value})
			most += float64(w.Value) * float64(s.seg.max[t])
		}
	}
	if most == 0 {
		return false
	}
	s.scale = (1 << 31) / most
	for _, w := range s.known {
		factor := math.Ceil(float64(w.Value) * float64(s.seg.max[w.Term]) / 255 * s.scale)
		s.terms = append(s.terms, plan{uint32(w.Term), uint32(factor)})
	}
	slices.SortFunc(s.terms, func(a, b plan) int { return cmp.Or(cmp.Compare(a.factor, b.factor), cmp.Compare(a.number, b.number)) })
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

// bounds adds up, for each block, the largest shares of the terms in it.
func (s *search) bounds() {
	g := s.seg.segment
	blocks := (g.docs() + docMask) >> blockBits
	supers := (blocks + 63) >> 6
	s.bound, s.wanted = zeros(s.bound, supers*pairsOfSuper), zeros(s.wanted, supers)
	s.slot = slices.Grow(s.slot[:0], blocks)[:blocks]
	for i, t := range s.terms {
		if c := slices.Index(checks[:], len(s.terms)-i); c >= 0 {
			s.left[c] = append(s.left[c][:0], s.bound...)
		}
		if few := g.few[g.rare[t.number]:g.rare[t.number+1]]; len(few) > 0 {
			s.boundRare(t.factor, few)
		} else {
			s.boundCommon(t)
		}
	}
	clear(s.levels[:])
	for _, two := range s.bound {
		s.levels[uint32(two)>>levelShift]++
		s.levels[two>>(32+levelShift)]++
	}
}

// boundRare adds the share of a term to the bounds of its blocks.
func (s *search) boundRare(factor uint32, few []uint32) {
	for i := 0; i < len(few); {
		b := few[i] >> (weightBits + blockBits)
		peak := few[i] & weightMask
		for i++; i < len(few) && few[i]>>(weightBits+blockBits) == b; i++ {
			peak = max(peak, few[i]&weightMask)
		}
		s.bound[b>>1] += uint64(factor*peak) << (b & 1 << 5)
	}
}

// boundCommon does the same.
func (s *search) boundCommon(t plan) {
	g := s.seg.segment
	low, high := g.common[t.number], g.common[t.number+1]
	rows, peaks := g.row[g.rows[t.number]:], g.peak[g.peaks[t.number]:]
	for e := low; e < high; e++ {
		bound := (*[pairsOfSuper]uint64)(s.bound[int(g.super[e])*pairsOfSuper:])
		m := g.mask[e]
		n := bits.OnesCount64(m)
		if n >= rowFrom {
			addRow(bound, (*[rowSize]uint64)(rows), uint64(t.factor))
			rows = rows[rowSize:]
			continue
		}
		for _, peak := range peaks[:n] {
			b := bits.TrailingZeros64(m)
			bound[b>>1&(pairsOfSuper-1)] += uint64(t.factor*uint32(peak)) << (b & 1 << 5)
			m &= m - 1
		}
		peaks = peaks[n:]
	}
}

// addRow adds 64 peaks times a factor to 64 bounds, two at a time: no sum
// reaches 2^32, so none runs over into its neighbour.
func addRow(bound *[pairsOfSuper]uint64, row *[rowSize]uint64, factor uint64) {
	const two = 0xff<<32 | 0xff
	for i, eight := range row {
		bound[4*i] += eight & two * factor
		bound[4*i+1] += eight >> 8 & two * factor
		bound[4*i+2] += eight >> 16 & two * factor
		bound[4*i+3] += eight >> 24 & two * factor
	}
}

// pairs are the bounds of blocks, two in a word, the even one below.
type pairs []uint64

const pairsOfSuper = 32

func (p pairs) of(block uint32) uint32 { return uint32(p[block>>1] >> (block & 1 << 5)) }

// visit looks into the blocks of levels low to high that reach the floor.
func (s *search) visit(low, high uint32) {
	s.batch = s.batch[:0]
	least, most := max(low<<levelShift, s.floor), high<<levelShift-1
	for i, two := range s.bound {
		if even, odd := uint32(two), uint32(two>>32); max(even, odd) >= least {
			s.want(uint32(2*i), even, least, most)
			s.want(uint32(2*i+1), odd, least, most)
		}
	}
	s.look()
}

// want puts a block into the batch if its bound is within limits.
func (s *search) want(b, bound, least, most uint32) {
	if bound < least || bound > most {
		return
	}
	if len(s.batch) == batchLimit {
		s.look()
	}
	s.slot[b] = uint16(len(s.batch))
	s.wanted[b>>6] |= 1 << (b & 63)
	s.batch = append(s.batch, b)
}

// look bounds every document of the batch and scores those that may be among the
// best.
func (s *search) look() {
	if len(s.batch) == 0 {
		return
	}
	s.docs = zeros(s.docs, len(s.batch)<<blockBits)
	g := s.seg.segment
	for i, t := range slices.Backward(s.terms) {
		if few := g.few[g.rare[t.number]:g.rare[t.number+1]]; len(few) > 0 {
			s.addRare(t.factor, few)
		} else {
			s.addCommon(t)
		}
		if c := slices.Index(checks[:], len(s.terms)-i); c >= 0 && i > 0 {
			s.prune(s.left[c])
		}
	}
	s.order = s.order[:0]
	for _, b := range s.batch {
		for i, bound := range s.block(b) {
			if bound >= s.floor {
				s.order = append(s.order, uint64(bound)<<32|uint64(b<<blockBits|uint32(i)))
			}
		}
	}
	s.score()
	for _, b := range s.batch {
		s.wanted[b>>6] = 0
	}
	s.batch = s.batch[:0]
}

// block is the bounds of the documents of a block of the batch.
func (s *search) block(b uint32) *[1 << blockBits]uint32 {
	return (*[1 << blockBits]uint32)(s.docs[int(s.slot[b])<<blockBits:])
}

// prune drops the blocks of the batch in which no document can reach the floor
// with what is left.
func (s *search) prune(left pairs) {
	kept := s.batch[:0]
	for _, b := range s.batch {
		most := uint32(0)
		for _, d := range s.block(b) {
			most = max(most, d)
		}
		if most+left.of(b) < s.floor {
			s.wanted[b>>6] &^= 1 << (b & 63)
			continue
		}
		kept = append(kept, b)
	}
	s.batch = kept
}

// addRare adds the share of a term to the bounds of its documents in the batch.
func (s *search) addRare(factor uint32, few []uint32) {
	for _, p := range few {
		if b := p >> (weightBits + blockBits); s.wanted[b>>6]>>(b&63)&1 == 1 {
			s.docs[int(s.slot[b])<<blockBits|int(p>>weightBits&docMask)] += factor * (p & weightMask)
		}
	}
}

// addCommon does the same.
func (s *search) addCommon(t plan) {
	g := s.seg.segment
	for e := g.common[t.number]; e < g.common[t.number+1]; e++ {
		super := g.super[e]
		mask := g.mask[e]
		for hit := mask & s.wanted[super]; hit != 0; hit &= hit - 1 {
			b := bits.TrailingZeros64(hit)
			docs := (*[1 << blockBits]uint32)(s.docs[int(s.slot[int(super)<<6|b])<<blockBits:])
			nth := bits.OnesCount64(mask & (1<<b - 1))
			for _, p := range g.post[g.first[e]+uint32(g.start[g.block[e]+uint32(nth)]):] {
				docs[p>>weightBits&docMask] += t.factor * uint32(p&weightMask)
				if p >= lastInBlock {
					break
				}
			}
		}
	}
}

// score takes the documents in order by falling bound, a handful at first, until
// none left can be among the best.
func (s *search) score() {
	for order, n := s.order, s.best.k+16; len(order) > 0; n *= 2 {
		n = min(n, len(order))
		leading(order, n)
		for _, o := range order[:n] {
			if uint32(o>>32) < s.floor {
				return
			}
			if d := uint32(o); !s.seg.gone.has(d) {
				s.offer(s.seg.key(d), dot(s.known, s.seg.segment.terms(d)))
				s.raise()
			}
		}
		order = order[n:]
	}
}

// leading moves the n largest to the front, falling (Hoare's selection).
func leading(v []uint64, n int) {
	for low, high := 0, len(v); high-low > 1 && n < high; {
		pivot := v[(low+high)/2]
		i, j := low, high-1
		for i <= j {
			for v[i] > pivot {
				i++
			}
			for v[j] < pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			high = j + 1
		case n > i:
			low = i
		default:
			high = low // the first n are where they belong
		}
	}
	slices.SortFunc(v[:n], func(a, b uint64) int { return cmp.Compare(b, a) })
}

// offer takes a profile among the best if it is, and is kept.
func (s *search) offer(key string, score float64) {
	h := Hit{key, score}
	if score > 0 && s.best.wants(h) && (s.keep == nil || s.keep(key)) {
		s.best.take(h)
	}
}

func zeros[T uint32 | uint64](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}
