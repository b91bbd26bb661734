package matches

import (
	"jiebang/api/question"
	"jiebang/matching/fit"
	"jiebang/models"
)

// ForChallengeInput names a challenge.
type ForChallengeInput struct {
	ID       models.ChallengeID `path:"id"`
	Eligible bool               `query:"eligible" doc:"Only teams that may bid"`
	Limit    int                `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// MatchList is a list of suggested pairs.
type MatchList struct {
	Items    []MatchPair `json:"items"`
	Total    int         `json:"total" doc:"How many there are"`
	Compared int         `json:"compared" doc:"How many were scored in full; the others came behind these in a first, coarser comparison"`
	Cut      bool        `json:"cut" doc:"There are more than are shown"`
}

// ForChallenge ranks every team for a challenge and shows the first.
func ForChallenge(tx *models.Tx, in *ForChallengeInput) (*MatchList, error) {
	c, err := tx.ChallengeFor(models.MatchForChallenge, in.ID)
	if err != nil {
		return nil, err
	}
	best, err := question.BestFor(tx, c, in.Limit, in.Eligible)
	if err != nil {
		return nil, err
	}
	out := &MatchList{Total: best.Total, Compared: best.Compared, Cut: best.Cut}
	teams, homes, err := shown(tx, best.Matches)
	if err != nil {
		return nil, err
	}
	for _, m := range best.Matches {
		t := teams[models.TeamID(m.Team)]
		out.Items = append(out.Items, pair(m, &t, homes[t.Org], c, false))
	}
	return out, nil
}

// shown reads the teams of some matches, and their units.
func shown(tx *models.Tx, list []fit.Match) (map[models.TeamID]models.Team, map[models.OrgID]models.Org, error) {
	ids := make([]models.TeamID, len(list))
	for i, m := range list {
		ids[i] = models.TeamID(m.Team)
	}
	teams, err := tx.TeamsByID(ids)
	if err != nil {
		return nil, nil, err
	}
	orgs := make([]models.OrgID, 0, len(teams))
	for _, id := range ids {
		orgs = append(orgs, teams[id].Org)
	}
	homes, err := tx.OrgsByID(orgs)
	return teams, homes, err
}
