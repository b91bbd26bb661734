package consensus

import "math"

// matrix is a square matrix, row by row.
type matrix struct {
	n int
	v []float64
}

func newMatrix(n int) matrix { return matrix{n, make([]float64, n*n)} }

func (m matrix) row(i int) []float64     { return m.v[i*m.n : (i+1)*m.n] }
func (m matrix) at(i, j int) float64     { return m.v[i*m.n+j] }
func (m matrix) add(i, j int, x float64) { m.v[i*m.n+j] += x }

// factor is the lower Cholesky factor of m + ridge·I, which must be positive
// definite. n³/3 multiplications.
func (m matrix) factor(ridge float64) matrix {
	l := newMatrix(m.n)
	for i := range m.n {
		li := l.row(i)
		for j := range i + 1 {
			lj := l.row(j)
			x := m.at(i, j) - dot(li[:j], lj[:j])
			if i == j {
				li[i] = math.Sqrt(x + ridge)
			} else {
				li[j] = x / lj[j]
			}
		}
	}
	return l
}

// inverse is (l lᵀ)⁻¹ of a lower factor. 2n³/3 multiplications.
func (l matrix) inverse() matrix {
	n := l.n
	u := newMatrix(n) // row j holds column j of l⁻¹
	for j := range n {
		col := u.row(j)
		col[j] = 1 / l.at(j, j)
		for i := j + 1; i < n; i++ {
			col[i] = -dot(l.row(i)[j:i], col[j:i]) / l.at(i, i)
		}
	}
	out := newMatrix(n)
	for i := range n {
		for j := range i + 1 {
			x := dot(u.row(i)[i:], u.row(j)[i:])
			out.v[i*n+j], out.v[j*n+i] = x, x
		}
	}
	return out
}

// backward solves lᵀ x = b in place.
func (l matrix) backward(b []float64) {
	for i := l.n - 1; i >= 0; i-- {
		b[i] /= l.at(i, i)
		x, row := b[i], l.row(i)
		for k := range i {
			b[k] -= row[k] * x
		}
	}
}

// times is m·x.
func (m matrix) times(x []float64) []float64 {
	out := make([]float64, m.n)
	for i := range out {
		out[i] = dot(m.row(i), x)
	}
	return out
}

// dot adds up in four lanes, which is three times as fast as in one.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	k := 0
	for ; k+3 < len(a); k += 4 {
		s0 += a[k] * b[k]
		s1 += a[k+1] * b[k+1]
		s2 += a[k+2] * b[k+2]
		s3 += a[k+3] * b[k+3]
	}
	for ; k < len(a); k++ {
		s0 += a[k] * b[k]
	}
	return (s0 + s1) + (s2 + s3)
}

// tridiagonal is a symmetric matrix reduced to T = QᵀMQ by Householder's
// reflections (Golub and Van Loan, Matrix Computations, §8.3.1), with Qᵀz of one
// vector: all that is needed to know the likelihood at any ratio of variances
// in linear time.
type tridiagonal struct {
	diagonal, below, z []float64
}

// reduce takes 4n³/3 multiplications and destroys m.
func (m matrix) reduce(z []float64) tridiagonal {
	n := m.n
	t := tridiagonal{make([]float64, n), make([]float64, max(0, n-1)), append([]float64{}, z...)}
	v, p := make([]float64, n), make([]float64, n)
	for k := 0; k < n-2; k++ {
		norm := 0.0
		for i := k + 1; i < n; i++ {
			v[i] = m.at(i, k)
			norm += v[i] * v[i]
		}
		norm = math.Sqrt(norm)
		if norm == 0 {
			continue
		}
		t.below[k] = -math.Copysign(norm, v[k+1])
		v[k+1] -= t.below[k]
		vv := dot(v[k+1:], v[k+1:])
		// p = 2 M v / vᵀv, then M ← M − v qᵀ − q vᵀ with q = p − (pᵀv / vᵀv) v
		for i := k + 1; i < n; i++ {
			p[i] = 2 * dot(m.row(i)[k+1:], v[k+1:]) / vv
		}
		c := dot(p[k+1:], v[k+1:]) / vv
		for i := k + 1; i < n; i++ {
			p[i] -= c * v[i]
		}
		for i := k + 1; i < n; i++ {
			row, vi, pi := m.row(i)[k+1:n], v[i], p[i]
			p, v := p[k+1:n], v[k+1:n]
			for j := range row {
				row[j] -= vi*p[j] + pi*v[j]
			}
		}
		s := 2 * dot(t.z[k+1:], v[k+1:]) / vv
		for i := k + 1; i < n; i++ {
			t.z[i] -= s * v[i]
		}
	}
	if n > 1 {
		t.below[n-2] = m.at(n-1, n-2)
	}
	for i := range n {
		t.diagonal[i] = m.at(i, i)
	}
	return t
}

// at returns log |I + g·M| and zᵀ (M + I/g)⁻¹ z. O(n).
func (t tridiagonal) at(g float64) (logdet, explained float64) {
	d, y := 0.0, 0.0
	for i := range t.diagonal {
		x, z := t.diagonal[i]+1/g, t.z[i]
		if i > 0 {
			c := t.below[i-1] / d
			x -= c * t.below[i-1]
			z -= c * y
		}
		d, y = x, z
		logdet += math.Log(d * g)
		explained += y * y / d
	}
	return logdet, explained
}
