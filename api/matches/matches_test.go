package matches_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/api/question"
	"jiebang/demo"
	"jiebang/internal/apitest"
	"jiebang/internal/blob"
	"jiebang/internal/dbtest"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/models"
)

func TestDoors(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(2, 8)
		chl, team := "/challenges/"+string(ev.Challenge.ID)+"/matches", "/teams/"+string(ev.Teams[0].ID)+"/matches"
		w.Run(t,
			apitest.Row{Name: "owner", As: ev.Owner, Method: "GET", Path: chl, Status: 200, Has: []string{`"total":2`, string(ev.Teams[0].ID), `"parts"`, `"band"`, `"formula"`}},
			apitest.Row{Name: "officer", As: ev.Officer, Method: "GET", Path: chl + "?limit=1&eligible=true", Status: 200, Has: []string{`"place":1`}},
			apitest.Row{Name: "auditor", As: ev.Auditor, Method: "GET", Path: chl, Status: 200},
			apitest.Row{Name: "a bidder", As: ev.Lead(0), Method: "GET", Path: chl, Status: 403},
			apitest.Row{Name: "stranger", As: ev.Stranger, Method: "GET", Path: chl, Status: 403},
			apitest.Row{Name: "visitor", Method: "GET", Path: chl, Status: 401},
			apitest.Row{Name: "nothing is open any more", As: ev.Lead(0), Method: "GET", Path: team, Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "another team", As: ev.Lead(1), Method: "GET", Path: team, Status: 403},
			apitest.Row{Name: "no such team", As: ev.Lead(1), Method: "GET", Path: "/teams/tem_aaaaaaaaaaaaaaaaaaaaaaaaaa/matches", Status: 404},
		)
		later := w.Clock.Now().Add(240 * time.Hour)
		ev.Change(func(c *models.Challenge) {
			c.State, c.Deadline, c.OpenAt, c.AnonymousOwner = models.ChallengePublished, &later, &later, true
		})
		w.Write(func(tx *models.Tx) error {
			_, err := tx.Relate(ev.Teams[0].Org, ev.Challenge.Owner, "control", w.Clock.Now().Add(-time.Hour))
			return err
		})
		w.Run(t,
			apitest.Row{Name: "a hidden owner stays hidden in the reasons", As: ev.Lead(0), Method: "GET", Path: team, Status: 200,
				Has: []string{`"code":"subordinate"`, `"eligible":false`}, Lacks: []string{"EvLeader", string(ev.Challenge.Owner)}},
			apitest.Row{Name: "not from the owner himself", As: ev.Owner, Method: "GET", Path: chl, Status: 200, Has: []string{"EvLeader"}},
			apitest.Row{Name: "only what they may bid for", As: ev.Lead(0), Method: "GET", Path: team + "?eligible=true", Status: 200, Has: []string{`"items":[]`}},
		)
	})
}

// TestSample asks for the demo's challenges out of the database: the teams a sane ranking
// puts on top are there, the barred are barred with the reason, and the number is the same
// in both lists.
func TestSample(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		today := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
		s = s.At(func() time.Time { return today })
		if _, err := demo.Plant(t.Context(), s, &blob.Memory{}, today); err != nil {
			t.Fatal(err)
		}
		set, err := demo.Load()
		if err != nil {
			t.Fatal(err)
		}
		expected := map[string][]string{}
		led := map[string]bool{}
		for _, c := range set.Challenges {
			expected[c.Title] = c.ExpectedTeams
			led[c.Title] = c.AllianceCode == "AL01"
		}
		err = s.Read(t.Context(), models.System, func(tx *models.Tx) error {
			teams, err := tx.Teams()
			if err != nil {
				return err
			}
			codes, byCode := map[string]string{}, map[string]*models.Team{}
			for i := range teams {
				codes[string(teams[i].ID)], byCode[teams[i].Code] = teams[i].Code, &teams[i]
			}
			open, err := tx.ChallengesIn(models.ChallengePublished)
			if err != nil || len(open) < 20 {
				t.Fatalf("%d challenges are open: %v", len(open), err)
			}
			scores := map[models.ChallengeID]map[string]float64{}
			for i := range open {
				c := &open[i]
				list, err := question.Rank(tx, c, teams)
				if err != nil {
					return err
				}
				scores[c.ID] = map[string]float64{}
				top := []string{}
				for _, m := range list {
					scores[c.ID][codes[m.Team]] = m.Score
					if m.Eligible && len(top) < 3 {
						top = append(top, codes[m.Team])
					}
					if err := m.Sum.Check(); err != nil {
						t.Errorf("%s: %v", c.Title, err)
					}
					barred(t, c, codes[m.Team], led[c.Title], m)
				}
				for _, want := range expected[c.Title] {
					if !slices.Contains(top, want) && !full(byCode[want]) {
						t.Errorf("%s: %s is not among the first %v", c.Title, want, top)
					}
				}
			}
			list, err := question.Suggest(tx, byCode["TM01"], open)
			for _, m := range list {
				if got := scores[models.ChallengeID(m.Challenge)]["TM01"]; got != m.Score {
					t.Errorf("TM01 has %v in the challenge's list and %v in its own", got, m.Score)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func full(t *models.Team) bool { return t != nil && t.Ongoing >= t.MaxConcurrent }

func barred(t *testing.T, c *models.Challenge, team string, led bool, m fit.Match) {
	t.Helper()
	want := map[string]string{"TM41": gate.Integrity, "TM14": gate.Capacity, "TM27": gate.Capacity}[team]
	if team == "TM42" && led {
		want = gate.Subordinate
	}
	if want != "" && !slices.ContainsFunc(m.Gates, func(r gate.Reason) bool { return r.Code == want && r.Hard && strings.TrimSpace(r.Reason) != "" }) {
		t.Errorf("%s: %s has no gate %s: %v", c.Title, team, want, m.Gates)
	}
}
