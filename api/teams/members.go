package teams

import (
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// TeamPerson is somebody on a team.
type TeamPerson struct {
	ID       string        `json:"id"`
	User     models.UserID `json:"user_id"`
	Login    string        `json:"login"`
	Name     string        `json:"name"`
	Role     string        `json:"role" enum:"lead,member"`
	JoinedAt time.Time     `json:"joined_at"`
}

// TeamPeople is everybody on a team now, the lead first.
type TeamPeople struct {
	Members []TeamPerson `json:"members"`
}

// TeamMembersInput names a team.
type TeamMembersInput struct {
	ID models.TeamID `path:"id"`
}

// Members lists who is on a team.
func Members(tx *models.Tx, in *TeamMembersInput) (*TeamPeople, error) {
	t, err := tx.TeamFor(models.TeamMembersList, in.ID)
	if err != nil {
		return nil, err
	}
	return people(tx, t.ID)
}

func people(tx *models.Tx, team models.TeamID) (*TeamPeople, error) {
	list, err := tx.TeamMembers(team)
	if err != nil {
		return nil, err
	}
	ids := []models.UserID{}
	for _, m := range list {
		ids = append(ids, m.User)
	}
	users, err := tx.UsersByID(ids)
	out := &TeamPeople{}
	for _, m := range list {
		out.Members = append(out.Members, TeamPerson{ID: m.ID, User: m.User, Login: users[m.User].Login, Name: users[m.User].Name, Role: m.Role, JoinedAt: m.JoinedAt})
	}
	return out, err
}

// AddTeamMemberInput adds an account by its exact login.
type AddTeamMemberInput struct {
	ID   models.TeamID `path:"id"`
	Body struct {
		Login string `json:"login" minLength:"1" maxLength:"60"`
	}
}

// AddMember puts a person on a team.
func AddMember(tx *models.Tx, in *AddTeamMemberInput) (*TeamPeople, error) {
	t, err := tx.TeamFor(models.TeamAddMember, in.ID)
	if err != nil {
		return nil, err
	}
	u, err := tx.UserByLogin(strings.ToLower(strings.TrimSpace(in.Body.Login)))
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(u != nil && u.State == models.UserActive, "login", "account.unknown_login", "there is no active account of this login")
	if err := f.Problem("team.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if _, err := tx.AddTeamMember(t.ID, u.ID, "member"); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.TeamAddMember, t, models.Note{Data: map[string]any{"account": u.ID}}); err != nil {
		return nil, err
	}
	return people(tx, t.ID)
}

// EndTeamMemberInput names a person on a team.
type EndTeamMemberInput struct {
	ID     models.TeamID `path:"id"`
	Member string        `path:"member" maxLength:"60"`
}

// EndMember lets a person leave a team; the lead has to hand over first.
func EndMember(tx *models.Tx, in *EndTeamMemberInput) (*TeamPeople, error) {
	t, err := tx.TeamFor(models.TeamEndMember, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := tx.EndTeamMember(t.ID, in.Member)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.TeamEndMember, t, models.Note{Data: map[string]any{"account": m.User}}); err != nil {
		return nil, err
	}
	return people(tx, t.ID)
}

// HandOverInput names the person who is to lead.
type HandOverInput struct {
	ID   models.TeamID `path:"id"`
	Body struct {
		Member string `json:"member" minLength:"1" maxLength:"60" doc:"Id of the person on the team, from the list of members"`
		Reason string `json:"reason" minLength:"4" maxLength:"500" doc:"Why the lead changes; it stands on the trail"`
	}
}

// HandOver makes another member the accountable lead; the former one stays as a member.
func HandOver(tx *models.Tx, in *HandOverInput) (*TeamPeople, error) {
	t, err := tx.TeamFor(models.TeamHandOver, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := tx.TeamMembers(t.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	var next *models.TeamMember
	for i, m := range list {
		if m.ID == in.Body.Member {
			next = &list[i]
		}
	}
	f.Require(next != nil, "member", "team.no_member", "is nobody on this team now")
	f.Require(next == nil || next.Role != "lead", "member", "team.leads_already", "leads the team already")
	if err := f.Problem("team.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	// Asked and written before anything moves: who hands over is the lead only until then.
	if err := tx.Apply(models.TeamHandOver, t, models.Note{Reason: in.Body.Reason, Data: map[string]any{"account": next.User}}); err != nil {
		return nil, err
	}
	if err := tx.HandOverTeam(t.ID, next); err != nil {
		return nil, err
	}
	return people(tx, t.ID)
}

// TakeOverInput names who is to lead.
type TakeOverInput struct {
	ID   models.TeamID `path:"id"`
	Body struct {
		Login  string `json:"login" minLength:"1" maxLength:"60" doc:"Exact login of the person who is to lead"`
		Reason string `json:"reason" minLength:"4" maxLength:"500" doc:"Why the unit takes the team over; it stands on the trail"`
	}
}

// TakeOver gives a team whose lead is gone a new lead of the unit's choice; the former lead
// is off the team.
func TakeOver(tx *models.Tx, in *TakeOverInput) (*TeamPeople, error) {
	t, err := tx.TeamFor(models.TeamTakeOver, in.ID)
	if err != nil {
		return nil, err
	}
	u, err := tx.UserByLogin(strings.ToLower(strings.TrimSpace(in.Body.Login)))
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(u != nil && u.State == models.UserActive, "login", "account.unknown_login", "there is no active account of this login")
	if err := f.Problem("team.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.TeamTakeOver, t, models.Note{Reason: in.Body.Reason, Data: map[string]any{"account": u.ID}}); err != nil {
		return nil, err
	}
	if err := tx.TakeOverTeam(t.ID, u.ID); err != nil {
		return nil, err
	}
	return people(tx, t.ID)
}
