package models

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"jiebang/internal/problem"
)

// Signup is an invitation to make an account (注册邀请), sent to an address by a unit's
// administrator for his unit, or by an office of the platform.
type Signup struct {
	ID        SignupID  `gorm:"column:id;primaryKey"`
	Org       *OrgID    `gorm:"column:org_id"` // nil for the platform's own
	Email     string    `gorm:"column:email"`
	Role      string    `gorm:"column:role"`   // admin, poster, member of the unit; person or officer of the platform
	Region    string    `gorm:"column:region"` // of an officer
	Token     string    `gorm:"column:token_hash"`
	InvitedBy UserID    `gorm:"column:invited_by"`
	ExpiresAt time.Time `gorm:"column:expires_at"`
	Account   *UserID   `gorm:"column:account_id"` // who came of it
	Life
}

// States of an invitation to make an account. One that ran out stays open and is good for nothing.
const (
	SignupOpen     = "open"     // waits for its person; → accepted, revoked
	SignupAccepted = "accepted" // an account came of it
	SignupRevoked  = "revoked"  // taken back
)

func (*Signup) kind() Kind    { return KindSignup }
func (s *Signup) key() string { return string(s.ID) }
func (s *Signup) roles(tx *Tx) (Role, error) {
	var r Role
	if s.InvitedBy == tx.Actor.User {
		r |= Self
	}
	if s.Org != nil && tx.Actor.Administers(*s.Org) {
		r |= Institution
	}
	return r, nil
}

// NewSignup makes an invitation with a fresh id; it is not saved.
func NewSignup() *Signup { return &Signup{ID: newID[SignupID]("sgn")} }

// SignupFor loads an invitation for an action.
func (tx *Tx) SignupFor(action Action, id SignupID) (*Signup, error) {
	return load[Signup](tx, action, "sgn", string(id))
}

// SignupByToken finds an open invitation that has not run out by its token's digest; nil
// when there is none.
func (tx *Tx) SignupByToken(digest string) (*Signup, error) {
	return take[Signup](tx.db.Where("token_hash = ? and state = ? and expires_at > ?", digest, SignupOpen, tx.Now))
}

// Signups lists the newest invitations of a unit, or the platform's own when org is nil.
func (tx *Tx) Signups(org *OrgID, limit int) ([]Signup, error) {
	list := []Signup{}
	q := tx.db.Where("org_id is null")
	if org != nil {
		q = tx.db.Where("org_id = ?", *org)
	}
	return list, q.Order("created_at desc, id").Limit(limit).Find(&list).Error
}

// EndSignups takes back what is open and ran out for an address, so that it can be invited anew.
func (tx *Tx) EndSignups(email string, org *OrgID) error {
	q := tx.db.Model(&Signup{}).Where("email = ? and state = ? and expires_at <= ?", email, SignupOpen, tx.Now)
	if org != nil {
		q = q.Where("org_id = ?", *org)
	} else {
		q = q.Where("org_id is null")
	}
	return q.Updates(map[string]any{"state": SignupRevoked, "version": gorm.Expr("version + 1"), "updated_at": tx.Now}).Error
}

// Stands reports whether who invited might still do so: an invitation is worth no more than
// the right of its writer.
func (tx *Tx) Stands(s *Signup) (bool, error) {
	by, err := tx.UserByID(s.InvitedBy)
	if err != nil || by == nil || by.State != UserActive {
		return false, err
	}
	if s.Org == nil {
		held, err := tx.GrantsOf(by.ID)
		return slices.ContainsFunc(held, func(g Grant) bool { return g.Role == "operator" || g.Role == "security_admin" }), err
	}
	members, err := tx.MembersOf(*s.Org)
	return slices.ContainsFunc(members, func(m Membership) bool { return m.User == by.ID && m.Role == "admin" }), err
}

// OpenSignup finds an invitation that can still be accepted, for the letter it stands in; nil
// when it cannot.
func (tx *Tx) OpenSignup(id SignupID) (*Signup, error) {
	s, err := take[Signup](tx.db.Where("id = ? and state = ? and expires_at > ?", id, SignupOpen, tx.Now))
	if err != nil || s == nil {
		return nil, err
	}
	stands, err := tx.Stands(s)
	if err != nil || !stands {
		return nil, err
	}
	return s, nil
}

// Reset is a one-time link with which somebody sets a new password. Only its digest is kept.
type Reset struct {
	ID        ResetID    `gorm:"column:id;primaryKey"`
	User      UserID     `gorm:"column:user_id"`
	Token     string     `gorm:"column:token_hash"`
	MadeBy    UserID     `gorm:"column:made_by"` // "" when the person asked himself
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
	ExpiresAt time.Time  `gorm:"column:expires_at"`
	UsedAt    *time.Time `gorm:"column:used_at"`
}

// TableName is the table's.
func (Reset) TableName() string { return "password_resets" }

// NewReset makes a link's row with a fresh id; it is not saved.
func (tx *Tx) NewReset(user UserID, lasts time.Duration) *Reset {
	return &Reset{ID: newID[ResetID]("rst"), User: user, MadeBy: tx.Actor.User, CreatedAt: tx.Now, ExpiresAt: tx.Now.Add(lasts)}
}

// AddReset keeps a link and voids the earlier ones of the same person.
func (tx *Tx) AddReset(r *Reset) error {
	if err := tx.VoidResets(r.User); err != nil {
		return err
	}
	return tx.db.Create(r).Error
}

// VoidResets uses up every open link of a person.
func (tx *Tx) VoidResets(user UserID) error {
	return tx.db.Model(&Reset{}).Where("user_id = ? and used_at is null", user).Update("used_at", tx.Now).Error
}

// ResetByID finds a link that is open and has not run out, for the letter it stands in; nil when there is none.
func (tx *Tx) ResetByID(id ResetID) (*Reset, error) {
	return take[Reset](tx.db.Where("id = ? and used_at is null and expires_at > ?", id, tx.Now))
}

// ResetByToken finds an open link by its token's digest; nil when there is none.
func (tx *Tx) ResetByToken(digest string) (*Reset, error) {
	return take[Reset](tx.db.Where("token_hash = ? and used_at is null and expires_at > ?", digest, tx.Now))
}

// UseReset uses a link up; false when somebody was faster.
func (tx *Tx) UseReset(r *Reset) (bool, error) {
	done := tx.db.Model(&Reset{}).Where("id = ? and used_at is null", r.ID).Update("used_at", tx.Now)
	return done.RowsAffected == 1, done.Error
}

// RoleRequest asks for an office that only two persons together give: one asks, another one
// approves, and neither is the one who gets it.
type RoleRequest struct {
	ID        RoleRequestID `gorm:"column:id;primaryKey"`
	User      UserID        `gorm:"column:user_id"`
	Role      string        `gorm:"column:role"`
	Reason    string        `gorm:"column:reason"`
	By        UserID        `gorm:"column:requested_by"`
	DecidedBy *UserID       `gorm:"column:decided_by"`
	Finding   string        `gorm:"column:finding"`
	DecidedAt *time.Time    `gorm:"column:decided_at"`
	Life
}

// States of a request for an office.
const (
	RoleRequestOpen      = "open"      // waits for a second person; → approved, refused, withdrawn
	RoleRequestApproved  = "approved"  // the office was given
	RoleRequestRefused   = "refused"   // it was not
	RoleRequestWithdrawn = "withdrawn" // who asked took it back
)

func (*RoleRequest) kind() Kind    { return KindRoleRequest }
func (r *RoleRequest) key() string { return string(r.ID) }
func (r *RoleRequest) roles(tx *Tx) (Role, error) {
	if r.By == tx.Actor.User {
		return Self, nil
	}
	return 0, nil
}

// NewRoleRequest makes a request with a fresh id; it is not saved.
func (tx *Tx) NewRoleRequest(user UserID, role, reason string) *RoleRequest {
	return &RoleRequest{ID: newID[RoleRequestID]("rrq"), User: user, Role: role, Reason: reason, By: tx.Actor.User}
}

// RoleRequestFor loads a request for an action.
func (tx *Tx) RoleRequestFor(action Action, id RoleRequestID) (*RoleRequest, error) {
	return load[RoleRequest](tx, action, "rrq", string(id))
}

// RoleRequests lists the newest requests, the open ones first.
func (tx *Tx) RoleRequests(limit int) ([]RoleRequest, error) {
	list := []RoleRequest{}
	return list, tx.db.Order("case when state = 'open' then 0 else 1 end, created_at desc, id").Limit(limit).Find(&list).Error
}

// GrantsOf lists the offices that one account holds now.
func (tx *Tx) GrantsOf(user UserID) ([]Grant, error) {
	list := []Grant{}
	return list, tx.db.Where("user_id = ? and revoked_at is null", user).Order("role, region, id").Find(&list).Error
}

// secondPerson keeps a request from being approved by who asked, or by who gets the office.
var secondPerson = &guard{"by another person than who asked and who gets it", func(tx *Tx, t thing) error {
	r := t.(*RoleRequest)
	return refuse(nil, r.By == tx.Actor.User || r.User == tx.Actor.User, "role_request.own",
		"An office needs two persons: somebody else than who asked, and than who gets it, must approve.")
}}

func missingIfNone(done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.Missing()
	}
	return done.Error
}
