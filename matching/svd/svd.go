// Package svd factors a large sparse matrix into its few strongest singular triples.
//
// It is block Lanczos with full orthogonalisation on a random start (Golub and
// Underwood, 1977; Musco and Musco, "Randomized block Krylov methods", NIPS
// 2015), with a basis three times as large as what is asked for. Subspace
// iteration of the same cost leaves the weaker half of 200 triples of a text
// matrix to the luck of its start; here they have converged. The result is the
// same to the last bit on any number of cores: every sum is taken in an order
// that depends on the matrix alone.
package svd

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Matrix is a sparse matrix by rows: the entries of row i are
// Val[Start[i]:Start[i+1]] in the columns Col[Start[i]:Start[i+1]].
type Matrix struct {
	Rows, Cols int
	Start      []int // Rows+1 of them
	Col        []int32
	Val        []float32
}

// Check says what is wrong with the shape of m, or nil.
func (m Matrix) Check() error {
	if m.Rows < 0 || m.Cols < 0 || len(m.Start) != m.Rows+1 || len(m.Col) != len(m.Val) || m.Start[0] != 0 || m.Start[m.Rows] != len(m.Col) {
		return fmt.Errorf("svd: %d rows need %d starts from 0 to the %d entries, each with a column", m.Rows, m.Rows+1, len(m.Val))
	}
	for i := range m.Rows {
		if m.Start[i] > m.Start[i+1] {
			return fmt.Errorf("svd: row %d ends before it starts", i)
		}
	}
	for i, c := range m.Col {
		if c < 0 || int(c) >= m.Cols {
			return fmt.Errorf("svd: entry %d is in column %d of %d", i, c, m.Cols)
		}
		if v := float64(m.Val[i]); math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("svd: entry %d is %v", i, v)
		}
	}
	return nil
}

// Transpose is m with rows and columns exchanged; the entries of each row are
// in the order of their columns. Linear in the number of entries.
func (m Matrix) Transpose() Matrix {
	t := Matrix{Rows: m.Cols, Cols: m.Rows, Start: make([]int, m.Cols+1), Col: make([]int32, len(m.Col)), Val: make([]float32, len(m.Val))}
	for _, c := range m.Col {
		t.Start[c+1]++
	}
	for i := range t.Rows {
		t.Start[i+1] += t.Start[i]
	}
	next := slices.Clone(t.Start)
	for i := range m.Rows {
		for j := m.Start[i]; j < m.Start[i+1]; j++ {
			c := m.Col[j]
			t.Col[next[c]], t.Val[next[c]] = int32(i), m.Val[j]
			next[c]++
		}
	}
	return t
}

// Factors are the strongest triples of a matrix A ≈ U diag(S) Vᵀ: S falls and
// is positive; row i of U (K numbers from i·K on) belongs to row i of A, row j
// of V to its column j. The columns of U and of V are orthonormal.
type Factors struct {
	K int
	S []float64
	U []float64
	V []float64
}

// Options of Decompose. Basis is how many directions are searched (0 means three
// times what is asked for, and 50 more at least); what is found among all
// directions of the shorter side is exact.
type Options struct {
	Seed     uint64
	Basis    int
	Progress func(done, total int)
}

// Decompose finds the k strongest triples of m, or as many as it has. With n
// the shorter side of m and b the size of the basis it takes time
// O(entries·b + n·b² + b³) and memory O(n·b + longer side·k).
func Decompose(m Matrix, k int, o Options) (Factors, error) {
	if err := m.Check(); err != nil {
		return Factors{}, err
	}
	size := o.Basis
	if size <= 0 {
		size = max(3*k, k+50)
	}
	if k <= 0 || m.Rows == 0 || m.Cols == 0 || len(m.Val) == 0 {
		return Factors{}, nil
	}
	t := m.Transpose()
	turned := m.Rows > m.Cols // search the shorter side
	if turned {
		m, t = t, m
	}
	size = min(max(size, k), m.Rows)
	s := newSearch(m.Rows, size, o.Seed)
	for s.done < size {
		s.step(func(y []float64, b int) []float64 { return multiply(m, multiply(t, y, b), b) })
		if o.Progress != nil {
			o.Progress(s.done, size)
		}
	}
	f := s.finish(t, k)
	if turned {
		f.U, f.V = f.V, f.U
	}
	return f, nil
}

// search is a growing orthonormal basis of the space that A Aᵀ spans from a
// random start, and A Aᵀ seen from it.
type search struct {
	rows, size int
	done       int       // columns of the basis
	basis      []float64 // rows of size
	seen       []float64 // size×size
	random     *rand.Rand
	next       []float64 // what the last step led to; nil at first
}

// width is how many columns a step adds: few enough that twelve steps sharpen
// what is found, and enough to keep the cores busy.
func (s *search) width() int { return min(max(s.size/12, 4), 48, s.size-s.done) }

func newSearch(rows, size int, seed uint64) *search {
	return &search{
		rows: rows, size: size, basis: make([]float64, rows*size), seen: make([]float64, size*size),
		random: rand.New(rand.NewPCG(seed, 0x5eed5eed5eed5eed)),
	}
}

// step adds the directions that the last step led to, and applies A Aᵀ to them.
func (s *search) step(apply func(y []float64, b int) []float64) {
	b := s.width()
	y := s.next
	if y == nil {
		y = s.start(b)
	}
	y = columns(y, len(y)/s.rows, b)
	s.orthonormal(y, b)
	from := s.done
	for i := range s.rows {
		copy(s.basis[i*s.size+from:], y[i*b:(i+1)*b])
	}
	s.done += b
	w := apply(y, b)
	c := s.against(w, b) // of A Aᵀ y, its part along each direction
	for a := range s.done {
		for j := range b {
			s.seen[a*s.size+from+j] = c[a*b+j]
			s.seen[(from+j)*s.size+a] = c[a*b+j]
		}
	}
	for a := from; a < s.done; a++ { // symmetric to the last bit
		for d := from; d < a; d++ {
			x := (s.seen[a*s.size+d] + s.seen[d*s.size+a]) / 2
			s.seen[a*s.size+d], s.seen[d*s.size+a] = x, x
		}
	}
	s.next = w
}

// columns is the first b of l columns.
func columns(x []float64, l, b int) []float64 {
	if l == b {
		return x
	}
	out := make([]float64, 0, len(x)/l*b)
	for i := 0; i < len(x); i += l {
		out = append(out, x[i:i+b]...)
	}
	return out
}

func (s *search) start(b int) []float64 {
	y := make([]float64, s.rows*b)
	for i := range y {
		y[i] = s.random.NormFloat64()
	}
	return y
}

// orthonormal makes the b columns of y orthonormal to one another and to the
// basis. Where y has no b directions of its own, as when everything it leads to
// has been seen, new random ones take the place of those that are missing.
func (s *search) orthonormal(y []float64, b int) {
	for range 3 {
		scale := 0.0
		for _, x := range y {
			scale += x * x
		}
		missing := 0
		for range 2 {
			s.subtract(y, s.against(y, b), b)
			missing = max(missing, normalise(y, b, 1e-22*scale))
		}
		if missing == 0 {
			return
		}
		fresh := s.start(b)
		for i := range s.rows { // normalise leaves the missing columns last
			copy(y[i*b+b-missing:(i+1)*b], fresh[i*b+b-missing:(i+1)*b])
		}
	}
}

// against is the product of the transposed basis, so far, with y.
func (s *search) against(y []float64, b int) []float64 {
	blocks := (s.rows + block - 1) / block
	parts := make([][]float64, blocks)
	parallel(blocks, func(n int) {
		c := make([]float64, s.done*b)
		for i := n * block; i < min(s.rows, (n+1)*block); i++ {
			row := y[i*b : (i+1)*b]
			for a, v := range s.basis[i*s.size : i*s.size+s.done] {
				scaled(c[a*b:(a+1)*b], v, row)
			}
		}
		parts[n] = c
	})
	out := make([]float64, s.done*b)
	for _, p := range parts {
		for i, x := range p {
			out[i] += x
		}
	}
	return out
}

// subtract takes the basis times c off y.
func (s *search) subtract(y, c []float64, b int) {
	parallel(s.rows, func(i int) {
		row := y[i*b : (i+1)*b]
		for a, v := range s.basis[i*s.size : i*s.size+s.done] {
			scaled(row, -v, c[a*b:(a+1)*b])
		}
	})
}

// normalise makes the columns of y orthonormal, in place, by the eigenvectors of
// their Gram matrix, and says how many directions are weaker than least: those
// are zero and stand last.
func normalise(y []float64, b int, least float64) int {
	w, lambda := Symmetric(gram(y, b), b)
	missing := 0
	for j := range b {
		f := 0.0
		if lambda[j] > least && lambda[j] > 1e-14*lambda[0] && lambda[j] > 0 {
			f = 1 / math.Sqrt(lambda[j])
		} else {
			missing++
		}
		for i := range b {
			w[i*b+j] *= f
		}
	}
	copy(y, project(y, b, w, b))
	return missing
}

// finish turns the basis Y and T = Yᵀ A Aᵀ Y = W S² Wᵀ into triples: U = Y W and
// V = Aᵀ U / S.
func (s *search) finish(t Matrix, k int) Factors {
	w, lambda := Symmetric(s.seen, s.size)
	keep := 0
	for keep < min(k, s.size) && lambda[keep] > 1e-13*lambda[0] && lambda[keep] > 0 {
		keep++
	}
	f := Factors{K: keep, S: make([]float64, keep)}
	if keep == 0 {
		return f
	}
	f.U = project(s.basis, s.size, w, keep)
	f.V = multiply(t, f.U, keep)
	for j := range keep {
		f.S[j] = math.Sqrt(lambda[j])
	}
	for i := range f.V {
		f.V[i] /= f.S[i%keep]
	}
	return f
}

// multiply is m times the dense x of l columns.
func multiply(m Matrix, x []float64, l int) []float64 {
	y := make([]float64, m.Rows*l)
	parallel(m.Rows, func(i int) {
		row := y[i*l : (i+1)*l]
		for j := m.Start[i]; j < m.Start[i+1]; j++ {
			scaled(row, float64(m.Val[j]), x[int(m.Col[j])*l:][:l])
		}
	})
	return y
}

// project is x (rows of l) times the first k columns of the l×l matrix w.
func project(x []float64, l int, w []float64, k int) []float64 {
	rows := len(x) / l
	out := make([]float64, rows*k)
	parallel(rows, func(i int) {
		row := out[i*k : (i+1)*k]
		for j, v := range x[i*l : (i+1)*l] {
			scaled(row, v, w[j*l:][:k])
		}
	})
	return out
}

// scaled adds f·x to y, which is as long.
func scaled(y []float64, f float64, x []float64) {
	x = x[:len(y)]
	for len(y) >= 4 {
		y[0] += f * x[0]
		y[1] += f * x[1]
		y[2] += f * x[2]
		y[3] += f * x[3]
		y, x = y[4:], x[4:]
	}
	for i := range y {
		y[i] += f * x[i]
	}
}

const block = 512 // rows whose Gram matrix is summed by one core

// gram is xᵀx for x with rows of l.
func gram(x []float64, l int) []float64 {
	rows := len(x) / l
	blocks := (rows + block - 1) / block
	parts := make([][]float64, blocks)
	parallel(blocks, func(b int) {
		g := make([]float64, l*l)
		for i := b * block; i < min(rows, (b+1)*block); i++ {
			row := x[i*l : (i+1)*l]
			for a, v := range row {
				scaled(g[a*l+a:(a+1)*l], v, row[a:])
			}
		}
		parts[b] = g
	})
	sum := make([]float64, l*l)
	for _, p := range parts {
		for i, v := range p {
			sum[i] += v
		}
	}
	for i := range l {
		for j := range i {
			sum[i*l+j] = sum[j*l+i]
		}
	}
	return sum
}

// parallel runs f for 0 to n-1 on all cores; f(i) must touch nothing that
// another f(j) touches.
func parallel(n int, f func(int)) {
	const chunk = 16
	workers := min(runtime.GOMAXPROCS(0), (n+chunk-1)/chunk)
	if workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				from := int(next.Add(chunk)) - chunk
				if from >= n {
					return
				}
				for i := from; i < min(n, from+chunk); i++ {
					f(i)
				}
			}
		})
	}
	wg.Wait()
}

// Symmetric gives the eigenvectors of the symmetric n×n matrix a as the columns
// of w, with their values, largest first. The sign of each is such that its
// largest component is positive.
//
// Householder reduction and implicit QL, after the EISPACK routines tred2 and
// tql2 (Bowdler, Martin, Reinsch and Wilkinson, 1968). O(n³).
func Symmetric(a []float64, n int) (w, values []float64) {
	v, d, e := slices.Clone(a), make([]float64, n), make([]float64, n)
	tridiagonal(v, d, e, n)
	diagonal(v, d, e, n)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(d[j], d[i]) })
	w, values = make([]float64, n*n), make([]float64, n)
	for to, from := range order {
		values[to] = d[from]
		best := 0.0
		for i := range n {
			if x := v[i*n+from]; math.Abs(x) > math.Abs(best) {
				best = x
			}
		}
		for i := range n {
			w[i*n+to] = math.Copysign(1, best) * v[i*n+from]
		}
	}
	return w, values
}

// tridiagonal reduces v to the diagonal d and the subdiagonal e[1:], and leaves
// in v the rotation that did it.
func tridiagonal(v, d, e []float64, n int) {
	copy(d, v[(n-1)*n:])
	for i := n - 1; i > 0; i-- {
		scale, h := 0.0, 0.0
		for k := range i {
			scale += math.Abs(d[k])
		}
		if scale == 0 {
			e[i] = d[i-1]
			for j := range i {
				d[j] = v[(i-1)*n+j]
				v[i*n+j], v[j*n+i] = 0, 0
			}
			d[i] = h
			continue
		}
		for k := range i {
			d[k] /= scale
			h += d[k] * d[k]
		}
		f := d[i-1]
		g := -math.Copysign(math.Sqrt(h), f)
		e[i] = scale * g
		h -= f * g
		d[i-1] = f - g
		clear(e[:i])
		for j := range i {
			f = d[j]
			v[j*n+i] = f
			g = e[j] + v[j*n+j]*f
			for k := j + 1; k < i; k++ {
				g += v[k*n+j] * d[k]
				e[k] += v[k*n+j] * f
			}
			e[j] = g
		}
		f = 0
		for j := range i {
			e[j] /= h
			f += e[j] * d[j]
		}
		hh := f / (h + h)
		for j := range i {
			e[j] -= hh * d[j]
		}
		for j := range i {
			f, g = d[j], e[j]
			for k := j; k < i; k++ {
				v[k*n+j] -= f*e[k] + g*d[k]
			}
			d[j] = v[(i-1)*n+j]
			v[i*n+j] = 0
		}
		d[i] = h
	}
	for i := range n - 1 {
		v[(n-1)*n+i] = v[i*n+i]
		v[i*n+i] = 1
		if h := d[i+1]; h != 0 {
			for k := 0; k <= i; k++ {
				d[k] = v[k*n+i+1] / h
			}
			for j := 0; j <= i; j++ {
				g := 0.0
				for k := 0; k <= i; k++ {
					g += v[k*n+i+1] * v[k*n+j]
				}
				for k := 0; k <= i; k++ {
					v[k*n+j] -= g * d[k]
				}
			}
		}
		for k := 0; k <= i; k++ {
			v[k*n+i+1] = 0
		}
	}
	for j := range n {
		d[j] = v[(n-1)*n+j]
		v[(n-1)*n+j] = 0
	}
	v[n*n-1] = 1
	e[0] = 0
}

// diagonal turns d and e into eigenvalues and rotates v into eigenvectors.
func diagonal(v, d, e []float64, n int) {
	copy(e, e[1:])
	e[n-1] = 0
	f, tst := 0.0, 0.0
	for l := range n {
		tst = max(tst, math.Abs(d[l])+math.Abs(e[l]))
		m := l
		for m < n-1 && math.Abs(e[m]) > 0x1p-52*tst {
			m++
		}
		for rounds := 0; m > l && rounds < 64; rounds++ {
			g := d[l]
			p := (d[l+1] - g) / (2 * e[l])
			r := math.Copysign(math.Hypot(p, 1), p)
			d[l] = e[l] / (p + r)
			d[l+1] = e[l] * (p + r)
			dl1, h := d[l+1], g-d[l]
			for i := l + 2; i < n; i++ {
				d[i] -= h
			}
			f += h
			p = d[m]
			c, c2, c3 := 1.0, 1.0, 1.0
			el1, s, s2 := e[l+1], 0.0, 0.0
			for i := m - 1; i >= l; i-- {
				c3, c2, s2 = c2, c, s
				g = c * e[i]
				h = c * p
				r = math.Hypot(p, e[i])
				e[i+1] = s * r
				s = e[i] / r
				c = p / r
				p = c*d[i] - s*g
				d[i+1] = h + s*(c*g+s*d[i])
				for k := range n {
					row := v[k*n+i : k*n+i+2]
					h = row[1]
					row[1] = s*row[0] + c*h
					row[0] = c*row[0] - s*h
				}
			}
			p = -s * s2 * c3 * el1 * e[l] / dl1
			e[l] = s * p
			d[l] = c * p
			if math.Abs(e[l]) <= 0x1p-52*tst {
				break
			}
		}
		d[l] += f
		e[l] = 0
	}
}
