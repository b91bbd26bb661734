// Package oidctest is a server to sign in by for tests: it names itself, publishes its key,
// checks the code and its proof, and can be told to lie.
package oidctest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// Client is the id of the one client it knows, Secret its secret.
const (
	Client = "jiebang"
	Secret = "the client's secret"
)

// Person is who signs in there.
type Person struct {
	Subject, Email, Name string
	Verified             bool
}

// Server is a running identity server.
type Server struct {
	URL string
	Now func() time.Time
	// Lie changes what is about to be signed.
	Lie func(claims map[string]any)
	// Stranger signs with a key that was not published.
	Stranger bool
	// Down answers every exchange with a failure of the server.
	Down bool

	t     testing.TB
	keys  [2]*rsa.PrivateKey
	mu    sync.Mutex
	codes map[string]given
	asked int
}

type given struct {
	who              Person
	nonce, challenge string
	redirect         string
}

// New starts one for the time of the test.
func New(t testing.TB, now func() time.Time) *Server {
	t.Helper()
	s := &Server{Now: now, t: t, codes: map[string]given{}}
	for i := range s.keys {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		s.keys[i] = key
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", s.discovery)
	mux.HandleFunc("GET /keys", s.published)
	mux.HandleFunc("POST /token", s.token)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Exchanges counts how often a code was shown.
func (s *Server) Exchanges() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// SignIn is what the browser does at the address it was sent to: the person signs in there
// and comes back with a state and a code.
func (s *Server) SignIn(address string, who Person) (state, code string) {
	s.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		s.t.Fatal(err)
	}
	q := u.Query()
	for name, want := range map[string]string{"response_type": "code", "client_id": Client, "code_challenge_method": "S256"} {
		if q.Get(name) != want {
			s.t.Fatalf("%s is %q, not %q", name, q.Get(name), want)
		}
	}
	if q.Get("state") == "" || q.Get("nonce") == "" || q.Get("code_challenge") == "" {
		s.t.Fatalf("a secret is missing in %s", address)
	}
	code = rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = given{who, q.Get("nonce"), q.Get("code_challenge"), q.Get("redirect_uri")}
	return q.Get("state"), code
}

func (s *Server) discovery(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"issuer": s.URL, "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token", "jwks_uri": s.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}})
}

func (s *Server) published(w http.ResponseWriter, _ *http.Request) {
	public := s.keys[0].PublicKey
	answer(w, http.StatusOK, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "one",
		"n": b64.EncodeToString(public.N.Bytes()), "e": b64.EncodeToString(big.NewInt(int64(public.E)).Bytes())}}})
}

func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked++
	g, ok := s.codes[r.FormValue("code")]
	delete(s.codes, r.FormValue("code"))
	s.mu.Unlock()
	id, secret, basic := r.BasicAuth()
	if basic {
		id, _ = url.QueryUnescape(id)
		secret, _ = url.QueryUnescape(secret)
	} else {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	proof := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	switch {
	case s.Down:
		answer(w, http.StatusServiceUnavailable, map[string]any{"error": "temporarily_unavailable"})
	case id != Client || secret != Secret:
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case !ok || g.redirect != r.FormValue("redirect_uri") || b64.EncodeToString(proof[:]) != g.challenge:
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
	default:
		answer(w, http.StatusOK, map[string]any{"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": s.sign(g)})
	}
}

func (s *Server) sign(g given) string {
	now := s.Now()
	claims := map[string]any{"iss": s.URL, "sub": g.who.Subject, "aud": Client, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "nonce": g.nonce,
		"email": g.who.Email, "email_verified": g.who.Verified, "name": g.who.Name}
	if s.Lie != nil {
		s.Lie(claims)
	}
	key := s.keys[0]
	if s.Stranger {
		key = s.keys[1]
	}
	text := part(map[string]any{"alg": "RS256", "typ": "JWT", "kid": "one"}) + "." + part(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		s.t.Error(err)
	}
	return text + "." + b64.EncodeToString(signature)
}

var b64 = base64.RawURLEncoding

func part(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b64.EncodeToString(raw)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
