package models

import (
	"time"
)

// The kinds of supplements.
const (
	SupplementAnswer    = "answer"
	SupplementAmendment = "amendment"
	SupplementExtension = "extension"
)

// Change is one field that was changed, as people read it.
type Change struct {
	Path   string `json:"path" doc:"Of the field, e.g. need or indicators[2].value"`
	Name   string `json:"name" doc:"Of the indicator or condition, where the path alone does not say"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Supplement (补充通知) is a numbered addition to the text of a published challenge. It is never
// changed: a bid refers to the text by the number of the newest one.
type Supplement struct {
	ID          SupplementID   `gorm:"column:id;primaryKey"`
	ChallengeID ChallengeID    `gorm:"column:challenge_id"`
	No          int            `gorm:"column:no"`
	What        string         `gorm:"column:kind"`
	Question    QuestionID     `gorm:"column:question_id"`
	Amendment   AmendmentID    `gorm:"column:amendment_id"`
	Asked       string         `gorm:"column:asked"`  // of an answer: the question as published
	Answer      string         `gorm:"column:answer"` // of an answer
	Changes     JSON[[]Change] `gorm:"column:changes"`
	Reason      string         `gorm:"column:reason"`
	Before      *time.Time     `gorm:"column:deadline_before"`
	After       *time.Time     `gorm:"column:deadline_after"`
	At          time.Time      `gorm:"column:at"`
}

// AddSupplement numbers a supplement and puts it into the text of the challenge, which the
// caller holds. The challenge's row is saved with it.
func (tx *Tx) AddSupplement(c *Challenge, s *Supplement) error {
	s.ID, s.ChallengeID, s.No, s.At = newID[SupplementID]("sup"), c.ID, c.TextNo+1, tx.Now
	c.TextNo = s.No
	if s.What == SupplementAmendment && len(s.Changes.V) > 0 {
		c.AmendedNo = s.No
	}
	if err := tx.db.Create(s).Error; err != nil {
		return err
	}
	return nil
}

// SupplementsOf lists the supplements of a challenge in order.
func (tx *Tx) SupplementsOf(c ChallengeID) ([]Supplement, error) {
	list := []Supplement{}
	return list, tx.db.Where("challenge_id = ?", c).Order("no").Find(&list).Error
}

// Amendment is a change of the published text that the owner asks for. It names the whole new
// text of each field it touches; what it does not name stays.
type Amendment struct {
	ID          AmendmentID         `gorm:"column:id;primaryKey"`
	ChallengeID ChallengeID         `gorm:"column:challenge_id"`
	By          UserID              `gorm:"column:proposed_by"`
	Text        JSON[AmendmentText] `gorm:"column:text"`
	Changes     JSON[[]Change]      `gorm:"column:changes"`
	Reason      string              `gorm:"column:reason"`
	Deadline    *time.Time          `gorm:"column:bid_deadline"` // as the owner asks for
	Supplement  int                 `gorm:"column:supplement_no"`
	Decision    string              `gorm:"column:decision"` // why it was refused
	Life
}

// AmendmentText is what may be changed once a challenge is published. The number of indicators,
// their weights and which of them are knockouts are rules, and stay as they were.
type AmendmentText struct {
	Background   *string              `json:"background,omitempty" minLength:"10" maxLength:"2000"`
	Need         *string              `json:"need,omitempty" minLength:"15" maxLength:"3000"`
	Detail       *string              `json:"detail,omitempty" maxLength:"10000"`
	Deliverables []string             `json:"deliverables,omitempty" required:"false" maxItems:"20"`
	Procurement  *string              `json:"procurement_promise,omitempty" maxLength:"500"`
	Conditions   []string             `json:"conditions,omitempty" required:"false" maxItems:"20" doc:"The text lines of the bidder's conditions"`
	BountyFen    *Fen                 `json:"bounty_fen,omitempty" minimum:"0" maximum:"10000000000000" doc:"May only rise"`
	Indicators   []AmendmentIndicator `json:"indicators,omitempty" required:"false" maxItems:"12"`
}

// AmendmentIndicator changes an indicator, which keeps its identity: promises go on to answer it.
type AmendmentIndicator struct {
	ID         IndicatorID `json:"id" minLength:"1" maxLength:"40"`
	Value      *float64    `json:"value,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Min        *float64    `json:"value_min,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Max        *float64    `json:"value_max,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Text       *string     `json:"value_text,omitempty" maxLength:"300"`
	Baseline   *string     `json:"baseline,omitempty" maxLength:"200"`
	TestMethod *string     `json:"test_method,omitempty" minLength:"1" maxLength:"500"`
	TestedBy   *string     `json:"tested_by,omitempty" minLength:"1" maxLength:"200"`
}

func (*Amendment) kind() Kind               { return KindAmendment }
func (a *Amendment) key() string            { return string(a.ID) }
func (a *Amendment) challenge() ChallengeID { return a.ChallengeID }
func (a *Amendment) roles(tx *Tx) (Role, error) {
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return 0, err
	}
	around, err := c.roles(tx)
	return around & (Owner | Officer), err
}

// NewAmendment makes the actor's proposal to amend a challenge; it is not saved.
func (tx *Tx) NewAmendment(c *Challenge) *Amendment {
	return &Amendment{ID: newID[AmendmentID]("amd"), ChallengeID: c.ID, By: tx.Actor.User}
}

// AmendmentFor loads an amendment for an action.
func (tx *Tx) AmendmentFor(action Action, id AmendmentID) (*Amendment, error) {
	return load[Amendment](tx, action, "amd", string(id))
}

// Amendment reads an amendment an event tells of, without asking the table.
func (tx *Tx) Amendment(id AmendmentID) (*Amendment, error) { return find[Amendment](tx, string(id)) }

// AmendmentsOf lists what was proposed for a challenge, newest first.
func (tx *Tx) AmendmentsOf(c ChallengeID) ([]Amendment, error) {
	list := []Amendment{}
	return list, tx.db.Where("challenge_id = ?", c).Order("created_at desc, id").Find(&list).Error
}

// AmendIndicator saves new values of an indicator under its old identity.
func (tx *Tx) AmendIndicator(i *Indicator) error {
	return tx.db.Model(i).Select("value", "value_min", "value_max", "value_text", "baseline", "test_method", "tested_by").Updates(i).Error
}

// One proposal at a time: two would be decided on texts that neither of them has seen.
var amendable = &guard{"before the deadline, while no other amendment is proposed", func(tx *Tx, t thing) error {
	if err := windowOpen.ok(tx, t); err != nil {
		return err
	}
	var n int64
	err := tx.db.Model(&Amendment{}).Where("challenge_id = ? and state = ?", t.key(), AmendmentProposed).Limit(1).Count(&n).Error
	return refuse(err, n > 0, "amendment.open", "Another amendment waits for its decision; withdraw it first.")
}}
