package challenges

import "jiebang/models"

// ReturnInput says what is to be changed.
type ReturnInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"2000" doc:"What the owner is to change"`
	}
}

// Return sends a challenge back to its owner with the reason.
func Return(tx *models.Tx, in *ReturnInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeReturn, in.ID)
	if err != nil {
		return nil, err
	}
	c.Reason = in.Body.Reason
	unrecommend(c)
	if err := tx.Apply(models.ChallengeReturn, c, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, c)
}
