package teams_test

import (
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// vocabularies puts a few words of each kind into force.
func vocabularies(w *apitest.World) {
	w.Write(func(tx *models.Tx) error {
		for kind, code := range map[string]string{"domain": "MFG.bearing", "capability": "rotor_dynamics", "chain": "pumps"} {
			c := models.NewCatalogue()
			c.Kind, c.Code, c.NameZh, c.From = kind, "V1", "词表", "2020-01-01"
			c.State, c.Version, c.CreatedAt, c.UpdatedAt = models.CataloguePublished, 1, tx.Now, tx.Now
			if err := tx.Plant(c); err != nil {
				return err
			}
			if err := tx.AddTerms(c, []models.Term{{Code: code, NameZh: "中文 " + code, NameEn: "English"}}); err != nil {
				return err
			}
		}
		return nil
	})
}

func card(name string) map[string]any {
	return map[string]any{"name": name, "summary": "磁悬浮转子", "trl_min": 3, "trl_max": 7, "max_concurrent": 3,
		"domains":      []map[string]any{{"tag": "MFG.bearing", "level": 5}},
		"capabilities": []map[string]any{{"tag": "rotor_dynamics", "level": 4, "verified": true}},
		"chains":       []string{"pumps"}, "ipc": []string{"F04D 29/05"}, "disciplines": []string{"460.15"}, "equipment": []string{"高速台架"}}
}

type team struct {
	ID       string
	Version  int64
	Evidence []struct{ ID string }
}

func TestCardOfATeam(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		vocabularies(w)
		uni, admin := w.Org("Uni", "university")
		stranger, operator := w.Person("stranger"), w.Operator()
		path := "/orgs/" + string(uni.ID) + "/teams"
		bad := card("  ")
		bad["domains"] = []map[string]any{{"tag": "X.unknown", "level": 1}, {"tag": "X.unknown", "level": 1}}
		bad["capabilities"] = []map[string]any{{"tag": "unheard", "level": 1}}
		bad["chains"], bad["ipc"], bad["disciplines"], bad["equipment"] = []string{"none"}, []string{"Z9"}, []string{"46"}, []string{" "}
		bad["trl_max"], bad["staff"] = 2, map[string]int{"total": 1, "phd": 2, "senior": 0, "engineers": 0}
		bad["track"] = map[string]int{"completed": 1, "on_time": 2, "first_pass": 0, "terminated": 0}
		high := card("High")
		high["domains"] = []map[string]any{{"tag": "MFG.bearing", "level": 6}}
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: path, Body: card("转子团队"), Status: 401},
			apitest.Row{Name: "stranger", As: stranger, Method: "POST", Path: path, Body: card("转子团队"), Status: 403},
			apitest.Row{Name: "bad fields", As: admin, Method: "POST", Path: path, Body: bad, Status: 422,
				Has: []string{`"name"`, "domains[0].tag", "domains[1].tag", "field.twice", "capabilities[0].tag", "chains[0]", "ipc[0]", "disciplines[0]", "equipment[0]",
					`"trl_max"`, "staff.total", "track.completed"}},
			apitest.Row{Name: "level out of range", As: admin, Method: "POST", Path: path, Body: high, Status: 422, Has: []string{"domains[0].level"}},
		)
		var tm team
		w.Do(admin, "POST", path, card("转子团队")).Must(http.StatusCreated).JSON(&tm)
		one := "/teams/" + tm.ID
		v := func(n string) []string { return []string{"If-Match", `"` + n + `"`} }
		raised := card("转子团队")
		raised["capabilities"] = []map[string]any{{"tag": "rotor_dynamics", "level": 5}}
		verify := map[string]any{"tag": "rotor_dynamics", "verified": true, "reason": "台架报告"}
		w.Run(t,
			apitest.Row{Name: "public card", Method: "GET", Path: one, Status: 200, Has: []string{`"verified":false`, "中文 rotor_dynamics", `"actions":[]`, `"Uni"`}},
			apitest.Row{Name: "search by words", Method: "GET", Path: "/teams?q=%E8%BD%AC%E5%AD%90", Status: 200, Has: []string{tm.ID}},
			apitest.Row{Name: "search by tag", Method: "GET", Path: "/teams?tag=MFG.bearing&capability=rotor_dynamics&chain=pumps&org=" + string(uni.ID), Status: 200, Has: []string{tm.ID}},
			apitest.Row{Name: "part of a tag is no tag", Method: "GET", Path: "/teams?tag=MFG", Status: 200, Has: []string{`"teams":[]`}},
			apitest.Row{Name: "edit by a stranger", As: stranger, Method: "PUT", Path: one, Body: card("X team"), Header: v("1"), Status: 403},
			apitest.Row{Name: "nobody verifies himself", As: admin, Method: "POST", Path: one + "/capabilities/verify", Body: verify, Status: 403},
			apitest.Row{Name: "verify what is not claimed", As: operator, Method: "POST", Path: one + "/capabilities/verify", Body: map[string]any{"tag": "other", "verified": true}, Status: 422},
			apitest.Row{Name: "verify", As: operator, Method: "POST", Path: one + "/capabilities/verify", Body: verify, Status: 200, Has: []string{`"verified":true`}, Events: []models.Action{models.TeamVerifySkill}},
			apitest.Row{Name: "verified stays when the card changes", As: admin, Method: "PUT", Path: one, Body: card("转子与轴承团队"), Header: v("2"), Status: 200, Has: []string{`"verified":true`},
				Events: []models.Action{models.TeamEdit}},
			apitest.Row{Name: "but not for a higher level", As: admin, Method: "PUT", Path: one, Body: raised, Header: v("3"), Status: 200, Has: []string{`"verified":false`},
				Events: []models.Action{models.TeamEdit}},
		)
		w.Grant(admin, "operator", "")
		w.Run(t, apitest.Row{Name: "nor does an operator of its own unit", As: admin, Method: "POST", Path: one + "/capabilities/verify", Body: verify, Status: 403, Has: []string{"team.own"}})
	})
}

func TestPeopleOfATeam(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		uni, _ := w.Org("Uni", "university")
		tm, lead := w.Team(uni, "Rotor")
		member, stranger := w.Person("member"), w.Person("stranger")
		path := "/teams/" + string(tm.ID) + "/members"
		add := func(login string) map[string]string { return map[string]string{"login": login} }
		w.Run(t,
			apitest.Row{Name: "who is on it is not public", Method: "GET", Path: path, Status: 401},
			apitest.Row{Name: "stranger looks", As: stranger, Method: "GET", Path: path, Status: 403},
			apitest.Row{Name: "stranger joins", As: stranger, Method: "POST", Path: path, Body: add("stranger"), Status: 403},
			apitest.Row{Name: "unknown login", As: lead, Method: "POST", Path: path, Body: add("nobody"), Status: 422},
			apitest.Row{Name: "add", As: lead, Method: "POST", Path: path, Body: add("Member"), Status: 201, Events: []models.Action{models.TeamAddMember}},
			apitest.Row{Name: "twice", As: lead, Method: "POST", Path: path, Body: add("member"), Status: 409, Has: []string{"team.member_exists"}},
			apitest.Row{Name: "a member looks", As: member, Method: "GET", Path: path, Status: 200, Has: []string{`"login":"rotor"`}},
			apitest.Row{Name: "a member adds nobody", As: member, Method: "POST", Path: path, Body: add("stranger"), Status: 403},
		)
		var list struct{ Members []struct{ ID, Login string } }
		w.Do(lead, "GET", path, nil).Must(http.StatusOK).JSON(&list)
		ids := map[string]string{}
		for _, m := range list.Members {
			ids[m.Login] = m.ID
		}
		over := func(id string) map[string]string { return map[string]string{"member": id, "reason": "负责人调动"} }
		to := "/teams/" + string(tm.ID) + "/lead"
		w.Run(t,
			apitest.Row{Name: "the lead stays", As: lead, Method: "DELETE", Path: path + "/" + ids["rotor"], Status: 409, Has: []string{"team.needs_lead"}},
			apitest.Row{Name: "hand over to a stranger", As: lead, Method: "POST", Path: to, Body: over("tmm_x"), Status: 422, Has: []string{"team.no_member"}},
			apitest.Row{Name: "a member takes over", As: member, Method: "POST", Path: to, Body: over(ids["member"]), Status: 403},
			apitest.Row{Name: "hand over", As: lead, Method: "POST", Path: to, Body: over(ids["member"]), Status: 200, Events: []models.Action{models.TeamHandOver}},
			apitest.Row{Name: "who handed over leads no more, on the same token", As: lead, Method: "POST", Path: to, Body: over(ids["rotor"]), Status: 403},
			apitest.Row{Name: "the new lead ends the old", As: member, Method: "DELETE", Path: path + "/" + ids["rotor"], Status: 200, Lacks: []string{`"rotor"`}, Events: []models.Action{models.TeamEndMember}},
			apitest.Row{Name: "who left sees nothing", As: lead, Method: "GET", Path: path, Status: 403},
		)
	})
}

func TestEvidence(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		vocabularies(w)
		uni, _ := w.Org("Uni", "university")
		tm, lead := w.Team(uni, "Rotor")
		stranger, operator := w.Person("stranger"), w.Operator()
		path := "/teams/" + string(tm.ID) + "/evidence"
		proof := func(kind, number string) map[string]any {
			return map[string]any{"kind": kind, "title": "转子动平衡", "number": number, "year": 2024, "tags": []string{"MFG.bearing", "rotor_dynamics"}}
		}
		late := proof("paper", "10.1000/182")
		late["year"], late["tags"], late["document_id"] = 2027, []string{"unheard"}, "doc_aaaaaaaaaaaaaaaaaaaaaaaaaa"
		for _, c := range []struct {
			kind, number string
			ok           bool
		}{{"paper", "doi:10.1/x", false}, {"patent", "ZL2021101234568", false}, {"patent", "CN12A", false}, {"standard", "no number", false},
			{"patent", "202110123456.7", true}, {"patent", "CN112345678A", true}, {"standard", "GB/T 4754-2017", true}, {"standard", "ISO 9001:2015", true}, {"project", "anything", true}} {
			want := http.StatusUnprocessableEntity
			if c.ok {
				want = http.StatusCreated
			}
			if a := w.Do(lead, "POST", path, proof(c.kind, c.number)); a.Status != want {
				t.Errorf("%s %q: status %d, want %d: %s", c.kind, c.number, a.Status, want, a.Body)
			}
		}
		w.Run(t,
			apitest.Row{Name: "stranger", As: stranger, Method: "POST", Path: path, Body: proof("paper", ""), Status: 403},
			apitest.Row{Name: "bad fields", As: lead, Method: "POST", Path: path, Body: late, Status: 422, Has: []string{`"year"`, `"tags[0]"`, `"document_id"`}},
			apitest.Row{Name: "add", As: lead, Method: "POST", Path: path, Body: proof("paper", "10.1000/182"), Status: 201, Has: []string{"self_declared"}, Events: []models.Action{models.TeamAddEvidence}},
		)
		var now team
		w.Do(lead, "GET", "/teams/"+string(tm.ID), nil).Must(http.StatusOK).JSON(&now)
		one := path + "/" + now.Evidence[0].ID
		found := func(s, why string) map[string]any { return map[string]any{"finding": s, "reason": why} }
		version := w.Do(lead, "GET", "/teams/"+string(tm.ID), nil).Header.Get("ETag")
		w.Run(t,
			apitest.Row{Name: "the team verifies nothing", As: lead, Method: "POST", Path: one + "/verify", Body: found("verified", ""), Status: 403},
			apitest.Row{Name: "reject without a reason", As: operator, Method: "POST", Path: one + "/verify", Body: found("rejected", " "), Status: 422, Has: []string{`"reason"`}},
			apitest.Row{Name: "verify", As: operator, Method: "POST", Path: one + "/verify", Body: found("verified", ""), Status: 200, Has: []string{`"verify_state":"verified"`}, Events: []models.Action{models.TeamVerifyEvidence}},
			apitest.Row{Name: "edit an old version", As: lead, Method: "PUT", Path: one, Body: proof("paper", "10.1000/183"), Header: []string{"If-Match", version}, Status: 412},
		)
		version = w.Do(lead, "GET", "/teams/"+string(tm.ID), nil).Header.Get("ETag")
		w.Run(t,
			apitest.Row{Name: "an edit undoes the verification", As: lead, Method: "PUT", Path: one, Body: proof("paper", "10.1000/183"), Header: []string{"If-Match", version}, Status: 200,
				Lacks: []string{`"verified"}`, `"verify_state":"verified"`}, Events: []models.Action{models.TeamEditEvidence}},
			apitest.Row{Name: "drop", As: lead, Method: "DELETE", Path: one, Status: 200, Lacks: []string{now.Evidence[0].ID}, Events: []models.Action{models.TeamDropEvidence}},
			apitest.Row{Name: "drop twice", As: lead, Method: "DELETE", Path: one, Status: 404},
		)
	})
}
