package accounts_test

import (
	"io"
	"mime/quotedprintable"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jiebang/api"
	"jiebang/internal/apitest"
	"jiebang/internal/mail/mailtest"
	"jiebang/models"
)

// posted runs fn in a world with a mail server.
func posted(t *testing.T, fn func(t *testing.T, w *apitest.World, post *mailtest.Server)) {
	t.Helper()
	var post *mailtest.Server
	apitest.Each(t, func(t *testing.T, w *apitest.World) { fn(t, w, post) }, func(c *api.Config) {
		post = mailtest.New(t)
		c.PublicURL, c.Mail = origin, post.Sender()
	})
}

// send lets what was done become letters, and the letters go out.
func send(w *apitest.World) {
	w.T.Helper()
	w.Deliver()
	w.Deliver() // what a follower did is followed too
	w.Tick()
}

var linkShape = regexp.MustCompile(`https://jiebang\.test/([a-z-]+)#([A-Za-z0-9_.]+)`)

// linkIn is the page and the token of a letter's link.
func linkIn(t *testing.T, l mailtest.Taken) (page, token, text string) {
	t.Helper()
	raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(l.Body)))
	if err != nil {
		t.Fatal(err)
	}
	found := linkShape.FindStringSubmatch(string(raw))
	if found == nil {
		t.Fatalf("no link in %s", raw)
	}
	return found[1], found[2], string(raw)
}

func TestResetByLetter(t *testing.T) {
	posted(t, func(t *testing.T, w *apitest.World, post *mailtest.Server) {
		p, operator := w.Person("wang"), w.Operator()
		addressOf(w, p, "wang@b.cn")
		w.Person("mute")                               // has no address
		w.Clock.Set(w.Clock.Now().Add(14 * time.Hour)) // 23:00, and he wants no mail at all
		p = w.SignIn("wang")
		w.Do(p, "PUT", "/account/notices", doc{"mail": "off", "quiet_from": "22:00", "quiet_until": "07:00", "digest_at": "08:30", "kinds": []any{}}, "If-Match", `"2"`).Must(http.StatusOK)
		var answers []string
		for _, login := range []string{"WANG ", "mute", "nobody"} {
			answers = append(answers, string(w.Do(apitest.Person{}, "POST", "/password-reset", doc{"login": login}).Must(http.StatusOK).Body))
		}
		if answers[0] != answers[1] || answers[1] != answers[2] {
			t.Errorf("the answers tell who exists: %q", answers)
		}
		send(w)
		taken := post.Taken()
		if len(taken) != 1 || taken[0].To != "wang@b.cn" {
			t.Fatalf("letters %+v", taken)
		}
		if taken[0].Header.Get("List-Unsubscribe") != "" {
			t.Error("nobody can do without this letter")
		}
		page, token, text := linkIn(t, taken[0])
		if page != "reset-password" || !strings.Contains(text, "wang") {
			t.Errorf("the letter leads to %s: %s", page, text)
		}
		operator = w.SignIn(operator.Login)
		var box struct {
			Items []struct{ ID, Kind, State string }
		}
		w.Do(operator, "GET", "/letters", nil).Must(http.StatusOK).JSON(&box)
		if len(box.Items) != 1 || box.Items[0].State != "sent" {
			t.Fatalf("outbox %+v", box.Items)
		}
		w.Run(t,
			apitest.Row{Name: "who looks at the outbox cannot use it", As: operator, Method: "GET", Path: "/letters/" + box.Items[0].ID, Status: 200, Has: []string{"wang", "/…"}, Lacks: []string{token, "#rst"}},
			apitest.Row{Name: "the link sets a password", Method: "POST", Path: "/password-reset/finish", Body: doc{"token": token, "password": another}, Status: 200, Events: []models.Action{models.AccountReset}},
			apitest.Row{Name: "once", Method: "POST", Path: "/password-reset/finish", Body: doc{"token": token, "password": another + "!"}, Status: 404, Has: []string{"account.dead_link"}},
		)
		// A letter that waited too long is not sent: what it opens is over.
		w.Do(apitest.Person{}, "POST", "/password-reset", doc{"login": "wang"}).Must(http.StatusOK)
		w.Deliver()
		w.Deliver()
		w.Clock.Pass(30 * time.Minute)
		w.Tick()
		// One that was asked twice in a row: only the newer link is worth sending.
		for range 2 {
			w.Do(apitest.Person{}, "POST", "/password-reset", doc{"login": "wang"}).Must(http.StatusOK)
		}
		send(w)
		if n := len(post.Taken()); n != 2 {
			t.Errorf("%d letters went out, not 2", n)
		}
		_, token, _ = linkIn(t, post.Taken()[1])
		w.Do(apitest.Person{}, "POST", "/password-reset/finish", doc{"token": token, "password": another + "?"}).Must(http.StatusOK)
		// Disabled in between.
		w.Do(apitest.Person{}, "POST", "/password-reset", doc{"login": "wang"}).Must(http.StatusOK)
		w.Deliver()
		w.Deliver()
		w.Do(w.SignIn(operator.Login), "POST", "/accounts/"+string(p.User)+"/disable", doc{"reason": "left the platform"}).Must(http.StatusOK)
		w.Tick()
		if n := len(post.Taken()); n != 2 {
			t.Errorf("a disabled account got a letter")
		}
	})
}

func TestInvitationByLetter(t *testing.T) {
	posted(t, func(t *testing.T, w *apitest.World, post *mailtest.Server) {
		o, admin := w.Org("Uni", "university")
		operator := w.Operator()
		path := "/orgs/" + string(o.ID) + "/signups"
		w.Do(admin, "POST", path, doc{"email": "New@B.cn", "role": "poster"}).Must(http.StatusCreated)
		send(w)
		taken := post.Taken()
		if len(taken) != 1 || taken[0].To != "new@b.cn" {
			t.Fatalf("letters %+v", taken)
		}
		page, token, text := linkIn(t, taken[0])
		if page != "join" || !strings.Contains(text, "Uni") || !strings.Contains(text, "发榜经办") {
			t.Errorf("the letter leads to %s: %s", page, text)
		}
		var box struct{ Items []struct{ ID string } }
		w.Do(operator, "GET", "/letters", nil).Must(http.StatusOK).JSON(&box)
		w.Run(t,
			apitest.Row{Name: "who looks at the outbox cannot use it", As: operator, Method: "GET", Path: "/letters/" + box.Items[0].ID, Status: 200, Has: []string{"new@b.cn", "/…"}, Lacks: []string{token, "#sgn"}},
			apitest.Row{Name: "accept", Method: "POST", Path: "/signups/accept", Body: doc{"token": token, "login": "newcomer", "name": "新人", "password": another}, Status: 201,
				Events: []models.Action{models.AccountRegister, models.SignupAccept, models.OrgAddMember}},
		)
		// Taken back before it went out, and an inviter who is gone: neither letter is sent.
		var v struct{ ID string }
		w.Do(admin, "POST", path, doc{"email": "other@b.cn", "role": "member"}).Must(http.StatusCreated).JSON(&v)
		w.Do(operator, "POST", "/signups", doc{"email": "off@b.cn", "role": "officer", "region": "210100"}).Must(http.StatusCreated)
		w.Deliver()
		w.Do(admin, "DELETE", "/signups/"+v.ID, nil).Must(http.StatusOK)
		w.Tick()
		if n := len(post.Taken()); n != 2 {
			t.Fatalf("%d letters, not 2: %+v", n, post.Taken())
		}
		if _, _, text := linkIn(t, post.Taken()[1]); !strings.Contains(text, "主管经办") {
			t.Errorf("the officer's letter says %s", text)
		}
		w.Do(admin, "POST", path, doc{"email": "late@b.cn", "role": "member"}).Must(http.StatusCreated)
		w.Deliver()
		w.Person("heir")
		w.Do(admin, "POST", "/orgs/"+string(o.ID)+"/members", doc{"login": "heir", "role": "admin"}).Must(http.StatusCreated)
		w.Do(operator, "POST", "/accounts/"+string(admin.User)+"/disable", doc{"reason": "left the unit"}).Must(http.StatusOK)
		w.Tick()
		if n := len(post.Taken()); n != 2 {
			t.Errorf("a letter of an inviter who is gone went out")
		}
	})
}
