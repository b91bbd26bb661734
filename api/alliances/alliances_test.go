package alliances_test

import (
	"fmt"
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// chain puts a chain into force.
func chain(w *apitest.World) {
	w.Write(func(tx *models.Tx) error {
		c := models.NewCatalogue()
		c.Kind, c.Code, c.NameZh, c.From = "chain", "C1", "产业链", "2020-01-01"
		c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.CataloguePublished, 1, tx.Now, tx.Now
		if err := tx.Plant(c); err != nil {
			return err
		}
		return tx.AddTerms(c, []models.Term{{Code: "pumps", NameZh: "泵阀"}})
	})
}

func TestLifeOfAnAlliance(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		chain(w)
		firm, admin := w.Org("Firmone", "enterprise")
		uni, uniAdmin := w.Org("Unione", "university")
		lab, labAdmin := w.Org("Laboratory", "research_institute")
		bank, bankAdmin := w.Org("Bankingtwo", "other")
		city := w.Officer("cityofficer", "210100")
		officer, elsewhere := w.Officer("officer", "210000"), w.Officer("elsewhere", "110000")
		body := func(members ...map[string]any) map[string]any {
			return map[string]any{"name": "泵阀产学研联盟", "level": "city", "tier": "typical", "chain": "pumps", "market_goal": "形成产品并应用",
				"benefit_sharing": "按协议分配", "signed_on": "2026-01-10", "members": members}
		}
		seat := func(org models.OrgID, role string, bp int) map[string]any {
			return map[string]any{"org": string(org), "role": role, "share_bp": bp}
		}
		path := "/orgs/" + string(firm.ID) + "/alliances"
		bad := body(seat(firm.ID, "enterprise", 6000), seat(bank.ID, "academic", 5000), seat(bank.ID, "finance", 0), seat("org_x", "user", 0))
		bad["chain"], bad["signed_on"], bad["valid_until"] = "unheard", "2026-03-20", "2025-01-01"
		w.Run(t,
			apitest.Row{Name: "stranger", As: uniAdmin, Method: "POST", Path: path, Body: body(seat(uni.ID, "academic", 0)), Status: 403},
			apitest.Row{Name: "a university leads", As: uniAdmin, Method: "POST", Path: "/orgs/" + string(uni.ID) + "/alliances", Body: body(seat(lab.ID, "academic", 0)), Status: 409,
				Has: []string{"alliance.leader_no_enterprise"}},
			apitest.Row{Name: "no academic member", As: admin, Method: "POST", Path: path, Body: body(seat(bank.ID, "finance", 0)), Status: 422, Has: []string{"alliance.no_academic"}},
			apitest.Row{Name: "bad fields", As: admin, Method: "POST", Path: path, Body: bad, Status: 422,
				Has: []string{`"chain"`, `"signed_on"`, `"valid_until"`, "alliance.leader_is_no_member", "alliance.not_academic", "members[2].org", "members[3].org", "alliance.shares_over"}},
		)
		var a struct {
			ID      string
			Members []struct {
				ID  string
				Org struct{ ID models.OrgID }
			}
		}
		w.Do(admin, "POST", path, body(seat(uni.ID, "academic", 3000))).Must(http.StatusCreated).JSON(&a)
		one := "/alliances/" + a.ID
		edit := body()
		delete(edit, "members")
		edit["tier"] = "demonstration"
		w.Run(t,
			apitest.Row{Name: "public", Method: "GET", Path: one, Status: 200, Has: []string{`"Firmone"`, `"members":[]`, `"泵阀"`, `"actions":[]`}, Lacks: []string{"3000", "Unione"}},
			apitest.Row{Name: "its leader sees the shares", As: admin, Method: "GET", Path: one, Status: 200, Has: []string{`"share_bp":3000`, `"alliance.edit"`}},
			apitest.Row{Name: "search", Method: "GET", Path: "/alliances?chain=pumps&level=city", Status: 200, Has: []string{a.ID, `"members":0`}},
			apitest.Row{Name: "search finds none", Method: "GET", Path: "/alliances?q=nothing", Status: 200, Has: []string{`"alliances":[]`}},
			apitest.Row{Name: "edit", As: admin, Method: "PUT", Path: one, Body: edit, Header: []string{"If-Match", `"1"`}, Status: 200, Has: []string{"demonstration"}, Events: []models.Action{models.AllianceEdit}},
			apitest.Row{Name: "edit by a member", As: uniAdmin, Method: "PUT", Path: one, Body: edit, Header: []string{"If-Match", `"2"`}, Status: 403},
			apitest.Row{Name: "the last academic stays", As: admin, Method: "DELETE", Path: fmt.Sprintf("%s/members/%s", one, a.Members[0].ID), Status: 409, Has: []string{"alliance.last_academic"}},
			apitest.Row{Name: "shares over 100", As: admin, Method: "POST", Path: one + "/members", Body: seat(lab.ID, "academic", 7001), Status: 422, Has: []string{`"share_bp"`}},
			apitest.Row{Name: "member twice", As: admin, Method: "POST", Path: one + "/members", Body: seat(uni.ID, "academic", 0), Status: 422, Has: []string{"alliance.member_exists"}},
			apitest.Row{Name: "add", As: admin, Method: "POST", Path: one + "/members", Body: seat(lab.ID, "academic", 7000), Status: 201, Events: []models.Action{models.AllianceAddMember}},
			apitest.Row{Name: "end", As: admin, Method: "DELETE", Path: fmt.Sprintf("%s/members/%s", one, a.Members[0].ID), Status: 200, Lacks: []string{"Unione"}, Events: []models.Action{models.AllianceEndMember}},
			apitest.Row{Name: "end twice", As: admin, Method: "DELETE", Path: fmt.Sprintf("%s/members/%s", one, a.Members[0].ID), Status: 404},
			apitest.Row{Name: "nobody has confirmed", As: officer, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 409, Has: []string{"alliance.unconfirmed"}},
		)
		w.Do(admin, "GET", one, nil).Must(http.StatusOK).JSON(&a)
		mine := one + "/members/" + a.Members[0].ID
		w.Run(t,
			apitest.Row{Name: "the leader does not confirm for a member", As: admin, Method: "POST", Path: mine + "/confirm", Status: 403},
			apitest.Row{Name: "another unit neither", As: uniAdmin, Method: "POST", Path: mine + "/confirm", Status: 403},
			apitest.Row{Name: "leave before", As: labAdmin, Method: "POST", Path: mine + "/leave", Body: map[string]any{"reason": "we go"}, Status: 409, Has: []string{"alliance.not_confirmed"}},
			apitest.Row{Name: "confirm", As: labAdmin, Method: "POST", Path: mine + "/confirm", Status: 200, Has: []string{`"confirmed":true`, `"shares_bp":7000`}, Events: []models.Action{models.AllianceConfirm}},
			apitest.Row{Name: "confirm twice", As: labAdmin, Method: "POST", Path: mine + "/confirm", Status: 409, Has: []string{"alliance.confirmed_already"}},
			apitest.Row{Name: "refuse after", As: labAdmin, Method: "POST", Path: mine + "/refuse", Body: map[string]any{"reason": "no more"}, Status: 409, Has: []string{"alliance.confirmed_already"}},
			apitest.Row{Name: "other terms", As: admin, Method: "POST", Path: mine, Body: map[string]any{"role": "academic", "share_bp": 6000}, Status: 200, Has: []string{`"confirmed":false`}, Events: []models.Action{models.AllianceChangeMember}},
			apitest.Row{Name: "confirm anew", As: labAdmin, Method: "POST", Path: mine + "/confirm", Status: 200, Events: []models.Action{models.AllianceConfirm}},
			apitest.Row{Name: "offer", As: admin, Method: "POST", Path: one + "/members", Body: seat(bank.ID, "finance", 1000), Status: 201, Events: []models.Action{models.AllianceAddMember}},
		)
		w.Run(t,
			apitest.Row{Name: "no agreement", As: officer, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 409, Has: []string{"alliance.no_agreement"}},
			apitest.Row{Name: "the agreement", As: admin, Method: "POST", Path: "/documents?owner_kind=alliance&owner_id=" + a.ID + "&purpose=agreement&name=a.txt", Body: []byte("signed"),
				Header: []string{"Content-Type", "application/octet-stream"}, Status: 201, Events: []models.Action{models.DocumentUpload}},
			apitest.Row{Name: "recognised by its leader", As: admin, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 403},
			apitest.Row{Name: "recognised elsewhere", As: elsewhere, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 403},
			apitest.Row{Name: "a city does not recognise for the province", As: city, Method: "POST", Path: one + "/recognise", Body: map[string]any{"level": "province"}, Status: 422, Has: []string{"alliance.level_of_province"}},
			apitest.Row{Name: "recognised", As: officer, Method: "POST", Path: one + "/recognise", Body: map[string]any{"reason": "辽科发 1 号"}, Status: 200, Has: []string{`"recognised"`}, Events: []models.Action{models.AllianceRecognise}},
			apitest.Row{Name: "recognised twice", As: officer, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 409},
			apitest.Row{Name: "me", As: admin, Method: "GET", Path: "/account", Status: 200, Has: []string{a.ID}},
			apitest.Row{Name: "the last academic is not changed away", As: admin, Method: "POST", Path: mine, Body: map[string]any{"role": "user", "share_bp": 0}, Status: 409, Has: []string{"alliance.last_academic"}},
			apitest.Row{Name: "assessed by the city", As: city, Method: "POST", Path: one + "/assessments", Body: map[string]any{"year": 2025, "score": 91, "opinion": "成效显著"}, Status: 200,
				Has: []string{`"grade":"excellent"`}, Events: []models.Action{models.AllianceAssess}},
			apitest.Row{Name: "assessed twice", As: city, Method: "POST", Path: one + "/assessments", Body: map[string]any{"year": 2025, "score": 10, "opinion": "成效一般"}, Status: 409, Has: []string{"alliance.assessed_already"}},
			apitest.Row{Name: "a year to come", As: city, Method: "POST", Path: one + "/assessments", Body: map[string]any{"year": 2027, "score": 10, "opinion": "成效一般"}, Status: 422, Has: []string{"alliance.year_to_come"}},
			apitest.Row{Name: "published", Method: "GET", Path: one, Status: 200, Has: []string{`"score":91`, "成效显著"}},
			apitest.Row{Name: "the bank refuses", As: bankAdmin, Method: "POST", Path: one + "/members/" + seatOf(w, admin, one, bank.ID) + "/refuse", Body: map[string]any{"reason": "业务不符"}, Status: 200, Events: []models.Action{models.AllianceRefuse}},
			apitest.Row{Name: "suspended by a stranger", As: elsewhere, Method: "POST", Path: one + "/suspend", Body: map[string]any{"reason": "未开展合作"}, Status: 403},
			apitest.Row{Name: "suspended", As: city, Method: "POST", Path: one + "/suspend", Body: map[string]any{"reason": "未开展合作"}, Status: 200, Has: []string{`"state":"suspended"`}, Events: []models.Action{models.AllianceSuspend}},
			apitest.Row{Name: "its reason is public", Method: "GET", Path: one, Status: 200, Has: []string{"未开展合作"}},
			apitest.Row{Name: "suspended it is not edited", As: admin, Method: "POST", Path: one + "/members", Body: seat(uni.ID, "academic", 0), Status: 409},
			apitest.Row{Name: "lifted", As: city, Method: "POST", Path: one + "/lift", Body: map[string]any{"reason": "已整改完成"}, Status: 200, Has: []string{`"recognised"`, `"state_reason":""`}, Events: []models.Action{models.AllianceLift}},
			apitest.Row{Name: "the last academic leaves", As: labAdmin, Method: "POST", Path: mine + "/leave", Body: map[string]any{"reason": "任务完成"}, Status: 200, Has: []string{`"suspended"`},
				Events: []models.Action{models.AllianceLeave, models.AllianceSuspend}},
			apitest.Row{Name: "and cannot be lifted", As: officer, Method: "POST", Path: one + "/lift", Body: map[string]any{"reason": "再看一次"}, Status: 409, Has: []string{"alliance.unconfirmed"}},
			apitest.Row{Name: "dissolved", As: officer, Method: "POST", Path: one + "/dissolve", Body: map[string]any{"reason": "不再具备条件"}, Status: 200, Has: []string{`"dissolved"`}, Events: []models.Action{models.AllianceDissolve}},
			apitest.Row{Name: "for good", As: officer, Method: "POST", Path: one + "/lift", Body: map[string]any{"reason": "再看一次"}, Status: 409},
		)
	})
}

// seatOf finds the seat a unit holds or is offered.
func seatOf(w *apitest.World, as apitest.Person, path string, org models.OrgID) string {
	w.T.Helper()
	var a struct {
		Members []struct {
			ID  string
			Org struct{ ID models.OrgID }
		}
	}
	w.Do(as, "GET", path, nil).Must(http.StatusOK).JSON(&a)
	for _, m := range a.Members {
		if m.Org.ID == org {
			return m.ID
		}
	}
	w.T.Fatalf("%s has no seat in %s", org, path)
	return ""
}
