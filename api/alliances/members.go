package alliances

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// AddAllianceMemberInput seats one more unit.
type AddAllianceMemberInput struct {
	ID   models.AllianceID `path:"id"`
	Body SeatBody
}

// AddMember adds a unit to an alliance.
func AddMember(tx *models.Tx, in *AddAllianceMemberInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceAddMember, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	orgs, err := seat(tx, &f, a, []SeatBody{in.Body})
	if err != nil {
		return nil, err
	}
	for i := range f { // one seat, not a list
		switch f[i].Path {
		case "members":
			f[i].Path = "share_bp"
		default:
			f[i].Path = f[i].Path[len("members[0]."):]
		}
	}
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if _, err := tx.AddAllianceMember(a.ID, orgs[0].ID, in.Body.Role, in.Body.ShareBP); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceAddMember, a, models.Note{Data: map[string]any{"org": orgs[0].ID, "role": in.Body.Role}}); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// EndAllianceMemberInput names a seat.
type EndAllianceMemberInput struct {
	ID     models.AllianceID   `path:"id"`
	Member models.AllianceSeat `path:"member"`
}

// EndMember lets a unit leave an alliance; the last academic member cannot.
func EndMember(tx *models.Tx, in *EndAllianceMemberInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceEndMember, in.ID)
	if err != nil {
		return nil, err
	}
	seats, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return nil, err
	}
	var leaving *models.AllianceMember
	academics := 0
	for i, s := range seats {
		if s.ID == in.Member {
			leaving = &seats[i]
		} else if s.Role == "academic" {
			academics++
		}
	}
	if leaving == nil {
		return nil, problem.Missing()
	}
	if leaving.Role == "academic" && academics == 0 {
		return nil, problem.New(problem.Conflict, "alliance.last_academic", "An alliance must keep an academic member; add another one first.")
	}
	if err := tx.EndAllianceMember(a.ID, in.Member); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceEndMember, a, models.Note{Data: map[string]any{"org": leaving.Org, "role": leaving.Role}}); err != nil {
		return nil, err
	}
	return view(tx, a)
}
