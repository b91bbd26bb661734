package tags

import (
	"runtime"
	"sync"
	"sync/atomic"

	"jiebang/matching/svd"
)

const (
	penalty    = 1.0 // λ of the ridge, on texts of unit length
	ridgeSteps = 5
	block      = 32 // classes that are solved together
)

// ridge is W, one row of classes for each word, that minimises ‖X·W − T‖² +
// λ‖W‖², where row i of T says how far text i belongs to each class, less the
// mean. It is solved in the dual, (X·Xᵀ + λ)·A = T and W = Xᵀ·A, by a fixed
// number of steps of conjugate gradients for each class on its own (Hestenes
// and Stiefel 1952), which stop short of the solution and regularise in turn.
//
// Time O(entries · classes · steps), divided among the cores without a change
// of the result; memory O((texts + words) · block) for each core beside W.
func ridge(x svd.Matrix, target []share, classes int, o Options) (w []float32, mean []float64) {
	mean = make([]float64, classes)
	for _, s := range target {
		for i, k := range s.class {
			mean[k] += s.part[i] / float64(max(1, x.Rows))
		}
	}
	w = make([]float32, x.Cols*classes)
	blocks := (classes + block - 1) / block
	var next, done atomic.Int64
	var say sync.Mutex
	var wg sync.WaitGroup
	for range min(blocks, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				b := int(next.Add(1)) - 1
				if b >= blocks {
					return
				}
				from, to := b*classes/blocks, (b+1)*classes/blocks
				conjugate(x, target, mean, from, to, w, classes)
				say.Lock()
				o.report("learn words", int(done.Add(1)), blocks)
				say.Unlock()
			}
		})
	}
	wg.Wait()
	return w, mean
}

// conjugate fills the columns from ≤ k < to of w.
func conjugate(x svd.Matrix, target []share, mean []float64, from, to int, w []float32, classes int) {
	n, b := x.Rows, to-from
	a, r, p := make([]float64, n*b), make([]float64, n*b), make([]float64, n*b)
	for i, s := range target {
		for k := range b {
			r[i*b+k] = -mean[from+k]
		}
		for j, k := range s.class {
			if int(k) >= from && int(k) < to {
				r[i*b+int(k)-from] += s.part[j]
			}
		}
	}
	copy(p, r)
	rr, z, q := squares(r, b), make([]float64, x.Cols*b), make([]float64, n*b)
	for range ridgeSteps {
		down(x, p, z, b)
		across(x, z, q, b)
		pq := make([]float64, b)
		for i := range q {
			q[i] += penalty * p[i]
			pq[i%b] += p[i] * q[i]
		}
		step := quotients(rr, pq)
		for i := range q {
			a[i] += step[i%b] * p[i]
			r[i] -= step[i%b] * q[i]
		}
		last := rr
		rr = squares(r, b)
		turn := quotients(rr, last)
		for i := range p {
			p[i] = r[i] + turn[i%b]*p[i]
		}
	}
	down(x, a, z, b)
	for i := range x.Cols {
		for k := range b {
			w[i*classes+from+k] = float32(z[i*b+k])
		}
	}
}

// down is z = Xᵀ·p for b columns.
func down(x svd.Matrix, p, z []float64, b int) {
	clear(z)
	for i := range x.Rows {
		from := p[i*b : (i+1)*b]
		for j := x.Start[i]; j < x.Start[i+1]; j++ {
			v, to := float64(x.Val[j]), z[int(x.Col[j])*b:][:len(from)]
			for k, f := range from {
				to[k] += v * f
			}
		}
	}
}

// across is q = X·z for b columns.
func across(x svd.Matrix, z, q []float64, b int) {
	clear(q)
	for i := range x.Rows {
		to := q[i*b : (i+1)*b]
		for j := x.Start[i]; j < x.Start[i+1]; j++ {
			v, from := float64(x.Val[j]), z[int(x.Col[j])*b:][:len(to)]
			for k, f := range from {
				to[k] += v * f
			}
		}
	}
}

func squares(r []float64, b int) []float64 {
	out := make([]float64, b)
	for i, v := range r {
		out[i%b] += v * v
	}
	return out
}

// quotients are a/b, 0 where there is nothing left to divide.
func quotients(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range out {
		if b[i] > 1e-200 {
			out[i] = a[i] / b[i]
		}
	}
	return out
}
