package challenges

import (
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// Question is a question about a challenge. Who asked is in no field of it: only the asker is
// told that it is his.
type Question struct {
	ID         models.QuestionID  `json:"id"`
	Version    int64              `json:"version"`
	Challenge  models.ChallengeID `json:"challenge_id"`
	State      string             `json:"state"`
	Text       string             `json:"text" doc:"As published, or as asked until then"`
	Mine       bool               `json:"mine"`
	Answer     string             `json:"answer" doc:"Before it is published only for the owner and the office, as a draft"`
	Supplement int                `json:"supplement_no" doc:"The supplement that carries the answer; 0 before"`
	AskedAt    *time.Time         `json:"asked_at,omitempty" doc:"For the asker, the owner and the office; who asks when is nobody else's to know"`
	AnsweredAt *time.Time         `json:"answered_at,omitempty"`
	Reason     string             `json:"reason" doc:"Why it was set aside, for the asker, the owner and the office"`
	Actions    []models.Action    `json:"actions"`
}

func questionView(tx *models.Tx, q *models.Question) (*Question, error) {
	actions, err := tx.Allowed(q)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(q.ChallengeID)
	if err != nil {
		return nil, err
	}
	inside, err := tx.Sees(models.AmendmentList, c) // the owner, officers of the region, auditors
	v := &Question{ID: q.ID, Version: q.Version, Challenge: q.ChallengeID, State: q.State, Text: q.Public, Supplement: q.Supplement,
		AnsweredAt: q.AnsweredAt, Actions: actions, Mine: q.By != "" && q.By == tx.Actor.User}
	if v.Mine && q.State != models.QuestionAnswered {
		v.Text = q.Text
	}
	if q.State == models.QuestionAnswered || inside {
		v.Answer = q.Answer
	}
	if v.Mine || inside {
		v.Reason, v.AskedAt = q.Reason, &q.CreatedAt
	}
	return v, err
}

// AskInput asks about a published challenge.
type AskInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Text string `json:"text" minLength:"4" maxLength:"2000" doc:"Name neither yourself nor your unit: the question is published with its answer"`
	}
}

// Ask puts a question to the owner.
func Ask(tx *models.Tx, in *AskInput) (*Question, error) {
	c, err := tx.ChallengeFor(models.QuestionAsk, in.ID)
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(in.Body.Text)
	var f problem.Fields
	f.Require(len([]rune(text)) >= 4, "text", "field.length", "must have at least 4 characters that are not blanks")
	if err := f.Problem("question.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	n, err := tx.AskedBy(c.ID)
	if err != nil {
		return nil, err
	}
	if n >= models.QuestionsPerPerson {
		return nil, problem.New(problem.Conflict, "question.too_many", "You have asked %d questions about this challenge, which is the most.", n)
	}
	q := tx.NewQuestion(c, text)
	if err := tx.Make(models.QuestionAsk, c, q, models.Note{}); err != nil {
		return nil, err
	}
	return questionView(tx, q)
}

// QuestionsInput names a challenge.
type QuestionsInput struct {
	ID models.ChallengeID `path:"id"`
}

// QuestionList is what was asked about a challenge, as far as the caller may see it.
type QuestionList struct {
	Items []Question `json:"items"`
}

// Questions lists the answered ones for everybody, his own for the asker, and all for the
// owner and the office.
func Questions(tx *models.Tx, in *QuestionsInput) (*QuestionList, error) {
	c, err := tx.ChallengeFor(models.QuestionList, in.ID)
	if err != nil {
		return nil, err
	}
	inside, err := tx.Sees(models.AmendmentList, c)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QuestionsOf(c.ID, inside)
	if err != nil {
		return nil, err
	}
	out := &QuestionList{}
	for i := range rows {
		v, err := questionView(tx, &rows[i])
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	return out, nil
}

// QuestionInput names a question.
type QuestionInput struct {
	ID models.QuestionID `path:"id"`
}

// ShowQuestion is one question.
func ShowQuestion(tx *models.Tx, in *QuestionInput) (*Question, error) {
	q, err := tx.QuestionFor(models.QuestionShow, in.ID)
	if err != nil {
		return nil, err
	}
	return questionView(tx, q)
}
