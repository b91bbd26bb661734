// Package awards proposes, shows and decides who wins a challenge, and hears objections (中榜、公示、异议).
package awards

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.AwardChoose, "/challenges/{id}/choice", "The owner picks a bid", Choose)
	endpoint.Post(d, models.AwardShortlist, "/challenges/{id}/shortlist", "Propose winners and reserves", Shortlist)
	endpoint.Post(d, models.AwardPublicize, "/challenges/{id}/publicity", "Show the proposal to all", Publicize)
	endpoint.Get(d, models.AwardShow, "/challenges/{id}/award", "Who is proposed or has won", Show)
	endpoint.Post(d, models.AwardRetract, "/challenges/{id}/retract", "Take the proposal back", Retract)
	endpoint.Post(d, models.AwardDecide, "/challenges/{id}/award", "Decide the award", Decide)
	endpoint.Post(d, models.ChallengeFail, "/challenges/{id}/fail", "End a challenge that no bid passed", Fail)
	endpoint.Post(d, models.ObjectionFile, "/challenges/{id}/objections", "Object under one's real name", File, endpoint.Creates())
	endpoint.Get(d, models.ObjectionList, "/challenges/{id}/objections", "The objections to a challenge", ListObjections)
	endpoint.Get(d, models.ObjectionShow, "/objections/{id}", "One objection", ShowObjection)
	endpoint.Post(d, models.ObjectionUphold, "/objections/{id}/uphold", "Uphold an objection", Uphold)
	endpoint.Post(d, models.ObjectionDismiss, "/objections/{id}/dismiss", "Dismiss an objection", Dismiss)
}
