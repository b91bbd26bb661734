// Package otp makes and checks the six digits of authenticator apps (RFC 6238: SHA-1, 30
// seconds), seals their secrets for keeping, and draws the code such an app reads.
package otp

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp/hotp"
)

const (
	period = 30
	skew   = 1 // steps that a clock may be early or late
)

var text = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewSecret makes a secret of 160 random bits, as apps want it: base32.
func NewSecret() string {
	var raw [20]byte
	_, _ = rand.Read(raw[:])
	return text.EncodeToString(raw[:])
}

// Code is the six digits of a secret at an instant.
func Code(secret string, at time.Time) (string, error) {
	return hotp.GenerateCode(secret, uint64(at.Unix()/period))
}

// Match finds the time step a code belongs to, at most one before or after the instant. Who
// checks a code must refuse a step that was used: a code is good for once.
func Match(secret, code string, at time.Time) (step int64, ok bool) {
	now := at.Unix() / period
	for d := int64(-skew); d <= skew; d++ {
		want, err := hotp.GenerateCode(secret, uint64(now+d))
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = now+d, true
		}
	}
	return step, ok
}

// URI is what an app reads from the picture.
func URI(issuer, account, secret string) string {
	q := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {fmt.Sprint(period)}}
	return "otpauth://totp/" + url.PathEscape(issuer) + ":" + url.PathEscape(account) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// Picture draws a QR code as rows of 0 and 1, without a margin.
func Picture(content string) ([]string, error) {
	code, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("draw QR code: %w", err)
	}
	size := code.Bounds().Dx()
	rows := make([]string, size)
	for y := range size {
		var row strings.Builder
		for x := range size {
			dark := byte('0')
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				dark = '1'
			}
			row.WriteByte(dark)
		}
		rows[y] = row.String()
	}
	return rows, nil
}

// Box seals secrets for keeping, each for one owner: what was sealed for one opens for no other.
type Box struct{ aead cipher.AEAD }

// NewBox makes a box whose key is derived from the house's secret.
func NewBox(secret []byte) Box {
	key := sha256.Sum256(append([]byte("authenticator secrets\n"), secret...))
	block, _ := aes.NewCipher(key[:]) // 32 bytes are always a key
	aead, _ := cipher.NewGCM(block)
	return Box{aead}
}

// Seal closes a secret for its owner.
func (b Box) Seal(owner, secret string) string {
	nonce := make([]byte, b.aead.NonceSize())
	_, _ = rand.Read(nonce)
	return base64.RawStdEncoding.EncodeToString(b.aead.Seal(nonce, nonce, []byte(secret), []byte(owner)))
}

// Open opens what was sealed for the owner; it fails for anything else, and when the house's
// secret is another one than then.
func (b Box) Open(owner, sealed string) (string, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < b.aead.NonceSize() {
		return "", errors.New("open authenticator secret: it is not sealed")
	}
	n := b.aead.NonceSize()
	plain, err := b.aead.Open(nil, raw[:n], raw[n:], []byte(owner))
	if err != nil {
		return "", errors.New("open authenticator secret: the house's secret is not the one it was sealed with")
	}
	return string(plain), nil
}
