package orgs

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// VerifyOrgInput says what the operator looked at.
type VerifyOrgInput struct {
	ID   models.OrgID `path:"id"`
	Body struct {
		Reason string            `json:"reason" required:"false" maxLength:"500" doc:"What was looked at; needed when the code's check digit does not fit, or when there is no licence among the files"`
		Checks []models.OrgCheck `json:"checks" required:"false" maxItems:"5" doc:"The list of points; all that are named must be in order"`
	}
}

// Verify vouches for a unit by its papers. When the check digit of its code is off, or no
// licence was handed in, the operator has to say on what ground he vouches nevertheless.
func Verify(tx *models.Tx, in *VerifyOrgInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgVerify, in.ID)
	if err != nil {
		return nil, err
	}
	files, err := tx.DocumentsOf(models.KindOrg, string(o.ID))
	if err != nil {
		return nil, err
	}
	f := points(in.Body.Checks)
	for i, c := range in.Body.Checks {
		f.Require(c.OK, fmt.Sprintf("checks[%d].ok", i), "org.check_failed", "this point is not in order: return the papers instead")
	}
	ground := strings.TrimSpace(in.Body.Reason) != ""
	f.Require(!o.USCCManual || ground, "reason", "org.manual_check", "the check digit of the code does not fit: say how you made sure that the code is right")
	licensed := slices.ContainsFunc(files, func(d models.Document) bool { return d.Purpose == "licence" })
	f.Require(licensed || ground, "reason", "org.no_licence", "no licence was handed in: say what you looked at instead, or return the papers")
	if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	o.Reason = ""
	if err := tx.Apply(models.OrgVerify, o, models.Note{Reason: in.Body.Reason, Data: map[string]any{"files": len(files)}}); err != nil {
		return nil, err
	}
	if err := tx.AddOrgReview(o, models.OrgVerified, in.Body.Checks, in.Body.Reason); err != nil {
		return nil, err
	}
	return view(tx, o)
}

// points checks that each point is named once.
func points(list []models.OrgCheck) problem.Fields {
	var f problem.Fields
	seen := map[string]bool{}
	for i, c := range list {
		f.Require(!seen[c.Item], fmt.Sprintf("checks[%d].item", i), "field.twice", "%q stands in the list already", c.Item)
		seen[c.Item] = true
	}
	return f
}

// ReturnOrgInput says what is to be mended.
type ReturnOrgInput struct {
	ID   models.OrgID `path:"id"`
	Body struct {
		Reason string            `json:"reason" minLength:"4" maxLength:"500" doc:"What the unit is to mend"`
		Checks []models.OrgCheck `json:"checks" required:"false" maxItems:"5"`
	}
}

// Return sends the papers back; a unit that was verified is so no longer.
func Return(tx *models.Tx, in *ReturnOrgInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgReturn, in.ID)
	if err != nil {
		return nil, err
	}
	f := points(in.Body.Checks)
	if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	o.Reason = in.Body.Reason
	if err := tx.Apply(models.OrgReturn, o, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	if err := tx.AddOrgReview(o, models.OrgReturned, in.Body.Checks, in.Body.Reason); err != nil {
		return nil, err
	}
	return view(tx, o)
}

// ResubmitOrgInput names a unit.
type ResubmitOrgInput struct {
	ID models.OrgID `path:"id"`
}

// Resubmit hands mended papers in again.
func Resubmit(tx *models.Tx, in *ResubmitOrgInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgResubmit, in.ID)
	if err != nil {
		return nil, err
	}
	o.Reason = ""
	if err := tx.Apply(models.OrgResubmit, o, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, o)
}

// OrgReview is what an operator found in a unit's papers.
type OrgReview struct {
	Verdict   string            `json:"verdict" enum:"verified,returned"`
	Checks    []models.OrgCheck `json:"checks"`
	Reason    string            `json:"reason"`
	By        string            `json:"by" doc:"Name of the operator"`
	CreatedAt time.Time         `json:"created_at"`
}

// OrgReviewList is every look at a unit's papers, newest first.
type OrgReviewList struct {
	Reviews []OrgReview `json:"reviews"`
}

// OrgReviewsInput names a unit.
type OrgReviewsInput struct {
	ID models.OrgID `path:"id"`
}

// Reviews lists what operators found in a unit's papers.
func Reviews(tx *models.Tx, in *OrgReviewsInput) (*OrgReviewList, error) {
	o, err := tx.OrgFor(models.OrgReviewList, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := tx.OrgReviews(o.ID)
	if err != nil {
		return nil, err
	}
	ids := []models.UserID{}
	for _, r := range list {
		ids = append(ids, r.By)
	}
	users, err := tx.UsersByID(ids)
	out := &OrgReviewList{}
	for _, r := range list {
		out.Reviews = append(out.Reviews, OrgReview{Verdict: r.Verdict, Checks: r.Checks.V, Reason: r.Reason, By: users[r.By].Name, CreatedAt: r.CreatedAt})
	}
	return out, err
}

// OrgDesk is what waits for the operator: units to verify and relations to confirm.
type OrgDesk struct {
	Orgs      []OrgCard     `json:"orgs"`
	Relations []OrgRelation `json:"relations"`
}

// OrgDeskInput needs nothing.
type OrgDeskInput struct{}

// deskCap bounds the desk; what is decided makes room for the rest.
const deskCap = 100

// VerifyDesk lists what waits for the operator, oldest first.
func VerifyDesk(tx *models.Tx, _ *OrgDeskInput) (*OrgDesk, error) {
	if err := tx.May(models.OrgVerifyDesk); err != nil {
		return nil, err
	}
	list, err := tx.OrgsToVerify(deskCap)
	if err != nil {
		return nil, err
	}
	out := &OrgDesk{}
	for _, o := range list {
		out.Orgs = append(out.Orgs, card(o))
	}
	declared, err := tx.DeclaredRelations(deskCap)
	if err != nil {
		return nil, err
	}
	out.Relations, err = named(tx, declared)
	return out, err
}
