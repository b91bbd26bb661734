package models

import (
	"time"

	"jiebang/internal/problem"
)

// Org is a unit (单位): a firm, university, institute or other body with a unified social
// credit code.
type Org struct {
	ID          OrgID              `gorm:"column:id;primaryKey"`
	Name        string             `gorm:"column:name"`
	Kind        string             `gorm:"column:kind"` // see OrgKinds
	USCC        string             `gorm:"column:uscc"`
	USCCManual  bool               `gorm:"column:uscc_manual"` // the check digit is off: a person must look (some early codes are legal)
	Region      string             `gorm:"column:region"`      // GB/T 2260, six digits
	City        string             `gorm:"column:city"`
	Founded     string             `gorm:"column:founded"` // date, or ""
	Homepage    string             `gorm:"column:homepage"`
	Summary     string             `gorm:"column:summary"`
	Credentials JSON[[]Credential] `gorm:"column:credentials"`
	Reason      string             `gorm:"column:state_reason"` // why it was returned
	Life
}

// OrgKinds are the kinds of unit (单位类型).
var OrgKinds = []string{"enterprise", "university", "research_institute", "new_rnd_institution", "social_org", "hospital", "other"}

// Credential is a recognition a unit holds, e.g. 高新技术企业 or a key laboratory.
type Credential struct {
	Name  string `json:"name" maxLength:"100"`
	No    string `json:"no" maxLength:"60"`
	Until string `json:"until" maxLength:"10" doc:"Date of expiry, YYYY-MM-DD, or empty"`
}

func (*Org) kind() Kind    { return KindOrg }
func (o *Org) key() string { return string(o.ID) }
func (o *Org) roles(tx *Tx) (Role, error) {
	var r Role
	switch tx.Actor.Orgs[o.ID] {
	case "admin":
		r = Colleague | Owner | Institution
	case "poster":
		r = Colleague | Owner
	case "member":
		r = Colleague
	}
	return r | tx.Actor.officerOf(o.Region), nil
}

// NewOrg makes a unit with a fresh id; it is not saved.
func NewOrg() *Org { return &Org{ID: newID[OrgID]("org")} }

// OrgFor loads a unit for an action.
func (tx *Tx) OrgFor(action Action, id OrgID) (*Org, error) {
	return load[Org](tx, action, "org", string(id))
}

// Org reads a unit that something else refers to; units are public.
func (tx *Tx) Org(id OrgID) (*Org, error) { return find[Org](tx, string(id)) }

// OrgByUSCC finds a unit by its credit code, or nil.
func (tx *Tx) OrgByUSCC(uscc string) (*Org, error) {
	return take[Org](tx.db.Where("uscc = ?", uscc))
}

// OrgsByID reads several units at once.
func (tx *Tx) OrgsByID(ids []OrgID) (map[OrgID]Org, error) {
	found := map[OrgID]Org{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Org
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, o := range rows {
		found[o.ID] = o
	}
	return found, err
}

// OrgPage lists units whose name contains q, or whose code it is, by name.
func (tx *Tx) OrgPage(q, kind string, after Cursor, limit int) ([]Org, error) {
	list := []Org{}
	s := tx.db.Model(&Org{})
	if q != "" {
		s = s.Where("lower(name) like lower(?) escape '\\' or uscc = upper(?)", contains(q), q)
	}
	if kind != "" {
		s = s.Where("kind = ?", kind)
	}
	return list, after.by(s, "name", false).Limit(limit).Find(&list).Error
}

// Membership ties a person to a unit.
type Membership struct {
	ID      MembershipID `gorm:"column:id;primaryKey"`
	User    UserID       `gorm:"column:user_id"`
	Org     OrgID        `gorm:"column:org_id"`
	Role    string       `gorm:"column:role"` // admin, poster, member
	Since   time.Time    `gorm:"column:since"`
	EndedAt *time.Time   `gorm:"column:ended_at"`
}

// AddMembership joins a person to a unit.
func (tx *Tx) AddMembership(org OrgID, user UserID, role string) (*Membership, error) {
	m := &Membership{ID: newID[MembershipID]("mem"), User: user, Org: org, Role: role, Since: tx.Now}
	return m, tx.db.Create(m).Error
}

// EndMembership lets a person leave a unit. The last admin cannot leave.
func (tx *Tx) EndMembership(org OrgID, id MembershipID) (*Membership, error) {
	m, err := tx.memberOf(org, id)
	if err != nil {
		return nil, err
	}
	if err := tx.keepAdmin(m); err != nil {
		return nil, err
	}
	m.EndedAt = &tx.Now
	return m, tx.db.Model(m).Select("ended_at").Updates(m).Error
}

// AppointMember gives a person another role in a unit, which always keeps an admin.
func (tx *Tx) AppointMember(org OrgID, id MembershipID, role string) (*Membership, error) {
	m, err := tx.memberOf(org, id)
	if err != nil || m.Role == role {
		return m, err
	}
	if err := tx.keepAdmin(m); err != nil {
		return nil, err
	}
	m.Role = role
	return m, tx.db.Model(m).Select("role").Updates(m).Error
}

func (tx *Tx) memberOf(org OrgID, id MembershipID) (*Membership, error) {
	m, err := take[Membership](tx.db.Where("id = ? and org_id = ? and ended_at is null", id, org))
	if err == nil && m == nil {
		return nil, problem.Missing()
	}
	return m, err
}

// keepAdmin refuses what would leave a unit without an admin who can sign in.
func (tx *Tx) keepAdmin(m *Membership) error {
	if m.Role != "admin" {
		return nil
	}
	var others int64
	err := tx.db.Raw(`select count(*) from memberships m join users u on u.id = m.user_id
		where m.org_id = ? and m.role = 'admin' and m.ended_at is null and m.id <> ? and u.state = ?`, m.Org, m.ID, UserActive).Scan(&others).Error
	return refuse(err, others == 0, "membership.last_admin", "The unit must keep an administrator; name another one first.")
}

// LeftAlone lists the units that no longer have an administrator who can sign in because an
// account was just disabled. Disabling goes one after the other, so that two administrators
// of a unit cannot both be disabled at the same moment.
func (tx *Tx) LeftAlone(user UserID) ([]Org, error) {
	if _, err := tx.next("administrators"); err != nil {
		return nil, err
	}
	list := []Org{}
	return list, tx.db.Where(`id in (select m.org_id from memberships m where m.user_id = ? and m.role = 'admin' and m.ended_at is null)
		and not exists (select 1 from memberships m join users u on u.id = m.user_id where m.org_id = orgs.id and m.role = 'admin' and m.ended_at is null and u.state = ?)`,
		user, UserActive).Order("name, id").Find(&list).Error
}

// MembersOf lists who belongs to a unit now.
func (tx *Tx) MembersOf(org OrgID) ([]Membership, error) {
	list := []Membership{}
	return list, tx.db.Where("org_id = ? and ended_at is null", org).Order("role, id").Find(&list).Error
}

// AdminsOf lists the users who administrate or post for a unit, for notices.
func (tx *Tx) AdminsOf(org OrgID, roles ...string) ([]UserID, error) {
	list := []UserID{}
	return list, tx.db.Model(&Membership{}).Where("org_id = ? and role in ? and ended_at is null", org, roles).Order("user_id").Pluck("user_id", &list).Error
}
