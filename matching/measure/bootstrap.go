// Package measure says how good a ranking is — losses, gains, correlations — and how sure one may be of that.
//
// What is measured belongs to units (experts, papers, challenges) that are
// drawn again and again, with replacement, to see how much a figure owes to
// chance (Efron's percentile bootstrap). Two methods are compared by the
// interval of their difference on the same draws, never by two intervals:
// units that are hard are hard for both.
package measure

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Share is a part of a whole, in whatever both are counted. A mean is made of
// shares with a whole of 1.
type Share struct{ Part, Whole float64 }

// Ratio adds up parts and wholes of the units, unit i taken times[i] times, and
// divides; nil is once each. NaN if the whole is 0.
func Ratio(units []Share, times []int) float64 {
	var s Share
	for i, u := range units {
		n := 1.0
		if times != nil {
			n = float64(times[i])
		}
		s.Part += n * u.Part
		s.Whole += n * u.Whole
	}
	if s.Whole == 0 {
		return math.NaN()
	}
	return s.Part / s.Whole
}

// Mean is a figure a unit as shares of 1; what is no number leaves its unit out.
func Mean(values []float64) []Share {
	out := make([]Share, len(values))
	for i, v := range values {
		if !math.IsNaN(v) {
			out[i] = Share{v, 1}
		}
	}
	return out
}

// Bootstrap draws units anew. The same fields give the same draws.
type Bootstrap struct {
	Units int
	Draws int
	Seed  uint64
}

// Interval are two bounds, NaN where nothing could be measured.
type Interval struct{ Low, High float64 }

// Holds is true if x lies within the bounds.
func (v Interval) Holds(x float64) bool { return v.Low <= x && x <= v.High }

// Statistic is a figure over units, unit i taken times[i] times; times belongs to the caller.
type Statistic func(times []int) float64

// Interval is the middle 95 % of a statistic over the draws. Draws that leave it undefined are left out.
func (b Bootstrap) Interval(of Statistic) Interval { return b.Intervals(of)[0] }

// Difference is the middle 95 % of ours less theirs, both taken on the same draws.
func (b Bootstrap) Difference(ours, theirs Statistic) Interval {
	return b.Interval(func(times []int) float64 { return ours(times) - theirs(times) })
}

// Intervals are those of several statistics over the same draws.
func (b Bootstrap) Intervals(of ...Statistic) []Interval {
	seen := make([][]float64, len(of))
	if b.Units > 0 {
		r := rand.New(rand.NewPCG(b.Seed, uint64(b.Units)))
		times := make([]int, b.Units)
		for range b.Draws {
			clear(times)
			for range b.Units {
				times[r.IntN(b.Units)]++
			}
			for i, f := range of {
				seen[i] = append(seen[i], f(times))
			}
		}
	}
	out := make([]Interval, len(of))
	for i, v := range seen {
		out[i] = Interval{math.NaN(), math.NaN()}
		if v = sortedNumbers(v); len(v) > 0 {
			out[i] = Interval{quantile(v, 0.025), quantile(v, 0.975)}
		}
	}
	return out
}

// quantile is the q-quantile of sorted values, on the line between its two neighbours.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	low := int(at)
	if low+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[low] + (at-float64(low))*(sorted[low+1]-sorted[low])
}

func sortedNumbers(v []float64) []float64 {
	out := slices.DeleteFunc(v, math.IsNaN)
	slices.Sort(out)
	return out
}
