package notices

import "jiebang/models"

// WaiverTold tells the other officers of the region that a waiver waits for one of them, and
// whoever asked for it what was decided.
func WaiverTold(tx *models.Tx, e models.Event) error {
	w, err := tx.Waiver(models.WaiverID(e.Thing))
	if err != nil {
		return err
	}
	c, err := tx.Challenge(w.ChallengeID)
	if err != nil {
		return err
	}
	if e.Action == models.WaiverAsk {
		return tellOfficers(tx, e, c)
	}
	return tx.Notify(e, []models.UserID{w.AskedBy}, params(c, "officer"))
}
