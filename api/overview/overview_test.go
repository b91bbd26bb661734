package overview_test

import (
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

type waiting struct {
	Items []struct {
		Kind           string
		Count, Overdue int
		Items          []struct {
			Thing, Title string
			Due          *time.Time
		}
	}
}

func look(w *apitest.World, p apitest.Person, path string) map[string]int {
	var got waiting
	w.Do(p, "GET", path, nil).Must(200).JSON(&got)
	n := map[string]int{}
	for _, g := range got.Items {
		if n[g.Kind] = g.Count; g.Count > 0 && g.Kind != "notice.read" && g.Kind != "deliveries_dead" && len(g.Items) == 0 {
			w.T.Errorf("%s: %s counts %d and names none", path, g.Kind, g.Count)
		}
	}
	return n
}

func TestOverview(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(2, 8)
		elsewhere, operator := w.Officer("elsewhere", "330000"), w.Operator()
		w.Run(t,
			apitest.Row{Name: "public", Method: "GET", Path: "/overview", Status: 200,
				Has: []string{`"total":1`, `"open":0`, `"bounty_fen":200000000`, `"fill_rate":0`, `"value":"evaluating"`, `"value":"沈阳市"`}, Lacks: []string{"bids"}},
			apitest.Row{Name: "office is not for all", As: ev.Stranger, Method: "GET", Path: "/overview/office", Status: 403},
			apitest.Row{Name: "desk wants a person", Method: "GET", Path: "/overview/desk", Status: 401},
		)
		if n := look(w, ev.Officer, "/overview/office"); n["undrawn"] != 1 || n["unchecked"] != 0 || n["submitted"] != 0 {
			t.Errorf("the office waits for %v", n)
		}
		if n := look(w, ev.Officer, "/overview/desk"); n["panel.draw"] != 1 {
			t.Errorf("the officer's desk has %v", n)
		}
		if n := look(w, elsewhere, "/overview/office"); n["undrawn"] != 0 {
			t.Errorf("an officer elsewhere waits for %v", n)
		}
		if n := look(w, ev.Auditor, "/overview/office"); n["undrawn"] != 1 {
			t.Errorf("the auditor sees %v", n)
		}
		if n := look(w, ev.Owner, "/overview/desk"); n["satisfaction.score"] != 1 {
			t.Errorf("the owner's desk has %v", n)
		}
		if n := look(w, operator, "/overview/office"); n["undrawn"] != 1 {
			t.Errorf("the operator sees %v", n)
		}
		// A bid that nobody checked, a publicity that is over, and a challenge that waits.
		w.Write(func(tx *models.Tx) error {
			b, err := tx.Bid(ev.Bids[0].ID)
			if err != nil {
				return err
			}
			b.State = models.BidOpened
			return tx.Replant(b)
		})
		if n := look(w, ev.Officer, "/overview/office"); n["unchecked"] != 1 || n["undrawn"] != 0 {
			t.Errorf("with an unchecked bid the office waits for %v", n)
		}
		past := w.Clock.Now().Add(-time.Hour)
		ev.Change(func(c *models.Challenge) {
			c.State, c.PublicityFrom, c.PublicityUntil = models.ChallengePublicity, &past, &past
		})
		if n := look(w, ev.Officer, "/overview/desk"); n["award.decide"] != 1 {
			t.Errorf("after the publicity the desk has %v", n)
		}
		ev.Change(func(c *models.Challenge) { c.State, c.Code = models.ChallengeSubmitted, "" })
		if n := look(w, ev.Officer, "/overview/office"); n["submitted"] != 1 {
			t.Errorf("with a submitted challenge the office waits for %v", n)
		}
		w.Run(t, apitest.Row{Name: "an operator reads no titles", As: operator, Method: "GET", Path: "/overview/office", Status: 200,
			Has: []string{`"kind":"submitted","count":1`}, Lacks: []string{"高速轴承", string(ev.Challenge.ID)}})
	})
}

func TestDeskOfBidderAndExpert(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 8)
		w.Write(func(tx *models.Tx) error {
			a := models.NewAssignment(ev.Challenge.ID, ev.Bids[0].ID, ev.Experts[0], 1, 1)
			a.State, a.Version, a.CreatedAt, a.UpdatedAt = models.AssignmentInvited, 1, tx.Now, tx.Now
			return tx.Plant(a)
		})
		expert := ev.Expert(ev.Experts[0].ID)
		if n := look(w, expert, "/overview/desk"); n["assignment.accept"] != 1 || n["review.submit"] != 0 {
			t.Errorf("the expert's desk has %v", n)
		}
		w.Clock.Pass(11 * 24 * time.Hour)
		ev.SignIn()
		if n := look(w, ev.Officer, "/overview/office"); n["reviews_overdue"] != 1 {
			t.Errorf("after eleven days the office waits for %v", n)
		}
		// Back in the window, the lead has a draft to finish and then one his unit endorsed.
		soon := w.Clock.Now().Add(24 * time.Hour)
		ev.Change(func(c *models.Challenge) { c.State, c.Deadline, c.OpenAt = models.ChallengePublished, &soon, &soon })
		for state, action := range map[string]string{models.BidDrafted: "bid.request", models.BidEndorsed: "bid.submit"} {
			w.Write(func(tx *models.Tx) error {
				b, err := tx.Bid(ev.Bids[0].ID)
				if err != nil {
					return err
				}
				b.State = state
				return tx.Replant(b)
			})
			if n := look(w, ev.Lead(0), "/overview/desk"); n[action] != 1 {
				t.Errorf("with a bid that is %s the lead's desk has %v", state, n)
			}
		}
		w.Write(func(tx *models.Tx) error {
			b, err := tx.Bid(ev.Bids[0].ID)
			if err != nil {
				return err
			}
			b.State, b.Requested, b.Draft, b.Endorsed = models.BidPending, 2, 2, 1
			return tx.Replant(b)
		})
		if n := look(w, ev.Lead(0), "/overview/desk"); n["bid.endorse"] != 1 {
			t.Errorf("the administrator's desk has %v", n)
		}
	})
}
