package batches_test

import (
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func TestRulesNoticeAndClone(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		officer, other, stranger := w.Officer("officer", "210100"), w.Officer("elsewhere", "110000"), w.Person("stranger")
		body := batch("210100", "SY", 1)
		body["rules"] = map[string]any{"type": "result_conversion", "selection_mode": "panel_reviewed", "blind": "names", "max_bids_per_org": 2}
		// Published on Monday 16 March 2026 at 09:00; bids until Friday 24 April, 17:00, over Qingming.
		body["dates"] = map[string]any{"publish_on": "2026-03-16T01:00:00Z", "bid_deadline": "2026-04-24T09:00:00Z"}
		wrong := batch("210100", "SY", 2)
		wrong["dates"] = map[string]any{"publish_on": "2026-05-16T01:00:00Z", "bid_deadline": "2026-04-24T09:00:00Z"}
		var b struct {
			ID    models.BatchID
			Dates models.BatchDates
		}
		w.Do(officer, "POST", "/batches", body).Must(201).JSON(&b)
		path := "/batches/" + string(b.ID)
		notice := map[string]any{"notice": "拟发布高端装备成果转化榜单", "publish_on": "2026-03-20T01:00:00Z"}
		clone := map[string]any{"year": 2026, "no": 3, "title": "2026 年第三批", "publish_on": "2026-09-14T01:00:00Z"}
		w.Run(t,
			apitest.Row{Name: "dates out of order", As: officer, Method: "POST", Path: "/batches", Body: wrong, Status: 422, Has: []string{"batch.dates_order", "dates.bid_deadline"}},
			apitest.Row{Name: "rules are public", Method: "GET", Path: path, Status: 200, Has: []string{`"blind":"names"`, `"max_bids_per_org":2`}},
			apitest.Row{Name: "announced by a stranger", As: stranger, Method: "POST", Path: path + "/announce", Body: notice, Status: 403},
			apitest.Row{Name: "announced by an officer of another region", As: other, Method: "POST", Path: path + "/announce", Body: notice, Status: 403},
			apitest.Row{Name: "announced for the past", As: officer, Method: "POST", Path: path + "/announce", Body: map[string]any{"notice": "预告一则", "publish_on": "2020-01-01T00:00:00Z"}, Status: 422, Has: []string{"batch.notice_past"}},
			apitest.Row{Name: "announced", As: officer, Method: "POST", Path: path + "/announce", Body: notice, Status: 200, Has: []string{"announced_at"}, Events: []models.Action{models.BatchAnnounce}},
			apitest.Row{Name: "in public", Method: "GET", Path: "/batches", Status: 200, Has: []string{"拟发布高端装备成果转化榜单", "2026-03-20T01:00:00Z"}},
			apitest.Row{Name: "cloned by an officer of another region", As: other, Method: "POST", Path: path + "/clone", Body: clone, Status: 403},
			apitest.Row{Name: "cloned under a number in use", As: officer, Method: "POST", Path: path + "/clone", Body: map[string]any{"year": 2026, "no": 1, "title": "2026 年第一批"}, Status: 409, Has: []string{"batch."}},
			apitest.Row{Name: "cloned", As: officer, Method: "POST", Path: path + "/clone", Body: clone, Status: 201, Has: []string{`"cloned_from":"` + string(b.ID), `"blind":"names"`, "2026-09-14T01:00:00Z"},
				Lacks: []string{"announced_at"}, Events: []models.Action{models.BatchClone}},
		)
		var all struct {
			Batches []struct {
				No    int
				Dates models.BatchDates
			}
		}
		w.Do(stranger, "GET", "/batches", nil).JSON(&all)
		for _, c := range all.Batches {
			if c.No == 3 { // 24 working days after 20 March; in September and October the Mid-Autumn and National Day holidays lie between
				at := c.Dates.Deadline.In(time.FixedZone("CST", 8*3600))
				if wd := at.Weekday(); wd == time.Sunday || wd == time.Saturday && at.Day() != 10 || at.Hour() != 17 || !at.After(time.Date(2026, 10, 17, 0, 0, 0, 0, at.Location())) {
					t.Errorf("the deadline was moved to %v", at)
				}
			}
		}
	})
}
