package awards

import (
	"fmt"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/internal/workday"
	"jiebang/models"
)

// decisionDays is within how many working days an objection is decided.
const decisionDays = 15

// FileInput is an objection.
type FileInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Name      string              `json:"name" minLength:"2" maxLength:"60" doc:"Real name; anonymous objections are not accepted"`
		Contact   string              `json:"contact" minLength:"5" maxLength:"120" doc:"Telephone or e-mail"`
		Text      string              `json:"text" minLength:"10" maxLength:"8000" doc:"What is objected to, and the facts"`
		Documents []models.DocumentID `json:"documents" required:"false" maxItems:"10" doc:"Own uploads to go with it; more may be uploaded to the objection while it is open"`
	}
}

// Objection is an objection as its author, officers and auditors see it.
type Objection struct {
	ID        models.ObjectionID  `json:"id"`
	Code      string              `json:"code"`
	Challenge models.ChallengeID  `json:"challenge"`
	State     string              `json:"state"`
	Version   int64               `json:"version"`
	Name      string              `json:"name"`
	Contact   string              `json:"contact"`
	Text      string              `json:"text"`
	Documents []ObjectionDocument `json:"documents"`
	FiledAt   time.Time           `json:"filed_at"`
	DueAt     time.Time           `json:"due_at" doc:"By when it is to be decided"`
	Decision  string              `json:"decision"`
	DecidedAt *time.Time          `json:"decided_at,omitempty"`
	Overdue   bool                `json:"overdue"`
	Actions   []models.Action     `json:"actions"`
}

// ObjectionDocument is a file that belongs to an objection.
type ObjectionDocument struct {
	ID   models.DocumentID `json:"id"`
	Name string            `json:"name"`
	Size int64             `json:"size"`
}

// File objects to what the publicity shows. It blocks the award until it is decided.
func File(tx *models.Tx, in *FileInput) (*Objection, error) {
	c, err := tx.ChallengeFor(models.ObjectionFile, in.ID)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	b.Name, b.Contact, b.Text = strings.TrimSpace(b.Name), strings.TrimSpace(b.Contact), strings.TrimSpace(b.Text)
	var f problem.Fields
	f.Require(len([]rune(b.Name)) >= 2, "name", "objection.anonymous", "must be your real name")
	f.Require(len([]rune(b.Contact)) >= 5, "contact", "objection.no_contact", "must be a telephone number or an e-mail address")
	f.Require(len([]rune(b.Text)) >= 10, "text", "objection.no_facts", "must say what is objected to, and the facts")
	uploads, err := tx.DocumentsByID(b.Documents)
	if err != nil {
		return nil, err
	}
	files := make([]models.Document, 0, len(b.Documents))
	for i, id := range b.Documents {
		d := uploads[id]
		f.Require(d.By == tx.Actor.User && d.State == models.DocumentStored, fmt.Sprintf("documents[%d]", i), "objection.unknown_document",
			"is no document you uploaded")
		files = append(files, d)
	}
	if err := f.Problem("objection.invalid", "An objection needs a real name, a way to reach you and the facts."); err != nil {
		return nil, err
	}
	o := models.NewObjection(c)
	if o.Code, err = tx.NextNumber("OB"); err != nil {
		return nil, err
	}
	o.User, o.Name, o.Contact, o.Text = tx.Actor.User, b.Name, b.Contact, b.Text
	o.DueAt = workday.Official().Add(tx.Now, decisionDays)
	if err := tx.Make(models.ObjectionFile, c, o, models.Note{Data: map[string]any{"code": o.Code}}); err != nil {
		return nil, err
	}
	if err := attach(tx, o, files); err != nil {
		return nil, err
	}
	return objection(tx, o)
}

// attach gives the objection its own rows of the files, so that who may read the objection
// may read them too, whatever they were uploaded to.
func attach(tx *models.Tx, o *models.Objection, files []models.Document) error {
	for _, f := range files {
		// Nobody may drop the bytes between this look and the new row.
		if stored, err := tx.HoldContent(f.SHA256); err != nil {
			return err
		} else if stored == 0 {
			return problem.New(problem.Conflict, "objection.document_removed", "A document was removed at the same moment; upload it again.")
		}
		d := models.NewDocument(models.KindObjection, string(o.ID))
		d.Purpose, d.Name, d.Media, d.Size, d.SHA256, d.By = "objection", f.Name, f.Media, f.Size, f.SHA256, tx.Actor.User
		if err := tx.Make(models.DocumentUpload, o, d, models.Note{}); err != nil {
			return err
		}
	}
	return nil
}

// ObjectionsInput names a challenge.
type ObjectionsInput struct {
	ID models.ChallengeID `path:"id"`
}

// Objections are those to one challenge, oldest first.
type Objections struct {
	Items []Objection `json:"items"`
}

// ListObjections lists the objections to a challenge for officers and auditors.
func ListObjections(tx *models.Tx, in *ObjectionsInput) (*Objections, error) {
	c, err := tx.ChallengeFor(models.ObjectionList, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := tx.ObjectionsOf(c.ID)
	if err != nil {
		return nil, err
	}
	v := &Objections{}
	for i := range list {
		one, err := objection(tx, &list[i])
		if err != nil {
			return nil, err
		}
		v.Items = append(v.Items, *one)
	}
	return v, nil
}

// ObjectionInput names an objection.
type ObjectionInput struct {
	ID models.ObjectionID `path:"id"`
}

// ShowObjection is one objection.
func ShowObjection(tx *models.Tx, in *ObjectionInput) (*Objection, error) {
	o, err := tx.ObjectionFor(models.ObjectionShow, in.ID)
	if err != nil {
		return nil, err
	}
	return objection(tx, o)
}

// UpholdInput grants an objection.
type UpholdInput struct {
	ID   models.ObjectionID `path:"id"`
	Body ObjectionDecision
}

// DismissInput turns an objection down.
type DismissInput struct {
	ID   models.ObjectionID `path:"id"`
	Body ObjectionDecision
}

// ObjectionDecision is the written decision.
type ObjectionDecision struct {
	Decision string `json:"decision" minLength:"10" maxLength:"8000" doc:"The decision with its reasons"`
}

// Uphold grants an objection. The award stays blocked: the proposal must be taken back.
func Uphold(tx *models.Tx, in *UpholdInput) (*Objection, error) {
	return rule(tx, models.ObjectionUphold, in.ID, in.Body.Decision)
}

// Dismiss turns an objection down with reasons.
func Dismiss(tx *models.Tx, in *DismissInput) (*Objection, error) {
	return rule(tx, models.ObjectionDismiss, in.ID, in.Body.Decision)
}

func rule(tx *models.Tx, action models.Action, id models.ObjectionID, decision string) (*Objection, error) {
	o, err := tx.ObjectionFor(action, id)
	if err != nil {
		return nil, err
	}
	if o.User == tx.Actor.User {
		return nil, problem.New(problem.Denied, "objection.own", "Nobody decides his own objection.")
	}
	o.Decision, o.DecidedBy, o.DecidedAt = decision, tx.Actor.User, &tx.Now
	if err := tx.Apply(action, o, models.Note{}); err != nil {
		return nil, err
	}
	return objection(tx, o)
}

func objection(tx *models.Tx, o *models.Objection) (*Objection, error) {
	v := &Objection{ID: o.ID, Code: o.Code, Challenge: o.ChallengeID, State: o.State, Version: o.Version, Name: o.Name, Contact: o.Contact, Text: o.Text,
		FiledAt: o.CreatedAt, DueAt: o.DueAt, Decision: o.Decision, DecidedAt: o.DecidedAt, Overdue: o.State == models.ObjectionFiled && !tx.Now.Before(o.DueAt)}
	files, err := tx.DocumentsOf(models.KindObjection, string(o.ID))
	if err != nil {
		return nil, err
	}
	for _, d := range files {
		v.Documents = append(v.Documents, ObjectionDocument{d.ID, d.Name, d.Size})
	}
	v.Actions, err = tx.Allowed(o)
	return v, err
}
