package models

import (
	"time"

	"jiebang/internal/problem"
)

// User is a person's account. What he may do comes from his relations, not from here.
type User struct {
	ID       UserID `gorm:"column:id;primaryKey"`
	Login    string `gorm:"column:login"` // lower case; never changes
	Name     string `gorm:"column:name"`
	Email    string `gorm:"column:email"`
	Mobile   string `gorm:"column:mobile"`
	Password string `gorm:"column:password_hash"` // argon2id in PHC form
	Locale   string `gorm:"column:locale"`        // zh-CN or en
	Life
}

func (*User) kind() Kind    { return KindAccount }
func (u *User) key() string { return string(u.ID) }
func (u *User) roles(tx *Tx) (Role, error) {
	if tx.Actor.User == u.ID {
		return Self, nil
	}
	return 0, nil
}

// NewUser makes an account with a fresh id; it is not saved.
func NewUser(login, name, passwordHash string) *User {
	return &User{ID: newID[UserID]("usr"), Login: login, Name: name, Password: passwordHash, Locale: "zh-CN"}
}

// Me is the actor's own account, for an action on it.
func (tx *Tx) Me(action Action) (*User, error) {
	if tx.Actor.User == "" {
		return nil, problem.New(problem.SignIn, "request.sign_in", "Sign in to do this.")
	}
	return load[User](tx, action, "usr", string(tx.Actor.User))
}

// UserByLogin finds an account by its login, or nil.
func (tx *Tx) UserByLogin(login string) (*User, error) {
	return take[User](tx.db.Where("login = ?", login))
}

// UserByID finds an account for a follower or a grant, or nil.
func (tx *Tx) UserByID(id UserID) (*User, error) {
	return take[User](tx.db.Where("id = ?", id))
}

// Accounts counts the accounts there are; a fresh installation has none.
func (tx *Tx) Accounts() (int64, error) {
	var n int64
	return n, tx.db.Model(&User{}).Count(&n).Error
}

// Grant is an office held: officer of a region, operator, auditor, or one of the three administrators.
type Grant struct {
	ID        GrantID    `gorm:"column:id;primaryKey"`
	User      UserID     `gorm:"column:user_id"`
	Role      string     `gorm:"column:role"`
	Region    string     `gorm:"column:region"` // GB/T 2260; "" for all but officers
	GrantedBy UserID     `gorm:"column:granted_by"`
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
	RevokedAt *time.Time `gorm:"column:revoked_at"`
}

// AddGrant gives an office. A second live one of the same kind is refused by the database.
func (tx *Tx) AddGrant(user UserID, role, region string) (*Grant, error) {
	g := &Grant{ID: newID[GrantID]("grt"), User: user, Role: role, Region: region, GrantedBy: tx.Actor.User, CreatedAt: tx.Now}
	return g, tx.db.Create(g).Error
}

// Grants lists the offices held now.
func (tx *Tx) Grants() ([]Grant, error) {
	list := []Grant{}
	return list, tx.db.Where("revoked_at is null").Order("role, region, id").Find(&list).Error
}

// RevokeGrant ends an office; it answers NotFound when there is none or it ended already.
func (tx *Tx) RevokeGrant(id GrantID) (*Grant, error) {
	g, err := take[Grant](tx.db.Where("id = ? and revoked_at is null", id))
	if err != nil {
		return nil, err
	}
	if g == nil {
		return nil, problem.Missing()
	}
	g.RevokedAt = &tx.Now
	return g, tx.db.Model(g).Select("revoked_at").Updates(g).Error
}

// Session is one sign-in on one device. Its refresh token changes at each use.
type Session struct {
	ID        SessionID  `gorm:"column:id;primaryKey"`
	User      UserID     `gorm:"column:user_id"`
	Refresh   string     `gorm:"column:refresh_hash"`
	Previous  string     `gorm:"column:previous_hash"` // the one before: its return means theft
	Agent     string     `gorm:"column:agent"`
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
	RotatedAt time.Time  `gorm:"column:rotated_at"`
	ExpiresAt time.Time  `gorm:"column:expires_at"`
	EndedAt   *time.Time `gorm:"column:ended_at"`
	EndReason string     `gorm:"column:end_reason"`
	Address   string     `gorm:"column:address"`      // where it began
	Confirmed *time.Time `gorm:"column:confirmed_at"` // when it last showed the second factor
}

// StartSession signs a user in.
func (tx *Tx) StartSession(user UserID, refreshHash, agent string, lasts time.Duration) (*Session, error) {
	s := &Session{ID: newID[SessionID]("ses"), User: user, Refresh: refreshHash, Agent: clip(agent, 200), Address: clip(tx.address, 60),
		CreatedAt: tx.Now, RotatedAt: tx.Now, ExpiresAt: tx.Now.Add(lasts)}
	return s, tx.db.Create(s).Error
}

// SessionByRefresh finds the live session a refresh token belongs to; reused is true when the
// token is not its newest. It returns nil when there is none.
func (tx *Tx) SessionByRefresh(hash string) (s *Session, reused bool, err error) {
	s, err = take[Session](tx.db.Where("(refresh_hash = ? or previous_hash = ?) and ended_at is null and expires_at > ?", hash, hash, tx.Now))
	return s, s != nil && s.Refresh != hash, err
}

// RotateSession replaces the refresh token, only if it is still the one that was read.
func (tx *Tx) RotateSession(s *Session, hash string, lasts time.Duration) error {
	done := tx.db.Model(&Session{}).Where("id = ? and refresh_hash = ? and ended_at is null", s.ID, s.Refresh).
		Updates(map[string]any{"refresh_hash": hash, "previous_hash": s.Refresh, "rotated_at": tx.Now, "expires_at": tx.Now.Add(lasts)})
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.New(problem.SignIn, "account.session_ended", "Your session has ended; sign in again.")
	}
	return done.Error
}

// EndSessions ends live sessions of a user: one, or all but one, or (both empty) all.
func (tx *Tx) EndSessions(user UserID, only, except SessionID, reason string) (int64, error) {
	q := tx.db.Model(&Session{}).Where("user_id = ? and ended_at is null", user)
	if only != "" {
		q = q.Where("id = ?", only)
	}
	if except != "" {
		q = q.Where("id <> ?", except)
	}
	done := q.Updates(map[string]any{"ended_at": tx.Now, "end_reason": reason})
	return done.RowsAffected, done.Error
}

// SessionsOf lists a user's live sessions, newest use first.
func (tx *Tx) SessionsOf(user UserID) ([]Session, error) {
	list := []Session{}
	return list, tx.db.Where("user_id = ? and ended_at is null and expires_at > ?", user, tx.Now).Order("rotated_at desc, id").Find(&list).Error
}
