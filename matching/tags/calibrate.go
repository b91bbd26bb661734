package tags

import (
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"jiebang/matching/svd"
)

// mix is a = mix[0] + mix[1]·l and b = mix[2] + mix[3]·l, l = ln((tokens+1)/64).
type mix [4]float64

// usual is the mix learned from 1,022 held-out abstracts of the CSL set, 67
// tags; likely is how far another platform's may lie from it. They decide
// where there is little evidence to calibrate on; and so with sure.
var (
	usual  = mix{10.9, 2.0, 0.40, -0.07}
	likely = mix{3, 1, 0.1, 0.05}
)

// sure corrects the probability m of the first tag to the logistic of sure[0] +
// sure[1]·l + (sure[2] + sure[3]·l)·logit(m), and the others in proportion:
// labels that people dispute make the mix too sure at its surest and too unsure
// at its least (Platt 1999, on the top class). It never lets the first fall
// behind the second.
type sure [4]float64

var (
	usuallySure = sure{-0.1, 0, 0.6, 0}
	likelySure  = sure{0.3, 0.2, 0.2, 0.1}
)

// fresh is how much less sure, in logits, labels alone may be than many texts.
// CSL, whose labels are bare names of disciplines, asks for 1.7; a catalogue
// whose synonyms stand in the texts for nothing. It fades with e^−texts a tag.
const fresh = 1.0

func (c *corpus) usuallySure() sure {
	u := usuallySure
	u[0] -= fresh * math.Exp(-float64(len(c.texts)-c.labels)/float64(max(1, len(c.class))))
	return u
}

const certain = 1 - 1e-6

// terms are what the numbers of sure are multiplied by.
func terms(m, l float64) []float64 {
	m = min(m, certain)
	x := math.Log(m / (1 - m))
	return []float64{1, l, x, x * l}
}

func (c sure) correct(p []float64, tokens int) {
	if len(p) < 2 {
		return
	}
	first, second := 0, 0.0
	for k, q := range p {
		if q > p[first] {
			first = k
		}
	}
	for k, q := range p {
		if k != first {
			second = max(second, q)
		}
	}
	m := min(p[first], certain)
	rest := second / (1 - m) // of what the others have
	to := max(logistic(dot(c[:], terms(m, length(tokens)))), rest/(1+rest))
	for k := range p {
		p[k] *= (1 - to) / (1 - m)
	}
	p[first] = to
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func (x mix) at(tokens int) (a, b float64) {
	l := length(tokens)
	return max(0, x[0]+x[1]*l), max(0, x[2]+x[3]*l)
}

// length is clamped to what can be calibrated.
func length(tokens int) float64 {
	return math.Log(float64(min(max(tokens, 8), 1000)+1) / 64)
}

const (
	calibrateOn = 8000 // texts at most
	folds       = 8
	enoughHeld  = 300 // texts: so many folds are held back in turn as have them
)

// calibrate finds the most likely mix on texts held back from the training,
// and then how sure that mix may be. Each text is read whole and by one sentence.
func calibrate(w *words, x svd.Matrix, c *corpus, taught []int, o Options) (mix, sure, error) {
	fold := split(c, taught)
	labels := taught[len(taught)-c.labels:]
	var seen []observation
	for f, held := range fold {
		if len(held) == 0 || len(seen) >= 2*enoughHeld {
			continue
		}
		rest := slices.Concat(slices.Concat(fold[:f]...), slices.Concat(fold[f+1:]...), labels)
		slices.Sort(rest)
		// The trial learns a space of its own: one that has seen the held texts
		// places them better than it will a new one.
		trial, err := teach(x, c, rest, rows(x, rest), Options{Seed: o.Seed})
		if err != nil {
			return usual, c.usuallySure(), err
		}
		seen = append(seen, trial.observe(w, c, held)...)
		o.report("calibrate", f+1, len(fold))
	}
	m := likeliest(seen)
	return m, surest(seen, m, c.usuallySure()), nil
}

// split deals the texts into folds by a hash of their words, so that copies of
// a text stay together; the labels of tags are never held back.
func split(c *corpus, taught []int) [folds][]int {
	var out [folds][]int
	n := len(taught) - c.labels
	some := min(n, calibrateOn)
	for i := range some {
		j := taught[i*n/some]
		f := mark(c.texts[j]) % folds
		out[f] = append(out[f], j)
	}
	return out
}

// mark is a number that only the words of the text decide.
func mark(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

func (g *guesser) observe(w *words, c *corpus, held []int) []observation {
	var out []observation
	for _, j := range held {
		s := c.texts[j]
		for _, s := range []string{s, sentence(s)} {
			if v := w.read(s); v.tokens > 0 {
				out = append(out, observation{length: length(v.tokens), ridge: g.ridge(v), space: g.space.score(v), target: c.target[j]})
			}
		}
	}
	return out
}

// likeliest is the mix under which what was seen is most likely.
func likeliest(seen []observation) mix {
	return mix(minimise(usual[:], likely[:], func(x []float64) (value float64, slope []float64, bend [][]float64) {
		slope, bend = make([]float64, 4), square(4)
		for _, s := range seen {
			value += s.cost(mix(x), slope, bend)
		}
		return value, slope, bend
	}))
}

// surest is how sure the mix may be of its first tag: a logistic regression.
func surest(seen []observation, m mix, usual sure) sure {
	var by [][]float64
	var right []float64
	for _, s := range seen {
		p := s.probabilities(m)
		first := slices.Index(p, slices.Max(p))
		r := 0.0
		for i, k := range s.target.class {
			if int(k) == first {
				r = s.target.part[i]
			}
		}
		by, right = append(by, terms(p[first], s.length)), append(right, r)
	}
	return sure(minimise(usual[:], likelySure[:], func(u []float64) (value float64, slope []float64, bend [][]float64) {
		slope, bend = make([]float64, len(u)), square(len(u))
		for i, x := range by {
			z := dot(u, x)
			q := logistic(z)
			value += right[i]*math.Log1p(math.Exp(-z)) + (1-right[i])*math.Log1p(math.Exp(z))
			for a := range u {
				slope[a] += (q - right[i]) * x[a]
				for b := range u {
					bend[a][b] += q * (1 - q) * x[a] * x[b]
				}
			}
		}
		return value, slope, bend
	}))
}

// observation is a held text as the two classifiers score it.
type observation struct {
	length       float64
	ridge, space []float64
	target       share
}

func (s observation) probabilities(m mix) []float64 {
	p := make([]float64, len(s.ridge))
	for k := range p {
		p[k] = (m[0]+m[1]*s.length)*s.ridge[k] + (m[2]+m[3]*s.length)*s.space[k]
	}
	softmax(p)
	return p
}

// cost is −ln P of the target at m; it adds its gradient and Hessian.
func (s observation) cost(m mix, slope []float64, bend [][]float64) float64 {
	var r, e, rr, re, ee, value float64
	p := s.probabilities(m)
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
		value -= s.target.part[i] * math.Log(max(p[k], 1e-300))
	}
	cov := [2][2]float64{{rr - r*r, re - r*e}, {re - r*e, ee - e*e}}
	scale := [2]float64{1, s.length}
	for i := range slope {
		slope[i] += by[i/2] * scale[i%2]
		for j := range slope {
			bend[i][j] += cov[i/2][j/2] * scale[i%2] * scale[j%2]
		}
	}
	return value
}

// sentence is one sentence of at least ten characters, chosen by the mark of
// the text; the text itself where there is none.
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
	return long[int(mark(s)>>3)%len(long)]
}
