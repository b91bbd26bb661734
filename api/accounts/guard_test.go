package accounts_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"jiebang/api"
	"jiebang/internal/apitest"
	"jiebang/models"
)

// earnest is a platform that is no demo: it counts tries by address, and offices wait for
// their second factor.
func earnest(c *api.Config) { c.Demo = nil }

// Many logins from one address lock the address, longer each time.
func TestAddressLock(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Person("wang")
		guess := func(i int) *apitest.Answer {
			w.Clock.Pass(30 * time.Second) // below what the shield lets through
			return w.Do(apitest.Person{}, "POST", "/session", creds("made-up-"+string(rune('a'+i%26))+string(rune('a'+i/26)), "wrong"))
		}
		tries := 0
		for ; tries < 200; tries++ {
			if guess(tries).Status == http.StatusTooManyRequests {
				break
			}
		}
		if tries < 20 || tries == 200 {
			t.Fatalf("the address is locked after %d wrong tries", tries)
		}
		w.Run(t, apitest.Row{Name: "the right password, from there", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 429, Has: []string{"account.locked"}})
		// Each wrong try more locks it for longer, up to an hour.
		waits := []string{}
		for range 4 {
			w.Clock.Pass(time.Hour)
			for i := range 3 { // the first one passes the lock that ran out, and locks anew
				if a := w.Do(apitest.Person{}, "POST", "/session", creds("again-"+string(rune('a'+i)), "wrong")); a.Status == http.StatusTooManyRequests {
					waits = append(waits, a.Header.Get("Retry-After"))
					break
				}
			}
		}
		if len(waits) != 4 || waits[0] == waits[3] || waits[3] == "60" {
			t.Errorf("the locks last %v", waits)
		}
		w.Clock.Pass(25 * time.Hour)
		w.Run(t, apitest.Row{Name: "a day without a try forgets them", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 200, Events: []models.Action{models.AccountSignIn}})
	}, earnest)
}

// An office counts only once its holder has shown a second factor in this session.
func TestOfficeWaitsForFactor(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		operator := w.Operator()
		officer := w.Officer("officer-1", "210000")
		for _, p := range []apitest.Person{operator, officer} {
			w.Run(t, apitest.Row{Name: p.Login + " is told", As: p, Method: "GET", Path: "/account", Status: 200, Has: []string{`"withheld_roles":["` + map[bool]string{true: "operator", false: "officer"}[p.Login == operator.Login] + `"]`, `"roles":[]`}})
		}
		w.Run(t,
			apitest.Row{Name: "the operator is nobody yet", As: operator, Method: "GET", Path: "/roles", Status: 403},
			apitest.Row{Name: "nor does he invite", As: operator, Method: "POST", Path: "/signups", Body: doc{"email": "a@b.cn", "role": "person"}, Status: 403},
			apitest.Row{Name: "he sees what is required", As: operator, Method: "GET", Path: "/account/security", Status: 200, Has: []string{`"required":true`, `"withheld_roles":["operator"]`}},
		)
		secret, _ := enrol(t, w, operator)
		w.Run(t,
			apitest.Row{Name: "with it he is", As: operator, Method: "GET", Path: "/roles", Status: 200},
			apitest.Row{Name: "and cannot be without it", As: operator, Method: "DELETE", Path: "/account/totp", Status: 409, Has: []string{"account.factor_required"}},
			apitest.Row{Name: "who holds no office need not", As: w.Person("zhao"), Method: "GET", Path: "/account/security", Status: 200, Has: []string{`"required":false`}},
		)
		w.Clock.Pass(30 * time.Second)
		next := w.SignInBy(operator.Login, with(creds(operator.Login, apitest.Password), "code", now(t, w, secret)))
		w.Run(t, apitest.Row{Name: "a sign-in with it is enough", As: next, Method: "GET", Path: "/roles", Status: 200})
	}, earnest)
}

// Who guesses learns neither from words nor from status which logins exist.
func TestNobodyLearnsWhoExists(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Person("wang")
		w.Do(w.Operator(), "POST", "/accounts/"+string(w.Person("gone").User)+"/disable", doc{"reason": "left the platform"}).Must(http.StatusOK)
		enrol(t, w, w.Person("strong"))
		for _, call := range []struct {
			path string
			body func(login string) doc
		}{
			{"/session", func(login string) doc { return creds(login, "wrong") }},
			{"/session", func(login string) doc { return with(creds(login, "wrong"), "code", "123456") }},
			{"/password-reset", func(login string) doc { return doc{"login": login} }},
		} {
			unknown := w.Do(apitest.Person{}, "POST", call.path, call.body("nobody"))
			for _, login := range []string{"wang", "gone", "strong"} {
				if got := w.Do(apitest.Person{}, "POST", call.path, call.body(login)); got.Status != unknown.Status || !bytes.Equal(got.Body, unknown.Body) {
					t.Errorf("%s answers %s with %d %s, nobody with %d %s", call.path, login, got.Status, got.Body, unknown.Status, unknown.Body)
				}
			}
		}
	})
}
