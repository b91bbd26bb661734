package notices

import "jiebang/models"

// Checked tells a bid's people what the formal check found.
func Checked(tx *models.Tx, e models.Event) error {
	b, c, err := bidOf(tx, e)
	if err != nil {
		return err
	}
	list, err := bidders(tx, b)
	if err != nil {
		return err
	}
	return tx.Notify(e, list, params(c, "bidder"))
}
