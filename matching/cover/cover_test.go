package cover_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/cover"
	"jiebang/matching/gate"
)

func need(tag string, level int) gate.Need { return gate.Need{Tag: tag, Must: true, Min: level} }

func team(code string, fit float64, levels map[string]int) cover.Team {
	return cover.Team{Code: code, Fit: fit, Levels: levels}
}

func find(t *testing.T, q cover.Question) cover.Answer {
	t.Helper()
	a, err := cover.Find(q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// names is the sets on one line: codes, and their sum of fit.
func names(a cover.Answer) string {
	out := []string{}
	for _, s := range a.Sets {
		out = append(out, fmt.Sprintf("%s=%g", strings.Join(s.Codes(), "+"), s.Fit))
	}
	return strings.Join(out, " ")
}

func small() cover.Question {
	return cover.Question{
		Needs: []gate.Need{need("cfd", 3), need("rotor", 4), need("control", 2), {Tag: "ndt", Min: 5}},
		Teams: []cover.Team{
			team("A", 70, map[string]int{"cfd": 4, "rotor": 4}),
			team("B", 60, map[string]int{"control": 2}),
			team("C", 50, map[string]int{"control": 5, "cfd": 2}),
			team("D", 90, map[string]int{"cfd": 5}),
			team("E", 40, map[string]int{"cfd": 3, "control": 3}),
			team("F", 10, map[string]int{"rotor": 5}),
		},
	}
}

func TestSmallestSetsByFit(t *testing.T) {
	t.Parallel()
	a := find(t, small())
	if got := names(a); got != "A+B=130 A+C=120 A+E=110 E+F=50" || a.Size != 2 || !a.Complete || a.Why != "" {
		t.Fatalf("%s %+v", got, a)
	}
	got, _ := json.Marshal(a.Sets[3].Members)
	want := `[{"team":"E","fit":40,"may_lead":true,"brings":["cfd","control"],"only":["cfd","control"]},` +
		`{"team":"F","fit":10,"may_lead":true,"brings":["rotor"],"only":["rotor"]}]`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	q := small()
	q.Limit, q.Larger = 3, 1
	if got := names(find(t, q)); got != "A+B=130 A+C=120 A+E=110" {
		t.Errorf("the first three are %s", got)
	}
	q.Limit = 10
	if got := names(find(t, q)); got != "A+B=130 A+C=120 A+E=110 E+F=50 B+D+F=160 C+D+F=150" {
		t.Errorf("with one more member %s", got)
	}
}

func TestWhoMayNot(t *testing.T) {
	t.Parallel()
	q := small()
	q.Apart = [][2]string{{"B", "A"}, {"A", "C"}, {"X", "A"}}
	q.Teams[4].Ongoing, q.Teams[4].Max = 2, 2
	q.Larger = 1
	a := find(t, q)
	if got := names(a); got != "B+D+F=160 C+D+F=150" || a.Size != 3 {
		t.Errorf("kept apart: %s", got)
	}
	if out := a.Needs[1].Out; a.Needs[1].Tag != "control" || a.Needs[1].Holders != 2 || len(out) != 1 || out[0].Team != "E" || out[0].Reasons[0] != cover.Capacity {
		t.Errorf("control: %+v", a.Needs[1])
	}
	q.With = []string{"A"}
	if a := find(t, q); len(a.Sets) != 0 || a.Why != cover.Apart {
		t.Errorf("A has nobody to work with: %+v", a)
	}
	q = small()
	q.With = []string{"D"}
	if got := names(find(t, q)); got != "A+B+D=220 A+C+D=210 A+D+E=200 B+D+F=160 C+D+F=150 D+E+F=140" {
		t.Errorf("with D: %s", got)
	}
	q.With = []string{"A", "B"}
	if got := names(find(t, q)); got != "A+B=130" {
		t.Errorf("with a cover: %s", got)
	}
	q.Apart = [][2]string{{"B", "A"}}
	if a := find(t, q); a.Why != cover.With {
		t.Errorf("two that must not meet: %+v", a)
	}
}

func TestSomebodyMustLead(t *testing.T) {
	t.Parallel()
	q := small()
	for i := range q.Teams {
		if q.Teams[i].Code != "D" {
			q.Teams[i].NoLead = []string{gate.Region}
		}
	}
	q.Limit = 1
	a := find(t, q)
	if got := names(a); got != "A+B+D=220" || !a.Sets[0].Members[2].MayLead || a.Sets[0].Members[0].MayLead {
		t.Errorf("%s %+v", got, a.Sets)
	}
	q.Teams[3].NoLead = []string{gate.Region}
	if a := find(t, q); a.Why != cover.NoLead || a.Sets == nil {
		t.Errorf("%+v", a)
	}
}

func TestImpossible(t *testing.T) {
	t.Parallel()
	q := small()
	q.Needs[1].Min = 5
	q.Teams[5].Barred = []string{gate.Integrity}
	a := find(t, q)
	got, _ := json.Marshal(a)
	want := `{"sets":[],"size":0,"complete":true,"why":"uncovered","needs":[` +
		`{"tag":"cfd","min_level":3,"holders":3,"best":5,"out":[]},` +
		`{"tag":"control","min_level":2,"holders":3,"best":5,"out":[]},` +
		`{"tag":"rotor","min_level":5,"holders":0,"best":4,"out":[{"team":"F","level":5,"reasons":["integrity"]}]}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	q = small()
	q.Most = 1
	if a := find(t, q); a.Why != cover.TooMany {
		t.Errorf("%+v", a)
	}
	q.With = []string{"A", "B"}
	if a := find(t, q); a.Why != cover.TooMany {
		t.Errorf("%+v", a)
	}
	if a := find(t, cover.Question{Needs: []gate.Need{need("x", 1)}}); a.Why != cover.Uncovered {
		t.Errorf("nobody at all: %+v", a)
	}
	if a := find(t, cover.Question{Teams: []cover.Team{team("A", 1, nil), team("B", 2, nil)}}); names(a) != "B=2 A=1" {
		t.Errorf("nothing asked: %+v", a)
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	many := make([]gate.Need, 63)
	for i := range many {
		many[i] = need(fmt.Sprint(i), 1)
	}
	for want, q := range map[string]cover.Question{
		"63 must-capabilities":  {Needs: many},
		"has no code":           {Teams: []cover.Team{{}}},
		"A is there twice":      {Teams: []cover.Team{{Code: "A"}, {Code: "A"}}},
		"the fit of A is NaN":   {Teams: []cover.Team{{Code: "A", Fit: math.NaN()}}},
		`there is no team "ZZ"`: {With: []string{"ZZ"}},
	} {
		if _, err := cover.Find(q); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

// world is a random question small enough for brute force.
func world(r *rand.Rand) cover.Question {
	q := cover.Question{Larger: r.IntN(3), Limit: 1 + r.IntN(12)}
	m := r.IntN(6)
	for i := range m {
		q.Needs = append(q.Needs, need(fmt.Sprintf("n%d", i), 1+r.IntN(3)))
	}
	n := 1 + r.IntN(11)
	for i := range n {
		t := team(fmt.Sprintf("T%02d", i), float64(r.IntN(8))*10+0.1, map[string]int{})
		for _, d := range q.Needs {
			if r.IntN(5) < 2 {
				t.Levels[d.Tag] = 1 + r.IntN(4)
			}
		}
		switch r.IntN(9) {
		case 0:
			t.Barred = []string{"same_org"}
		case 1:
			t.Ongoing, t.Max = 3, 3
		case 2, 3:
			t.NoLead = []string{"region"}
		}
		q.Teams = append(q.Teams, t)
	}
	for range r.IntN(2 * n) {
		q.Apart = append(q.Apart, [2]string{q.Teams[r.IntN(n)].Code, q.Teams[r.IntN(n)].Code})
	}
	for range max(0, r.IntN(5)-2) {
		q.With = append(q.With, q.Teams[r.IntN(n)].Code)
	}
	if r.IntN(3) == 0 {
		q.Most = 1 + r.IntN(4)
	}
	return q
}

// brute tries every set of teams.
func brute(q cover.Question) string {
	type set struct {
		codes []string
		fit   int
	}
	works := func(in []cover.Team) bool {
		for _, n := range q.Needs {
			if !slices.ContainsFunc(in, func(t cover.Team) bool { return t.Levels[n.Tag] >= n.Min }) {
				return false
			}
		}
		return slices.ContainsFunc(in, func(t cover.Team) bool { return len(t.NoLead) == 0 })
	}
	var all []set
	for bits := 1; bits < 1<<len(q.Teams); bits++ {
		var in []cover.Team
		s, ok := set{}, true
		for i, t := range q.Teams {
			if bits>>i&1 == 1 {
				in = append(in, t)
				s.codes = append(s.codes, t.Code)
				s.fit += int(math.Round(t.Fit * 10))
				ok = ok && len(t.Barred) == 0 && t.Max == 0
			}
		}
		for _, w := range q.With {
			ok = ok && slices.Contains(s.codes, w)
		}
		for _, p := range q.Apart {
			ok = ok && (p[0] == p[1] || !slices.Contains(s.codes, p[0]) || !slices.Contains(s.codes, p[1]))
		}
		if q.Most > 0 && len(in) > q.Most || !ok || !works(in) {
			continue
		}
		for i, t := range in { // nobody beyond With idle
			if !slices.Contains(q.With, t.Code) && works(slices.Delete(slices.Clone(in), i, i+1)) {
				ok = false
			}
		}
		if ok {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b set) int {
		if len(a.codes) != len(b.codes) {
			return len(a.codes) - len(b.codes)
		}
		if a.fit != b.fit {
			return b.fit - a.fit
		}
		return slices.Compare(a.codes, b.codes)
	})
	var out []string
	for _, s := range all {
		if len(s.codes) <= len(all[0].codes)+q.Larger && len(out) < q.Limit {
			out = append(out, fmt.Sprintf("%s=%g", strings.Join(s.codes, "+"), float64(s.fit)/10))
		}
	}
	return strings.Join(out, " ")
}

func TestEqualsBruteForce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(41, 1))
	some := 0
	for i := range 3000 {
		q := world(r)
		a, want := find(t, q), brute(q)
		if got := names(a); got != want || !a.Complete {
			in, _ := json.Marshal(q)
			t.Fatalf("case %d\ngot  %s (%s)\nwant %s\n%s", i, got, a.Why, want, in)
		}
		if (a.Why == "") != (want != "") {
			t.Fatalf("case %d: why %q", i, a.Why)
		}
		if want != "" {
			some++
		}
	}
	if some < 1000 {
		t.Errorf("only %d cases have a cover", some)
	}
}

func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(42, 1))
	for range 200 {
		q := world(r)
		want, _ := json.Marshal(find(t, q))
		r.Shuffle(len(q.Teams), func(i, j int) { q.Teams[i], q.Teams[j] = q.Teams[j], q.Teams[i] })
		r.Shuffle(len(q.Needs), func(i, j int) { q.Needs[i], q.Needs[j] = q.Needs[j], q.Needs[i] })
		r.Shuffle(len(q.Apart), func(i, j int) { q.Apart[i], q.Apart[j] = q.Apart[j], q.Apart[i] })
		if got, _ := json.Marshal(find(t, q)); string(got) != string(want) {
			t.Fatalf("%s\n%s", got, want)
		}
	}
}

// large is teams that hold each of m capabilities with probability p.
func large(n, m int, p float64, pairs int) cover.Question {
	r := rand.New(rand.NewPCG(43, uint64(n)))
	q := cover.Question{Larger: 1}
	for i := range m {
		q.Needs = append(q.Needs, need(fmt.Sprintf("n%02d", i), 3))
	}
	for i := range n {
		t := team(fmt.Sprintf("T%05d", i), math.Round(r.Float64()*1e4)/100, map[string]int{})
		for _, d := range q.Needs {
			if r.Float64() < p {
				t.Levels[d.Tag] = 1 + r.IntN(5)
			}
		}
		q.Teams = append(q.Teams, t)
	}
	for range pairs {
		q.Apart = append(q.Apart, [2]string{q.Teams[r.IntN(n)].Code, q.Teams[r.IntN(n)].Code})
	}
	return q
}

func TestWorkIsBounded(t *testing.T) {
	t.Parallel()
	q := large(500, 30, 0.2, 100)
	q.Work = 100000
	steps := 0
	q.Progress = func(done, total int) {
		steps++
		if done > total || total != q.Work {
			t.Errorf("progress %d of %d", done, total)
		}
	}
	a := find(t, q)
	if a.Complete || len(a.Sets) == 0 || steps == 0 {
		t.Fatalf("complete %v, %d sets, %d steps", a.Complete, len(a.Sets), steps)
	}
	for _, s := range a.Sets {
		have := map[string]bool{}
		for _, m := range s.Members {
			for _, b := range m.Brings {
				have[b] = true
			}
		}
		if len(have) != 30 {
			t.Errorf("%v covers %d of 30", s.Codes(), len(have))
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for _, x := range []struct {
		teams, musts int
		p            float64
		pairs        int
	}{{1000, 4, 0.15, 100}, {10000, 4, 0.15, 1000}, {10000, 8, 0.1, 1000}, {10000, 12, 0.15, 1000}} {
		b.Run(fmt.Sprintf("teams=%d/musts=%d/pairs=%d", x.teams, x.musts, x.pairs), func(b *testing.B) {
			q := large(x.teams, x.musts, x.p, x.pairs)
			var a cover.Answer
			for b.Loop() {
				a, _ = cover.Find(q)
			}
			b.ReportMetric(float64(a.Size), "members")
			b.ReportMetric(float64(len(a.Sets)), "sets")
			if !a.Complete {
				b.ReportMetric(1, "cut")
			}
		})
	}
}
