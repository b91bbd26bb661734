package experts_test

import (
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func TestLifeOfAnExpert(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Write(func(tx *models.Tx) error {
			c := models.NewCatalogue()
			c.Kind, c.Code, c.NameZh, c.From = "domain", "V1", "词表", "2020-01-01"
			c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.CataloguePublished, 1, tx.Now, tx.Now
			if err := tx.Plant(c); err != nil {
				return err
			}
			return tx.AddTerms(c, []models.Term{{Code: "MFG.bearing", NameZh: "轴承"}})
		})
		uni, _ := w.Org("Uni", "university")
		tm, _ := w.Team(uni, "Rotor")
		li, stranger, officer, operator := w.Person("li"), w.Person("stranger"), w.Officer("officer", "210000"), w.Operator()
		entry := func() map[string]any {
			return map[string]any{"name": "李评审", "kind": "technology", "unit": "江北大学", "domains": []string{"MFG.bearing"}, "promise": false,
				"away":      []map[string]any{{"from": "2026-03-10", "until": "2026-03-20"}},
				"conflicts": []map[string]any{{"team": string(tm.ID), "reason": "合作项目", "until": "2027-01-01"}}}
		}
		bad := entry()
		bad["name"], bad["domains"], bad["org_id"], bad["discipline"] = " ", []string{"unheard"}, "org_none", "4"
		bad["away"] = []map[string]any{{"from": "2026-03-20", "until": "2026-03-10"}}
		bad["conflicts"] = []map[string]any{{"reason": "x"}, {"team": "tem_none", "reason": " ", "until": "soon"}}
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/experts", Body: entry(), Status: 401},
			apitest.Row{Name: "bad fields", As: li, Method: "POST", Path: "/experts", Body: bad, Status: 422,
				Has: []string{`"name"`, "domains[0]", `"org_id"`, `"discipline"`, "away[0]", "conflicts[0]", "conflicts[1].team", "conflicts[1].reason", "conflicts[1].until"}},
			apitest.Row{Name: "ok", As: li, Method: "POST", Path: "/experts", Body: entry(), Status: 201, Has: []string{`"state":"pending"`, `"yearly_cap":10`, `"轴承"`, `"Rotor"`},
				Events: []models.Action{models.ExpertRegister}},
			apitest.Row{Name: "twice", As: li, Method: "POST", Path: "/experts", Body: entry(), Status: 409, Has: []string{"expert.registered_already"}},
			apitest.Row{Name: "the pool is not public", Method: "GET", Path: "/experts", Status: 401},
			apitest.Row{Name: "nor for everybody", As: stranger, Method: "GET", Path: "/experts", Status: 403},
			apitest.Row{Name: "search", As: officer, Method: "GET", Path: "/experts?q=%E6%B1%9F%E5%8C%97", Status: 200, Has: []string{"李评审"}},
		)
		var me struct{ Expert struct{ ID string } }
		w.Do(li, "GET", "/account", nil).Must(http.StatusOK).JSON(&me)
		path := "/experts/" + me.Expert.ID
		promised := entry()
		promised["promise"], promised["conflicts"] = true, []map[string]any{}
		w.Run(t,
			apitest.Row{Name: "an expert is nobody's to see", As: stranger, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "self", As: li, Method: "GET", Path: path, Status: 200, Has: []string{"expert.edit"}},
			apitest.Row{Name: "verify without the promise", As: officer, Method: "POST", Path: path + "/verify", Body: map[string]any{}, Status: 409, Has: []string{"expert.no_promise"}},
			apitest.Row{Name: "promise", As: li, Method: "PUT", Path: path, Body: promised, Header: []string{"If-Match", `"1"`}, Status: 200, Has: []string{"promised_at"}, Events: []models.Action{models.ExpertEdit}},
			apitest.Row{Name: "verify by himself", As: li, Method: "POST", Path: path + "/verify", Body: map[string]any{}, Status: 403},
			apitest.Row{Name: "verify", As: officer, Method: "POST", Path: path + "/verify", Body: map[string]any{}, Status: 200, Has: []string{`"active"`}, Events: []models.Action{models.ExpertVerify}},
			apitest.Row{Name: "verify twice", As: officer, Method: "POST", Path: path + "/verify", Body: map[string]any{}, Status: 409},
			apitest.Row{Name: "suspend by an officer", As: officer, Method: "POST", Path: path + "/suspend", Body: map[string]string{"reason": "投诉核查"}, Status: 403},
			apitest.Row{Name: "suspend", As: operator, Method: "POST", Path: path + "/suspend", Body: map[string]string{"reason": "投诉核查"}, Status: 200, Has: []string{`"suspended"`}, Events: []models.Action{models.ExpertSuspend}},
			apitest.Row{Name: "back again", As: operator, Method: "POST", Path: path + "/verify", Body: map[string]any{}, Status: 200, Events: []models.Action{models.ExpertVerify}},
		)
		for _, e := range w.EventsAfter(0) {
			if e.Action == models.ExpertEdit && e.Data.V["conflicts_taken_back"] != float64(1) {
				t.Errorf("the trail says %v of a conflict that was taken back", e.Data.V)
			}
		}
		w.Grant(li, "officer", "210000")
		w.Do(operator, "POST", path+"/suspend", map[string]string{"reason": "once more"}).Must(http.StatusOK)
		w.Run(t, apitest.Row{Name: "nor as an officer", As: li, Method: "POST", Path: path + "/verify", Body: map[string]any{}, Status: 403, Has: []string{"expert.own"}})
	})
}
