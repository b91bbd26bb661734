package index_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

func TestTopOfWorlds(t *testing.T) {
	t.Parallel()
	for _, topics := range []bool{true, false} {
		w := world.New(3, topics)
		b := book{}
		for key, terms := range profiles(w, 6000) {
			b[key] = terms
		}
		x := build(t, b, rand.New(rand.NewPCG(1, 2)))
		for i := range 12 {
			agree(t, x, b, w.Short(i), 10, nil)
			agree(t, x, b, w.Long(i), 10, nil)
			agree(t, x, b, w.Short(i), 100, threes)
		}
	}
}

// Worlds of all sizes around those of blocks, supers and segments, with ties, zeros and filters.
func TestTopOfDraws(t *testing.T) {
	t.Parallel()
	for seed, n := range []int{0, 1, 2, 31, 32, 33, 64, 300, 2047, 2049, 4500} {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		b := book{}
		for i := range n {
			b[fmt.Sprintf("team_%d", i)] = vector(r, 12)
		}
		x := build(t, b, r)
		if x.Len() != n || x.Pending() != 0 {
			t.Errorf("%d profiles, %d pending, want %d and none", x.Len(), x.Pending(), n)
		}
		for _, k := range []int{-1, 0, 1, 7, n, n + 5, math.MaxInt} {
			agree(t, x, b, vector(r, 8), k, nil)
			agree(t, x, b, vector(r, 40), k, threes)
		}
	}
}

// Weights of every size: bounds are integers, so what is tiny must not vanish and what is huge must not overflow.
func TestTopOfExtremes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	draw := func(most int) []index.Weight {
		var v []index.Weight
		for _, t := range r.Perm(30)[:r.IntN(most+1)] {
			v = append(v, index.Weight{Term: index.Term(t) << 27, Value: float32(math.Pow(10, r.Float64()*76-38))})
		}
		for i := range v {
			switch r.IntN(8) {
			case 0:
				v[i].Value = math.SmallestNonzeroFloat32
			case 1:
				v[i].Value = math.MaxFloat32
			}
		}
		return slices.CompactFunc(slices.SortedFunc(slices.Values(v), byTerm), func(a, b index.Weight) bool { return a.Term == b.Term })
	}
	for range 20 {
		b := book{}
		for i := range 200 {
			b[fmt.Sprint(i)] = draw(9)
		}
		x := build(t, b, r)
		for range 10 {
			agree(t, x, b, draw(9), 1+r.IntN(20), nil)
		}
	}
}

// A walk of random changes, compactions and reloads; on the way queries equal brute force.
func TestWalk(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 9))
			x, b := index.New(), book{}
			for step := range 6000 {
				change(t, x, b, r)
				switch {
				case step%1500 == 1499:
					x = reload(t, x)
				case step%700 == 699:
					if err := x.Compact(nil); err != nil || x.Pending() != 0 {
						t.Fatal(err, x.Pending())
					}
				}
				if x.Len() != len(b) {
					t.Fatalf("step %d: %d profiles, want %d", step, x.Len(), len(b))
				}
				if step%53 == 0 {
					agree(t, x, b, vector(r, 6), r.IntN(30), nil)
					agree(t, x, b, vector(r, 6), r.IntN(30), threes)
				}
			}
		})
	}
}

// change puts or removes a profile in both.
func change(t *testing.T, x *index.Index, b book, r *rand.Rand) {
	t.Helper()
	key := fmt.Sprintf("k%d", r.IntN(3000))
	if r.IntN(4) > 0 {
		v := vector(r, 8)
		if err := x.Put(key, v); err != nil {
			t.Fatal(err)
		}
		b[key] = v
		return
	}
	_, there := b[key]
	delete(b, key)
	if x.Remove(key) != there {
		t.Fatalf("Remove(%s) is %t", key, !there)
	}
}

// Changes that come while a compaction runs are neither lost nor undone.
func TestChangesDuringCompact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	x, b := index.New(), book{}
	for range 4000 {
		change(t, x, b, r)
	}
	calls := 0
	err := x.Compact(func(string, int, int) {
		calls++
		for range 600 {
			change(t, x, b, r)
		}
		agree(t, x, b, vector(r, 6), 20, nil)
	})
	if err != nil || calls == 0 {
		t.Fatal(err, calls)
	}
	for range 20 {
		agree(t, x, b, vector(r, 6), 20, nil)
	}
	for key := range b {
		x.Remove(key)
	}
	if err := x.Compact(nil); err != nil || x.Len() != 0 || x.Pending() != 0 {
		t.Fatal(err, x.Len(), x.Pending())
	}
	agree(t, x, book{}, vector(r, 6), 20, nil)
}

// Run it with -race. The marked profile is put again and again: no query may miss it, or see more of it than one version.
func TestQueriesDuringChanges(t *testing.T) {
	t.Parallel()
	x := index.New()
	mark := func(value float32) []index.Weight {
		return []index.Weight{{Term: 1, Value: value}, {Term: 2, Value: value}}
	}
	if err := x.Put("marked", mark(5)); err != nil {
		t.Fatal(err)
	}
	var readers, writers sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				hits, err := x.Top(mark(1), 1, nil)
				if err != nil || len(hits) != 1 || hits[0].Key != "marked" || hits[0].Score != 10 && hits[0].Score != 12 {
					t.Errorf("%v, %v", hits, err)
					return
				}
			}
		})
	}
	writers.Go(func() {
		for i := range 1500 {
			if err := x.Put("marked", mark(float32(5+i%2))); err != nil {
				t.Error(err)
			}
		}
	})
	writers.Go(func() {
		for i := range 1500 {
			if err := x.Put(fmt.Sprint(i%500), mark(1)); err != nil {
				t.Error(err)
			}
			x.Remove(fmt.Sprint((i + 250) % 500))
		}
	})
	writers.Go(func() {
		for range 5 {
			if err := x.Compact(nil); err != nil {
				t.Error(err)
			}
		}
	})
	writers.Wait()
	close(stop)
	readers.Wait()
}

func TestProfile(t *testing.T) {
	t.Parallel()
	x := index.New()
	given := []index.Weight{{Term: 9, Value: 1}, {Term: 4, Value: 0}, {Term: 3, Value: 2}}
	want := []index.Weight{{Term: 3, Value: 2}, {Term: 9, Value: 1}}
	if err := x.Put("a", given); err != nil {
		t.Fatal(err)
	}
	given[0].Value = 7 // the index has its own copy
	look := func() {
		t.Helper()
		if got, ok := x.Profile("a"); !ok || !slices.Equal(got, want) {
			t.Errorf("%v, %t", got, ok)
		}
	}
	look()
	if err := x.Compact(nil); err != nil {
		t.Fatal(err)
	}
	look()
	if got, ok := x.Profile("b"); ok || len(got) > 0 {
		t.Errorf("a profile for a key that is not there: %v", got)
	}
	if got, err := x.Explain([]index.Weight{{Term: 3, Value: 1}}, "b"); err != nil || len(got) > 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	nan := float32(math.NaN())
	var many []index.Weight
	for i := range index.Term(70_000) {
		many = append(many, index.Weight{Term: i, Value: 1})
	}
	for _, row := range []struct {
		name  string
		terms []index.Weight
		want  string
	}{
		{"negative", []index.Weight{{Term: 5, Value: 1}, {Term: 7, Value: -1}}, "term 7: weight -1: must be a finite number and not negative"},
		{"not a number", []index.Weight{{Term: 7, Value: nan}}, "term 7: weight NaN"},
		{"infinite", []index.Weight{{Term: 7, Value: float32(math.Inf(1))}}, "term 7: weight +Inf"},
		{"twice", []index.Weight{{Term: 7, Value: 1}, {Term: 5, Value: 1}, {Term: 7, Value: 1}}, "term 7 is there twice"},
		{"too many", many, "at most 65535"},
	} {
		x := index.New()
		refused(t, row.name, x.Put("team_x", row.terms), `profile "team_x": `, row.want)
		_, err := index.Build(book{"team_x": row.terms}.all(rand.New(rand.NewPCG(1, 1))), nil)
		refused(t, row.name, err, `profile "team_x": `, row.want)
		_, err = x.Top(row.terms, 5, nil)
		refused(t, row.name, err, "query: ", row.want)
		_, err = x.Explain(row.terms, "team_x")
		refused(t, row.name, err, "query: ", row.want)
	}
	_, err := index.Build(func(yield func(string, []index.Weight) bool) {
		_ = yield("team_x", nil) && yield("team_y", nil) && yield("team_x", nil)
	}, nil)
	refused(t, "key twice", err, `profile "team_x" is there twice`)
}

func refused(t *testing.T, name string, err error, want ...string) {
	t.Helper()
	for _, w := range want {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("%s: %v, want %q", name, err, w)
		}
	}
}

// Any bytes make a small world, changes and a query.
func FuzzTop(f *testing.F) {
	f.Add([]byte("some bytes that say which terms a profile has, and which the query"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		x, b := index.New(), book{}
		var v []index.Weight
		has := map[index.Term]bool{}
		for len(raw) >= 3 {
			term, value, what := index.Term(raw[0])<<(raw[2]&24), float32(raw[1])/8, raw[2]
			raw = raw[3:]
			if !has[term] {
				has[term] = true
				v = append(v, index.Weight{Term: term, Value: value})
			}
			if what&7 > 4 {
				key := fmt.Sprint(what >> 5)
				if err := x.Put(key, v); err != nil {
					t.Fatal(err)
				}
				b[key], v, has = v, nil, map[index.Term]bool{}
			}
			if what == 7 {
				if err := x.Compact(nil); err != nil {
					t.Fatal(err)
				}
			}
		}
		agree(t, x, b, v, 3, nil)
	})
}
