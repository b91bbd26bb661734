package fit_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
)

var update = flag.Bool("update", false, "write the goldens")

var domains = []string{"M.rot.bearing", "M.rot.turbo", "M.cut.spindle", "I.ai", "I.control"}
var skills = []string{"cfd", "fem", "rotor", "control"}

// catalogue has a root M of three floors and a root I of two.
func catalogue() fit.Catalogue {
	return fit.Catalogue{
		At: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC),
		Tags: []fit.Tag{
			{Code: "M", Name: "先进制造"}, {Code: "I", Name: "工业软件"},
			{Code: "M.rot", Parent: "M", Name: "旋转机械"}, {Code: "M.cut", Parent: "M", Name: "切削"},
			{Code: "M.rot.bearing", Parent: "M.rot", Name: "轴承", Synonyms: []string{"磁悬浮轴承"}},
			{Code: "M.rot.turbo", Parent: "M.rot", Name: "透平机械", Synonyms: []string{"离心压缩机"}},
			{Code: "M.cut.spindle", Parent: "M.cut", Name: "电主轴"},
			{Code: "I.ai", Parent: "I", Name: "人工智能算法"}, {Code: "I.control", Parent: "I", Name: "先进控制"},
		},
		Capabilities: []fit.Tag{{Code: "cfd", Name: "流体仿真"}, {Code: "fem", Name: "结构仿真"}, {Code: "rotor", Name: "转子动力学"}, {Code: "control", Name: "控制算法"}},
		Chains:       []fit.Chain{{Code: "general"}, {Code: "high_end", MapsTo: []string{"general"}}, {Code: "auto"}},
		Links:        []gate.Link{{Parent: "OWNER", Child: "SUB"}},
	}
}

func challenge() fit.Challenge {
	return fit.Challenge{
		Code: "C1", Title: "大功率磁悬浮轴承及控制系统研制", Text: "研制离心压缩机用磁悬浮轴承与五自由度控制器。", Type: "tech_breakthrough",
		Owner: gate.Org{Code: "OWNER", Name: "透平公司"}, Chain: "general",
		Domains: []string{"M.rot.bearing", "I.control"},
		Needs:   []gate.Need{{Tag: "rotor", Name: "转子动力学", Must: true, Min: 3}, {Tag: "control", Must: true, Min: 3}, {Tag: "cfd", Min: 2}},
		IPC:     []string{"F16C 32/04", "F04D 29/058"}, TRLCurrent: 5, TRLTarget: 8,
	}
}

func team() fit.Team {
	return fit.Team{
		Code: "T1", Name: "磁悬浮团队", Home: gate.Org{Code: "UNI", Name: "浑河理工大学", Kind: "university", InProvince: true},
		Chains:       []string{"high_end"},
		Domains:      []fit.Level{{Tag: "M.rot.turbo", Level: 5}, {Tag: "I.control", Level: 4}},
		Capabilities: []fit.Level{{Tag: "rotor", Level: 5, Verified: true}, {Tag: "control", Level: 2}},
		IPC:          []string{"F16C 17/00", "F04B 1/00"}, TRLLow: 3, TRLHigh: 6,
		Evidence: []fit.Evidence{
			{ID: "E1", Kind: "project", Title: "兆瓦级磁悬浮轴承支承技术", Year: 2025, Verified: true},
			{ID: "E2", Kind: "patent", Title: "一种磁悬浮轴承跌落保护方法", Year: 2020},
			{ID: "E3", Kind: "paper", Title: "玉米分子育种", Year: 2025, Verified: true},
		},
		Track: fit.Track{Completed: 3, OnTime: 2, FirstPass: 3, Terminated: 1}, Ongoing: 1, Max: 3,
	}
}

func one(t fit.Team, c fit.Challenge) fit.Match { return fit.Rank(c, []fit.Team{t}, catalogue())[0] }

func TestGolden(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetIndent("", " ")
	_ = enc.Encode(one(team(), challenge()))
	const file = "testdata/match.golden.json"
	if *update {
		_ = os.WriteFile(file, got.Bytes(), 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("golden differs (%v); go test ./matching/fit -update, then read the diff\n%s", err, got.String())
	}
}

// TestParts computes every part by hand.
func TestParts(t *testing.T) {
	t.Parallel()
	m := one(team(), challenge())
	for name, want := range map[string]float64{
		"capability": 30 * (2*1.0 + 2*0.4*0.5 + 0) / 5,
		"domain":     30 * (2*0.4*1 + 0.8) / 3, // a sibling at level 5, the same at 4
		"trl_fit":    10 * 2.0 / 4,             // 5 and 6 of 5 to 8
		"track":      8 * ((2+3.75)/9 + (3+3.75)/9) / 2,
		"chain":      5 * 0.6,
		"codes":      5 * (1 + 0.5) / 2, // F16C the same, F04 the class
	} {
		if p, ok := m.Sum.Find(name); !ok || math.Abs(p.Value-want) > 1e-9 {
			t.Errorf("%s is %v, want %v", name, p.Value, want)
		}
	}
	e, _ := m.Sum.Find("evidence")
	if len(e.Parts) != 2 || e.Parts[0].Args["evidence"] != "E1" || e.Parts[0].Value < 2*e.Parts[1].Value {
		t.Errorf("evidence %+v", e)
	}
	var missing []string
	for _, g := range m.Missing {
		missing = append(missing, fmt.Sprintf("%s %v %d<%d", g.Tag, g.Must, g.Level, g.Min))
	}
	if s := strings.Join(missing, ", "); s != "control true 2<3, cfd false 0<2" {
		t.Errorf("missing %s", s)
	}
}

func TestKinship(t *testing.T) {
	t.Parallel()
	for have, want := range map[string]float64{
		"M.rot.bearing": 1, "M.rot.turbo": 0.4, "M.cut.spindle": 0.25, "M.rot": 0.25, "M": 0.25, "I.ai": 0, "unknown": 0,
	} {
		c, x := challenge(), team()
		c.Domains, x.Domains = []string{"M.rot.bearing"}, []fit.Level{{Tag: have, Level: 5}}
		if p, _ := one(x, c).Sum.Find("domain"); math.Abs(p.Value-30*want) > 1e-9 {
			t.Errorf("%s counts %v, want %v", have, p.Value/30, want)
		}
	}
}

func random(r *rand.Rand, code string) fit.Team {
	x := fit.Team{Code: code, Home: gate.Org{Code: []string{"UNI", "SUB", "FIRM"}[r.Intn(3)], Kind: "university"},
		TRLLow: 1 + r.Intn(5), Chains: [][]string{{"general"}, {"high_end", "auto"}, nil}[r.Intn(3)], Max: 3, Ongoing: r.Intn(4)}
	x.TRLHigh = x.TRLLow + r.Intn(4)
	for _, d := range domains {
		if r.Intn(2) == 0 {
			x.Domains = append(x.Domains, fit.Level{Tag: d, Level: 1 + r.Intn(5)})
		}
	}
	for _, s := range skills {
		if r.Intn(2) == 0 {
			x.Capabilities = append(x.Capabilities, fit.Level{Tag: s, Level: 1 + r.Intn(5), Verified: r.Intn(2) == 0})
		}
	}
	titles := []string{"磁悬浮轴承控制器", "离心压缩机叶轮", "玉米育种", "电主轴产线", "流体仿真软件"}
	for i := range r.Intn(5) {
		x.Evidence = append(x.Evidence, fit.Evidence{ID: fmt.Sprint(code, "-", i), Kind: []string{"patent", "product", "paper", "equipment"}[r.Intn(4)],
			Title: titles[r.Intn(5)], Year: []int{0, 2015, 2020, 2024}[r.Intn(4)], Verified: r.Intn(2) == 0})
	}
	x.Track = fit.Track{Completed: r.Intn(9)}
	x.Track.OnTime, x.Track.FirstPass = r.Intn(x.Track.Completed+1), r.Intn(x.Track.Completed+1)
	return x
}

func randomTeams(r *rand.Rand, n int) []fit.Team {
	var out []fit.Team
	for i := range n {
		out = append(out, random(r, fmt.Sprintf("T%04d", i)))
	}
	return out
}

func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(21))
	for _, m := range fit.Rank(challenge(), randomTeams(r, 500), catalogue()) {
		if err := m.Sum.Check(); err != nil || m.Sum.Value != m.Score || m.Score < 0 || m.Score > 100+1e-9 {
			t.Fatalf("%v: %v", err, m)
		}
	}
}

func TestBestTeamHasAHundred(t *testing.T) {
	t.Parallel()
	x := team()
	x.Chains, x.TRLLow, x.TRLHigh = []string{"general"}, 1, 9
	x.IPC = challenge().IPC
	x.Domains = []fit.Level{{Tag: "M.rot.bearing", Level: 5}, {Tag: "I.control", Level: 5}}
	x.Capabilities = []fit.Level{{Tag: "rotor", Level: 5, Verified: true}, {Tag: "control", Level: 5, Verified: true}, {Tag: "cfd", Level: 5, Verified: true}}
	x.Track = fit.Track{Completed: 1e6, OnTime: 1e6, FirstPass: 1e6}
	for i := range 40 {
		x.Evidence = append(x.Evidence, fit.Evidence{ID: fmt.Sprint(i), Kind: "product", Title: "磁悬浮轴承", Year: 2025, Verified: true})
	}
	if m := one(x, challenge()); m.Score < 99.99 || m.Score > 100+1e-9 {
		t.Errorf("score %v", m.Score)
	}
}

func shuffle[T any](r *rand.Rand, list []T) []T {
	out := slices.Clone(list)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(22))
	teams := randomTeams(r, 60)
	want, _ := json.Marshal(fit.Rank(challenge(), teams, catalogue()))
	for range 20 {
		again := shuffle(r, teams)
		for i, x := range again {
			again[i].Domains, again[i].Capabilities, again[i].Evidence = shuffle(r, x.Domains), shuffle(r, x.Capabilities), shuffle(r, x.Evidence)
			again[i].Chains = shuffle(r, x.Chains)
		}
		cat, c := catalogue(), challenge()
		cat.Tags, cat.Chains, c.Needs, c.IPC = shuffle(r, cat.Tags), shuffle(r, cat.Chains), shuffle(r, c.Needs), shuffle(r, c.IPC)
		if got, _ := json.Marshal(fit.Rank(c, again, cat)); !bytes.Equal(got, want) {
			t.Fatalf("%s\n%s", got, want)
		}
	}
}

func TestBothListsShowOneNumber(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(23))
	teams := randomTeams(r, 30)
	var cs []fit.Challenge
	for i := range 10 {
		c := challenge()
		c.Code, c.Domains = fmt.Sprint("C", i), shuffle(r, domains)[:2]
		cs = append(cs, c)
	}
	score := map[string]float64{}
	for _, c := range cs {
		for _, m := range fit.Rank(c, teams, catalogue()) {
			score[m.Challenge+m.Team] = m.Score
		}
	}
	for _, x := range teams {
		ms := fit.Suggest(x, cs, catalogue())
		for i, m := range ms {
			if m.Score != score[m.Challenge+x.Code] {
				t.Fatalf("%s for %s: %v and %v", x.Code, m.Challenge, m.Score, score[m.Challenge+x.Code])
			}
			if i > 0 && ms[i-1].Eligible == m.Eligible && ms[i-1].Score < m.Score-1e-6 {
				t.Fatal("not by falling score")
			}
		}
	}
}

// TestWhoElseIsThereDoesNotMatter: no score and no order of two depends on a third.
func TestWhoElseIsThereDoesNotMatter(t *testing.T) {
	t.Parallel()
	teams := randomTeams(rand.New(rand.NewSource(24)), 40)
	all := map[string]float64{}
	for _, m := range fit.Rank(challenge(), teams, catalogue()) {
		all[m.Team] = m.Score
	}
	for _, x := range teams {
		if s := one(x, challenge()).Score; s != all[x.Code] {
			t.Fatalf("%s alone has %v, in the list %v", x.Code, s, all[x.Code])
		}
	}
}

// TestStepsKeepTheirWord applies every step and scores again.
func TestStepsKeepTheirWord(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(25))
	n := 0
	for _, x := range randomTeams(r, 300) {
		before, _ := json.Marshal(x)
		m := one(x, challenge())
		for i, s := range m.Raise {
			n++
			after := one(fit.Apply(x, s), challenge())
			if math.Abs(after.Score-s.Score) > explain.Tolerance || math.Abs(s.Score-m.Score-s.Gain) > explain.Tolerance || s.Gain <= 0 {
				t.Fatalf("%+v gives %v", s, after.Score)
			}
			if i > 0 && s.Gain > m.Raise[i-1].Gain+1e-6 {
				t.Fatal("not by falling gain")
			}
		}
		if now, _ := json.Marshal(x); !bytes.Equal(before, now) {
			t.Fatal("a step changed the team itself")
		}
	}
	if n < 300 {
		t.Errorf("only %d steps", n)
	}
}

// TestMoreNeverHurts adds or betters one thing at a time.
func TestMoreNeverHurts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(26))
	for i := range 1000 {
		x := random(r, "T")
		was := one(x, challenge()).Score
		switch i % 5 {
		case 0:
			x.Domains = append(slices.Clone(x.Domains), fit.Level{Tag: domains[r.Intn(5)], Level: 1 + r.Intn(5)})
		case 1:
			x.Capabilities = append(slices.Clone(x.Capabilities), fit.Level{Tag: skills[r.Intn(4)], Level: 1 + r.Intn(5), Verified: r.Intn(2) == 0})
		case 2:
			x.Evidence = append(slices.Clone(x.Evidence), fit.Evidence{ID: "new", Kind: "paper", Title: "磁悬浮轴承", Year: 2010})
		case 3:
			x.TRLHigh++
		case 4:
			x.Track.Completed, x.Track.OnTime, x.Track.FirstPass = x.Track.Completed+1, x.Track.OnTime+1, x.Track.FirstPass+1
		}
		if now := one(x, challenge()).Score; now < was-explain.Tolerance {
			t.Fatalf("case %d: from %v to %v: %+v", i%5, was, now, x)
		}
	}
}

// TestBlindToFame: the unit's name and kind, and the team's name, change no byte.
func TestBlindToFame(t *testing.T) {
	t.Parallel()
	a := team()
	want, _ := json.Marshal(one(a, challenge()))
	a.Name, a.Home.Name, a.Home.Kind = "院士领衔团队", "清华大学", "research_institute"
	if got, _ := json.Marshal(one(a, challenge())); !bytes.Equal(got, want) {
		t.Errorf("%s\n%s", got, want)
	}
}

func TestGatesDoNotTouchTheScore(t *testing.T) {
	t.Parallel()
	free := team()
	full, kin, barred := team(), team(), team()
	full.Code, full.Ongoing = "T2", 3
	kin.Code, kin.Home = "T3", gate.Org{Code: "SUB"}
	barred.Code, barred.Records = "T4", []gate.Record{{Subject: "T4"}}
	worse := random(rand.New(rand.NewSource(27)), "T5")
	worse.Home, worse.Ongoing = gate.Org{Code: "X"}, 0
	ms := fit.Rank(challenge(), []fit.Team{full, barred, worse, kin, free}, catalogue())
	var got []string
	for _, m := range ms {
		code := ""
		for _, g := range m.Gates {
			if g.Hard {
				code = g.Code
			}
		}
		got = append(got, fmt.Sprintf("%s %d/%d %v %s", m.Team, m.Place, m.FitPlace, m.Eligible, code))
		if m.Team != "T5" && m.Score != ms[0].Score {
			t.Errorf("%s has %v", m.Team, m.Score)
		}
	}
	want := "T1 1/1 true ; T5 2/5 true ; T2 3/1 false capacity; T3 3/1 false subordinate; T4 3/1 false integrity"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestExemptEndsAndShortHistories(t *testing.T) {
	t.Parallel()
	track := func(x fit.Track) float64 {
		tm := team()
		tm.Track = x
		p, _ := one(tm, challenge()).Sum.Find("track")
		return p.Value / 8
	}
	if v := track(fit.Track{}); v != 0.75 {
		t.Errorf("newcomer %v", v)
	}
	if track(fit.Track{Terminated: 1, Exempt: 1}) != 0.75 || track(fit.Track{Terminated: 1}) >= 0.75 {
		t.Error("an exempt end counts")
	}
}

func TestEvidenceSaturatesAndAges(t *testing.T) {
	t.Parallel()
	value := func(n, year int, verified bool) float64 {
		x := team()
		x.Evidence = nil
		for i := range n {
			x.Evidence = append(x.Evidence, fit.Evidence{ID: fmt.Sprint(i), Kind: "paper", Title: "磁悬浮轴承", Year: year, Verified: verified})
		}
		p, _ := one(x, challenge()).Sum.Find("evidence")
		return p.Value
	}
	if !(value(1, 2025, true) > value(1, 2020, true) && value(1, 2025, true) > value(1, 2025, false)) {
		t.Error("age or verification does not count")
	}
	if math.Abs(value(1, 2020, true)-value(1, 2025, false)) > 1e-9 {
		t.Error("five years are no half-life")
	}
	if value(100, 2025, true)-value(50, 2025, true) > 0.01 || value(100, 2025, true) > 12 {
		t.Error("count buys score")
	}
	if value(1, 2030, true) != value(1, 2025, true) {
		t.Error("a year to come counts more than now")
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	if ms := fit.Rank(challenge(), nil, catalogue()); ms == nil || len(ms) != 0 {
		t.Error("no teams is not an empty list")
	}
	m := fit.Rank(fit.Challenge{}, []fit.Team{{}}, fit.Catalogue{})[0]
	if err := m.Sum.Check(); err != nil || m.Gates == nil || m.Missing == nil || m.Raise == nil {
		t.Errorf("%v %+v", err, m)
	}
}

func BenchmarkRank(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprintf("%dteams", n), func(b *testing.B) {
			teams := randomTeams(rand.New(rand.NewSource(28)), n)
			for b.Loop() {
				fit.Rank(challenge(), teams, catalogue())
			}
		})
	}
}
