package batches_test

import (
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func batch(region, code string, no int) map[string]any {
	return map[string]any{"region": region, "region_code": code, "year": 2026, "no": no, "title": "2026 年揭榜挂帅批次"}
}

func TestBatches(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		officer, other, stranger, operator := w.Officer("officer", "210100"), w.Officer("elsewhere", "110000"), w.Person("stranger"), w.Operator()
		bad := batch("2101", "sy", 2)
		bad["criteria"] = []map[string]any{
			{"code": "a", "name_zh": "甲", "name_en": "", "weight": 60, "guidance": ""},
			{"code": "a", "name_zh": " ", "name_en": "", "weight": 30, "guidance": ""}}
		bad["weights"] = map[string]int{"panel": 0, "owner": 50, "match": 40}
		bad["panel"] = map[string]any{"size": 6, "reserves": 0, "per_unit": 9, "technology_share": 100, "need_industry": true, "need_finance_or_law": false, "experts_per_bid": 2}
		good := batch("210100", "SY", 2)
		good["weights"] = map[string]int{"panel": 100, "owner": 0, "match": 0}
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/batches", Body: batch("210100", "SY", 1), Status: 401},
			apitest.Row{Name: "stranger", As: stranger, Method: "POST", Path: "/batches", Body: batch("210100", "SY", 1), Status: 403},
			apitest.Row{Name: "officer of another region", As: other, Method: "POST", Path: "/batches", Body: batch("210100", "SY", 1), Status: 422, Has: []string{"batch.not_your_region"}},
			apitest.Row{Name: "bad fields", As: officer, Method: "POST", Path: "/batches", Body: bad, Status: 422,
				Has: []string{"batch.bad_region", "batch.bad_region_code", "batch.criteria_sum", "criteria[1].code", "criteria[1].name_zh", "batch.weights_sum",
					"batch.no_panel", "batch.panel_size", "batch.panel_per_unit", "batch.experts_per_bid", "batch.panel_mix"}},
			apitest.Row{Name: "too long a publicity", As: officer, Method: "POST", Path: "/batches",
				Body: func() map[string]any { b := batch("210100", "SY", 1); b["publicity_days"] = 16; return b }(), Status: 422, Has: []string{"publicity_days"}},
			apitest.Row{Name: "ok with the rules of the house", As: officer, Method: "POST", Path: "/batches", Body: batch("210100", "SY", 1), Status: 201,
				Has: []string{`"size":7`, `"publicity_days":5`, `"code":"indicators"`, `"batch.edit"`}, Events: []models.Action{models.BatchCreate}},
			apitest.Row{Name: "twice", As: officer, Method: "POST", Path: "/batches", Body: batch("210100", "SX", 1), Status: 409, Has: []string{"batch.exists"}},
			apitest.Row{Name: "the code of another region", As: operator, Method: "POST", Path: "/batches", Body: batch("210200", "SY", 1), Status: 409, Has: []string{"batch.code_taken"}},
			apitest.Row{Name: "list", Method: "GET", Path: "/batches", Status: 200, Has: []string{`"region_code":"SY"`, `"actions":[]`}},
		)
		var b struct {
			ID      models.BatchID
			Version int64
		}
		w.Do(officer, "POST", "/batches", batch("210100", "SY", 3)).Must(http.StatusCreated).JSON(&b)
		path := "/batches/" + string(b.ID)
		v1, v2 := []string{"If-Match", `"1"`}, []string{"If-Match", `"2"`}
		w.Run(t,
			apitest.Row{Name: "edit by an officer of another region", As: other, Method: "PUT", Path: path, Body: good, Header: v1, Status: 403},
			apitest.Row{Name: "edit", As: officer, Method: "PUT", Path: path, Body: good, Header: v1, Status: 200, Has: []string{`"panel":100`, `"version":2`}, Events: []models.Action{models.BatchEdit}},
			apitest.Row{Name: "edit an old version", As: officer, Method: "PUT", Path: path, Body: good, Header: v1, Status: 412},
			apitest.Row{Name: "moved out of the region", As: officer, Method: "PUT", Path: path, Body: batch("110000", "BJ", 3), Header: v2, Status: 422, Has: []string{"batch.not_your_region"}},
		)
		org, admin := w.Org("Pump", "enterprise")
		err := w.Store.Write(t.Context(), admin.Who, func(tx *models.Tx) error { // a code is what publication gives
			parent, err := tx.OrgFor(models.ChallengeDraft, org.ID)
			if err != nil {
				return err
			}
			c := models.NewChallenge()
			c.Owner, c.Region, c.Batch, c.Code = org.ID, "210100", b.ID, "SY-JB-2026-3-0001"
			return tx.Make(models.ChallengeDraft, parent, c, models.Note{})
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Run(t,
			apitest.Row{Name: "edit when used", As: officer, Method: "PUT", Path: path, Body: good, Header: v2, Status: 409, Has: []string{"batch.in_use"}},
			apitest.Row{Name: "and the button is gone", As: officer, Method: "GET", Path: path, Status: 200, Has: []string{`"actions":["batch.clone"]`}},
		)
	})
}
