package needs

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// NeedReasonInput is a decision with its words.
type NeedReasonInput struct {
	ID   models.NeedID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"1000" doc:"The owner reads it"`
	}
}

// Refine opens a need for its owner to refine.
func Refine(tx *models.Tx, in *NeedReasonInput) (*NeedView, error) {
	return in.decide(tx, models.NeedRefine)
}

// Return gives a need back.
func Return(tx *models.Tx, in *NeedReasonInput) (*NeedView, error) {
	return in.decide(tx, models.NeedReturn)
}

// Park keeps a need for later.
func Park(tx *models.Tx, in *NeedReasonInput) (*NeedView, error) {
	return in.decide(tx, models.NeedPark)
}

// Resume takes a parked need up again.
func Resume(tx *models.Tx, in *NeedReasonInput) (*NeedView, error) {
	return in.decide(tx, models.NeedResume)
}

// Approve finds a need fit to become a challenge, after the argument.
func Approve(tx *models.Tx, in *NeedReasonInput) (*NeedView, error) {
	return in.decide(tx, models.NeedApprove)
}

func (in *NeedReasonInput) decide(tx *models.Tx, action models.Action) (*NeedView, error) {
	n, err := tx.NeedFor(action, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	long(&f, "reason", in.Body.Reason, 4)
	if err := f.Problem("need.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	n.Reason = strings.TrimSpace(in.Body.Reason)
	if action == models.NeedApprove {
		n.Opinion = n.Reason
	}
	if err := tx.Apply(action, n, models.Note{Reason: n.Reason, Data: map[string]any{"quality": n.Quality}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

// NeedMergeInput says which need stands for this one.
type NeedMergeInput struct {
	ID   models.NeedID `path:"id"`
	Body struct {
		Into   models.NeedID `json:"into" minLength:"1" maxLength:"40"`
		Reason string        `json:"reason" minLength:"1" maxLength:"1000" doc:"The owner reads it"`
	}
}

// Merge lets another need stand for this one; the owner sees which.
func Merge(tx *models.Tx, in *NeedMergeInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedMerge, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	long(&f, "reason", in.Body.Reason, 4)
	f.Require(in.Body.Into != n.ID, "into", "need.merge_self", "must be another need")
	into, err := tx.NeedFor(models.NeedShow, in.Body.Into)
	switch {
	case problem.As(err) != nil:
		f.Add("into", "need.merge_unknown", "is no need of your pool")
	case err != nil:
		return nil, err
	default:
		f.Require(into.State != models.NeedMerged, "into", "need.merge_merged", "was merged itself; choose the one that stands for it")
		f.Require(models.SameProvince(into.Region, n.Region), "into", "need.merge_region", "belongs to another province")
	}
	if err := f.Problem("need.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	n.Into, n.Reason = &into.ID, strings.TrimSpace(in.Body.Reason)
	if err := tx.Apply(models.NeedMerge, n, models.Note{Reason: n.Reason, Data: map[string]any{"into": into.ID}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

// Turn makes a challenge draft of a need: everything is carried over, and an indicator keeps
// its identity.
func Turn(tx *models.Tx, in *NeedInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedTurn, in.ID)
	if err != nil {
		return nil, err
	}
	c, indicators := n.AsChallenge()
	c.CreatedBy = tx.Actor.User
	if err := tx.Make(models.NeedTurn, n, c, models.Note{Data: map[string]any{"need": n.ID}}); err != nil {
		return nil, err
	}
	if err := tx.CarryIndicators(indicators); err != nil {
		return nil, err
	}
	n.Challenge = &c.ID
	if err := tx.Follow(models.NeedTurned, n, models.Note{Data: map[string]any{"challenge": c.ID}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}
