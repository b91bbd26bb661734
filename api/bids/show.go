package bids

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// Show is one bid as the caller may see it.
func Show(tx *models.Tx, in *BidInput) (*Bid, error) {
	b, err := tx.BidFor(models.BidShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, b)
}

// BidMineInput names a challenge and, for who has several, a team.
type BidMineInput struct {
	Challenge models.ChallengeID `path:"id"`
	Team      models.TeamID      `query:"team" maxLength:"40"`
}

// Mine finds the bid of the caller's team or unit on a challenge. Whoever has none is told
// the same, whether others have or not.
func Mine(tx *models.Tx, in *BidMineInput) (*Bid, error) {
	c, err := tx.ChallengeFor(models.BidMine, in.Challenge)
	if err != nil {
		return nil, err
	}
	list, err := tx.OurBidsOn(c.ID)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if in.Team == "" || list[i].Team == in.Team {
			return view(tx, &list[i])
		}
	}
	return nil, problem.Missing()
}
