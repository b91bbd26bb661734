package accounts

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

var linkText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Links makes the one-time links that stand in letters. The key signs them, so that whoever
// writes the letter can make the link from the row, and the database holds only its digest.
type Links struct {
	Key  []byte
	Base string // the address people use; links are relative without it
}

// token is an id, signed with what it is for and until when.
func (l Links) token(purpose, id string, expires time.Time) string {
	mac := hmac.New(sha256.New, l.Key)
	fmt.Fprintf(mac, "%s\n%s\n%d", purpose, id, expires.Unix())
	return id + "." + linkText.EncodeToString(mac.Sum(nil))
}

// signed reports whether a token is the one that was made for a row.
func (l Links) signed(token, purpose, id string, expires time.Time) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(l.token(purpose, id, expires))) == 1
}

// The token stands behind #, which browsers send nowhere.
func (l Links) link(page, token string) string {
	return strings.TrimSuffix(l.Base, "/") + page + "#" + token
}

const (
	forReset  = "reset"
	forSignup = "signup"
)

// Reset is the link that stands in the letter of a reset.
func (l Links) Reset(r *models.Reset) string {
	return l.link("/reset-password", l.token(forReset, string(r.ID), r.ExpiresAt))
}

// Signup is the link that stands in the letter of an invitation.
func (l Links) Signup(s *models.Signup) string {
	return l.link("/join", l.token(forSignup, string(s.ID), s.ExpiresAt))
}

// deadLink is the one answer to a link that is good for nothing, whatever the reason.
func deadLink() error {
	return problem.New(problem.NotFound, "account.dead_link", "This link is good no more: it was used, taken back, ran out, or is not whole. Ask for a new one.")
}
