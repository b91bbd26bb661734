package challenges_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/api/challenges"
	"jiebang/demo"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

//go:embed testdata/searches.json
var searchesFile []byte

// searches are what people ask for: each question with what must stand among the first lines,
// and what must not be found at all. d1 is the first challenge of the demo, p1 the first that
// was planted beside them.
type searches struct {
	Planted []struct {
		Key, Title, Need, Chain string
		Tags, IPC               []string
	}
	Queries []struct {
		Q, Why      string
		Want, Never []string
		First       int
		DidYouMean  string `json:"did_you_mean"`
	}
}

// TestSearches asks the whole set of both databases, and prints how much of what was wanted
// stood where it should.
func TestSearches(t *testing.T) {
	var set searches
	if err := json.Unmarshal(searchesFile, &set); err != nil {
		t.Fatal(err)
	}
	if len(set.Queries) < 60 {
		t.Fatalf("%d questions", len(set.Queries))
	}
	answers := map[string][]string{}
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t) // the challenges have no history
		w.Do(w.Operator(), "POST", "/catalogues/starter", nil).Must(http.StatusOK)
		keys := set.plant(t, w)
		wanted, stood, first := 0, 0, 0
		for _, q := range set.Queries {
			var page challenges.ChallengePage
			w.Do(apitest.Person{}, "GET", "/challenges?limit=100&facets=true&q="+url.QueryEscape(q.Q), nil).Must(http.StatusOK).JSON(&page)
			got := make([]string, len(page.Items))
			for i, c := range page.Items {
				got[i] = keys[c.ID]
			}
			if int(page.Facets.Total) != len(got) {
				t.Errorf("%q: counts %d, lists %d", q.Q, page.Facets.Total, len(got))
			}
			answers[w.Store.Dialect()] = append(answers[w.Store.Dialect()], q.Q+": "+strings.Join(got, " "))
			top := got[:min(q.First, len(got))]
			for _, k := range q.Want {
				wanted++
				if slices.Contains(top, k) {
					stood++
				} else {
					t.Errorf("%q (%s): %s is not among the first %d: %v", q.Q, q.Why, k, q.First, got)
				}
			}
			if len(q.Want) > 0 && len(got) > 0 && slices.Contains(q.Want, got[0]) {
				first++
			}
			for _, k := range q.Never {
				if slices.Contains(got, k) {
					t.Errorf("%q (%s): %s has nothing to do with it: %v", q.Q, q.Why, k, got)
				}
			}
			if len(q.Want) == 0 && len(got) > 0 {
				t.Errorf("%q (%s): finds %v", q.Q, q.Why, got)
			}
			if page.Maybe != q.DidYouMean {
				t.Errorf("%q (%s): did you mean %q, want %q", q.Q, q.Why, page.Maybe, q.DidYouMean)
			}
		}
		t.Logf("%s: %d questions, %d of %d wanted challenges stood among the first lines (recall %.3f); a wanted one stood first %d times",
			w.Store.Dialect(), len(set.Queries), stood, wanted, float64(stood)/float64(wanted), first)
	})
	if a, b := answers["sqlite"], answers["postgres"]; b != nil {
		for i := range a {
			if a[i] != b[i] {
				t.Errorf("SQLite answers %s\nPostgreSQL    %s", a[i], b[i])
			}
		}
	}
}

func (set *searches) plant(t *testing.T, w *apitest.World) map[models.ChallengeID]string {
	t.Helper()
	shown, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	org, _ := w.Org("沈阳浑河透平装备股份有限公司", "enterprise")
	keys, at := map[models.ChallengeID]string{}, time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	put := func(key string, n int, fill func(c *models.Challenge)) {
		c := models.NewChallenge()
		published, deadline := at.AddDate(0, 0, -n), at.AddDate(1, 0, -n)
		c.Code, c.Type, c.Competition, c.Owner, c.Region, c.City = fmt.Sprintf("SY-JB-2026-01-%04d", n), "tech_breakthrough", "single", org.ID, "210100", "沈阳市"
		c.PublishedAt, c.Deadline, c.OpenAt, c.BountyFen = &published, &deadline, &deadline, models.Wan
		c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.ChallengePublished, 1, at, at
		fill(c)
		keys[c.ID] = key
		w.Write(func(tx *models.Tx) error {
			if err := tx.Plant(c); err != nil {
				return err
			}
			return challenges.Index(tx, c)
		})
	}
	for i, d := range shown.Challenges {
		put(fmt.Sprint("d", i+1), i+1, func(c *models.Challenge) {
			c.Title, c.City, c.Chain, c.Background, c.Need, c.Tags = d.Title, d.Owner.City, d.IndustryChain, d.Background, d.Need, models.J(d.DomainTags)
			c.Codes, c.Deliverables = models.J(models.Codes{IPC: d.IPC, GBT4754: d.GBT4754}), models.J(d.Deliverables)
		})
	}
	for i, p := range set.Planted {
		put(p.Key, 101+i, func(c *models.Challenge) {
			c.Title, c.Chain, c.Need, c.Tags, c.Codes = p.Title, p.Chain, p.Need, models.J(p.Tags), models.J(models.Codes{IPC: p.IPC, GBT4754: []string{}})
		})
	}
	return keys
}
