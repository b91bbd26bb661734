package notices

import "jiebang/models"

// Withdrawn tells the owner, and whoever has begun a bid, that a challenge was taken back.
func Withdrawn(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	if err := tellOwner(tx, e, c); err != nil {
		return err
	}
	if e.Before == models.ChallengeSubmitted || e.Before == models.ChallengeApproved {
		return tellOfficers(tx, e, c)
	}
	bids, err := tx.BidsOn(c.ID)
	if err != nil {
		return err
	}
	if err := tellBidders(tx, e, c, bids); err != nil {
		return err
	}
	return tellFollowers(tx, e, c)
}
