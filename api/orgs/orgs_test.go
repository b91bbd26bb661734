package orgs_test

import (
	"fmt"
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func firm(name, uscc string) map[string]any {
	return map[string]any{"name": name, "kind": "enterprise", "uscc": uscc, "region": "210100", "city": "沈阳市"}
}

func TestLifeOfAUnit(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		admin, other, operator := w.Person("admin-of-it"), w.Person("other"), w.Operator()
		points := func(ok bool) []map[string]any {
			return []map[string]any{{"item": "licence", "ok": true}, {"item": "code", "ok": ok, "note": "校验位"}}
		}
		bad := firm("  ", "91350200776049653")
		bad["region"], bad["founded"], bad["homepage"] = "21", "2026-02-30", "ftp:x"
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/orgs", Body: firm("沈阳泵业", "91350200776049653A"), Status: 401},
			apitest.Row{Name: "bad fields", As: admin, Method: "POST", Path: "/orgs", Body: bad, Status: 422,
				Has: []string{`"name"`, `"org.bad_uscc"`, `"org.bad_region"`, `"founded"`, `"homepage"`}},
			apitest.Row{Name: "ok", As: admin, Method: "POST", Path: "/orgs", Body: firm("沈阳泵业", "91350200776049653a"), Status: 201,
				Has: []string{`"state":"pending"`, `"uscc_manual":false`, `"org.add_member"`, `"uscc":"91350200776049653A"`}, Events: []models.Action{models.OrgRegister}},
			apitest.Row{Name: "twice", As: other, Method: "POST", Path: "/orgs", Body: firm("沈阳泵业二", "91350200776049653A"), Status: 409, Has: []string{"org.registered_already"}},
			apitest.Row{Name: "found", Method: "GET", Path: "/orgs?q=%E6%B3%B5%E4%B8%9A", Status: 200, Has: []string{"沈阳泵业"}},
			apitest.Row{Name: "wildcards are letters", Method: "GET", Path: "/orgs?q=%25", Status: 200, Lacks: []string{"沈阳泵业"}},
		)
		var off struct{ ID, State string }
		w.Do(other, "POST", "/orgs", firm("早期编码单位", "91350200776049653B")).Must(http.StatusCreated).JSON(&off)
		org := "/orgs/" + off.ID
		changed := firm("改名单位", "91440101MA5CJQ4N59")
		w.Run(t,
			apitest.Row{Name: "check digit off is only flagged", As: other, Method: "GET", Path: org, Status: 200, Has: []string{`"uscc_manual":true`}},
			apitest.Row{Name: "and not shown to all", As: admin, Method: "GET", Path: org, Status: 200, Has: []string{`"uscc_manual":false`}},
			apitest.Row{Name: "its own word does not verify", As: other, Method: "POST", Path: org + "/verify", Body: map[string]any{}, Status: 403},
			apitest.Row{Name: "verify without a ground", As: operator, Method: "POST", Path: org + "/verify", Body: map[string]any{}, Status: 422, Has: []string{"org.manual_check"}},
			apitest.Row{Name: "returned by a stranger", As: admin, Method: "POST", Path: org + "/return", Body: map[string]any{"reason": "缺营业执照"}, Status: 403},
			apitest.Row{Name: "returned", As: operator, Method: "POST", Path: org + "/return", Body: map[string]any{"reason": "缺营业执照", "checks": points(false)}, Status: 200,
				Has: []string{`"state":"returned"`, `"state_reason":"缺营业执照"`}, Events: []models.Action{models.OrgReturn}},
			apitest.Row{Name: "what is returned is not verified", As: operator, Method: "POST", Path: org + "/verify", Body: map[string]any{"reason": "x"}, Status: 409, Has: []string{"org.wrong_state"}},
			apitest.Row{Name: "the public does not read why", As: admin, Method: "GET", Path: org, Status: 200, Has: []string{`"state_reason":""`}},
			apitest.Row{Name: "handed in again", As: other, Method: "POST", Path: org + "/resubmit", Status: 200, Has: []string{`"state":"pending"`}, Events: []models.Action{models.OrgResubmit}},
			apitest.Row{Name: "it waits on the desk", As: operator, Method: "GET", Path: "/desk/orgs", Status: 200, Has: []string{"早期编码单位"}},
			apitest.Row{Name: "the desk is the operator's", As: other, Method: "GET", Path: "/desk/orgs", Status: 403},
			apitest.Row{Name: "a point not in order", As: operator, Method: "POST", Path: org + "/verify", Body: map[string]any{"reason": "x", "checks": points(false)}, Status: 422, Has: []string{"checks[1].ok"}},
			apitest.Row{Name: "verify", As: operator, Method: "POST", Path: org + "/verify", Body: map[string]any{"reason": "营业执照原件已核", "checks": points(true)}, Status: 200,
				Has: []string{`"state":"verified"`}, Events: []models.Action{models.OrgVerify}},
			apitest.Row{Name: "what was found", As: other, Method: "GET", Path: org + "/reviews", Status: 200, Has: []string{`"verdict":"returned"`, `"verdict":"verified"`, "校验位"}},
			apitest.Row{Name: "is not everybody's", As: admin, Method: "GET", Path: org + "/reviews", Status: 403},
			apitest.Row{Name: "verify twice", As: operator, Method: "POST", Path: org + "/verify", Body: map[string]any{"reason": "again"}, Status: 409, Has: []string{"org.wrong_state"}},
			apitest.Row{Name: "edit without a version", As: other, Method: "PUT", Path: org, Body: changed, Status: 428},
			apitest.Row{Name: "edit an old version", As: other, Method: "PUT", Path: org, Body: changed, Header: []string{"If-Match", `"1"`}, Status: 412},
			apitest.Row{Name: "edit by a stranger", As: admin, Method: "PUT", Path: org, Body: changed, Header: []string{"If-Match", `"4"`}, Status: 403},
			apitest.Row{Name: "a new code is to be verified again", As: other, Method: "PUT", Path: org, Body: changed, Header: []string{"If-Match", `"4"`}, Status: 200,
				Has: []string{`"state":"pending"`, `"version":6`}, Events: []models.Action{models.OrgEdit, models.OrgUnverify}},
			apitest.Row{Name: "unknown", Method: "GET", Path: "/orgs/org_aaaaaaaaaaaaaaaaaaaaaaaaaa", Status: 404},
		)
	})
}

func TestMembersOfAUnit(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		org, admin := w.Org("Pump", "enterprise")
		stranger, clerk := w.Person("stranger"), w.Person("clerk")
		path := "/orgs/" + string(org.ID) + "/members"
		add := func(login, role string) map[string]string { return map[string]string{"login": login, "role": role} }
		draft := apitest.Row{As: clerk, Method: "POST", Path: "/orgs/" + string(org.ID) + "/challenges", Body: map[string]any{}, Status: 403}
		before := draft
		before.Name = "no rights before"
		w.Run(t,
			before,
			apitest.Row{Name: "stranger looks", As: stranger, Method: "GET", Path: path, Status: 403},
			apitest.Row{Name: "stranger adds himself", As: stranger, Method: "POST", Path: path, Body: add("stranger", "admin"), Status: 403},
			apitest.Row{Name: "unknown login", As: admin, Method: "POST", Path: path, Body: add("nobody", "member"), Status: 422, Has: []string{"account.unknown_login"}},
			apitest.Row{Name: "ok", As: admin, Method: "POST", Path: path, Body: add("clerk", "poster"), Status: 201, Has: []string{`"login":"clerk"`},
				Events: []models.Action{models.OrgAddMember}},
			apitest.Row{Name: "twice", As: admin, Method: "POST", Path: path, Body: add("clerk", "member"), Status: 409, Has: []string{"membership.exists"}},
			apitest.Row{Name: "the same token has the rights now", As: clerk, Method: "POST", Path: "/orgs/" + string(org.ID) + "/challenges", Body: map[string]any{}, Status: 201,
				Events: []models.Action{models.ChallengeDraft}},
			apitest.Row{Name: "a poster adds nobody", As: clerk, Method: "POST", Path: path, Body: add("stranger", "member"), Status: 403},
		)
		var list struct {
			Members []struct{ ID, Login string }
		}
		w.Do(admin, "GET", path, nil).Must(http.StatusOK).JSON(&list)
		ids := map[string]string{}
		for _, m := range list.Members {
			ids[m.Login] = m.ID
		}
		after := draft
		after.Name = "and none after, on the same token"
		w.Run(t,
			apitest.Row{Name: "the last admin stays one", As: admin, Method: "POST", Path: path + "/" + ids["pump"] + "/role", Body: map[string]any{"role": "member"}, Status: 409, Has: []string{"membership.last_admin"}},
			apitest.Row{Name: "a poster appoints nobody", As: clerk, Method: "POST", Path: path + "/" + ids["clerk"] + "/role", Body: map[string]any{"role": "admin"}, Status: 403},
			apitest.Row{Name: "another admin", As: admin, Method: "POST", Path: path + "/" + ids["clerk"] + "/role", Body: map[string]any{"role": "admin"}, Status: 200, Has: []string{`"admin"`},
				Events: []models.Action{models.OrgAppoint}},
			apitest.Row{Name: "who takes it back", As: clerk, Method: "POST", Path: path + "/" + ids["clerk"] + "/role", Body: map[string]any{"role": "poster"}, Status: 200, Events: []models.Action{models.OrgAppoint}},
			apitest.Row{Name: "the last admin stays", As: admin, Method: "DELETE", Path: path + "/" + ids["pump"], Status: 409, Has: []string{"membership.last_admin"}},
			apitest.Row{Name: "end", As: admin, Method: "DELETE", Path: path + "/" + ids["clerk"], Status: 200, Lacks: []string{`"clerk"`}, Events: []models.Action{models.OrgEndMember}},
			apitest.Row{Name: "end twice", As: admin, Method: "DELETE", Path: path + "/" + ids["clerk"], Status: 404},
			after,
		)
	})
}

func TestRelationsOfAUnit(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		child, admin := w.Org("Child", "enterprise")
		parent, parentAdmin := w.Org("Parentx", "enterprise")
		top, topAdmin := w.Org("Topmostone", "enterprise")
		operator := w.Operator()
		rel := func(p, since string) map[string]string {
			return map[string]string{"parent": p, "kind": "parent", "since": since}
		}
		path := func(o *models.Org) string { return "/orgs/" + string(o.ID) + "/relations" }
		w.Run(t,
			apitest.Row{Name: "stranger", As: topAdmin, Method: "POST", Path: path(child), Body: rel(string(top.ID), ""), Status: 403},
			apitest.Row{Name: "unknown parent and a day to come", As: admin, Method: "POST", Path: path(child), Body: rel("91440101MA5CJQ4N59", "2027-01-01"), Status: 422,
				Has: []string{"org.unknown", `"since"`}},
			apitest.Row{Name: "itself", As: admin, Method: "POST", Path: path(child), Body: rel(string(child.ID), ""), Status: 422, Has: []string{"org.own_parent"}},
			apitest.Row{Name: "ok", As: admin, Method: "POST", Path: path(child), Body: rel(string(parent.ID), "2020-05-01"), Status: 201, Has: []string{`"kind":"parent"`},
				Events: []models.Action{models.OrgRelate}},
			apitest.Row{Name: "until before since", As: admin, Method: "POST", Path: path(child), Body: map[string]string{"parent": string(top.ID), "kind": "control", "since": "2020-05-01", "until": "2019-01-01"}, Status: 422, Has: []string{`"until"`}},
			apitest.Row{Name: "twice", As: admin, Method: "POST", Path: path(child), Body: rel(string(parent.ID), ""), Status: 422, Has: []string{"org.related_already"}},
			apitest.Row{Name: "operator", As: operator, Method: "POST", Path: path(parent), Body: rel(string(top.ID), ""), Status: 201, Events: []models.Action{models.OrgRelate}},
			apitest.Row{Name: "only declared it is not public", As: topAdmin, Method: "GET", Path: "/orgs/" + string(child.ID), Status: 200, Has: []string{`"relations":[]`}},
			apitest.Row{Name: "the operator's desk", As: operator, Method: "GET", Path: "/desk/orgs", Status: 200, Has: []string{`"declared"`, "Parentx"}},
		)
		var said struct {
			Relations []struct{ ID string }
		}
		w.Do(admin, "GET", "/orgs/"+string(child.ID), nil).Must(http.StatusOK).JSON(&said)
		decide := path(child) + "/" + said.Relations[0].ID
		ground := map[string]string{"reason": "工商登记已核"}
		w.Run(t,
			apitest.Row{Name: "the unit above does not confirm", As: parentAdmin, Method: "POST", Path: decide + "/confirm", Body: ground, Status: 403},
			apitest.Row{Name: "confirmed", As: operator, Method: "POST", Path: decide + "/confirm", Body: ground, Status: 200, Has: []string{`"confirmed"`}, Events: []models.Action{models.OrgConfirmTie}},
			apitest.Row{Name: "decided already", As: operator, Method: "POST", Path: decide + "/refuse", Body: ground, Status: 409, Has: []string{"org.relation_decided"}},
			apitest.Row{Name: "circle", As: topAdmin, Method: "POST", Path: path(top), Body: rel(string(child.ID), ""), Status: 422, Has: []string{"org.relation_circle"}},
		)
		var o struct {
			Relations []struct{ ID string }
		}
		w.Do(admin, "GET", "/orgs/"+string(child.ID), nil).Must(http.StatusOK).JSON(&o)
		end := path(child) + "/" + o.Relations[0].ID + "?reason=sold%20off"
		w.Run(t,
			apitest.Row{Name: "the unit cannot take it back", As: admin, Method: "DELETE", Path: end, Status: 403},
			apitest.Row{Name: "operator ends", As: operator, Method: "DELETE", Path: end, Status: 200, Has: []string{`"over":true`}, Events: []models.Action{models.OrgEndRelation}},
			apitest.Row{Name: "ended already", As: operator, Method: "DELETE", Path: end, Status: 404},
		)
	})
}

func TestLeaderOfAnAllianceStaysAFirm(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		leader, admin := w.Org("Leading", "enterprise")
		a := models.NewAlliance()
		a.Code, a.Name, a.Level, a.Tier, a.Leader, a.Region = "AL1", "Alliance", "city", "general", leader.ID, "210100"
		w.Write(func(tx *models.Tx) error {
			o, err := tx.Org(leader.ID)
			if err != nil {
				return err
			}
			a.State, a.Version, a.CreatedAt, a.UpdatedAt = models.AlliancePending, 1, tx.Now, tx.Now
			leader = o
			return tx.Plant(a)
		})
		body := firm("Leading", "91440101MA5CJQ4N59")
		other := firm("Leading", "91440101MA5CJQ4N59")
		other["kind"] = "university"
		version := []string{"If-Match", fmt.Sprintf("%q", fmt.Sprint(leader.Version))}
		w.Run(t,
			apitest.Row{Name: "no university leads", As: admin, Method: "PUT", Path: "/orgs/" + string(leader.ID), Body: other, Header: version, Status: 422,
				Has: []string{"org.leads_alliance", `"kind"`}},
			apitest.Row{Name: "the rest may change", As: admin, Method: "PUT", Path: "/orgs/" + string(leader.ID), Body: body, Header: version, Status: 200,
				Events: []models.Action{models.OrgEdit, models.OrgUnverify}},
		)
	})
}
