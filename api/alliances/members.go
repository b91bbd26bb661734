package alliances

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// AddAllianceMemberInput offers a seat to one more unit.
type AddAllianceMemberInput struct {
	ID   models.AllianceID `path:"id"`
	Body SeatBody
}

// AddMember offers a seat in an alliance; it counts once the unit itself has confirmed it.
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
	single(f)
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Unblemished(string(orgs[0].ID)); err != nil {
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

// single names the fields of one seat as they stand in the body, not as in a list.
func single(f problem.Fields) {
	for i := range f {
		switch f[i].Path {
		case "members":
			f[i].Path = "share_bp"
		default:
			f[i].Path = f[i].Path[len("members[0]."):]
		}
	}
}

// SeatInput names a seat.
type SeatInput struct {
	ID     models.AllianceID   `path:"id"`
	Member models.AllianceSeat `path:"member"`
}

// ChangeSeatInput offers other terms for a seat.
type ChangeSeatInput struct {
	ID     models.AllianceID   `path:"id"`
	Member models.AllianceSeat `path:"member"`
	Body   struct {
		Role    string `json:"role" enum:"academic,enterprise,finance,intermediary,user"`
		ShareBP int    `json:"share_bp" minimum:"0" maximum:"10000" doc:"Share in 1/100 per cent; all shares together are at most 10000"`
	}
}

// ChangeMember offers other terms for a seat. The unit has to confirm them anew, so the last
// academic member of a recognised alliance is not changed into nothing.
func ChangeMember(tx *models.Tx, in *ChangeSeatInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceChangeMember, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := tx.SeatOf(a.ID, in.Member)
	if err != nil {
		return nil, err
	}
	org, err := tx.Org(m.Org)
	if err != nil {
		return nil, err
	}
	list, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	mayBe(&f, "", org, in.Body.Role)
	sum := in.Body.ShareBP
	for _, s := range list {
		if s.ID != m.ID {
			sum += s.ShareBP
		}
	}
	over(&f, "share_bp", sum)
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if a.State == models.AllianceRecognised && lastAcademic(list, m.ID) {
		return nil, problem.New(problem.Conflict, "alliance.last_academic", "An alliance must keep an academic member; add another one first.")
	}
	if err := tx.ChangeSeat(m, in.Body.Role, in.Body.ShareBP); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceChangeMember, a, models.Note{Data: map[string]any{"org": m.Org, "role": in.Body.Role, "share_bp": in.Body.ShareBP}}); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// lastAcademic reports whether the seat is the only confirmed academic one.
func lastAcademic(list []models.AllianceMember, id models.AllianceSeat) bool {
	others, it := 0, false
	for _, s := range list {
		switch {
		case s.Role != "academic" || s.ConfirmedAt == nil:
		case s.ID == id:
			it = true
		default:
			others++
		}
	}
	return it && others == 0
}

// EndMember takes a seat back; the last academic member cannot be taken off.
func EndMember(tx *models.Tx, in *SeatInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceEndMember, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := tx.SeatOf(a.ID, in.Member)
	if err != nil {
		return nil, err
	}
	list, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return nil, err
	}
	academics := 0
	for _, s := range list {
		if s.ID != m.ID && s.Role == "academic" {
			academics++
		}
	}
	if m.Role == "academic" && academics == 0 || a.State == models.AllianceRecognised && lastAcademic(list, m.ID) {
		return nil, problem.New(problem.Conflict, "alliance.last_academic", "An alliance must keep an academic member; add another one first.")
	}
	if err := tx.EndAllianceMember(a.ID, m.ID, "removed"); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceEndMember, a, models.Note{Data: map[string]any{"org": m.Org, "role": m.Role}}); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// own loads an alliance and the seat that the caller speaks for.
func own(tx *models.Tx, action models.Action, in *SeatInput) (*models.Alliance, *models.AllianceMember, error) {
	a, err := tx.AllianceFor(action, in.ID)
	if err != nil {
		return nil, nil, err
	}
	m, err := tx.SeatOf(a.ID, in.Member)
	if err != nil {
		return nil, nil, err
	}
	if !tx.Actor.Administers(m.Org) {
		return nil, nil, problem.New(problem.Denied, "alliance.not_your_seat", "Only an administrator of the unit itself answers for its seat.")
	}
	return a, m, nil
}

// Confirm is a unit's own yes to its seat.
func Confirm(tx *models.Tx, in *SeatInput) (*Alliance, error) {
	a, m, err := own(tx, models.AllianceConfirm, in)
	if err != nil {
		return nil, err
	}
	if err := tx.Unblemished(string(m.Org)); err != nil {
		return nil, err
	}
	if err := tx.ConfirmSeat(m); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceConfirm, a, models.Note{Data: map[string]any{"org": m.Org, "role": m.Role, "share_bp": m.ShareBP}}); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// AnswerSeatInput says why a unit does not want its seat, or leaves it.
type AnswerSeatInput struct {
	SeatInput
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// Refuse is a unit's own no to a seat it was offered.
func Refuse(tx *models.Tx, in *AnswerSeatInput) (*Alliance, error) {
	a, m, err := own(tx, models.AllianceRefuse, &in.SeatInput)
	if err != nil {
		return nil, err
	}
	if m.ConfirmedAt != nil {
		return nil, problem.New(problem.Conflict, "alliance.confirmed_already", "The unit has confirmed this seat already; it may leave.")
	}
	if err := tx.Apply(models.AllianceRefuse, a, models.Note{Reason: in.Body.Reason, Data: map[string]any{"org": m.Org}}); err != nil {
		return nil, err
	}
	if err := tx.EndAllianceMember(a.ID, m.ID, "refused"); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// Leave ends a seat by the unit's own word. Nobody is held; but a recognised alliance whose
// last academic member has left is suspended until it has another.
func Leave(tx *models.Tx, in *AnswerSeatInput) (*Alliance, error) {
	a, m, err := own(tx, models.AllianceLeave, &in.SeatInput)
	if err != nil {
		return nil, err
	}
	if m.ConfirmedAt == nil {
		return nil, problem.New(problem.Conflict, "alliance.not_confirmed", "The unit has not confirmed this seat; it may refuse it.")
	}
	list, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceLeave, a, models.Note{Reason: in.Body.Reason, Data: map[string]any{"org": m.Org}}); err != nil {
		return nil, err
	}
	if err := tx.EndAllianceMember(a.ID, m.ID, "left"); err != nil {
		return nil, err
	}
	if a.State == models.AllianceRecognised && lastAcademic(list, m.ID) {
		a.Reason = "its last academic member has left"
		if err := tx.Follow(models.AllianceSuspend, a, models.Note{Reason: a.Reason}); err != nil {
			return nil, err
		}
	}
	return view(tx, a)
}
