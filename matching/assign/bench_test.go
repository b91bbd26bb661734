package assign_test

import (
	"context"
	"fmt"
	"math"
	"math/rand"
	"testing"

	"jiebang/matching/assign"
	"jiebang/matching/flow"
)

// textbook is the named reference: the same question as a network of bids, experts and pairs, solved by
// successive shortest paths over all of it (Ahuja, Magnanti, Orlin, Network Flows, §9.7) with
// Dijkstra and potentials. It knows neither rules nor minima.
func textbook(q assign.Question) float64 {
	n, m := len(q.Bids), len(q.Experts)
	at := map[string]int{}
	for i, b := range q.Bids {
		at[b.ID] = i
	}
	for j, e := range q.Experts {
		at[e.ID] = j
	}
	barred := make([]bool, n*m)
	for _, b := range q.Barred {
		barred[at[b.Bid]*m+at[b.Expert]] = true
	}
	const steps = 1e9
	g := flow.New(n + m + 1)
	arcs := make([]int, n*m)
	for i := range n {
		for j := range m {
			if !barred[i*m+j] {
				arcs[i*m+j] = g.Arc(i, n+j, 1, int64(math.Round((1-q.Fit[i][j])*steps)))
			}
		}
	}
	for j, e := range q.Experts {
		g.Arc(n+j, n+m, int64(e.Max), 0)
	}
	for i, b := range q.Bids {
		g.Route(i, n+m, int64(b.Want))
	}
	total := 0.0
	for i := range n {
		for j := range m {
			if !barred[i*m+j] && g.Flow(arcs[i*m+j]) > 0 {
				total += q.Fit[i][j]
			}
		}
	}
	return total
}

func TestTextbookAgrees(t *testing.T) {
	t.Parallel()
	q := instance(200, 100, 3, 7)
	p, err := assign.Experts(q)
	if want := textbook(q); err != nil || math.Abs(p.Total-want) > 1e-6 {
		t.Errorf("total %v, the textbook's is %v, %v", p.Total, want, err)
	}
}

// BenchmarkSolve is the whole way from question to plan.
func BenchmarkSolve(b *testing.B) {
	for _, c := range []struct{ bids, experts, load int }{{100, 50, 8}, {1000, 500, 8}, {1000, 500, 6}, {2000, 1000, 8}, {2000, 1000, 6}, {5000, 2000, 8}} {
		b.Run(fmt.Sprintf("bids=%d/experts=%d/want=3/load=%d", c.bids, c.experts, c.load), func(b *testing.B) {
			q := instance(c.bids, c.experts, 3, c.load)
			total := 0.0
			for b.Loop() {
				p, err := assign.Experts(q)
				if err != nil || !p.Proved {
					b.Fatal(err)
				}
				total = p.Total
			}
			b.ReportMetric(total, "total")
		})
	}
}

// BenchmarkTextbook is the reference on the same questions; its total must be that of BenchmarkSolve.
func BenchmarkTextbook(b *testing.B) {
	for _, c := range []struct{ bids, experts, load int }{{100, 50, 8}, {1000, 500, 8}, {1000, 500, 6}} {
		b.Run(fmt.Sprintf("bids=%d/experts=%d/want=3/load=%d", c.bids, c.experts, c.load), func(b *testing.B) {
			q := instance(c.bids, c.experts, 3, c.load)
			total := 0.0
			for b.Loop() {
				total = textbook(q)
			}
			b.ReportMetric(total, "total")
		})
	}
}

// ruled adds units, two rules and pairs to keep apart.
func ruled(q assign.Question) assign.Question {
	r := rand.New(rand.NewSource(12))
	var senior, industry []string
	q.PerUnit = 1
	for j := range q.Experts {
		e := &q.Experts[j]
		e.Unit = fmt.Sprint("u", r.Intn(len(q.Experts)/4))
		if r.Intn(3) == 0 {
			senior = append(senior, e.ID)
		}
		if r.Intn(2) == 0 {
			industry = append(industry, e.ID)
		}
	}
	q.Rules = []assign.Rule{{Name: "senior", Experts: senior, Least: 1}, {Name: "industry", Experts: industry, Least: 1, Most: 2}}
	for range len(q.Experts) / 10 {
		a, b := r.Intn(len(q.Experts)), r.Intn(len(q.Experts))
		q.Apart = append(q.Apart, assign.Apart{Experts: []string{q.Experts[a].ID, q.Experts[b].ID}})
	}
	return q
}

func BenchmarkRules(b *testing.B) {
	for _, c := range []struct{ bids, experts, load int }{{20, 9, 8}, {100, 40, 9}, {200, 100, 7}} {
		b.Run(fmt.Sprintf("bids=%d/experts=%d/want=3/load=%d", c.bids, c.experts, c.load), func(b *testing.B) {
			q := ruled(instance(c.bids, c.experts, 3, c.load))
			gap := 0.0
			for b.Loop() {
				p, err := assign.Solve(context.Background(), q, assign.Options{})
				if err != nil {
					b.Fatal(err)
				}
				gap = (p.Bound - p.Total) / p.Total
			}
			b.ReportMetric(100*gap, "%gap")
		})
	}
}

func BenchmarkFair(b *testing.B) {
	for _, c := range []struct{ bids, experts, load int }{{20, 9, 8}, {200, 100, 6}} {
		b.Run(fmt.Sprintf("bids=%d/experts=%d/want=3/load=%d", c.bids, c.experts, c.load), func(b *testing.B) {
			q := instance(c.bids, c.experts, 3, c.load)
			q.Fair = &assign.Fair{}
			worst, share := 0.0, 0.0
			for b.Loop() {
				p, err := assign.Experts(q)
				if err != nil {
					b.Fatal(err)
				}
				worst, share = p.Fair.Worst/p.Fair.Bound, p.Total/p.Fair.Optimum
			}
			b.ReportMetric(worst, "worst/bound")
			b.ReportMetric(share, "total/optimum")
		})
	}
}
