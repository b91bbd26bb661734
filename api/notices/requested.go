package notices

import "jiebang/models"

// Requested asks the administrators of a unit to stand behind a bid.
func Requested(tx *models.Tx, e models.Event) error {
	b, c, err := bidOf(tx, e)
	if err != nil {
		return err
	}
	admins, err := tx.AdminsOf(b.Org, "admin")
	if err != nil {
		return err
	}
	return tx.Notify(e, admins, params(c, "institution"))
}
