package svd_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"jiebang/matching/svd"
)

// sparse is a random matrix with about share·rows·cols entries.
func sparse(rows, cols int, share float64, seed uint64) svd.Matrix {
	r := rand.New(rand.NewPCG(seed, 1))
	m := svd.Matrix{Rows: rows, Cols: cols, Start: []int{0}}
	for range rows {
		for j := range cols {
			if r.Float64() < share {
				m.Col = append(m.Col, int32(j))
				m.Val = append(m.Val, float32(r.NormFloat64()))
			}
		}
		m.Start = append(m.Start, len(m.Col))
	}
	return m
}

func dense(m svd.Matrix) [][]float64 {
	out := make([][]float64, m.Rows)
	for i := range out {
		out[i] = make([]float64, m.Cols)
		for j := m.Start[i]; j < m.Start[i+1]; j++ {
			out[i][m.Col[j]] += float64(m.Val[j])
		}
	}
	return out
}

// TestRebuild asks all triples of a small matrix and multiplies them together.
func TestRebuild(t *testing.T) {
	t.Parallel()
	for _, shape := range [][2]int{{1, 1}, {1, 7}, {7, 1}, {12, 9}, {9, 12}, {40, 30}} {
		m := sparse(shape[0], shape[1], 0.6, 3)
		if len(m.Val) == 0 {
			m = svd.Matrix{Rows: 1, Cols: 1, Start: []int{0, 1}, Col: []int32{0}, Val: []float32{-2}}
		}
		f, err := svd.Decompose(m, min(m.Rows, m.Cols), svd.Options{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range dense(m) {
			for j, want := range row {
				got := 0.0
				for c := range f.K {
					got += f.U[i*f.K+c] * f.S[c] * f.V[j*f.K+c]
				}
				if math.Abs(got-want) > 1e-9 {
					t.Fatalf("%v: entry %d,%d is %v, want %v", shape, i, j, got, want)
				}
			}
		}
		orthonormal(t, f.U, f.K)
		orthonormal(t, f.V, f.K)
		if !slices.IsSortedFunc(f.S, func(a, b float64) int { return -int(math.Copysign(1, a-b)) }) {
			t.Errorf("%v: values do not fall: %v", shape, f.S)
		}
	}
}

func orthonormal(t *testing.T, x []float64, k int) {
	t.Helper()
	for a := range k {
		for b := range k {
			dot, want := 0.0, 0.0
			for i := 0; i < len(x); i += k {
				dot += x[i+a] * x[i+b]
			}
			if a == b {
				want = 1
			}
			if math.Abs(dot-want) > 1e-8 {
				t.Fatalf("columns %d and %d of %d: %v", a, b, k, dot)
			}
		}
	}
}

// TestStrongest compares the leading triples of a large matrix of known
// spectrum with what was put in.
func TestStrongest(t *testing.T) {
	t.Parallel()
	const rows, cols, k = 300, 200, 12
	m := svd.Matrix{Rows: rows, Cols: cols, Start: make([]int, rows+1)}
	for i := range rows { // a diagonal that falls slowly
		if i < cols {
			m.Col = append(m.Col, int32((i*7)%cols))
			m.Val = append(m.Val, float32(math.Pow(0.97, float64(i))))
		}
		m.Start[i+1] = len(m.Col)
	}
	f, err := svd.Decompose(m, k, svd.Options{Seed: 5})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range f.S {
		if want := math.Pow(0.97, float64(i)); math.Abs(s-want) > 1e-5 {
			t.Errorf("value %d is %v, want %v", i, s, want)
		}
	}
}

func TestSameOnAnyCores(t *testing.T) {
	m := sparse(700, 300, 0.05, 9)
	before := runtime.GOMAXPROCS(1)
	one, err := svd.Decompose(m, 20, svd.Options{Seed: 2})
	runtime.GOMAXPROCS(max(4, before))
	many, err2 := svd.Decompose(m, 20, svd.Options{Seed: 2})
	runtime.GOMAXPROCS(before)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	if !slices.Equal(one.U, many.U) || !slices.Equal(one.V, many.V) || !slices.Equal(one.S, many.S) {
		t.Error("the number of cores shows")
	}
}

func TestNothing(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]svd.Matrix{
		"empty": {Start: []int{0}},
		"zeros": {Rows: 3, Cols: 2, Start: []int{0, 0, 0, 0}},
	} {
		if f, err := svd.Decompose(m, 5, svd.Options{}); err != nil || f.K != 0 {
			t.Errorf("%s: %v %v", name, f, err)
		}
	}
	zero := svd.Matrix{Rows: 2, Cols: 2, Start: []int{0, 1, 2}, Col: []int32{0, 1}, Val: []float32{0, 0}}
	if f, err := svd.Decompose(zero, 2, svd.Options{}); err != nil || f.K != 0 {
		t.Errorf("stored zeros: %v %v", f, err)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]svd.Matrix{
		"no starts":   {Rows: 1, Cols: 1},
		"column":      {Rows: 1, Cols: 1, Start: []int{0, 1}, Col: []int32{1}, Val: []float32{1}},
		"backwards":   {Rows: 2, Cols: 1, Start: []int{0, 2, 1}, Col: []int32{0}, Val: []float32{1}},
		"no number":   {Rows: 1, Cols: 1, Start: []int{0, 1}, Col: []int32{0}, Val: []float32{float32(math.NaN())}},
		"few columns": {Rows: 1, Cols: 1, Start: []int{0, 1}, Val: []float32{1}},
	} {
		if _, err := svd.Decompose(m, 1, svd.Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func BenchmarkDecompose(b *testing.B) {
	m := sparse(5000, 4000, 0.02, 1)
	b.Run("rows=5000,entries=400k,k=100", func(b *testing.B) {
		for b.Loop() {
			if _, err := svd.Decompose(m, 100, svd.Options{Seed: 1}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestEqualValues asks for more triples of one value than a step can tell apart.
func TestEqualValues(t *testing.T) {
	t.Parallel()
	const n = 90
	m := svd.Matrix{Rows: n, Cols: n + 5, Start: []int{0}}
	for i := range n {
		m.Col, m.Val = append(m.Col, int32(n-1-i)), append(m.Val, 2)
		m.Start = append(m.Start, len(m.Col))
	}
	for _, k := range []int{1, 20, n} {
		f, err := svd.Decompose(m, k, svd.Options{Seed: 4})
		if err != nil || f.K != k {
			t.Fatalf("%d of %d triples, %v", f.K, k, err)
		}
		for _, s := range f.S {
			if math.Abs(s-2) > 1e-9 {
				t.Errorf("k=%d: value %v", k, s)
			}
		}
		orthonormal(t, f.U, f.K)
		orthonormal(t, f.V, f.K)
	}
}

// TestLowRank has fewer triples than are asked for.
func TestLowRank(t *testing.T) {
	t.Parallel()
	m := svd.Matrix{Rows: 40, Cols: 30, Start: []int{0}}
	for i := range 40 {
		for j := range 30 {
			m.Col, m.Val = append(m.Col, int32(j)), append(m.Val, float32((i%3)*(j%4)+1))
		}
		m.Start = append(m.Start, len(m.Col))
	}
	f, err := svd.Decompose(m, 10, svd.Options{Seed: 4})
	if err != nil || f.K != 2 {
		t.Fatalf("%d triples %v, %v", f.K, f.S, err)
	}
	orthonormal(t, f.U, f.K)
	orthonormal(t, f.V, f.K)
}
