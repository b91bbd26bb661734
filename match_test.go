package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/demo"
	"jiebang/matching/explain"
	"jiebang/matching/fit"
)

// TestOracle prints and checks the sample, now and two years on: every team
// that a sane ranking puts on top stands within the first three — of the
// eligible, or by score alone if it is only at capacity.
func TestOracle(t *testing.T) {
	t.Parallel()
	set, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{{}, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)} {
		pairs := 0
		for i, ms := range rankSet(set, at) {
			c := set.Challenges[i]
			for _, want := range c.ExpectedTeams {
				m := ms[slices.IndexFunc(ms, func(m fit.Match) bool { return m.Team == want })]
				place, by := m.Place, "place"
				if codes := hardCodes(m); codes != "" {
					if codes != "capacity" {
						t.Errorf("%s: %s is gated by %s", c.Code, want, codes)
					}
					place, by = m.FitPlace, "fit_place"
				}
				pairs++
				t.Logf("%s %s %-9s %d %6.2f   %s", c.Code, want, by, place, m.Score, leaders(ms))
				if place > 3 {
					t.Errorf("%s: %s has %s %d", c.Code, want, by, place)
				}
			}
		}
		if pairs != 55 {
			t.Errorf("%d pairs", pairs)
		}
	}
}

func leaders(ms []fit.Match) string {
	var out []string
	for _, m := range ms[:4] {
		out = append(out, fmt.Sprintf("%s %.2f", m.Team, m.Score))
	}
	return strings.Join(out, ", ")
}

func hardCodes(m fit.Match) string {
	var out []string
	for _, g := range m.Gates {
		if g.Hard {
			out = append(out, g.Code)
		}
	}
	return strings.Join(out, " ")
}

// TestGatesOfTheSample: who is kept out of where, and for what.
func TestGatesOfTheSample(t *testing.T) {
	t.Parallel()
	set, _ := demo.Load()
	kinds := map[string]string{}
	for _, x := range set.Teams {
		kinds[x.Code] = x.Institution.Type
	}
	for i, ms := range rankSet(set, time.Time{}) {
		c := set.Challenges[i]
		for _, m := range ms {
			var want []string
			if m.Team == "TM42" && c.Owner.USCC == set.Alliances[0].Leader.USCC {
				want = append(want, "subordinate")
			}
			if m.Team == "TM41" {
				want = append(want, "integrity")
			}
			if c.Type == "result_conversion" {
				for _, x := range set.Teams {
					if x.Code == m.Team && !x.Institution.InProvince {
						want = append(want, "region")
					}
				}
				if kinds[m.Team] != "enterprise" {
					want = append(want, "kind")
				}
			}
			if m.Team == "TM14" || m.Team == "TM27" {
				want = append(want, "capacity")
			}
			if got := hardCodes(m); got != strings.Join(want, " ") || m.Eligible != (got == "") {
				t.Errorf("%s %s: %q, want %q", c.Code, m.Team, got, want)
			}
		}
	}
}

// call runs the command and returns its exit code and both streams.
func call(in string, args ...string) (int, string, string) {
	var out, errOut bytes.Buffer
	code := matchCommand(args, strings.NewReader(in), &out, &errOut)
	return code, out.String(), errOut.String()
}

// files writes the sample, with changes, where the command can read it.
func files(t *testing.T, change map[string]func(string) string) []string {
	t.Helper()
	dir := t.TempDir()
	var args []string
	for _, name := range []string{"taxonomy", "challenges", "teams", "alliances"} {
		data, err := demo.Files.ReadFile(name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if f := change[name]; f != nil {
			text = f(text)
		}
		path := filepath.Join(dir, name+".json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--"+name, path)
	}
	return args
}

func TestMatchJSON(t *testing.T) {
	t.Parallel()
	code, out, errOut := call("", append(files(t, nil), "--json")...)
	if code != 0 || errOut != "" {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 38 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, l := range lines {
		var got struct {
			Challenge string
			Teams     []struct {
				Team     string
				Place    int
				Score    float64
				Eligible bool
				Gates    []struct{ Code, Reason string }
				Parts    []explain.Sum
			}
		}
		if err := json.Unmarshal([]byte(l), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Teams) != 42 {
			t.Fatalf("%s has %d teams", got.Challenge, len(got.Teams))
		}
		for i, m := range got.Teams {
			sum := explain.Sum{Value: m.Score, Parts: m.Parts}
			if err := sum.Check(); err != nil {
				t.Errorf("%s %s: %v", got.Challenge, m.Team, err)
			}
			if i > 0 && (m.Eligible && !got.Teams[i-1].Eligible || m.Place < got.Teams[i-1].Place) {
				t.Errorf("%s %s: out of order", got.Challenge, m.Team)
			}
			if !m.Eligible && (len(m.Gates) == 0 || m.Gates[0].Reason == "") {
				t.Errorf("%s %s: no reason", got.Challenge, m.Team)
			}
		}
	}
	if _, again, _ := call("", "--json"); again != out {
		t.Error("the built-in sample gives another answer than its files")
	}
}

func TestMatchText(t *testing.T) {
	t.Parallel()
	code, out, _ := call("", "--challenge", "DEMO-JB-0002", "--top", "2", "--explain")
	for _, want := range []string{"DEMO-JB-0002 大型水利", "   1   9", "TM03", "TM04", "capability", "domain_tag MFG.pump", "first_pass"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if code != 0 || strings.Contains(out, "TM12") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestMatchStandardInput(t *testing.T) {
	t.Parallel()
	args := files(t, nil)
	data, _ := os.ReadFile(args[5])
	args[5] = "-"
	code, out, errOut := call(string(data), append(args, "--json")...)
	if _, want, _ := call("", "--json"); code != 0 || out != want {
		t.Errorf("exit %d: %s", code, errOut)
	}
}

// TestBlindToFame: unit names, kinds, headcounts, leads and counts of papers
// change no byte of the answer, as long as no gate asks for the kind.
func TestBlindToFame(t *testing.T) {
	t.Parallel()
	set, _ := demo.Load()
	set.Challenges = slices.DeleteFunc(set.Challenges, func(c demo.Challenge) bool { return c.Type != "tech_breakthrough" })
	answer := func() string {
		var b bytes.Buffer
		if err := (matchOptions{json: true}).print(&b, set); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	want := answer()
	for i := range set.Teams {
		x := &set.Teams[i]
		x.Name, x.TeamType, x.Institution.Type = "院士团队", "university_team", "university"
		if len(x.AffiliatedWith) == 0 { // whose name stands in the gate's sentence
			x.Institution.Name = "著名大学"
		}
		x.Staff = &demo.Staff{Total: 900, PhD: 800, Senior: 700}
		x.EvidenceCounts = &demo.EvidenceCounts{Papers5y: 9999, Patents: 9999, Awards: 99}
		x.Lead = map[string]string{"display": "院士", "note": "1950年生"}
		x.Summary = "全国重点实验室"
	}
	if got := answer(); got != want {
		t.Error("fame changed the answer")
	}
}

func TestMatchRefuses(t *testing.T) {
	t.Parallel()
	replace := func(old, with string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, with, 1) }
	}
	for name, row := range map[string]struct {
		args []string
		want []string
	}{
		"flag":      {[]string{"--nothing"}, []string{"nothing"}},
		"argument":  {[]string{"x"}, []string{`unexpected argument "x"`}},
		"top":       {[]string{"--top", "-1"}, []string{"--top: -1"}},
		"at":        {[]string{"--at", "heute"}, []string{`--at: "heute"`}},
		"half":      {[]string{"--teams", "x"}, []string{"together"}},
		"two_dash":  {[]string{"--teams", "-", "--challenges", "-", "--taxonomy", "x"}, []string{"only one file"}},
		"no_file":   {[]string{"--teams", "/none/t", "--challenges", "/none/c", "--taxonomy", "/none/x"}, []string{"/none/t: cannot be opened", "/none/c", "/none/x"}},
		"challenge": {[]string{"--challenge", "JB-0"}, []string{`no challenge "JB-0"`}},
		"fields": {files(t, map[string]func(string) string{
			"challenges": replace(`"trl_target": 8`, `"trl_target": "acht"`),
			"teams":      replace(`"MFG.bearing"`, `"MFG.nothing"`),
			"alliances":  replace(`"code": "AL02"`, `"code": "AL01"`),
		}), []string{"challenges.json:", "challenges[0].trl_target: want a number, not a text",
			`teams[0].domain_tags[0].tag: unknown code "MFG.nothing"`, `alliances[1].code: "AL01" stands twice`}},
	} {
		code, out, errOut := call("", row.args...)
		if code != 2 || out != "" {
			t.Errorf("%s: exit %d, %q", name, code, out)
		}
		for _, w := range row.want {
			if !strings.Contains(errOut, w) {
				t.Errorf("%s: %q is not in %s", name, w, errOut)
			}
		}
	}
	if code, _, help := call("", "-h"); code != 0 || !strings.Contains(help, "usage: jiebang match") {
		t.Errorf("help: exit %d, %s", code, help)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestMatchCannotWrite(t *testing.T) {
	t.Parallel()
	var errOut bytes.Buffer
	if code := matchCommand(nil, strings.NewReader(""), full{}, &errOut); code != 1 || !strings.Contains(errOut.String(), "cannot write") {
		t.Errorf("exit %d, %s", code, errOut.String())
	}
}

// TestScoresAreOnOneScale: no score of the sample leaves 0 to 100, and the best
// team of a challenge is never far from it.
func TestScoresAreOnOneScale(t *testing.T) {
	t.Parallel()
	set, _ := demo.Load()
	best := math.Inf(1)
	for _, ms := range rankSet(set, time.Time{}) {
		best = min(best, ms[0].Score)
		for _, m := range ms {
			if m.Score < 0 || m.Score > 100 {
				t.Errorf("%s %s: %v", m.Challenge, m.Team, m.Score)
			}
		}
	}
	if best < 50 {
		t.Errorf("the weakest winner has %v", best)
	}
}
