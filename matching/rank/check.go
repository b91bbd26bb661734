package rank

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Check says everything that is wrong with an input, or nil.
func Check(in Input) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if in.Version != "" && in.Version != Version {
		fault("version: %q is not %q", in.Version, Version)
	}
	if !slices.Contains([]string{PanelPlusOwner, PanelReviewed, OwnerNegotiated}, in.Mode) {
		fault("mode: unknown %q", in.Mode)
	}
	w := in.Weights
	for name, v := range map[string]float64{"panel": w.Panel, "owner": w.Owner, "match": w.Match, "threshold": in.Threshold} {
		if !within(v, 100) {
			fault("%s: %v is not within 0 and 100", name, v)
		}
	}
	if s := w.Panel + w.Owner + w.Match; math.Abs(s-100) > 1e-9 || math.IsNaN(s) {
		fault("weights: sum to %v, want 100", s)
	}
	if in.Aggregate != Mean && in.Aggregate != Calibrated {
		fault("aggregate: unknown %q; %q is the plain mean, %q takes severity out", in.Aggregate, Mean, Calibrated)
	}
	if in.DropFrom != 0 && in.DropFrom < 3 {
		fault("drop_from: %d would leave no sheet", in.DropFrom)
	}
	checkCriteria(in, fault)
	seen := map[string]bool{}
	for _, b := range in.Bids {
		if b.ID == "" || seen[b.ID] {
			fault("bids: %q is empty or stands twice", b.ID)
		}
		seen[b.ID] = true
		checkBid(in, b, fault)
	}
	slices.SortFunc(faults, func(a, b error) int { return compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func within(v, high float64) bool { return v >= 0 && v <= high } // false for NaN

func checkCriteria(in Input, fault func(string, ...any)) {
	sum, seen := 0.0, map[string]bool{}
	for _, c := range in.Criteria {
		sum += c.Weight
		if c.Code == "" || seen[c.Code] {
			fault("criteria: %q is empty or stands twice", c.Code)
		}
		seen[c.Code] = true
		if !within(c.Weight, 100) {
			fault("criteria.%s: weight %v is not within 0 and 100", c.Code, c.Weight)
		}
		if !(c.Max > 0 && c.Max <= 1e6) {
			fault("criteria.%s: max %v", c.Code, c.Max)
		}
		switch {
		case c.Role == "":
		case c.Role != Indicator && c.Role != Capability:
			fault("criteria.%s: unknown role %q", c.Code, c.Role)
		case seen["\x00"+c.Role]:
			fault("criteria.%s: role %q stands twice", c.Code, c.Role)
		default:
			seen["\x00"+c.Role] = true
		}
	}
	if math.Abs(sum-100) > 1e-9 || math.IsNaN(sum) {
		fault("criteria: weights sum to %v, want 100", sum)
	}
}

func checkBid(in Input, b Bid, fault func(string, ...any)) {
	if in.Weights.Panel > 0 && len(b.Reviews) == 0 {
		fault("bids.%s: no review", b.ID)
	}
	if in.Weights.Owner > 0 && b.Owner == nil {
		fault("bids.%s.owner: is missing", b.ID)
	}
	if o := b.Owner; o != nil {
		if !within(o.Score, 100) {
			fault("bids.%s.owner: %v is not within 0 and 100", b.ID, o.Score)
		}
		if o.Veto && o.Reason == "" {
			fault("bids.%s.owner: a veto needs a reason", b.ID)
		}
	}
	if !within(b.Match, 100) {
		fault("bids.%s.match: %v is not within 0 and 100", b.ID, b.Match)
	}
	seen := map[string]bool{}
	for _, r := range b.Reviews {
		if r.Expert == "" || seen[r.Expert] {
			fault("bids.%s.reviews: expert %q is empty or stands twice", b.ID, r.Expert)
		}
		seen[r.Expert] = true
		for _, c := range in.Criteria {
			v, ok := r.Scores[c.Code]
			if !ok {
				fault("bids.%s.reviews.%s: no score for %s", b.ID, r.Expert, c.Code)
			} else if !within(v, c.Max) {
				fault("bids.%s.reviews.%s.%s: %v is not within 0 and %v", b.ID, r.Expert, c.Code, v, c.Max)
			}
		}
		if len(r.Scores) > len(in.Criteria) {
			fault("bids.%s.reviews.%s: scores for unknown criteria", b.ID, r.Expert)
		}
	}
}
