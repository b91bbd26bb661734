package notices

import (
	"slices"

	"jiebang/models"
)

// Asked tells the owner and the office that somebody asked; who did is told nobody.
func Asked(tx *models.Tx, e models.Event) error {
	q, err := tx.Question(models.QuestionID(e.Thing))
	if err != nil {
		return err
	}
	c, err := tx.Challenge(q.ChallengeID)
	if err != nil {
		return err
	}
	if err := tellOwner(tx, e, c); err != nil {
		return err
	}
	return tellOfficers(tx, e, c)
}

// SetAside tells the asker why his question is not answered.
func SetAside(tx *models.Tx, e models.Event) error {
	q, err := tx.Question(models.QuestionID(e.Thing))
	if err != nil {
		return err
	}
	c, err := tx.Challenge(q.ChallengeID)
	if err != nil {
		return err
	}
	return tx.Notify(e, []models.UserID{q.By}, with(params(c, "asker"), "reason", q.Reason))
}

// Supplemented tells everybody who has to do with a challenge, in the same words, that its text
// was supplemented: who was told when it was published, asked, signed, or has begun a bid. Who
// has begun a bid reads beside it whether he has to confirm.
func Supplemented(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	no, kind := e.Data.V["supplement"], "extension"
	if k, ok := e.Data.V["kind"].(string); ok {
		kind = k
	}
	say := func(as string) map[string]any { return with(with(params(c, as), "supplement", no), "what", kind) }
	if err := tellAs(tx, e, c, say); err != nil {
		return err
	}
	bids, err := tx.BidsOn(c.ID)
	if err != nil {
		return err
	}
	for i := range bids {
		list, err := bidders(tx, &bids[i])
		if err != nil {
			return err
		}
		if err := tx.Notify(e, list, with(say("bidder"), "bid", bids[i].ID)); err != nil {
			return err
		}
	}
	told, err := following(tx, c)
	if err != nil {
		return err
	}
	if err := tx.Notify(e, told, say("follower")); err != nil {
		return err
	}
	return followers(tx, c.ID, func(u models.UserID, why noticeWhy) error {
		return tx.Notify(e, []models.UserID{u}, with(say("follower"), "why", []noticeWhy{why}))
	})
}

func tellAs(tx *models.Tx, e models.Event, c *models.Challenge, say func(string) map[string]any) error {
	mine, err := owners(tx, c)
	if err != nil {
		return err
	}
	if err := tx.Notify(e, mine, say("owner")); err != nil {
		return err
	}
	office, err := tx.OfficersOf(c.Region)
	if err != nil {
		return err
	}
	return tx.Notify(e, office, say("officer"))
}

// following are who was told of a challenge when it was published, has asked, or has signed to
// read its detail.
func following(tx *models.Tx, c *models.Challenge) ([]models.UserID, error) {
	list, err := tx.Askers(c.ID)
	if err != nil {
		return nil, err
	}
	signed, err := tx.NDAsOf(c.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range signed {
		list = append(list, n.By)
	}
	published, err := tx.Published(c)
	if published == nil || err != nil {
		return list, err
	}
	told, err := tx.NoticesOf(published.ID)
	for _, n := range told {
		if as := n.Params.V["as"]; (as == "team" || as == "subscriber") && !slices.Contains(list, n.User) {
			list = append(list, n.User)
		}
	}
	return list, err
}

// Proposed tells the office that an amendment waits for it, and the owner what became of one.
func Proposed(tx *models.Tx, e models.Event) error {
	a, err := tx.Amendment(models.AmendmentID(e.Thing))
	if err != nil {
		return err
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return err
	}
	if e.Action == models.AmendmentPropose {
		return tellOfficers(tx, e, c)
	}
	return tellOwner(tx, e, c)
}

// Signed tells the owner that a team promised to keep the detail to itself.
func Signed(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(e.Challenge)
	if err != nil {
		return err
	}
	return tellOwner(tx, e, c)
}
