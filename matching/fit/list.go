package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jiebang/matching/gate"
)

// Score is the number of a pair alone.
func (e *Engine) Score(a *Asked, p *Prepared) Line {
	z := e.z(a, p, e.reading(a, p), 1, nil)
	return Line{Team: p.t.Code, Challenge: a.c.Code, Score: e.scale.score(z), Z: z, Eligible: !gate.Blocked(gate.Bid(e.gate(a, p, nil)))}
}

// List ranks teams for a challenge. Every pair is scored and placed; reasons
// are made by Explain for those that are shown.
func (e *Engine) List(a *Asked, teams []*Prepared) []Line {
	out := make([]Line, len(teams))
	for i, p := range teams {
		out[i] = e.Score(a, p)
	}
	Place(out)
	return out
}

// ListFor ranks challenges for a team, on the same numbers.
func (e *Engine) ListFor(p *Prepared, asked []*Asked) []Line {
	out := make([]Line, len(asked))
	for i, a := range asked {
		out[i] = e.Score(a, p)
	}
	Place(out)
	return out
}

// level is what a sum counts for in comparisons: sums that differ by rounding
// only are equal. The sum and not the score is compared, since far out on the
// scale different sums have scores that a float64 cannot tell apart.
func level(z float64) float64 { return math.Round(z * 1e9) }

// Place sorts lines and gives them their places: the eligible first, by falling score, then by codes.
func Place(lines []Line) {
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(level(b.Z), level(a.Z)), strings.Compare(a.Challenge, b.Challenge), strings.Compare(a.Team, b.Team))
	})
	for i := range lines {
		lines[i].FitPlace = i + 1
		if i > 0 && level(lines[i].Z) == level(lines[i-1].Z) {
			lines[i].FitPlace = lines[i-1].FitPlace
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return -compareBool(a.Eligible, b.Eligible) })
	for i := range lines {
		lines[i].Place = i + 1
		if i > 0 && lines[i].FitPlace == lines[i-1].FitPlace && lines[i].Eligible == lines[i-1].Eligible {
			lines[i].Place = lines[i-1].Place
		}
	}
}
