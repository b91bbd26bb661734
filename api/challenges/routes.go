// Package challenges drafts, publishes and shows challenges (榜题).
package challenges

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.ChallengeDraft, "/orgs/{id}/challenges", "Begin a challenge for a unit", Draft, endpoint.Creates())
	endpoint.Get(d, models.ChallengeShow, "/challenges/{id}", "One challenge", Show)
	endpoint.Post(d, models.ChallengeReturn, "/challenges/{id}/return", "Ask the owner for changes", Return)
}
