package agreement

// Kappa is agreement beyond chance: (Observed − Chance) / (1 − Chance).
type Kappa struct {
	Kappa    float64
	Observed float64 // share of pairs of raters that agree
	Chance   float64 // share that would if each drew from the common frequencies
}

// FleissKappa takes counts of units by categories: how many of the same number
// of raters put the unit there. Unknown — false — where the rows do not have
// one same sum of at least 2, or one category holds all. Fleiss (1971).
// O(units · categories).
func FleissKappa(counts [][]int) (Kappa, bool) {
	if len(counts) == 0 {
		return Kappa{}, false
	}
	raters, units := 0, float64(len(counts))
	for _, c := range counts[0] {
		raters += c
	}
	if raters < 2 {
		return Kappa{}, false
	}
	var k Kappa
	category := make([]float64, len(counts[0]))
	for _, row := range counts {
		sum, agree := 0, 0
		if len(row) != len(category) {
			return Kappa{}, false
		}
		for j, c := range row {
			if c < 0 {
				return Kappa{}, false
			}
			sum += c
			agree += c * (c - 1)
			category[j] += float64(c)
		}
		if sum != raters {
			return Kappa{}, false
		}
		k.Observed += float64(agree) / float64(raters*(raters-1)) / units
	}
	for _, c := range category {
		p := c / (units * float64(raters))
		k.Chance += p * p
	}
	return k.corrected()
}

// Weighting says how much two categories count as agreeing.
type Weighting int

// The weightings of CohenKappa.
const (
	Plain     Weighting = iota // the same or not
	Linear                     // 1 − |i−j| / (categories − 1)
	Quadratic                  // 1 − (i−j)² / (categories − 1)²
)

// CohenKappa compares two raters by their table: table[i][j] units that the
// first put into category i and the second into j. Unknown — false — for an
// empty or crooked table, or where chance alone would agree on all. Cohen
// (1960, 1968). O(categories²).
func CohenKappa(table [][]int, w Weighting) (Kappa, bool) {
	n, total := len(table), 0.0
	rows, columns := make([]float64, n), make([]float64, n)
	for i, row := range table {
		if len(row) != n {
			return Kappa{}, false
		}
		for j, c := range row {
			if c < 0 {
				return Kappa{}, false
			}
			rows[i] += float64(c)
			columns[j] += float64(c)
			total += float64(c)
		}
	}
	if total == 0 || n < 2 {
		return Kappa{}, false
	}
	var k Kappa
	for i, row := range table {
		for j, c := range row {
			a := w.agree(i, j, n)
			k.Observed += a * float64(c) / total
			k.Chance += a * rows[i] * columns[j] / total / total
		}
	}
	return k.corrected()
}

func (w Weighting) agree(i, j, n int) float64 {
	d := float64(max(i-j, j-i)) / float64(n-1)
	switch {
	case w == Linear:
		return 1 - d
	case w == Quadratic:
		return 1 - d*d
	case i == j:
		return 1
	}
	return 0
}

func (k Kappa) corrected() (Kappa, bool) {
	if 1-k.Chance < 1e-12 {
		return Kappa{}, false
	}
	k.Kappa = (k.Observed - k.Chance) / (1 - k.Chance)
	return k, true
}
