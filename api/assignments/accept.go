package assignments

import (
	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// AcceptInput is the declaration an expert makes before he may read.
type AcceptInput struct {
	ID   models.AssignmentID `path:"id"`
	Body AssignmentDeclaration
}

// AssignmentDeclaration is what an expert promises.
type AssignmentDeclaration struct {
	NoConflict   bool `json:"no_conflict" doc:"I have no tie to the owner, the team, its unit or its partners"`
	Confidential bool `json:"confidential" doc:"I keep what I read to myself"`
}

// Accept takes an assignment on. Facts are looked at again: a tie that has come up since the
// draw bars in spite of the declaration.
func Accept(tx *models.Tx, in *AcceptInput) (*Assignment, error) {
	a, err := tx.AssignmentFor(models.AssignmentAccept, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(in.Body.NoConflict, "no_conflict", "assignment.declare", "must be true; step aside (recuse) where there is a conflict")
	f.Require(in.Body.Confidential, "confidential", "assignment.declare", "must be true; decline where you cannot promise it")
	if err := f.Problem("assignment.not_declared", "Bids are shown only to who declares himself free of conflict and promises to keep them to himself."); err != nil {
		return nil, err
	}
	experts, err := tx.ExpertsByID([]models.ExpertID{a.Expert})
	if err != nil {
		return nil, err
	}
	if experts[a.Expert].State != models.ExpertActive {
		return nil, problem.New(problem.Conflict, "assignment.expert_suspended", "You are not an active expert at present.")
	}
	if err := question.Untied(tx, a); err != nil {
		return nil, err
	}
	a.DeclaredAt = &tx.Now
	if err := tx.Apply(models.AssignmentAccept, a, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, a)
}
