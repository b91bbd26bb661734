package consensus

import (
	"cmp"
	"math"
	"slices"
)

// Ask is something in the scores that a chair should ask an expert about. It
// changes nothing by itself.
type Ask struct {
	Code      string  `json:"code"`
	Expert    string  `json:"expert"`
	Bid       string  `json:"bid,omitempty"`
	Criterion string  `json:"criterion,omitempty"` // empty for the total
	Score     float64 `json:"score,omitempty"`
	Expected  float64 `json:"expected,omitempty"` // from the other experts for the bid and this expert's other sheets
	Z         float64 `json:"z,omitempty"`        // how many deviations apart
	Weight    float64 `json:"weight,omitempty"`   // with which the sheet counts
}

// What is asked about.
const (
	OutOfLine = "out_of_line" // a score three or more deviations from what is expected of it
	Flat      = "flat"        // an expert who gave all of three or more bids the same total
	Drifting  = "drift"       // an expert whose scores rise or fall as he goes on
)

// far is from how many deviations on a score is asked about.
const far = 3

// Drift is by how many points scores change from one sheet to the next of an
// expert, bids and offsets allowed for; P is the chance of as much by accident.
type Drift struct {
	Slope float64 `json:"slope"`
	SE    float64 `json:"se"`
	P     float64 `json:"p"`
}

func (w *weighing) describe(offsets []float64) []Expert {
	f := w.fit
	d := f.design
	out := make([]Expert, len(d.experts))
	noise := f.noise(f.ratio)
	for j, id := range d.experts {
		out[j] = Expert{ID: id, Offset: offsets[j]}
		if f.ratio > 0 {
			out[j].SE = math.Sqrt(noise * f.inverse.at(j, j))
		}
	}
	for _, c := range d.cells {
		out[c.expert].Sheets++
	}
	return out
}

// ask collects what a chair should ask about, and measures drift where the
// order of all sheets is known.
func (w *weighing) ask(experts []Expert, offsets, values []float64) ([]Ask, *Drift) {
	f := w.fit
	d := f.design
	asks := []Ask{}
	if f.freedom >= 3 {
		asks = append(asks, f.outOfLine("", d.total)...)
		if len(d.criteria) > 1 {
			for c, k := range d.criteria {
				asks = append(asks, f.outOfLine(k.Code, d.scores[c])...)
			}
		}
	}
	for j := range experts {
		if same, n := d.flat(j); same && n >= 3 {
			asks = append(asks, Ask{Code: Flat, Expert: d.experts[j]})
		}
	}
	all := f.drift(-1)
	if all != nil {
		for j := range experts {
			dr := f.drift(j)
			experts[j].Drift = dr
			if dr != nil && dr.P < 0.01/float64(len(experts)) { // of so many experts one would drift by accident
				asks = append(asks, Ask{Code: Drifting, Expert: d.experts[j]})
			}
		}
	}
	slices.SortStableFunc(asks, func(a, b Ask) int {
		return cmp.Or(cmp.Compare(a.Expert, b.Expert), cmp.Compare(a.Bid, b.Bid), cmp.Compare(a.Criterion, b.Criterion), cmp.Compare(a.Code, b.Code))
	})
	return asks, all
}

func (f *fit) outOfLine(criterion string, y []float64) []Ask {
	var asks []Ask
	d := f.design
	distance, variance := f.deleted(y)
	noise := f.noiseOf(y)
	if noise <= tiny {
		return nil
	}
	for k, c := range d.cells {
		z := distance[k] / math.Sqrt(noise*variance[k])
		if math.Abs(z) >= far {
			asks = append(asks, Ask{Code: OutOfLine, Expert: d.experts[c.expert], Bid: d.bids[c.bid], Criterion: criterion,
				Score: y[k], Expected: y[k] - distance[k], Z: z, Weight: f.weight[k]})
		}
	}
	return asks
}

// noiseOf is the variance of an error of any scores of the design at f.ratio.
func (f *fit) noiseOf(y []float64) float64 {
	if f.freedom == 0 {
		return 0
	}
	offsets := f.experts(y)
	return f.product(y, y, f.bids(y, offsets), offsets) / f.freedom
}

// product is xᵀPy, P the projection that takes bids and experts out, for y
// whose values and offsets are given.
func (f *fit) product(x, y, values, offsets []float64) float64 {
	sum := 0.0
	for k, c := range f.design.cells {
		sum += f.weight[k] * x[k] * (y[k] - values[c.bid] - offsets[c.expert])
	}
	return sum
}

// flat reports whether the expert gave every bid the same total, and how many he scored.
func (d *design) flat(j int) (bool, int) {
	n, first := 0, 0.0
	for k, c := range d.cells {
		if c.expert != j {
			continue
		}
		if n == 0 {
			first = d.total[k]
		} else if d.total[k] != first {
			return false, n
		}
		n++
	}
	return true, n
}

// drift regresses the totals on the order in which an expert — or, for −1, every
// expert — filled in his sheets. Nil where an order is missing or tells nothing.
func (f *fit) drift(expert int) *Drift {
	d := f.design
	sum, n := make([]float64, len(d.experts)), make([]float64, len(d.experts))
	for k, c := range d.cells {
		if d.order[k] == 0 {
			return nil
		}
		sum[c.expert] += float64(d.order[k])
		n[c.expert]++
	}
	x := make([]float64, len(d.cells))
	for k, c := range d.cells {
		if expert < 0 || c.expert == expert {
			x[k] = float64(d.order[k]) - sum[c.expert]/n[c.expert]
		}
	}
	if f.freedom < 3 || expert >= 0 && n[expert] < 4 {
		return nil
	}
	offsets := f.experts(x)
	values := f.bids(x, offsets)
	xx := f.product(x, x, values, offsets)
	if xx < 1e-9 {
		return nil
	}
	slope := f.product(d.total, x, values, offsets) / xx
	left := max(0, f.noise(f.ratio)*f.freedom-slope*slope*xx)
	se := math.Sqrt(left / (f.freedom - 1) / xx)
	if se == 0 {
		return nil
	}
	return &Drift{slope, se, 2 * Student(-math.Abs(slope/se), f.freedom-1)}
}
