package rank_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"os"
	"slices"
	"testing"

	"jiebang/matching/consensus"
	"jiebang/matching/explain"
	"jiebang/matching/rank"
)

// drawn is a calibrated input: bids of falling quality, experts of unlike severity, three of them a bid, scores in the
// middle of the scale so that there is room on both sides.
func drawn(r *rand.Rand, bids, experts int) rank.Input {
	in := rank.Defaults(rank.PanelPlusOwner)
	in.Aggregate, in.Threshold = rank.Calibrated, 35
	severity := make([]float64, experts)
	for j := range severity {
		severity[j] = 0.07 * r.NormFloat64()
	}
	for i := range bids {
		b := rank.Bid{ID: fmt.Sprintf("B%02d", i), Owner: &rank.Owner{Score: float64(40 + r.Intn(30))}, Match: float64(40 + r.Intn(30))}
		quality := 0.5 + 0.15*r.NormFloat64()
		for k := range 3 {
			j := (i*2 + k*(1+i%2)) % experts
			x := rank.Review{Expert: fmt.Sprintf("E%02d", j), Scores: map[string]float64{}}
			if slices.ContainsFunc(b.Reviews, func(o rank.Review) bool { return o.Expert == x.Expert }) {
				continue
			}
			for _, c := range in.Criteria {
				share := min(0.9, max(0.1, quality+severity[j]+0.04*r.NormFloat64()))
				x.Scores[c.Code] = math.Round(share*c.Max*10) / 10
			}
			b.Reviews = append(b.Reviews, x)
		}
		in.Bids = append(in.Bids, b)
	}
	return in
}

func encoded(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(raw, '\n')
}

func TestCalibratedGolden(t *testing.T) {
	t.Parallel()
	in := drawn(rand.New(rand.NewSource(5)), 8, 5)
	out := must(t, in)
	if out.Calibration.Spread.Ratio == 0 || len(out.Calibration.Withheld) > 0 {
		t.Fatalf("shows nothing: %+v", out.Calibration)
	}
	got := encoded(t, map[string]any{"output": out, "sensitivity": rank.Sensitivity(out), "counterfactuals": rank.Counterfactuals(in, out)})
	const file = "testdata/calibrated.golden.json"
	if *update {
		_ = os.WriteFile(file, got, 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("golden differs (%v); go test ./matching/rank -update, then read the diff", err)
	}
}

// TestCalibratedIsEvidence: the stored input gives the same bytes again, in any order.
func TestCalibratedIsEvidence(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(6))
	for range 10 {
		in := drawn(r, 6+r.Intn(10), 4+r.Intn(4))
		want := encoded(t, must(t, in))
		var stored rank.Input
		if err := json.Unmarshal(encoded(t, in), &stored); err != nil {
			t.Fatal(err)
		}
		r.Shuffle(len(stored.Bids), func(i, j int) { stored.Bids[i], stored.Bids[j] = stored.Bids[j], stored.Bids[i] })
		r.Shuffle(len(stored.Criteria), func(i, j int) { stored.Criteria[i], stored.Criteria[j] = stored.Criteria[j], stored.Criteria[i] })
		for _, b := range stored.Bids {
			r.Shuffle(len(b.Reviews), func(i, j int) { b.Reviews[i], b.Reviews[j] = b.Reviews[j], b.Reviews[i] })
		}
		if got := encoded(t, must(t, stored)); !bytes.Equal(got, want) {
			t.Fatalf("%s\n%s", got, want)
		}
	}
}

// TestCalibratedAddsUp: totals are sums of parts, panel values are those of consensus, and what is said of firmness hangs together.
func TestCalibratedAddsUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(7))
	for range 15 {
		in := drawn(r, 5+r.Intn(10), 4+r.Intn(4))
		out := must(t, in)
		beside, err := consensus.Calibrate(rank.Panel(in), consensus.Options{Draws: consensus.NoPlaces})
		if err != nil {
			t.Fatal(err)
		}
		value := map[string]consensus.Bid{}
		for _, b := range beside.Bids {
			value[b.ID] = b
		}
		first := 0.0
		for i, p := range out.Places {
			if err := p.Sum.Check(); err != nil || p.Sum.Value != p.Total {
				t.Fatalf("%v, %v of %v", err, p.Sum.Value, p.Total)
			}
			b := value[p.Bid]
			if math.Abs(p.Panel-b.Calibrated) > explain.Tolerance || math.Abs(p.Firm.Mean-(p.Total-0.7*(b.Calibrated-b.Mean))) > 1e-9 {
				t.Fatalf("panel %v, calibrated %v; mean total %v", p.Panel, b.Calibrated, p.Firm.Mean)
			}
			if e := p.Firm.Error; !(e.Low < p.Total && p.Total < e.High) || math.Abs(e.SE-0.7*b.Error.SE) > 1e-9 {
				t.Fatalf("%+v round %v", e, p.Total)
			}
			if p.Passed != (p.Firm.Among != nil) {
				t.Fatalf("%s passed %v, %+v", p.Bid, p.Passed, p.Firm.Among)
			}
			if p.Passed {
				if a := p.Firm.Among; len(a.Ranks) > 0 {
					first += a.Ranks[0]
				}
				if i > 0 && out.Places[i-1].Firm.Among.BeatsNext < 0.5-1e-9 {
					t.Fatalf("%s stands before one that beats it", out.Places[i-1].Bid)
				}
			}
			for _, q := range out.Places[:i] {
				if d := rank.Compare(q, p); d.Check() != nil || math.Abs(d.Value-(q.Total-p.Total)) > explain.Tolerance {
					t.Fatal("the comparison does not add up")
				}
			}
		}
		if out.Places[0].Passed && math.Abs(first-1) > 1e-9 {
			t.Fatalf("chances to come first sum to %v", first)
		}
	}
}

// TestWithheldSharesTheFirstPlace: experts who contradict each other give no order; the chair parts the bids.
func TestWithheldSharesTheFirstPlace(t *testing.T) {
	t.Parallel()
	in := rank.Defaults(rank.PanelPlusOwner)
	in.Aggregate, in.Threshold = rank.Calibrated, 0
	for i := range 4 {
		b := rank.Bid{ID: fmt.Sprint("B", i), Owner: &rank.Owner{Score: 50}}
		for j := range 2 {
			b.Reviews = append(b.Reviews, sheet(fmt.Sprint("E", j), 0.3+0.1*float64(i*(1-2*j)+3*j)))
		}
		in.Bids = append(in.Bids, b)
	}
	out := must(t, in)
	if len(out.Calibration.Withheld) != 1 || out.Calibration.Withheld[0].Code != consensus.LowAgreement {
		t.Fatalf("%+v", out.Calibration.Withheld)
	}
	for _, p := range out.Places {
		if p.Place != 1 || p.Tie != "chair" || p.Firm.Among == nil {
			t.Errorf("%s has place %d, tie %q", p.Bid, p.Place, p.Tie)
		}
	}
	if len(rank.Sensitivity(out)) > 0 || len(rank.Counterfactuals(in, out)) > 0 {
		t.Error("a winner is spoken of")
	}
}

// TestCounterfactuals gives every bid what it needs, ranks again, and finds it where it was said to be.
func TestCounterfactuals(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(8))
	tried := map[string]int{}
	for n := range 220 {
		in := random(r)
		if n < 4 {
			in = drawn(r, 5+r.Intn(4), 4+r.Intn(2))
		}
		out := must(t, in)
		said := map[string]bool{}
		for _, c := range rank.Counterfactuals(in, out) {
			said[c.Bid] = true
			for _, need := range c.Needs {
				after, err := rank.Raised(in, c.Bid, need)
				if (err == nil) != need.Possible {
					t.Fatalf("possible %v, but %v", need.Possible, err)
				}
				if err != nil {
					continue
				}
				tried[need.Part]++
				now := must(t, after)
				p := of(now, c.Bid)
				if !p.Passed || c.Above != "" && (p.Place != need.Place || of(now, c.Above).Place <= p.Place) {
					t.Fatalf("%s given %+v has place %d (passed %v) beside %s with %d", c.Bid, need, p.Place, p.Passed, c.Above, of(now, c.Above).Place)
				}
				if c.Above == "" && p.Place < need.Place { // level totals may be parted either way
					t.Fatalf("%s given %+v has place %d", c.Bid, need, p.Place)
				}
				if c.Gap > 1e-3 && n%4 == 0 { // a little less does not do
					less := need
					less.By *= (c.Gap - 1e-4) / (c.Gap + 2e-6)
					if before, err := rank.Raised(in, c.Bid, less); err == nil {
						q := must(t, before)
						if c.Above != "" && of(q, c.Bid).Total > of(q, c.Above).Total {
							t.Fatalf("%s needs less than %+v", c.Bid, need)
						}
						if c.Above == "" && of(q, c.Bid).Passed {
							t.Fatalf("%s passes with less than %+v", c.Bid, need)
						}
					}
				}
			}
		}
		for _, p := range out.Places {
			if out.Calibration != nil && len(out.Calibration.Withheld) > 0 {
				continue
			}
			if want := p.Passed && p.Place > 1 || !p.Passed && len(p.Why) == 1 && p.Why[0].Code == rank.BelowThreshold; said[p.Bid] != want {
				t.Fatalf("%s at %d: counterfactual %v", p.Bid, p.Place, said[p.Bid])
			}
		}
	}
	for _, part := range []string{rank.PartCriterion, rank.PartOwner, rank.PartMatch} {
		if tried[part] < 50 {
			t.Errorf("only %d of %s tried", tried[part], part)
		}
	}
}

func TestRaisedErrors(t *testing.T) {
	t.Parallel()
	in := drawn(rand.New(rand.NewSource(9)), 3, 3)
	in.Bids[0].Owner = nil
	for name, c := range map[string]struct {
		bid  string
		need rank.Need
	}{
		"no bid":       {"nobody", rank.Need{Part: rank.PartMatch}},
		"no part":      {"B01", rank.Need{Part: "luck"}},
		"no owner":     {"B00", rank.Need{Part: rank.PartOwner, By: 1}},
		"no criterion": {"B01", rank.Need{Part: rank.PartCriterion, Criterion: "luck", By: 1}},
		"no number":    {"B01", rank.Need{Part: rank.PartMatch, By: math.NaN()}},
		"no room":      {"B01", rank.Need{Part: rank.PartMatch, By: 100}},
	} {
		if _, err := rank.Raised(in, c.bid, c.need); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	in.Aggregate = "median"
	if _, err := rank.Bids(in); err == nil {
		t.Error("any aggregate will do")
	}
}

func BenchmarkCalibratedBids(b *testing.B) {
	for _, n := range []int{10, 60} {
		in := drawn(rand.New(rand.NewSource(1)), n, 2+n/3)
		b.Run(fmt.Sprintf("bids=%d,experts=%d", n, 2+n/3), func(b *testing.B) {
			for b.Loop() {
				if _, err := rank.Bids(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
