package notices_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jiebang/api/notices"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// follower is what a message is made by.
type follower = func(*models.Tx, models.Event) error

// TestEachFollowerLeavesOneNotice hands every follower its event twice, and looks who has
// what afterwards.
func TestEachFollowerLeavesOneNotice(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t) // events are made up, and some states past the table
		ev := w.Evaluation(2, 8)
		ev.Scored(5, func(bid, expert int) float64 { return 0.8 })
		var objection *models.Objection
		w.Write(func(tx *models.Tx) error {
			_, err := tx.AddTeamMember(ev.Teams[0].ID, ev.Stranger.User, "member")
			if err != nil {
				return err
			}
			p := &models.Panel{Challenge: ev.Challenge.ID, Seed: "s", Question: "{}", Result: "{}", Digest: "d", Engine: "e", Excluded: "[]"}
			if err := tx.AddPanel(p); err != nil {
				return err
			}
			objection = models.NewObjection(ev.Challenge)
			objection.Code, objection.User, objection.Name, objection.Contact, objection.Text, objection.DueAt = "O1", ev.Stranger.User, "x", "y", "the text of a protest", tx.Now
			objection.State, objection.Version, objection.CreatedAt, objection.UpdatedAt = models.ObjectionFiled, 1, tx.Now, tx.Now
			return tx.Plant(objection)
		})
		lead := func(i int) models.UserID { return ev.Lead(i).User }
		experts := []models.UserID{}
		var asked models.Assignment
		w.Write(func(tx *models.Tx) error {
			list, err := tx.AssignmentsOf(ev.Challenge.ID)
			for _, a := range list {
				asked = a
				if !slices.Contains(experts, a.User) {
					experts = append(experts, a.User)
				}
			}
			return err
		})
		chl, bid := string(ev.Challenge.ID), string(ev.Bids[0].ID)
		for _, r := range []struct {
			name   string
			follow follower
			action models.Action
			kind   models.Kind
			thing  string
			to     []models.UserID
			has    string
		}{
			{"submitted", notices.Submitted, models.ChallengeSubmit, models.KindChallenge, chl, []models.UserID{ev.Officer.User}, `"as":"officer"`},
			{"returned", notices.Owner, models.ChallengeReturn, models.KindChallenge, chl, []models.UserID{ev.Owner.User}, `"as":"owner"`},
			{"failed", notices.Owner, models.ChallengeFail, models.KindChallenge, chl, []models.UserID{ev.Owner.User, lead(0), lead(1)}, ""},
			{"withdrawn", notices.Withdrawn, models.ChallengeWithdraw, models.KindChallenge, chl, []models.UserID{ev.Owner.User, lead(0), lead(1)}, ""},
			{"ending, all submitted", notices.Ending, models.ChallengeRemind, models.KindChallenge, chl, []models.UserID{ev.Owner.User}, "bid_deadline"},
			{"closed", notices.Closed, models.ChallengeClose, models.KindChallenge, chl, []models.UserID{ev.Owner.User, ev.Officer.User, lead(0), lead(1)}, ""},
			{"requested", notices.Requested, models.BidRequest, models.KindBid, bid, []models.UserID{lead(0)}, `"as":"institution"`},
			{"endorsed", notices.Endorsed, models.BidEndorse, models.KindBid, bid, []models.UserID{lead(0)}, `"as":"bidder"`},
			{"sealed", notices.Sealed, models.BidSubmit, models.KindBid, bid, []models.UserID{lead(0), ev.Stranger.User}, ""},
			{"checked", notices.Checked, models.BidReject, models.KindBid, bid, []models.UserID{lead(0)}, ""},
			{"assigned", notices.Assigned, models.AssignmentRun, models.KindChallenge, chl, experts, `"as":"expert"`},
			{"one of the run", notices.Assigned, models.AssignmentRun, models.KindAssignment, string(asked.ID), nil, ""},
			{"reserve", notices.Assigned, models.AssignmentInvite, models.KindAssignment, string(asked.ID), []models.UserID{asked.User}, ""},
			{"recused", notices.SteppedAside, models.AssignmentRecuse, models.KindAssignment, string(asked.ID), []models.UserID{ev.Officer.User}, ""},
			{"ranked", notices.Ranked, models.RankingCompute, models.KindChallenge, chl, []models.UserID{ev.Owner.User}, ""},
			{"publicity", notices.Publicity, models.AwardPublicize, models.KindChallenge, chl, []models.UserID{ev.Owner.User, lead(0), lead(1)}, ""},
			{"objected", notices.Objected, models.ObjectionFile, models.KindObjection, string(objection.ID), []models.UserID{ev.Officer.User}, `"due"`},
			{"objection decided", notices.ObjectionDecided, models.ObjectionDismiss, models.KindObjection, string(objection.ID), []models.UserID{ev.Officer.User, ev.Stranger.User}, ""},
			{"decided", notices.Decided, models.AwardDecide, models.KindChallenge, chl, append([]models.UserID{ev.Owner.User}, experts...), ""},
			{"letter", notices.Letter, models.BidAward, models.KindBid, bid, []models.UserID{lead(0)}, `"result":"awarded","scores":[{"criterion":"indicators","mean":20`},
			{"letter of loss", notices.Letter, models.BidDecline, models.KindBid, bid, []models.UserID{lead(0)}, `"result":"not_awarded"`},
		} {
			t.Run(r.name, func(t *testing.T) {
				var at models.Event
				w.Write(func(tx *models.Tx) error {
					at = models.Event{ID: models.EventID("evt_" + strings.ReplaceAll(r.name, " ", "_")), At: asked.CreatedAt, Action: r.action, Kind: r.kind, Thing: r.thing, Challenge: ev.Challenge.ID}
					return r.follow(tx, at)
				})
				w.Write(func(tx *models.Tx) error { return r.follow(tx, at) })
				got := w.NoticesOf(at.ID)
				users := []models.UserID{}
				for _, n := range got {
					users = append(users, n.User)
					raw, err := json.Marshal(n.Params.V)
					if err != nil {
						t.Fatal(err)
					}
					if !strings.Contains(string(raw), "高速轴承寿命提升") || strings.Contains(string(raw), "secret words") || strings.Contains(string(raw), "protest") {
						t.Errorf("params %s", raw)
					}
				}
				want := slices.Clone(r.to)
				slices.Sort(want)
				slices.Sort(users)
				if !slices.Equal(slices.Compact(want), users) {
					t.Errorf("notices for %v, want %v", users, want)
				}
				if r.has == "" {
					return
				}
				for _, n := range got {
					raw, _ := json.Marshal(n.Params.V)
					if strings.Contains(string(raw), r.has) {
						return
					}
				}
				t.Errorf("no notice has %s: %+v", r.has, got)
			})
		}
	})
}

func TestListAndRead(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 8)
		ids := []models.EventID{"evt_a", "evt_b", "evt_c"}
		for _, id := range ids {
			w.Write(func(tx *models.Tx) error {
				return notices.Ranked(tx, models.Event{ID: id, Action: models.RankingCompute, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID)})
			})
		}
		var page notices.NoticePage
		w.Do(ev.Owner, "GET", "/notices?limit=2&unread=true", nil).Must(200).JSON(&page)
		if len(page.Items) != 2 || page.Next == "" || page.Unread < 3 {
			t.Fatalf("first page %+v", page)
		}
		w.Do(ev.Stranger, "POST", "/notices/read", map[string]any{"ids": []models.NoticeID{page.Items[0].ID}}).Must(200)
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "GET", Path: "/notices", Status: 401},
			apitest.Row{Name: "a stranger has none", As: ev.Stranger, Method: "GET", Path: "/notices", Status: 200, Has: []string{`"items":[]`, `"unread":0`}},
			apitest.Row{Name: "another's cursor", As: ev.Owner, Method: "GET", Path: "/notices?cursor=x.y", Status: 422},
			apitest.Row{Name: "read all", As: ev.Owner, Method: "POST", Path: "/notices/read", Body: map[string]any{}, Status: 200, Has: []string{`"unread":0`}, Events: []models.Action{models.NoticeRead}},
			apitest.Row{Name: "nothing unread", As: ev.Owner, Method: "GET", Path: "/notices?unread=true", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "still there", As: ev.Owner, Method: "GET", Path: "/notices", Status: 200, Has: []string{`"ranking.compute"`, "read_at"}},
		)
	})
}
