package models_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"jiebang/internal/dbtest"
	"jiebang/internal/problem"
	"jiebang/models"
)

// person makes an account with a live session.
func person(t *testing.T, s *models.Store, login string) models.Who {
	t.Helper()
	var who models.Who
	must(t, s, func(tx *models.Tx) error {
		u := models.NewUser(login, "User "+login, "x")
		if err := tx.Make(models.AccountRegister, tx.Site(), u, models.Note{}); err != nil {
			return err
		}
		ses, err := tx.StartSession(u.ID, models.RandomToken(), "", time.Hour)
		if err == nil {
			who = models.Who{User: u.ID, Session: ses.ID}
		}
		return err
	})
	return who
}

// as runs a unit of work as somebody.
func as(t *testing.T, s *models.Store, who models.Who, fn func(*models.Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), who, fn); err != nil {
		t.Fatal(err)
	}
}

func TestBecomeNeedsALiveSession(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		who := person(t, s, "wang")
		err := s.Write(context.Background(), models.Who{}, func(tx *models.Tx) error {
			if err := tx.Become(who); err != nil {
				return err
			}
			if tx.Actor.User != who.User || tx.Actor.Login != "wang" {
				t.Errorf("became %+v", tx.Actor)
			}
			if _, err := tx.EndSessions(who.User, "", "", "test"); err != nil {
				return err
			}
			return tx.Reload()
		})
		if p := problem.As(err); p == nil || p.Kind != problem.SignIn {
			t.Errorf("after the end of the session: %v, want to sign in again", err)
		}
	})
}

func TestRotationHappensOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		who := person(t, s, "wang")
		must(t, s, func(tx *models.Tx) error {
			ses, err := tx.StartSession(who.User, "one", "", time.Hour)
			if err != nil {
				return err
			}
			read := *ses
			if err := tx.RotateSession(ses, "two", time.Hour); err != nil {
				return err
			}
			if p := problem.As(tx.RotateSession(&read, "three", time.Hour)); p == nil {
				t.Error("a token that was exchanged could be exchanged again")
			}
			for token, reused := range map[string]bool{"one": true, "two": false} {
				if found, again, err := tx.SessionByRefresh(token); err != nil || found == nil || again != reused {
					t.Errorf("%s: %+v reused %v, %v", token, found, again, err)
				}
			}
			if found, _, err := tx.SessionByRefresh("three"); err != nil || found != nil {
				t.Errorf("three: %+v, %v", found, err)
			}
			return nil
		})
	})
}

func TestOperatorsLeft(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		a, b := person(t, s, "one"), person(t, s, "two")
		must(t, s, func(tx *models.Tx) error {
			count := func(want int64) {
				t.Helper()
				if n, err := tx.OperatorsLeft(); err != nil || n != want {
					t.Errorf("%d operators, %v, want %d", n, err, want)
				}
			}
			count(0)
			g, err := tx.AddGrant(a.User, "operator", "")
			if err != nil {
				return err
			}
			if _, err := tx.AddGrant(b.User, "operator", ""); err != nil {
				return err
			}
			if _, err := tx.AddGrant(b.User, "officer", "210000"); err != nil {
				return err
			}
			count(2)
			if _, err := tx.RevokeGrant(g.ID); err != nil {
				return err
			}
			count(1)
			if first, err := tx.FirstAccount(); err != nil || first {
				t.Errorf("with two accounts there, the next is the first: %v, %v", first, err)
			}
			return nil
		})
	})
}

func TestTeamSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		lead := person(t, s, "lead")
		org := models.NewOrg()
		org.Name, org.Kind, org.USCC, org.Region = "U", "university", "91350200776049653A", "210100"
		as(t, s, lead, func(tx *models.Tx) error {
			if err := tx.Make(models.OrgRegister, tx.Site(), org, models.Note{}); err != nil {
				return err
			}
			_, err := tx.AddMembership(org.ID, lead.User, "admin")
			return err
		})
		form := func(code, name string, domains []models.DomainTag, chains []string) {
			t.Helper()
			as(t, s, lead, func(tx *models.Tx) error {
				parent, err := tx.OrgFor(models.TeamForm, org.ID)
				if err != nil {
					return err
				}
				team := models.NewTeam()
				team.Code, team.Name, team.Org, team.TRLMin, team.TRLMax, team.MaxConcurrent = code, name, org.ID, 1, 9, 1
				team.Domains, team.Chains = models.J(domains), models.J(chains)
				if err := tx.Make(models.TeamForm, parent, team, models.Note{}); err != nil {
					return err
				}
				_, err = tx.AddTeamMember(team.ID, lead.User, "lead")
				return err
			})
		}
		form("TM1", "Rotor 转子", []models.DomainTag{{Tag: "MFG.bearing", Level: 5}}, []string{"pumps"})
		form("TM2", "50% Bearings", []models.DomainTag{{Tag: "MFG.bearing_x", Level: 5}}, []string{"pumps_x"})
		form("TM3", "A&B", []models.DomainTag{{Tag: "R&D", Level: 1}}, nil)
		for name, c := range map[string]struct {
			filter models.TeamFilter
			want   []string
		}{
			"all, by name":        {models.TeamFilter{}, []string{"TM2", "TM3", "TM1"}},
			"case does not count": {models.TeamFilter{Q: "rotor"}, []string{"TM1"}},
			"chinese":             {models.TeamFilter{Q: "转"}, []string{"TM1"}},
			"code":                {models.TeamFilter{Q: "tm2"}, []string{"TM2"}},
			"per cent is a sign":  {models.TeamFilter{Q: "%"}, []string{"TM2"}},
			"a tag is whole":      {models.TeamFilter{Tag: "MFG.bearing"}, []string{"TM1"}},
			"underscore":          {models.TeamFilter{Tag: "MFG.bearing_x"}, []string{"TM2"}},
			"a tag with a sign":   {models.TeamFilter{Tag: "R&D"}, []string{"TM3"}},
			"a chain is whole":    {models.TeamFilter{Chain: "pumps"}, []string{"TM1"}},
			"both":                {models.TeamFilter{Chain: "pumps", Q: "bearing"}, nil},
			"unit":                {models.TeamFilter{Org: "org_other"}, nil},
		} {
			must(t, s, func(tx *models.Tx) error {
				list, err := tx.TeamSearch(c.filter, models.Cursor{}, 10)
				var got []string
				for _, team := range list {
					got = append(got, team.Code)
				}
				if c.filter == (models.TeamFilter{}) { // the order of signs and letters is the database's own
					slices.Sort(got)
					slices.Sort(c.want)
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("%s: %v, want %v", name, got, c.want)
				}
				return err
			})
		}
		must(t, s, func(tx *models.Tx) error { // pages join without a gap or a repetition
			seen, after := map[models.TeamID]bool{}, models.Cursor{}
			for range 4 {
				list, err := tx.TeamSearch(models.TeamFilter{}, after, 1)
				if err != nil || len(list) == 0 {
					break
				}
				if seen[list[0].ID] {
					t.Errorf("%s comes twice", list[0].Code)
				}
				seen[list[0].ID] = true
				if after, err = tx.Cursor("teams", tx.Page("teams", list[0].Name, string(list[0].ID))); err != nil {
					return err
				}
			}
			if len(seen) != 3 {
				t.Errorf("%d teams on all pages, want 3", len(seen))
			}
			return nil
		})
	})
}

func TestOrgByIDOrUSCC(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		org := models.NewOrg()
		org.Name, org.Kind, org.USCC, org.Region = "U", "university", "91350200776049653A", "210100"
		as(t, s, person(t, s, "wang"), func(tx *models.Tx) error {
			if err := tx.Make(models.OrgRegister, tx.Site(), org, models.Note{}); err != nil {
				return err
			}
			for text, there := range map[string]bool{string(org.ID): true, "91350200776049653A": true, " 91350200776049653a": true,
				"91440101MA5CJQ4N59": false, "org_aaaaaaaaaaaaaaaaaaaaaaaaaa": false, "": false} {
				o, err := tx.OrgByIDOrUSCC(text)
				if err != nil || (o != nil) != there {
					t.Errorf("%q: %v, %v", text, o, err)
				}
			}
			return nil
		})
	})
}
