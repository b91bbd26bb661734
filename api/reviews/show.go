package reviews

import (
	"time"

	"jiebang/api/question"
	"jiebang/models"
)

// ShowInput names an assignment.
type ShowInput struct {
	ID models.AssignmentID `path:"id"`
}

// ReviewForm is a score sheet: what is asked, what was promised, and what the expert has
// written so far. Its version is the assignment's.
type ReviewForm struct {
	Assignment  models.AssignmentID `json:"assignment"`
	State       string              `json:"state" enum:"none,draft,submitted"`
	Version     int64               `json:"version"`
	Challenge   ReviewTopic         `json:"challenge"`
	Bid         models.BidID        `json:"bid,omitempty"`
	BidCode     string              `json:"bid_code" doc:"Where the expert judges blind, a name of the bid that is his alone"`
	Team        string              `json:"team"`
	Blind       bool                `json:"blind" doc:"Whose bid it is is not shown; read it by the assignment"`
	Criteria    []ReviewCriterion   `json:"criteria"`
	Indicators  []ReviewIndicator   `json:"indicators"`
	Confidence  int                 `json:"confidence" doc:"How sure the expert is: 1 to 3; 0 is not said yet"`
	Recommend   bool                `json:"recommend"`
	Comment     string              `json:"comment"`
	Total       float64             `json:"total" doc:"Sum of the points so far"`
	SavedAt     *time.Time          `json:"saved_at,omitempty"`
	SubmittedAt *time.Time          `json:"submitted_at,omitempty"`
	Actions     []models.Action     `json:"actions"`
}

// ReviewTopic is the challenge a sheet belongs to.
type ReviewTopic struct {
	ID    models.ChallengeID `json:"id"`
	Code  string             `json:"code"`
	Title string             `json:"title"`
}

// ReviewCriterion is one thing to score, with the points given so far.
type ReviewCriterion struct {
	models.Criterion
	Points  *float64 `json:"points,omitempty"`
	Remark  string   `json:"comment"`
	Extreme bool     `json:"comment_needed" doc:"The points are at an extreme and need a comment"`
}

// ReviewIndicator is what was asked and what was promised for it. Failed is the expert's word
// that a knockout indicator will not be met.
type ReviewIndicator struct {
	ID         models.IndicatorID  `json:"id"`
	No         int                 `json:"no"`
	Name       string              `json:"name"`
	Op         string              `json:"op"`
	Value      *float64            `json:"value,omitempty"`
	Min        *float64            `json:"value_min,omitempty"`
	Max        *float64            `json:"value_max,omitempty"`
	Text       string              `json:"value_text"`
	Unit       string              `json:"unit"`
	Weight     int                 `json:"weight"`
	Knockout   bool                `json:"knockout"`
	TestMethod string              `json:"test_method"`
	Promise    models.PromiseInput `json:"promise"`
	Met        bool                `json:"met" doc:"The promised value fulfils what is asked"`
	Failed     bool                `json:"failed"`
}

// Show is the score sheet of an assignment: the expert's own at any time after accepting,
// everybody else's once all sheets of the challenge are in.
func Show(tx *models.Tx, in *ShowInput) (*ReviewForm, error) {
	a, err := tx.AssignmentFor(models.ReviewShow, in.ID)
	if err != nil {
		return nil, err
	}
	return form(tx, a)
}

func form(tx *models.Tx, a *models.Assignment) (*ReviewForm, error) {
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, err
	}
	b, err := tx.Bid(a.Bid)
	if err != nil {
		return nil, err
	}
	r, err := tx.ReviewOf(a.ID)
	if err != nil {
		return nil, err
	}
	v := &ReviewForm{Assignment: a.ID, State: "none", Version: a.Version, Challenge: ReviewTopic{c.ID, c.Code, c.Title}, BidCode: a.BidAlias(), Blind: tx.Blinded(c, a)}
	if !v.Blind {
		team, err := tx.Team(b.Team)
		if err != nil {
			return nil, err
		}
		v.Bid, v.BidCode, v.Team = b.ID, question.BidCode(b), team.Name
	}
	if r == nil {
		r = &models.Review{}
	} else {
		v.State, v.Confidence, v.Recommend, v.Comment, v.Total = r.State, r.Confidence, r.Recommend, r.Comment, r.Total
		v.SavedAt, v.SubmittedAt = &r.SavedAt, r.SubmittedAt
	}
	scores := map[string]models.Score{}
	for _, s := range r.Scores.V {
		scores[s.Criterion] = s
	}
	for _, k := range c.Criteria.V {
		one := ReviewCriterion{Criterion: k}
		if s, ok := scores[k.Code]; ok {
			one.Points, one.Remark, one.Extreme = &s.Points, s.Comment, extreme(s.Points, k.Weight)
		}
		v.Criteria = append(v.Criteria, one)
	}
	if v.Indicators, err = indicators(tx, c, b, r); err != nil {
		return nil, err
	}
	if v.Blind {
		for i := range v.Indicators {
			v.Indicators[i].Promise.Evidence = []models.EvidenceID{}
		}
	}
	v.Actions, err = tx.Allowed(a)
	return v, err
}

func indicators(tx *models.Tx, c *models.Challenge, b *models.Bid, r *models.Review) ([]ReviewIndicator, error) {
	asked, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, err
	}
	promises, err := tx.PromisesOf(b.ID)
	if err != nil {
		return nil, err
	}
	rows, failed := map[models.IndicatorID]models.Promise{}, map[models.IndicatorID]bool{}
	for _, p := range promises {
		rows[p.Indicator] = p
	}
	for _, k := range r.Knockouts.V {
		failed[k] = true
	}
	list := make([]ReviewIndicator, 0, len(asked))
	for _, i := range asked {
		p := rows[i.ID]
		list = append(list, ReviewIndicator{ID: i.ID, No: i.No, Name: i.Name, Op: i.Op, Value: i.Value, Min: i.Min, Max: i.Max, Text: i.Text, Unit: i.Unit,
			Weight: i.Weight, Knockout: i.Knockout, TestMethod: i.TestMethod, Promise: p.Row.V, Met: p.Met, Failed: failed[i.ID]})
	}
	return list, nil
}

// extreme reports whether points stand so low or so high that they need a reason: at most
// 20 % or at least 95 % of the weight.
func extreme(points float64, weight int) bool {
	return points <= 0.2*float64(weight) || points >= 0.95*float64(weight)
}
