// Package mailtest is a mail server for tests: a real one on loopback that keeps what it was
// sent and can be told to be slow, to refuse, or to fall silent.
package mailtest

import (
	"errors"
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	ours "jiebang/internal/mail"
)

// Server is a running mail server.
type Server struct {
	// Before is asked when a letter has arrived whole, before it is answered; nil takes all.
	// An *smtp.SMTPError is answered as it is. ErrSilent cuts the connection without an answer,
	// ErrTaken does so after the letter was kept.
	Before func(to, id string) error

	smtp  *smtp.Server
	port  int
	mu    sync.Mutex
	taken []Taken
}

// Taken is a letter the server has kept.
type Taken struct {
	To, ID string
	Header mail.Header
	Body   string
}

// What Before may answer.
var (
	ErrSilent = errors.New("silent")
	ErrTaken  = errors.New("taken, and silent")
)

// Refuse is an answer with a code.
func Refuse(code int) error { return &smtp.SMTPError{Code: code, Message: "no"} }

// New starts a server for the time of the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	s.smtp = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	s.smtp.Domain, s.smtp.ReadTimeout, s.smtp.WriteTimeout = "mail.test", 30*time.Second, 30*time.Second
	s.smtp.ErrorLog = quiet{}
	go func() { _ = s.smtp.Serve(l) }()
	t.Cleanup(func() { _ = s.smtp.Close() })
	return s
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// Sender sends to this server.
func (s *Server) Sender() ours.SMTP {
	return ours.SMTP{Host: "127.0.0.1", Port: s.port, From: "揭榜台 <post@jiebang.test>", Security: "none", Timeout: 5 * time.Second}
}

// Taken lists what was kept.
func (s *Server) Taken() []Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Taken{}, s.taken...)
}

type session struct {
	server *Server
	conn   *smtp.Conn
	to     string
}

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	t := Taken{To: s.to, ID: strings.Trim(m.Header.Get("Message-Id"), "<>"), Header: m.Header, Body: string(body)}
	if s.server.Before != nil {
		err = s.server.Before(t.To, t.ID)
	}
	if err == nil || errors.Is(err, ErrTaken) {
		s.server.mu.Lock()
		s.server.taken = append(s.server.taken, t)
		s.server.mu.Unlock()
	}
	if errors.Is(err, ErrTaken) || errors.Is(err, ErrSilent) {
		_ = s.conn.Conn().Close()
	}
	return err
}

func (*session) Reset()        {}
func (*session) Logout() error { return nil }
