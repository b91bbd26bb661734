package accounts

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"jiebang/models"
)

// refreshLasts is how long a session lives without being used; sessionLasts is how long it
// lives at most, however often it is used.
const (
	refreshLasts = 14 * 24 * time.Hour
	sessionLasts = 90 * 24 * time.Hour
)

// Session is what a client needs to act as somebody. The refresh token is not in it: it
// travels in a cookie that scripts cannot read.
type Session struct {
	AccessToken string           `json:"access_token" doc:"Goes into the Authorization header as a bearer token"`
	ExpiresAt   time.Time        `json:"expires_at" doc:"When the access token ends; refresh before"`
	Session     models.SessionID `json:"session"`
	User        models.UserID    `json:"user"`
	Login       string           `json:"login"`
	Name        string           `json:"name"`
	Me          *Me              `json:"me"`

	refresh string
	until   time.Time
}

// RefreshCookie is the refresh token for the door to put into its cookie.
func (s *Session) RefreshCookie() (token string, expires time.Time, set bool) {
	return s.refresh, s.until, true
}

// SignedOut says that the session is over; the door clears the cookie.
type SignedOut struct {
	SignedOut bool `json:"signed_out"`
}

// RefreshCookie clears the cookie.
func (SignedOut) RefreshCookie() (token string, expires time.Time, set bool) {
	return "", time.Time{}, true
}

// digest is all that is kept of a refresh token: who reads the database cannot use it.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func (k Keys) session(tx *models.Tx, s *models.Session, refresh string) (*Session, error) {
	access, expires, err := k.Mint(s.User, s.ID, tx.Now)
	if err != nil {
		return nil, err
	}
	me, err := me(tx, models.AccountShow)
	if err != nil {
		return nil, err
	}
	return &Session{AccessToken: access, ExpiresAt: expires.UTC(), Session: s.ID, User: s.User, Login: me.Login, Name: me.Name, Me: me,
		refresh: refresh, until: s.ExpiresAt}, nil
}
