package orgs

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// EditOrgInput replaces what a unit says about itself.
type EditOrgInput struct {
	ID   models.OrgID `path:"id"`
	Body OrgBody
}

// Edit changes a unit. A verified unit whose name, kind, code or place changes has to be
// verified again: the operator vouched for something else.
func Edit(tx *models.Tx, in *EditOrgInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgEdit, in.ID)
	if err != nil {
		return nil, err
	}
	before := *o
	if err := in.Body.write(tx, o); err != nil {
		return nil, err
	}
	if o.Kind != before.Kind {
		if err := leadsNone(tx, o); err != nil {
			return nil, err
		}
	}
	if err := tx.Apply(models.OrgEdit, o, models.Note{}); err != nil {
		return nil, err
	}
	vouched := o.Name == before.Name && o.Kind == before.Kind && o.USCC == before.USCC && o.Region == before.Region
	if before.State != models.OrgVerified || vouched {
		return view(tx, o)
	}
	if err := tx.Follow(models.OrgUnverify, o, models.Note{Reason: "its name, kind, code or place changed"}); err != nil {
		return nil, err
	}
	return view(tx, o)
}

// leadsNone refuses to let a firm that leads an alliance become something else: 盟主 is an
// enterprise.
func leadsNone(tx *models.Tx, o *models.Org) error {
	led, err := tx.AlliancesLedBy(o.ID)
	if err != nil {
		return err
	}
	var f problem.Fields
	f.Require(len(led) == 0, "kind", "org.leads_alliance", "cannot change while the unit leads an alliance: only an enterprise leads one")
	return f.Problem("org.invalid", "Some fields need to be mended.")
}
