package notices

import "jiebang/models"

// Closed tells owner and bidders that the bidding is closed, or the bids are open. Officers
// are told when it closes: they open.
func Closed(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	if err := tellOwner(tx, e, c); err != nil {
		return err
	}
	if err := tellOfficers(tx, e, c); err != nil {
		return err
	}
	bids, err := tx.BidsOn(c.ID)
	if err != nil {
		return err
	}
	took := []models.Bid{}
	for _, b := range bids {
		if b.SubmittedAt != nil && b.State != models.BidWithdrawn && b.State != models.BidDrafted {
			took = append(took, b)
		}
	}
	if err := tellBidders(tx, e, c, took); err != nil {
		return err
	}
	return tellFollowers(tx, e, c)
}
