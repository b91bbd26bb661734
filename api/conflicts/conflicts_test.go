package conflicts_test

import (
	"slices"
	"strings"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func TestTies(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		officer, operator, stranger, other := w.Officer("tie-officer", "210000"), w.Operator(), w.Person("tie-stranger"), w.Person("tie-other")
		body := func(parties ...map[string]any) map[string]any {
			return map[string]any{"kind": "patent", "what": "ZL202410000001.0", "since": "2024-06-01", "until": "2024-06-01", "basis": "专利公告", "parties": parties}
		}
		me, somebody := map[string]any{"user": stranger.User}, map[string]any{"name": "王某", "unit": "东北大学"}
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/ties", Body: body(me, somebody), Status: 401},
			apitest.Row{Name: "not mine", As: other, Method: "POST", Path: "/ties", Body: body(me, somebody), Status: 422, Has: []string{"tie.not_yours"}},
			apitest.Row{Name: "one alone", As: stranger, Method: "POST", Path: "/ties", Body: body(me), Status: 422, Has: []string{"parties"}},
			apitest.Row{Name: "faults", As: stranger, Method: "POST", Path: "/ties", Status: 422,
				Body: map[string]any{"kind": "paper", "since": "2024-13-01", "until": "x", "basis": "  ", "parties": []any{me, map[string]any{}, map[string]any{"user": "usr_nobody"}, map[string]any{"user": stranger.User, "org": "org_x"}}},
				Has:  []string{"field.date", "basis", "tie.no_party", "tie.unknown_party", "tie.one_party"}},
			apitest.Row{Name: "ends before it begins", As: stranger, Method: "POST", Path: "/ties", Status: 422, Has: []string{"tie.period"},
				Body: map[string]any{"kind": "project", "since": "2024-06-02", "until": "2024-06-01", "basis": "合同", "parties": []any{me, somebody}}},
			apitest.Row{Name: "ok", As: stranger, Method: "POST", Path: "/ties", Body: body(me, somebody), Status: 201, Has: []string{"on_record", "王某"}, Events: []models.Action{models.TieRecord}},
			apitest.Row{Name: "by an officer", As: officer, Method: "POST", Path: "/ties", Body: body(me, somebody), Status: 201, Has: []string{"tie.strike"}, Events: []models.Action{models.TieRecord}},
			apitest.Row{Name: "list is not everybody's", As: stranger, Method: "GET", Path: "/ties", Status: 403},
			apitest.Row{Name: "list", As: operator, Method: "GET", Path: "/ties?limit=1", Status: 200, Has: []string{`"next":"`}},
			apitest.Row{Name: "another list's cursor", As: officer, Method: "GET", Path: "/ties?cursor=abc", Status: 422},
			apitest.Row{Name: "mine", As: stranger, Method: "GET", Path: "/me/ties", Status: 200, Has: []string{"tie_"}},
			apitest.Row{Name: "none of mine", As: other, Method: "GET", Path: "/me/ties", Status: 200, Has: []string{`"ties":[]`}},
		)
		var list struct{ Ties []struct{ ID string } }
		w.Do(stranger, "GET", "/me/ties", nil).Must(200).JSON(&list)
		path := "/ties/" + list.Ties[0].ID
		w.Run(t,
			apitest.Row{Name: "show mine", As: stranger, Method: "GET", Path: path, Status: 200},
			apitest.Row{Name: "hidden", As: other, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "strike my own", As: stranger, Method: "POST", Path: path + "/strike", Body: map[string]any{"reason": "记录有误"}, Status: 403},
			apitest.Row{Name: "strike without reason", As: officer, Method: "POST", Path: path + "/strike", Body: map[string]any{}, Status: 422},
			apitest.Row{Name: "strike", As: officer, Method: "POST", Path: path + "/strike", Body: map[string]any{"reason": "记录有误"}, Status: 200, Has: []string{"struck"}, Events: []models.Action{models.TieStrike}},
			apitest.Row{Name: "twice", As: officer, Method: "POST", Path: path + "/strike", Body: map[string]any{"reason": "记录有误"}, Status: 409},
		)
		self := w.Do(officer, "POST", "/ties", body(map[string]any{"user": officer.User}, somebody)).Must(201)
		var mine struct{ ID string }
		self.JSON(&mine)
		w.Run(t, apitest.Row{Name: "strike what names me", As: officer, Method: "POST", Path: "/ties/" + mine.ID + "/strike", Body: map[string]any{"reason": "记录有误"}, Status: 403, Has: []string{"tie.own"}})
	})
}

type pairs struct {
	Pairs []struct {
		Expert, Bid, Rule, Key, Zh, En string
		Hard, Judges, Waived           bool
	}
	Waivers []struct{ ID, State string }
}

func of(w *apitest.World, ev *apitest.Evaluation, rule string) (list pairs) {
	w.Do(ev.Officer, "GET", ev.Path("/conflicts"), nil).Must(200).JSON(&list)
	list.Pairs = slices.DeleteFunc(list.Pairs, func(p struct {
		Expert, Bid, Rule, Key, Zh, En string
		Hard, Judges, Waived           bool
	}) bool {
		return p.Rule != rule
	})
	return list
}

type boards struct {
	Bids []struct {
		Bid     string
		Experts []struct{ ID, Expert, State string }
	}
}

func drawn(w *apitest.World, ev *apitest.Evaluation) (ids []models.ExpertID) {
	var panel struct {
		Members []struct{ Expert models.ExpertID }
	}
	w.Do(ev.Officer, "GET", ev.Path("/panel"), nil).Must(200).JSON(&panel)
	for _, m := range panel.Members {
		ids = append(ids, m.Expert)
	}
	return ids
}

// TestPatentBars is a fact that comes up between the draw and the assignment.
func TestPatentBars(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(3, 14)
		w.Do(ev.Officer, "POST", ev.Path("/panel"), map[string]any{"size": 5}).Must(201)
		tied := drawn(w, ev)[0]
		expert, lead := ev.Expert(tied), ev.Lead(1)
		w.Do(ev.Officer, "POST", "/ties", map[string]any{"kind": "patent", "what": "ZL202510000001.0", "since": "2025-06-01", "until": "2025-06-01", "basis": "专利公告",
			"parties": []any{map[string]any{"user": expert.User}, map[string]any{"user": lead.User}}}).Must(201)
		got := of(w, ev, "patent")
		if len(got.Pairs) != 1 || !got.Pairs[0].Hard || got.Pairs[0].Bid != string(ev.Bids[1].ID) || !strings.Contains(got.Pairs[0].Zh, "专利「ZL202510000001.0」的共同申请人") ||
			!strings.Contains(got.Pairs[0].En, "applicants of the patent") {
			t.Fatalf("%+v", got)
		}
		w.Do(ev.Officer, "POST", ev.Path("/assignments"), nil).Must(200)
		var b boards
		w.Do(ev.Officer, "GET", ev.Path("/assignments"), nil).Must(200).JSON(&b)
		for _, bid := range b.Bids {
			has := slices.ContainsFunc(bid.Experts, func(e struct{ ID, Expert, State string }) bool { return e.Expert == string(tied) })
			if has == (bid.Bid == string(ev.Bids[1].ID)) {
				t.Errorf("the tied expert has bid %s: %v", bid.Bid, has)
			}
		}
		w.Run(t,
			apitest.Row{Name: "stranger", As: ev.Stranger, Method: "GET", Path: ev.Path("/conflicts"), Status: 403},
			apitest.Row{Name: "owner", As: ev.Owner, Method: "GET", Path: ev.Path("/conflicts"), Status: 403},
			apitest.Row{Name: "expert", As: expert, Method: "GET", Path: ev.Path("/conflicts"), Status: 403},
			apitest.Row{Name: "auditor", As: ev.Auditor, Method: "GET", Path: ev.Path("/conflicts"), Status: 200, Has: []string{`"rules":[{`}},
			apitest.Row{Name: "hard ones are not waived", As: ev.Officer, Method: "POST", Path: ev.Path("/waivers"), Status: 409, Has: []string{"waiver.hard"},
				Body: map[string]any{"expert": tied, "conflict": got.Pairs[0].Key, "reason": "本领域专家稀缺，请予豁免"}})
	})
}

// TestSoftRuleAndWaiver: where the rules make it soft, two people may let it pass.
func TestSoftRuleAndWaiver(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 14)
		w.Officer("ev-officer-2", "210000")
		w.SignIn("ev-officer")
		second := w.SignIn("ev-officer-2")
		ev.Change(func(c *models.Challenge) {
			c.Conflicts = models.J([]models.ConflictRule{{Code: "paper", Years: 3}})
			c.Panel.V.ExpertsPerBid = 5
		})
		w.Do(ev.Officer, "POST", ev.Path("/panel"), map[string]any{"size": 5}).Must(201)
		tied := drawn(w, ev)[0]
		w.Do(ev.Officer, "POST", "/ties", map[string]any{"kind": "paper", "what": "轴承磨损", "since": "2025-06-01", "until": "2025-06-01", "basis": "论文",
			"parties": []any{map[string]any{"user": ev.Expert(tied).User}, map[string]any{"team": ev.Teams[0].ID}}}).Must(201)
		got := of(w, ev, "paper")
		if len(got.Pairs) != 1 || got.Pairs[0].Hard {
			t.Fatalf("%+v", got)
		}
		has := func() bool {
			var b boards
			w.Do(ev.Officer, "GET", ev.Path("/assignments"), nil).Must(200).JSON(&b)
			return slices.ContainsFunc(b.Bids[0].Experts, func(e struct{ ID, Expert, State string }) bool { return e.Expert == string(tied) })
		}
		w.Do(ev.Officer, "POST", ev.Path("/assignments"), nil).Must(200)
		if has() {
			t.Error("a soft conflict that nobody waived holds nobody back")
		}
		ask := map[string]any{"expert": tied, "conflict": got.Pairs[0].Key, "reason": "本领域专家稀缺，请予豁免"}
		w.Run(t,
			apitest.Row{Name: "stranger", As: ev.Stranger, Method: "POST", Path: ev.Path("/waivers"), Body: ask, Status: 403},
			apitest.Row{Name: "auditor", As: ev.Auditor, Method: "POST", Path: ev.Path("/waivers"), Body: ask, Status: 403},
			apitest.Row{Name: "unknown", As: ev.Officer, Method: "POST", Path: ev.Path("/waivers"), Body: map[string]any{"expert": tied, "conflict": "x", "reason": "本领域专家稀缺，请予豁免"}, Status: 422,
				Has: []string{"waiver.no_conflict"}},
			apitest.Row{Name: "no expert", As: ev.Officer, Method: "POST", Path: ev.Path("/waivers"), Body: map[string]any{"expert": "exp_x", "conflict": "x", "reason": "        "}, Status: 422,
				Has: []string{"waiver.no_expert", "field.length"}},
			apitest.Row{Name: "ask", As: ev.Officer, Method: "POST", Path: ev.Path("/waivers"), Body: ask, Status: 201, Has: []string{`"state":"asked"`, "轴承磨损"}, Lacks: []string{"waiver.approve"},
				Events: []models.Action{models.WaiverAsk}},
			apitest.Row{Name: "ask twice", As: second, Method: "POST", Path: ev.Path("/waivers"), Body: ask, Status: 409, Has: []string{"waiver.asked_already"}},
		)
		id := of(w, ev, "paper").Waivers[0].ID
		yes := map[string]any{"reason": "同意，依据第十二条"}
		w.Run(t,
			apitest.Row{Name: "alone", As: ev.Officer, Method: "POST", Path: "/waivers/" + id + "/approve", Body: yes, Status: 409, Has: []string{"waiver.second_person"}},
			apitest.Row{Name: "hidden", As: ev.Stranger, Method: "GET", Path: "/waivers/" + id, Status: 404},
			apitest.Row{Name: "without a reason", As: second, Method: "POST", Path: "/waivers/" + id + "/approve", Body: map[string]any{}, Status: 422},
			apitest.Row{Name: "refuse", As: second, Method: "POST", Path: "/waivers/" + id + "/refuse", Body: map[string]any{"reason": "理由不充分"}, Status: 200, Events: []models.Action{models.WaiverRefuse}},
			apitest.Row{Name: "refused is refused", As: second, Method: "POST", Path: "/waivers/" + id + "/approve", Body: yes, Status: 409},
			apitest.Row{Name: "ask again", As: ev.Officer, Method: "POST", Path: ev.Path("/waivers"), Body: ask, Status: 201, Events: []models.Action{models.WaiverAsk}},
		)
		for _, again := range of(w, ev, "paper").Waivers { // at one instant, in any order
			if again.State == models.WaiverAsked {
				id = again.ID
			}
		}
		w.Run(t,
			apitest.Row{Name: "approve", As: second, Method: "POST", Path: "/waivers/" + id + "/approve", Body: yes, Status: 200, Has: []string{`"state":"approved"`}, Events: []models.Action{models.WaiverApprove}},
			apitest.Row{Name: "show", As: ev.Auditor, Method: "GET", Path: "/waivers/" + id, Status: 200, Has: []string{"同意，依据第十二条"}})
		if got := of(w, ev, "paper"); !got.Pairs[0].Waived {
			t.Errorf("%+v", got)
		}
		w.Do(ev.Officer, "POST", ev.Path("/assignments"), nil).Must(200)
		if !has() {
			t.Error("a waived conflict still holds back")
		}
	})
}

// TestOfficersAndPosters are under the same graph.
func TestOfficersAndPosters(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 12)
		kin := func(p apitest.Person) {
			w.Do(ev.Officer, "POST", "/ties", map[string]any{"kind": "kinship", "what": "夫妻", "basis": "本人报告",
				"parties": []any{map[string]any{"user": p.User}, map[string]any{"user": ev.Lead(0).User}}}).Must(201)
		}
		kin(ev.Officer)
		w.Run(t,
			apitest.Row{Name: "draw", As: ev.Officer, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 409, Has: []string{"conflict.hindered", "kin"}},
			apitest.Row{Name: "run", As: ev.Officer, Method: "POST", Path: ev.Path("/assignments"), Status: 409},
			apitest.Row{Name: "ask", As: ev.Officer, Method: "POST", Path: ev.Path("/waivers"), Body: map[string]any{"expert": ev.Experts[0].ID, "conflict": "x", "reason": "本领域专家稀缺，请予豁免"}, Status: 409})
		w.Officer("ev-officer-2", "210000")
		second := w.SignIn("ev-officer-2")
		w.Run(t, apitest.Row{Name: "another draws", As: second, Method: "POST", Path: ev.Path("/panel"), Body: map[string]any{}, Status: 201, Events: []models.Action{models.PanelDraw}})
		kin(ev.Owner)
		w.Run(t, apitest.Row{Name: "the owner's hand", As: ev.Owner, Method: "PUT", Path: ev.Path("/bids/" + string(ev.Bids[1].ID) + "/satisfaction"), Body: map[string]any{"points": 80}, Header: []string{"If-Match", w.Do(ev.Owner, "GET", ev.Path("/satisfaction"), nil).Must(200).Header.Get("ETag")}, Status: 409,
			Has: []string{"conflict.hindered"}})
	})
}

// TestLateTie: what comes up after the sheet is in keeps it from an award until it is set aside.
func TestLateTie(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 12)
		ev.Scored(3, func(bid, expert int) float64 { return 0.9 - 0.1*float64(bid) })
		ev.Satisfied(func(int) float64 { return 80 })
		var b boards
		w.Do(ev.Officer, "GET", ev.Path("/assignments"), nil).Must(200).JSON(&b)
		seat := b.Bids[0].Experts[0]
		aside := func() *apitest.Answer {
			return w.Do(ev.Officer, "POST", "/assignments/"+seat.ID+"/set_aside", map[string]any{"reason": "事后查明存在亲属关系"})
		}
		aside().Must(409) // nothing ties him yet
		w.Do(ev.Officer, "POST", "/ties", map[string]any{"kind": "kinship", "basis": "举报核实",
			"parties": []any{map[string]any{"user": ev.Expert(models.ExpertID(seat.Expert)).User}, map[string]any{"team": ev.Teams[0].ID}}}).Must(201)
		w.Run(t,
			apitest.Row{Name: "stranger", As: ev.Stranger, Method: "POST", Path: "/assignments/" + seat.ID + "/set_aside", Body: map[string]any{"reason": "事后查明存在亲属关系"}, Status: 404})
		w.Do(ev.Officer, "POST", ev.Path("/ranking"), map[string]any{}).Must(201)
		w.Run(t, apitest.Row{Name: "no award", As: ev.Officer, Method: "POST", Path: ev.Path("/shortlist"), Body: map[string]any{}, Status: 409, Has: []string{"award.tainted"}})
		if a := aside().Must(200); !strings.Contains(string(a.Body), "recused") {
			t.Errorf("%s", a.Body)
		}
		w.Do(ev.Officer, "POST", ev.Path("/ranking"), map[string]any{}).Must(201)
	})
}

// TestBatchRules: a batch changes rules, but not those that nobody may soften.
func TestBatchRules(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		officer := w.Officer("br-officer", "210000")
		batch := func(no int, rules ...any) map[string]any {
			return map[string]any{"region": "210000", "region_code": "LN", "year": 2026, "no": no, "title": "测试批次规则", "conflict_rules": rules}
		}
		w.Run(t,
			apitest.Row{Name: "ok", As: officer, Method: "POST", Path: "/batches", Body: batch(7, map[string]any{"code": "paper", "hard": false, "years": 5}), Status: 201,
				Has: []string{`{"code":"paper","hard":false,"years":5,"off":false}`, `"code":"siblings"`}, Events: []models.Action{models.BatchCreate}},
			apitest.Row{Name: "fixed", As: officer, Method: "POST", Path: "/batches", Body: batch(8, map[string]any{"code": "member", "hard": false, "years": 0}), Status: 422, Has: []string{"batch.fixed_conflict_rule"}},
			apitest.Row{Name: "unknown and twice", As: officer, Method: "POST", Path: "/batches", Status: 422, Has: []string{"batch.unknown_conflict_rule", "field.twice", "conflict_rules[2]"},
				Body: batch(9, map[string]any{"code": "weather", "hard": true, "years": 0}, map[string]any{"code": "paper", "hard": true, "years": 1}, map[string]any{"code": "paper", "hard": true, "years": 2})})
	})
}
