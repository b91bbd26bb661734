package alliances

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// SuperviseInput takes a decision of the office, with its reason, which is public.
type SuperviseInput struct {
	ID   models.AllianceID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500" doc:"It is public"`
	}
}

// Suspend takes an alliance's right to post away for a time.
func Suspend(tx *models.Tx, in *SuperviseInput) (*Alliance, error) {
	return decide(tx, in, models.AllianceSuspend, in.Body.Reason)
}

// Lift gives it back, when the alliance is what it has to be.
func Lift(tx *models.Tx, in *SuperviseInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceLift, in.ID)
	if err != nil {
		return nil, err
	}
	if err := sound(tx, a); err != nil {
		return nil, err
	}
	return decide(tx, in, models.AllianceLift, "")
}

// Dissolve ends an alliance for good.
func Dissolve(tx *models.Tx, in *SuperviseInput) (*Alliance, error) {
	return decide(tx, in, models.AllianceDissolve, in.Body.Reason)
}

func decide(tx *models.Tx, in *SuperviseInput, action models.Action, reason string) (*Alliance, error) {
	a, err := tx.AllianceFor(action, in.ID)
	if err != nil {
		return nil, err
	}
	a.Reason = reason
	if err := tx.Apply(action, a, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// sound refuses an alliance that lacks what makes it one: a verified firm at its head, and an
// academic member who confirmed.
func sound(tx *models.Tx, a *models.Alliance) error {
	leader, err := tx.Org(a.Leader)
	if err != nil {
		return err
	}
	if leader.State != models.OrgVerified {
		return problem.New(problem.Conflict, "alliance.leader_unverified", "The leading firm has not been verified yet.")
	}
	list, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return err
	}
	ids := []string{string(a.Leader)}
	academics := 0
	for _, m := range list {
		if m.Role == "academic" && m.ConfirmedAt != nil {
			academics++
		}
	}
	if academics == 0 {
		return problem.New(problem.Conflict, "alliance.unconfirmed", "No academic member has confirmed its seat yet.")
	}
	return tx.Unblemished(ids...)
}

// AssessInput is the judgement of a year.
type AssessInput struct {
	ID   models.AllianceID `path:"id"`
	Body struct {
		Year    int    `json:"year" minimum:"2020" maximum:"2100"`
		Score   int    `json:"score" minimum:"0" maximum:"100" doc:"From 90 excellent, from 75 good, from 60 passed"`
		Opinion string `json:"opinion" minLength:"4" maxLength:"2000" doc:"It is public"`
	}
}

// Assess publishes the judgement of a year (年度评估). There is one a year, and it stays.
func Assess(tx *models.Tx, in *AssessInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceAssess, in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	var f problem.Fields
	f.Require(b.Year <= tx.Now.Year(), "year", "alliance.year_to_come", "must be this year or an earlier one")
	f.Require(len([]rune(strings.TrimSpace(b.Opinion))) >= 4, "opinion", "field.length", "must have at least 4 characters that are not blanks")
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Assess(a.ID, b.Year, b.Score, grade(b.Score), b.Opinion); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceAssess, a, models.Note{Data: map[string]any{"year": b.Year, "score": b.Score, "grade": grade(b.Score)}}); err != nil {
		return nil, err
	}
	return view(tx, a)
}

func grade(score int) string {
	switch {
	case score >= 90:
		return "excellent"
	case score >= 75:
		return "good"
	case score >= 60:
		return "pass"
	}
	return "fail"
}
