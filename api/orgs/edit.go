package orgs

import "jiebang/models"

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
	if err := tx.Apply(models.OrgEdit, o, models.Note{}); err != nil {
		return nil, err
	}
	vouched := o.Name == before.Name && o.Kind == before.Kind && o.USCC == before.USCC && o.Region == before.Region
	if before.State == models.OrgVerified && !vouched {
		if err := tx.Follow(models.OrgUnverify, o, models.Note{Reason: "its name, kind, code or place changed"}); err != nil {
			return nil, err
		}
	}
	return view(tx, o)
}
