package assignments_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/matching/draw"
	"jiebang/models"
)

func TestDraw(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(4, 30)
		owner, member := ev.Owner, ev.Expert(ev.Experts[0].ID)
		// Four who must not be drawn, each for another reason.
		w.Write(func(tx *models.Tx) error {
			if _, err := tx.AddTeamMember(ev.Teams[0].ID, member.User, "member"); err != nil {
				return err
			}
			home, err := tx.OrgByUSCC(ev.Orgs[1].USCC)
			if err != nil {
				return err
			}
			ev.Experts[1].Org = home.ID
			ev.Experts[2].Away = models.J([]models.Absence{{From: "2026-03-01", Until: "2026-03-31"}})
			ev.Experts[3].OtherCount = 10
			ev.Experts[4].Domains = models.J([]string{"AGRI.breeding"})
			ev.Experts[6].Domains = models.J([]string{"MFG.pump"})
			for _, i := range []int{1, 2, 3, 4, 6} {
				if err := tx.Replant(ev.Experts[i]); err != nil {
					return err
				}
			}
			return nil
		})
		w.Run(t,
			apitest.Row{Name: "stranger", As: ev.Stranger, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 403, Has: []string{"request.denied"}},
			apitest.Row{Name: "owner", As: owner, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 403},
			apitest.Row{Name: "even", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{"size": 6}, Status: 422, Has: []string{"panel.even"}},
			apitest.Row{Name: "too large", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{"size": 13}, Status: 422},
			apitest.Row{Name: "not drawn yet", As: ev.Officer, Method: "GET", Path: ev.Path("/panel"), Status: 404},
			apitest.Row{Name: "run before drawing", As: ev.Officer, Method: "POST", Path: ev.Path("/assignments"), Status: 409, Has: []string{"panel.not_drawn"}},
			apitest.Row{Name: "ok", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 201,
				Has:    []string{`"seed"`, "conflict.member", "conflict.same_org", "yearly_cap", `"away"`, `"panel.draw"`},
				Events: []models.Action{models.PanelDraw}},
			apitest.Row{Name: "again without reason", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 422, Has: []string{"panel.reason_needed"}},
			apitest.Row{Name: "again", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{"reason": "专家信息有误", "size": 9}, Status: 201,
				Has: []string{`"seq":2`}, Events: []models.Action{models.PanelDraw}},
			apitest.Row{Name: "auditor sees all", As: ev.Auditor, Method: "GET", Path: ev.Path("/panel"), Status: 200, Has: []string{`"eligible":[{`, `"excluded":[{`}},
			apitest.Row{Name: "owner does not yet", As: owner, Method: "GET", Path: ev.Path("/panel"), Status: 409, Lacks: []string{"seed"}},
			apitest.Row{Name: "public does not yet", Method: "GET", Path: ev.Path("/panel"), Status: 409, Lacks: []string{"seed"}},
		)
		// Anybody with the kept question gets the kept panel.
		w.Write(func(tx *models.Tx) error {
			p, err := tx.PanelOf(ev.Challenge.ID)
			if err != nil {
				return err
			}
			var q draw.Question
			var d draw.Panel
			if err := json.Unmarshal([]byte(p.Question), &q); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(p.Result), &d); err != nil {
				return err
			}
			if err := draw.Verify(q, d); err != nil {
				t.Errorf("the kept panel cannot be drawn again: %v", err)
			}
			if len(d.Members) != 9 || q.Seed != p.Seed || d.EligibleDigest != p.Digest || len(q.Eligible) != 30-5 {
				t.Errorf("%d members, %d eligible: want 9 of 25", len(d.Members), len(q.Eligible))
			}
			for _, e := range q.Eligible {
				if slices.Contains([]string{string(ev.Experts[0].ID), string(ev.Experts[1].ID), string(ev.Experts[4].ID)}, e.ID) {
					t.Errorf("%s should not be on the list", e.ID)
				}
			}
			return nil
		})
	})
}

func TestDrawSaysWhatLacks(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 9)
		ev.Change(func(c *models.Challenge) { c.TotalFen = 900 * models.Wan }) // from 500 万元 on finance or law is needed
		w.Run(t, apitest.Row{Name: "finance", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 409,
			Has: []string{"panel.lacks_finance", "lacks 1"}})
		ev.Change(func(c *models.Challenge) { c.TotalFen = 300 * models.Wan })
		w.Run(t, apitest.Row{Name: "size", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{"size": 11}, Status: 409,
			Has: []string{"panel.lacks_size", "lacks 2"}})
		ev.Change(func(c *models.Challenge) { c.Panel.V.TechShare = 100 })
		w.Run(t, apitest.Row{Name: "rules no panel can keep", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 409,
			Has: []string{"panel.rules"}})
	})
}

type seat struct {
	ID, Expert, State string
	Version           int64
	Position          int
	Instead           string `json:"instead_of"`
}

type board struct {
	Bids []struct {
		Bid     string
		State   string
		Experts []seat
	}
}

func list(w *apitest.World, ev *apitest.Evaluation) board {
	var b board
	w.Do(ev.Officer, "GET", ev.Path("/assignments"), nil).Must(200).JSON(&b)
	return b
}

func live(b board, bid int) []seat {
	return slices.DeleteFunc(slices.Clone(b.Bids[bid].Experts), func(s seat) bool { return s.State == "declined" || s.State == "recused" })
}

func TestAssignments(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(3, 14)
		w.Do(ev.Officer, "POST", ev.Path("/panel"), map[string]any{}).Must(201)
		made := slices.Repeat([]models.Action{models.AssignmentRun}, 3*7+1)
		w.Run(t,
			apitest.Row{Name: "stranger", As: ev.Stranger, Method: "POST", Path: ev.Path("/assignments"), Status: 403},
			apitest.Row{Name: "ok", As: ev.Officer, Method: "POST", Path: ev.Path("/assignments"), Status: 200,
				Has:    []string{`"given":21`, `"seats":21`, `"filled":21`, `"short":[]`},
				Events: append(made, models.BidReview, models.BidReview, models.BidReview)},
			apitest.Row{Name: "nothing left", As: ev.Officer, Method: "POST", Path: ev.Path("/assignments"), Status: 409, Has: []string{"assignment.nothing_to_give"}},
			apitest.Row{Name: "owner does not see who judges", As: ev.Owner, Method: "GET", Path: ev.Path("/assignments"), Status: 403},
			apitest.Row{Name: "auditor", As: ev.Auditor, Method: "GET", Path: ev.Path("/assignments"), Status: 200},
		)
		b := list(w, ev)
		first := b.Bids[0].Experts[0]
		expert := ev.Expert(models.ExpertID(first.Expert))
		path := "/assignments/" + first.ID
		yes := map[string]bool{"no_conflict": true, "confidential": true}
		w.Run(t,
			apitest.Row{Name: "mine", As: expert, Method: "GET", Path: "/assignments?open=true", Status: 200, Has: []string{"Team EvUni", "EvUni", "EvLeader", "assignment.accept"},
				Lacks: []string{"sealed words", `"bid":"bid_`}},
			apitest.Row{Name: "mine of a stranger", As: ev.Stranger, Method: "GET", Path: "/assignments", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "stranger learns nothing", As: ev.Stranger, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "owner learns nothing", As: ev.Owner, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "sheet before accepting", As: expert, Method: "GET", Path: path + "/review", Status: 409},
			apitest.Row{Name: "accept without declaring", As: expert, Method: "POST", Path: path + "/accept", Body: map[string]bool{"no_conflict": false, "confidential": false}, Status: 422,
				Has: []string{"no_conflict", "confidential"}},
			apitest.Row{Name: "officer cannot accept", As: ev.Officer, Method: "POST", Path: path + "/accept", Body: yes, Status: 403},
			apitest.Row{Name: "accept", As: expert, Method: "POST", Path: path + "/accept", Body: yes, Status: 200, Has: []string{`"state":"accepted"`, `"bid":"bid_`, "assignment.recuse"},
				Events: []models.Action{models.AssignmentAccept}},
			apitest.Row{Name: "accept twice", As: expert, Method: "POST", Path: path + "/accept", Body: yes, Status: 409},
			apitest.Row{Name: "redraw when one has accepted", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{"reason": "再抽一次"}, Status: 409, Has: []string{"panel.at_work"}},
			apitest.Row{Name: "decline after accepting", As: expert, Method: "POST", Path: path + "/decline", Body: map[string]string{"reason": "no time"}, Status: 409},
			apitest.Row{Name: "recuse without a reason", As: expert, Method: "POST", Path: path + "/recuse", Body: map[string]string{}, Status: 422},
			apitest.Row{Name: "recuse", As: expert, Method: "POST", Path: path + "/recuse", Body: map[string]string{"reason": "former student"}, Status: 200,
				Has: []string{`"replaced":true`, `"state":"recused"`}, Lacks: []string{`"replacement"`},
				Events: []models.Action{models.AssignmentRecuse, models.AssignmentInvite}},
			apitest.Row{Name: "recuse twice", As: expert, Method: "POST", Path: path + "/recuse", Body: map[string]string{"reason": "former student"}, Status: 409},
		)
		b = list(w, ev)
		if n := len(live(b, 0)); n != 7 {
			t.Errorf("%d experts on the bid after a recusal, want 7", n)
		}
		at := slices.IndexFunc(b.Bids[0].Experts, func(s seat) bool { return s.Instead == first.ID })
		if at < 0 {
			t.Fatal("no reserve took the place")
		}
		reserve := b.Bids[0].Experts[at]
		w.Write(func(tx *models.Tx) error {
			p, err := tx.PanelOf(ev.Challenge.ID)
			if err != nil {
				return err
			}
			var d draw.Panel
			if err := json.Unmarshal([]byte(p.Result), &d); err != nil {
				return err
			}
			if d.Reserves[0].Expert.ID != reserve.Expert {
				t.Errorf("%s took the place, want the first reserve %s", reserve.Expert, d.Reserves[0].Expert.ID)
			}
			return nil
		})
		// The officer replaces; then reserves run out, and the answer says so.
		second := live(b, 1)[0]
		w.Run(t, apitest.Row{Name: "replace", As: ev.Officer, Method: "POST", Path: "/assignments/" + second.ID + "/replace", Body: map[string]string{"reason": "no answer"}, Status: 200,
			Has: []string{`"replaced":true`, `"replacement":"asg_`}, Events: []models.Action{models.AssignmentReplace, models.AssignmentInvite}})
		for range 3 {
			w.Do(ev.Officer, "POST", "/assignments/"+live(list(w, ev), 1)[0].ID+"/replace", map[string]string{"reason": "no answer"}).Must(200)
		}
		w.Run(t, apitest.Row{Name: "none left", As: ev.Officer, Method: "POST", Path: "/assignments/" + live(list(w, ev), 1)[0].ID + "/replace",
			Body: map[string]string{"reason": "no answer"}, Status: 200, Has: []string{`"replaced":false`}, Events: []models.Action{models.AssignmentReplace}})
	})
}

func TestAssignmentsWithConflictsAndFewExpertsPerBid(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(6, 20)
		ev.Change(func(c *models.Challenge) { c.Panel.V.ExpertsPerBid = 3 })
		w.Do(ev.Officer, "POST", ev.Path("/panel"), map[string]any{"size": 5}).Must(201)
		var panel struct {
			Members []struct{ Expert models.ExpertID }
		}
		w.Do(ev.Officer, "GET", ev.Path("/panel"), nil).Must(200).JSON(&panel)
		// A tie that comes up between the draw and the assignment.
		tied := panel.Members[0].Expert
		w.Write(func(tx *models.Tx) error {
			all, err := tx.ExpertsByID([]models.ExpertID{tied})
			if err != nil {
				return err
			}
			e := all[tied]
			e.Conflicts = models.J([]models.DeclaredConflict{{Team: ev.Teams[2].ID, Reason: "合作论文"}})
			return tx.Replant(&e)
		})
		var plan struct {
			Given, Seats, Filled int
			Loads                []struct{ Bids int }
		}
		w.Do(ev.Officer, "POST", ev.Path("/assignments"), nil).Must(200).JSON(&plan)
		if plan.Given != 18 || plan.Filled != plan.Seats {
			t.Errorf("plan %+v, want 18 seats filled", plan)
		}
		for _, l := range plan.Loads {
			if l.Bids < 3 || l.Bids > 4 {
				t.Errorf("a load of %d, want 3 or 4", l.Bids)
			}
		}
		seen := map[string]map[int]bool{}
		for i, b := range list(w, ev).Bids {
			if len(b.Experts) != 3 {
				t.Errorf("bid %d has %d experts, want 3", i, len(b.Experts))
			}
			for _, s := range b.Experts {
				if b.Bid == string(ev.Bids[2].ID) && s.Expert == string(tied) {
					t.Error("an expert was given the bid he is barred from")
				}
				if seen[s.Expert] == nil {
					seen[s.Expert] = map[int]bool{}
				}
				if seen[s.Expert][s.Position] {
					t.Errorf("expert %s reads two bids at position %d", s.Expert, s.Position)
				}
				seen[s.Expert][s.Position] = true
			}
		}
	})
}

func TestRedrawTakesInvitationsBack(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 12)
		w.Do(ev.Officer, "POST", ev.Path("/panel"), map[string]any{}).Must(201)
		w.Do(ev.Officer, "POST", ev.Path("/assignments"), nil).Must(200)
		gone := live(list(w, ev), 0)[0]
		w.Do(ev.Expert(models.ExpertID(gone.Expert)), "POST", "/assignments/"+gone.ID+"/decline", map[string]string{"reason": "no time"}).Must(200)
		w.Do(ev.Officer, "POST", ev.Path("/panel"), map[string]any{"reason": "专家信息有误"}).Must(201)
		for i := range 2 {
			if n := len(live(list(w, ev), i)); n != 0 {
				t.Errorf("%d invitations stand after a new draw", n)
			}
		}
		a := w.Do(ev.Officer, "GET", ev.Path("/panel"), nil).Must(200)
		if !strings.Contains(string(a.Body), "stepped_aside") {
			t.Error("who declined is not left out of the new draw")
		}
		w.Do(ev.Officer, "POST", ev.Path("/assignments"), nil).Must(200)
		for i := range 2 {
			if n := len(live(list(w, ev), i)); n != 7 {
				t.Errorf("bid %d has %d experts after the new draw, want 7", i, n)
			}
		}
	})
}

// TestLateTieBars covers the moment between the draw and the acceptance.
func TestLateTieBars(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 12)
		w.Do(ev.Officer, "POST", ev.Path("/panel"), map[string]any{}).Must(201)
		w.Do(ev.Officer, "POST", ev.Path("/assignments"), nil).Must(200)
		s := live(list(w, ev), 0)[0]
		expert := ev.Expert(models.ExpertID(s.Expert))
		if err := w.Store.Write(context.Background(), models.System, func(tx *models.Tx) error {
			all, err := tx.ExpertsByID([]models.ExpertID{models.ExpertID(s.Expert)})
			if err != nil {
				return err
			}
			e := all[models.ExpertID(s.Expert)]
			e.Org = ev.Orgs[0].ID
			return tx.Replant(&e)
		}); err != nil {
			t.Fatal(err)
		}
		path := fmt.Sprintf("/assignments/%s", s.ID)
		w.Run(t,
			apitest.Row{Name: "accept", As: expert, Method: "POST", Path: path + "/accept", Body: map[string]bool{"no_conflict": true, "confidential": true}, Status: 409,
				Has: []string{"assignment.conflict"}},
			apitest.Row{Name: "decline", As: expert, Method: "POST", Path: path + "/decline", Body: map[string]string{"reason": "tie"}, Status: 200,
				Events: []models.Action{models.AssignmentDecline, models.AssignmentInvite}})
	})
}
