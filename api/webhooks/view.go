package webhooks

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// Webhook is an address that is called, and what it is called for.
type Webhook struct {
	ID        models.WebhookID `json:"id"`
	Version   int64            `json:"version"`
	State     string           `json:"state"`
	Scope     string           `json:"scope" enum:"org,team,region"`
	ScopeID   string           `json:"scope_id"`
	ScopeName string           `json:"scope_name"`
	Name      string           `json:"name"`
	URL       string           `json:"url"`
	Format    string           `json:"format" enum:"standard,feishu,dingtalk,wecom"`
	Kinds     []models.Action  `json:"kinds"`
	Locale    string           `json:"locale"`
	HasSecret bool             `json:"has_bot_secret"`
	Keeper    string           `json:"keeper" doc:"Who answers for it"`
	Failures  int              `json:"failures" doc:"In a row"`
	Reason    string           `json:"reason" doc:"Why it is paused"`
	// Secret signs what is sent, by Standard Webhooks.
	Secret    string          `json:"secret,omitempty" doc:"Shown once, when it is made"`
	CreatedAt time.Time       `json:"created_at"`
	Actions   []models.Action `json:"actions"`
}

// WebhookListInput asks for nothing.
type WebhookListInput struct{}

// WebhookList is all of them.
type WebhookList struct {
	Items []Webhook       `json:"items"`
	Kinds []models.Action `json:"kinds" doc:"What a webhook may ask for"`
}

// List lists the webhooks of the units, teams and regions the caller manages.
func List(tx *models.Tx, _ *WebhookListInput) (*WebhookList, error) {
	if err := tx.May(models.WebhookList); err != nil {
		return nil, err
	}
	rows, err := tx.MyWebhooks()
	if err != nil {
		return nil, err
	}
	out := &WebhookList{Kinds: models.HeardKinds()}
	for i := range rows {
		v, err := view(tx, &rows[i])
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	return out, nil
}

// WebhookInput names a webhook.
type WebhookInput struct {
	ID models.WebhookID `path:"id"`
}

// Show shows one.
func Show(tx *models.Tx, in *WebhookInput) (*Webhook, error) {
	w, err := tx.WebhookFor(models.WebhookShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, w)
}

func view(tx *models.Tx, w *models.Webhook) (*Webhook, error) {
	v := &Webhook{ID: w.ID, Version: w.Version, State: w.State, Scope: w.Scope, ScopeID: w.ScopeID, ScopeName: w.ScopeID, Name: w.Name, URL: w.URL, Format: w.Format,
		Kinds: w.Kinds.V, Locale: w.Locale, HasSecret: w.BotSecret != "", Failures: w.Failures, Reason: w.Reason, CreatedAt: w.CreatedAt}
	names, err := tx.Names([]models.UserID{w.MadeBy})
	if err != nil {
		return nil, err
	}
	v.Keeper = names[w.MadeBy]
	switch w.Scope {
	case "org":
		o, err := tx.OrgsByID([]models.OrgID{models.OrgID(w.ScopeID)})
		if err != nil {
			return nil, err
		}
		v.ScopeName = o[models.OrgID(w.ScopeID)].Name
	case "team":
		t, err := tx.TeamsByID([]models.TeamID{models.TeamID(w.ScopeID)})
		if err != nil {
			return nil, err
		}
		v.ScopeName = t[models.TeamID(w.ScopeID)].Name
	}
	v.Actions, err = tx.Allowed(w)
	return v, err
}

// WebhookBody is what a webhook is.
type WebhookBody struct {
	Name      string          `json:"name" minLength:"1" maxLength:"60"`
	URL       string          `json:"url" minLength:"1" maxLength:"500" doc:"Begins with https://"`
	Format    string          `json:"format" enum:"standard,feishu,dingtalk,wecom"`
	Kinds     []models.Action `json:"kinds" minItems:"1" maxItems:"60"`
	Locale    string          `json:"locale" enum:"zh-CN,en" required:"false" doc:"Of what bots say; Chinese where nothing is said"`
	BotSecret string          `json:"bot_secret" maxLength:"200" required:"false" doc:"The signing secret that Feishu or DingTalk gave; left out it stays"`
}

// put writes the body into a webhook, or says all that is wrong with it.
func (c *Caller) put(tx *models.Tx, w *models.Webhook, b WebhookBody) error {
	var f problem.Fields
	f.Require(strings.TrimSpace(b.Name) != "", "name", "field.length", "must have at least 1 character")
	if err := c.out.Check(b.URL); err != nil {
		f.Add("url", "webhook.bad_url", "must %v", err)
	} else if host := c.hosts[b.Format]; host != "" {
		f.Require(strings.HasPrefix(b.URL, "https://"+host+"/"), "url", "webhook.bad_host", "must begin with https://%s/", host)
	}
	for i, k := range b.Kinds {
		f.Require(slices.Contains(models.HeardKinds(), k), fmt.Sprintf("kinds[%d]", i), "webhook.unknown_kind", "is nothing a webhook may ask for; the list of webhooks names all that is")
	}
	f.Require(b.BotSecret == "" || b.Format == "feishu" || b.Format == "dingtalk", "bot_secret", "webhook.no_bot_secret", "belongs to Feishu and DingTalk only; leave it out")
	if err := f.Problem("webhook.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	w.Name, w.URL, w.Kinds, w.Locale, w.MadeBy = strings.TrimSpace(b.Name), b.URL, models.J(slices.Compact(slices.Sorted(slices.Values(b.Kinds)))), b.Locale, tx.Actor.User
	if w.Locale == "" {
		w.Locale = "zh-CN"
	}
	if b.BotSecret != "" || b.Format != w.Format {
		if err := tx.SetBotSecret(w, b.BotSecret); err != nil {
			return err
		}
	}
	w.Format = b.Format
	return nil
}

// WebhookAddInput is a new webhook of a unit or a team.
type WebhookAddInput struct {
	Kind models.Kind `query:"owner_kind" required:"true" enum:"org,team"`
	ID   string      `query:"owner_id" required:"true" maxLength:"40"`
	Body WebhookBody
}

// Add makes a webhook of a unit or a team; its secret is shown this once.
func (c *Caller) Add(tx *models.Tx, in *WebhookAddInput) (*Webhook, error) {
	parent, err := tx.ThingFor(models.WebhookAdd, in.Kind, in.ID)
	if err != nil {
		return nil, err
	}
	w := tx.NewWebhook(string(in.Kind), in.ID)
	if err := c.put(tx, w, in.Body); err != nil {
		return nil, err
	}
	if err := tx.Make(models.WebhookAdd, parent, w, models.Note{}); err != nil {
		return nil, err
	}
	return secretly(tx, w)
}

// OfficeWebhookInput is a new webhook of an officer.
type OfficeWebhookInput struct {
	Body struct {
		WebhookBody
		Region string `json:"region" minLength:"6" maxLength:"6" doc:"Within the caller's own"`
	}
}

// AddOffice makes a webhook of a region.
func (c *Caller) AddOffice(tx *models.Tx, in *OfficeWebhookInput) (*Webhook, error) {
	if err := tx.May(models.WebhookAddOffice); err != nil {
		return nil, err
	}
	if !tx.OfficerIn(in.Body.Region) {
		var f problem.Fields
		f.Add("region", "webhook.not_your_region", "must lie within a region you are officer of")
		return nil, f.Problem("webhook.invalid", "Some fields need to be mended.")
	}
	w := tx.NewWebhook("region", in.Body.Region)
	if err := c.put(tx, w, in.Body.WebhookBody); err != nil {
		return nil, err
	}
	if err := tx.Make(models.WebhookAddOffice, tx.Site(), w, models.Note{}); err != nil {
		return nil, err
	}
	return secretly(tx, w)
}

// secretly is the view with the secret, for whoever has just made it.
func secretly(tx *models.Tx, w *models.Webhook) (*Webhook, error) {
	v, err := view(tx, w)
	if err == nil && w.Format == "standard" {
		v.Secret = "whsec_" + base64.StdEncoding.EncodeToString(tx.WebhookSecrets(w)[0])
	}
	return v, err
}

// WebhookEditInput is a webhook as it should be.
type WebhookEditInput struct {
	ID   models.WebhookID `path:"id"`
	Body WebhookBody
}

// Edit changes a webhook; whoever does so answers for it from then on.
func (c *Caller) Edit(tx *models.Tx, in *WebhookEditInput) (*Webhook, error) {
	w, err := tx.WebhookFor(models.WebhookEdit, in.ID)
	if err != nil {
		return nil, err
	}
	if err := c.put(tx, w, in.Body); err != nil {
		return nil, err
	}
	return applied(tx, models.WebhookEdit, w)
}

// Rotate gives a webhook a new secret. For a day the one before signs too, so that its receiver
// has time to change.
func Rotate(tx *models.Tx, in *WebhookInput) (*Webhook, error) {
	w, err := tx.WebhookFor(models.WebhookRotate, in.ID)
	if err != nil {
		return nil, err
	}
	if w.Format != "standard" {
		return nil, problem.New(problem.Conflict, "webhook.no_secret", "The secret of a bot comes from its own platform; change it there and enter it here.")
	}
	w.Generation, w.RotatedAt = w.Generation+1, &tx.Now
	if err := tx.Apply(models.WebhookRotate, w, models.Note{}); err != nil {
		return nil, err
	}
	return secretly(tx, w)
}

// Pause stops the calls for now.
func Pause(tx *models.Tx, in *WebhookInput) (*Webhook, error) {
	w, err := tx.WebhookFor(models.WebhookPause, in.ID)
	if err != nil {
		return nil, err
	}
	w.Reason = "manual"
	return applied(tx, models.WebhookPause, w)
}

// Resume starts them again, with whoever does so to answer for it.
func Resume(tx *models.Tx, in *WebhookInput) (*Webhook, error) {
	w, err := tx.WebhookFor(models.WebhookResume, in.ID)
	if err != nil {
		return nil, err
	}
	w.Reason, w.Failures, w.Failing, w.MadeBy = "", 0, nil, tx.Actor.User
	return applied(tx, models.WebhookResume, w)
}

// End ends a webhook for good.
func End(tx *models.Tx, in *WebhookInput) (*Webhook, error) {
	w, err := tx.WebhookFor(models.WebhookEnd, in.ID)
	if err != nil {
		return nil, err
	}
	return applied(tx, models.WebhookEnd, w)
}

func applied(tx *models.Tx, action models.Action, w *models.Webhook) (*Webhook, error) {
	if err := tx.Apply(action, w, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, w)
}

// WebhookLogInput asks for a page of the calls.
type WebhookLogInput struct {
	ID     models.WebhookID `path:"id"`
	State  []string         `query:"state" enum:"planned,sending,delivered,failed,cancelled" maxItems:"5"`
	Cursor string           `query:"cursor" maxLength:"500"`
	Limit  int              `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// WebhookCallPage is a page of calls, newest first.
type WebhookCallPage struct {
	Items []WebhookCall `json:"items"`
	Next  string        `json:"next"`
}

// WebhookCall is one event on its way to a webhook. What came back is not shown: an address
// could be made to read for a stranger.
type WebhookCall struct {
	ID        models.WebhookCallID `json:"id"`
	Kind      string               `json:"kind"`
	State     string               `json:"state" enum:"planned,sending,delivered,failed,cancelled"`
	Reason    string               `json:"reason"`
	Status    int                  `json:"status" doc:"Of the newest answer; 0 where there was none"`
	LatencyMs int64                `json:"latency_ms"`
	Error     string               `json:"error"`
	Attempt   int                  `json:"attempt"`
	EventAt   time.Time            `json:"event_at"`
	DueAt     time.Time            `json:"due_at"`
	UpdatedAt time.Time            `json:"updated_at"`
	Actions   []models.Action      `json:"actions"`
}

func callView(c *models.WebhookCall) *WebhookCall {
	v := &WebhookCall{c.ID, string(c.Kind), c.State, c.Reason, c.Status, c.Latency, c.Error, c.Attempt, c.CreatedAt, c.RunAt, c.UpdatedAt, []models.Action{}}
	if c.Kind != models.WebhookTestKind && slices.Contains(models.CallsAgain, c.State) {
		v.Actions = append(v.Actions, models.WebhookResend)
	}
	return v
}

// ResendInput names a call of a webhook.
type ResendInput struct {
	ID   models.WebhookID     `path:"id"`
	Call models.WebhookCallID `path:"call" maxLength:"40"`
}

// Resend has a call made once more: one that was given up, or that its receiver has lost.
func Resend(tx *models.Tx, in *ResendInput) (*WebhookCall, error) {
	w, err := tx.WebhookFor(models.WebhookResend, in.ID)
	if err != nil {
		return nil, err
	}
	call, err := tx.CallAgain(w, in.Call)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.WebhookResend, w, models.Note{Data: map[string]any{"call": call.ID}}); err != nil {
		return nil, err
	}
	return callView(call), nil
}

// Log lists the calls.
func Log(tx *models.Tx, in *WebhookLogInput) (*WebhookCallPage, error) {
	if _, err := tx.WebhookFor(models.WebhookLog, in.ID); err != nil {
		return nil, err
	}
	list := "webhook_calls/" + string(in.ID)
	after, err := tx.Cursor(list, in.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := tx.CallPage(in.ID, in.State, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &WebhookCallPage{}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		out.Next = tx.Page(list, rows[in.Limit-1].CreatedAt, string(rows[in.Limit-1].ID))
	}
	for i := range rows {
		out.Items = append(out.Items, *callView(&rows[i]))
	}
	return out, nil
}
