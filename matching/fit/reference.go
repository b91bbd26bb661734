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
// pairs of challenge and team, half of them pairs that nobody chose and half
// the first five of each challenge's list, frozen under a version, so that a
// score moves when the pair does and not when the pool does.
//
// Pairs that nobody chose alone would be no scale: nearly all of them are
// strangers, and all that is ever shown would lie above 95. With the lists'
// heads for the other half a stranger is found below 50, and the pairs people
// look at spread over the rest.
type Reference struct {
	Version string    `json:"version"`
	Pairs   int       `json:"pairs"` // that were drawn from the pool; 0 is the shipped table alone
	Z       []float64 `json:"z"`     // at each of Levels, rising
}

// Levels are the shares of the reference below each of its quantiles.
var Levels = [...]float64{0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995}

// DefaultReference is the shipped table: the demo's 38 challenges and 42 teams,
// by models learned from the demo.
func DefaultReference() Reference {
	return Reference{Version: "jiebang-demo/2", Z: []float64{
		0.107, 0.117, 0.126, 0.136, 0.154, 0.176, 0.213, 0.251, 0.299, 0.364, 0.469, 0.770, 0.837, 0.858, 0.865, 0.868, 0.870,
	}}
}

const (
	head           = 5       // of a list
	referencePairs = 100_000 // scored at most, in whole lists, but for
	referenceLists = 20      // so many lists at least
	defaultPairs   = 2_000   // that the shipped table counts for
	pairsOfOne     = 50      // a challenge or a team brings at most so many that tell something new
)

// Calibrate draws the pool's own reference from the lists of all challenges, or
// of as many, drawn by a fixed seed, as 100,000 pairs make, and averages its
// quantiles with the shipped ones. A pool weighs as 50 pairs for each challenge
// drawn or team, whichever are fewer, against 2,000 for the shipped table: the
// pairs of one challenge are all alike, and a young pool must not define what
// is good by the little it has seen. Averaging quantiles keeps the table
// strictly rising. The order of the input does not show. One scoring for each
// pair.
func (e *Engine) Calibrate(asked []*Asked, teams []*Prepared) Reference {
	asked = slices.Clone(asked)
	slices.SortFunc(asked, func(a, b *Asked) int { return strings.Compare(a.c.Code, b.c.Code) })
	out := DefaultReference()
	if len(asked) == 0 || len(teams) == 0 {
		return out
	}
	draw := rand.New(rand.NewPCG(0x6a62, uint64(len(asked))))
	draw.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
	asked = asked[:min(len(asked), max(referenceLists, referencePairs/len(teams)))]
	var all []weighed
	for _, a := range asked {
		zs := make([]float64, len(teams))
		for j, p := range teams {
			zs[j] = e.z(a, p, e.reading(a, p), 1, nil)
		}
		slices.SortFunc(zs, func(a, b float64) int { return cmp.Compare(b, a) })
		for j, z := range zs {
			all = append(all, weighed{z, 1 / float64(len(zs))})
			if j < head {
				all = append(all, weighed{z, 1 / float64(min(head, len(zs)))})
			}
		}
	}
	own := quantiles(all)
	out.Pairs = len(asked) * len(teams)
	weight := float64(min(out.Pairs, pairsOfOne*min(len(asked), len(teams))))
	weight /= weight + defaultPairs
	for i := range out.Z {
		out.Z[i] += weight * (own[i] - out.Z[i])
	}
	out.Version = fmt.Sprintf("%s+%d/%x", out.Version, out.Pairs, math.Float64bits(sumOf(out.Z)))
	return out
}

// weighed is one z of a sample in which not all count alike.
type weighed struct{ z, weight float64 }

// quantiles of a weighed sample at Levels, between the middles of neighbours by
// proportion.
func quantiles(sample []weighed) []float64 {
	slices.SortFunc(sample, func(a, b weighed) int { return cmp.Or(cmp.Compare(a.z, b.z), cmp.Compare(a.weight, b.weight)) })
	total := 0.0
	for _, s := range sample {
		total += s.weight
	}
	out := make([]float64, len(Levels))
	i, below := 0, 0.0 // weight before sample i
	for l, level := range Levels {
		at := level * total
		for i+1 < len(sample) && below+sample[i].weight+sample[i+1].weight/2 <= at {
			below += sample[i].weight
			i++
		}
		from, z := below+sample[i].weight/2, sample[i].z
		if i+1 < len(sample) && at > from {
			to := below + sample[i].weight + sample[i+1].weight/2
			z += (at - from) / (to - from) * (sample[i+1].z - sample[i].z)
		}
		out[l] = z
	}
	return out
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
