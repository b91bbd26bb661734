package notices

import (
	"fmt"
	"time"

	"jiebang/internal/mail"
	"jiebang/internal/phrases"
	"jiebang/internal/workday"
	"jiebang/models"
)

// ResetMade plans the letter with the link that somebody asked for himself. One that an office
// made by hand is handed over by hand.
func ResetMade(tx *models.Tx, e models.Event) error {
	reset, _ := e.Data.V["reset"].(string)
	if reset == "" {
		return nil
	}
	u, err := tx.UserByID(models.UserID(e.Thing))
	if err != nil || u == nil {
		return err
	}
	return tx.WriteKeyLetter(e, u.ID, "", map[string]any{"reset": reset, "title": u.Login})
}

// SignupMade plans the letter of an invitation, in the name of who invites.
func SignupMade(tx *models.Tx, e models.Event) error {
	s, err := tx.OpenSignup(models.SignupID(e.Thing))
	if err != nil || s == nil {
		return err
	}
	return tx.WriteKeyLetter(e, s.InvitedBy, s.Email, map[string]any{"title": s.Email})
}

// offered are the words for what somebody is invited to be.
var offered = map[string]map[string]string{
	"zh-CN": {"": "揭榜台", "person": "普通用户", "officer": "主管经办", "admin": "单位管理员", "poster": "发榜经办", "member": "成员", "until": "有效期至"},
	"en":    {"": "Jiebang", "person": "a user", "officer": "an officer", "admin": "an administrator", "poster": "a poster", "member": "a member", "until": "Good until"},
}

// composeKey writes a letter with a one-time link. Without real the link is not in it: who
// looks at the outbox must not be able to use it.
func (p *Post) composeKey(tx *models.Tx, u *models.User, l *models.Letter, real bool) (mail.Letter, error) {
	t := tongues[u.Locale]
	if t == nil {
		t = tongues["zh-CN"]
	}
	words := offered[t.locale]
	letter := mail.Letter{ID: l.MessageID, To: u.Email, Name: u.Name}
	values := map[string]string{"login": u.Login, "by": u.Name, "org": words[""]}
	link := p.Base + "/…"
	var until time.Time
	if l.Kind == models.SignupInvite {
		s, err := tx.OpenSignup(models.SignupID(l.Thing))
		if err != nil {
			return letter, err
		}
		letter.To, letter.Name, values["role"] = l.Address, "", words["person"]
		if s != nil {
			values["role"], until = words[s.Role], s.ExpiresAt
			if s.Org != nil {
				o, err := tx.Org(*s.Org)
				if err != nil {
					return letter, err
				}
				values["org"] = o.Name
			}
		}
		if real && s != nil {
			link = p.SignupLink(s)
		}
	} else {
		r, err := tx.ResetOf(l)
		if err != nil {
			return letter, err
		}
		if r != nil {
			until = r.ExpiresAt
		}
		if real && r != nil {
			link = p.ResetLink(r)
		}
	}
	phrase, _ := phrases.Of(t.locale, string(l.Kind), "")
	s := said{Phrase: phrase.Fill(values), link: link}
	if !until.IsZero() {
		s.facts = [][2]string{{words["until"], until.In(workday.Shanghai).Format(t.date)}}
	}
	greeting := letter.To
	if letter.Name != "" {
		greeting = letter.Name
	}
	greeting = fmt.Sprintf(t.greeting, greeting)
	letter.Subject = s.Subject
	letter.Text, letter.HTML = plainText(t, greeting, []said{s}, nil), richText(t, t.locale, greeting, []said{s}, nil)
	return letter, nil
}
