package rank_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand"
	"os"
	"strings"
	"testing"

	"jiebang/matching/explain"
	"jiebang/matching/rank"
)

var update = flag.Bool("update", false, "write the goldens")

// sheet scores every criterion at the share of its maximum.
func sheet(expert string, share float64) rank.Review {
	r := rank.Review{Expert: expert, Scores: map[string]float64{}}
	for _, c := range rank.Defaults(rank.PanelPlusOwner).Criteria {
		r.Scores[c.Code] = math.Round(share*c.Max*2) / 2
	}
	return r
}

func random(r *rand.Rand) rank.Input {
	in := rank.Defaults(rank.PanelPlusOwner)
	a := float64(r.Intn(101))
	b := float64(r.Intn(int(101 - a)))
	in.Weights = rank.Weights{Panel: a, Owner: b, Match: 100 - a - b}
	n := 1 + r.Intn(9)
	for i := range 1 + r.Intn(7) {
		bid := rank.Bid{ID: fmt.Sprintf("bid%d", i), Owner: &rank.Owner{Score: float64(r.Intn(5) * 25)}, Match: float64(r.Intn(5) * 25)}
		if r.Intn(8) == 0 {
			bid.Owner.Veto, bid.Owner.Reason = true, "路线不符"
		}
		if r.Intn(8) == 0 {
			bid.Failing = []string{"振动", "带宽"}
		}
		for j := range n {
			x := sheet(fmt.Sprintf("e%d", j), []float64{0.4, 0.6, 0.8, 1}[r.Intn(4)])
			for _, c := range in.Criteria { // coarse scores make ties
				if r.Intn(3) == 0 {
					x.Scores[c.Code] = c.Max / 2
				}
			}
			if r.Intn(4) == 0 {
				x.Failed = []string{"寿命"}
			}
			bid.Reviews = append(bid.Reviews, x)
		}
		in.Bids = append(in.Bids, bid)
	}
	return in
}

func must(t *testing.T, in rank.Input) rank.Output {
	t.Helper()
	out, err := rank.Bids(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func of(o rank.Output, bid string) rank.Place {
	for _, p := range o.Places {
		if p.Bid == bid {
			return p
		}
	}
	return rank.Place{}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	in := rank.Defaults(rank.PanelPlusOwner)
	shares := map[string][]float64{
		"A": {0.9, 0.8, 0.85, 0.9, 0.8, 0.95, 0.2}, // an outlier, dropped as lowest
		"B": {0.7, 0.7, 0.75, 0.7, 0.65, 0.7, 0.7},
		"C": {0.5, 0.5, 0.5, 0.55, 0.5, 0.5, 0.6}, // below the threshold
	}
	for _, id := range []string{"A", "B", "C"} {
		b := rank.Bid{ID: id, Owner: &rank.Owner{Score: 80}, Match: 70}
		for j, s := range shares[id] {
			b.Reviews = append(b.Reviews, sheet(fmt.Sprintf("专家%d", j+1), s))
		}
		in.Bids = append(in.Bids, b)
	}
	out := must(t, in)
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetIndent("", " ")
	_ = enc.Encode(map[string]any{"output": out, "compare": rank.Compare(out.Places[0], out.Places[1]), "sensitivity": rank.Sensitivity(out)})
	const file = "testdata/ranking.golden.json"
	if *update {
		_ = os.WriteFile(file, got.Bytes(), 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("golden differs (%v); go test ./matching/rank -update, then read the diff\n%s", err, got.String())
	}
}

func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(12))
	for range 500 {
		out := must(t, random(r))
		for i, p := range out.Places {
			if err := p.Sum.Check(); err != nil || p.Sum.Value != p.Total {
				t.Fatalf("%v, %v of %v", err, p.Sum.Value, p.Total)
			}
			for _, q := range out.Places[:i] {
				d := rank.Compare(q, p)
				if err := d.Check(); err != nil || math.Abs(d.Value-(q.Total-p.Total)) > explain.Tolerance {
					t.Fatalf("%v, %v", err, d.Value)
				}
			}
		}
	}
}

func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(13))
	for range 300 {
		in := random(r)
		a, _ := json.Marshal(must(t, in))
		r.Shuffle(len(in.Bids), func(i, j int) { in.Bids[i], in.Bids[j] = in.Bids[j], in.Bids[i] })
		r.Shuffle(len(in.Criteria), func(i, j int) { in.Criteria[i], in.Criteria[j] = in.Criteria[j], in.Criteria[i] })
		for _, b := range in.Bids {
			r.Shuffle(len(b.Reviews), func(i, j int) { b.Reviews[i], b.Reviews[j] = b.Reviews[j], b.Reviews[i] })
		}
		if b, _ := json.Marshal(must(t, in)); !bytes.Equal(a, b) {
			t.Fatalf("%s\n%s", a, b)
		}
	}
}

// TestRaisingAScoreNeverLowersAPlace raises a score, the owner's, or the match.
func TestRaisingAScoreNeverLowersAPlace(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(14))
	for range 4000 {
		in := random(r)
		was := must(t, in)
		b := &in.Bids[r.Intn(len(in.Bids))]
		switch r.Intn(4) {
		case 0:
			b.Owner.Score = min(100, b.Owner.Score+25)
		case 1:
			b.Match = min(100, b.Match+25)
		default:
			c := in.Criteria[r.Intn(len(in.Criteria))]
			s := b.Reviews[r.Intn(len(b.Reviews))].Scores
			s[c.Code] = min(c.Max, s[c.Code]+c.Max/10*float64(1+r.Intn(5)))
		}
		now := must(t, in)
		if of(now, b.ID).Place > of(was, b.ID).Place {
			t.Fatalf("%s fell from %d to %d", b.ID, of(was, b.ID).Place, of(now, b.ID).Place)
		}
	}
}

// TestAnotherBidTurnsNothingRound: no rank reversal.
func TestAnotherBidTurnsNothingRound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(15))
	for range 500 {
		in := random(r)
		all := must(t, in)
		in.Bids = in.Bids[1:]
		var rest []string
		for _, p := range all.Places {
			for _, b := range in.Bids {
				if b.ID == p.Bid {
					rest = append(rest, p.Bid)
				}
			}
		}
		for i, p := range must(t, in).Places {
			if p.Bid != rest[i] {
				t.Fatalf("order %v turned at %s", rest, p.Bid)
			}
		}
	}
}

func TestPassing(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*rank.Input)
		want   string
	}{
		"ok":              {func(in *rank.Input) {}, ""},
		"below":           {func(in *rank.Input) { in.Threshold = 81 }, "below_threshold"},
		"at_threshold":    {func(in *rank.Input) { in.Threshold = 80 }, ""},
		"veto":            {func(in *rank.Input) { in.Bids[0].Owner = &rank.Owner{Score: 90, Veto: true, Reason: "x"} }, "veto"},
		"promised":        {func(in *rank.Input) { in.Bids[0].Failing = []string{"振动"} }, "knockout"},
		"half_of_experts": {func(in *rank.Input) { in.Bids[0].Reviews[0].Failed = []string{"振动"} }, ""},
		"most_of_experts": {func(in *rank.Input) {
			in.Bids[0].Reviews[0].Failed, in.Bids[0].Reviews[1].Failed = []string{"振动"}, []string{"振动"}
			in.Bids[0].Reviews = append(in.Bids[0].Reviews, sheet("e3", 0.8))
		}, "knockout"},
	} {
		in := rank.Defaults(rank.PanelPlusOwner)
		in.Bids = []rank.Bid{{ID: "A", Owner: &rank.Owner{Score: 10}, Reviews: []rank.Review{sheet("e1", 0.8), sheet("e2", 0.8)}}}
		row.change(&in)
		p := must(t, in).Places[0]
		var got []string
		for _, f := range p.Why {
			got = append(got, f.Code)
		}
		if strings.Join(got, " ") != row.want || p.Passed != (row.want == "") {
			t.Errorf("%s: %v, want %s", name, got, row.want)
		}
	}
}

func TestTies(t *testing.T) {
	t.Parallel()
	in := rank.Defaults(rank.PanelReviewed)
	bid := func(id string, indicators, route, team float64) rank.Bid {
		s := sheet("e1", 0.8)
		s.Scores["indicators"], s.Scores["route"], s.Scores["team"] = indicators, route, team
		return rank.Bid{ID: id, Reviews: []rank.Review{s}, Match: 50}
	}
	in.Bids = []rank.Bid{bid("D", 20, 10, 20), bid("C", 20, 10, 20), bid("B", 20, 15, 15), bid("A", 22, 13, 15)}
	var got []string
	for _, p := range must(t, in).Places {
		got = append(got, fmt.Sprintf("%s%d%s", p.Bid, p.Place, p.Tie))
	}
	if s := strings.Join(got, " "); s != "A1indicator C2chair D2chair B4capability" {
		t.Errorf("got %s", s)
	}
}

func TestDrop(t *testing.T) {
	t.Parallel()
	in := rank.Defaults(rank.PanelReviewed)
	b := rank.Bid{ID: "A"}
	for i, s := range []float64{0, 0.8, 0.8, 0.8, 0.8, 0.8, 1} {
		b.Reviews = append(b.Reviews, sheet(fmt.Sprint("e", i), s))
	}
	in.Bids = []rank.Bid{b}
	p := must(t, in).Places[0]
	if p.Panel < 80-1e-9 || p.Panel > 80+1e-9 || p.Sheets[0].Dropped != "lowest" || p.Sheets[6].Dropped != "highest" || !p.Sheets[0].Outlier {
		t.Errorf("panel %v, sheets %+v", p.Panel, p.Sheets)
	}
	in.Bids[0].Reviews = in.Bids[0].Reviews[:6]
	if p = must(t, in).Places[0]; math.Abs(p.Panel-400.0/6) > 1e-9 {
		t.Errorf("six sheets: panel %v", p.Panel)
	}
}

// TestSensitivity ranks again just inside and just outside each interval.
func TestSensitivity(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(16))
	move := func(w rank.Weights, name string, t float64) rank.Weights {
		v := map[string]*float64{"panel": &w.Panel, "owner": &w.Owner, "match": &w.Match}
		rest := 100 - *v[name]
		for n, p := range v {
			switch {
			case n == name:
				*p = t
			case rest > 0:
				*p *= (100 - t) / rest
			default:
				*p = (100 - t) / 2
			}
		}
		return w
	}
	// firm says whether the first bid leads every other by no less than −1e-9.
	firm := func(o rank.Output, w rank.Weights) bool {
		total := func(p rank.Place) float64 { return w.Panel*p.Panel + w.Owner*p.Owner + w.Match*p.Match }
		for _, p := range o.Places {
			if p.Passed && total(p) > total(o.Places[0])+1e-6 {
				return false
			}
		}
		return true
	}
	for range 500 {
		out := must(t, random(r))
		for _, iv := range rank.Sensitivity(out) {
			if iv.Low > iv.Now || iv.High < iv.Now {
				t.Fatalf("%+v", iv)
			}
			for x := 0.0; x <= 100; x += 2.5 {
				inside := x >= iv.Low-1e-9 && x <= iv.High+1e-9
				if got := firm(out, move(out.Weights, iv.Weight, x)); got != inside && math.Abs(x-iv.Low) > 1e-3 && math.Abs(x-iv.High) > 1e-3 {
					t.Fatalf("at %v firm is %v: %+v", x, got, iv)
				}
			}
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	good := func() rank.Input {
		in := rank.Defaults(rank.PanelPlusOwner)
		in.Bids = []rank.Bid{{ID: "A", Owner: &rank.Owner{Score: 10}, Reviews: []rank.Review{sheet("e1", 0.8)}}}
		return in
	}
	for name, row := range map[string]struct {
		change func(*rank.Input)
		want   string
	}{
		"version":   {func(in *rank.Input) { in.Version = "x" }, "version"},
		"mode":      {func(in *rank.Input) { in.Mode = "x" }, "mode"},
		"weights":   {func(in *rank.Input) { in.Weights.Panel = 60 }, "weights: sum to 90"},
		"negative":  {func(in *rank.Input) { in.Weights = rank.Weights{Panel: 110, Owner: -10} }, "owner: -10"},
		"nan":       {func(in *rank.Input) { in.Bids[0].Match = math.NaN() }, "match: NaN"},
		"drop":      {func(in *rank.Input) { in.DropFrom = 2 }, "drop_from"},
		"criteria":  {func(in *rank.Input) { in.Criteria[0].Weight = 26 }, "criteria: weights sum to 101"},
		"role":      {func(in *rank.Input) { in.Criteria[1].Role = rank.Indicator }, "stands twice"},
		"no_score":  {func(in *rank.Input) { delete(in.Bids[0].Reviews[0].Scores, "plan") }, "no score for plan"},
		"high":      {func(in *rank.Input) { in.Bids[0].Reviews[0].Scores["plan"] = 11 }, "11 is not within 0 and 10"},
		"unknown":   {func(in *rank.Input) { in.Bids[0].Reviews[0].Scores["zzz"] = 1 }, "unknown criteria"},
		"no_owner":  {func(in *rank.Input) { in.Bids[0].Owner = nil }, "owner: is missing"},
		"veto":      {func(in *rank.Input) { in.Bids[0].Owner.Veto = true }, "needs a reason"},
		"no_review": {func(in *rank.Input) { in.Bids[0].Reviews = nil }, "no review"},
		"twice":     {func(in *rank.Input) { in.Bids = append(in.Bids, in.Bids[0]) }, "stands twice"},
		"expert":    {func(in *rank.Input) { in.Bids[0].Reviews = append(in.Bids[0].Reviews, in.Bids[0].Reviews[0]) }, `expert "e1"`},
	} {
		in := good()
		row.change(&in)
		if _, err := rank.Bids(in); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := rank.Bids(good()); err != nil {
		t.Error(err)
	}
	if out, err := rank.Bids(rank.Defaults(rank.PanelReviewed)); err != nil || out.Places == nil || len(rank.Sensitivity(out)) != 0 {
		t.Errorf("no bids: %+v %v", out, err)
	}
}

func BenchmarkBids(b *testing.B) {
	for _, n := range []int{10, 1000} {
		b.Run(fmt.Sprintf("%dbids_7experts", n), func(b *testing.B) {
			in := rank.Defaults(rank.PanelPlusOwner)
			for i := range n {
				bid := rank.Bid{ID: fmt.Sprint("b", i), Owner: &rank.Owner{Score: 50}}
				for j := range 7 {
					bid.Reviews = append(bid.Reviews, sheet(fmt.Sprint("e", j), float64((i*7+j)%10)/10))
				}
				in.Bids = append(in.Bids, bid)
			}
			for b.Loop() {
				if _, err := rank.Bids(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
