package webhooks_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/api/webhooks"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/internal/outward"
	"jiebang/models"
)

// got is what a receiver was sent.
type got struct {
	path string
	head http.Header
	body string
}

// receiver is a real server on loopback that fails as it is told.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	calls []got
	fail  func(n int) int
}

func listen(t *testing.T) *receiver {
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		r.mu.Lock()
		r.calls = append(r.calls, got{q.URL.RequestURI(), q.Header, string(body)})
		n := len(r.calls)
		r.mu.Unlock()
		if r.fail != nil {
			if status := r.fail(n); status != 0 {
				w.Header().Set("Location", "http://169.254.169.254/")
				w.WriteHeader(status)
				return
			}
		}
		_, _ = w.Write([]byte(`{"code":0,"errcode":0}`))
	}))
	t.Cleanup(r.Close)
	return r
}

func onLoopback(a netip.AddrPort) bool { return a.Addr() == netip.MustParseAddr("127.0.0.1") }

func drain(t *testing.T, w *apitest.World, c *webhooks.Caller) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = c.Next(context.Background(), w.Store); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDoors(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		o, admin := w.Org("Firm", "enterprise")
		_, other := w.Org("Other", "enterprise")
		officer := w.Officer("officer", "210000")
		body := func(url, format string, kinds ...string) map[string]any {
			return map[string]any{"name": "群通知", "url": url, "format": format, "kinds": kinds}
		}
		path := "/webhooks?owner_kind=org&owner_id=" + string(o.ID)
		fine := body("https://hooks.example.cn/x", "standard", "challenge.publish")
		rows := []apitest.Row{
			{Name: "visitor", Method: "POST", Path: path, Body: fine, Status: 401},
			{Name: "another unit's", As: other, Method: "POST", Path: path, Body: fine, Status: 403},
			{Name: "all that is wrong", As: admin, Method: "POST", Path: path, Body: body("https://10.0.0.1/", "standard", "account.edit"), Status: 422, Has: []string{`"url"`, "kinds[0]"}},
			{Name: "a bot elsewhere", As: admin, Method: "POST", Path: path, Body: body("https://hooks.example.cn/x", "feishu", "challenge.publish"), Status: 422, Has: []string{"open.feishu.cn"}},
			{Name: "an officer's, elsewhere", As: officer, Method: "POST", Path: "/office/webhooks", Body: map[string]any{"name": "x", "url": "https://a.example.cn/", "format": "standard", "kinds": []string{"challenge.submit"}, "region": "110000"}, Status: 422, Has: []string{"webhook.not_your_region"}},
			{Name: "an officer's", As: officer, Method: "POST", Path: "/office/webhooks", Body: map[string]any{"name": "x", "url": "https://a.example.cn/", "format": "standard", "kinds": []string{"challenge.submit"}, "region": "210100"}, Status: 201, Has: []string{"whsec_"}, Events: []models.Action{models.WebhookAddOffice}},
		}
		for _, u := range []string{"https://0x7f.1/", "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/", "https://localhost./", "https://[fd00::]/", "http://example.cn/"} {
			rows = append(rows, apitest.Row{Name: u, As: admin, Method: "POST", Path: path, Body: body(u, "standard", "challenge.publish"), Status: 422, Has: []string{"webhook.bad_url"}})
		}
		w.Run(t, rows...)
		var v webhooks.Webhook
		w.Do(admin, "POST", path, fine).Must(201).JSON(&v)
		if !strings.HasPrefix(v.Secret, "whsec_") {
			t.Errorf("%+v", v)
		}
		at := "/webhooks/" + string(v.ID)
		var again webhooks.Webhook
		w.Do(admin, "POST", at+"/rotate", nil).Must(200).JSON(&again)
		if again.Secret == v.Secret {
			t.Error("the secret is the same")
		}
		w.Run(t,
			apitest.Row{Name: "shown without its secret", As: admin, Method: "GET", Path: at, Status: 200, Lacks: []string{"whsec_"}},
			apitest.Row{Name: "not for another", As: other, Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "pause", As: admin, Method: "POST", Path: at + "/pause", Status: 200, Has: []string{`"manual"`}, Events: []models.Action{models.WebhookPause}},
			apitest.Row{Name: "resume", As: admin, Method: "POST", Path: at + "/resume", Status: 200, Events: []models.Action{models.WebhookResume}},
			apitest.Row{Name: "list", As: admin, Method: "GET", Path: "/webhooks", Status: 200, Has: []string{"群通知", "challenge.publish"}},
			apitest.Row{Name: "log", As: admin, Method: "GET", Path: at + "/calls", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "end", As: admin, Method: "DELETE", Path: at, Status: 200, Events: []models.Action{models.WebhookEnd}},
		)
	})
}

// TestCalls plays signed calls, tries again, a pause after too many failures, rights that end,
// and bots.
func TestCalls(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 1)
		r := listen(t)
		c := webhooks.NewCaller(outward.New(2*time.Second, outward.Allow(onLoopback)), "https://jiebang.test")
		hooks := map[string]*models.Webhook{}
		plant := func(name, scope, id, format string, made models.UserID, kinds ...models.Action) {
			w.Write(func(tx *models.Tx) error {
				h := tx.NewWebhook(scope, id)
				h.MadeBy, h.Name, h.URL, h.Format, h.Kinds, h.Locale = made, name, r.URL+"/"+name, format, models.J(kinds), "zh-CN"
				h.State, h.Version, h.CreatedAt, h.UpdatedAt = models.WebhookActive, 1, tx.Now, tx.Now
				if format != "standard" {
					if err := tx.SetBotSecret(h, "bot secret"); err != nil {
						return err
					}
				}
				hooks[name] = h
				return tx.Plant(h)
			})
		}
		owner := string(ev.Challenge.Owner)
		plant("owner", "org", owner, "standard", ev.Owner.User, models.RankingCompute, models.BidSubmit, models.AwardDecide)
		plant("other", "org", string(ev.Orgs[0].ID), "standard", ev.Lead(0).User, models.RankingCompute)
		plant("feishu", "org", owner, "feishu", ev.Owner.User, models.RankingCompute)
		plant("dingtalk", "org", owner, "dingtalk", ev.Owner.User, models.RankingCompute)
		plant("wecom", "org", owner, "wecom", ev.Owner.User, models.RankingCompute)
		plant("stranger", "org", owner, "standard", ev.Stranger.User, models.RankingCompute)
		happen := func(id string, action models.Action, kind models.Kind, thing string) {
			w.Write(func(tx *models.Tx) error {
				e := models.Event{ID: models.EventID(id), At: tx.Now, Action: action, Kind: kind, Thing: thing, Challenge: ev.Challenge.ID}
				for range 2 {
					if err := tx.CallWebhooks(e); err != nil {
						return err
					}
				}
				return nil
			})
		}
		happen("evt_1", models.RankingCompute, models.KindChallenge, string(ev.Challenge.ID))
		happen("evt_2", models.BidSubmit, models.KindBid, string(ev.Bids[0].ID)) // another's bid is not the owner's to hear of
		drain(t, w, c)
		drain(t, w, c)
		by := map[string]got{}
		for _, g := range r.calls {
			name := strings.Trim(strings.SplitN(g.path, "?", 2)[0], "/")
			if _, twice := by[name]; twice {
				t.Errorf("%s was called twice", name)
			}
			by[name] = g
		}
		if len(by) != 4 {
			t.Fatalf("called %v", by)
		}
		g := by["owner"]
		w.Write(func(tx *models.Tx) error {
			mac := hmac.New(sha256.New, tx.WebhookSecrets(hooks["owner"])[0])
			mac.Write([]byte(g.head.Get("webhook-id") + "." + g.head.Get("webhook-timestamp") + "." + g.body))
			if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); g.head.Get("webhook-signature") != want {
				t.Errorf("signature %s, want %s", g.head.Get("webhook-signature"), want)
			}
			return nil
		})
		var b struct{ Type string }
		if json.Unmarshal([]byte(g.body), &b) != nil || b.Type != "ranking.compute" || strings.Contains(g.body, "secret words") {
			t.Errorf("%s", g.body)
		}
		if !strings.Contains(by["feishu"].body, `"sign"`) || !strings.Contains(by["feishu"].body, `"zh_cn"`) || !strings.Contains(by["dingtalk"].path, "sign=") || !strings.Contains(by["wecom"].body, "markdown") {
			t.Errorf("%+v", by)
		}

		// What fails is tried again under the same id; redirects are failures.
		r.fail = func(n int) int { return []int{500, 302, 0}[min(n-5, 2)] }
		happen("evt_3", models.AwardDecide, models.KindChallenge, string(ev.Challenge.ID))
		for range 3 {
			drain(t, w, c)
			w.Clock.Pass(time.Hour)
		}
		tries := r.calls[4:]
		if len(tries) != 3 || tries[0].head.Get("webhook-id") != tries[2].head.Get("webhook-id") {
			t.Fatalf("%d tries", len(tries))
		}

		// Too many failures in a row pause it, and whoever set it up is told.
		r.fail = func(int) int { return 500 }
		for i := range 3 {
			happen("evt_4"+string(rune('a'+i)), models.AwardDecide, models.KindChallenge, string(ev.Challenge.ID))
		}
		for range 40 {
			drain(t, w, c)
			w.Clock.Pass(7 * time.Hour)
		}
		w.Deliver()
		w.Write(func(tx *models.Tx) error {
			h, err := tx.Webhook(hooks["owner"].ID)
			if err != nil || h.State != models.WebhookPaused || h.Reason != "failing" || h.Failures != models.WebhookPatience {
				t.Errorf("%+v %v", h, err)
			}
			return nil
		})
		owner2 := w.SignIn(ev.Owner.Login)
		w.Run(t, apitest.Row{Name: "told", As: owner2, Method: "GET", Path: "/notices", Status: 200, Has: []string{"webhook.pause"}})
	})
}
