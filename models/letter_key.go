package models

import "slices"

// keyLetters are the kinds of letters that hold a one-time link. They are no notices: nobody
// can do without them, they wait for no morning, and what opens is in no row but made when
// the letter is written.
var keyLetters = []Action{AccountMakeReset, SignupInvite}

// HoldsKey reports that a letter opens something to whoever reads it.
func (l *Letter) HoldsKey() bool { return slices.Contains(keyLetters, l.Kind) }

// WriteKeyLetter plans a letter with a one-time link: to a person, or in his name to an address.
func (tx *Tx) WriteKeyLetter(e Event, user UserID, address string, params map[string]any) error {
	l := Letter{ID: newID[LetterID]("ltr")}
	return tx.db.Exec(`insert into letters (id, event_id, user_id, channel, kind, thing_kind, thing, params, address, state, run_at, lease_to, created_at, updated_at)
		values (?, ?, ?, 'mail', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (event_id, user_id, channel) do nothing`,
		l.ID, e.ID, user, e.Action, e.Kind, e.Thing, J(params), address, LetterPlanned, tx.Now, tx.Now, e.At, tx.Now).Error
}

// ResetOf is the link a letter is to hold, nil when it opens nothing any more.
func (tx *Tx) ResetOf(l *Letter) (*Reset, error) {
	id, _ := l.Params.V["reset"].(string)
	return tx.ResetByID(ResetID(id))
}

// keyIsDead says why a letter's link would open nothing any more; "" when it would.
func (tx *Tx) keyIsDead(l *Letter) (string, error) {
	if l.Kind == SignupInvite {
		s, err := tx.OpenSignup(SignupID(l.Thing))
		if s == nil && err == nil {
			return "overtaken", nil
		}
		return "", err
	}
	u, err := tx.UserByID(l.User)
	switch {
	case err != nil:
		return "", err
	case u == nil || u.State != UserActive:
		return "account_disabled", nil
	case u.Email == "":
		return "no_address", nil
	}
	r, err := tx.ResetOf(l)
	if r == nil && err == nil {
		return "overtaken", nil
	}
	return "", err
}
