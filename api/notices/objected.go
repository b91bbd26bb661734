package notices

import (
	"time"

	"jiebang/models"
)

// Objected tells the officers that somebody protests, and until when it is to be decided.
func Objected(tx *models.Tx, e models.Event) error {
	c, o, err := objection(tx, e)
	if err != nil || o == nil {
		return err
	}
	list, err := tx.OfficersOf(c.Region)
	if err != nil {
		return err
	}
	return tx.Notify(e, list, with(params(c, "officer"), "due", o.DueAt.UTC().Format(time.RFC3339)))
}

// objection finds what an event tells of, and the challenge it is about.
func objection(tx *models.Tx, e models.Event) (*models.Challenge, *models.Objection, error) {
	c, err := tx.Challenge(e.Challenge)
	if err != nil {
		return nil, nil, err
	}
	list, err := tx.ObjectionsOf(c.ID)
	for i := range list {
		if string(list[i].ID) == e.Thing {
			return c, &list[i], nil
		}
	}
	return c, nil, err
}
