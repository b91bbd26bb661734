package accounts_test

import (
	"net/http"
	"strings"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

func TestSignIn(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p := w.Person("wang")
		body := func(login, secret string) map[string]string {
			return map[string]string{"login": login, "password": secret}
		}
		w.Run(t,
			apitest.Row{Name: "ok", Method: "POST", Path: "/session", Body: body("wang", apitest.Password), Status: 200,
				Has: []string{`"access_token"`, `"login":"wang"`}, Lacks: []string{"refresh"}, Events: []models.Action{models.AccountSignIn}},
			apitest.Row{Name: "login in capitals", Method: "POST", Path: "/session", Body: body(" WANG", apitest.Password), Status: 200,
				Events: []models.Action{models.AccountSignIn}},
			apitest.Row{Name: "wrong password", Method: "POST", Path: "/session", Body: body("wang", "wrong"), Status: 401, Has: []string{"account.bad_credentials"}},
			apitest.Row{Name: "unknown login", Method: "POST", Path: "/session", Body: body("zhao", "wrong"), Status: 401, Has: []string{"account.bad_credentials"}},
			apitest.Row{Name: "me", As: p, Method: "GET", Path: "/account", Status: 200, Has: []string{`"login":"wang"`, `"org.register"`, `"account.edit"`},
				Lacks: []string{"account.register"}},
			apitest.Row{Name: "visitor", Method: "GET", Path: "/account", Status: 401, Has: []string{"request.sign_in"}},
		)
		known := w.Do(apitest.Person{}, "POST", "/session", body("wang", "wrong")).Must(http.StatusUnauthorized)
		unknown := w.Do(apitest.Person{}, "POST", "/session", body("zhao", "wrong")).Must(http.StatusUnauthorized)
		if string(known.Body) != string(unknown.Body) {
			t.Errorf("a known login answers %s, an unknown one %s", known.Body, unknown.Body)
		}
	})
}

func TestSetUpAndRegister(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		body := func(login, secret string) map[string]string {
			return map[string]string{"login": login, "name": "某人", "password": secret}
		}
		const good = "a long walk by the river"
		bad := body("-wang", "123456789012")
		bad["name"], bad["email"], bad["mobile"] = "  ", "nobody", "123"
		w.Run(t,
			apitest.Row{Name: "nobody registers before the operator", Method: "POST", Path: "/accounts", Body: body("early", good), Status: 409, Has: []string{"account.set_up_first"}},
			apitest.Row{Name: "set up with a short password", Method: "POST", Path: "/set-up", Body: body("root", "short"), Status: 422},
			apitest.Row{Name: "set up", Method: "POST", Path: "/set-up", Body: body("Root-1", good), Status: 201, Has: []string{`"root-1"`}, Lacks: []string{"argon2"}, Events: []models.Action{models.AccountSetUp}},
			apitest.Row{Name: "set up twice", Method: "POST", Path: "/set-up", Body: body("root-2", good), Status: 404},
			apitest.Row{Name: "bad fields", Method: "POST", Path: "/accounts", Body: bad, Status: 422,
				Has: []string{`"login"`, `"name"`, `"email"`, `"mobile"`, "account.password_known"}, Lacks: []string{"123456789012"}},
			apitest.Row{Name: "password holds the login", Method: "POST", Path: "/accounts", Body: body("river", good), Status: 422, Has: []string{"account.password_holds_login"}},
			apitest.Row{Name: "one character", Method: "POST", Path: "/accounts", Body: body("wang", "zzzzzzzzzzzzzzzz"), Status: 422, Has: []string{"account.password_known"}},
			apitest.Row{Name: "unknown field", Method: "POST", Path: "/accounts", Body: map[string]string{"login": "wang", "name": "W", "password": good, "role": "operator"}, Status: 422},
			apitest.Row{Name: "register", Method: "POST", Path: "/accounts", Body: body("Wang", good), Status: 201, Events: []models.Action{models.AccountRegister}},
			apitest.Row{Name: "register twice", Method: "POST", Path: "/accounts", Body: body("wang", good), Status: 409, Has: []string{"account.login_taken"}},
			apitest.Row{Name: "a visitor finds nobody", Method: "GET", Path: "/accounts/find?login=wang", Status: 401},
		)
		root := signIn(t, w, "root-1", good)
		if got := string(root.do("GET", "/account", nil).Must(http.StatusOK).Body); !strings.Contains(got, `"roles":["operator"]`) {
			t.Errorf("the first account is no operator: %s", got)
		}
		root.do("GET", "/accounts/find?login=Wang", nil).Must(http.StatusOK)
		root.do("GET", "/accounts/find?login=wan", nil).Must(http.StatusNotFound)
		if n := root.do("GET", "/accounts/find?login=wan%25", nil).Status; n != http.StatusNotFound {
			t.Errorf("a wildcard finds somebody: %d", n)
		}
	})
}

func TestSetUpHappensOnce(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		status := make(chan int, 6)
		for i := range cap(status) {
			go func() {
				status <- w.Do(apitest.Person{}, "POST", "/set-up", map[string]string{"login": "root" + string(rune('a'+i)), "name": "R", "password": "a long walk by the river"}).Status
			}()
		}
		made := 0
		for range cap(status) {
			if s := <-status; s == http.StatusCreated {
				made++
			} else if s != http.StatusNotFound {
				t.Errorf("status %d", s)
			}
		}
		if made != 1 {
			t.Errorf("%d first accounts", made)
		}
	})
}

func TestEditAndPassword(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p := w.Person("wang")
		other := w.SignIn("wang")
		change := func(old, fresh string) map[string]string {
			return map[string]string{"old_password": old, "new_password": fresh}
		}
		const fresh = "quite another sentence"
		w.Run(t,
			apitest.Row{Name: "edit", As: p, Method: "PUT", Path: "/account", Body: map[string]string{"name": "王", "email": "w@example.org", "mobile": "13800000000", "locale": "en"}, Header: []string{"If-Match", `"1"`},
				Status: 200, Has: []string{`"locale":"en"`, "w@example.org"}, Events: []models.Action{models.AccountEdit}},
			apitest.Row{Name: "edit an old version", As: p, Method: "PUT", Path: "/account", Body: map[string]string{"name": "王"}, Header: []string{"If-Match", `"1"`}, Status: 412},
			apitest.Row{Name: "visitor", Method: "POST", Path: "/account/password", Body: change(apitest.Password, fresh), Status: 401},
			apitest.Row{Name: "wrong old and weak new", As: p, Method: "POST", Path: "/account/password", Body: change("wrong", "wangwangwang1"), Status: 422,
				Has: []string{"account.wrong_password", "account.password_holds_login"}},
			apitest.Row{Name: "the same", As: p, Method: "POST", Path: "/account/password", Body: change(apitest.Password, apitest.Password), Status: 422, Has: []string{"account.password_same"}},
			apitest.Row{Name: "ok", As: p, Method: "POST", Path: "/account/password", Body: change(apitest.Password, fresh), Status: 200, Has: []string{`"ended_sessions":1`}, Events: []models.Action{models.AccountPassword}},
			apitest.Row{Name: "this session stays", As: p, Method: "GET", Path: "/account", Status: 200},
			apitest.Row{Name: "the others ended", As: other, Method: "GET", Path: "/account", Status: 401, Has: []string{"account.session_ended"}},
			apitest.Row{Name: "the old password", Method: "POST", Path: "/session", Body: map[string]string{"login": "wang", "password": apitest.Password}, Status: 401},
			apitest.Row{Name: "the new password", Method: "POST", Path: "/session", Body: map[string]string{"login": "wang", "password": fresh}, Status: 200, Events: []models.Action{models.AccountSignIn}},
		)
	})
}

func TestOffices(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		operator, p := w.Operator(), w.Person("wang")
		grant := func(login, role, region string) map[string]string {
			return map[string]string{"login": login, "role": role, "region": region}
		}
		batch := map[string]any{"region": "210100", "region_code": "SY", "year": 2026, "no": 1, "title": "2026 年批次"}
		w.Run(t,
			apitest.Row{Name: "nobody grants himself", As: p, Method: "POST", Path: "/roles", Body: grant("wang", "operator", ""), Status: 403},
			apitest.Row{Name: "list by a stranger", As: p, Method: "GET", Path: "/roles", Status: 403},
			apitest.Row{Name: "officer without a region", As: operator, Method: "POST", Path: "/roles", Body: grant("nobody", "officer", ""), Status: 422, Has: []string{"account.unknown_login", "role.bad_region"}},
			apitest.Row{Name: "auditor with a region", As: operator, Method: "POST", Path: "/roles", Body: grant("wang", "auditor", "210100"), Status: 422, Has: []string{"role.no_region"}},
			apitest.Row{Name: "no office yet", As: p, Method: "POST", Path: "/batches", Body: batch, Status: 403},
			apitest.Row{Name: "grant", As: operator, Method: "POST", Path: "/roles", Body: grant("Wang", "officer", "210100"), Status: 201, Events: []models.Action{models.RoleGrant}},
			apitest.Row{Name: "grant twice", As: operator, Method: "POST", Path: "/roles", Body: grant("wang", "officer", "210100"), Status: 409, Has: []string{"role.granted_already"}},
			apitest.Row{Name: "the same token holds the office now", As: p, Method: "POST", Path: "/batches", Body: batch, Status: 201, Events: []models.Action{models.BatchCreate}},
		)
		var list struct {
			Roles []struct{ ID, Login, Role string }
		}
		w.Do(operator, "GET", "/roles", nil).Must(http.StatusOK).JSON(&list)
		ids := map[string]string{}
		for _, r := range list.Roles {
			ids[r.Login] = r.ID
		}
		batch["no"] = 2
		w.Run(t,
			apitest.Row{Name: "the last operator stays", As: operator, Method: "DELETE", Path: "/roles/" + ids["the-operator"], Status: 409, Has: []string{"role.last_operator"}},
			apitest.Row{Name: "revoke", As: operator, Method: "DELETE", Path: "/roles/" + ids["wang"], Status: 200, Lacks: []string{`"wang"`}, Events: []models.Action{models.RoleRevoke}},
			apitest.Row{Name: "revoke twice", As: operator, Method: "DELETE", Path: "/roles/" + ids["wang"], Status: 404},
			apitest.Row{Name: "and the same token holds it no more", As: p, Method: "POST", Path: "/batches", Body: batch, Status: 403},
		)
	})
}
