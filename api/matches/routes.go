// Package matches suggests teams to challenges and challenges to teams, with reasons (撮合).
package matches

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.MatchForChallenge, "/challenges/{id}/matches", "Teams that suit a challenge, and why", ForChallenge)
	endpoint.Get(d, models.MatchForTeam, "/teams/{id}/matches", "Open challenges that suit a team, and why", ForTeam)
}
