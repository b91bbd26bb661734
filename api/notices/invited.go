package notices

import "jiebang/models"

// Invited tells the lead of a team that it is asked to bid, and why this team: unless he has
// muted what it is about. Whoever sent it is not told of that; the invitation is there all
// the same.
func Invited(tx *models.Tx, e models.Event) error {
	i, c, t, err := invitation(tx, e)
	if err != nil {
		return err
	}
	list, err := leads(tx, i.Team)
	if err != nil {
		return err
	}
	topics, err := tx.TopicsOf(*c)
	if err != nil {
		return err
	}
	muted, err := tx.MutedBy(append(topics[c.ID], models.Topic{By: models.ByTeam, Value: string(t.ID)}))
	if err != nil {
		return err
	}
	for _, u := range list {
		if muted[u] {
			continue
		}
		why := []noticeWhy{{By: models.ByTeam, Value: string(t.ID), Name: t.Name, NameEn: t.Name, Band: i.Band, Reasons: i.Parts.V}}
		p := with(with(params(c, "team"), "team", t.ID), "team_name", t.Name)
		if err := tx.Notify(e, []models.UserID{u}, with(with(with(p, "by", i.As), "band", i.Band), "why", why)); err != nil {
			return err
		}
	}
	return nil
}

// invitation reads what an event tells of, with its two sides.
func invitation(tx *models.Tx, e models.Event) (*models.Invitation, *models.Challenge, *models.Team, error) {
	i, err := tx.Invitation(models.InvitationID(e.Thing))
	if err != nil {
		return nil, nil, nil, err
	}
	c, err := tx.Challenge(i.ChallengeID)
	if err != nil {
		return nil, nil, nil, err
	}
	t, err := tx.Team(i.Team)
	return i, c, t, err
}
