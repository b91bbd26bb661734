package accounts_test

import (
	"net/http"
	"testing"
	"time"

	"jiebang/api"
	"jiebang/internal/apitest"
	"jiebang/internal/oidc"
	"jiebang/internal/oidc/oidctest"
	"jiebang/models"
)

// abroad runs fn in a world that has another server to sign in by.
func abroad(t *testing.T, fn func(t *testing.T, w *apitest.World, idp *oidctest.Server)) {
	t.Helper()
	var idp *oidctest.Server
	apitest.Each(t, func(t *testing.T, w *apitest.World) { fn(t, w, idp) }, func(c *api.Config) {
		idp = oidctest.New(t, c.Clock)
		c.PublicURL = origin
		c.OIDC = oidc.New(oidc.Settings{Issuer: idp.URL, ClientID: oidctest.Client, ClientSecret: oidctest.Secret, Redirect: origin + "/sign-in/oidc", Name: "省统一身份认证"})
	})
}

type away struct{ Ceremony, URL string }

func leave(w *apitest.World) (a away) {
	w.T.Helper()
	w.Do(apitest.Person{}, "POST", "/session/oidc/begin", nil).Must(http.StatusOK).JSON(&a)
	return a
}

func back(a away, state, code string) doc {
	return doc{"ceremony": a.Ceremony, "state": state, "code": code}
}

// addressOf gives a person an address, so that he can be written to and vouched for.
func addressOf(w *apitest.World, p apitest.Person, email string) {
	w.T.Helper()
	w.Do(p, "PUT", "/account", doc{"name": p.Login, "email": email}, "If-Match", `"1"`).Must(http.StatusOK)
}

var wang = oidctest.Person{Subject: "s-1", Email: "wang@b.cn", Name: "王", Verified: true}

func TestOIDCLinksAndSignsIn(t *testing.T) {
	abroad(t, func(t *testing.T, w *apitest.World, idp *oidctest.Server) {
		p, operator := w.Person("wang"), w.Operator()
		addressOf(w, p, wang.Email)
		a := leave(w)
		state, code := idp.SignIn(a.URL, wang)
		linking := func(login, secret string) doc {
			return with(with(back(a, state, code), "login", login), "password", secret)
		}
		w.Run(t,
			apitest.Row{Name: "the button has its name", Method: "GET", Path: "/about", Status: 200, Has: []string{"省统一身份认证"}},
			apitest.Row{Name: "an unknown subject is no account", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 401, Has: []string{"account.link_needed"}, Lacks: []string{"access_token"}},
			apitest.Row{Name: "a wrong password links nothing", Method: "POST", Path: "/session/oidc", Body: linking("wang", "wrong"), Status: 401, Has: []string{"account.bad_credentials"}},
			apitest.Row{Name: "another's address links nothing", Method: "POST", Path: "/session/oidc", Body: linking(operator.Login, apitest.Password), Status: 409, Has: []string{"account.link_email"}},
			apitest.Row{Name: "link", Method: "POST", Path: "/session/oidc", Body: linking("wang", apitest.Password), Status: 200, Has: []string{"access_token", `"wang"`}, Events: []models.Action{models.AccountLink, models.AccountOIDC}},
			apitest.Row{Name: "the journey is over", Method: "POST", Path: "/session/oidc", Body: linking("wang", apitest.Password), Status: 401, Has: []string{"account.bad_oidc"}},
		)
		if idp.Exchanges() != 1 {
			t.Errorf("the code was shown %d times", idp.Exchanges())
		}
		a = leave(w)
		state, code = idp.SignIn(a.URL, wang)
		w.Run(t,
			apitest.Row{Name: "in at once the next time", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 200, Events: []models.Action{models.AccountOIDC}},
			apitest.Row{Name: "replay", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 401, Has: []string{"account.bad_oidc"}},
		)
		secret, _ := enrol(t, w, p)
		w.Clock.Pass(30 * time.Second)
		a = leave(w)
		state, code = idp.SignIn(a.URL, wang)
		w.Run(t,
			apitest.Row{Name: "the second factor stays", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 401, Has: []string{"account.second_factor_needed"}},
			apitest.Row{Name: "a wrong one", Method: "POST", Path: "/session/oidc", Body: with(back(a, state, code), "second_factor", "000000"), Status: 401, Has: []string{"account.bad_code"}},
			apitest.Row{Name: "the right one", Method: "POST", Path: "/session/oidc", Body: with(back(a, state, code), "second_factor", now(t, w, secret)), Status: 200, Has: []string{`"second_factor":true`}, Events: []models.Action{models.AccountOIDC}},
		)
		var f struct{ Identities []struct{ ID string } }
		w.Clock.Pass(30 * time.Second)
		p = w.SignInBy("wang", with(creds("wang", apitest.Password), "code", now(t, w, secret)))
		w.Do(p, "GET", "/account/security", nil).Must(http.StatusOK).JSON(&f)
		w.Run(t,
			apitest.Row{Name: "another's link is not found", As: operator, Method: "DELETE", Path: "/account/identities/" + f.Identities[0].ID, Status: 404},
			apitest.Row{Name: "unlink", As: p, Method: "DELETE", Path: "/account/identities/" + f.Identities[0].ID, Status: 200, Has: []string{`"identities":[]`}, Events: []models.Action{models.AccountUnlink}},
		)
		a = leave(w)
		state, code = idp.SignIn(a.URL, wang)
		w.Run(t, apitest.Row{Name: "and it opens nothing", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 401, Has: []string{"account.link_needed"}})
	})
}

func TestOIDCRefuses(t *testing.T) {
	abroad(t, func(t *testing.T, w *apitest.World, idp *oidctest.Server) {
		p := w.Person("wang")
		operator := w.Operator()
		w.Do(operator, "POST", "/accounts/"+string(p.User)+"/identities", doc{"subject": "s-1", "reason": "looked at the papers"}).Must(http.StatusOK)
		lie := func(name string, value any) func(*oidctest.Server) {
			return func(s *oidctest.Server) { s.Lie = func(c map[string]any) { c[name] = value } }
		}
		at := w.Clock.Now()
		for name, spoil := range map[string]func(*oidctest.Server){
			"another nonce":    lie("nonce", "of another sign-in"),
			"no nonce":         lie("nonce", ""),
			"for another":      lie("aud", "another client"),
			"of another":       lie("iss", "https://evil.example"),
			"ran out":          lie("exp", at.Add(-time.Second).Unix()),
			"nobody":           lie("sub", ""),
			"an unknown key":   func(s *oidctest.Server) { s.Stranger = true },
			"no token at all":  func(s *oidctest.Server) { s.Lie = func(c map[string]any) { clear(c) } },
			"not yet, by hour": lie("nbf", at.Add(time.Hour).Unix()),
		} {
			a := leave(w)
			state, code := idp.SignIn(a.URL, wang)
			idp.Lie, idp.Stranger = nil, false
			spoil(idp)
			w.Run(t, apitest.Row{Name: name, Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 401, Has: []string{"account.bad_oidc"}, Lacks: []string{"access_token"}})
		}
		idp.Lie, idp.Stranger = nil, false
		a, other := leave(w), leave(w)
		state, code := idp.SignIn(a.URL, wang)
		foreign, _ := idp.SignIn(other.URL, wang)
		before := idp.Exchanges()
		w.Run(t,
			apitest.Row{Name: "another's state", Method: "POST", Path: "/session/oidc", Body: back(a, foreign, code), Status: 401, Has: []string{"account.bad_oidc"}},
			apitest.Row{Name: "no such journey", Method: "POST", Path: "/session/oidc", Body: back(away{Ceremony: "made-up"}, state, code), Status: 401, Has: []string{"account.bad_oidc"}},
		)
		if n := idp.Exchanges() - before; n != 0 {
			t.Errorf("the other server was asked %d times; a wrong state must not get that far", n)
		}
		w.Run(t, apitest.Row{Name: "the code of another journey fails its proof", Method: "POST", Path: "/session/oidc", Body: back(other, foreign, code), Status: 401, Has: []string{"account.bad_oidc"}})
		a = leave(w)
		w.Run(t, apitest.Row{Name: "a made-up code", Method: "POST", Path: "/session/oidc", Body: back(a, stateOf(t, idp, a), "made-up"), Status: 401, Has: []string{"account.bad_oidc"}})
		a = leave(w)
		state, code = idp.SignIn(a.URL, wang)
		w.Clock.Pass(10 * time.Minute)
		w.Run(t, apitest.Row{Name: "too late", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 401, Has: []string{"account.bad_oidc"}})
		a = leave(w)
		state, code = idp.SignIn(a.URL, wang)
		idp.Down = true
		w.Run(t, apitest.Row{Name: "the other server is down", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 409, Has: []string{"account.oidc_down"}, Lacks: []string{idp.URL}})
		idp.Down = false
		w.Do(operator, "POST", "/accounts/"+string(p.User)+"/disable", doc{"reason": "left the platform"}).Must(http.StatusOK)
		a = leave(w)
		state, code = idp.SignIn(a.URL, wang)
		w.Run(t, apitest.Row{Name: "disabled", Method: "POST", Path: "/session/oidc", Body: back(a, state, code), Status: 401, Has: []string{"account.bad_oidc"}})
	})
}

func stateOf(t *testing.T, idp *oidctest.Server, a away) string {
	t.Helper()
	state, _ := idp.SignIn(a.URL, wang)
	return state
}

func TestOIDCLinkByHand(t *testing.T) {
	abroad(t, func(t *testing.T, w *apitest.World, _ *oidctest.Server) {
		p, other, operator := w.Person("wang"), w.Person("zhao"), w.Operator()
		link := func(subject string) doc { return doc{"subject": subject, "reason": "looked at the papers"} }
		of := func(p apitest.Person) string { return "/accounts/" + string(p.User) + "/identities" }
		w.Run(t,
			apitest.Row{Name: "a stranger links nobody", As: other, Method: "POST", Path: of(p), Body: link("s-1"), Status: 404},
			apitest.Row{Name: "nor does the owner", As: p, Method: "POST", Path: of(p), Body: link("s-1"), Status: 403},
			apitest.Row{Name: "nor an operator himself", As: operator, Method: "POST", Path: of(operator), Body: link("s-1"), Status: 409, Has: []string{"account.own_link"}},
			apitest.Row{Name: "ok", As: operator, Method: "POST", Path: of(p), Body: link("s-1"), Status: 200, Events: []models.Action{models.AccountLink}},
			apitest.Row{Name: "one subject is one person's", As: operator, Method: "POST", Path: of(other), Body: link("s-1"), Status: 409, Has: []string{"account.linked_already"}},
		)
	})
}

func TestNoOIDC(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Run(t,
			apitest.Row{Name: "nothing to begin", Method: "POST", Path: "/session/oidc/begin", Status: 409, Has: []string{"account.no_oidc"}},
			apitest.Row{Name: "nothing to finish", Method: "POST", Path: "/session/oidc", Body: doc{"ceremony": "x"}, Status: 409, Has: []string{"account.no_oidc"}},
		)
	})
}
