package measure

import (
	"math"
	"slices"
)

// ROC is a list of scores and of what is true of each, sorted once so that the
// area under its curve can be had for many weights of the same things.
type ROC struct {
	order    []int
	level    []bool // order[i] stands level with order[i-1]
	positive []bool
}

// NewROC takes a score and a truth each; both slices have the same length. A score that is no number stands last.
func NewROC(scores []float64, positive []bool) *ROC {
	r := &ROC{order: make([]int, len(scores)), level: make([]bool, len(scores)), positive: positive}
	for i := range r.order {
		r.order[i] = i
	}
	slices.SortStableFunc(r.order, func(a, b int) int { return falling(scores[a], scores[b]) })
	for i := 1; i < len(r.order); i++ {
		r.level[i] = falling(scores[r.order[i-1]], scores[r.order[i]]) == 0
	}
	return r
}

// Area is the chance that a true thing scores above a false one, a tie counting
// half (the Mann-Whitney statistic), where thing i is there times[i] times; nil
// is once each. NaN unless there are true and false things. O(n).
func (r *ROC) Area(times []int) float64 {
	var above, won, pos, neg float64
	var levelPos, levelNeg float64
	flush := func() {
		won += levelNeg * (above + levelPos/2)
		above += levelPos
		levelPos, levelNeg = 0, 0
	}
	for i, at := range r.order {
		if !r.level[i] {
			flush()
		}
		n := 1.0
		if times != nil {
			n = float64(times[at])
		}
		if r.positive[at] {
			levelPos += n
			pos += n
		} else {
			levelNeg += n
			neg += n
		}
	}
	flush()
	return won / (pos * neg)
}

// AUC is the area under the ROC curve of scores.
func AUC(scores []float64, positive []bool) float64 { return NewROC(scores, positive).Area(nil) }

// Ranks are the ranks of values from the smallest, counted from 1; those level share the mean of theirs.
func Ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return falling(values[b], values[a]) })
	out := make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && values[order[j]] == values[order[i]] {
			j++
		}
		j = max(j, i+1) // what is no number is level with nothing
		for _, at := range order[i:j] {
			out[at] = float64(i+j+1) / 2
		}
		i = j
	}
	return out
}

// Spearman is Pearson's correlation of the ranks, ties having the mean of
// theirs: -1 to 1, NaN if either side has one level only. x and y have the same
// length. O(n log n).
func Spearman(x, y []float64) float64 { return pearson(Ranks(x), Ranks(y)) }

func pearson(x, y []float64) float64 {
	var mx, my float64
	for i := range x {
		mx += x[i]
		my += y[i]
	}
	mx /= float64(len(x))
	my /= float64(len(y))
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	if xx == 0 || yy == 0 {
		return math.NaN()
	}
	return max(-1, min(1, xy/math.Sqrt(xx*yy)))
}

// Kendall is tau-b: pairs in the same order less pairs in opposite order, of
// the geometric mean of the pairs that either side sets apart; -1 to 1, NaN if
// either side has one level only. x and y have the same length. O(n log n)
// after Knight, A computer method for calculating Kendall's tau with ungrouped
// data, JASA 61 (1966).
func Kendall(x, y []float64) float64 {
	n := len(x)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := falling(x[b], x[a]); c != 0 {
			return c
		}
		return falling(y[b], y[a])
	})
	sorted := make([]float64, n)
	for i, at := range order {
		sorted[i] = y[at]
	}
	tiedX := ties(n, func(i, j int) bool { return x[order[i]] == x[order[j]] })
	tiedBoth := ties(n, func(i, j int) bool { return x[order[i]] == x[order[j]] && sorted[i] == sorted[j] })
	swaps := inversions(sorted)
	tiedY := ties(n, func(i, j int) bool { return sorted[i] == sorted[j] })

	all := float64(n) * float64(n-1) / 2
	apartX, apartY := all-tiedX, all-tiedY
	if apartX <= 0 || apartY <= 0 {
		return math.NaN()
	}
	lead := all - tiedX - tiedY + tiedBoth - 2*swaps // concordant less discordant pairs
	return lead / math.Sqrt(apartX) / math.Sqrt(apartY)
}

// ties counts the pairs in a sorted row of n that are level.
func ties(n int, level func(i, j int) bool) float64 {
	sum, run := 0.0, 0.0
	for i := 1; i < n; i++ {
		if level(i-1, i) {
			run++
			sum += run
		} else {
			run = 0
		}
	}
	return sum
}

// inversions sorts v and counts the pairs that stood the wrong way round.
func inversions(v []float64) float64 {
	if len(v) < 2 {
		return 0
	}
	half := len(v) / 2
	a, b := slices.Clone(v[:half]), slices.Clone(v[half:])
	n := inversions(a) + inversions(b)
	for i := range v {
		if len(b) == 0 || len(a) > 0 && a[0] <= b[0] {
			v[i], a = a[0], a[1:]
		} else {
			n += float64(len(a))
			v[i], b = b[0], b[1:]
		}
	}
	return n
}
