package models

import "slices"

// How mail may treat a kind of notice. In the application a notice is always left.
const (
	MailOn     = "on"     // a letter of its own, at once
	MailDigest = "digest" // in the letter of the day
	MailOff    = "off"
)

// NoticeKind is an action that people are told of.
type NoticeKind struct {
	Kind  Action
	Group string // under which it stands among the settings
	Mail  string // what happens where a person has said nothing
	// Line groups decisions about one thing: a newer one takes the place of an older letter
	// that was not sent yet. "" stands alone.
	Line string
	// Ends makes every other unsent letter about the same challenge pointless.
	Ends bool
	// Hears are the relations to the thing by which a webhook hears of the action; Visitor is
	// everybody's business, none is nobody's.
	Hears Role
}

const (
	hearsOwner    = Owner | Officer
	hearsTeam     = Bidder | Lead | Institution
	hearsAlliance = Owner | Institution | Officer
)

// NoticeKinds are all kinds of notices, in the order of a challenge's life.
var NoticeKinds = []NoticeKind{
	{Kind: ChallengePublish, Group: "found", Mail: MailOn, Line: "challenge", Hears: Visitor},
	{Kind: InvitationSend, Group: "found", Mail: MailOn, Line: "invitation", Hears: hearsTeam},
	{Kind: ChallengeRemind, Group: "found", Mail: MailOn, Line: "challenge", Hears: Visitor},
	{Kind: NeedSubmit, Group: "asked", Mail: MailOn, Line: "need"},
	{Kind: NeedComment, Group: "asked", Mail: MailDigest},
	{Kind: NeedRefine, Group: "asked", Mail: MailOn, Line: "need"},
	{Kind: NeedReturn, Group: "asked", Mail: MailOn, Line: "need"},
	{Kind: NeedPark, Group: "asked", Mail: MailOn, Line: "need"},
	{Kind: NeedMerge, Group: "asked", Mail: MailOn, Line: "need"},
	{Kind: NeedArgue, Group: "reviews", Mail: MailOn},
	{Kind: NeedReplace, Group: "reviews", Mail: MailOn},
	{Kind: NeedScore, Group: "asked", Mail: MailOn},
	{Kind: NeedApprove, Group: "asked", Mail: MailOn, Line: "need"},
	{Kind: NeedTurned, Group: "asked", Mail: MailDigest},
	{Kind: ChallengeSubmit, Group: "asked", Mail: MailOn, Line: "challenge", Hears: hearsOwner},
	{Kind: ChallengeReturn, Group: "asked", Mail: MailOn, Line: "challenge", Hears: hearsOwner},
	{Kind: ChallengeApprove, Group: "asked", Mail: MailOn, Line: "challenge", Hears: hearsOwner},
	{Kind: ChallengeCommend, Group: "asked", Mail: MailOn, Line: "challenge", Hears: hearsOwner},
	{Kind: QuestionAsk, Group: "asked", Mail: MailOn, Line: "question", Hears: hearsOwner},
	{Kind: QuestionSetAside, Group: "asked", Mail: MailOn, Line: "question"},
	{Kind: ChallengeSupplement, Group: "asked", Mail: MailOn, Hears: Visitor},
	{Kind: ChallengeExtend, Group: "asked", Mail: MailOn, Hears: Visitor},
	{Kind: AmendmentPropose, Group: "asked", Mail: MailOn, Line: "amendment", Hears: hearsOwner},
	{Kind: AmendmentPublish, Group: "asked", Mail: MailDigest, Line: "amendment", Hears: hearsOwner},
	{Kind: AmendmentRefuse, Group: "asked", Mail: MailOn, Line: "amendment", Hears: hearsOwner},
	{Kind: NDASign, Group: "asked", Mail: MailDigest, Hears: hearsOwner},
	{Kind: InvitationAccept, Group: "asked", Mail: MailDigest, Line: "invitation", Hears: hearsOwner},
	{Kind: InvitationDecline, Group: "asked", Mail: MailDigest, Line: "invitation", Hears: hearsOwner},
	{Kind: ChallengeWithdraw, Group: "asked", Mail: MailOn, Line: "challenge", Ends: true, Hears: Visitor},
	{Kind: ChallengeClose, Group: "asked", Mail: MailDigest, Line: "challenge", Hears: Visitor},
	{Kind: ChallengeOpen, Group: "asked", Mail: MailOn, Line: "challenge", Hears: Visitor},
	{Kind: ChallengeUnbid, Group: "asked", Mail: MailOn, Line: "challenge", Ends: true, Hears: Visitor},
	{Kind: ChallengeFail, Group: "asked", Mail: MailOn, Line: "challenge", Ends: true, Hears: Visitor},
	{Kind: BidRequest, Group: "bids", Mail: MailOn, Line: "endorsement", Hears: hearsTeam},
	{Kind: BidEndorse, Group: "bids", Mail: MailOn, Line: "endorsement", Hears: hearsTeam},
	{Kind: BidRefuse, Group: "bids", Mail: MailOn, Line: "endorsement", Hears: hearsTeam},
	{Kind: BidSubmit, Group: "bids", Mail: MailOn, Line: "submission", Hears: hearsTeam},
	{Kind: BidWithdraw, Group: "bids", Mail: MailOn, Line: "submission", Hears: hearsTeam},
	{Kind: BidCheck, Group: "bids", Mail: MailOn, Line: "check", Hears: hearsTeam | Officer},
	{Kind: BidReject, Group: "bids", Mail: MailOn, Line: "check", Hears: hearsTeam | Officer},
	{Kind: AssignmentRun, Group: "reviews", Mail: MailOn, Line: "assignment", Hears: Officer},
	{Kind: AssignmentInvite, Group: "reviews", Mail: MailOn, Line: "assignment", Hears: Officer},
	{Kind: AssignmentRecuse, Group: "reviews", Mail: MailOn, Line: "assignment", Hears: Officer},
	{Kind: AssignmentDecline, Group: "reviews", Mail: MailOn, Line: "assignment", Hears: Officer},
	{Kind: AssignmentReplace, Group: "reviews", Mail: MailOn, Line: "assignment"},
	{Kind: WaiverAsk, Group: "reviews", Mail: MailOn, Line: "waiver", Hears: Officer},
	{Kind: WaiverApprove, Group: "reviews", Mail: MailOn, Line: "waiver", Hears: Officer},
	{Kind: WaiverRefuse, Group: "reviews", Mail: MailOn, Line: "waiver", Hears: Officer},
	{Kind: RankingCompute, Group: "results", Mail: MailDigest, Line: "ranking", Hears: hearsOwner},
	{Kind: AwardPublicize, Group: "results", Mail: MailOn, Line: "award", Hears: Visitor},
	{Kind: AwardRetract, Group: "results", Mail: MailOn, Line: "award", Hears: Visitor},
	{Kind: ObjectionFile, Group: "results", Mail: MailOn, Line: "objection", Hears: Officer},
	{Kind: ObjectionUphold, Group: "results", Mail: MailOn, Line: "objection", Hears: Officer},
	{Kind: ObjectionDismiss, Group: "results", Mail: MailOn, Line: "objection", Hears: Officer},
	{Kind: AwardDecide, Group: "results", Mail: MailOn, Line: "award", Hears: Visitor},
	{Kind: BidAward, Group: "results", Mail: MailOn, Line: "result", Hears: hearsTeam | hearsOwner},
	{Kind: BidReserve, Group: "results", Mail: MailOn, Line: "result", Hears: hearsTeam | hearsOwner},
	{Kind: BidDecline, Group: "results", Mail: MailOn, Line: "result", Hears: hearsTeam | hearsOwner},
	{Kind: OrgVerify, Group: "who", Mail: MailOn, Line: "unit", Hears: Institution},
	{Kind: OrgReturn, Group: "who", Mail: MailOn, Line: "unit", Hears: Institution},
	{Kind: OrgUnverify, Group: "who", Mail: MailOn, Line: "unit", Hears: Institution},
	{Kind: OrgConfirmTie, Group: "who", Mail: MailOn, Hears: Institution},
	{Kind: OrgRefuseTie, Group: "who", Mail: MailOn, Hears: Institution},
	{Kind: AllianceRegister, Group: "who", Mail: MailOn, Hears: hearsAlliance},
	{Kind: AllianceAddMember, Group: "who", Mail: MailOn, Hears: hearsAlliance},
	{Kind: AllianceChangeMember, Group: "who", Mail: MailOn, Hears: hearsAlliance},
	{Kind: AllianceEndMember, Group: "who", Mail: MailOn, Hears: hearsAlliance},
	{Kind: AllianceConfirm, Group: "who", Mail: MailDigest, Hears: hearsAlliance},
	{Kind: AllianceRefuse, Group: "who", Mail: MailOn, Hears: hearsAlliance},
	{Kind: AllianceLeave, Group: "who", Mail: MailOn, Hears: hearsAlliance},
	{Kind: AllianceRecognise, Group: "who", Mail: MailOn, Line: "alliance", Hears: hearsAlliance},
	{Kind: AlliancePropose, Group: "who", Mail: MailOn, Line: "lead", Hears: hearsAlliance},
	{Kind: AllianceRecall, Group: "who", Mail: MailOn, Line: "lead", Hears: hearsAlliance},
	{Kind: AllianceAccept, Group: "who", Mail: MailOn, Line: "lead", Hears: hearsAlliance},
	{Kind: AllianceDecline, Group: "who", Mail: MailOn, Line: "lead", Hears: hearsAlliance},
	{Kind: AllianceTransferTo, Group: "who", Mail: MailOn, Line: "lead", Hears: hearsAlliance},
	{Kind: AllianceReject, Group: "who", Mail: MailOn, Line: "lead", Hears: hearsAlliance},
	{Kind: AllianceSuspend, Group: "who", Mail: MailOn, Line: "alliance", Hears: hearsAlliance},
	{Kind: AllianceLift, Group: "who", Mail: MailOn, Line: "alliance", Hears: hearsAlliance},
	{Kind: AllianceDissolve, Group: "who", Mail: MailOn, Line: "alliance", Hears: hearsAlliance},
	{Kind: AllianceAssess, Group: "who", Mail: MailDigest, Hears: hearsAlliance},
	{Kind: IntegrityRecord, Group: "who", Mail: MailOn, Line: "integrity"},
	{Kind: IntegrityAppeal, Group: "who", Mail: MailOn, Line: "integrity"},
	{Kind: IntegrityRevoke, Group: "who", Mail: MailOn, Line: "integrity"},
	{Kind: IntegrityDismiss, Group: "who", Mail: MailOn, Line: "integrity"},
	{Kind: IntegrityExpire, Group: "who", Mail: MailDigest, Line: "integrity"},
	{Kind: WebhookPause, Group: "platform", Mail: MailOn, Line: "webhook"},
}

// NoticeKindOf finds a kind; one that is not listed is told of by mail at once.
func NoticeKindOf(kind Action) NoticeKind {
	if i := slices.IndexFunc(NoticeKinds, func(k NoticeKind) bool { return k.Kind == kind }); i >= 0 {
		return NoticeKinds[i]
	}
	return NoticeKind{Kind: kind, Group: "platform", Mail: MailOn}
}

// HeardKinds are the kinds a webhook may ask for.
func HeardKinds() []Action {
	list := []Action{}
	for _, k := range NoticeKinds {
		if k.Hears != 0 {
			list = append(list, k.Kind)
		}
	}
	return list
}
