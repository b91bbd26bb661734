package orgs

import "jiebang/models"

// ShowOrgInput names a unit.
type ShowOrgInput struct {
	ID models.OrgID `path:"id"`
}

// Show is one unit.
func Show(tx *models.Tx, in *ShowOrgInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, o)
}
