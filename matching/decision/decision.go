// Package decision holds the textbook ways to weigh criteria and to order alternatives by them, as second views on a ranking.
//
// None of them makes a ranking here. Entropy and CRITIC weights, TOPSIS, VIKOR
// and PROMETHEE depend on who else stands in the table: an alternative that
// nobody would choose may turn the order of two others round (a test keeps an
// example). They belong into a report on how much an order hangs on the method.
// The pairwise comparisons of the AHP may set weights, before anything is opened.
package decision

import (
	"errors"
	"fmt"
	"math"
)

// Table is alternatives by criteria. Weights are relative; Cost marks the
// criteria of which less is better, nil is none.
type Table struct {
	Rows    [][]float64
	Weights []float64
	Cost    []bool
}

// Check says everything that is wrong with a table, or nil.
func (t Table) Check() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(t.Rows) == 0 || len(t.Rows[0]) == 0 {
		fault("rows: there is nothing to compare")
		return errors.Join(faults...)
	}
	n := len(t.Rows[0])
	for i, row := range t.Rows {
		if len(row) != n {
			fault("rows[%d]: %d values for %d criteria", i, len(row), n)
		}
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				fault("rows[%d][%d]: %v is no number", i, j, v)
			}
		}
	}
	if t.Cost != nil && len(t.Cost) != n {
		fault("cost: %d marks for %d criteria", len(t.Cost), n)
	}
	if t.Weights != nil {
		sum := 0.0
		for j, w := range t.Weights {
			if !(w >= 0) || math.IsInf(w, 0) {
				fault("weights[%d]: %v is no share", j, w)
			}
			sum += w
		}
		if len(t.Weights) != n || !(sum > 0) {
			fault("weights: %d that sum to %v for %d criteria", len(t.Weights), sum, n)
		}
	}
	return errors.Join(faults...)
}

// weights are those of the table, summing to 1; equal where there are none.
func (t Table) weights() []float64 {
	out, sum := make([]float64, len(t.Rows[0])), 0.0
	for j := range out {
		out[j] = 1
		if t.Weights != nil {
			out[j] = t.Weights[j]
		}
		sum += out[j]
	}
	for j := range out {
		out[j] /= sum
	}
	return out
}

func (t Table) cost(j int) bool { return t.Cost != nil && t.Cost[j] }

func (t Table) column(j int) []float64 {
	out := make([]float64, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = row[j]
	}
	return out
}

// bounds are the best and the worst value of a criterion.
func (t Table) bounds(j int) (best, worst float64) {
	best, worst = t.Rows[0][j], t.Rows[0][j]
	for _, row := range t.Rows {
		best, worst = max(best, row[j]), min(worst, row[j])
	}
	if t.cost(j) {
		return worst, best
	}
	return best, worst
}

// WeightedSum is Σ weight · value. A cost counts against. It is the only method
// here by which the order of two alternatives does not depend on the others.
func WeightedSum(t Table) ([]float64, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	w, out := t.weights(), make([]float64, len(t.Rows))
	for i, row := range t.Rows {
		for j, v := range row {
			if t.cost(j) {
				v = -v
			}
			out[i] += w[j] * v
		}
	}
	return out, nil
}

// TOPSIS is the closeness of each alternative to the ideal one, 0 to 1:
// distance to the worst of all worlds / (distances to worst and best), columns
// brought to unit length (Hwang and Yoon 1981). 0.5 where all are alike.
// O(alternatives · criteria).
func TOPSIS(t Table) ([]float64, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	w, near, far := t.weights(), make([]float64, len(t.Rows)), make([]float64, len(t.Rows))
	for j := range w {
		length := 0.0
		for _, v := range t.column(j) {
			length = math.Hypot(length, v)
		}
		if length == 0 {
			continue
		}
		best, worst := t.bounds(j)
		for i, row := range t.Rows {
			near[i] = math.Hypot(near[i], w[j]*(row[j]-best)/length)
			far[i] = math.Hypot(far[i], w[j]*(row[j]-worst)/length)
		}
	}
	out := make([]float64, len(t.Rows))
	for i := range out {
		out[i] = 0.5
		if near[i]+far[i] > 0 {
			out[i] = far[i] / (near[i] + far[i])
		}
	}
	return out, nil
}

// Compromise is what VIKOR says of an alternative; less is better in all three.
type Compromise struct {
	S float64 // weighted share of the way from best to worst
	R float64 // the largest single one: the regret
	Q float64 // v · S + (1−v) · R, both from 0 to 1 over the table
}

// VIKOR weighs the benefit of the majority by v, commonly 0.5, against the
// regret of the worst-served criterion (Opricovic and Tzeng, EJOR 156, 2004).
// O(alternatives · criteria).
func VIKOR(t Table, v float64) ([]Compromise, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if !(v >= 0 && v <= 1) {
		return nil, fmt.Errorf("v: %v is not within 0 and 1", v)
	}
	w, out := t.weights(), make([]Compromise, len(t.Rows))
	for j := range w {
		best, worst := t.bounds(j)
		if best == worst {
			continue
		}
		for i, row := range t.Rows {
			d := w[j] * (best - row[j]) / (best - worst)
			out[i].S += d
			out[i].R = max(out[i].R, d)
		}
	}
	low, high := out[0], out[0]
	for _, c := range out {
		low.S, low.R = min(low.S, c.S), min(low.R, c.R)
		high.S, high.R = max(high.S, c.S), max(high.R, c.R)
	}
	for i, c := range out {
		out[i].Q = v*along(c.S, low.S, high.S) + (1-v)*along(c.R, low.R, high.R)
	}
	return out, nil
}

// along is where x lies between low and high, 0 where they are the same.
func along(x, low, high float64) float64 {
	if high == low {
		return 0
	}
	return (x - low) / (high - low)
}

// Preference turns by how much one alternative leads in a criterion into how
// far it is preferred, 0 to 1; d is above 0.
type Preference func(d float64) float64

// The preference functions of Brans and Vincke, Management Science 31 (1985).
var Usual Preference = func(float64) float64 { return 1 }

// UShape prefers from a lead above q on.
func UShape(q float64) Preference {
	return func(d float64) float64 {
		if d > q {
			return 1
		}
		return 0
	}
}

// Linear prefers nothing up to a lead of q, all from p on, and in proportion between; with q 0 it is the V shape.
func Linear(q, p float64) Preference {
	return func(d float64) float64 { return min(1, max(0, (d-q)/(p-q))) }
}

// Steps prefers by a half above a lead of q and wholly above p.
func Steps(q, p float64) Preference {
	return func(d float64) float64 { return (UShape(q)(d) + UShape(p)(d)) / 2 }
}

// Gaussian prefers by 1 − exp(−d²/2s²).
func Gaussian(s float64) Preference {
	return func(d float64) float64 { return 1 - math.Exp(-d*d/(2*s*s)) }
}

// Flow is what PROMETHEE says of an alternative: how far it is preferred to the
// others on average, they to it, and the difference.
type Flow struct{ Plus, Minus, Net float64 }

// PROMETHEE gives the flows of PROMETHEE II; prefer has a function for every
// criterion, nil is Usual for all. Net flows sum to 0. O(alternatives² · criteria).
func PROMETHEE(t Table, prefer []Preference) ([]Flow, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	w := t.weights()
	if prefer != nil && len(prefer) != len(w) {
		return nil, fmt.Errorf("prefer: %d functions for %d criteria", len(prefer), len(w))
	}
	out := make([]Flow, len(t.Rows))
	others := float64(max(1, len(t.Rows)-1))
	for a, left := range t.Rows {
		for b, right := range t.Rows {
			for j, x := range w {
				d := left[j] - right[j]
				if t.cost(j) {
					d = -d
				}
				if d <= 0 {
					continue
				}
				p := 1.0
				if prefer != nil {
					p = prefer[j](d)
				}
				out[a].Plus += x * p / others
				out[b].Minus += x * p / others
			}
		}
	}
	for i := range out {
		out[i].Net = out[i].Plus - out[i].Minus
	}
	return out, nil
}
