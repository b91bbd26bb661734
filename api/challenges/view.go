package challenges

import (
	"jiebang/models"
)

// Challenge is a challenge as the caller may see it; fields he may not see are empty.
type Challenge struct {
	ID      models.ChallengeID `json:"id"`
	Code    string             `json:"code"`
	State   string             `json:"state"`
	Version int64              `json:"version"`
	Title   string             `json:"title"`
	Actions []models.Action    `json:"actions"`
}

func view(tx *models.Tx, c *models.Challenge) (*Challenge, error) {
	actions, err := tx.Allowed(c)
	if err != nil {
		return nil, err
	}
	return &Challenge{ID: c.ID, Code: c.Code, State: c.State, Version: c.Version, Title: c.Title, Actions: actions}, nil
}
