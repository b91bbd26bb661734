package consensus

import "math"

// Components is what OneWay finds.
type Components struct {
	Intercept float64
	Between   float64   // variance between groups
	Within    float64   // variance within groups
	Effects   []float64 // best linear unbiased prediction of each group's deviation
}

// OneWay is the model with a single bid: by how much groups of values — an
// expert's each — differ, by restricted maximum likelihood, however small.
// It is what ties Calibrate to published tables. False where values do not
// differ or no group has two.
func OneWay(groups [][]float64) (Components, bool) {
	d := &design{bids: []string{""}, experts: make([]string, len(groups)), from: []int{0}}
	for j, g := range groups {
		for _, v := range g {
			d.cells = append(d.cells, cell{0, j})
			d.total = append(d.total, v)
		}
	}
	d.from = append(d.from, len(d.cells))
	repeated := false
	for _, g := range groups {
		repeated = repeated || len(g) > 1
	}
	if !repeated {
		return Components{}, false
	}
	weight := make([]float64, len(d.cells))
	for k := range weight {
		weight[k] = 1
	}
	f := newFit(d, weight)
	if f.within <= tiny {
		return Components{}, false
	}
	ratio, _ := f.best()
	f.set(ratio)
	c := Components{Effects: f.experts(d.total), Within: f.noise(ratio)}
	c.Between = ratio * c.Within
	c.Intercept = f.bids(d.total, c.Effects)[0]
	return c, true
}

// Beats is the chance that the first of two independent normals is the larger.
func Beats(mean1, sd1, mean2, sd2 float64) float64 {
	if mean1 == mean2 {
		return 0.5
	}
	return Normal((mean1 - mean2) / math.Hypot(sd1, sd2))
}

// Ranks are the chances of independent normals, of deviations above 0, to come
// first (the largest), second, …, by row, within about 1e-6: for each value
// that one may take, the number of the others above it is a sum of independent
// draws, whose distribution is exact; the value is integrated over by Simpson's
// rule. O(n³ · points). The check on the draws of Stand, which knows errors
// that go together.
func Ranks(mean, sd []float64) [][]float64 {
	const points, reach = 400, 8.0
	n := len(mean)
	out := make([][]float64, n)
	above := make([]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
		for k := range points + 1 {
			z := reach * (2*float64(k)/points - 1)
			x := mean[i] + z*sd[i]
			clear(above)
			above[0] = 1
			met := 0
			for j := range n {
				if j == i {
					continue
				}
				p := Normal((mean[j] - x) / sd[j])
				for c := met + 1; c >= 0; c-- {
					stay := above[c] * (1 - p)
					if c > 0 {
						stay += above[c-1] * p
					}
					above[c] = stay
				}
				met++
			}
			w := 2.0
			switch {
			case k == 0 || k == points:
				w = 1
			case k%2 == 1:
				w = 4
			}
			w *= reach * 2 / points / 3 * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
			for r, p := range above {
				out[i][r] += w * p
			}
		}
	}
	return out
}
