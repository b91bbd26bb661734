package consensus

import (
	"math"
	"slices"
)

// Mean is the plain mean, 0 of nothing. Scores are added in rising order, so
// that equal sets of scores give equal bits.
func Mean(scores []float64) float64 {
	if len(scores) == 0 {
		return 0
	}
	sorted := slices.Clone(scores)
	slices.Sort(sorted)
	sum := 0.0
	for _, s := range sorted {
		sum += s
	}
	return sum / float64(len(sorted))
}

// Trimmed is the mean without exactly one highest and one lowest score
// (去掉一个最高分和一个最低分). With fewer than three scores the rule does not
// apply: it returns the plain mean and false.
func Trimmed(scores []float64) (mean float64, applied bool) {
	if len(scores) < 3 {
		return Mean(scores), false
	}
	sorted := slices.Clone(scores)
	slices.Sort(sorted)
	return Mean(sorted[1 : len(sorted)-1]), true
}

// Standardised gives each of one expert's scores as its distance from their
// mean in standard deviations of the sample; 0 for all where they are equal or
// there is only one.
func Standardised(scores []float64) []float64 {
	out := make([]float64, len(scores))
	m, squares := Mean(scores), 0.0
	for _, s := range scores {
		squares += (s - m) * (s - m)
	}
	if len(scores) < 2 || squares == 0 {
		return out
	}
	sd := math.Sqrt(squares / float64(len(scores)-1))
	for i, s := range scores {
		out[i] = (s - m) / sd
	}
	return out
}
