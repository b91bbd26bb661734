package tags

import (
	"cmp"
	"slices"
	"strings"
)

// Proposal is a tag that a person may accept for a text, never to be written
// without: how sure the model is, and the labels and words that made it so.
type Proposal struct {
	Code       string
	Confidence float64
	Because    []string
}

// Propose puts the guess and the mentions together, the surest first. A tag
// that is named is at least half sure.
func (m *Model) Propose(s string) []Proposal {
	var out []Proposal
	at := map[string]int{}
	for _, g := range m.Guess(s) {
		if g.P >= 0.05 {
			at[g.Code] = len(out)
			out = append(out, Proposal{Code: g.Code, Confidence: g.P})
		}
	}
	for _, n := range m.Named(s) {
		i, ok := at[n.Code]
		if !ok {
			i = len(out)
			at[n.Code] = i
			out = append(out, Proposal{Code: n.Code})
		}
		if !slices.Contains(out[i].Because, n.Label) {
			out[i].Because = append(out[i].Because, n.Label)
		}
	}
	for i := range out {
		if len(out[i].Because) > 0 {
			out[i].Confidence = 0.5 + out[i].Confidence/2
		}
	}
	slices.SortFunc(out, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), strings.Compare(a.Code, b.Code))
	})
	return out
}
