package rank

import (
	"fmt"
	"math"
	"slices"
)

// The parts in which a bid may be raised.
const (
	PartCriterion = "criterion" // the score of one criterion, on every sheet
	PartOwner     = "owner"
	PartMatch     = "match"
)

// Need is what it takes in one part alone: By more points — on every sheet of
// the bid, where Part is PartCriterion — and whether the scale has room for it.
type Need struct {
	Part      string  `json:"part"`
	Criterion string  `json:"criterion,omitempty"`
	By        float64 `json:"by"`
	Possible  bool    `json:"possible"`
	Place     int     `json:"place"` // that the bid then has
}

// Counterfactual says what a bid would have needed to pass the one before it,
// or, where it did not reach the threshold, to pass the review.
type Counterfactual struct {
	Bid   string  `json:"bid"`
	Above string  `json:"above,omitempty"` // empty: the threshold
	Gap   float64 `json:"gap"`             // of totals; of panel values to the threshold
	Needs []Need  `json:"needs"`
}

// beyond is by how much a total must lie above another to stand before it: twice the
// precision at which totals are equal.
const beyond = 2e-6

// Counterfactuals gives one for every bid that has another before it and for
// every bid that fails by the threshold alone, in the order of places. A part is
// left out where its weight is 0, a criterion also where no bid has a sheet.
//
// Each is exact, and a test ranks every one of them again: totals are linear in
// owner and match, and raising all sheets of a bid alike moves its panel value by
// as much and nobody else's — drops the same sheets, and in a calibrated panel
// leaves severities, weights and ratio as they are. Nothing is given where a
// strict order is withheld. O(bids · (criteria + bids)).
func Counterfactuals(in Input, out Output) []Counterfactual {
	list := []Counterfactual{}
	if out.Calibration != nil && len(out.Calibration.Withheld) > 0 {
		return list
	}
	bids := map[string]Bid{}
	for _, b := range in.Bids {
		bids[b.ID] = b
	}
	for i, p := range out.Places {
		switch {
		case p.Passed && p.Place > 1:
			above := out.Places[slices.IndexFunc(out.Places, func(q Place) bool { return q.Place == p.Place })-1]
			gap := above.Total - p.Total + beyond
			c := Counterfactual{Bid: p.Bid, Above: above.Bid, Gap: above.Total - p.Total, Needs: []Need{}}
			place := placeOf(out.Places, i, above.Total+beyond)
			for _, n := range needs(in, bids[p.Bid], func(weight float64) float64 { return gap / weight }, true) {
				n.Place = place
				c.Needs = append(c.Needs, n)
			}
			list = append(list, c)
		case !p.Passed && len(p.Why) == 1 && p.Why[0].Code == BelowThreshold:
			gap := in.Threshold - p.Panel
			c := Counterfactual{Bid: p.Bid, Gap: gap, Needs: []Need{}}
			place := placeOf(out.Places, i, p.Total+in.Weights.Panel/100*gap)
			for _, n := range needs(in, bids[p.Bid], func(weight float64) float64 { return gap / weight }, false) {
				n.Place = place
				c.Needs = append(c.Needs, n)
			}
			list = append(list, c)
		}
	}
	return list
}

// needs goes through the parts. points turns the weight of a part — what one point
// of it adds — into the points that are lacking.
func needs(in Input, b Bid, points func(weight float64) float64, total bool) []Need {
	var out []Need
	panel := 1.0
	if total {
		panel = in.Weights.Panel / 100
	}
	for _, c := range in.Criteria {
		if weight := panel * c.Weight / c.Max; weight > 0 && len(b.Reviews) > 0 {
			n := Need{Part: PartCriterion, Criterion: c.Code, By: points(weight), Possible: true}
			for _, r := range b.Reviews {
				n.Possible = n.Possible && r.Scores[c.Code]+n.By <= c.Max
			}
			out = append(out, n)
		}
	}
	if !total {
		return out
	}
	if w := in.Weights.Owner / 100; w > 0 && b.Owner != nil {
		by := points(w)
		out = append(out, Need{Part: PartOwner, By: by, Possible: b.Owner.Score+by <= 100})
	}
	if w := in.Weights.Match / 100; w > 0 {
		by := points(w)
		out = append(out, Need{Part: PartMatch, By: by, Possible: b.Match+by <= 100})
	}
	return out
}

// placeOf is the place among those that passed of the bid i, were its total another.
func placeOf(ps []Place, i int, total float64) int {
	place := 1
	for k, p := range ps {
		if k != i && p.Passed && round(p.Total) > round(total) {
			place++
		}
	}
	return place
}

// Raised is the input with what a bid needs given to it. It fails where the
// bid, or the criterion, is not there, or the scale has no room.
func Raised(in Input, bid string, n Need) (Input, error) {
	i := slices.IndexFunc(in.Bids, func(b Bid) bool { return b.ID == bid })
	if i < 0 {
		return in, fmt.Errorf("bid: there is no %q", bid)
	}
	in.Bids = slices.Clone(in.Bids)
	b := &in.Bids[i]
	switch n.Part {
	case PartMatch:
		b.Match += n.By
	case PartOwner:
		if b.Owner == nil {
			return in, fmt.Errorf("bid %s: the owner has said nothing", bid)
		}
		o := *b.Owner
		o.Score += n.By
		b.Owner = &o
	case PartCriterion:
		b.Reviews = slices.Clone(b.Reviews)
		for j, r := range b.Reviews {
			scores := map[string]float64{}
			for code, v := range r.Scores {
				scores[code] = v
			}
			scores[n.Criterion] += n.By
			b.Reviews[j].Scores = scores
		}
	default:
		return in, fmt.Errorf("part: unknown %q", n.Part)
	}
	if math.IsNaN(n.By) {
		return in, fmt.Errorf("by: %v is no number", n.By)
	}
	return in, Check(in)
}
