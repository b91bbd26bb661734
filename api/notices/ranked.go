package notices

import "jiebang/models"

// Ranked tells the owner that the ranking was computed.
func Ranked(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	return tellOwner(tx, e, c)
}
