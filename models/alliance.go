package models

import (
	"time"

	"jiebang/internal/problem"
)

// Alliance is a union of industry, universities and research (产学研联盟): a firm leads it
// (盟主) and posts challenges for it.
type Alliance struct {
	ID             AllianceID `gorm:"column:id;primaryKey"`
	Code           string     `gorm:"column:code"`
	Name           string     `gorm:"column:name"`
	Level          string     `gorm:"column:level"` // province, city
	Tier           string     `gorm:"column:tier"`  // demonstration, typical, general
	Chain          string     `gorm:"column:chain"`
	Leader         OrgID      `gorm:"column:leader_org_id"`
	Region         string     `gorm:"column:region"`
	MarketGoal     string     `gorm:"column:market_goal"`
	BenefitSharing string     `gorm:"column:benefit_sharing"`
	SignedOn       string     `gorm:"column:signed_on"`   // date of the agreement
	ValidUntil     string     `gorm:"column:valid_until"` // date, or ""
	Life
}

func (*Alliance) kind() Kind    { return KindAlliance }
func (a *Alliance) key() string { return string(a.ID) }
func (a *Alliance) roles(tx *Tx) (Role, error) {
	r := tx.Actor.officerOf(a.Region)
	if tx.Actor.Administers(a.Leader) {
		r |= Owner
	}
	return r, nil
}

// NewAlliance makes an alliance with a fresh id; it is not saved.
func NewAlliance() *Alliance { return &Alliance{ID: newID[AllianceID]("all")} }

// AllianceFor loads an alliance for an action.
func (tx *Tx) AllianceFor(action Action, id AllianceID) (*Alliance, error) {
	return load[Alliance](tx, action, "all", string(id))
}

// Alliance reads an alliance that something else refers to; alliances are public.
func (tx *Tx) Alliance(id AllianceID) (*Alliance, error) { return find[Alliance](tx, string(id)) }

// AlliancesByID reads several alliances at once.
func (tx *Tx) AlliancesByID(ids []AllianceID) (map[AllianceID]Alliance, error) {
	found := map[AllianceID]Alliance{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Alliance
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, a := range rows {
		found[a.ID] = a
	}
	return found, err
}

// AlliancePage lists alliances by name; leader narrows to those a unit leads.
func (tx *Tx) AlliancePage(q string, leader OrgID, after Cursor, limit int) ([]Alliance, error) {
	list := []Alliance{}
	s := tx.db.Model(&Alliance{})
	if q != "" {
		s = s.Where("name like ? escape '\\'", contains(q))
	}
	if leader != "" {
		s = s.Where("leader_org_id = ?", leader)
	}
	return list, after.by(s, "name", false).Limit(limit).Find(&list).Error
}

// AllianceMember is a unit's seat in an alliance.
type AllianceMember struct {
	ID       AllianceSeat `gorm:"column:id;primaryKey"`
	Alliance AllianceID   `gorm:"column:alliance_id"`
	Org      OrgID        `gorm:"column:org_id"`
	Role     string       `gorm:"column:role"`     // academic, enterprise, finance, intermediary, user
	ShareBP  int          `gorm:"column:share_bp"` // share in 1/100 %
	Since    time.Time    `gorm:"column:since"`
	Until    *time.Time   `gorm:"column:until"`
}

// AddAllianceMember seats a unit.
func (tx *Tx) AddAllianceMember(a AllianceID, org OrgID, role string, shareBP int) (*AllianceMember, error) {
	m := &AllianceMember{ID: newID[AllianceSeat]("alm"), Alliance: a, Org: org, Role: role, ShareBP: shareBP, Since: tx.Now}
	return m, tx.db.Create(m).Error
}

// EndAllianceMember lets a unit leave an alliance.
func (tx *Tx) EndAllianceMember(a AllianceID, id AllianceSeat) error {
	done := tx.db.Model(&AllianceMember{}).Where("id = ? and alliance_id = ? and until is null", id, a).Update("until", tx.Now)
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.Missing()
	}
	return done.Error
}

// AllianceMembers lists the seats held now in the given alliances.
func (tx *Tx) AllianceMembers(ids ...AllianceID) ([]AllianceMember, error) {
	list := []AllianceMember{}
	return list, tx.db.Where("alliance_id in ? and until is null", ids).Order("alliance_id, role, id").Find(&list).Error
}
