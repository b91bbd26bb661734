package challenges_test

import (
	"net/http"
	"strings"
	"testing"

	"jiebang/api/challenges"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// A challenge keeps the tag and the word it was published with, whatever the catalogues do
// later; after a merge both terms find it, and it says what stands for the old one.
func TestTagsOfOldChallenges(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t) // the challenge has no history
		operator := w.Operator()
		version := func(code, from, bearing string) string {
			var c struct{ ID string }
			w.Do(operator, "POST", "/catalogues", map[string]any{"kind": "domain", "code": code, "name_zh": "领域", "valid_from": from, "terms": []map[string]any{
				{"code": "MFG", "name_zh": "制造"}, {"code": "MFG.bearing", "name_zh": bearing, "parent": "MFG"}, {"code": "MFG.rotor", "name_zh": "转子系统", "parent": "MFG"}}}).Must(http.StatusCreated).JSON(&c)
			w.Do(operator, "POST", "/catalogues/"+c.ID+"/publish", nil).Must(http.StatusOK)
			return "/catalogues/" + c.ID
		}
		version("D-2025", "2025-01-01", "滚动轴承")
		org, _ := w.Org("Firm", "enterprise")
		c := models.NewChallenge()
		w.Write(func(tx *models.Tx) error {
			deadline := tx.Now.AddDate(0, 2, 0)
			c.Code, c.Title, c.Type, c.Competition, c.Owner, c.Region, c.Need = "SY-JB-2026-01-0001", "磁悬浮支承研制", "tech_breakthrough", "single", org.ID, "210100", "研制控制器"
			c.Tags, c.PublishedAt, c.Deadline, c.OpenAt = models.J([]string{"MFG.bearing"}), &tx.Now, &deadline, &deadline
			c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.ChallengePublished, 1, tx.Now, tx.Now
			if err := tx.Plant(c); err != nil {
				return err
			}
			return challenges.Index(tx, c)
		})
		shown := "/challenges/" + string(c.ID)
		newer := version("D-2026", "2026-01-01", "轴承与支承")
		w.Run(t, apitest.Row{Name: "a later word does not change it", Method: "GET", Path: shown, Status: 200, Has: []string{`"MFG.bearing"`, "滚动轴承"}, Lacks: []string{"轴承与支承", "merged_into"}},
			apitest.Row{Name: "nor in the list", Method: "GET", Path: "/challenges", Status: 200, Has: []string{"滚动轴承"}, Lacks: []string{"轴承与支承"}},
			apitest.Row{Name: "merge", As: operator, Method: "POST", Path: newer + "/merge", Body: map[string]string{"from": "MFG.bearing", "into": "MFG.rotor", "reason": "同一方向"}, Status: 200,
				Has: []string{`"merged_into":"MFG.rotor"`}, Events: []models.Action{models.CatalogueMerge}})
		w.Deliver()
		found := string(c.ID)
		w.Run(t, apitest.Row{Name: "it keeps its tag", Method: "GET", Path: shown, Status: 200, Has: []string{`"MFG.bearing"`, "滚动轴承", "merged_into", "转子系统"}},
			apitest.Row{Name: "the new term finds it", Method: "GET", Path: "/challenges?tag=MFG.rotor", Status: 200, Has: []string{found}},
			apitest.Row{Name: "the old term finds it", Method: "GET", Path: "/challenges?tag=MFG.bearing", Status: 200, Has: []string{found}},
			apitest.Row{Name: "so does the group", Method: "GET", Path: "/challenges?tag=MFG", Status: 200, Has: []string{found}},
			apitest.Row{Name: "and the new word", Method: "GET", Path: "/challenges?q=" + "%E8%BD%AC%E5%AD%90%E7%B3%BB%E7%BB%9F", Status: 200, Has: []string{found}},
			apitest.Row{Name: "and it is counted under the new term", Method: "GET", Path: "/challenges?facets=true", Status: 200, Has: []string{`"value":"MFG.rotor"`}, Lacks: []string{`"value":"MFG.bearing"`}})
		w.Write(func(tx *models.Tx) error {
			wrong, err := tx.Miscounted()
			if len(wrong) > 0 {
				t.Errorf("kept counts: %s", strings.Join(wrong, "; "))
			}
			return err
		})
	})
}
