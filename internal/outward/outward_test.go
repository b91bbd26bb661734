package outward_test

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jiebang/internal/outward"
)

func TestPublic(t *testing.T) {
	for _, a := range []string{"127.0.0.1", "127.255.0.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
		"100.100.100.200", "100.64.0.1", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.2", "203.0.113.9", "224.0.0.1", "239.1.1.1",
		"255.255.255.255", "240.0.0.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
		"64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "fd00::", "fd00:ec2::254", "fc00::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "100::1"} {
		if outward.Public(netip.MustParseAddr(a)) {
			t.Errorf("%s is not public", a)
		}
	}
	for _, a := range []string{"8.8.8.8", "223.5.5.5", "::ffff:8.8.8.8", "2400:3200::1", "2606:4700:4700::1111", "172.32.0.1", "100.128.0.1"} {
		if !outward.Public(netip.MustParseAddr(a)) {
			t.Errorf("%s is public", a)
		}
	}
}

// targets are ways of writing this machine, its neighbours and what is no address at all.
var targets = []string{
	"https://127.0.0.1/", "https://127.1/", "https://127.0.0.1.:443/", "https://0x7f.1/", "https://0x7f000001/", "https://2130706433/", "https://0177.0.0.1/", "https://017700000001/",
	"https://0/", "https://0.0.0.0/", "https://[::]/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[0:0:0:0:0:ffff:127.0.0.1]/",
	"https://[fd00::]/", "https://[fd00:ec2::254]/latest", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[64:ff9b::127.0.0.1]/",
	"https://localhost/", "https://localhost./", "https://LOCALHOST/", "https://a.localhost/", "https://localhost.localdomain.local/", "https://printer/", "https://db.internal/",
	"https://metadata.google.internal/computeMetadata/v1/", "https://169.254.169.254/latest/meta-data/", "https://[::ffff:169.254.169.254]/", "https://100.100.100.200/", "https://10.0.0.8:8443/",
	"https://192.168.0.1/", "https://172.16.0.1/", "https://user:pass@example.cn/", "https://example.cn@127.0.0.1/", "https://127.0.0.1@example.cn/", "https://１２７.0.0.1/", "https://①②⑦.⓪.⓪.①/",
	"https://example.cn:0/", "https://example.cn:99999/", "https://example.cn/#x", "http://example.cn/", "ftp://example.cn/", "file:///etc/passwd", "unix:///run/x.sock", "gopher://127.0.0.1/",
	"https:///path", "https:example.cn", "//example.cn/", "example.cn", "", "https://exa mple.cn/", "https://a..example.cn/", "https://%31%32%37.0.0.1/", "https://example.cn%00.evil/",
}

func TestNothingInsideIsNamed(t *testing.T) {
	c := outward.New(time.Second)
	for _, u := range targets {
		if err := c.Check(u); err == nil {
			t.Errorf("%q passes", u)
		}
		if _, err := c.Post(t.Context(), u, nil, []byte("{}")); !errors.Is(err, outward.ErrForbidden) {
			t.Errorf("%q was tried: %v", u, err)
		}
	}
	for _, u := range []string{"https://hooks.example.cn/x?key=1", "https://hooks.example.cn:8443/x", "https://8.8.8.8/", "https://[2400:3200::1]/", "https://xn--fiqs8s.cn/"} {
		if err := c.Check(u); err != nil {
			t.Errorf("%q must %v", u, err)
		}
	}
}

// TestDialledAddressCounts lets names through the first check that lead to this machine, and
// asks a listener here whether anybody came.
func TestDialledAddressCounts(t *testing.T) {
	var came atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { came.Add(1) }))
	defer s.Close()
	_, port, err := net.SplitHostPort(strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	c := outward.New(2*time.Second, outward.Allow(func(netip.AddrPort) bool { return false }))
	for _, host := range []string{"127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "0.0.0.0"} {
		if err := outward.Dial(c, t.Context(), net.JoinHostPort(strings.Trim(host, "[]"), port)); !errors.Is(err, outward.ErrForbidden) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if came.Load() != 0 {
		t.Errorf("%d connections arrived", came.Load())
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var inner atomic.Int64
	secret := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { inner.Add(1) }))
	defer secret.Close()
	outer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", secret.URL)
		w.WriteHeader(http.StatusTemporaryRedirect)
	}))
	defer outer.Close()
	c := outward.New(2*time.Second, outward.Allow(func(a netip.AddrPort) bool { return a.Addr().Is4() && a.Addr().IsLoopback() }))
	a, err := c.Post(t.Context(), outer.URL, map[string]string{"x": "y"}, []byte("{}"))
	if err != nil || a.Status != http.StatusTemporaryRedirect || inner.Load() != 0 {
		t.Errorf("%v %v, %d came", a.Status, err, inner.Load())
	}
}

func TestSlowAndLong(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			<-r.Context().Done()
			return
		}
		_, _ = w.Write(make([]byte, 1<<20))
	}))
	defer s.Close()
	c := outward.New(200*time.Millisecond, outward.Allow(func(a netip.AddrPort) bool { return a.Addr().IsLoopback() }))
	if _, err := c.Post(t.Context(), s.URL+"/slow", nil, nil); err == nil || strings.Contains(err.Error(), s.URL) {
		t.Errorf("%v", err)
	}
	if a, err := c.Post(t.Context(), s.URL, nil, nil); err != nil || len(a.Body) != 64<<10 {
		t.Errorf("%d bytes, %v", len(a.Body), err)
	}
}
