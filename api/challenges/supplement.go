package challenges

import (
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// ChallengeSupplement is a numbered addition to the text of a published challenge.
type ChallengeSupplement struct {
	No       int             `json:"no"`
	Kind     string          `json:"kind" enum:"answer,amendment,extension"`
	At       time.Time       `json:"at"`
	Question string          `json:"question"`
	Answer   string          `json:"answer"`
	Changes  []models.Change `json:"changes"`
	Reason   string          `json:"reason"`
	Before   *time.Time      `json:"deadline_before,omitempty"`
	After    *time.Time      `json:"deadline_after,omitempty"`
}

// SupplementList is a challenge's supplements in order.
type SupplementList struct {
	Items     []ChallengeSupplement `json:"items"`
	TextNo    int                   `json:"text_no" doc:"Number of the newest; bids refer to the text by it"`
	AmendedNo int                   `json:"amended_no" doc:"Number of the newest one that changed the text; bids sealed on an earlier text are to be confirmed or replaced"`
}

// hiddenChange stands for a change of the detail, which not everybody may read.
const hiddenChange = "…"

// Supplements lists what was added to a challenge since it was published.
func Supplements(tx *models.Tx, in *QuestionsInput) (*SupplementList, error) {
	c, err := tx.ChallengeFor(models.SupplementList, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.SupplementsOf(c.ID)
	if err != nil {
		return nil, err
	}
	inside, err := tx.Sees(models.AmendmentList, c)
	if err != nil {
		return nil, err
	}
	out := &SupplementList{TextNo: c.TextNo, AmendedNo: c.AmendedNo}
	for _, s := range rows {
		v := ChallengeSupplement{No: s.No, Kind: s.What, At: s.At, Question: s.Asked, Answer: s.Answer, Reason: s.Reason, Before: s.Before, After: s.After}
		for _, x := range s.Changes.V {
			if x.Path == "detail" && !inside && !(c.Confidential == "public" || c.Confidential == "summary" && tx.Actor.User != "") {
				x.Before, x.After = hiddenChange, hiddenChange
			}
			v.Changes = append(v.Changes, x)
		}
		out.Items = append(out.Items, v)
	}
	return out, nil
}

// ExtendInput moves the deadline.
type ExtendInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Deadline time.Time `json:"bid_deadline" doc:"After the present one"`
		Reason   string    `json:"reason" minLength:"4" maxLength:"1000" doc:"Public"`
	}
}

// longest is how far from now a deadline may be moved.
const longest = 366 * day

// Extend gives all bidders more time, before the deadline and with a public reason.
func Extend(tx *models.Tx, in *ExtendInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeExtend, in.ID)
	if err != nil {
		return nil, err
	}
	before, after := *c.Deadline, *utc(&in.Body.Deadline)
	var f problem.Fields
	f.Require(after.After(before), "bid_deadline", "challenge.extend_forward", "must be after the present deadline")
	f.Require(after.Sub(tx.Now) <= longest, "bid_deadline", "challenge.extend_far", "must be within a year from now")
	if err := f.Problem("challenge.cannot_extend", "The deadline cannot be moved like this."); err != nil {
		return nil, err
	}
	move(c, after)
	s := &models.Supplement{What: models.SupplementExtension, Reason: in.Body.Reason, Before: &before, After: &after}
	if err := tx.AddSupplement(c, s); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.ChallengeExtend, c, models.Note{Reason: in.Body.Reason,
		Data: map[string]any{"supplement": s.No, "from": before.Format(time.RFC3339), "to": after.Format(time.RFC3339)}}); err != nil {
		return nil, err
	}
	return view(tx, c)
}

// move shifts the deadline, and by as much the end of questions that has not passed and the
// opening.
func move(c *models.Challenge, to time.Time) {
	by := to.Sub(*c.Deadline)
	for _, t := range []**time.Time{&c.ClarifyUntil, &c.OpenAt} {
		if *t != nil {
			later := (*t).Add(by)
			*t = &later
		}
	}
	c.Deadline = &to
}
