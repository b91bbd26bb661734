package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"jiebang/matching/index"
)

// TestBest holds scanning to the index on the same profiles.
func TestBest(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	vector := func() []index.Weight {
		seen, out := map[index.Term]bool{}, []index.Weight{}
		for range r.IntN(12) {
			if w := (index.Weight{Term: index.Term(r.IntN(30)), Value: float32(r.IntN(8)) / 4}); !seen[w.Term] {
				seen[w.Term] = true
				out = append(out, w)
			}
		}
		return out
	}
	x := index.New()
	encoded := map[string][]byte{}
	for i := range 300 {
		key, v := fmt.Sprintf("k%03d", i), vector()
		if err := x.Put(key, v); err != nil {
			t.Fatal(err)
		}
		encoded[key] = index.Encode(v)
	}
	all := func(yield func(string, []byte) bool) {
		for key, raw := range encoded {
			if !yield(key, raw) {
				return
			}
		}
	}
	for range 50 {
		q, k := vector(), r.IntN(20)
		want, err := x.Top(q, k, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := index.Best(q, k, all)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("best %d are %v, %v; want %v", k, got, err, want)
		}
	}
	if _, err := index.Best(nil, 1, func(yield func(string, []byte) bool) { yield("a", make([]byte, 7)) }); err == nil {
		t.Error("a vector that is cut off is taken")
	}
}
