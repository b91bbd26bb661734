package challenges_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiebang/api/challenges"
	"jiebang/demo"
	"jiebang/internal/dbtest"
	"jiebang/matching/text"
	"jiebang/models"
)

// cities are unevenly filled: the first has most, the last a handful.
var cities = []string{"沈阳市", "大连市", "鞍山市", "抚顺市", "本溪市", "丹东市", "锦州市", "营口市"}

// plantMany fills a store with n published challenges made out of the sample, one a minute,
// most of them over.
func plantMany(b testing.TB, s *models.Store, n int) (last models.ChallengeID) {
	b.Helper()
	set, err := demo.Load()
	if err != nil {
		b.Fatal(err)
	}
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	write := func(fn func(*models.Tx) error) {
		if err := s.Write(b.Context(), models.System, fn); err != nil {
			b.Fatal(err)
		}
	}
	owner := models.NewOrg()
	owner.Name, owner.Kind, owner.Region, owner.USCC = "Firm", "enterprise", "210100", "91210106DEM001009N"
	owner.State, owner.Version, owner.CreatedAt, owner.UpdatedAt = models.OrgVerified, 1, at, at
	write(func(tx *models.Tx) error { return tx.Plant(owner) })
	states := []string{models.ChallengeAwarded, models.ChallengeAwarded, models.ChallengeAwarded, models.ChallengeNoBid, models.ChallengePublished, models.ChallengeFailed, models.ChallengeEvaluating}
	for done := 0; done < n; {
		list := []models.Challenge{}
		for ; done < n && len(list) < 1000; done++ {
			i, d := done, set.Challenges[done%len(set.Challenges)]
			c := models.NewChallenge()
			published, deadline := at.Add(-time.Duration(n-i)*time.Minute), at.Add(-time.Duration(n-i)*time.Minute).AddDate(0, 0, 30)
			c.Code, c.Title, c.Type, c.Competition = fmt.Sprintf("SY-JB-2026-01-%06d", i), d.Title, d.Type, []string{"single", "single", "single", "horse_race"}[i%4]
			c.Owner, c.Region, c.City, c.Chain = owner.ID, "210100", cities[min(len(cities)-1, trailing(i))], d.IndustryChain
			c.Background, c.Need, c.Tags, c.BountyFen = d.Background, d.Need, models.J(d.DomainTags), models.Fen(100+i*7919%2900)*models.Wan
			c.PublishedAt, c.Deadline, c.OpenAt = &published, &deadline, &deadline
			c.State, c.Version, c.CreatedAt, c.UpdatedAt = states[i%len(states)], 1, published, published
			list = append(list, *c)
			last = c.ID
		}
		write(func(tx *models.Tx) error {
			return tx.PlantList(list, func(i int) models.ListEntry {
				c := list[i]
				return models.ListEntry{Text: text.SearchTokens(strings.Join([]string{c.Code, c.Title, c.Background, c.Need}, "。")),
					Title: text.SearchTokens(c.Title), Labels: text.SearchTokens(strings.Join(c.Tags.V, "。"))}
			})
		})
	}
	write(func(tx *models.Tx) error {
		if err := tx.RecountList(); err != nil {
			return err
		}
		return tx.Analyze()
	})
	return last
}

// trailing counts how often i can be halved: half of all are 0, a quarter 1, …
func trailing(i int) int {
	n := 0
	for ; i > 0 && i%2 == 0; i /= 2 {
		n++
	}
	return n
}

// TestManyMatches asks for words that more challenges have than can be sorted: the list in
// every order must be the one without the words, since all have them.
func TestManyMatches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		dbtest.Wrecked(t)
		plantMany(t, s, 2500)
		for _, sort := range []string{"newest", "deadline", "bounty"} {
			plain := challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Sort: sort}, Limit: 30}
			asked := plain
			asked.Q = "JB"
			for n := range 4 {
				want, got := page(t, s, &plain), page(t, s, &asked)
				if len(got.Items) != 30 {
					t.Fatalf("by %s, page %d: %d lines", sort, n, len(got.Items))
				}
				for i := range want.Items {
					if got.Items[i].ID != want.Items[i].ID {
						t.Fatalf("by %s, page %d, line %d: %s, want %s", sort, n, i, got.Items[i].Code, want.Items[i].Code)
					}
				}
				plain.Cursor, asked.Cursor = want.Next, got.Next
			}
		}
		counted := page(t, s, &challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "JB", Sort: "newest"}, Facets: true, Limit: 1}).Facets
		if !counted.TotalCapped || counted.Total != models.CountCap || len(counted.Capped) != len(models.FacetAxes) {
			t.Errorf("counts %d, capped %v, %v", counted.Total, counted.TotalCapped, counted.Capped)
		}
		if all := page(t, s, &challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Sort: "newest"}, Facets: true, Limit: 1}).Facets; all.Total != 2500 || all.TotalCapped {
			t.Errorf("the whole list counts %d, capped %v", all.Total, all.TotalCapped)
		}
	})
}

// BenchmarkList measures pages of the public list by its size. Times should hardly grow.
func BenchmarkList(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		for _, n := range []int{1_000, 10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", kind, n), func(b *testing.B) {
				open := dbtest.SQLite
				if kind == "postgres" {
					open = dbtest.Postgres
				}
				s := open(b)
				last := plantMany(b, s, n)
				for _, r := range []struct {
					name string
					in   challenges.SearchInput
				}{
					{"newest", challenges.SearchInput{}},
					{"newest_page_50", challenges.SearchInput{Cursor: "50"}},
					{"deadline", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Sort: "deadline"}}},
					{"bounty", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Sort: "bounty"}}},
					{"open_by_deadline", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Sort: "deadline", State: []string{"published"}}}},
					{"chain", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Chain: "general_machinery"}}},
					{"tag_by_bounty", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Tag: "MFG.bearing", Sort: "bounty"}}},
					{"rare_city", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{City: "营口市"}}},
					{"words", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "磁悬浮轴承"}}},
					{"common_word", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "系统"}}},
					{"common_word_by_bounty", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "系统", Sort: "bounty"}}},
					{"relevance_words", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "磁悬浮轴承", Sort: "relevance"}}},
					{"relevance_common_word", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "系统", Sort: "relevance"}}},
					{"relevance_two_common_words", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "系统 控制", Sort: "relevance"}}},
					{"relevance_in_a_rare_city", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "系统", City: "营口市", Sort: "relevance"}}},
					{"relevance_page_50", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "系统", Sort: "relevance"}, Cursor: "50"}},
					{"nothing_found", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "turbomachinry", Sort: "relevance"}}},
					{"code", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "SY-JB-2026-01-000777"}}},
					{"facets", challenges.SearchInput{Facets: true}},
					{"facets_of_a_chain", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Chain: "general_machinery"}, Facets: true}},
					{"facets_of_words", challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: "系统"}, Facets: true}},
				} {
					b.Run(r.name, func(b *testing.B) {
						in := r.in
						in.Limit = 20
						if in.Sort == "" {
							in.Sort = "newest"
						}
						if in.Cursor != "" { // a thousand lines down the list
							in.Cursor = ""
							for range 50 {
								in.Cursor = page(b, s, &in).Next
							}
						}
						for b.Loop() {
							page(b, s, &in)
						}
					})
				}
				b.Run("one", func(b *testing.B) {
					for b.Loop() {
						err := s.Read(b.Context(), models.Who{}, func(tx *models.Tx) error {
							_, err := challenges.Show(tx, &challenges.ShowInput{ID: last})
							return err
						})
						if err != nil {
							b.Fatal(err)
						}
					}
				})
			})
		}
	}
}

func page(b testing.TB, s *models.Store, in *challenges.SearchInput) (page *challenges.ChallengePage) {
	b.Helper()
	err := s.Read(b.Context(), models.Who{}, func(tx *models.Tx) (err error) {
		page, err = challenges.Search(tx, in)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return page
}
