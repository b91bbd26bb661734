// Package agreement measures how far those who judge the same things judge alike.
package agreement

import (
	"math"
	"slices"
)

// Missing marks a cell of a table that nobody filled.
var Missing = math.NaN()

// Level is the level of measurement (Stevens 1946), which says how far two values lie apart.
type Level int

// The levels that Alpha knows.
const (
	Nominal  Level = iota // equal or not
	Ordinal               // as many ranks as there are values between them
	Interval              // the difference
	Ratio                 // the difference as a share of the sum; for values of 0 and more
)

// Alpha is Krippendorff's coefficient of a table of raters by units, with
// Missing where a rater did not see a unit: 1 − observed / expected
// disagreement, 1 for full agreement, 0 for chance, below 0 for less than
// chance. Units that fewer than two rated say nothing and are left out. It is
// unknown — false — where no unit has two values, or all values are equal.
//
// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Rows may be
// of unequal length. O(values · log values), for
// Ratio O(distinct values²).
func Alpha(raters [][]float64, level Level) (float64, bool) {
	return AlphaOf(units(raters), level)
}

// AlphaOf is Alpha of a list of units, each the values that it was given, in any order.
func AlphaOf(units [][]float64, level Level) (float64, bool) {
	var kept [][]float64
	var all []float64
	for _, u := range units {
		if len(u) < 2 {
			continue
		}
		u = slices.Clone(u)
		slices.Sort(u) // sums must not depend on the order of raters
		kept = append(kept, u)
		all = append(all, u...)
	}
	slices.SortFunc(kept, slices.Compare)
	slices.Sort(all)
	if len(all) == 0 || all[0] == all[len(all)-1] {
		return 0, false
	}
	if level == Ordinal {
		// The distance of two values is that of their mid-ranks among all values.
		rank := midRanks(all)
		for _, u := range kept {
			for i, v := range u {
				u[i] = rank[v]
			}
		}
		for i, v := range all {
			all[i] = rank[v]
		}
		level = Interval
	}
	observed := 0.0
	for _, u := range kept {
		observed += pairs(u, level) / float64(len(u)-1)
	}
	expected := pairs(all, level) / float64(len(all)-1)
	if expected == 0 {
		return 0, false
	}
	return 1 - observed/expected, true
}

// units turns raters by units round and drops what is missing.
func units(raters [][]float64) [][]float64 {
	var out [][]float64
	for _, row := range raters {
		for u, v := range row {
			for len(out) <= u {
				out = append(out, nil)
			}
			if !math.IsNaN(v) {
				out[u] = append(out[u], v)
			}
		}
	}
	return out
}

// midRanks says how many of the sorted values lie below a value, and half of those equal to it.
func midRanks(sorted []float64) map[float64]float64 {
	rank := map[float64]float64{}
	for i := 0; i < len(sorted); {
		j := i
		for j < len(sorted) && sorted[j] == sorted[i] {
			j++
		}
		rank[sorted[i]] = float64(i+j) / 2
		i = j
	}
	return rank
}

// pairs is the sum of the squared distances over all ordered pairs of sorted values.
func pairs(sorted []float64, level Level) float64 {
	if level == Interval {
		return 2 * float64(len(sorted)) * squares(sorted)
	}
	distinct, count := tally(sorted)
	sum := 0.0
	for i, a := range distinct {
		if level == Nominal {
			sum += count[i] * (float64(len(sorted)) - count[i])
			continue
		}
		for j, b := range distinct[:i] {
			if a+b != 0 {
				q := (a - b) / (a + b)
				sum += 2 * count[i] * count[j] * q * q
			}
		}
	}
	return sum
}

// squares is the sum of squared distances from the mean.
func squares(values []float64) float64 {
	m, sum := mean(values), 0.0
	for _, v := range values {
		sum += (v - m) * (v - m)
	}
	return sum
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// tally gives the distinct values of a sorted list, and how often each stands in it.
func tally(sorted []float64) (distinct, count []float64) {
	for i, v := range sorted {
		if i == 0 || v != sorted[i-1] {
			distinct, count = append(distinct, v), append(count, 0)
		}
		count[len(count)-1]++
	}
	return distinct, count
}
