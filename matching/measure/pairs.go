package measure

import "math"

// Pair is two things that the truth sets apart, with what was predicted of each.
// A score that is not a number loses the pair: nobody gains by not answering.
type Pair struct{ TruthA, TruthB, ScoreA, ScoreB float64 }

// Item is one thing with its truth and with what was predicted of it.
type Item struct{ Truth, Score float64 }

// Pairs are all pairs of the items that the truth sets apart: O(n²).
func Pairs(items []Item) []Pair {
	var out []Pair
	for i, a := range items {
		for _, b := range items[:i] {
			if a.Truth != b.Truth {
				out = append(out, Pair{b.Truth, a.Truth, b.Score, a.Score})
			}
		}
	}
	return out
}

// Weight is how far apart the truth sets the two.
func (p Pair) Weight() float64 { return math.Abs(p.TruthA - p.TruthB) }

// Right is true if the prediction sets the two apart the way the truth does; a tie is wrong.
func (p Pair) Right() bool {
	return (p.TruthA-p.TruthB)*sign(p.ScoreA-p.ScoreB) > 0
}

// Loss is the pair's weight if the prediction has the two the wrong way round,
// half of it if the prediction has them level, and else nothing.
func (p Pair) Loss() float64 {
	switch {
	case p.Right():
		return 0
	case p.ScoreA == p.ScoreB:
		return p.Weight() / 2
	}
	return p.Weight()
}

// sign is -1, 0 or 1, so that a tiny difference of scores is not lost in a product; 0 for what is no number.
func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// PairLoss adds up what the pairs lose, of what they weigh: 0 is without fault,
// 1/2 is what chance gives. This is the loss of Stelmakh et al.
// (arXiv 2303.16750), Kendall's tau weighted by the distance of the truths.
func PairLoss(pairs []Pair) Share {
	var s Share
	for _, p := range pairs {
		s.Part += p.Loss()
		s.Whole += p.Weight()
	}
	return s
}

// PairAccuracy counts the pairs set apart the right way, of those that keep
// lets through; nil keeps all.
func PairAccuracy(pairs []Pair, keep func(Pair) bool) Share {
	var s Share
	for _, p := range pairs {
		if keep != nil && !keep(p) {
			continue
		}
		s.Whole++
		if p.Right() {
			s.Part++
		}
	}
	return s
}

// Easy keeps the pairs of a thing well known (4 and more, out of 5) and one hardly known (2 and less).
func Easy(p Pair) bool { return max(p.TruthA, p.TruthB) >= 4 && min(p.TruthA, p.TruthB) <= 2 }

// Hard keeps the pairs of two things well known (4 and more, out of 5), one of them better.
func Hard(p Pair) bool { return min(p.TruthA, p.TruthB) >= 4 && p.TruthA != p.TruthB }
