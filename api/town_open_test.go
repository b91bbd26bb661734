package api_test

import (
	"fmt"

	"jiebang/models"
)

// plantOpen makes what hangs on a challenge while it is open: questions, amendments and a
// promise to keep its detail.
func (h *town) plantOpen(tx *models.Tx, _, _ *models.Org) error {
	var c *models.Challenge
	for _, f := range h.of(models.KindChallenge) {
		if f.state == models.ChallengePublished {
			found, err := tx.Challenge(models.ChallengeID(f.id))
			if err != nil {
				return err
			}
			c = found
		}
	}
	around := func(more map[string]models.Role) map[string]models.Role {
		have := officers(more)
		for _, name := range []string{"admin", "poster", "both"} {
			have[name] |= models.Owner
		}
		return have
	}
	for i, state := range models.States(models.KindQuestion) {
		q := tx.NewQuestion(c, whisper+" question")
		q.By, q.Life = h.people["stranger"].User, lives(tx, state)
		if state == models.QuestionAnswered {
			q.Answer, q.AnsweredAt, q.Supplement = "yes", &tx.Now, i+1
		}
		if err := tx.Plant(q); err != nil {
			return err
		}
		f := h.add(models.KindQuestion, string(q.ID), state, state+" question", around(map[string]models.Role{"stranger": models.Self}))
		if state != models.QuestionAnswered {
			f.content = whisper
		}
	}
	for i, state := range models.States(models.KindAmendment) {
		a := tx.NewAmendment(c)
		a.By, a.Reason, a.Life = h.people["poster"].User, fmt.Sprintf("%s amendment %d", whisper, i), lives(tx, state)
		if state == models.AmendmentPublished {
			a.Supplement = 9
		}
		if err := tx.Plant(a); err != nil {
			return err
		}
		h.add(models.KindAmendment, string(a.ID), state, state+" amendment", around(map[string]models.Role{})).content = whisper
	}
	team, err := h.bidder(tx, "signed")
	if err != nil {
		return err
	}
	n := tx.NewNDA(c, team)
	n.By, n.Digest, n.Text, n.Life = h.people["lead"].User, "d", whisper, lives(tx, models.NDASigned)
	if err := tx.Plant(n); err != nil {
		return err
	}
	h.add(models.KindNDA, string(n.ID), models.NDASigned, "promise", around(ours())).content = whisper
	return nil
}
