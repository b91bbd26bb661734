package notices

import (
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// LetterListInput asks for a page of the outbox.
type LetterListInput struct {
	State  []string `query:"state" enum:"planned,held,sending,sent,failed,unknown,cancelled" maxItems:"7" doc:"Any of these; all by default"`
	Kind   string   `query:"kind" maxLength:"60"`
	Q      string   `query:"q" maxLength:"80" doc:"Part of a person's name or login"`
	Cursor string   `query:"cursor" maxLength:"500"`
	Limit  int      `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// LetterPage is a page of the outbox. Letters that would tell of a bid before its challenge is
// opened are not among them, and not counted.
type LetterPage struct {
	Items      []OutboxLetter `json:"items"`
	Next       string         `json:"next"`
	Counts     []LetterCount  `json:"counts"`
	MailServer bool           `json:"mail_server"`
}

// LetterCount is how many letters are in a state.
type LetterCount struct {
	State string `json:"state" enum:"planned,held,sending,sent,failed,unknown,cancelled"`
	Count int64  `json:"count"`
}

// OutboxLetter is a letter as an operator sees it. What it tells of stands there only where the
// operator may see that himself.
type OutboxLetter struct {
	ID        models.LetterID `json:"id"`
	Kind      string          `json:"kind"`
	State     string          `json:"state" enum:"planned,held,sending,sent,failed,unknown,cancelled"`
	Reason    string          `json:"reason"`
	Error     string          `json:"error"`
	Person    string          `json:"person" doc:"Who is written to; with an address, in whose name"`
	Address   string          `json:"address,omitempty" doc:"Of somebody without an account"`
	Digest    bool            `json:"digest"`
	Withheld  bool            `json:"withheld" doc:"What it tells of is not the operator's to see"`
	Title     string          `json:"title"`
	Attempt   int             `json:"attempt"`
	MessageID string          `json:"message_id"`
	EventAt   time.Time       `json:"event_at"`
	DueAt     time.Time       `json:"due_at"`
	SentAt    *time.Time      `json:"sent_at,omitempty"`
	Actions   []models.Action `json:"actions"`
}

// Outbox is a page of the letters, newest first.
func (p *Post) Outbox(tx *models.Tx, in *LetterListInput) (*LetterPage, error) {
	if err := tx.May(models.LetterList); err != nil {
		return nil, err
	}
	after, err := tx.Cursor("letters", in.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := tx.LetterPage(models.LetterFilter{States: in.State, Kind: in.Kind, Words: in.Q}, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &LetterPage{MailServer: p.Mail != nil}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Next = tx.Page("letters", last.CreatedAt, string(last.ID))
	}
	ids := make([]models.UserID, len(rows))
	for i := range rows {
		ids[i] = rows[i].User
	}
	names, err := tx.Names(ids)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		v, err := letterView(tx, &rows[i], names[rows[i].User])
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	counts, err := tx.LetterCounts()
	for _, s := range models.LetterStates {
		out.Counts = append(out.Counts, LetterCount{s, counts[s]})
	}
	return out, err
}

func letterView(tx *models.Tx, l *models.Letter, person string) (*OutboxLetter, error) {
	v := &OutboxLetter{ID: l.ID, Kind: string(l.Kind), State: l.State, Reason: l.Reason, Error: l.Error, Person: person, Digest: l.Digest, Attempt: l.Attempt,
		MessageID: l.MessageID, EventAt: l.CreatedAt, DueAt: l.RunAt, SentAt: l.SentAt}
	known, err := tx.MayKnow(l)
	if err != nil {
		return nil, err
	}
	if v.Withheld = !known; known {
		v.Title, _ = l.Params.V["title"].(string)
		v.Address = l.Address
	} else if !tx.Actor.Operator {
		v.Person = "" // an officer learns of no letters but those of his own challenges
	}
	v.Actions = []models.Action{}
	if in(l.State, models.Resendable) {
		v.Actions = append(v.Actions, models.LetterResend)
	}
	if in(l.State, models.Cancellable) {
		v.Actions = append(v.Actions, models.LetterCancel)
	}
	return v, nil
}

func in(s string, list []string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// LetterInput names a letter.
type LetterInput struct {
	ID models.LetterID `path:"letter" maxLength:"40"`
}

// LetterPreview is a letter as it would go out now.
type LetterPreview struct {
	OutboxLetter
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
}

// ShowLetter shows a letter with its words, where the operator may see what it tells of. The
// links by which its person would end such mail are not his and are left out.
func (p *Post) ShowLetter(tx *models.Tx, in *LetterInput) (*LetterPreview, error) {
	if err := tx.May(models.LetterShow); err != nil {
		return nil, err
	}
	l, err := tx.Letter(in.ID)
	if err != nil {
		return nil, err
	}
	u, err := tx.UserByID(l.User)
	if err != nil {
		return nil, err
	}
	if u == nil {
		return nil, problem.Missing()
	}
	v, err := letterView(tx, l, u.Name)
	if err != nil {
		return nil, err
	}
	out := &LetterPreview{OutboxLetter: *v}
	if v.Withheld {
		return out, nil
	}
	if l.HoldsKey() {
		m, err := p.composeKey(tx, u, l, false)
		out.Subject, out.Text, out.HTML = m.Subject, m.Text, m.HTML
		return out, err
	}
	m := p.compose(tx, u, []models.Letter{*l})
	out.Subject, out.Text, out.HTML = m.Subject, masked(m.Text, m.Unsubscribe), masked(m.HTML, m.Unsubscribe)
	return out, nil
}

// ResendLetter sends a letter again: one that failed, one that waits, or one of which nobody
// knows whether it arrived.
func (p *Post) ResendLetter(tx *models.Tx, in *LetterInput) (*OutboxLetter, error) {
	return turn(tx, models.LetterResend, in.ID, tx.Resend)
}

// CancelLetter gives a letter up.
func (p *Post) CancelLetter(tx *models.Tx, in *LetterInput) (*OutboxLetter, error) {
	return turn(tx, models.LetterCancel, in.ID, tx.GiveUp)
}

func turn(tx *models.Tx, action models.Action, id models.LetterID, to func(*models.Letter) error) (*OutboxLetter, error) {
	if err := tx.May(action); err != nil {
		return nil, err
	}
	l, err := tx.Letter(id)
	if err != nil {
		return nil, err
	}
	if err := to(l); err != nil {
		return nil, err
	}
	if err := tx.Apply(action, tx.Site(), models.Note{Data: map[string]any{"letter": l.ID}}); err != nil {
		return nil, err
	}
	names, err := tx.Names([]models.UserID{l.User})
	if err != nil {
		return nil, err
	}
	return letterView(tx, l, names[l.User])
}
