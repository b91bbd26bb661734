// Package rank puts bids in order, and says how firm the order is and why one bid stands before another.
package rank

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"jiebang/matching/explain"
)

// Version names the formula; it is kept with every ranking as evidence.
const Version = "jiebang-rank/1"

// The modes of selection (遴选方式). A mode sets the default weights and is
// recorded; it does not change the formula.
const (
	PanelPlusOwner  = "panel_plus_owner"
	PanelReviewed   = "panel_reviewed"
	OwnerNegotiated = "owner_negotiated"
)

// The ways to make one panel value of the sheets of a bid. The way is published
// before bidding, as the weights are.
const (
	Mean       = ""           // plain mean, highest and lowest left out from DropFrom sheets on
	Calibrated = "calibrated" // severity of experts taken out, see matching/consensus; nothing is dropped
)

// The roles a criterion may have in breaking ties.
const (
	Indicator  = "indicator"
	Capability = "capability"
)

// Weights are shares of the total in per cent; they sum to 100 and are fixed
// and published before bidding.
type Weights struct {
	Panel float64 `json:"panel"`
	Owner float64 `json:"owner"`
	Match float64 `json:"match"`
}

// Criterion is what an expert scores (评分项), from 0 to Max. Weights are per
// cent of the panel's part and sum to 100.
type Criterion struct {
	Code   string  `json:"code"`
	Name   string  `json:"name,omitempty"`
	Weight float64 `json:"weight"`
	Max    float64 `json:"max"`
	Role   string  `json:"role,omitempty"` // Indicator or Capability, each at most once
}

// Review is one expert's sheet for one bid. Expert is an alias. Failed are the
// knockout indicators that the expert finds below what is asked.
type Review struct {
	Expert string             `json:"expert"`
	Scores map[string]float64 `json:"scores"`
	Failed []string           `json:"failed,omitempty"`
}

// Owner is the satisfaction of the owner (需求方满意度), 0 to 100, or a veto,
// which needs a reason.
type Owner struct {
	Score  float64 `json:"score"`
	Veto   bool    `json:"veto,omitempty"`
	Reason string  `json:"reason,omitempty"`
}

// Bid is what is ranked. Failing are the knockout indicators whose promised
// value is below what is asked. Owner may be nil while its weight is 0.
type Bid struct {
	ID      string   `json:"id"`
	Reviews []Review `json:"reviews"`
	Owner   *Owner   `json:"owner,omitempty"`
	Match   float64  `json:"match"`
	Failing []string `json:"failing,omitempty"`
}

// Input is everything a ranking depends on.
type Input struct {
	Version   string      `json:"version"`
	Mode      string      `json:"mode"`
	Weights   Weights     `json:"weights"`
	Criteria  []Criterion `json:"criteria"`
	Threshold float64     `json:"threshold"`           // least panel average, of 100
	DropFrom  int         `json:"drop_from"`           // sheets from which on highest and lowest are dropped; 0 never
	Aggregate string      `json:"aggregate,omitempty"` // Mean or Calibrated
	Seed      uint64      `json:"seed,omitempty"`      // of the draws for chances of ranks; Calibrated only
	Bids      []Bid       `json:"bids"`
}

// Defaults are the rules of domain §2.4 and §5.1 without bids: 70/20/10, seven
// criteria, threshold 60, dropping from seven sheets on.
func Defaults(mode string) Input {
	w := Weights{70, 20, 10}
	switch mode {
	case PanelReviewed:
		w = Weights{90, 0, 10}
	case OwnerNegotiated:
		w = Weights{30, 60, 10}
	}
	return Input{Version: Version, Mode: mode, Weights: w, Threshold: 60, DropFrom: 7, Criteria: []Criterion{
		{"indicators", "指标响应与证明", 25, 25, Indicator},
		{"route", "技术路线可行性", 20, 20, ""},
		{"team", "团队能力", 20, 20, Capability},
		{"base", "研究基础与成熟度", 10, 10, ""},
		{"plan", "计划与里程碑", 10, 10, ""},
		{"budget", "预算与报价", 5, 5, ""},
		{"conversion", "转化、知识产权与利益分配", 10, 10, ""},
	}}
}

// The reasons why a bid did not pass.
const (
	BelowThreshold = "below_threshold"
	Knockout       = "knockout"
	Veto           = "veto"
)

// Failure is one reason why a bid did not pass.
type Failure struct {
	Code string         `json:"code"`
	Args map[string]any `json:"args,omitempty"`
}

// Sheet is one expert's total for a bid, of 100. Dropped is "highest", "lowest"
// or empty. Z is how many standard deviations it lies from the mean of all
// sheets; beyond 2 the expert owes a comment, but the sheet counts all the same.
type Sheet struct {
	Expert  string  `json:"expert"`
	Total   float64 `json:"total"`
	Dropped string  `json:"dropped,omitempty"`
	Z       float64 `json:"z"`
	Outlier bool    `json:"outlier,omitempty"`
}

// Spread says how far the sheets of a bid lie apart.
type Spread struct {
	Min float64 `json:"min"`
	Max float64 `json:"max"`
	SD  float64 `json:"sd"` // of the sample
}

// Place is one line of a ranking (名次).
type Place struct {
	Bid       string      `json:"bid"`
	Place     int         `json:"place"` // shared by those whom no tie-breaker parts
	Total     float64     `json:"total"` // 0–100
	Panel     float64     `json:"panel"` // the three values before weighting, each 0–100
	Owner     float64     `json:"owner"`
	Match     float64     `json:"match"`
	Passed    bool        `json:"passed"`
	Why       []Failure   `json:"why"` // not passed
	Sum       explain.Sum `json:"sum"` // adds up to Total
	Sheets    []Sheet     `json:"sheets"`
	Spread    Spread      `json:"spread"`
	Indicator float64     `json:"indicator"` // tie-breakers: averages over all sheets, of 100
	Ability   float64     `json:"capability"`
	Tie       string      `json:"tie,omitempty"`  // what parted it from a bid of equal total: indicator, capability, or chair (still open)
	Behind    float64     `json:"behind"`         // total lacking to the bid before it
	Firm      *Firmness   `json:"firm,omitempty"` // where the panel is calibrated
}

// Output is a ranking: the bids that passed, then the others, by place.
type Output struct {
	Version   string  `json:"version"`
	Mode      string  `json:"mode"`
	Weights   Weights `json:"weights"`
	Threshold float64 `json:"threshold"`
	DropFrom  int     `json:"drop_from"`
	Input     string  `json:"input"` // SHA-256 of the input in canonical form
	Places    []Place `json:"places"`

	Calibration *Calibration `json:"calibration,omitempty"`
}

// Bids ranks. Total = Σ weight/100 · value over panel, owner and match, all on
// fixed anchors of 0 to 100, so that no bid's total depends on who else bids
// and no order can turn round when another bid comes or goes. The panel's value
// is Σ criterion weight · mean(score/max); with DropFrom sheets or more, the
// sheets with the highest and the lowest total are left out whole.
//
// A bid passes with a panel value of at least Threshold, no failing knockout
// indicator — promised, or found by more than half of the experts — and no
// veto. Bids that pass stand before those that do not. Totals equal to six
// decimals are parted by the indicator criterion, then the capability one, both
// averaged over all sheets; where those are equal too the place is shared and
// left to the chair. So a higher score never lowers its bid's place.
//
// Where the panel is to be calibrated, its value is that of matching/consensus
// on the same anchors — which severity taken out may carry past 0 or 100 — and
// totals depend on who judged what. What then holds of a raised score is said
// there. Where a strict order is withheld, all bids that passed share the first
// place and the chair parts them, with a reason.
//
// The order of bids, sheets and criteria does not show, and equal input gives
// equal bytes. It fails only where Check does. O(bids · sheets · criteria).
func Bids(in Input) (Output, error) {
	if err := Check(in); err != nil {
		return Output{}, err
	}
	in = canonical(in)
	raw, err := json.Marshal(in)
	if err != nil {
		return Output{}, err
	}
	digest := sha256.Sum256(raw)
	out := Output{Version: Version, Mode: in.Mode, Weights: in.Weights, Threshold: in.Threshold, DropFrom: in.DropFrom,
		Input: hex.EncodeToString(digest[:]), Places: []Place{}}
	panel, err := calibrate(in)
	if err != nil {
		return Output{}, err
	}
	for _, b := range in.Bids {
		out.Places = append(out.Places, line(in, b, panel))
	}
	slices.SortFunc(out.Places, func(a, b Place) int { return cmp.Or(before(a, b), strings.Compare(a.Bid, b.Bid)) })
	for i := range out.Places {
		number(out.Places, i)
	}
	if panel != nil {
		panel.complete(in, &out)
	}
	return out, nil
}

// canonical sorts everything whose order must not matter.
func canonical(in Input) Input {
	in.Version = Version
	in.Criteria = slices.Clone(in.Criteria)
	slices.SortFunc(in.Criteria, func(a, b Criterion) int { return strings.Compare(a.Code, b.Code) })
	in.Bids = slices.Clone(in.Bids)
	slices.SortFunc(in.Bids, func(a, b Bid) int { return strings.Compare(a.ID, b.ID) })
	for i := range in.Bids {
		b := &in.Bids[i]
		b.Failing = words(b.Failing)
		b.Reviews = slices.Clone(b.Reviews)
		slices.SortFunc(b.Reviews, func(a, b Review) int { return strings.Compare(a.Expert, b.Expert) })
		for j := range b.Reviews {
			b.Reviews[j].Failed = words(b.Reviews[j].Failed)
		}
	}
	return in
}

func words(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

func line(in Input, b Bid, panel *calibrated) Place {
	p := Place{Bid: b.ID, Match: b.Match, Why: []Failure{}}
	if b.Owner != nil {
		p.Owner = b.Owner.Score
	}
	var kept []Review
	if panel != nil {
		in.DropFrom = 0
	}
	p.Sheets, kept = sheets(in, b.Reviews)
	p.Spread = spread(p.Sheets)
	for _, c := range in.Criteria {
		switch c.Role {
		case Indicator:
			p.Indicator = 100 * mean(b.Reviews, c)
		case Capability:
			p.Ability = 100 * mean(b.Reviews, c)
		}
	}
	parts := make([]explain.Sum, 0, len(in.Criteria))
	for _, c := range in.Criteria {
		m := mean(kept, c)
		args := map[string]any{"criterion": c.Code, "mean": m * c.Max, "max": c.Max, "weight": c.Weight}
		if panel != nil {
			m = panel.value(b.ID, c.Code)
			args["calibrated"] = m * c.Max
		}
		p.Panel += c.Weight * m
		parts = append(parts, explain.Leaf("criterion", in.Weights.Panel/100*c.Weight*m, args))
	}
	p.Sum = explain.Of("total", map[string]any{"version": Version},
		explain.Of("panel", map[string]any{"value": p.Panel, "weight": in.Weights.Panel, "sheets": len(b.Reviews), "counted": len(kept)}, parts...),
		explain.Leaf("owner", in.Weights.Owner/100*p.Owner, map[string]any{"value": p.Owner, "weight": in.Weights.Owner}),
		explain.Leaf("match", in.Weights.Match/100*p.Match, map[string]any{"value": p.Match, "weight": in.Weights.Match}))
	p.Total = p.Sum.Value
	p.Why = failures(in, b, p.Panel)
	p.Passed = len(p.Why) == 0
	return p
}

// mean of score/max over the sheets; 0 without any. Scores are added in rising
// order, so that equal sets of scores give equal bits.
func mean(reviews []Review, c Criterion) float64 {
	if len(reviews) == 0 {
		return 0
	}
	scores := make([]float64, len(reviews))
	for i, r := range reviews {
		scores[i] = r.Scores[c.Code]
	}
	slices.Sort(scores)
	sum := 0.0
	for _, s := range scores {
		sum += s
	}
	return sum / c.Max / float64(len(reviews))
}

// sheets totals every review and picks those that count.
func sheets(in Input, reviews []Review) ([]Sheet, []Review) {
	out := make([]Sheet, len(reviews))
	for i, r := range reviews {
		out[i].Expert = r.Expert
		for _, c := range in.Criteria {
			out[i].Total += c.Weight * r.Scores[c.Code] / c.Max
		}
	}
	lowest, highest := -1, -1
	if in.DropFrom > 0 && len(out) >= in.DropFrom {
		for i, s := range out {
			if lowest < 0 || s.Total < out[lowest].Total {
				lowest = i
			}
			if highest < 0 || s.Total >= out[highest].Total {
				highest = i
			}
		}
		out[lowest].Dropped, out[highest].Dropped = "lowest", "highest"
	}
	var kept []Review
	for i, r := range reviews {
		if i != lowest && i != highest {
			kept = append(kept, r)
		}
	}
	return out, kept
}

// spread fills in how far each sheet lies from the mean of all.
func spread(list []Sheet) Spread {
	if len(list) == 0 {
		return Spread{}
	}
	s := Spread{Min: math.Inf(1), Max: math.Inf(-1)}
	sum := 0.0
	for _, x := range list {
		s.Min, s.Max = min(s.Min, x.Total), max(s.Max, x.Total)
		sum += x.Total
	}
	m, squares := sum/float64(len(list)), 0.0
	for _, x := range list {
		squares += (x.Total - m) * (x.Total - m)
	}
	if len(list) > 1 {
		s.SD = math.Sqrt(squares / float64(len(list)-1))
	}
	if s.SD > 1e-9 {
		for i := range list {
			list[i].Z = (list[i].Total - m) / s.SD
			list[i].Outlier = math.Abs(list[i].Z) > 2
		}
	}
	return s
}

func failures(in Input, b Bid, panel float64) []Failure {
	out := []Failure{}
	if round(panel) < round(in.Threshold) {
		out = append(out, Failure{BelowThreshold, map[string]any{"panel": panel, "threshold": in.Threshold}})
	}
	votes := map[string]int{}
	for _, r := range b.Reviews {
		for _, f := range r.Failed {
			votes[f]++
		}
	}
	failed := slices.Clone(b.Failing)
	for f, n := range votes {
		if 2*n > len(b.Reviews) {
			failed = append(failed, f)
		}
	}
	for _, f := range words(failed) {
		out = append(out, Failure{Knockout, map[string]any{"indicator": f, "promised": slices.Contains(b.Failing, f), "experts": votes[f]}})
	}
	if b.Owner != nil && b.Owner.Veto {
		out = append(out, Failure{Veto, map[string]any{"reason": b.Owner.Reason}})
	}
	return out
}

// round is the precision at which values are equal.
func round(v float64) float64 { return math.Round(v*1e6) / 1e6 }

func before(a, b Place) int {
	if a.Passed != b.Passed {
		if a.Passed {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(round(b.Total), round(a.Total)), cmp.Compare(round(b.Indicator), round(a.Indicator)),
		cmp.Compare(round(b.Ability), round(a.Ability)))
}

// number gives place i its number, and says what parted it from its neighbours.
func number(ps []Place, i int) {
	p := &ps[i]
	p.Place = i + 1
	if i == 0 {
		return
	}
	prev := &ps[i-1]
	p.Behind = max(0, prev.Total-p.Total)
	if before(*prev, *p) == 0 {
		p.Place, p.Behind = prev.Place, 0
	}
	if p.Passed != prev.Passed || round(p.Total) != round(prev.Total) {
		return
	}
	tie := "chair"
	switch {
	case round(p.Indicator) != round(prev.Indicator):
		tie = Indicator
	case round(p.Ability) != round(prev.Ability):
		tie = Capability
	}
	p.Tie = tie
	if prev.Tie == "" || tie == "chair" {
		prev.Tie = tie
	}
}

// Compare says why a stands before (or behind) b: the difference of their
// totals, part by part, which adds up.
func Compare(a, b Place) explain.Sum { return a.Sum.Minus(b.Sum) }

// Interval is how far one weight may move, the two others keeping their ratio,
// while the first bid stays first; BelowLow and AboveHigh are the bids that
// would pass it beyond, empty where the interval ends at 0 or 100.
type Interval struct {
	Weight    string  `json:"weight"`
	Now       float64 `json:"now"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	BelowLow  string  `json:"below_low,omitempty"`
	AboveHigh string  `json:"above_high,omitempty"`
}

// Sensitivity gives the exact interval of each weight. A total is linear in the
// weight t moved — t·x + (100−t)·(the others in their ratio; evenly if both are
// 0) — so each rival cuts one half-line off. A rival that draws level does not
// yet pass. Only bids that passed count, and passing does not depend on
// weights. Empty when nobody passed or the strict order is withheld. O(bids).
func Sensitivity(o Output) []Interval {
	out := []Interval{}
	if len(o.Places) == 0 || !o.Places[0].Passed || o.Calibration != nil && len(o.Calibration.Withheld) > 0 {
		return out
	}
	now := [3]float64{o.Weights.Panel, o.Weights.Owner, o.Weights.Match}
	for i, name := range []string{"panel", "owner", "match"} {
		iv := Interval{Weight: name, Now: now[i], Low: 0, High: 100}
		j, k := (i+1)%3, (i+2)%3
		ratio := 0.5
		if s := now[j] + now[k]; s > 0 {
			ratio = now[j] / s
		}
		// lead at weight t, per cent: t·dx + (100−t)·dr
		for _, p := range o.Places[1:] {
			if !p.Passed {
				continue
			}
			d := lead(o.Places[0], p)
			dx, dr := d[i], ratio*d[j]+(1-ratio)*d[k]
			if dx == dr {
				continue
			}
			t := 100 * dr / (dr - dx)
			if t < 1e-9 || t > 100-1e-9 {
				continue // level only at the very end
			}
			switch {
			case dx > dr && t > iv.Low: // the lead grows with t: below the root it is lost
				iv.Low, iv.BelowLow = min(t, iv.Now), p.Bid
			case dx < dr && t < iv.High:
				iv.High, iv.AboveHigh = max(t, iv.Now), p.Bid
			}
		}
		out = append(out, iv)
	}
	return out
}

func lead(a, b Place) [3]float64 {
	return [3]float64{a.Panel - b.Panel, a.Owner - b.Owner, a.Match - b.Match}
}
