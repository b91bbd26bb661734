package challenges

import "jiebang/models"

// ApproveInput finds a challenge fit to publish.
type ApproveInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Note string `json:"note" required:"false" maxLength:"2000"`
	}
}

// Approve finds a challenge fit to publish.
func Approve(tx *models.Tx, in *ApproveInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeApprove, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.ChallengeApprove, c, models.Note{Reason: in.Body.Note}); err != nil {
		return nil, err
	}
	return view(tx, c)
}
