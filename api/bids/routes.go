// Package bids writes, endorses, seals and opens bids (揭榜申报书). Until a challenge is opened
// nothing here answers anybody but the team and its unit, and nothing anywhere counts.
package bids

import (
	"time"

	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.BidDraft, "/challenges/{id}/bids", "Begin a team's bid", Draft, endpoint.Creates())
	endpoint.Get(d, models.BidMine, "/challenges/{id}/bid", "My team's or unit's bid on a challenge", Mine)
	endpoint.Get(d, models.BidDesk, "/desk/bids", "Bids of my teams and units", Desk)
	endpoint.Get(d, models.BidShow, "/bids/{id}", "One bid", Show)
	endpoint.Put(d, models.BidSave, "/bids/{id}/content", "Save a draft", Save)
	endpoint.Get(d, models.BidVersions, "/bids/{id}/versions", "Saved versions of a draft", Versions)
	endpoint.Get(d, models.BidVersions, "/bids/{id}/versions/{n}", "One saved version with its canonical text", Version, endpoint.Also("one"))
	endpoint.Post(d, models.BidRequest, "/bids/{id}/request", "Ask the unit to stand behind the newest version", Request)
	endpoint.Post(d, models.BidEndorse, "/bids/{id}/endorse", "Stand behind exactly this content", Endorse)
	endpoint.Post(d, models.BidRefuse, "/bids/{id}/refuse", "Refuse to stand behind it, with the reason", Refuse)
	endpoint.Post(d, models.BidSubmit, "/bids/{id}/submit", "Seal the endorsed version, in place of an earlier one", Submit)
	endpoint.Get(d, models.BidReceipt, "/bids/{id}/receipt", "The receipt of the sealed bid", ReceiptOf)
	endpoint.Post(d, models.BidWithdraw, "/bids/{id}/withdraw", "Take a sealed bid back before the deadline", Withdraw)
	endpoint.Post(d, models.BidConfirm, "/bids/{id}/confirm", "Take note of the newest text, and let the sealed version stand for it", Confirm)
	endpoint.Post(d, models.ChallengeOpen, "/challenges/{id}/open", "Open every sealed bid at once", Open)
	endpoint.EveryOne(d, time.Minute, models.ChallengeOpen, Due, OpenDue)
	endpoint.Get(d, models.BidList, "/challenges/{id}/bids", "The opened bids of a challenge", List)
	endpoint.Post(d, models.BidCheck, "/bids/{id}/check", "Formal check of an opened bid", Check)
}
