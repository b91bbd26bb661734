package webhooks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jiebang/internal/outward"
	"jiebang/internal/phrases"
	"jiebang/models"
)

// Caller calls webhooks.
type Caller struct {
	out   *outward.Client
	base  string
	hosts map[string]string // where the bots of a platform live
}

// NewCaller makes a caller; without a client it is one that contacts nobody inside. A client of
// its own, as in tests, may find bots anywhere.
func NewCaller(out *outward.Client, base string) *Caller {
	c := &Caller{out: out, base: base}
	if out == nil {
		c.out = outward.New(10 * time.Second)
		c.hosts = map[string]string{"feishu": "open.feishu.cn", "dingtalk": "oapi.dingtalk.com", "wecom": "qyapi.weixin.qq.com"}
	}
	return c
}

// Look is done before each round.
func Look(tx *models.Tx) (bool, error) { return true, tx.LostCalls() }

// Next makes the next call that is due and says whether there was one. A call goes out at least
// once: where its fate is not known it is made again under the same id.
func (c *Caller) Next(ctx context.Context, s *models.Store) (bool, error) {
	var call *models.WebhookCall
	var w *models.Webhook
	err := s.Write(ctx, models.System, func(tx *models.Tx) (err error) {
		call, w, err = tx.ClaimCall()
		return err
	})
	if err != nil || call == nil {
		return false, err
	}
	return true, c.make(context.WithoutCancel(ctx), s, w, call)
}

// Test calls a webhook now and answers how it went.
func (c *Caller) Test(ctx context.Context, s *models.Store, who models.Who, in *WebhookInput) (*WebhookCall, error) {
	var call *models.WebhookCall
	var w *models.Webhook
	err := s.Write(ctx, who, func(tx *models.Tx) (err error) {
		if w, err = tx.WebhookFor(models.WebhookTest, in.ID); err != nil {
			return err
		}
		if call, err = tx.TestCall(w); err != nil {
			return err
		}
		return tx.Apply(models.WebhookTest, w, models.Note{})
	})
	if err != nil {
		return nil, err
	}
	if err := c.make(context.WithoutCancel(ctx), s, w, call); err != nil {
		return nil, err
	}
	err = s.Read(ctx, who, func(tx *models.Tx) (err error) {
		call, err = tx.CallOf(call.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return callView(call), nil
}

// parcel is what is sent.
type parcel struct {
	address string
	headers map[string]string
	body    []byte
	at      time.Time
}

func (c *Caller) make(ctx context.Context, s *models.Store, w *models.Webhook, call *models.WebhookCall) error {
	var p parcel
	err := s.Read(ctx, models.System, func(tx *models.Tx) (err error) {
		p, err = c.pack(tx, w, call)
		return err
	})
	ok, status, trouble := false, 0, ""
	var took time.Duration
	if err != nil {
		trouble = "the call could not be made"
	} else {
		begin, end := c.now(ctx, s), time.Time{}
		answer, failed := c.out.Post(ctx, p.address, p.headers, p.body)
		end = c.now(ctx, s)
		took, status = max(0, end.Sub(begin)), answer.Status
		ok, trouble = judge(w.Format, answer, failed)
	}
	return errors.Join(err, s.Write(ctx, models.System, func(tx *models.Tx) error { return tx.SettleCall(call, ok, status, took, trouble) }))
}

// now is the instant by the store's clock.
func (c *Caller) now(ctx context.Context, s *models.Store) (at time.Time) {
	_ = s.Read(ctx, models.System, func(tx *models.Tx) error { at = tx.Now; return nil }) // a latency that cannot be told is none
	return at
}

// judge says whether an answer means that the call has arrived. Bots answer 200 to everything
// and say in the body what they think of it.
func judge(format string, a outward.Answer, err error) (ok bool, trouble string) {
	switch {
	case errors.Is(err, outward.ErrForbidden):
		return false, "the address leads to a private, local or reserved network and was not contacted"
	case err != nil:
		return false, err.Error()
	case a.Status >= 300 && a.Status < 400:
		return false, fmt.Sprintf("answered %d; redirects are not followed", a.Status)
	case a.Status < 200 || a.Status > 299:
		return false, fmt.Sprintf("answered %d", a.Status)
	case format == "standard":
		return true, ""
	}
	var said struct {
		Code    *int `json:"code"`    // Feishu
		ErrCode *int `json:"errcode"` // DingTalk, WeCom
	}
	if json.Unmarshal(a.Body, &said) != nil || said.Code == nil && said.ErrCode == nil {
		return false, "the bot's platform gave no answer that can be understood"
	}
	code := said.ErrCode
	if format == "feishu" {
		code = said.Code
	}
	if code == nil || *code != 0 {
		n := 0
		if code != nil {
			n = *code
		}
		return false, fmt.Sprintf("the bot's platform refused it with code %d", n)
	}
	return true, ""
}

// hookBody is what a standard webhook is sent: what happened, when, to what, and where to look.
// The content of a thing is never in it.
type hookBody struct {
	Type      string    `json:"type"`
	Timestamp string    `json:"timestamp"`
	Data      hookThing `json:"data"`
}

type hookThing struct {
	ThingKind models.Kind    `json:"thing_kind"`
	Thing     string         `json:"thing"`
	State     string         `json:"state,omitempty"`
	Challenge *hookChallenge `json:"challenge,omitempty"`
	URL       string         `json:"url"`
}

type hookChallenge struct {
	ID    models.ChallengeID `json:"id"`
	Code  string             `json:"code"`
	Title string             `json:"title"`
}

func (c *Caller) pack(tx *models.Tx, w *models.Webhook, call *models.WebhookCall) (parcel, error) {
	p := parcel{address: w.URL, headers: map[string]string{}, at: tx.Now}
	b := hookBody{Type: string(call.Kind), Timestamp: call.CreatedAt.UTC().Format(time.RFC3339Nano),
		Data: hookThing{ThingKind: call.ThingKind, Thing: call.Thing, State: call.After, URL: c.base + "/webhooks"}}
	if call.Challenge != "" {
		ch, err := tx.Challenge(call.Challenge)
		if err != nil {
			return p, err
		}
		b.Data.Challenge, b.Data.URL = &hookChallenge{ch.ID, ch.Code, ch.Title}, c.base+"/challenges/"+url.PathEscape(string(ch.ID))
	}
	if w.Format != "standard" {
		return p, c.bot(tx, w, &p, b)
	}
	var err error
	if p.body, err = json.Marshal(b); err != nil {
		return p, err
	}
	stamp := strconv.FormatInt(tx.Now.Unix(), 10)
	marks := []string{}
	for _, secret := range tx.WebhookSecrets(w) {
		marks = append(marks, "v1,"+base64.StdEncoding.EncodeToString(sum(secret, string(call.ID)+"."+stamp+"."+string(p.body))))
	}
	p.headers = map[string]string{"webhook-id": string(call.ID), "webhook-timestamp": stamp, "webhook-signature": strings.Join(marks, " ")}
	return p, nil
}

func sum(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// bot writes a message as a chat platform wants it, signed as it wants it.
func (c *Caller) bot(tx *models.Tx, w *models.Webhook, p *parcel, b hookBody) error {
	title := ""
	if b.Data.Challenge != nil {
		title = b.Data.Challenge.Title
	}
	words, _ := phrases.Of(w.Locale, b.Type, "")
	words = words.Fill(map[string]string{"title": title})
	open := "查看详情"
	if w.Locale == "en" {
		open = "Open"
	}
	secret, err := tx.BotSecretOf(w)
	if err != nil {
		return err
	}
	var message any
	switch w.Format {
	case "feishu":
		m := map[string]any{"msg_type": "post", "content": map[string]any{"post": map[string]any{strings.ReplaceAll(strings.Replace(w.Locale, "en", "en_us", 1), "zh-CN", "zh_cn"): map[string]any{
			"title": words.Subject, "content": [][]map[string]string{{{"tag": "text", "text": words.Text + " "}, {"tag": "a", "text": open, "href": b.Data.URL}}}}}}}
		if secret != "" {
			stamp := strconv.FormatInt(tx.Now.Unix(), 10)
			m["timestamp"], m["sign"] = stamp, base64.StdEncoding.EncodeToString(sum([]byte(stamp+"\n"+secret), ""))
		}
		message = m
	case "dingtalk":
		message = map[string]any{"msgtype": "markdown", "markdown": map[string]string{"title": words.Subject, "text": markdown(words, open, b.Data.URL)}}
		if secret != "" {
			u, err := url.Parse(w.URL)
			if err != nil {
				return err
			}
			stamp := strconv.FormatInt(tx.Now.UnixMilli(), 10)
			q := u.Query()
			q.Set("timestamp", stamp)
			q.Set("sign", base64.StdEncoding.EncodeToString(sum([]byte(secret), stamp+"\n"+secret)))
			u.RawQuery = q.Encode()
			p.address = u.String()
		}
	case "wecom":
		message = map[string]any{"msgtype": "markdown", "markdown": map[string]string{"content": markdown(words, open, b.Data.URL)}}
	}
	p.body, err = json.Marshal(message)
	return err
}

var signs = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "`", "\\`", "<", "&lt;", "\n", " ")

// markdown keeps what somebody wrote into a title from becoming a link or a picture.
func markdown(w phrases.Phrase, open, link string) string {
	return "**" + signs.Replace(w.Subject) + "**\n\n" + signs.Replace(w.Text) + "\n\n[" + open + "](" + link + ")"
}
