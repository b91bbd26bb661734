package models

import (
	"time"

	"jiebang/internal/problem"
)

// AllianceMember is a unit's seat in an alliance. The leader offers it; it counts once the
// unit itself has confirmed it.
type AllianceMember struct {
	ID          AllianceSeat `gorm:"column:id;primaryKey"`
	Alliance    AllianceID   `gorm:"column:alliance_id"`
	Org         OrgID        `gorm:"column:org_id"`
	Role        string       `gorm:"column:role"`     // academic, enterprise, finance, intermediary, user
	ShareBP     int          `gorm:"column:share_bp"` // share in 1/100 %
	Since       time.Time    `gorm:"column:since"`
	Until       *time.Time   `gorm:"column:until"`
	ConfirmedAt *time.Time   `gorm:"column:confirmed_at"`
	ConfirmedBy UserID       `gorm:"column:confirmed_by"`
	EndedAs     string       `gorm:"column:ended_as"` // refused, left, removed, leads
}

// AddAllianceMember offers a seat to a unit. What the platform itself plants is confirmed.
func (tx *Tx) AddAllianceMember(a AllianceID, org OrgID, role string, shareBP int) (*AllianceMember, error) {
	m := &AllianceMember{ID: newID[AllianceSeat]("alm"), Alliance: a, Org: org, Role: role, ShareBP: shareBP, Since: tx.Now}
	if tx.Actor.System || tx.Actor.Administers(org) {
		m.ConfirmedAt, m.ConfirmedBy = &tx.Now, tx.Actor.User
	}
	return m, tx.db.Create(m).Error
}

// SeatOf reads a seat held or offered now.
func (tx *Tx) SeatOf(a AllianceID, id AllianceSeat) (*AllianceMember, error) {
	m, err := take[AllianceMember](tx.db.Where("id = ? and alliance_id = ? and until is null", id, a))
	if err == nil && m == nil {
		return nil, problem.Missing()
	}
	return m, err
}

// EndAllianceMember ends a seat: refused, left, removed, or since its unit leads now.
func (tx *Tx) EndAllianceMember(a AllianceID, id AllianceSeat, as string) error {
	done := tx.db.Model(&AllianceMember{}).Where("id = ? and alliance_id = ? and until is null", id, a).
		Updates(map[string]any{"until": tx.Now, "ended_as": as})
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.Missing()
	}
	return done.Error
}

// ConfirmSeat is the unit's own yes.
func (tx *Tx) ConfirmSeat(m *AllianceMember) error {
	done := tx.db.Model(&AllianceMember{}).Where("id = ? and until is null and confirmed_at is null", m.ID).
		Updates(map[string]any{"confirmed_at": tx.Now, "confirmed_by": tx.Actor.User})
	return refuse(done.Error, done.RowsAffected == 0, "alliance.confirmed_already", "The unit has confirmed this seat already.")
}

// ChangeSeat offers other terms: the unit has to confirm them anew.
func (tx *Tx) ChangeSeat(m *AllianceMember, role string, shareBP int) error {
	return tx.db.Model(&AllianceMember{}).Where("id = ? and until is null", m.ID).
		Updates(map[string]any{"role": role, "share_bp": shareBP, "confirmed_at": nil, "confirmed_by": ""}).Error
}

// AllianceMembers lists the seats held or offered now in the given alliances.
func (tx *Tx) AllianceMembers(ids ...AllianceID) ([]AllianceMember, error) {
	list := []AllianceMember{}
	return list, tx.db.Where("alliance_id in ? and until is null", ids).Order("alliance_id, role, id").Find(&list).Error
}

// SeatsOf lists the seats a unit holds or is offered now.
func (tx *Tx) SeatsOf(org OrgID) ([]AllianceMember, error) {
	list := []AllianceMember{}
	return list, tx.db.Where("org_id = ? and until is null", org).Order("since, id").Limit(100).Find(&list).Error
}

// AllianceTransfer hands the lead of an alliance over: the leader proposes, the other firm
// accepts, an office confirms.
type AllianceTransfer struct {
	ID         string     `gorm:"column:id;primaryKey"`
	Alliance   AllianceID `gorm:"column:alliance_id"`
	From       OrgID      `gorm:"column:from_org_id"`
	To         OrgID      `gorm:"column:to_org_id"`
	Reason     string     `gorm:"column:reason"`
	State      string     `gorm:"column:state"` // proposed, accepted, confirmed, declined, withdrawn
	ProposedBy UserID     `gorm:"column:proposed_by"`
	ProposedAt time.Time  `gorm:"column:proposed_at"`
	AcceptedBy UserID     `gorm:"column:accepted_by"`
	AcceptedAt *time.Time `gorm:"column:accepted_at"`
	DecidedBy  UserID     `gorm:"column:decided_by"`
	DecidedAt  *time.Time `gorm:"column:decided_at"`
}

// ProposeTransfer opens a transfer; an alliance has one open at a time.
func (tx *Tx) ProposeTransfer(a *Alliance, to OrgID, reason string) error {
	return tx.db.Create(&AllianceTransfer{ID: newID[string]("atr"), Alliance: a.ID, From: a.Leader, To: to, Reason: reason, State: "proposed",
		ProposedBy: tx.Actor.User, ProposedAt: tx.Now}).Error
}

// OpenTransfer is the transfer under way, or nil.
func (tx *Tx) OpenTransfer(a AllianceID) (*AllianceTransfer, error) {
	return take[AllianceTransfer](tx.db.Where("alliance_id = ? and state in ('proposed', 'accepted')", a))
}

// Transfers lists how the lead went on, newest first.
func (tx *Tx) Transfers(a AllianceID) ([]AllianceTransfer, error) {
	list := []AllianceTransfer{}
	return list, tx.db.Where("alliance_id = ?", a).Order("proposed_at desc, id").Limit(50).Find(&list).Error
}

// MoveTransfer takes a transfer a step on, only if it stands where it was read.
func (tx *Tx) MoveTransfer(t *AllianceTransfer, to string) error {
	set := map[string]any{"state": to, "decided_by": tx.Actor.User, "decided_at": tx.Now}
	if to == "accepted" {
		set = map[string]any{"state": to, "accepted_by": tx.Actor.User, "accepted_at": tx.Now}
	}
	done := tx.db.Model(&AllianceTransfer{}).Where("id = ? and state = ?", t.ID, t.State).Updates(set)
	return refuse(done.Error, done.RowsAffected == 0, "alliance.transfer_moved", "The transfer moved on at the same moment; read it again.")
}

// LedChallenges lists the challenges of an alliance that are not over, for a change of its leader.
func (tx *Tx) LedChallenges(a AllianceID) ([]Challenge, error) {
	list := []Challenge{}
	return list, tx.db.Where("alliance_id = ? and state not in ?", a, groupOf(KindChallenge).final).Order("id").Find(&list).Error
}

// AllianceAssessment is the yearly judgement of an alliance (年度评估); it is public.
type AllianceAssessment struct {
	ID        string     `gorm:"column:id;primaryKey"`
	Alliance  AllianceID `gorm:"column:alliance_id"`
	Year      int        `gorm:"column:year"`
	Score     int        `gorm:"column:score"`
	Grade     string     `gorm:"column:grade"` // excellent, good, pass, fail
	Opinion   string     `gorm:"column:opinion"`
	By        UserID     `gorm:"column:by_user"`
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
}

// Assess keeps the judgement of a year; there is one a year.
func (tx *Tx) Assess(a AllianceID, year, score int, grade, opinion string) error {
	return tx.db.Create(&AllianceAssessment{ID: newID[string]("aas"), Alliance: a, Year: year, Score: score, Grade: grade, Opinion: opinion,
		By: tx.Actor.User, CreatedAt: tx.Now}).Error
}

// Assessments lists the judgements of an alliance, newest year first.
func (tx *Tx) Assessments(a AllianceID) ([]AllianceAssessment, error) {
	list := []AllianceAssessment{}
	return list, tx.db.Where("alliance_id = ?", a).Order("year desc").Find(&list).Error
}

var noOpenChallenge = &guard{name: "while none of its challenges is under way"}

func init() { noOpenChallenge.ok = noneUnderWay } // it asks the table, which names it

func noneUnderWay(tx *Tx, t thing) error {
	var n int64
	err := tx.db.Model(&Challenge{}).Where("alliance_id = ? and code <> '' and state not in ?", t.key(), groupOf(KindChallenge).final).Limit(1).Count(&n).Error
	return refuse(err, n > 0, "alliance.open_challenges", "A challenge of this alliance is under way; end it, or hand the lead over.")
}
