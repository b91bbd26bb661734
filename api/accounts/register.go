package accounts

import (
	"context"
	"regexp"
	"strings"

	"jiebang/internal/password"
	"jiebang/internal/problem"
	"jiebang/models"
)

// RegisterInput is a new account.
type RegisterInput struct {
	Body struct {
		Login    string `json:"login" minLength:"3" maxLength:"32" doc:"Letters, digits, dot, dash, underscore; kept in lower case; never changes"`
		Name     string `json:"name" minLength:"1" maxLength:"60"`
		Password string `json:"password" minLength:"12" maxLength:"200"`
		Email    string `json:"email" required:"false" maxLength:"120"`
		Mobile   string `json:"mobile" required:"false" maxLength:"20"`
		Locale   string `json:"locale" required:"false" enum:"zh-CN,en"`
	}
}

// Account is a new account as its owner sees it.
type Account struct {
	ID    models.UserID `json:"id"`
	Login string        `json:"login"`
	Name  string        `json:"name"`
	State string        `json:"state"`
}

// Register makes an account. It belongs to nothing yet.
func (k Keys) Register(ctx context.Context, s *models.Store, who models.Who, in *RegisterInput) (*Account, error) {
	u, err := k.account(ctx, in)
	if err != nil {
		return nil, err
	}
	err = s.Write(ctx, who, func(tx *models.Tx) error {
		if n, err := tx.Accounts(); err != nil {
			return err
		} else if n == 0 { // or whoever came first would leave the platform without an operator
			return problem.New(problem.Conflict, "account.set_up_first", "This platform has not been set up yet; its operator makes the first account.")
		}
		fresh := *u // a unit of work may be run again
		u = &fresh
		return tx.Make(models.AccountRegister, tx.Site(), u, models.Note{})
	})
	if err != nil {
		return nil, err
	}
	return &Account{ID: u.ID, Login: u.Login, Name: u.Name, State: u.State}, nil
}

// SetUp makes the first account of an installation and gives it the operator's office. As
// soon as there is an account there is no such door any more.
func (k Keys) SetUp(ctx context.Context, s *models.Store, who models.Who, in *RegisterInput) (*Account, error) {
	// Looked at first, so that nobody makes a running server compute hashes here.
	err := s.Read(ctx, who, func(tx *models.Tx) error {
		if n, err := tx.Accounts(); err != nil || n == 0 {
			return err
		}
		return problem.Missing()
	})
	if err != nil {
		return nil, err
	}
	u, err := k.account(ctx, in)
	if err != nil {
		return nil, err
	}
	err = s.Write(ctx, who, func(tx *models.Tx) error {
		first, err := tx.FirstAccount()
		if err != nil {
			return err
		}
		if !first {
			return problem.Missing()
		}
		fresh := *u
		u = &fresh
		if err := tx.Make(models.AccountSetUp, tx.Site(), u, models.Note{Data: map[string]any{"role": "operator"}}); err != nil {
			return err
		}
		_, err = tx.AddGrant(u.ID, "operator", "")
		return err
	})
	if err != nil {
		return nil, err
	}
	return &Account{ID: u.ID, Login: u.Login, Name: u.Name, State: u.State}, nil
}

// account checks what was typed and hashes the password; nothing is saved.
func (k Keys) account(ctx context.Context, in *RegisterInput) (*models.User, error) {
	b := in.Body
	login := strings.ToLower(b.Login)
	f := person(b.Name, b.Email, b.Mobile)
	f.Require(loginShape.MatchString(login), "login", "account.bad_login",
		"must begin with a letter or a digit and hold only letters, digits, dots, dashes and underscores")
	f = append(f, weakness("password", b.Password, login)...)
	if err := f.Problem("account.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	hash, err := password.Hash(ctx, k.Cost, b.Password)
	if err != nil {
		return nil, err
	}
	u := models.NewUser(login, strings.TrimSpace(b.Name), hash)
	u.Email, u.Mobile = b.Email, b.Mobile
	if b.Locale != "" {
		u.Locale = b.Locale
	}
	return u, nil
}

var (
	loginShape  = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,31}$`)
	emailShape  = regexp.MustCompile(`^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$`)
	mobileShape = regexp.MustCompile(`^1[3-9]\d{9}$`)
)

// person checks what a person says about himself.
func person(name, email, mobile string) problem.Fields {
	var f problem.Fields
	f.Require(strings.TrimSpace(name) != "", "name", "field.missing", "must not be blank")
	f.Require(email == "" || emailShape.MatchString(email), "email", "account.bad_email", "must be an e-mail address, or left empty")
	f.Require(mobile == "" || mobileShape.MatchString(mobile), "mobile", "account.bad_mobile", "must be a mobile number of mainland China (11 digits), or left empty")
	return f
}
