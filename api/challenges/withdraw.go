package challenges

import "jiebang/models"

// WithdrawInput says why.
type WithdrawInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"2000" doc:"Public once the challenge was published"`
	}
}

// Withdraw takes a challenge back: the owner before it is published, after that only the
// officer, with a reason everybody may read.
func Withdraw(tx *models.Tx, in *WithdrawInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeWithdraw, in.ID)
	if err != nil {
		return nil, err
	}
	c.Reason = in.Body.Reason
	if err := tx.Apply(models.ChallengeWithdraw, c, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, c)
}
