package question_test

import (
	"slices"
	"testing"

	"jiebang/api/question"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// Matching and the gates take a merged term for the one that stands for it, on both sides.
func TestMergedTerms(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		err := s.Write(t.Context(), models.System, func(tx *models.Tx) error {
			w := build(t, tx)
			for kind, codes := range map[string][]string{"capability": {"rig", "test_bench"}, "domain": {"MFG.old", "MFG.new", "MFG.other"}} {
				c := models.NewCatalogue()
				c.Kind, c.Code, c.NameZh, c.From = kind, "2026", "词表", "2020-01-01"
				c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.CataloguePublished, 1, tx.Now, tx.Now
				if err := tx.Plant(c); err != nil {
					return err
				}
				terms := []models.Term{}
				for _, code := range codes {
					terms = append(terms, models.Term{Code: code, NameZh: code})
				}
				if err := tx.AddTerms(c, terms); err != nil {
					return err
				}
				if err := tx.MergeTerm(c, codes[0], codes[1]); err != nil {
					return err
				}
			}
			w.c.Tags = models.J([]string{"MFG.old", "MFG.new", "MFG.other"})
			w.c.Capabilities = models.J([]models.RequiredCapability{{Tag: "rig", Must: true, MinLevel: 1}, {Tag: "test_bench", MinLevel: 2}})
			asked, err := question.Challenge(tx, w.c)
			if err != nil {
				return err
			}
			if !slices.Equal(asked.Domains, []string{"MFG.new", "MFG.other"}) {
				t.Errorf("domains %v, want each once under the term that stands for it", asked.Domains)
			}
			if n := asked.Needs; len(n) != 1 || n[0].Tag != "test_bench" || !n[0].Must || n[0].Min != 2 {
				t.Errorf("needs %+v, want one that asks for the more of both", n)
			}
			if w.c.Tags.V[0] != "MFG.old" || w.c.Capabilities.V[0].Tag != "rig" {
				t.Error("the challenge itself was changed")
			}
			w.team.Capabilities = models.J([]models.Capability{{Tag: "rig", Level: 3}, {Tag: "test_bench", Level: 1}})
			reasons, err := question.Gate(tx, w.c, w.team)
			if len(reasons) > 0 {
				t.Errorf("the team has it under its old name at level 3: %v", reasons)
			}
			cat, e := question.Catalogue(tx)
			for _, tag := range append(cat.Tags, cat.Capabilities...) {
				if tag.Code == "rig" || tag.Code == "MFG.old" {
					t.Errorf("%s is still in the catalogue of the engine", tag.Code)
				}
			}
			if err == nil {
				err = e
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
