package models

import (
	"time"

	"jiebang/internal/problem"
)

// stepUpLasts is how long a proof of the second factor is good for decisive acts.
const stepUpLasts = 5 * time.Minute

// stale reports that an account with a second factor has not shown it just now.
func (a Actor) stale(now time.Time) bool {
	return a.Strong && (a.Confirmed == nil || now.Sub(*a.Confirmed) > stepUpLasts)
}

func stepUpNeeded() error {
	return problem.New(problem.Denied, "account.step_up_needed", "This is decisive: show your second factor again, then repeat the call.")
}

// offices are the relations that come from a grant, by its role. An audit administrator is an
// auditor whom the exclusion of the three administrators binds by name.
var offices = map[string]Role{"operator": Operator, "auditor": Auditor, "audit_admin": Auditor, "system_admin": SystemAdmin, "security_admin": SecurityAdmin}

// TOTP is the secret an account shares with somebody's authenticator app. It is sealed: who
// reads the database alone cannot make codes.
type TOTP struct {
	User      UserID     `gorm:"column:user_id;primaryKey"`
	Secret    string     `gorm:"column:secret"`
	LastStep  int64      `gorm:"column:last_step"` // of the newest code used; none before it counts any more
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
	Confirmed *time.Time `gorm:"column:confirmed_at"` // nil while it is being set up
}

// TableName is the table's.
func (TOTP) TableName() string { return "totps" }

// TOTPOf is the secret of an account, confirmed or not; nil when there is none.
func (tx *Tx) TOTPOf(user UserID) (*TOTP, error) { return take[TOTP](tx.db.Where("user_id = ?", user)) }

// BeginTOTP keeps a fresh secret until its first code confirms it. One that is confirmed is
// not replaced.
func (tx *Tx) BeginTOTP(user UserID, sealed string) error {
	done := tx.db.Exec(`insert into totps (user_id, secret, last_step, created_at) values (?, ?, 0, ?)
		on conflict (user_id) do update set secret = excluded.secret, last_step = 0, created_at = excluded.created_at where totps.confirmed_at is null`, user, sealed, tx.Now)
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.New(problem.Conflict, "account.totp_exists", "An authenticator app is set up already; remove it first.")
	}
	return done.Error
}

// UseStep uses up the code of a time step and all before it. It reports false when that was
// done already: the same code counts once, whoever is first.
func (tx *Tx) UseStep(user UserID, step int64) (bool, error) {
	done := tx.db.Exec("update totps set last_step = ?, confirmed_at = coalesce(confirmed_at, ?) where user_id = ? and last_step < ?", step, tx.Now, user, step)
	return done.RowsAffected == 1, done.Error
}

// DropTOTP removes the authenticator app of an account; it reports whether there was one.
func (tx *Tx) DropTOTP(user UserID) (bool, error) {
	done := tx.db.Where("user_id = ?", user).Delete(&TOTP{})
	return done.RowsAffected > 0, done.Error
}

// RecoveryCode lets somebody in once who has lost his second factor. Only its digest is kept.
type RecoveryCode struct {
	User      UserID     `gorm:"column:user_id;primaryKey"`
	Hash      string     `gorm:"column:code_hash;primaryKey"`
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
	UsedAt    *time.Time `gorm:"column:used_at"`
}

// SetRecoveryCodes replaces all recovery codes of an account; no digests means none.
func (tx *Tx) SetRecoveryCodes(user UserID, digests []string) error {
	if err := tx.db.Where("user_id = ?", user).Delete(&RecoveryCode{}).Error; err != nil || len(digests) == 0 {
		return err
	}
	rows := make([]RecoveryCode, len(digests))
	for i, d := range digests {
		rows[i] = RecoveryCode{User: user, Hash: d, CreatedAt: tx.Now}
	}
	return tx.db.Create(&rows).Error
}

// UseRecoveryCode uses a code up; false when there is none such or it was used.
func (tx *Tx) UseRecoveryCode(user UserID, digest string) (bool, error) {
	done := tx.db.Model(&RecoveryCode{}).Where("user_id = ? and code_hash = ? and used_at is null", user, digest).Update("used_at", tx.Now)
	return done.RowsAffected == 1, done.Error
}

// RecoveryCodesLeft counts the codes that were not used.
func (tx *Tx) RecoveryCodesLeft(user UserID) (int64, error) {
	var n int64
	return n, tx.db.Model(&RecoveryCode{}).Where("user_id = ? and used_at is null", user).Count(&n).Error
}

// Passkey is a key pair of somebody's device; the public half is here.
type Passkey struct {
	ID         PasskeyID  `gorm:"column:id;primaryKey"`
	User       UserID     `gorm:"column:user_id"`
	Credential string     `gorm:"column:credential_id"` // as the device names it, base64url
	Record     string     `gorm:"column:credential"`    // what internal/passkey keeps of it
	Name       string     `gorm:"column:name"`
	CreatedAt  time.Time  `gorm:"column:created_at;autoCreateTime:false"`
	UsedAt     *time.Time `gorm:"column:used_at"`
}

// MostPasskeys is how many passkeys one account may have.
const MostPasskeys = 20

// AddPasskey keeps a passkey. A credential belongs to one account only.
func (tx *Tx) AddPasskey(user UserID, credential, record, name string) (*Passkey, error) {
	p := &Passkey{ID: newID[PasskeyID]("pky"), User: user, Credential: credential, Record: record, Name: name, CreatedAt: tx.Now}
	return p, tx.db.Create(p).Error
}

// PasskeysOf lists the passkeys of an account, oldest first.
func (tx *Tx) PasskeysOf(user UserID) ([]Passkey, error) {
	list := []Passkey{}
	return list, tx.db.Where("user_id = ?", user).Order("created_at, id").Find(&list).Error
}

// PasskeyByCredential finds a passkey as the device names it, or nil.
func (tx *Tx) PasskeyByCredential(credential string) (*Passkey, error) {
	return take[Passkey](tx.db.Where("credential_id = ?", credential))
}

// UsePasskey notes that a passkey was used, with what is kept of it now.
func (tx *Tx) UsePasskey(p *Passkey, record string) error {
	done := tx.db.Model(&Passkey{}).Where("id = ? and credential = ?", p.ID, p.Record).Updates(map[string]any{"credential": record, "used_at": tx.Now})
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.New(problem.Conflict, "request.changed_meanwhile", "Somebody changed this at the same moment; read it again.")
	}
	return done.Error
}

// RenamePasskey renames one of a user's passkeys.
func (tx *Tx) RenamePasskey(user UserID, id PasskeyID, name string) error {
	return missingIfNone(tx.db.Model(&Passkey{}).Where("id = ? and user_id = ?", id, user).Update("name", name))
}

// DropPasskey removes one of a user's passkeys.
func (tx *Tx) DropPasskey(user UserID, id PasskeyID) error {
	return missingIfNone(tx.db.Where("id = ? and user_id = ?", id, user).Delete(&Passkey{}))
}

// DropPasskeys removes all passkeys of a user.
func (tx *Tx) DropPasskeys(user UserID) (int64, error) {
	done := tx.db.Where("user_id = ?", user).Delete(&Passkey{})
	return done.RowsAffected, done.Error
}

// HasFactor reports whether an account has a second factor that is in force.
func (tx *Tx) HasFactor(user UserID) (bool, error) {
	var n int64
	err := tx.db.Raw(`select (select count(*) from totps where user_id = ? and confirmed_at is not null) + (select count(*) from passkeys where user_id = ?)`, user, user).Scan(&n).Error
	return n > 0, err
}

// HoldsOffice reports whether an account holds an office that asks for a second factor.
func (tx *Tx) HoldsOffice(user UserID) (bool, error) {
	var n int64
	return n > 0, tx.db.Model(&Grant{}).Where("user_id = ? and revoked_at is null", user).Count(&n).Error
}

// ConfirmSession notes that the person of a session has just shown the second factor.
func (tx *Tx) ConfirmSession(id SessionID) error {
	return tx.db.Model(&Session{}).Where("id = ?", id).Update("confirmed_at", tx.Now).Error
}

// ConfirmedUntil says until when this session may take decisive acts without showing the
// second factor again; nil when it must show it.
func (tx *Tx) ConfirmedUntil() *time.Time {
	if !tx.Actor.Strong || tx.Actor.stale(tx.Now) {
		return nil
	}
	until := tx.Actor.Confirmed.Add(stepUpLasts)
	return &until
}

// Ceremony is the server's half of a sign-in or registration that takes two calls: what was
// asked of a device or of another server. It is used once.
type Ceremony struct {
	Hash      string    `gorm:"column:token_hash;primaryKey"`
	Purpose   string    `gorm:"column:purpose"`
	User      UserID    `gorm:"column:user_id"` // "" where it is not known yet who
	Content   string    `gorm:"column:content"`
	CreatedAt time.Time `gorm:"column:created_at;autoCreateTime:false"`
	ExpiresAt time.Time `gorm:"column:expires_at"`
}

// ceremonyLasts is how long a person may take over the second half.
const ceremonyLasts = 10 * time.Minute

// BeginCeremony keeps the server's half under the digest of a token.
func (tx *Tx) BeginCeremony(digest, purpose string, user UserID, content string) error {
	return tx.db.Create(&Ceremony{Hash: digest, Purpose: purpose, User: user, Content: content, CreatedAt: tx.Now, ExpiresAt: tx.Now.Add(ceremonyLasts)}).Error
}

// EndCeremony takes a ceremony out for its second half: whoever comes second finds none.
func (tx *Tx) EndCeremony(digest, purpose string, user UserID) (*Ceremony, error) {
	var c Ceremony
	err := tx.db.Raw("delete from ceremonies where token_hash = ? and purpose = ? and user_id = ? and expires_at > ? returning *", digest, purpose, user, tx.Now).Scan(&c).Error
	if err != nil || c.Hash == "" {
		return nil, err
	}
	return &c, nil
}

// Identity is an account at another server by which somebody may sign in here.
type Identity struct {
	ID        IdentityID `gorm:"column:id;primaryKey"`
	User      UserID     `gorm:"column:user_id"`
	Issuer    string     `gorm:"column:issuer"`
	Subject   string     `gorm:"column:subject"`
	Email     string     `gorm:"column:email"`
	LinkedBy  UserID     `gorm:"column:linked_by"`
	CreatedAt time.Time  `gorm:"column:created_at;autoCreateTime:false"`
}

// Link ties an account of another server to one here.
func (tx *Tx) Link(user UserID, issuer, subject, email string, by UserID) (*Identity, error) {
	i := &Identity{ID: newID[IdentityID]("idn"), User: user, Issuer: issuer, Subject: subject, Email: email, LinkedBy: by, CreatedAt: tx.Now}
	return i, tx.db.Create(i).Error
}

// IdentityBySubject finds a link, or nil.
func (tx *Tx) IdentityBySubject(issuer, subject string) (*Identity, error) {
	return take[Identity](tx.db.Where("issuer = ? and subject = ?", issuer, subject))
}

// IdentitiesOf lists the links of an account.
func (tx *Tx) IdentitiesOf(user UserID) ([]Identity, error) {
	list := []Identity{}
	return list, tx.db.Where("user_id = ?", user).Order("created_at, id").Find(&list).Error
}

// Unlink removes one of a user's links.
func (tx *Tx) Unlink(user UserID, id IdentityID) error {
	return missingIfNone(tx.db.Where("id = ? and user_id = ?", id, user).Delete(&Identity{}))
}
