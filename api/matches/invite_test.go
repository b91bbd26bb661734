package matches_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/api/matches"
	"jiebang/internal/apitest"
	"jiebang/models"
)

// more plants teams that fit as the first does, each of a university of its own.
func (f *fair) more(n int) []*models.Team {
	f.T.Helper()
	list := []*models.Team{}
	for i := range n {
		o, t := models.NewOrg(), models.NewTeam()
		o.Name, o.Kind, o.Region, o.City, o.USCC = fmt.Sprintf("More %d", i), "university", "210100", "沈阳市", fmt.Sprintf("91210100MORE%06d", i)
		u := models.NewUser(fmt.Sprintf("more-lead-%d", i), "Lead", "x")
		*t = *f.teams[0]
		t.ID, t.Code, t.Name, t.Org = models.NewTeam().ID, fmt.Sprintf("MORE%d", i), o.Name, o.ID
		f.Write(func(tx *models.Tx) error {
			o.Life, u.Life, t.Life = life(tx, models.OrgVerified), life(tx, models.UserActive), life(tx, models.TeamActive)
			for _, row := range []any{o, u, t} {
				if err := tx.Plant(row); err != nil {
					return err
				}
			}
			_, err := tx.AddTeamMember(t.ID, u.ID, "lead")
			return err
		})
		list = append(list, t)
	}
	return list
}

func invite(team *models.Team, message string) map[string]string {
	return map[string]string{"team": string(team.ID), "message": message}
}

func TestInvitations(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		c, draft := f.open(nil), f.approved(nil)
		sent := []models.Action{models.InvitationSend}
		path := "/challenges/" + string(c.ID) + "/invitations"
		w.Write(func(tx *models.Tx) error {
			_, err := tx.Relate(f.unis[2].ID, f.firm.ID, "control", w.Clock.Now().Add(-time.Hour))
			return err
		})
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: path, Body: invite(f.teams[0], ""), Status: 401},
			apitest.Row{Name: "stranger", As: f.stranger, Method: "POST", Path: path, Body: invite(f.teams[0], ""), Status: 403},
			apitest.Row{Name: "auditor", As: f.auditor, Method: "POST", Path: path, Body: invite(f.teams[0], ""), Status: 403},
			apitest.Row{Name: "a bidder", As: f.leads[1], Method: "POST", Path: path, Body: invite(f.teams[0], ""), Status: 403},
			apitest.Row{Name: "before it is published", As: f.owner, Method: "POST", Path: "/challenges/" + string(draft.ID) + "/invitations", Body: invite(f.teams[0], ""), Status: 409, Has: []string{"challenge.wrong_state"}},
			apitest.Row{Name: "no such team", As: f.owner, Method: "POST", Path: path, Body: map[string]string{"team": "tem_x"}, Status: 422, Has: []string{"match.unknown_team", "team"}},
			apitest.Row{Name: "too long", As: f.owner, Method: "POST", Path: path, Body: invite(f.teams[0], strings.Repeat("长", 301)), Status: 422, Has: []string{"message"}},
			apitest.Row{Name: "who is barred, with the gate", As: f.owner, Method: "POST", Path: path, Body: invite(f.teams[2], ""), Status: 422, Has: []string{"invitation.barred", "gate.subordinate"}},
			apitest.Row{Name: "by the owner", As: f.owner, Method: "POST", Path: path, Body: invite(f.teams[0], " 请来 "), Status: 201,
				Has: []string{`"state":"invited"`, `"by":"owner"`, `"message":"请来"`, `"parts":["`, `"actions":[]`, `"owner":"FairFirm"`}, Events: sent},
			apitest.Row{Name: "twice", As: f.officer, Method: "POST", Path: path, Body: invite(f.teams[0], ""), Status: 409, Has: []string{"invitation.exists"}},
			apitest.Row{Name: "by the officer", As: f.officer, Method: "POST", Path: path, Body: invite(f.teams[1], ""), Status: 201, Has: []string{`"by":"officer"`}, Events: sent},
			apitest.Row{Name: "an officer of another province", As: w.Officer("fair-elsewhere", "110000"), Method: "POST", Path: path, Body: invite(f.teams[1], ""), Status: 403},
		)
		w.Grant(f.leads[1], "officer", "210000")
		w.Run(t, apitest.Row{Name: "an officer asks his own team", As: f.leads[1], Method: "POST", Path: "/challenges/" + string(f.open(nil).ID) + "/invitations", Body: invite(f.teams[1], ""), Status: 403, Has: []string{"invitation.own"}})

		var list matches.InvitationList
		w.Do(f.owner, "GET", path, nil).Must(200).JSON(&list)
		one := map[models.TeamID]string{}
		for _, i := range list.Items {
			one[i.Team.ID] = "/invitations/" + string(i.ID)
		}
		first, second := one[f.teams[0].ID], one[f.teams[1].ID]
		w.Deliver()
		w.Run(t,
			apitest.Row{Name: "the owner's list", As: f.owner, Method: "GET", Path: path, Status: 200, Has: []string{`"left":10`, `"most":12`, string(f.teams[0].ID)}},
			apitest.Row{Name: "the officer's", As: f.officer, Method: "GET", Path: path, Status: 200},
			apitest.Row{Name: "the auditor's", As: f.auditor, Method: "GET", Path: path, Status: 200},
			apitest.Row{Name: "no list for an invited team", As: f.leads[0], Method: "GET", Path: path, Status: 403},
			apitest.Row{Name: "nor for a stranger", As: f.stranger, Method: "GET", Path: path, Status: 403},
			apitest.Row{Name: "the team's own list", As: f.mate, Method: "GET", Path: "/teams/" + string(f.teams[0].ID) + "/invitations", Status: 200, Has: []string{`"left":2`, `"message":"请来"`}, Lacks: []string{string(f.teams[1].ID), "invitation.accept"}},
			apitest.Row{Name: "not another's", As: f.leads[2], Method: "GET", Path: "/teams/" + string(f.teams[0].ID) + "/invitations", Status: 403},
			apitest.Row{Name: "one, to its lead", As: f.leads[0], Method: "GET", Path: first, Status: 200, Has: []string{"invitation.accept", "invitation.decline", `"bid":""`}},
			apitest.Row{Name: "hidden from another team", As: f.leads[2], Method: "GET", Path: first, Status: 404},
			apitest.Row{Name: "hidden from a visitor", Method: "GET", Path: first, Status: 404},
			apitest.Row{Name: "the notice says why", As: f.leads[0], Method: "GET", Path: "/notices", Status: 200, Has: []string{`"invitation.send"`, `"why":[{"band":"`, `"reasons":["`, `"team_name":"FairAlpha"`}, Lacks: []string{"请来"}},
			apitest.Row{Name: "and the mate has none", As: f.mate, Method: "GET", Path: "/notices", Status: 200, Lacks: []string{"invitation.send"}},
			apitest.Row{Name: "a mate answers", As: f.mate, Method: "POST", Path: first + "/accept", Status: 403},
			apitest.Row{Name: "the owner answers himself", As: f.owner, Method: "POST", Path: first + "/accept", Status: 403},
			apitest.Row{Name: "another answers", As: f.leads[2], Method: "POST", Path: first + "/accept", Status: 404},
			apitest.Row{Name: "accepted", As: f.leads[0], Method: "POST", Path: first + "/accept", Status: 200, Has: []string{`"state":"accepted"`, `"answered_at"`, `"actions":[]`}, Events: []models.Action{models.InvitationAccept}},
			apitest.Row{Name: "answered twice", As: f.leads[0], Method: "POST", Path: first + "/decline", Body: map[string]string{}, Status: 409, Has: []string{"invitation.wrong_state"}},
			apitest.Row{Name: "declined", As: f.leads[1], Method: "POST", Path: second + "/decline", Body: map[string]string{"reason": "另有任务"}, Status: 200, Has: []string{`"state":"declined"`}, Events: []models.Action{models.InvitationDecline}},
			apitest.Row{Name: "the owner reads why", As: f.owner, Method: "GET", Path: second, Status: 200, Has: []string{"另有任务"}},
			apitest.Row{Name: "a bid is begun", As: f.leads[0], Method: "POST", Path: "/challenges/" + string(c.ID) + "/bids", Body: map[string]string{"team": string(f.teams[0].ID)}, Status: 201, Events: []models.Action{models.BidDraft}},
			apitest.Row{Name: "the team finds it there", As: f.leads[0], Method: "GET", Path: first, Status: 200, Has: []string{`"bid":"bid_`}},
			apitest.Row{Name: "the owner does not", As: f.owner, Method: "GET", Path: first, Status: 200, Has: []string{`"bid":""`}, Lacks: []string{"bid_a", "bid.draft"}},
			apitest.Row{Name: "nor the office", As: f.officer, Method: "GET", Path: path, Status: 200, Lacks: []string{`"bid":"bid_`}},
		)
		w.Deliver()
		w.Run(t,
			apitest.Row{Name: "the owner is told", As: f.owner, Method: "GET", Path: "/notices", Status: 200, Has: []string{`"invitation.accept"`, `"invitation.decline"`}, Lacks: []string{"另有任务"}},
			apitest.Row{Name: "and the officer who sent one", As: f.officer, Method: "GET", Path: "/notices", Status: 200, Has: []string{`"invitation.decline"`}, Lacks: []string{`"invitation.accept"`}},
		)
	})
}

// TestInvitationCaps fills a team and a challenge up.
func TestInvitationCaps(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		var last string
		for range models.InvitationsPerTeam {
			var i matches.Invitation
			w.Do(f.owner, "POST", "/challenges/"+string(f.open(nil).ID)+"/invitations", invite(f.teams[0], "")).Must(201).JSON(&i)
			last = "/invitations/" + string(i.ID)
		}
		c := f.open(nil)
		path := "/challenges/" + string(c.ID) + "/invitations"
		others := f.more(models.InvitationsPerChallenge)
		w.Run(t,
			apitest.Row{Name: "a team has its fill", As: f.owner, Method: "POST", Path: path, Body: invite(f.teams[0], ""), Status: 409, Has: []string{"invitation.team_full", "3"}},
			apitest.Row{Name: "and is not suggested", As: f.owner, Method: "GET", Path: path + "/suggested", Status: 200, Lacks: []string{string(f.teams[0].ID)}, Has: []string{string(others[0].ID), `"left":12`}},
			apitest.Row{Name: "an answer makes room", As: f.leads[0], Method: "POST", Path: last + "/decline", Body: map[string]string{}, Status: 200, Events: []models.Action{models.InvitationDecline}},
			apitest.Row{Name: "suggested again", As: f.owner, Method: "GET", Path: path + "/suggested", Status: 200, Has: []string{string(f.teams[0].ID)}},
			apitest.Row{Name: "not to a bidder", As: f.leads[0], Method: "GET", Path: path + "/suggested", Status: 403},
			apitest.Row{Name: "nor to an auditor, who invites nobody", As: f.auditor, Method: "GET", Path: path + "/suggested", Status: 403},
		)
		for _, team := range others[1:] {
			w.Do(f.officer, "POST", path, invite(team, "")).Must(201)
		}
		w.Run(t,
			apitest.Row{Name: "the last", As: f.owner, Method: "POST", Path: path, Body: invite(f.teams[0], ""), Status: 201, Events: []models.Action{models.InvitationSend}},
			apitest.Row{Name: "a challenge has sent all", As: f.owner, Method: "POST", Path: path, Body: invite(others[0], ""), Status: 409, Has: []string{"invitation.challenge_full"}},
			apitest.Row{Name: "none is left", As: f.owner, Method: "GET", Path: path + "/suggested", Status: 200, Has: []string{`"left":0`}, Lacks: []string{string(others[1].ID)}},
			apitest.Row{Name: "the office counts", As: f.officer, Method: "GET", Path: "/challenges/" + string(c.ID) + "/reach", Status: 200,
				Has: []string{`"invitations":{"sent":12,"waiting":12,"accepted":0,"declined":0,"lapsed":0,"left":0}`, `"spread":{"sent":15,"teams":12,"most":4}`}},
		)
		broken, err := w.Store.Examine(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range broken {
			if strings.Contains(b.Query, "invitations") {
				t.Errorf("%s: %v", b.Name, b.Rows)
			}
		}
	})
}

// TestSpread asks whom eight challenges that want the same should invite: no team is suggested
// to more than six of them, none is left without, and the match list hides nobody.
func TestSpread(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		f.more(14)
		open, times := []*models.Challenge{}, map[models.TeamID]int{}
		for range 8 {
			open = append(open, f.open(nil))
		}
		for _, c := range open {
			var list matches.InviteeList
			w.Do(f.owner, "GET", "/challenges/"+string(c.ID)+"/invitations/suggested", nil).Must(200).JSON(&list)
			if len(list.Items) < 3 {
				t.Errorf("%d are suggested, want 3 at least", len(list.Items))
			}
			for _, i := range list.Items {
				times[i.Team.ID]++
				if len(i.Why.Parts) == 0 || i.Why.Band == "weak" {
					t.Errorf("%s is suggested as %s by %v", i.Team.Name, i.Why.Band, i.Why.Parts)
				}
			}
			w.Run(t, apitest.Row{Name: "the list hides nobody", As: f.owner, Method: "GET", Path: "/challenges/" + string(c.ID) + "/matches", Status: 200, Has: []string{string(f.teams[0].ID)}})
		}
		if most := slices.Max(slices.Collect(maps.Values(times))); most != 6 {
			t.Errorf("the team suggested most is suggested to %d of 8 challenges, want 6", most)
		}
	})
}

// TestInvitationEnds lets the deadline pass, and the challenge close.
func TestInvitationEnds(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		c, gone := f.open(nil), f.open(nil)
		var i, j matches.Invitation
		w.Do(f.owner, "POST", "/challenges/"+string(c.ID)+"/invitations", invite(f.teams[0], "")).Must(201).JSON(&i)
		w.Do(f.owner, "POST", "/challenges/"+string(gone.ID)+"/invitations", invite(f.teams[0], "")).Must(201).JSON(&j)
		w.Do(f.officer, "POST", "/challenges/"+string(gone.ID)+"/withdraw", map[string]string{"reason": "撤榜的理由写在这里"}).Must(200)
		w.Deliver()
		w.Run(t, apitest.Row{Name: "lapsed with the withdrawal", As: f.leads[0], Method: "GET", Path: "/invitations/" + string(j.ID), Status: 200, Has: []string{`"state":"lapsed"`}})
		w.Clock.Set(*c.Deadline)
		owner, lead := w.SignIn(f.owner.Login), w.SignIn(f.leads[0].Login)
		one := "/invitations/" + string(i.ID)
		w.Run(t,
			apitest.Row{Name: "invited too late", As: owner, Method: "POST", Path: "/challenges/" + string(c.ID) + "/invitations", Body: invite(f.teams[1], ""), Status: 409, Has: []string{"challenge.deadline_passed"}},
			apitest.Row{Name: "accepted too late", As: lead, Method: "POST", Path: one + "/accept", Status: 409, Has: []string{"challenge.deadline_passed"}},
		)
		w.Tick()
		w.Deliver()
		w.Run(t,
			apitest.Row{Name: "lapsed with the close", As: lead, Method: "GET", Path: one, Status: 200, Has: []string{`"state":"lapsed"`, `"actions":[]`}},
			apitest.Row{Name: "declined after that", As: lead, Method: "POST", Path: one + "/decline", Body: map[string]string{}, Status: 409, Has: []string{"invitation.wrong_state"}},
			apitest.Row{Name: "and invited after that", As: owner, Method: "POST", Path: "/challenges/" + string(c.ID) + "/invitations", Body: invite(f.teams[1], ""), Status: 409, Has: []string{"challenge.wrong_state"}},
		)
	})
}

// TestInvitationKeepsTheOwner holds what an invitation tells of an anonymous owner, and of who
// has muted what.
func TestInvitationKeepsTheOwner(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		w.Do(f.leads[0], "POST", "/mutes", map[string]string{"by": "chain", "value": f.chain}).Must(201)
		c := f.open(func(c *models.Challenge) { c.AnonymousOwner = true })
		path := "/challenges/" + string(c.ID) + "/invitations"
		w.Run(t,
			apitest.Row{Name: "the message names the owner", As: f.owner, Method: "POST", Path: path, Body: invite(f.teams[0], "FairFirm 诚邀"), Status: 422, Has: []string{"invitation.names_owner", "message"}},
			apitest.Row{Name: "without the name", As: f.owner, Method: "POST", Path: path, Body: invite(f.teams[0], "诚邀"), Status: 201, Events: []models.Action{models.InvitationSend}},
		)
		w.Deliver()
		w.Run(t,
			apitest.Row{Name: "the lead reads no name", As: f.leads[0], Method: "GET", Path: "/teams/" + string(f.teams[0].ID) + "/invitations", Status: 200, Has: []string{"诚邀", `"owner":""`}, Lacks: []string{"FairFirm", string(f.firm.ID)}},
			apitest.Row{Name: "who muted the chain has no notice", As: f.leads[0], Method: "GET", Path: "/notices", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "and the owner does not learn of it", As: f.owner, Method: "GET", Path: path, Status: 200, Has: []string{`"state":"invited"`}},
		)
	})
}

func TestCompare(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		c := f.open(nil)
		path := "/challenges/" + string(c.ID) + "/matches/compare"
		ab := fmt.Sprintf("%s?a=%s&b=%s", path, f.teams[0].ID, f.teams[1].ID)
		w.Run(t,
			apitest.Row{Name: "owner", As: f.owner, Method: "GET", Path: ab, Status: 200, Has: []string{`"difference":{"name":"`, `"eligible":true`}},
			apitest.Row{Name: "officer", As: f.officer, Method: "GET", Path: ab, Status: 200},
			apitest.Row{Name: "auditor", As: f.auditor, Method: "GET", Path: ab, Status: 200},
			apitest.Row{Name: "a bidder", As: f.leads[0], Method: "GET", Path: ab, Status: 403},
			apitest.Row{Name: "visitor", Method: "GET", Path: ab, Status: 401},
			apitest.Row{Name: "one with itself", As: f.owner, Method: "GET", Path: fmt.Sprintf("%s?a=%s&b=%s", path, f.teams[0].ID, f.teams[0].ID), Status: 422, Has: []string{"match.same_team"}},
			apitest.Row{Name: "no such team", As: f.owner, Method: "GET", Path: fmt.Sprintf("%s?a=x&b=%s", path, f.teams[0].ID), Status: 422, Has: []string{"match.unknown_team", "query.a"}},
			apitest.Row{Name: "one alone", As: f.owner, Method: "GET", Path: path + "?a=" + string(f.teams[0].ID), Status: 422, Has: []string{"query.b"}},
		)
		var there, back matches.MatchComparison
		w.Do(f.owner, "GET", ab, nil).JSON(&there)
		w.Do(f.owner, "GET", fmt.Sprintf("%s?a=%s&b=%s", path, f.teams[1].ID, f.teams[0].ID), nil).JSON(&back)
		if err := there.Difference.Check(); err != nil || there.A.Team.ID != f.teams[0].ID || there.Difference.Value <= 0 {
			t.Errorf("%+v: %v", there, err)
		}
		if diff := there.Difference.Value - (there.A.Score - there.B.Score); diff > 1e-9 || diff < -1e-9 {
			t.Errorf("the difference misses the scores by %g", diff)
		}
		if sum := there.Difference.Value + back.Difference.Value; sum > 1e-9 || sum < -1e-9 {
			t.Errorf("there and back differ by %g", sum)
		}
	})
}
