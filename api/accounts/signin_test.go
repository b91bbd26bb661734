package accounts_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/otp"
	"jiebang/models"
)

type doc = map[string]any

func creds(login, secret string) doc { return doc{"login": login, "password": secret} }

// enrol sets up an authenticator app for somebody; it returns the secret and the recovery codes.
func enrol(t *testing.T, w *apitest.World, p apitest.Person) (secret string, codes []string) {
	t.Helper()
	var fresh struct {
		Secret string
		QR     []string
	}
	w.Do(p, "POST", "/account/totp", doc{"password": apitest.Password}).Must(http.StatusOK).JSON(&fresh)
	if len(fresh.QR) < 21 {
		t.Fatalf("a picture of %d rows", len(fresh.QR))
	}
	var out struct {
		Codes []string `json:"recovery_codes"`
	}
	w.Do(p, "POST", "/account/totp/confirm", doc{"code": now(t, w, fresh.Secret)}).Must(http.StatusOK).JSON(&out)
	if len(out.Codes) != 10 {
		t.Fatalf("%d recovery codes", len(out.Codes))
	}
	return fresh.Secret, out.Codes
}

func now(t *testing.T, w *apitest.World, secret string) string {
	t.Helper()
	code, err := otp.Code(secret, w.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func with(d doc, name string, value any) doc {
	out := doc{name: value}
	for k, v := range d {
		if k != name {
			out[k] = v
		}
	}
	return out
}

func TestLockOut(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p, operator := w.Person("wang"), w.Operator()
		for _, login := range []string{"wang", "nobody"} { // both lock alike, and say the same
			for range 4 {
				w.Do(apitest.Person{}, "POST", "/session", creds(login, "wrong")).Must(http.StatusUnauthorized)
			}
			before := w.LastEvent()
			w.Do(apitest.Person{}, "POST", "/session", creds(login, "wrong")).Must(http.StatusUnauthorized)
			if e := w.EventsAfter(before); len(e) != 1 || e[0].Action != models.AccountLock {
				t.Errorf("the fifth wrong try of %s left %v", login, e)
			}
		}
		known := w.Do(apitest.Person{}, "POST", "/session", creds("wang", "wrong")).Must(http.StatusTooManyRequests)
		unknown := w.Do(apitest.Person{}, "POST", "/session", creds("nobody", "wrong")).Must(http.StatusTooManyRequests)
		if string(known.Body) != string(unknown.Body) || known.Header.Get("Retry-After") != "60" {
			t.Errorf("a known login answers %s (%s), an unknown one %s", known.Body, known.Header.Get("Retry-After"), unknown.Body)
		}
		path := "/accounts/" + string(p.User)
		w.Run(t,
			apitest.Row{Name: "the right password, locked", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 429, Has: []string{"account.locked"}},
			apitest.Row{Name: "who was in stays in", As: p, Method: "GET", Path: "/account", Status: 200},
			apitest.Row{Name: "a stranger unlocks nobody", As: w.Person("zhao"), Method: "POST", Path: path + "/unlock", Status: 404},
			apitest.Row{Name: "a stranger sees no list", As: w.Person("qian"), Method: "GET", Path: "/accounts/locked", Status: 403},
			apitest.Row{Name: "it is on the list", As: operator, Method: "GET", Path: "/accounts/locked", Status: 200, Has: []string{`"login":"wang"`, "account.unlock"}},
			apitest.Row{Name: "the operator sees it", As: operator, Method: "GET", Path: path, Status: 200, Has: []string{"locked_until", "account.unlock"}},
			apitest.Row{Name: "unlock", As: operator, Method: "POST", Path: path + "/unlock", Status: 200, Lacks: []string{"locked_until"}, Events: []models.Action{models.AccountUnlock}},
			apitest.Row{Name: "it is off the list", As: operator, Method: "GET", Path: "/accounts/locked", Status: 200, Lacks: []string{"wang"}},
			apitest.Row{Name: "in again", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 200, Events: []models.Action{models.AccountSignIn}},
		)
		for range 5 {
			w.Do(apitest.Person{}, "POST", "/session", creds("wang", "wrong")).Must(http.StatusUnauthorized)
		}
		w.Clock.Pass(time.Minute)
		w.Do(apitest.Person{}, "POST", "/session", creds("wang", "wrong")).Must(http.StatusUnauthorized)
		if wait := w.Do(apitest.Person{}, "POST", "/session", creds("wang", "wrong")).Must(http.StatusTooManyRequests).Header.Get("Retry-After"); wait != "120" {
			t.Errorf("the second lock lasts %s s", wait)
		}
		w.Clock.Pass(2 * time.Minute)
		w.Do(apitest.Person{}, "POST", "/session", creds("wang", apitest.Password)).Must(http.StatusOK)
	})
}

// Guesses at the same moment are counted one by one.
func TestParallelGuesses(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Person("wang")
		var mu sync.Mutex
		statuses := map[int]int{}
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				s := w.Do(apitest.Person{}, "POST", "/session", creds("wang", "wrong")).Status
				mu.Lock()
				defer mu.Unlock()
				statuses[s]++
			})
		}
		wg.Wait()
		if statuses[401] != 5 || statuses[429] != 15 {
			t.Errorf("statuses %v: five guesses pass, no more", statuses)
		}
	})
}

func TestTOTP(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p := w.Person("wang")
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/account/totp", Body: doc{"password": "x"}, Status: 401},
			apitest.Row{Name: "wrong password", As: p, Method: "POST", Path: "/account/totp", Body: doc{"password": "x"}, Status: 422, Has: []string{"account.wrong_password"}},
			apitest.Row{Name: "nothing begun", As: p, Method: "POST", Path: "/account/totp/confirm", Body: doc{"code": "123456"}, Status: 409, Has: []string{"account.no_totp_begun"}},
			apitest.Row{Name: "nothing to confirm by", As: p, Method: "POST", Path: "/account/confirm", Body: doc{"code": "123456"}, Status: 409, Has: []string{"account.no_factor"}},
			apitest.Row{Name: "nothing to remove", As: p, Method: "DELETE", Path: "/account/totp", Status: 404},
			apitest.Row{Name: "no codes without a factor", As: p, Method: "POST", Path: "/account/recovery-codes", Status: 409},
		)
		secret, codes := enrol(t, w, p)
		used := now(t, w, secret)
		body := with(creds("wang", apitest.Password), "code", used)
		w.Run(t,
			apitest.Row{Name: "the password alone", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 401, Has: []string{"account.second_factor_needed"}, Lacks: []string{"access_token"}},
			apitest.Row{Name: "the code that was used to set up", Method: "POST", Path: "/session", Body: body, Status: 401, Has: []string{"account.bad_code"}},
			apitest.Row{Name: "a wrong password with a code", Method: "POST", Path: "/session", Body: with(creds("wang", "wrong"), "code", used), Status: 401, Has: []string{"account.bad_credentials"}},
			apitest.Row{Name: "set up twice", As: p, Method: "POST", Path: "/account/totp", Body: doc{"password": apitest.Password}, Status: 409, Has: []string{"account.totp_exists"}},
		)
		w.Clock.Pass(30 * time.Second)
		code := now(t, w, secret)
		body = with(body, "code", code[:3]+" "+code[3:])
		w.Run(t,
			apitest.Row{Name: "ok", Method: "POST", Path: "/session", Body: body, Status: 200, Has: []string{`"second_factor":true`}, Events: []models.Action{models.AccountSignIn}},
			apitest.Row{Name: "replay", Method: "POST", Path: "/session", Body: body, Status: 401, Has: []string{"account.bad_code"}},
		)
		w.Clock.Pass(time.Minute)
		late, _ := otp.Code(secret, w.Clock.Now().Add(-30*time.Second))
		w.Run(t, apitest.Row{Name: "a clock that is late by a step", Method: "POST", Path: "/session", Body: with(body, "code", late), Status: 200, Events: []models.Action{models.AccountSignIn}})
		w.Clock.Pass(2 * time.Minute)
		late, _ = otp.Code(secret, w.Clock.Now().Add(-61*time.Second))
		w.Run(t,
			apitest.Row{Name: "late by two", Method: "POST", Path: "/session", Body: with(body, "code", late), Status: 401},
			apitest.Row{Name: "a recovery code", Method: "POST", Path: "/session", Body: with(body, "code", strings.ToUpper(codes[3])), Status: 200, Events: []models.Action{models.AccountSignIn}},
			apitest.Row{Name: "is good once", Method: "POST", Path: "/session", Body: with(body, "code", codes[3]), Status: 401, Has: []string{"account.bad_code"}},
			apitest.Row{Name: "nine are left", As: p, Method: "GET", Path: "/account/security", Status: 200, Has: []string{`"recovery_codes_left":9`, `"totp":true`}, Lacks: []string{secret}},
		)
		w.Clock.Pass(5 * time.Minute)
		w.Run(t,
			apitest.Row{Name: "removing asks again", As: p, Method: "DELETE", Path: "/account/totp", Status: 403, Has: []string{"account.step_up_needed"}},
			apitest.Row{Name: "new codes ask again", As: p, Method: "POST", Path: "/account/recovery-codes", Status: 403, Has: []string{"account.step_up_needed"}},
			apitest.Row{Name: "a wrong code confirms nothing", As: p, Method: "POST", Path: "/account/confirm", Body: doc{"code": "000000"}, Status: 422, Has: []string{"account.bad_code"}},
			apitest.Row{Name: "confirm", As: p, Method: "POST", Path: "/account/confirm", Body: doc{"code": now(t, w, secret)}, Status: 200, Has: []string{"confirmed_until"}, Events: []models.Action{models.AccountConfirm}},
			apitest.Row{Name: "new codes", As: p, Method: "POST", Path: "/account/recovery-codes", Status: 200, Lacks: []string{codes[0]}, Events: []models.Action{models.AccountCodes}},
			apitest.Row{Name: "the old ones are good no more", Method: "POST", Path: "/session", Body: with(body, "code", codes[0]), Status: 401, Has: []string{"account.bad_code"}},
			apitest.Row{Name: "remove", As: p, Method: "DELETE", Path: "/account/totp", Status: 200, Has: []string{`"recovery_codes_left":0`}, Events: []models.Action{models.AccountDropTOTP}},
			apitest.Row{Name: "the password is enough again", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 200, Events: []models.Action{models.AccountSignIn}},
		)
	})
}

// One code, shown by many at the same moment, lets one in.
func TestOneCodeOneSignIn(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		secret, codes := enrol(t, w, w.Person("wang"))
		w.Clock.Pass(30 * time.Second)
		for _, code := range []string{now(t, w, secret), codes[0]} {
			in := make(chan int, 4)
			for range cap(in) {
				go func() {
					in <- w.Do(apitest.Person{}, "POST", "/session", with(creds("wang", apitest.Password), "code", code)).Status
				}()
			}
			won := 0
			for range cap(in) {
				if <-in == http.StatusOK {
					won++
				}
			}
			if won != 1 {
				t.Errorf("one code let %d in", won)
			}
		}
	})
}

func TestStepUp(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		operator := w.Operator()
		w.Person("wang")
		secret, _ := enrol(t, w, operator)
		grant := doc{"login": "wang", "role": "officer", "region": "210100"}
		w.Clock.Pass(5*time.Minute + time.Second)
		w.Run(t,
			apitest.Row{Name: "granting asks again", As: operator, Method: "POST", Path: "/roles", Body: grant, Status: 403, Has: []string{"account.step_up_needed"}},
			apitest.Row{Name: "the button is still there", As: operator, Method: "GET", Path: "/roles", Status: 200, Has: []string{"role.grant"}},
			apitest.Row{Name: "another's code", As: operator, Method: "POST", Path: "/account/confirm", Body: doc{"code": "123456"}, Status: 422},
			apitest.Row{Name: "confirm", As: operator, Method: "POST", Path: "/account/confirm", Body: doc{"code": now(t, w, secret)}, Status: 200, Events: []models.Action{models.AccountConfirm}},
			apitest.Row{Name: "grant", As: operator, Method: "POST", Path: "/roles", Body: grant, Status: 201, Events: []models.Action{models.RoleGrant}},
		)
	})
}

func TestSessionsOfOneself(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p := w.Person("wang")
		other, foreign := w.SignIn("wang"), w.Person("zhao")
		w.Run(t,
			apitest.Row{Name: "list", As: p, Method: "GET", Path: "/account/sessions", Status: 200, Has: []string{string(other.Who.Session), `"address":"192.0.2.1"`}, Lacks: []string{string(foreign.Who.Session)}},
			apitest.Row{Name: "another's", As: p, Method: "DELETE", Path: "/account/sessions/" + string(foreign.Who.Session), Status: 404},
			apitest.Row{Name: "all others", As: p, Method: "DELETE", Path: "/account/sessions", Status: 200, Lacks: []string{string(other.Who.Session)}, Events: []models.Action{models.AccountEndOthers}},
			apitest.Row{Name: "they are gone", As: other, Method: "GET", Path: "/account", Status: 401},
			apitest.Row{Name: "another's stays", As: foreign, Method: "GET", Path: "/account", Status: 200},
		)
	})
}
