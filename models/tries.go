package models

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Tries bounds how often a secret may be guessed: so many tries are free, each one more locks
// the key for a minute, doubling up to an hour. A day without a try forgets them.
type Tries struct {
	Key         string     `gorm:"column:key;primaryKey"` // what is tried, digested: a login that was typed may be a password
	Count       int        `gorm:"column:tries"`
	LastAt      time.Time  `gorm:"column:last_at"`
	LockedUntil *time.Time `gorm:"column:locked_until"`
}

// TableName is the table's.
func (Tries) TableName() string { return "sign_in_tries" }

const (
	firstLock = time.Minute
	longLock  = time.Hour
	tryMemory = 24 * time.Hour
)

// LoginTries and AddressTries name what is tried: an account by its login, whether it exists
// or not, and the address somebody tries from.
func LoginTries(login string) string { return triesKey("login", login) }

// AddressTries names the address that somebody tries from.
func AddressTries(address string) string { return triesKey("address", address) }

func triesKey(what, value string) string {
	sum := sha256.Sum256([]byte(what + "\n" + value))
	return what + ":" + hex.EncodeToString(sum[:16])
}

// TakeTry counts a try before it is made, so that tries at the same moment cannot pass all at
// once. While the key is locked it counts nothing and answers until when. locks is true when
// this try, unless it succeeds, is the last one for a while.
func (tx *Tx) TakeTry(key string, free int) (until *time.Time, locks bool, err error) {
	var row Tries
	err = tx.db.Raw(`insert into sign_in_tries (key, tries, last_at) values (?, 1, ?)
		on conflict (key) do update set tries = case when sign_in_tries.last_at < ? then 1 else sign_in_tries.tries + 1 end, last_at = excluded.last_at
		where sign_in_tries.locked_until is null or sign_in_tries.locked_until <= excluded.last_at returning *`, key, tx.Now, tx.Now.Add(-tryMemory)).Scan(&row).Error
	if err != nil {
		return nil, false, err
	}
	if row.Key == "" {
		until, err = tx.LockedUntil(key)
		return until, false, err
	}
	if row.Count < free {
		return nil, false, nil
	}
	lock := longLock
	if over := row.Count - free; over < 6 {
		lock = firstLock << over
	}
	return nil, true, tx.db.Model(&Tries{}).Where("key = ?", key).Update("locked_until", tx.Now.Add(lock)).Error
}

// GiveBackTry undoes one try that turned out not to be a wrong guess.
func (tx *Tx) GiveBackTry(key string) error {
	return tx.db.Exec("update sign_in_tries set tries = tries - 1, locked_until = null where key = ? and tries > 0", key).Error
}

// ForgetTries forgets all tries at a key and unlocks it; it reports whether it was locked.
func (tx *Tx) ForgetTries(key string) (bool, error) {
	until, err := tx.LockedUntil(key)
	if err != nil {
		return false, err
	}
	return until != nil, tx.db.Where("key = ?", key).Delete(&Tries{}).Error
}

// LockedUntil says until when a key is locked; nil when it is not.
func (tx *Tx) LockedUntil(key string) (*time.Time, error) {
	row, err := take[Tries](tx.db.Where("key = ? and locked_until > ?", key, tx.Now))
	if row == nil || err != nil {
		return nil, err
	}
	return row.LockedUntil, nil
}

const mostLocked = 500

// LockedAccounts lists the accounts that are locked now, the newest lock first. Tries are kept
// under digests, so the trail says whose they may be: no lock outlasts its hour.
func (tx *Tx) LockedAccounts() ([]User, error) {
	rows := []Event{}
	err := tx.db.Where("kind = ? and action = ? and at > ?", KindSite, AccountLock, tx.Now.Add(-longLock)).Order("seq desc").Limit(mostLocked).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	order, seen := []UserID{}, map[UserID]bool{}
	for _, e := range rows {
		id, _ := e.Data.V["account"].(string)
		if u := UserID(id); id != "" && !seen[u] {
			seen[u], order = true, append(order, u)
		}
	}
	users, err := tx.UsersByID(order)
	if err != nil {
		return nil, err
	}
	list := []User{}
	for _, id := range order {
		u, known := users[id]
		if !known {
			continue
		}
		until, err := tx.LockedUntil(LoginTries(u.Login))
		if err != nil {
			return nil, err
		}
		if until != nil {
			list = append(list, u)
		}
	}
	return list, nil
}

// SweepSignIn removes what no sign-in needs any more: old tries and ceremonies that ran out.
func (tx *Tx) SweepSignIn() error {
	if err := tx.db.Where("last_at < ? and (locked_until is null or locked_until < ?)", tx.Now.Add(-tryMemory), tx.Now).Delete(&Tries{}).Error; err != nil {
		return err
	}
	return tx.db.Where("expires_at < ?", tx.Now).Delete(&Ceremony{}).Error
}
