package tags_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/tags"
)

// planted is a tree of roots and leaves in which each leaf has words of its
// own, each root words for all its leaves, and all texts have common words. A
// share of the labels is wrong.
type planted struct {
	r            *rand.Rand
	tree         []tags.Tag
	leaf         []string
	own, of, all [][]string
	wrong        float64
}

func plant(seed uint64, roots, leaves int, wrong float64) *planted {
	p := &planted{r: rand.New(rand.NewPCG(seed, 1)), wrong: wrong}
	word := func() string { return string([]rune{rune(0x4e00 + p.r.IntN(3000)), rune(0x4e00 + p.r.IntN(3000))}) }
	list := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = word()
		}
		return out
	}
	common := list(60)
	for i := range roots {
		root := fmt.Sprintf("R%02d", i)
		p.tree = append(p.tree, tags.Tag{Code: root, Name: word(), NameEn: "Root " + root})
		shared := list(12)
		for j := range leaves {
			code := fmt.Sprintf("%s.%02d", root, j)
			own := list(25)
			p.tree = append(p.tree, tags.Tag{Code: code, Parent: root, Name: own[0] + own[1],
				NameEn: fmt.Sprintf("Leaf bo%ctar%cor", 'b'+i, 'b'+j), Synonyms: []string{own[2] + own[3]}})
			p.leaf, p.own, p.of, p.all = append(p.leaf, code), append(p.own, own), append(p.of, shared), append(p.all, common)
		}
	}
	return p
}

// text of n words about leaf k.
func (p *planted) text(k, n int) string {
	var b strings.Builder
	for i := range n {
		from := p.all[k]
		switch u := p.r.Float64(); {
		case u < 0.12:
			from = p.own[k]
		case u < 0.22:
			from = p.of[k]
		}
		b.WriteString(from[p.r.IntN(len(from))])
		b.WriteString([]string{" ", " ", "，", " ", " ", " ", "，", "。"}[i%8])
	}
	return b.String()
}

func (p *planted) evidence(n, words int) []tags.Labelled {
	out := make([]tags.Labelled, n)
	for i := range out {
		k := p.r.IntN(len(p.leaf))
		out[i].Text = p.text(k, words)
		if p.r.Float64() < p.wrong {
			k = p.r.IntN(len(p.leaf))
		}
		out[i].Tags = []string{p.leaf[k]}
	}
	return out
}

func (p *planted) train(t testing.TB, evidence []tags.Labelled) *tags.Model {
	t.Helper()
	m, err := tags.Train(p.tree, evidence, tags.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func save(t testing.TB, m *tags.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCalibrated holds the probabilities to their word on texts the model has
// not seen, long and short, with a fifth of all labels wrong.
func TestCalibrated(t *testing.T) {
	t.Parallel()
	p := plant(3, 4, 5, 0.2)
	e := p.evidence(800, 24)
	m := p.train(t, e)
	const asked = 4000 // of fewer, chance alone makes an error of some hundredths
	for _, words := range []int{24, 8} {
		said, right, off, hits := 0.0, 0.0, 0.0, 0.0
		var bin [5][2]float64
		for range asked {
			k := p.r.IntN(len(p.leaf))
			s := p.text(k, words)
			if p.r.Float64() < p.wrong {
				k = p.r.IntN(len(p.leaf))
			}
			g := m.Guess(s)[0]
			b := &bin[min(4, int(g.P*5))]
			b[0] += g.P
			said += g.P
			if g.Code == p.leaf[k] {
				b[1]++
				hits++
			}
		}
		for _, b := range bin {
			off += max(b[0]-b[1], b[1]-b[0]) / asked
		}
		right = hits / asked
		if off > 0.1 || right < 0.35 {
			t.Errorf("%d words: expected calibration error %.3f, says %.3f, right %.3f", words, off, said/asked, right)
		}
	}
}

// TestOrderDoesNotShow trains from shuffled input, on one core and on several.
func TestOrderDoesNotShow(t *testing.T) {
	t.Parallel()
	p := plant(4, 3, 3, 0)
	e := p.evidence(60, 20)
	e[3].Tags = append(e[3].Tags, e[4].Tags...)
	e[5].Tags = nil
	e = append(e, e[0])
	m := p.train(t, e)
	want := save(t, m)
	for range 3 {
		p.r.Shuffle(len(e), func(i, j int) { e[i], e[j] = e[j], e[i] })
		p.r.Shuffle(len(p.tree), func(i, j int) { p.tree[i], p.tree[j] = p.tree[j], p.tree[i] })
		for i := range e {
			e[i].Tags = slices.Clone(e[i].Tags)
			slices.Reverse(e[i].Tags)
		}
		o := p.train(t, e)
		if !bytes.Equal(save(t, o), want) || o.Version() != m.Version() {
			t.Fatal("the order of the input shows in the model")
		}
	}
	e[7].Text += "轴"
	if o := p.train(t, e); o.Version() == m.Version() {
		t.Error("other evidence, but the same version")
	}
	if o, _ := tags.Train(p.tree, e, tags.Options{Seed: 1}); o.Version() == p.train(t, e).Version() {
		t.Error("another seed, but the same version")
	}
}

// TestMultipleTags plants texts that carry two tags each.
func TestMultipleTags(t *testing.T) {
	t.Parallel()
	p := plant(5, 2, 4, 0)
	var e []tags.Labelled
	for i := range 200 {
		k := i % len(p.leaf)
		j := (k + 1) % len(p.leaf)
		e = append(e, tags.Labelled{Text: p.text(k, 15) + p.text(j, 15), Tags: []string{p.leaf[k], p.leaf[j], p.leaf[k]}})
	}
	m := p.train(t, e)
	both := 0
	for i := range 40 {
		k := i % len(p.leaf)
		j := (k + 1) % len(p.leaf)
		g := m.Guess(p.text(k, 20) + p.text(j, 20))
		if first := []string{g[0].Code, g[1].Code}; slices.Contains(first, p.leaf[k]) && slices.Contains(first, p.leaf[j]) {
			both++
		}
	}
	if both < 24 {
		t.Errorf("both tags lead in only %d of 40 texts", both)
	}
	if a, b := m.Similarity(p.leaf[0], p.leaf[1]), m.Similarity(p.leaf[0], p.leaf[3]); a <= b {
		t.Errorf("tags that share texts are no more alike (%.3f) than those that do not (%.3f)", a, b)
	}
}

// TestSimilarity holds the bounds, and the way from the tree to the texts.
func TestSimilarity(t *testing.T) {
	t.Parallel()
	p := plant(6, 3, 4, 0)
	e := p.evidence(240, 30)
	lin := func(m *tags.Model, x, y, root string) float64 {
		return 2 * m.Information(root) / (m.Information(x) + m.Information(y))
	}
	x, y := p.leaf[0], p.leaf[1]
	last := -1.0
	for _, n := range []int{0, 1, 3, 9} { // copies teach nothing new, but make it surer
		m := p.train(t, slices.Repeat(e[:40], n))
		for _, a := range p.tree {
			for _, b := range p.tree {
				s := m.Similarity(a.Code, b.Code)
				if s < 0 || s > 1 || s != m.Similarity(b.Code, a.Code) || (s == 1) != (a.Code == b.Code) {
					t.Fatalf("%d copies: similarity of %s and %s is %v", n, a.Code, b.Code, s)
				}
			}
			if a.Parent != "" && m.Information(a.Code) <= m.Information(a.Parent) {
				t.Errorf("%s says no more than its parent", a.Code)
			}
		}
		d := m.Similarity(x, y) - lin(m, x, y, "R00")
		if d = max(d, -d); n == 0 && d > 1e-12 || d < last-0.01 {
			t.Errorf("%d copies: %.3f away from the tree, %.3f before", n, d, last)
		}
		last = d
	}
	m := p.train(t, e)
	if a, b := m.Similarity(x, y), m.Similarity(x, p.leaf[8]); a <= b {
		t.Errorf("leaves that share words are no more alike (%.3f) than others (%.3f)", a, b)
	}
	if m.Similarity(x, "none") != 0 || m.Similarity("none", "none") != 0 || m.Information("none") != 0 {
		t.Error("an unknown code says something")
	}
}

// TestFewTexts is a platform on its first days: the labels must do.
func TestFewTexts(t *testing.T) {
	t.Parallel()
	p := plant(7, 4, 4, 0)
	for n := range 4 {
		var e []tags.Labelled
		for k := range p.leaf {
			for range n {
				e = append(e, tags.Labelled{Text: p.text(k, 24), Tags: []string{p.leaf[k]}})
			}
		}
		m := p.train(t, e)
		for k, code := range p.leaf {
			g := p.tree[slices.IndexFunc(p.tree, func(g tags.Tag) bool { return g.Code == code })]
			for _, s := range []string{g.Name, "the " + strings.ToLower(g.NameEn) + "s", p.all[k][0] + g.Synonyms[0] + p.all[k][1]} {
				if got := m.Guess(s); got[0].Code != code {
					t.Errorf("%d texts a tag: %q is guessed to be %s instead of %s", n, s, got[0].Code, code)
				}
				if got := m.Propose(s); got[0].Code != code || got[0].Confidence < 0.6 || !strings.Contains(s, got[0].Because[0]) {
					t.Errorf("%d texts a tag: the proposal for %q is %+v", n, s, got[0])
				}
			}
		}
		if got := m.Guess("一言以蔽之 zzz"); n == 0 && got != nil {
			t.Errorf("a guess without a known word: %v", got)
		}
	}
}

// TestBecause finds the planted words among the reasons.
func TestBecause(t *testing.T) {
	t.Parallel()
	p := plant(8, 3, 3, 0)
	m := p.train(t, p.evidence(400, 30))
	hits := 0
	for k, code := range p.leaf {
		special := p.own[k][10] + p.own[k][11]
		s := p.all[k][0] + "，" + special + "，" + p.all[k][5] + p.all[k][6]
		got := m.Propose(s)
		if got[0].Code != code {
			continue
		}
		if len(got[0].Because) > 0 && strings.Contains(special, got[0].Because[0]) {
			hits++
		}
	}
	if hits < 8 {
		t.Errorf("the planted words lead the reasons in %d of 9 texts", hits)
	}
}

// TestTrustIsLearned plants a label that is mostly wrong.
func TestTrustIsLearned(t *testing.T) {
	t.Parallel()
	tree := []tags.Tag{{Code: "a", Name: "水产"}, {Code: "b", Name: "机械加工"}}
	var e []tags.Labelled
	for i := range 10 {
		e = append(e, tags.Labelled{Text: fmt.Sprintf("用水产生蒸汽 机械加工 %d", i), Tags: []string{"b"}})
	}
	m, err := tags.Train(tree, e, tags.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := m.Propose("水产 机械加工 养殖")
	if len(got) != 2 || got[0].Code != "b" || got[0].Confidence < 0.9 || got[1].Confidence > 0.5 {
		t.Errorf("%+v", got)
	}
}
