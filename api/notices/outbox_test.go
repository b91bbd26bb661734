package notices_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/api/notices"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/internal/mail"
	"jiebang/internal/mail/mailtest"
	"jiebang/models"
)

const base = "https://jiebang.test"

// readers makes people with addresses who post for the owner of a challenge.
func readers(w *apitest.World, ev *apitest.Evaluation, n int) []models.UserID {
	list := make([]models.UserID, n)
	w.Write(func(tx *models.Tx) error {
		for i := range list {
			u := models.NewUser(fmt.Sprintf("reader-%d", i), fmt.Sprintf("读者%d", i), "x")
			u.Email, u.State, u.Version, u.CreatedAt, u.UpdatedAt = fmt.Sprintf("r%d@example.cn", i), models.UserActive, 1, tx.Now, tx.Now
			if i%2 == 1 {
				u.Locale = "en"
			}
			if err := tx.Plant(u); err != nil {
				return err
			}
			if _, err := tx.AddMembership(ev.Challenge.Owner, u.ID, "poster"); err != nil {
				return err
			}
			list[i] = u.ID
		}
		return nil
	})
	return list
}

// told leaves a notice for some people of an event that is made up.
func told(w *apitest.World, ev *apitest.Evaluation, id string, action models.Action, users ...models.UserID) {
	w.Write(func(tx *models.Tx) error {
		e := models.Event{ID: models.EventID("evt_" + id), At: tx.Now, Action: action, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID), Challenge: ev.Challenge.ID}
		return tx.Notify(e, users, map[string]any{"title": ev.Challenge.Title, "as": "owner", "challenge": ev.Challenge.ID, "code": "X-1"})
	})
}

// states lists the letters of the outbox by state.
func states(w *apitest.World) map[string]int {
	found := map[string]int{}
	w.Write(func(tx *models.Tx) error {
		list, err := tx.LetterPage(models.LetterFilter{}, models.Cursor{}, 10_000)
		for _, l := range list {
			key := l.State
			if l.Reason != "" {
				key += "/" + l.Reason
			}
			found[key]++
		}
		return err
	})
	return found
}

// dying is a way to the mail server on which processes die, before and behind the sending.
type dying struct {
	mail.Sender
	mu     sync.Mutex
	rng    *rand.Rand
	before int
	behind int
}

func (d *dying) Send(ctx context.Context, l mail.Letter) error {
	d.mu.Lock()
	dice := d.rng.IntN(100)
	switch {
	case dice < 2:
		d.before++
	case dice < 4:
		d.behind++
	}
	d.mu.Unlock()
	if dice < 2 {
		panic("died before")
	}
	err := d.Sender.Send(ctx, l)
	if dice >= 2 && dice < 4 {
		panic("died behind")
	}
	return err
}

// TestThousandEvents sends the letters of a thousand events from two processes that die, to a
// server that is slow, refuses and falls silent, while rights are taken away: nothing arrives
// twice, and nothing at who lost his right before it was sent.
func TestThousandEvents(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 1)
		people := readers(w, ev, 20)
		server := mailtest.New(t)
		var mu sync.Mutex
		rng := rand.New(rand.NewPCG(7, 8))
		server.Before = func(string, string) error {
			mu.Lock()
			dice := rng.IntN(200)
			mu.Unlock()
			switch {
			case dice < 4:
				time.Sleep(20 * time.Millisecond)
			case dice < 14:
				return mailtest.Refuse(451)
			case dice < 16:
				return mailtest.ErrSilent
			case dice < 18:
				return mailtest.ErrTaken
			case dice < 20:
				return mailtest.Refuse(550)
			}
			return nil
		}
		const events = 1000
		w.Write(func(tx *models.Tx) error {
			for i := range events {
				e := models.Event{ID: models.EventID(fmt.Sprintf("evt_%d", i)), At: tx.Now, Action: models.ObjectionDismiss, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID), Challenge: ev.Challenge.ID}
				p := map[string]any{"title": fmt.Sprintf("第%d题", i), "as": "owner", "challenge": ev.Challenge.ID}
				e.Action = models.Action(fmt.Sprintf("test.kind_%d", i)) // decisions of one line would replace one another
				for range 2 {
					if err := tx.Notify(e, []models.UserID{people[i%len(people)]}, p); err != nil {
						return err
					}
				}
			}
			return nil
		})
		// Two lose their right, one his account and one wants no more, all with letters waiting.
		gone := people[:4]
		w.Write(func(tx *models.Tx) error {
			members, err := tx.MembersOf(ev.Challenge.Owner)
			if err != nil {
				return err
			}
			for _, m := range members {
				if m.User == gone[0] || m.User == gone[1] {
					if _, err := tx.EndMembership(ev.Challenge.Owner, m.ID); err != nil {
						return err
					}
				}
			}
			s, _, err := tx.NoticeSettingsOf(gone[3])
			s.Mail = models.MailOff
			if err != nil {
				return err
			}
			return tx.SetNoticeSettings(s)
		})
		w.Do(w.Operator(), "POST", "/accounts/"+string(gone[2])+"/disable", map[string]string{"reason": "gone"}).Must(200)
		road := &dying{Sender: server.Sender(), rng: rand.New(rand.NewPCG(5, 6))}
		post := &notices.Post{Mail: road, Base: base}
		ctx := context.Background()
		for range 40 {
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() {
					for {
						more, again := false, false
						func() {
							defer func() { again = recover() != nil }()
							more, _ = post.Next(ctx, w.Store)
						}()
						if !more && !again {
							return
						}
					}
				})
			}
			all.Wait()
			w.Clock.Pass(5 * time.Minute) // leases run out, second tries come due
			w.Write(func(tx *models.Tx) error { return tx.LostLetters() })
			if s := states(w); s["planned"]+s["planned/retry"] == 0 {
				break
			}
		}
		seen, taken := map[string]bool{}, server.Taken()
		for _, l := range taken {
			if seen[l.ID] {
				t.Errorf("%s arrived twice", l.ID)
			}
			seen[l.ID] = true
			for i := range gone {
				if l.To == fmt.Sprintf("r%d@example.cn", i) {
					t.Fatalf("%s got a letter after his right was gone", l.To)
				}
			}
		}
		s := states(w)
		sent, unknown := s["sent"], s["unknown/crashed"]+s["unknown/no_answer"]
		total := 0
		for _, n := range s {
			total += n
		}
		if total != events || s["cancelled/no_right"] != 100 || s["cancelled/account_disabled"] != 50 || s["cancelled/unsubscribed"] != 50 {
			t.Errorf("%d letters: %v", total, s)
		}
		if sent+unknown < len(taken) || sent > len(taken) || unknown < road.before+road.behind || sent < 700 {
			t.Errorf("%d sent, %d unknown, %d taken, %d died before and %d behind: %v", sent, unknown, len(taken), road.before, road.behind, s)
		}
	})
}

// TestHowALetterGoes plays quiet hours, the digest, newer decisions, no mail server, and what
// an operator may do.
func TestHowALetterGoes(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 1)
		people := readers(w, ev, 3)
		server := mailtest.New(t)
		post := &notices.Post{Mail: server.Sender(), Base: base}
		flush := func() {
			t.Helper()
			for more := true; more; {
				var err error
				if more, err = post.Next(t.Context(), w.Store); err != nil {
					t.Fatal(err)
				}
			}
		}
		want := func(n int, what string) []mailtest.Taken {
			t.Helper()
			got := server.Taken()
			if len(got) != n {
				t.Fatalf("%s: %d letters arrived, want %d; %v", what, len(got), n, states(w))
			}
			return got
		}
		operator := w.Operator()

		// Without a mail server letters wait and say so.
		told(w, ev, "a", models.ChallengeOpen, people[0])
		w.Tick()
		if s := states(w); s["held/no_server"] != 1 {
			t.Fatalf("%v", s)
		}
		w.Run(t, apitest.Row{Name: "the outbox says so", As: operator, Method: "GET", Path: "/letters?state=held", Status: 200, Has: []string{`"mail_server":false`, "no_server", "读者0"}})
		flush()
		first := want(1, "a mail server came")[0]
		if !strings.Contains(first.Header.Get("List-Unsubscribe"), base+"/api/v1/unsubscribe/") {
			t.Errorf("%v", first.Header)
		}

		// At night it waits for the morning.
		w.Clock.Set(time.Date(2026, 4, 2, 15, 0, 0, 0, time.UTC)) // 23:00 in Shanghai
		told(w, ev, "b", models.ChallengeOpen, people[0])
		flush()
		want(1, "in the night")
		w.Clock.Set(time.Date(2026, 4, 2, 23, 0, 0, 0, time.UTC)) // 07:00
		flush()
		want(2, "in the morning")

		// A newer decision takes the place of an older letter, in whatever order they come.
		w.Clock.Set(time.Date(2026, 4, 3, 16, 0, 0, 0, time.UTC))
		told(w, ev, "c", models.ChallengeApprove, people[1])
		w.Clock.Pass(time.Minute)
		told(w, ev, "d", models.ChallengeOpen, people[1])
		if s := states(w); s["cancelled/superseded"] != 1 || s["held/quiet"] != 1 {
			t.Errorf("%v", s)
		}
		w.Clock.Set(time.Date(2026, 4, 3, 23, 0, 0, 0, time.UTC))
		flush()
		if got := want(3, "one of two")[2]; got.To != "r1@example.cn" || !strings.Contains(got.Header.Get("Subject"), "UTF-8") {
			t.Errorf("%+v", got.Header)
		}

		// The letter of the day holds both that are due.
		told(w, ev, "e", models.RankingCompute, people[2])
		told(w, ev, "f", models.InvitationAccept, people[2])
		flush()
		want(3, "not yet")
		w.Clock.Set(time.Date(2026, 4, 4, 0, 30, 0, 0, time.UTC))
		flush()
		digest := want(4, "the digest")[3]
		token := digest.Header.Get("List-Unsubscribe")
		token = strings.Trim(token[strings.LastIndex(token, "/")+1:], ">")

		// One click ends it, without a sign-in; twice is as good as once; a made-up link is none.
		w.Run(t,
			apitest.Row{Name: "a look ends nothing", Method: "GET", Path: "/unsubscribe/" + token, Status: 200, Has: []string{`"from":"digest"`, `"mail":"digest"`}},
			apitest.Row{Name: "one click", Method: "POST", Path: "/unsubscribe/" + token, Body: []byte("List-Unsubscribe=One-Click"), Header: []string{"Content-Type", "application/x-www-form-urlencoded"},
				Status: 200, Has: []string{`"mail":"off"`}, Events: []models.Action{models.MailEnd}},
			apitest.Row{Name: "twice", Method: "POST", Path: "/unsubscribe/" + token, Status: 200, Events: []models.Action{models.MailEnd}},
			apitest.Row{Name: "made up", Method: "POST", Path: "/unsubscribe/" + token[:len(token)-2] + "xx", Status: 404},
		)
		told(w, ev, "g", models.RankingCompute, people[2])
		if s := states(w); s["held/digest"] != 0 {
			t.Errorf("%v", s)
		}

		// The operator sees what became of a letter nobody can tell of, and sends it again.
		server.Before = func(string, string) error { return mailtest.ErrTaken }
		told(w, ev, "h", models.ChallengeOpen, people[0])
		flush()
		server.Before = nil
		operator, ev.Stranger = w.Operator(), w.SignIn(ev.Stranger.Login) // it has become another month
		var page notices.LetterPage
		w.Do(operator, "GET", "/letters?state=unknown", nil).Must(200).JSON(&page)
		if len(page.Items) != 1 || !slices.Contains(page.Items[0].Actions, models.LetterResend) {
			t.Fatalf("%+v", page)
		}
		id := string(page.Items[0].ID)
		w.Run(t,
			apitest.Row{Name: "not for a stranger", As: ev.Stranger, Method: "GET", Path: "/letters", Status: 403},
			apitest.Row{Name: "preview", As: operator, Method: "GET", Path: "/letters/" + id, Status: 200, Has: []string{"高速轴承", "…"}, Lacks: []string{"unsubscribe/dXNy"}},
			apitest.Row{Name: "resend", As: operator, Method: "POST", Path: "/letters/" + id + "/resend", Status: 200, Has: []string{`"planned"`}, Events: []models.Action{models.LetterResend}},
			apitest.Row{Name: "resend twice", As: operator, Method: "POST", Path: "/letters/" + id + "/resend", Status: 409, Has: []string{"letter.wrong_state"}},
		)
		flush()
		got := server.Taken()
		if a, b := got[len(got)-2], got[len(got)-1]; a.ID != b.ID || a.To != "r0@example.cn" {
			t.Errorf("the same letter has the ids %s and %s", a.ID, b.ID)
		}
	})
}

// TestSettings plays the settings and the personal calendar.
func TestSettings(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p := w.Person("wang")
		body := map[string]any{"mail": "on", "quiet_from": "23:00", "quiet_until": "06:30", "digest_at": "09:15", "kinds": []map[string]any{{"kind": "challenge.publish", "mail": "digest"}}}
		bad := map[string]any{"mail": "on", "zone": "Mars/Base", "quiet_from": "25:00", "quiet_until": "6:30", "digest_at": "x", "kinds": []map[string]any{{"kind": "no.such", "mail": "off"}}}
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "GET", Path: "/account/notices", Status: 401},
			apitest.Row{Name: "usual", As: p, Method: "GET", Path: "/account/notices", Status: 200, Has: []string{`"22:00"`, `"07:00"`, `"Asia/Shanghai"`}},
			apitest.Row{Name: "bad fields", As: p, Method: "PUT", Path: "/account/notices", Body: bad, Header: []string{"If-Match", `"1"`}, Status: 422,
				Has: []string{"quiet_from", "quiet_until", "digest_at", "zone", "kinds[0].kind"}},
			apitest.Row{Name: "ok", As: p, Method: "PUT", Path: "/account/notices", Body: body, Header: []string{"If-Match", `"1"`}, Status: 200,
				Has: []string{`"23:00"`, `"06:30"`, `"09:15"`, `{"kind":"challenge.publish","group":"found","mail":"digest","chosen":true}`}, Events: []models.Action{models.NoticeSettingSet}},
			apitest.Row{Name: "stale", As: p, Method: "PUT", Path: "/account/notices", Body: body, Header: []string{"If-Match", `"1"`}, Status: 412},
			apitest.Row{Name: "no calendar yet", As: p, Method: "GET", Path: "/account/calendar", Status: 200, Has: []string{`"url":""`}},
			apitest.Row{Name: "made up", Method: "GET", Path: "/calendars/abc.def/deadlines.ics", Status: 404},
		)
		var c notices.PersonalCalendar
		w.Do(p, "POST", "/account/calendar", nil).Must(200).JSON(&c)
		first := strings.TrimPrefix(c.URL, "/api/v1")
		a := w.Do(apitest.Person{}, "GET", first, nil).Must(200)
		if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/calendar") || !strings.Contains(string(a.Body), "BEGIN:VCALENDAR") {
			t.Errorf("%v %s", a.Header, a.Body)
		}
		w.Do(apitest.Person{}, "GET", first, nil, "If-None-Match", a.Header.Get("ETag")).Must(304)
		w.Do(p, "POST", "/account/calendar", nil).Must(200)
		w.Do(apitest.Person{}, "GET", first, nil).Must(404)
		w.Do(p, "DELETE", "/account/calendar", nil).Must(200)
	})
}
