package tags

import (
	"fmt"
	"math"
	"slices"

	"jiebang/matching/svd"
)

const (
	dimensions   = 100    // of a pool that is large enough
	textsEach    = 8      // at least, for a dimension
	spaceOfTexts = 20_000 // more of them hardly turn the space
	sharpness    = 15.0   // κ: how far a cosine of 1 outweighs one of 0, in nats
)

// space is where texts lie by the company their words keep: latent semantic
// analysis with word vectors of unit length (rows of V·S), so that a rare word
// counts by its weight in the text and not by how much of the pool it spans. A
// text is the weighted sum of its words, of unit length, less the mean of all
// texts, and of unit length again. Short texts gain most: words never seen with
// a tag lie near words that were.
type space struct {
	k      int
	word   []float32 // k for each word
	mean   []float64
	centre []float64 // k for each class: the direction of its mean text
	count  []float64 // ln of the texts of each class
}

// newSpace learns the word vectors and the mean text.
func newSpace(x svd.Matrix, o Options) (*space, error) {
	some := x
	if x.Rows > spaceOfTexts {
		of := make([]int, spaceOfTexts)
		for i := range of {
			of[i] = i * x.Rows / spaceOfTexts
		}
		some = rows(x, of)
	}
	f, err := svd.Decompose(some, min(dimensions, 10+some.Rows/textsEach), svd.Options{Seed: o.Seed,
		Progress: func(done, total int) { o.report("learn space", done, total) }})
	if err != nil {
		return nil, fmt.Errorf("learn the space of words: %w", err)
	}
	s := &space{k: f.K, word: make([]float32, x.Cols*f.K), mean: make([]float64, f.K)}
	for w := range x.Cols {
		row := make([]float64, f.K)
		for c := range row {
			row[c] = f.V[w*f.K+c] * f.S[c]
		}
		unit(row)
		for c, v := range row {
			s.word[w*f.K+c] = float32(v)
		}
	}
	for i := range some.Rows {
		for c, v := range s.raw(rowOf(some, i)) {
			s.mean[c] += v / float64(some.Rows)
		}
	}
	return s, nil
}

func rowOf(x svd.Matrix, i int) vector {
	from, to := x.Start[i], x.Start[i+1]
	v := vector{word: x.Col[from:to], x: make([]float64, to-from)}
	for j := range v.x {
		v.x[j] = float64(x.Val[from+j])
	}
	return v
}

// sum of the vectors of the words of a text.
func (s *space) sum(v vector) []float64 {
	out := make([]float64, s.k)
	for i, w := range v.word {
		for c, u := range s.word[int(w)*s.k:][:s.k] {
			out[c] += v.x[i] * float64(u)
		}
	}
	return out
}

// raw is the direction of a text before the mean is taken away.
func (s *space) raw(v vector) []float64 {
	out := s.sum(v)
	unit(out)
	return out
}

// place is where a text lies.
func (s *space) place(v vector) []float64 {
	out := s.raw(v)
	for c := range out {
		out[c] -= s.mean[c]
	}
	unit(out)
	return out
}

// centres gives each class the direction of the mean of its texts.
func (s *space) centres(x svd.Matrix, target []share, classes int) *space {
	out := *s
	out.centre, out.count = make([]float64, classes*s.k), make([]float64, classes)
	for i, t := range target {
		at := s.place(rowOf(x, i))
		for j, k := range t.class {
			out.count[k] += t.part[j]
			for c, v := range at {
				out.centre[int(k)*s.k+c] += t.part[j] * v
			}
		}
	}
	for k := range classes {
		unit(out.centre[k*s.k : (k+1)*s.k])
		out.count[k] = math.Log(max(out.count[k], 0.5))
	}
	return &out
}

// score of each class: κ·cos(text, centre) + ln(its texts).
func (s *space) score(v vector) []float64 {
	at, out := s.place(v), slices.Clone(s.count)
	for k := range out {
		out[k] += sharpness * dot(at, s.centre[k*s.k:][:s.k])
	}
	return out
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func norm(v []float64) float64 { return math.Sqrt(dot(v, v)) }

// unit scales v to length 1 in place; a zero stays one.
func unit(v []float64) {
	if n := norm(v); n > 1e-12 {
		for i := range v {
			v[i] /= n
		}
	}
}
