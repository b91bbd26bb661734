package alliances

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// ProposeInput names the firm that is to lead.
type ProposeInput struct {
	ID   models.AllianceID `path:"id"`
	Body struct {
		Org    string `json:"org" minLength:"1" maxLength:"60" doc:"Id or credit code of the firm that is to lead"`
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// Propose offers the lead of an alliance to another firm, which must be verified: only a
// verified enterprise leads.
func Propose(tx *models.Tx, in *ProposeInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AlliancePropose, in.ID)
	if err != nil {
		return nil, err
	}
	to, err := tx.OrgByIDOrUSCC(strings.TrimSpace(in.Body.Org))
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(to != nil, "org", "org.unknown", "no unit of this id or credit code is registered")
	f.Require(to == nil || to.ID != a.Leader, "org", "alliance.leads_already", "leads the alliance already")
	f.Require(to == nil || fitToLead(to), "org", "alliance.not_fit_to_lead", "must be an enterprise that has been verified")
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Unblemished(string(to.ID)); err != nil {
		return nil, err
	}
	if err := tx.ProposeTransfer(a, to.ID, in.Body.Reason); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AlliancePropose, a, models.Note{Reason: in.Body.Reason, Data: map[string]any{"org": to.ID}}); err != nil {
		return nil, err
	}
	return view(tx, a)
}

func fitToLead(o *models.Org) bool { return o.Kind == "enterprise" && o.State == models.OrgVerified }

// TransferInput names an alliance whose lead is being handed over.
type TransferInput struct {
	ID   models.AllianceID `path:"id"`
	Body struct {
		Reason string `json:"reason" required:"false" maxLength:"500"`
	}
}

// step takes the open transfer of an alliance a step on.
func step(tx *models.Tx, in *TransferInput, action models.Action, to string, from ...string) (*models.Alliance, *models.AllianceTransfer, error) {
	a, err := tx.AllianceFor(action, in.ID)
	if err != nil {
		return nil, nil, err
	}
	t, err := tx.OpenTransfer(a.ID)
	if err != nil {
		return nil, nil, err
	}
	if t == nil {
		return nil, nil, problem.New(problem.Conflict, "alliance.no_transfer", "No transfer of the lead is under way.")
	}
	if (action == models.AllianceAccept || action == models.AllianceDecline) && !tx.Actor.Administers(t.To) {
		return nil, nil, problem.New(problem.Denied, "alliance.not_yours_to_accept", "Only an administrator of the firm that is to lead answers.")
	}
	known := false
	for _, s := range from {
		known = known || t.State == s
	}
	if !known {
		return nil, nil, problem.New(problem.Conflict, "alliance.transfer_state", "This cannot be done while the transfer is %s.", t.State)
	}
	return a, t, tx.MoveTransfer(t, to)
}

// note is what stands on the trail of a step.
func (in *TransferInput) note(t *models.AllianceTransfer) models.Note {
	return models.Note{Reason: in.Body.Reason, Data: map[string]any{"org": t.To}}
}

// Recall takes the proposal of another leader back.
func Recall(tx *models.Tx, in *TransferInput) (*Alliance, error) {
	return answer(tx, in, models.AllianceRecall, "withdrawn", "proposed", "accepted")
}

// Accept is the yes of the firm that is to lead.
func Accept(tx *models.Tx, in *TransferInput) (*Alliance, error) {
	return answer(tx, in, models.AllianceAccept, "accepted", "proposed")
}

// Decline is its no.
func Decline(tx *models.Tx, in *TransferInput) (*Alliance, error) {
	return answer(tx, in, models.AllianceDecline, "declined", "proposed", "accepted")
}

// Reject is the office's no: the leader stays.
func Reject(tx *models.Tx, in *TransferInput) (*Alliance, error) {
	return answer(tx, in, models.AllianceReject, "declined", "proposed", "accepted")
}

func answer(tx *models.Tx, in *TransferInput, action models.Action, to string, from ...string) (*Alliance, error) {
	a, t, err := step(tx, in, action, to, from...)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(action, a, in.note(t)); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// Transfer is the office's yes to what both firms agreed on: the alliance has another leader,
// its challenges that are not over follow, and the former leader keeps a seat.
func Transfer(tx *models.Tx, in *TransferInput) (*Alliance, error) {
	a, t, err := step(tx, in, models.AllianceTransferTo, "confirmed", "accepted")
	if err != nil {
		return nil, err
	}
	to, err := tx.Org(t.To)
	if err != nil {
		return nil, err
	}
	if !fitToLead(to) {
		return nil, problem.New(problem.Conflict, "alliance.not_fit_to_lead", "Only an enterprise that has been verified leads an alliance.")
	}
	if err := tx.Unblemished(string(to.ID)); err != nil {
		return nil, err
	}
	list, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return nil, err
	}
	a.Leader = to.ID
	if err := tx.Apply(models.AllianceTransferTo, a, in.note(t)); err != nil {
		return nil, err
	}
	for _, m := range list {
		if m.Org == to.ID {
			if err := tx.EndAllianceMember(a.ID, m.ID, "leads"); err != nil {
				return nil, err
			}
		}
	}
	if _, err := tx.AddAllianceMember(a.ID, t.From, "enterprise", 0); err != nil {
		return nil, err
	}
	led, err := tx.LedChallenges(a.ID)
	if err != nil {
		return nil, err
	}
	for i := range led {
		if led[i].Owner != t.From {
			continue
		}
		led[i].Owner = to.ID
		if err := tx.Follow(models.ChallengeHandOn, &led[i], models.Note{Data: map[string]any{"alliance": a.ID, "from": t.From, "org": to.ID}}); err != nil {
			return nil, err
		}
	}
	return view(tx, a)
}
