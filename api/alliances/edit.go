package alliances

import "jiebang/models"

// EditAllianceInput replaces what an alliance says about itself.
type EditAllianceInput struct {
	ID   models.AllianceID `path:"id"`
	Body AllianceBody
}

// Edit changes an alliance; its leader and members stay.
func Edit(tx *models.Tx, in *EditAllianceInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceEdit, in.ID)
	if err != nil {
		return nil, err
	}
	f, err := in.Body.write(tx, a)
	if err != nil {
		return nil, err
	}
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AllianceEdit, a, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, a)
}
