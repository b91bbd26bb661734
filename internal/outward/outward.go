// Package outward calls addresses that strangers have named, without being used against the
// machines beside this one: no private, loopback, link-local or metadata address is contacted,
// whatever name or number leads to it, and no redirect is followed.
//
// What counts is the address that is dialled: it is looked at after the name was resolved, at
// the last moment, so that a name that answers differently the second time gains nothing.
package outward

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrForbidden says that the address is one that is never contacted.
var ErrForbidden = errors.New("this address is never contacted")

// Client calls addresses outside.
type Client struct {
	http   *http.Client
	dialer *net.Dialer
	allow  func(netip.AddrPort) bool
}

// Option changes a client.
type Option func(*Client)

// Allow lets a client contact addresses that are forbidden, and speak plain HTTP to them: for
// tests whose servers are on loopback.
func Allow(f func(netip.AddrPort) bool) Option { return func(c *Client) { c.allow = f } }

// New makes a client that gives up after timeout.
func New(timeout time.Duration, options ...Option) *Client {
	c := &Client{}
	for _, o := range options {
		o(c)
	}
	c.dialer = &net.Dialer{Timeout: timeout, Control: func(network, address string, _ syscall.RawConn) error { return c.control(network, address) }}
	c.http = &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:       nil, // a proxy would resolve the name itself
			DialContext: c.dialer.DialContext,
			// A kept connection would be used again without the address being looked at.
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    timeout,
			ResponseHeaderTimeout:  timeout,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}
	return c
}

// control looks at the address that is about to be dialled.
func (c *Client) control(network, address string) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("%w: %s", ErrForbidden, network)
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %q", ErrForbidden, address)
	}
	if c.allow != nil && c.allow(at) || Public(at.Addr()) {
		return nil
	}
	return ErrForbidden // not which: what a name resolves to inside is nobody's to learn
}

// forbidden are the networks that are not the public internet, beside what netip knows.
var forbidden = prefixes("0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10")

func prefixes(list ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(list))
	for i, p := range list {
		all[i] = netip.MustParsePrefix(p)
	}
	return all
}

// Public reports whether an address is one of the public internet.
func Public(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if !a.IsValid() || a.IsUnspecified() || a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsInterfaceLocalMulticast() {
		return false
	}
	for _, p := range forbidden {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// Check reports what is wrong with an address before anything is dialled, in words that follow
// "must". A name may still lead somewhere forbidden: that is seen when it is dialled.
func (c *Client) Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return errors.New("be an address like https://hooks.example.cn/path")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || c.allow == nil) {
		return errors.New("begin with https://")
	}
	if u.User != nil {
		return errors.New("hold no user name or password before the host")
	}
	if u.Fragment != "" {
		return errors.New("hold no part behind #")
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.ParseUint(p, 10, 16); err != nil || n == 0 {
			return errors.New("name a port between 1 and 65535, or none")
		}
	}
	host := u.Hostname()
	if a, err := netip.ParseAddr(host); err == nil {
		if Public(a) || c.allow != nil && c.allow(netip.AddrPortFrom(a, 0)) {
			return nil
		}
		return errors.New("not name a private, local or reserved address")
	}
	return checkName(host)
}

// inside are the endings of names that mean this machine or its neighbours.
var inside = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "invalid", "test", "onion"}

func checkName(host string) error {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	labels := strings.Split(name, ".")
	for _, r := range name {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`%_\"<>^{}|`, r) {
			return errors.New("name its host in plain ASCII; write others in punycode (xn--…)")
		}
	}
	last := labels[len(labels)-1]
	// 2130706433, 0x7f.1 and 0177.0.0.1 are read as 127.0.0.1 by some resolvers.
	if _, err := strconv.ParseUint(last, 0, 64); err == nil || last != "" && last[0] >= '0' && last[0] <= '9' {
		return errors.New("name a host, not a number")
	}
	for _, end := range inside {
		if name == end || strings.HasSuffix(name, "."+end) {
			return errors.New("not name a private, local or reserved address")
		}
	}
	if len(labels) < 2 || strings.Contains(name, "..") || name == "" {
		return errors.New("name its host in full, like hooks.example.cn")
	}
	return nil
}

// Answer is what came back. Body is for judging by machines, at most 64 KB of it; it is never
// shown to whoever named the address.
type Answer struct {
	Status int
	Body   []byte
}

// Post sends a JSON body. Any answer is no error, a redirect among them.
func (c *Client) Post(ctx context.Context, address string, headers map[string]string, body []byte) (Answer, error) {
	if err := c.Check(address); err != nil {
		return Answer{}, fmt.Errorf("%w: it must %w", ErrForbidden, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Answer{}, errors.New("the address cannot be read")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "jiebang-webhook/1")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return Answer{}, plain(err)
	}
	defer resp.Body.Close()
	read, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return Answer{Status: resp.StatusCode}, errors.New("the answer broke off")
	}
	return Answer{resp.StatusCode, read}, nil
}

// plain says what went wrong without the address, which may hold a secret, and without what a
// resolver or a neighbour inside has said.
func plain(err error) error {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, ErrForbidden):
		return ErrForbidden
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &dns):
		return errors.New("the name of the host was not found")
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("no answer in time")
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("the connection was refused")
	case strings.Contains(err.Error(), "tls:"), strings.Contains(err.Error(), "x509:"):
		return errors.New("the certificate or the TLS handshake failed")
	}
	return errors.New("the connection broke off")
}
