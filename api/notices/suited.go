package notices

import (
	"cmp"
	"math"
	"slices"

	"jiebang/api/question"
	"jiebang/matching/explain"
	"jiebang/models"
)

// suits is the score from which a team is told of a new challenge.
const suits = 60

// Suited tells the leads of the teams a new challenge suits, with the two parts of the
// score that weigh most.
func Suited(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil || c.State != models.ChallengePublished {
		return err
	}
	teams, err := tx.Teams()
	if err != nil {
		return err
	}
	list, err := question.Rank(tx, c, teams)
	if err != nil {
		return err
	}
	for _, m := range list {
		if !m.Eligible || m.Score < suits {
			continue
		}
		users, err := leads(tx, models.TeamID(m.Team))
		if err != nil {
			return err
		}
		p := with(with(params(c, "team"), "team", m.Team), "score", math.Round(m.Score))
		if err := tx.Notify(e, users, with(p, "reasons", strongest(m.Sum))); err != nil {
			return err
		}
	}
	return nil
}

// strongest names the two parts that add most.
func strongest(s explain.Sum) []string {
	parts := slices.Clone(s.Parts)
	slices.SortStableFunc(parts, func(a, b explain.Sum) int { return cmp.Compare(b.Value, a.Value) })
	names := []string{}
	for _, p := range parts[:min(2, len(parts))] {
		names = append(names, p.Name)
	}
	return names
}
