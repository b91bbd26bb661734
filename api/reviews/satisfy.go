package reviews

import (
	"slices"
	"strings"
	"time"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// SatisfyInput is the owner's word on a bid.
type SatisfyInput struct {
	ID   models.ChallengeID `path:"id"`
	Bid  models.BidID       `path:"bid"`
	Body OwnerWord
}

// OwnerWord is how content the owner is with a bid, or that he will not have it.
type OwnerWord struct {
	Points float64 `json:"points" minimum:"0" maximum:"100"`
	Veto   bool    `json:"veto" required:"false"`
	Reason string  `json:"reason" required:"false" maxLength:"2000" doc:"Needed with a veto"`
}

// SatisfactionInput names a challenge.
type SatisfactionInput struct {
	ID models.ChallengeID `path:"id"`
}

// OwnerWords are the owner's words on the bids of a challenge. The version is the challenge's.
type OwnerWords struct {
	Version int64            `json:"version"`
	Asked   bool             `json:"asked" doc:"The ranking needs the owner's satisfaction with every bid"`
	Weight  float64          `json:"weight" doc:"Its share of the total, in per cent"`
	Items   []OwnerWordOnBid `json:"items" doc:"One per bid that passed the formal check"`
	Actions []models.Action  `json:"actions"`
}

// OwnerWordOnBid is the owner's word on one bid, or that he has not said it yet.
type OwnerWordOnBid struct {
	Bid     models.BidID `json:"bid"`
	BidCode string       `json:"bid_code"`
	Team    string       `json:"team"`
	Given   bool         `json:"given"`
	Points  float64      `json:"points"`
	Veto    bool         `json:"veto"`
	Choice  bool         `json:"choice" doc:"The owner's choice, where the owner selects"`
	Reason  string       `json:"reason"`
	At      *time.Time   `json:"at,omitempty"`
}

// ShowSatisfaction is what the owner has said about the bids.
func ShowSatisfaction(tx *models.Tx, in *SatisfactionInput) (*OwnerWords, error) {
	c, err := tx.ChallengeFor(models.SatisfactionShow, in.ID)
	if err != nil {
		return nil, err
	}
	return words(tx, c)
}

// Satisfy gives the owner's word on a bid that passed the formal check, new or again. It is
// asked for where the mode of selection gives it a weight.
func Satisfy(tx *models.Tx, in *SatisfyInput) (*OwnerWords, error) {
	c, err := tx.ChallengeFor(models.SatisfactionScore, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, true); err != nil {
		return nil, err
	}
	if !question.AsksOwner(c) {
		return nil, problem.New(problem.Conflict, "satisfaction.not_asked", "The owner's satisfaction has no weight in this challenge.")
	}
	b, err := tx.BidFor(models.BidShow, in.Bid)
	if err != nil {
		return nil, err
	}
	if b.ChallengeID != c.ID {
		return nil, problem.Missing()
	}
	if !judged(b) {
		return nil, problem.New(problem.Conflict, "satisfaction.not_passed", "The bid has not passed the formal check.")
	}
	var f problem.Fields
	f.Require(!in.Body.Veto || len([]rune(strings.TrimSpace(in.Body.Reason))) >= 10, "reason", "satisfaction.reason_needed",
		"must say why the bid is refused, in at least 10 characters")
	if err := f.Problem("satisfaction.invalid", "A veto needs a written reason."); err != nil {
		return nil, err
	}
	before, err := tx.SatisfactionOf(c.ID)
	if err != nil {
		return nil, err
	}
	choice := slices.ContainsFunc(before, func(s models.Satisfaction) bool { return s.Bid == b.ID && s.Choice })
	err = tx.SetSatisfaction(models.Satisfaction{Challenge: c.ID, Bid: b.ID, Points: in.Body.Points, Veto: in.Body.Veto, Choice: choice, Reason: in.Body.Reason})
	if err != nil {
		return nil, err
	}
	// The trail says that the owner has spoken, not what: experts may still be at work.
	if err := tx.Apply(models.SatisfactionScore, c, models.Note{Data: map[string]any{"bid": b.ID}}); err != nil {
		return nil, err
	}
	return words(tx, c)
}

func judged(b *models.Bid) bool {
	return !slices.Contains([]string{models.BidOpened, models.BidRejected}, b.State)
}

func words(tx *models.Tx, c *models.Challenge) (*OwnerWords, error) {
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	given, err := tx.SatisfactionOf(c.ID)
	if err != nil {
		return nil, err
	}
	teams := []models.TeamID{}
	for _, b := range bids {
		teams = append(teams, b.Team)
	}
	named, err := tx.TeamsByID(teams)
	if err != nil {
		return nil, err
	}
	v := &OwnerWords{Version: c.Version, Asked: question.AsksOwner(c), Weight: question.Weights(c).Owner}
	for _, b := range bids {
		if !judged(&b) {
			continue
		}
		one := OwnerWordOnBid{Bid: b.ID, BidCode: question.BidCode(&b), Team: named[b.Team].Name}
		for _, s := range given {
			if s.Bid == b.ID {
				at := s.At
				one.Given, one.Points, one.Veto, one.Choice, one.Reason, one.At = true, s.Points, s.Veto, s.Choice, s.Reason, &at
			}
		}
		v.Items = append(v.Items, one)
	}
	v.Actions, err = tx.Allowed(c)
	return v, err
}
