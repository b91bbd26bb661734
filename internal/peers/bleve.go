package main

import (
	"errors"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/search/query"

	"jiebang/matching/index"
	"jiebang/matching/index/world"
)

// bleveIndex is bleve's default index, on disk and mapped into memory, with one
// field that is neither stored nor analysed beyond spaces.
type bleveIndex struct {
	dir string
	x   bleve.Index
}

func (b *bleveIndex) name() string { return "bleve" }

func (b *bleveIndex) build(w *world.World, n int) error {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer("spaces", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return err
	}
	field := bleve.NewTextFieldMapping()
	field.Analyzer, field.Store, field.IncludeInAll, field.IncludeTermVectors, field.DocValues = "spaces", false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("terms", field)
	m.DefaultMapping = doc
	var err error
	if b.x, err = bleve.New(b.dir, m); err != nil {
		return err
	}
	batch := b.x.NewBatch()
	for i := range n {
		if err := batch.Index(world.Key(i), map[string]any{"terms": strings.Join(tokens(w.Profile(i)), " ")}); err != nil {
			return err
		}
		if batch.Size() == 1000 || i == n-1 {
			if err := b.x.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	count, err := b.x.DocCount()
	if err == nil && count != uint64(n) {
		err = errors.New("not all profiles are in")
	}
	return err
}

func (b *bleveIndex) top(q []index.Weight) ([]string, error) {
	var parts []query.Query
	for _, w := range q {
		term := bleve.NewTermQuery(token(w.Term))
		term.SetField("terms")
		term.SetBoost(float64(w.Value))
		parts = append(parts, term)
	}
	found, err := b.x.Search(bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(parts...), 10, 0, false))
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, h := range found.Hits {
		keys = append(keys, h.ID)
	}
	return keys, nil
}

func (b *bleveIndex) close() error { return b.x.Close() }
