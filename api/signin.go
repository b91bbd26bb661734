package api

import (
	"crypto/sha256"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"

	"jiebang/api/accounts"
	"jiebang/api/endpoint"
	"jiebang/internal/otp"
	"jiebang/models"
)

// accessLasts is how long an access token is good for. The session behind it is asked at
// every request anyhow; the token only saves the password.
const accessLasts = 10 * time.Minute

const (
	issuer   = "jiebang"
	audience = "jiebang-api"
)

// tokens makes and reads access tokens: HS256 and nothing else, with type, issuer, audience
// and expiry required.
type tokens struct {
	key   []byte
	clock func() time.Time
}

type claims struct {
	Session string `json:"sid"`
	Type    string `json:"typ"`
	jwt.RegisteredClaims
}

func newTokens(secret []byte, clock func() time.Time) *tokens {
	key := sha256.Sum256(append([]byte("access token\n"), secret...)) // a key of its own for each purpose
	return &tokens{key: key[:], clock: clock}
}

// Mint makes an access token for a session.
func (t *tokens) Mint(user models.UserID, session models.SessionID, now time.Time) (string, time.Time, error) {
	expires := now.Add(accessLasts)
	text, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{Session: string(session), Type: "access", RegisteredClaims: jwt.RegisteredClaims{
		Subject: string(user), Issuer: issuer, Audience: jwt.ClaimStrings{audience},
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(expires)}}).SignedString(t.key)
	return text, expires, err
}

func (t *tokens) read(text string) (models.Who, error) {
	if len(text) > 2048 || strings.Count(text, ".") != 2 {
		return models.Who{}, errors.New("not a token of ours")
	}
	var c claims
	_, err := jwt.ParseWithClaims(text, &c, func(*jwt.Token) (any, error) { return t.key, nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(), jwt.WithIssuer(issuer), jwt.WithAudience(audience),
		jwt.WithLeeway(30*time.Second), jwt.WithTimeFunc(t.clock))
	if err != nil {
		return models.Who{}, err
	}
	if c.Type != "access" || c.Subject == "" || c.Session == "" {
		return models.Who{}, errors.New("not an access token")
	}
	return models.Who{User: models.UserID(c.Subject), Session: models.SessionID(c.Session)}, nil
}

// identify puts the caller on the request. No header is a visitor; a bad or expired token is
// refused rather than taken for a visitor, so that nobody works on unawares.
func (t *tokens) identify(c *gin.Context) {
	header := c.GetHeader("Authorization")
	who, err := models.Who{}, error(nil)
	text, ok := strings.CutPrefix(header, "Bearer ")
	if ok {
		who, err = t.read(text)
	}
	ok = ok || header == ""
	if !ok || err != nil {
		p := &endpoint.Problem{Type: "urn:jiebang:account.bad_token", Title: http.StatusText(401), Status: 401, Code: "account.bad_token",
			Detail: "The access token is not valid or has expired; refresh it or sign in again."}
		c.Header("WWW-Authenticate", `Bearer error="invalid_token"`)
		p.Write(c)
		return
	}
	who.Address = c.ClientIP()
	c.Request = c.Request.WithContext(endpoint.WithWho(c.Request.Context(), who))
}

// addressTries is how many wrong guesses, at whatever accounts, lock an address for a while. A
// whole unit may sit behind one.
const addressTries = 50

// keys is what signing in needs of the house. Each purpose has a key of its own.
func (s *Server) keys(t *tokens) accounts.Keys {
	link := sha256.Sum256(append([]byte("one-time link\n"), s.config.Secret...))
	k := accounts.Keys{Mint: t.Mint, Cost: s.config.PasswordCost, Links: accounts.Links{Key: link[:], Base: s.config.PublicURL}, Codes: otp.NewBox(s.config.Secret),
		Passkeys: s.passkeys, OIDC: s.config.OIDC, Earnest: s.config.Demo == nil, Wall: s.config.Wall, AddressTries: addressTries}
	if s.config.Demo != nil && s.config.Demo.NoLimit {
		k.AddressTries = 0
	}
	return k
}
