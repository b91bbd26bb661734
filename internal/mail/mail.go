// Package mail sends letters (邮件) by SMTP. It knows nothing of what they say.
//
// What matters to its callers is what may be done after a failure: a letter that was certainly
// not taken may be sent again, one whose fate is unknown must not be without somebody's word.
package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Letter is one mail to one person.
type Letter struct {
	ID      string // of the message, without angle brackets: the same each time it is sent
	To      string // an address
	Name    string // of the person
	Subject string
	Text    string
	HTML    string
	// Unsubscribe is the address that takes a POST by RFC 8058; empty for letters nobody can do without.
	Unsubscribe string
}

// Sender takes letters to where they are delivered. nil means that the server has taken it;
// otherwise the error is a *Refused or an *Uncertain.
type Sender interface {
	Send(ctx context.Context, l Letter) error
}

// Refused says that the letter was certainly not taken.
type Refused struct {
	Temporary bool // trying again later may help
	Code      int  // of the server, 0 where it did not answer
	Err       error
}

func (r *Refused) Error() string { return fmt.Sprintf("not taken: %v", r.Err) }

// Unwrap is what the library said.
func (r *Refused) Unwrap() error { return r.Err }

// Uncertain says that the letter was handed over whole and the answer did not come: it may or
// may not arrive.
type Uncertain struct{ Err error }

func (u *Uncertain) Error() string { return fmt.Sprintf("no answer after the whole letter: %v", u.Err) }

// Unwrap is what the library said.
func (u *Uncertain) Unwrap() error { return u.Err }

// SMTP is a mail server.
type SMTP struct {
	Host           string
	Port           int
	User, Password string
	From           string // address, or "Name <address>"
	Security       string // starttls, tls or none
	Timeout        time.Duration
}

// Check reports whether the settings can be used at all.
func (s SMTP) Check() error {
	m := gomail.NewMsg()
	if err := m.From(s.From); err != nil {
		return fmt.Errorf("the sender %q is no mail address", s.From)
	}
	_, err := s.client()
	return err
}

func (s SMTP) client() (*gomail.Client, error) {
	timeout := s.Timeout
	if timeout == 0 {
		timeout = 20 * time.Second
	}
	options := []gomail.Option{gomail.WithTimeout(timeout), gomail.WithPort(s.Port)}
	switch s.Security {
	case "tls":
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return gomail.NewClient(s.Host, options...)
}

// Send opens a connection, hands the letter over and waits for the answer.
func (s SMTP) Send(ctx context.Context, l Letter) error {
	m, err := s.message(l)
	if err != nil {
		return &Refused{Err: err}
	}
	c, err := s.client()
	if err != nil {
		return &Refused{Err: err}
	}
	if err := c.DialWithContext(ctx); err != nil {
		return &Refused{Temporary: true, Err: err}
	}
	err = c.Send(m)
	_ = c.Close() // whatever the farewell was: the answer to the letter is what counts
	if err == nil || m.IsDelivered() {
		return nil
	}
	var said *gomail.SendError
	if !errors.As(err, &said) {
		return &Uncertain{err}
	}
	if code := said.ErrorCode(); code > 0 {
		return &Refused{Temporary: code < 500, Code: code, Err: err}
	}
	switch said.Reason {
	case gomail.ErrSMTPDataClose, gomail.ErrAmbiguous:
		return &Uncertain{err}
	case gomail.ErrGetSender, gomail.ErrGetRcpts, gomail.ErrNoUnencoded:
		return &Refused{Err: err}
	}
	return &Refused{Temporary: true, Err: err} // the end of the letter was never sent
}

func (s SMTP) message(l Letter) (*gomail.Msg, error) {
	m := gomail.NewMsg()
	if err := m.From(s.From); err != nil {
		return nil, err
	}
	if err := m.AddTo((&netmail.Address{Name: l.Name, Address: l.To}).String()); err != nil {
		return nil, err
	}
	m.SetMessageIDWithValue(l.ID)
	m.SetDate()
	m.Subject(l.Subject)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // no out-of-office answers, please
	if l.Unsubscribe != "" {
		m.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+l.Unsubscribe+">")
		m.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	}
	return m, nil
}
