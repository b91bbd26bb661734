package assign_test

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	"jiebang/matching/assign"
)

// plans calls f with every set of rows that keeps loads, bars, pins and rules, and its value without fits.
func plans(q assign.Question, f func(sets []uint, aims int64, total int64)) {
	rules := boundsOf(q)
	bare := q
	bare.Fit = nil
	for range q.Bids {
		bare.Fit = append(bare.Fit, make([]float64, len(q.Experts)))
	}
	sets, load := make([]uint, len(q.Bids)), make([]int, len(q.Experts))
	var next func(i int, aims, total int64)
	next = func(i int, aims, total int64) {
		if i == len(q.Bids) {
			for j, e := range q.Experts {
				aims -= underAim * int64(max(0, e.Min-load[j]))
			}
			f(sets, aims, total)
			return
		}
	set:
		for set := uint(0); set < 1<<len(q.Experts); set++ {
			v, ok := rowValue(bare, rules, i, set)
			if !ok {
				continue
			}
			fit := int64(0)
			for j, e := range q.Experts {
				if set>>j&1 == 1 {
					if load[j] == e.Max {
						continue set
					}
					fit += grid(q.Fit[i][j])
				}
			}
			sets[i] = set
			for j := range q.Experts {
				load[j] += int(set >> j & 1)
			}
			next(i+1, aims+v, total+fit)
			for j := range q.Experts {
				load[j] -= int(set >> j & 1)
			}
		}
	}
	next(0, 0, 0)
}

// services are 60 times the mean fit of each bid that wants somebody, in units of grid.
func services(q assign.Question, sets []uint) []int64 {
	var out []int64
	for i, b := range q.Bids {
		want := min(b.Want, len(q.Experts))
		if want == 0 {
			continue
		}
		sum := int64(0)
		for j := range q.Experts {
			if sets[i]>>j&1 == 1 {
				sum += grid(q.Fit[i][j])
			}
		}
		out = append(out, sum*60/int64(want))
	}
	return out
}

// TestFairOracle compares with all plans: a fair plan is as good in all aims before fit, keeps the
// share of the total, its worst service is the best there is, and with all services at least as high
// as its own none has a larger total. In nine of ten cases it is the leximin plan too.
func TestFairOracle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(50))
	cases, leximin := 0, 0
	for cases < 1500 {
		q := everything(r, 1+r.Intn(3), 1+r.Intn(4))
		q.Standing = nil
		share := []float64{0, 0.5, 0.9, 1}[r.Intn(4)]
		q.Fair = &assign.Fair{Share: share}
		if share == 0 {
			share = 0.995
		}
		p, err := assign.Experts(q)
		if err != nil {
			t.Fatal(err)
		}
		cases++
		mine := make([]uint, len(q.Bids))
		for _, x := range p.Pairs {
			var i, j int
			fmt.Sscanf(x.Bid, "b%d", &i)
			fmt.Sscanf(x.Expert, "e%d", &j)
			mine[i] |= 1 << j
		}
		var aims, most int64 = math.MinInt64, math.MinInt64
		plans(q, func(_ []uint, a, total int64) {
			if a > aims || a == aims && total > most {
				aims, most = a, total
			}
		})
		least := float64(most) - (1-share)*math.Abs(float64(most)) - 1e-6
		var myAims, myTotal int64
		have := services(q, mine)
		var best []int64 // sorted services of the leximin plan
		better := int64(math.MinInt64)
		plans(q, func(sets []uint, a, total int64) {
			if slices.Equal(sets, mine) {
				myAims, myTotal = a, total
			}
			if a < aims || float64(total) < least {
				return
			}
			s := services(q, sets)
			above := true
			for k := range s {
				above = above && s[k] >= have[k]
			}
			if above {
				better = max(better, total)
			}
			slices.Sort(s)
			if best == nil || slices.Compare(s, best) > 0 {
				best = s
			}
		})
		if myAims != aims || float64(myTotal) < least {
			t.Fatalf("aims %d of %d, total %d of %d: %s", myAims, aims, myTotal, most, dump(q))
		}
		if len(have) == 0 {
			continue
		}
		if slices.Min(have) != best[0] {
			t.Fatalf("worst service %d, want %d: %s", slices.Min(have), best[0], dump(q))
		}
		if better > myTotal {
			t.Fatalf("total %d, with services as high %d: %s", myTotal, better, dump(q))
		}
		if !p.Fair.Proved || math.Abs(p.Fair.Worst*20*60-float64(best[0])) > 1e-6 {
			t.Fatalf("%+v, worst %d: %s", p.Fair, best[0], dump(q))
		}
		if slices.Sort(have); slices.Equal(have, best) {
			leximin++
		}
	}
	t.Logf("%d of %d are the leximin plan", leximin, cases)
	if leximin < cases*85/100 {
		t.Errorf("only %d of %d are the leximin plan", leximin, cases)
	}
}
