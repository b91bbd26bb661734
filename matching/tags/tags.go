// Package tags is the model of the tags: how alike two of them are, how much
// one says, and which of them a Chinese or English text is about.
//
// One tree serves both languages. It is trained from labelled evidence texts,
// and where there are none yet it falls back to the tree itself and to the
// labels and synonyms of its tags.
package tags

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Tag is one node of the tree (标签). Code is its key, Parent the code of the
// tag above, or empty. Name and NameEn are its labels in Chinese and English,
// Synonyms further labels in either; each may be empty.
type Tag struct {
	Code, Parent, Name, NameEn string
	Synonyms                   []string
}

// Labelled is an evidence text and the codes of the tags that people gave it.
// A text without tags teaches only which words are common.
type Labelled struct {
	Text string
	Tags []string
}

// Options of the training. The zero value is the shipped model.
type Options struct {
	// Seed starts the generator that the randomised parts draw from.
	Seed uint64
	// Progress, where set, hears how far each stage is, one call at a time.
	Progress func(stage string, done, total int)
}

func (o Options) report(stage string, done, total int) {
	if o.Progress != nil {
		o.Progress(stage, done, total)
	}
}

// Model is a trained tag model. It never changes and may be used by any number
// of goroutines at once.
type Model struct {
	version string
	tree    *tree
	labels  *labels
	words   *words
	guess   *guesser
	learned *learned
}

// Train learns a model. The same tree, evidence and seed give the same model
// to the byte, in whatever order tags and texts come. It is an error if a code
// is empty or stands twice, a parent is unknown or its own descendant, or a
// text carries a tag that is not in the tree.
func Train(catalogue []Tag, evidence []Labelled, o Options) (*Model, error) {
	t, err := newTree(catalogue)
	if err != nil {
		return nil, err
	}
	texts, err := t.read(evidence)
	if err != nil {
		return nil, err
	}
	t.count(texts)
	m := &Model{version: digest(t, texts, o), tree: t, labels: newLabels(t)}
	m.labels.trusts(t, texts)
	w, g, x, err := learn(newCorpus(t, texts), o)
	if err != nil {
		return nil, err
	}
	m.words, m.guess, m.learned = w, g, compare(t, w, x, texts)
	return m, nil
}

// Version names the model: equal versions answer alike. It is a digest of the
// version of the formulas, the seed, the tree and the evidence.
func (m *Model) Version() string { return m.version }

// labelled is an evidence text with its tags as ascending indices.
type labelled struct {
	text string
	tags []int32
}

// read checks the evidence and brings it into an order of its own.
func (t *tree) read(evidence []Labelled) ([]labelled, error) {
	out := make([]labelled, len(evidence))
	for i, e := range evidence {
		out[i].text = e.Text
		for _, code := range e.Tags {
			x, ok := t.index[code]
			if !ok {
				return nil, fmt.Errorf("evidence %d: tag %q is not in the tree: add it there or leave it out here", i, code)
			}
			out[i].tags = append(out[i].tags, x)
		}
		slices.Sort(out[i].tags)
		out[i].tags = slices.Compact(out[i].tags)
	}
	slices.SortFunc(out, func(a, b labelled) int {
		return cmp.Or(strings.Compare(a.text, b.text), slices.Compare(a.tags, b.tags))
	})
	return out, nil
}
