// Package notices tells people what concerns them (通知): one file per message, each a
// follower of the actions it tells of.
package notices

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain and its followers. A follower's name is lasting.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.NoticeList, "/notices", "My notices, newest first", List)
	endpoint.Post(d, models.NoticeRead, "/notices/read", "Mark notices as read", Read)

	// what is asked
	endpoint.On(d, "notices.submitted", Submitted, models.ChallengeSubmit)
	endpoint.On(d, "notices.owner", Owner, models.ChallengeReturn, models.ChallengeApprove, models.ChallengePublish, models.ChallengeFail, models.ChallengeUnbid)
	endpoint.On(d, "notices.suited", Suited, models.ChallengePublish)
	endpoint.On(d, "notices.invited", Invited, models.InvitationSend)
	endpoint.On(d, "notices.answered", Answered, models.InvitationAccept, models.InvitationDecline)
	endpoint.On(d, "notices.withdrawn", Withdrawn, models.ChallengeWithdraw)
	endpoint.On(d, "notices.ending", Ending, models.ChallengeRemind)
	endpoint.On(d, "notices.closed", Closed, models.ChallengeClose, models.ChallengeOpen)
	endpoint.On(d, "notices.recommended", Recommended, models.ChallengeCommend)
	// who
	endpoint.On(d, "notices.unit_looked", UnitLooked, models.OrgVerify, models.OrgReturn, models.OrgUnverify, models.OrgConfirmTie, models.OrgRefuseTie)
	endpoint.On(d, "notices.alliance_told", AllianceTold, models.AllianceRegister, models.AllianceAddMember, models.AllianceChangeMember, models.AllianceEndMember,
		models.AllianceConfirm, models.AllianceRefuse, models.AllianceLeave, models.AllianceRecognise, models.AlliancePropose, models.AllianceRecall,
		models.AllianceAccept, models.AllianceDecline, models.AllianceTransferTo, models.AllianceReject, models.AllianceSuspend, models.AllianceLift,
		models.AllianceDissolve, models.AllianceAssess)
	endpoint.On(d, "notices.integrity_told", IntegrityTold, models.IntegrityRecord, models.IntegrityAppeal, models.IntegrityRevoke, models.IntegrityDismiss,
		models.IntegrityExpire)
	endpoint.On(d, "notices.asked", Asked, models.QuestionAsk)
	endpoint.On(d, "notices.set_aside", SetAside, models.QuestionSetAside)
	endpoint.On(d, "notices.supplemented", Supplemented, models.ChallengeSupplement, models.ChallengeExtend)
	endpoint.On(d, "notices.proposed", Proposed, models.AmendmentPropose, models.AmendmentPublish, models.AmendmentRefuse)
	endpoint.On(d, "notices.signed", Signed, models.NDASign)
	// who wins
	endpoint.On(d, "notices.requested", Requested, models.BidRequest)
	endpoint.On(d, "notices.endorsed", Endorsed, models.BidEndorse, models.BidRefuse)
	endpoint.On(d, "notices.sealed", Sealed, models.BidSubmit, models.BidWithdraw)
	endpoint.On(d, "notices.checked", Checked, models.BidCheck, models.BidReject)
	endpoint.On(d, "notices.assigned", Assigned, models.AssignmentRun, models.AssignmentInvite)
	endpoint.On(d, "notices.stepped_aside", SteppedAside, models.AssignmentRecuse, models.AssignmentDecline)
	endpoint.On(d, "notices.ranked", Ranked, models.RankingCompute)
	endpoint.On(d, "notices.publicity", Publicity, models.AwardPublicize)
	endpoint.On(d, "notices.objected", Objected, models.ObjectionFile)
	endpoint.On(d, "notices.objection_decided", ObjectionDecided, models.ObjectionUphold, models.ObjectionDismiss)
	endpoint.On(d, "notices.decided", Decided, models.AwardDecide)
	endpoint.On(d, "notices.letter", Letter, models.BidAward, models.BidReserve, models.BidDecline)
}
