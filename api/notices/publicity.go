package notices

import "jiebang/models"

// Publicity tells bidders and owner that the proposed award is shown to all, or taken back; and those who
// follow the challenge.
func Publicity(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	if err := tellOwner(tx, e, c); err != nil {
		return err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return err
	}
	if err := tellBidders(tx, e, c, bids); err != nil {
		return err
	}
	return tellFollowers(tx, e, c)
}
