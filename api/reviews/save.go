package reviews

import (
	"fmt"
	"slices"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// SaveInput is a score sheet as far as it is written.
type SaveInput struct {
	ID   models.AssignmentID `path:"id"`
	Body ReviewDraft
}

// ReviewDraft is what an expert writes; a draft may lack any part.
type ReviewDraft struct {
	Scores     []ReviewScore        `json:"scores" required:"false" maxItems:"40"`
	Knockouts  []models.IndicatorID `json:"knockouts" required:"false" maxItems:"12" doc:"Knockout indicators that will not be met in the expert's eyes"`
	Confidence int                  `json:"confidence" required:"false" minimum:"0" maximum:"3" doc:"How sure: 1 (low) to 3 (high); 0 is not said yet"`
	Recommend  bool                 `json:"recommend" required:"false"`
	Comment    string               `json:"comment" required:"false" maxLength:"4000"`
}

// ReviewScore is the points for one criterion, at most its weight.
type ReviewScore struct {
	Criterion string  `json:"criterion" minLength:"1" maxLength:"40"`
	Points    float64 `json:"points" minimum:"0" maximum:"100"`
	Comment   string  `json:"comment" required:"false" maxLength:"2000"`
}

// Save keeps a draft of the sheet. What it holds must be right; what it lacks is asked for
// when it is submitted.
func Save(tx *models.Tx, in *SaveInput) (*ReviewForm, error) {
	a, err := tx.AssignmentFor(models.ReviewSave, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, err
	}
	asked, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, err
	}
	if err := checkDraft(c, asked, &in.Body); err != nil {
		return nil, err
	}
	r, err := tx.ReviewOf(a.ID)
	if err != nil {
		return nil, err
	}
	if r == nil { // before he begins to score
		if err := question.Untied(tx, a); err != nil {
			return nil, err
		}
		r = &models.Review{State: models.ReviewDraft}
	}
	r.Scores.V, r.Total = []models.Score{}, 0
	for _, s := range in.Body.Scores {
		r.Scores.V = append(r.Scores.V, models.Score{Criterion: s.Criterion, Points: s.Points, Comment: s.Comment})
		r.Total += s.Points
	}
	r.Knockouts, r.Confidence, r.Recommend, r.Comment = models.J(in.Body.Knockouts), in.Body.Confidence, in.Body.Recommend, in.Body.Comment
	if err := tx.SaveReview(a, r); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.ReviewSave, a, models.Note{}); err != nil {
		return nil, err
	}
	return form(tx, a)
}

func checkDraft(c *models.Challenge, asked []models.Indicator, d *ReviewDraft) error {
	var f problem.Fields
	seen := map[string]bool{}
	for i, s := range d.Scores {
		path := fmt.Sprintf("scores[%d]", i)
		at := slices.IndexFunc(c.Criteria.V, func(k models.Criterion) bool { return k.Code == s.Criterion })
		switch {
		case at < 0:
			f.Add(path+".criterion", "review.unknown_criterion", "is no criterion of this challenge's form")
		case seen[s.Criterion]:
			f.Add(path+".criterion", "review.twice", "stands twice; give each criterion one score")
		case s.Points > float64(c.Criteria.V[at].Weight):
			f.Add(path+".points", "review.over_weight", "must be at most %d, the criterion's weight", c.Criteria.V[at].Weight)
		}
		seen[s.Criterion] = true
	}
	for i, k := range d.Knockouts {
		path := fmt.Sprintf("knockouts[%d]", i)
		f.Require(slices.ContainsFunc(asked, func(a models.Indicator) bool { return a.ID == k && a.Knockout }), path, "review.not_knockout",
			"is no knockout indicator of this challenge")
		f.Require(!slices.Contains(d.Knockouts[:i], k), path, "review.twice", "stands twice")
	}
	return f.Problem("review.invalid", "The sheet cannot be saved like this.")
}
