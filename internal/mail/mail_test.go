package mail_test

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"jiebang/internal/mail"
	"jiebang/internal/mail/mailtest"
)

var letter = mail.Letter{ID: "ltr_1@jiebang.test", To: "wang@example.cn", Name: "王 \"x\"\r\nBcc: evil@example.cn", Subject: "《高速轴承》已发榜\r\nX-Evil: 1", Text: "您好\n", HTML: "<p>您好</p>",
	Unsubscribe: "https://jiebang.test/api/v1/unsubscribe/abc"}

// TestWhatBecomesOfALetter sends one to a server that does what servers do, and asks whether
// the sender knows what became of it.
func TestWhatBecomesOfALetter(t *testing.T) {
	for _, r := range []struct {
		name      string
		answer    error
		taken     int
		uncertain bool
		temporary bool
		code      int
	}{
		{"taken", nil, 1, false, false, 0},
		{"full for now", mailtest.Refuse(452), 0, false, true, 452},
		{"no such box", mailtest.Refuse(550), 0, false, false, 550},
		{"cut off before", mailtest.ErrSilent, 0, true, false, 0},
		{"cut off behind", mailtest.ErrTaken, 1, true, false, 0},
	} {
		t.Run(r.name, func(t *testing.T) {
			s := mailtest.New(t)
			s.Before = func(string, string) error { return r.answer }
			err := s.Sender().Send(t.Context(), letter)
			if len(s.Taken()) != r.taken {
				t.Fatalf("taken %d", len(s.Taken()))
			}
			var refused *mail.Refused
			var uncertain *mail.Uncertain
			switch {
			case r.answer == nil && err != nil:
				t.Fatal(err)
			case errors.As(err, &uncertain) != r.uncertain:
				t.Fatalf("%v", err)
			case errors.As(err, &refused) && (refused.Temporary != r.temporary || refused.Code != r.code):
				t.Fatalf("%+v", refused)
			case r.answer != nil && !r.uncertain && refused == nil:
				t.Fatalf("%v", err)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	s := mailtest.New(t)
	if err := s.Sender().Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	got := s.Taken()[0]
	if got.ID != letter.ID || got.To != letter.To || got.Header.Get("List-Unsubscribe") != "<"+letter.Unsubscribe+">" ||
		got.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || got.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("%+v", got)
	}
	if got.Header.Get("X-Evil") != "" || got.Header.Get("Bcc") != "" {
		t.Error("a line break in a name made a header")
	}
	if !strings.Contains(got.Body, "text/plain") || !strings.Contains(got.Body, "text/html") {
		t.Error("both forms must be there")
	}
}

func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	err = mail.SMTP{Host: "127.0.0.1", Port: port, From: "a@b.cn", Security: "none", Timeout: time.Second}.Send(t.Context(), letter)
	var refused *mail.Refused
	if !errors.As(err, &refused) || !refused.Temporary {
		t.Errorf("%v", err)
	}
	bad := letter
	bad.To = "not an address"
	err = mail.SMTP{Host: "127.0.0.1", Port: port, From: "a@b.cn", Security: "none"}.Send(t.Context(), bad)
	if !errors.As(err, &refused) || refused.Temporary {
		t.Errorf("%v", err)
	}
}
