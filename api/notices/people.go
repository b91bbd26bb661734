package notices

import (
	"time"

	"jiebang/models"
)

// params is what the words of a notice need. There is nothing in it of what a bid says, and
// nothing of how many bids there are.
func params(c *models.Challenge, as string) map[string]any {
	p := map[string]any{"title": c.Title, "as": as, "challenge": c.ID}
	if c.Code != "" {
		p["code"] = c.Code
	}
	for name, t := range map[string]*time.Time{"bid_deadline": c.Deadline, "open_at": c.OpenAt, "publicity_until": c.PublicityUntil} {
		if t != nil {
			p[name] = t.UTC().Format(time.RFC3339)
		}
	}
	return p
}

// with adds one value.
func with(p map[string]any, key string, value any) map[string]any {
	p[key] = value
	return p
}

// owners are who posts for the owner of a challenge.
func owners(tx *models.Tx, c *models.Challenge) ([]models.UserID, error) {
	return tx.AdminsOf(c.Owner, "admin", "poster")
}

// leads are who leads a team.
func leads(tx *models.Tx, team models.TeamID) ([]models.UserID, error) {
	members, err := tx.TeamMembers(team)
	list := []models.UserID{}
	for _, m := range members {
		if m.Role == "lead" {
			list = append(list, m.User)
		}
	}
	return list, err
}

// members are all on a team.
func members(tx *models.Tx, team models.TeamID) ([]models.UserID, error) {
	found, err := tx.UsersOnTeams([]models.TeamID{team})
	return found[team], err
}

// bidders are a bid's own people: the lead of its team and the administrators of its unit.
func bidders(tx *models.Tx, b *models.Bid) ([]models.UserID, error) {
	list, err := leads(tx, b.Team)
	if err != nil {
		return nil, err
	}
	admins, err := tx.AdminsOf(b.Org, "admin")
	return append(list, admins...), err
}

// bidOf reads the bid an event tells of, with its challenge.
func bidOf(tx *models.Tx, e models.Event) (*models.Bid, *models.Challenge, error) {
	b, err := tx.Bid(models.BidID(e.Thing))
	if err != nil {
		return nil, nil, err
	}
	c, err := tx.Challenge(b.ChallengeID)
	return b, c, err
}

// tellOwner leaves a notice for those who post for the owner.
func tellOwner(tx *models.Tx, e models.Event, c *models.Challenge) error {
	list, err := owners(tx, c)
	if err != nil {
		return err
	}
	return tx.Notify(e, list, params(c, "owner"))
}

// tellOfficers leaves a notice for the officers of the challenge's region.
func tellOfficers(tx *models.Tx, e models.Event, c *models.Challenge) error {
	list, err := tx.OfficersOf(c.Region)
	if err != nil {
		return err
	}
	return tx.Notify(e, list, params(c, "officer"))
}

// tellBidders leaves a notice for the people of each of the bids.
func tellBidders(tx *models.Tx, e models.Event, c *models.Challenge, bids []models.Bid) error {
	for i := range bids {
		list, err := bidders(tx, &bids[i])
		if err != nil {
			return err
		}
		if err := tx.Notify(e, list, with(params(c, "bidder"), "bid", bids[i].ID)); err != nil {
			return err
		}
	}
	return nil
}
