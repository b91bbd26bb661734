package fit_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/matching/measure"
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

// fresh knows nothing but the catalogue.
var fresh = sync.OnceValue(func() *fit.Engine { return engine(catalogue(), fit.Models{}) })

// taught has learned from a hundred teams.
var taught = sync.OnceValue(func() *fit.Engine {
	m, err := fit.Learn(catalogue(), randomTeams(rand.New(rand.NewSource(20)), 100), fit.Learning{Seed: 1})
	if err != nil {
		panic(err)
	}
	return engine(catalogue(), m)
})

// each runs a property on both engines.
func each(t *testing.T, run func(t *testing.T, e *fit.Engine)) {
	for name, e := range map[string]*fit.Engine{"fresh": fresh(), "taught": taught()} {
		t.Run(name, func(t *testing.T) { t.Parallel(); run(t, e) })
	}
}

func engine(cat fit.Catalogue, m fit.Models) *fit.Engine {
	e, err := fit.New(cat, m)
	if err != nil {
		panic(err)
	}
	return e
}

func one(t fit.Team, c fit.Challenge) fit.Match { return fresh().Match(c, t) }

// shares are the parts of a match as shares of z.
func shares(m fit.Match) map[string]float64 {
	out := map[string]float64{}
	for _, p := range m.Sum.Parts {
		out[p.Name] = p.Value * m.Z / m.Score
	}
	return out
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9 }

func TestGolden(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetIndent("", " ")
	m := fresh().Rank(challenge(), []fit.Team{team()})[0]
	m.Models = "" // moves with every change of the models of words and tags
	_ = enc.Encode(m)
	const file = "testdata/match.golden.json"
	if *update {
		_ = os.WriteFile(file, got.Bytes(), 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("golden differs (%v); go test ./matching/fit -update, then read the diff\n%s", err, got.String())
	}
}

// TestParts computes every part but the text by hand, on the tree alone.
func TestParts(t *testing.T) {
	t.Parallel()
	cat := catalogue()
	cat.Weights = fit.Defaults()
	cat.Weights.Guessed = 0
	w := cat.Weights
	e := engine(cat, fit.Models{})
	m := e.Match(challenge(), team())
	got := shares(m)
	// E1 is verified and new; E2 is only declared, five years old, with a half-life of eight.
	project, patent := 1.0, 0.7*0.5*math.Exp2(-5.0/8)
	bearing := w.Shown * (project/2 + patent/4) // both name the bearing
	turbo := 1.0 / 4                            // a relative held at 5, and more: (ln 3/ln 9)²
	for name, want := range map[string]float64{
		"capability": w.Capability * (2*1.0 + 2*0.4*0.5 + 0) / 5,
		"domain":     w.Domain * (2*turbo + 0.8) / 3,
		"trl_fit":    w.TRL * 2.0 / 4, // 5 and 6 of 5 to 8
		"track":      w.Track * ((2+3.75)/9 + (3+3.75)/9) / 2,
		"chain":      w.Chain * 0.6,
		"codes":      w.Codes * (1 + 0.5) / 2, // F16C the same, F04 the class
	} {
		if !near(got[name], want) {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	without := team()
	without.Domains = without.Domains[1:]
	if v, want := shares(e.Match(challenge(), without))["domain"], w.Domain*(2*bearing+0.8)/3; !near(v, want) {
		t.Errorf("a domain only shown counts %v, want %v", v, want)
	}
	proof, _ := m.Sum.Find("evidence")
	if len(proof.Parts) < 2 || proof.Parts[0].Args["evidence"] != "E1" || proof.Parts[0].Value < 2*proof.Parts[1].Value {
		t.Errorf("evidence %+v", proof)
	}
	var missing []string
	for _, g := range m.Missing {
		missing = append(missing, fmt.Sprintf("%s %v %d<%d", g.Tag, g.Must, g.Level, g.Min))
	}
	if s := strings.Join(missing, ", "); s != "control true 2<3, cfd false 0<2" {
		t.Errorf("missing %s", s)
	}
}

// TestKinship: the same tag counts for its level, a relative for the square of
// its nearness in the tree, a stranger for nothing.
func TestKinship(t *testing.T) {
	t.Parallel()
	cat := catalogue()
	cat.Weights = fit.Defaults()
	cat.Weights.Guessed = 0
	e := engine(cat, fit.Models{})
	ic := func(below int) float64 { return math.Log(9 / float64(below)) }
	for have, want := range map[string]float64{
		"M.rot.bearing": 1, "M.rot.turbo": math.Pow(ic(3)/ic(1), 2), "M.cut.spindle": math.Pow(ic(6)/ic(1), 2), "I.ai": 0, "unknown": 0,
	} {
		c, x := challenge(), team()
		c.Domains, x.Domains, x.Evidence = []string{"M.rot.bearing"}, []fit.Level{{Tag: have, Level: 5}}, nil
		if got := shares(e.Match(c, x))["domain"]; !near(got, cat.Weights.Domain*want) {
			t.Errorf("%s counts %v, want %v", have, got/cat.Weights.Domain, want)
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
	for i := range r.Intn(7) {
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
	each(t, func(t *testing.T, e *fit.Engine) {
		r := rand.New(rand.NewSource(21))
		for _, m := range e.Rank(challenge(), randomTeams(r, 300)) {
			if err := m.Sum.Check(); err != nil || m.Sum.Value != m.Score || !(m.Score > 0 && m.Score < 100) || !(m.Z > 0 && m.Z < 1) {
				t.Fatalf("%v: %v of %v, %+v", err, m.Score, m.Z, m.Sum)
			}
			text, _ := m.Sum.Find("text")
			if err := m.Words.Check(); err != nil || !near(m.Words.Value, text.Value) {
				t.Fatalf("words %v %v, text %v", err, m.Words, text.Value)
			}
			total := 0.0
			for _, v := range shares(m) {
				total += v
			}
			if !near(total, m.Z) {
				t.Fatalf("shares %v, z %v", total, m.Z)
			}
		}
	})
}

func shuffle[T any](r *rand.Rand, in []T) []T {
	out := slices.Clone(in)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(22))
	pool := randomTeams(r, 40)
	for i := range pool {
		pool[i].Evidence = append(pool[i].Evidence, fit.Evidence{Kind: "paper", Title: "磁悬浮轴承"}, fit.Evidence{Kind: "paper", Title: "磁悬浮轴承", Year: 2020, Verified: true})
	}
	ranked := func(cat fit.Catalogue, c fit.Challenge, teams []fit.Team) string {
		m, err := fit.Learn(cat, teams, fit.Learning{})
		if err != nil {
			t.Fatal(err)
		}
		out, _ := json.Marshal(engine(cat, m).Rank(c, teams))
		return string(out)
	}
	want := ranked(catalogue(), challenge(), pool)
	for range 4 {
		again := shuffle(r, pool)
		for i, x := range again {
			again[i].Domains, again[i].Capabilities, again[i].Evidence = shuffle(r, x.Domains), shuffle(r, x.Capabilities), shuffle(r, x.Evidence)
			again[i].Chains = shuffle(r, x.Chains)
		}
		cat, c := catalogue(), challenge()
		cat.Tags, cat.Chains, c.Needs, c.IPC = shuffle(r, cat.Tags), shuffle(r, cat.Chains), shuffle(r, c.Needs), shuffle(r, c.IPC)
		if got := ranked(cat, c, again); got != want {
			t.Fatalf("%s\n%s", got, want)
		}
	}
}

func someChallenges(r *rand.Rand, n int) []fit.Challenge {
	var out []fit.Challenge
	for i := range n {
		c := challenge()
		c.Code, c.Domains = fmt.Sprint("C", i), shuffle(r, domains)[:r.Intn(3)]
		c.Needs, c.Text = shuffle(r, c.Needs)[:r.Intn(4)], []string{"", "玉米", "电主轴产线的数字孪生"}[r.Intn(3)]
		if r.Intn(3) == 0 {
			c.Chain, c.IPC, c.TRLTarget = "", nil, 0
		}
		out = append(out, c)
	}
	return out
}

func TestBothListsShowOneNumber(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		r := rand.New(rand.NewSource(23))
		teams, cs := randomTeams(r, 30), someChallenges(r, 10)
		score := map[string]float64{}
		for _, c := range cs {
			for _, m := range e.Rank(c, teams) {
				score[m.Challenge+m.Team] = m.Score
			}
		}
		for _, x := range teams {
			ms := e.Suggest(x, cs)
			for i, m := range ms {
				if m.Score != score[m.Challenge+x.Code] {
					t.Fatalf("%s for %s: %v and %v", x.Code, m.Challenge, m.Score, score[m.Challenge+x.Code])
				}
				if i > 0 && ms[i-1].Eligible == m.Eligible && ms[i-1].Z < m.Z-1e-9 {
					t.Fatal("not by falling score")
				}
			}
		}
	})
}

// TestWhoElseIsThereDoesNotMatter: no score, no reason and no advice depends on a
// third; a list, one pair scored alone and a pair explained are the same to the bit.
func TestWhoElseIsThereDoesNotMatter(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		teams := randomTeams(rand.New(rand.NewSource(24)), 40)
		a := e.Challenge(challenge())
		for _, m := range e.Rank(challenge(), teams) {
			x := teams[slices.IndexFunc(teams, func(x fit.Team) bool { return x.Code == m.Team })]
			alone := e.Match(challenge(), x)
			if l := e.Score(a, e.Team(x)); l.Score != m.Score || l.Z != m.Z || l.Eligible != m.Eligible || alone.Score != m.Score {
				t.Fatalf("%s: %v in the list, %v alone, %v explained", x.Code, m.Line, l, alone.Line)
			}
			alone.Line = m.Line
			for i := range m.Raise {
				m.Raise[i].PlaceFrom, m.Raise[i].PlaceTo = 0, 0
			}
			if !reflect.DeepEqual(alone, m) {
				t.Fatalf("%s: %+v\n%+v", x.Code, alone, m)
			}
		}
	})
}

// TestRivalsSwapped: two rivals change names, and of what the third is told not
// one byte is other.
func TestRivalsSwapped(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(30))
	for range 30 {
		teams := randomTeams(r, 6)
		advice := func() string {
			for _, m := range fresh().Rank(challenge(), teams) {
				if m.Team == teams[0].Code {
					out, _ := json.Marshal(m)
					return string(out)
				}
			}
			return ""
		}
		want := advice()
		teams[1].Code, teams[4].Code = teams[4].Code, teams[1].Code
		if got := advice(); got != want {
			t.Fatalf("%s\n%s", got, want)
		}
	}
}

// TestStepsKeepTheirWord applies every step and scores again: score and place
// are those promised, to the bit.
func TestStepsKeepTheirWord(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		r := rand.New(rand.NewSource(25))
		teams, n, moved := randomTeams(r, 40), 0, 0
		a, ready := prepared(e, []fit.Challenge{challenge()}, teams)
		list := e.Rank(challenge(), teams)
		for at, x := range teams {
			before, _ := json.Marshal(x)
			m := list[slices.IndexFunc(list, func(m fit.Match) bool { return m.Team == x.Code })]
			for i, s := range m.Raise {
				n++
				then := slices.Clone(ready)
				then[at] = e.Team(fit.Apply(x, s))
				after := e.List(a[0], then)
				now := after[slices.IndexFunc(after, func(l fit.Line) bool { return l.Team == x.Code })]
				if now.Score != s.Score || now.Z != s.Z || s.Score-m.Score != s.Gain || s.Gain <= 0 {
					t.Fatalf("%+v gives %v", s, now)
				}
				if s.PlaceFrom != m.Place || s.PlaceTo != now.Place || s.PlaceTo > s.PlaceFrom {
					t.Fatalf("%+v: from %d to %d", s, m.Place, now.Place)
				}
				if s.PlaceTo < s.PlaceFrom {
					moved++
				}
				if i > 0 && s.Z > m.Raise[i-1].Z+1e-9 {
					t.Fatal("not by falling gain")
				}
			}
			if now, _ := json.Marshal(x); !bytes.Equal(before, now) {
				t.Fatal("a step changed the team itself")
			}
		}
		if n < 100 || moved < 50 {
			t.Errorf("only %d steps, %d of them to a better place", n, moved)
		}
	})
}

// TestMoreNeverHurts adds or betters one thing at a time.
func TestMoreNeverHurts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		r := rand.New(rand.NewSource(26))
		for i := range 800 {
			x := random(r, "T")
			was := e.Match(challenge(), x).Score
			switch i % 8 {
			case 0:
				x.Domains = append(slices.Clone(x.Domains), fit.Level{Tag: domains[r.Intn(5)], Level: 1 + r.Intn(5)})
			case 1:
				x.Capabilities = append(slices.Clone(x.Capabilities), fit.Level{Tag: skills[r.Intn(4)], Level: 1 + r.Intn(5), Verified: r.Intn(2) == 0})
			case 2: // relevant: it says what the challenge says
				x.Evidence = append(slices.Clone(x.Evidence), fit.Evidence{ID: "new", Kind: "paper", Title: challenge().Title, Text: challenge().Text,
					Year: 2025, Verified: true, Tags: []string{"M.rot.bearing"}})
			case 3:
				x.TRLHigh++
			case 4:
				x.Track.Completed, x.Track.OnTime, x.Track.FirstPass = x.Track.Completed+1, x.Track.OnTime+1, x.Track.FirstPass+1
			case 5:
				for j := range x.Evidence {
					x.Evidence[j].Verified = true
				}
			case 6:
				for j, l := range x.Domains {
					x.Domains[j].Level = min(5, l.Level+1)
				}
			case 7:
				for j, l := range x.Capabilities {
					x.Capabilities[j].Level = min(5, l.Level+1)
				}
			}
			if now := e.Match(challenge(), x).Score; now < was-explain.Tolerance {
				t.Fatalf("case %d: from %v to %v: %+v", i%8, was, now, x)
			}
		}
	})
}

// TestBlindToFame: the unit's name and kind, and the team's name, change no byte.
func TestBlindToFame(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		r := rand.New(rand.NewSource(31))
		for _, x := range append(randomTeams(r, 50), team()) {
			want, _ := json.Marshal(e.Match(challenge(), x).Sum)
			x.Name, x.Home.Name, x.Home.Kind, x.Home.InProvince = "院士领衔团队", "清华大学", "research_institute", !x.Home.InProvince
			x.Home.Code, x.Code = "TSINGHUA", "T9999"
			if got, _ := json.Marshal(e.Match(challenge(), x).Sum); !bytes.Equal(got, want) {
				t.Fatalf("%s\n%s", got, want)
			}
		}
	})
}

// TestNoFieldForFame reads the names of all that a score is made of: none of
// them is a person's age, title or degree, a headcount, or the rank of a unit.
// Year and HalfLife are of evidence, and Name and Kind are there for the gate.
func TestNoFieldForFame(t *testing.T) {
	t.Parallel()
	seen := map[reflect.Type]bool{}
	var walk func(x reflect.Type)
	walk = func(x reflect.Type) {
		switch x.Kind() {
		case reflect.Slice, reflect.Pointer, reflect.Map:
			walk(x.Elem())
		case reflect.Struct:
			if seen[x] || !strings.HasPrefix(x.PkgPath(), "jiebang/") {
				return
			}
			seen[x] = true
			for i := range x.NumField() {
				f := x.Field(i)
				for _, word := range []string{"age", "birth", "title", "degree", "phd", "doctor", "professor", "academic", "hat", "head", "staff", "size",
					"count", "fame", "rank", "prestige", "gender", "sex", "senior", "citation", "impact"} {
					// The title of a challenge or a paper is its text.
					if strings.EqualFold(f.Name, word) && !(word == "title" && x.Name() != "Team") {
						t.Errorf("%s.%s", x, f.Name)
					}
				}
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeFor[fit.Team]())
	walk(reflect.TypeFor[fit.Challenge]())
	walk(reflect.TypeFor[fit.Catalogue]())
	if len(seen) < 12 {
		t.Errorf("only %d types read", len(seen))
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
	ms := fresh().Rank(challenge(), []fit.Team{full, barred, worse, kin, free})
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
		return shares(one(tm, challenge()))["track"] / fit.Defaults().Track
	}
	if v := track(fit.Track{}); !near(v, 0.75) {
		t.Errorf("newcomer %v", v)
	}
	if !near(track(fit.Track{Terminated: 1, Exempt: 1}), 0.75) || track(fit.Track{Terminated: 1}) >= 0.75 {
		t.Error("an exempt end counts")
	}
}

func TestEvidenceSaturatesAndAges(t *testing.T) {
	t.Parallel()
	value := func(n, year int, verified bool, role string) float64 {
		x := team()
		x.Evidence = nil
		for i := range n {
			x.Evidence = append(x.Evidence, fit.Evidence{ID: fmt.Sprint(i), Kind: "paper", Title: "磁悬浮轴承" + fmt.Sprint(i), Year: year, Verified: verified, Role: role})
		}
		return shares(one(x, challenge()))["evidence"]
	}
	if !(value(1, 2025, true, "") > value(1, 2020, true, "") && value(1, 2025, true, "") > value(1, 2025, false, "") && value(1, 2025, true, "lead") > value(1, 2025, true, "participant")) {
		t.Error("age, verification or role does not count")
	}
	// A paper is worth 0.5, after its half-life of five years 0.25, beside Few = 0.1.
	if !near(value(1, 2020, true, "")/value(1, 2025, true, ""), (0.25/0.35)/(0.5/0.6)) {
		t.Error("five years are no half-life of a paper")
	}
	if value(100, 2025, true, "")-value(10, 2025, true, "") > 0.004 {
		t.Error("count buys score")
	}
	if value(1, 2030, true, "") != value(1, 2025, true, "") {
		t.Error("a year to come counts more than now")
	}
}

// TestCopiesBuyNothing: all evidence entered twice is the same score to the bit;
// entered again in other words it moves z by little.
func TestCopiesBuyNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		r := rand.New(rand.NewSource(32))
		for _, x := range randomTeams(r, 200) {
			was := e.Match(challenge(), x)
			twice, again := x, x
			twice.Evidence, again.Evidence = slices.Clone(x.Evidence), slices.Clone(x.Evidence)
			for i, v := range x.Evidence {
				v.ID += "-copy"
				twice.Evidence = append(twice.Evidence, v)
				v.Title += fmt.Sprintf(" %d", i)
				again.Evidence = append(again.Evidence, v)
			}
			if now := e.Match(challenge(), twice); now.Score != was.Score {
				t.Fatalf("copies: from %v to %v", was.Score, now.Score)
			}
			if now := e.Match(challenge(), again); math.Abs(now.Z-was.Z) > 0.1 {
				t.Fatalf("the same again: z from %v to %v", was.Z, now.Z)
			}
		}
	})
}

// TestSizeDoesNotBuyRank: in worlds where how much a team has to show, 1 to 20
// pieces, has nothing to do with what it can do, its score has next to nothing
// to do with it either.
func TestSizeDoesNotBuyRank(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		a, mean := e.Challenge(challenge()), 0.0
		const worlds, teams = 6, 300
		for seed := range worlds {
			r := rand.New(rand.NewSource(33 + int64(seed)))
			var sizes, scores []float64
			for i := range teams {
				x := world(r, fmt.Sprintf("T%04d", i))
				sizes, scores = append(sizes, float64(len(x.Evidence))), append(scores, e.Score(a, e.Team(x)).Score)
			}
			mean += measure.Spearman(sizes, scores) / worlds
		}
		t.Logf("Spearman(count, score) = %.3f", mean)
		if math.Abs(mean) > 0.15 {
			t.Errorf("Spearman(count, score) = %.3f", mean)
		}
	})
}

// world is a team that is at home in the challenge's matter to some degree, and
// has something or much to show, the one without the other.
func world(r *rand.Rand, code string) fit.Team {
	x := random(r, code)
	x.Evidence = nil
	ability, n := r.Float64(), 1+r.Intn(20)
	for j := range n {
		topic := []string{"玉米育种", "电主轴产线", "流体仿真软件", "水稻病害识别"}[r.Intn(4)]
		if r.Float64() < ability {
			topic = []string{"磁悬浮轴承控制器", "离心压缩机转子", "五自由度磁轴承"}[r.Intn(3)]
		}
		x.Evidence = append(x.Evidence, fit.Evidence{ID: fmt.Sprint(j), Kind: "patent", Title: fmt.Sprintf("%s第%d型", topic, j), Year: 2016 + r.Intn(10), Verified: r.Intn(2) == 0})
	}
	return x
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	if ms := fresh().Rank(challenge(), nil); ms == nil || len(ms) != 0 {
		t.Error("no teams is not an empty list")
	}
	m := engine(fit.Catalogue{}, fit.Models{}).Match(fit.Challenge{}, fit.Team{})
	if err := m.Sum.Check(); err != nil || m.Gates == nil || m.Missing == nil || m.Raise == nil {
		t.Errorf("%v %+v", err, m)
	}
}

// TestNothingAsked: a part of which nothing is asked counts alike for everybody,
// so that a vague challenge is neither first nor last in a team's list.
func TestNothingAsked(t *testing.T) {
	t.Parallel()
	c := fit.Challenge{Code: "C", Title: "玉米"}
	w := fit.Defaults()
	got := shares(one(team(), c))
	for name, want := range map[string]float64{"capability": w.Capability, "trl_fit": w.TRL, "chain": w.Chain, "codes": w.Codes} {
		if !near(got[name], w.Neutral*want) {
			t.Errorf("%s is %v", name, got[name])
		}
	}
}

func TestBrokenCatalogue(t *testing.T) {
	t.Parallel()
	cat := fit.Catalogue{Tags: []fit.Tag{{Code: "A", Parent: "B"}, {Code: "B", Parent: "C"}, {Code: "C", Parent: "A"}, {Code: "D", Parent: "gone"},
		{Code: "E", Parent: "D"}, {Code: ""}, {Code: "D"}}, Capabilities: []fit.Tag{{Code: "A"}, {Code: "x"}}}
	c := fit.Challenge{Domains: []string{"E", "A", "E", ""}, Needs: []gate.Need{{Tag: "x", Must: true}, {Tag: "x"}, {Tag: ""}}}
	x := fit.Team{Domains: []fit.Level{{Tag: "D", Level: 9}, {Tag: "E", Level: -3}, {Tag: "E", Level: 2}}, Capabilities: []fit.Level{{Tag: "x", Level: 99}}}
	m := engine(cat, fit.Models{}).Match(c, x)
	if err := m.Sum.Check(); err != nil || m.Z <= 0 || m.Z >= 1 {
		t.Errorf("%v %+v", err, m)
	}
}

func TestBadWeights(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*fit.Weights){
		"add up to":         func(w *fit.Weights) { w.Domain = 0.9 },
		"domain is -0.35":   func(w *fit.Weights) { w.Domain = -0.35 },
		"declared is 2":     func(w *fit.Weights) { w.Declared = 2 },
		"text_half is 0":    func(w *fit.Weights) { w.TextHalf = 0 },
		"beta is NaN":       func(w *fit.Weights) { w.Beta = math.NaN() },
		"alpha is NaN":      func(w *fit.Weights) { w.Alpha = math.NaN() },
		"kind patent":       func(w *fit.Weights) { w.Kinds = map[string]fit.Kind{"patent": {Worth: 3}} },
		"sharpen is +Inf":   func(w *fit.Weights) { w.Sharpen = math.Inf(1) },
		"neutral is NaN":    func(w *fit.Weights) { w.Neutral = math.NaN() },
		"capability is NaN": func(w *fit.Weights) { w.Capability = math.NaN() },
	} {
		cat := catalogue()
		cat.Weights = fit.Defaults()
		change(&cat.Weights)
		if _, err := fit.New(cat, fit.Models{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

// TestBridge: English evidence is found by a Chinese challenge through the
// labels of its tags, and weighs more than evidence about nothing of it.
func TestBridge(t *testing.T) {
	t.Parallel()
	cat := catalogue()
	for i := range cat.Tags {
		if cat.Tags[i].Code == "M.rot.bearing" {
			cat.Tags[i].NameEn, cat.Tags[i].Synonyms = "Bearings", append(cat.Tags[i].Synonyms, "magnetic bearing")
		}
	}
	e := engine(cat, fit.Models{})
	value := func(title string) map[string]float64 {
		x := team()
		x.Domains, x.Evidence = nil, []fit.Evidence{{ID: "E", Kind: "paper", Title: title, Year: 2025, Verified: true}}
		return shares(e.Match(challenge(), x))
	}
	english, other := value("Touchdown of magnetic bearings in a turbo expander"), value("Molecular breeding of maize hybrids")
	for _, part := range []string{"text", "evidence", "domain"} {
		if english[part] <= other[part] {
			t.Errorf("%s: %v for the bearing, %v for the maize", part, english[part], other[part])
		}
	}
}

func BenchmarkRank(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		teams := randomTeams(rand.New(rand.NewSource(28)), n)
		for name, e := range map[string]*fit.Engine{"fresh": fresh(), "taught": taught()} {
			b.Run(fmt.Sprintf("%s/prepare/teams=%d", name, n), func(b *testing.B) {
				for b.Loop() {
					for _, x := range teams {
						e.Team(x)
					}
				}
			})
			ready := make([]*fit.Prepared, n)
			for i, x := range teams {
				ready[i] = e.Team(x)
			}
			b.Run(fmt.Sprintf("%s/list/teams=%d", name, n), func(b *testing.B) {
				for b.Loop() {
					e.List(e.Challenge(challenge()), ready)
				}
			})
			b.Run(fmt.Sprintf("%s/explain/shown=10/teams=%d", name, n), func(b *testing.B) {
				a := e.Challenge(challenge())
				lines := e.List(a, ready)
				for b.Loop() {
					for i := range 10 {
						m := e.Explain(a, ready[i])
						fit.Placed(m.Raise, lines[i], lines)
					}
				}
			})
		}
	}
}
