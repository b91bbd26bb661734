package notices

import "jiebang/models"

// Owner tells the owner what became of his challenge, and at its end those who follow it.
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
	if err := tellOwner(tx, e, c); err != nil {
		return err
	}
	if e.Action == models.ChallengeFail || e.Action == models.ChallengeUnbid {
		return tellFollowers(tx, e, c)
	}
	return nil
}
