package agreement

import "jiebang/matching/measure"

// Concordance is Kendall's coefficient and what it is made of.
type Concordance struct {
	W        float64   // 0 no agreement on the order … 1 the same order from all
	ChiSq    float64   // raters·(items−1)·W, about χ² with items−1 degrees of freedom where there is no agreement
	S        float64   // sum of squared deviations of the rank sums from their mean
	Ties     float64   // Σ (t³ − t) over the groups of t level items of every rater
	RankSums []float64 // of each item, from the smallest value
}

// KendallW measures whether raters put the same items in the same order, from
// a full table of raters by items; level values share the mean of their ranks
// and W is corrected for them: W = 12 S / (m²(n³−n) − m·Ties). Unknown —
// false — with fewer than two raters or items, or where every rater holds all
// items level. Kendall and Babington Smith (1939). O(raters · items · log items).
func KendallW(raters [][]float64) (Concordance, bool) {
	m := len(raters)
	if m < 2 || !full(raters) || len(raters[0]) < 2 {
		return Concordance{}, false
	}
	n := len(raters[0])
	c := Concordance{RankSums: make([]float64, n)}
	for _, row := range raters {
		seen := map[float64]float64{}
		for i, r := range measure.Ranks(row) {
			c.RankSums[i] += r
			seen[r]++
		}
		for _, t := range seen { // whole numbers: exact in any order
			c.Ties += t*t*t - t
		}
	}
	c.S = squares(c.RankSums)
	fm, fn := float64(m), float64(n)
	most := fm*fm*(fn*fn*fn-fn) - fm*c.Ties
	if most <= 0 {
		return Concordance{}, false
	}
	c.W = 12 * c.S / most
	c.ChiSq = fm * (fn - 1) * c.W
	return c, true
}

// MeanSpearman is the mean rank correlation over all pairs of raters of a full
// table; without ties it is (m·W − 1)/(m − 1). Unknown where KendallW is, or
// where a rater holds all items level.
func MeanSpearman(raters [][]float64) (float64, bool) {
	if len(raters) < 2 || !full(raters) || len(raters[0]) < 2 {
		return 0, false
	}
	sum, n := 0.0, 0.0
	for i, a := range raters {
		for _, b := range raters[:i] {
			sum += measure.Spearman(a, b)
			n++
		}
	}
	return sum / n, sum == sum // NaN where a rater sets nothing apart
}

// full reports whether every row has the same length and no cell is missing.
func full(rows [][]float64) bool {
	for _, row := range rows {
		if len(row) != len(rows[0]) {
			return false
		}
		for _, v := range row {
			if v != v {
				return false
			}
		}
	}
	return true
}
