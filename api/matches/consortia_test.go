package matches_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/api/matches"
	"jiebang/internal/apitest"
	"jiebang/models"
)

// pair plants what two teams can only do together: the first holds one must, the second the
// other, and the third both but may not take part.
func (f *fair) pair(change func(c *models.Challenge)) *models.Challenge {
	f.T.Helper()
	f.Write(func(tx *models.Tx) error {
		for i, tags := range [][]string{{f.must}, {"test_bench"}, {f.must, "test_bench"}} {
			t, err := tx.Team(f.teams[i].ID)
			if err != nil {
				return err
			}
			t.Capabilities = models.J([]models.Capability{})
			for _, tag := range tags {
				t.Capabilities.V = append(t.Capabilities.V, models.Capability{Tag: tag, Level: 4})
			}
			if err := tx.Replant(t); err != nil {
				return err
			}
		}
		_, err := tx.Relate(f.unis[2].ID, f.firm.ID, "control", f.Clock.Now().Add(-time.Hour))
		return err
	})
	return f.open(func(c *models.Challenge) {
		c.Capabilities = models.J([]models.RequiredCapability{{Tag: f.must, Must: true, MinLevel: 3}, {Tag: "test_bench", Must: true, MinLevel: 3}, {Tag: "nice", MinLevel: 5}})
		if change != nil {
			change(c)
		}
	})
}

func members(list matches.ConsortiumList) []string {
	sets := []string{}
	for _, one := range list.Items {
		names := []string{}
		for _, m := range one.Members {
			names = append(names, m.Team.Name)
		}
		slices.Sort(names)
		sets = append(sets, strings.Join(names, "+"))
	}
	return sets
}

func TestConsortia(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		c := f.pair(nil)
		path := "/challenges/" + string(c.ID) + "/consortia"
		w.Run(t,
			apitest.Row{Name: "owner", As: f.owner, Method: "GET", Path: path, Status: 200, Has: []string{`"size":2`, `"complete":true`, `"name":"转子动力学"`, "subordinate"}, Lacks: []string{`"tag":"nice"`}},
			apitest.Row{Name: "officer", As: f.officer, Method: "GET", Path: path, Status: 200},
			apitest.Row{Name: "auditor", As: f.auditor, Method: "GET", Path: path + "?larger=1&limit=5", Status: 200},
			apitest.Row{Name: "a bidder", As: f.leads[0], Method: "GET", Path: path, Status: 403},
			apitest.Row{Name: "visitor", Method: "GET", Path: path, Status: 401},
			apitest.Row{Name: "nothing is asked", As: f.owner, Method: "GET", Path: "/challenges/" + string(f.open(func(c *models.Challenge) { c.Capabilities.V = nil }).ID) + "/consortia", Status: 200},
			apitest.Row{Name: "what nobody holds", As: f.owner, Method: "GET", Path: "/challenges/" + string(f.open(func(c *models.Challenge) {
				c.Capabilities = models.J([]models.RequiredCapability{{Tag: "unheard", Must: true, MinLevel: 1}})
			}).ID) + "/consortia", Status: 200, Has: []string{`"items":[]`, `"why":"uncovered"`, `"holders":0`}},
		)
		var list matches.ConsortiumList
		w.Do(f.owner, "GET", path, nil).Must(200).JSON(&list)
		if got := members(list); !slices.Equal(got, []string{"FairAlpha+FairBeta"}) {
			t.Errorf("sets %v", got)
		}
		w.Write(func(tx *models.Tx) error { // the two get one lead: nobody is accountable twice within one bid
			list, err := tx.TeamMembers(f.teams[1].ID)
			if err != nil {
				return err
			}
			if _, err := tx.AddTeamMember(f.teams[1].ID, f.leads[0].User, "member"); err != nil {
				return err
			}
			next, err := tx.TeamMembers(f.teams[1].ID)
			if err != nil {
				return err
			}
			for i := range next {
				if next[i].ID != list[0].ID {
					return tx.HandOverTeam(f.teams[1].ID, &next[i])
				}
			}
			return nil
		})
		w.Run(t, apitest.Row{Name: "led by one person", As: f.owner, Method: "GET", Path: path, Status: 200, Has: []string{`"items":[]`, `"why":"apart"`}})
	})
}

func TestPartners(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		c, hidden, draft := f.pair(nil), f.pair(func(c *models.Challenge) { c.AnonymousOwner = true }), f.approved(nil)
		path := func(team int, c *models.Challenge) string {
			return "/teams/" + string(f.teams[team].ID) + "/partners?challenge=" + string(c.ID)
		}
		w.Run(t,
			apitest.Row{Name: "the lead, of public facts alone", As: f.leads[0], Method: "GET", Path: path(0, c), Status: 200, Has: []string{"FairBeta", `"size":2`, `"out":[]`, `"gates":[]`}, Lacks: []string{`"band"`, "subordinate", "FairGammaGo", `"score"`, `"fit"`}},
			apitest.Row{Name: "the unit", As: w.SignIn("unifairalpha"), Method: "GET", Path: path(0, c), Status: 200},
			apitest.Row{Name: "a mate", As: f.mate, Method: "GET", Path: path(0, c), Status: 403},
			apitest.Row{Name: "another lead", As: f.leads[1], Method: "GET", Path: path(0, c), Status: 403},
			apitest.Row{Name: "the owner", As: f.owner, Method: "GET", Path: path(0, c), Status: 403},
			apitest.Row{Name: "visitor", Method: "GET", Path: path(0, c), Status: 401},
			apitest.Row{Name: "who may not bid is told why", As: f.leads[2], Method: "GET", Path: path(2, c), Status: 200, Has: []string{`"items":[]`, `"why":"with"`, `"code":"subordinate"`}},
			apitest.Row{Name: "but not by whom it is asked", As: f.leads[2], Method: "GET", Path: path(2, hidden), Status: 200, Has: []string{`"code":"subordinate"`}, Lacks: []string{"FairFirm", string(f.firm.ID)}},
			apitest.Row{Name: "nor from who is never named", As: f.leads[0], Method: "GET", Path: path(0, hidden) + "&larger=1", Status: 200, Has: []string{"FairGammaGo"}},
			apitest.Row{Name: "of what is not public", As: f.leads[0], Method: "GET", Path: path(0, draft), Status: 404},
			apitest.Row{Name: "of nothing", As: f.leads[0], Method: "GET", Path: "/teams/" + string(f.teams[0].ID) + "/partners", Status: 422, Has: []string{"query.challenge"}},
		)
		w.Clock.Set(*c.Deadline)
		w.Run(t, apitest.Row{Name: "too late", As: w.SignIn(f.leads[0].Login), Method: "GET", Path: path(0, c), Status: 409, Has: []string{"challenge.deadline_passed"}})
	})
}

func TestTags(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		f := newFair(t, w)
		text := func(s string) map[string]any { return map[string]any{"text": s} }
		w.Run(t,
			apitest.Row{Name: "named in Chinese", As: f.stranger, Method: "POST", Path: "/matches/tags", Body: text("提升滚动轴承的寿命，掌握转子动力学"), Status: 200, Has: []string{`"code":"MFG.bearing"`, `"name":"轴承"`, `"code":"rotor_dynamics"`, "滚动轴承", `"model":"`}},
			apitest.Row{Name: "named in English", As: f.stranger, Method: "POST", Path: "/matches/tags", Body: text("Longer life for bearings"), Status: 200, Has: []string{`"code":"MFG.bearing"`}, Lacks: []string{`"code":"MFG"`}},
			apitest.Row{Name: "about nothing", As: f.stranger, Method: "POST", Path: "/matches/tags", Body: text("！！"), Status: 200, Has: []string{`"domains":[`}},
			apitest.Row{Name: "empty", As: f.stranger, Method: "POST", Path: "/matches/tags", Body: text("   "), Status: 422, Has: []string{`"path":"text"`}},
			apitest.Row{Name: "too long", As: f.stranger, Method: "POST", Path: "/matches/tags", Body: text(strings.Repeat("长", 20_001)), Status: 422, Has: []string{`"path":"text"`}},
			apitest.Row{Name: "visitor", Method: "POST", Path: "/matches/tags", Body: text("轴承"), Status: 401},
		)
		first := w.Do(f.stranger, "POST", "/matches/tags", text("高速轴承")).Must(200).Body
		if again := w.Do(f.mate, "POST", "/matches/tags", text("高速轴承")).Must(200).Body; string(first) != string(again) {
			t.Errorf("one text, two offers:\n%s\n%s", first, again)
		}
	})
}
