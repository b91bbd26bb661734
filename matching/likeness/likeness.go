// Package likeness says how alike a text and a team's evidence are, and which words and which evidence make them so.
//
// Nothing is brought along: no dictionary, no pretrained model. All there is to
// know is learned from a pool of texts, in channels that fail in different
// ways: a language model (words the team would write), TF-IDF (the same rare
// words), and two embeddings (words of the same texts, and words that keep the
// same company). Every text of evidence is smoothed by the texts of the pool
// that are most like it, so that it is also found by words it might have used.
//
// docs/matching.md tells what was tried, and what each choice gained or cost.
package likeness

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Formula names the arithmetic; it is part of every model's version.
const Formula = "likeness v3"

// The constants of the formula. docs/matching.md has the measurements.
const (
	background = 0.5 // λ: share of the pool in a team's language model
	borrowed   = 0.5 // β: share of its neighbours in a text's language model, and their weight beside it elsewhere
	neighbours = 30  // texts of the library that smooth a text
	nothing    = 1.0 // κ: imagined evidence that is like nothing, in all means but the language model's

	windowWidth = 8    // words on each side that keep a word company
	windowPower = 0.75 // flattens the chance of company

	evenness = 10.0 // what is added to each direction's share of the differences between texts, in means of all directions

	// The library is at most so large, so that what is learned and looked up
	// costs no more in a pool of millions.
	libraryTexts = 10_000
	libraryWords = 2_000_000
)

// Each embedding is taken at several ranks at once, and counts as their mean: the
// best rank is another one in each pool, and what a single one owes to chance
// the others do not share.
var (
	documentRanks = [...]int{50, 100, 200, 400}
	windowRanks   = [...]int{50, 100, 200}
)

// spaces are the document embeddings, then the window embeddings.
const spaces = len(documentRanks) + len(windowRanks)

// Options of Train. Seed fixes the random start of the factorisations. Progress,
// if there, hears of every stage.
type Options struct {
	Seed     uint64
	Progress func(stage string, done, total int)
	// Embed, if there, is one more channel: one vector for each text, all of
	// one length. Texts read later are embedded by the same function.
	Embed func(texts []string) ([][]float32, error)
}

// Model is what was learned from a pool. It never changes and may be used by
// many at once.
type Model struct {
	version string
	words   vocabulary
	spaces  [spaces]space
	library library
	embed   func([]string) ([][]float32, error)
	plugin  bool
	scale   [channels]float64 // standard deviation over the reference pairs
	sample  []float64         // values of the reference pairs, rising
}

// What is measured of a comparison; each space by itself.
const (
	language = iota
	tfidf
	plugin
	embedded // the first of the spaces
	channels = embedded + spaces
)

// share of each, in standard deviations.
var share = func() (of [channels]float64) {
	of[language], of[tfidf], of[plugin] = 2.2, 2./3, 2
	for s := range spaces {
		if s < len(documentRanks) {
			of[embedded+s] = 2. / 3 / float64(len(documentRanks))
		} else {
			of[embedded+s] = 1 / float64(len(windowRanks))
		}
	}
	return of
}()

// Train learns a model from the texts of a pool. The order of the pool and the
// number of cores do not show; a text that is there twice counts once. It takes
// time linear in the size of the pool: all words are counted, and the rest is
// learned from a library of at most 10,000 of its texts (2,000,000 words),
// chosen by their digests. It fails only where Embed does.
func Train(pool []string, o Options) (*Model, error) {
	texts := slices.Clone(pool)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	say := o.Progress
	if say == nil {
		say = func(string, int, int) {}
	}
	m := &Model{embed: o.Embed, plugin: o.Embed != nil, version: digest(texts, o)}
	var tokens [][]int32
	m.words, tokens = count(texts, say)
	chosen := choose(texts, tokens)
	rows := make([][]int32, len(chosen))
	for i, at := range chosen {
		rows[i] = tokens[at]
	}
	if err := m.learn(rows, o.Seed, say); err != nil {
		return nil, err
	}
	docs := m.shelve(texts, chosen, say)
	if err := m.ask(texts, chosen, docs); err != nil {
		return nil, err
	}
	m.measure(docs, say)
	return m, nil
}

// Version is a digest of the formula, the options and the pool: equal versions
// give equal scores.
func (m *Model) Version() string { return m.version }

// Attach gives a loaded model its Embed function back; without it the channel
// of a model trained with one counts as nothing alike.
func (m *Model) Attach(embed func(texts []string) ([][]float32, error)) *Model {
	out := *m
	out.embed = embed
	return &out
}

func digest(texts []string, o Options) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%d %t %d\n", Formula, o.Seed, o.Embed != nil, len(texts))
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s\n", len(t), t)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// choose picks the library: all texts where they are few, else those with the
// smallest digests, so that a text stays chosen while the pool grows around it.
func choose(texts []string, tokens [][]int32) []int {
	type key struct {
		digest uint64
		at     int
	}
	keys := make([]key, len(texts))
	for i, t := range texts {
		keys[i] = key{fingerprint(t), i}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.at, b.at)) })
	var out []int
	words := 0
	for _, k := range keys {
		words += len(tokens[k.at])
		if len(out) == libraryTexts || words > libraryWords && len(out) > 0 {
			break
		}
		out = append(out, k.at)
	}
	slices.Sort(out)
	return out
}

// learn makes the spaces from the texts of the library.
func (m *Model) learn(rows [][]int32, seed uint64, say func(string, int, int)) error {
	df := make([]int32, len(m.words.terms))
	last := make([]int, len(df))
	for i, r := range rows {
		for _, id := range r {
			if last[id] != i+1 {
				last[id] = i + 1
				df[id]++
			}
		}
	}
	documents, windows := m.spaces[:len(documentRanks)], m.spaces[len(documentRanks):]
	if err := m.words.documents(documents, rows, func(id int) bool { return df[id] >= 2 }, seed, say); err != nil {
		return err
	}
	single := func(id int) bool { return df[id] >= 3 && !strings.Contains(m.words.terms[id], " ") }
	return m.words.windows(windows, rows, single, seed, say)
}

var errLengths = errors.New("likeness: Embed must give one vector for each text, all of one length")

// ask has the texts of the library embedded from outside, where that is wanted.
func (m *Model) ask(texts []string, chosen []int, docs []*Doc) error {
	if m.embed == nil || len(docs) == 0 {
		return nil
	}
	list := make([]string, len(chosen))
	for i, at := range chosen {
		list[i] = texts[at]
	}
	vectors, err := m.embed(list)
	if err != nil {
		return fmt.Errorf("likeness: embed the pool: %w", err)
	}
	if len(vectors) != len(list) {
		return errLengths
	}
	for i, v := range vectors {
		if len(v) != len(vectors[0]) {
			return errLengths
		}
		docs[i].plugin = unit(v)
	}
	return nil
}

func unit(v []float32) []float32 {
	square := 0.0
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if square == 0 || math.IsNaN(square) || math.IsInf(square, 0) {
		return nil
	}
	out, f := make([]float32, len(v)), 1/math.Sqrt(square)
	for i, x := range v {
		out[i] = float32(float64(x) * f)
	}
	return out
}
