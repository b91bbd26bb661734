package challenges

import "jiebang/models"

// ShowInput names a challenge.
type ShowInput struct {
	ID models.ChallengeID `path:"id"`
}

// Show is one challenge as the caller may see it.
func Show(tx *models.Tx, in *ShowInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, c)
}
