package tags

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Hint is a tag that a person may accept for a text; nothing may write it
// without one. Because are stretches of the text that speak for the tag: first
// its labels, then the words that texts about it have more than others, the
// strongest first. It is empty where only the text as a whole does.
type Hint struct {
	Code       string
	Confidence float64
	Because    []string
}

const (
	leastConfidence = 0.05
	reasonsAtMost   = 3    // words beside the labels
	weakReason      = 0.25 // of the strongest word's part
	trustTexts      = 4    // texts that weigh as much as the first trust in a label
)

// Propose puts the guess and the mentions together: the tags that are likely
// or named, the surest first. Confidence is P + (1−P)·trust, where trust, 0 if
// the tag is not named, is the share of the evidence texts with that label
// that carry the tag or a descendant, shrunk to 0.7, or to 0.5 for labels of
// two Han characters or one short word. It is an order of worth for a person
// to go through, not a probability.
//
// O(tokens · tags).
func (m *Model) Propose(text string) []Hint {
	type found struct {
		p, trust float64
		labels   []stretch
	}
	of := map[string]*found{}
	for _, g := range m.Guess(text) {
		of[g.Code] = &found{p: g.P}
	}
	ps := pieces(text)
	m.labels.find(ps, func(l *label, at, end int) {
		code := m.tree.tags[l.tag].Code
		if of[code] == nil {
			of[code] = &found{}
		}
		f := of[code]
		f.trust = max(f.trust, l.trust())
		f.labels = append(f.labels, stretch{at: at, end: end})
	})
	v := m.words.read(text)
	out := []Hint{}
	for code, f := range of {
		p := Hint{Code: code, Confidence: f.p + (1-f.p)*f.trust}
		if p.Confidence < leastConfidence {
			continue
		}
		reasons := f.labels
		if k, ok := slices.BinarySearch(m.guess.class, m.tree.index[code]); ok && v.tokens > 0 {
			reasons = append(reasons, m.because(text, ps, v, k, f.labels)...)
		}
		for _, r := range reasons {
			if words := text[r.at:r.end]; !slices.Contains(p.Because, words) {
				p.Because = append(p.Because, words)
			}
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Hint) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), strings.Compare(a.Code, b.Code))
	})
	return out
}

// trust that a text with the label is about its tag.
func (l *label) trust() float64 {
	first := 0.5
	if han := strings.IndexFunc(l.words, isHan) >= 0; utf8.RuneCountInString(l.words) > 2 && (han || len(l.words) > 5) {
		first = 0.7
	}
	return (float64(l.right) + trustTexts*first) / (float64(l.texts) + trustTexts)
}

// trusts counts over the evidence how often a label is right.
func (ls *labels) trusts(t *tree, texts []labelled) {
	for _, e := range texts {
		if len(e.tags) == 0 {
			continue
		}
		seen := map[*label]bool{}
		ls.find(pieces(e.text), func(l *label, _, _ int) {
			if seen[l] {
				return
			}
			seen[l] = true
			l.texts++
			if slices.ContainsFunc(e.tags, func(x int32) bool { return slices.Contains(t.up(x), l.tag) }) {
				l.right++
			}
		})
	}
}

// parts is what each word of the text adds to the score of class k above the
// mean of all classes.
func (g *guesser) parts(v vector, k int) []float64 {
	a, b := g.mix.at(v.tokens)
	n := len(g.class)
	toward, length := g.space.toward(v, k)
	out := make([]float64, len(v.word))
	for i, w := range v.word {
		row, mean := g.weight[int(w)*n:][:n], 0.0
		for _, u := range row {
			mean += float64(u) / float64(n)
		}
		out[i] = v.x[i] * a * (float64(row[k]) - mean)
		if length > 0 {
			for c, u := range g.space.word[int(w)*g.space.k:][:g.space.k] {
				out[i] += v.x[i] * b * sharpness * float64(u) * toward[c] / length
			}
		}
	}
	return out
}

// toward is the direction from the middle of all classes to class k, and the
// length by which the sum of the word vectors is divided to place the text.
func (s *space) toward(v vector, k int) ([]float64, float64) {
	out := slices.Clone(s.centre[k*s.k:][:s.k])
	n := len(s.count)
	for i, c := range s.centre {
		out[i%s.k] -= c / float64(n)
	}
	sum := s.sum(v)
	length := norm(sum)
	unit(sum)
	for c := range sum {
		sum[c] -= s.mean[c]
	}
	return out, length * norm(sum)
}

// because gives the stretches of the text whose words add the most: pairs of
// Han characters that overlap make one, labels given already do not count.
func (m *Model) because(text string, ps []piece, v vector, k int, labels []stretch) []stretch {
	parts, top := map[string]float64{}, 0.0
	for i, p := range m.guess.parts(v, k) {
		parts[m.words.list[v.word[i]]] = p
	}
	gain := make([]float64, len(ps)) // of the pair or word that begins at a piece
	for i, p := range ps {
		word := p.word
		if p.kind == hanPiece {
			if i+1 == len(ps) || ps[i+1].kind != hanPiece || ps[i+1].at != p.end {
				continue
			}
			word += ps[i+1].word
		}
		if p.kind != breakPiece {
			gain[i] = parts[word]
			top = max(top, gain[i])
		}
	}
	best := map[string]*stretch{}
	for i := 0; i < len(ps); i++ {
		if gain[i] <= weakReason*top {
			continue
		}
		s := stretch{at: ps[i].at, end: ps[i].end, gain: gain[i]}
		for ; ps[i].kind == hanPiece && gain[i+1] > weakReason*top && ps[i+1].kind == hanPiece; i++ {
			s.gain += gain[i+1]
		}
		if s.end = ps[i].end; ps[i].kind == hanPiece {
			i++
			s.end = ps[i].end
		}
		within := func(l stretch) bool { return s.at < l.end && l.at < s.end }
		if words := text[s.at:s.end]; best[words] == nil && !slices.ContainsFunc(labels, within) {
			best[words] = &s
		}
	}
	var all []stretch
	for _, s := range best {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Or(cmp.Compare(b.gain, a.gain), cmp.Compare(a.at, b.at)) })
	return all[:min(len(all), reasonsAtMost)]
}

// stretch of a text, and what its words add to a score.
type stretch struct {
	at, end int
	gain    float64
}
