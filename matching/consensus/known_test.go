package consensus_test

import (
	"math"
	"testing"

	"jiebang/matching/consensus"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// TestDyestuff: Davies and Goldsmith (1972), as in the documentation of lme4.
func TestDyestuff(t *testing.T) {
	t.Parallel()
	c, ok := consensus.OneWay([][]float64{{1545, 1440, 1440, 1520, 1580}, {1540, 1555, 1490, 1560, 1495}, {1595, 1550, 1605, 1510, 1560},
		{1445, 1440, 1595, 1465, 1545}, {1595, 1630, 1515, 1635, 1625}, {1520, 1455, 1450, 1480, 1445}})
	if !ok {
		t.Fatal("unknown")
	}
	near(t, "intercept", c.Intercept, 1527.5, 1e-6)
	near(t, "between", c.Between, 1764.05, 1e-3)
	near(t, "within", c.Within, 2451.25, 1e-3)
	for i, want := range []float64{-17.606851, .391263, 28.562226, -23.084538, 56.733188, -44.995287} {
		near(t, "effect", c.Effects[i], want, 1e-5)
	}
	if _, ok := consensus.OneWay([][]float64{{1}, {2}}); ok {
		t.Error("known without repetition")
	}
	if c, ok := consensus.OneWay([][]float64{{1, 3}, {2, 2}, nil}); !ok || c.Between != 0 || c.Intercept != 2 {
		t.Errorf("groups of one mean differ: %+v", c)
	}
}

// TestStudent: points of the printed table, and the ends.
func TestStudent(t *testing.T) {
	t.Parallel()
	for freedom, x := range map[float64]float64{1: 12.7062, 2: 4.30265, 5: 2.57058, 30: 2.04227, 120: 1.97993, 499: 1.96473, 500: 1.96472, 1000: 1.96234, math.Inf(1): 1.95996} {
		near(t, "the distribution function at the 97.5 % point", consensus.Student(x, freedom), .975, 2e-6)
		near(t, "its mirror", consensus.Student(-x, freedom), .025, 2e-6)
	}
	for _, freedom := range []float64{0.3, 4, 600} {
		near(t, "middle", consensus.Student(0, freedom), .5, 1e-12)
		near(t, "end", consensus.Student(math.Inf(1), freedom), 1, 1e-12)
		near(t, "other end", consensus.Student(math.Inf(-1), freedom), 0, 1e-12)
	}
	near(t, "Cauchy", consensus.Student(2, 1), .5+math.Atan(2)/math.Pi, 1e-12)
}

func TestRanks(t *testing.T) {
	t.Parallel()
	near(t, "beats", consensus.Beats(80, 3, 78, 4), 0.655422, 1e-6)
	near(t, "level", consensus.Beats(1, 0, 1, 0), 0.5, 0)
	mean, sd := []float64{80, 78, 70}, []float64{3, 4, 2}
	p := consensus.Ranks(mean, sd)
	for i, row := range p {
		sum, expected, exact := 0.0, 0.0, 1.0
		for r, q := range row {
			sum += q
			expected += q * float64(r+1)
		}
		for j := range mean {
			if j != i {
				exact += consensus.Beats(mean[j], sd[j], mean[i], sd[i])
			}
		}
		near(t, "the sum of a row", sum, 1, 1e-6)
		near(t, "the expected rank", expected, exact, 1e-5)
	}
	near(t, "first of three", p[0][0], 0.655, 1e-3)
}

// TestDrawsAgreeWithTheExact: without severities errors are independent, so the draws of a panel must give the exact
// chances of independent normals, in the limit of many degrees of freedom.
func TestDrawsAgreeWithTheExact(t *testing.T) {
	t.Parallel()
	p := consensus.Panel{Criteria: plain}
	for i, id := range []string{"a", "b", "c", "d"} {
		for j := range 200 {
			v := float64(i) * 0.1
			if (j/2+i)%2 == 0 { // the same number up as down, and no expert harsher
				v++
			}
			p.Sheets = append(p.Sheets, consensus.Sheet{Bid: id, Expert: string(rune('A' + j)), Scores: []float64{v}})
		}
	}
	r, err := consensus.Calibrate(p, consensus.Options{Draws: 20000})
	if err != nil {
		t.Fatal(err)
	}
	if r.Spread.Ratio != 0 {
		t.Fatalf("severity found: %+v", r.Spread)
	}
	var mean, sd []float64
	for _, b := range r.Bids {
		mean, sd = append(mean, b.Calibrated), append(sd, r.Spread.Noise/math.Sqrt(200))
	}
	exact := consensus.Ranks(mean, sd)
	for i, b := range r.Bids {
		for k, q := range exact[i] {
			got := 0.0
			if k < len(b.Standing.Ranks) {
				got = b.Standing.Ranks[k]
			}
			near(t, b.ID+" chance of a rank", got, q, 0.02)
		}
	}
}
