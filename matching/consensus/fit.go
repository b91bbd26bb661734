package consensus

import "math"

// fit is the model at given weights of the cells. Bids are swept out exactly,
// which leaves a system of the size of the experts:
//
//	(M + I/ratio) · experts = z,  M = Z'WZ − Z'WX (X'WX)⁻¹ X'WZ
//
// with Z the experts', X the bids' incidence and W the weights.
type fit struct {
	design  *design
	weight  []float64 // of each cell
	sum     []float64 // of the weights of each bid
	share   []float64 // weight of a cell among those of its bid
	m       matrix
	reduced tridiagonal
	within  float64 // weighted squares of the totals round their bids' weighted means
	freedom float64 // weights − bids
	ratio   float64 // variance of experts / variance of noise
	inverse matrix  // (M + I/ratio)⁻¹; unset where ratio is 0
}

func newFit(d *design, weight []float64) *fit {
	f := &fit{design: d, weight: weight, sum: make([]float64, len(d.bids)), share: make([]float64, len(d.cells)), m: newMatrix(len(d.experts))}
	for k, c := range d.cells {
		f.sum[c.bid] += weight[k]
	}
	for k, c := range d.cells {
		f.share[k] = weight[k] / f.sum[c.bid]
		f.freedom += weight[k]
	}
	f.freedom -= float64(len(d.bids))
	if f.freedom < 1e-9 {
		f.freedom = 0
	}
	for k, c := range d.cells {
		f.m.add(c.expert, c.expert, weight[k])
		for l := d.from[c.bid]; l < d.from[c.bid+1]; l++ {
			f.m.add(c.expert, d.cells[l].expert, -weight[k]*f.share[l])
		}
	}
	f.reduced = matrix{f.m.n, append([]float64{}, f.m.v...)}.reduce(f.score(d.total))
	means := f.bids(d.total, nil)
	for k, c := range d.cells {
		r := d.total[k] - means[c.bid]
		f.within += weight[k] * r * r
	}
	return f
}

// score is z = Z'W (y − bid means).
func (f *fit) score(y []float64) []float64 {
	z := make([]float64, len(f.design.experts))
	means := f.bids(y, nil)
	for k, c := range f.design.cells {
		z[c.expert] += f.weight[k] * (y[k] - means[c.bid])
	}
	return z
}

// bids are the values of all bids, given how harsh the experts are; nil is not at all.
func (f *fit) bids(y, experts []float64) []float64 {
	out := make([]float64, len(f.design.bids))
	for k, c := range f.design.cells {
		v := y[k]
		if experts != nil {
			v -= experts[c.expert]
		}
		out[c.bid] += f.share[k] * v
	}
	return out
}

// experts are the best linear unbiased predictions of the offsets at f.ratio.
func (f *fit) experts(y []float64) []float64 {
	if f.ratio == 0 {
		return make([]float64, len(f.design.experts))
	}
	return f.inverse.times(f.score(y))
}

// noise is the variance of a single error at the ratio g.
func (f *fit) noise(g float64) float64 {
	if f.freedom == 0 {
		return 0
	}
	squares := f.within
	if g > 0 {
		_, explained := f.reduced.at(g)
		squares = max(0, squares-explained)
	}
	return squares / f.freedom
}

// likelihood is the restricted log likelihood at the ratio g, the noise
// profiled out (or, up to a constant, integrated out with prior 1/variance).
func (f *fit) likelihood(g float64) float64 {
	logdet := 0.0
	if g > 0 {
		logdet, _ = f.reduced.at(g)
	}
	return -0.5 * (f.freedom*math.Log(max(f.noise(g), tiny)) + logdet)
}

// tiny keeps logarithms finite where experts agree to the last digit.
const tiny = 1e-18

// ratios is the grid on which the ratio of variances is searched and averaged.
var ratios = func() []float64 {
	out := []float64{0}
	for k := -24; k <= 15; k++ {
		out = append(out, math.Exp2(float64(k)/3))
	}
	return out
}()

// best is the ratio of the largest likelihood, and twice its logarithm's lead over no severity.
func (f *fit) best() (ratio, test float64) {
	at, most := 0, math.Inf(-1)
	for k, g := range ratios {
		if l := f.likelihood(g); l > most {
			at, most = k, l
		}
	}
	if at == 0 || f.freedom == 0 || f.within <= tiny {
		return 0, 0
	}
	low, high := math.Log(ratios[at])-0.25, math.Log(ratios[at])+0.25
	const golden = 0.6180339887498949
	for high-low > 1e-9 {
		a, b := high-golden*(high-low), low+golden*(high-low)
		if f.likelihood(math.Exp(a)) >= f.likelihood(math.Exp(b)) {
			high = b
		} else {
			low = a
		}
	}
	ratio = math.Exp((low + high) / 2)
	return ratio, 2 * (f.likelihood(ratio) - f.likelihood(0))
}

// critical is the 5 % point of the test for a variance on the edge of what it may be.
const critical = 2.705543454095404

// choose sets the ratio: none unless the test speaks for it.
func (f *fit) choose() {
	ratio, test := f.best()
	if test <= critical {
		ratio = 0
	}
	f.set(ratio)
}

func (f *fit) set(ratio float64) {
	f.ratio = ratio
	if ratio > 0 {
		f.inverse = f.m.factor(1 / ratio).inverse()
	}
}

// unsure is the variance, in units of the noise, of what the model says of a
// cell: of its bid's value and its expert's offset together.
func (f *fit) unsure(k int) float64 {
	c := f.design.cells[k]
	v := 1 / f.sum[c.bid]
	if f.ratio == 0 {
		return v
	}
	v += f.inverse.at(c.expert, c.expert)
	for l := f.design.from[c.bid]; l < f.design.from[c.bid+1]; l++ {
		v -= 2 * f.share[l] * f.inverse.at(c.expert, f.design.cells[l].expert)
	}
	return v + f.shared(c.bid, c.bid)
}

// shared is a'(M + I/ratio)⁻¹b for the shares a and b of the experts in two
// bids: the covariance that the offsets bring into their values.
func (f *fit) shared(i, j int) float64 {
	if f.ratio == 0 {
		return 0
	}
	d, sum := f.design, 0.0
	for k := d.from[i]; k < d.from[i+1]; k++ {
		row, part := f.inverse.row(d.cells[k].expert), 0.0
		for l := d.from[j]; l < d.from[j+1]; l++ {
			part += f.share[l] * row[d.cells[l].expert]
		}
		sum += f.share[k] * part
	}
	return sum
}

func (f *fit) weighted() bool {
	for _, w := range f.weight {
		if w != 1 {
			return true
		}
	}
	return false
}
