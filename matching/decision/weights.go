package decision

import (
	"errors"
	"fmt"
	"math"
)

// randomIndex is Saaty's table (The Analytic Hierarchy Process, 1980) of the
// mean consistency index of random matrices of order 1 to 10. Larger
// simulations differ in the second digit.
var randomIndex = []float64{0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49}

// RandomIndex is that of order n; false beyond Saaty's table.
func RandomIndex(n int) (float64, bool) {
	if n < 1 || n > len(randomIndex) {
		return 0, false
	}
	return randomIndex[n-1], true
}

// LeastConsistent is the consistency ratio up to which judgements may be used.
const LeastConsistent = 0.1

// Hierarchy is what pairwise judgements of one level say.
type Hierarchy struct {
	Weights    []float64 // principal eigenvector, sums to 1
	Geometric  []float64 // row geometric means, sums to 1: the same where judgements are consistent
	LambdaMax  float64   // principal eigenvalue, the order where they are
	CI         float64   // (λ − n) / (n − 1)
	CR         float64   // CI / random index; 0 up to order 2
	Consistent bool      // CR below LeastConsistent
}

// AHP weighs things by pairwise judgements (Saaty 1980): judged[i][j] says how
// many times more i counts than j, with judged[j][i] its reciprocal, to within
// 1 % for judgements that were rounded. It fails on anything else, and beyond
// order 10. O(order²) per step of the power method.
func AHP(judged [][]float64) (Hierarchy, error) {
	n := len(judged)
	ri, ok := RandomIndex(n)
	if !ok {
		return Hierarchy{}, fmt.Errorf("judged: order %d; the method is for 1 to %d things, group them first", n, len(randomIndex))
	}
	if err := reciprocal(judged); err != nil {
		return Hierarchy{}, err
	}
	h := Hierarchy{Geometric: make([]float64, n)}
	for i, row := range judged {
		for _, v := range row {
			h.Geometric[i] += math.Log(v) / float64(n)
		}
		h.Geometric[i] = math.Exp(h.Geometric[i])
	}
	h.Geometric = shares(h.Geometric)
	h.Weights = h.Geometric
	for range 1000 {
		next := make([]float64, n)
		for i, row := range judged {
			for j, v := range row {
				next[i] += v * h.Weights[j]
			}
		}
		h.LambdaMax = 0
		for _, v := range next {
			h.LambdaMax += v
		}
		next = shares(next)
		moved := 0.0
		for i := range next {
			moved = max(moved, math.Abs(next[i]-h.Weights[i]))
		}
		h.Weights = next
		if moved < 1e-15 {
			break
		}
	}
	if n > 1 {
		h.CI = max(0, (h.LambdaMax-float64(n))/float64(n-1))
	}
	if ri > 0 {
		h.CR = h.CI / ri
	}
	h.Consistent = h.CR < LeastConsistent
	return h, nil
}

func reciprocal(judged [][]float64) error {
	var faults []error
	for i, row := range judged {
		if len(row) != len(judged) {
			return fmt.Errorf("judged[%d]: %d judgements of %d", i, len(row), len(judged))
		}
		for j, v := range row {
			if !(v > 0) || math.IsInf(v, 0) {
				faults = append(faults, fmt.Errorf("judged[%d][%d]: %v is no ratio above 0", i, j, v))
			}
		}
	}
	if len(faults) > 0 {
		return errors.Join(faults...)
	}
	for i, row := range judged {
		for j, v := range row {
			if p := v * judged[j][i]; math.Abs(p-1) > 0.01 {
				faults = append(faults, fmt.Errorf("judged[%d][%d]: %v is not the reciprocal of %v", i, j, v, judged[j][i]))
			}
		}
	}
	return errors.Join(faults...)
}

func shares(v []float64) []float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = x / sum
	}
	return out
}

// Entropy weighs a criterion the more the less evenly its values, of 0 and
// more, are spread over the alternatives: shares of 1 − entropy, which it
// returns too (Shannon's, of base the number of alternatives; 1 for a column
// of zeros). Equal weights where no criterion tells anything. Reports only.
func Entropy(t Table) (weights, entropy []float64, err error) {
	if err := t.Check(); err != nil {
		return nil, nil, err
	}
	entropy = make([]float64, len(t.Rows[0]))
	weights = make([]float64, len(entropy))
	told := 0.0
	for j := range entropy {
		sum := 0.0
		for i, v := range t.column(j) {
			if v < 0 {
				return nil, nil, fmt.Errorf("rows[%d][%d]: %v; entropy needs values of 0 and more", i, j, v)
			}
			sum += v
		}
		entropy[j] = 1
		if sum > 0 && len(t.Rows) > 1 {
			entropy[j] = 0
			for _, v := range t.column(j) {
				if v > 0 {
					entropy[j] -= v / sum * math.Log(v/sum) / math.Log(float64(len(t.Rows)))
				}
			}
		}
		weights[j] = max(0, 1-entropy[j])
		told += weights[j]
	}
	return orEqual(weights, told), entropy, nil
}

// CRITIC weighs a criterion by its spread times how little it goes along with
// the others: σⱼ · Σₖ (1 − rⱼₖ), on values brought to 0..1 (Diakoulaki et al.,
// Computers & OR 22, 1995). A column of equal values weighs nothing. Equal
// weights where no criterion tells anything. Reports only. O(alternatives · criteria²).
func CRITIC(t Table) ([]float64, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	n := len(t.Rows[0])
	scaled, sd := make([][]float64, n), make([]float64, n)
	for j := range n {
		best, worst := t.bounds(j)
		scaled[j] = t.column(j)
		mean := 0.0
		for i, v := range scaled[j] {
			if best != worst {
				scaled[j][i] = (v - worst) / (best - worst)
			} else {
				scaled[j][i] = 0
			}
			mean += scaled[j][i] / float64(len(t.Rows))
		}
		for i := range scaled[j] {
			scaled[j][i] -= mean
			sd[j] += scaled[j][i] * scaled[j][i]
		}
		sd[j] = math.Sqrt(sd[j])
	}
	weights, told := make([]float64, n), 0.0
	for j := range n {
		for k := range n {
			if j == k || sd[j] == 0 {
				continue
			}
			r := 0.0
			for i, v := range scaled[j] {
				r += v * scaled[k][i]
			}
			if sd[k] > 0 {
				r /= sd[j] * sd[k]
			}
			weights[j] += sd[j] * (1 - r)
		}
		told += weights[j]
	}
	return orEqual(weights, told), nil
}

func orEqual(weights []float64, sum float64) []float64 {
	for j := range weights {
		if sum <= 1e-12 {
			weights[j] = 1 / float64(len(weights))
		} else {
			weights[j] /= sum
		}
	}
	return weights
}
