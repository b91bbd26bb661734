package challenges

import "jiebang/models"

// SubmitInput names a draft.
type SubmitInput struct {
	ID models.ChallengeID `path:"id"`
}

// Submit hands a draft to the officer, when nothing is lacking.
func Submit(tx *models.Tx, in *SubmitInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeSubmit, in.ID)
	if err != nil {
		return nil, err
	}
	if err := ready(tx, c); err != nil {
		return nil, err
	}
	c.Reason = ""
	unrecommend(c)
	if err := tx.Apply(models.ChallengeSubmit, c, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, c)
}

// ready names everything that is lacking in one answer.
func ready(tx *models.Tx, c *models.Challenge) error {
	faults, _, err := examine(tx, c)
	if err != nil {
		return err
	}
	return faults.Problem("challenge.incomplete", "The challenge is not ready: %d fields need to be mended.", len(faults))
}
