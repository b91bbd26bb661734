package notices

import "jiebang/models"

// Owner tells the owner what became of his challenge.
func Owner(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	if e.Action == models.ChallengeFail { // the bidders learn it too: their bids are open
		bids, err := tx.OpenedBids(c.ID)
		if err != nil {
			return err
		}
		if err := tellBidders(tx, e, c, bids); err != nil {
			return err
		}
	}
	return tellOwner(tx, e, c)
}
