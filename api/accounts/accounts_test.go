package accounts_test

import (
	"net/http"
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
