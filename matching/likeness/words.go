package likeness

import (
	"cmp"
	"slices"
)

// Words are the n words that weigh most in a text, heaviest first, for a search
// that can take only so many. Words the pool does not have are among them: they
// are the rarest.
func (m *Model) Words(d *Doc, n int) []string {
	list := slices.Clone(d.terms)
	slices.SortFunc(list, func(a, b Weight) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Term, b.Term))
	})
	out := make([]string, 0, min(n, len(list)))
	for _, w := range list[:min(n, len(list))] {
		out = append(out, m.term(d, w.Term))
	}
	return out
}

// Number is a number for a word of the pool that every model gives it: what a
// Weight of Sparse means, for whoever keeps one longer than a model lives. Of the
// two billion numbers two words share one now and then.
func (m *Model) Number(term uint32) uint32 {
	if term < strange {
		return number(m.words.terms[term])
	}
	return term
}
