package tags

import "slices"

// minimise a convex function of few variables, given by its value, gradient and
// Hessian, plus ½·((x−usual)/likely)² for each variable, which makes the
// minimum unique. Newton's method from usual, each step halved until the value
// falls.
func minimise(usual, likely []float64, f func(x []float64) (float64, []float64, [][]float64)) []float64 {
	at := func(x []float64) (float64, []float64, [][]float64) {
		value, slope, bend := f(x)
		for i := range x {
			d := (x[i] - usual[i]) / likely[i]
			value += d * d / 2
			slope[i] += d / likely[i]
			bend[i][i] += 1 / (likely[i] * likely[i])
		}
		return value, slope, bend
	}
	x := slices.Clone(usual)
	value, slope, bend := at(x)
	for range 50 {
		step := solve(bend, slope)
		next, lower := slices.Clone(x), false
		for t := 1.0; t > 1e-6 && !lower; t /= 2 {
			for i := range x {
				next[i] = x[i] - t*step[i]
			}
			v, s, b := at(next)
			if lower = v < value-1e-9; lower {
				value, slope, bend = v, s, b
			}
		}
		if !lower {
			return x
		}
		x = next
	}
	return x
}

// solve is the x of a·x = b for a positive definite a, by elimination; it
// overwrites both.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for j := i + 1; j < n; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}

func square(n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}
