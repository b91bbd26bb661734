package notices

import (
	"slices"

	"jiebang/models"
)

// Assigned tells experts that bids wait for them: once for a whole run, and a reserve when
// he takes a place.
func Assigned(tx *models.Tx, e models.Event) error {
	switch {
	case e.Kind == models.KindChallenge:
		return invitedBy(tx, e)
	case e.Action == models.AssignmentRun:
		return nil // one of the run's own assignments: the run is told of as a whole
	}
	list, err := tx.AssignmentsOf(e.Challenge)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(a models.Assignment) bool { return string(a.ID) == e.Thing })
	if at < 0 {
		return nil
	}
	c, err := tx.Challenge(e.Challenge)
	if err != nil {
		return err
	}
	return tx.Notify(e, []models.UserID{list[at].User}, params(c, "expert"))
}

// invitedBy tells whom the run gave something.
func invitedBy(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	list, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return err
	}
	users := []models.UserID{}
	for _, a := range list {
		if a.CreatedAt.Equal(e.At) && !slices.Contains(users, a.User) {
			users = append(users, a.User)
		}
	}
	return tx.Notify(e, users, params(c, "expert"))
}
