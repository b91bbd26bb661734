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
	endpoint.Get(d, models.SupplementList, "/challenges/{id}/supplements", "What was added to the text since it was published", Supplements)
	endpoint.Get(d, models.QuestionList, "/challenges/{id}/questions", "Questions and answers", Questions)
	endpoint.Post(d, models.QuestionAsk, "/challenges/{id}/questions", "Ask about an open challenge", Ask, endpoint.Creates())
	endpoint.Get(d, models.QuestionShow, "/questions/{id}", "One question", ShowQuestion)
	endpoint.Put(d, models.QuestionDraft, "/questions/{id}/answer", "Draft an answer", DraftAnswer)
	endpoint.Post(d, models.QuestionAnswer, "/questions/{id}/answer", "Publish an answer to all alike", Answer)
	endpoint.Post(d, models.QuestionSetAside, "/questions/{id}/set-aside", "Leave a question without an answer, with a reason for the asker", SetAside)
	endpoint.Post(d, models.ChallengeExtend, "/challenges/{id}/extend", "Move the deadline, before it and with a public reason", Extend)
	endpoint.Get(d, models.AmendmentList, "/challenges/{id}/amendments", "Amendments proposed for a challenge", Amendments)
	endpoint.Post(d, models.AmendmentPropose, "/challenges/{id}/amendments", "Propose to amend a published challenge", Propose, endpoint.Creates())
	endpoint.Get(d, models.AmendmentShow, "/amendments/{id}", "One amendment", ShowAmendment)
	endpoint.Post(d, models.AmendmentPublish, "/amendments/{id}/publish", "Publish an amendment, with at least ten days to bid", PublishAmendment)
	endpoint.Post(d, models.AmendmentRefuse, "/amendments/{id}/refuse", "Refuse an amendment", RefuseAmendment)
	endpoint.Post(d, models.AmendmentWithdraw, "/amendments/{id}/withdraw", "Take a proposed amendment back", WithdrawAmendment)
	endpoint.Get(d, models.NDAText, "/challenges/{id}/nda", "The promise to sign before reading the detail", ShowNDA)
	endpoint.Post(d, models.NDASign, "/challenges/{id}/nda", "Sign for a team", SignNDA, endpoint.Creates())
	endpoint.Get(d, models.NDAList, "/challenges/{id}/nda/record", "Who signed, and who read what", NDAs)
	endpoint.Get(d, models.NDAShow, "/nda/{id}", "One team's promise", OneNDA)
	endpoint.Post(d, models.NDARead, "/nda/{id}/detail", "Read the detail under a promise; it is recorded", ReadDetail)
	endpoint.Get(d, models.ChallengeDiagnose, "/challenges/{id}/diagnosis", "Why a challenge stayed unfilled", Diagnose)
	endpoint.Post(d, models.ChallengeRepost, "/challenges/{id}/repost", "Post an unfilled challenge again, with changes", Repost, endpoint.Creates())
	endpoint.On(d, "challenges.diagnose", KeepDiagnosis, models.ChallengeUnbid, models.ChallengeFail)
	endpoint.EveryOne(d, time.Minute, models.ChallengeClose, due, closeOne)
	endpoint.EveryOne(d, time.Hour, models.ChallengeRemind, ending, remindOne)
	endpoint.On(d, "challenges.reindex", Reindex, models.CatalogueMerge)
	endpoint.On(d, "challenges.outdated", Outdated, models.CataloguePublish, models.CatalogueEnd)
	endpoint.Work(d, time.Minute, "challenges.renew", Renew)
	endpoint.On(d, "challenges.handed_on", HandedOn, models.ChallengeHandOn)
}

// Feeds hangs the doors for programs that look at the public list again and again. Links begin
// with base.
func Feeds(d *endpoint.Doors, base string) {
	f := feeds{base}
	endpoint.Feed(d, models.ChallengeFeed, "/challenges.atom", "The newest challenges as a feed", "application/atom+xml", f.atom)
	endpoint.Feed(d, models.ChallengeCalendar, "/challenges.ics", "The deadlines of open challenges as a calendar", "text/calendar", f.calendar)
}
