package likeness

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	background = 0.8 // share of the pool in a team's language model
	hanWeight  = 2.0 // of the embedding where the text is Han
)

// Profile is a team's evidence, ready to be compared.
type Profile struct {
	docs    []*Doc
	weights []float64
	words   float64            // weighted tokens
	pooled  map[uint32]float64 // weighted counts
}

// Profile gathers a team's evidence. Weights (nil is 1 each; below 0 counts as
// 0) say how much each text counts, by age or strength.
func (m *Model) Profile(docs []*Doc, weights []float64) *Profile {
	p := &Profile{docs: docs, weights: make([]float64, len(docs)), pooled: map[uint32]float64{}}
	for i, d := range docs {
		p.weights[i] = 1
		if i < len(weights) {
			p.weights[i] = max(0, weights[i])
		}
		for j, w := range d.terms {
			p.pooled[w.Term] += p.weights[i] * float64(d.counts[j])
		}
		p.words += p.weights[i] * float64(d.length)
	}
	return p
}

// Part is one channel's share of a value.
type Part struct {
	Name  string
	Value float64
}

// Term is one word's share of a value.
type Term struct {
	Term  string
	Value float64
}

// Likeness of a text and a profile. Channels, and Evidence (one share for each
// text of the profile, in its order), each add up to Value within 1e-9. Terms
// are the shares of the query's words in the first two channels, strongest
// first.
type Likeness struct {
	Value    float64
	Channels []Part
	Evidence []float64
	Terms    []Term
}

// Compare says how like the query the profile is. Zero is "nothing in common";
// there is no upper bound (see Percentile). O(words of both).
func (m *Model) Compare(q *Doc, p *Profile) Likeness {
	out := Likeness{Evidence: make([]float64, len(p.docs))}
	terms := map[uint32]float64{}
	for c := range channels {
		if c == plugin && !m.plugin {
			continue
		}
		weight := m.weight(c, q)
		value, shares := m.channel(c, q, p, func(id uint32, v float64) { terms[id] += weight * v })
		for i, s := range shares {
			out.Evidence[i] += weight * s
		}
		out.Channels = append(out.Channels, Part{names[c], weight * value})
		out.Value += weight * value
	}
	for _, w := range q.terms {
		if v := terms[w.Term]; v != 0 {
			out.Terms = append(out.Terms, Term{m.term(q, w.Term), v})
		}
	}
	slices.SortStableFunc(out.Terms, func(a, b Term) int { return cmp.Compare(b.Value, a.Value) })
	return out
}

// Score is Compare's Value alone.
func (m *Model) Score(q *Doc, p *Profile) float64 {
	sum := 0.0
	for c := range channels {
		if c == plugin && !m.plugin {
			continue
		}
		value, _ := m.channel(c, q, p, nil)
		sum += m.weight(c, q) * value
	}
	return sum
}

func (m *Model) weight(c int, q *Doc) float64 {
	w := 1 / m.scale[c]
	if c == embedding {
		w *= float64(m.pool) / float64(m.pool+50) * (1 + (hanWeight-1)*q.hanned)
	}
	return w
}

func (m *Model) channel(c int, q *Doc, p *Profile, give func(uint32, float64)) (float64, []float64) {
	switch c {
	case tfidf:
		return rms(p, func(d *Doc) float64 { return dotSparse(q, d, nil) }, func(d *Doc, f float64) {
			if give != nil {
				dotSparse(q, d, func(id uint32, v float64) { give(id, f*v) })
			}
		})
	case lm:
		return m.language(q, p, give)
	case embedding:
		return rms(p, func(d *Doc) float64 { return q.hanned*cosine(q.han, d.han) + (1-q.hanned)*cosine(q.latin, d.latin) }, nil)
	}
	return rms(p, func(d *Doc) float64 { return cosine(q.plugin, d.plugin) }, nil)
}

// rms is the root of the weighted mean square over the evidence; the share of
// each is its part of the mean square.
func rms(p *Profile, like func(*Doc) float64, explain func(d *Doc, factor float64)) (float64, []float64) {
	shares, total, square := make([]float64, len(p.docs)), 0.0, 0.0
	for i, d := range p.docs {
		v := max(0, like(d))
		shares[i] = p.weights[i] * v * v
		square += shares[i]
		total += p.weights[i]
	}
	if square == 0 {
		return 0, shares
	}
	value := math.Sqrt(square / total)
	for i := range shares {
		if shares[i] > 0 && explain != nil {
			explain(p.docs[i], value/square*math.Sqrt(p.weights[i]*shares[i]))
		}
		shares[i] *= value / square
	}
	return value, shares
}

func dotSparse(a, b *Doc, give func(uint32, float64)) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		x, y := a.terms[i], b.terms[j]
		switch {
		case x.Term < y.Term:
			i++
		case x.Term > y.Term:
			j++
		default:
			v := float64(x.Weight) * float64(y.Weight)
			sum += v
			if give != nil {
				give(x.Term, v)
			}
			i++
			j++
		}
	}
	return sum
}

func cosine(a, b []float32) float64 {
	if a == nil || b == nil {
		return 0
	}
	sum := 0.0
	for i, x := range a {
		sum += float64(x) * float64(b[i])
	}
	return sum
}

// language is the log-likelihood ratio of the query's words under the team's
// model and the pool's, a word:
//
//	Σ_w n_q(w) ln(1 + (1−λ) p(w|team) / (λ p(w))) / |q|
//
// (Jelinek–Mercer smoothing; Zhai and Lafferty, SIGIR 2001). The share of a text
// in a word is its share of the team's uses of it.
func (m *Model) language(q *Doc, p *Profile, give func(uint32, float64)) (float64, []float64) {
	sum, shares := 0.0, make([]float64, len(p.docs))
	if q.length == 0 || p.words == 0 {
		return 0, shares
	}
	for i, w := range q.terms {
		n := p.pooled[w.Term]
		if n == 0 {
			continue
		}
		v := float64(q.counts[i]) * math.Log1p((1-background)*n/p.words/(background*m.chance(w.Term))) / float64(q.length)
		sum += v
		if give == nil {
			continue
		}
		give(w.Term, v)
		for j, d := range p.docs {
			if k := d.find(w.Term); k >= 0 {
				shares[j] += v * p.weights[j] * float64(d.counts[k]) / n
			}
		}
	}
	return sum, shares
}

// usual are standard deviations as measured on pools of thousands of abstracts;
// they stand in where a pool is too small to measure its own.
var usual = [channels]float64{0.05, 0.3, 0.15, 0.15}

const usualPairs = 100

// measure fixes the scale of each channel and the reference sample, on seeded
// pairs of the pool's texts.
func (m *Model) measure(docs []*Doc, seed uint64) {
	const want = 20_000
	var pairs [][2]int
	if n := len(docs); n*(n-1) <= want {
		for i := range n {
			for j := range n {
				if i != j {
					pairs = append(pairs, [2]int{i, j})
				}
			}
		}
	} else {
		r := rand.New(rand.NewPCG(seed, 0x9a1e))
		for len(pairs) < want {
			if i, j := r.IntN(n), r.IntN(n); i != j {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	values := make([][channels]float64, len(pairs))
	for i, ij := range pairs {
		p := m.Profile(docs[ij[1]:ij[1]+1], nil)
		for c := range channels {
			values[i][c], _ = m.channel(c, docs[ij[0]], p, nil)
		}
	}
	for c := range channels {
		var sum, square float64
		for _, v := range values {
			sum += v[c]
			square += v[c] * v[c]
		}
		n := float64(len(pairs))
		variance := 0.0
		if n > 0 {
			variance = max(0, square-sum*sum/n)
		}
		m.scale[c] = math.Sqrt((variance + usualPairs*usual[c]*usual[c]) / (n + usualPairs))
	}
	var sample []float64
	for i, ij := range pairs {
		v := 0.0
		for c := range channels {
			if c != plugin || m.plugin {
				v += m.weight(c, docs[ij[0]]) * values[i][c]
			}
		}
		sample = append(sample, v)
	}
	m.sample = slices.Compact(sortedCopy(sample))
}

// Percentile says which share of the reference sample is less alike than value:
// above 0 and below 1, and strictly rising.
func (m *Model) Percentile(value float64) float64 {
	n := float64(len(m.sample))
	if n == 0 {
		return 0.5 + math.Atan(value)/math.Pi
	}
	i, exact := slices.BinarySearch(m.sample, value)
	edge := 0.5 / n
	switch {
	case exact:
		return (float64(i) + 0.5) / n
	case i == 0:
		return edge / (1 + m.sample[0] - value)
	case i == len(m.sample):
		return 1 - edge/(1+value-m.sample[i-1])
	}
	low, high := m.sample[i-1], m.sample[i]
	return (float64(i) - 0.5 + (value-low)/(high-low)) / n
}
