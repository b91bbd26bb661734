package flow_test

import (
	"fmt"
	"math/rand"
	"testing"

	"jiebang/matching/flow"
)

func TestRoute(t *testing.T) {
	t.Parallel()
	// The cheap way through 1→2 must be undone to carry the second unit.
	g := flow.New(4)
	a := g.Arc(0, 1, 1, 1)
	b := g.Arc(0, 2, 1, 5)
	c := g.Arc(1, 2, 1, 1)
	d := g.Arc(1, 3, 1, 5)
	e := g.Arc(2, 3, 1, 1)
	if amount, cost := g.Route(0, 3, 5); amount != 2 || cost != 12 {
		t.Fatalf("amount %d, cost %d", amount, cost)
	}
	for arc, want := range map[int]int64{a: 1, b: 1, c: 0, d: 1, e: 1} {
		if g.Flow(arc) != want {
			t.Errorf("arc %d carries %d, want %d", arc, g.Flow(arc), want)
		}
	}
}

func TestNoWay(t *testing.T) {
	t.Parallel()
	g := flow.New(3)
	g.Arc(0, 1, 4, 0)
	if amount, cost := g.Route(0, 2, 1); amount != 0 || cost != 0 {
		t.Errorf("amount %d, cost %d", amount, cost)
	}
}

type arc struct {
	from, to  int
	cap, cost int64
}

// brute tries every flow on every arc and returns the cheapest of the given
// balance at the nodes, or false.
func brute(n int, arcs []arc, balance []int64) (int64, bool) {
	best, found := int64(0), false
	net := make([]int64, n)
	var try func(i int, cost int64)
	try = func(i int, cost int64) {
		if i == len(arcs) {
			for v := range net {
				if net[v] != balance[v] {
					return
				}
			}
			if !found || cost < best {
				best, found = cost, true
			}
			return
		}
		a := arcs[i]
		for f := int64(0); f <= a.cap; f++ {
			net[a.from] += f
			net[a.to] -= f
			try(i+1, cost+f*a.cost)
			net[a.from] -= f
			net[a.to] += f
		}
	}
	try(0, 0)
	return best, found
}

// TestAgainstBruteForce serves two sources one after another, and asks that
// each amount is the most there is and the whole the cheapest.
func TestAgainstBruteForce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(4))
	for range 1500 {
		n := 3 + r.Intn(3)
		var arcs []arc
		for range 1 + r.Intn(7) {
			arcs = append(arcs, arc{r.Intn(n), r.Intn(n), int64(r.Intn(3)), int64(r.Intn(6))})
		}
		g := flow.New(n)
		for _, a := range arcs {
			g.Arc(a.from, a.to, a.cap, a.cost)
		}
		sink := n - 1
		balance, total := make([]int64, n), int64(0)
		for _, s := range []int{0, 1} {
			want := int64(r.Intn(4))
			amount, cost := g.Route(s, sink, want)
			total += cost
			balance[s] += amount
			balance[sink] -= amount
			if best, ok := brute(n, arcs, balance); !ok || best != total {
				t.Fatalf("cost %d, want %d (%v): %v %v", total, best, ok, arcs, balance)
			}
			if amount < want {
				balance[s]++
				balance[sink]--
				if _, ok := brute(n, arcs, balance); ok {
					t.Fatalf("%d is not the most from %d: %v", amount, s, arcs)
				}
				balance[s]--
				balance[sink]++
			}
		}
		for i, a := range arcs {
			if f := g.Flow(2 * i); f < 0 || f > a.cap {
				t.Fatalf("arc %d carries %d of %d", i, f, a.cap)
			}
		}
	}
}

func BenchmarkRoute(b *testing.B) {
	for _, n := range []int{100, 400} {
		b.Run(fmt.Sprintf("%dx%d", n, n), func(b *testing.B) {
			for b.Loop() {
				r := rand.New(rand.NewSource(5))
				g := flow.New(2*n + 1)
				for i := range n {
					for j := range n {
						g.Arc(i, n+j, 1, int64(r.Intn(1000)))
					}
					g.Arc(n+i, 2*n, 1, 0)
				}
				for i := range n {
					g.Route(i, 2*n, 1)
				}
			}
		})
	}
}
