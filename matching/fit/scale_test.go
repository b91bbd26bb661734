package fit_test

import (
	"encoding/json"
	"math"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/fit"
)

// prepared makes both sides ready.
func prepared(e *fit.Engine, cs []fit.Challenge, ts []fit.Team) (as []*fit.Asked, ps []*fit.Prepared) {
	for _, c := range cs {
		as = append(as, e.Challenge(c))
	}
	for _, t := range ts {
		ps = append(ps, e.Team(t))
	}
	return as, ps
}

// TestScoreRisesWithZ: the order of scores is the order of z, and the scale has no step.
func TestScoreRisesWithZ(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(40))
	as, ps := prepared(fresh(), someChallenges(r, 20), randomTeams(r, 100))
	var lines []fit.Line
	for _, a := range as {
		lines = append(lines, fresh().List(a, ps)...)
	}
	slices.SortFunc(lines, func(a, b fit.Line) int {
		if a.Z < b.Z {
			return -1
		}
		return 1
	})
	for i, l := range lines[1:] {
		dz, ds := l.Z-lines[i].Z, l.Score-lines[i].Score
		if dz > 1e-12 && ds <= 0 || ds > 1500*dz+1e-9 {
			t.Fatalf("z %v to %v, score %v to %v", lines[i].Z, l.Z, lines[i].Score, l.Score)
		}
	}
}

// TestScoreIsThePercentile: at a quantile of the reference the score is its level.
func TestScoreIsThePercentile(t *testing.T) {
	t.Parallel()
	l := fresh().Match(challenge(), team())
	ref := fit.DefaultReference()
	for i := range ref.Z { // a table with the pair's z at one level
		if i == 0 || i+1 == len(ref.Z) {
			continue
		}
		r := fit.Reference{Version: "test"}
		for j := range ref.Z {
			r.Z = append(r.Z, l.Z+float64(j-i)*0.01)
		}
		got := engine(catalogue(), fit.Models{Reference: r}).Match(challenge(), team())
		if want := 100 * fit.Levels[i]; math.Abs(got.Score-want) > 1e-9 || got.Z != l.Z {
			t.Errorf("score %v at level %v", got.Score, want)
		}
	}
}

func TestAlphaAndBetaMoveTheScale(t *testing.T) {
	t.Parallel()
	cat := catalogue()
	cat.Weights = fit.Defaults()
	cat.Weights.Alpha, cat.Weights.Beta = 0.5, 0.7
	m, old := engine(cat, fit.Models{}).Match(challenge(), team()), one(team(), challenge())
	y := math.Log(old.Score / (100 - old.Score))
	if want := 100 / (1 + math.Exp(-0.5-0.7*y)); math.Abs(m.Score-want) > 1e-9 || m.Z != old.Z {
		t.Errorf("%v, want %v", m.Score, want)
	}
	if err := m.Sum.Check(); err != nil || m.Models == old.Models {
		t.Errorf("%v, models %s and %s", err, m.Models, old.Models)
	}
}

func TestCalibrate(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(41))
	e := fresh()
	cs, ts := someChallenges(r, 60), randomTeams(r, 80)
	as, ps := prepared(e, cs, ts)
	ref := e.Calibrate(as, ps)
	again := e.Calibrate(shuffle(r, as), shuffle(r, ps))
	want, _ := json.Marshal(ref)
	if got, _ := json.Marshal(again); string(got) != string(want) {
		t.Errorf("the order shows: %s\n%s", got, want)
	}
	if ref.Pairs != 4800 || ref.Version == fit.DefaultReference().Version {
		t.Errorf("%+v", ref)
	}
	if none := e.Calibrate(nil, ps); none.Version != fit.DefaultReference().Version || none.Pairs != 0 {
		t.Errorf("an empty pool gives %+v", none)
	}
	// With the pool's reference, as far as it counts, the scores of a list's
	// head and of pairs that nobody chose come nearer to being spread evenly.
	after := engine(catalogue(), fit.Models{Reference: ref})
	off := func(e *fit.Engine) float64 {
		as, ps := prepared(e, cs, ts)
		var scores []float64
		for _, a := range as {
			for i, l := range e.List(a, ps) {
				scores = append(scores, l.Score)
				if l.FitPlace <= 5 || i == 0 {
					scores = append(scores, slices.Repeat([]float64{l.Score}, len(ps)/5)...)
				}
			}
		}
		slices.Sort(scores)
		sum := 0.0
		for i, s := range scores {
			sum += math.Abs(s - 100*(float64(i)+0.5)/float64(len(scores)))
		}
		return sum / float64(len(scores))
	}
	if a, b := off(e), off(after); b >= a/1.5 {
		t.Errorf("off by %v before and %v after", a, b)
	}
}

func TestCalibrateDrawsFromALargePool(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(42))
	e := fresh()
	as, ps := prepared(e, someChallenges(r, 40), randomTeams(r, 40))
	ps = slices.Repeat(ps, 100) // 4,000 teams: twenty-five lists
	if ref := e.Calibrate(as, ps); ref.Pairs != 25*4000 {
		t.Errorf("%d pairs", ref.Pairs)
	}
}

func TestBadReference(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*fit.Reference){
		"2 quantiles, want 17": func(r *fit.Reference) { r.Z = r.Z[:2] },
		"quantile 3 is 0.1":    func(r *fit.Reference) { r.Z[3] = 0.1 },
		"quantile 0 is NaN":    func(r *fit.Reference) { r.Z[0] = math.NaN() },
		"quantile 16 is 1.5":   func(r *fit.Reference) { r.Z[16] = 1.5 },
	} {
		ref := fit.DefaultReference()
		change(&ref)
		if _, err := fit.New(catalogue(), fit.Models{Reference: ref}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

func TestBands(t *testing.T) {
	t.Parallel()
	for score, want := range map[float64]string{100: "strong", 85: "strong", 84.9: "good", 70: "good", 69: "fair", 50: "fair", 49: "weak", 0: "weak"} {
		if got := fit.Band(score); got != want {
			t.Errorf("%v is %s", score, got)
		}
	}
}

// TestCompare: the difference adds up, equal parts differ by nothing, and it is
// the other way round from the other side.
func TestCompare(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, e *fit.Engine) {
		r := rand.New(rand.NewSource(43))
		ms := e.Rank(challenge(), randomTeams(r, 60))
		for i, a := range ms {
			b := ms[(i*7+3)%len(ms)]
			d, back := fit.Compare(a, b), fit.Compare(b, a)
			if err := d.Check(); err != nil || !near(d.Value, a.Score-b.Score) || !near(d.Value, -back.Value) {
				t.Fatalf("%v: %v for %v − %v", err, d.Value, a.Score, b.Score)
			}
			if d.Args["left"] != a.Score || d.Args["right"] != b.Score {
				t.Fatalf("%v", d.Args)
			}
			sa, sb := shares(a), shares(b)
			for _, p := range d.Parts {
				if zero := math.Abs(sa[p.Name]-sb[p.Name]) < 1e-15; zero && math.Abs(p.Value) > 1e-9 {
					t.Fatalf("%s is the same in both and differs by %v", p.Name, p.Value)
				}
				if p.Value*(sa[p.Name]-sb[p.Name]) < -1e-12 {
					t.Fatalf("%s: %v and %v differ by %v", p.Name, sa[p.Name], sb[p.Name], p.Value)
				}
			}
		}
	})
}

// TestCompareOfEqualSums: pluses and minuses are told even where they cancel.
func TestCompareOfEqualSums(t *testing.T) {
	t.Parallel()
	e := fresh()
	a, b := team(), team()
	c := challenge()
	c.IPC, c.Disciplines = nil, []string{"460", "510"}
	a.Disciplines, b.Disciplines = []string{"460"}, []string{"510"}
	d := fit.Compare(e.Match(c, a), e.Match(c, b))
	codes, _ := d.Find("codes")
	if !near(d.Value, 0) || len(codes.Parts) != 2 || codes.Parts[0].Value <= 0 || !near(codes.Parts[0].Value, -codes.Parts[1].Value) {
		t.Errorf("%+v", codes)
	}
}
