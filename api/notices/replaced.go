package notices

import "jiebang/models"

// Replaced tells an expert that another has taken over what he was asked to review.
func Replaced(tx *models.Tx, e models.Event) error {
	a, err := tx.Assignment(models.AssignmentID(e.Thing))
	if err != nil {
		return err
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return err
	}
	return tx.Notify(e, []models.UserID{a.User}, params(c, "replaced"))
}
