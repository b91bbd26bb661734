package models

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"jiebang/internal/workday"
)

// NoticeSettings are how a person wants to be written to (通知设置). Minutes are those of the day
// in his zone; quiet hours that begin when they end are none.
type NoticeSettings struct {
	User       UserID    `gorm:"column:user_id;primaryKey"`
	Mail       string    `gorm:"column:mail"` // on; off is no mail at all
	Zone       string    `gorm:"column:zone"`
	QuietFrom  int       `gorm:"column:quiet_from"`
	QuietUntil int       `gorm:"column:quiet_until"`
	DigestAt   int       `gorm:"column:digest_at"`
	UpdatedAt  time.Time `gorm:"column:updated_at;autoUpdateTime:false"`
}

// TableName keeps the plural that gorm would double.
func (NoticeSettings) TableName() string { return "notice_settings" }

// usual is what holds for who has said nothing.
func usual(user UserID) NoticeSettings {
	return NoticeSettings{User: user, Mail: MailOn, Zone: "Asia/Shanghai", QuietFrom: 22 * 60, QuietUntil: 7 * 60, DigestAt: 8*60 + 30}
}

// noticeChoice is what a person has said about mail of one kind.
type noticeChoice struct {
	User UserID `gorm:"column:user_id;primaryKey"`
	Kind Action `gorm:"column:kind;primaryKey"`
	Mail string `gorm:"column:mail"`
}

// TableName says what the choices are of.
func (noticeChoice) TableName() string { return "notice_choices" }

// NoticeSettingsOf reads a person's settings and his choices by kind; what he has not chosen is
// not among them.
func (tx *Tx) NoticeSettingsOf(user UserID) (NoticeSettings, map[Action]string, error) {
	s := usual(user)
	row, err := take[NoticeSettings](tx.db.Where("user_id = ?", user))
	if err != nil {
		return s, nil, err
	}
	if row != nil {
		s = *row
	}
	var rows []noticeChoice
	err = tx.db.Where("user_id = ?", user).Find(&rows).Error
	choices := map[Action]string{}
	for _, r := range rows {
		choices[r.Kind] = r.Mail
	}
	return s, choices, err
}

// SetNoticeSettings keeps a person's settings.
func (tx *Tx) SetNoticeSettings(s NoticeSettings) error {
	s.UpdatedAt = tx.Now
	return tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&s).Error
}

// SetNoticeChoices keeps what a person has said about some kinds.
func (tx *Tx) SetNoticeChoices(user UserID, choices map[Action]string) error {
	for _, k := range NoticeKinds {
		if mail, said := choices[k.Kind]; said {
			if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&noticeChoice{user, k.Kind, mail}).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// Location is the person's zone; one that this machine does not know is taken for Shanghai's.
func (s NoticeSettings) Location() *time.Location {
	if l, err := time.LoadLocation(s.Zone); err == nil && s.Zone != "" {
		return l
	}
	return workday.Shanghai
}

// minute is the instant of a minute of the day that at lies in, days later.
func (s NoticeSettings) minute(at time.Time, minute, days int) time.Time {
	y, m, d := at.In(s.Location()).Date()
	return time.Date(y, m, d+days, minute/60, minute%60, 0, 0, s.Location()).UTC()
}

// QuietEnd answers when the quiet hours that at lies in are over; ok is false outside of them.
func (s NoticeSettings) QuietEnd(at time.Time) (end time.Time, ok bool) {
	if s.QuietFrom == s.QuietUntil {
		return at, false
	}
	local := at.In(s.Location())
	now := local.Hour()*60 + local.Minute()
	switch over := s.QuietFrom > s.QuietUntil; { // over midnight
	case over && now >= s.QuietFrom:
		return s.minute(at, s.QuietUntil, 1), true
	case over && now < s.QuietUntil, !over && now >= s.QuietFrom && now < s.QuietUntil:
		return s.minute(at, s.QuietUntil, 0), true
	}
	return at, false
}

// NextDigest is when the next letter of the day goes out after at.
func (s NoticeSettings) NextDigest(at time.Time) time.Time {
	if t := s.minute(at, s.DigestAt, 0); t.After(at) {
		return t
	}
	return s.minute(at, s.DigestAt, 1)
}

// mark signs a text for one purpose, so that a link proves itself without a sign-in.
func (tx *Tx) mark(purpose, body string) string {
	return base64.RawURLEncoding.EncodeToString(tx.derived(purpose + "\n" + body)[:18])
}

// derived is a key of the installation for one purpose.
func (tx *Tx) derived(purpose string) []byte {
	mac := hmac.New(sha256.New, tx.store.secret)
	mac.Write([]byte(purpose))
	return mac.Sum(nil)
}

// What an unsubscribe link may be for, beside a kind.
const (
	UnsubscribeAll    = "all"
	UnsubscribeDigest = "digest"
)

// UnsubscribeLink is the token of a link by which a person ends mail of a kind without signing
// in. It does not run out: an old letter must still let go.
func (tx *Tx) UnsubscribeLink(user UserID, from string) string {
	body := base64.RawURLEncoding.EncodeToString([]byte(string(user) + "\n" + from))
	return body + "." + tx.mark("unsubscribe", body)
}

// Unsubscribing reads such a token; ok is false where it is none of ours.
func (tx *Tx) Unsubscribing(token string) (user UserID, from string, ok bool) {
	body, mac, cut := strings.Cut(token, ".")
	if !cut || !hmac.Equal([]byte(mac), []byte(tx.mark("unsubscribe", body))) {
		return "", "", false
	}
	raw, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return "", "", false
	}
	u, f, cut := strings.Cut(string(raw), "\n")
	return UserID(u), f, cut && likelyID(u, "usr")
}

// Calendar is a person's own calendar of deadlines: an address that whoever has it can read.
type Calendar struct {
	ID        CalendarID `gorm:"column:id;primaryKey"`
	User      UserID     `gorm:"column:user_id"`
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
	EndedAt   *time.Time `gorm:"column:ended_at"`
	ReadAt    *time.Time `gorm:"column:read_at"`
}

// MyCalendar is the actor's live calendar, or nil.
func (tx *Tx) MyCalendar() (*Calendar, error) {
	return take[Calendar](tx.db.Where("user_id = ? and ended_at is null", tx.Actor.User))
}

// MakeCalendar gives the actor a new address and ends the one before.
func (tx *Tx) MakeCalendar() (*Calendar, error) {
	if err := tx.EndCalendar(); err != nil {
		return nil, err
	}
	c := &Calendar{ID: newID[CalendarID]("cal"), User: tx.Actor.User, CreatedAt: tx.Now}
	return c, tx.db.Create(c).Error
}

// EndCalendar makes the actor's address answer nothing any more.
func (tx *Tx) EndCalendar() error {
	return tx.db.Model(&Calendar{}).Where("user_id = ? and ended_at is null", tx.Actor.User).Update("ended_at", tx.Now).Error
}

// CalendarToken is the secret part of a calendar's address. It is made out of the id, so that
// nothing that is stored opens the calendar.
func (tx *Tx) CalendarToken(c *Calendar) string {
	return strings.TrimPrefix(string(c.ID), "cal_") + "." + tx.mark("calendar", string(c.ID))
}

// CalendarBy finds the live calendar of an active person by its token, or nil.
func (tx *Tx) CalendarBy(token string) (*Calendar, error) {
	id, mac, ok := strings.Cut(token, ".")
	id = "cal_" + id
	if !ok || !likelyID(id, "cal") || !hmac.Equal([]byte(mac), []byte(tx.mark("calendar", id))) {
		return nil, nil
	}
	return take[Calendar](tx.db.Where("id = ? and ended_at is null and "+ofActive, id))
}

// calendarMost bounds a calendar.
const calendarMost = 500

// DeadlinesOf lists the challenges whose dates concern a person: those he posts, those his teams
// bid or are invited to bid on, and, of an officer, those of his regions; newest deadlines first.
// It goes by his rights as they are now.
func (tx *Tx) DeadlinesOf(user UserID) (list []Challenge, locale string, err error) {
	u, err := tx.UserByID(user)
	if err != nil || u == nil {
		return nil, "", err
	}
	err = tx.as(u, func() error {
		orgs, teams := []OrgID{}, []TeamID{}
		for id := range tx.Actor.Orgs {
			if tx.Actor.Posts(id) {
				orgs = append(orgs, id)
			}
		}
		for id := range tx.Actor.Teams {
			teams = append(teams, id)
		}
		cond := `owner_org_id in ? or id in (select challenge_id from bids where team_id in ?) or id in (select challenge_id from invitations where team_id in ? and state in ('invited', 'accepted'))`
		args := []any{orgs, teams, teams}
		for _, r := range tx.Actor.Regions {
			cond, args = cond+" or region like ?", append(args, regionPattern(r))
		}
		return tx.db.Where("code <> '' and bid_deadline is not null and state in ?", challengePublic).Where("("+cond+")", args...).
			Order("bid_deadline desc, id").Limit(calendarMost).Find(&list).Error
	})
	return list, u.Locale, err
}
