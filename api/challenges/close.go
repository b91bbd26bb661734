package challenges

import (
	"time"

	"jiebang/models"
)

// CloseInput names a challenge.
type CloseInput struct {
	ID models.ChallengeID `path:"id"`
}

// Close closes the bidding by hand, when the clock has not come round yet.
func Close(tx *models.Tx, in *CloseInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengeClose, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.ChallengeClose, c, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, c)
}

// due lists the challenges whose deadline has come.
func due(tx *models.Tx) ([]models.ChallengeID, error) {
	list, err := tx.ChallengesDue(tx.Now)
	return ids(list), err
}

// closeOne closes the bidding at its deadline.
func closeOne(tx *models.Tx, id models.ChallengeID) error {
	c, err := tx.ChallengeFor(models.ChallengeClose, id)
	if err != nil {
		return err
	}
	return tx.Apply(models.ChallengeClose, c, models.Note{})
}

// reminder is how long before the deadline the reminder goes out.
const reminder = 3 * day

// ending lists the challenges that end soon and of which nobody was reminded.
func ending(tx *models.Tx) ([]models.ChallengeID, error) {
	list, err := tx.ChallengesDue(tx.Now.Add(reminder))
	if err != nil {
		return nil, err
	}
	soon := []models.Challenge{}
	for _, c := range list {
		given, err := tx.Reminded(&c, c.Deadline.Add(-reminder))
		if err != nil {
			return nil, err
		}
		if !given && c.Deadline.After(tx.Now) {
			soon = append(soon, c)
		}
	}
	return ids(soon), nil
}

// remindOne leaves the reminder on the trail, once; a follower carries it to people.
func remindOne(tx *models.Tx, id models.ChallengeID) error {
	c, err := tx.ChallengeFor(models.ChallengeRemind, id)
	if err != nil {
		return err
	}
	given, err := tx.Reminded(c, c.Deadline.Add(-reminder))
	if err != nil || given || !c.Deadline.After(tx.Now) {
		return err
	}
	return tx.Apply(models.ChallengeRemind, c, models.Note{Data: map[string]any{"bid_deadline": c.Deadline.Format(time.RFC3339)}})
}

func ids(list []models.Challenge) []models.ChallengeID {
	out := make([]models.ChallengeID, len(list))
	for i, c := range list {
		out[i] = c.ID
	}
	return out
}
