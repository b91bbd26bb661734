package awards

import (
	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/rank"
	"jiebang/models"
)

// ChooseInput names the bid the owner wants.
type ChooseInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Bid    models.BidID `json:"bid" minLength:"1" maxLength:"40"`
		Reason string       `json:"reason" minLength:"4" maxLength:"2000" doc:"What spoke for it in the negotiation"`
	}
}

// AwardChoice is the bid the owner has picked.
type AwardChoice struct {
	Challenge models.ChallengeID `json:"challenge"`
	Version   int64              `json:"version"`
	Bid       models.BidID       `json:"bid"`
	BidCode   string             `json:"bid_code"`
	Reason    string             `json:"reason"`
	Actions   []models.Action    `json:"actions"`
}

// Choose picks a bid that passed, where the owner negotiates and selects; a second choice
// replaces the first.
func Choose(tx *models.Tx, in *ChooseInput) (*AwardChoice, error) {
	c, err := tx.ChallengeFor(models.AwardChoose, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, true); err != nil {
		return nil, err
	}
	if c.Selection != rank.OwnerNegotiated {
		return nil, problem.New(problem.Conflict, "award.not_owners", "In this challenge the panel selects, not the owner.")
	}
	order, err := standing(tx, c)
	if err != nil {
		return nil, err
	}
	at := order.find(in.Body.Bid)
	var f problem.Fields
	f.Require(at >= 0 && order.list[at].place.Passed, "bid", "award.not_passed", "must be a bid of this challenge that passed the review")
	if err := f.Problem("award.invalid_choice", "This bid cannot be chosen."); err != nil {
		return nil, err
	}
	said, err := tx.SatisfactionOf(c.ID)
	if err != nil {
		return nil, err
	}
	chosen := models.Satisfaction{Challenge: c.ID, Bid: in.Body.Bid}
	for _, s := range said {
		switch {
		case s.Bid == in.Body.Bid:
			chosen = s
		case s.Choice:
			s.Choice = false
			if err := tx.SetSatisfaction(s); err != nil {
				return nil, err
			}
		}
	}
	chosen.Choice, chosen.Reason = true, in.Body.Reason
	if err := tx.SetSatisfaction(chosen); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AwardChoose, c, models.Note{Reason: in.Body.Reason, Data: map[string]any{"bid": in.Body.Bid}}); err != nil {
		return nil, err
	}
	v := &AwardChoice{Challenge: c.ID, Version: c.Version, Bid: in.Body.Bid, BidCode: question.BidCode(&order.list[at].bid), Reason: in.Body.Reason}
	v.Actions, err = tx.Allowed(c)
	return v, err
}
