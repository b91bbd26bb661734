package assign_test

import (
	"context"
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"

	"jiebang/matching/assign"
)

func limited(t *testing.T, q assign.Question, most float64, own []assign.Limit) assign.Odds {
	t.Helper()
	o, err := assign.Limited(context.Background(), q, most, own)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestOddsAreKept checks the odds of random questions against all that is promised, and that a
// thousand lots come out as often as the odds say.
func TestOddsAreKept(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(70))
	for range 60 {
		q := everything(r, 2+r.Intn(4), 3+r.Intn(4))
		q.Rules, q.Apart, q.PerUnit, q.Standing = nil, nil, 0, nil
		most := float64(1+r.Intn(10)) / 10
		o := limited(t, q, most, nil)
		free, err := assign.Experts(q)
		if err != nil {
			t.Fatal(err)
		}
		row, col := map[string]float64{}, map[string]float64{}
		for _, x := range o.Pairs {
			pinned := false
			for _, p := range q.Pins {
				pinned = pinned || p.Bid == x.Bid && p.Expert == x.Expert
			}
			if x.Probability > most+1e-9 && !pinned {
				t.Fatalf("%v above %v: %s", x, most, dump(q))
			}
			row[x.Bid] += x.Probability
			col[x.Expert] += x.Probability
		}
		for _, e := range q.Experts {
			if col[e.ID] > float64(e.Max)+1e-9 || o.Feasible && col[e.ID] < float64(e.Min)-1e-9 {
				t.Fatalf("load %v of %+v: %s", col[e.ID], e, dump(q))
			}
		}
		if most == 1 && (math.Abs(o.Total-free.Total) > 1e-9 && o.Feasible || o.Feasible != free.Feasible) {
			t.Fatalf("without a limit %v, free %v: %s", o.Total, free.Total, dump(q))
		}
		if !o.Feasible {
			if len(o.Clashes) == 0 {
				t.Fatalf("no clash: %s", dump(q))
			}
			continue
		}
		if free.Feasible && o.Total > free.Total+1e-9 {
			t.Fatalf("total %v above %v", o.Total, free.Total)
		}
		lots(t, q, o)
	}
}

func lots(t *testing.T, q assign.Question, o assign.Odds) {
	t.Helper()
	const times = 1000
	count := map[[2]string]int{}
	for k := range times {
		pairs, err := o.Sample(fmt.Sprint("seed", k))
		if err != nil {
			t.Fatal(err)
		}
		row, col := map[string]int{}, map[string]int{}
		for _, p := range pairs {
			count[[2]string{p.Bid, p.Expert}]++
			row[p.Bid]++
			col[p.Expert]++
		}
		for _, b := range q.Bids {
			if row[b.ID] != b.Want {
				t.Fatalf("bid %s has %d of %d: %s", b.ID, row[b.ID], b.Want, dump(q))
			}
		}
		for _, e := range q.Experts {
			if n := col[e.ID]; n > e.Max || n < e.Min {
				t.Fatalf("expert %s has %d: %s", e.ID, n, dump(q))
			}
		}
	}
	for _, x := range o.Pairs {
		got, p := float64(count[[2]string{x.Bid, x.Expert}])/times, x.Probability
		if math.Abs(got-p) > 5*math.Sqrt(p*(1-p)/times)+1e-9 {
			t.Fatalf("%v came out %v of the times", x, got)
		}
	}
}

func TestOddsOwnLimits(t *testing.T) {
	t.Parallel()
	q := assign.Question{
		Bids:    []assign.Bid{{ID: "b1", Want: 2}, {ID: "b2", Want: 2}},
		Experts: []assign.Expert{{ID: "e1", Max: 1}, {ID: "e2", Max: 1}, {ID: "e3", Max: 1}, {ID: "e4", Max: 1}},
		Fit:     [][]float64{{1, 1, 0.3, 0.5}, {0.1, 1, 0.6, 0.8}},
	}
	if o := limited(t, q, 0.75, nil); math.Abs(o.Total-3.025) > 1e-9 {
		t.Errorf("total %v, want 3.025", o.Total)
	}
	none := []assign.Limit{{Bid: "b1", Expert: "e1"}, {Bid: "b1", Expert: "e2"}, {Bid: "b1", Expert: "e3"}, {Bid: "b1", Expert: "e4"}}
	o := limited(t, q, 0.75, none)
	if o.Feasible || len(o.Relaxations) != 1 || !strings.Contains(o.Clashes[0].En, "Bid b1 needs 2 seats") {
		t.Errorf("%+v", o)
	}
	if _, err := o.Sample("s"); err == nil {
		t.Error("a lot was drawn from odds that leave seats empty")
	}
	q.PerUnit = 1
	q.Experts[0].Unit, q.Experts[1].Unit = "u", "u"
	if _, err := assign.Limited(context.Background(), q, 1, nil); err == nil || !strings.Contains(err.Error(), "cannot be combined") {
		t.Errorf("with units: %v", err)
	}
}
