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
		Code     string `json:"code" required:"false" maxLength:"30" doc:"Where account.second_factor_needed asks for it: six digits of the app, or a recovery code"`
	}
}

func refused() error {
	return problem.New(problem.SignIn, "account.bad_credentials", "The login or the password is wrong.")
}

func secondFactorNeeded() error {
	return problem.New(problem.SignIn, "account.second_factor_needed", "The password is right; now show the second factor: a code of your app or a recovery code, or sign in by passkey.")
}

func badCode() error {
	return problem.New(problem.SignIn, "account.bad_code", "The code is wrong, too old, or was used already.")
}

// SignIn starts a session. An unknown login, a wrong password and a disabled account get
// the same answer after the same work, so that nobody learns which logins exist; each counts
// as a wrong guess, and too many lock the login for a while, whether it exists or not.
func (k Keys) SignIn(ctx context.Context, s *models.Store, who models.Who, in *SignInInput) (*Session, error) {
	known, a, err := k.passes(ctx, s, who, in.Body.Login, in.Body.Password)
	if err != nil {
		return nil, err
	}
	return k.enter(ctx, s, who, a, known, in.Body.Code, func(tx *models.Tx, u *models.User, strong bool) (*Session, error) {
		return k.start(tx, models.AccountSignIn, u, in.Agent, strong, nil)
	})
}

// passes checks a login and a password, as a counted guess.
func (k Keys) passes(ctx context.Context, s *models.Store, who models.Who, login, secret string) (*models.User, attempt, error) {
	login, hash := strings.ToLower(strings.TrimSpace(login)), password.Absent
	var known *models.User
	a, err := k.try(ctx, s, who, login)
	if err != nil {
		return nil, a, err
	}
	err = s.Read(ctx, visitor(who), func(tx *models.Tx) (err error) {
		if err := tx.May(models.AccountSignIn); err != nil {
			return err
		}
		known, err = tx.UserByLogin(login)
		return err
	})
	if err != nil {
		return nil, a, err
	}
	if known != nil {
		hash = known.Password
	}
	fits, err := password.Verify(ctx, hash, secret)
	if err != nil {
		return nil, a, err
	}
	if !fits || known == nil || known.State != models.UserActive {
		if err := a.lost(ctx, s, known); err != nil {
			return nil, a, err
		}
		return nil, a, refused()
	}
	return known, a, nil
}

// enter lets somebody in whose password was right, after his second factor where he has one.
func (k Keys) enter(ctx context.Context, s *models.Store, who models.Who, a attempt, known *models.User, code string,
	start func(*models.Tx, *models.User, bool) (*Session, error)) (*Session, error) {
	var out *Session
	var answer error
	err := s.Write(ctx, visitor(who), func(tx *models.Tx) error {
		out, answer = nil, nil
		u, err := tx.UserByID(known.ID)
		if err != nil {
			return err
		}
		if u == nil || u.State != models.UserActive || u.Password != known.Password {
			return refused() // it changed while the hash was computed
		}
		strong, err := tx.HasFactor(u.ID)
		if err != nil {
			return err
		}
		if strong {
			if code == "" {
				answer = secondFactorNeeded()
				return a.undecided(tx)
			}
			ok, err := k.show(tx, u.ID, code)
			if err != nil {
				return err
			}
			if !ok {
				answer = badCode()
				return nil
			}
		}
		if err := a.won(tx); err != nil {
			return err
		}
		out, err = start(tx, u, strong)
		return err
	})
	if err != nil {
		return nil, err
	}
	if p := problem.As(answer); p != nil {
		if p.Code == "account.bad_code" {
			err = a.lost(ctx, s, known)
		}
		if err != nil {
			return nil, err
		}
		return nil, answer
	}
	return out, nil
}
