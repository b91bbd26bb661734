package api_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jiebang/api"
	"jiebang/internal/apitest"
	"jiebang/internal/blob"
	"jiebang/internal/dbtest"
	"jiebang/internal/password"
	"jiebang/models"
)

// TestLimitIsPerPeer sends a thousand made-up addresses in headers: all of them are the one
// peer, who is asked to wait.
func TestLimitIsPerPeer(t *testing.T) {
	s := dbtest.SQLite(t)
	server, err := api.New(api.Config{Store: s, Secret: []byte("test"), Blob: &blob.Memory{}, Clock: time.Now, PasswordCost: password.Test})
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for i := range 1000 {
		r := httptest.NewRequest("POST", "/api/v1/session", strings.NewReader(fmt.Sprintf(`{"login":"nobody-%d","password":"wrong"}`, i))) // one account would be locked before
		r.Header.Set("Content-Type", "application/json")
		for _, h := range []string{"X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP"} {
			r.Header.Set(h, fmt.Sprintf("10.%d.%d.%d", i%7, i/256, i%256))
		}
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, r)
		if w.Code == 429 {
			refused++
			if w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "request.too_many") {
				t.Fatalf("429 without Retry-After or code: %s", w.Body)
			}
		}
	}
	if refused < 900 {
		t.Errorf("%d of 1000 tries were refused: made-up addresses bought more", refused)
	}
}

// TestHeaders looks at what every answer carries.
func TestHeaders(t *testing.T) {
	w := apitest.New(t, dbtest.SQLite(t))
	a := w.Do(apitest.Person{}, "GET", "/about", nil)
	for _, h := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "X-Request-Id"} {
		if a.Header.Get(h) == "" {
			t.Errorf("the answer lacks %s", h)
		}
	}
	if strings.Contains(a.Header.Get("Content-Security-Policy"), "script-src") || !strings.Contains(a.Header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("scripts may come from elsewhere: %s", a.Header.Get("Content-Security-Policy"))
	}
	if a.Header.Get("Strict-Transport-Security") != "" {
		t.Error("a plain server must not ask browsers to come back by HTTPS only")
	}
}

// TestCrossOriginWritesAreRefused sends what another site's page could send.
func TestCrossOriginWritesAreRefused(t *testing.T) {
	w := apitest.New(t, dbtest.SQLite(t))
	body := map[string]string{"login": "x", "password": "y"}
	w.Do(apitest.Person{}, "POST", "/session", body, "Sec-Fetch-Site", "cross-site").Must(403)
	w.Do(apitest.Person{}, "POST", "/session", body, "Origin", "https://elsewhere.example").Must(403)
	w.Do(apitest.Person{}, "POST", "/session", body, "Sec-Fetch-Site", "same-origin").Must(401)
}

// TestSecureServerSetsSecureCookies looks at the refresh cookie of a server behind HTTPS.
func TestSecureServerSetsSecureCookies(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := dbtest.SQLite(t)
		hash, err := password.Hash(t.Context(), password.Test, apitest.Password)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Write(t.Context(), models.System, func(tx *models.Tx) error {
			return tx.Make(models.AccountRegister, tx.Site(), models.NewUser("somebody", "Somebody", hash), models.Note{})
		}); err != nil {
			t.Fatal(err)
		}
		server, err := api.New(api.Config{Store: s, Secret: []byte("test"), Blob: &blob.Memory{}, Clock: time.Now, PasswordCost: password.Test, Secure: secure})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", "/api/v1/session", strings.NewReader(fmt.Sprintf(`{"login":"somebody","password":%q}`, apitest.Password)))
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		server.Handler().ServeHTTP(rec, r)
		cookie := rec.Header().Get("Set-Cookie")
		if !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || strings.Contains(cookie, "Secure") != secure {
			t.Errorf("secure %v: cookie %q", secure, cookie)
		}
	}
}
