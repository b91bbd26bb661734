package models

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"jiebang/internal/problem"
)

// Bid is a team's answer to a challenge (揭榜申报书). Until opening this row holds nothing of
// its content: drafts and envelopes do, and only the team and its unit read them.
type Bid struct {
	ID             BidID             `gorm:"column:id;primaryKey"`
	Code           string            `gorm:"column:code"` // given at opening, in random order
	ChallengeID    ChallengeID       `gorm:"column:challenge_id"`
	Team           TeamID            `gorm:"column:team_id"`
	Org            OrgID             `gorm:"column:org_id"`
	Draft          int               `gorm:"column:draft_version"`     // newest saved version
	Requested      int               `gorm:"column:requested_version"` // version the unit was asked to endorse
	Endorsed       int               `gorm:"column:endorsed_version"`  // version the unit stands behind
	EndorsedDigest string            `gorm:"column:endorsed_digest"`
	EndorsedBy     UserID            `gorm:"column:endorsed_by"`
	EndorsedAt     *time.Time        `gorm:"column:endorsed_at"`
	Sealed         int               `gorm:"column:sealed_version"` // version in the live envelope
	SubmittedAt    *time.Time        `gorm:"column:submitted_at"`
	QuoteFen       Fen               `gorm:"column:quote_fen"`   // known at opening
	Match          float64           `gorm:"column:match_score"` // the machine's score at opening, for reference
	Check          JSON[[]CheckItem] `gorm:"column:check_items"`
	Reason         string            `gorm:"column:state_reason"`
	ReadNo         int               `gorm:"column:read_no"`   // the text of the challenge that the team has taken note of
	SealedNo       int               `gorm:"column:sealed_no"` // the text that the sealed version answers
	Life
}

// Behind reports whether the text of the challenge was amended since the team took note of it.
func (b *Bid) Behind(c *Challenge) bool { return b.ReadNo < c.AmendedNo }

// CheckItem is one line of the formal check (形式审查).
type CheckItem struct {
	Code string `json:"code" maxLength:"60"`
	OK   bool   `json:"ok"`
	Note string `json:"note" maxLength:"500"`
}

func (*Bid) kind() Kind               { return KindBid }
func (b *Bid) key() string            { return string(b.ID) }
func (b *Bid) challenge() ChallengeID { return b.ChallengeID }
func (b *Bid) roles(tx *Tx) (Role, error) {
	var r Role
	if lead, on := tx.Actor.Teams[b.Team]; on {
		r |= Bidder
		if lead {
			r |= Lead
		}
	}
	if tx.Actor.Administers(b.Org) {
		r |= Institution
	}
	c, err := tx.Challenge(b.ChallengeID)
	if err != nil {
		return 0, err
	}
	around, err := c.roles(tx)
	if err != nil {
		return 0, err
	}
	r |= around & (Owner | Officer)
	if tx.Actor.Expert != "" && !c.HidesTeams() { // who judges blind reads by his assignment, and does not know the bid
		var n int64
		err := tx.db.Model(&Assignment{}).Where("bid_id = ? and expert_id = ? and state in ?", b.ID, tx.Actor.Expert,
			[]string{AssignmentAccepted, AssignmentDone}).Limit(1).Count(&n).Error
		if err != nil {
			return 0, err
		}
		if n > 0 {
			r |= Judge
		}
	}
	return r, nil
}

// ToldState is the state as its team and unit are told it. What the experts and the officer
// have concluded becomes theirs to know when the publicity tells everybody.
func (b *Bid) ToldState(c *Challenge) string {
	concluded := slices.Contains([]string{BidScored, BidShortlisted, BidNotShortlisted}, b.State)
	if concluded && (c.State == ChallengeEvaluating || c.State == ChallengeShortlist) {
		return BidInReview
	}
	return b.State
}

// NewBid makes a bid with a fresh id; it is not saved.
func NewBid(c *Challenge, t *Team) *Bid {
	return &Bid{ID: newID[BidID]("bid"), ChallengeID: c.ID, Team: t.ID, Org: t.Org, ReadNo: c.TextNo}
}

// BidFor loads a bid for an action.
func (tx *Tx) BidFor(action Action, id BidID) (*Bid, error) {
	return load[Bid](tx, action, "bid", string(id))
}

// Bid reads the bid a thing in hand belongs to, without asking the table.
func (tx *Tx) Bid(id BidID) (*Bid, error) { return find[Bid](tx, string(id)) }

// BidOf finds a team's bid on a challenge, or nil.
func (tx *Tx) BidOf(c ChallengeID, t TeamID) (*Bid, error) {
	return take[Bid](tx.db.Where("challenge_id = ? and team_id = ?", c, t))
}

// OpenedBids lists the bids of a challenge that have been opened, by code. Before opening it
// is empty, whoever asks.
func (tx *Tx) OpenedBids(c ChallengeID) ([]Bid, error) {
	list := []Bid{}
	return list, tx.db.Where("challenge_id = ? and state in ?", c, bidOpened).Order("code, id").Find(&list).Error
}

// SealedBids lists the bids to open, in an order that tells nothing of when they came.
func (tx *Tx) SealedBids(c ChallengeID) ([]Bid, error) {
	list := []Bid{}
	return list, tx.db.Where("challenge_id = ? and state = ?", c, BidSubmitted).Order("id").Find(&list).Error
}

// MyBids lists the bids of the actor's teams and of the units he administrates, newest first.
func (tx *Tx) MyBids() ([]Bid, error) {
	list := []Bid{}
	return list, tx.ourBids().Order("created_at desc, id").Limit(500).Find(&list).Error
}

// MyBidPage lists a page of MyBids; with pending only those that wait for the unit's word.
func (tx *Tx) MyBidPage(pending bool, after Cursor, limit int) ([]Bid, error) {
	list := []Bid{}
	q := tx.ourBids()
	if pending {
		q = q.Where("requested_version > 0 and requested_version = draft_version and requested_version <> endorsed_version and state in ?",
			[]string{BidPending, BidSubmitted})
	}
	return list, after.by(q, "created_at", true).Limit(limit).Find(&list).Error
}

// OurBidsOn lists those of MyBids that answer one challenge, oldest first.
func (tx *Tx) OurBidsOn(c ChallengeID) ([]Bid, error) {
	list := []Bid{}
	return list, tx.ourBids().Where("challenge_id = ?", c).Order("created_at, id").Limit(500).Find(&list).Error
}

// ourBids narrows a query to the bids of the actor's teams and of the units he administrates.
func (tx *Tx) ourBids() *gorm.DB {
	teams, orgs := []TeamID{}, []OrgID{}
	for t := range tx.Actor.Teams {
		teams = append(teams, t)
	}
	for o := range tx.Actor.Orgs {
		if tx.Actor.Administers(o) {
			orgs = append(orgs, o)
		}
	}
	return tx.db.Where("(team_id in ? or org_id in ?)", teams, orgs)
}

// BidContent is what a bid says. It is one document: saved, digested, endorsed and sealed as
// a whole.
type BidContent struct {
	Promises   []PromiseInput `json:"promises" required:"false" maxItems:"12" doc:"One row per indicator"`
	Summary    string         `json:"summary" required:"false" maxLength:"2000"`
	Route      string         `json:"route" required:"false" maxLength:"8000" doc:"Technical route"`
	Blind      string         `json:"blind" required:"false" maxLength:"8000" doc:"The route without names of people or units, for blind review; must be there where the batch judges blind"`
	Schedule   string         `json:"schedule" required:"false" maxLength:"4000"`
	Risks      string         `json:"risks" required:"false" maxLength:"4000" doc:"Risks and plan B"`
	Facilities string         `json:"facilities" required:"false" maxLength:"2000" doc:"Equipment and pilot site"`
	Partners   []Partner      `json:"partners" required:"false" maxItems:"20" doc:"The lead team's unit first; shares sum to 100"`
	People     []Person       `json:"people" required:"false" maxItems:"100"`
	Budget     Budget         `json:"budget" required:"false"`
	QuoteFen   Fen            `json:"quote_fen" required:"false" minimum:"0" maximum:"10000000000000" doc:"At most the bounty"`
	IPAccept   bool           `json:"ip_accept" required:"false" doc:"The IP terms are accepted as they stand"`
	IPCounter  string         `json:"ip_counter" required:"false" maxLength:"2000" doc:"What is proposed instead"`
	Conversion string         `json:"conversion" required:"false" maxLength:"4000" doc:"Plan for conversion"`
	Evidence   []EvidenceID   `json:"evidence" required:"false" maxItems:"50"`
	Documents  []DocumentID   `json:"documents" required:"false" maxItems:"20"`
	Integrity  bool           `json:"integrity_promise" required:"false"`
	Commitment bool           `json:"commitment" required:"false" doc:"The commitment letter (军令状) is signed"`
	NoConflict bool           `json:"no_conflict" required:"false" doc:"No relation to the owner that bars the bid"`
}

// PromiseInput answers one indicator. Like all of a draft it may be half-filled: what is
// asked of a whole bid is asked when it is handed in.
type PromiseInput struct {
	Indicator  IndicatorID  `json:"indicator" minLength:"1" maxLength:"40"`
	Value      *float64     `json:"value,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Min        *float64     `json:"value_min,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Max        *float64     `json:"value_max,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Text       string       `json:"text" required:"false" maxLength:"500"`
	Present    string       `json:"present" required:"false" maxLength:"500" doc:"Present level"`
	Basis      string       `json:"basis" required:"false" maxLength:"2000" doc:"Why it can be reached"`
	Evidence   []EvidenceID `json:"evidence" required:"false" maxItems:"20"`
	TestPlan   string       `json:"test_plan" required:"false" maxLength:"1000"`
	Deviation  string       `json:"deviation" required:"false" maxLength:"1000" doc:"Must say so when less than asked is promised"`
	Confidence int          `json:"confidence" required:"false" minimum:"0" maximum:"100" doc:"How sure, in per cent"`
}

// Partner shares the work (参与单位). Shares are in per cent.
type Partner struct {
	Org      OrgID  `json:"org" required:"false" maxLength:"40" doc:"Empty for a unit that is not registered"`
	Name     string `json:"name" required:"false" maxLength:"120"`
	Task     string `json:"task" required:"false" maxLength:"500"`
	TaskPct  int    `json:"task_pct" required:"false" minimum:"0" maximum:"100"`
	MoneyPct int    `json:"money_pct" required:"false" minimum:"0" maximum:"100"`
}

// Person takes part in the work.
type Person struct {
	Name          string `json:"name" required:"false" maxLength:"60"`
	Role          string `json:"role" required:"false" maxLength:"100"`
	MonthsPerYear int    `json:"months_per_year" required:"false" minimum:"0" maximum:"12"`
}

// Budget has three heads, in fen; they sum to the quote.
type Budget struct {
	EquipmentFen Fen `json:"equipment_fen" required:"false" minimum:"0" maximum:"10000000000000" doc:"设备费"`
	BusinessFen  Fen `json:"business_fen" required:"false" minimum:"0" maximum:"10000000000000" doc:"业务费"`
	LabourFen    Fen `json:"labour_fen" required:"false" minimum:"0" maximum:"10000000000000" doc:"劳务费"`
}

// BidVersion is one saved version of a bid's draft.
type BidVersion struct {
	ID      DraftID   `gorm:"column:id;primaryKey"`
	Bid     BidID     `gorm:"column:bid_id"`
	Version int       `gorm:"column:version"`
	Content string    `gorm:"column:content"` // BidContent as JSON
	Digest  string    `gorm:"column:digest"`
	SavedBy UserID    `gorm:"column:saved_by"`
	SavedAt time.Time `gorm:"column:saved_at"`
}

// TableName says what the versions are of.
func (BidVersion) TableName() string { return "bid_drafts" }

// SaveDraft adds the next version of a bid's draft. The bid itself is saved by the action.
func (tx *Tx) SaveDraft(b *Bid, content, digest string) (*BidVersion, error) {
	b.Draft++
	return tx.KeepDraft(b, content, digest)
}

// KeepDraft writes the version that the bid itself says is its newest: the first one of a
// bid that was just made.
func (tx *Tx) KeepDraft(b *Bid, content, digest string) (*BidVersion, error) {
	v := &BidVersion{ID: newID[DraftID]("drf"), Bid: b.ID, Version: b.Draft, Content: content, Digest: digest, SavedBy: tx.Actor.User, SavedAt: tx.Now}
	return v, tx.db.Create(v).Error
}

// DraftOf reads one version of a bid's draft.
func (tx *Tx) DraftOf(b *Bid, version int) (*BidVersion, error) {
	v, err := take[BidVersion](tx.db.Where("bid_id = ? and version = ?", b.ID, version))
	if err == nil && v == nil {
		return nil, problem.Missing()
	}
	return v, err
}

// DraftsOf lists the versions of a bid's draft, newest first, without their content.
func (tx *Tx) DraftsOf(b *Bid) ([]BidVersion, error) {
	list := []BidVersion{}
	return list, tx.db.Omit("content").Where("bid_id = ?", b.ID).Order("version desc").Find(&list).Error
}

// Envelope is a sealed submission. It is never changed; a replacement or withdrawal ends it.
// Issue E encrypts Content; until then it is kept apart from everything that lists or searches.
type Envelope struct {
	ID        EnvelopeID `gorm:"column:id;primaryKey"`
	Bid       BidID      `gorm:"column:bid_id"`
	Version   int        `gorm:"column:version"`
	Content   string     `gorm:"column:content"`
	Digest    string     `gorm:"column:digest"`
	SealedAt  time.Time  `gorm:"column:sealed_at"`
	SealedBy  UserID     `gorm:"column:sealed_by"`
	EndedAt   *time.Time `gorm:"column:ended_at"`
	EndReason string     `gorm:"column:end_reason"` // replaced, withdrawn
}

// Seal puts a version into an envelope, ending the one before. The caller has asked the
// table, whose guard is the deadline. From here the instant of the unit of work stays, so
// that the table, asked again by Apply, judges the very instant that the receipt names.
func (tx *Tx) Seal(b *Bid, v *BidVersion) (*Envelope, error) {
	tx.held = true
	at := tx.Now
	if err := tx.Unseal(b, "replaced"); err != nil {
		return nil, err
	}
	e := &Envelope{ID: newID[EnvelopeID]("env"), Bid: b.ID, Version: v.Version, Content: v.Content, Digest: v.Digest, SealedAt: at, SealedBy: tx.Actor.User}
	b.Sealed, b.SubmittedAt = v.Version, &at
	return e, tx.db.Create(e).Error
}

// Unseal ends the live envelope of a bid, if there is one.
func (tx *Tx) Unseal(b *Bid, reason string) error {
	return tx.db.Model(&Envelope{}).Where("bid_id = ? and ended_at is null", b.ID).
		Updates(map[string]any{"ended_at": tx.Now, "end_reason": reason}).Error
}

// EnvelopeOf reads the live envelope of a bid, or nil.
func (tx *Tx) EnvelopeOf(b *Bid) (*Envelope, error) {
	return take[Envelope](tx.db.Where("bid_id = ? and ended_at is null", b.ID))
}

// Promise is an indicator's row in an opened bid: what the team promises for it.
type Promise struct {
	ID        PromiseID          `gorm:"column:id;primaryKey"`
	Bid       BidID              `gorm:"column:bid_id"`
	Indicator IndicatorID        `gorm:"column:indicator_id"`
	Row       JSON[PromiseInput] `gorm:"column:row"`
	Met       bool               `gorm:"column:met"` // the promise fulfils what was asked
}

// AddPromises writes the rows of an opened bid.
func (tx *Tx) AddPromises(b *Bid, list []Promise) error {
	for i := range list {
		list[i].ID, list[i].Bid = newID[PromiseID]("prm"), b.ID
	}
	if len(list) == 0 {
		return nil
	}
	return tx.db.Create(&list).Error
}

// PromisesOf lists the promises of some opened bids.
func (tx *Tx) PromisesOf(ids ...BidID) ([]Promise, error) {
	list := []Promise{}
	return list, tx.db.Raw(`select p.* from promises p join indicators i on i.id = p.indicator_id
		where p.bid_id in ? order by p.bid_id, i.no`, ids).Scan(&list).Error
}
