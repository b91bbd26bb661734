package integrity

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// AppealInput says why a record is wrong.
type AppealInput struct {
	ID   models.IntegrityID `path:"id"`
	Body struct {
		Text string `json:"text" minLength:"10" maxLength:"4000"`
	}
}

// Appeal is the subject's word against a record. It counts on until the appeal is decided.
func Appeal(tx *models.Tx, in *AppealInput) (*IntegrityView, error) {
	r, err := tx.IntegrityFor(models.IntegrityAppeal, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(len([]rune(strings.TrimSpace(in.Body.Text))) >= 10, "text", "field.length", "must have at least 10 characters that are not blanks")
	if err := f.Problem("integrity.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	r.Appeal, r.AppealedBy, r.AppealedAt = in.Body.Text, tx.Actor.User, &tx.Now
	if err := tx.Apply(models.IntegrityAppeal, r, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, r)
}

// AnswerInput decides an appeal.
type AnswerInput struct {
	ID   models.IntegrityID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"2000" doc:"What the subject will read"`
	}
}

// Revoke upholds an appeal: the record counts no more.
func Revoke(tx *models.Tx, in *AnswerInput) (*IntegrityView, error) {
	return answer(tx, in, models.IntegrityRevoke)
}

// Dismiss dismisses an appeal: the record stays, and there is no second one.
func Dismiss(tx *models.Tx, in *AnswerInput) (*IntegrityView, error) {
	return answer(tx, in, models.IntegrityDismiss)
}

func answer(tx *models.Tx, in *AnswerInput, action models.Action) (*IntegrityView, error) {
	r, err := tx.IntegrityFor(action, in.ID)
	if err != nil {
		return nil, err
	}
	r.Answer, r.AnsweredBy, r.AnsweredAt = in.Body.Reason, tx.Actor.User, &tx.Now
	if err := tx.Apply(action, r, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, r)
}

// over lists the records whose period has ended and of which nobody was told.
func over(tx *models.Tx) ([]models.IntegrityID, error) { return tx.IntegrityOver() }

// expire notes that a period is over, so that the subject hears of it. The gates did not
// wait for that: they go by the date.
func expire(tx *models.Tx, id models.IntegrityID) error {
	r, err := tx.IntegrityOf(id)
	if err != nil {
		return err
	}
	return tx.Apply(models.IntegrityExpire, r, models.Note{})
}
