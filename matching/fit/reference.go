package fit

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// Reference is what the sum z of a pair is compared with: quantiles of z over
// pairs of challenge and team that nobody chose, frozen under a version, so
// that a score moves when the pair does and not when the pool does.
type Reference struct {
	Version string    `json:"version"`
	Pairs   int       `json:"pairs"` // that were drawn from the pool; 0 is the shipped table alone
	Z       []float64 `json:"z"`     // at each of Levels, rising
}

// Levels are the shares of pairs below each quantile of a Reference. They lie
// dense where lists are read, at the top.
var Levels = [...]float64{0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995}

// DefaultReference is the shipped table: the 1,596 pairs of the demo's 38
// challenges and 42 teams, by models learned from the demo.
func DefaultReference() Reference {
	return Reference{Version: "jiebang-demo/2", Z: []float64{
		0.097, 0.110, 0.118, 0.125, 0.135, 0.144, 0.152, 0.163, 0.175, 0.189, 0.217, 0.285, 0.417, 0.567, 0.768, 0.836, 0.859,
	}}
}

const (
	referencePairs = 20_000 // drawn from a larger pool
	defaultPairs   = 2_000  // that the shipped table counts for
	pairsOfOne     = 50     // a challenge or a team brings at most so many that tell something new
)

// Calibrate draws the pool's own reference: the quantiles of z over all pairs,
// or over 20,000 drawn by a fixed seed, averaged with the shipped ones. A pool
// weighs as 50 pairs for each challenge or team, whichever are fewer, against
// 2,000 for the shipped table: the pairs of one challenge are all alike, and a
// young pool must not define what is good by the little it has seen. Averaging
// quantiles keeps the table strictly rising. The order of the input does not
// show. One scoring for each pair drawn.
func (e *Engine) Calibrate(asked []*Asked, teams []*Prepared) Reference {
	asked, teams = slices.Clone(asked), slices.Clone(teams)
	slices.SortFunc(asked, func(a, b *Asked) int { return strings.Compare(a.c.Code, b.c.Code) })
	slices.SortFunc(teams, func(a, b *Prepared) int { return strings.Compare(a.t.Code, b.t.Code) })
	all := len(asked) * len(teams)
	if all == 0 {
		return DefaultReference()
	}
	zs := make([]float64, min(all, referencePairs))
	draw := rand.New(rand.NewPCG(0x6a62, uint64(all)))
	for i := range zs {
		pair := i
		if all > referencePairs {
			pair = draw.IntN(all)
		}
		a, p := asked[pair/len(teams)], teams[pair%len(teams)]
		zs[i] = e.z(a, p, e.reading(a, p), 1, nil)
	}
	slices.Sort(zs)
	weight := float64(min(len(zs), pairsOfOne*min(len(asked), len(teams))))
	weight /= weight + defaultPairs
	out := DefaultReference()
	out.Pairs = len(zs)
	for i, level := range Levels {
		out.Z[i] += weight * (quantile(zs, level) - out.Z[i])
	}
	out.Version = fmt.Sprintf("%s+%d/%x", out.Version, len(zs), math.Float64bits(sumOf(out.Z)))
	return out
}

// quantile of rising values, between neighbours by proportion.
func quantile(sorted []float64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

func sumOf(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum
}

// scale turns z into a score: the log-odds of the share of reference pairs
// below, a monotone cubic through the quantiles (Fritsch and Carlson, SIAM J.
// Numer. Anal. 17, 1980) and straight beyond them, so that it is smooth and
// rises strictly everywhere; then Score = 100·σ(α + β·logit).
type scale struct {
	alpha, beta float64
	z, y, slope []float64 // knots: z, its log-odds, the slope there
}

func newScale(r Reference, w Weights) (scale, error) {
	if len(r.Z) != len(Levels) {
		return scale{}, fmt.Errorf("reference: %d quantiles, want %d, one for each level", len(r.Z), len(Levels))
	}
	s := scale{alpha: w.Alpha, beta: w.Beta, z: slices.Clone(r.Z)}
	for i, p := range Levels {
		if v := r.Z[i]; !(v >= 0 && v <= 1) || i > 0 && !(v-r.Z[i-1] >= 1e-6) {
			return scale{}, fmt.Errorf("reference: quantile %d is %v; they must rise from 0 to 1, by a millionth at least", i, v)
		}
		s.y = append(s.y, math.Log(p/(1-p)))
	}
	n := len(s.z)
	secant := make([]float64, n-1)
	for i := range secant {
		secant[i] = (s.y[i+1] - s.y[i]) / (s.z[i+1] - s.z[i])
	}
	s.slope = make([]float64, n)
	s.slope[0], s.slope[n-1] = secant[0], secant[n-2]
	for i := 1; i < n-1; i++ {
		// The harmonic mean lies between both secants and below thrice each:
		// the cubic rises.
		s.slope[i] = 2 / (1/secant[i-1] + 1/secant[i])
	}
	return s, nil
}

// logOdds of z, and its slope there.
func (s *scale) logOdds(z float64) (y, slope float64) {
	n := len(s.z)
	switch {
	case z <= s.z[0]:
		return s.y[0] + (z-s.z[0])*s.slope[0], s.slope[0]
	case z >= s.z[n-1]:
		return s.y[n-1] + (z-s.z[n-1])*s.slope[n-1], s.slope[n-1]
	}
	i, _ := slices.BinarySearchFunc(s.z, z, cmp.Compare[float64])
	if s.z[i] > z {
		i--
	}
	h := s.z[i+1] - s.z[i]
	t := (z - s.z[i]) / h
	a, b, c, d := s.y[i], s.slope[i]*h, s.y[i+1], s.slope[i+1]*h
	y = a + t*(b+t*(3*(c-a)-2*b-d+t*(2*(a-c)+b+d)))
	return y, (b + t*(2*(3*(c-a)-2*b-d)+3*t*(2*(a-c)+b+d))) / h
}

func (s *scale) score(z float64) float64 {
	y, _ := s.logOdds(z)
	return 100 / (1 + math.Exp(-s.alpha-s.beta*y))
}

// rate is the slope of the score at z.
func (s *scale) rate(z float64) float64 {
	_, slope := s.logOdds(z)
	v := s.score(z) / 100
	return 100 * v * (1 - v) * s.beta * slope
}
