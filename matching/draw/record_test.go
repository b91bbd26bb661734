package draw_test

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"jiebang/matching/draw"
)

const secret = "0123456789abcdef0123456789abcdef"

func TestShellGetsTheSameCommitment(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum")
	}
	out, err := exec.Command("sh", "-c", `printf 'jiebang draw seed v1\n%s' "$1" | sha256sum`, "sh", secret).Output()
	if err != nil || !strings.HasPrefix(string(out), draw.Commit(secret)+" ") {
		t.Errorf("%s %v, want %s", out, err, draw.Commit(secret))
	}
}

// TestAnnouncedDraw draws from an announcement, replaces until the reserves are used up, and checks
// the record after every step.
func TestAnnouncedDraw(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	q := pool()
	a, err := draw.Announce(at, "a challenge", q, secret, "")
	if err != nil {
		t.Fatal(err)
	}
	if a.Digest != draw.Digest(q.Eligible) || a.Commitment != draw.Commit(secret) {
		t.Errorf("announced %s, %s", a.Digest, a.Commitment)
	}
	r := draw.Reveal{At: at.Add(time.Hour), Secret: secret}
	p, err := draw.Draw(a.Question(r))
	if err != nil {
		t.Fatal(err)
	}
	drawn := p.Publish()
	record := draw.Record{Format: draw.Format, Announced: &a, Revealed: &r, Drawn: &drawn}
	for k := range 4 {
		if _, err := draw.Check(record); err != nil {
			t.Fatalf("after %d replacements: %v", k, err)
		}
		out := p.Members[k%len(p.Members)].Expert.ID
		next, err := draw.Replace(p, out)
		if err != nil {
			break
		}
		p = next
		record.Replacements = append(record.Replacements, draw.Replacement{At: at.Add(time.Duration(k+2) * time.Hour), Dropped: []string{out}, Reason: "recusal",
			Members: strings.Fields(ids(p.Members)), Reserves: strings.Fields(ids(p.Reserves))})
	}
	if len(record.Replacements) == 0 {
		t.Error("nobody was replaced")
	}
}

func TestAnnounceFaults(t *testing.T) {
	t.Parallel()
	q := pool()
	if _, err := draw.Announce(time.Time{}, "x", q, "short", ""); err == nil || !strings.Contains(err.Error(), "could be guessed") {
		t.Errorf("a short secret: %v", err)
	}
	q.Size = 4
	if _, err := draw.Announce(time.Time{}, "x", q, secret, ""); err == nil || !strings.Contains(err.Error(), "size: 4") {
		t.Errorf("an even panel: %v", err)
	}
	if a, b := draw.Seed("s", ""), draw.Seed("s", "b"); a != "s" || b != "s\nb" {
		t.Errorf("seeds %q %q", a, b)
	}
}
