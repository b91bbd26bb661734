// Package rankings puts the scored bids in order, keeps the order as evidence, and says why
// one bid stands before another (排名).
package rankings

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.RankingCompute, "/challenges/{id}/ranking", "Rank the scored bids", Compute, endpoint.Creates())
	endpoint.Get(d, models.RankingShow, "/challenges/{id}/ranking", "The kept ranking", Show, endpoint.Rows("places"))
	endpoint.Get(d, models.RankingShow, "/challenges/{id}/ranking/compare", "Why one bid stands before another", Compare, endpoint.Also("compare"))
}
