package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/demo"
	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
)

// matched learns from a set and makes both sides ready.
func matched(t *testing.T, s demo.Set, o matchOptions) *matcher {
	t.Helper()
	o.seed = 1
	m, err := newMatcher(s, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// learned is the sample's matcher, which learns once for all tests.
var learned = sync.OnceValues(func() (*matcher, error) {
	set, err := demo.Load()
	if err != nil {
		return nil, err
	}
	return newMatcher(set, matchOptions{seed: 1}, nil)
})

// sample is the sample's matcher with flags of its own.
func sample(t *testing.T, o matchOptions) *matcher {
	t.Helper()
	m, err := learned()
	if err != nil {
		t.Fatal(err)
	}
	own := *m
	own.matchOptions = o
	return &own
}

// answered is what the sample's matcher says to some flags.
func answered(t *testing.T, o matchOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := sample(t, o).answer(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// decoded are the lines of JSON that the sample's matcher says to some flags.
func decoded[T any](t *testing.T, o matchOptions) []T {
	t.Helper()
	o.json = true
	return decode[T](t, answered(t, o))
}

func decode[T any](t *testing.T, out string) []T {
	t.Helper()
	var lines []T
	for l := range strings.Lines(out) {
		var v T
		if err := json.Unmarshal([]byte(l), &v); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, v)
	}
	return lines
}

// TestOracle prints and checks the sample, now and two years on: every team
// that a sane ranking puts on top stands within the first two — of the
// eligible, or by score alone if it is only at capacity —, and has the
// challenge high in its own list.
func TestOracle(t *testing.T) {
	t.Parallel()
	set, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*matcher{sample(t, matchOptions{}), matched(t, set, matchOptions{at: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})} {
		pairs := 0
		for i, c := range set.Challenges {
			ms := m.ranking(i)
			for _, want := range c.ExpectedTeams {
				x := ms[slices.IndexFunc(ms, func(x fit.Match) bool { return x.Team == want })]
				place, by := x.Place, "place"
				if codes := hardCodes(x); codes != "" {
					if codes != "capacity" {
						t.Errorf("%s: %s is gated by %s", c.Code, want, codes)
					}
					place, by = x.FitPlace, "fit_place"
				}
				own := m.engine.ListFor(m.prepared[m.teamAt(want)], m.asked)
				back := own[slices.IndexFunc(own, func(l fit.Line) bool { return l.Challenge == c.Code })]
				if back.Score != x.Score {
					t.Errorf("%s %s: %v in the challenge's list, %v in the team's", c.Code, want, x.Score, back.Score)
				}
				pairs++
				t.Logf("%s %s %-9s %d %6.2f  own list %d   %s", c.Code, want, by, place, x.Score, back.Place, leaders(ms))
				if place > 2 {
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
	all := sample(t, matchOptions{})
	for i, c := range set.Challenges {
		for _, m := range all.ranking(i) {
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
	if answered(t, matchOptions{json: true}) != out {
		t.Error("the built-in sample gives another answer than its files")
	}
}

func TestMatchText(t *testing.T) {
	t.Parallel()
	code, out, _ := call("", "--challenge", "DEMO-JB-0002", "--top", "2", "--explain")
	for _, want := range []string{"DEMO-JB-0002 大型水利", "   1   9", "很匹配  TM03", "TM04", "capability", "domain_tag MFG.pump", "first_pass", "第 2 → "} {
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
	if code != 0 || out != answered(t, matchOptions{json: true}) {
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
		if err := matched(t, set, matchOptions{json: true}).answer(&b); err != nil {
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
		"team":      {[]string{"--team", "TM0"}, []string{`--team: there is no team "TM0"`}},
		"compare":   {[]string{"--compare", "TM0,TM1"}, []string{`no team "TM0"`, `no team "TM1"`}},
		"one":       {[]string{"--compare", "TM01"}, []string{`--compare: "TM01" are not the codes of two teams`}},
		"itself":    {[]string{"--compare", "TM01,TM01"}, []string{"are not the codes of two teams"}},
		"three":     {[]string{"--compare", "TM01,TM02,TM03"}, []string{"are not the codes of two teams"}},
		"two_wants": {[]string{"--compare", "TM01,TM02", "--consortium"}, []string{"--compare goes with neither"}},
		"seed":      {[]string{"--seed", "-1"}, []string{"-seed"}},
		"empty":     {files(t, map[string]func(string) string{"teams": func(string) string { return "" }}), []string{"teams.json:1: is empty"}},
		"nul":       {files(t, map[string]func(string) string{"teams": func(string) string { return "[\n{\"code\":\"a\x00b\"}]" }}), []string{"teams.json:2: holds a NUL byte"}},
		"huge":      {files(t, map[string]func(string) string{"teams": func(string) string { return strings.Repeat("x", 5<<20) }}), []string{"teams.json:1: is not JSON"}},
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
	best := math.Inf(1)
	all := sample(t, matchOptions{})
	for i := range all.challenges {
		ms := all.ranking(i)
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

// TestMatchBothDirections: a team's list has the scores of the challenges' lists, and its places in them.
func TestMatchBothDirections(t *testing.T) {
	t.Parallel()
	own := decoded[suggestLine](t, matchOptions{team: "TM03"})[0]
	if own.Team != "TM03" || len(own.Challenges) != 38 {
		t.Fatalf("%s has %d challenges", own.Team, len(own.Challenges))
	}
	theirs := map[string]matchTeam{}
	for _, l := range decoded[matchLine](t, matchOptions{}) {
		theirs[l.Challenge] = l.Teams[slices.IndexFunc(l.Teams, func(x matchTeam) bool { return x.Team == "TM03" })]
	}
	for i, c := range own.Challenges {
		x := theirs[c.Challenge]
		if c.Score != x.Score || c.Standing != x.Place || c.Eligible != x.Eligible {
			t.Errorf("%s: %v and place %d in the team's list, %v and %d in the challenge's", c.Challenge, c.Score, c.Standing, x.Score, x.Place)
		}
		if i > 0 && c.Eligible == own.Challenges[i-1].Eligible && c.Score > own.Challenges[i-1].Score {
			t.Errorf("%s: out of order", c.Challenge)
		}
	}
	one := decoded[matchLine](t, matchOptions{team: "TM03", challenge: own.Challenges[0].Challenge})
	if len(one) != 1 || len(one[0].Teams) != 1 || one[0].Teams[0].Place != own.Challenges[0].Standing {
		t.Errorf("one pair: %+v", one)
	}
	if out := answered(t, matchOptions{team: "TM03", top: 2}); strings.Count(out, "该榜第") != 2 || !strings.HasPrefix(out, "TM03 ") {
		t.Error(out)
	}
}

// TestMatchKeepsItsPromises: every step of advice, made, gives the score and the place it names.
func TestMatchKeepsItsPromises(t *testing.T) {
	t.Parallel()
	m := sample(t, matchOptions{top: 8})
	steps, risen := 0, 0
	for c := range m.challenges {
		for _, x := range m.ranking(c) {
			at := m.teamAt(x.Team)
			for _, step := range x.Raise {
				changed := slices.Clone(m.prepared)
				changed[at] = m.engine.Team(fit.Apply(m.teams[at], step))
				list := m.engine.List(m.asked[c], changed)
				got := list[slices.IndexFunc(list, func(l fit.Line) bool { return l.Team == x.Team })]
				if got.Score != step.Score || got.Place != step.PlaceTo || step.PlaceFrom != x.Place {
					t.Errorf("%s %s: %+v, but %v in place %d", x.Challenge, x.Team, step, got.Score, got.Place)
				}
				steps++
				if step.PlaceTo < step.PlaceFrom {
					risen++
				}
			}
		}
	}
	if steps < 500 || risen < 50 {
		t.Errorf("%d steps, of which %d change a place", steps, risen)
	}
}

func TestMatchCompare(t *testing.T) {
	t.Parallel()
	lines, turned := decoded[compareLine](t, matchOptions{compare: []string{"TM03", "TM04"}}), decoded[compareLine](t, matchOptions{compare: []string{"TM04", "TM03"}})
	if len(lines) != 38 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, l := range lines {
		if err := l.Difference.Check(); err != nil {
			t.Errorf("%s: %v", l.Challenge, err)
		}
		if d := l.Scores[0] - l.Scores[1]; math.Abs(d-l.Difference.Value) > explain.Tolerance || math.Abs(d+turned[i].Difference.Value) > explain.Tolerance {
			t.Errorf("%s: %v, %v and %v", l.Challenge, d, l.Difference.Value, turned[i].Difference.Value)
		}
	}
	o := matchOptions{challenge: "DEMO-JB-0002", compare: []string{"TM03", "TM04"}}
	if out := answered(t, o); !strings.Contains(out, "TM03 流体机械水力模型团队") || !strings.Contains(out, "capability") || strings.Contains(out, "need") {
		t.Error(out)
	}
	o.explain = true
	if out := answered(t, o); !strings.Contains(out, "need cfd") {
		t.Error(out)
	}
}

// TestMatchConsortium: a set holds every must, no set is smaller, and who is barred is in none.
func TestMatchConsortium(t *testing.T) {
	t.Parallel()
	m := sample(t, matchOptions{})
	for _, l := range decoded[consortiumLine](t, matchOptions{consortium: true}) {
		c := m.challengeAt(l.Challenge)
		holds := func(team string, n gate.Need) bool {
			return slices.ContainsFunc(m.teams[m.teamAt(team)].Capabilities, func(have fit.Level) bool { return have.Tag == n.Tag && have.Level >= n.Min })
		}
		covers := func(teams ...string) bool {
			return !slices.ContainsFunc(m.challenges[c].Needs, func(n gate.Need) bool {
				return n.Must && !slices.ContainsFunc(teams, func(team string) bool { return holds(team, n) })
			})
		}
		for _, s := range l.Sets {
			if !covers(s.Codes()...) {
				t.Errorf("%s: %v lacks a must", l.Challenge, s.Codes())
			}
			if slices.Contains(s.Codes(), "TM41") || slices.Contains(s.Codes(), "TM14") {
				t.Errorf("%s: %v has a barred or busy team", l.Challenge, s.Codes())
			}
		}
		free := map[string]bool{} // may take part and lead
		for _, x := range m.ranking(c) {
			free[x.Team] = x.Eligible
		}
		alone := slices.ContainsFunc(m.teams, func(t fit.Team) bool { return free[t.Code] && covers(t.Code) })
		if len(l.Sets) == 0 && l.Why == "" || alone != (l.Size == 1) {
			t.Errorf("%s: size %d (%s), one alone: %v", l.Challenge, l.Size, l.Why, alone)
		}
	}
	with := decoded[consortiumLine](t, matchOptions{consortium: true, challenge: "DEMO-JB-0001", team: "TM03"})[0]
	for _, s := range with.Sets {
		if !slices.Contains(s.Codes(), "TM03") {
			t.Errorf("%v", s.Codes())
		}
	}
	if len(with.Sets) == 0 {
		t.Errorf("%+v", with)
	}
	if out := answered(t, matchOptions{consortium: true, challenge: "DEMO-JB-0002", explain: true, top: 1}); strings.Count(out, "\n   1  ") != 1 || !strings.Contains(out, "cfd ≥ ") {
		t.Error(out)
	}
	if out := answered(t, matchOptions{consortium: true, challenge: "DEMO-JB-0002", team: "TM41"}); !strings.Contains(out, whyNoSet["with"]) {
		t.Error(out)
	}
}

// TestMatchTooManyMusts: what cannot be asked is said, and is no trouble with writing.
func TestMatchTooManyMusts(t *testing.T) {
	t.Parallel()
	m := sample(t, matchOptions{consortium: true})
	m.challenges = slices.Clone(m.challenges)
	m.challenges[0].Needs = slices.Clone(m.challenges[0].Needs)
	for i := range 70 {
		m.challenges[0].Needs = append(m.challenges[0].Needs, gate.Need{Tag: fmt.Sprint("c", i), Must: true, Min: 1})
	}
	err := m.answer(&bytes.Buffer{})
	var wrong questionError
	if !errors.As(err, &wrong) || !strings.Contains(err.Error(), m.challenges[0].Code) {
		t.Error(err)
	}
}

// TestMatchOfNothing: no teams are no lines, and no challenges no answer.
func TestMatchOfNothing(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "[]" }
	for name, row := range map[string]struct {
		change map[string]func(string) string
		lines  int
	}{
		"no teams": {map[string]func(string) string{"teams": none}, 38},
		"neither":  {map[string]func(string) string{"challenges": none, "teams": none}, 0},
	} {
		code, out, errOut := call("", append(files(t, row.change), "--json")...)
		if code != 0 || errOut != "" || strings.Count(out, `"teams":[]`) != row.lines || strings.Count(out, "\n") != row.lines {
			t.Errorf("%s: exit %d: %s%s", name, code, errOut, out)
		}
	}
}

func TestMatchProgress(t *testing.T) {
	t.Parallel()
	if code, _, errOut := call("", "--progress", "--top", "1"); code != 0 || !strings.Contains(errOut, "learn: ") || !strings.HasSuffix(errOut, "match\n") {
		t.Errorf("exit %d: %q", code, errOut)
	}
}

// TestPrintMatch is what a reader sees, without the engine.
func TestPrintMatch(t *testing.T) {
	t.Parallel()
	x := fit.Match{
		Line:  fit.Line{Team: "T1", Place: 3, FitPlace: 1, Score: 71.5},
		Gates: []gate.Reason{{Code: "capacity", Hard: true, Reason: "在研已满"}, {Code: "capability:cfd", Reason: "缺一项"}},
		Sum: explain.Of("match", nil, explain.Of("domain", nil, explain.Leaf("domain_tag", 40, map[string]any{"tag": "MFG.pump"})),
			explain.Leaf("track", 31.5, nil)),
		Words:   explain.Of("text", nil, explain.Leaf("word", 9.5, map[string]any{"id": "混流泵"}), explain.Leaf("rest", 1, nil)),
		Missing: []fit.Gap{{Tag: "cfd", Name: "流场计算", Must: true, Min: 3, Level: 1}, {Tag: "fem", Min: 2}},
		Raise:   []fit.Step{{Action: fit.VerifyCapability, Tag: "cfd", Gain: 2.25, Score: 73.75, PlaceFrom: 3, PlaceTo: 2}},
	}
	const want = `   3   71.50 较匹配  T1 甲队  不可揭榜（按得分排第 1）
              capacity: 在研已满
              capability:cfd: 缺一项
               40.00 domain
                   40.00 domain_tag MFG.pump
               31.50 track
               10.50 text, by its words
                    9.50 word 混流泵
                    1.00 rest
              缺 必备 cfd 流场计算：要求 3 级，现有 1 级
              缺 fem：要求 2 级，现有 0 级
              +2.25 → 73.75  第 3 → 2  verify_capability cfd
`
	var b strings.Builder
	(&matcher{matchOptions: matchOptions{explain: true}}).printMatch(&b, x, "T1 甲队")
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
	b.Reset()
	if (&matcher{}).printMatch(&b, x, "T1 甲队"); b.String() != strings.Join(strings.SplitAfter(want, "\n")[:2], "") {
		t.Errorf("%s", b.String())
	}
}
