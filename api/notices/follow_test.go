package notices_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiebang/api/notices"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/internal/mail/mailtest"
	"jiebang/models"
)

// TestFollowers follows one challenge through the doors and is told what becomes of it, with the
// reason; who has a part in it is told as that, and who follows no more is not told.
func TestFollowers(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 1)
		chl := string(ev.Challenge.ID)
		body := map[string]any{"by": "challenge", "value": chl}
		var made struct{ ID string }
		w.Do(ev.Stranger, "POST", "/subscriptions", body).Must(201).JSON(&made)
		w.Do(ev.Owner, "POST", "/subscriptions", body).Must(201)
		w.Run(t,
			apitest.Row{Name: "twice", As: ev.Stranger, Method: "POST", Path: "/subscriptions", Body: body, Status: 409},
			apitest.Row{Name: "none such", As: ev.Stranger, Method: "POST", Path: "/subscriptions", Body: map[string]any{"by": "challenge", "value": "chl_none"}, Status: 422, Has: []string{"topic.unknown"}},
		)
		happen := func(id string, action models.Action, follow follower) []models.Notice {
			e := models.Event{ID: models.EventID("evt_" + id), At: w.Clock.Now(), Action: action, Kind: models.KindChallenge, Thing: chl, Challenge: ev.Challenge.ID, Data: models.J(map[string]any{"supplement": 1, "kind": "answer"})}
			w.Write(func(tx *models.Tx) error { return follow(tx, e) })
			return w.NoticesOf(e.ID)
		}
		for i, r := range []struct {
			action models.Action
			follow follower
		}{{models.ChallengeRemind, notices.Ending}, {models.ChallengeWithdraw, notices.Withdrawn}, {models.ChallengeClose, notices.Closed}, {models.ChallengeUnbid, notices.Owner},
			{models.ChallengeFail, notices.Owner}, {models.AwardPublicize, notices.Publicity}, {models.AwardRetract, notices.Publicity}, {models.AwardDecide, notices.Decided},
			{models.ChallengeSupplement, notices.Supplemented}} {
			as := map[models.UserID]string{}
			for _, n := range happen(fmt.Sprint(i), r.action, r.follow) {
				as[n.User], _ = n.Params.V["as"].(string)
				raw, _ := json.Marshal(n.Params.V)
				if n.User == ev.Stranger.User && !strings.Contains(string(raw), `"by":"challenge"`) {
					t.Errorf("%s without a reason: %s", r.action, raw)
				}
			}
			if as[ev.Stranger.User] != "follower" || as[ev.Owner.User] != "owner" {
				t.Errorf("%s: %v", r.action, as)
			}
		}
		w.Run(t,
			apitest.Row{Name: "found by group and words", As: ev.Stranger, Method: "GET", Path: "/notices?group=results&q=%E9%AB%98%E9%80%9F%E8%BD%B4%E6%89%BF", Status: 200, Has: []string{"award.publicize", "award.decide"}, Lacks: []string{"challenge.close"}},
			apitest.Row{Name: "not by another's words", As: ev.Stranger, Method: "GET", Path: "/notices?q=100%25_", Status: 200, Has: []string{`"items":[]`}},
		)
		w.Do(ev.Stranger, "DELETE", "/subscriptions/"+made.ID, nil).Must(200)
		for _, n := range happen("last", models.AwardDecide, notices.Decided) {
			if n.User == ev.Stranger.User {
				t.Error("told after he follows no more")
			}
		}
	})
}

// TestLettersAround sends the letters about units, alliances, integrity, waivers and replaced
// experts to who is told, and to nobody who is it no more.
func TestLettersAround(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 8)
		ev.Scored(5, func(bid, expert int) float64 { return 0.8 })
		post := &notices.Post{Mail: mailtest.New(t).Sender(), Base: base}
		people := readers(w, ev, 2)
		org := ev.Challenge.Owner
		for i, p := range []apitest.Person{ev.Stranger, ev.Officer} {
			w.Do(p, "PUT", "/account", map[string]any{"name": "x", "email": fmt.Sprintf("other%d@example.cn", i)}, "If-Match", `"1"`).Must(200)
		}
		var record *models.Integrity
		var waiver *models.Waiver
		var seat models.Assignment
		w.Write(func(tx *models.Tx) error {
			if _, err := tx.AddMembership(org, ev.Stranger.User, "admin"); err != nil {
				return err
			}
			list, err := tx.AssignmentsOf(ev.Challenge.ID)
			if err != nil {
				return err
			}
			seat = list[0]
			record = models.NewIntegrity()
			record.Expert, record.Act, record.Basis, record.Since, record.Until, record.RecordedBy = seat.Expert, "虚报成果", "x", tx.Now, tx.Now.AddDate(1, 0, 0), people[0]
			record.State, record.Version, record.CreatedAt, record.UpdatedAt = models.IntegrityInForceState, 1, tx.Now, tx.Now
			if err := tx.Plant(record); err != nil {
				return err
			}
			waiver = tx.NewWaiver(ev.Challenge.ID)
			waiver.Expert, waiver.Conflict, waiver.Rule, waiver.AskedBy = seat.Expert, "k", "siblings", people[0]
			waiver.State, waiver.Version, waiver.CreatedAt, waiver.UpdatedAt = models.WaiverAsked, 1, tx.Now, tx.Now
			return tx.Plant(waiver)
		})
		for _, r := range []struct {
			name   string
			follow follower
			action models.Action
			kind   models.Kind
			thing  string
			to     models.UserID
			as     string
		}{
			{"unit", notices.UnitLooked, models.OrgVerify, models.KindOrg, string(org), ev.Stranger.User, "institution"},
			{"record", notices.IntegrityTold, models.IntegrityRecord, models.KindIntegrity, string(record.ID), seat.User, "subject"},
			{"record bears", notices.IntegrityBears, models.IntegrityRecord, models.KindIntegrity, string(record.ID), ev.Officer.User, "bearing"},
			{"waiver", notices.WaiverTold, models.WaiverAsk, models.KindWaiver, string(waiver.ID), ev.Officer.User, "officer"},
			{"waived", notices.WaiverTold, models.WaiverApprove, models.KindWaiver, string(waiver.ID), people[0], "officer"},
			{"replaced", notices.Replaced, models.AssignmentReplace, models.KindAssignment, string(seat.ID), seat.User, "replaced"},
		} {
			e := models.Event{ID: models.EventID("evt_" + strings.ReplaceAll(r.name, " ", "_")), At: w.Clock.Now(), Action: r.action, Kind: r.kind, Thing: r.thing, Challenge: ev.Challenge.ID}
			w.Write(func(tx *models.Tx) error { return r.follow(tx, e) })
			found := false
			for _, n := range w.NoticesOf(e.ID) {
				found = found || n.User == r.to && n.Params.V["as"] == r.as
			}
			if !found {
				t.Errorf("%s: %s was not told: %+v", r.name, r.to, w.NoticesOf(e.ID))
			}
		}
		for more := true; more; {
			var err error
			if more, err = post.Next(t.Context(), w.Store); err != nil {
				t.Fatal(err)
			}
		}
		// The asker of the waiver is no officer here: what he asked for as one is not his any more.
		if s := states(w); s["sent"] < 3 || s["cancelled/no_right"] != 1 {
			t.Errorf("%v", s)
		}
	})
}

// TestOfficersOutbox shows an officer the letters of his own challenges, but not who follows
// them nor who asked.
func TestOfficersOutbox(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 1)
		people := readers(w, ev, 3)
		elsewhere := w.Officer("elsewhere", "110000")
		told(w, ev, "a", models.ChallengeOpen, people[0])
		w.Write(func(tx *models.Tx) error {
			e := models.Event{ID: "evt_b", At: tx.Now, Action: models.AwardPublicize, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID), Challenge: ev.Challenge.ID}
			if err := tx.Notify(e, people[1:2], map[string]any{"title": "x", "as": "follower", "challenge": ev.Challenge.ID}); err != nil {
				return err
			}
			e.ID, e.Action = "evt_c", models.QuestionSetAside
			return tx.Notify(e, people[2:], map[string]any{"title": "x", "as": "asker", "challenge": ev.Challenge.ID})
		})
		var page notices.LetterPage
		w.Do(ev.Officer, "GET", "/letters", nil).Must(200).JSON(&page)
		if len(page.Items) != 1 || page.Items[0].Person != "读者0" {
			t.Fatalf("%+v", page.Items)
		}
		at := "/letters/" + string(page.Items[0].ID)
		w.Run(t,
			apitest.Row{Name: "the operator sees who follows, not who asked", As: w.Operator(), Method: "GET", Path: "/letters", Status: 200, Has: []string{"读者0", "读者1"}, Lacks: []string{"读者2"}},
			apitest.Row{Name: "nobody is found by his name", As: ev.Officer, Method: "GET", Path: "/letters?q=%E8%AF%BB%E8%80%851", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "preview", As: ev.Officer, Method: "GET", Path: at, Status: 200, Has: []string{"高速轴承"}},
			apitest.Row{Name: "another region", As: elsewhere, Method: "GET", Path: "/letters", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "another region's letter", As: elsewhere, Method: "POST", Path: at + "/cancel", Status: 404},
			apitest.Row{Name: "cancel", As: ev.Officer, Method: "POST", Path: at + "/cancel", Status: 200, Has: []string{`"operator"`}, Events: []models.Action{models.LetterCancel}},
		)
	})
}
