package tags

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"jiebang/matching/svd"
)

// Guess is a tag that a text may be about, and the probability that it is.
type Guess struct {
	Code string
	P    float64
}

// faint guesses are left out.
const faint = 1e-4

// Guess tells how likely the text, in Chinese or English, is about each tag:
// falling, all but the faintest, together at most 1. The probabilities are
// calibrated on evidence held back in the training, for long and short texts
// alike; they share out one text among the tags, so that a text equally about
// two of them gives each a half. A text without a word the model knows gives
// no guess. The tags that can be guessed are those that evidence carries or
// that have a label, except roots with children that no evidence carries.
//
// O(tokens · tags).
func (m *Model) Guess(text string) []Guess {
	v := m.words.read(text)
	if v.tokens == 0 || len(m.guess.class) == 0 {
		return nil
	}
	p := m.guess.probabilities(v)
	var out []Guess
	for k, x := range m.guess.class {
		if p[k] >= faint {
			out = append(out, Guess{Code: m.tree.tags[x].Code, P: p[k]})
		}
	}
	slices.SortStableFunc(out, func(a, b Guess) int { return cmp.Compare(b.P, a.P) })
	return out
}

// guesser is two classifiers, P ∝ exp(a·ridge + b·space). The ridge knows the
// exact words and is best on long texts, the space knows their company and is
// best on short ones; so a and b are linear in ln of the tokens.
type guesser struct {
	class  []int32   // tags, ascending
	weight []float32 // of the ridge, one for each class, by word
	mean   []float64
	space  *space
	mix    mix
}

// mix is a = mix[0] + mix[1]·l and b = mix[2] + mix[3]·l, l = ln((tokens+1)/64).
type mix [4]float64

// usual is the mix learned from 1,022 held-out abstracts of the CSL set, 67
// tags; likely is how far another platform's may lie from it. They decide
// where there is little evidence to calibrate on.
var (
	usual  = mix{10.9, 2.0, 0.40, -0.07}
	likely = mix{3, 1, 0.1, 0.05}
)

func (x mix) at(tokens int) (a, b float64) {
	l := length(tokens)
	return max(0, x[0]+x[1]*l), max(0, x[2]+x[3]*l)
}

// length is clamped to what can be calibrated.
func length(tokens int) float64 {
	return math.Log(float64(min(max(tokens, 8), 1000)+1) / 64)
}

func (g *guesser) ridge(v vector) []float64 {
	out := slices.Clone(g.mean)
	for i, w := range v.word {
		for k, u := range g.weight[int(w)*len(out):][:len(out)] {
			out[k] += v.x[i] * float64(u)
		}
	}
	return out
}

func (g *guesser) probabilities(v vector) []float64 {
	a, b := g.mix.at(v.tokens)
	p, s := g.ridge(v), g.space.score(v)
	for k := range p {
		p[k] = a*p[k] + b*s[k]
	}
	softmax(p)
	return p
}

func softmax(p []float64) {
	top, sum := slices.Max(p), 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
}

// share is how a text is divided among the classes; the parts add up to 1, or
// there are none.
type share struct {
	class []int32
	part  []float64
}

// corpus is what the reading parts are trained on: the evidence texts, then
// the labels of the tags as texts of their own, Chinese and English apart.
type corpus struct {
	class  []int32
	texts  []string
	target []share
	labels int // the last so many texts
}

func newCorpus(t *tree, texts []labelled) *corpus {
	c := &corpus{}
	of := map[int32]int32{}
	for x := range t.tags {
		if t.own[x] > 0 || !t.general(int32(x)) && len(t.labels(int32(x))) > 0 {
			of[int32(x)] = int32(len(c.class))
			c.class = append(c.class, int32(x))
		}
	}
	for _, e := range texts {
		s := share{}
		for _, x := range e.tags {
			s.class, s.part = append(s.class, of[x]), append(s.part, 1/float64(len(e.tags)))
		}
		c.texts, c.target = append(c.texts, e.text), append(c.target, s)
	}
	for k, x := range c.class {
		han, latin := "", ""
		for _, w := range t.labels(x) {
			if chinese(w) {
				han += w + "。"
			} else {
				latin += w + ". "
			}
		}
		for _, s := range []string{han, latin} {
			if s != "" {
				c.texts, c.target = append(c.texts, s), append(c.target, share{class: []int32{int32(k)}, part: []float64{1}})
				c.labels++
			}
		}
	}
	return c
}

// learn trains the words and the two classifiers.
func learn(c *corpus, o Options) (*words, *guesser, svd.Matrix, error) {
	n := len(c.texts) - c.labels
	w := choose(c.texts[:n], c.texts[n:], len(c.class), o)
	x := w.matrix(c.texts, o)
	var taught []int
	for i, t := range c.target {
		if len(t.class) > 0 {
			taught = append(taught, i)
		}
	}
	g, err := teach(x, c, taught, x, o)
	if err != nil {
		return nil, nil, x, err
	}
	taught, held := halves(c, taught)
	if len(held) == 0 {
		return w, g, x, nil
	}
	// The trial learns a space of its own: one that has seen the held texts
	// places them better than it will a new one.
	trial, err := teach(x, c, taught, rows(x, taught), Options{Seed: o.Seed})
	if err != nil {
		return nil, nil, x, err
	}
	g.mix = trial.calibrate(w, c, held, o)
	return w, g, x, nil
}

// teach learns the space from the texts of pool, labelled or not, and the rest
// from the rows of x that are named.
func teach(x svd.Matrix, c *corpus, of []int, pool svd.Matrix, o Options) (*guesser, error) {
	g := &guesser{class: c.class, mix: usual}
	s, err := newSpace(pool, o)
	if err != nil {
		return nil, err
	}
	x = rows(x, of)
	target := make([]share, len(of))
	for i, j := range of {
		target[i] = c.target[j]
	}
	g.weight, g.mean = ridge(x, target, len(c.class), o)
	g.space = s.centres(x, target, len(c.class))
	return g, nil
}

const calibrateOn = 8000 // texts taught and held back

// halves holds every eighth text back, by a hash of its words, so that copies
// of a text stay together; labels are always taught.
func halves(c *corpus, of []int) (taught, held []int) {
	n := len(of) - c.labels
	some := min(n, calibrateOn)
	for i := range some {
		j := of[i*n/some]
		h := fnv.New32a()
		h.Write([]byte(c.texts[j]))
		if h.Sum32()%8 == 0 {
			held = append(held, j)
		} else {
			taught = append(taught, j)
		}
	}
	return append(taught, of[n:]...), held
}

// calibrate finds the most likely mix on the held texts, each read once whole
// and once as a single sentence. It is a concave function of four numbers,
// climbed by Newton's method.
func (g *guesser) calibrate(w *words, c *corpus, held []int, o Options) mix {
	var seen []observation
	for i, j := range held {
		for _, s := range []string{c.texts[j], sentence(c.texts[j])} {
			v := w.read(s)
			if v.tokens == 0 {
				continue
			}
			seen = append(seen, observation{length: length(v.tokens), ridge: g.ridge(v), space: g.space.score(v), target: c.target[j]})
		}
		o.report("calibrate", i+1, len(held))
	}
	m := usual
	for range 12 {
		slope, bend := [4]float64{}, [4][4]float64{}
		for _, s := range seen {
			s.add(m, &slope, &bend)
		}
		for i := range m {
			slope[i] += (m[i] - usual[i]) / (likely[i] * likely[i])
			bend[i][i] += 1 / (likely[i] * likely[i])
		}
		for i, d := range solve4(bend, slope) {
			m[i] -= d
		}
	}
	return m
}

type observation struct {
	length       float64
	ridge, space []float64
	target       share
}

// add the gradient and the Hessian of −ln P of the observation at m.
func (s observation) add(m mix, slope *[4]float64, bend *[4][4]float64) {
	p := make([]float64, len(s.ridge))
	for k := range p {
		p[k] = (m[0]+m[1]*s.length)*s.ridge[k] + (m[2]+m[3]*s.length)*s.space[k]
	}
	softmax(p)
	var r, e, rr, re, ee float64
	for k, q := range p {
		r += q * s.ridge[k]
		e += q * s.space[k]
		rr += q * s.ridge[k] * s.ridge[k]
		re += q * s.ridge[k] * s.space[k]
		ee += q * s.space[k] * s.space[k]
	}
	by := [2]float64{r, e}
	for i, k := range s.target.class {
		by[0] -= s.target.part[i] * s.ridge[k]
		by[1] -= s.target.part[i] * s.space[k]
	}
	cov := [2][2]float64{{rr - r*r, re - r*e}, {re - r*e, ee - e*e}}
	scale := [2]float64{1, s.length}
	for i := range 4 {
		slope[i] += by[i/2] * scale[i%2]
		for j := range 4 {
			bend[i][j] += cov[i/2][j/2] * scale[i%2] * scale[j%2]
		}
	}
}

// solve4 solves a·x = b for a positive definite a, by elimination.
func solve4(a [4][4]float64, b [4]float64) [4]float64 {
	for i := range 4 {
		for j := i + 1; j < 4; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < 4; k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := 3; i >= 0; i-- {
		for k := i + 1; k < 4; k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}

// sentence is one sentence of at least ten characters, chosen by a hash of the
// text; the text itself where there is none.
func sentence(s string) string {
	var long []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("。；！？.;!?\n", r) }) {
		if utf8.RuneCountInString(p) >= 10 {
			long = append(long, p)
		}
	}
	if len(long) == 0 {
		return s
	}
	h := fnv.New32a()
	h.Write([]byte(s))
	return long[int(h.Sum32()>>2)%len(long)]
}
