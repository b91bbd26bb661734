package accounts_test

import (
	"context"
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/internal/problem"
	"jiebang/models"
)

func TestTwoPersons(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		operator, sec := w.Operator(), w.Grant(w.Person("sec"), "security_admin", "")
		wang, sys := w.Person("wang"), w.Grant(w.Person("sys"), "system_admin", "")
		audit := w.Grant(w.Person("audit"), "audit_admin", "")
		ask := func(login, role string) doc { return doc{"login": login, "role": role, "reason": "runs the platform"} }
		w.Run(t,
			apitest.Row{Name: "a stranger", As: wang, Method: "POST", Path: "/role-requests", Body: ask("wang", "operator"), Status: 403},
			apitest.Row{Name: "the system administrator gives no office", As: sys, Method: "POST", Path: "/role-requests", Body: ask("wang", "operator"), Status: 403},
			apitest.Row{Name: "nor does the audit administrator", As: audit, Method: "POST", Path: "/role-requests", Body: ask("wang", "operator"), Status: 403},
			apitest.Row{Name: "he reads", As: audit, Method: "GET", Path: "/role-requests", Status: 200, Has: []string{`"actions":[]`}},
			apitest.Row{Name: "for oneself", As: operator, Method: "POST", Path: "/role-requests", Body: ask("the-operator", "auditor"), Status: 422, Has: []string{"role_request.for_oneself"}},
			apitest.Row{Name: "no such account", As: operator, Method: "POST", Path: "/role-requests", Body: ask("nobody", "auditor"), Status: 422, Has: []string{"account.unknown_login"}},
			apitest.Row{Name: "excluded by what he holds", As: operator, Method: "POST", Path: "/role-requests", Body: ask("sys", "security_admin"), Status: 422, Has: []string{"role.exclusive"}},
			apitest.Row{Name: "one person does not grant", As: operator, Method: "POST", Path: "/roles", Body: doc{"login": "wang", "role": "operator"}, Status: 422, Has: []string{"role.two_persons"}},
		)
		var r struct{ ID string }
		w.Do(operator, "POST", "/role-requests", ask("wang", "operator")).Must(http.StatusCreated).JSON(&r)
		path := "/role-requests/" + r.ID
		w.Run(t,
			apitest.Row{Name: "a second request", As: sec, Method: "POST", Path: "/role-requests", Body: ask("wang", "auditor"), Status: 409, Has: []string{"role_request.exists"}},
			apitest.Row{Name: "who asked does not approve", As: operator, Method: "POST", Path: path + "/approve", Status: 409, Has: []string{"role_request.own"}},
			apitest.Row{Name: "nor refuse", As: operator, Method: "POST", Path: path + "/refuse", Body: doc{"reason": "thought twice"}, Status: 409, Has: []string{"role_request.own"}},
			apitest.Row{Name: "a stranger knows of nothing", As: wang, Method: "POST", Path: path + "/approve", Status: 404},
			apitest.Row{Name: "another does not withdraw", As: sec, Method: "POST", Path: path + "/withdraw", Status: 403},
			apitest.Row{Name: "the second person", As: sec, Method: "POST", Path: path + "/approve", Status: 200, Has: []string{`"approved"`}, Events: []models.Action{models.RoleRequestApprove, models.RoleGrant}},
			apitest.Row{Name: "twice", As: sec, Method: "POST", Path: path + "/approve", Status: 409},
			apitest.Row{Name: "the office counts", As: wang, Method: "GET", Path: "/roles", Status: 200},
			apitest.Row{Name: "and excludes another", As: sec, Method: "POST", Path: "/role-requests", Body: ask("wang", "auditor"), Status: 422, Has: []string{"role.exclusive"}},
		)
		w.Person("zhao")
		w.Do(operator, "POST", "/role-requests", ask("zhao", "audit_admin")).Must(http.StatusCreated).JSON(&r)
		w.Run(t,
			apitest.Row{Name: "refuse", As: sec, Method: "POST", Path: "/role-requests/" + r.ID + "/refuse", Body: doc{"reason": "is a bidder"}, Status: 200, Has: []string{`"refused"`}, Events: []models.Action{models.RoleRequestRefuse}},
			apitest.Row{Name: "approve what was refused", As: sec, Method: "POST", Path: "/role-requests/" + r.ID + "/approve", Status: 409},
		)
		w.Do(sec, "POST", "/role-requests", ask("zhao", "audit_admin")).Must(http.StatusCreated).JSON(&r)
		w.Run(t, apitest.Row{Name: "withdraw", As: sec, Method: "POST", Path: "/role-requests/" + r.ID + "/withdraw", Status: 200, Has: []string{`"withdrawn"`}, Events: []models.Action{models.RoleRequestWithdraw}})
	})
}

// The database keeps the three administrators apart even where the code would not.
func TestExclusionHoldsInTheDatabase(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		roles := []string{"operator", "auditor", "system_admin", "security_admin", "audit_admin"}
		for i, one := range roles {
			p := w.Grant(w.Person("p"+string(rune('a'+i))), one, "")
			for _, other := range roles {
				if other == one {
					continue
				}
				err := w.Store.Write(context.Background(), models.System, func(tx *models.Tx) error {
					_, err := tx.AddGrant(p.User, other, "")
					return err
				})
				if p := problem.As(err); p == nil || p.Code != "role.exclusive" {
					t.Errorf("%s beside %s: %v", other, one, err)
				}
			}
			w.Grant(p, "officer", "210100") // decides about challenges and watches nobody
		}
	})
}

// Each administrator has his own: who keeps accounts does not touch catalogues, and the other way round.
func TestThreeAdministrators(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Operator()
		people := map[string]apitest.Person{}
		for _, role := range []string{"system_admin", "security_admin", "audit_admin"} {
			people[role] = w.Grant(w.Person(role), role, "")
		}
		wang := w.Person("wang")
		may := func(role, method, path string, body any, want int) {
			t.Helper()
			if got := w.Do(people[role], method, path, body).Status; got != want {
				t.Errorf("%s %s %s: %d, want %d", role, method, path, got, want)
			}
		}
		vocabulary := doc{"kind": "chain", "code": "2026", "name_zh": "链", "valid_from": "2026-01-01", "terms": []doc{{"code": "A1", "name_zh": "甲"}}}
		officer := doc{"login": "wang", "role": "officer", "region": "210100"}
		may("system_admin", "POST", "/catalogues", vocabulary, 201)
		may("security_admin", "POST", "/catalogues", vocabulary, 403)
		may("audit_admin", "POST", "/catalogues", vocabulary, 403)
		may("security_admin", "POST", "/roles", officer, 201)
		may("system_admin", "POST", "/roles", officer, 403)
		may("audit_admin", "POST", "/roles", officer, 403)
		may("audit_admin", "GET", "/roles", nil, 200)
		may("system_admin", "GET", "/roles", nil, 403)
		may("system_admin", "POST", "/accounts/"+string(wang.User)+"/disable", doc{"reason": "a test"}, 404)
		may("audit_admin", "POST", "/accounts/"+string(wang.User)+"/disable", doc{"reason": "a test"}, 404)
		may("security_admin", "POST", "/accounts/"+string(wang.User)+"/disable", doc{"reason": "a test"}, 200)
		may("audit_admin", "GET", "/trail?kind=account&id="+string(wang.User), nil, 404)
	})
}
