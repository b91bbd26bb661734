package matches

import (
	"slices"

	"jiebang/api/question"
	"jiebang/matching/fit"
	"jiebang/models"
)

// SuggestInput names a challenge.
type SuggestInput struct {
	ID    models.ChallengeID `path:"id"`
	Limit int                `query:"limit" minimum:"1" maximum:"12" default:"12"`
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

// suggestionsPerTeam is to how many of the open challenges one team is suggested: twice as
// many as may ask it, since not every suggestion is followed by an invitation.
const suggestionsPerTeam = 2 * models.InvitationsPerTeam

// suggestedAtLeast is how many a challenge is suggested even where those who fit are few and
// were all suggested elsewhere: then whoever was suggested least.
const suggestedAtLeast = 3

// Suggest lists whom to invite. It is not the match list cut short: whoever may not bid, was
// asked already, or has its fill of invitations is left out, and of all challenges that are
// open no team is suggested to more than a few, so that the strongest are not the only ones
// seen. The match list itself hides nobody.
func Suggest(tx *models.Tx, in *SuggestInput) (*InviteeList, error) {
	c, err := tx.ChallengeFor(models.InvitationSuggest, in.ID)
	if err != nil {
		return nil, err
	}
	sent, err := tx.InvitationsOf(c.ID)
	if err != nil {
		return nil, err
	}
	teams, err := tx.Teams()
	if err != nil {
		return nil, err
	}
	lines, err := spread(tx, c, teams)
	if err != nil {
		return nil, err
	}
	shown := make([]models.Team, 0, in.Limit)
	for _, l := range lines[:min(len(lines), in.Limit)] {
		shown = append(shown, teams[slices.IndexFunc(teams, func(t models.Team) bool { return string(t.ID) == l.Team })])
	}
	out := &InviteeList{Left: max(0, models.InvitationsPerChallenge-len(sent))}
	out.Items, err = invitees(tx, c, shown)
	return out, err
}

// spread is whom to suggest to a challenge when all that are open are suggested to at once.
func spread(tx *models.Tx, c *models.Challenge, teams []models.Team) ([]fit.Line, error) {
	open, err := tx.ChallengesIn(models.ChallengePublished)
	if err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(o models.Challenge) bool { return o.ID != c.ID && !tx.Now.Before(*o.Deadline) })
	lists, err := question.Lines(tx, open, teams)
	if err != nil {
		return nil, err
	}
	asked, err := tx.InvitedNow()
	if err != nil {
		return nil, err
	}
	waiting, err := tx.InvitationsOpen()
	if err != nil {
		return nil, err
	}
	at := 0
	for i := range lists {
		if open[i].ID == c.ID {
			at = i
		}
		lists[i] = slices.DeleteFunc(lists[i], func(l fit.Line) bool {
			id := models.TeamID(l.Team)
			return fit.Band(l.Score) == "weak" || asked[open[i].ID][id] || waiting[id] >= models.InvitationsPerTeam
		})
	}
	spread := fit.Spread(lists, models.InvitationsPerChallenge, suggestionsPerTeam, 0)
	return filled(spread, lists[at], at), nil
}

// filled is a challenge's share of the spread, with the least suggested of its list where
// that is too short.
func filled(spread [][]fit.Line, list []fit.Line, at int) []fit.Line {
	mine, times := spread[at], map[string]int{}
	if len(mine) >= suggestedAtLeast {
		return mine
	}
	for _, lines := range spread {
		for _, l := range lines {
			times[l.Team]++
		}
	}
	rest := slices.DeleteFunc(slices.Clone(list), func(l fit.Line) bool {
		return !l.Eligible || slices.ContainsFunc(mine, func(m fit.Line) bool { return m.Team == l.Team })
	})
	slices.SortStableFunc(rest, func(a, b fit.Line) int { return times[a.Team] - times[b.Team] })
	return append(mine, rest[:min(len(rest), suggestedAtLeast-len(mine))]...)
}

// invitees explains the teams that are shown, in the order of the list.
func invitees(tx *models.Tx, c *models.Challenge, shown []models.Team) ([]Invitee, error) {
	list, err := question.Rank(tx, c, shown)
	if err != nil {
		return nil, err
	}
	byID, orgs := map[string]*models.Team{}, []models.OrgID{}
	for i := range shown {
		byID[string(shown[i].ID)] = &shown[i]
		orgs = append(orgs, shown[i].Org)
	}
	homes, err := tx.OrgsByID(orgs)
	if err != nil {
		return nil, err
	}
	out := make([]Invitee, len(list))
	for i, m := range list {
		t := byID[m.Team]
		home := homes[t.Org]
		out[i] = Invitee{MatchTeam{t.ID, t.Code, t.Name, t.Org, home.Name, home.City}, m.Score, MatchLine{fit.Band(m.Score), question.Strongest(m.Sum, 3)}}
	}
	return out, nil
}
