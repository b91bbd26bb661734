package consensus

import (
	"math"
	"slices"
)

// The knobs of the weights; see the package's doc.
const (
	wide        = 4.0 // deviations of noise by which a score out of line is wider than another
	leastWeight = 0.1
	rounds      = 30 // at most; a dozen are common
)

// shares are the shares of scores out of line that are held possible: none, as
// likely as all others together, or up to one in eight.
var shares = []float64{0, .005, .01, .02, .03, .04, .06, .08, .12}

// weighing is a fit together with what the weights rest on.
type weighing struct {
	fit      *fit
	outlying []float64 // of each cell, the chance that its total is out of line
	outliers float64   // the chance that any is
	widening float64
	widened  []float64 // by bid: variance of an error there / noise
	ratio    float64   // of largest likelihood, used or not
	test     float64
	chances  []float64 // posterior, of the ratios
}

// weigh alternates between fitting at given weights and weighing each cell by
// what the fit to all other cells says of it, until the weights stand.
func (d *design) weigh() *weighing {
	w := &weighing{outlying: make([]float64, len(d.cells))}
	weight := make([]float64, len(d.cells))
	for k := range weight {
		weight[k] = 1
	}
	for round := range rounds {
		w.fit = newFit(d, weight)
		w.fit.choose()
		next := w.reweigh(round == 0)
		moved := 0.0
		for k := range weight {
			moved = max(moved, math.Abs(next[k]-weight[k]))
		}
		if moved < 1e-4 {
			break
		}
		weight = next
	}
	w.ratio, w.test = w.fit.best()
	w.chances = w.fit.posteriorRatios()
	w.widen()
	return w
}

// deleted is how far a cell lies from what all others say of it, and the
// variance of that in units of the noise; 0 and 1 where they say nothing.
func (f *fit) deleted(y []float64) (distance, variance []float64) {
	d := f.design
	offsets := f.experts(y)
	values := f.bids(y, offsets)
	distance, variance = make([]float64, len(d.cells)), make([]float64, len(d.cells))
	for k, c := range d.cells {
		variance[k] = 1
		u := f.unsure(k)
		rest := 1 - f.weight[k]*u
		if rest < 1e-6 {
			continue
		}
		distance[k] = (y[k] - values[c.bid] - offsets[c.expert]) / rest
		variance[k] = 1 + u/rest
	}
	return distance, variance
}

func (w *weighing) reweigh(first bool) []float64 {
	f := w.fit
	weight := make([]float64, len(f.weight))
	for k := range weight {
		weight[k] = 1
	}
	noise := f.noise(f.ratio)
	if f.freedom < 3 || noise <= tiny {
		return weight
	}
	distance, variance := f.deleted(f.design.total)
	if first { // a scale that scores out of line cannot blow up
		size := make([]float64, len(distance))
		for k := range size {
			size[k] = math.Abs(distance[k]) / math.Sqrt(variance[k])
		}
		slices.Sort(size)
		mad := size[len(size)/2] / 0.6744897501960817
		noise = max(mad*mad, noise/16)
	}
	inline, outline := make([]float64, len(distance)), make([]float64, len(distance))
	for k, x := range distance {
		z, a, b := x*x/noise, variance[k], variance[k]+wide*wide
		inline[k] = math.Exp(-0.5*z/a)/math.Sqrt(a) + 1e-300
		outline[k] = math.Exp(-0.5*z/b)/math.Sqrt(b) + 1e-300
	}
	chance := make([]float64, len(shares)) // of each share
	for s, e := range shares {
		chance[s] = -math.Log(float64(2 * (len(shares) - 1)))
		if s == 0 {
			chance[s] = -math.Ln2
		}
		for k := range distance {
			chance[s] += math.Log((1-e)*inline[k] + e*outline[k])
		}
	}
	normalise(chance)
	w.outliers = 1 - chance[0]
	for k := range distance {
		w.outlying[k] = 0
		for s, e := range shares {
			w.outlying[k] += chance[s] * e * outline[k] / ((1-e)*inline[k] + e*outline[k])
		}
		if w.outliers > 0.5 {
			given := w.outlying[k]
			weight[k] = max(leastWeight, 1-given)
		}
	}
	return weight
}

// normalise turns log chances into chances that sum to 1.
func normalise(v []float64) {
	most, sum := slices.Max(v), 0.0
	for i := range v {
		v[i] = math.Exp(v[i] - most)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
}

// posteriorRatios is how likely each of the ratios is: even odds for none, and
// a half-Cauchy prior on the ratio of deviations for some (Gelman, Bayesian
// Analysis 1, 2006).
func (f *fit) posteriorRatios() []float64 {
	prior, sum := make([]float64, len(ratios)), 0.0
	for k, g := range ratios {
		if k > 0 {
			prior[k] = math.Sqrt(g) / (1 + g) // the density of √g, on a grid even in log g
			sum += prior[k]
		}
	}
	out := make([]float64, len(ratios))
	for k, g := range ratios {
		p := prior[k] / sum / 2
		if k == 0 {
			p = 0.5
		}
		out[k] = math.Log(p) + f.likelihood(g)
	}
	normalise(out)
	return out
}

// widenings is by what factor of the noise variance an error may grow where a
// bid lies one standard deviation off the middle.
var widenings = []float64{0, .03, .06, .1, .15, .2, .3, .4, .6}

// widen estimates by how much errors grow towards the ends of the scale: experts
// use it more or less widely, which shows most there, and without this the
// intervals of the best bids are too short. It moves no value. Needs ten
// degrees of freedom; without them, none.
func (w *weighing) widen() {
	f := w.fit
	d := f.design
	w.widened = make([]float64, len(d.bids))
	for i := range w.widened {
		w.widened[i] = 1
	}
	noise := f.noise(f.ratio)
	offsets := f.experts(d.total)
	values := f.bids(d.total, offsets)
	square := Standardised(values)
	for i, z := range square {
		square[i] = z * z
	}
	if f.freedom < 10 || noise <= tiny || slices.Max(square) == 0 {
		return
	}
	rest := make([]float64, len(d.cells))
	for k := range rest {
		rest[k] = 1 - f.weight[k]*f.unsure(k)
	}
	most := math.Inf(-1)
	for _, by := range widenings {
		factor := d.widened(square, by)
		l := 0.0
		for k, c := range d.cells {
			if f.weight[k] < 0.99 || rest[k] < 1e-6 {
				continue
			}
			e := d.total[k] - values[c.bid] - offsets[c.expert]
			l -= rest[k]*math.Log(factor[c.bid]) + e*e/(noise*factor[c.bid])
		}
		if l > most {
			most, w.widening, w.widened = l, by, factor
		}
	}
}

// widened is the factor by bid, 1 on average over all sheets.
func (d *design) widened(square []float64, by float64) []float64 {
	out, sum := make([]float64, len(square)), 0.0
	for i, s := range square {
		out[i] = 1 + by*s
	}
	for _, c := range d.cells {
		sum += out[c.bid]
	}
	for i := range out {
		out[i] *= float64(len(d.cells)) / sum
	}
	return out
}

func (w *weighing) spread() Spread {
	f := w.fit
	noise := f.noise(f.ratio)
	return Spread{Noise: math.Sqrt(noise), Severity: math.Sqrt(f.noise(w.ratio) * w.ratio), Ratio: f.ratio, Test: w.test,
		Severe: 1 - w.chances[0], OutOfLine: w.outliers, Widening: w.widening, Freedom: f.freedom}
}
