package models

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// Every entity has its own id type, so that a team's id cannot be passed where a bid's is
// meant. An id is a prefix and 128 random bits: it tells neither time nor order, so that
// an expert cannot read from it who bid first.
type (
	UserID        string
	SessionID     string
	OrgID         string
	AllianceID    string
	TeamID        string
	EvidenceID    string
	ExpertID      string
	CatalogueID   string
	BatchID       string
	ChallengeID   string
	IndicatorID   string
	BidID         string
	EnvelopeID    string
	PanelID       string
	AssignmentID  string
	ReviewID      string
	RankingID     string
	AwardID       string
	ObjectionID   string
	DocumentID    string
	NoticeID      string
	EventID       string
	MembershipID  string
	GrantID       string
	IntegrityID   string
	RelationID    string
	AllianceSeat  string
	DraftID       string
	PromiseID     string
	SatisfactID   string
	CatalogueItem string

	PasskeyID      string
	IdentityID     string
	SignupID       string
	ResetID        string
	RoleRequestID  string
	SubscriptionID string
	MuteID         string
	InvitationID   string

	QuestionID    string
	SupplementID  string
	AmendmentID   string
	NDAID         string
	LetterID      string
	WebhookID     string
	WebhookCallID string
	CalendarID    string
	NeedID        string
	NeedCommentID string
	NeedExpertID  string
	TieID         string
	WaiverID      string
)

var idText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// newID makes a fresh id with the entity's prefix, e.g. newID[BidID]("bid").
func newID[T ~string](prefix string) T {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // crypto/rand never fails since Go 1.24
	return T(prefix + "_" + idText.EncodeToString(raw[:]))
}

// RandomToken returns 256 random bits as text, for refresh tokens and seeds.
func RandomToken() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:])
	return idText.EncodeToString(raw[:])
}

// likelyID reports whether s has the shape of an id with the given prefix; anything else
// is answered as not found without asking the database.
func likelyID(s, prefix string) bool {
	rest, ok := strings.CutPrefix(s, prefix+"_")
	if !ok || len(rest) != 26 {
		return false
	}
	for _, c := range rest {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}
