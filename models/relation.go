package models

import (
	"time"

	"jiebang/internal/problem"
)

// Relation says that one unit is the parent of another or controls it, for a time. Gates and
// conflicts read it once an operator has confirmed it, and only within its dates: a unit
// could otherwise keep a rival out by naming it as its parent.
type Relation struct {
	ID         RelationID `gorm:"column:id;primaryKey"`
	Child      OrgID      `gorm:"column:child_id"`
	Of         OrgID      `gorm:"column:parent_id"`
	Kind       string     `gorm:"column:kind"` // parent (隶属) or control (控股)
	Since      time.Time  `gorm:"column:since"`
	Until      *time.Time `gorm:"column:until"`
	State      string     `gorm:"column:state"` // declared, confirmed, refused
	DeclaredBy UserID     `gorm:"column:declared_by"`
	DecidedBy  UserID     `gorm:"column:decided_by"`
	DecidedAt  *time.Time `gorm:"column:decided_at"`
}

// States of a relation.
const (
	RelationDeclared  = "declared"
	RelationConfirmed = "confirmed"
	RelationRefused   = "refused"
)

// TableName keeps the table's word plural and plain.
func (Relation) TableName() string { return "org_relations" }

// Over reports whether the relation has ended by an instant.
func (r *Relation) Over(t time.Time) bool { return r.Until != nil && !r.Until.After(t) }

// Relate records that child belongs to, or is controlled by, parent. What an operator or the
// platform records is confirmed at once; what a unit says waits for the operator.
func (tx *Tx) Relate(child, parent OrgID, kind string, since time.Time) (*Relation, error) {
	return tx.RelateUntil(child, parent, kind, since, nil)
}

// RelateUntil records a relation whose end is known.
func (tx *Tx) RelateUntil(child, parent OrgID, kind string, since time.Time, until *time.Time) (*Relation, error) {
	r := &Relation{ID: newID[RelationID]("rel"), Child: child, Of: parent, Kind: kind, Since: since, Until: until,
		State: RelationDeclared, DeclaredBy: tx.Actor.User}
	if tx.Actor.Operator || tx.Actor.System {
		r.State, r.DecidedBy, r.DecidedAt = RelationConfirmed, tx.Actor.User, &tx.Now
	}
	return r, tx.db.Create(r).Error
}

// RelationOf reads a relation in which the unit is the lower one.
func (tx *Tx) RelationOf(child OrgID, id RelationID) (*Relation, error) {
	r, err := take[Relation](tx.db.Where("id = ? and child_id = ?", id, child))
	if err == nil && r == nil {
		return nil, problem.Missing()
	}
	return r, err
}

// DecideRelation confirms or refuses a relation that a unit declared.
func (tx *Tx) DecideRelation(r *Relation, state string) error {
	done := tx.db.Model(&Relation{}).Where("id = ? and state = ?", r.ID, RelationDeclared).
		Updates(map[string]any{"state": state, "decided_by": tx.Actor.User, "decided_at": tx.Now})
	return refuse(done.Error, done.RowsAffected == 0, "org.relation_decided", "This relation has been decided already.")
}

// EndRelation ends a relation at an instant; one that is over already is not found.
func (tx *Tx) EndRelation(child OrgID, id RelationID, at time.Time) error {
	done := tx.db.Model(&Relation{}).Where("id = ? and child_id = ? and since <= ? and (until is null or until > ?) and state <> ?",
		id, child, at, at, RelationRefused).Update("until", at)
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.Missing()
	}
	return done.Error
}

// RelationsOf lists the relations of one unit, in both directions.
func (tx *Tx) RelationsOf(org OrgID) ([]Relation, error) {
	list := []Relation{}
	return list, tx.db.Where("child_id = ? or parent_id = ?", org, org).Order("since, id").Find(&list).Error
}

// Relations lists every confirmed relation in force now, for gates and conflicts.
func (tx *Tx) Relations() ([]Relation, error) {
	list := []Relation{}
	return list, tx.db.Where("state = ? and since <= ? and (until is null or until > ?)", RelationConfirmed, tx.Now, tx.Now).Order("id").Find(&list).Error
}

// DeclaredRelations lists what waits for the operator, oldest first.
func (tx *Tx) DeclaredRelations(limit int) ([]Relation, error) {
	list := []Relation{}
	return list, tx.db.Where("state = ?", RelationDeclared).Order("since, id").Limit(limit).Find(&list).Error
}

// OrgReview is what an operator found when he looked at a unit's papers.
type OrgReview struct {
	ID        string           `gorm:"column:id;primaryKey"`
	Org       OrgID            `gorm:"column:org_id"`
	Verdict   string           `gorm:"column:verdict"` // verified, returned
	Checks    JSON[[]OrgCheck] `gorm:"column:checks"`
	Reason    string           `gorm:"column:reason"`
	By        UserID           `gorm:"column:by_user"`
	CreatedAt time.Time        `gorm:"column:created_at;autoCreateTime:false"`
}

// OrgChecks are the points an operator looks at before he vouches for a unit.
var OrgChecks = []string{"licence", "name", "code", "place", "authorisation"}

// OrgCheck is one point and whether it was in order.
type OrgCheck struct {
	Item string `json:"item" enum:"licence,name,code,place,authorisation"`
	OK   bool   `json:"ok"`
	Note string `json:"note" required:"false" maxLength:"300"`
}

// AddOrgReview keeps what was found.
func (tx *Tx) AddOrgReview(o *Org, verdict string, checks []OrgCheck, reason string) error {
	return tx.db.Create(&OrgReview{ID: newID[string]("orv"), Org: o.ID, Verdict: verdict, Checks: J(checks), Reason: reason,
		By: tx.Actor.User, CreatedAt: tx.Now}).Error
}

// OrgReviews lists what was found of a unit, newest first.
func (tx *Tx) OrgReviews(o OrgID) ([]OrgReview, error) {
	list := []OrgReview{}
	return list, tx.db.Where("org_id = ?", o).Order("created_at desc, id").Limit(50).Find(&list).Error
}

// OrgsToVerify lists the units that wait for the operator, oldest change first.
func (tx *Tx) OrgsToVerify(limit int) ([]Org, error) {
	list := []Org{}
	return list, tx.db.Where("state = ?", OrgPending).Order("updated_at, id").Limit(limit).Find(&list).Error
}
