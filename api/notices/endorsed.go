package notices

import "jiebang/models"

// Endorsed tells the lead what his unit said.
func Endorsed(tx *models.Tx, e models.Event) error {
	b, c, err := bidOf(tx, e)
	if err != nil {
		return err
	}
	list, err := leads(tx, b.Team)
	if err != nil {
		return err
	}
	return tx.Notify(e, list, params(c, "bidder"))
}
