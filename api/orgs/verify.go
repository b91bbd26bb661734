package orgs

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// VerifyOrgInput says what the operator looked at.
type VerifyOrgInput struct {
	ID   models.OrgID `path:"id"`
	Body struct {
		Reason string `json:"reason" required:"false" maxLength:"500" doc:"What was looked at; needed when the code's check digit does not fit"`
	}
}

// Verify vouches for a unit. When the check digit of its code is off, the operator has to
// say on what ground the code is right nevertheless.
func Verify(tx *models.Tx, in *VerifyOrgInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgVerify, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(!o.USCCManual || strings.TrimSpace(in.Body.Reason) != "", "reason", "org.manual_check", "the check digit of the code does not fit: say how you made sure that the code is right")
	if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.OrgVerify, o, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, o)
}
