package likeness

import (
	"cmp"
	"math"
	"slices"
)

// Profile is a team's evidence, ready to be compared. It never changes.
type Profile struct {
	docs    []*Doc
	weights []float64
	order   []int // of docs, such that the order in which they came does not show
	total   float64
	near    []borrowing
	vectors [spaces][]float32 // Σ w (own + β borrowed) / (Σ w + κ), in each space
	plugin  []float64
}

// borrowing is what a profile takes from a text of the library: a share of its
// language model, and a weight of its vectors.
type borrowing struct {
	text           int32
	model, vectors float64
}

// Profile gathers a team's evidence. Weights (nil is 1 each; below 0, or no
// number, counts as 0) say how much each text counts, by age or strength. The
// order of the evidence does not show in any score.
func (m *Model) Profile(docs []*Doc, weights []float64) *Profile {
	p := &Profile{docs: slices.Clone(docs), weights: make([]float64, len(docs)), order: make([]int, len(docs))}
	for i := range docs {
		p.order[i], p.weights[i] = i, 1
		if i < len(weights) {
			p.weights[i] = 0
			if w := weights[i]; w > 0 && !math.IsInf(w, 0) {
				p.weights[i] = w
			}
		}
	}
	slices.SortStableFunc(p.order, func(a, b int) int {
		return cmp.Or(cmp.Compare(docs[a].mark, docs[b].mark), cmp.Compare(p.weights[a], p.weights[b]))
	})
	for _, i := range p.order {
		p.total += p.weights[i]
	}
	if p.total == 0 {
		return p
	}
	for _, i := range p.order {
		for _, n := range m.nearest(docs[i]) {
			p.near = append(p.near, borrowing{n.text, p.weights[i] / p.total * borrowed * float64(n.share), p.mean(i) * borrowed * float64(n.share)})
		}
	}
	slices.SortStableFunc(p.near, func(a, b borrowing) int { return cmp.Compare(a.text, b.text) })
	merged := p.near[:0]
	for _, b := range p.near {
		if n := len(merged); n > 0 && merged[n-1].text == b.text {
			merged[n-1].model += b.model
			merged[n-1].vectors += b.vectors
		} else {
			merged = append(merged, b)
		}
	}
	p.near = slices.Clip(merged)
	for s := range m.spaces {
		v := make([]float64, m.spaces[s].k)
		for _, i := range p.order {
			add(v, p.mean(i), docs[i].vectors[s])
		}
		for _, b := range p.near {
			add(v, b.vectors, m.library.vector(s, int(b.text), m.spaces[s].k))
		}
		p.vectors[s] = make([]float32, len(v))
		for j, x := range v {
			p.vectors[s][j] = float32(x)
		}
	}
	for _, i := range p.order {
		if v := docs[i].plugin; v != nil {
			if p.plugin == nil {
				p.plugin = make([]float64, len(v))
			}
			if len(v) == len(p.plugin) {
				add(p.plugin, p.mean(i), v)
			}
		}
	}
	return p
}

// mean is what a text counts in a mean with κ imagined texts that are like
// nothing.
func (p *Profile) mean(i int) float64 { return p.weights[i] / (p.total + nothing) }

func add(to []float64, f float64, v []float32) {
	for j, x := range v {
		to[j] += f * float64(x)
	}
}

// own is the share of its own words in a text's language model.
func (m *Model) own(d *Doc) float64 {
	if len(m.nearest(d)) == 0 {
		return 1
	}
	return 1 - borrowed
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

// Likeness of a text and a profile. Channels, Evidence (one share for each text
// of the profile, in its order; what its neighbours lend it is its own) and
// Terms (the words of the query, largest first) each add up to Value within
// 1e-9; only what an attached embedding says is in no term. A share may be below
// zero: of evidence that lies apart from the query, of a word that points away.
type Likeness struct {
	Value    float64
	Channels []Part
	Evidence []float64
	Terms    []Term
}

// asked is a text as a query: what each text of the library has of its words.
type asked struct {
	scaled [spaces][]float64 // its vector in each space, unit
	length [spaces]float64   // what that was divided by
	total  [spaces]float64   // weight of the words that have a vector
	start  []int32           // texts+1
	has    []possession      // by text
	cosine []float64         // of each text, TF-IDF
}

// possession is a word of the query, by its place there, that a text of the
// library has: its part of that text, and its TF-IDF weight there.
type possession struct {
	word         int32
	part, weight float32
}

func (m *Model) query(d *Doc) *asked {
	d.askedOnce.Do(func() { d.asked = m.prepare(d) })
	return d.asked
}

func (m *Model) prepare(d *Doc) *asked {
	l, a := &m.library, &asked{}
	for s := range m.spaces {
		a.scaled[s], a.length[s] = m.spaces[s].locate(d.terms)
		_, a.total[s] = m.spaces[s].raw(d.terms)
	}
	each := func(give func(word int, at int32)) {
		for j, w := range d.terms {
			if w.Term >= strange {
				break
			}
			for _, at := range l.places[l.posted[w.Term]:l.posted[w.Term+1]] {
				if l.mark[l.text[at]] != d.mark { // a text must not find itself
					give(j, at)
				}
			}
		}
	}
	a.start, a.cosine = make([]int32, l.texts()+1), make([]float64, l.texts())
	each(func(_ int, at int32) { a.start[l.text[at]+1]++ })
	for i := range l.texts() {
		a.start[i+1] += a.start[i]
	}
	a.has = make([]possession, a.start[l.texts()])
	next := slices.Clone(a.start)
	each(func(j int, at int32) {
		t := l.text[at]
		a.has[next[t]] = possession{int32(j), float32(float64(l.count[at]) / l.length[t]), l.weight[at]}
		next[t]++
		a.cosine[t] += float64(d.terms[j].Weight) * float64(l.weight[at])
	})
	return a
}

// Score is Compare's Value alone. O(words of both + neighbours of the evidence).
func (m *Model) Score(q *Doc, p *Profile) float64 {
	parts, _ := m.parts(q, p)
	return m.value(parts)
}

// value is the weighted sum of the channels; a sum below zero is nothing in
// common, and so is one that is no number.
func (m *Model) value(parts [channels]float64) float64 {
	v := 0.0
	for c, x := range parts {
		v += m.weight(c) * x
	}
	if !(v > 0) {
		return 0
	}
	return v
}

// weight is what a channel counts: its share over its deviation. Embeddings of
// a small pool know little.
func (m *Model) weight(c int) float64 {
	w := share[c] / m.scale[c]
	switch {
	case c >= embedded:
		w *= float64(m.words.pool) / float64(m.words.pool+50)
	case c == plugin && !m.plugin:
		return 0
	}
	return w
}

// parts is each channel of a comparison before it is weighed, and the team's
// language model at the words of the query.
func (m *Model) parts(q *Doc, p *Profile) ([channels]float64, []float64) {
	var out [channels]float64
	model := make([]float64, len(q.terms))
	if p.total == 0 || len(q.terms) == 0 {
		return out, model
	}
	a := m.query(q)
	for _, i := range p.order {
		d, part := p.docs[i], p.weights[i]/p.total*m.own(p.docs[i])/float64(max(1, p.docs[i].length))
		mean := p.mean(i)
		shared(q, d, func(j, k int) {
			model[j] += part * float64(d.counts[k])
			out[tfidf] += mean * float64(q.terms[j].Weight) * float64(d.terms[k].Weight)
		})
	}
	for _, b := range p.near {
		for _, h := range a.has[a.start[b.text]:a.start[b.text+1]] {
			model[h.word] += b.model * float64(h.part)
		}
		out[tfidf] += b.vectors * a.cosine[b.text]
	}
	for j, n := range model {
		out[language] += m.says(q, j, n)
	}
	for s := range m.spaces {
		out[embedded+s] = dotMixed(a.scaled[s], p.vectors[s])
	}
	if len(q.plugin) == len(p.plugin) {
		for j, x := range q.plugin {
			out[plugin] += float64(x) * p.plugin[j]
		}
	}
	return out, model
}

// says is the log-likelihood ratio of a word of the query under the team's model
// and the pool's, its part of
//
//	Σ_w n_q(w) ln(1 + (1−λ) p(w|team) / (λ p(w))) / |q|
//
// (Jelinek–Mercer smoothing; Zhai and Lafferty, SIGIR 2001), where p(w|team) is
// the mean over the evidence of (1−β) p(w|d) + β Σ_n share_n p(w|n), n the
// neighbours of d (Tao, Wang, Mei and Zhai, HLT-NAACL 2006).
func (m *Model) says(q *Doc, j int, model float64) float64 {
	if model == 0 {
		return 0
	}
	return float64(q.counts[j]) / float64(q.length) * math.Log1p((1-background)*model/(background*m.words.chance(q.terms[j].Term)))
}

// shared goes over the terms that both have, by their places.
func shared(a, b *Doc, give func(i, j int)) {
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		switch {
		case a.terms[i].Term < b.terms[j].Term:
			i++
		case a.terms[i].Term > b.terms[j].Term:
			j++
		default:
			give(i, j)
			i++
			j++
		}
	}
}

func dot64(a, b []float64) float64 {
	s := 0.0
	if len(a) == len(b) {
		for i, x := range a {
			s += x * b[i]
		}
	}
	return s
}

func dotMixed(a []float64, b []float32) float64 {
	s := 0.0
	if len(a) == len(b) {
		for i, x := range a {
			s += x * float64(b[i])
		}
	}
	return s
}

// Compare says how like the query the profile is, and why. Zero is "nothing in
// common"; there is no upper bound (see Percentile).
func (m *Model) Compare(q *Doc, p *Profile) Likeness {
	parts, model := m.parts(q, p)
	out := Likeness{Value: m.value(parts), Evidence: make([]float64, len(p.docs))}
	terms := make([]float64, len(q.terms))
	out.Channels = m.named(parts)
	if out.Value == 0 {
		for c := range out.Channels {
			out.Channels[c].Value = 0
		}
		return out
	}
	a := m.query(q)
	said := make([]float64, len(q.terms))
	for j, n := range model {
		said[j] = m.weight(language) * m.says(q, j, n)
		terms[j] += said[j]
	}
	for _, i := range p.order {
		out.Evidence[i] = m.evidence(q, a, p, i, said, model, terms)
	}
	for s := range m.spaces {
		m.spell(q, a, s, p.vectors[s], terms)
	}
	settle(out.Evidence, out.Value)
	settle(terms, out.Value-m.weight(plugin)*parts[plugin])
	for j, w := range q.terms {
		if v := terms[j]; v != 0 {
			out.Terms = append(out.Terms, Term{m.term(q, w.Term), v})
		}
	}
	slices.SortStableFunc(out.Terms, func(a, b Term) int { return cmp.Compare(b.Value, a.Value) })
	return out
}

// named are the channels as they are told: an embedding is one, whatever its ranks.
func (m *Model) named(parts [channels]float64) []Part {
	list := []Part{
		{"language_model", m.weight(language) * parts[language]},
		{"tfidf", m.weight(tfidf) * parts[tfidf]},
		{"document_embedding", 0},
		{"window_embedding", 0},
	}
	for s := range m.spaces {
		to := &list[2]
		if s >= len(documentRanks) {
			to = &list[3]
		}
		to.Value += m.weight(embedded+s) * parts[embedded+s]
	}
	if m.plugin {
		list = append(list, Part{"plugin", m.weight(plugin) * parts[plugin]})
	}
	return list
}

// evidence is the share of one text, with what its neighbours lend it; the
// TF-IDF part of it is also handed to the words.
func (m *Model) evidence(q *Doc, a *asked, p *Profile, i int, said, model, terms []float64) float64 {
	d, sum := p.docs[i], 0.0
	part, mean := p.weights[i]/p.total, p.mean(i)
	give := func(j int, likely, cosine float64) {
		if model[j] > 0 {
			sum += said[j] * part * likely / model[j]
		}
		v := m.weight(tfidf) * mean * float64(q.terms[j].Weight) * cosine
		terms[j] += v
		sum += v
	}
	own := m.own(d) / float64(max(1, d.length))
	shared(q, d, func(j, k int) { give(j, own*float64(d.counts[k]), float64(d.terms[k].Weight)) })
	at := make([][]float64, len(m.spaces))
	for s := range m.spaces {
		at[s] = make([]float64, m.spaces[s].k)
		add(at[s], 1, d.vectors[s])
	}
	for _, n := range m.nearest(d) {
		f := borrowed * float64(n.share)
		for _, h := range a.has[a.start[n.text]:a.start[n.text+1]] {
			give(int(h.word), f*float64(h.part), f*float64(h.weight))
		}
		for s := range m.spaces {
			add(at[s], f, m.library.vector(s, int(n.text), m.spaces[s].k))
		}
	}
	for s := range m.spaces {
		sum += m.weight(embedded+s) * mean * dot64(a.scaled[s], at[s])
	}
	if len(q.plugin) == len(d.plugin) {
		sum += m.weight(plugin) * mean * dot32(q.plugin, d.plugin)
	}
	return sum
}

// spell shares a cosine in a space among the words of the query: a text's vector
// is a weighted mean of its words' vectors, less what all texts share.
func (m *Model) spell(q *Doc, a *asked, s int, team []float32, terms []float64) {
	if a.scaled[s] == nil || len(team) == 0 {
		return
	}
	space := &m.spaces[s]
	to := make([]float64, len(team)) // less the first direction, which the query's vector does not have
	add(to, 1, team)
	along := dot64(to, space.first)
	for j := range to {
		to[j] -= along * space.first[j]
	}
	off := dot64(space.mean, to)
	f := m.weight(embedded+s) / (a.total[s] * a.length[s])
	for j, w := range q.terms {
		v := space.of(w.Term)
		if v == nil {
			continue
		}
		sum := 0.0
		for k, x := range v {
			sum += float64(x) * to[k]
		}
		terms[j] += f * float64(w.Weight) * (sum - off)
	}
}

// settle takes the rounding of a sum of shares off the largest.
func settle(shares []float64, value float64) {
	rest, largest := value, 0
	for i, v := range shares {
		rest -= v
		if math.Abs(v) > math.Abs(shares[largest]) {
			largest = i
		}
	}
	if len(shares) > 0 && math.Abs(rest) < 1e-6*max(1, math.Abs(value)) {
		shares[largest] += rest
	}
}
