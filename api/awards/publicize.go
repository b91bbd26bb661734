package awards

import (
	"jiebang/api/question"
	"jiebang/internal/workday"
	"jiebang/models"
)

// PublicizeInput names a challenge.
type PublicizeInput struct {
	ID models.ChallengeID `path:"id"`
}

// Publicize shows the proposal to everybody for the working days the challenge was published
// with. The day it begins does not count; the end is the end of a working day.
func Publicize(tx *models.Tx, in *PublicizeInput) (*Award, error) {
	c, err := tx.ChallengeFor(models.AwardPublicize, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	days := c.PublicityDays
	if days == 0 {
		days = 5
	}
	from, until := tx.Now, workday.Official().Add(tx.Now, days)
	c.PublicityFrom, c.PublicityUntil = &from, &until
	if err := tx.Apply(models.AwardPublicize, c, models.Note{Data: map[string]any{"until": until, "working_days": days}}); err != nil {
		return nil, err
	}
	return view(tx, c)
}
