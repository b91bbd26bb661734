package alliances

import "jiebang/models"

// ShowAllianceInput names an alliance.
type ShowAllianceInput struct {
	ID models.AllianceID `path:"id"`
}

// Show is one alliance with its leader and members.
func Show(tx *models.Tx, in *ShowAllianceInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, a)
}
