package conflicts

import (
	"strings"
	"time"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// Waiver lets a soft conflict pass, once two people have said so.
type Waiver struct {
	ID           models.WaiverID    `json:"id"`
	Challenge    models.ChallengeID `json:"challenge"`
	Bid          models.BidID       `json:"bid,omitempty"`
	Expert       models.ExpertID    `json:"expert"`
	Conflict     string             `json:"conflict" doc:"Key of the conflict"`
	Rule         string             `json:"rule"`
	Zh           string             `json:"zh" doc:"The chain of facts as it was when it was asked"`
	En           string             `json:"en"`
	Reason       string             `json:"reason"`
	AskedBy      string             `json:"asked_by"`
	AnsweredBy   string             `json:"answered_by"`
	AnsweredAt   *time.Time         `json:"answered_at,omitempty"`
	AnswerReason string             `json:"answer_reason"`
	State        string             `json:"state" enum:"asked,approved,refused"`
	CreatedAt    time.Time          `json:"created_at"`
	Version      int64              `json:"version"`
	Actions      []models.Action    `json:"actions"`
}

// AskWaiverInput names a soft conflict and says why it should pass.
type AskWaiverInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Expert   models.ExpertID `json:"expert" minLength:"1" maxLength:"60"`
		Conflict string          `json:"conflict" minLength:"1" maxLength:"60" doc:"Key of the conflict, as the list of conflicts has it"`
		Reason   string          `json:"reason" minLength:"8" maxLength:"1000"`
	}
}

// Ask asks that a soft conflict may pass. Hard ones never do.
func Ask(tx *models.Tx, in *AskWaiverInput) (*Waiver, error) {
	c, err := tx.ChallengeFor(models.WaiverAsk, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	var f problem.Fields
	reason := strings.TrimSpace(in.Body.Reason)
	f.Require(len([]rune(reason)) >= 8, "reason", "field.length", "must have at least 8 characters that are not blanks")
	x, err := soft(tx, c, in.Body.Expert, in.Body.Conflict, &f)
	if err != nil {
		return nil, err
	}
	f.Require(tx.Actor.Expert == "" || tx.Actor.Expert != in.Body.Expert, "expert", "waiver.own", "is yourself; another officer has to ask")
	if err := f.Problem("waiver.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if x.Hard {
		return nil, problem.New(problem.Conflict, "waiver.hard", "This conflict bars by the rules of the batch; nobody can waive it. Another expert has to judge.")
	}
	w := tx.NewWaiver(c.ID)
	w.Bid, w.Expert, w.Conflict, w.Rule, w.Zh, w.En, w.Reason = x.Bid, in.Body.Expert, x.Key, x.Rule, x.Zh, x.En, reason
	if err := tx.Make(models.WaiverAsk, c, w, models.Note{Reason: reason, Data: map[string]any{"rule": x.Rule, "conflict": x.Key}}); err != nil {
		return nil, err
	}
	return waiverView(tx, w)
}

func waiverView(tx *models.Tx, w *models.Waiver) (*Waiver, error) {
	actions, err := tx.Allowed(w)
	if err != nil {
		return nil, err
	}
	users, err := tx.UsersByID([]models.UserID{w.AskedBy, w.AnsweredBy})
	return &Waiver{ID: w.ID, Challenge: w.ChallengeID, Bid: w.Bid, Expert: w.Expert, Conflict: w.Conflict, Rule: w.Rule, Zh: w.Zh, En: w.En,
		Reason: w.Reason, AskedBy: users[w.AskedBy].Name, AnsweredBy: users[w.AnsweredBy].Name, AnsweredAt: w.AnsweredAt, AnswerReason: w.AnswerReason,
		State: w.State, CreatedAt: w.CreatedAt, Version: w.Version, Actions: actions}, err
}

// WaiverInput names a waiver.
type WaiverInput struct {
	ID models.WaiverID `path:"id"`
}

// ShowWaiver is one waiver.
func ShowWaiver(tx *models.Tx, in *WaiverInput) (*Waiver, error) {
	w, err := tx.WaiverFor(models.WaiverShow, in.ID)
	if err != nil {
		return nil, err
	}
	return waiverView(tx, w)
}

// AnswerWaiverInput is the second person's word.
type AnswerWaiverInput struct {
	ID   models.WaiverID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"1000"`
	}
}

// Approve lets the conflict pass.
func Approve(tx *models.Tx, in *AnswerWaiverInput) (*Waiver, error) {
	return answer(tx, models.WaiverApprove, in)
}

// Refuse keeps the conflict in force; it may be asked for again.
func Refuse(tx *models.Tx, in *AnswerWaiverInput) (*Waiver, error) {
	return answer(tx, models.WaiverRefuse, in)
}

func answer(tx *models.Tx, action models.Action, in *AnswerWaiverInput) (*Waiver, error) {
	w, err := tx.WaiverFor(action, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(w.ChallengeID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	var f problem.Fields
	w.AnsweredBy, w.AnsweredAt, w.AnswerReason = tx.Actor.User, &tx.Now, strings.TrimSpace(in.Body.Reason)
	f.Require(len([]rune(w.AnswerReason)) >= 4, "reason", "field.length", "must have at least 4 characters that are not blanks")
	if err := f.Problem("waiver.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Apply(action, w, models.Note{Reason: w.AnswerReason, Data: map[string]any{"rule": w.Rule, "conflict": w.Conflict}}); err != nil {
		return nil, err
	}
	return waiverView(tx, w)
}
