package awards

import (
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// FailInput says why the challenge ends without an award.
type FailInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"2000" doc:"Public"`
	}
}

// FailedChallenge is a challenge that ended without an award.
type FailedChallenge struct {
	Challenge models.ChallengeID `json:"challenge"`
	State     string             `json:"state"`
	Version   int64              `json:"version"`
	Reason    string             `json:"reason"`
	Actions   []models.Action    `json:"actions"`
}

// Fail ends a challenge of which no bid passed: none the formal check, or none the review,
// or none that may still be awarded. While one might, it is refused.
func Fail(tx *models.Tx, in *FailInput) (*FailedChallenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeFail, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	if err := hopeless(tx, c, bids); err != nil {
		return nil, err
	}
	c.Reason = in.Body.Reason
	if err := tx.Apply(models.ChallengeFail, c, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	for i := range bids {
		if err := end(tx, &bids[i], ""); err != nil {
			return nil, err
		}
	}
	v := &FailedChallenge{Challenge: c.ID, State: c.State, Version: c.Version, Reason: c.Reason}
	v.Actions, err = tx.Allowed(c)
	return v, err
}

func hopeless(tx *models.Tx, c *models.Challenge, bids []models.Bid) error {
	waiting, scored := []string{}, false
	for _, b := range bids {
		switch b.State {
		case models.BidRejected:
		case models.BidScored:
			scored = true
		default:
			waiting = append(waiting, question.BidCode(&b))
		}
	}
	if len(waiting) > 0 {
		return problem.New(problem.Conflict, "challenge.bids_waiting", "These bids are not decided yet: %s.", strings.Join(waiting, ", "))
	}
	if !scored {
		return nil
	}
	o, err := standing(tx, c)
	if err != nil {
		return err
	}
	line, _, err := eligible(tx, c, o, nil)
	if err != nil {
		return err
	}
	if len(line) > 0 {
		return problem.New(problem.Conflict, "challenge.bid_passed", "Bid %s passed and may be awarded.", question.BidCode(&line[0].bid))
	}
	return nil
}
