package accounts_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// token is what stands behind the # of a link.
func token(t *testing.T, a *apitest.Answer) string {
	t.Helper()
	var out struct{ Link string }
	a.JSON(&out)
	_, token, ok := strings.Cut(out.Link, "#")
	if !ok {
		t.Fatalf("no link: %s", a.Body)
	}
	return token
}

const another = "quite another sentence"

func TestReset(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p, operator := w.Person("wang"), w.Operator()
		path := "/accounts/" + string(p.User) + "/reset-link"
		finish := func(token, secret string) doc { return doc{"token": token, "password": secret} }
		w.Run(t,
			apitest.Row{Name: "a stranger makes no link", As: w.Person("zhao"), Method: "POST", Path: path, Body: doc{"reason": "forgot it"}, Status: 404},
			apitest.Row{Name: "nor does its owner", As: p, Method: "POST", Path: path, Body: doc{"reason": "forgot it"}, Status: 403},
			apitest.Row{Name: "an operator not for himself", As: operator, Method: "POST", Path: "/accounts/" + string(operator.User) + "/reset-link", Body: doc{"reason": "forgot it"}, Status: 409, Has: []string{"account.own_reset"}},
			apitest.Row{Name: "no such link", Method: "POST", Path: "/password-reset/finish", Body: finish("rst_a.b", another), Status: 404, Has: []string{"account.dead_link"}},
		)
		first := token(t, w.Do(operator, "POST", path, doc{"reason": "forgot it"}).Must(http.StatusOK))
		second := token(t, w.Do(operator, "POST", path, doc{"reason": "lost the link"}).Must(http.StatusOK))
		for range 6 {
			w.Do(apitest.Person{}, "POST", "/session", creds("wang", "wrong"))
		}
		w.Run(t,
			apitest.Row{Name: "the earlier link is void", Method: "POST", Path: "/password-reset/finish", Body: finish(first, another), Status: 404, Has: []string{"account.dead_link"}},
			apitest.Row{Name: "a weak password leaves the link good", Method: "POST", Path: "/password-reset/finish", Body: finish(second, "wangwangwang1"), Status: 422, Has: []string{"account.password_holds_login"}},
			apitest.Row{Name: "changed by a letter", Method: "POST", Path: "/password-reset/finish", Body: finish(second[:len(second)-1]+"x", another), Status: 404},
			apitest.Row{Name: "ok", Method: "POST", Path: "/password-reset/finish", Body: finish(second, another), Status: 200, Has: []string{`"wang"`}, Events: []models.Action{models.AccountReset}},
			apitest.Row{Name: "twice", Method: "POST", Path: "/password-reset/finish", Body: finish(second, another+"s"), Status: 404, Has: []string{"account.dead_link"}},
			apitest.Row{Name: "all sessions ended", As: p, Method: "GET", Path: "/account", Status: 401, Has: []string{"account.session_ended"}},
			apitest.Row{Name: "the old password", Method: "POST", Path: "/session", Body: creds("wang", apitest.Password), Status: 401},
			apitest.Row{Name: "the new one, and the lock is gone", Method: "POST", Path: "/session", Body: creds("wang", another), Status: 200, Events: []models.Action{models.AccountSignIn}},
		)
		third := token(t, w.Do(operator, "POST", path, doc{"reason": "forgot again"}).Must(http.StatusOK))
		w.Clock.Pass(30 * time.Minute)
		w.Run(t, apitest.Row{Name: "ran out", Method: "POST", Path: "/password-reset/finish", Body: finish(third, another+"s"), Status: 404, Has: []string{"account.dead_link"}})
	})
}

// Who asks for a link hears the same of every login; the link is made after the answer.
func TestAskedReset(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p, operator := w.Person("wang"), w.Operator()
		w.Person("silent") // has no address
		w.Do(p, "PUT", "/account", doc{"name": "王", "email": "w@example.org"}, "If-Match", `"1"`).Must(http.StatusOK)
		answers := map[string]bool{}
		for _, login := range []string{"Wang", "silent", "nobody"} {
			before := w.LastEvent()
			answers[string(w.Do(apitest.Person{}, "POST", "/password-reset", doc{"login": login}).Must(http.StatusOK).Body)] = true
			w.Deliver()
			made := 0
			for _, e := range w.EventsAfter(before) {
				if e.Action == models.AccountMakeReset {
					made++
					w.Write(func(tx *models.Tx) error {
						r, err := tx.ResetByID(models.ResetID(e.Data.V["reset"].(string)))
						if r == nil || r.User != p.User || r.MadeBy != "" {
							t.Errorf("the letter's link is %+v", r)
						}
						return err
					})
				}
			}
			if want := map[string]int{"Wang": 1}[login]; made != want {
				t.Errorf("%s: %d links, want %d", login, made, want)
			}
		}
		if len(answers) != 1 {
			t.Errorf("the answers differ: %v", answers)
		}
		_ = operator
	})
}

func TestInvitations(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		o, admin := w.Org("Uni", "university")
		operator, stranger := w.Operator(), w.Person("zhao")
		path := "/orgs/" + string(o.ID) + "/signups"
		invite := func(email, role string) doc { return doc{"email": email, "role": role} }
		w.Run(t,
			apitest.Row{Name: "a stranger invites nobody", As: stranger, Method: "POST", Path: path, Body: invite("a@b.cn", "member"), Status: 403},
			apitest.Row{Name: "nor does he on the platform", As: stranger, Method: "POST", Path: "/signups", Body: invite("a@b.cn", "person"), Status: 403},
			apitest.Row{Name: "bad address", As: admin, Method: "POST", Path: path, Body: invite("a b.cn", "member"), Status: 422, Has: []string{"account.bad_email"}},
			apitest.Row{Name: "an officer without a region", As: operator, Method: "POST", Path: "/signups", Body: invite("a@b.cn", "officer"), Status: 422, Has: []string{"role.bad_region"}},
			apitest.Row{Name: "operators are not invited", As: operator, Method: "POST", Path: "/signups", Body: invite("a@b.cn", "operator"), Status: 422},
		)
		link := token(t, w.Do(admin, "POST", path, invite("New@B.cn", "poster")).Must(http.StatusCreated))
		accept := func(token, login string) doc {
			return doc{"token": token, "login": login, "name": "新人", "password": another}
		}
		w.Run(t,
			apitest.Row{Name: "invited twice", As: admin, Method: "POST", Path: path, Body: invite("new@b.cn", "member"), Status: 409, Has: []string{"signup.exists"}},
			apitest.Row{Name: "the link is shown once", As: admin, Method: "GET", Path: path, Status: 200, Has: []string{"new@b.cn", "signup.revoke"}, Lacks: []string{link}},
			apitest.Row{Name: "a stranger sees nothing", As: stranger, Method: "GET", Path: path, Status: 403},
			apitest.Row{Name: "look", Method: "POST", Path: "/signups/look", Body: doc{"token": link}, Status: 200, Has: []string{`"Uni"`, "poster"}},
			apitest.Row{Name: "look with a foreign token", Method: "POST", Path: "/signups/look", Body: doc{"token": link[:len(link)-2] + "aa"}, Status: 404},
			apitest.Row{Name: "a login that is taken leaves the link good", Method: "POST", Path: "/signups/accept", Body: accept(link, "zhao"), Status: 409, Has: []string{"account.login_taken"}},
			apitest.Row{Name: "accept", Method: "POST", Path: "/signups/accept", Body: accept(link, "newcomer"), Status: 201, Events: []models.Action{models.AccountRegister, models.SignupAccept, models.OrgAddMember}},
			apitest.Row{Name: "twice", Method: "POST", Path: "/signups/accept", Body: accept(link, "newcomer2"), Status: 404, Has: []string{"account.dead_link"}},
		)
		if got := signIn(t, w, "newcomer", another).do("GET", "/account", nil).Must(http.StatusOK).Body; !strings.Contains(string(got), `"role":"poster"`) || !strings.Contains(string(got), "new@b.cn") {
			t.Errorf("the newcomer is %s", got)
		}
		revoked := w.Do(admin, "POST", path, invite("other@b.cn", "member")).Must(http.StatusCreated)
		var v struct{ ID string }
		revoked.JSON(&v)
		w.Run(t,
			apitest.Row{Name: "a stranger revokes nothing", As: stranger, Method: "DELETE", Path: "/signups/" + v.ID, Status: 404},
			apitest.Row{Name: "revoke", As: admin, Method: "DELETE", Path: "/signups/" + v.ID, Status: 200, Has: []string{"revoked"}, Events: []models.Action{models.SignupRevoke}},
			apitest.Row{Name: "revoke twice", As: admin, Method: "DELETE", Path: "/signups/" + v.ID, Status: 409},
			apitest.Row{Name: "its link is dead", Method: "POST", Path: "/signups/accept", Body: accept(token(t, revoked), "late"), Status: 404, Has: []string{"account.dead_link"}},
		)
		officer := token(t, w.Do(operator, "POST", "/signups", doc{"email": "off@b.cn", "role": "officer", "region": "210100"}).Must(http.StatusCreated))
		w.Run(t, apitest.Row{Name: "an officer accepts", Method: "POST", Path: "/signups/accept", Body: accept(officer, "officer-wu"), Status: 201,
			Events: []models.Action{models.AccountRegister, models.SignupAccept, models.RoleGrant}})
		late := token(t, w.Do(admin, "POST", path, invite("late@b.cn", "member")).Must(http.StatusCreated))
		w.Clock.Pass(7 * 24 * time.Hour)
		admin = w.SignIn("uni")
		w.Run(t,
			apitest.Row{Name: "ran out", Method: "POST", Path: "/signups/accept", Body: accept(late, "late"), Status: 404, Has: []string{"account.dead_link"}},
			apitest.Row{Name: "and may be invited anew", As: admin, Method: "POST", Path: path, Body: invite("late@b.cn", "member"), Status: 201, Events: []models.Action{models.SignupInvite}},
		)
	})
}

// An invitation is worth no more than the right of who wrote it.
func TestInvitationOfWhoLeft(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		o, admin := w.Org("Uni", "university")
		link := token(t, w.Do(admin, "POST", "/orgs/"+string(o.ID)+"/signups", doc{"email": "a@b.cn", "role": "admin"}).Must(http.StatusCreated))
		operator := w.Operator()
		gone := "/accounts/" + string(admin.User) + "/disable"
		w.Run(t, apitest.Row{Name: "the unit would have nobody", As: operator, Method: "POST", Path: gone, Body: doc{"reason": "left the unit"}, Status: 409, Has: []string{"account.only_admin", "Uni"}})
		w.Run(t, apitest.Row{Name: "and he is still in", As: admin, Method: "GET", Path: "/account", Status: 200})
		w.Person("second")
		w.Do(admin, "POST", "/orgs/"+string(o.ID)+"/members", doc{"login": "second", "role": "admin"}).Must(http.StatusCreated)
		w.Do(operator, "POST", gone, doc{"reason": "left the unit"}).Must(http.StatusOK)
		w.Do(apitest.Person{}, "POST", "/signups/accept", doc{"token": link, "login": "heir", "name": "H", "password": another}).Must(http.StatusNotFound)
	})
}

// A double click makes one account.
func TestAcceptOnce(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		link := token(t, w.Do(w.Operator(), "POST", "/signups", doc{"email": "a@b.cn", "role": "person"}).Must(http.StatusCreated))
		made := make(chan int, 6)
		for i := range cap(made) {
			go func() {
				made <- w.Do(apitest.Person{}, "POST", "/signups/accept", doc{"token": link, "login": "double" + string(rune('a'+i)), "name": "D", "password": another}).Status
			}()
		}
		won := 0
		for range cap(made) {
			switch s := <-made; s {
			case http.StatusCreated:
				won++
			case http.StatusNotFound:
			default:
				t.Errorf("status %d", s)
			}
		}
		if won != 1 {
			t.Errorf("%d accounts came of one invitation", won)
		}
	})
}
