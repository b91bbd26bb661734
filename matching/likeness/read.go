package likeness

import (
	"slices"
	"sync"

	"jiebang/matching/text"
)

// Doc is a text as a model sees it. It never changes and belongs to the model
// that read it.
type Doc struct {
	terms   []Weight // unit TF-IDF vector, by term
	counts  []int32  // how often each of terms occurs
	length  int      // tokens
	mark    uint64   // of the text
	unknown map[uint32]string
	vectors [spaces][]float32 // unit, in each space; nil if there is none
	plugin  []float32

	nearOnce  sync.Once // as evidence
	near      []neighbour
	askedOnce sync.Once // as a query
	asked     *asked
}

// Weight is one entry of a sparse vector. Terms of the pool have the numbers
// from 0 on; others a number made from their letters, with the highest bit set.
type Weight struct {
	Term   uint32
	Weight float32
}

// Read folds a text in: it becomes comparable with all others, in time linear in
// its length. Any bytes are allowed.
func (m *Model) Read(s string) *Doc {
	d := m.Skim(s)
	for i := range m.spaces {
		d.vectors[i] = m.spaces[i].place(d.terms)
	}
	if m.embed != nil {
		if v, err := m.embed([]string{s}); err == nil && len(v) == 1 {
			d.plugin = unit(v[0])
		}
	}
	return d
}

// Skim takes in the words of a text alone, in a tenth of the time: all that Sparse
// needs.
func (m *Model) Skim(s string) *Doc {
	tokens := text.Tokens(s)
	d := &Doc{length: len(tokens), mark: fingerprint(s)}
	ids := make([]uint32, len(tokens))
	for i, w := range tokens {
		if id, ok := m.words.ids[w]; ok {
			ids[i] = uint32(id)
			continue
		}
		ids[i] = number(w)
		if d.unknown == nil {
			d.unknown = map[uint32]string{}
		}
		d.unknown[ids[i]] = w
	}
	d.terms, d.counts = m.words.weigh(ids)
	return d
}

func (s *space) place(terms []Weight) []float32 {
	v, _ := s.locate(terms)
	if v == nil {
		return nil
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(x)
	}
	return out
}

func (m *Model) term(d *Doc, id uint32) string {
	if id < strange {
		return m.words.terms[id]
	}
	return d.unknown[id]
}

// Sparse is the unit TF-IDF vector of a text, by rising term number.
func (m *Model) Sparse(d *Doc) []Weight { return slices.Clone(d.terms) }
