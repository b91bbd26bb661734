package fit

import (
	"cmp"
	"slices"
	"strings"
)

// Spread chooses whom to suggest or invite on one's own motion, so that strong
// teams are not the only ones ever asked: of each challenge's list at most
// perList teams, and no team in more than perTeam lists. It takes the pairs of
// all lists by falling score and suggests each whose list and team still have
// room. Since a pair has one score in both directions, the choice is the only
// stable one: no challenge and team that are not brought together would both
// do better by each other than by some suggestion they have (Gale and Shapley;
// unique because the preferences are aligned). Teams that may not bid, and
// scores below floor, are not suggested.
//
// It hides nobody: lists stay as they are, and whoever opens one sees all of
// it. Each result is the suggested lines of a list in its order, places
// unchanged; pairs of equal score go by challenge and team code. The order of
// the lists, and of lines within them, does not show. n log n in the lines.
func Spread(lists [][]Line, perList, perTeam int, floor float64) [][]Line {
	type at struct{ list, line int }
	var all []at
	for i, list := range lists {
		for j, l := range list {
			if l.Eligible && l.Score >= floor {
				all = append(all, at{i, j})
			}
		}
	}
	line := func(x at) Line { return lists[x.list][x.line] }
	slices.SortFunc(all, func(x, y at) int {
		a, b := line(x), line(y)
		return cmp.Or(cmp.Compare(level(b.Z), level(a.Z)), strings.Compare(a.Challenge, b.Challenge), strings.Compare(a.Team, b.Team))
	})
	out, met := make([][]Line, len(lists)), map[string]int{}
	for i := range out {
		out[i] = []Line{}
	}
	for _, x := range all {
		l := line(x)
		if len(out[x.list]) < perList && met[l.Team] < perTeam {
			met[l.Team]++
			out[x.list] = append(out[x.list], l)
		}
	}
	return out
}
