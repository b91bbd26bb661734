package consensus

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// posterior is what is known of all values together: a mixture over the ratio
// of variances of t distributions, made symmetric round the values given out —
// each part of it stands to either side by as far as its own values differ from
// them — so that a bid placed higher never has the lesser chance.
type posterior struct {
	design  *design
	value   []float64 // given out, by bid
	freedom float64
	nodes   []node
	own     []float64 // by bid: variance of the mean of its errors, in units of the noise
	draws   int
	seed    uint64
	student func(float64) float64
}

// node is the posterior at one ratio.
type node struct {
	chance float64
	noise  float64
	fit    *fit      // at this ratio
	shift  []float64 // by bid: values here less those given out, round their mean
	common []float64 // (M + I/ratio)⁻¹ times the mean of the bids' shares; nil at ratio 0
	mean   float64   // and the variance that the mean of all bids gets from the offsets
}

func (w *weighing) posterior(o Options) *posterior {
	f := w.fit
	d := f.design
	p := &posterior{design: d, freedom: f.freedom, draws: cmp.Or(o.Draws, 4000), seed: o.Seed}
	for i := range d.bids {
		p.own = append(p.own, w.widened[i]/f.sum[i])
	}
	if f.freedom == 0 {
		return p
	}
	p.student = newStudent(f.freedom)
	given := f.bids(d.total, f.experts(d.total))
	kept := 0.0
	for k, chance := range w.posteriorNodes() {
		if chance == 0 {
			continue
		}
		at := *f
		at.set(ratios[k])
		n := node{chance: chance, noise: f.noise(ratios[k]), fit: &at, shift: at.bids(d.total, at.experts(d.total))}
		for i := range n.shift {
			n.shift[i] -= given[i]
		}
		middle := Mean(n.shift)
		for i := range n.shift {
			n.shift[i] -= middle
		}
		if at.ratio > 0 {
			average := make([]float64, len(d.experts))
			for l, c := range d.cells {
				average[c.expert] += at.share[l] / float64(len(d.bids))
			}
			n.common = at.inverse.times(average)
			n.mean = dot(average, n.common)
		}
		p.nodes = append(p.nodes, n)
		kept += chance
	}
	for k := range p.nodes {
		p.nodes[k].chance /= kept
	}
	return p
}

// posteriorNodes leaves out the ratios that do not matter: each node costs a
// matrix of the experts.
func (w *weighing) posteriorNodes() []float64 {
	out := slices.Clone(w.chances)
	for k, p := range out {
		if p < 1e-3 {
			out[k] = 0
		}
	}
	return out
}

// interval is the standard error and the 95 % interval of bid i round value,
// against the mean of all bids.
func (p *posterior) interval(i int, value float64) *Error {
	n, all := float64(len(p.own)), 0.0
	for _, v := range p.own {
		all += v
	}
	sd := make([]float64, len(p.nodes))
	variance := 0.0
	for k, at := range p.nodes {
		v := p.own[i]*(1-2/n) + all/n/n
		if at.common != nil {
			v += at.fit.shared(i, i) + at.mean
			for l := p.design.from[i]; l < p.design.from[i+1]; l++ {
				v -= 2 * at.fit.share[l] * at.common[p.design.cells[l].expert]
			}
		}
		v = max(0, v) * at.noise
		sd[k] = math.Sqrt(v)
		variance += at.chance * (v + at.shift[i]*at.shift[i])
	}
	if variance == 0 {
		return &Error{0, value, value}
	}
	below := func(x float64) float64 { // chance to lie below value + x
		sum := 0.0
		for k, at := range p.nodes {
			sum += at.chance * p.around(x, at.shift[i], sd[k])
		}
		return sum
	}
	low, high := 0.0, 3*math.Sqrt(variance)
	for below(high) < 0.975 {
		low, high = high, 2*high
	}
	for high-low > 1e-7*high {
		if mid := (low + high) / 2; below(mid) < 0.975 {
			low = mid
		} else {
			high = mid
		}
	}
	return &Error{math.Sqrt(variance), value - high, value + high}
}

// around is the chance that a t of deviation sd round +shift or −shift, as
// likely one as the other, lies below x.
func (p *posterior) around(x, shift, sd float64) float64 {
	if shift == 0 {
		return p.below(x / sd)
	}
	return (p.below((x-shift)/sd) + p.below((x+shift)/sd)) / 2
}

func (p *posterior) below(z float64) float64 {
	if math.IsNaN(z) { // 0/0: no error and no distance
		return 0.5
	}
	return p.student(z)
}

// Standing is where a bid stands among those it is compared with.
type Standing struct {
	Bid       string    `json:"bid"`
	Value     float64   `json:"value"`         // calibrated value and offset
	Expected  float64   `json:"expected_rank"` // 1 + Σ chances that another is better
	Ranks     []float64 `json:"p_rank"`        // chance of rank 1, 2, …; zeros at the end left out
	BeatsNext float64   `json:"beats_next"`    // chance to be better than the next in order; 0 of the last
	Tied      bool      `json:"tied"`          // with the next: that chance is below FirmLead
	Band      int       `json:"band"`          // counted from 1: those whom the band's first does not firmly lead share it
}

// FirmLead is the chance of being better from which on one bid is said to lead another.
const FirmLead = 0.8

// Stand compares bids by their calibrated values plus an offset known for
// certain — what other parts of a total come to, on the scale of the values —
// the best first. Bids without an offset are left out; names that are not in
// the panel too. Expected ranks and chances of beating are exact, chances of
// ranks counted over draws with the given seed. Empty where no error is known, or
// the options asked for NoPlaces.
func (r *Result) Stand(offset map[string]float64) []Standing {
	p := r.posterior
	if p == nil || len(p.nodes) == 0 || p.draws < 0 {
		return nil
	}
	var who []int
	var value []float64
	for i, id := range p.design.bids {
		if x, ok := offset[id]; ok {
			who, value = append(who, i), append(value, p.value[i]+x)
		}
	}
	order := make([]int, len(who)) // into who, best first
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(value[b], value[a]), cmp.Compare(a, b)) })
	beats := p.beats(who, value)
	ranks := p.ranks(who, value)
	out := make([]Standing, len(order))
	band, first := 0, -1
	for k, i := range order {
		s := Standing{Bid: p.design.bids[who[i]], Value: value[i], Expected: 1, Ranks: ranks[i]}
		for j := range who {
			if j != i {
				s.Expected += beats(j, i)
			}
		}
		if k+1 < len(order) {
			s.BeatsNext = beats(i, order[k+1])
			s.Tied = s.BeatsNext < FirmLead
		}
		if first < 0 || beats(first, i) >= FirmLead {
			band, first = band+1, i
		}
		s.Band = band
		out[k] = s
	}
	return out
}

// beats returns the chance that one of who is better than another.
func (p *posterior) beats(who []int, value []float64) func(i, j int) float64 {
	n := len(who)
	chance := make([]float64, n*n)
	for _, at := range p.nodes {
		self := make([]float64, n)
		for i, b := range who {
			self[i] = p.own[b] + at.fit.shared(b, b)
		}
		for i, a := range who {
			row := at.fit.spreadOf(a)
			for j := range i {
				b := who[j]
				v := self[i] + self[j]
				if row != nil {
					for l := p.design.from[b]; l < p.design.from[b+1]; l++ {
						v -= 2 * at.fit.share[l] * row[p.design.cells[l].expert]
					}
				}
				sd := math.Sqrt(max(0, v) * at.noise)
				lead, shift := value[i]-value[j], at.shift[a]-at.shift[b]
				chance[i*n+j] += at.chance * p.around(lead, shift, sd)
			}
		}
	}
	return func(i, j int) float64 {
		if i < j {
			return 1 - chance[j*n+i]
		}
		return chance[i*n+j]
	}
}

// spreadOf is (M + I/ratio)⁻¹ times the shares of the experts in bid i, or nil at ratio 0.
func (f *fit) spreadOf(i int) []float64 {
	if f.ratio == 0 {
		return nil
	}
	out := make([]float64, f.m.n)
	for k := f.design.from[i]; k < f.design.from[i+1]; k++ {
		for e, x := range f.inverse.row(f.design.cells[k].expert) {
			out[e] += f.share[k] * x
		}
	}
	return out
}

// ranks counts over draws how often each of who comes first, second, …
func (p *posterior) ranks(who []int, value []float64) [][]float64 {
	rng := rand.New(rand.NewPCG(p.seed, 0x6a69656261_6e67))
	n := len(who)
	count := make([][]float64, n)
	for i := range count {
		count[i] = make([]float64, n)
	}
	factors := make([]matrix, len(p.nodes))
	order, drawn := make([]int, n), make([]float64, n)
	for i := range order {
		order[i] = i
	}
	offsets := make([]float64, len(p.design.experts))
	at, upTo := 0, p.nodes[0].chance
	for draw := range p.draws {
		for (float64(draw)+0.5)/float64(p.draws) > upTo && at+1 < len(p.nodes) {
			at++
			upTo += p.nodes[at].chance
		}
		nd := &p.nodes[at]
		if nd.fit.ratio > 0 && factors[at].v == nil {
			factors[at] = nd.fit.m.factor(1 / nd.fit.ratio)
		}
		p.draw(rng, nd, factors[at], offsets, who, value, drawn)
		rng.Shuffle(n, func(a, b int) { order[a], order[b] = order[b], order[a] }) // level values fall at random
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(drawn[b], drawn[a]) })
		for r, i := range order {
			count[i][r]++
		}
	}
	for i, row := range count {
		last := 0
		for r := range row {
			if row[r] > 0 {
				last = r + 1
			}
			row[r] /= float64(p.draws)
		}
		count[i] = row[:last]
	}
	return count
}

// draw fills drawn with one draw of the values of who.
func (p *posterior) draw(rng *rand.Rand, at *node, factor matrix, offsets []float64, who []int, value, drawn []float64) {
	scale := math.Sqrt(at.noise * p.freedom / (2 * gamma(rng, p.freedom/2)))
	side := 1.0
	if rng.Uint64()&1 == 1 {
		side = -1
	}
	if at.fit.ratio > 0 {
		for e := range offsets {
			offsets[e] = rng.NormFloat64()
		}
		factor.backward(offsets)
	}
	for i, b := range who {
		x := rng.NormFloat64() * math.Sqrt(p.own[b])
		if at.fit.ratio > 0 {
			for l := p.design.from[b]; l < p.design.from[b+1]; l++ {
				x -= at.fit.share[l] * offsets[p.design.cells[l].expert]
			}
		}
		drawn[i] = value[i] + side*at.shift[b] + scale*x
	}
}
