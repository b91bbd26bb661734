// Package matches suggests teams to challenges and challenges to teams, with reasons (撮合),
// and carries the word: subscriptions, mutes and invitations.
package matches

import (
	"time"

	"jiebang/api/endpoint"
	"jiebang/api/question"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.MatchForChallenge, "/challenges/{id}/matches", "Teams that suit a challenge, and why", ForChallenge)
	endpoint.Get(d, models.MatchForTeam, "/teams/{id}/matches", "Open challenges that suit a team, and why", ForTeam)
	endpoint.Get(d, models.MatchFormula, "/matches/formula", "How matches are scored", Formula)
	endpoint.Get(d, models.MatchCompare, "/challenges/{id}/matches/compare", "Why one team stands before another", Compare)
	endpoint.Get(d, models.MatchConsortia, "/challenges/{id}/consortia", "The smallest sets of teams that hold every must-capability", Consortia)
	endpoint.Get(d, models.MatchPartners, "/teams/{id}/partners", "With whom a team would hold every must-capability of a challenge", Partners)
	endpoint.Call(d, "POST", models.MatchTags, "/matches/tags", "Offer tags for a text; nothing is written", new(tagger).Propose)
	endpoint.Get(d, models.MatchReach, "/challenges/{id}/reach", "Whom a challenge has reached, in numbers", Reach)
	endpoint.Get(d, models.MatchForecast, "/challenges/{id}/forecast", "How many teams could answer, condition by condition, in numbers", Foretell)
	endpoint.Work(d, time.Hour, "match.train", question.Train)
	endpoint.Work(d, 5*time.Second, "match.embed", question.Embed)
	endpoint.Work(d, time.Hour, "match.save_index", question.SaveIndex)
	endpoint.Work(d, time.Minute, "match.enter", question.Enter)
	// subscriptions and mutes
	endpoint.Get(d, models.SubscriptionList, "/subscriptions", "What I am told of", Subscriptions)
	endpoint.Post(d, models.SubscriptionAdd, "/subscriptions", "Be told of new challenges on a topic", Subscribe, endpoint.Creates())
	endpoint.Get(d, models.SubscriptionShow, "/subscriptions/{id}", "One subscription", ShowSubscription)
	endpoint.Put(d, models.SubscriptionEdit, "/subscriptions/{id}", "Change a subscription", Resubscribe)
	endpoint.Delete(d, models.SubscriptionEnd, "/subscriptions/{id}", "End a subscription", Unsubscribe)
	endpoint.Get(d, models.MuteList, "/mutes", "What I hear no more of", Mutes)
	endpoint.Post(d, models.MuteAdd, "/mutes", "Hear no more of a topic", MuteTopic, endpoint.Creates())
	endpoint.Get(d, models.MuteShow, "/mutes/{id}", "One mute", ShowMute)
	endpoint.Delete(d, models.MuteEnd, "/mutes/{id}", "End a mute", Unmute)
	// invitations
	endpoint.Get(d, models.InvitationSuggest, "/challenges/{id}/invitations/suggested", "Whom to invite, spread so that not only the strongest are seen", Suggest)
	endpoint.Post(d, models.InvitationSend, "/challenges/{id}/invitations", "Invite a team to bid", Invite, endpoint.Creates())
	endpoint.Get(d, models.InvitationList, "/challenges/{id}/invitations", "Whom a challenge has invited", Invitations)
	endpoint.Get(d, models.InvitationReceived, "/teams/{id}/invitations", "Who has invited a team", Received)
	endpoint.Get(d, models.InvitationShow, "/invitations/{id}", "One invitation", ShowInvitation)
	endpoint.Post(d, models.InvitationAccept, "/invitations/{id}/accept", "Accept an invitation", Accept)
	endpoint.Post(d, models.InvitationDecline, "/invitations/{id}/decline", "Decline an invitation", Decline)
	endpoint.On(d, "matches.lapsed", Lapse, models.ChallengeClose, models.ChallengeWithdraw)
}
