package notices

import "jiebang/models"

// ObjectionDecided tells who protested that it is decided, and the officers of the region.
func ObjectionDecided(tx *models.Tx, e models.Event) error {
	c, o, err := objection(tx, e)
	if err != nil || o == nil {
		return err
	}
	if err := tx.Notify(e, []models.UserID{o.User}, params(c, "objector")); err != nil {
		return err
	}
	return tellOfficers(tx, e, c)
}
