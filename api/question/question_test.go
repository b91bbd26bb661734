package question_test

import (
	"fmt"
	"slices"
	"testing"

	"jiebang/api/question"
	"jiebang/internal/dbtest"
	"jiebang/matching/gate"
	"jiebang/models"
)

// town is a firm that asks, a team of a university, and units around them.
type town struct {
	c                            *models.Challenge
	team                         *models.Team
	owner, home, branch, partner *models.Org
	user                         models.UserID
}

func build(t *testing.T, tx *models.Tx) *town {
	t.Helper()
	n := 0
	life := func(state string) models.Life {
		return models.Life{State: state, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
	}
	plant := func(row any) {
		t.Helper()
		if err := tx.Plant(row); err != nil {
			t.Fatal(err)
		}
	}
	org := func(name, kind, region string) *models.Org {
		n++
		o := models.NewOrg()
		o.Name, o.Kind, o.Region, o.USCC, o.Life = name, kind, region, fmt.Sprintf("%018d", n), life(models.OrgVerified)
		plant(o)
		return o
	}
	team := func(o *models.Org, code string, level int) *models.Team {
		m := models.NewTeam()
		m.Code, m.Name, m.Org, m.TRLMin, m.TRLMax, m.MaxConcurrent, m.Life = code, code, o.ID, 3, 7, 2, life(models.TeamActive)
		m.Capabilities = models.J([]models.Capability{{Tag: "test_bench", Level: level}})
		plant(m)
		return m
	}
	w := &town{owner: org("Firm", "enterprise", "210100"), home: org("University", "university", "210100"),
		branch: org("Branch", "enterprise", "210100"), partner: org("Partner", "enterprise", "310000")}
	w.team = team(w.home, "TM1", 1)
	team(w.partner, "TM2", 4)
	u := models.NewUser("lead", "Lead", "x")
	u.Life = life(models.UserActive)
	plant(u)
	w.user = u.ID
	if _, err := tx.AddTeamMember(w.team.ID, u.ID, "lead"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Relate(w.branch.ID, w.owner.ID, "control", tx.Now); err != nil {
		t.Fatal(err)
	}
	w.c = models.NewChallenge()
	w.c.Owner, w.c.Region, w.c.Type = w.owner.ID, "210100", "tech_breakthrough"
	w.c.Capabilities = models.J([]models.RequiredCapability{{Tag: "test_bench", Must: true, MinLevel: 3}})
	return w
}

func TestGate(t *testing.T) {
	for _, r := range []struct {
		name   string
		change func(tx *models.Tx, w *town) error
		bid    func(w *town) []models.Partner
		want   []string // code at field, * where hard
	}{
		{"alone", nil, nil, []string{"capability:test_bench@required_capabilities.test_bench"}},
		{"a partner brings it", nil, func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, nil},
		{"its own unit is no partner", nil, func(w *town) []models.Partner { return []models.Partner{{Org: w.home.ID}, {Org: w.partner.ID}} }, nil},
		{"the owner as partner", nil, func(w *town) []models.Partner {
			return []models.Partner{{Org: w.home.ID}, {Org: w.partner.ID}, {Org: w.owner.ID}}
		}, []string{"same_org@partners[2]*"}},
		{"the owner by name", nil, func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}, {Name: "Firm"}} }, []string{"same_org@partners[1]*"}},
		{"a firm under the owner", nil, func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}, {Org: w.branch.ID}} }, []string{"subordinate@partners[1]*"}},
		{"a record against a person", func(tx *models.Tx, w *town) error {
			return tx.AddIntegrity(models.Integrity{User: w.user, Act: "x", Since: tx.Now, Until: tx.Now.AddDate(1, 0, 0)})
		}, func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, []string{"integrity@people*"}},
		{"a record that ended", func(tx *models.Tx, w *town) error {
			return tx.AddIntegrity(models.Integrity{Org: w.home.ID, Act: "x", Since: tx.Now.AddDate(-1, 0, 0), Until: tx.Now})
		}, func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, nil},
		{"a record against a partner", func(tx *models.Tx, w *town) error {
			return tx.AddIntegrity(models.Integrity{Org: w.partner.ID, Act: "x", Since: tx.Now, Until: tx.Now.AddDate(1, 0, 0)})
		}, func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, []string{"integrity@partners[0]*"}},
		{"for enterprises only", func(_ *models.Tx, w *town) error {
			w.c.Conditions = models.J(models.BidderConditions{EnterpriseOnly: true})
			return nil
		}, func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, []string{"kind@team*"}},
		{"in the province only", func(_ *models.Tx, w *town) error { w.c.InProvince, w.c.Region = true, "310000"; return nil },
			func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, []string{"region@team*"}},
		{"in the province", func(_ *models.Tx, w *town) error { w.c.InProvince = true; return nil },
			func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, nil},
		{"full", func(_ *models.Tx, w *town) error { w.team.Ongoing = 2; return nil },
			func(w *town) []models.Partner { return []models.Partner{{Org: w.partner.ID}} }, []string{"capacity@team*"}},
	} {
		t.Run(r.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, s *models.Store) {
				dbtest.Wrecked(t)
				err := s.Write(t.Context(), models.System, func(tx *models.Tx) error {
					w := build(t, tx)
					if r.change != nil {
						if err := r.change(tx, w); err != nil {
							return err
						}
					}
					partners := []models.Partner{}
					if r.bid != nil {
						partners = r.bid(w)
					}
					reasons, err := question.Gate(tx, w.c, w.team, partners...)
					if err != nil {
						return err
					}
					got := []string{}
					for _, g := range reasons {
						hard := ""
						if g.Hard {
							hard = "*"
						}
						got = append(got, g.Code+"@"+g.Field+hard)
					}
					if !slices.Equal(got, append([]string{}, r.want...)) {
						t.Errorf("reasons %v, want %v", got, r.want)
					}
					return enterpriseAgrees(tx, w, reasons, t)
				})
				if err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

// enterpriseAgrees holds the list of matches to the gate: whoever the gate bars for himself
// is not eligible there.
func enterpriseAgrees(tx *models.Tx, w *town, reasons []gate.Reason, t *testing.T) error {
	t.Helper()
	list, err := question.Rank(tx, w.c, []models.Team{*w.team})
	if err != nil {
		return err
	}
	alone := slices.ContainsFunc(reasons, func(r gate.Reason) bool { return r.Hard && (r.Field == "team" || r.Field == "people") })
	if list[0].Eligible == alone {
		t.Errorf("the list says eligible %v, the gate %v", list[0].Eligible, reasons)
	}
	return nil
}
