package assign_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/assign"
	"jiebang/matching/explain"
)

func diagnose(t *testing.T, q assign.Question) (assign.Plan, assign.Diagnosis) {
	t.Helper()
	p, err := assign.Experts(q)
	if err != nil {
		t.Fatal(err)
	}
	d, err := assign.Diagnose(context.Background(), q, p, assign.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p, d
}

// TestClashesHold takes random questions that cannot be had and checks every word of the diagnosis: a clash of
// seats is one — the bids alone fill just what is said —, one of minima too, those of rules cannot be had, and every
// relaxation, applied, can be.
func TestClashesHold(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(60))
	kinds := map[string]int{}
	for range 400 {
		n, m := size(r)
		q := everything(r, n, m)
		p, d := diagnose(t, q)
		if p.Feasible {
			if len(d.Clashes)+len(d.Relaxations) > 0 {
				t.Fatalf("clashes of a feasible plan: %s", dump(q))
			}
			continue
		}
		if len(d.Clashes) == 0 || len(d.Relaxations) == 0 {
			t.Fatalf("%d clashes and %d relaxations: %s", len(d.Clashes), len(d.Relaxations), dump(q))
		}
		for _, c := range d.Clashes {
			kinds[c.Kind]++
			clashHolds(t, q, c)
		}
		for k, x := range d.Relaxations {
			kinds["+"+x.Steps[0].Kind]++
			again, err := assign.Experts(x.Apply(q))
			if err != nil || !again.Feasible || math.Abs(again.Total-x.Total) > 1e-9 {
				t.Fatalf("relaxation %q is not enough: %v, %s", x.En, err, dump(q))
			}
			if k > 0 && x.Cost < d.Relaxations[k-1].Cost {
				t.Fatalf("relaxations out of order: %s", dump(q))
			}
			if x.Zh == "" || x.En == "" {
				t.Fatalf("no words: %+v", x)
			}
		}
	}
	t.Log(kinds)
	for _, k := range []string{"seats", "minimum", "rule", "together", "+load", "+bar", "+seat", "+rule", "+minimum"} {
		if kinds[k] == 0 {
			t.Errorf("no %s among the cases", k)
		}
	}
}

// clashHolds solves the bids of a clash by themselves.
func clashHolds(t *testing.T, q assign.Question, c assign.Clash) {
	t.Helper()
	if c.Zh == "" || c.En == "" || c.Kind != "together" && c.Need <= c.Have {
		t.Fatalf("%+v: %s", c, dump(q))
	}
	only := q
	only.Bids, only.Fit = nil, nil
	in := func(id string) bool { return slices.Contains(c.Bids, id) }
	for i, b := range q.Bids {
		if in(b.ID) {
			only.Bids, only.Fit = append(only.Bids, b), append(only.Fit, q.Fit[i])
		}
	}
	only.Pins, only.Barred, only.Standing = nil, nil, nil
	for _, p := range q.Pins {
		if in(p.Bid) {
			only.Pins = append(only.Pins, p)
		}
	}
	for _, b := range q.Barred {
		if in(b.Bid) {
			only.Barred = append(only.Barred, b)
		}
	}
	only.Experts = slices.Clone(q.Experts)
	for j := range only.Experts {
		e := &only.Experts[j]
		e.Min = 0
		for _, p := range q.Pins {
			if !in(p.Bid) && p.Expert == e.ID {
				e.Max--
			}
		}
	}
	bare := only
	bare.Rules, bare.Apart, bare.PerUnit = nil, nil, 0
	switch c.Kind {
	case "seats":
		if p, err := assign.Experts(bare); err != nil || p.Filled != c.Have || p.Seats != c.Need {
			t.Fatalf("%+v: alone they fill %d of %d, %v: %s", c, p.Filled, p.Seats, err, dump(q))
		}
	case "minimum":
		need := 0
		for _, e := range q.Experts {
			if slices.Contains(c.Experts, e.ID) {
				need += e.Min
			}
		}
		only := q // give those experts all they may have
		only.Rules, only.Apart, only.PerUnit, only.Standing = nil, nil, 0, nil
		only.Experts = slices.Clone(q.Experts)
		for j := range only.Experts {
			e := &only.Experts[j]
			if slices.Contains(c.Experts, e.ID) {
				e.Max, e.Min = len(q.Bids), len(q.Bids)
			} else {
				e.Min = 0
			}
		}
		p, err := assign.Experts(only)
		have := 0
		for _, l := range p.Loads {
			if slices.Contains(c.Experts, l.Expert) {
				have += l.Bids
			}
		}
		if err != nil || need != c.Need || have > c.Have {
			t.Fatalf("%+v: they can have %d of %d, %v: %s", c, have, need, err, dump(q))
		}
	default:
		ruled := only
		ruled.Rules = nil
		for _, x := range q.Rules {
			if slices.Contains(c.Rules, x.Name) {
				x.Bids = slices.DeleteFunc(slices.Clone(x.Bids), func(id string) bool { return !in(id) })
				ruled.Rules = append(ruled.Rules, x)
			}
		}
		if len(c.Bids) == 0 || c.Need > 0 && c.Kind == "together" { // minima come into it
			ruled = q
		}
		if p, err := assign.Experts(ruled); err != nil || p.Feasible {
			t.Fatalf("%+v: they can be had, %v: %s", c, err, dump(q))
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	q := assign.Question{
		Bids:    []assign.Bid{{ID: "b1", Want: 3}, {ID: "b2", Want: 3}},
		Experts: []assign.Expert{{ID: "e1", Max: 2}, {ID: "e2", Max: 2}, {ID: "e3", Max: 1}},
		Barred:  []assign.Barred{{Bid: "b2", Expert: "e1", Reason: "same unit"}, {Bid: "b2", Expert: "e2", Reason: "supervisor", Hard: true}},
	}
	_, d := diagnose(t, q)
	got, _ := json.MarshalIndent(d, "", " ")
	for _, want := range []string{
		`"Bids b1, b2 need 6 seats in all, and the experts who may serve them have room for 3: e3 are at their loads, and 2 pairs are barred."`,
		`申报 b1、b2 共需 6 席`, `lift the bar between bid b2 and e1 (same unit)`, `raise the load of e3 from 1 to 2`, `申报 b2 的评审人数由 3 减至 1`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("nobody said %s in\n%s", want, got)
		}
	}
	if strings.Contains(string(got), "supervisor") {
		t.Errorf("a hard bar is to be lifted:\n%s", got)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	q := assign.Question{
		Bids:    []assign.Bid{{ID: "b1", Want: 1}, {ID: "b2", Want: 1}},
		Experts: []assign.Expert{{ID: "e1", Max: 1}, {ID: "e2", Max: 1}, {ID: "e3", Max: 1}},
		Fit:     [][]float64{{9, 8, 1}, {9, 5, 7}},
		Barred:  []assign.Barred{{Bid: "b2", Expert: "e1"}},
	}
	p, err := assign.Experts(q)
	if err != nil {
		t.Fatal(err)
	}
	parts := func(bid, expert string) []explain.Sum { return []explain.Sum{explain.Leaf(bid+expert, 1, nil)} }
	got, err := assign.Explain(q, p, parts)
	if err != nil || len(got) != 2 {
		t.Fatalf("%v %v", got, err)
	}
	if r := got[0]; r.Expert != "e1" || r.Place != 1 || r.Load != 1 || r.Parts[0].Name != "b1e1" || fmt.Sprint(r.Alternatives) != "[{e2 8 fit } {e3 1 full }]" {
		t.Errorf("%+v", r)
	}
	if r := got[1]; r.Expert != "e3" || r.Place != 1 || r.Alternatives[0].Why != "barred" || !strings.Contains(r.En, "e1 (9) is barred") || !strings.Contains(r.Zh, "须回避") {
		t.Errorf("%+v", r)
	}
	names, err := assign.Alternates(q, p, 2)
	if err != nil || fmt.Sprint(names) != "map[b1:[e2 e3] b2:[e2]]" {
		t.Errorf("%v %v", names, err)
	}
}

// TestStanding drops an expert out of a plan and fills the holes: as much stays as brute force over the
// number of kept pairs allows (the oracle of TestOracle counts them too), and the change says all.
func TestStanding(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(61))
	moved := 0
	for range 200 {
		q := instance(6+r.Intn(10), 5+r.Intn(5), 2, 4)
		before, err := assign.Experts(q)
		if err != nil {
			t.Fatal(err)
		}
		gone := q.Experts[r.Intn(len(q.Experts))].ID
		for i := range q.Experts {
			if q.Experts[i].ID == gone {
				q.Experts[i].Max = 0
			}
		}
		for _, p := range before.Pairs {
			q.Standing = append(q.Standing, assign.Pin{Bid: p.Bid, Expert: p.Expert})
		}
		after, err := assign.Experts(q)
		if err != nil {
			t.Fatal(err)
		}
		c := after.Change
		lost := 0
		for _, p := range before.Pairs {
			if p.Expert == gone {
				lost++
			}
		}
		if len(c.Kept)+len(c.Removed) != len(before.Pairs) || len(c.Kept)+len(c.Added) != len(after.Pairs) {
			t.Fatalf("%d kept, %d removed, %d added of %d and %d", len(c.Kept), len(c.Removed), len(c.Added), len(before.Pairs), len(after.Pairs))
		}
		if len(c.Removed) > lost {
			moved++
		}
		if slices.ContainsFunc(after.Pairs, func(p assign.Pair) bool { return p.Expert == gone }) {
			t.Fatal("who dropped out has bids")
		}
	}
	t.Logf("in %d of 200 cases somebody else had to move", moved)
}

// TestExtremes: no size or number that passes the checks may break the weights.
func TestExtremes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(62))
	for _, f := range []func() float64{
		func() float64 { return 1e12 * (r.Float64() - 0.5) },
		func() float64 { return 1e12 - r.Float64() },
		func() float64 { return 1e-9 * r.Float64() },
		func() float64 { return 0.1234567890123456 },
		func() float64 { return -7 },
		func() float64 { return float64(r.Intn(3)) / 3 },
	} {
		for _, fair := range []*assign.Fair{nil, {}} {
			q := ruled(instance(8, 8, 3, 4))
			for i := range q.Fit {
				for j := range q.Fit[i] {
					q.Fit[i][j] = f()
				}
			}
			q.Fair = fair
			q.Experts[0].Max, q.Experts[1].Min, q.Experts[1].Max = math.MaxInt, 1<<40, 1<<40
			q.Bids[0].Want = 1 << 40
			p, err := assign.Solve(context.Background(), q, assign.Options{Effort: 1e7})
			if err != nil {
				t.Fatal(err)
			}
			planValue(t, q, p)
			plain := q
			plain.PerUnit, plain.Rules, plain.Apart, plain.Fair = 0, nil, nil, nil
			if p, err = assign.Experts(plain); err != nil || !p.Proved {
				t.Fatal(err)
			}
		}
	}
}

func TestProgressAndCancel(t *testing.T) {
	t.Parallel()
	q := ruled(instance(60, 24, 3, 9))
	calls := 0
	p, err := assign.Solve(context.Background(), q, assign.Options{Progress: func(x assign.Progress) {
		calls++
		if x.Cases < 1 || x.Found && x.Bound < x.Best {
			t.Errorf("%+v", x)
		}
	}})
	if err != nil || calls == 0 {
		t.Fatalf("%d calls, %v", calls, err)
	}
	small, err := assign.Solve(context.Background(), q, assign.Options{Effort: 1})
	if err != nil || small.Proved && small.Total != p.Total || !small.Proved && small.Bound < p.Total-1e-9 {
		t.Errorf("with no effort total %v, bound %v, proved %v; the best is %v, %v", small.Total, small.Bound, small.Proved, p.Total, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if _, err = assign.Solve(ctx, q, assign.Options{Progress: func(assign.Progress) { cancel() }}); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}
