package outward_test

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiebang/internal/outward"
)

// names is a name server that answers as it is told, each time anew.
type names struct {
	conn   net.PacketConn
	mu     sync.Mutex
	answer func(asked int) []netip.Addr // to the n-th question for an address of version 4
	asked  int
}

func serveNames(t *testing.T) *names {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &names{conn: conn}
	t.Cleanup(func() { _ = conn.Close() })
	go n.serve()
	return n
}

func (n *names) serve() {
	in := make([]byte, 1500)
	for {
		size, from, err := n.conn.ReadFrom(in)
		if err != nil {
			return
		}
		if size < 17 {
			continue
		}
		end := 12 // the question's name ends with an empty label
		for end < size && in[end] != 0 {
			end += int(in[end]) + 1
		}
		question := in[12 : end+5]
		kind := binary.BigEndian.Uint16(in[end+1:])
		n.mu.Lock()
		list := []netip.Addr{}
		if kind == 1 {
			n.asked++
		}
		for _, a := range n.answer(n.asked) {
			if kind == 1 && a.Is4() || kind == 28 && a.Is6() {
				list = append(list, a)
			}
		}
		n.mu.Unlock()
		out := append([]byte{in[0], in[1], 0x81, 0x80, 0, 1, 0, byte(len(list)), 0, 0, 0, 0}, question...)
		for _, a := range list {
			raw := a.AsSlice()
			out = append(out, 0xc0, 12, byte(kind>>8), byte(kind), 0, 1, 0, 0, 0, 0, 0, byte(len(raw))) // never to be kept
			out = append(out, raw...)
		}
		_, _ = n.conn.WriteTo(out, from)
	}
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", n.conn.LocalAddr().String())
	}}
}

// TestRebinding lets a name lead outside when it is looked at and inside when it is dialled, and
// to both at once. 127.0.0.2 stands for the world outside here, 127.0.0.1 for what is inside.
func TestRebinding(t *testing.T) {
	var inside, outside atomic.Int64
	at := func(address string, came *atomic.Int64) string {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Skipf("no second loopback address here: %v", err)
		}
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came.Add(1) }))
		s.Listener = l
		s.Start()
		t.Cleanup(s.Close)
		_, port, err := net.SplitHostPort(l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		return port
	}
	port := at("127.0.0.1:0", &inside)
	at("127.0.0.2:"+port, &outside)
	n := serveNames(t)
	out := netip.MustParseAddr("127.0.0.2")
	in := netip.MustParseAddr("127.0.0.1")
	c := outward.New(2*time.Second, outward.Allow(func(a netip.AddrPort) bool { return a.Addr() == out }))
	outward.Resolve(c, n.resolver())
	address := "http://hooks.example.cn:" + port + "/"

	// The first answer is fine, every later one is not: each call asks and looks again.
	n.answer = func(asked int) []netip.Addr {
		if asked <= 1 {
			return []netip.Addr{out}
		}
		return []netip.Addr{in}
	}
	if _, err := c.Post(t.Context(), address, nil, nil); err != nil {
		t.Errorf("the address outside: %v", err)
	}
	for range 3 {
		if _, err := c.Post(t.Context(), address, nil, nil); !errors.Is(err, outward.ErrForbidden) {
			t.Errorf("the name that has moved inside: %v", err)
		}
	}

	// Of several addresses only those outside are dialled.
	n.answer = func(int) []netip.Addr { return []netip.Addr{in, netip.MustParseAddr("::1"), out} }
	if _, err := c.Post(t.Context(), address, nil, nil); err != nil {
		t.Errorf("one of three: %v", err)
	}
	for _, bad := range []string{"10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0", "::1", "::ffff:127.0.0.1", "fd00:ec2::254", "fe80::1", "64:ff9b::7f00:1"} {
		n.answer = func(int) []netip.Addr { return []netip.Addr{netip.MustParseAddr(bad)} }
		if _, err := c.Post(t.Context(), address, nil, nil); err == nil {
			t.Errorf("%s was contacted", bad)
		}
	}
	if inside.Load() != 0 || outside.Load() != 2 {
		t.Errorf("%d came inside and %d outside", inside.Load(), outside.Load())
	}
}
