package challenges_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// doc is a JSON object.
type doc = map[string]any

// stage is a firm with its alliance, the vocabulary, an officer and a batch.
type stage struct {
	*apitest.World
	org                        *models.Org
	owner, officer, elsewhere  apitest.Person
	stranger, auditor, partner apitest.Person
	alliance                   models.AllianceID
	batch                      models.BatchID
}

// clocked signs everybody in again: tokens live shorter than a bidding window.
func (s *stage) clocked() {
	s.owner, s.officer, s.elsewhere = s.SignIn("leader"), s.SignIn("officer"), s.SignIn("elsewhere")
	s.stranger, s.auditor, s.partner = s.SignIn("stranger"), s.SignIn("auditor"), s.SignIn("partner")
}

func set(w *apitest.World) *stage {
	s := &stage{World: w}
	s.org, s.owner = w.Org("Leader", "enterprise")
	var academy *models.Org
	academy, s.partner = w.Org("Partner", "university")
	s.officer, s.elsewhere = w.Officer("officer", "210000"), w.Officer("elsewhere", "330000")
	s.stranger, s.auditor = w.Person("stranger"), w.Grant(w.Person("auditor"), "auditor", "")
	w.Write(func(tx *models.Tx) error {
		for kind, terms := range map[string][]models.Term{
			"chain":      {{Code: "general_machinery", NameZh: "通用机械装备", NameEn: "General machinery"}, {Code: "ic", NameZh: "集成电路"}},
			"domain":     {{Code: "MFG", NameZh: "先进制造"}, {Code: "MFG.bearing", Parent: "MFG", NameZh: "轴承", NameEn: "Bearings"}, {Code: "MFG.pump", Parent: "MFG", NameZh: "泵"}},
			"capability": {{Code: "rotor_dynamics", NameZh: "转子动力学"}, {Code: "test_bench", NameZh: "台架试验"}},
		} {
			cat := models.NewCatalogue()
			cat.Kind, cat.Code, cat.NameZh, cat.From = kind, "T-"+kind, kind, "2020-01-01"
			cat.State, cat.Version, cat.CreatedAt, cat.UpdatedAt = models.CataloguePublished, 1, tx.Now, tx.Now
			if err := tx.Plant(cat); err != nil {
				return err
			}
			if err := tx.AddTerms(cat, terms); err != nil {
				return err
			}
		}
		a := models.NewAlliance()
		a.Code, a.Name, a.Level, a.Tier, a.Leader, a.Region = "AL1", "Turbines", "city", "typical", s.org.ID, "210100"
		a.State, a.Version, a.CreatedAt, a.UpdatedAt = models.AllianceRecognised, 1, tx.Now, tx.Now
		b := models.NewBatch()
		b.Region, b.RegionCode, b.Year, b.No, b.Title = "210100", "SY", 2026, 1, "2026 first"
		b.State, b.Version, b.CreatedAt, b.UpdatedAt = models.BatchOpen, 1, tx.Now, tx.Now
		s.alliance, s.batch = a.ID, b.ID
		if err := tx.Plant(a); err != nil {
			return err
		}
		for org, role := range map[models.OrgID]string{s.org.ID: "enterprise", academy.ID: "academic"} {
			if _, err := tx.AddAllianceMember(a.ID, org, role, 0); err != nil {
				return err
			}
		}
		return tx.Plant(b)
	})
	return s
}

// whole is a document that lacks nothing.
func (s *stage) whole() doc {
	indicator := func(name string, weight int, more doc) doc {
		d := doc{"name": name, "op": ">=", "value": 10, "unit": "MW", "weight": weight, "test_method": "第三方检测", "tested_by": "CNAS 实验室", "baseline": "2 MW"}
		maps.Copy(d, more)
		return d
	}
	return doc{
		"title": "大功率磁悬浮轴承及控制系统研制", "type": "tech_breakthrough", "nature": "chokepoint", "competition_mode": "single",
		"selection_mode": "panel_plus_owner", "alliance_id": s.alliance, "chain": "general_machinery", "tags": []string{"MFG.bearing"},
		"capabilities": []doc{{"tag": "rotor_dynamics", "must": true, "min_level": 3}},
		"codes":        doc{"gbt4754": []string{"C3442"}, "ipc": []string{"F16C 32/04"}, "discipline": []string{"460.40"}},
		"trl_current":  4, "trl_target": 7, "background": "大型离心压缩机仍依赖进口磁悬浮轴承。", "need": "研制五自由度控制器与保护轴承,完成整机联调。",
		"detail":       "内部参数:转子质量 1234 kg",
		"indicators":   []doc{indicator("轴功率", 40, doc{"knockout": true}), indicator("转速", 30, doc{"op": "range", "value": nil, "value_min": 10, "value_max": 18}), indicator("标准", 30, doc{"op": "meets", "value": nil, "value_text": "GB/T 1", "unit": ""})},
		"deliverables": []string{"样机 1 套"}, "bounty_fen": 300_000_000, "total_investment_fen": 400_000_000,
		"funding":     doc{"owner_fen": 350_000_000, "city_fen": 50_000_000},
		"term_months": 24, "milestones": []doc{{"name": "方案", "due_month": 6, "payment_pct": 40, "exit": "指标 1"}, {"name": "验收", "due_month": 24, "payment_pct": 60, "exit": "全部指标"}},
		"ip_terms":          doc{"background": "各自所有", "foreground": "bidder_license", "bidder_rights": "可自行使用"},
		"bidder_conditions": doc{"text": []string{"具有工程应用案例"}}, "confidentiality": "nda",
		"contact": doc{"name": "张工", "phone": "024-12345678"},
	}
}

type thing struct {
	ID      models.ChallengeID `json:"id"`
	Version int64              `json:"version"`
	Code    string             `json:"code"`
	State   string             `json:"state"`
}

// draft makes a draft with the document.
func (s *stage) draft(body doc) thing {
	s.T.Helper()
	var c thing
	s.Do(s.owner, "POST", "/orgs/"+string(s.org.ID)+"/challenges", doc{"title": "x"}).Must(http.StatusCreated).JSON(&c)
	s.Do(s.owner, "PUT", "/challenges/"+string(c.ID), body, "If-Match", `"1"`).Must(http.StatusOK).JSON(&c)
	return c
}

// published takes a draft all the way, closing in 30 days.
func (s *stage) published(body doc) thing {
	s.T.Helper()
	c := s.draft(body)
	path := "/challenges/" + string(c.ID)
	s.Do(s.owner, "POST", path+"/submit", nil).Must(http.StatusOK)
	s.Do(s.officer, "POST", path+"/approve", doc{}).Must(http.StatusOK)
	s.Do(s.officer, "POST", path+"/publish", s.call(30)).Must(http.StatusOK).JSON(&c)
	return c
}

// call is a publication with a window of some days.
func (s *stage) call(days int) doc {
	return doc{"batch": s.batch, "bid_deadline": s.Clock.Now().AddDate(0, 0, days).Format(time.RFC3339)}
}

func TestDraft(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		c := s.draft(s.whole())
		path := "/challenges/" + string(c.ID)
		w.Run(t,
			apitest.Row{Name: "stranger", As: s.stranger, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "officer sees no draft", As: s.officer, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "owner", As: s.owner, Method: "GET", Path: path, Status: 200,
				Has: []string{`"missing":[]`, `"challenge.submit"`, `"trl_current":4`, `"name":"轴承"`, `"max_liability_fen":300000000`, "024-12345678"}},
			apitest.Row{Name: "no version", As: s.owner, Method: "PUT", Path: path, Body: doc{}, Status: 428},
			apitest.Row{Name: "old version", As: s.owner, Method: "PUT", Path: path, Body: doc{}, Header: []string{"If-Match", `"1"`}, Status: 412},
			apitest.Row{Name: "stranger edits", As: s.stranger, Method: "PUT", Path: path, Body: doc{}, Header: []string{"If-Match", `"2"`}, Status: 404},
			apitest.Row{Name: "too long", As: s.owner, Method: "PUT", Path: path, Body: doc{"title": strings.Repeat("长", 61)}, Header: []string{"If-Match", `"2"`}, Status: 422, Has: []string{"title"}},
			apitest.Row{Name: "empty is a draft too", As: s.owner, Method: "PUT", Path: path, Body: doc{}, Header: []string{"If-Match", `"2"`}, Status: 200,
				Has: []string{`"version":3`, `"indicators":[]`}, Events: []models.Action{models.ChallengeEdit}},
			apitest.Row{Name: "check", As: s.owner, Method: "GET", Path: path + "/check", Status: 200, Has: []string{`"ready":false`, `"title"`, `"ip_terms.foreground"`}},
			apitest.Row{Name: "stranger checks", As: s.stranger, Method: "GET", Path: path + "/check", Status: 404},
			apitest.Row{Name: "submit empty", As: s.owner, Method: "POST", Path: path + "/submit", Status: 422,
				Has: []string{"challenge.incomplete", "title", "nature", "alliance_id", "indicators", "milestones", "bounty_fen", "funding.owner_fen", "term_months", "contact.name", "capabilities", "tags"}},
		)
	})
}

// TestFaults breaks a whole document in one place at a time, and the check must name just that.
func TestFaults(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		c := s.draft(s.whole())
		path := "/challenges/" + string(c.ID)
		one := func(key string, n int, change func(doc)) func(doc) {
			return func(d doc) { change(d[key].([]doc)[n]) }
		}
		put := func(key string, value any) func(doc) { return func(d doc) { d[key] = value } }
		for _, r := range []struct {
			name   string
			breaks func(doc)
			paths  string // exactly these, blank-separated
		}{
			{"nothing", func(doc) {}, ""},
			{"short title", put("title", "轴承研制"), "title"},
			{"names the owner", put("title", "LEADER 大功率磁悬浮轴承研制"), "title"},
			{"type", put("type", "other"), "type"},
			{"nature", put("nature", ""), "nature"},
			{"selection", put("selection_mode", "dice"), "selection_mode"},
			{"no alliance", put("alliance_id", ""), "alliance_id"},
			{"unknown alliance", put("alliance_id", "all_aaaaaaaaaaaaaaaaaaaaaaaaaa"), "alliance_id"},
			{"a firm holds no result", put("type", "result_conversion"), "owner"},
			{"chain", put("chain", "steam"), "chain"},
			{"no tags", put("tags", []string{}), "tags"},
			{"group as tag", put("tags", []string{"MFG"}), "tags[0]"},
			{"unknown and doubled tags", put("tags", []string{"MFG.bearing", "X", "MFG.bearing"}), "tags[1] tags[2]"},
			{"capability", one("capabilities", 0, func(n doc) { n["tag"], n["min_level"] = "magic", 0 }), "capabilities[0].tag capabilities[0].min_level"},
			{"codes", put("codes", doc{"gbt4754": []string{"C3442", "3442"}, "sei": []string{"a"}, "discipline": []string{"46"}, "ipc": []string{"F16"}}), "codes.gbt4754[1] codes.sei[0] codes.discipline[0] codes.ipc[0]"},
			{"background", put("background", "短"), "background"},
			{"need", put("need", "太短"), "need"},
			{"trl", put("trl_target", 4), "trl_target"},
			{"deliverables", put("deliverables", []string{" "}), "deliverables"},
			{"weights", one("indicators", 2, func(n doc) { n["weight"] = 31 }), "indicators"},
			{"no knockout", one("indicators", 0, func(n doc) { n["knockout"] = false }), "indicators"},
			{"no tester", one("indicators", 2, func(n doc) { n["tested_by"] = "" }), "indicators[2].tested_by"},
			{"range", one("indicators", 1, func(n doc) { n["value_max"] = 10 }), "indicators[1].value_max"},
			{"no value", one("indicators", 0, func(n doc) { n["value"] = nil }), "indicators[0].value"},
			{"no unit", one("indicators", 0, func(n doc) { n["unit"] = "" }), "indicators[0].unit"},
			{"not numeric", one("indicators", 1, func(n doc) { n["op"], n["value_text"], n["value_min"], n["value_max"] = "meets", "x", nil, nil }), "indicators"},
			{"bounty above total", put("bounty_fen", 400_000_001), "bounty_fen"},
			{"no bounty", put("bounty_fen", 0), "bounty_fen"},
			{"honour with money", put("honor_only", true), "bounty_fen"},
			{"funding", put("funding", doc{"owner_fen": 0, "city_fen": 50_000_000}), "funding funding.owner_fen"},
			{"proof", func(d doc) {
				d["bounty_fen"], d["total_investment_fen"], d["funding"] = 500_000_000, 500_000_000, doc{"owner_fen": 500_000_000}
			}, "fund_proof"},
			{"foreign proof", put("fund_proof", "doc_aaaaaaaaaaaaaaaaaaaaaaaaaa"), "fund_proof"},
			{"term", put("term_months", 5), "term_months milestones[1].due_month"},
			{"one milestone", put("milestones", []doc{{"name": "全部", "due_month": 24, "payment_pct": 100}}), "milestones"},
			{"falling months", one("milestones", 0, func(n doc) { n["due_month"] = 24 }), "milestones[1].due_month"},
			{"payments", one("milestones", 0, func(n doc) { n["payment_pct"] = 41 }), "milestones"},
			{"eliminates without a race", one("milestones", 0, func(n doc) { n["eliminates"] = true }), "milestones[0].eliminates"},
			{"race without lanes", put("competition_mode", "horse_race"), "max_lanes milestones"},
			{"bare joint", put("ip_terms", doc{"background": "各自所有", "foreground": "joint"}), "ip_terms.bidder_rights"},
			{"confidentiality", put("confidentiality", "secret"), "confidentiality"},
			{"contact", put("contact", doc{"name": "张工", "phone": "call me"}), "contact.phone"},
			{"dates", func(d doc) {
				d["bid_deadline"], d["clarify_until"], d["open_at"] = "2026-04-01T09:00:00Z", "2026-03-29T09:00:00Z", "2026-03-31T09:00:00Z"
			}, "clarify_until open_at"},
			{"past", put("bid_deadline", "2026-03-01T09:00:00Z"), "bid_deadline"},
		} {
			t.Run(r.name, func(t *testing.T) {
				d := s.whole()
				r.breaks(d)
				w.Do(s.owner, "GET", path, nil).Must(200).JSON(&c)
				w.Do(s.owner, "PUT", path, d, "If-Match", `"`+itoa(c.Version)+`"`).Must(200).JSON(&c)
				var got struct {
					Ready  bool `json:"ready"`
					Faults []struct {
						Path, Code, Message string
					} `json:"faults"`
				}
				w.Do(s.owner, "GET", path+"/check", nil).Must(200).JSON(&got)
				paths := []string{}
				for _, f := range got.Faults {
					paths = append(paths, f.Path)
				}
				if strings.Join(paths, " ") != r.paths || got.Ready != (r.paths == "") {
					t.Errorf("faults %v, ready %v, want %q", got.Faults, got.Ready, r.paths)
				}
				if status := w.Do(s.owner, "POST", path+"/submit", nil, "If-Match", `"1"`).Status; status != 412 && r.paths == "" {
					t.Errorf("status %d for an old version", status)
				}
			})
		}
	})
}

func itoa(n int64) string { return string(appendInt(nil, n)) }

func appendInt(b []byte, n int64) []byte {
	if n >= 10 {
		b = appendInt(b, n/10)
	}
	return append(b, byte('0'+n%10))
}

func TestPublish(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		body := s.whole()
		body["anonymous_owner"] = true
		body["bidder_conditions"] = doc{"text": []string{"负责人年龄不超过45岁"}}
		c := s.draft(body)
		path := "/challenges/" + string(c.ID)
		w.Run(t,
			apitest.Row{Name: "warned", As: s.owner, Method: "GET", Path: path + "/check", Status: 200, Has: []string{`"ready":true`, "年龄"}},
			apitest.Row{Name: "approve a draft", As: s.officer, Method: "POST", Path: path + "/approve", Body: doc{}, Status: 404},
			apitest.Row{Name: "submit", As: s.owner, Method: "POST", Path: path + "/submit", Status: 200, Has: []string{`"state":"submitted"`}, Events: []models.Action{models.ChallengeSubmit}},
			apitest.Row{Name: "submit twice", As: s.owner, Method: "POST", Path: path + "/submit", Status: 409},
			apitest.Row{Name: "edit submitted", As: s.owner, Method: "PUT", Path: path, Body: doc{}, Header: []string{"If-Match", `"3"`}, Status: 409},
			apitest.Row{Name: "officer elsewhere", As: s.elsewhere, Method: "POST", Path: path + "/approve", Body: doc{}, Status: 404},
			apitest.Row{Name: "owner approves", As: s.owner, Method: "POST", Path: path + "/approve", Body: doc{}, Status: 403},
			apitest.Row{Name: "return", As: s.officer, Method: "POST", Path: path + "/return", Body: doc{"reason": "指标不清"}, Status: 200, Has: []string{"指标不清"}, Events: []models.Action{models.ChallengeReturn}},
			apitest.Row{Name: "submit again", As: s.owner, Method: "POST", Path: path + "/submit", Status: 200, Lacks: []string{"指标不清"}, Events: []models.Action{models.ChallengeSubmit}},
			apitest.Row{Name: "publish too early", As: s.officer, Method: "POST", Path: path + "/publish", Body: s.call(30), Status: 409},
			apitest.Row{Name: "approve", As: s.officer, Method: "POST", Path: path + "/approve", Body: doc{}, Status: 200, Events: []models.Action{models.ChallengeApprove}},
			apitest.Row{Name: "nothing given", As: s.officer, Method: "POST", Path: path + "/publish", Body: doc{"batch": "bat_none"}, Status: 422, Has: []string{`"batch"`, `"bid_deadline"`}},
			apitest.Row{Name: "nine days", As: s.officer, Method: "POST", Path: path + "/publish", Body: with(s.call(9), "short_window_reason", "urgent"), Status: 422, Has: []string{"challenge.window"}},
			apitest.Row{Name: "short without reason", As: s.officer, Method: "POST", Path: path + "/publish", Body: s.call(12), Status: 422, Has: []string{"short_window_reason"}},
			apitest.Row{Name: "questions too late", As: s.officer, Method: "POST", Path: path + "/publish", Body: with(s.call(30), "clarify_until", "2026-03-30T00:00:00Z"), Status: 422, Has: []string{"clarify_until"}},
			apitest.Row{Name: "opened too early", As: s.officer, Method: "POST", Path: path + "/publish", Body: with(s.call(30), "open_at", "2026-03-30T00:00:00Z"), Status: 422, Has: []string{"open_at"}},
			apitest.Row{Name: "owner publishes", As: s.owner, Method: "POST", Path: path + "/publish", Body: s.call(30), Status: 403},
			apitest.Row{Name: "short with reason", As: s.officer, Method: "POST", Path: path + "/publish", Body: with(s.call(12), "short_window_reason", "应急任务"), Status: 200,
				Has:    []string{`"code":"SY-JB-2026-01-0001"`, `"short_window_reason":"应急任务"`, `"bid_deadline":"2026-03-14T01:00:00Z"`, `"clarify_until":"2026-03-09T01:00:00Z"`, `"open_at":"2026-03-14T01:00:00Z"`, `"publicity_days":5`, `"panel":70`},
				Events: []models.Action{models.ChallengePublish}},
			apitest.Row{Name: "publish twice", As: s.officer, Method: "POST", Path: path + "/publish", Body: s.call(30), Status: 409},
			apitest.Row{Name: "visitor", Method: "GET", Path: path, Status: 200, Has: []string{"某企业", `"detail_hidden":true`, `"detail":""`, `"fund_proof":""`},
				Lacks: []string{"1234 kg", "024-12345678", string(s.org.ID), string(s.alliance), "350000000", "bid_count", "Leader"}},
			apitest.Row{Name: "somebody signed in", As: s.stranger, Method: "GET", Path: path, Status: 200, Has: []string{"350000000", "某企业", "bid.draft"}, Lacks: []string{"1234 kg", string(s.org.ID), "024-12345678"}},
			apitest.Row{Name: "auditor", As: s.auditor, Method: "GET", Path: path, Status: 200, Has: []string{"1234 kg", string(s.org.ID)}},
			apitest.Row{Name: "list hides the owner", Method: "GET", Path: "/challenges", Status: 200, Has: []string{"某企业", "SY-JB-2026-01-0001"}, Lacks: []string{string(s.org.ID), "Leader"}},
			apitest.Row{Name: "search does not find a hidden owner", Method: "GET", Path: "/challenges?q=Leader", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "owner withdraws", As: s.owner, Method: "POST", Path: path + "/withdraw", Body: doc{"reason": "不需要了"}, Status: 409},
			apitest.Row{Name: "close too early", As: s.officer, Method: "POST", Path: path + "/close", Status: 409},
			apitest.Row{Name: "withdraw without reason", As: s.officer, Method: "POST", Path: path + "/withdraw", Body: doc{"reason": ""}, Status: 422},
			apitest.Row{Name: "withdraw", As: s.officer, Method: "POST", Path: path + "/withdraw", Body: doc{"reason": "企业资金变化"}, Status: 200, Events: []models.Action{models.ChallengeWithdraw}},
			apitest.Row{Name: "the reason is public", Method: "GET", Path: path, Status: 200, Has: []string{"企业资金变化", `"state":"withdrawn"`}},
			apitest.Row{Name: "off the list", Method: "GET", Path: "/challenges?facets=true", Status: 200, Has: []string{`"items":[]`, `"total":0`}},
		)
	})
}

func with(d doc, key string, value any) doc {
	d[key] = value
	return d
}

func TestWithdrawnDraftStaysHidden(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		c := s.draft(s.whole())
		path := "/challenges/" + string(c.ID)
		w.Run(t,
			apitest.Row{Name: "withdraw", As: s.owner, Method: "POST", Path: path + "/withdraw", Body: doc{"reason": "另有安排"}, Status: 200, Events: []models.Action{models.ChallengeWithdraw}},
			apitest.Row{Name: "twice", As: s.owner, Method: "POST", Path: path + "/withdraw", Body: doc{"reason": "另有安排"}, Status: 409},
			apitest.Row{Name: "visitor", Method: "GET", Path: path, Status: 404},
		)
	})
}

func TestDeadline(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		c := s.published(s.whole())
		path := "/challenges/" + string(c.ID)
		events := func(step string, want ...models.Action) {
			t.Helper()
			before := w.LastEvent()
			w.Tick()
			got := []models.Action{}
			for _, e := range w.EventsAfter(before) {
				got = append(got, e.Action)
			}
			if len(got) != len(want) || len(got) == 1 && got[0] != want[0] {
				t.Errorf("%s: events %v, want %v", step, got, want)
			}
		}
		events("on the first day")
		w.Clock.Pass(27 * 24 * time.Hour)
		events("three days before", models.ChallengeRemind)
		events("only once")
		w.Clock.Pass(3*24*time.Hour - time.Microsecond)
		events("a microsecond before")
		w.Clock.Pass(time.Microsecond)
		s.clocked()
		w.Run(t, apitest.Row{Name: "stranger closes", As: s.stranger, Method: "POST", Path: path + "/close", Status: 403},
			apitest.Row{Name: "officer closes by hand", As: s.officer, Method: "POST", Path: path + "/close", Status: 200, Has: []string{"bidding_closed"}, Events: []models.Action{models.ChallengeClose}},
			apitest.Row{Name: "officer withdraws after closing", As: s.officer, Method: "POST", Path: path + "/withdraw", Body: doc{"reason": "重大变更"}, Status: 200, Events: []models.Action{models.ChallengeWithdraw}})
	})
}

func TestClockCloses(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		c := s.published(s.whole())
		w.Clock.Pass(30 * 24 * time.Hour)
		before := w.LastEvent()
		w.Tick()
		closed := 0
		for _, e := range w.EventsAfter(before) {
			if e.Action == models.ChallengeClose && e.ActedAs == "system" && e.Thing == string(c.ID) {
				closed++
			}
		}
		if closed != 1 {
			t.Errorf("the clock closed it %d times", closed)
		}
	})
}

func TestDesk(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		draft, other := s.draft(s.whole()), s.published(s.whole())
		w.Run(t,
			apitest.Row{Name: "owner", As: s.owner, Method: "GET", Path: "/desk/challenges", Status: 200, Has: []string{string(draft.ID), string(other.ID), `"challenge.submit"`, `"roles":["owner"]`}},
			apitest.Row{Name: "one state", As: s.owner, Method: "GET", Path: "/desk/challenges?state=draft", Status: 200, Has: []string{string(draft.ID)}, Lacks: []string{string(other.ID)}},
			apitest.Row{Name: "officer sees no draft", As: s.officer, Method: "GET", Path: "/desk/challenges?as=officer", Status: 200, Has: []string{string(other.ID)}, Lacks: []string{string(draft.ID)}},
			apitest.Row{Name: "officer elsewhere", As: s.elsewhere, Method: "GET", Path: "/desk/challenges?as=officer", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "auditor", As: s.auditor, Method: "GET", Path: "/desk/challenges?as=auditor", Status: 200, Has: []string{string(other.ID)}, Lacks: []string{string(draft.ID)}},
			apitest.Row{Name: "nobody's auditor", As: s.owner, Method: "GET", Path: "/desk/challenges?as=auditor", Status: 403},
			apitest.Row{Name: "visitor", Method: "GET", Path: "/desk/challenges", Status: 401},
		)
		var page struct {
			Items []thing `json:"items"`
			Next  string  `json:"next"`
		}
		w.Do(s.owner, "GET", "/desk/challenges?limit=1", nil).Must(200).JSON(&page)
		if len(page.Items) != 1 || page.Next == "" {
			t.Fatalf("first page %+v", page)
		}
		first := page.Items[0].ID
		w.Do(s.owner, "GET", "/desk/challenges?limit=1&cursor="+page.Next, nil).Must(200).JSON(&page)
		if len(page.Items) != 1 || page.Items[0].ID == first || page.Next != "" {
			t.Errorf("second page %+v after %s", page, first)
		}
	})
}

func TestHolderPostsResult(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		inst, holder := w.Org("Institute", "research_institute")
		body := s.whole()
		body["type"], body["alliance_id"] = "result_conversion", ""
		s.org, s.owner = inst, holder
		s.published(body)
	})
}

func TestRaceLiability(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		body := s.whole()
		body["competition_mode"], body["max_lanes"] = "horse_race", 3
		body["milestones"].([]doc)[0]["eliminates"] = true
		c := s.draft(body)
		// 40 % for each of three lanes, then 60 % for one: 180 % of 300 万元.
		w.Run(t, apitest.Row{Name: "liability", As: s.owner, Method: "GET", Path: "/challenges/" + string(c.ID), Status: 200, Has: []string{`"max_liability_fen":540000000`, `"eliminate_at":1`, `"missing":[]`}})
	})
}
