// Package challenges drafts, publishes and shows challenges (榜题).
package challenges

import (
	"time"

	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.ChallengeSearch, "/challenges", "The public list: search, facets, orders", Search)
	endpoint.Download(d, models.ChallengeExport, "/challenges/export", "The public list as CSV or JSON, at most 5,000 lines", Export)
	endpoint.Get(d, models.ChallengeDesk, "/desk/challenges", "The challenges I have to do with", Desk)
	endpoint.Post(d, models.ChallengeDraft, "/orgs/{id}/challenges", "Begin a challenge for a unit", Draft, endpoint.Creates())
	endpoint.Get(d, models.ChallengeShow, "/challenges/{id}", "One challenge", Show)
	endpoint.Put(d, models.ChallengeEdit, "/challenges/{id}", "Save a draft as a whole", Edit)
	endpoint.Get(d, models.ChallengeVerify, "/challenges/{id}/check", "What a challenge lacks", Verify)
	endpoint.Post(d, models.ChallengeSubmit, "/challenges/{id}/submit", "Hand a draft to the officer", Submit)
	endpoint.Post(d, models.ChallengeReturn, "/challenges/{id}/return", "Ask the owner for changes", Return)
	endpoint.Post(d, models.ChallengeCommend, "/challenges/{id}/recommend", "Recommend a submitted challenge to the province, with the city's opinion", Recommend)
	endpoint.Post(d, models.ChallengeApprove, "/challenges/{id}/approve", "Find a challenge fit to publish", Approve)
	endpoint.Post(d, models.ChallengePublish, "/challenges/{id}/publish", "Put a challenge on the list", Publish)
	endpoint.Post(d, models.ChallengeWithdraw, "/challenges/{id}/withdraw", "Take a challenge back", Withdraw)
	endpoint.Post(d, models.ChallengeClose, "/challenges/{id}/close", "Close the bidding after its deadline", Close)
	endpoint.EveryOne(d, time.Minute, models.ChallengeClose, due, closeOne)
	endpoint.EveryOne(d, time.Hour, models.ChallengeRemind, ending, remindOne)
	endpoint.On(d, "challenges.reindex", Reindex, models.CatalogueMerge)
	endpoint.On(d, "challenges.handed_on", HandedOn, models.ChallengeHandOn)
}
