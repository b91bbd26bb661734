package experts

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// VerifyExpertInput names an expert.
type VerifyExpertInput struct {
	ID   models.ExpertID `path:"id"`
	Body struct {
		Reason string `json:"reason" required:"false" maxLength:"500"`
	}
}

// Verify lets an expert be drawn. He must have promised confidentiality, and nobody
// verifies himself.
func Verify(tx *models.Tx, in *VerifyExpertInput) (*Expert, error) {
	e, err := tx.ExpertFor(models.ExpertVerify, in.ID)
	if err != nil {
		return nil, err
	}
	if e.User == tx.Actor.User {
		return nil, problem.New(problem.Denied, "expert.own", "Somebody else has to verify you.")
	}
	if e.PromisedAt == nil {
		return nil, problem.New(problem.Conflict, "expert.no_promise", "The expert has not given the confidentiality promise yet.")
	}
	if err := tx.Apply(models.ExpertVerify, e, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, e)
}

// SuspendInput says why an expert is kept out.
type SuspendInput struct {
	ID   models.ExpertID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// Suspend keeps an expert out of further draws; what he has begun is the officer's to replace.
func Suspend(tx *models.Tx, in *SuspendInput) (*Expert, error) {
	e, err := tx.ExpertFor(models.ExpertSuspend, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.ExpertSuspend, e, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, e)
}
