package matches

import (
	"slices"

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
	Items []MatchPair `json:"items"`
	Total int         `json:"total" doc:"How many were compared and fit the question"`
}

// ForChallenge ranks every team for a challenge.
func ForChallenge(tx *models.Tx, in *ForChallengeInput) (*MatchList, error) {
	c, err := tx.ChallengeFor(models.MatchForChallenge, in.ID)
	if err != nil {
		return nil, err
	}
	teams, err := tx.Teams()
	if err != nil {
		return nil, err
	}
	list, err := question.Rank(tx, c, teams)
	if err != nil {
		return nil, err
	}
	if in.Eligible {
		list = slices.DeleteFunc(list, func(m fit.Match) bool { return !m.Eligible })
	}
	out := &MatchList{Total: len(list)}
	list = list[:min(len(list), in.Limit)]
	byID, orgs := map[string]*models.Team{}, []models.OrgID{}
	for i := range teams {
		byID[string(teams[i].ID)] = &teams[i]
	}
	for _, m := range list {
		orgs = append(orgs, byID[m.Team].Org)
	}
	homes, err := tx.OrgsByID(orgs)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		t := byID[m.Team]
		out.Items = append(out.Items, pair(m, t, homes[t.Org], c, false))
	}
	return out, nil
}
