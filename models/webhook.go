package models

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"jiebang/internal/problem"
)

// States of a webhook.
const (
	WebhookActive = "active" // is called
	WebhookPaused = "paused" // failed too often, or its maker holds the office no more; somebody must resume it
	WebhookEnded  = "ended"
)

// Webhook (消息推送) is an address of a unit, a team or an office that is called when something
// happens that they may know of.
type Webhook struct {
	ID        WebhookID      `gorm:"column:id;primaryKey"`
	Scope     string         `gorm:"column:scope"` // org, team or region
	ScopeID   string         `gorm:"column:scope_id"`
	MadeBy    UserID         `gorm:"column:made_by"` // answers for it; whoever resumes or edits it takes his place
	Name      string         `gorm:"column:name"`
	URL       string         `gorm:"column:url"`
	Format    string         `gorm:"column:format"` // standard, feishu, dingtalk or wecom
	Kinds     JSON[[]Action] `gorm:"column:kinds"`
	BotSecret string         `gorm:"column:bot_secret"` // encrypted; see SetBotSecret
	Locale    string         `gorm:"column:locale"`
	// Generation counts the secrets it has had; RotatedAt is when the newest came. The one before
	// signs beside it for a day.
	Generation int        `gorm:"column:generation"`
	RotatedAt  *time.Time `gorm:"column:rotated_at"`
	Failures   int        `gorm:"column:failures"`      // in a row
	Failing    *time.Time `gorm:"column:failing_since"` // the first of them
	Reason     string     `gorm:"column:reason"`        // why it is paused
	Life
}

func (*Webhook) kind() Kind    { return KindWebhook }
func (w *Webhook) key() string { return string(w.ID) }
func (w *Webhook) roles(tx *Tx) (Role, error) {
	switch w.Scope {
	case "org":
		if tx.Actor.Administers(OrgID(w.ScopeID)) {
			return Institution, nil
		}
	case "team":
		if tx.Actor.Teams[TeamID(w.ScopeID)] {
			return Lead, nil
		}
	case "region":
		return tx.Actor.officerOf(w.ScopeID), nil
	}
	return 0, nil
}

// How a webhook is called, and when that is given up.
const (
	// WebhookPatience is after how many failures in a row a webhook is paused, if they have gone on
	// for as long as webhookAway: many calls that fail together are one outage.
	WebhookPatience = 12
	webhookAway     = 12 * time.Hour
	// WebhooksPerScope bounds what one event can cost.
	WebhooksPerScope = 10
	callAttempts     = 7
	callLease        = time.Minute
	secretOverlap    = 24 * time.Hour
)

// NewWebhook makes the actor's webhook for a unit, a team or a region; it is not saved.
func (tx *Tx) NewWebhook(scope, id string) *Webhook {
	return &Webhook{ID: newID[WebhookID]("whk"), Scope: scope, ScopeID: id, MadeBy: tx.Actor.User, Generation: 1}
}

// WebhookFor loads a webhook for an action.
func (tx *Tx) WebhookFor(action Action, id WebhookID) (*Webhook, error) {
	return load[Webhook](tx, action, "whk", string(id))
}

// Webhook reads a webhook without asking the table.
func (tx *Tx) Webhook(id WebhookID) (*Webhook, error) { return find[Webhook](tx, string(id)) }

// MyWebhooks lists the webhooks of the units, teams and regions the actor manages.
func (tx *Tx) MyWebhooks() ([]Webhook, error) {
	orgs, teams, all := []string{}, []string{}, []Webhook{}
	for id := range tx.Actor.Orgs {
		if tx.Actor.Administers(id) {
			orgs = append(orgs, string(id))
		}
	}
	for id, leads := range tx.Actor.Teams {
		if leads {
			teams = append(teams, string(id))
		}
	}
	q := "(scope = 'org' and scope_id in ?) or (scope = 'team' and scope_id in ?)"
	args := []any{orgs, teams}
	for _, r := range tx.Actor.Regions {
		q, args = q+" or (scope = 'region' and scope_id like ?)", append(args, regionPattern(r))
	}
	return all, tx.db.Where("state <> 'ended'").Where("("+q+")", args...).Order("created_at desc, id").Limit(200).Find(&all).Error
}

var roomForWebhook = &guard{fmt.Sprintf("while there are fewer than %d", WebhooksPerScope), func(tx *Tx, t thing) error {
	q := tx.db.Model(&Webhook{}).Where("state <> 'ended'")
	if t.kind() == KindSite {
		q = q.Where("scope = 'region' and made_by = ?", tx.Actor.User)
	} else {
		q = q.Where("scope = ? and scope_id = ?", string(t.kind()), t.key())
	}
	var n int64
	err := q.Count(&n).Error
	return refuse(err, n >= WebhooksPerScope, "webhook.too_many", fmt.Sprintf("There are %d webhooks already; end one first.", WebhooksPerScope))
}}

// WebhookSecrets are the secrets that sign now, the newest first. They are made out of the
// installation's secret, so that none is stored.
func (tx *Tx) WebhookSecrets(w *Webhook) [][]byte {
	secret := func(generation int) []byte { return tx.derived(fmt.Sprintf("webhook\n%s\n%d", w.ID, generation)) }
	list := [][]byte{secret(w.Generation)}
	if w.RotatedAt != nil && w.Generation > 1 && tx.Now.Before(w.RotatedAt.Add(secretOverlap)) {
		list = append(list, secret(w.Generation-1))
	}
	return list
}

// SetBotSecret keeps the signing secret that a bot's platform gave, encrypted.
func (tx *Tx) SetBotSecret(w *Webhook, secret string) error {
	if secret == "" {
		w.BotSecret = ""
		return nil
	}
	box, err := tx.box()
	if err != nil {
		return err
	}
	nonce := make([]byte, box.NonceSize())
	_, _ = rand.Read(nonce) // crypto/rand never fails since Go 1.24
	w.BotSecret = base64.StdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(secret), []byte(w.ID)))
	return nil
}

// BotSecretOf reads it back; "" where there is none.
func (tx *Tx) BotSecretOf(w *Webhook) (string, error) {
	if w.BotSecret == "" {
		return "", nil
	}
	box, err := tx.box()
	if err != nil {
		return "", err
	}
	raw, err := base64.StdEncoding.DecodeString(w.BotSecret)
	if err != nil || len(raw) < box.NonceSize() {
		return "", errors.New("the secret of a bot cannot be read")
	}
	text, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], []byte(w.ID))
	if err != nil {
		return "", errors.New("the secret of a bot was kept under another secret of the installation; enter it again")
	}
	return string(text), nil
}

func (tx *Tx) box() (cipher.AEAD, error) {
	block, err := aes.NewCipher(tx.derived("bot secrets"))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// WebhookCall (推送记录) is one event on its way to one webhook. Its id is the same at each try, so
// that a receiver can tell a repetition.
type WebhookCall struct {
	ID        WebhookCallID `gorm:"column:id;primaryKey"`
	Webhook   WebhookID     `gorm:"column:webhook_id"`
	Event     EventID       `gorm:"column:event_id"`
	Kind      Action        `gorm:"column:kind"`
	ThingKind Kind          `gorm:"column:thing_kind"`
	Thing     string        `gorm:"column:thing"`
	Challenge ChallengeID   `gorm:"column:challenge"`
	Before    string        `gorm:"column:before_state"`
	After     string        `gorm:"column:after_state"`
	State     string        `gorm:"column:state"` // planned, sending, delivered, failed, cancelled
	Reason    string        `gorm:"column:reason"`
	Status    int           `gorm:"column:status"` // of the newest answer, 0 where there was none
	Latency   int64         `gorm:"column:latency_ms"`
	Error     string        `gorm:"column:error"`
	Attempt   int           `gorm:"column:attempt"`
	Claim     string        `gorm:"column:claim"`
	RunAt     time.Time     `gorm:"column:run_at"`
	LeaseTo   time.Time     `gorm:"column:lease_to"`
	CreatedAt time.Time     `gorm:"column:created_at;autoCreateTime:false"` // when the event happened
	UpdatedAt time.Time     `gorm:"column:updated_at;autoUpdateTime:false"`
}

// CallWebhooks plans a call for each webhook that asked for the action and may know of it.
func (tx *Tx) CallWebhooks(e Event) error {
	var list []Webhook
	if err := tx.db.Where("state = ?", WebhookActive).Order("id").Find(&list).Error; err != nil {
		return err
	}
	for i := range list {
		w := &list[i]
		if !slices.Contains(w.Kinds.V, e.Action) {
			continue
		}
		c := tx.NewCall(w, e)
		if reason, err := tx.Deaf(w, c); err != nil || reason != "" {
			if err != nil {
				return err
			}
			continue
		}
		err := tx.db.Exec(`insert into webhook_calls (id, webhook_id, event_id, kind, thing_kind, thing, challenge, before_state, after_state, state, run_at, lease_to, created_at, updated_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?, ?) on conflict (webhook_id, event_id) do nothing`,
			c.ID, c.Webhook, c.Event, c.Kind, c.ThingKind, c.Thing, c.Challenge, c.Before, c.After, c.RunAt, c.LeaseTo, c.CreatedAt, c.UpdatedAt).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// NewCall makes the call of a webhook for an event; it is not saved.
func (tx *Tx) NewCall(w *Webhook, e Event) *WebhookCall {
	return &WebhookCall{ID: newID[WebhookCallID]("whc"), Webhook: w.ID, Event: e.ID, Kind: e.Action, ThingKind: e.Kind, Thing: e.Thing, Challenge: e.Challenge,
		Before: e.Before, After: e.After, State: "planned", RunAt: tx.Now, LeaseTo: tx.Now, CreatedAt: e.At, UpdatedAt: tx.Now}
}

// WebhookTest is the kind of a call that only shows that the address works.
const WebhookTestKind Action = "webhook.test"

// TestCall makes and claims a call that somebody waits for.
func (tx *Tx) TestCall(w *Webhook) (*WebhookCall, error) {
	c := tx.NewCall(w, Event{ID: newID[EventID]("tst"), At: tx.Now, Action: WebhookTestKind, Kind: KindWebhook, Thing: string(w.ID)})
	c.State, c.Attempt, c.Claim, c.LeaseTo = "sending", callAttempts, newID[string]("clm"), tx.Now.Add(callLease) // it is not tried again
	return c, tx.db.Create(c).Error
}

// Deaf says why a webhook may not hear of an event, or "". What it may know is what somebody
// with no other office than the webhook's may know; and whoever answers for it must still hold
// that office.
func (tx *Tx) Deaf(w *Webhook, c *WebhookCall) (reason string, err error) {
	before := tx.Actor
	defer func() { tx.Actor = before }()
	u, err := tx.UserByID(w.MadeBy)
	if err != nil {
		return "", err
	}
	if u == nil || u.State != UserActive {
		return "maker_gone", nil
	}
	var held Role
	if err := tx.as(u, func() (err error) { held, err = w.roles(tx); return err }); err != nil {
		return "", err
	}
	if held == 0 {
		return "maker_gone", nil
	}
	if c.Kind == WebhookTestKind {
		return "", nil
	}
	tx.Actor = Actor{Orgs: map[OrgID]string{}, Teams: map[TeamID]bool{}}
	switch w.Scope {
	case "org":
		tx.Actor.Orgs[OrgID(w.ScopeID)] = "admin"
	case "team":
		tx.Actor.Teams[TeamID(w.ScopeID)] = true
	case "region":
		tx.Actor.Regions = []string{w.ScopeID}
	}
	t, err := tx.toldOf(c.ThingKind, c.Thing)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "no_right", nil
	}
	if err != nil {
		return "", err
	}
	have, err := t.roles(tx)
	if err != nil {
		return "", err
	}
	seen, err := tx.Sees(groupOf(t.kind()).show, t)
	if err != nil || !seen || NoticeKindOf(c.Kind).Hears&(have|Visitor) == 0 {
		return "no_right", err
	}
	return "", nil
}

// LostCalls plans calls again whose process died: a receiver may get one twice, under the same id.
func (tx *Tx) LostCalls() error {
	return tx.db.Model(&WebhookCall{}).Where("state = 'sending' and lease_to < ?", tx.Now).
		Updates(map[string]any{"state": gorm.Expr("case when kind = ? then 'failed' else 'planned' end", WebhookTestKind), "reason": "crashed", "updated_at": tx.Now}).Error
}

// ClaimCall takes the next call that is due, of a webhook that no other process is calling just
// now: one that is slow holds up nobody but itself. None means that nothing is due.
func (tx *Tx) ClaimCall() (*WebhookCall, *Webhook, error) {
	for {
		c, err := take[WebhookCall](tx.db.Where(`state = 'planned' and run_at <= ? and not exists (select 1 from webhook_calls o
			where o.webhook_id = webhook_calls.webhook_id and o.state = 'sending' and o.lease_to >= ?)`, tx.Now, tx.Now).Order("run_at, id").Limit(1))
		if c == nil || err != nil {
			return nil, nil, err
		}
		w, err := take[Webhook](tx.db.Where("id = ?", c.Webhook))
		if err != nil {
			return nil, nil, err
		}
		reason := "paused"
		if w.State == WebhookActive {
			if reason, err = tx.Deaf(w, c); err != nil {
				return nil, nil, err
			}
		} else if w.State == WebhookEnded {
			reason = "ended"
		}
		mine := tx.db.Model(&WebhookCall{}).Where("id = ? and state = 'planned' and attempt = ?", c.ID, c.Attempt)
		if reason != "" {
			if err := mine.Updates(map[string]any{"state": "cancelled", "reason": reason, "updated_at": tx.Now}).Error; err != nil {
				return nil, nil, err
			}
			if reason == "maker_gone" {
				if err := tx.pauseWebhook(w.ID, reason); err != nil {
					return nil, nil, err
				}
			}
			continue
		}
		c.State, c.Attempt, c.Claim, c.LeaseTo = "sending", c.Attempt+1, newID[string]("clm"), tx.Now.Add(callLease)
		done := mine.Updates(map[string]any{"state": c.State, "attempt": c.Attempt, "claim": c.Claim, "lease_to": c.LeaseTo, "reason": "", "updated_at": tx.Now})
		if done.Error != nil || done.RowsAffected == 1 {
			return c, w, done.Error
		}
	}
}

// SettleCall keeps what became of a claimed call. One that failed is tried again later, or given
// up; a webhook that fails too often in a row is paused.
func (tx *Tx) SettleCall(c *WebhookCall, ok bool, status int, latency time.Duration, trouble string) error {
	change := map[string]any{"state": "delivered", "reason": "", "status": status, "latency_ms": latency.Milliseconds(), "error": clip(trouble, 300), "updated_at": tx.Now}
	if !ok {
		change["state"], change["run_at"] = "planned", tx.Now.Add(min(5*time.Second<<(2*(c.Attempt-1)), 6*time.Hour))
		if c.Attempt >= callAttempts {
			change["state"] = "failed"
		}
	}
	done := tx.db.Model(&WebhookCall{}).Where("id = ? and claim = ? and state = 'sending'", c.ID, c.Claim).Updates(change)
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	if c.Kind == WebhookTestKind {
		return nil // somebody is watching
	}
	count := map[string]any{"failures": gorm.Expr("failures + 1"), "failing_since": gorm.Expr("coalesce(failing_since, ?)", tx.Now)}
	if ok {
		count = map[string]any{"failures": 0, "failing_since": nil}
	}
	if err := tx.db.Model(&Webhook{}).Where("id = ? and (failures > 0 or ?)", c.Webhook, !ok).UpdateColumns(count).Error; err != nil {
		return err
	}
	if ok {
		return nil
	}
	w, err := tx.Webhook(c.Webhook)
	if err != nil || w.Failures < WebhookPatience || w.Failing == nil || tx.Now.Sub(*w.Failing) < webhookAway {
		return err
	}
	return tx.pauseWebhook(w.ID, "failing")
}

func (tx *Tx) pauseWebhook(id WebhookID, reason string) error {
	w, err := tx.Webhook(id)
	if err != nil || w.State != WebhookActive {
		return err
	}
	w.Reason = reason
	return tx.Follow(WebhookPause, w, Note{Data: map[string]any{"reason": reason}})
}

// CallPage lists the calls of a webhook, newest first.
func (tx *Tx) CallPage(id WebhookID, states []string, after Cursor, limit int) ([]WebhookCall, error) {
	list := []WebhookCall{}
	q := tx.db.Where("webhook_id = ?", id)
	if len(states) > 0 {
		q = q.Where("state in ?", states)
	}
	return list, after.by(q, "created_at", true).Limit(limit).Find(&list).Error
}

// CallsAgain are the states from which somebody has a call made once more.
var CallsAgain = []string{"failed", "cancelled", "delivered"}

// CallAgain plans a call once more, with its tries before it and under the same id, so that a
// receiver who has it already can tell. Whether the webhook may still hear of it is asked when
// it is made.
func (tx *Tx) CallAgain(w *Webhook, id WebhookCallID) (*WebhookCall, error) {
	c, err := take[WebhookCall](tx.db.Where("id = ? and webhook_id = ?", id, w.ID))
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, problem.Missing()
	}
	done := tx.db.Model(&WebhookCall{}).Where("id = ? and state in ? and kind <> ?", id, CallsAgain, WebhookTestKind).
		Updates(map[string]any{"state": "planned", "reason": "", "error": "", "attempt": 0, "run_at": tx.Now, "updated_at": tx.Now})
	if done.Error == nil && done.RowsAffected == 0 {
		return nil, problem.New(problem.Conflict, "webhook.call_wrong_state", "This call cannot be made again: it waits or is under way, or it was a test.")
	}
	if done.Error != nil {
		return nil, done.Error
	}
	return tx.CallOf(id)
}

// CallOf reads a call of a webhook again.
func (tx *Tx) CallOf(id WebhookCallID) (*WebhookCall, error) {
	return take[WebhookCall](tx.db.Where("id = ?", id))
}
