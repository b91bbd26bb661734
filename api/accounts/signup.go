package accounts

import (
	"context"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// signupLasts is how long an invitation is good.
const signupLasts = 7 * 24 * time.Hour

const mostSignups = 200

// SignupView is an invitation to make an account.
type SignupView struct {
	ID        models.SignupID `json:"id"`
	Org       models.OrgID    `json:"org_id,omitempty"`
	OrgName   string          `json:"org_name"`
	Email     string          `json:"email"`
	Role      string          `json:"role" enum:"person,officer,admin,poster,member"`
	Region    string          `json:"region"`
	InvitedBy string          `json:"invited_by"`
	State     string          `json:"state" enum:"open,accepted,revoked"`
	Over      bool            `json:"over" doc:"Open, but it ran out"`
	CreatedAt time.Time       `json:"created_at"`
	ExpiresAt time.Time       `json:"expires_at"`
	Link      string          `json:"link,omitempty" doc:"To hand over; shown once, to whoever invited"`
	Version   int64           `json:"version"`
	Actions   []models.Action `json:"actions"`
}

// SignupList are the newest invitations.
type SignupList struct {
	Signups []SignupView    `json:"signups"`
	Actions []models.Action `json:"actions"`
}

// SignupsInput names a unit.
type SignupsInput struct {
	ID models.OrgID `path:"id"`
}

// Signups lists whom a unit has invited.
func Signups(tx *models.Tx, in *SignupsInput) (*SignupList, error) {
	o, err := tx.OrgFor(models.SignupList, in.ID)
	if err != nil {
		return nil, err
	}
	actions, err := tx.Allowed(o)
	if err != nil {
		return nil, err
	}
	return signups(tx, &o.ID, actions)
}

// PlatformSignupsInput needs nothing.
type PlatformSignupsInput struct{}

// PlatformSignups lists whom the offices of the platform have invited.
func PlatformSignups(tx *models.Tx, _ *PlatformSignupsInput) (*SignupList, error) {
	if err := tx.May(models.SignupList); err != nil {
		return nil, err
	}
	actions, err := tx.SiteActions()
	if err != nil {
		return nil, err
	}
	return signups(tx, nil, actions)
}

func signups(tx *models.Tx, org *models.OrgID, actions []models.Action) (*SignupList, error) {
	list, err := tx.Signups(org, mostSignups)
	if err != nil {
		return nil, err
	}
	out := &SignupList{}
	for _, a := range actions {
		if a == models.SignupInvite {
			out.Actions = append(out.Actions, a)
		}
	}
	for i := range list {
		v, err := viewSignup(tx, &list[i])
		if err != nil {
			return nil, err
		}
		out.Signups = append(out.Signups, *v)
	}
	return out, nil
}

func viewSignup(tx *models.Tx, s *models.Signup) (*SignupView, error) {
	v := &SignupView{ID: s.ID, Email: s.Email, Role: s.Role, Region: s.Region, State: s.State, CreatedAt: s.CreatedAt, ExpiresAt: s.ExpiresAt, Version: s.Version,
		Over: s.State == models.SignupOpen && !tx.Now.Before(s.ExpiresAt)}
	names, err := tx.Names([]models.UserID{s.InvitedBy})
	if err != nil {
		return nil, err
	}
	v.InvitedBy = names[s.InvitedBy]
	if s.Org != nil {
		orgs, err := tx.OrgsByID([]models.OrgID{*s.Org})
		if err != nil {
			return nil, err
		}
		v.Org, v.OrgName = *s.Org, orgs[*s.Org].Name
	}
	v.Actions, err = tx.Allowed(s)
	return v, err
}

// SignupInviteInput invites somebody to a unit.
type SignupInviteInput struct {
	ID   models.OrgID `path:"id"`
	Body struct {
		Email string `json:"email" minLength:"3" maxLength:"120"`
		Role  string `json:"role" enum:"admin,poster,member"`
	}
}

// Invite invites somebody by address to make an account that belongs to the unit. The link
// goes by letter, and is shown to the inviter once.
func (k Keys) Invite(tx *models.Tx, in *SignupInviteInput) (*SignupView, error) {
	o, err := tx.OrgFor(models.SignupInvite, in.ID)
	if err != nil {
		return nil, err
	}
	s := models.NewSignup()
	s.Org, s.Email, s.Role = &o.ID, strings.ToLower(strings.TrimSpace(in.Body.Email)), in.Body.Role
	var f problem.Fields
	f.Require(emailShape.MatchString(s.Email), "email", "account.bad_email", "must be an e-mail address")
	if err := f.Problem("signup.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := k.sign(tx, s); err != nil {
		return nil, err
	}
	if err := tx.Make(models.SignupInvite, o, s, models.Note{Data: map[string]any{"org": o.ID, "role": s.Role}}); err != nil {
		return nil, err
	}
	v, err := viewSignup(tx, s)
	if err == nil {
		v.Link = k.Links.Signup(s)
	}
	return v, err
}

// PlatformInviteInput invites somebody to the platform.
type PlatformInviteInput struct {
	Body struct {
		Email  string `json:"email" minLength:"3" maxLength:"120"`
		Role   string `json:"role" enum:"person,officer"`
		Region string `json:"region" required:"false" maxLength:"6" doc:"Of an officer: six digits, 210000 is all of Liaoning"`
	}
}

// PlatformInvite invites somebody who belongs to no unit yet, or an officer. Offices that need
// two persons are asked for once the account is there.
func (k Keys) PlatformInvite(tx *models.Tx, in *PlatformInviteInput) (*SignupView, error) {
	if err := tx.May(models.SignupInvite); err != nil {
		return nil, err
	}
	s := models.NewSignup()
	s.Email, s.Role, s.Region = strings.ToLower(strings.TrimSpace(in.Body.Email)), in.Body.Role, in.Body.Region
	var f problem.Fields
	f.Require(emailShape.MatchString(s.Email), "email", "account.bad_email", "must be an e-mail address")
	region(&f, s.Role, s.Region)
	if err := f.Problem("signup.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := k.sign(tx, s); err != nil {
		return nil, err
	}
	if err := tx.Make(models.SignupInvite, tx.Site(), s, models.Note{Data: map[string]any{"role": s.Role, "region": s.Region}}); err != nil {
		return nil, err
	}
	v, err := viewSignup(tx, s)
	if err == nil {
		v.Link = k.Links.Signup(s)
	}
	return v, err
}

// sign fills in who invites until when, and the digest of the link.
func (k Keys) sign(tx *models.Tx, s *models.Signup) error {
	s.InvitedBy, s.ExpiresAt = tx.Actor.User, tx.Now.Add(signupLasts)
	s.Token = digest(k.Links.token(forSignup, string(s.ID), s.ExpiresAt))
	return tx.EndSignups(s.Email, s.Org)
}

// ShowSignupInput names an invitation.
type ShowSignupInput struct {
	ID models.SignupID `path:"id"`
}

// ShowSignup shows an invitation to those who may know of it; the link is not in it.
func ShowSignup(tx *models.Tx, in *ShowSignupInput) (*SignupView, error) {
	s, err := tx.SignupFor(models.SignupShow, in.ID)
	if err != nil {
		return nil, err
	}
	return viewSignup(tx, s)
}

// RevokeSignup takes an invitation back; its link is good for nothing from then on.
func RevokeSignup(tx *models.Tx, in *ShowSignupInput) (*SignupView, error) {
	s, err := tx.SignupFor(models.SignupRevoke, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.SignupRevoke, s, models.Note{}); err != nil {
		return nil, err
	}
	return viewSignup(tx, s)
}

// SignupLookInput is the link of an invitation.
type SignupLookInput struct {
	Body struct {
		Token string `json:"token" minLength:"1" maxLength:"200"`
	}
}

// Invited is what whoever has the link may know.
type Invited struct {
	OrgName   string    `json:"org_name"`
	Email     string    `json:"email"`
	Role      string    `json:"role" enum:"person,officer,admin,poster,member"`
	InvitedBy string    `json:"invited_by"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Look says what an invitation is to, before it is accepted.
func (k Keys) Look(tx *models.Tx, in *SignupLookInput) (*Invited, error) {
	if err := tx.May(models.SignupLook); err != nil {
		return nil, err
	}
	s, err := k.invited(tx, in.Body.Token)
	if err != nil {
		return nil, err
	}
	v, err := viewSignup(tx, s)
	if err != nil {
		return nil, err
	}
	return &Invited{OrgName: v.OrgName, Email: v.Email, Role: v.Role, InvitedBy: v.InvitedBy, ExpiresAt: v.ExpiresAt}, nil
}

func (k Keys) invited(tx *models.Tx, token string) (*models.Signup, error) {
	s, err := tx.SignupByToken(digest(token))
	if err != nil {
		return nil, err
	}
	if s == nil || !k.Links.signed(token, forSignup, string(s.ID), s.ExpiresAt) {
		return nil, deadLink()
	}
	stands, err := tx.Stands(s)
	if err == nil && !stands {
		err = deadLink()
	}
	return s, err
}

// SignupAcceptInput is the link and the account that comes of it.
type SignupAcceptInput struct {
	Body struct {
		Token    string `json:"token" minLength:"1" maxLength:"200"`
		Login    string `json:"login" minLength:"3" maxLength:"32" doc:"Letters, digits, dot, dash, underscore; kept in lower case; never changes"`
		Name     string `json:"name" minLength:"1" maxLength:"60"`
		Password string `json:"password" minLength:"12" maxLength:"200"`
		Mobile   string `json:"mobile" required:"false" maxLength:"20"`
		Locale   string `json:"locale" required:"false" enum:"zh-CN,en"`
	}
}

// Accept makes the account of an invitation, with what it was invited to. A link is good once.
func (k Keys) Accept(ctx context.Context, s *models.Store, who models.Who, in *SignupAcceptInput) (*Account, error) {
	email := ""
	err := s.Read(ctx, visitor(who), func(tx *models.Tx) error {
		if err := tx.May(models.SignupAccept); err != nil {
			return err
		}
		sign, err := k.invited(tx, in.Body.Token)
		if err == nil {
			email = sign.Email
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var r RegisterInput
	b := in.Body
	r.Body.Login, r.Body.Name, r.Body.Password, r.Body.Mobile, r.Body.Locale, r.Body.Email = b.Login, b.Name, b.Password, b.Mobile, b.Locale, email
	u, err := k.account(ctx, &r)
	if err != nil {
		return nil, err
	}
	err = s.Write(ctx, visitor(who), func(tx *models.Tx) error {
		fresh := *u // a unit of work may be run again
		u = &fresh
		sign, err := k.invited(tx, b.Token)
		if err != nil {
			return err
		}
		if err := tx.Make(models.AccountRegister, tx.Site(), u, models.Note{}); err != nil {
			return err
		}
		sign.Account = &u.ID
		if err := tx.Follow(models.SignupAccept, sign, models.Note{Data: map[string]any{"account": u.ID}}); err != nil {
			if p := problem.As(err); p != nil && p.Kind == problem.Conflict {
				return deadLink() // somebody was faster with the same link
			}
			return err
		}
		return settle(tx, sign, u)
	})
	if err != nil {
		return nil, err
	}
	return &Account{ID: u.ID, Login: u.Login, Name: u.Name, State: u.State}, nil
}

// settle gives a new account what it was invited to, in the name of who invited.
func settle(tx *models.Tx, s *models.Signup, u *models.User) error {
	switch {
	case s.Org != nil:
		o, err := tx.Org(*s.Org)
		if err != nil {
			return err
		}
		m, err := tx.AddMembership(o.ID, u.ID, s.Role)
		if err != nil {
			return err
		}
		return tx.Follow(models.OrgAddMember, o, models.Note{Data: map[string]any{"account": u.ID, "role": s.Role, "membership": m.ID}})
	case s.Role == "officer":
		if _, err := tx.AddGrant(u.ID, "officer", s.Region); err != nil {
			return err
		}
		return tx.Follow(models.RoleGrant, tx.Site(), models.Note{Data: map[string]any{"account": u.ID, "role": "officer", "region": s.Region, "invited_by": s.InvitedBy}})
	}
	return nil
}
