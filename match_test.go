package main

import (
	"fmt"
	"testing"
	"time"

	"jiebang/demo"
)

// TestOracle prints and checks the sample: every team that a sane ranking puts
// on top stands within the first three of its challenge.
func TestOracle(t *testing.T) {
	t.Parallel()
	set, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	for i, ms := range rankSet(set, time.Time{}) {
		c := set.Challenges[i]
		for _, want := range c.ExpectedTeams {
			for _, m := range ms {
				if m.Team != want {
					continue
				}
				place, by := m.Place, "place"
				if !m.Eligible {
					place, by = m.FitPlace, "fit_place"
				}
				line := fmt.Sprintf("%s %s %s %d  score %.2f  top", c.Code, want, by, place, m.Score)
				for _, x := range ms[:4] {
					line += fmt.Sprintf("  %s %.2f", x.Team, x.Score)
				}
				t.Log(line)
				if place > 3 {
					t.Errorf("%s: %s has %s %d", c.Code, want, by, place)
				}
			}
		}
	}
}
