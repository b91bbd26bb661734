package matches

import (
	"jiebang/api/question"
	"jiebang/models"
)

// ForecastInput names a challenge.
type ForecastInput struct {
	ID models.ChallengeID `path:"id"`
}

// Foretell counts, condition by condition, the teams that could answer a challenge.
func Foretell(tx *models.Tx, in *ForecastInput) (*question.Forecast, error) {
	c, err := tx.ChallengeFor(models.MatchForecast, in.ID)
	if err != nil {
		return nil, err
	}
	return question.ForecastOf(tx, c)
}
