// Package conflicts keeps what ties judges to those they judge (利害关系): the facts on record, what
// they make of a challenge's experts and bids, and the waivers of what may be waived.
package conflicts

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.TieRecord, "/ties", "Put on record what ties people, units or teams", Record, endpoint.Creates())
	endpoint.Get(d, models.TieList, "/ties", "The ties on record, newest first", Ties)
	endpoint.Get(d, models.TieMine, "/me/ties", "The ties that I have put on record", MyTies)
	endpoint.Get(d, models.TieShow, "/ties/{id}", "One tie", ShowTie)
	endpoint.Post(d, models.TieStrike, "/ties/{id}/strike", "Strike a tie that is wrong", Strike)
	endpoint.Get(d, models.ConflictList, "/challenges/{id}/conflicts", "Who of the panel must not judge which bid, and by which chain of facts", List)
	endpoint.Post(d, models.WaiverAsk, "/challenges/{id}/waivers", "Ask that a soft conflict may pass", Ask, endpoint.Creates())
	endpoint.Get(d, models.WaiverShow, "/waivers/{id}", "One waiver", ShowWaiver)
	endpoint.Post(d, models.WaiverApprove, "/waivers/{id}/approve", "Let the conflict pass, as a second person", Approve)
	endpoint.Post(d, models.WaiverRefuse, "/waivers/{id}/refuse", "Refuse to let the conflict pass", Refuse)
}
