package notices

import (
	"context"
	"errors"
	"net/url"
	"time"

	"jiebang/internal/mail"
	"jiebang/models"
)

// Post is the way out of the house: the mail server, and the address that links begin with.
type Post struct {
	Mail mail.Sender // nil where there is no mail server: letters wait
	Base string      // https://jiebang.example.cn, without a slash at the end
	// ResetLink and SignupLink make the one-time links of letters, from rows that hold none.
	ResetLink  func(*models.Reset) string
	SignupLink func(*models.Signup) string
}

// host ends the ids of messages.
func (p *Post) host() string {
	if u, err := url.Parse(p.Base); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "jiebang.invalid"
}

// Look is done before each round: letters of dead processes get their state, and without a mail
// server the due ones are told so.
func (p *Post) Look(tx *models.Tx) (bool, error) {
	if err := tx.LostLetters(); err != nil {
		return false, err
	}
	if p.Mail == nil {
		return false, tx.HoldLetters()
	}
	return true, nil
}

// Next sends the next letter that is due and says whether there was one.
//
// A letter goes out at most once by itself: it is claimed and the claim committed before the
// mail server hears of it. Dying in between, or no answer after the last line, leaves a letter
// whose fate nobody knows; it becomes "unknown" and a person decides. Only what the server has
// certainly not taken is tried again.
func (p *Post) Next(ctx context.Context, s *models.Store) (bool, error) {
	var claimed []models.Letter
	err := s.Write(ctx, models.System, func(tx *models.Tx) (err error) {
		claimed, err = tx.ClaimLetters(p.host())
		return err
	})
	if err != nil || len(claimed) == 0 {
		return false, err
	}
	// From here on the end of the process must not keep the outcome from being written.
	ctx = context.WithoutCancel(ctx)
	fit, letter, err := p.prepare(ctx, s, claimed)
	if err != nil {
		return true, errors.Join(err, settle(ctx, s, fit, models.LetterPlanned, "not_made", "the letter could not be made"))
	}
	if len(fit) == 0 {
		return true, nil
	}
	sending, cancel := context.WithTimeout(ctx, time.Minute) // well within the lease
	defer cancel()
	state, reason, trouble := outcome(p.Mail.Send(sending, letter))
	return true, settle(ctx, s, fit, state, reason, trouble)
}

// prepare asks of each claimed letter whether it may still go out, cancels those that may not,
// and writes one message of the rest.
func (p *Post) prepare(ctx context.Context, s *models.Store, claimed []models.Letter) (fit []models.Letter, letter mail.Letter, err error) {
	unfit := map[string][]models.Letter{}
	err = s.Read(ctx, models.System, func(tx *models.Tx) error {
		fit, unfit = nil, map[string][]models.Letter{}
		for _, l := range claimed {
			reason, err := tx.Unfit(&l)
			if err != nil {
				return err
			}
			if reason != "" {
				unfit[reason] = append(unfit[reason], l)
			} else {
				fit = append(fit, l)
			}
		}
		if len(fit) == 0 {
			return nil
		}
		u, err := tx.UserByID(fit[0].User)
		switch {
		case err != nil:
		case fit[0].HoldsKey():
			letter, err = p.composeKey(tx, u, &fit[0], true)
		default:
			letter = p.compose(tx, u, fit)
		}
		return err
	})
	if err != nil {
		return claimed, letter, err
	}
	for reason, list := range unfit {
		err = errors.Join(err, settle(ctx, s, list, models.LetterCancelled, reason, ""))
	}
	return fit, letter, err
}

func settle(ctx context.Context, s *models.Store, list []models.Letter, state, reason, trouble string) error {
	return s.Write(ctx, models.System, func(tx *models.Tx) error { return tx.SettleLetters(list, state, reason, trouble) })
}

// outcome turns what the mail server did into a letter's state.
func outcome(err error) (state, reason, trouble string) {
	var refused *mail.Refused
	switch {
	case err == nil:
		return models.LetterSent, "", ""
	case errors.As(err, &refused) && refused.Temporary:
		return models.LetterPlanned, "retry", err.Error()
	case errors.As(err, &refused):
		return models.LetterFailed, "refused", err.Error()
	}
	return models.LetterUnknown, "no_answer", err.Error()
}
