package measure

import (
	"math"
	"slices"
)

// A list is judged in the falling order of its scores. Things level with one
// another stand in no order; what is returned is then the mean over all orders
// of them, so that neither the order of the input nor a name ever helps.
// (McSherry and Najork, Computing information retrieval performance measures
// efficiently in the presence of tied scores, ECIR 2008.)

// NDCG is the discounted gain of the first k, of the best that any order
// reaches: gains are linear, the discount of rank r is log2(r+1). Truth is the
// gain, 0 or more. A list without any gain is worth 0. O(n log n).
func NDCG(items []Item, k int) float64 {
	gained := 0.0
	for _, g := range groups(items) {
		gained += g.truth / float64(g.size) * discounts(g.before, min(g.before+g.size, k))
	}
	gains := make([]float64, len(items))
	for i, it := range items {
		gains[i] = it.Truth
	}
	slices.SortFunc(gains, falling)
	best := 0.0
	for i := range min(k, len(gains)) {
		best += gains[i] * discount(i)
	}
	if best == 0 {
		return 0
	}
	return gained / best
}

// Hit is 1 if the first of the list has a truth above 0, and 0 if not.
func Hit(items []Item) float64 { return Precision(items, 1) }

// Precision is the share of the first k that have a truth above 0; of a list
// shorter than k, of all it has. An empty list is worth 0.
func Precision(items []Item, k int) float64 {
	k = min(k, len(items))
	if k <= 0 {
		return 0
	}
	return found(items, k) / float64(k)
}

// Recall is the share of all things with a truth above 0 that stand among the
// first k; 0 if there are none.
func Recall(items []Item, k int) float64 {
	wanted := 0.0
	for _, it := range items {
		if it.Truth > 0 {
			wanted++
		}
	}
	if wanted == 0 {
		return 0
	}
	return found(items, k) / wanted
}

// ReciprocalRank is 1 / the rank of the first thing with a truth above 0, or 0
// if it does not stand among the first k. Its mean over lists is the MRR@k.
func ReciprocalRank(items []Item, k int) float64 {
	for _, g := range groups(items) {
		if g.right == 0 {
			continue
		}
		// The first right one of the group stands at its place j (from 0) with the
		// probability that j wrong ones are drawn before it.
		sum, none := 0.0, 1.0
		for j := 0; j <= g.size-g.right && g.before+j < k; j++ {
			left := float64(g.size - j)
			sum += none * float64(g.right) / left / float64(g.before+j+1)
			none *= (left - float64(g.right)) / left
		}
		return sum
	}
	return 0
}

// found is how many things with a truth above 0 are to be expected among the first k.
func found(items []Item, k int) float64 {
	n := 0.0
	for _, g := range groups(items) {
		n += float64(g.right) * float64(max(0, min(g.size, k-g.before))) / float64(g.size)
	}
	return n
}

// group is what stands level: how many, how many before them, how much truth they have together, and how many have any.
type group struct {
	before, size, right int
	truth               float64
}

// groups are the levels of a list from the top down; what is no number stands last.
func groups(items []Item) []group {
	sorted := slices.Clone(items)
	slices.SortFunc(sorted, func(a, b Item) int {
		if c := falling(a.Score, b.Score); c != 0 {
			return c
		}
		return falling(a.Truth, b.Truth) // one order of additions, whatever the order of the input
	})
	var out []group
	for i, it := range sorted {
		if i == 0 || falling(sorted[i-1].Score, it.Score) != 0 {
			out = append(out, group{before: i})
		}
		g := &out[len(out)-1]
		g.size++
		g.truth += it.Truth
		if it.Truth > 0 {
			g.right++
		}
	}
	return out
}

// falling orders numbers from large to small, and after them all what is none.
func falling(a, b float64) int {
	switch {
	case a == b, math.IsNaN(a) && math.IsNaN(b):
		return 0
	case a > b, math.IsNaN(b):
		return -1
	}
	return 1
}

func discount(i int) float64 { return 1 / math.Log2(float64(i+2)) }

func discounts(from, to int) float64 {
	sum := 0.0
	for i := from; i < to; i++ {
		sum += discount(i)
	}
	return sum
}
