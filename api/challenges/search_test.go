package challenges_test

import (
	"context"
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
	"jiebang/matching/text"
	"jiebang/models"
)

// sample plants the demo's challenges as published ones, past the table, and returns what
// each is searched by.
func sample(t *testing.T, s *models.Store) map[models.ChallengeID]string {
	t.Helper()
	dbtest.Wrecked(t) // the challenges have no history
	set, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := map[models.ChallengeID]string{}
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	err = s.Write(context.Background(), models.System, func(tx *models.Tx) error {
		owner := models.NewOrg()
		owner.Name, owner.Kind, owner.Region, owner.USCC = "沈阳浑河透平装备股份有限公司", "enterprise", "210100", "91210106DEM001009N"
		owner.State, owner.Version, owner.CreatedAt, owner.UpdatedAt = models.OrgVerified, 1, at, at
		if err := tx.Plant(owner); err != nil {
			return err
		}
		for i, d := range set.Challenges {
			c := models.NewChallenge()
			published, deadline := at.AddDate(0, 0, -i), at.AddDate(0, 0, 60-i)
			c.Code, c.Title, c.Type, c.Competition = fmt.Sprintf("SY-JB-2026-01-%04d", i+1), d.Title, d.Type, map[bool]string{true: "horse_race", false: "single"}[d.CompetitionMode == "horse_race"]
			c.Owner, c.Region, c.City, c.Chain, c.Background, c.Need = owner.ID, "210100", d.Owner.City, d.IndustryChain, d.Background, d.Need
			c.Tags, c.Codes = models.J(d.DomainTags), models.J(models.Codes{IPC: d.IPC, GBT4754: d.GBT4754})
			c.Deliverables, c.BountyFen = models.J(d.Deliverables), models.Fen(d.BountyWan)*models.Wan
			c.PublishedAt, c.Deadline, c.OpenAt = &published, &deadline, &deadline
			c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.ChallengePublished, 1, at, at
			if err := tx.Plant(c); err != nil {
				return err
			}
			if err := challenges.Index(tx, c); err != nil {
				return err
			}
			words[c.ID] = strings.Join(append(append(append([]string{c.Code, c.Title, c.City, c.Background, c.Need}, d.Deliverables...), append(d.IPC, d.GBT4754...)...), owner.Name), "\n。\n")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// asked are what people type: two characters, whole terms, English, mixed, codes, one
// character, quotes, and things that are not there.
var asked = []string{
	"轴承", "磁悬浮", "磁悬浮轴承", "控制", "压缩机", "离心压缩机", "晶圆", "石英玻璃", "高纯", "电池", "半固态电池", "碳纤维", "T1100", "t1100", "C919", "复合材料",
	"MW", "110MW", "110 MW", "10–18MW", "F16C", "F16C 32/04", "F04D", "C3442", "SY-JB-2026-01-0001", "SY-JB-2026-01", "JB", "0007", "泵", "钢", "盾构", "主轴承",
	"“磁悬浮轴承”", `"磁悬浮轴承及控制"`, "轴承 控制", "控制 轴承", "碳化硅", "碳化硅 生长", "8英寸", "机器人", "沈阳", "沈阳市", "浑河透平", "the", "CT", "CT球管", "针筒", "聚氨酯",
	"自动舵", "孪生", "数字孪生", "样机", "第三方检测", "量子引力", "不存在的词", "研制", "1.5", "0.5", "2MW级", "汽车", "航空", "样机 不存在", "'; drop table", "%", "*", "NEAR(a b)", "AND", "\\", "a OR b",
}

func TestSearchFindsTheSameEverywhere(t *testing.T) {
	answers := map[string]map[string][]string{}
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		words := sample(t, s)
		answers[s.Dialect()] = map[string][]string{}
		found := 0
		for _, q := range asked {
			got := codesFor(t, s, &challenges.SearchInput{ChallengeQuery: challenges.ChallengeQuery{Q: q, Sort: "newest"}, Limit: 100})
			answers[s.Dialect()][q] = got
			want := 0
			for _, w := range words {
				if holds(w, q) {
					want++
				}
			}
			if len(got) != want {
				t.Errorf("%q: %d found, %d hold it: %v", q, len(got), want, got)
			}
			if len(got) > 0 {
				found++
			}
		}
		if found < 45 {
			t.Errorf("only %d of %d questions find anything", found, len(asked))
		}
	})
	if a, b := answers["sqlite"], answers["postgres"]; b != nil {
		for _, q := range asked {
			if !slices.Equal(a[q], b[q]) {
				t.Errorf("%q: SQLite finds %v, PostgreSQL %v", q, a[q], b[q])
			}
		}
	}
}

// holds is the search as brute force says it: every phrase stands in the words of one text.
func holds(words, q string) bool {
	tokens := text.SearchTokens(words)
	phrases := text.SearchQuery(q)
	for _, p := range phrases {
		if !slices.ContainsFunc(starts(tokens, len(p)), func(i int) bool {
			if text.Prefix(p) {
				return strings.HasPrefix(tokens[i], p[0])
			}
			return slices.Equal(tokens[i:i+len(p)], p)
		}) {
			return false
		}
	}
	return len(phrases) > 0
}

func starts(tokens []string, n int) []int {
	list := []int{}
	for i := 0; i+n <= len(tokens); i++ {
		list = append(list, i)
	}
	return list
}

func codesFor(t testing.TB, s *models.Store, in *challenges.SearchInput) []string {
	t.Helper()
	list := []string{}
	err := s.Read(t.Context(), models.Who{}, func(tx *models.Tx) error {
		page, err := challenges.Search(tx, in)
		if err == nil {
			for _, c := range page.Items {
				list = append(list, c.Code)
			}
		}
		return err
	})
	if err != nil {
		t.Fatalf("%+v: %v", in, err)
	}
	return list
}

// TestPages walks every order under several filters in pages of seven: each challenge comes
// once, in order, and the filters hold.
func TestPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		sample(t, s)
		for _, sort := range []string{"newest", "deadline", "bounty"} {
			for name, q := range map[string]challenges.ChallengeQuery{
				"all": {}, "chain": {Chain: "general_machinery"}, "race": {Competition: "horse_race"}, "tag": {Tag: "MFG.bearing"}, "words": {Q: "系统"},
				"both": {Q: "系统", Chain: "general_machinery"}, "rich": {BountyMin: 1000 * models.Wan}, "between": {BountyMin: 500 * models.Wan, BountyMax: 2000 * models.Wan},
				"soon": {DeadlineBefore: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)}, "late": {DeadlineAfter: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)},
				"nobody": {City: "上海市"}, "state": {State: []string{"published"}}, "other state": {State: []string{"awarded", "failed"}},
			} {
				q.Sort = sort
				whole := items(t, s, q, 100, "")
				want := whole.Items
				got, cursor := []challenges.ChallengeCard{}, ""
				for range 20 {
					page := items(t, s, q, 7, cursor)
					got = append(got, page.Items...)
					if cursor = page.Next; cursor == "" {
						break
					}
				}
				if len(got) != len(want) || whole.Next != "" {
					t.Fatalf("%s by %s: %d in pages, %d at once", name, sort, len(got), len(want))
				}
				for i := range got {
					if got[i].ID != want[i].ID {
						t.Fatalf("%s by %s: line %d differs", name, sort, i)
					}
					if i > 0 && !inOrder(sort, got[i-1], got[i]) {
						t.Errorf("%s by %s: %s stands before %s", name, sort, got[i-1].Code, got[i].Code)
					}
				}
				if empty := name == "nobody" || name == "other state"; (len(got) == 0) != empty {
					t.Errorf("%s by %s: %d found", name, sort, len(got))
				}
			}
		}
	})
}

func inOrder(sort string, a, b challenges.ChallengeCard) bool {
	switch sort {
	case "deadline":
		return !a.Deadline.After(*b.Deadline)
	case "bounty":
		return a.BountyFen >= b.BountyFen
	}
	return a.PublishedAt.After(*b.PublishedAt)
}

func items(t *testing.T, s *models.Store, q challenges.ChallengeQuery, limit int, cursor string) *challenges.ChallengePage {
	t.Helper()
	var page *challenges.ChallengePage
	err := s.Read(t.Context(), models.Who{}, func(tx *models.Tx) (err error) {
		page, err = challenges.Search(tx, &challenges.SearchInput{ChallengeQuery: q, Facets: true, Limit: limit, Cursor: cursor})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// TestFacets holds the counts to the lists they stand for.
func TestFacets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		sample(t, s)
		for name, q := range map[string]challenges.ChallengeQuery{"all": {}, "chain": {Chain: "general_machinery"}, "words": {Q: "系统"}, "tag": {Tag: "MFG.bearing", Competition: "horse_race"}} {
			page := items(t, s, q, 100, "")
			if int(page.Facets.Total) != len(page.Items) || page.Facets.TotalCapped || len(page.Facets.Capped) != 0 {
				t.Errorf("%s: total %d, %d lines", name, page.Facets.Total, len(page.Items))
			}
			for axis, list := range map[string][]challenges.ChallengeCount{"chain": page.Facets.Chain, "tag": page.Facets.Tag, "city": page.Facets.City, "competition": page.Facets.Competition} {
				if len(list) == 0 {
					t.Errorf("%s: no counts of %s", name, axis)
				}
				for _, n := range list {
					narrowed := q
					switch axis {
					case "chain":
						narrowed.Chain = n.Value
					case "tag":
						narrowed.Tag = n.Value
					case "city":
						narrowed.City = n.Value
					case "competition":
						narrowed.Competition = n.Value
					}
					if got := items(t, s, narrowed, 100, ""); len(got.Items) != int(n.Count) {
						t.Errorf("%s: %s=%s counts %d, lists %d", name, axis, n.Value, n.Count, len(got.Items))
					}
				}
			}
		}
	})
}

func TestExport(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		body := s.whole()
		body["title"] = "=HYPERLINK(1)大功率轴承研制"
		s.published(body)
		csv := w.Do(apitest.Person{}, "GET", "/challenges?format=csv", nil).Must(http.StatusOK)
		if got := string(csv.Body); !strings.Contains(got, "'=HYPERLINK(1)") || strings.Contains(got, "\n=") || strings.Contains(got, ",=") ||
			!strings.HasPrefix(got, "\ufeff") || !strings.Contains(got, ",300,否,24,") {
			t.Errorf("the table is %q", got)
		}
		if kind := csv.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/csv") {
			t.Errorf("kind %q", kind)
		}
		w.Run(t,
			apitest.Row{Name: "json", Method: "GET", Path: "/challenges?format=json&q=" + url.QueryEscape("轴承"), Status: 200, Has: []string{"SY-JB-2026-01-0001"}},
			apitest.Row{Name: "filtered", Method: "GET", Path: "/challenges?format=json&city=X", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "unknown format", Method: "GET", Path: "/challenges?format=xls", Status: 422},
			apitest.Row{Name: "foreign cursor", Method: "GET", Path: "/challenges?cursor=abc", Status: 422},
			apitest.Row{Name: "range upside down", Method: "GET", Path: "/challenges?bounty_min=5&bounty_max=4", Status: 422},
			apitest.Row{Name: "unknown state", Method: "GET", Path: "/challenges?state=draft", Status: 422},
			apitest.Row{Name: "facets", Method: "GET", Path: "/challenges?facets=true", Status: 200, Has: []string{`"total":1`, `"value":"MFG"`, `"name":"先进制造"`, `"value":"MFG.bearing"`}},
			apitest.Row{Name: "group of tags", Method: "GET", Path: "/challenges?tag=MFG&sort=deadline", Status: 200, Has: []string{"SY-JB-2026-01-0001"}},
			apitest.Row{Name: "nothing to search for", Method: "GET", Path: "/challenges?q=" + url.QueryEscape("…?!"), Status: 200, Has: []string{`"items":[]`}},
		)
		if a := w.Do(apitest.Person{}, "GET", "/challenges?facets=true&q="+url.QueryEscape("轴承")+"&state=published&limit=5", nil).Must(200); !strings.Contains(string(a.Body), "SY-JB-2026-01-0001") {
			t.Errorf("%s", a.Body)
		}
	})
}
