package consensus_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/consensus"
	"jiebang/matching/measure"
)

var update = flag.Bool("update", false, "write the goldens")

var plain = []consensus.Criterion{{Code: "", Weight: 1}}

// plan is a panel to be planted: each bid goes to per experts in turn.
type plan struct {
	bids, experts, per     int
	severity, noise, stray float64 // deviations of experts and errors; share of bids with one score far too high
	seed                   uint64
}

func (p plan) panel() (consensus.Panel, map[string]float64) {
	rng := rand.New(rand.NewPCG(p.seed, 99))
	out, truth := consensus.Panel{Criteria: plain}, map[string]float64{}
	harsh := make([]float64, p.experts)
	for j := range harsh {
		harsh[j] = p.severity * rng.NormFloat64()
	}
	for i := range p.bids {
		id := fmt.Sprintf("b%03d", i)
		truth[id] = 70 + 10*rng.NormFloat64()
		stray := -1
		if rng.Float64() < p.stray {
			stray = rng.IntN(p.per)
		}
		from := rng.Perm(p.experts)[:p.per]
		if p.bids*p.per%p.experts == 0 && p.per < p.experts && i%2 == 0 { // half of them in turn keeps the panel connected
			for k := range from {
				from[k] = (i*p.per + k) % p.experts
			}
		}
		for k, j := range from {
			y := truth[id] + harsh[j] + p.noise*rng.NormFloat64()
			if k == stray {
				y = truth[id] + 35
			}
			out.Sheets = append(out.Sheets, consensus.Sheet{Bid: id, Expert: fmt.Sprintf("e%02d", j), Scores: []float64{y}})
		}
	}
	return out, truth
}

func must(t testing.TB, p consensus.Panel) *consensus.Result {
	t.Helper()
	r, err := consensus.Calibrate(p, consensus.Options{Draws: 500})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func valuesOnly(t testing.TB, p consensus.Panel) *consensus.Result {
	t.Helper()
	r, err := consensus.Calibrate(p, consensus.Options{Draws: consensus.NoPlaces})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func values(r *consensus.Result) map[string]float64 {
	out := map[string]float64{}
	for _, b := range r.Bids {
		out[b.ID] = b.Calibrated
	}
	return out
}

func order(r *consensus.Result) []string {
	var out []string
	for _, b := range r.Bids {
		out = append(out, b.ID)
	}
	return out
}

func bytesOf(t *testing.T, r *consensus.Result) string {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func cloned(p consensus.Panel) consensus.Panel {
	p.Sheets = slices.Clone(p.Sheets)
	for i := range p.Sheets {
		p.Sheets[i].Scores = slices.Clone(p.Sheets[i].Scores)
	}
	return p
}

// TestOrderOfInputDoesNotShow: sheets and criteria in any order give the same bytes.
func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	p, _ := plan{bids: 24, experts: 8, per: 3, severity: 6, noise: 5, stray: 0.2, seed: 1}.panel()
	p.Criteria = []consensus.Criterion{{"a", 1}, {"b", 3}}
	for i := range p.Sheets {
		p.Sheets[i].Scores = append(p.Sheets[i].Scores, math.Round(p.Sheets[i].Scores[0]/2))
		p.Sheets[i].Order = 1 + i%9
	}
	want := bytesOf(t, must(t, p))
	rng := rand.New(rand.NewPCG(4, 4))
	for range 5 {
		q := cloned(p)
		rng.Shuffle(len(q.Sheets), func(i, j int) { q.Sheets[i], q.Sheets[j] = q.Sheets[j], q.Sheets[i] })
		q.Criteria = []consensus.Criterion{p.Criteria[1], p.Criteria[0]}
		for i := range q.Sheets {
			slices.Reverse(q.Sheets[i].Scores)
		}
		if got := bytesOf(t, must(t, q)); got != want {
			t.Fatal("the order of sheets or criteria shows")
		}
	}
}

// TestCompleteBlockIsTheMean: where every expert scored every bid and no score is out of line, severities cancel.
func TestCompleteBlockIsTheMean(t *testing.T) {
	t.Parallel()
	corrected := 0
	for seed := range uint64(40) {
		p, _ := plan{bids: 9, experts: 7, per: 7, severity: 8, noise: 4, seed: seed}.panel()
		r := valuesOnly(t, p)
		if r.Spread.OutOfLine > 0.5 {
			continue
		}
		corrected++
		for i, b := range r.Bids {
			if i > 0 && b.Mean > r.Bids[i-1].Mean {
				t.Fatalf("seed %d: %v stands behind a lower mean", seed, b.ID)
			}
			if d := (b.Calibrated - b.Mean) - (r.Bids[0].Calibrated - r.Bids[0].Mean); math.Abs(d) > 1e-9 {
				t.Fatalf("seed %d: differs from the mean by more than a constant: %v", seed, d)
			}
		}
		for i := range p.Sheets { // harsher still: no place changes
			if p.Sheets[i].Expert == "e03" {
				p.Sheets[i].Scores[0] -= 17
			}
		}
		if got := order(valuesOnly(t, p)); !slices.Equal(got, order(r)) {
			t.Fatalf("seed %d: a harsher expert changed places", seed)
		}
	}
	if corrected < 30 {
		t.Errorf("only %d of 40 panels were free of scores out of line", corrected)
	}
}

// TestShifts: what the package promises of constants and factors.
func TestShifts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		p, _ := plan{bids: 30, experts: 10, per: 3, severity: 5, noise: 6, stray: 0.1, seed: seed}.panel()
		base := values(valuesOnly(t, p))
		all, one := cloned(p), cloned(p)
		for i := range p.Sheets {
			all.Sheets[i].Scores[0] = 3*p.Sheets[i].Scores[0] + 11
			if p.Sheets[i].Bid == "b004" {
				one.Sheets[i].Scores[0] += 6.5
			}
		}
		for id, v := range values(valuesOnly(t, all)) {
			if math.Abs(v-(3*base[id]+11)) > 1e-5 {
				t.Fatalf("seed %d: 3y+11 gives %v for %v", seed, v, base[id])
			}
		}
		for id, v := range values(valuesOnly(t, one)) {
			want := base[id]
			if id == "b004" {
				want += 6.5
			}
			if math.Abs(v-want) > 1e-5 {
				t.Fatalf("seed %d: raising b004 moved %s from %v to %v", seed, id, base[id], v)
			}
		}
	}
}

// TestHarshExpertIsTakenOut: a constant taken from one expert's scores leaves little of itself in any value, and the
// less of it the larger it is.
func TestHarshExpertIsTakenOut(t *testing.T) {
	t.Parallel()
	p, _ := plan{bids: 60, experts: 20, per: 3, severity: 5, noise: 6, seed: 3}.panel()
	base := values(valuesOnly(t, p))
	last := 1.0
	for _, shift := range []float64{20, 100, 1000} {
		q := cloned(p)
		for i := range q.Sheets {
			if q.Sheets[i].Expert == "e07" {
				q.Sheets[i].Scores[0] -= shift
			}
		}
		got := values(valuesOnly(t, q))
		mean, most := 0.0, 0.0
		for id := range base {
			mean += (got[id] - base[id]) / 60
		}
		for id := range base {
			most = max(most, math.Abs(got[id]-base[id]-mean))
		}
		left := most / (shift / 3) // of what it does to the plain mean
		if left > 0.35 || left > last {
			t.Errorf("%v points: %.2f of them are left, %.2f of a smaller shift", shift, left, last)
		}
		last = left
	}
}

// TestPartsAddUp: the value is the sum of its parts; criteria weighted add up to it.
func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	p, _ := plan{bids: 20, experts: 6, per: 3, severity: 7, noise: 5, stray: 0.3, seed: 8}.panel()
	p.Criteria = []consensus.Criterion{{"a", 1}, {"b", 3}}
	rng := rand.New(rand.NewPCG(5, 5))
	for i := range p.Sheets {
		p.Sheets[i].Scores = append(p.Sheets[i].Scores, p.Sheets[i].Scores[0]+4*rng.NormFloat64())
	}
	for _, b := range must(t, p).Bids {
		if err := b.Sum.Check(); err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, c := range b.Criteria {
			sum += c.Calibrated * map[string]float64{"a": 0.25, "b": 0.75}[c.Criterion]
		}
		if math.Abs(sum-b.Calibrated) > 1e-9 || b.Sum.Value != b.Calibrated {
			t.Errorf("%s: parts %v, criteria %v, value %v", b.ID, b.Sum.Value, sum, b.Calibrated)
		}
	}
}

// TestNothingPlanted: without severity the values are the plain mean in most panels, and no worse over all.
func TestNothingPlanted(t *testing.T) {
	t.Parallel()
	same, lost := 0, 0.0
	const panels = 60
	for seed := range uint64(panels) {
		p, truth := plan{bids: 40, experts: 12, per: 3, noise: 6, seed: seed}.panel()
		r := valuesOnly(t, p)
		if r.Spread.Ratio == 0 && r.Spread.OutOfLine < 0.5 {
			same++
			for _, b := range r.Bids {
				if b.Calibrated != b.Mean {
					t.Fatalf("nothing is corrected, but %v is not the mean %v", b.Calibrated, b.Mean)
				}
			}
		}
		ours, mean := taus(r, truth)
		lost += (mean - ours) / panels
	}
	if same < panels*8/10 || lost > 0.003 {
		t.Errorf("%d of %d panels left alone; tau lost %.4f", same, panels, lost)
	}
}

// TestSeverityPlanted: with it, calibration beats the mean clearly, and one score far too high does not carry a bid.
func TestSeverityPlanted(t *testing.T) {
	t.Parallel()
	won := 0.0
	const panels = 20
	for seed := range uint64(panels) {
		p, truth := plan{bids: 60, experts: 20, per: 3, severity: 8, noise: 6, stray: 0.1, seed: seed}.panel()
		ours, mean := taus(valuesOnly(t, p), truth)
		won += (ours - mean) / panels
	}
	if won < 0.06 {
		t.Errorf("tau won over the mean: %.4f", won)
	}
}

func taus(r *consensus.Result, truth map[string]float64) (ours, mean float64) {
	var a, b, c []float64
	for _, x := range r.Bids {
		a, b, c = append(a, x.Calibrated), append(b, x.Mean), append(c, truth[x.ID])
	}
	return measure.Kendall(a, c), measure.Kendall(b, c)
}

// TestCoverage: the truth lies in 95 % of the intervals, with severity or without, in small and in stray panels.
func TestCoverage(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]plan{
		"severity": {bids: 40, experts: 12, per: 3, severity: 5, noise: 7},
		"none":     {bids: 40, experts: 12, per: 3, noise: 7},
		"small":    {bids: 10, experts: 5, per: 3, severity: 5, noise: 7},
		"stray":    {bids: 40, experts: 15, per: 5, severity: 5, noise: 7, stray: 0.15},
	} {
		in, n := 0.0, 0.0
		for seed := range uint64(40) {
			p.seed = seed
			panel, truth := p.panel()
			r := valuesOnly(t, panel)
			mean, middle := 0.0, 0.0
			for _, b := range r.Bids {
				mean += truth[b.ID] / float64(len(r.Bids))
				middle += b.Calibrated / float64(len(r.Bids))
			}
			for _, b := range r.Bids {
				n++
				if x := truth[b.ID] - mean + middle; b.Error.Low <= x && x <= b.Error.High {
					in++
				}
			}
		}
		if c := in / n; c < 0.925 || c > 0.975 {
			t.Errorf("%s: the intervals cover %.3f", name, c)
		}
	}
}

// TestRanksAgree: chances of ranks sum to 1, and their mean is the exact expected rank but for the draws.
func TestRanksAgree(t *testing.T) {
	t.Parallel()
	p, _ := plan{bids: 12, experts: 5, per: 3, severity: 5, noise: 6, seed: 2}.panel()
	r, err := consensus.Calibrate(p, consensus.Options{Draws: 20000})
	if err != nil {
		t.Fatal(err)
	}
	places := 0.0
	for i, b := range r.Bids {
		sum, mean := 0.0, 0.0
		for k, q := range b.Standing.Ranks {
			sum += q
			mean += q * float64(k+1)
		}
		if math.Abs(sum-1) > 1e-9 || math.Abs(mean-b.Standing.Expected) > 0.06 {
			t.Errorf("%s: ranks sum to %v, mean %v, expected %v", b.ID, sum, mean, b.Standing.Expected)
		}
		places += b.Standing.Expected
		if i+1 < len(r.Bids) && b.Standing.BeatsNext < 0.5 {
			t.Errorf("%s stands before one that it beats with %v", b.ID, b.Standing.BeatsNext)
		}
		if b.Standing.Tied != (i+1 < len(r.Bids) && b.Standing.BeatsNext < consensus.FirmLead) {
			t.Errorf("%s: tied %v at %v", b.ID, b.Standing.Tied, b.Standing.BeatsNext)
		}
	}
	if math.Abs(places-12*13/2) > 1e-9 {
		t.Errorf("expected ranks sum to %v", places)
	}
}

// TestStandWithOffsets: what is known for certain shifts, and leaves out whom it does not name.
func TestStandWithOffsets(t *testing.T) {
	t.Parallel()
	p, _ := plan{bids: 8, experts: 5, per: 3, severity: 5, noise: 6, seed: 2}.panel()
	r := must(t, p)
	last := r.Bids[7].ID
	s := r.Stand(map[string]float64{last: 1000, r.Bids[0].ID: 0, "stranger": 5})
	if len(s) != 2 || s[0].Bid != last || s[0].Ranks[0] != 1 || s[0].BeatsNext < 0.9999 || s[1].Band != 2 {
		t.Errorf("%+v", s)
	}
}

func TestWithheld(t *testing.T) {
	t.Parallel()
	sheet := func(bid, expert string, v float64) consensus.Sheet {
		return consensus.Sheet{Bid: bid, Expert: expert, Scores: []float64{v}}
	}
	noise, _ := plan{bids: 20, experts: 6, per: 3, noise: 40, seed: 1}.panel()
	for name, c := range map[string]struct {
		sheets []consensus.Sheet
		want   []string
	}{
		"two groups": {[]consensus.Sheet{sheet("a", "x", 1), sheet("b", "x", 9), sheet("a", "y", 1), sheet("b", "y", 8),
			sheet("c", "z", 3), sheet("d", "z", 7), sheet("c", "w", 3), sheet("d", "w", 7)}, []string{consensus.Disconnected}},
		"one sheet each": {[]consensus.Sheet{sheet("a", "x", 1), sheet("b", "x", 9)}, []string{consensus.NoReplication}},
		"all equal":      {[]consensus.Sheet{sheet("a", "x", 5), sheet("b", "x", 5), sheet("a", "y", 5), sheet("b", "y", 5)}, []string{consensus.NoDifference}},
		"mere noise":     {noise.Sheets, []string{consensus.LowAgreement}},
		"one bid":        {[]consensus.Sheet{sheet("a", "x", 5), sheet("a", "y", 7)}, nil},
		"firm":           {[]consensus.Sheet{sheet("a", "x", 5), sheet("a", "y", 6), sheet("b", "x", 9), sheet("b", "y", 9)}, nil},
		"nothing":        {nil, nil},
	} {
		r := must(t, consensus.Panel{Criteria: plain, Sheets: c.sheets})
		var got []string
		for _, w := range r.Withheld {
			got = append(got, w.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: withheld for %v, want %v", name, got, c.want)
		}
		for _, b := range r.Bids {
			if (b.Place == 0) != (len(c.want) > 0) {
				t.Errorf("%s: %s has place %d", name, b.ID, b.Place)
			}
		}
	}
	groups := must(t, consensus.Panel{Criteria: plain, Sheets: []consensus.Sheet{sheet("b1", "r1", 70), sheet("b2", "r1", 80), sheet("b3", "r2", 90), sheet("b4", "r2", 60)}}).Groups
	if fmt.Sprint(groups) != "[[b1 b2] [b3 b4]]" {
		t.Errorf("groups %v", groups)
	}
}

// TestOddPanels: whatever passes Check gives finite numbers.
func TestOddPanels(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(6, 6))
	for n := range 400 {
		p := consensus.Panel{Criteria: plain}
		bids, experts := 1+rng.IntN(6), 1+rng.IntN(5)
		scale := []float64{1, 1e-6, 1e6, 0}[rng.IntN(4)]
		for i := range bids {
			for j := range experts {
				if rng.IntN(3) > 0 {
					p.Sheets = append(p.Sheets, consensus.Sheet{Bid: fmt.Sprint("b", i), Expert: fmt.Sprint("e", j), Order: rng.IntN(4), Scores: []float64{scale * float64(rng.IntN(4))}})
				}
			}
		}
		r := must(t, p)
		if _, err := json.Marshal(r); err != nil { // NaN and Inf do not pass
			t.Fatalf("panel %d: %v\n%+v", n, err, p.Sheets)
		}
		for i, b := range r.Bids {
			if e := b.Error; e != nil && !(e.Low <= b.Calibrated && b.Calibrated <= e.High && e.SE >= 0) {
				t.Fatalf("panel %d: %+v %+v", n, b, e)
			}
			if i > 0 && b.Calibrated > r.Bids[i-1].Calibrated+1e-6 {
				t.Fatalf("panel %d: not in order", n)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	good := consensus.Sheet{Bid: "a", Expert: "x", Scores: []float64{1}}
	for want, p := range map[string]consensus.Panel{
		"criteria: there is none":         {},
		"criteria[1]: \"a\" stands twice": {Criteria: []consensus.Criterion{{"a", 1}, {"a", 1}}},
		"weight: -1 is no share":          {Criteria: []consensus.Criterion{{"a", -1}}},
		"weight: NaN is no share":         {Criteria: []consensus.Criterion{{"a", math.NaN()}}},
		"all weights are 0":               {Criteria: []consensus.Criterion{{"a", 0}}},
		"must both be named":              {Criteria: plain, Sheets: []consensus.Sheet{{Expert: "x", Scores: []float64{1}}}},
		"scored bid \"a\" twice":          {Criteria: plain, Sheets: []consensus.Sheet{good, good}},
		"2 scores for 1 criteria":         {Criteria: plain, Sheets: []consensus.Sheet{{Bid: "a", Expert: "x", Scores: []float64{1, 2}}}},
		"score NaN of expert \"x\"":       {Criteria: plain, Sheets: []consensus.Sheet{{Bid: "a", Expert: "x", Scores: []float64{math.NaN()}}}},
		"score +Inf of expert \"x\"":      {Criteria: plain, Sheets: []consensus.Sheet{{Bid: "a", Expert: "x", Scores: []float64{math.Inf(1)}}}},
		"order: -2":                       {Criteria: plain, Sheets: []consensus.Sheet{{Bid: "a", Expert: "x", Scores: []float64{1}, Order: -2}}},
	} {
		if _, err := consensus.Calibrate(p, consensus.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestAsks: a score out of line, an expert without differences and one who drifts are asked about, others not.
func TestAsks(t *testing.T) {
	t.Parallel()
	p, _ := plan{bids: 40, experts: 10, per: 4, severity: 3, noise: 4, seed: 12}.panel()
	seen := map[string]int{}
	rng := rand.New(rand.NewPCG(7, 7))
	for _, i := range rng.Perm(len(p.Sheets)) {
		s := &p.Sheets[i]
		seen[s.Expert]++
		s.Order = seen[s.Expert]
		switch s.Expert {
		case "e02":
			s.Scores[0] = 70
		case "e05":
			s.Scores[0] += 2.5 * float64(s.Order)
		}
	}
	p.Sheets[0].Scores[0] += 45
	r := must(t, p)
	asked := map[string]bool{}
	for _, a := range r.Asks {
		asked[a.Code+" "+a.Expert] = true
		if a.Code == consensus.OutOfLine && a.Bid == p.Sheets[0].Bid && a.Expert == p.Sheets[0].Expert {
			asked["planted"] = true
			if a.Z < 3 || a.Weight > 0.5 || a.Weight < 0.1 {
				t.Errorf("%+v", a)
			}
		}
	}
	for _, want := range []string{"planted", "flat e02", "drift e05"} {
		if !asked[want] {
			t.Errorf("not asked about %s: %v", want, asked)
		}
	}
	if asked["flat e01"] || asked["drift e01"] {
		t.Errorf("asked without reason: %v", asked)
	}
	if r.Drift == nil || r.Drift.SE <= 0 {
		t.Errorf("drift of all %+v", r.Drift)
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	p, _ := plan{bids: 10, experts: 5, per: 3, severity: 8, noise: 3, stray: 0.2, seed: 21}.panel()
	for i := range p.Sheets {
		p.Sheets[i].Scores[0] = math.Round(p.Sheets[i].Scores[0])
	}
	raw, err := json.MarshalIndent(must(t, p), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	raw = append(raw, '\n')
	const file = "testdata/consensus.golden.json"
	if *update {
		_ = os.MkdirAll("testdata", 0o755)
		_ = os.WriteFile(file, raw, 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != string(raw) {
		t.Errorf("golden differs (%v); go test ./matching/consensus -update, then read the diff", err)
	}
}

func BenchmarkConsensus(b *testing.B) {
	for _, p := range []plan{
		{bids: 12, experts: 7, per: 7}, {bids: 60, experts: 20, per: 3}, {bids: 300, experts: 100, per: 3}, {bids: 1000, experts: 500, per: 3},
	} {
		for _, stray := range []float64{0, 0.1} {
			p.severity, p.noise, p.stray = 5, 7, stray
			panel, _ := p.panel()
			b.Run(fmt.Sprintf("bids=%d,experts=%d,stray=%v", p.bids, p.experts, stray), func(b *testing.B) {
				for b.Loop() {
					if _, err := consensus.Calibrate(panel, consensus.Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
