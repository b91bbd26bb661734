package index_test

import (
	"cmp"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

// book is what an index holds, in a plain map: the oracle.
type book map[string][]index.Weight

// top scores every profile.
func (b book) top(query []index.Weight, k int, keep func(string) bool) []index.Hit {
	of := map[index.Term]float32{}
	for _, w := range query {
		of[w.Term] = w.Value
	}
	hits := []index.Hit{}
	for key, terms := range b {
		if keep != nil && !keep(key) {
			continue
		}
		sum := 0.0
		for _, w := range slices.SortedFunc(slices.Values(terms), byTerm) {
			sum += float64(of[w.Term]) * float64(w.Value)
		}
		if sum > 0 {
			hits = append(hits, index.Hit{Key: key, Score: sum})
		}
	}
	slices.SortFunc(hits, func(a, b index.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Key, b.Key))
	})
	return hits[:max(0, min(k, len(hits)))]
}

func byTerm(a, b index.Weight) int { return cmp.Compare(a.Term, b.Term) }

// all goes through the profiles in an order drawn anew.
func (b book) all(r *rand.Rand) iter.Seq2[string, []index.Weight] {
	keys := slices.Sorted(maps.Keys(b))
	r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	return func(yield func(string, []index.Weight) bool) {
		for _, key := range keys {
			terms := slices.Clone(b[key])
			r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
			if !yield(key, terms) {
				return
			}
		}
	}
}

func build(t testing.TB, b book, r *rand.Rand) *index.Index {
	t.Helper()
	x, err := index.Build(b.all(r), nil)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// agree asks the index and the book the same and wants the same answer, to the last bit.
func agree(t testing.TB, x *index.Index, b book, query []index.Weight, k int, keep func(string) bool) {
	t.Helper()
	got, err := x.Top(query, k, keep)
	if err != nil {
		t.Fatal(err)
	}
	if want := b.top(query, k, keep); !slices.Equal(got, want) {
		t.Fatalf("top %d of %d for %v:\n got %v\nwant %v", k, len(b), query, got, want)
	}
	for _, h := range got {
		products, err := x.Explain(query, h.Key)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, p := range products {
			sum += p.Value
		}
		if sum != h.Score {
			t.Fatalf("%s: the products of %v sum to %v, the score is %v", h.Key, query, sum, h.Score)
		}
	}
}

// vector draws few terms of few different weights, some zero: ties are common.
func vector(r *rand.Rand, most int) []index.Weight {
	var v []index.Weight
	for _, t := range r.Perm(40)[:r.IntN(most+1)] {
		v = append(v, index.Weight{Term: index.Term(t * t * 1_000_003), Value: float32(r.IntN(4)) / 2})
	}
	return v
}

func threes(key string) bool { return strings.Contains(key, "3") }

// profiles are the first n of a world.
func profiles(w *world.World, n int) iter.Seq2[string, []index.Weight] {
	return func(yield func(string, []index.Weight) bool) {
		for i := range n {
			if !yield(world.Key(i), w.Profile(i)) {
				return
			}
		}
	}
}
