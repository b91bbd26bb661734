package flow_test

import (
	"context"
	"fmt"
	"math/rand"
	"testing"

	"jiebang/matching/flow"
)

// problem is a transportation problem as data, with a sink of last resort.
type problem struct {
	want  []int
	sinks [][]flow.Step
	cost  [][]int64
	most  [][]int32
}

func randomProblem(r *rand.Rand, n, m, most int) problem {
	p := problem{want: make([]int, n), cost: make([][]int64, n), most: make([][]int32, n)}
	for j := range m {
		p.sinks = append(p.sinks, nil)
		p.changeSink(r, j)
	}
	p.sinks = append(p.sinks, []flow.Step{{Units: 1000, Cost: 0}})
	for i := range n {
		p.want[i] = r.Intn(2 + most)
		p.cost[i], p.most[i] = make([]int64, m+1), make([]int32, m+1)
		for j := range m {
			p.cost[i][j] = p.randomCost(r)
			p.most[i][j] = int32(1 + r.Intn(most))
		}
		p.cost[i][m], p.most[i][m] = 500, 1000
	}
	return p
}

func (p problem) randomCost(r *rand.Rand) int64 {
	if r.Intn(5) == 0 {
		return flow.Barred
	}
	return int64(r.Intn(8))
}

func (p problem) changeSink(r *rand.Rand, j int) {
	p.sinks[j] = nil
	cost := int64(-100 * r.Intn(2))
	for range r.Intn(4) {
		p.sinks[j] = append(p.sinks[j], flow.Step{Units: r.Intn(3), Cost: cost})
		cost += int64(r.Intn(30))
	}
}

func (p problem) transport() *flow.Transport {
	var cost []int64
	var most []int32
	for i := range p.cost {
		cost, most = append(cost, p.cost[i]...), append(most, p.most[i]...)
	}
	return flow.NewTransport(p.want, p.sinks, cost, most)
}

// reference is the same problem on the plain network, where sinks begin at a
// cost of 0: the discount of a step is given back at the end.
func (p problem) reference() int64 {
	n, m := len(p.want), len(p.sinks)
	g := flow.New(n + m + 1)
	for i := range n {
		for j, c := range p.cost[i] {
			if c != flow.Barred {
				g.Arc(i, n+j, int64(p.most[i][j]), c)
			}
		}
	}
	const discount = 100
	units := 0
	for j, steps := range p.sinks {
		for _, s := range steps {
			g.Arc(n+j, n+m, int64(s.Units), s.Cost+discount)
		}
	}
	total := int64(0)
	for i, want := range p.want {
		_, cost := g.Route(i, n+m, int64(want))
		total += cost
		units += want
	}
	return total - discount*int64(units)
}

// sound checks that a solution sends what is wanted within all capacities, and
// that its prices prove it cheapest.
func (p problem) sound(t *testing.T, tr *flow.Transport) {
	t.Helper()
	load := make([]int, len(p.sinks))
	for i, want := range p.want {
		sent := 0
		tr.Each(i, func(j, units int) {
			if units > int(p.most[i][j]) || p.cost[i][j] == flow.Barred {
				t.Fatalf("%d units from %d to %d: %+v", units, i, j, p)
			}
			if tr.Reduced(i, j) > 0 {
				t.Fatalf("a dear pair is in use: %+v", p)
			}
			sent += units
			load[j] += units
		})
		for j := range p.sinks {
			if tr.Flow(i, j) < int(p.most[i][j]) && tr.Reduced(i, j) < 0 {
				t.Fatalf("a cheap pair is not used: %+v", p)
			}
		}
		if sent != want {
			t.Fatalf("%d sends %d of %d", i, sent, want)
		}
	}
	for j, steps := range p.sinks {
		room := 0
		for _, s := range steps {
			room += s.Units
		}
		if load[j] > room {
			t.Fatalf("sink %d holds %d of %d", j, load[j], room)
		}
	}
}

// TestTransportAgainstNetwork compares with the plain network solver, from nothing
// and after changes of every kind.
func TestTransportAgainstNetwork(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(20))
	for range 1500 {
		p := randomProblem(r, 1+r.Intn(8), 1+r.Intn(40), 1+r.Intn(3))
		tr := p.transport()
		for range 6 {
			if err := tr.Solve(context.Background()); err != nil {
				t.Fatal(err)
			}
			p.sound(t, tr)
			if got, want := tr.Total(), p.reference(); got != want {
				t.Fatalf("total %d, want %d: %+v", got, want, p)
			}
			for range 1 + r.Intn(3) {
				i, j := r.Intn(len(p.want)), r.Intn(len(p.sinks)-1+1)
				switch k := r.Intn(3); {
				case k == 0 && j < len(p.sinks)-1:
					p.cost[i][j] = p.randomCost(r)
					tr.Row(i)[j] = p.cost[i][j]
				case k == 1:
					p.want[i] = r.Intn(4)
					tr.SetWant(i, p.want[i])
				case j < len(p.sinks)-1:
					p.changeSink(r, j)
					tr.SetSink(j, p.sinks[j])
				}
			}
		}
	}
}

func TestNowhereToGo(t *testing.T) {
	t.Parallel()
	for name, tr := range map[string]*flow.Transport{
		"no pair": flow.NewTransport([]int{2}, [][]flow.Step{{{Units: 5}}, {{Units: 5}}}, []int64{1, flow.Barred}, nil),
		"no room": flow.NewTransport([]int{1, 1}, [][]flow.Step{{{Units: 1}}}, []int64{1, 1}, nil),
	} {
		if err := tr.Solve(context.Background()); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(21))
	p := randomProblem(r, 400, 30, 3)
	tr := p.transport()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := tr.Solve(ctx); err != context.Canceled {
		t.Fatalf("error %v, after %d searches", err, tr.Searches)
	}
	if err := tr.Solve(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.sound(t, tr)
}

// instance is a square field of random costs with a last resort, as the benchmarks of assign have it.
func benchmarkProblem(n, m, want, load int) ([]int, [][]flow.Step, []int64) {
	r := rand.New(rand.NewSource(22))
	wants, sinks, cost := make([]int, n), make([][]flow.Step, m), make([]int64, n*m)
	for j := range sinks {
		sinks[j] = []flow.Step{{Units: load}}
	}
	for i := range wants {
		wants[i] = want
		for j := range m {
			cost[i*m+j] = int64(r.Intn(1e6))
		}
	}
	return wants, sinks, cost
}

func BenchmarkTransport(b *testing.B) {
	for _, c := range []struct{ n, m, load int }{{1000, 500, 8}, {1000, 500, 6}, {2000, 1000, 8}} {
		b.Run(fmt.Sprintf("sources=%d/sinks=%d/want=3/load=%d", c.n, c.m, c.load), func(b *testing.B) {
			want, sinks, cost := benchmarkProblem(c.n, c.m, 3, c.load)
			searches := 0
			for b.Loop() {
				tr := flow.NewTransport(want, sinks, cost, nil)
				if err := tr.Solve(context.Background()); err != nil {
					b.Fatal(err)
				}
				searches = tr.Searches
			}
			b.ReportMetric(float64(searches), "searches")
		})
	}
}
