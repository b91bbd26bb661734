package likeness

import (
	"math"
	"slices"
	"sort"

	"jiebang/matching/svd"
)

const (
	windowWidth  = 8    // words on each side that keep a word company
	windowPower  = 0.75 // flattens the chance of company (Levy, Goldberg and Dagan, TACL 2015)
	rarest       = 3    // texts a word must be in to have a vector
	windowRank   = 100
	documentRank = 200
)

// space is what one kind of embedding knows: a unit vector for each term that
// has one, and what is taken off a text's vector to make it comparable.
type space struct {
	k      int
	row    map[int32]int32 // term to its row in vector
	vector []float32
	mean   []float64
	first  []float64 // unit; the direction all texts share
}

// learn makes the spaces, then the scales and the reference sample.
func (m *Model) learn(texts []string, tokens [][]int32, o Options, say func(string, int, int)) error {
	kinds := make([]script, len(m.terms))
	single := make([]bool, len(m.terms))
	for i, w := range m.terms {
		kinds[i] = scriptOf(w)
		single[i] = true
		for _, c := range []byte(w) {
			if c == ' ' {
				single[i] = false
			}
		}
	}
	var err error
	if m.latin, err = m.window(tokens, func(id int32) bool { return kinds[id] != scriptHan && single[id] && m.df[id] >= rarest }, o.Seed, say); err != nil {
		return err
	}
	if m.han, err = m.documents(tokens, func(id int32) bool { return kinds[id] == scriptHan && m.df[id] >= 2 }, o.Seed, say); err != nil {
		return err
	}
	docs := make([]*Doc, len(texts))
	for i, ids := range tokens {
		d := &Doc{length: len(ids)}
		known := make([]uint32, len(ids))
		for j, id := range ids {
			known[j] = uint32(id)
		}
		d.weigh(m, known)
		docs[i] = d
	}
	m.latin.centre(docs)
	m.han.centre(docs)
	for i, d := range docs {
		m.place(d)
		if i%1000 == 999 || i == len(docs)-1 {
			say("places", i+1, len(docs))
		}
	}
	if m.embed != nil && len(texts) > 0 {
		v, err := m.embed(texts)
		if err != nil {
			return err
		}
		if len(v) != len(texts) {
			return errLengths
		}
		for i := range v {
			if len(v[i]) != len(v[0]) {
				return errLengths
			}
			docs[i].plugin = unit(v[i])
		}
	}
	m.measure(docs, o.Seed)
	return nil
}

// window learns word vectors from the company within windowWidth words: positive
// pointwise mutual information, factored; each word's vector is its row of
// U·√S, made unit.
func (m *Model) window(tokens [][]int32, in func(int32) bool, seed uint64, say func(string, int, int)) (space, error) {
	s, vocabulary := rows(len(m.terms), in)
	n := len(vocabulary)
	if n == 0 {
		return s, nil
	}
	var keys []uint64
	var seq []int32
	for _, d := range tokens {
		seq = seq[:0]
		for _, id := range d {
			if r, ok := s.row[id]; ok {
				seq = append(seq, r)
			}
		}
		for i, a := range seq {
			for _, b := range seq[i+1 : min(len(seq), i+1+windowWidth)] {
				keys = append(keys, uint64(a)<<32|uint64(b), uint64(b)<<32|uint64(a))
			}
		}
	}
	slices.Sort(keys)
	totals := make([]float64, n)
	for _, k := range keys {
		totals[k>>32]++
	}
	powered := 0.0
	for _, t := range totals {
		powered += math.Pow(t, windowPower)
	}
	a := svd.Matrix{Rows: n, Cols: n, Start: make([]int, n+1)}
	for i := 0; i < len(keys); {
		j := i
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		w, c := keys[i]>>32, uint32(keys[i])
		pmi := math.Log(float64(j-i) * powered / (totals[w] * math.Pow(totals[c], windowPower)))
		if pmi > 0 {
			a.Col, a.Val = append(a.Col, int32(c)), append(a.Val, float32(pmi))
			a.Start[w+1]++
		}
		i = j
	}
	for i := range n {
		a.Start[i+1] += a.Start[i]
	}
	f, err := svd.Decompose(a, windowRank, svd.Options{Seed: seed, Progress: func(d, t int) { say("word vectors", d, t) }})
	if err != nil {
		return s, err
	}
	s.fill(f.U, f.S, f.K, math.Sqrt)
	return s, nil
}

// documents learns term vectors from the texts that share terms: the TF-IDF
// matrix, factored; each term's vector is its row of V·S, made unit.
func (m *Model) documents(tokens [][]int32, in func(int32) bool, seed uint64, say func(string, int, int)) (space, error) {
	s, vocabulary := rows(len(m.terms), in)
	if len(vocabulary) == 0 {
		return s, nil
	}
	a := svd.Matrix{Rows: len(tokens), Cols: len(vocabulary), Start: []int{0}}
	for _, ids := range tokens {
		known := make([]uint32, len(ids))
		for j, id := range ids {
			known[j] = uint32(id)
		}
		d := &Doc{}
		d.weigh(m, known)
		for _, w := range d.terms {
			if r, ok := s.row[int32(w.Term)]; ok {
				a.Col, a.Val = append(a.Col, r), append(a.Val, w.Weight)
			}
		}
		a.Start = append(a.Start, len(a.Col))
	}
	f, err := svd.Decompose(a, documentRank, svd.Options{Seed: seed, Progress: func(d, t int) { say("term vectors", d, t) }})
	if err != nil {
		return s, err
	}
	s.fill(f.V, f.S, f.K, func(x float64) float64 { return x })
	return s, nil
}

func rows(n int, in func(int32) bool) (space, []int32) {
	s := space{row: map[int32]int32{}}
	var list []int32
	for id := range int32(n) {
		if in(id) {
			s.row[id] = int32(len(list))
			list = append(list, id)
		}
	}
	return s, list
}

func (s *space) fill(u, sigma []float64, k int, power func(float64) float64) {
	s.k = k
	if k == 0 {
		return
	}
	s.vector = make([]float32, len(u))
	for i := 0; i < len(u); i += k {
		square := 0.0
		for j := range k {
			x := u[i+j] * power(sigma[j])
			square += x * x
		}
		if square == 0 {
			continue
		}
		f := 1 / math.Sqrt(square)
		for j := range k {
			s.vector[i+j] = float32(u[i+j] * power(sigma[j]) * f)
		}
	}
}

// raw is the weighted mean of the vectors of d's terms; ok is false where it has
// none.
func (s *space) raw(d *Doc) ([]float64, bool) {
	if s.k == 0 {
		return nil, false
	}
	v, total := make([]float64, s.k), 0.0
	for _, w := range d.terms {
		if w.Term >= strange {
			continue
		}
		r, ok := s.row[int32(w.Term)]
		if !ok {
			continue
		}
		f := float64(w.Weight)
		total += f
		for j, x := range s.vector[int(r)*s.k : int(r+1)*s.k] {
			v[j] += f * float64(x)
		}
	}
	if total == 0 {
		return nil, false
	}
	for j := range v {
		v[j] /= total
	}
	return v, true
}

// centre learns the mean of the pool's texts and the direction they vary in
// most, by power iteration.
func (s *space) centre(docs []*Doc) {
	s.mean, s.first = make([]float64, s.k), make([]float64, s.k)
	var all [][]float64
	for _, d := range docs {
		if v, ok := s.raw(d); ok {
			all = append(all, v)
			for j, x := range v {
				s.mean[j] += x
			}
		}
	}
	if len(all) < 3 {
		clear(s.mean)
		return
	}
	for j := range s.mean {
		s.mean[j] /= float64(len(all))
	}
	cov := make([]float64, s.k*s.k)
	for _, v := range all {
		for j := range v {
			v[j] -= s.mean[j]
		}
		for a, x := range v {
			for b, y := range v {
				cov[a*s.k+b] += x * y
			}
		}
	}
	for j := range s.first {
		s.first[j] = 1 / math.Sqrt(float64(s.k))
	}
	for range 200 {
		next := make([]float64, s.k)
		square := 0.0
		for a := range next {
			for b, y := range s.first {
				next[a] += cov[a*s.k+b] * y
			}
			square += next[a] * next[a]
		}
		if square == 0 {
			clear(s.first)
			return
		}
		for a := range next {
			s.first[a] = next[a] / math.Sqrt(square)
		}
	}
}

// locate is the unit vector of d, or nil.
func (s *space) locate(d *Doc) []float32 {
	v, ok := s.raw(d)
	if !ok {
		return nil
	}
	dot := 0.0
	for j := range v {
		v[j] -= s.mean[j]
		dot += v[j] * s.first[j]
	}
	out := make([]float32, s.k)
	for j := range v {
		out[j] = float32(v[j] - dot*s.first[j])
	}
	return unit(out)
}

func (m *Model) place(d *Doc) {
	d.latin, d.han = m.latin.locate(d), m.han.locate(d)
}

func sortedCopy(v []float64) []float64 {
	out := slices.Clone(v)
	sort.Float64s(out)
	return out
}
