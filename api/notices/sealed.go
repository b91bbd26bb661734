package notices

import "jiebang/models"

// Sealed tells the team and its unit, and nobody else, that the bid was submitted or taken
// back.
func Sealed(tx *models.Tx, e models.Event) error {
	b, c, err := bidOf(tx, e)
	if err != nil {
		return err
	}
	list, err := members(tx, b.Team)
	if err != nil {
		return err
	}
	admins, err := tx.AdminsOf(b.Org, "admin")
	if err != nil {
		return err
	}
	return tx.Notify(e, append(list, admins...), params(c, "bidder"))
}
