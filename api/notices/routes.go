// Package notices tells people what concerns them (通知): one file per message, each a
// follower of the actions it tells of.
package notices

import (
	"time"

	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain and its followers. A follower's name is lasting.
func Routes(d *endpoint.Doors, p *Post) {
	endpoint.Get(d, models.NoticeList, "/notices", "My notices, newest first", List)
	endpoint.Post(d, models.NoticeRead, "/notices/read", "Mark notices as read", Read)

	endpoint.Get(d, models.NoticeSettingShow, "/account/notices", "How I want to be told", p.ShowSettings)
	endpoint.Put(d, models.NoticeSettingSet, "/account/notices", "Change how I want to be told", p.SetSettings)
	endpoint.Get(d, models.MailEnding, "/unsubscribe/{token}", "What a link in a letter would end", ShowMailEnding)
	endpoint.Post(d, models.MailEnd, "/unsubscribe/{token}", "End mail of a kind, without a sign-in", EndMail)
	endpoint.Get(d, models.CalendarShow, "/account/calendar", "The address of my calendar of deadlines", p.ShowCalendar)
	endpoint.Post(d, models.CalendarMake, "/account/calendar", "Give me a new address for it", p.MakeCalendar)
	endpoint.Delete(d, models.CalendarEnd, "/account/calendar", "Take the address back", p.EndCalendar)
	endpoint.Feed(d, models.CalendarRead, "/calendars/{token}/deadlines.ics", "A person's deadlines as a calendar", "text/calendar", p.ReadCalendar)
	endpoint.Get(d, models.LetterList, "/letters", "The outbox", p.Outbox)
	endpoint.Get(d, models.LetterShow, "/letters/{letter}", "A letter as it would go out", p.ShowLetter)
	endpoint.Post(d, models.LetterResend, "/letters/{letter}/resend", "Send a letter again", p.ResendLetter)
	endpoint.Post(d, models.LetterCancel, "/letters/{letter}/cancel", "Give a letter up", p.CancelLetter)
	endpoint.Queue(d, 5*time.Second, "letters.send", 4, p.Look, p.Next)
	endpoint.On(d, "letters.overtaken", Overtaken, models.InvitationAccept, models.InvitationDecline, models.InvitationLapse, models.AwardRetract,
		models.AssignmentAccept, models.AssignmentDecline, models.AssignmentRecuse, models.AssignmentReplace)
	endpoint.On(d, "letters.reset_made", ResetMade, models.AccountMakeReset)
	endpoint.On(d, "letters.signup_made", SignupMade, models.SignupInvite)
	endpoint.On(d, "notices.webhook_paused", Paused, models.WebhookPause)

	// what is asked
	endpoint.On(d, "notices.submitted", Submitted, models.ChallengeSubmit)
	endpoint.On(d, "notices.owner", Owner, models.ChallengeReturn, models.ChallengeApprove, models.ChallengePublish, models.ChallengeFail, models.ChallengeUnbid)
	endpoint.On(d, "notices.suited", Suited, models.ChallengePublish)
	endpoint.On(d, "notices.invited", Invited, models.InvitationSend)
	endpoint.On(d, "notices.answered", Answered, models.InvitationAccept, models.InvitationDecline)
	endpoint.On(d, "notices.withdrawn", Withdrawn, models.ChallengeWithdraw)
	endpoint.On(d, "notices.ending", Ending, models.ChallengeRemind)
	endpoint.On(d, "notices.closed", Closed, models.ChallengeClose, models.ChallengeOpen)
	endpoint.On(d, "notices.need", Need, models.NeedSubmit, models.NeedComment, models.NeedRefine, models.NeedArgue, models.NeedReplace, models.NeedScore,
		models.NeedReturn, models.NeedPark, models.NeedMerge, models.NeedApprove, models.NeedTurned)
	endpoint.On(d, "notices.recommended", Recommended, models.ChallengeCommend)
	// who
	endpoint.On(d, "notices.unit_looked", UnitLooked, models.OrgVerify, models.OrgReturn, models.OrgUnverify, models.OrgConfirmTie, models.OrgRefuseTie)
	endpoint.On(d, "notices.alliance_told", AllianceTold, models.AllianceRegister, models.AllianceAddMember, models.AllianceChangeMember, models.AllianceEndMember,
		models.AllianceConfirm, models.AllianceRefuse, models.AllianceLeave, models.AllianceRecognise, models.AlliancePropose, models.AllianceRecall,
		models.AllianceAccept, models.AllianceDecline, models.AllianceTransferTo, models.AllianceReject, models.AllianceSuspend, models.AllianceLift,
		models.AllianceDissolve, models.AllianceAssess)
	endpoint.On(d, "notices.integrity_bears", IntegrityBears, models.IntegrityRecord)
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
	endpoint.On(d, "notices.replaced", Replaced, models.AssignmentReplace)
	endpoint.On(d, "notices.waiver_told", WaiverTold, models.WaiverAsk, models.WaiverApprove, models.WaiverRefuse)
	endpoint.On(d, "notices.ranked", Ranked, models.RankingCompute)
	endpoint.On(d, "notices.publicity", Publicity, models.AwardPublicize, models.AwardRetract)
	endpoint.On(d, "notices.objected", Objected, models.ObjectionFile)
	endpoint.On(d, "notices.objection_decided", ObjectionDecided, models.ObjectionUphold, models.ObjectionDismiss)
	endpoint.On(d, "notices.decided", Decided, models.AwardDecide)
	endpoint.On(d, "notices.letter", Letter, models.BidAward, models.BidReserve, models.BidDecline)
}
