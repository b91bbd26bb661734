package accounts

import (
	"regexp"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// Office is an office and who holds it.
type Office struct {
	ID        models.GrantID `json:"id"`
	User      models.UserID  `json:"user_id"`
	Login     string         `json:"login"`
	Name      string         `json:"name"`
	Role      string         `json:"role" enum:"officer,operator,auditor,system_admin,security_admin,audit_admin"`
	Region    string         `json:"region" doc:"Region code (GB/T 2260) of an officer; trailing zeros widen it; empty for the others"`
	CreatedAt time.Time      `json:"created_at"`
}

// Offices are all offices held now.
type Offices struct {
	Roles   []Office        `json:"roles"`
	Actions []models.Action `json:"actions"`
}

// RolesInput needs nothing.
type RolesInput struct{}

// Roles lists who holds which office.
func Roles(tx *models.Tx, _ *RolesInput) (*Offices, error) {
	if err := tx.May(models.RoleList); err != nil {
		return nil, err
	}
	return offices(tx)
}

func offices(tx *models.Tx) (*Offices, error) {
	list, err := tx.Grants()
	if err != nil {
		return nil, err
	}
	ids := []models.UserID{}
	for _, g := range list {
		ids = append(ids, g.User)
	}
	users, err := tx.UsersByID(ids)
	if err != nil {
		return nil, err
	}
	out := &Offices{}
	for _, g := range list {
		out.Roles = append(out.Roles, office(g, users[g.User]))
	}
	site, err := tx.SiteActions()
	for _, a := range site {
		if strings.HasPrefix(string(a), "role.") {
			out.Actions = append(out.Actions, a)
		}
	}
	return out, err
}

func office(g models.Grant, u models.User) Office {
	return Office{ID: g.ID, User: g.User, Login: u.Login, Name: u.Name, Role: g.Role, Region: g.Region, CreatedAt: g.CreatedAt}
}

// GrantInput gives an office to an account.
type GrantInput struct {
	Body struct {
		Login  string `json:"login" minLength:"1" maxLength:"60"`
		Role   string `json:"role" enum:"officer,operator,auditor,system_admin,security_admin,audit_admin" doc:"Only officer is given by one person; the others are asked for at /role-requests"`
		Region string `json:"region" required:"false" maxLength:"6" doc:"For officers only: six digits, 210000 is all of Liaoning, 000000 everywhere"`
	}
}

var regionShape = regexp.MustCompile(`^\d{6}$`)

// region checks that an officer has a region and nobody else does.
func region(f *problem.Fields, role, code string) {
	if role == "officer" {
		f.Require(regionShape.MatchString(code), "region", "role.bad_region", "an officer needs a region code of six digits")
	} else {
		f.Require(code == "", "region", "role.no_region", "only officers have a region; leave it empty")
	}
}

// Grant makes somebody an officer. It counts from the holder's next request on.
func Grant(tx *models.Tx, in *GrantInput) (*Office, error) {
	if err := tx.May(models.RoleGrant); err != nil {
		return nil, err
	}
	b := in.Body
	u, err := tx.UserByLogin(strings.ToLower(strings.TrimSpace(b.Login)))
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(u != nil && u.State == models.UserActive, "login", "account.unknown_login", "there is no active account of this login")
	f.Require(b.Role == "officer", "role", "role.two_persons", "needs two persons: ask for it at /role-requests, and let another one approve")
	region(&f, b.Role, b.Region)
	if err := f.Problem("role.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	g, err := tx.AddGrant(u.ID, b.Role, b.Region)
	if err != nil {
		return nil, err
	}
	o := office(*g, *u)
	return &o, tx.Apply(models.RoleGrant, tx.Site(), models.Note{Data: map[string]any{"account": u.ID, "role": b.Role, "region": b.Region}})
}

// RevokeInput names an office held.
type RevokeInput struct {
	ID models.GrantID `path:"id"`
}

// Revoke takes an office back. It is gone from the holder's next request on.
func Revoke(tx *models.Tx, in *RevokeInput) (*Offices, error) {
	if err := tx.May(models.RoleRevoke); err != nil {
		return nil, err
	}
	g, err := tx.RevokeGrant(in.ID)
	if err != nil {
		return nil, err
	}
	if g.Role == "operator" {
		if others, err := tx.OperatorsLeft(); err != nil {
			return nil, err
		} else if others == 0 {
			return nil, problem.New(problem.Conflict, "role.last_operator", "The platform must keep an operator; name another one first.")
		}
	}
	if err := tx.Apply(models.RoleRevoke, tx.Site(), models.Note{Data: map[string]any{"account": g.User, "role": g.Role, "region": g.Region}}); err != nil {
		return nil, err
	}
	return offices(tx)
}
