package notices

import (
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jiebang/internal/mail"
	"jiebang/internal/phrases"
	"jiebang/internal/workday"
	"jiebang/models"
)

// said is one notice in words: what has happened, the facts beside it and where to go.
type said struct {
	phrases.Phrase
	facts [][2]string
	why   []string
	link  string
}

// compose writes one letter, or the letter of a day out of several.
func (p *Post) compose(tx *models.Tx, u *models.User, letters []models.Letter) mail.Letter {
	t := tongues[u.Locale]
	if t == nil {
		t = tongues["zh-CN"]
	}
	first, from := letters[0], string(letters[0].Kind)
	l := mail.Letter{ID: first.MessageID, To: u.Email, Name: u.Name}
	items := make([]said, len(letters))
	for i := range letters {
		items[i] = p.say(t, &letters[i])
	}
	if len(letters) == 1 {
		l.Subject = items[0].Subject
	} else {
		l.Subject, from = fmt.Sprintf(t.digest, len(letters)), models.UnsubscribeDigest
	}
	token := tx.UnsubscribeLink(u.ID, from)
	l.Unsubscribe = p.Base + "/api/v1/unsubscribe/" + token
	foot := [][2]string{{t.settings, p.Base + "/account/notices"}, {t.end, p.Base + "/unsubscribe/" + token}}
	greeting := fmt.Sprintf(t.greeting, u.Name)
	l.Text, l.HTML = plainText(t, greeting, items, foot), richText(t, u.Locale, greeting, items, foot)
	return l
}

// tongue is what frames a letter in one language.
type tongue struct {
	locale, greeting, digest, automatic, settings, end, open, why, joint, reasons string
	facts                                                                         map[string]string
	whys                                                                          map[string]string
	date                                                                          string
	pauses                                                                        map[string]string
}

var tongues = map[string]*tongue{
	"zh-CN": {locale: "zh-CN", greeting: "%s，您好：", digest: "揭榜台今日摘要：%d 条消息", automatic: "此邮件由揭榜台自动发送，请勿直接回复。", settings: "通知设置",
		end: "不再接收此类邮件", open: "查看详情", why: "为何收到", joint: "；", date: "2006年1月2日 15:04（北京时间）",
		facts:  map[string]string{"code": "编号", "bid_deadline": "揭榜截止", "open_at": "开标时间", "publicity_until": "公示截止", "due": "答复期限"},
		whys:   map[string]string{"challenge": "您关注了榜题《%s》", "chain": "您订阅了产业链“%s”", "domain": "您订阅了领域“%s”", "capability": "您订阅了能力“%s”", "text": "您订阅了检索“%s”", "team": "适合您所在的团队“%s”"},
		pauses: map[string]string{"failing": "多次推送失败", "maker_gone": "设置人不再负责该单位、团队或区域", "manual": "由管理人暂停"}},
	"en": {locale: "en", greeting: "Dear %s,", digest: "Jiebang today: %d messages", automatic: "This letter was sent by Jiebang by itself; please do not answer it.", settings: "Notice settings",
		end: "No more mail of this kind", open: "Open", why: "Why you get this", joint: "; ", date: "2 January 2006, 15:04 (Beijing time)",
		facts:  map[string]string{"code": "Code", "bid_deadline": "Bids until", "open_at": "Opening", "publicity_until": "Publicity until", "due": "Answer due"},
		whys:   map[string]string{"challenge": "you follow “%s”", "chain": "you subscribed to the chain “%s”", "domain": "you subscribed to the domain “%s”", "capability": "you subscribed to the capability “%s”", "text": "you subscribed to the search “%s”", "team": "it suits your team “%s”"},
		pauses: map[string]string{"failing": "too many calls failed", "maker_gone": "whoever set it up is no longer in charge", "manual": "paused by hand"}},
}

// factsOf are the dates that matter with a kind, in this order; the code always does.
var factsOf = map[models.Action][]string{
	models.ChallengePublish: {"bid_deadline"}, models.ChallengeRemind: {"bid_deadline"}, models.InvitationSend: {"bid_deadline"}, models.BidRequest: {"bid_deadline"},
	models.BidEndorse: {"bid_deadline"}, models.BidRefuse: {"bid_deadline"}, models.BidSubmit: {"bid_deadline", "open_at"}, models.BidWithdraw: {"bid_deadline"},
	models.ChallengeClose: {"open_at"}, models.AwardPublicize: {"publicity_until"}, models.ObjectionFile: {"due"},
}

func (p *Post) say(t *tongue, l *models.Letter) said {
	text := func(key string) string {
		s, _ := l.Params.V[key].(string)
		return s
	}
	words, ok := phrases.Of(t.locale, string(l.Kind), text("as"))
	if !ok {
		words = phrases.Phrase{Subject: "{title}", Text: "{title}"}
	}
	s := said{Phrase: words.Fill(map[string]string{"title": text("title"), "team_name": text("team_name"), "supplement": number(l.Params.V["supplement"]), "reason": t.pauses[text("reason")]}), link: p.Base + link(l, text)}
	for _, key := range append([]string{"code"}, factsOf[l.Kind]...) {
		value := text(key)
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			value = at.In(workday.Shanghai).Format(t.date)
		}
		if value != "" {
			s.facts = append(s.facts, [2]string{t.facts[key], value})
		}
	}
	why, _ := l.Params.V["why"].([]any)
	for _, w := range why {
		m, _ := w.(map[string]any)
		by, _ := m["by"].(string)
		name, _ := m["name"].(string)
		if en, _ := m["name_en"].(string); t.locale == "en" && en != "" {
			name = en
		}
		if pattern := t.whys[by]; pattern != "" {
			s.why = append(s.why, fmt.Sprintf(pattern, name))
		}
	}
	return s
}

// number writes a number of the params, which JSON has made a float.
func number(v any) string {
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return ""
}

// link is the page of what a letter tells of, as the pages themselves would lead there.
func link(l *models.Letter, text func(string) string) string {
	challenge := url.PathEscape(text("challenge"))
	switch as := text("as"); {
	case l.ThingKind == models.KindNeed:
		return "/needs/" + url.PathEscape(l.Thing)
	case l.ThingKind == models.KindWebhook:
		return "/webhooks"
	case l.ThingKind == models.KindOrg:
		return "/orgs/" + url.PathEscape(l.Thing)
	case l.ThingKind == models.KindAlliance:
		return "/alliances/" + url.PathEscape(l.Thing)
	case l.ThingKind == models.KindIntegrity:
		return "/integrity"
	case l.ThingKind == models.KindQuestion, l.Kind == models.ChallengeSupplement && as != "bidder":
		return "/challenges/" + challenge + "?tab=questions"
	case l.Kind == models.AssignmentReplace:
		return "/expert"
	case l.Kind == models.InvitationSend && text("team") != "":
		return "/teams/" + url.PathEscape(text("team")) + "/matches"
	case as == "officer":
		return "/officer/challenges/" + challenge
	case as == "expert":
		return "/expert"
	case l.ThingKind == models.KindBid:
		return "/bids/" + url.PathEscape(l.Thing)
	case text("bid") != "":
		return "/bids/" + url.PathEscape(text("bid"))
	}
	return "/challenges/" + challenge
}

func plainText(t *tongue, greeting string, items []said, foot [][2]string) string {
	var b strings.Builder
	b.WriteString(greeting + "\n")
	for _, s := range items {
		b.WriteString("\n" + oneLine(s.Text) + "\n\n")
		for _, f := range s.facts {
			fmt.Fprintf(&b, "%s: %s\n", f[0], oneLine(f[1]))
		}
		if len(s.why) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", t.why, oneLine(strings.Join(s.why, t.joint)))
		}
		fmt.Fprintf(&b, "%s: %s\n", t.open, s.link)
	}
	b.WriteString("\n-- \n" + t.automatic + "\n")
	for _, f := range foot {
		fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
	}
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func richText(t *tongue, locale, greeting string, items []said, foot [][2]string) string {
	e := html.EscapeString
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="%s"><body style="margin:0;padding:24px;font:15px/1.7 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif;color:#1f2933"><div style="max-width:36em"><p>%s</p>`, e(locale), e(greeting))
	for _, s := range items {
		fmt.Fprintf(&b, `<p style="margin:20px 0 8px"><strong>%s</strong></p><p style="margin:0 0 8px">%s</p>`, e(s.Subject), e(s.Text))
		for _, f := range s.facts {
			fmt.Fprintf(&b, `<p style="margin:0;color:#52606d">%s: %s</p>`, e(f[0]), e(f[1]))
		}
		if len(s.why) > 0 {
			fmt.Fprintf(&b, `<p style="margin:0;color:#52606d">%s: %s</p>`, e(t.why), e(strings.Join(s.why, t.joint)))
		}
		fmt.Fprintf(&b, `<p style="margin:12px 0"><a href="%s">%s</a></p>`, e(s.link), e(t.open))
	}
	fmt.Fprintf(&b, `<hr style="border:0;border-top:1px solid #d9e2ec"><p style="color:#7b8794;font-size:13px">%s<br>`, e(t.automatic))
	for i, f := range foot {
		if i > 0 {
			b.WriteString(" · ")
		}
		fmt.Fprintf(&b, `<a href="%s" style="color:#52606d">%s</a>`, e(f[1]), e(f[0]))
	}
	b.WriteString("</p></div></body></html>")
	return b.String()
}
