package orgs

import (
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// OrgMember is a person's place in a unit.
type OrgMember struct {
	ID    models.MembershipID `json:"id"`
	User  models.UserID       `json:"user_id"`
	Login string              `json:"login"`
	Name  string              `json:"name"`
	Role  string              `json:"role" enum:"admin,poster,member"`
	Since time.Time           `json:"since"`
}

// OrgMemberList is everybody who belongs to a unit now.
type OrgMemberList struct {
	Members []OrgMember `json:"members"`
}

// OrgMembersInput names a unit.
type OrgMembersInput struct {
	ID models.OrgID `path:"id"`
}

// Members lists who belongs to a unit.
func Members(tx *models.Tx, in *OrgMembersInput) (*OrgMemberList, error) {
	o, err := tx.OrgFor(models.OrgMembers, in.ID)
	if err != nil {
		return nil, err
	}
	return members(tx, o.ID)
}

func members(tx *models.Tx, org models.OrgID) (*OrgMemberList, error) {
	list, err := tx.MembersOf(org)
	if err != nil {
		return nil, err
	}
	ids := []models.UserID{}
	for _, m := range list {
		ids = append(ids, m.User)
	}
	users, err := tx.UsersByID(ids)
	out := &OrgMemberList{}
	for _, m := range list {
		out.Members = append(out.Members, OrgMember{ID: m.ID, User: m.User, Login: users[m.User].Login, Name: users[m.User].Name, Role: m.Role, Since: m.Since})
	}
	return out, err
}

// AddOrgMemberInput adds an account by its exact login.
type AddOrgMemberInput struct {
	ID   models.OrgID `path:"id"`
	Body struct {
		Login string `json:"login" minLength:"1" maxLength:"60"`
		Role  string `json:"role" enum:"admin,poster,member" doc:"admin manages the unit, poster posts challenges for it, member forms teams in it"`
	}
}

// AddMember adds a person to a unit. His rights count from his next request on.
func AddMember(tx *models.Tx, in *AddOrgMemberInput) (*OrgMemberList, error) {
	o, err := tx.OrgFor(models.OrgAddMember, in.ID)
	if err != nil {
		return nil, err
	}
	u, err := tx.UserByLogin(strings.ToLower(strings.TrimSpace(in.Body.Login)))
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(u != nil && u.State == models.UserActive, "login", "account.unknown_login", "there is no active account of this login")
	if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if _, err := tx.AddMembership(o.ID, u.ID, in.Body.Role); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.OrgAddMember, o, models.Note{Data: map[string]any{"account": u.ID, "role": in.Body.Role}}); err != nil {
		return nil, err
	}
	return members(tx, o.ID)
}

// EndOrgMemberInput names a member of a unit.
type EndOrgMemberInput struct {
	ID     models.OrgID        `path:"id"`
	Member models.MembershipID `path:"member"`
}

// EndMember lets a person leave a unit; the last administrator cannot.
func EndMember(tx *models.Tx, in *EndOrgMemberInput) (*OrgMemberList, error) {
	o, err := tx.OrgFor(models.OrgEndMember, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := tx.EndMembership(o.ID, in.Member)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.OrgEndMember, o, models.Note{Data: map[string]any{"account": m.User, "role": m.Role}}); err != nil {
		return nil, err
	}
	return members(tx, o.ID)
}

// AppointInput gives a member another role.
type AppointInput struct {
	ID     models.OrgID        `path:"id"`
	Member models.MembershipID `path:"member"`
	Body   struct {
		Role string `json:"role" enum:"admin,poster,member"`
	}
}

// Appoint gives a member of a unit another role. The last administrator keeps his until
// there is another.
func Appoint(tx *models.Tx, in *AppointInput) (*OrgMemberList, error) {
	o, err := tx.OrgFor(models.OrgAppoint, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := tx.AppointMember(o.ID, in.Member, in.Body.Role)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.OrgAppoint, o, models.Note{Data: map[string]any{"account": m.User, "role": in.Body.Role}}); err != nil {
		return nil, err
	}
	return members(tx, o.ID)
}
