package assign

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Anonymous gives the bids and experts of a question keys by what they are — fits, bars,
// pins, loads, rules — so that a question whose identifiers are mere places gets the same plan whatever the
// order its rows and columns come in. It refines colours (Weisfeiler and Leman 1968): two
// are told apart when what they see of the others differs. Where nothing tells them apart, one of them is set apart by
// its place, and the rest refined again; of twins it makes no difference which. In large
// questions full of twins places decide sooner. O(pairs) a round, some ten rounds at most
// where fits differ.
func Anonymous(q Question) Question {
	q.Bids, q.Experts = slices.Clone(q.Bids), slices.Clone(q.Experts)
	a := newColours(q)
	if a == nil {
		return q // the question has faults, and Solve will name them
	}
	a.refine()
	const effort = 3e7
	for spent := 0.0; spent < effort && a.split(); spent += float64(3 * a.n * a.m) {
		a.refine()
	}
	for k, place := range a.places(0, a.n) {
		q.Bids[k].Key = fmt.Sprintf("%08d", place)
	}
	for k, place := range a.places(a.n, a.n+a.m) {
		q.Experts[k].Key = fmt.Sprintf("%08d", place)
	}
	return q
}

// colours are those of the bids, then of the experts.
type colours struct {
	n, m  int
	c     []uint64
	pair  func(i, j int) uint64
	sets  [][]int // experts of a rule, of those to be kept apart, of a unit
	kinds []uint64
}

func newColours(q Question) *colours {
	m, err := read(Question{Bids: q.Bids, Experts: q.Experts, Fit: q.Fit, Barred: q.Barred, Pins: q.Pins, Apart: q.Apart, PerUnit: q.PerUnit,
		Rules: q.Rules, Standing: q.Standing, Waivers: q.Waivers})
	if err != nil {
		return nil
	}
	a := &colours{n: m.n, m: m.m, c: make([]uint64, m.n+m.m)}
	bidAt, expertAt := make([]int, m.n), make([]int, m.m) // from places in the question
	for at, i := range m.row {
		bidAt[i] = at
	}
	for at, j := range m.col {
		expertAt[j] = at
	}
	for i, b := range q.Bids {
		a.c[i] = mix(uint64(b.Want) + 1)
	}
	for j, e := range q.Experts {
		a.c[m.n+j] = mix(uint64(e.Max)<<32 + uint64(e.Min) + 7)
	}
	a.pair = func(i, j int) uint64 {
		bi, ej := bidAt[i], expertAt[j]
		x := math.Float64bits(m.fit(bi, ej) + 0)
		if m.barred[bi*m.m+ej] {
			return 1
		}
		k := pairOf(bi, ej)
		if len(m.pinned)+len(m.standing) > 0 {
			if m.pinned[k] {
				x ^= 0x9e3779b97f4a7c15
			}
			if m.standing[k] {
				x ^= 0xc2b2ae3d27d4eb4f
			}
		}
		return mix(x)
	}
	for k := range m.rules {
		r := &m.rules[k]
		var set []int
		for _, j := range r.list {
			set = append(set, m.col[j])
		}
		a.sets = append(a.sets, set)
		a.kinds = append(a.kinds, mix(uint64(r.least)<<40+uint64(min(r.most, 1<<20))))
		if r.bids != nil {
			for i := range q.Bids {
				if r.bids[bidAt[i]] {
					a.c[i] += mix(a.kinds[k] + 3)
				}
			}
		}
	}
	return a
}

// mix scatters the bits of a number (the finisher of SplitMix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// refine mixes into every colour those it sees, until no more are told apart.
func (a *colours) refine() {
	for have := a.different(); ; {
		next := make([]uint64, len(a.c))
		for i := range a.n {
			for j := range a.m {
				p := a.pair(i, j)
				next[i] += mix(p + a.c[a.n+j])
				next[a.n+j] += mix(p ^ mix(a.c[i]))
			}
		}
		for k, set := range a.sets {
			sum := a.kinds[k]
			for _, j := range set {
				sum += mix(a.c[a.n+j])
			}
			for _, j := range set {
				next[a.n+j] += mix(sum)
			}
		}
		for v := range next {
			next[v] = mix(next[v] ^ mix(a.c[v]+5))
		}
		a.c = next
		if now := a.different(); now == have {
			return
		} else {
			have = now
		}
	}
}

func (a *colours) different() int {
	bids, experts := slices.Clone(a.c[:a.n]), slices.Clone(a.c[a.n:])
	slices.Sort(bids)
	slices.Sort(experts)
	return len(slices.Compact(bids)) + len(slices.Compact(experts))
}

// split sets one apart of those that share the least colour shared; false if none is shared.
func (a *colours) split() bool {
	for _, part := range [][]uint64{a.c[:a.n], a.c[a.n:]} {
		count := make(map[uint64]int, len(part))
		for _, c := range part {
			count[c]++
		}
		first := -1
		for v, c := range part {
			if count[c] > 1 && (first < 0 || c < part[first]) {
				first = v
			}
		}
		if first >= 0 {
			part[first] = mix(part[first] + 11)
			return true
		}
	}
	return false
}

// places ranks the colours from one index to another, ties by index.
func (a *colours) places(from, to int) []int {
	order := make([]int, to-from)
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(a.c[from+x], a.c[from+y]) })
	out := make([]int, len(order))
	for place, k := range order {
		out[k] = place
	}
	return out
}
