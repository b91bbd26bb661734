package models

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"jiebang/internal/problem"
)

// States of a letter. Whoever sends first claims, and what was claimed is never claimed again by
// itself: a letter goes out at most once, and where nobody can say whether it did, a person
// decides.
const (
	LetterPlanned   = "planned"   // waits for its turn; → sending, held, cancelled
	LetterHeld      = "held"      // waits for the end of quiet hours, the digest or a mail server; → sending, cancelled
	LetterSending   = "sending"   // claimed by a process; → sent, planned (certainly not taken), failed, unknown, cancelled
	LetterSent      = "sent"      // the mail server has taken it
	LetterFailed    = "failed"    // certainly not taken, and given up; an operator may send again
	LetterUnknown   = "unknown"   // handed over, or the process died: it may or may not have arrived
	LetterCancelled = "cancelled" // no longer to be sent, with the reason
)

// LetterStates are all of them.
var LetterStates = []string{LetterPlanned, LetterHeld, LetterSending, LetterSent, LetterFailed, LetterUnknown, LetterCancelled}

// Letter (信件) is a notice on its way to one person by one channel. There is one for an event,
// a person and a channel, whatever happens.
type Letter struct {
	ID        LetterID             `gorm:"column:id;primaryKey"`
	Event     EventID              `gorm:"column:event_id"`
	User      UserID               `gorm:"column:user_id"`
	Channel   string               `gorm:"column:channel"`
	Kind      Action               `gorm:"column:kind"`
	ThingKind Kind                 `gorm:"column:thing_kind"`
	Thing     string               `gorm:"column:thing"`
	Challenge ChallengeID          `gorm:"column:challenge"`
	Params    JSON[map[string]any] `gorm:"column:params"`
	Line      string               `gorm:"column:line"`
	Address   string               `gorm:"column:address"` // where it goes instead of to the person himself
	Digest    bool                 `gorm:"column:digest"`
	// Sealed letters would tell of a bid that nobody may know of yet.
	Sealed    bool       `gorm:"column:sealed"`
	State     string     `gorm:"column:state"`
	Reason    string     `gorm:"column:reason"`
	Error     string     `gorm:"column:error"`
	Attempt   int        `gorm:"column:attempt"`
	Claim     string     `gorm:"column:claim"`
	MessageID string     `gorm:"column:message_id"`
	RunAt     time.Time  `gorm:"column:run_at"`
	LeaseTo   time.Time  `gorm:"column:lease_to"`
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"` // when the event happened
	UpdatedAt time.Time  `gorm:"column:updated_at;autoUpdateTime:false"`
	SentAt    *time.Time `gorm:"column:sent_at"`
	ResentAt  *time.Time `gorm:"column:resent_at"`
}

// letterLasts is how long a letter is worth sending: news of last week is no news, and a mail
// server that was away for a week must not be met by a flood.
const letterLasts = 72 * time.Hour

const (
	letterLease    = 2 * time.Minute
	letterAttempts = 8
)

var unsent = []string{LetterPlanned, LetterHeld}

// writeLetter plans the letter of a notice, as the person wants it. Who has no address, no
// account any more or no wish for it gets none.
func (tx *Tx) writeLetter(e Event, user UserID, params map[string]any) error {
	u, err := tx.UserByID(user)
	if err != nil || u == nil || u.State != UserActive || u.Email == "" {
		return err
	}
	s, choices, err := tx.NoticeSettingsOf(user)
	if err != nil {
		return err
	}
	kind := NoticeKindOf(e.Action)
	mail := choices[e.Action]
	if mail == "" {
		mail = kind.Mail
	}
	if s.Mail == MailOff || mail == MailOff {
		return nil
	}
	l := Letter{ID: newID[LetterID]("ltr"), Event: e.ID, User: user, Channel: "mail", Kind: e.Action, ThingKind: e.Kind, Thing: e.Thing,
		Challenge: e.Challenge, Params: J(params), Line: kind.Line, State: LetterPlanned, RunAt: tx.Now, LeaseTo: tx.Now, CreatedAt: e.At, UpdatedAt: tx.Now}
	if c, ok := params["challenge"].(ChallengeID); ok {
		l.Challenge = c
	}
	as, _ := params["as"].(string)
	l.Sealed = e.Kind == KindBid || slices.Contains([]string{"bidder", "institution"}, as) // even that there is a bid is secret until the opening
	if until, quiet := s.QuietEnd(tx.Now); mail == MailDigest {
		l.State, l.Reason, l.Digest, l.RunAt = LetterHeld, "digest", true, s.NextDigest(tx.Now)
	} else if quiet {
		l.State, l.Reason, l.RunAt = LetterHeld, "quiet", until
	}
	if err := tx.supersede(&l, kind); err != nil {
		return err
	}
	return tx.db.Exec(`insert into letters (id, event_id, user_id, channel, kind, thing_kind, thing, challenge, params, line, digest, sealed, state, reason, run_at, lease_to, created_at, updated_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (event_id, user_id, channel) do nothing`,
		l.ID, l.Event, l.User, l.Channel, l.Kind, l.ThingKind, l.Thing, l.Challenge, l.Params, l.Line, l.Digest, l.Sealed, l.State, l.Reason,
		l.RunAt, l.LeaseTo, l.CreatedAt, l.UpdatedAt).Error
}

// supersede cancels what a newer decision makes old news. Followers run in no fixed order: a
// letter that comes behind the one that replaces it is cancelled itself.
func (tx *Tx) supersede(l *Letter, kind NoticeKind) error {
	if kind.Line != "" {
		same := func() *gorm.DB {
			return tx.db.Model(&Letter{}).Where("user_id = ? and thing = ? and line = ? and event_id <> ?", l.User, l.Thing, kind.Line, l.Event)
		}
		if err := tx.drop(same().Where("created_at <= ?", l.CreatedAt), "superseded"); err != nil {
			return err
		}
		var newer int64
		if err := same().Where("created_at > ?", l.CreatedAt).Count(&newer).Error; err != nil {
			return err
		}
		if newer > 0 {
			l.State, l.Reason = LetterCancelled, "superseded"
		}
	}
	if kind.Ends && l.Challenge != "" {
		return tx.drop(tx.db.Model(&Letter{}).Where("user_id = ? and challenge = ? and created_at <= ? and event_id <> ?", l.User, l.Challenge, l.CreatedAt, l.Event), "superseded")
	}
	return nil
}

func (tx *Tx) drop(q *gorm.DB, reason string) error {
	return q.Where("state in ?", unsent).Updates(map[string]any{"state": LetterCancelled, "reason": reason, "updated_at": tx.Now}).Error
}

// DropLetters cancels the unsent letters of some kinds about a thing: what they tell of is over.
// user narrows it to one person's, where one is named.
func (tx *Tx) DropLetters(thing string, user UserID, kinds ...Action) error {
	q := tx.db.Model(&Letter{}).Where("thing = ? and kind in ?", thing, kinds)
	if user != "" {
		q = q.Where("user_id = ?", user)
	}
	return tx.drop(q, "overtaken")
}

// DropUnwanted cancels the unsent letters that a person's new settings would not have planned,
// and moves the others: whoever asks for silence does not get what was on its way.
func (tx *Tx) DropUnwanted(user UserID) error {
	s, choices, err := tx.NoticeSettingsOf(user)
	if err != nil {
		return err
	}
	off := []Action{}
	for _, k := range NoticeKinds {
		if choices[k.Kind] == MailOff {
			off = append(off, k.Kind)
		}
	}
	q := tx.db.Model(&Letter{}).Where("user_id = ? and kind not in ?", user, keyLetters)
	if s.Mail == MailOn {
		if len(off) == 0 {
			return nil
		}
		q = q.Where("kind in ?", off)
	}
	return tx.drop(q, "unsubscribed")
}

// LostLetters marks letters whose process died while it was sending: nobody can say whether
// they went out.
func (tx *Tx) LostLetters() error {
	return tx.db.Model(&Letter{}).Where("state = ? and lease_to < ?", LetterSending, tx.Now).
		Updates(map[string]any{"state": LetterUnknown, "reason": "crashed", "updated_at": tx.Now}).Error
}

// HoldLetters says of due letters that there is no mail server to take them.
func (tx *Tx) HoldLetters() error {
	return tx.db.Model(&Letter{}).Where("state in ? and run_at <= ? and reason <> 'no_server'", unsent, tx.Now).
		Updates(map[string]any{"state": LetterHeld, "reason": "no_server", "updated_at": tx.Now}).Error
}

// ClaimLetters takes the next letter that is due, or all of a person's that are due for his
// digest, so that no other process sends them. None means that nothing is due. host ends the
// id of the message, which stays the same each time the letter is sent.
func (tx *Tx) ClaimLetters(host string) ([]Letter, error) {
	for {
		l, err := take[Letter](tx.db.Where("state in ? and run_at <= ?", unsent, tx.Now).Order("run_at, id").Limit(1))
		if l == nil || err != nil {
			return nil, err
		}
		since := l.CreatedAt
		if l.ResentAt != nil {
			since = *l.ResentAt
		}
		change := map[string]any{}
		if tx.Now.Sub(since) > letterLasts {
			change = map[string]any{"state": LetterCancelled, "reason": "too_old"}
		} else if !l.Digest && l.ResentAt == nil && !l.HoldsKey() {
			s, _, err := tx.NoticeSettingsOf(l.User)
			if err != nil {
				return nil, err
			}
			if until, quiet := s.QuietEnd(tx.Now); quiet { // a second try may fall into the night
				change = map[string]any{"state": LetterHeld, "reason": "quiet", "run_at": until}
			}
		}
		if len(change) > 0 {
			change["updated_at"] = tx.Now
			if err := tx.db.Model(&Letter{}).Where("id = ? and state in ?", l.ID, unsent).Updates(change).Error; err != nil {
				return nil, err
			}
			continue
		}
		got, err := tx.claimLetter(l, host)
		if err != nil || len(got) > 0 {
			return got, err
		}
		// another process was quicker
	}
}

func (tx *Tx) claimLetter(l *Letter, host string) ([]Letter, error) {
	claim := newID[string]("clm")
	q := tx.db.Model(&Letter{}).Where("state in ?", unsent)
	id := string(l.ID)
	if l.Digest {
		// The digest of a day has a name of its own; a second try of it may hold more.
		id = fmt.Sprintf("%s.%d", l.ID, l.Attempt+1)
		q = q.Where("user_id = ? and digest and run_at <= ?", l.User, tx.Now)
	} else {
		q = q.Where("id = ?", l.ID)
	}
	err := q.Updates(map[string]any{"state": LetterSending, "reason": "", "error": "", "attempt": gorm.Expr("attempt + 1"), "claim": claim,
		"message_id": id + "@" + host, "lease_to": tx.Now.Add(letterLease), "updated_at": tx.Now}).Error
	if err != nil {
		return nil, err
	}
	list := []Letter{}
	return list, tx.db.Where("claim = ?", claim).Order("created_at, id").Find(&list).Error
}

// SettleLetters keeps what became of claimed letters: sent, failed, unknown or cancelled; or
// planned, to be tried again later or given up after too many tries. A process whose lease has
// run out may still tell, as long as nobody has decided since.
func (tx *Tx) SettleLetters(list []Letter, state, reason, trouble string) error {
	for i := range list {
		l := &list[i]
		change := map[string]any{"state": state, "reason": reason, "error": clip(trouble, 300), "updated_at": tx.Now}
		switch {
		case state == LetterSent:
			change["sent_at"] = tx.Now
		case state == LetterPlanned && l.Attempt >= letterAttempts:
			change["state"] = LetterFailed
		case state == LetterPlanned:
			change["run_at"] = tx.Now.Add(min(30*time.Second<<(2*(l.Attempt-1)), 6*time.Hour))
		}
		err := tx.db.Model(&Letter{}).Where("id = ? and claim = ? and state in ?", l.ID, l.Claim, []string{LetterSending, LetterUnknown}).Updates(change).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// LetterFilter narrows the outbox.
type LetterFilter struct {
	States []string
	Kind   string
	Words  string // of a person's name or login
}

// NewestLetterOut is the letter that went to a person last, or should have; nil where none has.
func (tx *Tx) NewestLetterOut(user UserID) (*Letter, error) {
	return take[Letter](tx.db.Where("user_id = ? and state in ?", user, []string{LetterSent, LetterFailed, LetterUnknown}).Order("updated_at desc, id").Limit(1))
}

// unlisted are letters that by their kind alone would give their reader away: who asked a
// question is shown to nobody.
var unlisted = []Action{QuestionSetAside}

// outbox are the letters the actor may know of: none that would tell of a bid before its
// challenge is opened, and for an officer only those about challenges of his regions.
func (tx *Tx) outbox(f LetterFilter) *gorm.DB {
	q := tx.db.Model(&Letter{}).Where("(not sealed or exists (select 1 from challenges c where c.id = letters.challenge and c.state in ?))", challengeOpened).
		Where("letters.kind not in ?", unlisted)
	if len(tx.Actor.Regions) > 0 && !tx.Actor.Operator {
		var any *gorm.DB
		for _, r := range tx.Actor.Regions {
			if any == nil {
				any = tx.db.Session(&gorm.Session{NewDB: true}).Where("region like ?", regionPattern(r))
			} else {
				any = any.Or("region like ?", regionPattern(r))
			}
		}
		// Who follows, searches and is found suitable is no officer's business.
		for _, as := range []string{"subscriber", "team", "follower"} {
			q = q.Where("letters.params not like ?", `%"as":"`+as+`"%`)
		}
		q = q.Where("letters.challenge in (?)", tx.db.Session(&gorm.Session{NewDB: true}).Model(&Challenge{}).Where(any).Select("id"))
	}
	if len(f.States) > 0 {
		q = q.Where("letters.state in ?", f.States)
	}
	if f.Kind != "" {
		q = q.Where("letters.kind = ?", f.Kind)
	}
	if w := strings.TrimSpace(f.Words); w != "" {
		like := contains(strings.ToLower(w))
		q = q.Where(`letters.user_id in (select id from users where lower(name) like ? escape '\' or login like ? escape '\')`, like, like)
	}
	return q
}

// LetterPage lists the outbox, newest first.
func (tx *Tx) LetterPage(f LetterFilter, after Cursor, limit int) ([]Letter, error) {
	list := []Letter{}
	return list, after.by(tx.outbox(f), "created_at", true).Limit(limit).Find(&list).Error
}

// LetterCounts counts the outbox by state.
func (tx *Tx) LetterCounts() (map[string]int64, error) {
	var rows []struct {
		State string
		N     int64
	}
	err := tx.outbox(LetterFilter{}).Select("state, count(*) as n").Group("state").Scan(&rows).Error
	counts := map[string]int64{}
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, err
}

// Letter reads a letter of the outbox; what the actor may not know of is not there.
func (tx *Tx) Letter(id LetterID) (*Letter, error) {
	if !likelyID(string(id), "ltr") {
		return nil, problem.Missing()
	}
	l, err := take[Letter](tx.outbox(LetterFilter{}).Where("letters.id = ?", id))
	if err == nil && l == nil {
		return nil, problem.Missing()
	}
	return l, err
}

// Resendable and cancellable say from which states an operator sends again and gives up.
var (
	Resendable  = []string{LetterFailed, LetterUnknown, LetterHeld}
	Cancellable = []string{LetterPlanned, LetterHeld, LetterFailed, LetterUnknown}
)

// Resend plans a letter once more, whatever the hour; its id stays, so that a mail program shows
// it once where it had arrived after all.
func (tx *Tx) Resend(l *Letter) error {
	return tx.turn(l, Resendable, map[string]any{"state": LetterPlanned, "reason": "", "error": "", "digest": false, "attempt": 0, "run_at": tx.Now, "resent_at": tx.Now})
}

// GiveUp cancels a letter by an operator's hand.
func (tx *Tx) GiveUp(l *Letter) error {
	return tx.turn(l, Cancellable, map[string]any{"state": LetterCancelled, "reason": "operator"})
}

func (tx *Tx) turn(l *Letter, from []string, change map[string]any) error {
	change["updated_at"] = tx.Now
	done := tx.db.Model(&Letter{}).Where("id = ? and state in ? and updated_at = ?", l.ID, from, l.UpdatedAt).Updates(change)
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.New(problem.Conflict, "letter.wrong_state", "This cannot be done while the letter is %s.", l.State)
	}
	if done.Error != nil {
		return done.Error
	}
	return tx.db.Where("id = ?", l.ID).Take(l).Error
}
