package otp_test

import (
	"strings"
	"testing"
	"time"

	"jiebang/internal/otp"
)

// The secret and the times are those of RFC 6238, appendix B, cut to six digits.
func TestCodesOfTheStandard(t *testing.T) {
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"} {
		if got, err := otp.Code(secret, time.Unix(at, 0)); err != nil || got != want {
			t.Errorf("at %d: %s, %v, want %s", at, got, err, want)
		}
	}
}

func TestMatchBearsOneStep(t *testing.T) {
	secret, now := otp.NewSecret(), time.Unix(1_750_000_015, 0)
	for seconds, want := range map[int]bool{-60: false, -30: true, 0: true, 30: true, 60: false} {
		code, err := otp.Code(secret, now.Add(time.Duration(seconds)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		step, ok := otp.Match(secret, code, now)
		if ok != want || ok && step != (now.Unix()+int64(seconds))/30 {
			t.Errorf("%d s off: step %d, %v, want %v", seconds, step, ok, want)
		}
	}
	if _, ok := otp.Match(secret, "", now); ok {
		t.Error("no code is a code")
	}
}

func TestBox(t *testing.T) {
	b := otp.NewBox([]byte("house"))
	sealed := b.Seal("usr_a", "SECRET")
	if strings.Contains(sealed, "SECRET") || sealed == b.Seal("usr_a", "SECRET") {
		t.Errorf("sealed: %s", sealed)
	}
	if got, err := b.Open("usr_a", sealed); err != nil || got != "SECRET" {
		t.Errorf("opened %q, %v", got, err)
	}
	for name, open := range map[string]func() (string, error){
		"another owner": func() (string, error) { return b.Open("usr_b", sealed) },
		"another house": func() (string, error) { return otp.NewBox([]byte("other")).Open("usr_a", sealed) },
		"cut short":     func() (string, error) { return b.Open("usr_a", sealed[:10]) },
		"not sealed":    func() (string, error) { return b.Open("usr_a", "SECRET") },
	} {
		if got, err := open(); err == nil {
			t.Errorf("%s: opened %q", name, got)
		}
	}
}

func TestPicture(t *testing.T) {
	uri := otp.URI("揭榜台", "wang", "ABC")
	if !strings.HasPrefix(uri, "otpauth://totp/%E6%8F%AD") || !strings.Contains(uri, ":wang?") || !strings.Contains(uri, "secret=ABC") {
		t.Error(uri)
	}
	rows, err := otp.Picture(uri)
	if err != nil || len(rows) < 21 || len(rows[0]) != len(rows) || !strings.HasPrefix(rows[0], "1111111") {
		t.Errorf("%d rows, %v: %v", len(rows), err, rows)
	}
}
