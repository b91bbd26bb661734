// Package likeness says how alike a text and a team's evidence are, and which words and which evidence make them so.
//
// Nothing is brought along: no dictionary, no pretrained model. All there is to
// know is learned from a pool of texts, in three channels that fail in
// different ways: TF-IDF (the same rare words), a language model (words the
// team would write), and embeddings (words that keep the same company).
package likeness

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"jiebang/matching/text"
)

// Formula names the arithmetic; it is part of every model's version.
const Formula = "likeness v1"

// Options of Train. Seed fixes the random start of the factorisations and the
// reference sample. Progress, if there, hears of every stage.
type Options struct {
	Seed     uint64
	Progress func(stage string, done, total int)
	// Embed, if there, is a fourth channel: one vector for each text, all of
	// one length. Texts read later are embedded by the same function.
	Embed func(texts []string) ([][]float32, error)
}

// Model is what was learned from a pool. It never changes and may be used by
// many at once.
type Model struct {
	version string
	pool    int              // texts
	words   int              // tokens of all texts
	ids     map[string]int32 // token to its number
	terms   []string         // sorted
	df, cf  []int32          // texts with the term, times it occurs
	latin   space
	han     space
	embed   func([]string) ([][]float32, error)
	plugin  bool
	scale   [channels]float64 // standard deviation over the reference pairs
	sample  []float64         // values of the reference pairs, rising
}

// The channels, in the order of Likeness.Channels.
const (
	tfidf = iota
	lm
	embedding
	plugin
	channels
)

var names = [channels]string{"tfidf", "language_model", "embedding", "plugin"}

// Train learns a model from the texts of a pool. The order of the pool and the
// number of cores do not show; a text that is there twice counts once. It takes
// time about linear in the size of the pool. It fails only where Embed does.
func Train(pool []string, o Options) (*Model, error) {
	texts := slices.Clone(pool)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	m := &Model{pool: len(texts), embed: o.Embed, plugin: o.Embed != nil}
	say := o.Progress
	if say == nil {
		say = func(string, int, int) {}
	}
	docs := m.count(texts, say)
	if err := m.learn(texts, docs, o, say); err != nil {
		return nil, err
	}
	m.version = m.digest(texts, o)
	return m, nil
}

// Version is a digest of the formula, the options and the pool: equal versions
// give equal scores.
func (m *Model) Version() string { return m.version }

func (m *Model) digest(texts []string, o Options) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%d %t %d\n", Formula, o.Seed, o.Embed != nil, len(texts))
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s\n", len(t), t)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// count numbers the terms of the pool and gives each text as term numbers in
// order.
func (m *Model) count(texts []string, say func(string, int, int)) [][]int32 {
	first := map[string]int32{}
	var seen []string
	docs := make([][]int32, len(texts))
	for i, t := range texts {
		for _, w := range text.Tokens(t) {
			id, ok := first[w]
			if !ok {
				id = int32(len(seen))
				first[w] = id
				seen = append(seen, w)
			}
			docs[i] = append(docs[i], id)
		}
		if i%1000 == 999 || i == len(texts)-1 {
			say("words", i+1, len(texts))
		}
	}
	m.terms = slices.Sorted(slices.Values(seen))
	m.ids = make(map[string]int32, len(seen))
	for i, w := range m.terms {
		m.ids[w] = int32(i)
	}
	m.df, m.cf = make([]int32, len(m.terms)), make([]int32, len(m.terms))
	last := make([]int32, len(m.terms))
	for i, d := range docs {
		for j, old := range d {
			id := m.ids[seen[old]]
			d[j] = id
			m.cf[id]++
			if last[id] != int32(i+1) {
				last[id] = int32(i + 1)
				m.df[id]++
			}
		}
		m.words += len(d)
	}
	return docs
}

var errLengths = errors.New("likeness: Embed must give one vector for each text, all of one length")
