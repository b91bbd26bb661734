package notices

import "jiebang/models"

// Decided tells the owner and the experts that the award is decided, and those whose bid was
// turned away at the formal check that it is over. Everybody else gets his letter of result.
func Decided(tx *models.Tx, e models.Event) error {
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
	for i := range bids {
		if bids[i].State != models.BidRejected {
			continue
		}
		list, err := bidders(tx, &bids[i])
		if err != nil {
			return err
		}
		p := with(with(params(c, "bidder"), "bid", bids[i].ID), "result", "rejected")
		if err := tx.Notify(e, list, p); err != nil {
			return err
		}
	}
	assigned, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return err
	}
	experts := []models.UserID{}
	for _, a := range assigned {
		if a.State == models.AssignmentDone {
			experts = append(experts, a.User)
		}
	}
	if err := tx.Notify(e, experts, params(c, "expert")); err != nil {
		return err
	}
	// Each bidder has his letter of result; whoever follows and has none is told here.
	took := map[models.UserID]bool{}
	for i := range bids {
		list, err := bidders(tx, &bids[i])
		if err != nil {
			return err
		}
		for _, u := range list {
			took[u] = true
		}
	}
	return followers(tx, c.ID, func(u models.UserID, why noticeWhy) error {
		if took[u] {
			return nil
		}
		return tx.Notify(e, []models.UserID{u}, with(params(c, "follower"), "why", []noticeWhy{why}))
	})
}
