package reviews

import (
	"fmt"
	"slices"
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// SubmitInput names an assignment; what is submitted is the draft that was saved.
type SubmitInput struct {
	ID models.AssignmentID `path:"id"`
}

// Submit hands a complete sheet in, for good. The last sheet of a bid makes it scored.
func Submit(tx *models.Tx, in *SubmitInput) (*ReviewForm, error) {
	a, err := tx.AssignmentFor(models.ReviewSubmit, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Untied(tx, a); err != nil {
		return nil, err
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, err
	}
	r, err := tx.ReviewOf(a.ID)
	if err != nil {
		return nil, err
	}
	if r == nil {
		r = &models.Review{}
	}
	if err := complete(c, r); err != nil {
		return nil, err
	}
	r.State, r.SubmittedAt = models.ReviewSubmitted, &tx.Now
	if err := tx.SaveReview(a, r); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.ReviewSubmit, a, models.Note{}); err != nil {
		return nil, err
	}
	if err := score(tx, a); err != nil {
		return nil, err
	}
	return form(tx, a)
}

// complete asks for everything a sheet must have, in one answer.
func complete(c *models.Challenge, r *models.Review) error {
	var f problem.Fields
	r.Total = 0
	for i, k := range c.Criteria.V {
		path := fmt.Sprintf("criteria[%d]", i)
		at := slices.IndexFunc(r.Scores.V, func(s models.Score) bool { return s.Criterion == k.Code })
		if at < 0 {
			f.Add(path+".points", "review.unscored", "needs points: %s", k.Code)
			continue
		}
		s := r.Scores.V[at]
		r.Total += s.Points
		f.Require(s.Points >= 0 && s.Points <= float64(k.Weight), path+".points", "review.over_weight", "must be at most %d, the criterion's weight", k.Weight)
		f.Require(!extreme(s.Points, k.Weight) || said(s.Comment), path+".comment", "review.comment_needed",
			"must say why: %g of %d is at an extreme (at most 20 %% or at least 95 %%)", s.Points, k.Weight)
	}
	f.Require(r.Confidence >= 1 && r.Confidence <= models.ConfidenceLevels, "confidence", "review.confidence_needed", "must be 1 (low) to 3 (high)")
	f.Require(len(r.Knockouts.V) == 0 || said(r.Comment), "comment", "review.comment_needed", "must say why a knockout indicator will not be met")
	return f.Problem("review.incomplete", "The sheet is not complete yet.")
}

func said(s string) bool { return len([]rune(strings.TrimSpace(s))) >= 4 }

// score makes the bid scored when this was the last sheet it waited for.
func score(tx *models.Tx, a *models.Assignment) error {
	given, err := tx.AssignmentsOf(a.ChallengeID)
	if err != nil {
		return err
	}
	sheets := 0
	for _, g := range given {
		if g.Bid != a.Bid || !g.Live() {
			continue
		}
		if g.State != models.AssignmentDone {
			return nil
		}
		sheets++
	}
	b, err := tx.Bid(a.Bid)
	if err != nil || b.State != models.BidInReview {
		return err
	}
	return tx.Follow(models.BidScore, b, models.Note{Data: map[string]any{"sheets": sheets}})
}
