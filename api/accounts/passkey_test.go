package accounts_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jiebang/api"
	"jiebang/internal/apitest"
	"jiebang/internal/passkey/passkeytest"
	"jiebang/models"
)

const origin, site = "https://jiebang.test", "jiebang.test"

// addressed makes a world that knows its address, so that there are passkeys.
func addressed(c *api.Config) { c.PublicURL = origin }

func TestNoPasskeysWithoutAddress(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Run(t,
			apitest.Row{Name: "none to add", As: w.Person("wang"), Method: "POST", Path: "/account/passkeys/begin", Body: doc{"password": apitest.Password}, Status: 409, Has: []string{"account.no_passkeys"}},
			apitest.Row{Name: "none to sign in by", Method: "POST", Path: "/session/passkey/begin", Status: 409, Has: []string{"account.no_passkeys"}},
			apitest.Row{Name: "and it is said", Method: "GET", Path: "/about", Status: 200, Has: []string{`"passkeys":false`}},
		)
	})
}

type asked struct {
	Ceremony string
	Options  map[string]any
}

// begin asks the server for the options of a fresh passkey.
func begin(w *apitest.World, p apitest.Person) (a asked) {
	w.T.Helper()
	w.Do(p, "POST", "/account/passkeys/begin", doc{"password": apitest.Password}).Must(http.StatusOK).JSON(&a)
	return a
}

// ask asks the server for the options of a proof.
func ask(w *apitest.World) (a asked) {
	w.T.Helper()
	w.Do(apitest.Person{}, "POST", "/session/passkey/begin", nil).Must(http.StatusOK).JSON(&a)
	return a
}

func add(a asked, answer doc, name string) doc {
	return doc{"ceremony": a.Ceremony, "answer": answer, "name": name}
}

// own gives a person a passkey.
func own(w *apitest.World, p apitest.Person) *passkeytest.Device {
	w.T.Helper()
	d := passkeytest.New(w.T, origin, site)
	a := begin(w, p)
	w.Do(p, "POST", "/account/passkeys", add(a, d.Make(a.Options), "key")).Must(http.StatusCreated)
	return d
}

func TestPasskeyAdded(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p := w.Person("wang")
		other := w.Person("zhao")
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: "/account/passkeys/begin", Body: doc{"password": apitest.Password}, Status: 401},
			apitest.Row{Name: "wrong password", As: p, Method: "POST", Path: "/account/passkeys/begin", Body: doc{"password": "x"}, Status: 422, Has: []string{"account.wrong_password"}},
		)
		// What a browser must not be believed.
		for name, spoil := range map[string]func(*passkeytest.Device){
			"another page":      func(d *passkeytest.Device) { d.Origin = "https://jiebang.test.evil.example" },
			"another site":      func(d *passkeytest.Device) { d.RP = "evil.example" },
			"another challenge": func(d *passkeytest.Device) { d.Challenge = "bm90IHRoZSBvbmUgdGhhdCB3YXMgYXNrZWQgZm9y" },
			"nobody there":      func(d *passkeytest.Device) { d.Present = false },
			"nobody verified":   func(d *passkeytest.Device) { d.Verified = false },
		} {
			d := passkeytest.New(t, origin, site)
			spoil(d)
			a := begin(w, p)
			w.Run(t, apitest.Row{Name: name, As: p, Method: "POST", Path: "/account/passkeys", Body: add(a, d.Make(a.Options), "key"), Status: 422, Has: []string{"account.bad_answer"}})
		}
		d := passkeytest.New(t, origin, site)
		late, a, theirs := begin(w, p), begin(w, p), begin(w, other)
		w.Run(t,
			apitest.Row{Name: "another's ceremony", As: p, Method: "POST", Path: "/account/passkeys", Body: add(theirs, d.Make(theirs.Options), "key"), Status: 422, Has: []string{"account.bad_answer"}},
			apitest.Row{Name: "no name leaves the ceremony", As: p, Method: "POST", Path: "/account/passkeys", Body: add(a, d.Make(a.Options), " "), Status: 422, Has: []string{`"name"`}},
			apitest.Row{Name: "ok, with recovery codes", As: p, Method: "POST", Path: "/account/passkeys", Body: add(a, d.Make(a.Options), "办公室电脑"), Status: 201, Has: []string{"办公室电脑", "recovery_codes"}, Events: []models.Action{models.AccountAddPasskey}},
			apitest.Row{Name: "replay", As: p, Method: "POST", Path: "/account/passkeys", Body: add(a, d.Make(a.Options), "twice"), Status: 422, Has: []string{"account.bad_answer"}},
			apitest.Row{Name: "now the password alone is not enough", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 401, Has: []string{"account.second_factor_needed"}},
		)
		again := begin(w, p)
		if list, _ := again.Options["excludeCredentials"].([]any); len(list) != 1 {
			t.Errorf("the device is not told which key it holds already: %v", again.Options["excludeCredentials"])
		}
		foreign := begin(w, other)
		w.Run(t, apitest.Row{Name: "one credential is one person's", As: other, Method: "POST", Path: "/account/passkeys", Body: add(foreign, d.Make(foreign.Options), "mine"), Status: 409, Has: []string{"account.passkey_exists"}})
		w.Clock.Pass(10 * time.Minute)
		p = apitest.Person{}
		var in struct {
			Token string `json:"access_token"`
		}
		back := ask(w)
		d.Claim(userOf(w, "wang"))
		w.Do(p, "POST", "/session/passkey", doc{"ceremony": back.Ceremony, "answer": d.Show(back.Options)}).Must(http.StatusOK).JSON(&in)
		me := "Bearer " + in.Token
		w.Do(apitest.Person{}, "POST", "/account/passkeys", add(late, passkeytest.New(t, origin, site).Make(late.Options), "late"), "Authorization", me).Must(http.StatusUnprocessableEntity)
	}, addressed)
}

func userOf(w *apitest.World, login string) string {
	w.T.Helper()
	id := ""
	w.Write(func(tx *models.Tx) error {
		u, err := tx.UserByLogin(login)
		if err == nil {
			id = string(u.ID)
		}
		return err
	})
	return id
}

func TestPasskeySignsIn(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p, other := w.Person("wang"), w.Person("zhao")
		d := own(w, p)
		in := func(a asked, answer doc) doc { return doc{"ceremony": a.Ceremony, "answer": answer} }
		for name, spoil := range map[string]func(*passkeytest.Device){
			"another page":      func(d *passkeytest.Device) { d.Origin = "https://evil.example" },
			"another site":      func(d *passkeytest.Device) { d.RP = "evil.example" },
			"another challenge": func(d *passkeytest.Device) { d.Challenge = "bm90IHRoZSBvbmUgdGhhdCB3YXMgYXNrZWQgZm9y" },
			"nobody there":      func(d *passkeytest.Device) { d.Present = false },
			"nobody verified":   func(d *passkeytest.Device) { d.Verified = false },
			"another's name":    func(d *passkeytest.Device) { d.Claim(string(other.User)) },
		} {
			bad := d.Clone()
			spoil(bad)
			a := ask(w)
			w.Run(t, apitest.Row{Name: name, Method: "POST", Path: "/session/passkey", Body: in(a, bad.Show(a.Options)), Status: 401, Has: []string{"account.bad_passkey"}, Lacks: []string{"access_token"}})
		}
		a := ask(w)
		w.Run(t,
			apitest.Row{Name: "an unknown key", Method: "POST", Path: "/session/passkey", Body: in(a, passkeytest.New(t, origin, site).Show(a.Options)), Status: 401, Has: []string{"account.bad_passkey"}},
			apitest.Row{Name: "nonsense", Method: "POST", Path: "/session/passkey", Body: in(a, doc{"id": "x"}), Status: 401, Has: []string{"account.bad_passkey"}},
		)
		a = ask(w)
		answer := d.Show(a.Options)
		w.Run(t,
			apitest.Row{Name: "ok, both factors shown", Method: "POST", Path: "/session/passkey", Body: in(a, answer), Status: 200, Has: []string{`"second_factor":true`}, Events: []models.Action{models.AccountPasskeyIn}},
			apitest.Row{Name: "replay", Method: "POST", Path: "/session/passkey", Body: in(a, answer), Status: 401, Has: []string{"account.bad_passkey"}},
		)
		other2 := ask(w)
		w.Run(t, apitest.Row{Name: "an answer to another question", Method: "POST", Path: "/session/passkey", Body: in(other2, answer), Status: 401, Has: []string{"account.bad_passkey"}})
		late := ask(w)
		w.Clock.Pass(10 * time.Minute)
		w.Run(t, apitest.Row{Name: "too late", Method: "POST", Path: "/session/passkey", Body: in(late, d.Show(late.Options)), Status: 401, Has: []string{"account.bad_passkey"}})
		// A copy of the key answers with a counter that has been seen.
		thief := d.Clone()
		a = ask(w)
		w.Do(apitest.Person{}, "POST", "/session/passkey", in(a, d.Show(a.Options))).Must(http.StatusOK)
		a = ask(w)
		w.Run(t, apitest.Row{Name: "copied", Method: "POST", Path: "/session/passkey", Body: in(a, thief.Show(a.Options)), Status: 401, Has: []string{"account.passkey_copied"}, Lacks: []string{"access_token"}})
		// It works while the password is locked, and not once the account is disabled.
		for range 6 {
			w.Do(apitest.Person{}, "POST", "/session", creds("wang", "wrong"))
		}
		a = ask(w)
		w.Run(t, apitest.Row{Name: "the password is locked", Method: "POST", Path: "/session/passkey", Body: in(a, d.Show(a.Options)), Status: 200, Events: []models.Action{models.AccountPasskeyIn}})
		w.Do(w.Operator(), "POST", "/accounts/"+string(p.User)+"/disable", doc{"reason": "gone for good"}).Must(http.StatusOK)
		a = ask(w)
		w.Run(t, apitest.Row{Name: "disabled", Method: "POST", Path: "/session/passkey", Body: in(a, d.Show(a.Options)), Status: 401, Has: []string{"account.bad_passkey"}})
	}, addressed)
}

// One answer, shown by many at the same moment, lets one in.
func TestOneAnswerOneSignIn(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		d := own(w, w.Person("wang"))
		a := ask(w)
		body := doc{"ceremony": a.Ceremony, "answer": d.Show(a.Options)}
		in := make(chan int, 4)
		for range cap(in) {
			go func() { in <- w.Do(apitest.Person{}, "POST", "/session/passkey", body).Status }()
		}
		won := 0
		for range cap(in) {
			switch s := <-in; s {
			case http.StatusOK:
				won++
			case http.StatusUnauthorized:
			default:
				t.Errorf("status %d", s)
			}
		}
		if won != 1 {
			t.Errorf("one answer let %d in", won)
		}
	}, addressed)
}

func TestPasskeyKept(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p, other := w.Person("wang"), w.Person("zhao")
		d := own(w, p)
		own(w, other)
		var f struct{ Passkeys []struct{ ID, Name string } }
		w.Do(p, "GET", "/account/security", nil).Must(http.StatusOK).JSON(&f)
		if len(f.Passkeys) != 1 || f.Passkeys[0].Name != "key" {
			t.Fatalf("passkeys %+v", f.Passkeys)
		}
		path := "/account/passkeys/" + f.Passkeys[0].ID
		w.Run(t,
			apitest.Row{Name: "another's is not found", As: other, Method: "POST", Path: path + "/rename", Body: doc{"name": "mine"}, Status: 404},
			apitest.Row{Name: "nor removed", As: other, Method: "DELETE", Path: path, Status: 404},
			apitest.Row{Name: "rename", As: p, Method: "POST", Path: path + "/rename", Body: doc{"name": "手机"}, Status: 200, Has: []string{"手机"}, Events: []models.Action{models.AccountNamePasskey}},
			apitest.Row{Name: "blank", As: p, Method: "POST", Path: path + "/rename", Body: doc{"name": "  "}, Status: 422, Has: []string{`"name"`}},
		)
		w.Clock.Pass(5*time.Minute + time.Second)
		w.Run(t, apitest.Row{Name: "removing asks again", As: p, Method: "DELETE", Path: path, Status: 403, Has: []string{"account.step_up_needed"}})
		a := ask(w)
		theirs := passkeytest.New(t, origin, site)
		w.Run(t, apitest.Row{Name: "another's key confirms nothing", As: p, Method: "POST", Path: "/account/confirm", Body: doc{"ceremony": a.Ceremony, "answer": theirs.Show(a.Options)}, Status: 401, Has: []string{"account.bad_passkey"}})
		a = ask(w)
		w.Run(t,
			apitest.Row{Name: "confirm by passkey", As: p, Method: "POST", Path: "/account/confirm", Body: doc{"ceremony": a.Ceremony, "answer": d.Show(a.Options)}, Status: 200, Has: []string{"confirmed_until"}, Events: []models.Action{models.AccountConfirm}},
			apitest.Row{Name: "remove", As: p, Method: "DELETE", Path: path, Status: 200, Lacks: []string{"手机"}, Has: []string{`"recovery_codes_left":0`}, Events: []models.Action{models.AccountDropPasskey}},
			apitest.Row{Name: "the password is enough again", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 200, Events: []models.Action{models.AccountSignIn}},
		)
		a = ask(w)
		w.Run(t, apitest.Row{Name: "a removed key opens nothing", Method: "POST", Path: "/session/passkey", Body: doc{"ceremony": a.Ceremony, "answer": d.Show(a.Options)}, Status: 401, Has: []string{"account.bad_passkey"}})
	}, addressed)
}

// The options ask for a key that the device itself can find, and for its owner's finger.
func TestPasskeyOptions(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		a := w.Do(w.Person("wang"), "POST", "/account/passkeys/begin", doc{"password": apitest.Password}).Must(http.StatusOK)
		for _, want := range []string{`"residentKey":"required"`, `"userVerification":"required"`, `"id":"jiebang.test"`} {
			if !strings.Contains(string(a.Body), want) {
				t.Errorf("no %s in %s", want, a.Body)
			}
		}
	}, addressed)
}
