package api_test

import (
	"jiebang/models"
)

// needs puts one in every state into the pool of the town's firm.
func (h *town) needs(tx *models.Tx, firm *models.Org, officers func(map[string]models.Role) map[string]models.Role) error {
	judge := models.NewExpert()
	u := models.NewUser("town-need-judge", "judge of needs", "x")
	u.Life = lives(tx, models.UserActive)
	judge.Code, judge.User, judge.Name, judge.Kind, judge.Unit, judge.YearlyCap, judge.Life = "TWX-need", u.ID, "judge of needs", "technology", "Elsewhere", 10, lives(tx, models.ExpertActive)
	for _, row := range []any{u, judge} {
		if err := tx.Plant(row); err != nil {
			return err
		}
	}
	var first *models.Need
	for _, state := range models.States(models.KindNeed) {
		n := models.NewNeed()
		n.Title, n.Owner, n.Region, n.City, n.CreatedBy, n.Life = whisper+" need "+state, firm.ID, "210100", "沈阳市", h.people["poster"].User, lives(tx, state)
		n.Content = models.J(models.NeedContent{Problem: whisper + " problem"})
		if state == models.NeedMerged {
			n.Into = &first.ID
		}
		if state == models.NeedTurnedInto {
			c := h.challenge(tx, firm, models.ChallengeDrafted, 900, false)
			c.Life = lives(tx, models.ChallengeWithdrawn)
			c.Title, c.Code = "carried on", ""
			if err := tx.Plant(c); err != nil {
				return err
			}
			n.Challenge = &c.ID
		}
		if err := tx.Plant(n); err != nil {
			return err
		}
		if first == nil {
			first = n
		}
		if err := tx.NameNeedExpert(n.ID, judge.ID); err != nil {
			return err
		}
		w, err := tx.AddNeedComment(n, "", whisper+" comment", true)
		if err != nil {
			return err
		}
		h.ids["comment"] = string(w.ID)
		h.add(models.KindNeed, string(n.ID), state, state+" need", officers(map[string]models.Role{"admin": models.Owner, "poster": models.Owner, "both": models.Owner})).content = whisper
	}
	return nil
}
