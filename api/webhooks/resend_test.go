package webhooks_test

import (
	"testing"
	"time"

	"jiebang/api/webhooks"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/internal/outward"
	"jiebang/models"
)

// TestResend makes a call once more, under the same id, and asks again whether it may be heard.
func TestResend(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t)
		ev := w.Evaluation(1, 1)
		r := listen(t)
		c := webhooks.NewCaller(outward.New(2*time.Second, outward.Allow(onLoopback)), "https://jiebang.test")
		var h *models.Webhook
		w.Write(func(tx *models.Tx) error {
			h = tx.NewWebhook("org", string(ev.Challenge.Owner))
			h.MadeBy, h.Name, h.URL, h.Format, h.Kinds, h.Locale = ev.Owner.User, "x", r.URL+"/x", "standard", models.J([]models.Action{models.RankingCompute}), "zh-CN"
			h.State, h.Version, h.CreatedAt, h.UpdatedAt = models.WebhookActive, 1, tx.Now, tx.Now
			if err := tx.Plant(h); err != nil {
				return err
			}
			return tx.CallWebhooks(models.Event{ID: "evt_1", At: tx.Now, Action: models.RankingCompute, Kind: models.KindChallenge, Thing: string(ev.Challenge.ID), Challenge: ev.Challenge.ID})
		})
		var id models.WebhookCallID
		w.Write(func(tx *models.Tx) error {
			list, err := tx.CallPage(h.ID, nil, models.Cursor{}, 10)
			id = list[0].ID
			return err
		})
		at := "/webhooks/" + string(h.ID) + "/calls/" + string(id) + "/resend"
		admin := w.Person("admin-of-owner")
		w.Write(func(tx *models.Tx) error {
			_, err := tx.AddMembership(ev.Challenge.Owner, admin.User, "admin")
			return err
		})
		w.Run(t, apitest.Row{Name: "it waits still", As: admin, Method: "POST", Path: at, Status: 409, Has: []string{"webhook.call_wrong_state"}})
		drain(t, w, c)
		w.Run(t,
			apitest.Row{Name: "a stranger", As: ev.Stranger, Method: "POST", Path: at, Status: 404},
			apitest.Row{Name: "no such call", As: admin, Method: "POST", Path: "/webhooks/" + string(h.ID) + "/calls/whc_none/resend", Status: 404},
			apitest.Row{Name: "the log offers it", As: admin, Method: "GET", Path: "/webhooks/" + string(h.ID) + "/calls", Status: 200, Has: []string{`"delivered"`, "webhook.resend"}},
			apitest.Row{Name: "ok", As: admin, Method: "POST", Path: at, Status: 200, Has: []string{`"planned"`}, Events: []models.Action{models.WebhookResend}},
		)
		drain(t, w, c)
		if len(r.calls) != 2 || r.calls[0].head.Get("webhook-id") != r.calls[1].head.Get("webhook-id") || r.calls[0].body != r.calls[1].body {
			t.Errorf("%d calls: %+v", len(r.calls), r.calls)
		}
	})
}
