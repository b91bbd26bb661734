package notices

import "jiebang/models"

// Ending reminds those who have begun a bid and not submitted it that the deadline is near,
// and the owner. It tells the owner nothing of them.
func Ending(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	if err := tellOwner(tx, e, c); err != nil {
		return err
	}
	bids, err := tx.BidsOn(c.ID)
	if err != nil {
		return err
	}
	open := []models.Bid{}
	for _, b := range bids {
		if b.State == models.BidDrafted || b.State == models.BidPending || b.State == models.BidEndorsed {
			open = append(open, b)
		}
	}
	if err := tellBidders(tx, e, c, open); err != nil {
		return err
	}
	return tellFollowers(tx, e, c)
}
