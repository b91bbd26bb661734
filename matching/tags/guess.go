package tags

import (
	"cmp"
	"math"
	"slices"

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
	sure   sure
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
	g.sure.correct(p, v.tokens)
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
	g.mix, g.sure, err = calibrate(w, x, c, taught, o)
	return w, g, x, err
}

// teach learns the space from the texts of pool, labelled or not, and the rest
// from the rows of x that are named.
func teach(x svd.Matrix, c *corpus, of []int, pool svd.Matrix, o Options) (*guesser, error) {
	g := &guesser{class: c.class, mix: usual, sure: c.usuallySure()}
	s, err := newSpace(pool, o)
	if err != nil {
		return nil, err
	}
	if len(of) < x.Rows {
		x = rows(x, of)
	}
	target := make([]share, len(of))
	for i, j := range of {
		target[i] = c.target[j]
	}
	g.weight, g.mean = ridge(x, target, len(c.class), o)
	g.space = s.centres(x, target, len(c.class))
	return g, nil
}
