package notices

import (
	"fmt"
	"slices"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// NoticeSettingsInput asks for one's own.
type NoticeSettingsInput struct{}

// NoticeSettings are how the caller wants to be written to.
type NoticeSettings struct {
	Version int64  `json:"version"`
	Email   string `json:"email" doc:"Where letters go; empty where no address is known"`
	// Address says how the newest letter that went there fared.
	Address    string          `json:"address" enum:"none,untried,taken,refused,unknown" doc:"none: no address; untried: no letter went there yet; taken: the server took the newest one; refused: it did not; unknown: nobody can say"`
	Mail       string          `json:"mail" enum:"on,off"`
	Zone       string          `json:"zone"`
	QuietFrom  string          `json:"quiet_from" doc:"HH:MM in that zone; the same as quiet_until for none"`
	QuietUntil string          `json:"quiet_until"`
	DigestAt   string          `json:"digest_at"`
	NextDigest time.Time       `json:"next_digest"`
	MailServer bool            `json:"mail_server" doc:"Whether this installation sends mail at all"`
	Kinds      []NoticeChoice  `json:"kinds"`
	Actions    []models.Action `json:"actions"`
}

// NoticeChoice is what is done about one kind of notice. In the application it is always left.
type NoticeChoice struct {
	Kind   string `json:"kind" maxLength:"60"`
	Group  string `json:"group" enum:"found,asked,bids,reviews,results,who,platform" required:"false" readOnly:"true"`
	Mail   string `json:"mail" enum:"on,digest,off"`
	Chosen bool   `json:"chosen" required:"false" readOnly:"true" doc:"The caller has said so himself"`
}

// ShowSettings shows the caller's own settings.
func (p *Post) ShowSettings(tx *models.Tx, _ *NoticeSettingsInput) (*NoticeSettings, error) {
	me, err := tx.Me(models.NoticeSettingShow)
	if err != nil {
		return nil, err
	}
	return p.settingsView(tx, me)
}

func (p *Post) settingsView(tx *models.Tx, me *models.User) (*NoticeSettings, error) {
	s, choices, err := tx.NoticeSettingsOf(me.ID)
	if err != nil {
		return nil, err
	}
	v := &NoticeSettings{Version: me.Version, Email: me.Email, Mail: s.Mail, Zone: s.Zone, QuietFrom: hour(s.QuietFrom), QuietUntil: hour(s.QuietUntil),
		DigestAt: hour(s.DigestAt), NextDigest: s.NextDigest(tx.Now), MailServer: p.Mail != nil}
	for _, k := range models.NoticeKinds {
		c := NoticeChoice{Kind: string(k.Kind), Group: k.Group, Mail: k.Mail}
		if said, ok := choices[k.Kind]; ok {
			c.Mail, c.Chosen = said, true
		}
		v.Kinds = append(v.Kinds, c)
	}
	if v.Address, err = addressState(tx, me); err != nil {
		return nil, err
	}
	v.Actions, err = tx.Allowed(me)
	return v, err
}

// addressState says what became of the newest letter to a person's address.
func addressState(tx *models.Tx, me *models.User) (string, error) {
	if me.Email == "" {
		return "none", nil
	}
	l, err := tx.NewestLetterOut(me.ID)
	switch {
	case err != nil:
		return "", err
	case l == nil:
		return "untried", nil
	case l.State == models.LetterSent:
		return "taken", nil
	case l.State == models.LetterFailed:
		return "refused", nil
	}
	return "unknown", nil
}

func hour(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// NoticeSettingsSetInput is how it shall be from now on.
type NoticeSettingsSetInput struct {
	Body struct {
		Mail       string         `json:"mail" enum:"on,off"`
		Zone       string         `json:"zone" maxLength:"60" required:"false" doc:"As in Asia/Shanghai, which it is where nothing is said"`
		QuietFrom  string         `json:"quiet_from" maxLength:"5" doc:"HH:MM"`
		QuietUntil string         `json:"quiet_until" maxLength:"5"`
		DigestAt   string         `json:"digest_at" maxLength:"5"`
		Kinds      []NoticeChoice `json:"kinds" maxItems:"100" required:"false" doc:"Kinds that are not named stay as they are"`
	}
}

// SetSettings keeps them, and cancels letters that wait and are no longer wanted.
func (p *Post) SetSettings(tx *models.Tx, in *NoticeSettingsSetInput) (*NoticeSettings, error) {
	me, err := tx.Me(models.NoticeSettingSet)
	if err != nil {
		return nil, err
	}
	b := in.Body
	s := models.NoticeSettings{User: me.ID, Mail: b.Mail, Zone: b.Zone}
	var f problem.Fields
	for _, m := range []struct {
		name, text string
		to         *int
	}{{"quiet_from", b.QuietFrom, &s.QuietFrom}, {"quiet_until", b.QuietUntil, &s.QuietUntil}, {"digest_at", b.DigestAt, &s.DigestAt}} {
		at, err := time.Parse("15:04", m.text)
		f.Require(err == nil && len(m.text) == 5, m.name, "notice.bad_hour", "must be a time of the day like 08:30")
		*m.to = at.Hour()*60 + at.Minute()
	}
	if s.Zone == "" {
		s.Zone = "Asia/Shanghai"
	}
	_, err = time.LoadLocation(s.Zone)
	f.Require(err == nil && s.Zone != "Local", "zone", "notice.bad_zone", "must be the name of a time zone, like Asia/Shanghai")
	choices := map[models.Action]string{}
	for i, c := range b.Kinds {
		known := slices.ContainsFunc(models.NoticeKinds, func(k models.NoticeKind) bool { return string(k.Kind) == c.Kind })
		f.Require(known, fmt.Sprintf("kinds[%d].kind", i), "notice.unknown_kind", "is no kind of notice; the settings list them all")
		choices[models.Action(c.Kind)] = c.Mail
	}
	if err := f.Problem("notice.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.SetNoticeSettings(s); err != nil {
		return nil, err
	}
	if err := tx.SetNoticeChoices(me.ID, choices); err != nil {
		return nil, err
	}
	if err := tx.DropUnwanted(me.ID); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.NoticeSettingSet, me, models.Note{}); err != nil {
		return nil, err
	}
	return p.settingsView(tx, me)
}
