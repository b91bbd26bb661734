package tags

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jiebang/matching/text"
)

// vocabulary numbers the words that two texts or more have, the most frequent
// first where there are more than the cap.
type vocabulary struct {
	index map[string]int32
	words []string
	idf   []float64
}

const wordsAtMost = 200_000

// bag is a text as ascending word numbers and their counts.
type bag struct {
	word  []int32
	count []float64
}

func newVocabulary(tokens [][]string, least int) *vocabulary {
	df := map[string]int{}
	for _, ts := range tokens {
		for t := range text.Counts(ts) {
			df[t]++
		}
	}
	v := &vocabulary{index: map[string]int32{}}
	for t, n := range df {
		if n >= least {
			v.words = append(v.words, t)
		}
	}
	slices.SortFunc(v.words, func(a, b string) int { return cmp.Or(df[b]-df[a], strings.Compare(a, b)) })
	v.words = v.words[:min(len(v.words), wordsAtMost)]
	slices.Sort(v.words)
	for i, t := range v.words {
		v.index[t] = int32(i)
		v.idf = append(v.idf, 1+math.Log(float64(len(tokens)+1)/float64(df[t]+1)))
	}
	return v
}

func (v *vocabulary) bag(tokens []string) bag {
	var ids []int32
	for _, t := range tokens {
		if i, ok := v.index[t]; ok {
			ids = append(ids, i)
		}
	}
	slices.Sort(ids)
	var b bag
	for i, w := range ids {
		if i == 0 || ids[i-1] != w {
			b.word, b.count = append(b.word, w), append(b.count, 0)
		}
		b.count[len(b.count)-1]++
	}
	return b
}

// unit is the unit TF-IDF vector of the bag, (1+ln tf)·idf.
func (v *vocabulary) unit(b bag) []float64 {
	out, sum := make([]float64, len(b.word)), 0.0
	for i, w := range b.word {
		out[i] = (1 + math.Log(b.count[i])) * v.idf[w]
		sum += out[i] * out[i]
	}
	for i := range out {
		out[i] /= math.Sqrt(sum)
	}
	return out
}

// learn trains what reads the words of the texts.
func learn(t *tree, texts []labelled, o Options) (*vocabulary, *classifier, *likeness) {
	tokens := make([][]string, 0, len(texts)+len(t.tags))
	for i, e := range texts {
		tokens = append(tokens, text.Tokens(e.text))
		o.report("read", i+1, len(texts))
	}
	for x, g := range t.tags {
		_ = x
		tokens = append(tokens, text.Tokens(strings.Join(append([]string{g.Name, g.NameEn}, g.Synonyms...), ". ")))
	}
	v := newVocabulary(tokens, 1)
	bags := make([]bag, len(tokens))
	for i, ts := range tokens {
		bags[i] = v.bag(ts)
	}
	return v, newClassifier(t, texts, v, bags), newLikeness(t, texts, v, bags)
}

// classifier is multinomial naive Bayes with Jelinek-Mercer smoothing.
type classifier struct {
	class []int32
	prior []float64
	gain  [][]float64 // [class][word] ln(1 + …)
}

func newClassifier(t *tree, texts []labelled, v *vocabulary, bags []bag) *classifier {
	c := &classifier{}
	n := len(v.words)
	all := make([]float64, n)
	total := 0.0
	for _, b := range bags {
		for i, w := range b.word {
			all[w] += b.count[i]
			total += b.count[i]
		}
	}
	for x := range t.tags {
		if t.own[x] == 0 && t.parent[x] < 0 && t.inner[x] {
			continue
		}
		in, sum := make([]float64, n), 0.0
		for i, b := range bags {
			if i < len(texts) && slices.Contains(texts[i].tags, int32(x)) || i == len(texts)+x {
				for k, w := range b.word {
					in[w] += b.count[k]
					sum += b.count[k]
				}
			}
		}
		for w := range in {
			p := all[w] / total
			in[w] = math.Log1p(0.3 * in[w] / max(sum, 1) / (0.7 * p))
		}
		c.class = append(c.class, int32(x))
		c.prior = append(c.prior, math.Log(float64(t.own[x]+1)))
		c.gain = append(c.gain, in)
	}
	return c
}

// Guess is how sure the model is that the text is about a tag.
type Guess struct {
	Code string
	P    float64
}

// Guess are the tags the text is about with their probabilities, falling.
func (m *Model) Guess(s string) []Guess {
	b := m.words.bag(text.Tokens(s))
	if len(b.word) == 0 {
		return nil
	}
	out := make([]Guess, len(m.guess.class))
	score, top := make([]float64, len(out)), math.Inf(-1)
	words := 0.0
	for _, n := range b.count {
		words += n
	}
	for k, x := range m.guess.class {
		out[k].Code = m.tree.tags[x].Code
		for i, w := range b.word {
			score[k] += b.count[i] * m.guess.gain[k][w]
		}
		score[k] = score[k]/math.Sqrt(words) + m.guess.prior[k]
		top = max(top, score[k])
	}
	sum := 0.0
	for k := range out {
		out[k].P = math.Exp(score[k] - top)
		sum += out[k].P
	}
	for k := range out {
		out[k].P /= sum
	}
	slices.SortStableFunc(out, func(a, b Guess) int { return cmp.Compare(b.P, a.P) })
	return out
}

// likeness holds what the evidence says of every pair of tags.
type likeness struct {
	cos [][]float64
}

func newLikeness(t *tree, texts []labelled, v *vocabulary, bags []bag) *likeness {
	n, d := len(t.tags), len(v.words)
	mean := make([]float64, d)
	mu := make([][]float64, n)
	for x := range mu {
		mu[x] = make([]float64, d)
	}
	for i, e := range texts {
		u := v.unit(bags[i])
		for k, w := range bags[i].word {
			mean[w] += u[k] / float64(len(texts))
		}
		var in []int32
		for _, x := range e.tags {
			in = append(in, t.up(x)...)
		}
		slices.Sort(in)
		for _, x := range slices.Compact(in) {
			for k, w := range bags[i].word {
				mu[x][w] += u[k] / float64(t.below[x])
			}
		}
	}
	for x := range mu {
		sum := 0.0
		for w := range mu[x] {
			if t.below[x] > 0 {
				mu[x][w] -= mean[w]
			}
			sum += mu[x][w] * mu[x][w]
		}
		for w := range mu[x] {
			mu[x][w] /= math.Sqrt(max(sum, 1e-12))
		}
	}
	l := &likeness{cos: make([][]float64, n)}
	for x := range mu {
		l.cos[x] = make([]float64, n)
		for y := range x {
			for w := range mu[x] {
				l.cos[x][y] += mu[x][w] * mu[y][w]
			}
			l.cos[y][x] = l.cos[x][y]
		}
	}
	return l
}

// Similarity of two tags, symmetric, 0 to 1: 1 for a tag and itself, else
// b·Lin + (1−b)·max(0, cosine of the centred centroids of their evidence), b =
// n0/(n0 + the texts of the one that has fewer). A code that is not in the
// tree is like none: 0.
func (m *Model) Similarity(x, y string) float64 {
	i, ok := m.tree.index[x]
	j, also := m.tree.index[y]
	switch {
	case !ok || !also:
		return 0
	case i == j:
		return 1
	}
	const n0 = 5
	b := n0 / (n0 + float64(min(m.tree.below[i], m.tree.below[j])))
	return b*m.tree.lin(i, j) + (1-b)*max(0, m.alike.cos[i][j])
}
