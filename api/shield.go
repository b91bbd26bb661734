package api

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"jiebang/api/endpoint"
)

// secure sets the headers that keep browsers from being used against their people. Styles
// may be inline, scripts may not.
func secure(https bool) gin.HandlerFunc {
	return func(c *gin.Context) { shield(c, https) }
}

func shield(c *gin.Context, https bool) {
	h := c.Writer.Header()
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	h.Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		h.Set("Cache-Control", "no-store")
	}
}

// sameOrigin refuses writes that another site's page sends with our cookie.
func sameOrigin() gin.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c *gin.Context) {
		if err := protection.Check(c.Request); err != nil {
			(&endpoint.Problem{Type: "urn:jiebang:request.cross_origin", Title: http.StatusText(403), Status: 403, Code: "request.cross_origin",
				Detail: "This call comes from another site's page."}).Write(c)
		}
	}
}

// buckets limit how often one address may try what costs most: signing in and registering.
type buckets struct {
	mu   sync.Mutex
	by   map[string]*bucket
	next time.Time
}

type bucket struct {
	*rate.Limiter
	seen time.Time
}

const (
	triesPerMinute = 30
	burst          = 20
)

func (b *buckets) take(key string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.After(b.next) { // forget who has not come for ten minutes
		for k, v := range b.by {
			if now.Sub(v.seen) > 10*time.Minute {
				delete(b.by, k)
			}
		}
		b.next = now.Add(time.Minute)
	}
	have := b.by[key]
	if have == nil {
		have = &bucket{Limiter: rate.NewLimiter(rate.Limit(triesPerMinute)/60, burst)}
		b.by[key] = have
	}
	have.seen = now
	return have.AllowN(now, 1)
}

// limit applies the buckets to the doors that take a password. The address is the peer's
// unless a trusted proxy says otherwise; headers of strangers count for nothing.
func (s *Server) limit() gin.HandlerFunc {
	b := &buckets{by: map[string]*bucket{}}
	costly := map[string]bool{"/api/v1/session": true, "/api/v1/accounts": true, "/api/v1/account/password": true, "/api/v1/set-up": true,
		"/api/v1/session/passkey/begin": true, "/api/v1/session/passkey": true, "/api/v1/session/oidc/begin": true, "/api/v1/session/oidc": true,
		"/api/v1/password-reset": true, "/api/v1/password-reset/finish": true, "/api/v1/signups/look": true, "/api/v1/signups/accept": true,
		"/api/v1/account/confirm": true, "/api/v1/account/totp": true, "/api/v1/account/totp/confirm": true, "/api/v1/account/passkeys/begin": true}
	return func(c *gin.Context) {
		if c.Request.Method == http.MethodGet || !costly[c.FullPath()] || s.config.Demo != nil && s.config.Demo.NoLimit {
			return
		}
		if !b.take(c.ClientIP(), s.config.Clock()) {
			(&endpoint.Problem{Type: "urn:jiebang:request.too_many", Title: http.StatusText(429), Status: 429, Code: "request.too_many", RetryAfter: 30,
				Detail: "Too many tries from your address; wait half a minute."}).Write(c)
		}
	}
}
