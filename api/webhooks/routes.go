// Package webhooks calls addresses of units, teams and offices when something happens that they
// may know of (消息推送): signed, tried again, and never an address inside.
package webhooks

import (
	"context"
	"net/http"
	"time"

	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain, its follower and its queue.
func Routes(d *endpoint.Doors, c *Caller) {
	endpoint.Get(d, models.WebhookList, "/webhooks", "The webhooks of what I manage", List)
	endpoint.Post(d, models.WebhookAdd, "/webhooks", "Add a webhook to a unit or a team", c.Add, endpoint.Creates())
	endpoint.Post(d, models.WebhookAddOffice, "/office/webhooks", "Add a webhook to a region of an officer", c.AddOffice, endpoint.Creates())
	endpoint.Get(d, models.WebhookShow, "/webhooks/{id}", "A webhook", Show)
	endpoint.Put(d, models.WebhookEdit, "/webhooks/{id}", "Change a webhook", c.Edit)
	endpoint.Post(d, models.WebhookRotate, "/webhooks/{id}/rotate", "Give a webhook a new secret", Rotate)
	endpoint.Post(d, models.WebhookPause, "/webhooks/{id}/pause", "Call it no more for now", Pause)
	endpoint.Post(d, models.WebhookResume, "/webhooks/{id}/resume", "Call it again", Resume)
	endpoint.Delete(d, models.WebhookEnd, "/webhooks/{id}", "End a webhook", End)
	endpoint.Get(d, models.WebhookLog, "/webhooks/{id}/calls", "How its calls went", Log)
	endpoint.Post(d, models.WebhookResend, "/webhooks/{id}/calls/{call}/resend", "Make a call once more, under the same id", Resend)
	endpoint.Call(d, http.MethodPost, models.WebhookTest, "/webhooks/{id}/test", "Call it now and say how it went",
		func(ctx context.Context, s *models.Store, who models.Who, in *WebhookInput) (*WebhookCall, error) {
			return c.Test(ctx, s, who, in)
		})
	endpoint.On(d, "webhooks.planned", func(tx *models.Tx, e models.Event) error { return tx.CallWebhooks(e) }, models.HeardKinds()...)
	endpoint.Queue(d, 5*time.Second, "webhooks.call", 4, Look, c.Next)
}
