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
		lab, _ := w.Org("Laboratory", "research_institute")
		bank, _ := w.Org("Bankingtwo", "other")
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
			apitest.Row{Name: "public", Method: "GET", Path: one, Status: 200, Has: []string{`"Firmone"`, `"Unione"`, `"share_bp":0`, `"泵阀"`, `"actions":[]`}, Lacks: []string{"3000"}},
			apitest.Row{Name: "its leader sees the shares", As: admin, Method: "GET", Path: one, Status: 200, Has: []string{`"share_bp":3000`, `"alliance.edit"`}},
			apitest.Row{Name: "search", Method: "GET", Path: "/alliances?chain=pumps&level=city", Status: 200, Has: []string{a.ID, `"members":1`}},
			apitest.Row{Name: "search finds none", Method: "GET", Path: "/alliances?q=nothing", Status: 200, Has: []string{`"alliances":[]`}},
			apitest.Row{Name: "edit", As: admin, Method: "PUT", Path: one, Body: edit, Header: []string{"If-Match", `"1"`}, Status: 200, Has: []string{"demonstration"}, Events: []models.Action{models.AllianceEdit}},
			apitest.Row{Name: "edit by a member", As: uniAdmin, Method: "PUT", Path: one, Body: edit, Header: []string{"If-Match", `"2"`}, Status: 403},
			apitest.Row{Name: "the last academic stays", As: admin, Method: "DELETE", Path: fmt.Sprintf("%s/members/%s", one, a.Members[0].ID), Status: 409, Has: []string{"alliance.last_academic"}},
			apitest.Row{Name: "shares over 100", As: admin, Method: "POST", Path: one + "/members", Body: seat(lab.ID, "academic", 7001), Status: 422, Has: []string{`"share_bp"`}},
			apitest.Row{Name: "member twice", As: admin, Method: "POST", Path: one + "/members", Body: seat(uni.ID, "academic", 0), Status: 422, Has: []string{"alliance.member_exists"}},
			apitest.Row{Name: "add", As: admin, Method: "POST", Path: one + "/members", Body: seat(lab.ID, "academic", 7000), Status: 201, Events: []models.Action{models.AllianceAddMember}},
			apitest.Row{Name: "end", As: admin, Method: "DELETE", Path: fmt.Sprintf("%s/members/%s", one, a.Members[0].ID), Status: 200, Lacks: []string{"Unione"}, Events: []models.Action{models.AllianceEndMember}},
			apitest.Row{Name: "end twice", As: admin, Method: "DELETE", Path: fmt.Sprintf("%s/members/%s", one, a.Members[0].ID), Status: 404},
			apitest.Row{Name: "recognised by its leader", As: admin, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 403},
			apitest.Row{Name: "recognised elsewhere", As: elsewhere, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 403},
			apitest.Row{Name: "recognised", As: officer, Method: "POST", Path: one + "/recognise", Body: map[string]any{"reason": "辽科发 1 号"}, Status: 200, Has: []string{`"recognised"`}, Events: []models.Action{models.AllianceRecognise}},
			apitest.Row{Name: "recognised twice", As: officer, Method: "POST", Path: one + "/recognise", Body: map[string]any{}, Status: 409},
			apitest.Row{Name: "me", As: admin, Method: "GET", Path: "/account", Status: 200, Has: []string{a.ID}},
		)
	})
}
