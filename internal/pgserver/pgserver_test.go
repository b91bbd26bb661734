package pgserver_test

import (
	"errors"
	"net"
	"net/url"
	"os"
	"testing"
	"time"

	"jiebang/internal/pgserver"
)

func TestStartStop(t *testing.T) {
	t.Parallel()
	s, err := pgserver.Start(t.Context())
	if errors.Is(err, pgserver.ErrMissing) && os.Getenv("REQUIRE_POSTGRES") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	u, err := url.Parse(s.DSN)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.DialTimeout("tcp", u.Host, time.Second)
	if err != nil {
		t.Fatalf("a started server takes no connections: %v", err)
	}
	_ = conn.Close()
	s.Stop()
	s.Stop() // twice is no error
	if conn, err := net.DialTimeout("tcp", u.Host, time.Second); err == nil {
		_ = conn.Close()
		t.Error("a stopped server still takes connections")
	}
}
