package matches

import (
	"time"

	"jiebang/api/question"
	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/models"
)

// MatchPair is a suggested pair of team and challenge with its reasons.
type MatchPair struct {
	Place     int            `json:"place" doc:"In the list: the eligible first; equal scores share a place"`
	FitPlace  int            `json:"fit_place" doc:"By score alone, whatever the gates say"`
	Score     float64        `json:"score" minimum:"0" maximum:"100"`
	Band      string         `json:"band" enum:"strong,good,fair,weak" doc:"From 85, 70, 50 and below"`
	Eligible  bool           `json:"eligible" doc:"No gate is hard"`
	Team      MatchTeam      `json:"team"`
	Challenge MatchChallenge `json:"challenge"`
	Gates     []MatchGate    `json:"gates"`
	Sum       explain.Sum    `json:"sum" doc:"The score and the parts that add up to it"`
	Words     explain.Sum    `json:"words" doc:"The part of the text once more, by the words that made it"`
	Missing   []MatchGap     `json:"missing" doc:"Capabilities asked for and not there, must first"`
	Raise     []MatchStep    `json:"raise" doc:"What would raise the score most"`
	Version   string         `json:"formula" doc:"Version of the weights"`
	Models    string         `json:"models" doc:"Version of what was learned from the pool"`
}

// MatchTeam names a team.
type MatchTeam struct {
	ID      models.TeamID `json:"id"`
	Code    string        `json:"code"`
	Name    string        `json:"name"`
	Org     models.OrgID  `json:"org_id"`
	OrgName string        `json:"org_name"`
	City    string        `json:"city"`
}

// MatchChallenge names a challenge.
type MatchChallenge struct {
	ID        models.ChallengeID `json:"id"`
	Code      string             `json:"code"`
	Title     string             `json:"title"`
	State     string             `json:"state"`
	BountyFen models.Fen         `json:"bounty_fen"`
	Deadline  *time.Time         `json:"bid_deadline,omitempty"`
}

// MatchGate is a condition that is not met (hard), or a mark for people to look at.
type MatchGate struct {
	Code     string         `json:"code"`
	Field    string         `json:"field"`
	Hard     bool           `json:"hard"`
	Reason   string         `json:"reason"`
	ReasonEn string         `json:"reason_en"`
	Args     map[string]any `json:"args"`
}

// MatchGap is a capability asked for that the team lacks.
type MatchGap struct {
	Tag      string `json:"tag"`
	Name     string `json:"name"`
	Must     bool   `json:"must"`
	MinLevel int    `json:"min_level"`
	Level    int    `json:"level"`
}

// MatchStep is a change the team can make and what the score would be after it.
type MatchStep struct {
	Action string  `json:"action" enum:"verify_capability,raise_capability,verify_evidence,raise_trl,add_domain"`
	Tag    string  `json:"tag"`
	Title  string  `json:"title"`
	From   int     `json:"from"`
	To     int     `json:"to"`
	Gain   float64 `json:"gain"`
	Score  float64 `json:"score"`

	PlaceFrom int `json:"place_from,omitempty" doc:"Place now and after it, all others as they are; only for who sees the list"`
	PlaceTo   int `json:"place_to,omitempty"`
}

// pair shows a match. hidden keeps the name of an anonymous owner out of the reasons.
func pair(m fit.Match, t *models.Team, home models.Org, c *models.Challenge, hidden bool) MatchPair {
	p := MatchPair{Place: m.Place, FitPlace: m.FitPlace, Score: m.Score, Band: fit.Band(m.Score), Eligible: m.Eligible,
		Team:      MatchTeam{t.ID, t.Code, t.Name, t.Org, home.Name, home.City},
		Challenge: MatchChallenge{c.ID, c.Code, c.Title, c.State, c.BountyFen, c.Deadline}, Sum: m.Sum, Words: m.Words, Version: m.Version, Models: m.Models}
	for _, g := range m.Gates {
		if hidden {
			g = question.Veil(g)
		}
		p.Gates = append(p.Gates, MatchGate(g))
	}
	for _, g := range m.Missing {
		p.Missing = append(p.Missing, MatchGap{g.Tag, g.Name, g.Must, g.Min, g.Level})
	}
	for _, s := range m.Raise {
		p.Raise = append(p.Raise, MatchStep{s.Action, s.Tag, s.Title, s.From, s.To, s.Gain, s.Score, s.PlaceFrom, s.PlaceTo})
	}
	return p
}
