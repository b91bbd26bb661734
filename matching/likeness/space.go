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
// factored; each term's vector is its row of V·S at the rank of the space, made
// unit. Then the directions in which texts differ most are toned down.
func (v *vocabulary) documents(into []space, texts [][]int32, in func(int) bool, seed uint64, say func(string, int, int)) error {
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
	f, err := svd.Decompose(a, slices.Max(documentRanks[:]), svd.Options{Seed: seed, Progress: func(d, t int) { say("words of the same texts", d, t) }})
	if err != nil {
		return err
	}
	for i := range into {
		into[i].row = s.row
		into[i].fill(f.V, f.S, documentRanks[i], func(x float64) float64 { return x })
		into[i].centre(into[i].sketches(v, texts))
		into[i].even(v, texts)
	}
	return nil
}

// windows learns word vectors from the company within windowWidth words (Levy,
// Goldberg and Dagan, TACL 2015): the positive pointwise mutual information,
// with the chance of the company flattened, factored; each word's vector is its
// row of U·√S at the rank of the space, made unit. Then the direction in which
// texts differ most is taken off.
func (v *vocabulary) windows(into []space, texts [][]int32, in func(int) bool, seed uint64, say func(string, int, int)) error {
	s, n := v.rows(in)
	a := s.company(texts, n)
	f, err := svd.Decompose(a, slices.Max(windowRanks[:]), svd.Options{Seed: seed, Progress: func(d, t int) { say("words of the same company", d, t) }})
	if err != nil {
		return err
	}
	for i := range into {
		into[i].row = s.row
		into[i].fill(f.U, f.S, windowRanks[i], math.Sqrt)
		sketches := into[i].sketches(v, texts)
		into[i].centre(sketches)
		into[i].first = into[i].foremost(sketches)
	}
	return nil
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

// fill takes the vectors from the first rank columns of a factor, each made unit.
func (s *space) fill(factor, sigma []float64, rank int, power func(float64) float64) {
	of := len(sigma)
	if of == 0 {
		return
	}
	s.k = min(rank, of)
	scale := make([]float64, s.k)
	for j := range scale {
		scale[j] = power(sigma[j])
	}
	s.vector = make([]float32, len(factor)/of*s.k)
	for r := range len(factor) / of {
		from, to := factor[r*of:], s.vector[r*s.k:][:s.k]
		square := 0.0
		for j, f := range scale {
			square += from[j] * f * from[j] * f
		}
		if square == 0 {
			continue
		}
		f := 1 / math.Sqrt(square)
		for j := range to {
			to[j] = float32(from[j] * scale[j] * f)
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

// sketches are the raw vectors of the texts that have one.
func (s *space) sketches(v *vocabulary, texts [][]int32) [][]float64 {
	all := make([][]float64, len(texts))
	parallel(len(texts), func(i int) {
		terms, _ := v.weighKnown(texts[i])
		if r, total := s.raw(terms); total > 0 {
			all[i] = r
		}
	})
	return slices.DeleteFunc(all, func(r []float64) bool { return r == nil })
}

// centre learns the mean of the texts.
func (s *space) centre(sketches [][]float64) {
	s.mean, s.first = make([]float64, s.k), make([]float64, s.k)
	if len(sketches) < 3 { // a mean of fewer is the texts themselves
		return
	}
	for _, r := range sketches {
		for j, x := range r {
			s.mean[j] += x / float64(len(sketches))
		}
	}
}

// foremost is the direction in which the texts differ most; without it they are
// easier told apart (Arora, Liang and Ma, ICLR 2017). Zero for a few.
func (s *space) foremost(sketches [][]float64) []float64 {
	if len(sketches) < 3 {
		return make([]float64, s.k)
	}
	for _, r := range sketches {
		for j := range r {
			r[j] -= s.mean[j]
		}
	}
	return strongest(covariance(sketches, s.k), s.k)
}

// even turns the space so that its axes are the principal ones of the texts, and
// divides each by the root of how far they differ along it, with a constant
// added: no direction is silenced, and none drowns the others.
func (s *space) even(v *vocabulary, texts [][]int32) {
	if s.k == 0 {
		return
	}
	all := make([][]float64, len(texts))
	parallel(len(texts), func(i int) {
		terms, _ := v.weighKnown(texts[i])
		all[i], _ = s.locate(terms)
	})
	c := covariance(slices.DeleteFunc(all, func(r []float64) bool { return r == nil }), s.k)
	axes, along := svd.Symmetric(c, s.k)
	mean := 0.0
	for _, x := range along {
		mean += x / float64(s.k)
	}
	if !(mean > 0) {
		return
	}
	turn := func(x func(int) float64) []float64 {
		out := make([]float64, s.k)
		for i := range s.k {
			f := x(i)
			for j := range out {
				out[j] += f * axes[i*s.k+j]
			}
		}
		for j := range out {
			out[j] /= math.Sqrt(max(0, along[j]) + evenness*mean)
		}
		return out
	}
	const batch = 256
	parallel((len(s.vector)/s.k+batch-1)/batch, func(b int) {
		for at := b * batch * s.k; at < min(len(s.vector), (b+1)*batch*s.k); at += s.k {
			row := s.vector[at:][:s.k]
			for j, x := range turn(func(i int) float64 { return float64(row[i]) }) {
				row[j] = float32(x)
			}
		}
	})
	s.mean = turn(func(i int) float64 { return s.mean[i] })
}

// covariance is Σ r rᵀ.
func covariance(rows [][]float64, k int) []float64 {
	cov := make([]float64, k*k)
	parallel(k, func(a int) {
		to := cov[a*k:][:k]
		for _, r := range rows {
			x := r[a]
			for b, y := range r {
				to[b] += x * y
			}
		}
	})
	return cov
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
