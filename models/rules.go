package models

// Action is what one may do, named entity.verb. The same word is the operation's id in the
// API, the event on the trail and the button's name.
type Action string

// Kind is an entity's word as it stands in ids, URLs and the trail.
type Kind string

const (
	KindSite       Kind = "site"
	KindAccount    Kind = "account"
	KindOrg        Kind = "org"
	KindAlliance   Kind = "alliance"
	KindTeam       Kind = "team"
	KindExpert     Kind = "expert"
	KindBatch      Kind = "batch"
	KindCatalogue  Kind = "catalogue"
	KindChallenge  Kind = "challenge"
	KindBid        Kind = "bid"
	KindAssignment Kind = "assignment"
	KindReview     Kind = "review"
	KindObjection  Kind = "objection"
	KindDocument   Kind = "document"

	KindSubscription Kind = "subscription"
	KindMute         Kind = "mute"
	KindInvitation   Kind = "invitation"
	KindTie          Kind = "tie"
	KindWaiver       Kind = "waiver"

	KindIntegrity Kind = "integrity"
	KindNeed      Kind = "need"

	KindSignup      Kind = "signup"
	KindRoleRequest Kind = "role_request"
	KindQuestion    Kind = "question"
	KindAmendment   Kind = "amendment"
	KindNDA         Kind = "nda"
	KindWebhook     Kind = "webhook"
)

// rule is one row: who may take the action, in which states of the thing, and where it leads.
type rule struct {
	action Action
	by     Role
	from   []string // nil is any state
	to     string   // "" is stay
	makes  Kind     // the action creates a thing of this kind …
	start  string   // … in this state
	reads  bool     // nothing changes: no event, no button
	when   *guard
	// decisive acts ask for the second factor again, of whoever has one
	decisive bool
}

// group is the rows that act on one kind of thing, in the order of its life.
type group struct {
	kind   Kind
	show   Action   // what one must be allowed to know that the thing exists; "" for the site
	states []string // every state, in order
	final  []string // states that nothing leaves
	rules  []rule
}

func from(states ...string) []string { return states }

var anyState []string

func see(action Action, who Role, states []string) rule {
	return rule{action: action, by: who, from: states, reads: true}
}

func do(action Action, who Role, states []string, to string) rule {
	return rule{action: action, by: who, from: states, to: to}
}

const stay = ""

func (r rule) make(kind Kind, start string) rule {
	r.makes, r.start = kind, start
	return r
}

func (r rule) only(g *guard) rule {
	r.when = g
	return r
}

func (r rule) again() rule {
	r.decisive = true
	return r
}

// Actions, by the thing they act on.
const (
	AccountRegister   Action = "account.register"
	AccountSignIn     Action = "account.sign_in"
	AccountRefresh    Action = "account.refresh"
	AccountShow       Action = "account.show"
	AccountEdit       Action = "account.edit"
	AccountPassword   Action = "account.change_password"
	AccountSignOut    Action = "account.sign_out"
	AccountSessions   Action = "account.sessions"
	AccountEndSession Action = "account.end_session"
	AccountSetUp      Action = "account.set_up"
	AccountFind       Action = "account.find"
	AccountDisable    Action = "account.disable"
	AccountEnable     Action = "account.enable"
	RoleGrant         Action = "role.grant"
	RoleRevoke        Action = "role.revoke"
	RoleList          Action = "role.list"
	RoleRequests      Action = "role.requests"
	RoleAsk           Action = "role.request"

	AccountLock         Action = "account.lock"
	AccountUnlock       Action = "account.unlock"
	AccountEndOthers    Action = "account.end_other_sessions"
	AccountConfirm      Action = "account.confirm"
	AccountSecurity     Action = "account.security"
	AccountBeginTOTP    Action = "account.begin_totp"
	AccountAddTOTP      Action = "account.add_totp"
	AccountDropTOTP     Action = "account.drop_totp"
	AccountCodes        Action = "account.recovery_codes"
	AccountBeginPasskey Action = "account.begin_passkey"
	AccountAddPasskey   Action = "account.add_passkey"
	AccountNamePasskey  Action = "account.rename_passkey"
	AccountDropPasskey  Action = "account.drop_passkey"
	AccountPasskeyIn    Action = "account.passkey_sign_in"
	AccountOIDC         Action = "account.oidc_sign_in"
	AccountLink         Action = "account.link"
	AccountUnlink       Action = "account.unlink"
	AccountAskReset     Action = "account.ask_reset"
	AccountReset        Action = "account.reset_password"
	AccountMakeReset    Action = "account.make_reset"
	AccountDropFactor   Action = "account.reset_factor"
	AccountLocked       Action = "account.list_locked"
	SignupList          Action = "signup.list"
	SignupInvite        Action = "signup.invite"
	SignupLook          Action = "signup.look"
	SignupAccept        Action = "signup.accept"
	SignupShow          Action = "signup.show"
	SignupRevoke        Action = "signup.revoke"
	RoleRequestShow     Action = "role_request.show"
	RoleRequestApprove  Action = "role_request.approve"
	RoleRequestRefuse   Action = "role_request.refuse"
	RoleRequestWithdraw Action = "role_request.withdraw"

	OrgRegister    Action = "org.register"
	OrgSearch      Action = "org.search"
	OrgShow        Action = "org.show"
	OrgEdit        Action = "org.edit"
	OrgVerify      Action = "org.verify"
	OrgAddMember   Action = "org.add_member"
	OrgEndMember   Action = "org.end_member"
	OrgMembers     Action = "org.members"
	OrgRelate      Action = "org.relate"
	OrgEndRelation Action = "org.end_relation"
	OrgUnverify    Action = "org.unverify"
	OrgReturn      Action = "org.return"
	OrgResubmit    Action = "org.resubmit"
	OrgReviewList  Action = "org.reviews"
	OrgVerifyDesk  Action = "org.desk"
	OrgAppoint     Action = "org.appoint"
	OrgConfirmTie  Action = "org.confirm_relation"
	OrgRefuseTie   Action = "org.refuse_relation"

	AllianceSearch    Action = "alliance.search"
	AllianceRegister  Action = "alliance.register"
	AllianceShow      Action = "alliance.show"
	AllianceEdit      Action = "alliance.edit"
	AllianceAddMember Action = "alliance.add_member"
	AllianceEndMember Action = "alliance.end_member"
	AllianceRecognise Action = "alliance.recognise"

	AllianceChangeMember Action = "alliance.change_member"
	AllianceConfirm      Action = "alliance.confirm"
	AllianceRefuse       Action = "alliance.refuse"
	AllianceLeave        Action = "alliance.leave"
	AlliancePropose      Action = "alliance.propose_leader"
	AllianceRecall       Action = "alliance.recall_proposal"
	AllianceAccept       Action = "alliance.accept_lead"
	AllianceDecline      Action = "alliance.decline_lead"
	AllianceTransferTo   Action = "alliance.transfer"
	AllianceReject       Action = "alliance.reject_transfer"
	AllianceSuspend      Action = "alliance.suspend"
	AllianceLift         Action = "alliance.lift"
	AllianceDissolve     Action = "alliance.dissolve"
	AllianceAssess       Action = "alliance.assess"

	IntegrityList    Action = "integrity.list"
	IntegrityMine    Action = "integrity.mine"
	IntegrityRecord  Action = "integrity.record"
	IntegrityShow    Action = "integrity.show"
	IntegrityAppeal  Action = "integrity.appeal"
	IntegrityRevoke  Action = "integrity.revoke"
	IntegrityDismiss Action = "integrity.dismiss"
	IntegrityExpire  Action = "integrity.expire"

	TeamSearch         Action = "team.search"
	TeamForm           Action = "team.form"
	TeamShow           Action = "team.show"
	TeamEdit           Action = "team.edit"
	TeamAddMember      Action = "team.add_member"
	TeamEndMember      Action = "team.end_member"
	TeamAddEvidence    Action = "team.add_evidence"
	TeamEditEvidence   Action = "team.edit_evidence"
	TeamDropEvidence   Action = "team.drop_evidence"
	TeamVerifyEvidence Action = "team.verify_evidence"
	TeamVerifySkill    Action = "team.verify_capability"
	TeamMembersList    Action = "team.members"
	TeamHandOver       Action = "team.hand_over"
	TeamTakeOver       Action = "team.take_over"

	ExpertSearch   Action = "expert.search"
	ExpertRegister Action = "expert.register"
	ExpertShow     Action = "expert.show"
	ExpertEdit     Action = "expert.edit"
	ExpertVerify   Action = "expert.verify"
	ExpertSuspend  Action = "expert.suspend"

	BatchSearch Action = "batch.search"
	BatchCreate Action = "batch.create"
	BatchShow   Action = "batch.show"
	BatchEdit   Action = "batch.edit"

	BatchAnnounce Action = "batch.announce"
	BatchClone    Action = "batch.clone"

	CatalogueSearch  Action = "catalogue.search"
	CatalogueImport  Action = "catalogue.import"
	CatalogueLoad    Action = "catalogue.load"
	CatalogueShow    Action = "catalogue.show"
	CataloguePublish Action = "catalogue.publish"
	CatalogueEnd     Action = "catalogue.end"
	CatalogueCheck   Action = "catalogue.check"
	CatalogueEdit    Action = "catalogue.edit"
	CatalogueMerge   Action = "catalogue.merge"

	NeedSearch   Action = "need.search"
	NeedDesk     Action = "need.desk"
	NeedDraft    Action = "need.draft"
	NeedShow     Action = "need.show"
	NeedEdit     Action = "need.edit"
	NeedSubmit   Action = "need.submit"
	NeedQuality  Action = "need.quality"
	NeedForecast Action = "need.forecast"
	NeedComment  Action = "need.comment"
	NeedResolve  Action = "need.resolve"
	NeedRefine   Action = "need.refine"
	NeedArgue    Action = "need.argue"
	NeedReplace  Action = "need.replace"
	NeedScore    Action = "need.score"
	NeedReturn   Action = "need.return"
	NeedPark     Action = "need.park"
	NeedResume   Action = "need.resume"
	NeedMerge    Action = "need.merge"
	NeedApprove  Action = "need.approve"
	NeedTurn     Action = "need.turn"
	NeedTurned   Action = "need.turned"

	ChallengeSearch   Action = "challenge.search"
	ChallengeDesk     Action = "challenge.desk"
	ChallengeVerify   Action = "challenge.check"
	ChallengeDraft    Action = "challenge.draft"
	ChallengeShow     Action = "challenge.show"
	ChallengeEdit     Action = "challenge.edit"
	ChallengeSubmit   Action = "challenge.submit"
	ChallengeReturn   Action = "challenge.return"
	ChallengeApprove  Action = "challenge.approve"
	ChallengePublish  Action = "challenge.publish"
	ChallengeWithdraw Action = "challenge.withdraw"
	ChallengeClose    Action = "challenge.close"
	ChallengeOpen     Action = "challenge.open"
	ChallengeUnbid    Action = "challenge.no_bid"
	ChallengeFail     Action = "challenge.fail"
	ChallengeRemind   Action = "challenge.remind"
	ChallengeCommend  Action = "challenge.recommend"
	ChallengeHandOn   Action = "challenge.hand_on"

	ChallengeExtend     Action = "challenge.extend"
	ChallengeSupplement Action = "challenge.supplement"
	ChallengeDiagnose   Action = "challenge.diagnose"
	ChallengeRepost     Action = "challenge.repost"
	SupplementList      Action = "supplement.list"
	QuestionAsk         Action = "question.ask"
	QuestionList        Action = "question.list"
	QuestionShow        Action = "question.show"
	QuestionDraft       Action = "question.draft"
	QuestionAnswer      Action = "question.answer"
	QuestionSetAside    Action = "question.set_aside"
	AmendmentPropose    Action = "amendment.propose"
	AmendmentList       Action = "amendment.list"
	AmendmentShow       Action = "amendment.show"
	AmendmentPublish    Action = "amendment.publish"
	AmendmentRefuse     Action = "amendment.refuse"
	AmendmentWithdraw   Action = "amendment.withdraw"
	NDAText             Action = "nda.text"
	NDASign             Action = "nda.sign"
	NDAShow             Action = "nda.show"
	NDARead             Action = "nda.read"
	NDAList             Action = "nda.list"
	BidConfirm          Action = "bid.confirm"

	MatchForChallenge Action = "match.for_challenge"
	MatchForTeam      Action = "match.for_team"
	MatchTrain        Action = "match.train"
	MatchFormula      Action = "match.formula"
	MatchCompare      Action = "match.compare"
	MatchConsortia    Action = "match.consortia"
	MatchPartners     Action = "match.partners"
	MatchReach        Action = "match.reach"
	MatchTags         Action = "match.tags"
	MatchForecast     Action = "match.forecast"

	SubscriptionList   Action = "subscription.list"
	SubscriptionAdd    Action = "subscription.add"
	SubscriptionShow   Action = "subscription.show"
	SubscriptionEdit   Action = "subscription.edit"
	SubscriptionEnd    Action = "subscription.end"
	MuteList           Action = "mute.list"
	MuteAdd            Action = "mute.add"
	MuteShow           Action = "mute.show"
	MuteEnd            Action = "mute.end"
	InvitationSuggest  Action = "invitation.suggest"
	InvitationSend     Action = "invitation.send"
	InvitationList     Action = "invitation.list"
	InvitationReceived Action = "invitation.received"
	InvitationShow     Action = "invitation.show"
	InvitationAccept   Action = "invitation.accept"
	InvitationDecline  Action = "invitation.decline"
	InvitationLapse    Action = "invitation.lapse"

	BidDraft          Action = "bid.draft"
	BidList           Action = "bid.list"
	PanelDraw         Action = "panel.draw"
	PanelShow         Action = "panel.show"
	AssignmentRun     Action = "assignment.run"
	AssignmentList    Action = "assignment.list"
	AssignmentInvite  Action = "assignment.invite"
	ReviewList        Action = "review.list"
	SatisfactionScore Action = "satisfaction.score"
	SatisfactionShow  Action = "satisfaction.show"
	RankingCompute    Action = "ranking.compute"
	RankingShow       Action = "ranking.show"
	AwardChoose       Action = "award.choose"
	AwardShortlist    Action = "award.shortlist"
	AwardPublicize    Action = "award.publicize"
	AwardShow         Action = "award.show"
	AwardRetract      Action = "award.retract"
	AwardDecide       Action = "award.decide"
	ObjectionFile     Action = "objection.file"
	ObjectionList     Action = "objection.list"
	BidMine           Action = "bid.mine"
	BidDesk           Action = "bid.desk"
	BidShow           Action = "bid.show"
	BidSave           Action = "bid.save"
	BidVersions       Action = "bid.versions"
	BidRequest        Action = "bid.request"
	BidEndorse        Action = "bid.endorse"
	BidRefuse         Action = "bid.refuse"
	BidSubmit         Action = "bid.submit"
	BidReceipt        Action = "bid.receipt"
	BidWithdraw       Action = "bid.withdraw"
	BidOpen           Action = "bid.open"
	BidCheck          Action = "bid.check"
	BidReject         Action = "bid.reject"
	BidReview         Action = "bid.review"
	BidScore          Action = "bid.score"
	BidShortlist      Action = "bid.shortlist"
	BidPass           Action = "bid.pass_over"
	BidReturn         Action = "bid.return_to_scored"
	BidAward          Action = "bid.award"
	BidReserve        Action = "bid.reserve"
	BidDecline        Action = "bid.not_award"
	AssignmentMine    Action = "assignment.mine"
	AssignmentShow    Action = "assignment.show"
	AssignmentAccept  Action = "assignment.accept"
	AssignmentDecline Action = "assignment.decline"
	AssignmentRecuse  Action = "assignment.recuse"
	AssignmentReplace Action = "assignment.replace"
	AssignmentFinish  Action = "assignment.finish"
	ReviewSave        Action = "review.save"
	ReviewShow        Action = "review.show"
	ReviewSubmit      Action = "review.submit"
	ReviewRead        Action = "review.read"
	ObjectionShow     Action = "objection.show"
	ObjectionUphold   Action = "objection.uphold"
	ObjectionDismiss  Action = "objection.dismiss"
	DocumentUpload    Action = "document.upload"
	DocumentShow      Action = "document.show"
	DocumentDownload  Action = "document.download"
	DocumentRemove    Action = "document.remove"
	NoticeList        Action = "notice.list"
	NoticeRead        Action = "notice.read"
	NoticeSettingShow Action = "notice.settings"
	NoticeSettingSet  Action = "notice.set"
	MailEnding        Action = "notice.unsubscribing"
	MailEnd           Action = "notice.unsubscribe"
	LetterList        Action = "letter.list"
	LetterShow        Action = "letter.show"
	LetterResend      Action = "letter.resend"
	LetterCancel      Action = "letter.cancel"
	WebhookList       Action = "webhook.list"
	WebhookAdd        Action = "webhook.add"
	WebhookAddOffice  Action = "webhook.add_office"
	WebhookShow       Action = "webhook.show"
	WebhookLog        Action = "webhook.log"
	WebhookEdit       Action = "webhook.edit"
	WebhookTest       Action = "webhook.try"
	WebhookResend     Action = "webhook.resend"
	WebhookRotate     Action = "webhook.rotate"
	WebhookPause      Action = "webhook.pause"
	WebhookResume     Action = "webhook.resume"
	WebhookEnd        Action = "webhook.end"
	CalendarShow      Action = "calendar.show"
	CalendarRead      Action = "calendar.read"
	CalendarMake      Action = "calendar.make"
	CalendarEnd       Action = "calendar.end"
	ChallengeFeed     Action = "challenge.feed"
	ChallengeCalendar Action = "challenge.calendar"
	OverviewPublic    Action = "overview.public"
	OverviewOffice    Action = "overview.office"
	OverviewDesk      Action = "overview.desk"
	TrailShow         Action = "trail.show"

	AssignmentSetAside Action = "assignment.set_aside"
	TieRecord          Action = "tie.record"
	TieList            Action = "tie.list"
	TieMine            Action = "tie.mine"
	TieShow            Action = "tie.show"
	TieStrike          Action = "tie.strike"
	ConflictList       Action = "conflict.list"
	WaiverAsk          Action = "waiver.ask"
	WaiverShow         Action = "waiver.show"
	WaiverApprove      Action = "waiver.approve"
	WaiverRefuse       Action = "waiver.refuse"

	DemoAccounts Action = "demo.accounts"
	DemoReset    Action = "demo.reset"
	DemoAdvance  Action = "demo.advance"
	AboutShow    Action = "about.show"
)

// States of a challenge (榜题). Each says how it is reached and what may follow.
const (
	ChallengeDrafted    = "draft"          // the owner writes; → submitted, withdrawn
	ChallengeSubmitted  = "submitted"      // waits for the officer; → returned, approved, withdrawn
	ChallengeReturned   = "returned"       // the officer asks for changes; → submitted, withdrawn
	ChallengeApproved   = "approved"       // fit to publish; → published, withdrawn
	ChallengePublished  = "published"      // open for bids until the deadline; → bidding_closed, withdrawn
	ChallengeClosed     = "bidding_closed" // the deadline has passed; → evaluating, no_bid
	ChallengeEvaluating = "evaluating"     // bids are open: check, draw, score, rank; → shortlisted, failed
	ChallengeShortlist  = "shortlisted"    // winners are proposed; → publicity, evaluating
	ChallengePublicity  = "publicity"      // shown to all, objections may be filed; → awarded, evaluating
	ChallengeAwarded    = "awarded"        // final here; the contract follows
	ChallengeNoBid      = "no_bid"         // nobody bid (流榜)
	ChallengeFailed     = "failed"         // no bid passed
	ChallengeWithdrawn  = "withdrawn"      // taken back, with a reason
)

// States of a bid (揭榜申报书).
const (
	BidDrafted        = "draft"               // the team writes; → institution_pending
	BidPending        = "institution_pending" // waits for its org's endorsement; a change leads back to draft
	BidEndorsed       = "endorsed"            // the org stands behind exactly this content; → submitted
	BidSubmitted      = "submitted"           // sealed; may be replaced or withdrawn until the deadline; → opened
	BidWithdrawn      = "withdrawn"           // taken back before the deadline; → draft
	BidOpened         = "opened"              // read by those entitled; → formal_passed, formal_rejected
	BidPassed         = "formal_passed"       // papers complete; → in_review
	BidRejected       = "formal_rejected"     // papers incomplete, with reasons
	BidInReview       = "in_review"           // with its experts; → scored
	BidScored         = "scored"              // all sheets are in; → shortlisted, not_shortlisted
	BidShortlisted    = "shortlisted"         // proposed as winner or reserve; → awarded, reserve, not_awarded
	BidNotShortlisted = "not_shortlisted"     // not proposed; → not_awarded
	BidAwarded        = "awarded"             // wins (中榜)
	BidReserved       = "reserve"             // next in line (备选)
	BidNotAwarded     = "not_awarded"         // did not win
)

// States of an assignment (评审分配).
const (
	AssignmentInvited  = "invited"  // the expert sees the names and must declare; → accepted, declined, recused
	AssignmentAccepted = "accepted" // declared free of conflict; may read and score; → recused, submitted
	AssignmentDeclined = "declined" // no time; a reserve takes the place
	AssignmentRecused  = "recused"  // a conflict; a reserve takes the place
	AssignmentDone     = "submitted"
)

// States of the things around the challenge.
const (
	UserActive   = "active"
	UserDisabled = "disabled"

	OrgPending  = "pending"  // waits for the operator; → verified, returned
	OrgReturned = "returned" // papers to be mended; → pending
	OrgVerified = "verified" // vouched for; → pending when a key field changes

	AlliancePending    = "pending"    // registered, members confirm; → recognised, dissolved
	AllianceRecognised = "recognised" // the authority's word; → suspended, dissolved
	AllianceSuspended  = "suspended"  // posts nothing; → recognised, dissolved
	AllianceDissolved  = "dissolved"

	IntegrityInForceState = "in_force"
	IntegrityAppealed     = "appealed" // in force still, until the appeal is decided
	IntegrityRevoked      = "revoked"  // counts no more
	IntegrityExpired      = "expired"  // its period is over; gates go by the date alone

	NeedDrafted    = "draft"       // the owner writes; → submitted
	NeedSubmitted  = "submitted"   // waits for the office; → refining, in_argument, returned, parked, merged
	NeedRefining   = "refining"    // owner and office talk about it; → submitted
	NeedInArgument = "in_argument" // experts judge it (论证); → approved, returned, parked
	NeedApproved   = "approved"    // fit to become a challenge; → turned, parked
	NeedReturned   = "returned"    // the owner must mend it; → submitted
	NeedParked     = "parked"      // kept for later; → submitted
	NeedMerged     = "merged"      // another need stands for it
	NeedTurnedInto = "turned"      // a challenge carries it on

	TeamActive = "active"

	ExpertPending   = "pending"
	ExpertActive    = "active"
	ExpertSuspended = "suspended"

	BatchOpen = "open"

	CatalogueDraft     = "draft"
	CataloguePublished = "published"

	ReviewDraft     = "draft"
	ReviewSubmitted = "submitted"

	SubscriptionActive = "active"
	SubscriptionEnded  = "ended"

	MuteActive = "active"
	MuteEnded  = "ended"

	InvitationSent     = "invited"  // waits for the team's lead; → accepted, declined, lapsed
	InvitationAccepted = "accepted" // the lead means to look into it; whether the team bids is told nobody
	InvitationDeclined = "declined"
	InvitationLapsed   = "lapsed" // nobody answered while the challenge was open

	QuestionAsked    = "asked"     // the owner and the office see it; → answered, set_aside
	QuestionAnswered = "answered"  // published to all alike, as a supplement of the challenge
	QuestionAside    = "set_aside" // not answered; who asked is told why

	AmendmentProposed  = "proposed"  // the owner asks for it; → published, refused, withdrawn
	AmendmentPublished = "published" // stands in the text, as a supplement of the challenge
	AmendmentRefused   = "refused"
	AmendmentWithdrawn = "withdrawn"

	NDASigned = "signed"

	TieOnRecord = "on_record"
	TieStruck   = "struck" // it was wrong; → nothing

	WaiverAsked    = "asked" // waits for a second person; → approved, refused
	WaiverApproved = "approved"
	WaiverRefused  = "refused"

	ObjectionFiled     = "filed"
	ObjectionUpheld    = "upheld"
	ObjectionDismissed = "dismissed"

	DocumentStored  = "stored"
	DocumentRemoved = "removed"
)

var (
	needEditable    = from(NeedDrafted, NeedRefining, NeedReturned)
	needOffice      = from(NeedSubmitted, NeedRefining, NeedInArgument, NeedApproved, NeedReturned, NeedParked, NeedMerged, NeedTurnedInto)
	challengePublic = from(ChallengePublished, ChallengeClosed, ChallengeEvaluating, ChallengeShortlist, ChallengePublicity,
		ChallengeAwarded, ChallengeNoBid, ChallengeFailed)
	challengeOffice = from(ChallengeSubmitted, ChallengeReturned, ChallengeApproved, ChallengePublished, ChallengeClosed,
		ChallengeEvaluating, ChallengeShortlist, ChallengePublicity, ChallengeAwarded, ChallengeNoBid, ChallengeFailed, ChallengeWithdrawn)
	challengeOpened = from(ChallengeEvaluating, ChallengeShortlist, ChallengePublicity, ChallengeAwarded, ChallengeFailed)
	challengeShown  = from(ChallengePublicity, ChallengeAwarded)
	bidOpened       = from(BidOpened, BidPassed, BidRejected, BidInReview, BidScored, BidShortlisted, BidNotShortlisted,
		BidAwarded, BidReserved, BidNotAwarded)
	bidEditable = from(BidDrafted, BidPending, BidEndorsed, BidSubmitted, BidWithdrawn)
)

// table is THE TABLE: the state machine, the permission matrix, the list of audit events
// and the list of buttons. models/testdata/rules.golden.md prints it.
var table = []group{
	{kind: KindSite, rules: []rule{
		see(AboutShow, Visitor, anyState),
		see(DemoAccounts, Visitor, anyState),
		see(MatchFormula, Visitor, anyState),
		do(MatchTrain, by(Platform), anyState, stay),
		do(DemoReset, by(Operator), anyState, stay),
		do(DemoAdvance, by(SignedIn), anyState, stay),
		do(AccountSetUp, by(Visitor), anyState, stay).make(KindAccount, UserActive),
		do(AccountRegister, by(Visitor), anyState, stay).make(KindAccount, UserActive),
		do(AccountSignIn, by(Visitor), anyState, stay),
		do(AccountRefresh, by(Visitor), anyState, stay),
		see(AccountFind, SignedIn, anyState),
		do(TieRecord, by(SignedIn), anyState, stay).make(KindTie, TieOnRecord),
		see(TieList, by(Officer, Operator, Auditor), anyState),
		see(TieMine, SignedIn, anyState),
		do(RoleGrant, by(Operator, SecurityAdmin), anyState, stay).again(),
		// What follows from a request that two persons agreed on, from an invitation, or from the server's own shell.
		do(RoleGrant, by(Platform), anyState, stay),
		do(RoleRevoke, by(Operator, SecurityAdmin), anyState, stay).again(),
		see(RoleList, by(Operator, Auditor, SecurityAdmin), anyState),
		see(RoleRequests, by(Operator, Auditor, SecurityAdmin), anyState),
		do(RoleAsk, by(Operator, SecurityAdmin), anyState, stay).make(KindRoleRequest, RoleRequestOpen),
		do(AccountLock, by(Platform), anyState, stay),
		see(AccountLocked, by(Operator, SecurityAdmin), anyState),
		do(AccountAskReset, by(Visitor), anyState, stay),
		do(AccountPasskeyIn, by(Visitor), anyState, stay),
		do(AccountOIDC, by(Visitor), anyState, stay),
		see(SignupList, by(Operator, SecurityAdmin, Auditor), anyState),
		do(SignupInvite, by(Operator, SecurityAdmin), anyState, stay).make(KindSignup, SignupOpen).again(),
		see(SignupLook, Visitor, anyState),
		do(SignupAccept, by(Visitor), anyState, stay),
		do(AccountReset, by(Visitor), anyState, stay),
		see(OrgSearch, Visitor, anyState),
		do(OrgRegister, by(SignedIn), anyState, stay).make(KindOrg, OrgPending),
		see(AllianceSearch, Visitor, anyState),
		see(TeamSearch, Visitor, anyState),
		see(ExpertSearch, by(Officer, Operator, Auditor), anyState),
		do(ExpertRegister, by(SignedIn), anyState, stay).make(KindExpert, ExpertPending),
		see(BatchSearch, Visitor, anyState),
		do(BatchCreate, by(Officer, Operator), anyState, stay).make(KindBatch, BatchOpen),
		see(CatalogueSearch, Visitor, anyState),
		see(CatalogueCheck, by(Operator, SystemAdmin), anyState),
		do(CatalogueImport, by(Operator, SystemAdmin), anyState, stay).make(KindCatalogue, CatalogueDraft),
		// The catalogues shipped with the platform need no second look; the platform loads them at its command line.
		do(CatalogueLoad, by(Operator, SystemAdmin, Platform), anyState, stay).make(KindCatalogue, CataloguePublished),
		see(NeedSearch, Visitor, anyState),
		see(NeedDesk, SignedIn, anyState),
		see(ChallengeSearch, Visitor, anyState),
		see(ChallengeDesk, SignedIn, anyState),
		see(BidDesk, SignedIn, anyState),
		see(AssignmentMine, SignedIn, anyState),
		see(OrgVerifyDesk, by(Operator, Auditor), anyState),
		see(IntegrityList, by(Officer, Operator, Auditor), anyState),
		see(IntegrityMine, by(SignedIn), anyState),
		do(IntegrityRecord, by(Officer), anyState, stay).make(KindIntegrity, IntegrityInForceState),
		see(OverviewPublic, Visitor, anyState),
		see(OverviewOffice, by(Officer, Operator, Auditor), anyState),
		see(OverviewDesk, SignedIn, anyState),
		see(MatchTags, SignedIn, anyState),
		see(NoticeList, SignedIn, anyState),
		do(NoticeRead, by(SignedIn), anyState, stay),
		see(ChallengeFeed, Visitor, anyState),
		see(ChallengeCalendar, Visitor, anyState),
		// Whoever holds the signed link of a letter ends its mail, without a sign-in.
		see(MailEnding, Visitor, anyState),
		do(MailEnd, by(Visitor), anyState, stay),
		see(CalendarRead, Visitor, anyState),
		see(LetterList, by(Operator, Officer), anyState),
		see(LetterShow, by(Operator, Officer), anyState),
		do(LetterResend, by(Operator, Officer), anyState, stay),
		do(LetterCancel, by(Operator, Officer), anyState, stay),
		see(WebhookList, SignedIn, anyState),
		do(WebhookAddOffice, by(Officer), anyState, stay).make(KindWebhook, WebhookActive).only(roomForWebhook),
	}},
	{kind: KindAccount, show: AccountShow, states: from(UserActive, UserDisabled), rules: []rule{
		see(AccountShow, by(Self, Operator, SecurityAdmin), anyState),
		see(AccountSessions, Self, anyState),
		see(SubscriptionList, Self, anyState),
		do(SubscriptionAdd, by(Self), from(UserActive), stay).make(KindSubscription, SubscriptionActive).only(roomForSubscription),
		see(MuteList, Self, anyState),
		do(MuteAdd, by(Self), from(UserActive), stay).make(KindMute, MuteActive).only(roomForMute),
		see(NoticeSettingShow, Self, anyState),
		do(NoticeSettingSet, by(Self), from(UserActive), stay),
		see(CalendarShow, Self, anyState),
		do(CalendarMake, by(Self), from(UserActive), stay),
		do(CalendarEnd, by(Self), from(UserActive), stay),
		do(AccountEdit, by(Self), from(UserActive), stay),
		do(AccountPassword, by(Self), from(UserActive), stay),
		do(AccountEndSession, by(Self), from(UserActive), stay),
		do(AccountSignOut, by(Self), anyState, stay),
		do(AccountDisable, by(Operator, SecurityAdmin), from(UserActive), UserDisabled),
		do(AccountEnable, by(Operator, SecurityAdmin), from(UserDisabled), UserActive),
		do(AccountUnlock, by(Operator, SecurityAdmin), anyState, stay),
		do(AccountMakeReset, by(Operator, SecurityAdmin, Platform), from(UserActive), stay).again(),
		do(AccountReset, by(Platform), from(UserActive), stay),
		do(AccountDropFactor, by(Platform), anyState, stay),
		do(AccountEndOthers, by(Self), from(UserActive), stay),
		do(AccountConfirm, by(Self), from(UserActive), stay),
		see(AccountSecurity, Self, anyState),
		do(AccountBeginTOTP, by(Self), from(UserActive), stay).again(),
		do(AccountAddTOTP, by(Self), from(UserActive), stay).again(),
		do(AccountDropTOTP, by(Self), from(UserActive), stay).again(),
		do(AccountCodes, by(Self), from(UserActive), stay).again(),
		do(AccountBeginPasskey, by(Self), from(UserActive), stay).again(),
		do(AccountAddPasskey, by(Self), from(UserActive), stay).again(),
		do(AccountNamePasskey, by(Self), from(UserActive), stay),
		do(AccountDropPasskey, by(Self), from(UserActive), stay).again(),
		do(AccountLink, by(Operator, SecurityAdmin), from(UserActive), stay).again(),
		do(AccountLink, by(Platform), from(UserActive), stay),
		do(AccountUnlink, by(Self), from(UserActive), stay).again(),
	}},
	{kind: KindOrg, show: OrgShow, states: from(OrgPending, OrgReturned, OrgVerified), rules: []rule{
		see(OrgShow, Visitor, anyState),
		see(OrgMembers, by(Institution, Operator, Auditor), anyState),
		see(TrailShow, by(Institution, Operator, Auditor), anyState),
		do(DocumentUpload, by(Institution), anyState, stay).make(KindDocument, DocumentStored),
		do(WebhookAdd, by(Institution), anyState, stay).make(KindWebhook, WebhookActive).only(roomForWebhook),
		do(OrgEdit, by(Institution), anyState, stay),
		do(OrgVerify, by(Operator), from(OrgPending), OrgVerified),
		do(OrgReturn, by(Operator), from(OrgPending, OrgVerified), OrgReturned),
		do(OrgResubmit, by(Institution), from(OrgReturned), OrgPending),
		see(OrgReviewList, by(Institution, Operator, Auditor), anyState),
		do(OrgAppoint, by(Institution, Operator), anyState, stay),
		do(OrgConfirmTie, by(Operator), anyState, stay),
		do(OrgRefuseTie, by(Operator), anyState, stay),
		// Who changes what was verified must be verified again.
		do(OrgUnverify, by(Platform), from(OrgVerified), OrgPending),
		do(OrgAddMember, by(Institution, Platform), anyState, stay),
		see(SignupList, by(Institution, Operator, Auditor), anyState),
		do(SignupInvite, by(Institution), anyState, stay).make(KindSignup, SignupOpen),
		do(OrgEndMember, by(Institution), anyState, stay),
		do(OrgRelate, by(Institution, Operator), anyState, stay),
		do(OrgEndRelation, by(Operator), anyState, stay),
		do(AllianceRegister, by(Institution), anyState, stay).make(KindAlliance, AlliancePending),
		do(TeamForm, by(Colleague), anyState, stay).make(KindTeam, TeamActive),
		do(ChallengeDraft, by(Owner), anyState, stay).make(KindChallenge, ChallengeDrafted),
		do(NeedDraft, by(Owner), anyState, stay).make(KindNeed, NeedDrafted),
	}},
	{kind: KindAlliance, show: AllianceShow, states: from(AlliancePending, AllianceRecognised, AllianceSuspended, AllianceDissolved),
		final: from(AllianceDissolved), rules: []rule{
			see(AllianceShow, Visitor, anyState),
			see(TrailShow, by(Owner, Institution, Officer, City, Operator, Auditor), anyState),
			do(DocumentUpload, by(Owner), from(AlliancePending, AllianceRecognised, AllianceSuspended), stay).make(KindDocument, DocumentStored),
			do(AllianceEdit, by(Owner), from(AlliancePending, AllianceRecognised), stay),
			do(AllianceAddMember, by(Owner), from(AlliancePending, AllianceRecognised), stay),
			do(AllianceChangeMember, by(Owner), from(AlliancePending, AllianceRecognised), stay),
			do(AllianceEndMember, by(Owner), from(AlliancePending, AllianceRecognised), stay),
			// Units speak for themselves: only their own administrators confirm, refuse or leave.
			do(AllianceConfirm, by(Institution), from(AlliancePending, AllianceRecognised, AllianceSuspended), stay),
			do(AllianceRefuse, by(Institution), from(AlliancePending, AllianceRecognised, AllianceSuspended), stay),
			do(AllianceLeave, by(Institution), from(AlliancePending, AllianceRecognised, AllianceSuspended), stay),
			do(AllianceRecognise, by(Officer), from(AlliancePending), AllianceRecognised),
			do(AlliancePropose, by(Owner), from(AllianceRecognised, AllianceSuspended), stay),
			do(AllianceRecall, by(Owner), from(AllianceRecognised, AllianceSuspended), stay),
			do(AllianceAccept, by(Institution), from(AllianceRecognised, AllianceSuspended), stay),
			do(AllianceDecline, by(Institution), from(AllianceRecognised, AllianceSuspended), stay),
			do(AllianceTransferTo, by(Officer, Operator), from(AllianceRecognised, AllianceSuspended), stay),
			do(AllianceReject, by(Officer, Operator), from(AllianceRecognised, AllianceSuspended), stay),
			do(AllianceSuspend, by(Officer, Platform), from(AllianceRecognised), AllianceSuspended),
			do(AllianceLift, by(Officer), from(AllianceSuspended), AllianceRecognised),
			do(AllianceAssess, by(Officer), from(AllianceRecognised, AllianceSuspended), stay),
			do(AllianceDissolve, by(Officer), from(AlliancePending, AllianceRecognised, AllianceSuspended), AllianceDissolved).only(noOpenChallenge),
			do(AllianceDissolve, by(Owner), from(AlliancePending), AllianceDissolved),
		}},
	{kind: KindTeam, show: TeamShow, states: from(TeamActive), rules: []rule{
		see(TeamShow, Visitor, anyState),
		see(MatchForTeam, by(Bidder, Lead, Institution), anyState),
		see(MatchPartners, by(Lead, Institution), anyState),
		see(InvitationReceived, by(Bidder, Lead, Institution), anyState),
		see(TrailShow, by(Bidder, Lead, Institution, Operator, Auditor), anyState),
		do(DocumentUpload, by(Bidder, Lead, Institution), anyState, stay).make(KindDocument, DocumentStored),
		see(TeamMembersList, by(Bidder, Lead, Institution, Operator, Auditor), anyState),
		do(WebhookAdd, by(Lead), anyState, stay).make(KindWebhook, WebhookActive).only(roomForWebhook),
		do(TeamEdit, by(Lead, Institution), anyState, stay),
		do(TeamAddMember, by(Lead, Institution), anyState, stay),
		do(TeamEndMember, by(Lead, Institution), anyState, stay),
		do(TeamHandOver, by(Lead, Institution), anyState, stay),
		do(TeamTakeOver, by(Institution), anyState, stay).only(leadGone),
		do(TeamAddEvidence, by(Bidder, Lead, Institution), anyState, stay),
		do(TeamEditEvidence, by(Bidder, Lead, Institution), anyState, stay),
		do(TeamDropEvidence, by(Lead, Institution), anyState, stay),
		do(TeamVerifyEvidence, by(Operator), anyState, stay),
		do(TeamVerifySkill, by(Operator), anyState, stay),
	}},
	{kind: KindExpert, show: ExpertShow, states: from(ExpertPending, ExpertActive, ExpertSuspended), rules: []rule{
		see(ExpertShow, by(Self, Officer, Operator, Auditor), anyState),
		do(ExpertEdit, by(Self), anyState, stay),
		do(ExpertVerify, by(Operator, Officer), from(ExpertPending, ExpertSuspended), ExpertActive),
		do(ExpertSuspend, by(Operator), from(ExpertActive), ExpertSuspended),
	}},
	{kind: KindBatch, show: BatchShow, states: from(BatchOpen), rules: []rule{
		see(BatchShow, Visitor, anyState),
		do(BatchEdit, by(Officer), anyState, stay).only(batchUnused),
		do(BatchAnnounce, by(Officer), anyState, stay).only(batchUnused),
		do(BatchClone, by(Officer), anyState, stay).make(KindBatch, BatchOpen),
	}},
	{kind: KindCatalogue, show: CatalogueShow, states: from(CatalogueDraft, CataloguePublished), final: from(CataloguePublished), rules: []rule{
		see(CatalogueShow, Visitor, from(CataloguePublished)),
		see(CatalogueShow, by(Operator, SystemAdmin, Auditor), anyState),
		do(CatalogueEdit, by(Operator, SystemAdmin), from(CatalogueDraft), stay),
		do(CatalogueMerge, by(Operator, SystemAdmin), anyState, stay),
		do(CataloguePublish, by(Operator, SystemAdmin), from(CatalogueDraft), CataloguePublished),
		do(CatalogueEnd, by(Operator, SystemAdmin), from(CataloguePublished), stay),
	}},
	{kind: KindNeed, show: NeedShow,
		states: from(NeedDrafted, NeedSubmitted, NeedRefining, NeedInArgument, NeedApproved, NeedReturned, NeedParked, NeedMerged, NeedTurnedInto),
		final:  from(NeedMerged, NeedTurnedInto),
		rules: []rule{
			see(NeedShow, by(Owner), anyState),
			see(NeedShow, by(Officer, Operator, Auditor, Judge), needOffice),
			see(NeedQuality, by(Owner), anyState),
			see(NeedQuality, by(Officer, Operator, Auditor, Judge), needOffice),
			see(NeedForecast, by(Owner), anyState),
			see(NeedForecast, by(Officer, Operator, Auditor), needOffice),
			see(TrailShow, by(Owner), anyState),
			see(TrailShow, by(Officer, Operator, Auditor), needOffice),
			do(NeedEdit, by(Owner), needEditable, stay),
			do(NeedSubmit, by(Owner), needEditable, NeedSubmitted),
			do(NeedComment, by(Owner, Officer, Operator), from(NeedSubmitted, NeedRefining, NeedReturned, NeedParked, NeedApproved), stay),
			do(NeedResolve, by(Owner, Officer, Operator), from(NeedSubmitted, NeedRefining, NeedReturned, NeedParked, NeedApproved), stay),
			do(NeedRefine, by(Officer, Operator), from(NeedSubmitted), NeedRefining),
			do(NeedArgue, by(Officer), from(NeedSubmitted), NeedInArgument),
			do(NeedArgue, by(Officer), from(NeedInArgument), stay),
			do(NeedReplace, by(Officer), from(NeedInArgument), stay),
			do(NeedScore, by(Judge), from(NeedInArgument), stay).only(unscored),
			do(NeedReturn, by(Officer), from(NeedSubmitted, NeedInArgument), NeedReturned),
			do(NeedPark, by(Officer), from(NeedSubmitted, NeedInArgument, NeedApproved), NeedParked),
			do(NeedResume, by(Officer), from(NeedParked), NeedSubmitted),
			do(NeedMerge, by(Officer), from(NeedSubmitted, NeedParked), NeedMerged),
			do(NeedApprove, by(Officer), from(NeedInArgument), NeedApproved).only(argued),
			do(NeedTurn, by(Owner, Officer), from(NeedApproved), stay).make(KindChallenge, ChallengeDrafted),
			do(NeedTurned, by(Platform), from(NeedApproved), NeedTurnedInto),
		}},
	{kind: KindChallenge, show: ChallengeShow,
		states: from(ChallengeDrafted, ChallengeSubmitted, ChallengeReturned, ChallengeApproved, ChallengePublished, ChallengeClosed,
			ChallengeEvaluating, ChallengeShortlist, ChallengePublicity, ChallengeAwarded, ChallengeNoBid, ChallengeFailed, ChallengeWithdrawn),
		final: from(ChallengeAwarded, ChallengeNoBid, ChallengeFailed, ChallengeWithdrawn),
		rules: []rule{
			see(ChallengeShow, by(Owner), anyState),
			see(ChallengeShow, by(Officer, City, Auditor), challengeOffice),
			see(ChallengeShow, Visitor, challengePublic),
			see(ChallengeShow, by(Reader), from(ChallengeWithdrawn)), // it was published: the reason is public
			see(ChallengeVerify, by(Owner), anyState),
			see(ChallengeVerify, by(Officer, City, Auditor), challengeOffice),
			do(ChallengeEdit, by(Owner), from(ChallengeDrafted, ChallengeReturned), stay),
			do(ChallengeSubmit, by(Owner), from(ChallengeDrafted, ChallengeReturned), ChallengeSubmitted),
			// The city recommends what its firms submit, or returns it; the province decides.
			do(ChallengeCommend, by(City), from(ChallengeSubmitted), stay).only(unrecommended),
			do(ChallengeReturn, by(Officer), from(ChallengeSubmitted, ChallengeApproved), ChallengeReturned),
			do(ChallengeReturn, by(City), from(ChallengeSubmitted), ChallengeReturned),
			do(ChallengeApprove, by(Officer), from(ChallengeSubmitted), ChallengeApproved),
			do(ChallengePublish, by(Officer), from(ChallengeApproved), ChallengePublished),
			// Once published only an officer withdraws, with a public reason: an owner who could
			// withdraw "only while there is no bid" would learn whether there is one.
			do(ChallengeWithdraw, by(Owner), from(ChallengeDrafted, ChallengeSubmitted, ChallengeReturned, ChallengeApproved), ChallengeWithdrawn),
			do(ChallengeWithdraw, by(Officer), from(ChallengePublished, ChallengeClosed), ChallengeWithdrawn),
			// While it is open. Whoever asks whether there is a bid already gets the same answer as if
			// there were none: an amendment always goes through the office (docs/decisions/0020).
			see(SupplementList, Visitor, challengePublic),
			see(SupplementList, by(Reader), from(ChallengeWithdrawn)),
			see(QuestionList, Visitor, challengePublic),
			see(QuestionList, by(Reader), from(ChallengeWithdrawn)),
			do(QuestionAsk, by(SignedIn), from(ChallengePublished), stay).make(KindQuestion, QuestionAsked).only(clarifying),
			do(ChallengeExtend, by(Officer), from(ChallengePublished), stay).only(windowOpen),
			do(ChallengeSupplement, by(Platform), from(ChallengePublished), stay),
			do(AmendmentPropose, by(Owner), from(ChallengePublished), stay).make(KindAmendment, AmendmentProposed).only(amendable),
			see(AmendmentList, by(Owner), anyState),
			see(AmendmentList, by(Officer, Auditor), challengeOffice),
			see(NDAText, Visitor, challengePublic),
			do(NDASign, by(SignedIn), from(ChallengePublished), stay).make(KindNDA, NDASigned).only(signable),
			see(NDAList, by(Owner), anyState),
			see(NDAList, by(Officer, Auditor), challengeOffice),
			see(ChallengeDiagnose, Visitor, from(ChallengeNoBid, ChallengeFailed)),
			do(ChallengeRepost, by(Owner), from(ChallengeNoBid, ChallengeFailed), stay).make(KindChallenge, ChallengeDrafted).only(notReposted),
			see(TrailShow, by(Owner), anyState),
			see(TrailShow, by(Officer, City, Auditor), challengeOffice),
			do(ChallengeHandOn, by(Platform), from(ChallengeDrafted, ChallengeSubmitted, ChallengeReturned, ChallengeApproved, ChallengePublished,
				ChallengeClosed, ChallengeEvaluating, ChallengeShortlist, ChallengePublicity), stay), // its alliance has another leader
			do(DocumentUpload, by(Owner), from(ChallengeDrafted, ChallengeReturned), stay).make(KindDocument, DocumentStored),
			see(MatchForChallenge, by(Owner), anyState),
			see(MatchForChallenge, by(Officer, Auditor), challengeOffice),
			see(MatchForecast, by(Owner), anyState),
			see(MatchForecast, by(Officer, City, Auditor), challengeOffice),
			see(MatchCompare, by(Owner), anyState),
			see(MatchCompare, by(Officer, Auditor), challengeOffice),
			see(MatchConsortia, by(Owner), anyState),
			see(MatchConsortia, by(Officer, Auditor), challengeOffice),
			see(MatchReach, by(Officer, Auditor), challengeOffice),
			see(InvitationSuggest, by(Owner, Officer), from(ChallengePublished)),
			do(InvitationSend, by(Owner, Officer), from(ChallengePublished), stay).make(KindInvitation, InvitationSent).only(inviting),
			see(InvitationList, by(Owner), anyState),
			see(InvitationList, by(Officer, Auditor), challengeOffice),
			do(BidDraft, by(SignedIn), from(ChallengePublished), stay).make(KindBid, BidDrafted).only(windowOpen),
			see(BidMine, by(SignedIn), anyState), // only his own: whoever has none learns nothing
			do(ChallengeRemind, by(Platform), from(ChallengePublished), stay),
			do(ChallengeClose, by(Platform, Officer), from(ChallengePublished), ChallengeClosed).only(windowOver),
			do(ChallengeOpen, by(Platform, Officer), from(ChallengeClosed), ChallengeEvaluating).only(openingTime),
			do(ChallengeUnbid, by(Platform), from(ChallengeClosed), ChallengeNoBid),
			see(BidList, by(Owner, Officer, Auditor), challengeOpened),
			do(PanelDraw, by(Officer), from(ChallengeEvaluating), stay),
			see(PanelShow, by(Officer, Auditor), challengeOpened),
			see(PanelShow, Visitor, challengeShown),
			do(AssignmentRun, by(Officer), from(ChallengeEvaluating), stay).make(KindAssignment, AssignmentInvited),
			see(ConflictList, by(Officer, Auditor), challengeOpened),
			do(WaiverAsk, by(Officer), from(ChallengeEvaluating), stay).make(KindWaiver, WaiverAsked),
			do(AssignmentInvite, by(Platform), from(ChallengeEvaluating), stay).make(KindAssignment, AssignmentInvited),
			see(AssignmentList, by(Officer, Auditor), challengeOpened),
			see(ReviewList, by(Officer, Auditor), challengeOpened).only(sheetsIn),
			do(SatisfactionScore, by(Owner), from(ChallengeEvaluating), stay),
			see(SatisfactionShow, by(Owner, Officer, Auditor), challengeOpened),
			do(RankingCompute, by(Officer), from(ChallengeEvaluating), stay),
			see(RankingShow, by(Owner, Officer, Auditor), challengeOpened),
			see(RankingShow, Visitor, challengeShown),
			do(AwardChoose, by(Owner), from(ChallengeEvaluating), stay),
			do(AwardShortlist, by(Officer), from(ChallengeEvaluating), ChallengeShortlist),
			do(AwardRetract, by(Officer), from(ChallengeShortlist, ChallengePublicity), ChallengeEvaluating),
			do(AwardPublicize, by(Officer), from(ChallengeShortlist), ChallengePublicity),
			see(AwardShow, by(Owner, Officer, Auditor), from(ChallengeShortlist, ChallengePublicity, ChallengeAwarded)),
			see(AwardShow, Visitor, challengeShown),
			do(ObjectionFile, by(SignedIn), from(ChallengePublicity), stay).make(KindObjection, ObjectionFiled).only(publicityRunning),
			see(ObjectionList, by(Officer, Auditor), challengeOpened),
			do(AwardDecide, by(Officer), from(ChallengePublicity), ChallengeAwarded).only(publicityOver).again(),
			do(ChallengeFail, by(Officer), from(ChallengeEvaluating), ChallengeFailed),
		}},
	{kind: KindBid, show: BidShow,
		states: from(BidDrafted, BidPending, BidEndorsed, BidSubmitted, BidWithdrawn, BidOpened, BidPassed, BidRejected, BidInReview,
			BidScored, BidShortlisted, BidNotShortlisted, BidAwarded, BidReserved, BidNotAwarded),
		final: from(BidAwarded, BidReserved, BidNotAwarded),
		rules: []rule{
			see(BidShow, by(Bidder, Lead, Institution), anyState),
			see(BidShow, by(Owner, Officer, Auditor, Judge), bidOpened),
			see(TrailShow, by(Bidder, Lead, Institution), anyState),
			see(TrailShow, by(Officer, Auditor), bidOpened),
			do(DocumentUpload, by(Bidder, Lead), bidEditable, stay).make(KindDocument, DocumentStored).only(windowOpen),
			see(BidVersions, by(Bidder, Lead, Institution), anyState),
			see(BidReceipt, by(Bidder, Lead, Institution), anyState),
			do(BidSave, by(Bidder, Lead), from(BidDrafted), stay).only(windowOpen),
			do(BidSave, by(Bidder, Lead), from(BidPending, BidEndorsed, BidWithdrawn), BidDrafted).only(windowOpen),
			do(BidSave, by(Bidder, Lead), from(BidSubmitted), stay).only(windowOpen),
			do(BidRequest, by(Lead), from(BidDrafted), BidPending).only(windowOpen),
			do(BidRequest, by(Lead), from(BidSubmitted), stay).only(windowOpen),
			do(BidEndorse, by(Institution), from(BidPending), BidEndorsed).only(windowOpen),
			do(BidEndorse, by(Institution), from(BidSubmitted), stay).only(windowOpen),
			do(BidRefuse, by(Institution), from(BidPending), BidDrafted).only(windowOpen),
			do(BidRefuse, by(Institution), from(BidSubmitted), stay).only(windowOpen),
			do(BidSubmit, by(Lead, Institution), from(BidEndorsed), BidSubmitted).only(windowOpen),
			do(BidSubmit, by(Lead, Institution), from(BidSubmitted), stay).only(windowOpen),
			do(BidWithdraw, by(Lead), from(BidSubmitted), BidWithdrawn).only(windowOpen),
			do(BidConfirm, by(Lead, Institution), bidEditable, stay).only(windowOpen),
			do(BidOpen, by(Platform), from(BidSubmitted), BidOpened),
			do(BidCheck, by(Officer), from(BidOpened, BidRejected), BidPassed).only(checking),
			do(BidReject, by(Officer), from(BidOpened, BidPassed), BidRejected).only(checking),
			do(BidReview, by(Platform), from(BidPassed), BidInReview),
			do(BidScore, by(Platform), from(BidInReview), BidScored),
			do(BidShortlist, by(Platform), from(BidScored), BidShortlisted),
			do(BidPass, by(Platform), from(BidScored), BidNotShortlisted),
			do(BidReturn, by(Platform), from(BidShortlisted, BidNotShortlisted), BidScored),
			do(BidAward, by(Platform), from(BidShortlisted), BidAwarded),
			do(BidReserve, by(Platform), from(BidShortlisted), BidReserved),
			do(BidDecline, by(Platform), from(BidOpened, BidPassed, BidInReview, BidScored, BidShortlisted, BidNotShortlisted), BidNotAwarded),
		}},
	{kind: KindAssignment, show: AssignmentShow,
		states: from(AssignmentInvited, AssignmentAccepted, AssignmentDeclined, AssignmentRecused, AssignmentDone),
		final:  from(AssignmentDeclined, AssignmentRecused),
		rules: []rule{
			see(AssignmentShow, by(Self, Officer, Auditor), anyState),
			do(AssignmentAccept, by(Self), from(AssignmentInvited), AssignmentAccepted).only(reviewing),
			do(AssignmentDecline, by(Self), from(AssignmentInvited), AssignmentDeclined).only(reviewing),
			do(AssignmentRecuse, by(Self), from(AssignmentInvited, AssignmentAccepted), AssignmentRecused).only(reviewing),
			do(AssignmentReplace, by(Officer), from(AssignmentInvited, AssignmentAccepted), AssignmentDeclined).only(reviewing),
			do(AssignmentSetAside, by(Officer), from(AssignmentDone), AssignmentRecused).only(anotherSheet),
			do(ReviewSave, by(Self), from(AssignmentAccepted), stay).only(reviewing),
			see(ReviewRead, by(Self), from(AssignmentAccepted, AssignmentDone)),
			see(ReviewShow, by(Self), from(AssignmentAccepted, AssignmentDone)),
			see(ReviewShow, by(Officer, Auditor), from(AssignmentDone)).only(sheetsIn),
			do(ReviewSubmit, by(Self), from(AssignmentAccepted), AssignmentDone).only(reviewing),
		}},
	{kind: KindObjection, show: ObjectionShow, states: from(ObjectionFiled, ObjectionUpheld, ObjectionDismissed),
		final: from(ObjectionUpheld, ObjectionDismissed), rules: []rule{
			see(ObjectionShow, by(Self, Officer, Auditor), anyState),
			see(TrailShow, by(Self, Officer, Auditor), anyState),
			do(DocumentUpload, by(Self), from(ObjectionFiled), stay).make(KindDocument, DocumentStored),
			do(ObjectionUphold, by(Officer), from(ObjectionFiled), ObjectionUpheld),
			do(ObjectionDismiss, by(Officer), from(ObjectionFiled), ObjectionDismissed),
		}},
	{kind: KindQuestion, show: QuestionShow, states: from(QuestionAsked, QuestionAnswered, QuestionAside),
		final: from(QuestionAnswered, QuestionAside), rules: []rule{
			see(QuestionShow, by(Self, Owner, Officer, Auditor), anyState),
			see(QuestionShow, Visitor, from(QuestionAnswered)),
			do(QuestionDraft, by(Owner), from(QuestionAsked), stay).only(windowOpen),
			do(QuestionAnswer, by(Owner, Officer), from(QuestionAsked), QuestionAnswered).only(windowOpen),
			do(QuestionSetAside, by(Owner, Officer), from(QuestionAsked), QuestionAside),
		}},
	{kind: KindAmendment, show: AmendmentShow, states: from(AmendmentProposed, AmendmentPublished, AmendmentRefused, AmendmentWithdrawn),
		final: from(AmendmentPublished, AmendmentRefused, AmendmentWithdrawn), rules: []rule{
			see(AmendmentShow, by(Owner, Officer, Auditor), anyState),
			do(AmendmentPublish, by(Officer), from(AmendmentProposed), AmendmentPublished).only(windowOpen),
			do(AmendmentRefuse, by(Officer), from(AmendmentProposed), AmendmentRefused),
			do(AmendmentWithdraw, by(Owner), from(AmendmentProposed), AmendmentWithdrawn),
		}},
	{kind: KindNDA, show: NDAShow, states: from(NDASigned), rules: []rule{
		see(NDAShow, by(Bidder, Lead, Institution, Owner, Officer, Auditor), anyState),
		do(NDARead, by(Bidder, Lead, Institution), anyState, stay),
	}},
	{kind: KindTie, show: TieShow, states: from(TieOnRecord, TieStruck), final: from(TieStruck), rules: []rule{
		see(TieShow, by(Self, Officer, Operator, Auditor), anyState),
		do(TieStrike, by(Officer, Operator), from(TieOnRecord), TieStruck),
	}},
	{kind: KindWaiver, show: WaiverShow, states: from(WaiverAsked, WaiverApproved, WaiverRefused), final: from(WaiverApproved, WaiverRefused), rules: []rule{
		see(WaiverShow, by(Officer, Auditor), anyState),
		do(WaiverApprove, by(Officer), from(WaiverAsked), WaiverApproved).only(anotherOfficer),
		do(WaiverRefuse, by(Officer), from(WaiverAsked), WaiverRefused).only(anotherOfficer),
	}},
	{kind: KindSubscription, show: SubscriptionShow, states: from(SubscriptionActive, SubscriptionEnded), final: from(SubscriptionEnded), rules: []rule{
		see(SubscriptionShow, Self, anyState),
		do(SubscriptionEdit, by(Self), from(SubscriptionActive), stay),
		do(SubscriptionEnd, by(Self), from(SubscriptionActive), SubscriptionEnded),
	}},
	{kind: KindMute, show: MuteShow, states: from(MuteActive, MuteEnded), final: from(MuteEnded), rules: []rule{
		see(MuteShow, Self, anyState),
		do(MuteEnd, by(Self), from(MuteActive), MuteEnded),
	}},
	{kind: KindInvitation, show: InvitationShow,
		states: from(InvitationSent, InvitationAccepted, InvitationDeclined, InvitationLapsed),
		final:  from(InvitationAccepted, InvitationDeclined, InvitationLapsed),
		rules: []rule{
			see(InvitationShow, by(Bidder, Lead, Institution, Owner, Officer, Auditor), anyState),
			do(InvitationAccept, by(Lead), from(InvitationSent), InvitationAccepted).only(windowOpen),
			do(InvitationDecline, by(Lead), from(InvitationSent), InvitationDeclined),
			do(InvitationLapse, by(Platform), from(InvitationSent), InvitationLapsed),
		}},
	{kind: KindSignup, show: SignupShow, states: from(SignupOpen, SignupAccepted, SignupRevoked), final: from(SignupAccepted, SignupRevoked), rules: []rule{
		see(SignupShow, by(Self, Institution, Operator, SecurityAdmin, Auditor), anyState),
		do(SignupAccept, by(Platform), from(SignupOpen), SignupAccepted),
		do(SignupRevoke, by(Self, Institution, Operator, SecurityAdmin), from(SignupOpen), SignupRevoked),
	}},
	{kind: KindRoleRequest, show: RoleRequestShow, states: from(RoleRequestOpen, RoleRequestApproved, RoleRequestRefused, RoleRequestWithdrawn),
		final: from(RoleRequestApproved, RoleRequestRefused, RoleRequestWithdrawn), rules: []rule{
			see(RoleRequestShow, by(Operator, SecurityAdmin, Auditor), anyState),
			see(TrailShow, by(Operator, SecurityAdmin, Auditor), anyState),
			do(RoleRequestApprove, by(Operator, SecurityAdmin), from(RoleRequestOpen), RoleRequestApproved).only(secondPerson).again(),
			do(RoleRequestRefuse, by(Operator, SecurityAdmin), from(RoleRequestOpen), RoleRequestRefused).only(secondPerson),
			do(RoleRequestWithdraw, by(Self), from(RoleRequestOpen), RoleRequestWithdrawn),
		}},
	{kind: KindIntegrity, show: IntegrityShow, states: from(IntegrityInForceState, IntegrityAppealed, IntegrityRevoked, IntegrityExpired),
		final: from(IntegrityRevoked, IntegrityExpired), rules: []rule{
			see(IntegrityShow, by(Self, Officer, Operator, Auditor), anyState),
			see(TrailShow, by(Self, Officer, Operator, Auditor), anyState),
			do(IntegrityAppeal, by(Self), from(IntegrityInForceState), IntegrityAppealed).only(periodRunning),
			do(IntegrityRevoke, by(Officer), from(IntegrityAppealed), IntegrityRevoked).only(byAnother),
			do(IntegrityDismiss, by(Officer), from(IntegrityAppealed), IntegrityInForceState).only(byAnother),
			do(IntegrityExpire, by(Platform), from(IntegrityInForceState, IntegrityAppealed), IntegrityExpired).only(periodOver),
		}},
	{kind: KindWebhook, show: WebhookShow, states: from(WebhookActive, WebhookPaused, WebhookEnded), final: from(WebhookEnded), rules: []rule{
		see(WebhookShow, by(Institution, Lead, Officer), anyState),
		see(WebhookLog, by(Institution, Lead, Officer), anyState),
		do(WebhookEdit, by(Institution, Lead, Officer), from(WebhookActive, WebhookPaused), stay),
		do(WebhookTest, by(Institution, Lead, Officer), from(WebhookActive, WebhookPaused), stay),
		do(WebhookResend, by(Institution, Lead, Officer), from(WebhookActive), stay),
		do(WebhookRotate, by(Institution, Lead, Officer), from(WebhookActive, WebhookPaused), stay),
		do(WebhookPause, by(Institution, Lead, Officer, Platform), from(WebhookActive), WebhookPaused),
		do(WebhookResume, by(Institution, Lead, Officer), from(WebhookPaused), WebhookActive),
		do(WebhookEnd, by(Institution, Lead, Officer), from(WebhookActive, WebhookPaused), WebhookEnded),
	}},
	{kind: KindDocument, show: DocumentShow, states: from(DocumentStored, DocumentRemoved), final: from(DocumentRemoved), rules: []rule{
		see(DocumentShow, by(Reader), anyState),
		see(DocumentDownload, by(Reader), from(DocumentStored)),
		do(DocumentRemove, by(Self), from(DocumentStored), DocumentRemoved).only(removable),
	}},
}
