package question

import (
	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/models"
)

// Rank is the list of a challenge: the given teams with their scores and reasons. A match
// names team and challenge by their ids.
func Rank(tx *models.Tx, c *models.Challenge, teams []models.Team) ([]fit.Match, error) {
	cat, err := Catalogue(tx)
	if err != nil {
		return nil, err
	}
	asked, err := Challenge(tx, c)
	if err != nil {
		return nil, err
	}
	list, err := Teams(tx, c.Region, teams)
	if err != nil {
		return nil, err
	}
	return fit.Rank(asked, list, cat), nil
}

// Suggest is the list of a team: the given challenges with the same number that the team has
// in each challenge's own list.
func Suggest(tx *models.Tx, team *models.Team, list []models.Challenge) ([]fit.Match, error) {
	cat, err := Catalogue(tx)
	if err != nil {
		return nil, err
	}
	asked, err := challenges(tx, list)
	if err != nil {
		return nil, err
	}
	mine, err := Teams(tx, "", []models.Team{*team})
	if err != nil {
		return nil, err
	}
	home, err := tx.Org(team.Org)
	if err != nil {
		return nil, err
	}
	// One team meets challenges of several provinces: the condition is settled here for each,
	// since the engine knows only one province.
	for i, c := range list {
		asked[i].InProvinceOnly = asked[i].InProvinceOnly && !models.SameProvince(home.Region, c.Region)
	}
	return fit.Suggest(mine[0], asked, cat), nil
}

// Gate names every hard condition a bid of the team on the challenge would fail now, and the
// marks for people to look at. Partners are as a bid names them; those that are registered
// bring the capabilities of their teams.
func Gate(tx *models.Tx, c *models.Challenge, team *models.Team, partners ...models.Partner) ([]gate.Reason, error) {
	asked, err := Challenge(tx, c)
	if err != nil {
		return nil, err
	}
	f, err := gather(tx, []models.Team{*team})
	if err != nil {
		return nil, err
	}
	t := f.team(team, c.Region)
	q := gate.Question{At: tx.Now, Owner: asked.Owner, Type: asked.Type, InProvinceOnly: asked.InProvinceOnly,
		EnterpriseOnly: asked.EnterpriseOnly, Needs: asked.Needs, Team: t.Code, Home: t.Home, Levels: map[string]int{},
		Ongoing: t.Ongoing, Max: t.Max, Records: f.records}
	for _, u := range f.users[team.ID] {
		q.People = append(q.People, string(u))
	}
	for _, l := range t.Capabilities {
		q.Levels[l.Tag] = l.Level
	}
	if q.Links, err = links(tx); err != nil {
		return nil, err
	}
	if err := join(tx, &q, c, team, partners); err != nil {
		return nil, err
	}
	return gate.Bid(q), nil
}

// join adds the partners of a bid at their own places, so that a reason's field is the bid's.
// The lead's own unit, which a bid may name among them, is no partner: its place stays empty.
func join(tx *models.Tx, q *gate.Question, c *models.Challenge, team *models.Team, partners []models.Partner) error {
	ids := []models.OrgID{}
	for _, p := range partners {
		if p.Org != "" && p.Org != team.Org {
			ids = append(ids, p.Org)
		}
	}
	orgs, err := tx.OrgsByID(ids)
	if err != nil {
		return err
	}
	for _, p := range partners {
		known, registered := orgs[p.Org]
		switch {
		case p.Org == team.Org:
			q.Partners = append(q.Partners, gate.Org{})
		case registered:
			q.Partners = append(q.Partners, org(known, c.Region))
		default:
			q.Partners = append(q.Partners, gate.Org{Name: p.Name})
		}
	}
	teams, err := tx.TeamsOf(ids...)
	for _, t := range teams {
		levels := map[string]int{}
		for _, l := range t.Capabilities.V {
			levels[l.Tag] = l.Level
		}
		q.PartnerLevels = append(q.PartnerLevels, levels)
	}
	return err
}
