package challenges

import "jiebang/models"

// EditInput is the whole document; what it leaves out is empty afterwards.
type EditInput struct {
	ID   models.ChallengeID `path:"id"`
	Body ChallengeBody
}

// Edit saves a draft as it stands, finished or not.
func Edit(tx *models.Tx, in *EditInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeEdit, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.SetIndicators(c, in.Body.write(c)); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.ChallengeEdit, c, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, c)
}
