package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiebang/matching/draw"
)

// publishedDraw is a draw with one replacement, as it would be published.
func publishedDraw(t *testing.T) draw.Record {
	t.Helper()
	q := draw.Defaults(true)
	for i := range 40 {
		q.Eligible = append(q.Eligible, draw.Expert{ID: fmt.Sprintf("EX%03d", i), Unit: fmt.Sprint("U", i%17), Cap: 10,
			Kind: []string{"technology", "technology", "industry", "finance", "law"}[i%5]})
	}
	q.Reserves = 6
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	const secret = "5f1e7a90c2b84d3e96aa01d4f8b7c6e5"
	a, err := draw.Announce(at, "榜题 2026-017", q, secret, "上证综指 2026-11-25 收盘")
	if err != nil {
		t.Fatal(err)
	}
	r := draw.Reveal{At: at.Add(30 * time.Hour), Secret: secret, Beacon: "4012.33"}
	p, err := draw.Draw(a.Question(r))
	if err != nil {
		t.Fatal(err)
	}
	d := p.Publish()
	var out string
	var next draw.Panel
	for _, m := range p.Members { // the first whose place a reserve may take
		out = m.Expert.ID
		if next, err = draw.Replace(p, out); err == nil {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	x := draw.Replacement{At: at.Add(48 * time.Hour), Dropped: []string{out}, Reason: "recusal"}
	for _, m := range next.Members {
		x.Members = append(x.Members, m.Expert.ID)
	}
	for _, m := range next.Reserves {
		x.Reserves = append(x.Reserves, m.Expert.ID)
	}
	return draw.Record{Format: draw.Format, Announced: &a, Revealed: &r, Drawn: &d, Replacements: []draw.Replacement{x}}
}

func verifyDraw(t *testing.T, parts ...any) (string, int) {
	t.Helper()
	dir := t.TempDir()
	args := []string{"draw"}
	for k, p := range parts {
		raw, ok := p.(string)
		if !ok {
			js, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			raw = string(js)
		}
		name := filepath.Join(dir, fmt.Sprint(k, ".json"))
		if err := os.WriteFile(name, []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	var out bytes.Buffer
	code := verifyCommand(args, strings.NewReader(""), &out, &out)
	return out.String(), code
}

func TestVerifyDraw(t *testing.T) {
	t.Parallel()
	r := publishedDraw(t)
	if out, code := verifyDraw(t, r); code != 0 || !strings.Contains(out, "The draw is as published") {
		t.Errorf("code %d: %s", code, out)
	}
	// In files as they come out one after another.
	before := draw.Record{Format: r.Format, Announced: r.Announced}
	after := draw.Record{Revealed: r.Revealed, Drawn: r.Drawn}
	if out, code := verifyDraw(t, before, after, draw.Record{Replacements: r.Replacements}); code != 0 {
		t.Errorf("code %d: %s", code, out)
	}
}

func TestVerifyDrawTampered(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*draw.Record)
		want   string
	}{
		"an expert added":      {func(r *draw.Record) { r.Announced.Eligible = append(r.Announced.Eligible, draw.Expert{ID: "FRIEND"}) }, "not the list that was published"},
		"an expert's unit":     {func(r *draw.Record) { r.Announced.Eligible[3].Unit = "U99" }, "announced.eligible"},
		"another seed":         {func(r *draw.Record) { r.Revealed.Secret = "00000000000000000000000000000000" }, "not the seed that was fixed"},
		"another beacon":       {func(r *draw.Record) { r.Revealed.Beacon = "4012.34" }, "drawn.members"},
		"no beacon":            {func(r *draw.Record) { r.Revealed.Beacon = "" }, "revealed.beacon"},
		"a member":             {func(r *draw.Record) { r.Drawn.Members[0].Expert = "EX000" }, "drawn.members[0]: is EX000"},
		"a ticket":             {func(r *draw.Record) { r.Drawn.Members[1].Hash = r.Drawn.Members[0].Hash }, "drawn.members[1]"},
		"a reserve less":       {func(r *draw.Record) { r.Drawn.Reserves = r.Drawn.Reserves[1:] }, "drawn.reserves: has 5"},
		"the rules":            {func(r *draw.Record) { r.Announced.Rules.Reserves = 2 }, "drawn.reserves"},
		"revealed too early":   {func(r *draw.Record) { r.Revealed.At = r.Announced.At }, "is not after the announcement"},
		"a replacement":        {func(r *draw.Record) { r.Replacements[0].Members[0] = "EX000" }, "replacements[0].members"},
		"nobody dropped":       {func(r *draw.Record) { r.Replacements[0].Dropped = []string{"EX999"} }, "neither member nor reserve"},
		"no reason":            {func(r *draw.Record) { r.Replacements[0].Reason = "" }, "replacements[0].reason"},
		"part missing":         {func(r *draw.Record) { r.Revealed = nil }, "at least one is missing"},
		"a replacement before": {func(r *draw.Record) { r.Replacements[0].At = r.Announced.At }, "replacements[0].at"},
		"format":               {func(r *draw.Record) { r.Format = "x" }, "format"},
		"a short secret": {func(r *draw.Record) {
			r.Revealed.Secret = "7"
			r.Announced.Commitment = draw.Commit("7")
		}, "could have been guessed"},
	} {
		r := publishedDraw(t)
		row.change(&r)
		out, code := verifyDraw(t, r)
		if code != 1 || !strings.Contains(out, row.want) || !strings.Contains(out, "not as published") {
			t.Errorf("%s: code %d: %s", name, code, out)
		}
	}
}

func TestVerifyFaults(t *testing.T) {
	t.Parallel()
	r := publishedDraw(t)
	for name, row := range map[string]struct {
		parts []any
		want  string
	}{
		"syntax":  {[]any{"{\n\"format\": }"}, ".json:2: invalid character"},
		"unknown": {[]any{`{"formt": "x"}`}, `unknown field "formt"`},
		"twice":   {[]any{r, r}, "announced: stands in two places"},
		"type":    {[]any{`{"format": 1}`}, "format: is a number, not a string"},
	} {
		if out, code := verifyDraw(t, row.parts...); code != 2 || !strings.Contains(out, row.want) {
			t.Errorf("%s: code %d: %s", name, code, out)
		}
	}
	var out bytes.Buffer
	for _, args := range [][]string{{}, {"draw"}, {"x", "y"}, {"draw", "/no/such/file"}} {
		if code := verifyCommand(args, nil, &out, &out); code != 2 {
			t.Errorf("%v: code %d", args, code)
		}
	}
	if code := verifyCommand([]string{"draw", "--help"}, nil, &out, &out); code != 0 || !strings.Contains(out.String(), "seed_commitment") {
		t.Error("no help")
	}
}
