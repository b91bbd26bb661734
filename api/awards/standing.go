package awards

import (
	"slices"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/rank"
	"jiebang/models"
)

// candidate is a ranked bid with its place.
type candidate struct {
	bid   models.Bid
	place rank.Place
}

// order is the newest ranking, bid by bid.
type order struct {
	row  *models.Ranking
	list []candidate
}

func (o order) find(id models.BidID) int {
	return slices.IndexFunc(o.list, func(c candidate) bool { return c.bid.ID == id })
}

// standing reads the newest ranking of a challenge and refuses one that no longer answers
// what would be asked now: awards rest on nothing that has changed.
func standing(tx *models.Tx, c *models.Challenge) (order, error) {
	row, err := tx.LatestRanking(c.ID)
	if err != nil {
		return order{}, err
	}
	if row == nil {
		return order{}, problem.New(problem.Conflict, "award.no_ranking", "Rank the bids first.")
	}
	fresh, err := question.Fresh(tx, c, row)
	if err != nil {
		return order{}, err
	}
	if !fresh {
		return order{}, problem.New(problem.Conflict, "award.ranking_outdated", "Scores or the owner's word have changed since the ranking; rank the bids again.")
	}
	return ranked(tx, c, row)
}

// ranked joins a kept ranking to the bids as they are now.
func ranked(tx *models.Tx, c *models.Challenge, row *models.Ranking) (order, error) {
	out, err := question.Kept(row)
	if err != nil {
		return order{}, err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return order{}, err
	}
	byCode := map[string]models.Bid{}
	for _, b := range bids {
		byCode[question.BidCode(&b)] = b
	}
	o := order{row: row}
	for _, p := range out.Places {
		if b, ok := byCode[p.Bid]; ok {
			o.list = append(o.list, candidate{b, p})
		}
	}
	return o, nil
}
