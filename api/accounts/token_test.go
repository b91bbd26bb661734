package accounts_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"hash"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// forge makes a token by hand, out of any header and claims.
func forge(t *testing.T, header, claims map[string]any, algorithm func() hash.Hash, key []byte) string {
	t.Helper()
	part := func(v any) string {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	text := part(header) + "." + part(claims)
	if algorithm == nil {
		return text + "."
	}
	mac := hmac.New(algorithm, key)
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func TestForgedTokens(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		p, other := w.Person("wang"), w.Person("other")
		sum := sha256.Sum256([]byte("access token\ntest")) // the key of the test server: the strongest forger there is
		key, now := sum[:], w.Clock.Now().Unix()
		header := func(alg string) map[string]any { return map[string]any{"alg": alg, "typ": "JWT"} }
		claims := func(change ...any) map[string]any {
			c := map[string]any{"sid": string(p.Who.Session), "typ": "access", "sub": string(p.User), "iss": "jiebang", "aud": []string{"jiebang-api"}, "iat": now, "exp": now + 600}
			for i := 0; i+1 < len(change); i += 2 {
				if name := change[i].(string); change[i+1] == nil {
					delete(c, name)
				} else {
					c[name] = change[i+1]
				}
			}
			return c
		}
		good := forge(t, header("HS256"), claims(), sha256.New, key)
		w.Do(apitest.Person{}, "GET", "/account", nil, "Authorization", "Bearer "+good).Must(http.StatusOK)
		dot := strings.Split(good, ".")
		for name, token := range map[string]string{
			"alg none":                  forge(t, header("none"), claims(), nil, nil),
			"alg None with a signature": forge(t, header("None"), claims(), sha256.New, key),
			"alg HS512":                 forge(t, header("HS512"), claims(), sha512.New, key),
			"alg HS384":                 forge(t, header("HS384"), claims(), sha512.New384, key),
			"HS256 said, HS512 done":    forge(t, header("HS256"), claims(), sha512.New, key),
			"no alg":                    forge(t, map[string]any{"typ": "JWT"}, claims(), sha256.New, key),
			"another key":               forge(t, header("HS256"), claims(), sha256.New, []byte("test")),
			"empty key":                 forge(t, header("HS256"), claims(), sha256.New, nil),
			"signature cut off":         dot[0] + "." + dot[1] + ".",
			"claims of another":         dot[0] + "." + strings.Split(forge(t, header("HS256"), claims("sub", string(other.User)), sha256.New, key), ".")[1] + "." + dot[2],
			"wrong typ":                 forge(t, header("HS256"), claims("typ", "refresh"), sha256.New, key),
			"no typ":                    forge(t, header("HS256"), claims("typ", nil), sha256.New, key),
			"wrong aud":                 forge(t, header("HS256"), claims("aud", []string{"another-api"}), sha256.New, key),
			"no aud":                    forge(t, header("HS256"), claims("aud", nil), sha256.New, key),
			"wrong iss":                 forge(t, header("HS256"), claims("iss", "somebody"), sha256.New, key),
			"no iss":                    forge(t, header("HS256"), claims("iss", nil), sha256.New, key),
			"no exp":                    forge(t, header("HS256"), claims("exp", nil), sha256.New, key),
			"expired":                   forge(t, header("HS256"), claims("exp", now-31), sha256.New, key),
			"exp as text":               forge(t, header("HS256"), claims("exp", "never"), sha256.New, key),
			"not yet":                   forge(t, header("HS256"), claims("nbf", now+3600), sha256.New, key),
			"no sub":                    forge(t, header("HS256"), claims("sub", nil), sha256.New, key),
			"no session":                forge(t, header("HS256"), claims("sid", nil), sha256.New, key),
			"session of another":        forge(t, header("HS256"), claims("sid", string(other.Who.Session)), sha256.New, key),
			"no such session":           forge(t, header("HS256"), claims("sid", "ses_aaaaaaaaaaaaaaaaaaaaaaaaaa"), sha256.New, key),
			"no such user":              forge(t, header("HS256"), claims("sub", "usr_aaaaaaaaaaaaaaaaaaaaaaaaaa"), sha256.New, key),
			"too long":                  good + strings.Repeat("A", 4000),
			"five parts":                good + ".a.b",
			"no token":                  "",
			"words":                     "let me in",
		} {
			refused(t, w, name, token)
		}
		a := w.Do(apitest.Person{}, "GET", "/account", nil, "Authorization", "Basic d2FuZzp4").Must(http.StatusUnauthorized)
		if a.Header.Get("WWW-Authenticate") == "" {
			t.Error("a refused token does not say how to sign in")
		}
		w.Do(apitest.Person{}, "GET", "/orgs", nil, "Authorization", "Bearer x.y.z").Must(http.StatusUnauthorized) // nor taken for a visitor
		w.Clock.Pass(10*time.Minute + 31*time.Second)
		refused(t, w, "ten minutes later", good)
	})
}

func refused(t *testing.T, w *apitest.World, name, token string) {
	t.Helper()
	a := w.Do(apitest.Person{}, "GET", "/account", nil, "Authorization", "Bearer "+token)
	if kind := a.Header.Get("Content-Type"); a.Status != http.StatusUnauthorized || !strings.HasPrefix(kind, "application/problem+json") {
		t.Errorf("%s: status %d as %s, want 401 as application/problem+json: %s", name, a.Status, kind, a.Body)
	}
}

// client is a browser: it keeps the cookie and the access token.
type client struct {
	t              *testing.T
	w              *apitest.World
	access, cookie string
}

func signIn(t *testing.T, w *apitest.World, login, secret string) *client {
	t.Helper()
	c := &client{t: t, w: w}
	c.take(w.Do(apitest.Person{}, "POST", "/session", map[string]string{"login": login, "password": secret}).Must(http.StatusOK))
	return c
}

func (c *client) take(a *apitest.Answer) {
	c.t.Helper()
	var out struct {
		Token string `json:"access_token"`
	}
	a.JSON(&out)
	cookie, err := http.ParseSetCookie(a.Header.Get("Set-Cookie"))
	if err != nil {
		c.t.Fatalf("cookie %q: %v", a.Header.Get("Set-Cookie"), err)
	}
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Path != "/api/v1/session" {
		c.t.Errorf("the refresh cookie is %+v", cookie)
	}
	if strings.Contains(string(a.Body), cookie.Value) {
		c.t.Error("the refresh token stands in the body")
	}
	c.access, c.cookie = out.Token, cookie.Value
}

func (c *client) refresh() *apitest.Answer {
	c.t.Helper()
	return c.w.Do(apitest.Person{}, "POST", "/session/refresh", nil, "Cookie", "jiebang_refresh="+c.cookie)
}

func (c *client) do(method, path string, body any, headers ...string) *apitest.Answer {
	c.t.Helper()
	return c.w.Do(apitest.Person{}, method, path, body, append(headers, "Authorization", "Bearer "+c.access)...)
}

func TestRefreshRotates(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Person("wang")
		c := signIn(t, w, "wang", apitest.Password)
		first := *c
		w.Clock.Pass(11 * time.Minute)
		c.do("GET", "/account", nil).Must(http.StatusUnauthorized)
		c.take(c.refresh().Must(http.StatusOK))
		if c.cookie == first.cookie || c.access == first.access {
			t.Error("a refresh gives the same token again")
		}
		c.do("GET", "/account", nil).Must(http.StatusOK)
		refused(t, w, "refresh token as access token", c.cookie)
		w.Do(apitest.Person{}, "POST", "/session/refresh", nil).Must(http.StatusUnauthorized)
		w.Do(apitest.Person{}, "POST", "/session/refresh", nil, "Cookie", "jiebang_refresh="+c.access).Must(http.StatusUnauthorized)
		w.Write(func(tx *models.Tx) error {
			me, err := tx.UserByLogin("wang")
			if err != nil {
				return err
			}
			list, err := tx.SessionsOf(me.ID)
			for _, s := range list {
				if strings.Contains(s.Refresh+s.Previous, c.cookie) {
					t.Error("the refresh token is kept as it is")
				}
			}
			return err
		})
		// The thief comes with the token that was exchanged: the session ends for both.
		before := w.LastEvent()
		first.refresh().Must(http.StatusUnauthorized)
		if list := w.EventsAfter(before); len(list) != 1 || list[0].Reason != "refresh_reused" {
			t.Errorf("the theft left %+v on the trail", list)
		}
		c.refresh().Must(http.StatusUnauthorized)
		refused(t, w, "session ended by reuse", c.access)
	})
}

func TestRefreshTwiceAtOnce(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Person("wang")
		c := signIn(t, w, "wang", apitest.Password)
		status := make(chan int, 8)
		for range cap(status) {
			go func() {
				status <- w.Do(apitest.Person{}, "POST", "/session/refresh", nil, "Cookie", "jiebang_refresh="+c.cookie).Status
			}()
		}
		got := []int{}
		for range cap(status) {
			got = append(got, <-status)
		}
		slices.Sort(got)
		if got[0] != http.StatusOK || slices.Contains(got[1:], http.StatusOK) {
			t.Errorf("one token exchanged at once by many: %v, want one 200", got)
		}
		refused(t, w, "session after a race", c.access)
	})
}

func TestSessionsEnd(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		w.Person("wang")
		operator := w.Operator()
		idle := signIn(t, w, "wang", apitest.Password)
		w.Clock.Pass(15 * 24 * time.Hour)
		idle.refresh().Must(http.StatusUnauthorized)

		used := signIn(t, w, "wang", apitest.Password)
		for range 8 { // every ten days, for eighty days
			w.Clock.Pass(10 * 24 * time.Hour)
			used.take(used.refresh().Must(http.StatusOK))
		}
		w.Clock.Pass(10*24*time.Hour + time.Second)
		used.refresh().Must(http.StatusUnauthorized) // ninety days are the end

		out := signIn(t, w, "wang", apitest.Password)
		cookie, err := http.ParseSetCookie(out.do("DELETE", "/session", nil).Must(http.StatusOK).Header.Get("Set-Cookie"))
		if err != nil || cookie.Value != "" || cookie.MaxAge >= 0 {
			t.Errorf("signing out sends the cookie %+v, %v", cookie, err)
		}
		refused(t, w, "signed out", out.access)
		out.refresh().Must(http.StatusUnauthorized)

		here, there := signIn(t, w, "wang", apitest.Password), signIn(t, w, "wang", apitest.Password)
		var list struct {
			Sessions []struct {
				ID      string
				Current bool
			}
		}
		here.do("GET", "/account/sessions", nil).Must(http.StatusOK).JSON(&list)
		if len(list.Sessions) != 2 {
			t.Fatalf("%d sessions, want 2: %+v", len(list.Sessions), list)
		}
		for _, s := range list.Sessions {
			operatorTry := w.Do(w.SignIn("the-operator"), "DELETE", "/account/sessions/"+s.ID, nil)
			operatorTry.Must(http.StatusNotFound) // other people's sessions are not found
			if !s.Current {
				here.do("DELETE", "/account/sessions/"+s.ID, nil).Must(http.StatusOK)
			}
		}
		refused(t, w, "ended elsewhere", there.access)
		here.do("GET", "/account", nil).Must(http.StatusOK)

		operator = w.SignIn("the-operator")
		me := here.do("GET", "/account", nil).Map()["id"].(string)
		w.Run(t,
			apitest.Row{Name: "disable without a reason", As: operator, Method: "POST", Path: "/accounts/" + me + "/disable", Body: map[string]string{}, Status: 422},
			apitest.Row{Name: "disable", As: operator, Method: "POST", Path: "/accounts/" + me + "/disable", Body: map[string]string{"reason": "账号被盗"}, Status: 200,
				Has: []string{`"disabled"`, "account.enable"}, Lacks: []string{"email"}, Events: []models.Action{models.AccountDisable}},
			apitest.Row{Name: "disabled, signing in", Method: "POST", Path: "/session", Body: map[string]string{"login": "wang", "password": apitest.Password}, Status: 401, Has: []string{"account.bad_credentials"}},
			apitest.Row{Name: "disable oneself", As: operator, Method: "POST", Path: "/accounts/" + string(operator.User) + "/disable", Body: map[string]string{"reason": "tired"}, Status: 409},
		)
		refused(t, w, "disabled user", here.access)
		here.refresh().Must(http.StatusUnauthorized)
		w.Run(t,
			apitest.Row{Name: "enable", As: operator, Method: "POST", Path: "/accounts/" + me + "/enable", Status: 200, Events: []models.Action{models.AccountEnable}},
			apitest.Row{Name: "back", Method: "POST", Path: "/session", Body: map[string]string{"login": "wang", "password": apitest.Password}, Status: 200, Events: []models.Action{models.AccountSignIn}},
		)
		refused(t, w, "the old session stays ended", here.access)
	})
}
