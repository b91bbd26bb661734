package matches

import (
	"slices"

	"jiebang/api/question"
	"jiebang/matching/fit"
	"jiebang/models"
)

// ForTeamInput names a team.
type ForTeamInput struct {
	ID       models.TeamID `path:"id"`
	Eligible bool          `query:"eligible" doc:"Only challenges the team may bid for"`
	Limit    int           `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// ForTeam ranks the challenges that are open for bids for a team, on the same number that
// the team has in each challenge's own list.
func ForTeam(tx *models.Tx, in *ForTeamInput) (*MatchList, error) {
	t, err := tx.TeamFor(models.MatchForTeam, in.ID)
	if err != nil {
		return nil, err
	}
	open, err := tx.ChallengesIn(models.ChallengePublished)
	if err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(c models.Challenge) bool { return !tx.Now.Before(*c.Deadline) })
	// What the caller has muted is his own choice, which his colleagues on the team do not share.
	hidden, all, err := tx.MutedByMe(in.ID, open)
	if err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(c models.Challenge) bool { return all || hidden[c.ID] })
	list, err := question.Suggest(tx, t, open)
	if err != nil {
		return nil, err
	}
	if in.Eligible {
		list = slices.DeleteFunc(list, func(m fit.Match) bool { return !m.Eligible })
	}
	home, err := tx.Org(t.Org)
	if err != nil {
		return nil, err
	}
	out := &MatchList{Total: len(list), Items: []MatchPair{}}
	byID := map[string]*models.Challenge{}
	for i := range open {
		byID[string(open[i].ID)] = &open[i]
	}
	for _, m := range list[:min(len(list), in.Limit)] {
		c := byID[m.Challenge]
		out.Items = append(out.Items, pair(m, t, *home, c, c.AnonymousOwner))
	}
	return out, nil
}
