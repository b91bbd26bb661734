package accounts

import (
	"context"

	"jiebang/internal/problem"
	"jiebang/models"
)

// RefreshInput holds the refresh token, which browsers send as a cookie. It is as long as it
// likes to be: whatever is none of ours has to be answered by signing in again.
type RefreshInput struct {
	Token string `cookie:"jiebang_refresh" required:"false"`
}

// Refresh exchanges a refresh token for the next one and a fresh access token. A token that
// was exchanged before is a stolen one, or its thief was faster: the whole session ends, and
// that stays so although the caller is refused.
func (k Keys) Refresh(ctx context.Context, s *models.Store, _ models.Who, in *RefreshInput) (*Session, error) {
	if in.Token == "" {
		return nil, ended()
	}
	var out *Session
	err := s.Write(ctx, models.Who{}, func(tx *models.Tx) error {
		out = nil
		if err := tx.May(models.AccountRefresh); err != nil {
			return err
		}
		session, reused, err := tx.SessionByRefresh(digest(in.Token))
		if err != nil || session == nil {
			return err
		}
		next := models.RandomToken()
		lasts := min(refreshLasts, session.CreatedAt.Add(sessionLasts).Sub(tx.Now))
		if !reused && lasts > 0 {
			switch err := tx.RotateSession(session, digest(next), lasts); {
			case problem.As(err) != nil:
				reused = true // another call exchanged the same token at the same moment
			case err != nil:
				return err
			}
		}
		if reused || lasts <= 0 {
			why := "expired"
			if reused {
				why = "refresh_reused"
			}
			if _, err := tx.EndSessions(session.User, session.ID, "", why); err != nil {
				return err
			}
			return tx.Apply(models.AccountRefresh, tx.Site(), models.Note{Reason: why, Data: map[string]any{"session": session.ID}})
		}
		session.ExpiresAt = tx.Now.Add(lasts)
		if err := tx.Become(models.Who{User: session.User, Session: session.ID}); err != nil {
			return err
		}
		out, err = k.session(tx, session, next)
		return err
	})
	if err == nil && out == nil {
		err = ended()
	}
	return out, err
}

func ended() error {
	return problem.New(problem.SignIn, "account.session_ended", "Your session has ended; sign in again.")
}
