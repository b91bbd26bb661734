package matches

import (
	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/models"
)

// CompareInput names two teams in the list of a challenge.
type CompareInput struct {
	ID models.ChallengeID `path:"id"`
	A  models.TeamID      `query:"a" required:"true" minLength:"1" maxLength:"40" doc:"A team"`
	B  models.TeamID      `query:"b" required:"true" minLength:"1" maxLength:"40" doc:"Another"`
}

// MatchComparison says why one team stands before another in the list of a challenge: the
// difference of their scores, part by part.
type MatchComparison struct {
	A          MatchSide   `json:"a"`
	B          MatchSide   `json:"b"`
	Difference explain.Sum `json:"difference" doc:"Adds up to the score of a less that of b"`
}

// MatchSide is one of the two.
type MatchSide struct {
	Team     MatchTeam   `json:"team"`
	Score    float64     `json:"score" minimum:"0" maximum:"100"`
	Band     string      `json:"band" enum:"strong,good,fair,weak"`
	Eligible bool        `json:"eligible"`
	Gates    []MatchGate `json:"gates"`
}

// Compare asks the same engine as the list does. Gates stand beside the difference and never
// in it.
func Compare(tx *models.Tx, in *CompareInput) (*MatchComparison, error) {
	c, err := tx.ChallengeFor(models.MatchCompare, in.ID)
	if err != nil {
		return nil, err
	}
	found, err := tx.TeamsByID([]models.TeamID{in.A, in.B})
	if err != nil {
		return nil, err
	}
	a, haveA := found[in.A]
	b, haveB := found[in.B]
	var f problem.Fields
	f.Require(haveA && a.State == models.TeamActive, "query.a", "match.unknown_team", "is no team of the match list")
	f.Require(haveB && b.State == models.TeamActive, "query.b", "match.unknown_team", "is no team of the match list")
	f.Require(in.A != in.B, "query.b", "match.same_team", "must be another team than a")
	if err := f.Problem("match.cannot_compare", "Name two teams of the list by their ids."); err != nil {
		return nil, err
	}
	list, err := question.Rank(tx, c, []models.Team{a, b})
	if err != nil {
		return nil, err
	}
	homes, err := tx.OrgsByID([]models.OrgID{a.Org, b.Org})
	if err != nil {
		return nil, err
	}
	left, right := list[0], list[1]
	if left.Team != string(in.A) {
		left, right = right, left
	}
	return &MatchComparison{A: side(left, &a, homes[a.Org]), B: side(right, &b, homes[b.Org]), Difference: fit.Compare(left, right)}, nil
}

func side(m fit.Match, t *models.Team, home models.Org) MatchSide {
	s := MatchSide{Team: MatchTeam{t.ID, t.Code, t.Name, t.Org, home.Name, home.City}, Score: m.Score, Band: fit.Band(m.Score), Eligible: m.Eligible}
	for _, g := range m.Gates {
		s.Gates = append(s.Gates, MatchGate(g))
	}
	return s
}

// fits is one team's match with a challenge, where nothing bars it; else the problem that
// names every gate in the way.
func fits(tx *models.Tx, c *models.Challenge, t *models.Team) (fit.Match, error) {
	list, err := question.Rank(tx, c, []models.Team{*t})
	if err != nil {
		return fit.Match{}, err
	}
	var f problem.Fields
	for _, g := range list[0].Gates {
		if g.Hard {
			f.Add("team", "gate."+g.Code, "%s", g.ReasonEn)
		}
	}
	return list[0], f.Problem("invitation.barred", "This team may not bid on the challenge, so it cannot be invited.")
}
