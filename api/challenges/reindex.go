package challenges

import "jiebang/models"

// Reindex lets the public list follow a merge of terms: what was tagged with the old one is
// found and counted under the one that stands for it now. The tags themselves stay.
func Reindex(tx *models.Tx, e models.Event) error {
	kind, _ := e.Data.V["kind"].(string)
	from, _ := e.Data.V["from"].(string)
	list, err := tx.ListedUnder(kind, from)
	if err != nil {
		return err
	}
	for i := range list {
		if err := Index(tx, &list[i]); err != nil {
			return err
		}
	}
	return nil
}

// HandedOn lets the public list follow a challenge to another owner.
func HandedOn(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil || c.Code == "" {
		return err
	}
	return Index(tx, c)
}
