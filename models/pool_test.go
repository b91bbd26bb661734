package models_test

import (
	"fmt"
	"slices"
	"testing"

	"jiebang/internal/dbtest"
	"jiebang/models"
)

// formTeams lets somebody form n teams of one unit.
func formTeams(t *testing.T, s *models.Store, n int) (lead models.Who, ids []models.TeamID) {
	t.Helper()
	lead = person(t, s, "lead")
	org := models.NewOrg()
	as(t, s, lead, func(tx *models.Tx) error {
		org.Name, org.Kind, org.USCC, org.Region = "浑河理工大学", "university", "91350200776049653A", "210100"
		if err := tx.Make(models.OrgRegister, tx.Site(), org, models.Note{}); err != nil {
			return err
		}
		_, err := tx.AddMembership(org.ID, lead.User, "admin")
		return err
	})
	as(t, s, lead, func(tx *models.Tx) error {
		org, err := tx.OrgFor(models.TeamForm, org.ID)
		if err != nil {
			return err
		}
		for i := range n {
			team := models.NewTeam()
			team.Code, team.Name, team.Org, team.TRLMin, team.TRLMax, team.MaxConcurrent = fmt.Sprintf("TM%03d", i), fmt.Sprint("团队", i), org.ID, 3, 6, 3
			if err := tx.Make(models.TeamForm, org, team, models.Note{}); err != nil {
				return err
			}
			if _, err := tx.AddTeamMember(team.ID, lead.User, "lead"); err != nil {
				return err
			}
			ids = append(ids, team.ID)
		}
		return nil
	})
	return lead, ids
}

func TestCandidates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		_, ids := formTeams(t, s, 3)
		entries := []models.TeamEntry{{Labels: []string{"tag:M.rot"}, Said: []string{"轴承", "承"}, Vector: []byte{0, 1}},
			{Labels: []string{"tag:M.rot"}, Vector: []byte{2}}, {Said: []string{"deep learning", "1.5"}, Vector: []byte{}}}
		must(t, s, func(tx *models.Tx) error {
			waiting, err := tx.TeamsToEnter("k", 10)
			if err != nil || len(waiting) != 3 {
				t.Fatalf("%d teams wait for their entry, %v; want 3", len(waiting), err)
			}
			for _, team := range waiting {
				e := entries[slices.Index(ids, team.ID)]
				e.Key = "k"
				if err := tx.EnterTeam(&team, e); err != nil {
					return err
				}
			}
			if waiting, err = tx.TeamsToEnter("k", 10); len(waiting) != 0 {
				t.Errorf("%d teams still wait: %v", len(waiting), err)
			}
			if waiting, err = tx.TeamsToEnter("other", 10); len(waiting) != 3 {
				t.Errorf("%d teams wait under another key: %v", len(waiting), err)
			}
			return err
		})
		for _, c := range []struct {
			name string
			ask  []string
			want []models.TeamID
		}{
			{"the more words the earlier", []string{"轴承", "TAG:m.rot"}, ids[:2]},
			{"a word with a blank", []string{"deep learning"}, ids[2:]},
			{"a number with a point", []string{"1.5"}, ids[2:]},
			{"quotes are no syntax", []string{`"轴承" OR *`}, nil},
			{"nothing asked", nil, nil},
		} {
			must(t, s, func(tx *models.Tx) error {
				list, err := tx.Candidates(c.ask, 10)
				var got []models.TeamID
				for _, one := range list {
					got = append(got, one.Team)
					if want := entries[slices.Index(ids, one.Team)].Vector; !slices.Equal(one.Vector, want) {
						t.Errorf("%s: vector %v of %s, want %v", c.name, one.Vector, one.Team, want)
					}
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("%s: %v, want %v", c.name, got, c.want)
				}
				return err
			})
		}
		must(t, s, func(tx *models.Tx) error {
			team, err := tx.Team(ids[0])
			if err != nil {
				return err
			}
			if err := tx.EnterTeam(team, models.TeamEntry{Said: []string{"电主轴"}, Vector: []byte{}}); err != nil {
				return err
			}
			got, err := tx.Candidates([]string{"轴承", "电主轴"}, 10)
			if len(got) != 1 || got[0].Team != ids[0] {
				t.Errorf("an entry written again is found by %v, want only the new words of %v", got, ids[0])
			}
			return err
		})
	})
}

func TestMatchModels(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		must(t, s, func(tx *models.Tx) error {
			if m, err := tx.NewestMatchModel(); m != nil || err != nil {
				t.Errorf("before any training: %v, %v", m, err)
			}
			return nil
		})
		for i := range 5 {
			must(t, s, func(tx *models.Tx) error {
				return tx.KeepMatchModel(fmt.Sprint("v", i), i, []byte{byte(i), 0, 255})
			})
		}
		must(t, s, func(tx *models.Tx) error { return tx.KeepMatchModel("v3", 7, []byte{3}) })
		must(t, s, func(tx *models.Tx) error {
			m, err := tx.NewestMatchModel()
			if err != nil || m.Version != "v3" || m.Texts != 7 || m.Bytes != nil {
				t.Fatalf("newest is %+v, %v; want v3 again, without its bytes", m, err)
			}
			if b, err := tx.MatchModelBytes(m.ID); err != nil || !slices.Equal(b, []byte{3, 0, 255}) {
				t.Errorf("bytes %v, %v; a version has one content", b, err)
			}
			if b, err := tx.MatchModelBytes("mdl_none"); b != nil || err != nil {
				t.Errorf("a model that is not there: %v, %v", b, err)
			}
			return nil
		})
	})
}

func TestTouchedSince(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		lead, ids := formTeams(t, s, 2)
		seen, since := map[int64]bool{}, int64(0)
		look := func() (out models.Touched) {
			must(t, s, func(tx *models.Tx) (err error) {
				out, err = tx.TouchedSince(since, seen)
				since = out.Newest
				return err
			})
			return out
		}
		look()
		edit := func(id models.TeamID) {
			as(t, s, lead, func(tx *models.Tx) error {
				team, err := tx.TeamFor(models.TeamEdit, id)
				if err != nil {
					return err
				}
				return tx.Apply(models.TeamEdit, team, models.Note{})
			})
		}
		edit(ids[1])
		edit(ids[1])
		if got := look(); !slices.Equal(got.Teams, ids[1:]) {
			t.Errorf("touched %+v, want the one team once", got)
		}
		if got := look(); len(got.Teams) != 0 {
			t.Errorf("told twice of %v", got.Teams)
		}
		// A sequence number that becomes visible late is still told of.
		delete(seen, since)
		if got := look(); !slices.Equal(got.Teams, ids[1:]) {
			t.Errorf("a late event tells of %v, want %v", got.Teams, ids[1:])
		}
	})
}
