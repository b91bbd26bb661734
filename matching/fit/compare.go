package fit

import (
	"math"

	"jiebang/matching/explain"
)

// Compare is by how much the first match scores higher than the second, as a
// sum over parts: "3.1 more by capability, 1.2 less by domain". The values add
// up to the difference of the scores. Both must come from engines of one
// version.
//
// Both trees are first put on the scale of z, where equal parts are equal
// whatever the totals, and the difference is then brought to points at one
// rate for all: (score − score)/(z − z), or the slope of the scale where both
// have the same z and pluses and minuses cancel. These are the Aumann–Shapley
// values along the straight way from the second team to the first. So what
// both have alike differs by nothing, which a difference of the two shown
// trees would not say. "left" and "right" are given at that same rate, but for
// the root, which has the scores.
func Compare(a, b Match) explain.Sum {
	rate := (a.Rate + b.Rate) / 2
	if d := a.Z - b.Z; math.Abs(d) > 1e-9 {
		rate = (a.Score - b.Score) / d
	}
	out := rated(onZ(a).Minus(onZ(b)), rate)
	out.Args["left"], out.Args["right"] = a.Score, b.Score
	return out
}

// onZ is the reasons of a match as shares of z.
func onZ(m Match) explain.Sum {
	if m.Score == 0 {
		return m.Sum
	}
	return m.Sum.Scale(m.Z / m.Score)
}

// rated brings a difference and its two sides to points.
func rated(s explain.Sum, rate float64) explain.Sum {
	out := explain.Sum{Name: s.Name, Value: s.Value * rate, Args: s.Args}
	for _, k := range []string{"left", "right"} {
		if v, ok := s.Args[k].(float64); ok {
			s.Args[k] = v * rate
		}
	}
	for _, p := range s.Parts {
		out.Parts = append(out.Parts, rated(p, rate))
	}
	out.Value = out.Total()
	return out
}
