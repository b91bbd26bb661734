package integrity_test

import (
	"net/http"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func TestLifeOfARecord(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		firm, admin := w.Org("Barredfirm", "enterprise")
		uni, uniAdmin := w.Org("Cleanuniversity", "university")
		team, lead := w.Team(uni, "Barredteam")
		officer, city, elsewhere, auditor := w.Officer("recorder", "210000"), w.Officer("cityman", "210100"), w.Officer("elsewhere", "110000"), w.Grant(w.Person("auditor"), "auditor", "")
		judge := w.Person("judge")
		body := func(kind, subject string) map[string]any {
			return map[string]any{"subject": subject, "kind": kind, "act": "提供虚假检测报告", "basis": "科学技术活动违规行为处理暂行规定", "body": "省科技厅", "since": "2026-03-01", "until": "2026-04-01"}
		}
		bad := body("org", "91440101MA5CJQ4N59")
		bad["since"], bad["until"], bad["act"] = "2026-13-01", "2026-01-01", "    "
		endless := body("org", string(firm.ID))
		endless["until"] = "2099-01-01"
		w.Run(t,
			apitest.Row{Name: "no officer", As: admin, Method: "POST", Path: "/integrity", Body: body("org", string(firm.ID)), Status: 403},
			apitest.Row{Name: "visitor", Method: "GET", Path: "/integrity", Status: 401},
			apitest.Row{Name: "bad fields", As: officer, Method: "POST", Path: "/integrity", Body: bad, Status: 422, Has: []string{"org.unknown", `"since"`, "integrity.period", `"act"`}},
			apitest.Row{Name: "for ever", As: officer, Method: "POST", Path: "/integrity", Body: endless, Status: 422, Has: []string{"integrity.period_long"}},
			apitest.Row{Name: "no such team", As: officer, Method: "POST", Path: "/integrity", Body: body("team", "TM99"), Status: 422, Has: []string{"integrity.no_subject"}},
			apitest.Row{Name: "outside of the office", As: elsewhere, Method: "POST", Path: "/integrity", Body: body("org", string(firm.ID)), Status: 422, Has: []string{"integrity.not_your_region"}},
			apitest.Row{Name: "ok", As: officer, Method: "POST", Path: "/integrity", Body: body("org", string(firm.ID)), Status: 201,
				Has: []string{`"in_force":true`, "Barredfirm", "省科技厅"}, Events: []models.Action{models.IntegrityRecord}},
			apitest.Row{Name: "of a team", As: officer, Method: "POST", Path: "/integrity", Body: body("team", team.Code), Status: 201, Events: []models.Action{models.IntegrityRecord}},
			apitest.Row{Name: "of a person", As: city, Method: "POST", Path: "/integrity", Body: body("account", "judge"), Status: 201, Events: []models.Action{models.IntegrityRecord}},
			apitest.Row{Name: "the register", As: auditor, Method: "GET", Path: "/integrity?state=in_force", Status: 200, Has: []string{"Barredfirm", "Barredteam"}},
			apitest.Row{Name: "is the offices'", As: admin, Method: "GET", Path: "/integrity", Status: 403},
			apitest.Row{Name: "mine", As: admin, Method: "GET", Path: "/me/integrity", Status: 200, Has: []string{"Barredfirm"}, Lacks: []string{"Barredteam"}},
			apitest.Row{Name: "a lead's", As: lead, Method: "GET", Path: "/me/integrity", Status: 200, Has: []string{"Barredteam"}, Lacks: []string{"Barredfirm"}},
			apitest.Row{Name: "the unit of the team", As: uniAdmin, Method: "GET", Path: "/me/integrity", Status: 200, Has: []string{"Barredteam"}},
			// registration reads it, with the reason
			apitest.Row{Name: "no alliance", As: admin, Method: "POST", Path: "/orgs/" + string(firm.ID) + "/alliances", Body: map[string]any{"name": "泵阀产学研联盟", "level": "city", "tier": "typical",
				"chain": "pumps", "market_goal": "形成产品并应用", "benefit_sharing": "按协议分配", "signed_on": "2026-01-10", "members": []map[string]any{{"org": string(uni.ID), "role": "academic"}}},
				Status: 409, Has: []string{"integrity.in_force", "提供虚假检测报告", "2026-03-31", "省科技厅"}},
			apitest.Row{Name: "no expert", As: judge, Method: "POST", Path: "/experts", Body: map[string]any{"name": "评委", "kind": "technology", "unit": "Elsewhere", "yearly_cap": 5, "domains": []string{"MFG"}}, Status: 409, Has: []string{"integrity.in_force"}},
			apitest.Row{Name: "no unit", As: judge, Method: "POST", Path: "/orgs", Body: map[string]any{"name": "新单位", "kind": "enterprise", "uscc": "91350200776049653A", "region": "210100"}, Status: 409, Has: []string{"integrity.in_force"}},
		)
		var list struct {
			Records []struct{ ID string }
		}
		w.Do(admin, "GET", "/me/integrity", nil).Must(http.StatusOK).JSON(&list)
		one := "/integrity/" + list.Records[0].ID
		appeal, answer := map[string]string{"text": "检测机构出具报告有误,我方已更正。"}, map[string]string{"reason": "经复核理由不成立"}
		w.Run(t,
			apitest.Row{Name: "strangers do not learn of it", As: uniAdmin, Method: "GET", Path: one, Status: 404},
			apitest.Row{Name: "nobody decides before an appeal", As: city, Method: "POST", Path: one + "/revoke", Body: answer, Status: 409},
			apitest.Row{Name: "an officer does not appeal", As: officer, Method: "POST", Path: one + "/appeal", Body: appeal, Status: 403},
			apitest.Row{Name: "appeal of blanks", As: admin, Method: "POST", Path: one + "/appeal", Body: map[string]string{"text": "            "}, Status: 422, Has: []string{`"text"`}},
			apitest.Row{Name: "appeal", As: admin, Method: "POST", Path: one + "/appeal", Body: appeal, Status: 200, Has: []string{`"state":"appealed"`, `"in_force":true`}, Events: []models.Action{models.IntegrityAppeal}},
			apitest.Row{Name: "appeal twice", As: admin, Method: "POST", Path: one + "/appeal", Body: appeal, Status: 409},
			apitest.Row{Name: "not by who recorded it", As: officer, Method: "POST", Path: one + "/dismiss", Body: answer, Status: 409, Has: []string{"integrity.own_record"}},
			apitest.Row{Name: "dismissed", As: city, Method: "POST", Path: one + "/dismiss", Body: answer, Status: 200, Has: []string{`"state":"in_force"`, "经复核"}, Events: []models.Action{models.IntegrityDismiss}},
			apitest.Row{Name: "once only", As: admin, Method: "POST", Path: one + "/appeal", Body: appeal, Status: 409, Has: []string{"integrity.appealed_already"}},
		)
		w.Do(lead, "GET", "/me/integrity", nil).Must(http.StatusOK).JSON(&list)
		two := "/integrity/" + list.Records[0].ID
		w.Run(t,
			apitest.Row{Name: "the lead appeals", As: lead, Method: "POST", Path: two + "/appeal", Body: appeal, Status: 200, Events: []models.Action{models.IntegrityAppeal}},
			apitest.Row{Name: "upheld", As: city, Method: "POST", Path: two + "/revoke", Body: answer, Status: 200, Has: []string{`"revoked"`, `"in_force":false`}, Events: []models.Action{models.IntegrityRevoke}},
		)
		w.Tick()
		w.Run(t, apitest.Row{Name: "a clock does not end it early", As: admin, Method: "GET", Path: one, Status: 200, Has: []string{`"state":"in_force"`, `"in_force":true`}})
		w.Clock.Set(time.Date(2026, 3, 31, 16, 0, 0, 0, time.UTC)) // the first instant of 1 April in Shenyang
		admin, judge = w.SignIn("barredfirm"), w.SignIn("judge")
		w.Run(t,
			apitest.Row{Name: "it ended by the date alone", As: admin, Method: "GET", Path: one, Status: 200, Has: []string{`"state":"in_force"`, `"in_force":false`}},
			apitest.Row{Name: "and bars nobody", As: judge, Method: "POST", Path: "/orgs", Body: map[string]any{"name": "新单位", "kind": "enterprise", "uscc": "91350200776049653A", "region": "210100"}, Status: 201,
				Events: []models.Action{models.OrgRegister}},
		)
		w.Tick()
		w.Deliver()
		w.Run(t,
			apitest.Row{Name: "the clock notes it", As: admin, Method: "GET", Path: one, Status: 200, Has: []string{`"expired"`}},
			apitest.Row{Name: "and tells", As: admin, Method: "GET", Path: "/notices", Status: 200, Has: []string{"integrity.expire", "integrity.record", "integrity.dismiss"}},
		)
	})
}
