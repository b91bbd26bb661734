package challenges_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"jiebang/api/challenges"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestRelevancePages walks more finds than are ranked, in pages: each comes once, those that
// were ranked first, in the same order on both databases.
func TestRelevancePages(t *testing.T) {
	answers := map[string][]string{}
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		plantMany(t, s, 2500)
		for _, q := range []challenges.ChallengeQuery{{Q: "JB"}, {Q: "系统"}, {Q: "系统 研制", Chain: "general_machinery"}, {Q: "轴承"}} {
			in := challenges.SearchInput{ChallengeQuery: q, Limit: 100}
			seen, n := map[models.ChallengeID]bool{}, 0
			for range 40 {
				p := page(t, s, &in)
				if p.Sort != "relevance" {
					t.Fatalf("%q is in the order %s", q.Q, p.Sort)
				}
				for _, c := range p.Items {
					if n++; seen[c.ID] {
						t.Fatalf("%q: %s comes twice", q.Q, c.Code)
					}
					seen[c.ID] = true
					if n%50 == 1 {
						answers[s.Dialect()] = append(answers[s.Dialect()], c.Code)
					}
				}
				if in.Cursor = p.Next; in.Cursor == "" {
					break
				}
			}
			newest := challenges.SearchInput{ChallengeQuery: q, Limit: 100}
			newest.Sort = "newest"
			all := 0
			for range 40 {
				p := page(t, s, &newest)
				all += len(p.Items)
				if newest.Cursor = p.Next; newest.Cursor == "" {
					break
				}
			}
			if n != all || n == 0 {
				t.Errorf("%q: %d by relevance, %d by age", q.Q, n, all)
			}
		}
	})
	if a, b := answers["sqlite"], answers["postgres"]; b != nil && !slices.Equal(a, b) {
		t.Errorf("SQLite answers %v, PostgreSQL %v", a, b)
	}
}

// A new version of a catalogue is searched by at once where a question is read, and in the
// entries when they have been made anew; what was tagged keeps its words.
func TestNewWordsFindOldChallenges(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		s.published(s.whole())
		find := func(q string) string { return "/challenges?q=" + url.QueryEscape(q) }
		w.Run(t, apitest.Row{Name: "before", Method: "GET", Path: find("滚珠支撑件"), Status: 200, Has: []string{`"items":[]`}})
		operator := w.Operator()
		var c struct{ ID string }
		w.Do(operator, "POST", "/catalogues", map[string]any{"kind": "domain", "code": "D-NEXT", "name_zh": "领域", "valid_from": "2026-01-01", "terms": []map[string]any{
			{"code": "MFG", "name_zh": "制造"}, {"code": "MFG.bearing", "name_zh": "轴承与支承", "parent": "MFG", "synonyms": []string{"滚珠支撑件"}}}}).Must(http.StatusCreated).JSON(&c)
		w.Do(operator, "POST", "/catalogues/"+c.ID+"/publish", nil).Must(http.StatusOK)
		w.Deliver()
		if err := challenges.Renew(t.Context(), w.Store); err != nil {
			t.Fatal(err)
		}
		w.Write(func(tx *models.Tx) error {
			left, err := tx.Stale(10)
			if len(left) > 0 {
				t.Errorf("%d entries are still old", len(left))
			}
			return err
		})
		w.Run(t, apitest.Row{Name: "after", Method: "GET", Path: find("滚珠支撑件"), Status: 200, Has: []string{"SY-JB-2026-01-0001", `"sort":"relevance"`, `"found_in":["labels"]`}, Lacks: []string{"轴承与支承"}},
			apitest.Row{Name: "by age when asked", Method: "GET", Path: find("滚珠支撑件") + "&sort=newest", Status: 200, Has: []string{"SY-JB-2026-01-0001", `"sort":"newest"`}, Lacks: []string{"found_in"}},
			apitest.Row{Name: "relevance without words", Method: "GET", Path: "/challenges?sort=relevance", Status: 200, Has: []string{`"sort":"newest"`}},
			apitest.Row{Name: "a cursor of another order", Method: "GET", Path: find("轴承") + "&cursor=1.2", Status: 422},
			apitest.Row{Name: "unknown order", Method: "GET", Path: find("轴承") + "&sort=best", Status: 422})
	})
}
