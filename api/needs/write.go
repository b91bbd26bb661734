package needs

import (
	"strings"
	"unicode/utf8"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// NeedDraftInput begins a need.
type NeedDraftInput struct {
	Org  models.OrgID `path:"id"`
	Body struct {
		Title string `json:"title" required:"false" maxLength:"60"`
	}
}

// Draft begins a need for a unit the caller may speak for.
func Draft(tx *models.Tx, in *NeedDraftInput) (*NeedView, error) {
	org, err := tx.OrgFor(models.NeedDraft, in.Org)
	if err != nil {
		return nil, err
	}
	n := models.NewNeed()
	n.Owner, n.Region, n.City, n.Title, n.CreatedBy = org.ID, org.Region, org.City, strings.TrimSpace(in.Body.Title), tx.Actor.User
	n.Quality = question.NeedQuality(n).Score
	if err := tx.Make(models.NeedDraft, org, n, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

// NeedEditInput is the whole text; what it leaves out is empty afterwards.
type NeedEditInput struct {
	ID   models.NeedID `path:"id"`
	Body NeedBody
}

// Edit saves a need as it stands, finished or not.
func Edit(tx *models.Tx, in *NeedEditInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedEdit, in.ID)
	if err != nil {
		return nil, err
	}
	in.Body.write(n)
	n.Quality = question.NeedQuality(n).Score
	if err := tx.Apply(models.NeedEdit, n, models.Note{Data: map[string]any{"quality": n.Quality}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

// NeedInput names a need.
type NeedInput struct {
	ID models.NeedID `path:"id"`
}

// Submit hands a need to the office. It may be vague, the score says how much, but somebody
// must be able to tell what it is about and whom to ask.
func Submit(tx *models.Tx, in *NeedInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedSubmit, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	long(&f, "title", n.Title, 4)
	long(&f, "problem", n.Content.V.Problem, 15)
	long(&f, "contact.name", n.Content.V.Contact.Name, 1)
	f.Require(n.Content.V.Contact.Phone != "" || n.Content.V.Contact.Email != "", "contact.phone", "need.contact", "give a phone number or an e-mail address")
	f.Require(!n.Publish || strings.TrimSpace(n.Content.V.Summary) != "", "summary", "need.summary", "write the summary that may be shown, or do not let it be shown")
	if err := f.Problem("need.incomplete", "The need is not ready: %d fields need to be mended.", len(f)); err != nil {
		return nil, err
	}
	if n.Code == "" {
		if n.Code, err = tx.NextNumber("ND"); err != nil {
			return nil, err
		}
	}
	n.Reason = ""
	if err := tx.Apply(models.NeedSubmit, n, models.Note{Data: map[string]any{"quality": n.Quality}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

func long(f *problem.Fields, path, text string, least int) {
	f.Require(utf8.RuneCountInString(strings.TrimSpace(text)) >= least, path, "need.length", "must have at least %d characters", least)
}

// NeedCommentInput is something said about a need.
type NeedCommentInput struct {
	ID   models.NeedID `path:"id"`
	Body struct {
		Text  string `json:"text" minLength:"1" maxLength:"2000"`
		Field string `json:"field" required:"false" maxLength:"60" doc:"The field it is about"`
	}
}

// Comment adds to the talk between owner and office.
func Comment(tx *models.Tx, in *NeedCommentInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedComment, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	long(&f, "text", in.Body.Text, 1)
	if err := f.Problem("need.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	w, err := tx.AddNeedComment(n, in.Body.Field, strings.TrimSpace(in.Body.Text), !tx.Actor.Posts(n.Owner))
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.NeedComment, n, models.Note{Data: map[string]any{"comment": w.ID}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

// NeedResolveInput names a comment.
type NeedResolveInput struct {
	ID      models.NeedID        `path:"id"`
	Comment models.NeedCommentID `path:"comment" maxLength:"40"`
}

// Resolve marks a comment as dealt with.
func Resolve(tx *models.Tx, in *NeedResolveInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedResolve, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.ResolveNeedComment(n.ID, in.Comment); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.NeedResolve, n, models.Note{Data: map[string]any{"comment": in.Comment}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}
