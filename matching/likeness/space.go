package likeness

import (
	"math"
	"slices"

	"jiebang/matching/svd"
)

// space is one kind of embedding: a unit vector for each term that has one, and
// what is taken off a text's vector to make it comparable with others.
type space struct {
	k      int
	row    []int32   // of each term in vector, -1 if it has none
	vector []float32 // rows of k
	mean   []float64 // of the library's texts
	first  []float64 // unit; the direction in which they differ most. Zero: it is left in
}

// documents learns term vectors from the texts that share terms (latent
// semantic analysis; Deerwester et al., JASIS 1990): the TF-IDF matrix A,
// factored; each term's vector is its row of V·S, made unit.
func (v *vocabulary) documents(texts [][]int32, in func(int) bool, seed uint64, say func(string, int, int)) (space, error) {
	s, n := v.rows(in)
	a := svd.Matrix{Rows: len(texts), Cols: n, Start: []int{0}}
	for _, t := range texts {
		terms, _ := v.weighKnown(t)
		for _, w := range terms {
			if r := s.row[w.Term]; r >= 0 {
				a.Col, a.Val = append(a.Col, r), append(a.Val, w.Weight)
			}
		}
		a.Start = append(a.Start, len(a.Col))
	}
	f, err := svd.Decompose(a, documentRank, svd.Options{Seed: seed, Progress: func(d, t int) { say("words of the same texts", d, t) }})
	if err != nil {
		return s, err
	}
	s.fill(f.V, f.S, f.K, func(x float64) float64 { return x })
	s.centre(v, texts, false)
	return s, nil
}

// window learns word vectors from the company within windowWidth words (Levy,
// Goldberg and Dagan, TACL 2015): the positive pointwise mutual information,
// with the chance of the company flattened, factored; each word's vector is its
// row of U·√S, made unit.
func (v *vocabulary) window(texts [][]int32, in func(int) bool, seed uint64, say func(string, int, int)) (space, error) {
	s, n := v.rows(in)
	a := s.company(texts, n)
	f, err := svd.Decompose(a, windowRank, svd.Options{Seed: seed, Progress: func(d, t int) { say("words of the same company", d, t) }})
	if err != nil {
		return s, err
	}
	s.fill(f.U, f.S, f.K, math.Sqrt)
	s.centre(v, texts, true)
	return s, nil
}

func (v *vocabulary) rows(in func(int) bool) (space, int) {
	s, n := space{row: make([]int32, len(v.terms))}, 0
	for id := range s.row {
		s.row[id] = -1
		if in(id) {
			s.row[id] = int32(n)
			n++
		}
	}
	return s, n
}

// company is the matrix of positive pointwise mutual information. It counts a
// word at a time over all places where it stands, so that memory holds only
// what the matrix holds.
func (s *space) company(texts [][]int32, n int) svd.Matrix {
	var seq []int32      // all words that have a row, text after text
	var from, to []int32 // of each place, the places of its text
	for _, t := range texts {
		start := int32(len(seq))
		for _, id := range t {
			if r := s.row[id]; r >= 0 {
				seq = append(seq, r)
			}
		}
		for range len(seq) - int(start) {
			from, to = append(from, start), append(to, int32(len(seq)))
		}
	}
	span := func(p int32) (int32, int32) { return max(from[p], p-windowWidth), min(to[p], p+windowWidth+1) }
	starts, total := make([]int, n+1), make([]float64, n)
	for p, w := range seq {
		starts[w+1]++
		a, b := span(int32(p))
		total[w] += float64(b - a - 1)
	}
	for w := range n {
		starts[w+1] += starts[w]
	}
	places, next := make([]int32, len(seq)), slices.Clone(starts)
	for p, w := range seq {
		places[next[w]] = int32(p)
		next[w]++
	}
	all := 0.0
	flat := make([]float64, n)
	for w, t := range total {
		flat[w] = math.Pow(t, windowPower)
		all += flat[w]
	}
	type row struct {
		col []int32
		val []float32
	}
	rows := make([]row, n)
	const batch = 64
	parallel((n+batch-1)/batch, func(b int) {
		times := make([]int32, n)
		var met []int32
		for w := b * batch; w < min(n, (b+1)*batch); w++ {
			met = met[:0]
			for _, p := range places[starts[w]:starts[w+1]] {
				for q, end := span(p); q < end; q++ {
					if q == p {
						continue
					}
					if times[seq[q]] == 0 {
						met = append(met, seq[q])
					}
					times[seq[q]]++
				}
			}
			slices.Sort(met)
			for _, c := range met {
				if pmi := math.Log(float64(times[c]) * all / (total[w] * flat[c])); pmi > 0 {
					rows[w].col, rows[w].val = append(rows[w].col, c), append(rows[w].val, float32(pmi))
				}
				times[c] = 0
			}
		}
	})
	a := svd.Matrix{Rows: n, Cols: n, Start: []int{0}}
	for _, r := range rows {
		a.Col, a.Val = append(a.Col, r.col...), append(a.Val, r.val...)
		a.Start = append(a.Start, len(a.Col))
	}
	return a
}

// fill takes the vectors from the factors, each made unit.
func (s *space) fill(u, sigma []float64, k int, power func(float64) float64) {
	s.k = k
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

// of is the vector of a term, nil if it has none.
func (s *space) of(term uint32) []float32 {
	if s.k == 0 || term >= strange || s.row[term] < 0 {
		return nil
	}
	return s.vector[int(s.row[term])*s.k:][:s.k]
}

// raw is the weighted mean of the vectors of some terms, and the sum of the
// weights; that is 0 where none has a vector.
func (s *space) raw(terms []Weight) ([]float64, float64) {
	v, total := make([]float64, s.k), 0.0
	for _, w := range terms {
		from := s.of(w.Term)
		if from == nil {
			continue
		}
		f := float64(w.Weight)
		total += f
		for j, x := range from {
			v[j] += f * float64(x)
		}
	}
	if total > 0 {
		for j := range v {
			v[j] /= total
		}
	}
	return v, total
}

// centre learns the mean of the texts and, where it is to be taken off, the
// direction in which they differ most (Arora, Liang and Ma, ICLR 2017).
func (s *space) centre(v *vocabulary, texts [][]int32, off bool) {
	s.mean, s.first = make([]float64, s.k), make([]float64, s.k)
	all, has := make([][]float64, len(texts)), make([]bool, len(texts))
	parallel(len(texts), func(i int) {
		terms, _ := v.weighKnown(texts[i])
		r, total := s.raw(terms)
		all[i], has[i] = r, total > 0
	})
	n := 0.0
	for i, r := range all {
		if has[i] {
			n++
			for j, x := range r {
				s.mean[j] += x
			}
		}
	}
	if n < 3 { // a mean of fewer is the texts themselves
		clear(s.mean)
		return
	}
	for j := range s.mean {
		s.mean[j] /= n
	}
	if !off {
		return
	}
	cov := make([]float64, s.k*s.k)
	for i, r := range all {
		if !has[i] {
			continue
		}
		for j := range r {
			r[j] -= s.mean[j]
		}
		for a, x := range r {
			for b, y := range r {
				cov[a*s.k+b] += x * y
			}
		}
	}
	s.first = strongest(cov, s.k)
}

// strongest is the leading eigenvector of a symmetric matrix, by power
// iteration; zero where the matrix is.
func strongest(a []float64, k int) []float64 {
	v := make([]float64, k)
	for j := range v {
		v[j] = 1 / math.Sqrt(float64(k))
	}
	for range 100 {
		next, square := make([]float64, k), 0.0
		for i := range next {
			for j, y := range v {
				next[i] += a[i*k+j] * y
			}
			square += next[i] * next[i]
		}
		if square == 0 {
			return make([]float64, k)
		}
		for i := range next {
			next[i] /= math.Sqrt(square)
		}
		v = next
	}
	return v
}

// locate is where some terms lie: the raw vector less mean and first direction,
// and its length; nil where that is 0.
func (s *space) locate(terms []Weight) (v []float64, length float64) {
	v, total := s.raw(terms)
	if total == 0 {
		return nil, 0
	}
	along, square := 0.0, 0.0
	for j := range v {
		v[j] -= s.mean[j]
		along += v[j] * s.first[j]
	}
	for j := range v {
		v[j] -= along * s.first[j]
		square += v[j] * v[j]
	}
	if square < 1e-20 { // nothing but rounding is left
		return nil, 0
	}
	length = math.Sqrt(square)
	for j := range v {
		v[j] /= length
	}
	return v, length
}
