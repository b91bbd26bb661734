package notices

import (
	"slices"

	"jiebang/models"
)

// Answered tells whoever sent an invitation, and those who post for the owner, what the team
// said to it.
func Answered(tx *models.Tx, e models.Event) error {
	i, c, t, err := invitation(tx, e)
	if err != nil {
		return err
	}
	list, err := owners(tx, c)
	if err != nil {
		return err
	}
	if !slices.Contains(list, i.By) { // an officer, who is told as such
		p := with(with(params(c, "officer"), "team", t.ID), "team_name", t.Name)
		if err := tx.Notify(e, []models.UserID{i.By}, p); err != nil {
			return err
		}
	}
	return tx.Notify(e, list, with(with(params(c, "owner"), "team", t.ID), "team_name", t.Name))
}
