package notices

import "jiebang/models"

// SteppedAside tells who drew the panel that an expert stepped aside; any officer of the
// region when nobody is known to have drawn it.
func SteppedAside(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(e.Challenge)
	if err != nil {
		return err
	}
	p, err := tx.PanelOf(c.ID)
	if err != nil {
		return err
	}
	if p == nil || p.DrawnBy == "" {
		return tellOfficers(tx, e, c)
	}
	return tx.Notify(e, []models.UserID{p.DrawnBy}, params(c, "officer"))
}
