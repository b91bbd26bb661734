package challenges

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// AnswerBody is an answer with the question as it is to be published.
type AnswerBody struct {
	Question string `json:"question" required:"false" maxLength:"2000" doc:"Worded anew where the question gives the asker away; default: as asked"`
	Answer   string `json:"answer" maxLength:"5000"`
}

func (b *AnswerBody) write(q *models.Question, whole bool) error {
	answer, public := strings.TrimSpace(b.Answer), strings.TrimSpace(b.Question)
	var f problem.Fields
	f.Require(!whole || len([]rune(answer)) >= 2, "answer", "field.length", "must have at least 2 characters that are not blanks")
	f.Require(public == "" || len([]rune(public)) >= 4, "question", "field.length", "must have at least 4 characters that are not blanks")
	if err := f.Problem("question.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	if q.Answer = answer; public != "" {
		q.Public = public
	}
	return nil
}

// DraftAnswerInput is a draft.
type DraftAnswerInput struct {
	ID   models.QuestionID `path:"id"`
	Body AnswerBody
}

// DraftAnswer keeps the owner's draft, which only he and the office read.
func DraftAnswer(tx *models.Tx, in *DraftAnswerInput) (*Question, error) {
	q, err := tx.QuestionFor(models.QuestionDraft, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Body.write(q, false); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.QuestionDraft, q, models.Note{}); err != nil {
		return nil, err
	}
	return questionView(tx, q)
}

// AnswerInput publishes an answer.
type AnswerInput struct {
	ID   models.QuestionID `path:"id"`
	Body AnswerBody
}

// Answer publishes a question with its answer to all alike: it becomes a supplement of the
// challenge's text, and is never changed again.
func Answer(tx *models.Tx, in *AnswerInput) (*Question, error) {
	q, err := tx.QuestionFor(models.QuestionAnswer, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Body.write(q, true); err != nil {
		return nil, err
	}
	c, err := tx.Challenge(q.ChallengeID)
	if err != nil {
		return nil, err
	}
	s := &models.Supplement{What: models.SupplementAnswer, Question: q.ID, Asked: q.Public, Answer: q.Answer}
	if err := supplement(tx, c, s); err != nil {
		return nil, err
	}
	at := tx.Now
	q.Supplement, q.AnsweredAt = s.No, &at
	if err := tx.Apply(models.QuestionAnswer, q, models.Note{Data: map[string]any{"supplement": s.No}}); err != nil {
		return nil, err
	}
	return questionView(tx, q)
}

// supplement adds to the text of a challenge and saves both.
func supplement(tx *models.Tx, c *models.Challenge, s *models.Supplement) error {
	if err := tx.AddSupplement(c, s); err != nil {
		return err
	}
	return tx.Follow(models.ChallengeSupplement, c, models.Note{Reason: s.Reason, Data: map[string]any{"supplement": s.No, "kind": s.What}})
}

// SetAsideInput says why a question is not answered.
type SetAsideInput struct {
	ID   models.QuestionID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"1000" doc:"Who asked reads it"`
	}
}

// SetAside leaves a question without an answer; nobody but the asker hears of it.
func SetAside(tx *models.Tx, in *SetAsideInput) (*Question, error) {
	q, err := tx.QuestionFor(models.QuestionSetAside, in.ID)
	if err != nil {
		return nil, err
	}
	q.Reason = in.Body.Reason
	if err := tx.Apply(models.QuestionSetAside, q, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return questionView(tx, q)
}
