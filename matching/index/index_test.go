package index_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

// brute scores every profile: the oracle.
func brute(all map[string][]index.Weight, query []index.Weight, k int, keep func(string) bool) []index.Hit {
	hits := []index.Hit{}
	for key, terms := range all {
		if keep != nil && !keep(key) {
			continue
		}
		if s := dot(query, terms); s > 0 {
			hits = append(hits, index.Hit{Key: key, Score: s})
		}
	}
	slices.SortFunc(hits, func(a, b index.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Key, b.Key))
	})
	return hits[:max(0, min(k, len(hits)))]
}

func dot(query, terms []index.Weight) float64 {
	q := map[index.Term]float32{}
	for _, w := range query {
		q[w.Term] = w.Value
	}
	terms = slices.Clone(terms)
	slices.SortFunc(terms, func(a, b index.Weight) int { return cmp.Compare(a.Term, b.Term) })
	sum := 0.0
	for _, w := range terms {
		sum += float64(q[w.Term]) * float64(w.Value)
	}
	return sum
}

func TestWorldTop(t *testing.T) {
	t.Parallel()
	w := world.New(3, true)
	all := map[string][]index.Weight{}
	const n = 20_000
	for i := range n {
		all[world.Key(i)] = w.Profile(i)
	}
	x, err := index.Build(profiles(w, n), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		for name, q := range map[string][]index.Weight{"short": w.Short(i), "long": w.Long(i)} {
			got, err := x.Top(q, 10, nil)
			if err != nil {
				t.Fatal(err)
			}
			same(t, fmt.Sprintf("%s query %d", name, i), got, brute(all, q, 10, nil))
		}
	}
}

func same(t *testing.T, what string, got, want []index.Hit) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s:\n got %v\nwant %v", what, got, want)
	}
}

// A walk of random changes over a small world; after each few, queries of all kinds equal brute force.
func TestWalk(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 9))
			x, all := index.New(), map[string][]index.Weight{}
			steps := 3000
			for step := range steps {
				key := fmt.Sprintf("k%d", r.IntN(1500))
				switch {
				case r.IntN(4) > 0:
					v := vector(r, 8)
					if err := x.Put(key, v); err != nil {
						t.Fatal(err)
					}
					all[key] = v
				default:
					_, there := all[key]
					delete(all, key)
					if x.Remove(key) != there {
						t.Fatalf("step %d: Remove(%s) = %t", step, key, !there)
					}
				}
				if step%700 == 699 {
					if err := x.Compact(nil); err != nil {
						t.Fatal(err)
					}
				}
				if x.Len() != len(all) {
					t.Fatalf("step %d: %d profiles, want %d", step, x.Len(), len(all))
				}
				if step%37 != 0 {
					continue
				}
				q, k := vector(r, 6), r.IntN(30)
				var keep func(string) bool
				if r.IntN(2) == 0 {
					keep = func(key string) bool { return strings.Contains(key, "3") }
				}
				got, err := x.Top(q, k, keep)
				if err != nil {
					t.Fatal(err)
				}
				same(t, fmt.Sprintf("step %d", step), got, brute(all, q, k, keep))
			}
		})
	}
}

// vector draws few terms with few different weights, so that ties are common.
func vector(r *rand.Rand, most int) []index.Weight {
	var v []index.Weight
	for _, t := range r.Perm(40)[:r.IntN(most+1)] {
		v = append(v, index.Weight{Term: index.Term(t * t * 1_000_003), Value: float32(r.IntN(4)) / 2})
	}
	return v
}
