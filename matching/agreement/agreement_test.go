package agreement_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"jiebang/matching/agreement"
)

var no = agreement.Missing

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// TestAlphaPublished: Krippendorff (2011), four observers and twelve units with gaps.
func TestAlphaPublished(t *testing.T) {
	t.Parallel()
	table := [][]float64{
		{1, 2, 3, 3, 2, 1, 4, 1, 2, no, no, no},
		{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, no, 3},
		{no, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, no},
		{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, no},
	}
	for level, want := range map[agreement.Level]float64{agreement.Nominal: 0.743, agreement.Ordinal: 0.815, agreement.Interval: 0.849, agreement.Ratio: 0.797} {
		got, ok := agreement.Alpha(table, level)
		if !ok {
			t.Fatal("unknown")
		}
		near(t, "alpha", got, want, 5e-4)
	}
}

// alphaByPairs is the definition, pair by pair over the coincidences.
func alphaByPairs(units [][]float64) float64 {
	var observed, expected, n float64
	var all []float64
	for _, u := range units {
		if len(u) < 2 {
			continue
		}
		for i, a := range u {
			for j, b := range u {
				if i != j {
					observed += (a - b) * (a - b) / float64(len(u)-1)
				}
			}
		}
		all = append(all, u...)
	}
	n = float64(len(all))
	for i, a := range all {
		for j, b := range all {
			if i != j {
				expected += (a - b) * (a - b)
			}
		}
	}
	return 1 - (n-1)*observed/expected
}

func TestAlphaIsItsDefinition(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		units := make([][]float64, 2+rng.IntN(8))
		for i := range units {
			for range rng.IntN(5) {
				units[i] = append(units[i], float64(rng.IntN(6)))
			}
		}
		got, ok := agreement.AlphaOf(units, agreement.Interval)
		want := alphaByPairs(units)
		if ok != !math.IsNaN(want) {
			t.Fatalf("known %v, but by pairs %v: %v", ok, want, units)
		}
		if ok {
			near(t, "alpha", got, want, 1e-12)
			rng.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
			for _, u := range units {
				slices.Reverse(u)
			}
			if again, _ := agreement.AlphaOf(units, agreement.Interval); again != got {
				t.Fatalf("%v, in another order %v", got, again)
			}
		}
	}
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	for name, ok := range map[string]bool{
		"alpha of nothing":        second(agreement.Alpha(nil, agreement.Interval)),
		"alpha of single values":  second(agreement.AlphaOf([][]float64{{1}, {2}}, agreement.Interval)),
		"alpha of equal values":   second(agreement.AlphaOf([][]float64{{2, 2}, {2, 2}}, agreement.Nominal)),
		"W of one rater":          second(agreement.KendallW([][]float64{{1, 2}})),
		"W of level raters":       second(agreement.KendallW([][]float64{{1, 1}, {2, 2}})),
		"W with a gap":            second(agreement.KendallW([][]float64{{1, no}, {2, 2}})),
		"Spearman of level items": second(agreement.MeanSpearman([][]float64{{1, 1}, {2, 3}})),
		"ICC of one target":       second(agreement.ICC([][]float64{{1, 2}})),
		"ICC of equal values":     second(agreement.ICC([][]float64{{1, 1}, {1, 1}})),
		"ICC1 of single values":   second(agreement.ICC1([][]float64{{1}, {2}})),
		"Fleiss, crooked":         second(agreement.FleissKappa([][]int{{2, 0}, {1, 0}})),
		"Fleiss, one category":    second(agreement.FleissKappa([][]int{{2, 0}, {2, 0}})),
		"Cohen, crooked":          second(agreement.CohenKappa([][]int{{1, 2}, {1}}, agreement.Plain)),
		"Cohen, nothing":          second(agreement.CohenKappa([][]int{{0, 0}, {0, 0}}, agreement.Plain)),
	} {
		if ok {
			t.Errorf("%s is known", name)
		}
	}
}

func second[T any](_ T, ok bool) bool { return ok }

// TestICCPublished: Shrout and Fleiss (1979), table 2.
func TestICCPublished(t *testing.T) {
	t.Parallel()
	table := [][]float64{{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}}
	c, ok := agreement.ICC(table)
	if !ok {
		t.Fatal("unknown")
	}
	near(t, "ICC(1,1)", c.ICC11, .17, .005)
	near(t, "ICC(2,1)", c.ICC21, .29, .005)
	near(t, "ICC(3,1)", c.ICC31, .71, .005)
	near(t, "ICC(1,4)", c.ICC1k, .44, .005)
	near(t, "ICC(2,4)", c.ICC2k, .62, .005)
	near(t, "ICC(3,4)", c.ICC3k, .91, .005)
	near(t, "BMS", c.BMS, 11.24, .005)
	near(t, "WMS", c.WMS, 6.26, .005)
	near(t, "JMS", c.JMS, 32.49, .005)
	near(t, "EMS", c.EMS, 1.02, .005)
	one, _ := agreement.ICC1(table)
	near(t, "ICC1 of a full table", one, c.ICC11, 1e-12)
}

func TestKendallWAndSpearman(t *testing.T) {
	t.Parallel()
	table := [][]float64{{1, 3, 4, 5, 2, 8, 6, 7, 10, 9}, {2, 1, 4, 5, 6, 3, 8, 7, 10, 9}, {3, 2, 1, 5, 7, 4, 6, 8, 9, 10}, {4, 2, 3, 1, 6, 7, 5, 9, 8, 10}}
	c, _ := agreement.KendallW(table)
	near(t, "W", c.W, 0.793939, 1e-6)
	near(t, "S", c.S, 1048, 1e-9)
	rho, _ := agreement.MeanSpearman(table)
	near(t, "mean Spearman", rho, (4*c.W-1)/3, 1e-12)
	tied, _ := agreement.KendallW([][]float64{{4, 3, 3, 1, 5}, {4, 2, 3, 1, 4}, {5, 3, 2, 2, 5}})
	near(t, "tied W", tied.W, 0.922619, 1e-6)
	if tied.Ties != 24 {
		t.Errorf("ties %v, want 24", tied.Ties)
	}
}

// TestKappaPublished: Fleiss (1971), and the grant example of Cohen's kappa (25 of 50 yes from both, 0.4).
func TestKappaPublished(t *testing.T) {
	t.Parallel()
	f, _ := agreement.FleissKappa([][]int{{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
		{7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}})
	near(t, "Fleiss", f.Kappa, 0.210, 5e-4)
	c, _ := agreement.CohenKappa([][]int{{20, 5}, {10, 15}}, agreement.Plain)
	near(t, "Cohen", c.Kappa, 0.4, 1e-12)
	for _, w := range []agreement.Weighting{agreement.Linear, agreement.Quadratic} {
		two, _ := agreement.CohenKappa([][]int{{20, 5}, {10, 15}}, w)
		near(t, "weighted on two categories", two.Kappa, 0.4, 1e-12)
		all, _ := agreement.CohenKappa([][]int{{3, 0, 0}, {0, 4, 0}, {0, 0, 5}}, w)
		near(t, "weighted on full agreement", all.Kappa, 1, 1e-12)
	}
}
