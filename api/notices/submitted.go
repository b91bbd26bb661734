package notices

import "jiebang/models"

// Submitted tells the officers of the region that a challenge waits for them.
func Submitted(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	return tellOfficers(tx, e, c)
}
