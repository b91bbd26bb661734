package accounts

import (
	"context"
	"strings"
	"time"

	"jiebang/internal/password"
	"jiebang/internal/problem"
	"jiebang/models"
)

// resetLasts is how long a link to a new password is good.
const resetLasts = 30 * time.Minute

// AskResetInput is the login of somebody who forgot his password.
type AskResetInput struct {
	Body struct {
		Login string `json:"login" minLength:"1" maxLength:"60"`
	}
}

// ResetAsked says the same to everybody.
type ResetAsked struct {
	Asked bool `json:"asked" doc:"If there is such an account and it has an address, a letter is on its way"`
}

// AskReset notes that somebody forgot his password. What follows happens after the answer,
// so that neither its words nor its time tell whether the account exists.
func AskReset(tx *models.Tx, in *AskResetInput) (*ResetAsked, error) {
	if err := tx.May(models.AccountAskReset); err != nil {
		return nil, err
	}
	u, err := tx.UserByLogin(strings.ToLower(strings.TrimSpace(in.Body.Login)))
	if err != nil {
		return nil, err
	}
	account := models.UserID("")
	if u != nil {
		account = u.ID
	}
	return &ResetAsked{Asked: true}, tx.Apply(models.AccountAskReset, tx.Site(), models.Note{Data: map[string]any{"account": account}})
}

// MakeAskedReset follows the wish: it makes the link of an account that can be written to.
// The event account.make_reset names the row; whoever sends letters makes the link from it.
func (k Keys) MakeAskedReset(tx *models.Tx, e models.Event) error {
	id, _ := e.Data.V["account"].(string)
	u, err := tx.UserByID(models.UserID(id))
	if err != nil || u == nil || u.State != models.UserActive || u.Email == "" || tx.Now.Sub(e.At) > resetLasts {
		return err
	}
	r, err := k.addReset(tx, u)
	if err != nil {
		return err
	}
	return tx.Follow(models.AccountMakeReset, u, models.Note{Data: map[string]any{"reset": r.ID}})
}

func (k Keys) addReset(tx *models.Tx, u *models.User) (*models.Reset, error) {
	r := tx.NewReset(u.ID, resetLasts)
	r.Token = digest(k.Links.token(forReset, string(r.ID), r.ExpiresAt))
	return r, tx.AddReset(r)
}

// MakeResetInput names an account and says why its owner gets a link.
type MakeResetInput struct {
	ID   models.UserID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// OneTimeLink is shown once to whoever made it.
type OneTimeLink struct {
	Link      string    `json:"link" doc:"To hand over; whoever has it can use it once"`
	ExpiresAt time.Time `json:"expires_at"`
}

// MakeReset makes a link to a new password for somebody who cannot be written to. It does not
// open the second factor, so it is no way into an office.
func (k Keys) MakeReset(tx *models.Tx, in *MakeResetInput) (*OneTimeLink, error) {
	u, err := tx.AccountFor(models.AccountMakeReset, in.ID)
	if err != nil {
		return nil, err
	}
	if u.ID == tx.Actor.User {
		return nil, problem.New(problem.Conflict, "account.own_reset", "Change your own password on the page of your account.")
	}
	r, err := k.addReset(tx, u)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountMakeReset, u, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return &OneTimeLink{Link: k.Links.Reset(r), ExpiresAt: r.ExpiresAt}, nil
}

// ResetInput is the link and the new password.
type ResetInput struct {
	Body struct {
		Token    string `json:"token" minLength:"1" maxLength:"200"`
		Password string `json:"password" minLength:"12" maxLength:"200"`
	}
}

// PasswordReset says that the new password counts.
type PasswordReset struct {
	Login string `json:"login"`
}

// Reset sets a new password by a link: the link is used up, every session ends, and wrong
// guesses are forgotten. The second factor stays as it is.
func (k Keys) Reset(ctx context.Context, s *models.Store, who models.Who, in *ResetInput) (*PasswordReset, error) {
	find := func(tx *models.Tx) (*models.Reset, *models.User, error) {
		r, err := tx.ResetByToken(digest(in.Body.Token))
		if err != nil {
			return nil, nil, err
		}
		if r == nil || !k.Links.signed(in.Body.Token, forReset, string(r.ID), r.ExpiresAt) {
			return nil, nil, deadLink()
		}
		u, err := tx.UserByID(r.User)
		if err == nil && (u == nil || u.State != models.UserActive) {
			err = deadLink()
		}
		return r, u, err
	}
	login := ""
	err := s.Read(ctx, visitor(who), func(tx *models.Tx) error {
		if err := tx.May(models.AccountReset); err != nil {
			return err
		}
		_, u, err := find(tx)
		if err == nil {
			login = u.Login
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := weakness("password", in.Body.Password, login).Problem("account.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	hash, err := password.Hash(ctx, k.Cost, in.Body.Password)
	if err != nil {
		return nil, err
	}
	err = s.Write(ctx, visitor(who), func(tx *models.Tx) error {
		r, u, err := find(tx)
		if err != nil {
			return err
		}
		if mine, err := tx.UseReset(r); err != nil {
			return err
		} else if !mine {
			return deadLink()
		}
		u.Password = hash
		if _, err := tx.EndSessions(u.ID, "", "", "password_reset"); err != nil {
			return err
		}
		if err := tx.VoidResets(u.ID); err != nil {
			return err
		}
		if _, err := tx.ForgetTries(models.LoginTries(u.Login)); err != nil {
			return err
		}
		return tx.Follow(models.AccountReset, u, models.Note{})
	})
	if err != nil {
		return nil, err
	}
	return &PasswordReset{Login: login}, nil
}
