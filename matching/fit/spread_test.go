package fit_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"jiebang/matching/fit"
)

// lists is a world in which some teams are strong everywhere.
func lists(r *rand.Rand, challenges, teams int) [][]fit.Line {
	out := make([][]fit.Line, challenges)
	for i := range out {
		for j := range teams {
			z := float64(r.Intn(50))/100 + float64(teams-j)/float64(3*teams)
			out[i] = append(out[i], fit.Line{Team: fmt.Sprintf("T%02d", j), Challenge: fmt.Sprintf("C%02d", i), Z: z, Score: 100 * z, Eligible: r.Intn(8) > 0})
		}
		slices.SortFunc(out[i], func(a, b fit.Line) int {
			if a.Z > b.Z || a.Z == b.Z && a.Team < b.Team {
				return -1
			}
			return 1
		})
	}
	return out
}

func TestSpread(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(50))
	for range 100 {
		perList, perTeam, floor := 1+r.Intn(5), 1+r.Intn(4), float64(r.Intn(60))
		in := lists(r, 1+r.Intn(12), 1+r.Intn(20))
		before, _ := json.Marshal(in)
		out := fit.Spread(in, perList, perTeam, floor)
		if after, _ := json.Marshal(in); string(after) != string(before) {
			t.Fatal("a list was changed")
		}
		met, weakest := map[string]int{}, map[string]float64{}
		for _, list := range out {
			if len(list) > perList {
				t.Fatalf("%d of %d", len(list), perList)
			}
			for i, l := range list {
				met[l.Team]++
				if w, ok := weakest[l.Team]; !ok || l.Z < w {
					weakest[l.Team] = l.Z
				}
				if !l.Eligible || l.Score < floor || i > 0 && l.Z > list[i-1].Z {
					t.Fatalf("%+v", list)
				}
			}
		}
		for i, list := range in {
			for _, l := range list {
				if met[l.Team] > perTeam {
					t.Fatalf("%s is suggested %d times of %d", l.Team, met[l.Team], perTeam)
				}
				if !l.Eligible || l.Score < floor || slices.Contains(out[i], l) {
					continue
				}
				// Stable: somebody that is left out would do better neither here nor there.
				here := len(out[i]) < perList || l.Z > out[i][len(out[i])-1].Z
				there := met[l.Team] < perTeam || l.Z > weakest[l.Team]
				if here && there {
					t.Fatalf("%+v is left out of %+v", l, out[i])
				}
			}
		}
		at := r.Perm(len(in))
		mixed := make([][]fit.Line, len(in))
		for i, j := range at {
			mixed[i] = shuffle(r, in[j])
		}
		again := fit.Spread(mixed, perList, perTeam, floor)
		for i, j := range at {
			if fmt.Sprint(again[i]) != fmt.Sprint(out[j]) {
				t.Fatal("the order of the input shows")
			}
		}
	}
}

// TestSpreadReachesMoreTeams: with the cap more teams are asked than without.
func TestSpreadReachesMoreTeams(t *testing.T) {
	t.Parallel()
	in := lists(rand.New(rand.NewSource(51)), 30, 30)
	reached := func(perTeam int) int {
		teams := map[string]bool{}
		for _, list := range fit.Spread(in, 3, perTeam, 0) {
			for _, l := range list {
				teams[l.Team] = true
			}
		}
		return len(teams)
	}
	if capped, free := reached(3), reached(1000); capped != 30 || free >= 25 {
		t.Errorf("%d teams with the cap, %d without", capped, free)
	}
}
