package accounts

import (
	"context"
	"strings"

	"jiebang/internal/password"
	"jiebang/internal/problem"
	"jiebang/models"
)

// SignInInput is who wants in.
type SignInInput struct {
	Agent string `header:"User-Agent" required:"false"`
	Body  struct {
		Login    string `json:"login" minLength:"1" maxLength:"60"`
		Password string `json:"password" minLength:"1" maxLength:"200"`
	}
}

// SignIn starts a session. An unknown login, a wrong password and a disabled account get
// the same answer after the same work, so that nobody learns which logins exist.
func (k Keys) SignIn(ctx context.Context, s *models.Store, _ models.Who, in *SignInInput) (*Session, error) {
	refused := problem.New(problem.SignIn, "account.bad_credentials", "The login or the password is wrong.")
	login, hash := strings.ToLower(strings.TrimSpace(in.Body.Login)), password.Absent
	var known *models.User
	err := s.Read(ctx, models.Who{}, func(tx *models.Tx) (err error) {
		if err := tx.May(models.AccountSignIn); err != nil {
			return err
		}
		known, err = tx.UserByLogin(login)
		return err
	})
	if err != nil {
		return nil, err
	}
	if known != nil {
		hash = known.Password
	}
	fits, err := password.Verify(ctx, hash, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if !fits || known == nil || known.State != models.UserActive {
		return nil, refused
	}
	var out *Session
	err = s.Write(ctx, models.Who{}, func(tx *models.Tx) error {
		u, err := tx.UserByLogin(login)
		if err != nil {
			return err
		}
		if u == nil || u.State != models.UserActive || u.Password != known.Password {
			return refused // it changed while the hash was computed
		}
		token := models.RandomToken()
		session, err := tx.StartSession(u.ID, digest(token), in.Agent, refreshLasts)
		if err != nil {
			return err
		}
		if err := tx.Become(models.Who{User: u.ID, Session: session.ID}); err != nil {
			return err
		}
		if err := tx.Apply(models.AccountSignIn, tx.Site(), models.Note{Data: map[string]any{"session": session.ID}}); err != nil {
			return err
		}
		out, err = k.session(tx, session, token)
		return err
	})
	return out, err
}
