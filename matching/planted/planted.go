// Package planted makes panels of scores whose truth is known, to see what a way of combining scores is worth.
package planted

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"jiebang/matching/consensus"
)

// Plan says what is planted. Deviations are in points of a scale from 0 to 100;
// what is 0 is not planted.
type Plan struct {
	Bids, Experts int
	Sheets        int     // for each bid
	Uneven        bool    // as many on average, but each bid 2 to 2·Sheets−2
	Quality       float64 // deviation of the bids' quality round 70
	Severity      float64 // deviation of how harsh experts are
	Stretch       float64 // deviation of the logarithm of how widely they use the scale
	Noise         float64 // deviation of a single score
	Stray         float64 // share of bids of which one score is put to 100
	Fields        int     // bids and experts fall into so many, and are matched by field with few exceptions
	Apart         float64 // deviation of the mean quality of fields; Quality stays that of all bids
	Bridges       bool    // no exception but the first bid of each field
	Exact         bool    // no rounding to whole points and no ends of the scale
}

// Panel draws one panel, the same for the same plan and seed, and the quality
// of each bid. Loads differ by little. O(bids · experts · sheets).
func (p Plan) Panel(seed uint64) (consensus.Panel, map[string]float64) {
	d := drawing{Plan: p, rng: rand.New(rand.NewPCG(seed, 0x706c616e746564))}
	d.qualities()
	for range p.Experts {
		d.severity = append(d.severity, p.Severity*d.rng.NormFloat64())
		d.stretch = append(d.stretch, math.Exp(p.Stretch*d.rng.NormFloat64()))
	}
	d.load = make([]int, p.Experts)
	truth := map[string]float64{}
	panel := consensus.Panel{Criteria: []consensus.Criterion{{Weight: 1}}}
	for i, q := range d.quality {
		id := fmt.Sprintf("b%04d", i)
		truth[id] = q
		experts := d.pick(i)
		stray := -1
		if d.rng.Float64() < p.Stray {
			stray = experts[d.rng.IntN(len(experts))]
		}
		for _, j := range experts {
			panel.Sheets = append(panel.Sheets, consensus.Sheet{Bid: id, Expert: fmt.Sprintf("e%04d", j), Scores: []float64{d.score(i, j, stray)}})
		}
	}
	return panel, truth
}

type drawing struct {
	Plan
	rng               *rand.Rand
	quality           []float64
	severity, stretch []float64
	load              []int
}

func (d *drawing) qualities() {
	means := make([]float64, max(1, d.Fields))
	for f := range means {
		means[f] = d.Apart * d.rng.NormFloat64()
	}
	within := math.Sqrt(max(0, d.Quality*d.Quality-d.Apart*d.Apart))
	for i := range d.Bids {
		d.quality = append(d.quality, 70+means[d.field(i, d.Bids)]+within*d.rng.NormFloat64())
	}
}

func (d *drawing) field(i, of int) int { return i * max(1, d.Fields) / of }

// pick takes the least loaded experts of the bid's field, now and then one of another.
func (d *drawing) pick(bid int) []int {
	n := d.Sheets
	if d.Uneven {
		n = 2 + d.rng.IntN(2*d.Sheets-3)
	}
	cost := make([]float64, d.Experts)
	field := d.field(bid, d.Bids)
	bridge := bid == 0 || d.field(bid-1, d.Bids) != field
	order := make([]int, d.Experts)
	for j := range order {
		order[j] = j
		cost[j] = float64(d.load[j]) + 0.9*d.rng.Float64()
		if d.field(j, d.Experts) != field {
			cost[j] += 2.2 + d.rng.ExpFloat64()
			if d.Bridges && !bridge {
				cost[j] = math.Inf(1)
			}
		} else if d.Bridges && bridge {
			cost[j] += 3 // so that the bridge is one
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(cost[a], cost[b]), cmp.Compare(a, b)) })
	chosen := order[:min(n, d.Experts)]
	for _, j := range chosen {
		d.load[j]++
	}
	return chosen
}

func (d *drawing) score(bid, expert, stray int) float64 {
	y := 70 + d.severity[expert] + d.stretch[expert]*(d.quality[bid]-70) + d.Noise*d.rng.NormFloat64()
	if expert == stray {
		y = 100
	}
	if d.Exact {
		return y
	}
	return math.Round(min(100, max(0, y)))
}
