package needs_test

import (
	"fmt"
	"strings"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func expert(w *apitest.World, login string, org models.OrgID) (string, apitest.Person) {
	p := w.Person(login)
	e := models.NewExpert()
	w.Write(func(tx *models.Tx) error {
		e.Code, e.User, e.Name, e.Kind, e.Unit, e.Org, e.YearlyCap = strings.ToUpper(login), p.User, login, "technology", "Elsewhere", org, 10
		e.Life = models.Life{State: models.ExpertActive, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
		return tx.Plant(e)
	})
	return string(e.ID), p
}

func TestLife(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		org, owner := w.Org("Needy", "enterprise")
		rival, stranger := w.Org("Rival", "enterprise")
		_ = rival
		officer, far := w.Officer("boss", "210000"), w.Officer("far", "110000")
		e1, p1 := expert(w, "one", "")
		e2, p2 := expert(w, "two", "")
		e3, p3 := expert(w, "three", "")
		silent, mute := expert(w, "silent", "")
		near, _ := expert(w, "near", org.ID)
		var n, c map[string]any
		begin := func(title string) string {
			n = w.Do(owner, "POST", "/orgs/"+string(org.ID)+"/needs", map[string]any{"title": title}).Must(201).Map()
			return "/needs/" + n["id"].(string)
		}
		at := begin("高速主轴温升控制")
		whole := map[string]any{"title": "高速主轴温升控制", "publish": true, "summary": "主轴在高速下发热", "problem": "主轴在 12000 转下温升过大，影响加工精度。",
			"total_fen": 100, "owner_fen": 50, "contact": map[string]any{"name": "甲", "phone": "024-1234567"},
			"indicators": []any{map[string]any{"name": "温升", "op": "<=", "value": 8, "unit": "K"}}}
		reason := map[string]any{"reason": "请补充测试方法"}
		sheet := map[string]any{"necessity": 80, "innovation": 70, "feasibility": 60, "benefit": 91, "verdict": "approve", "opinion": "必要且可行，建议列入榜单。"}
		w.Run(t,
			apitest.Row{Name: "a stranger sees no draft", As: stranger, Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "nor the office", As: officer, Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "empty", As: owner, Method: "POST", Path: at + "/submit", Status: 422, Has: []string{`"problem"`, `"contact.name"`, `"contact.phone"`}},
			apitest.Row{Name: "save", As: owner, Method: "PUT", Path: at, Body: whole, Header: []string{"If-Match", `"1"`}, Status: 200, Has: []string{`"no_test_method"`}, Events: []models.Action{models.NeedEdit}},
			apitest.Row{Name: "the score", As: owner, Method: "GET", Path: at + "/quality", Status: 200, Has: []string{`"score":`, `"indicators[0].test_method"`}},
			apitest.Row{Name: "the forecast", As: owner, Method: "GET", Path: at + "/forecast", Status: 200, Has: []string{`"teams":`}},
			apitest.Row{Name: "submit", As: owner, Method: "POST", Path: at + "/submit", Status: 200, Has: []string{`"ND00001"`}, Events: []models.Action{models.NeedSubmit}},
			apitest.Row{Name: "twice", As: owner, Method: "POST", Path: at + "/submit", Status: 409},
			apitest.Row{Name: "another province does not see it", As: far, Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "nor the public", Method: "GET", Path: "/needs", Status: 200, Lacks: []string{"主轴"}},
			apitest.Row{Name: "the desk of the office", As: officer, Method: "GET", Path: "/desk/needs?sort=quality", Status: 200, Has: []string{"ND00001"}},
			apitest.Row{Name: "the desk of a stranger", As: stranger, Method: "GET", Path: "/desk/needs", Status: 200, Lacks: []string{"ND00001"}},
			apitest.Row{Name: "the owner does not decide", As: owner, Method: "POST", Path: at + "/refine", Body: reason, Status: 403},
			apitest.Row{Name: "refine", As: officer, Method: "POST", Path: at + "/refine", Body: reason, Status: 200, Events: []models.Action{models.NeedRefine}},
			apitest.Row{Name: "comment", As: officer, Method: "POST", Path: at + "/comments", Body: map[string]any{"text": "用什么标准测试？", "field": "indicators"}, Status: 200, Events: []models.Action{models.NeedComment}},
		)
		w.Do(owner, "GET", at, nil).Must(200).JSON(&n)
		comment := n["comments"].([]any)[0].(map[string]any)["id"].(string)
		first := n["content"].(map[string]any)["indicators"].([]any)[0].(map[string]any)
		first["test_method"], first["tested_by"] = "GB/T 17421", "检测中心"
		whole["indicators"] = []any{first}
		w.Run(t,
			apitest.Row{Name: "resolve", As: owner, Method: "POST", Path: at + "/comments/" + comment + "/resolve", Status: 200, Events: []models.Action{models.NeedResolve}},
			apitest.Row{Name: "resolve twice", As: owner, Method: "POST", Path: at + "/comments/" + comment + "/resolve", Status: 409},
			apitest.Row{Name: "mend", As: owner, Method: "PUT", Path: at, Body: whole, Header: []string{"If-Match", `"6"`}, Status: 200, Lacks: []string{"no_test_method"}, Has: []string{first["id"].(string)}, Events: []models.Action{models.NeedEdit}},
			apitest.Row{Name: "again", As: owner, Method: "POST", Path: at + "/submit", Status: 200, Events: []models.Action{models.NeedSubmit}},
			apitest.Row{Name: "an expert of the owner", As: officer, Method: "POST", Path: at + "/experts", Body: map[string]any{"experts": []string{near}}, Status: 422, Has: []string{"need.expert_conflict"}},
			apitest.Row{Name: "not named, not seen", As: p1, Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "name", As: officer, Method: "POST", Path: at + "/experts", Body: map[string]any{"experts": []string{e1, silent}}, Status: 200, Has: []string{`"named":2`, `"least":3`}, Events: []models.Action{models.NeedArgue}},
			apitest.Row{Name: "name twice", As: officer, Method: "POST", Path: at + "/experts", Body: map[string]any{"experts": []string{e1}}, Status: 422, Has: []string{"need.expert_twice"}},
			apitest.Row{Name: "the expert sees it, not the talk", As: p1, Method: "GET", Path: at, Status: 200, Lacks: []string{"用什么标准", "024-1234567"}},
			apitest.Row{Name: "too early", As: officer, Method: "POST", Path: at + "/approve", Body: reason, Status: 409, Has: []string{"need.not_argued"}},
			apitest.Row{Name: "the owner does not score", As: owner, Method: "POST", Path: at + "/opinion", Body: sheet, Status: 403},
			apitest.Row{Name: "score", As: p1, Method: "POST", Path: at + "/opinion", Body: sheet, Status: 200, Lacks: []string{`"need.score"`}, Events: []models.Action{models.NeedScore}},
			apitest.Row{Name: "score twice", As: p1, Method: "POST", Path: at + "/opinion", Body: sheet, Status: 409, Has: []string{"need.scored_already"}},
			apitest.Row{Name: "one is silent", As: officer, Method: "POST", Path: at + "/approve", Body: reason, Status: 409, Has: []string{"need.not_argued", "1 sheets"}},
			apitest.Row{Name: "the owner replaces nobody", As: owner, Method: "POST", Path: at + "/experts/" + silent + "/replace", Body: map[string]any{"by": e2, "reason": "逾期未交"}, Status: 403},
			apitest.Row{Name: "nor one whose sheet is in", As: officer, Method: "POST", Path: at + "/experts/" + e1 + "/replace", Body: map[string]any{"by": e2, "reason": "逾期未交"}, Status: 409, Has: []string{"need.not_awaited"}},
			apitest.Row{Name: "not by an expert of the owner, nor without a word", As: officer, Method: "POST", Path: at + "/experts/" + silent + "/replace", Body: map[string]any{"by": near, "reason": "短"}, Status: 422, Has: []string{"need.expert_conflict", `"reason"`}},
			apitest.Row{Name: "replace the silent one", As: officer, Method: "POST", Path: at + "/experts/" + silent + "/replace", Body: map[string]any{"by": e2, "reason": "逾期未交"}, Status: 200, Has: []string{`"released":true`, "逾期未交"}, Events: []models.Action{models.NeedReplace}},
			apitest.Row{Name: "replace him twice", As: officer, Method: "POST", Path: at + "/experts/" + silent + "/replace", Body: map[string]any{"reason": "逾期未交"}, Status: 409, Has: []string{"need.not_awaited"}},
			apitest.Row{Name: "he sees it no more", As: mute, Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "nor scores it", As: mute, Method: "POST", Path: at + "/opinion", Body: sheet, Status: 404},
			apitest.Row{Name: "the second", As: p2, Method: "POST", Path: at + "/opinion", Body: sheet, Status: 200, Lacks: []string{"逾期未交"}, Events: []models.Action{models.NeedScore}},
			apitest.Row{Name: "too few", As: officer, Method: "POST", Path: at + "/approve", Body: reason, Status: 409, Has: []string{"need.too_few_sheets"}},
			apitest.Row{Name: "one more", As: officer, Method: "POST", Path: at + "/experts", Body: map[string]any{"experts": []string{e3}}, Status: 200, Events: []models.Action{models.NeedArgue}},
			apitest.Row{Name: "the third", As: p3, Method: "POST", Path: at + "/opinion", Body: sheet, Status: 200, Events: []models.Action{models.NeedScore}},
			apitest.Row{Name: "no sheet before it is over", As: owner, Method: "GET", Path: at, Status: 200, Lacks: []string{"建议列入榜单"}},
			apitest.Row{Name: "approve", As: officer, Method: "POST", Path: at + "/approve", Body: reason, Status: 200, Events: []models.Action{models.NeedApprove}},
			apitest.Row{Name: "the owner reads the opinion, not the name", As: owner, Method: "GET", Path: at, Status: 200, Has: []string{"建议列入榜单", `"total":75`}, Lacks: []string{`"expert":"one"`}},
			apitest.Row{Name: "title and summary are public", Method: "GET", Path: "/needs", Status: 200, Has: []string{"主轴在高速下发热", `"sheets":3,"average":75`, "请补充测试方法"}, Lacks: []string{"影响加工精度", "Needy"}},
			apitest.Row{Name: "turn", As: owner, Method: "POST", Path: at + "/turn", Status: 200, Has: []string{`"state":"turned"`}, Events: []models.Action{models.NeedTurn, models.NeedTurned}},
			apitest.Row{Name: "turn twice", As: owner, Method: "POST", Path: at + "/turn", Status: 409},
		)
		w.Do(owner, "GET", at, nil).Must(200).JSON(&n)
		w.Do(owner, "GET", fmt.Sprintf("/challenges/%s", n["challenge_id"]), nil).Must(200).JSON(&c)
		if got := c["indicators"].([]any)[0].(map[string]any)["id"]; got != first["id"] {
			t.Errorf("the indicator is %v, was %v", got, first["id"])
		}
		if from := c["from_need"].(map[string]any); from["id"] != n["id"] || from["code"] != "ND00001" {
			t.Errorf("the challenge came from %v", from)
		}
		other := begin("另一项同类需求")
		whole["indicators"] = []any{}
		w.Run(t,
			apitest.Row{Name: "another one", As: owner, Method: "PUT", Path: other, Body: whole, Header: []string{"If-Match", `"1"`}, Status: 200, Events: []models.Action{models.NeedEdit}},
			apitest.Row{Name: "is submitted", As: owner, Method: "POST", Path: other + "/submit", Status: 200, Events: []models.Action{models.NeedSubmit}},
			apitest.Row{Name: "park", As: officer, Method: "POST", Path: other + "/park", Body: reason, Status: 200, Events: []models.Action{models.NeedPark}},
			apitest.Row{Name: "resume", As: officer, Method: "POST", Path: other + "/resume", Body: reason, Status: 200, Events: []models.Action{models.NeedResume}},
			apitest.Row{Name: "merge into itself", As: officer, Method: "POST", Path: other + "/merge", Body: map[string]any{"into": strings.TrimPrefix(other, "/needs/"), "reason": "同类需求"}, Status: 422, Has: []string{"need.merge_self"}},
			apitest.Row{Name: "merge", As: officer, Method: "POST", Path: other + "/merge", Body: map[string]any{"into": strings.TrimPrefix(at, "/needs/"), "reason": "同类需求"}, Status: 200, Events: []models.Action{models.NeedMerge}},
			apitest.Row{Name: "the owner sees where it went", As: owner, Method: "GET", Path: other, Status: 200, Has: []string{"merged_into_title\":\"高速主轴温升控制"}},
		)
	})
}

// TestReturn gives a need back out of the argument, and lets a batch ask for fewer sheets.
func TestReturn(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		org, owner := w.Org("Needy", "enterprise")
		officer := w.Officer("boss", "210000")
		e1, p1 := expert(w, "one", "")
		call := map[string]any{"region": "210000", "region_code": "LN", "year": 2026, "no": 1, "title": "2026 年第一批榜单", "need_sheets": 1, "min_quality": 70}
		b := w.Do(officer, "POST", "/batches", call).Must(201).Map()
		if b["need_sheets"] != 1.0 || b["min_quality"] != 70.0 {
			t.Errorf("the batch is %v", b)
		}
		copied := w.Do(officer, "POST", "/batches/"+b["id"].(string)+"/clone", map[string]any{"year": 2025, "no": 2, "title": "复制的批次"}).Must(201).Map()
		if copied["need_sheets"] != 1.0 || copied["min_quality"] != 70.0 {
			t.Errorf("the copy is %v", copied)
		}
		n := w.Do(owner, "POST", "/orgs/"+string(org.ID)+"/needs", map[string]any{}).Must(201).Map()
		at := "/needs/" + n["id"].(string)
		whole := map[string]any{"title": "轴承在线监测", "problem": "轴承失效前没有可测的征兆，停机损失大。", "contact": map[string]any{"name": "甲", "email": "a@example.com"},
			"bidder_conditions": map[string]any{"in_province_only": true}, "capabilities": []any{map[string]any{"tag": "sensing", "must": true, "min_level": 3}}}
		reason := map[string]any{"reason": "请写明量化指标"}
		sheet := map[string]any{"necessity": 60, "innovation": 60, "feasibility": 60, "benefit": 60, "verdict": "revise", "opinion": "指标不可测，建议修改后再论证。"}
		w.Run(t,
			apitest.Row{Name: "save", As: owner, Method: "PUT", Path: at, Body: whole, Header: []string{"If-Match", `"1"`}, Status: 200, Events: []models.Action{models.NeedEdit}},
			apitest.Row{Name: "the forecast names each condition", As: owner, Method: "GET", Path: at + "/forecast", Status: 200, Has: []string{`"kind":"region"`, `"kind":"capability"`, `"tag":"sensing"`}},
			apitest.Row{Name: "the office has none of a draft", As: officer, Method: "GET", Path: at + "/forecast", Status: 404},
			apitest.Row{Name: "submit", As: owner, Method: "POST", Path: at + "/submit", Status: 200, Events: []models.Action{models.NeedSubmit}},
			apitest.Row{Name: "it waits for the office", As: officer, Method: "GET", Path: "/overview/desk", Status: 200, Has: []string{`"kind":"need.argue"`, "轴承在线监测"}},
			apitest.Row{Name: "return without a word", As: officer, Method: "POST", Path: at + "/return", Body: map[string]any{"reason": " "}, Status: 422, Has: []string{`"reason"`}},
			apitest.Row{Name: "the owner returns nothing", As: owner, Method: "POST", Path: at + "/return", Body: reason, Status: 403},
			apitest.Row{Name: "name", As: officer, Method: "POST", Path: at + "/experts", Body: map[string]any{"experts": []string{e1}}, Status: 200, Has: []string{`"least":1`}, Events: []models.Action{models.NeedArgue}},
			apitest.Row{Name: "it waits for the expert", As: p1, Method: "GET", Path: "/overview/desk", Status: 200, Has: []string{`"kind":"need.score"`}},
			apitest.Row{Name: "score", As: p1, Method: "POST", Path: at + "/opinion", Body: sheet, Status: 200, Events: []models.Action{models.NeedScore}},
			apitest.Row{Name: "no more", As: p1, Method: "GET", Path: "/overview/desk", Status: 200, Lacks: []string{`"kind":"need.score"`}},
			apitest.Row{Name: "it waits for a conclusion", As: officer, Method: "GET", Path: "/overview/desk", Status: 200, Has: []string{`"kind":"need.approve"`}},
			apitest.Row{Name: "return", As: officer, Method: "POST", Path: at + "/return", Body: reason, Status: 200, Has: []string{`"state":"returned"`, "指标不可测"}, Events: []models.Action{models.NeedReturn}},
			apitest.Row{Name: "return twice", As: officer, Method: "POST", Path: at + "/return", Body: reason, Status: 409},
			apitest.Row{Name: "it waits for the owner with the reason", As: owner, Method: "GET", Path: at, Status: 200, Has: []string{"请写明量化指标", "指标不可测", `"need.edit"`, `"need.submit"`}},
			apitest.Row{Name: "on his desk", As: owner, Method: "GET", Path: "/overview/desk", Status: 200, Has: []string{`"kind":"need.submit"`}},
		)
	})
}
