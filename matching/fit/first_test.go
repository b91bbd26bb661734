package fit_test

import (
	"fmt"
	"iter"
	"math/rand"
	"slices"
	"testing"
	"time"

	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/matching/index"
)

// town is a made-up province: 12 roots of 25 domains, 60 capabilities, words that
// go with each domain, and teams that hold a few neighbouring domains and write
// about them.
type town struct {
	cat   fit.Catalogue
	words [][]string // of a domain
	r     *rand.Rand
}

const (
	townRoots  = 12
	townLeaves = 25
	townSkills = 60
)

func newTown(seed int64) *town {
	w := &town{r: rand.New(rand.NewSource(seed)), cat: fit.Catalogue{At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}}
	for i := range townRoots {
		root := fmt.Sprintf("R%02d", i)
		w.cat.Tags = append(w.cat.Tags, fit.Tag{Code: root, Name: "门类" + w.syllables(2)})
		w.cat.Chains = append(w.cat.Chains, fit.Chain{Code: "chain" + root})
		for j := range townLeaves {
			name := w.syllables(3)
			w.cat.Tags = append(w.cat.Tags, fit.Tag{Code: fmt.Sprintf("%s.%02d", root, j), Parent: root, Name: name, NameEn: w.latin()})
			own := []string{name}
			for range 20 {
				own = append(own, w.syllables(2+w.r.Intn(3)))
			}
			w.words = append(w.words, own)
		}
	}
	for i := range townSkills {
		w.cat.Capabilities = append(w.cat.Capabilities, fit.Tag{Code: fmt.Sprintf("k%02d", i), Name: w.syllables(4)})
	}
	return w
}

func (w *town) syllables(n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = rune(0x4e00 + w.r.Intn(600)*7)
	}
	return string(out)
}

func (w *town) latin() string {
	out := make([]byte, 7)
	for i := range out {
		out[i] = "bcdfgklmnprst"[w.r.Intn(13)]
		if i%2 == 1 {
			out[i] = "aeiou"[w.r.Intn(5)]
		}
	}
	return string(out)
}

// leaf is a domain, the first ones more often, near another where one is given.
func (w *town) leaf(near int) int {
	if near >= 0 && w.r.Intn(3) > 0 {
		return near/townLeaves*townLeaves + w.r.Intn(townLeaves)
	}
	return int(float64(townRoots*townLeaves) * w.r.Float64() * w.r.Float64())
}

func leafCode(i int) string { return fmt.Sprintf("R%02d.%02d", i/townLeaves, i%townLeaves) }

func (w *town) prose(leaf, n int) string {
	out := ""
	for range n {
		from := leaf
		if w.r.Intn(4) == 0 {
			from = w.r.Intn(len(w.words))
		}
		out += w.words[from][w.r.Intn(21)] + []string{"的", "，", "研究", "技术"}[w.r.Intn(4)]
	}
	return out
}

func (w *town) team(i int) fit.Team {
	t := fit.Team{Code: fmt.Sprintf("T%06d", i), Home: gate.Org{Code: "UNI", Kind: "university", InProvince: true}, Max: 3,
		TRLLow: 1 + w.r.Intn(5), Track: fit.Track{Completed: w.r.Intn(6)}}
	t.TRLHigh = t.TRLLow + w.r.Intn(4)
	t.Track.OnTime, t.Track.FirstPass = w.r.Intn(t.Track.Completed+1), w.r.Intn(t.Track.Completed+1)
	main := w.leaf(-1)
	t.Chains = []string{fmt.Sprintf("chainR%02d", main/townLeaves)}
	own := []int{main}
	for range 1 + w.r.Intn(4) {
		own = append(own, w.leaf(main))
	}
	for _, l := range own {
		t.Domains = append(t.Domains, fit.Level{Tag: leafCode(l), Level: 1 + w.r.Intn(5)})
	}
	for range 2 + w.r.Intn(6) {
		t.Capabilities = append(t.Capabilities, fit.Level{Tag: fmt.Sprintf("k%02d", int(townSkills*w.r.Float64()*w.r.Float64())), Level: 1 + w.r.Intn(5), Verified: w.r.Intn(2) == 0})
	}
	for k := range 1 + w.r.Intn(6) {
		l := own[w.r.Intn(len(own))]
		e := fit.Evidence{ID: fmt.Sprint(t.Code, "-", k), Kind: []string{"patent", "project", "paper"}[w.r.Intn(3)], Title: w.prose(l, 4), Text: w.prose(l, 10),
			Year: 2010 + w.r.Intn(17), Verified: w.r.Intn(2) == 0}
		if w.r.Intn(2) == 0 {
			e.Tags = []string{leafCode(l)}
		}
		t.Evidence = append(t.Evidence, e)
	}
	return t
}

func (w *town) challenge(i int) fit.Challenge {
	main := w.leaf(-1)
	c := fit.Challenge{Code: fmt.Sprintf("C%04d", i), Title: w.prose(main, 3), Text: w.prose(main, 10+w.r.Intn(60)), Owner: gate.Org{Code: "FIRM"},
		Chain: fmt.Sprintf("chainR%02d", main/townLeaves), TRLCurrent: 2 + w.r.Intn(4)}
	c.TRLTarget = c.TRLCurrent + 2
	for range 1 + w.r.Intn(3) {
		c.Domains = append(c.Domains, leafCode(main))
		main = w.leaf(main)
	}
	for k := range 1 + w.r.Intn(4) {
		c.Needs = append(c.Needs, gate.Need{Tag: fmt.Sprintf("k%02d", int(townSkills*w.r.Float64()*w.r.Float64())), Must: k < 2, Min: 1 + w.r.Intn(4)})
	}
	return c
}

// TestFirstStage asks an index for candidates, scores them in full, and compares
// the first ten with scoring everybody.
func TestFirstStage(t *testing.T) {
	t.Parallel()
	const n, asked, candidates = 1500, 25, 150
	w := newTown(11)
	var teams []fit.Team
	for i := range n {
		teams = append(teams, w.team(i))
	}
	m, err := fit.Learn(w.cat, teams[:40], fit.Learning{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	e := engine(w.cat, m)
	ready := map[string]*fit.Prepared{}
	all := make([]*fit.Prepared, n)
	for i, x := range teams {
		all[i] = e.Team(x)
		ready[x.Code] = all[i]
		glanced := e.Glance(x)
		labels, said := e.Entry(all[i])
		if fewer, less := e.Entry(glanced); !slices.Equal(e.Has(glanced), e.Has(all[i])) || !slices.Equal(fewer, labels) || !slices.Equal(less, said) {
			t.Fatalf("%s is another for the first stage when it is only glanced at", x.Code)
		}
	}
	x, err := index.Build(profiles(e, all), nil)
	if err != nil {
		t.Fatal(err)
	}
	found, of := 0, 0
	for i := range asked {
		a := e.Challenge(w.challenge(i))
		hits, err := x.Top(e.Asks(a), candidates, nil)
		if err != nil {
			t.Fatal(err)
		}
		var few []*fit.Prepared
		for _, h := range hits {
			few = append(few, ready[h.Key])
		}
		got, want := e.List(a, few), e.List(a, all)
		for k := range 10 {
			of++
			if slices.ContainsFunc(got[:10], func(l fit.Line) bool { return l.Team == want[k].Team }) {
				found++
			}
		}
	}
	t.Logf("%d of %d of the best ten are found among %d candidates of %d teams", found, of, candidates, n)
	if float64(found) < 0.99*float64(of) {
		t.Errorf("recall of the best ten is %.3f, want 0.99", float64(found)/float64(of))
	}
}

func profiles(e *fit.Engine, list []*fit.Prepared) iter.Seq2[string, []index.Weight] {
	return func(yield func(string, []index.Weight) bool) {
		for i, p := range list {
			if !yield(fmt.Sprintf("T%06d", i), e.Has(p)) {
				return
			}
		}
	}
}
