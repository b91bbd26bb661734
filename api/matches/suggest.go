package matches

import (
	"cmp"
	"slices"

	"jiebang/api/question"
	"jiebang/matching/fit"
	"jiebang/models"
)

// SuggestInput names a challenge.
type SuggestInput struct {
	ID    models.ChallengeID `path:"id"`
	Limit int                `query:"limit" minimum:"1" maximum:"50" default:"12"`
}

// InviteeList is whom one might ask, and how many can still be asked.
type InviteeList struct {
	Items []Invitee `json:"items"`
	Left  int       `json:"left"`
}

// Invitee is a team that might be asked, with the reason line it would be asked with.
type Invitee struct {
	Team  MatchTeam `json:"team"`
	Score float64   `json:"score" minimum:"0" maximum:"100"`
	Why   MatchLine `json:"why"`
}

// Suggest lists whom to invite. It is not the match list cut short: whoever may not bid, was
// asked already, or has its fill of invitations is left out, and of two teams in one band the
// one that was asked less often stands first, so that the strongest are not the only ones
// seen.
func Suggest(tx *models.Tx, in *SuggestInput) (*InviteeList, error) {
	c, err := tx.ChallengeFor(models.InvitationSuggest, in.ID)
	if err != nil {
		return nil, err
	}
	sent, err := tx.InvitationsOf(c.ID)
	if err != nil {
		return nil, err
	}
	asked := map[models.TeamID]bool{}
	for _, i := range sent {
		asked[i.Team] = true
	}
	open, err := tx.InvitationsOpen()
	if err != nil {
		return nil, err
	}
	often, err := tx.InvitationsSent()
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
	list = slices.DeleteFunc(list, func(m fit.Match) bool {
		id := models.TeamID(m.Team)
		return !m.Eligible || question.Band(m.Score) == "weak" || asked[id] || open[id] >= models.InvitationsPerTeam
	})
	slices.SortStableFunc(list, func(a, b fit.Match) int {
		if d := slices.Index(question.Bands, question.Band(b.Score)) - slices.Index(question.Bands, question.Band(a.Score)); d != 0 {
			return d
		}
		return cmp.Compare(often[models.TeamID(a.Team)], often[models.TeamID(b.Team)])
	})
	list = list[:min(len(list), in.Limit)]
	out := &InviteeList{Left: max(0, models.InvitationsPerChallenge-len(sent))}
	byID, orgs := map[models.TeamID]*models.Team{}, []models.OrgID{}
	for i := range teams {
		byID[teams[i].ID] = &teams[i]
	}
	for _, m := range list {
		orgs = append(orgs, byID[models.TeamID(m.Team)].Org)
	}
	homes, err := tx.OrgsByID(orgs)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		t := byID[models.TeamID(m.Team)]
		home := homes[t.Org]
		out.Items = append(out.Items, Invitee{MatchTeam{t.ID, t.Code, t.Name, t.Org, home.Name, home.City}, m.Score,
			MatchLine{question.Band(m.Score), question.Strongest(m.Sum, 3)}})
	}
	return out, nil
}
