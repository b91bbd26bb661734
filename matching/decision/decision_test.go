package decision_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiebang/matching/decision"
)

func near(t *testing.T, what string, got, want []float64, within float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= within) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

// TestAHPPublished: the leader example (Saaty; Wikipedia), criteria level: .547 .127 .270 .056, CR .044.
func TestAHPPublished(t *testing.T) {
	t.Parallel()
	h, err := decision.AHP([][]float64{{1, 4, 3, 7}, {1. / 4, 1, 1. / 3, 3}, {1. / 3, 3, 1, 5}, {1. / 7, 1. / 3, 1. / 5, 1}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "weights", h.Weights, []float64{.547, .127, .270, .056}, 1e-3)
	near(t, "CR", []float64{h.CR}, []float64{.044}, 5e-4)
	if !h.Consistent {
		t.Error("held to be inconsistent")
	}
	w := []float64{.5, .3, .2}
	m := make([][]float64, 3)
	for i := range m {
		for j := range w {
			m[i] = append(m[i], w[i]/w[j])
		}
	}
	h, _ = decision.AHP(m)
	near(t, "consistent", append(slices.Clone(h.Weights), h.LambdaMax, h.CR), []float64{.5, .3, .2, 3, 0}, 1e-9)
	h, _ = decision.AHP([][]float64{{1, 9, 1. / 9}, {1. / 9, 1, 9}, {9, 1. / 9, 1}})
	if h.Consistent {
		t.Errorf("a circle is consistent: %v", h.CR)
	}
	for want, m := range map[string][][]float64{
		"order 0":           nil,
		"judgements of 2":   {{1, 2}, {1}},
		"not the recipro":   {{1, 2}, {2, 1}},
		"no ratio above 0":  {{1, -2}, {-.5, 1}},
		"order 11; the met": make([][]float64, 11),
	} {
		if _, err := decision.AHP(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestWeightsPublished: CRITIC on Diakoulaki et al. (1995); entropy on a table of scikit-criteria.
func TestWeightsPublished(t *testing.T) {
	t.Parallel()
	w, err := decision.CRITIC(decision.Table{Rows: [][]float64{{61, 1.08, 4.33}, {20.7, .26, 4.34}, {16.3, 1.98, 2.53}, {9, 3.29, 1.65},
		{5.4, 2.77, 2.33}, {4, 4.12, 1.21}, {-6.1, 3.52, 2.1}, {-34.6, 3.31, .98}}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "CRITIC", w, []float64{.20222554, .48090173, .31687273}, 1e-7)
	w, e, _ := decision.Entropy(decision.Table{Rows: [][]float64{{1, 2}, {4, 16}}})
	near(t, "entropy weights", w, []float64{.358889, .641111}, 1e-6)
	near(t, "entropy", e, []float64{.721928, .503258}, 1e-6)
	if _, _, err := decision.Entropy(decision.Table{Rows: [][]float64{{-1}}}); err == nil {
		t.Error("entropy of a negative value")
	}
	level := decision.Table{Rows: [][]float64{{3, 3}, {3, 3}}}
	w, _ = decision.CRITIC(level)
	near(t, "nothing told", w, []float64{.5, .5}, 0)
	w, _, _ = decision.Entropy(level)
	near(t, "nothing told", w, []float64{.5, .5}, 0)
}

// TestAddedAlternativeTurnsOrdersRound is why these are second views only: with a third alternative that loses to both,
// TOPSIS turns the first two round, the weighted sum does not.
func TestAddedAlternativeTurnsOrdersRound(t *testing.T) {
	t.Parallel()
	before := decision.Table{Rows: [][]float64{{1, 5}, {4, 2}, {3, 3}}, Weights: []float64{.5, .5}}
	after := before
	after.Rows = append(slices.Clone(before.Rows), []float64{5, 1})
	a, _ := decision.TOPSIS(before)
	b, _ := decision.TOPSIS(after)
	near(t, "before", a, []float64{.452706, .547294, .528215}, 1e-6)
	near(t, "after", b, []float64{.533483, .473257, .5, .466517}, 1e-6)
	if !(a[0] < a[1] && b[0] > b[1]) {
		t.Error("the example no longer shows it")
	}
	x, _ := decision.WeightedSum(before)
	y, _ := decision.WeightedSum(after)
	near(t, "weighted sum", y[:3], x, 0)
}

func TestPROMETHEE(t *testing.T) {
	t.Parallel()
	table := decision.Table{Rows: [][]float64{{5, 8, 4}, {7, 6, 8}, {8, 8, 6}, {7, 4, 6}}, Weights: []float64{.3, .4, .3}}
	flows, err := decision.PROMETHEE(table, nil)
	if err != nil {
		t.Fatal(err)
	}
	var net []float64
	for _, f := range flows {
		net = append(net, f.Net)
	}
	near(t, "net", net, []float64{-1. / 3, 1. / 6, .566667, -.4}, 1e-6)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 { // every preference function: net flows sum to 0, a cost turned round changes nothing
		table := decision.Table{Weights: []float64{1, 2, 3, 4, 5}}
		turned := decision.Table{Weights: table.Weights, Cost: []bool{false, true, false, false, true}}
		for range 5 {
			row := []float64{rng.Float64(), rng.Float64(), rng.Float64(), rng.Float64(), rng.Float64()}
			table.Rows = append(table.Rows, row)
			row = slices.Clone(row)
			row[1], row[4] = -row[1], -row[4]
			turned.Rows = append(turned.Rows, row)
		}
		prefer := []decision.Preference{decision.Usual, decision.UShape(.2), decision.Linear(.1, .5), decision.Steps(.1, .4), decision.Gaussian(.3)}
		a, _ := decision.PROMETHEE(table, prefer)
		b, _ := decision.PROMETHEE(turned, prefer)
		sum := 0.0
		for i := range a {
			sum += a[i].Net
			if a[i] != b[i] || a[i].Plus < 0 || a[i].Plus > 1 {
				t.Fatalf("%v, turned %v", a[i], b[i])
			}
		}
		if math.Abs(sum) > 1e-12 {
			t.Fatalf("net flows sum to %v", sum)
		}
	}
}

// TestVIKORByHand: two criteria, three alternatives, worked out on paper.
func TestVIKORByHand(t *testing.T) {
	t.Parallel()
	c, err := decision.VIKOR(decision.Table{Rows: [][]float64{{10, 100}, {5, 50}, {0, 0}}, Weights: []float64{3, 1}, Cost: []bool{false, true}}, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]float64{{.25, .25, 0}, {.5, .375, .375}, {.75, .75, 1}} {
		near(t, "S, R, Q", []float64{c[i].S, c[i].R, c[i].Q}, want, 1e-12)
	}
	if _, err := decision.VIKOR(decision.Table{Rows: [][]float64{{1}}}, 2); err == nil {
		t.Error("v 2 is taken")
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for want, table := range map[string]decision.Table{
		"nothing to compare":      {},
		"1 values for 2":          {Rows: [][]float64{{1, 2}, {1}}},
		"NaN is no number":        {Rows: [][]float64{{math.NaN()}}},
		"weights[0]: -1":          {Rows: [][]float64{{1}}, Weights: []float64{-1}},
		"that sum to 0":           {Rows: [][]float64{{1}}, Weights: []float64{0}},
		"2 marks for 1 criteria":  {Rows: [][]float64{{1}}, Cost: []bool{true, false}},
		"3 that sum to 3 for 1 c": {Rows: [][]float64{{1}}, Weights: []float64{1, 1, 1}},
	} {
		_, sum := decision.WeightedSum(table)
		_, topsis := decision.TOPSIS(table)
		_, vikor := decision.VIKOR(table, .5)
		_, flows := decision.PROMETHEE(table, nil)
		_, critic := decision.CRITIC(table)
		for _, err := range []error{sum, topsis, vikor, flows, critic} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %q", err, want)
			}
		}
	}
}
