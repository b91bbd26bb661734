package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/seal"
	"jiebang/models"
)

// TestStory plays the whole main job over HTTP, from an empty platform to the award: a firm
// asks, teams answer under seal, experts judge, and the winner is shown to all before it is
// one. Nothing is planted; the clock moves as the weeks would.
func TestStory(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := &story{World: w, t: t, here: map[string]apitest.Person{}, orgs: map[string]string{}, teams: map[string]string{}, experts: map[string]string{}, bids: map[string]string{}}
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"the platform is set up", s.setUp},
			{"people and units register, and the operator vouches for the units", s.units},
			{"catalogues are imported and published", s.vocabulary},
			{"the firm leads an alliance, and the officer recognises it", s.alliance},
			{"teams form and show what they can do", s.formTeams},
			{"experts register and are verified", s.formPool},
			{"the officer opens a batch", s.openBatch},
			{"the firm drafts what it lacks", s.draft},
			{"the officer returns it once, then approves and publishes it", s.publish},
			{"the public finds it", s.find},
			{"teams and challenge are matched, with reasons", s.match},
			{"teams write their bids, and their units stand behind them", s.bid},
			{"one replaces its bid, one takes it back", s.changeMinds},
			{"nobody else learns anything before the opening", s.sealed},
			{"the deadline passes", s.deadline},
			{"all bids open at once", s.open},
			{"the officer checks the papers", s.check},
			{"a panel is drawn and given the bids", s.draw},
			{"experts declare; one steps aside and a reserve takes the place", s.declare},
			{"experts score, each for himself", s.score},
			{"the owner says his word", s.satisfy},
			{"the bids are ranked, and two are compared", s.rank},
			{"the winner is proposed and shown to all, over a weekend", s.publicise},
			{"somebody objects, and the objection is decided", s.object},
			{"the award is decided, exactly once", s.award},
			{"everybody has his letter, and the trail tells it all", s.after},
		} {
			if !t.Run(step.name, func(t *testing.T) {
				s.t, s.T = t, t
				step.do()
				s.Deliver()
			}) {
				return // the rest hangs on it
			}
		}
	})
}

type story struct {
	*apitest.World
	t    *testing.T
	here map[string]apitest.Person // who is signed in; tokens last minutes, and the story weeks

	orgs, teams, experts, bids map[string]string // ids by name
	alliance_, batch, path     string
	challenge                  string
	code                       string
	indicators                 []string
	due                        time.Time
	versions                   struct{ owner, stranger []byte } // the challenge as it looked before the first bid
	receipts                   map[string]receipt
	replaced                   string // who stepped in for the expert with a conflict
}

type receipt struct {
	Version  int       `json:"version"`
	Digest   string    `json:"digest"`
	SealedAt time.Time `json:"sealed_at"`
	Text     string    `json:"text"`
}

type doc = map[string]any

// as is somebody, signed in anew when time has passed.
func (s *story) as(login string) apitest.Person {
	s.t.Helper()
	if login == "" {
		return apitest.Person{}
	}
	if _, ok := s.here[login]; !ok {
		s.here[login] = s.SignIn(login)
	}
	return s.here[login]
}

// at moves the clock; whoever was signed in has to do so again.
func (s *story) at(when time.Time) {
	s.Clock.Set(when)
	clear(s.here)
}

// call does something that must succeed, and answers the body.
func (s *story) call(who, method, path string, body any, headers ...string) doc {
	s.t.Helper()
	a := s.Do(s.as(who), method, path, body, headers...)
	if a.Status != http.StatusOK && a.Status != http.StatusCreated {
		s.t.Fatalf("%s %s as %s: status %d: %s", method, path, who, a.Status, a.Body)
	}
	return a.Map()
}

// refused does something that must not succeed.
func (s *story) refused(who, method, path string, body any, status int, code string) string {
	s.t.Helper()
	a := s.Do(s.as(who), method, path, body)
	if a.Status != status || !strings.Contains(string(a.Body), code) {
		s.t.Errorf("%s %s as %s: status %d, want %d %s: %s", method, path, who, a.Status, status, code, a.Body)
	}
	return string(a.Body)
}

// put changes a thing on the version just read.
func (s *story) put(who, read, path string, body any) doc {
	s.t.Helper()
	a := s.Do(s.as(who), "GET", read, nil).Must(http.StatusOK)
	return s.call(who, "PUT", path, body, "If-Match", a.Header.Get("ETag"))
}

func text(d doc, key string) string { return fmt.Sprint(d[key]) }

// list reads a list of objects out of an answer.
func list(d doc, key string) []doc {
	out := []doc{}
	all, _ := d[key].([]any)
	for _, x := range all {
		if m, ok := x.(doc); ok {
			out = append(out, m)
		}
	}
	return out
}

func (s *story) register(login, name string) {
	s.t.Helper()
	s.Do(apitest.Person{}, "POST", "/accounts", doc{"login": login, "name": name, "password": apitest.Password}).Must(http.StatusCreated)
}

func (s *story) setUp() {
	s.Do(apitest.Person{}, "POST", "/accounts", doc{"login": "first", "name": "First", "password": apitest.Password}).Must(http.StatusConflict)
	s.Do(apitest.Person{}, "POST", "/set-up", doc{"login": "operator", "name": "运营", "password": apitest.Password}).Must(http.StatusCreated)
	s.Do(apitest.Person{}, "POST", "/set-up", doc{"login": "second", "name": "Second", "password": apitest.Password}).Must(http.StatusNotFound)
	for _, p := range []string{"officer", "elsewhere", "auditor", "stranger"} {
		s.register(p, "User "+p)
	}
	s.call("operator", "POST", "/roles", doc{"login": "officer", "role": "officer", "region": "210000"})
	s.call("operator", "POST", "/roles", doc{"login": "elsewhere", "role": "officer", "region": "110000"})
	s.refused("operator", "POST", "/roles", doc{"login": "auditor", "role": "auditor"}, 422, "role.invalid")
	asked := s.call("operator", "POST", "/role-requests", doc{"login": "auditor", "role": "auditor", "reason": "监督全过程"})
	s.refused("operator", "POST", "/role-requests/"+text(asked, "id")+"/approve", nil, 409, "role_request.own")
	s.Grant(s.Person("second"), "security_admin", "") // as from the server's own shell: who gave the first two their offices
	s.call("second", "POST", "/role-requests/"+text(asked, "id")+"/approve", nil)
	s.refused("officer", "POST", "/roles", doc{"login": "stranger", "role": "auditor"}, 403, "request.denied")
}

// The units of the story: who asks, three that answer, and one that belongs to who asks.
var storyOrgs = []struct{ login, name, kind string }{
	{"shengu", "沈北透平机械集团", "enterprise"}, {"neu", "东北理工大学", "university"}, {"sia", "沈阳自动化与机器人研究所", "research_institute"},
	{"dlut", "滨海理工大学", "university"}, {"sub", "沈北透平轴承公司", "enterprise"}}

func (s *story) units() {
	for i, o := range storyOrgs {
		s.register(o.login, o.name+"管理员")
		org := s.call(o.login, "POST", "/orgs", doc{"name": o.name, "kind": o.kind, "uscc": fmt.Sprintf("91210100MA0%07d", 1_000_003+i*37), "region": "210100", "city": "沈阳市"})
		s.orgs[o.login] = text(org, "id")
		s.call("operator", "POST", "/orgs/"+s.orgs[o.login]+"/verify", doc{"reason": "营业执照已核"})
	}
	s.refused("neu", "POST", "/orgs/"+s.orgs["sia"]+"/verify", doc{}, 403, "request.denied")
	s.register("poster", "发榜专员")
	s.call("shengu", "POST", "/orgs/"+s.orgs["shengu"]+"/members", doc{"login": "poster", "role": "poster"})
	s.call("sub", "POST", "/orgs/"+s.orgs["sub"]+"/relations", doc{"parent": s.orgs["shengu"], "kind": "parent", "since": "2020-01-01"})
	sub := s.call("sub", "GET", "/orgs/"+s.orgs["sub"], nil)
	s.call("operator", "POST", "/orgs/"+s.orgs["sub"]+"/relations/"+text(list(sub, "relations")[0], "id")+"/confirm", doc{"reason": "工商登记已核"})
}

func (s *story) vocabulary() {
	for kind, terms := range map[string][]doc{
		"chain":      {{"code": "general_machinery", "name_zh": "通用机械装备", "name_en": "General machinery"}},
		"domain":     {{"code": "MFG", "name_zh": "先进制造"}, {"code": "MFG.bearing", "parent": "MFG", "name_zh": "轴承", "name_en": "Bearings", "synonyms": []string{"磁轴承"}}},
		"capability": {{"code": "rotor_dynamics", "name_zh": "转子动力学", "name_en": "Rotor dynamics"}, {"code": "test_bench", "name_zh": "台架试验", "name_en": "Test bench"}},
	} {
		c := s.call("operator", "POST", "/catalogues", doc{"kind": kind, "code": "2026", "name_zh": kind, "valid_from": "2026-01-01", "terms": terms})
		if words := list(s.call("", "GET", "/vocabulary/"+kind, nil), "terms"); len(words) != 0 {
			s.t.Errorf("a draft of %s is in force", kind)
		}
		s.call("operator", "POST", "/catalogues/"+text(c, "id")+"/publish", nil)
	}
}

func (s *story) alliance() {
	a := s.call("shengu", "POST", "/orgs/"+s.orgs["shengu"]+"/alliances", doc{"name": "辽宁透平机械产学研联盟", "level": "province", "tier": "typical", "chain": "general_machinery",
		"market_goal": "三年内实现国产替代", "benefit_sharing": "按投入分享收益", "signed_on": "2025-06-01",
		"members": []doc{{"org": s.orgs["neu"], "role": "academic", "share_bp": 2000}}})
	s.alliance_ = text(a, "id")
	s.refused("operator", "POST", "/alliances/"+s.alliance_+"/recognise", doc{}, 403, "request.denied")
	s.refused("officer", "POST", "/alliances/"+s.alliance_+"/recognise", doc{}, 409, "alliance.unconfirmed")
	s.call("neu", "POST", "/alliances/"+s.alliance_+"/members/"+text(list(a, "members")[0], "id")+"/confirm", nil)
	s.refused("officer", "POST", "/alliances/"+s.alliance_+"/recognise", doc{}, 409, "alliance.no_agreement")
	s.Do(s.here["shengu"], "POST", "/documents?owner_kind=alliance&owner_id="+s.alliance_+"&purpose=agreement&name=agreement.txt", []byte("agreement"),
		"Content-Type", "application/octet-stream").Must(201)
	s.call("officer", "POST", "/alliances/"+s.alliance_+"/recognise", doc{"reason": "材料齐全"})
}

// storyTeams are the leads with their units; the last one belongs to who asks.
var storyTeams = []struct{ lead, org string }{{"wang", "sia"}, {"liwei", "dlut"}, {"zhao", "neu"}, {"sun", "sub"}}

func (s *story) formTeams() {
	for _, x := range storyTeams {
		s.register(x.lead, "负责人"+x.lead)
		s.call(x.org, "POST", "/orgs/"+s.orgs[x.org]+"/members", doc{"login": x.lead, "role": "member"})
		team := s.call(x.lead, "POST", "/orgs/"+s.orgs[x.org]+"/teams", doc{"name": "磁轴承团队 " + x.lead, "trl_min": 3, "trl_max": 8, "max_concurrent": 3,
			"domains": []doc{{"tag": "MFG.bearing", "level": 4}}, "chains": []string{"general_machinery"},
			"capabilities": []doc{{"tag": "rotor_dynamics", "level": 4, "verified": false}, {"tag": "test_bench", "level": 3, "verified": false}}})
		s.teams[x.lead] = text(team, "id")
		s.register(x.lead+"-mate", "成员"+x.lead)
		s.call(x.lead, "POST", "/teams/"+s.teams[x.lead]+"/members", doc{"login": x.lead + "-mate"})
		e := s.call(x.lead, "POST", "/teams/"+s.teams[x.lead]+"/evidence", doc{"kind": "patent", "title": "五自由度磁悬浮轴承控制方法", "number": "CN112345678A", "year": 2023,
			"role": "lead", "abstract": "磁悬浮轴承的主动控制", "tags": []string{"rotor_dynamics"}})
		evidence := list(e, "evidence")
		id := text(e, "id")
		if len(evidence) > 0 {
			id = text(evidence[0], "id")
		}
		s.refused(x.lead, "POST", "/teams/"+s.teams[x.lead]+"/evidence/"+id+"/verify", doc{"finding": "verified"}, 403, "request.denied")
		s.call("operator", "POST", "/teams/"+s.teams[x.lead]+"/evidence/"+id+"/verify", doc{"finding": "verified"})
		s.call("operator", "POST", "/teams/"+s.teams[x.lead]+"/capabilities/verify", doc{"tag": "rotor_dynamics", "verified": true})
	}
}

func (s *story) formPool() {
	for i := range 18 {
		kind, login := "technology", fmt.Sprintf("expert%02d", i)
		switch {
		case i >= 15:
			kind = "finance"
		case i >= 11:
			kind = "industry"
		}
		s.register(login, fmt.Sprintf("专家%02d", i))
		e := s.call(login, "POST", "/experts", doc{"name": fmt.Sprintf("专家%02d", i), "kind": kind, "unit": fmt.Sprintf("第%d研究院", i+1), "rank": "教授",
			"discipline": "460", "domains": []string{"MFG.bearing"}, "promise": true})
		s.experts[text(e, "id")] = login
		s.call("officer", "POST", "/experts/"+text(e, "id")+"/verify", doc{"reason": "材料齐全"})
	}
}

func (s *story) openBatch() {
	b := doc{"region": "210100", "region_code": "SY", "year": 2026, "no": 1, "title": "沈阳市2026年第一批", "weights": doc{"panel": 70, "owner": 20, "match": 11}}
	s.refused("officer", "POST", "/batches", b, 422, "weights")
	b["weights"] = doc{"panel": 70, "owner": 20, "match": 10}
	s.batch = text(s.call("officer", "POST", "/batches", b), "id")
}

// need is what the firm asks for, whole.
func (s *story) need() doc {
	indicator := func(name string, weight int, more doc) doc {
		d := doc{"name": name, "op": ">=", "value": 10, "unit": "MW", "weight": weight, "test_method": "第三方检测", "tested_by": "CNAS 实验室", "baseline": "2 MW"}
		maps.Copy(d, more)
		return d
	}
	return doc{
		"title": "大功率磁悬浮轴承及控制系统研制", "type": "tech_breakthrough", "nature": "chokepoint", "competition_mode": "single",
		"selection_mode": "panel_plus_owner", "alliance_id": s.alliance_, "chain": "general_machinery", "tags": []string{"MFG.bearing"},
		"capabilities": []doc{{"tag": "rotor_dynamics", "must": true, "min_level": 3}}, "trl_current": 4, "trl_target": 7,
		"background": "大型离心压缩机仍依赖进口 magnetic bearing 部件。", "need": "研制五自由度控制器与保护轴承,完成整机联调。", "detail": "内部参数:转子质量 1234 kg",
		"indicators": []doc{indicator("轴功率", 40, doc{"knockout": true}), indicator("转速", 30, doc{"op": "range", "value": nil, "value_min": 10, "value_max": 18}),
			indicator("标准", 30, doc{"op": "meets", "value": nil, "value_text": "GB/T 1", "unit": ""})},
		"deliverables": []string{"样机 1 套"}, "bounty_fen": 300_000_000, "total_investment_fen": 400_000_000,
		"funding":     doc{"owner_fen": 350_000_000, "city_fen": 50_000_000},
		"term_months": 24, "milestones": []doc{{"name": "方案", "due_month": 6, "payment_pct": 40, "exit": "指标 1"}, {"name": "验收", "due_month": 24, "payment_pct": 60, "exit": "全部指标"}},
		"ip_terms":        doc{"background": "各自所有", "foreground": "bidder_license", "bidder_rights": "可自行使用"},
		"confidentiality": "nda", "contact": doc{"name": "张工", "phone": "024-12345678"},
	}
}

func (s *story) draft() {
	s.refused("neu", "POST", "/orgs/"+s.orgs["shengu"]+"/challenges", doc{"title": "x"}, 403, "request.denied")
	c := s.call("poster", "POST", "/orgs/"+s.orgs["shengu"]+"/challenges", doc{"title": "磁悬浮轴承"})
	s.challenge, s.path = text(c, "id"), "/challenges/"+text(c, "id")
	wrong := s.need()
	wrong["milestones"].([]doc)[0]["payment_pct"] = 30
	wrong["indicators"].([]doc)[0]["weight"] = 50
	wrong["funding"] = doc{"owner_fen": 1}
	s.put("poster", s.path, s.path, wrong)
	faults := s.refused("poster", "POST", s.path+"/submit", nil, 422, "milestones") // sums that do not add up
	for _, path := range []string{`"indicators"`, `"funding"`} {
		if !strings.Contains(faults, path) {
			s.t.Errorf("submit does not name %s: %s", path, faults)
		}
	}
	s.put("poster", s.path, s.path, s.need())
	s.refused("officer", "GET", s.path, nil, 404, "request.not_found")
	s.refused("stranger", "GET", s.path, nil, 404, "request.not_found")
	s.call("poster", "POST", s.path+"/submit", nil)
}

func (s *story) publish() {
	s.refused("elsewhere", "POST", s.path+"/return", doc{"reason": "不属本辖区"}, 404, "request.not_found")
	s.call("officer", "POST", s.path+"/return", doc{"reason": "请补充应用场景"})
	better := s.need()
	better["procurement_promise"] = "验收后首批采购十套"
	s.put("poster", s.path, s.path, better)
	s.call("poster", "POST", s.path+"/submit", nil)
	s.call("officer", "POST", s.path+"/approve", doc{"note": "同意"})
	s.refused("poster", "POST", s.path+"/publish", doc{"batch": s.batch}, 403, "request.denied")
	s.due = time.Date(2026, 4, 8, 9, 0, 0, 0, time.UTC) // 17:00 in Shenyang
	when := func(days int) doc {
		return doc{"batch": s.batch, "bid_deadline": s.Clock.Now().AddDate(0, 0, days).Format(time.RFC3339)}
	}
	s.refused("officer", "POST", s.path+"/publish", when(9), 422, "bid_deadline")
	c := s.call("officer", "POST", s.path+"/publish", doc{"batch": s.batch, "bid_deadline": s.due.Format(time.RFC3339), "open_at": s.due.Add(time.Hour).Format(time.RFC3339)})
	s.code = text(c, "code")
	if s.code != "SY-JB-2026-01-0001" {
		s.t.Errorf("the code is %s", s.code)
	}
	for _, i := range list(c, "indicators") {
		s.indicators = append(s.indicators, text(i, "id"))
	}
}

func (s *story) find() {
	for _, q := range []string{"磁悬浮轴承", "magnetic bearing", "控制器", s.code} {
		page := s.call("", "GET", "/challenges?facets=true&q="+url.QueryEscape(q), nil)
		if items := list(page, "items"); len(items) != 1 || text(items[0], "code") != s.code {
			s.t.Errorf("%q finds %v", q, items)
		}
		facets, _ := json.Marshal(page["facets"])
		for _, word := range []string{"general_machinery", "MFG.bearing", "沈阳市"} {
			if !strings.Contains(string(facets), word) {
				s.t.Errorf("%q: the facets lack %s: %s", q, word, facets)
			}
		}
	}
	for _, q := range []string{"q=" + url.QueryEscape("量子通信"), "city=" + url.QueryEscape("大连市"), "bounty_min=300000001"} {
		if items := list(s.call("", "GET", "/challenges?"+q, nil), "items"); len(items) != 0 {
			s.t.Errorf("%s finds %v", q, items)
		}
	}
	public := string(s.Do(apitest.Person{}, "GET", s.path, nil).Must(200).Body)
	for _, word := range []string{"1234 kg", "024-12345678"} {
		if strings.Contains(public, word) {
			s.t.Errorf("the public page says %s", word)
		}
	}
	s.versions.owner = s.Do(s.as("poster"), "GET", s.path, nil).Must(200).Body
	s.versions.stranger = s.Do(s.as("stranger"), "GET", s.path, nil).Must(200).Body
}

func (s *story) match() {
	raw, err := json.Marshal(s.call("poster", "GET", s.path+"/matches?limit=100", nil))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, x := range storyTeams {
		if !strings.Contains(string(raw), s.teams[x.lead]) {
			s.t.Errorf("the match does not speak of %s: %s", x.lead, raw)
		}
	}
	if !strings.Contains(string(raw), `"parts"`) || !strings.Contains(string(raw), `"reason"`) {
		s.t.Errorf("the match has no reasons: %s", raw)
	}
	s.refused("stranger", "GET", s.path+"/matches", nil, 403, "request.denied")
	mine, err := json.Marshal(s.call("wang", "GET", "/teams/"+s.teams["wang"]+"/matches", nil))
	if err != nil || !strings.Contains(string(mine), s.code) {
		s.t.Errorf("the team's matches lack the challenge: %s %v", mine, err)
	}
}

// content is a bid that lacks nothing; power is what it promises.
func (s *story) content(lead string, power float64, files ...string) doc {
	org := ""
	for _, x := range storyTeams {
		if x.lead == lead {
			org = s.orgs[x.org]
		}
	}
	row := func(i int, more doc) doc {
		d := doc{"indicator": s.indicators[i], "present": "中试", "basis": "台架数据", "test_plan": "第三方检测", "confidence": 80}
		maps.Copy(d, more)
		return d
	}
	if files == nil {
		files = []string{}
	}
	return doc{"promises": []doc{row(0, doc{"value": power}), row(1, doc{"value_min": 9.5, "value_max": 18}), row(2, doc{"text": "满足"})},
		"summary": "sealed words of " + lead, "route": "磁悬浮支承与主动控制路线,分步验证。", "partners": []doc{{"org": org, "name": "本单位", "task": "全部", "task_pct": 100, "money_pct": 100}},
		"people": []doc{{"name": "负责人" + lead, "role": "负责人", "months_per_year": 6}}, "schedule": "二十四个月", "risks": "备用机械轴承",
		"budget": doc{"equipment_fen": 60_000_000, "business_fen": 80_000_000, "labour_fen": 40_000_000}, "quote_fen": 180_000_000,
		"ip_accept": true, "integrity_promise": true, "commitment": true, "no_conflict": true, "documents": files}
}

// save writes the next version of a team's bid and has its unit stand behind it.
func (s *story) save(lead string, content doc) {
	s.t.Helper()
	unit := ""
	for _, x := range storyTeams {
		if x.lead == lead {
			unit = x.org
		}
	}
	path := "/bids/" + s.bids[lead]
	s.put(lead, path, path+"/content", content)
	b := s.call(lead, "POST", path+"/request", nil)
	s.refused(unit, "POST", path+"/endorse", doc{"digest": strings.Repeat("0", 64)}, 409, "bid.digest_differs")
	s.call(unit, "POST", path+"/endorse", doc{"digest": b["digest"]})
}

func (s *story) submit(lead string) {
	s.t.Helper()
	var r receipt
	s.Do(s.as(lead), "POST", "/bids/"+s.bids[lead]+"/submit", nil).Must(200).JSON(&r)
	if !r.SealedAt.Equal(s.Clock.Now()) || seal.Check(r.Text, nil) != nil {
		s.t.Errorf("the receipt of %s is of %s and says %s", lead, r.SealedAt, r.Text)
	}
	s.receipts[lead] = r
}

func (s *story) bid() {
	s.receipts = map[string]receipt{}
	s.at(time.Date(2026, 3, 16, 2, 0, 0, 0, time.UTC))
	for _, x := range storyTeams {
		s.refused("stranger", "POST", s.path+"/bids", doc{"team": s.teams[x.lead]}, 403, "bid.not_your_team")
		a := s.Do(s.as(x.lead), "POST", s.path+"/bids", doc{"team": s.teams[x.lead]})
		if x.lead == "sun" { // a subsidiary of who asks: barred at once, or when it wants to hand in
			if a.Status == http.StatusCreated {
				s.bids["sun"] = text(a.Map(), "id")
			}
			continue
		}
		s.bids[x.lead] = text(a.Must(http.StatusCreated).Map(), "id")
	}
	file := s.call("wang", "POST", "/documents?owner_kind=bid&purpose=attachment&name="+url.QueryEscape("试验报告.pdf")+"&owner_id="+s.bids["wang"],
		[]byte("%PDF-1.4\nsealed pages of wang\n%%EOF\n"), "Content-Type", "application/octet-stream")
	odd := s.content("wang", 12, text(file, "id"))
	odd["partners"].([]doc)[0]["money_pct"] = 90
	odd["budget"] = doc{"equipment_fen": 1}
	s.put("wang", "/bids/"+s.bids["wang"], "/bids/"+s.bids["wang"]+"/content", odd) // a draft may be wrong
	faults := s.refused("wang", "POST", "/bids/"+s.bids["wang"]+"/request", nil, 422, "partners")
	if !strings.Contains(faults, "budget") && !strings.Contains(faults, "quote_fen") {
		s.t.Errorf("the budget does not add up and is not named: %s", faults)
	}
	s.save("wang", s.content("wang", 12, text(file, "id")))
	s.refused("wang-mate", "POST", "/bids/"+s.bids["wang"]+"/submit", nil, 403, "request.denied")
	s.submit("wang")
	for _, lead := range []string{"liwei", "zhao"} {
		s.save(lead, s.content(lead, 11))
		s.submit(lead)
	}
	if id := s.bids["sun"]; id != "" {
		s.put("sun", "/bids/"+id, "/bids/"+id+"/content", s.content("sun", 20))
		a := s.Do(s.as("sun"), "POST", "/bids/"+id+"/request", nil)
		if a.Status == http.StatusOK {
			s.call("sub", "POST", "/bids/"+id+"/endorse", doc{"digest": a.Map()["digest"]})
			a = s.Do(s.as("sun"), "POST", "/bids/"+id+"/submit", nil)
		}
		if a.Status < 400 {
			s.t.Errorf("a subsidiary of who asks may bid: %s", a.Body)
		}
	}
}

func (s *story) changeMinds() {
	s.at(time.Date(2026, 3, 20, 2, 0, 0, 0, time.UTC))
	first := s.receipts["liwei"]
	s.save("liwei", s.content("liwei", 13))
	if got := s.call("liwei", "GET", "/bids/"+s.bids["liwei"]+"/receipt", nil); text(got, "digest") != first.Digest {
		s.t.Error("a draft in hand changed what is sealed")
	}
	s.submit("liwei")
	if s.receipts["liwei"].Digest == first.Digest || s.receipts["liwei"].Version <= first.Version {
		s.t.Error("the replacement has the receipt of what it replaced")
	}
	s.refused("dlut", "POST", "/bids/"+s.bids["zhao"]+"/withdraw", doc{}, 404, "request.not_found")
	s.call("zhao", "POST", "/bids/"+s.bids["zhao"]+"/withdraw", doc{"reason": "人手不足"})
}

// sealed asks everybody about the bids: nobody but the team and its unit learns anything,
// not even that there is one.
func (s *story) sealed() {
	none := "bid_" + strings.Repeat("a", 26)
	bare := func(who, path, id string) string {
		a := s.Do(s.as(who), "GET", path, nil)
		return fmt.Sprint(a.Status) + strings.ReplaceAll(string(a.Body), id, "ID")
	}
	for _, who := range []string{"", "stranger", "poster", "shengu", "officer", "elsewhere", "auditor", "operator", "expert00", "liwei"} {
		for _, sub := range []string{"", "/versions", "/receipt", "/versions/1"} {
			if got, want := bare(who, "/bids/"+s.bids["wang"]+sub, s.bids["wang"]), bare(who, "/bids/"+none+sub, none); got != want {
				s.t.Errorf("%s learns of a bid: %s, not %s", who, got, want)
			}
		}
		for _, path := range []string{s.path, "/challenges", "/challenges?facets=true", "/overview", s.path + "/bids", "/desk/challenges", "/overview/office", "/overview/desk",
			"/trail/challenge/" + s.challenge, "/notices", "/documents?owner_kind=challenge&owner_id=" + s.challenge, "/desk/bids", s.path + "/bid"} {
			body := string(s.Do(s.as(who), "GET", path, nil).Body)
			for _, word := range []string{s.bids["wang"], s.bids["zhao"], "sealed words of wang", "sealed words of zhao"} {
				if strings.Contains(body, word) {
					s.t.Errorf("%s learns %s from %s", who, word, path)
				}
			}
		}
	}
	for who, before := range map[string][]byte{"poster": s.versions.owner, "stranger": s.versions.stranger} {
		if now := s.Do(s.as(who), "GET", s.path, nil).Must(200).Body; string(now) != string(before) {
			s.t.Errorf("the challenge looks otherwise to %s since there are bids:\n%s\n%s", who, before, now)
		}
	}
	for _, who := range []string{"poster", "officer", "auditor"} {
		s.refused(who, "GET", s.path+"/bids", nil, 409, "challenge.wrong_state")
	}
	metrics := string(s.Do(apitest.Person{}, "GET", "/metrics", nil).Must(200).Body)
	if strings.Contains(metrics, s.challenge) || strings.Contains(metrics, s.bids["wang"]) {
		s.t.Error("the metrics speak of a challenge or a bid")
	}
	if b := s.call("sia", "GET", "/bids/"+s.bids["wang"], nil); text(b, "state") != "submitted" {
		s.t.Errorf("the unit sees its bid %s", b["state"])
	}
}

func (s *story) deadline() {
	s.at(s.due.Add(-time.Second))
	s.refused("officer", "POST", s.path+"/close", nil, 409, "challenge.still_open")
	s.save("wang", s.content("wang", 14)) // endorsed in the last second, and not handed in
	s.at(s.due)
	s.refused("wang", "POST", "/bids/"+s.bids["wang"]+"/submit", nil, 409, "challenge.deadline_passed")
	s.refused("zhao", "POST", "/bids/"+s.bids["zhao"]+"/submit", nil, 409, "")
	s.refused("liwei", "POST", "/bids/"+s.bids["liwei"]+"/withdraw", doc{}, 409, "challenge.deadline_passed")
	s.Tick()
	if c := s.call("", "GET", s.path, nil); text(c, "state") != models.ChallengeClosed {
		s.t.Fatalf("the clock left the challenge %s", c["state"])
	}
	s.refused("officer", "POST", s.path+"/open", nil, 409, "challenge.not_opening_time")
}

func (s *story) open() {
	s.at(s.due.Add(time.Hour))
	s.Tick()
	for _, who := range []string{"poster", "officer", "auditor"} {
		bids := list(s.call(who, "GET", s.path+"/bids", nil), "items")
		codes := []string{}
		for _, b := range bids {
			codes = append(codes, text(b, "code"))
			if lead := s.leadOf(text(b, "id")); lead != "wang" && lead != "liwei" {
				s.t.Errorf("%s sees the bid of %q", who, lead)
			}
		}
		slices.Sort(codes)
		if len(bids) != 2 || codes[0] == "" || codes[0] == codes[1] {
			s.t.Errorf("%s sees %v", who, codes)
		}
	}
	s.refused("stranger", "GET", "/bids/"+s.bids["wang"], nil, 404, "request.not_found")
	b := string(s.Do(s.as("officer"), "GET", "/bids/"+s.bids["wang"], nil).Must(200).Body)
	if !strings.Contains(b, s.receipts["wang"].Digest) || !strings.Contains(b, `"value":12`) {
		s.t.Errorf("what is opened is not what the receipt names: %s", b)
	}
}

func (s *story) leadOf(bid string) string {
	for lead, id := range s.bids {
		if id == bid {
			return lead
		}
	}
	return ""
}

func (s *story) check() {
	for _, lead := range []string{"wang", "liwei"} {
		path := "/bids/" + s.bids[lead]
		sheet, _ := s.call("officer", "GET", path, nil)["check"].(doc)
		items := list(sheet, "items")
		for _, i := range items {
			i["ok"], i["note"] = true, ""
		}
		s.refused("poster", "POST", path+"/check", doc{"items": items}, 403, "request.denied")
		if b := s.call("officer", "POST", path+"/check", doc{"items": items}); text(b, "state") != models.BidPassed {
			s.t.Errorf("the bid of %s is %s", lead, b["state"])
		}
	}
}

func (s *story) draw() {
	s.at(time.Date(2026, 4, 10, 2, 0, 0, 0, time.UTC))
	s.refused("officer", "POST", s.path+"/assignments", nil, 409, "panel.not_drawn")
	p := s.call("officer", "POST", s.path+"/panel", doc{"size": 7})
	raw, err := json.Marshal(p)
	if err != nil || text(p, "seed") == "" {
		s.t.Errorf("the draw cannot be done again: %s %v", raw, err)
	}
	plan := s.call("officer", "POST", s.path+"/assignments", nil)
	if fmt.Sprint(plan["given"]) != "14" || len(list(plan, "short")) != 0 {
		s.t.Errorf("given %v of 14, short of %v", plan["given"], plan["short"])
	}
	s.refused("", "GET", s.path+"/panel", nil, 409, "challenge.wrong_state")
}

// waiting are the assignments that wait for somebody, each with the expert's login.
func (s *story) waiting(state string) [][2]string {
	found := [][2]string{}
	for _, b := range list(s.call("officer", "GET", s.path+"/assignments", nil), "bids") {
		for _, e := range list(b, "experts") {
			if text(e, "state") == state {
				found = append(found, [2]string{text(e, "id"), s.experts[text(e, "expert")]})
			}
		}
	}
	return found
}

func (s *story) declare() {
	invited := s.waiting(models.AssignmentInvited)
	before := map[string]bool{}
	for _, a := range invited {
		before[a[1]] = true
	}
	id, who := invited[0][0], invited[0][1]
	s.refused(who, "GET", "/bids/"+s.bids["wang"], nil, 404, "request.not_found") // not before he has declared himself
	s.refused(who, "POST", "/assignments/"+id+"/accept", doc{"no_conflict": false, "confidential": true}, 422, "no_conflict")
	s.call(who, "POST", "/assignments/"+id+"/recuse", doc{"reason": "三年内与申报团队合作发表论文"})
	s.Deliver()
	for _, a := range s.waiting(models.AssignmentInvited) {
		if !before[a[1]] {
			s.replaced = a[1]
		}
		s.call(a[1], "POST", "/assignments/"+a[0]+"/accept", doc{"no_conflict": true, "confidential": true})
	}
	if s.replaced == "" {
		s.t.Error("no reserve took the place of the expert who stepped aside")
	}
	if n := len(s.waiting(models.AssignmentAccepted)); n != 14 {
		s.t.Errorf("%d experts at work, want 14", n)
	}
}

func (s *story) score() {
	s.at(time.Date(2026, 4, 14, 2, 0, 0, 0, time.UTC))
	all := s.waiting(models.AssignmentAccepted)
	wang := map[string]bool{}
	for _, b := range list(s.call("officer", "GET", s.path+"/assignments", nil), "bids") {
		for _, e := range list(b, "experts") {
			wang[text(e, "id")] = text(b, "bid") == s.bids["wang"]
		}
	}
	for n, a := range all {
		share, scores := 0.7, []doc{}
		if wang[a[0]] {
			share = 0.85
		}
		for _, c := range models.DefaultCriteria() {
			scores = append(scores, doc{"criterion": c.Code, "points": share * float64(c.Weight), "comment": "依据申报材料评分。"})
		}
		over := slices.Clone(scores)
		over[0] = doc{"criterion": scores[0]["criterion"], "points": 99, "comment": "x"}
		form := s.Do(s.as(a[1]), "GET", "/assignments/"+a[0], nil).Must(200)
		path := "/assignments/" + a[0] + "/review"
		if n == 0 {
			wrong := s.Do(s.as(a[1]), "PUT", path, doc{"scores": over}, "If-Match", form.Header.Get("ETag"))
			if wrong.Status != 422 || !strings.Contains(string(wrong.Body), "scores[0]") {
				s.t.Errorf("more points than the criterion has: %d %s", wrong.Status, wrong.Body)
			}
			s.refused("officer", "GET", s.path+"/reviews", nil, 409, "review.not_all_in")
		}
		s.call(a[1], "PUT", path, doc{"scores": scores, "confidence": 2, "recommend": true, "comment": "路线清楚,依据充分,建议立项。"}, "If-Match", form.Header.Get("ETag"))
		other := all[(n+1)%len(all)]
		if other[1] != a[1] {
			s.refused(a[1], "GET", "/assignments/"+other[0]+"/review", nil, 404, "request.not_found")
		}
		s.call(a[1], "POST", path+"/submit", nil)
	}
	s.call("officer", "GET", s.path+"/reviews", nil)
	s.refused("poster", "GET", s.path+"/reviews", nil, 403, "request.denied")
}

func (s *story) satisfy() {
	s.refused("officer", "POST", s.path+"/ranking", nil, 409, "ranking.")
	for lead, points := range map[string]int{"wang": 90, "liwei": 80} {
		s.put("poster", s.path, s.path+"/bids/"+s.bids[lead]+"/satisfaction", doc{"points": points, "reason": "已面谈"})
	}
}

func (s *story) rank() {
	s.call("officer", "POST", s.path+"/ranking", nil)
	r := s.call("officer", "GET", s.path+"/ranking", nil)
	places := list(r, "places")
	if len(places) != 2 || text(places[0], "bid") != s.bids["wang"] {
		s.t.Fatalf("the order is %v", places)
	}
	for _, p := range places {
		raw, err := json.Marshal(p["sum"])
		if err != nil {
			s.t.Fatal(err)
		}
		var sum struct {
			Value float64 `json:"value"`
			Parts []struct {
				Value float64 `json:"value"`
			} `json:"parts"`
		}
		if err := json.Unmarshal(raw, &sum); err != nil || len(sum.Parts) == 0 {
			s.t.Fatalf("a place has no parts: %s %v", raw, err)
		}
		total := 0.0
		for _, x := range sum.Parts {
			total += x.Value
		}
		if diff := total - sum.Value; diff > 0.01 || diff < -0.01 {
			s.t.Errorf("the parts of place %v sum to %v: %s", p["place"], total, raw)
		}
	}
	c := s.call("poster", "GET", s.path+"/ranking/compare?a="+text(places[0], "bid_code")+"&b="+text(places[1], "bid_code"), nil)
	if d, _ := c["difference"].(doc); d == nil || fmt.Sprint(d["value"]) == "0" {
		s.t.Errorf("the comparison says nothing: %v", c)
	}
	s.refused("", "GET", s.path+"/ranking", nil, 409, "challenge.wrong_state")
}

func (s *story) publicise() {
	s.at(time.Date(2026, 4, 23, 2, 0, 0, 0, time.UTC)) // a Thursday
	a := s.call("officer", "POST", s.path+"/shortlist", doc{"reserves": 1})
	s.refused("", "GET", s.path+"/award", nil, 409, "challenge.wrong_state")
	if raw, _ := json.Marshal(a); !strings.Contains(string(raw), s.bids["wang"]) {
		s.t.Errorf("the proposal lacks the first place: %s", raw)
	}
	s.refused("poster", "POST", s.path+"/publicity", nil, 403, "request.denied")
	s.call("officer", "POST", s.path+"/publicity", nil)
	var until time.Time
	s.Write(func(tx *models.Tx) error {
		c, err := tx.Challenge(models.ChallengeID(s.challenge))
		until = *c.PublicityUntil
		return err
	})
	// Five working days after Thursday the 23rd, a weekend among them: to the end of Thursday the 30th in Shenyang.
	if want := time.Date(2026, 4, 30, 16, 0, 0, 0, time.UTC); !until.Equal(want) {
		s.t.Errorf("the publicity ends %s, want %s", until, want)
	}
	shown := string(s.Do(apitest.Person{}, "GET", s.path+"/award", nil).Must(200).Body)
	if !strings.Contains(shown, "磁轴承团队 wang") || strings.Contains(shown, "sealed words") {
		s.t.Errorf("the public is shown %s", shown)
	}
	s.call("", "GET", s.path+"/ranking", nil)
	s.call("", "GET", s.path+"/panel", nil)
}

func (s *story) object() {
	s.at(time.Date(2026, 4, 27, 2, 0, 0, 0, time.UTC))
	s.refused("", "POST", s.path+"/objections", doc{"name": "王某", "contact": "13800000000", "text": "拟中榜团队的业绩与公示不符,请核实。"}, 401, "request.sign_in")
	s.refused("stranger", "POST", s.path+"/objections", doc{"name": "匿", "contact": "1", "text": "不公"}, 422, "name")
	o := s.call("stranger", "POST", s.path+"/objections", doc{"name": "刘实名", "contact": "13800000000", "text": "拟中榜团队的业绩与公示不符,请核实。"})
	path := "/objections/" + text(o, "id")
	s.refused("liwei", "GET", path, nil, 404, "request.not_found")
	s.refused("officer", "POST", s.path+"/award", nil, 409, "award.publicity_running")
	s.at(time.Date(2026, 4, 30, 16, 0, 0, 0, time.UTC))
	s.refused("officer", "POST", s.path+"/award", nil, 409, "award.objection_open")
	s.refused("stranger", "POST", path+"/dismiss", doc{"decision": "经核实,异议不成立,理由如下。"}, 403, "request.denied")
	s.call("officer", "POST", path+"/dismiss", doc{"decision": "经核实,业绩证明与公示一致,异议不成立。"})
	s.refused("officer", "POST", path+"/uphold", doc{"decision": "经核实,业绩证明与公示不一致。"}, 409, "objection.wrong_state")
	s.refused("stranger", "POST", s.path+"/objections", doc{"name": "刘实名", "contact": "13800000000", "text": "再次提出异议,请核实。"}, 409, "objection.too_late")
}

func (s *story) award() {
	s.refused("poster", "POST", s.path+"/award", nil, 403, "request.denied")
	s.call("officer", "POST", s.path+"/award", nil)
	s.refused("officer", "POST", s.path+"/award", nil, 409, "challenge.wrong_state")
	for lead, state := range map[string]string{"wang": models.BidAwarded, "liwei": models.BidReserved, "zhao": models.BidWithdrawn} {
		if b := s.call(lead, "GET", "/bids/"+s.bids[lead], nil); text(b, "state") != state {
			s.t.Errorf("the bid of %s is %s, want %s", lead, b["state"], state)
		}
	}
	if c := s.call("", "GET", s.path, nil); text(c, "state") != models.ChallengeAwarded {
		s.t.Errorf("the challenge is %s", c["state"])
	}
}

func (s *story) after() {
	for who, result := range map[string]string{"wang": "awarded", "sia": "awarded", "liwei": "reserve", "dlut": "reserve"} {
		letters := 0
		for _, n := range list(s.call(who, "GET", "/notices?limit=100", nil), "items") {
			p, _ := n["params"].(doc)
			if p["result"] == result {
				letters++
			}
		}
		if letters != 1 {
			s.t.Errorf("%s has %d letters of result", who, letters)
		}
	}
	for who, kind := range map[string]models.Action{"poster": models.AwardDecide, "stranger": models.ObjectionDismiss, "officer": models.ObjectionFile} {
		found := false
		for _, n := range list(s.call(who, "GET", "/notices?limit=100", nil), "items") {
			found = found || text(n, "kind") == string(kind)
		}
		if !found {
			s.t.Errorf("%s was not told of %s", who, kind)
		}
	}
	told := []string{}
	for next := ""; ; {
		page := s.call("officer", "GET", "/trail/challenge/"+s.challenge+"?limit=100&cursor="+url.QueryEscape(next), nil)
		for _, e := range list(page, "items") {
			if text(e, "thing_kind") == string(models.KindChallenge) || text(e, "thing_kind") == string(models.KindObjection) {
				told = append(told, text(e, "action"))
			}
		}
		if next = text(page, "next"); next == "" {
			break
		}
	}
	want := []models.Action{models.ChallengeDraft, models.ChallengeEdit, models.ChallengeEdit, models.ChallengeSubmit, models.ChallengeReturn, models.ChallengeEdit,
		models.ChallengeSubmit, models.ChallengeApprove, models.ChallengePublish, models.ChallengeClose, models.ChallengeOpen, models.PanelDraw, models.AssignmentRun,
		models.RankingCompute, models.AwardShortlist, models.AwardPublicize, models.ObjectionFile, models.ObjectionDismiss, models.AwardDecide}
	at := 0
	for _, a := range told {
		if at < len(want) && a == string(want[at]) {
			at++
		}
	}
	if at < len(want) {
		s.t.Errorf("the trail does not tell of %s after %v: %v", want[at], want[:at], told)
	}
	if found, err := s.Store.Examine(s.t.Context()); err != nil || len(found) > 0 {
		s.t.Errorf("the story leaves something broken: %v %v", found, err)
	}
}
