package reviews

import (
	"time"

	"jiebang/api/question"
	"jiebang/models"
)

// ListInput names a challenge.
type ListInput struct {
	ID models.ChallengeID `path:"id"`
}

// ReviewSheets are the sheets of a challenge, by bid and expert.
type ReviewSheets struct {
	Items []ReviewSheet `json:"items"`
}

// ReviewSheet is one expert's sheet for one bid. Alias is his name in the ranking.
type ReviewSheet struct {
	Assignment  models.AssignmentID  `json:"assignment"`
	Bid         models.BidID         `json:"bid"`
	BidCode     string               `json:"bid_code"`
	Team        string               `json:"team"`
	Expert      string               `json:"expert"`
	Alias       string               `json:"alias"`
	Kind        string               `json:"kind"`
	Scores      []models.Score       `json:"scores"`
	Knockouts   []models.IndicatorID `json:"knockouts"`
	Confidence  int                  `json:"confidence"`
	Recommend   bool                 `json:"recommend"`
	Comment     string               `json:"comment"`
	Total       float64              `json:"total"`
	SubmittedAt *time.Time           `json:"submitted_at,omitempty"`
}

// List is every sheet of a challenge. It opens when the last one is in: the table's guard.
func List(tx *models.Tx, in *ListInput) (*ReviewSheets, error) {
	c, err := tx.ChallengeFor(models.ReviewList, in.ID)
	if err != nil {
		return nil, err
	}
	reviews, err := tx.ReviewsOf(c.ID)
	if err != nil {
		return nil, err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	teams, experts := []models.TeamID{}, []models.ExpertID{}
	byID := map[models.BidID]models.Bid{}
	for _, b := range bids {
		teams, byID[b.ID] = append(teams, b.Team), b
	}
	for _, r := range reviews {
		experts = append(experts, r.Expert)
	}
	named, err := tx.TeamsByID(teams)
	if err != nil {
		return nil, err
	}
	people, err := tx.ExpertsByID(experts)
	if err != nil {
		return nil, err
	}
	alias := question.Aliases(c, reviews)
	v := &ReviewSheets{}
	for _, r := range reviews {
		b := byID[r.Bid]
		v.Items = append(v.Items, ReviewSheet{Assignment: r.Assignment, Bid: r.Bid, BidCode: question.BidCode(&b), Team: named[b.Team].Name,
			Expert: people[r.Expert].Name, Alias: alias[r.Expert], Kind: people[r.Expert].Kind, Scores: r.Scores.V, Knockouts: r.Knockouts.V,
			Confidence: r.Confidence, Recommend: r.Recommend, Comment: r.Comment, Total: r.Total, SubmittedAt: r.SubmittedAt})
	}
	return v, nil
}
