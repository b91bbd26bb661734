package measure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"jiebang/matching/measure"
)

func near(t *testing.T, name string, got, want float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %v, want %v", name, got, want)
	}
}

func items(pairs ...float64) []measure.Item {
	var out []measure.Item
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, measure.Item{Truth: pairs[i], Score: pairs[i+1]})
	}
	return out
}

// The example of arXiv 2303.16750, section 3: what is lost is the distance of the ratings, half of it for a tie.
func TestPairLoss(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		items []measure.Item
		loss  measure.Share
	}{
		"right":    {items(5, .9, 3, .5, 1, .1), measure.Share{Part: 0, Whole: 8}},
		"reversed": {items(5, .1, 3, .5, 1, .9), measure.Share{Part: 8, Whole: 8}},
		"level":    {items(5, .5, 3, .5, 1, .5), measure.Share{Part: 4, Whole: 8}},
		"one_off":  {items(5, .5, 3, .9, 1, .1), measure.Share{Part: 2, Whole: 8}},
		"no_truth": {items(3, .5, 3, .9), measure.Share{}},
		"no_score": {items(3, math.NaN(), 1, .9), measure.Share{Part: 2, Whole: 2}},
		"both_nan": {items(3, math.NaN(), 1, math.NaN()), measure.Share{Part: 2, Whole: 2}},
		"tiny":     {items(2, 5e-324, 1, 0), measure.Share{Part: 0, Whole: 1}},
		"infinite": {items(2, math.Inf(1), 1, 0), measure.Share{Part: 0, Whole: 1}},
		"nothing":  {nil, measure.Share{}},
	} {
		if got := measure.PairLoss(measure.Pairs(row.items)); got != row.loss {
			t.Errorf("%s: %v, want %v", name, got, row.loss)
		}
	}
}

func TestPairAccuracy(t *testing.T) {
	t.Parallel()
	pairs := measure.Pairs(items(5, .9, 4, .95, 4.5, .95, 2, .1, 1, .9))
	for name, row := range map[string]struct {
		keep func(measure.Pair) bool
		want measure.Share
	}{
		// 5, 4 and 4.5 against 2 are right; against 1 the first is level, the other two are right.
		"easy": {measure.Easy, measure.Share{Part: 5, Whole: 6}},
		"hard": {measure.Hard, measure.Share{Part: 0, Whole: 3}},
		"all":  {nil, measure.Share{Part: 5, Whole: 10}},
	} {
		if got := measure.PairAccuracy(pairs, row.keep); got != row.want {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

// Known answers: the examples on the pages of scikit-learn (ndcg_score, roc_auc_score) and scipy (spearmanr, kendalltau); the two
// figures that those print shortened were computed with a line of Python.
func TestKnownAnswers(t *testing.T) {
	t.Parallel()
	near(t, "ndcg good", measure.NDCG(items(10, .1, 0, .2, 0, .3, 1, 4, 5, 70), 5), 0.6956940443813076)
	near(t, "ndcg bad", measure.NDCG(items(10, .05, 0, 1.1, 0, 1, 1, .5, 5, 0), 5), 0.4936801913773761)
	near(t, "ndcg cut", measure.NDCG(items(10, .05, 0, 1.1, 0, 1, 1, .5, 5, 0), 4), 0.3520241100634489)
	near(t, "ndcg tied", measure.NDCG(items(10, 1, 0, 0, 0, 0, 1, 0, 5, 1), 1), 0.75)
	near(t, "auc", measure.AUC([]float64{.1, .4, .35, .8}, []bool{false, false, true, true}), 0.75)
	near(t, "spearman", measure.Spearman([]float64{1, 2, 3, 4, 5}, []float64{5, 6, 7, 8, 7}), 0.8207826816681233)
	near(t, "kendall", measure.Kendall([]float64{12, 2, 1, 12, 2}, []float64{1, 4, 7, 1, 0}), -0.47140452079103173)
}

func TestEdges(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for name, row := range map[string]struct{ got, want float64 }{
		"ndcg of nothing":      {measure.NDCG(nil, 10), 0},
		"ndcg without gain":    {measure.NDCG(items(0, 1, 0, 2), 10), 0},
		"ndcg at none":         {measure.NDCG(items(1, 1), 0), 0},
		"ndcg nan last":        {measure.NDCG(items(1, nan, 0, 2), 1), 0},
		"hit of nothing":       {measure.Hit(nil), 0},
		"hit half":             {measure.Hit(items(1, 1, 0, 1)), .5},
		"recall of nothing":    {measure.Recall(items(0, 1), 5), 0},
		"reciprocal cut":       {measure.ReciprocalRank(items(0, 3, 0, 2, 1, 1), 2), 0},
		"reciprocal third":     {measure.ReciprocalRank(items(0, 3, 0, 2, 1, 1), 3), 1. / 3},
		"reciprocal of none":   {measure.ReciprocalRank(items(0, 3), 3), 0},
		"reciprocal all right": {measure.ReciprocalRank(items(1, 2, 1, 2), 3), 1},
		"auc one side":         {measure.AUC([]float64{1, 2}, []bool{true, true}), nan},
		"auc level":            {measure.AUC([]float64{1, 1, 1}, []bool{true, false, true}), .5},
		"spearman flat":        {measure.Spearman([]float64{1, 1}, []float64{1, 2}), nan},
		"spearman of nothing":  {measure.Spearman(nil, nil), nan},
		"kendall flat":         {measure.Kendall([]float64{1, 2}, []float64{3, 3}), nan},
		"kendall of one":       {measure.Kendall([]float64{1}, []float64{3}), nan},
		"ratio of nothing":     {measure.Ratio(nil, nil), nan},
	} {
		near(t, name, row.got, row.want)
	}
}

// permutations calls f with every order of 0..n-1.
func permutations(n int, f func([]int)) {
	var walk func(p []int, k int)
	walk = func(p []int, k int) {
		if k == n {
			f(p)
			return
		}
		for i := k; i < n; i++ {
			p[k], p[i] = p[i], p[k]
			walk(p, k+1)
			p[k], p[i] = p[i], p[k]
		}
	}
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	walk(p, 0)
}

// TestListsAgainstAllOrders: a figure of a list with ties is the mean over all
// orders that respect the scores, each judged without any thought of ties.
func TestListsAgainstAllOrders(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		n := 1 + r.IntN(6)
		k := 1 + r.IntN(n+1)
		list := make([]measure.Item, n)
		for i := range list {
			list[i] = measure.Item{Truth: float64(max(0, r.IntN(5)-2)), Score: float64(r.IntN(3))}
		}
		best := slices.Clone(list)
		slices.SortFunc(best, func(a, b measure.Item) int { return int(b.Truth - a.Truth) })
		gain := func(at func(int) float64) (sum float64) {
			for i := range min(k, n) {
				sum += at(i) / math.Log2(float64(i)+2)
			}
			return sum
		}
		ideal := gain(func(i int) float64 { return best[i].Truth })
		var count, ndcg, precision, recall, reciprocal float64
		permutations(n, func(p []int) {
			for i := 1; i < n; i++ {
				if list[p[i-1]].Score < list[p[i]].Score {
					return
				}
			}
			count++
			if ideal > 0 {
				ndcg += gain(func(i int) float64 { return list[p[i]].Truth }) / ideal
			}
			right, all, first := 0., 0., 0.
			for i, at := range p {
				if list[at].Truth == 0 {
					continue
				}
				all++
				if i < k {
					right++
					if first == 0 {
						first = 1 / float64(i+1)
					}
				}
			}
			precision += right / float64(min(k, n))
			if all > 0 {
				recall += right / all
			}
			reciprocal += first
		})
		name := fmt.Sprint(list, k)
		near(t, "ndcg "+name, measure.NDCG(list, k), ndcg/count)
		near(t, "precision "+name, measure.Precision(list, k), precision/count)
		near(t, "recall "+name, measure.Recall(list, k), recall/count)
		near(t, "reciprocal "+name, measure.ReciprocalRank(list, k), reciprocal/count)
		back := slices.Clone(list)
		slices.Reverse(back)
		if measure.NDCG(list, k) != measure.NDCG(back, k) || measure.ReciprocalRank(list, k) != measure.ReciprocalRank(back, k) {
			t.Errorf("%s: the order of the input shows", name)
		}
	}
}

// TestCorrelationsAgainstPairs counts every pair.
func TestCorrelationsAgainstPairs(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		n := 2 + r.IntN(14)
		x, y, times, truth := make([]float64, n), make([]float64, n), make([]int, n), make([]bool, n)
		for i := range n {
			x[i], y[i], times[i], truth[i] = float64(r.IntN(6)), float64(r.IntN(6)), r.IntN(4), r.IntN(2) == 0
		}
		sign := func(a, b float64) float64 { return float64(cmpFloat(a, b)) }
		var lead, apartX, apartY, won, fought float64
		rx, ry := make([]float64, n), make([]float64, n)
		for i := range n {
			rx[i], ry[i] = .5, .5
			for j := range n {
				rx[i] += (1 + sign(x[i], x[j])) / 2
				ry[i] += (1 + sign(y[i], y[j])) / 2
				if truth[i] && !truth[j] {
					w := float64(times[i] * times[j])
					won += w * (1 + sign(x[i], x[j])) / 2
					fought += w
				}
				if i < j {
					lead += sign(x[i], x[j]) * sign(y[i], y[j])
					apartX += math.Abs(sign(x[i], x[j]))
					apartY += math.Abs(sign(y[i], y[j]))
				}
			}
		}
		tau := lead / math.Sqrt(apartX*apartY)
		if apartX*apartY == 0 {
			tau = math.NaN()
		}
		near(t, "kendall", measure.Kendall(x, y), tau)
		near(t, "kendall turned", measure.Kendall(y, x), tau)
		near(t, "auc", measure.NewROC(x, truth).Area(times), won/fought)
		if !slices.Equal(measure.Ranks(x), rx) {
			t.Errorf("ranks of %v: %v, want %v", x, measure.Ranks(x), rx)
		}
		var sx, sy, sxx, syy, sxy float64
		for i := range n {
			sx, sy = sx+rx[i], sy+ry[i]
			sxx, syy, sxy = sxx+rx[i]*rx[i], syy+ry[i]*ry[i], sxy+rx[i]*ry[i]
		}
		N := float64(n)
		rho := (N*sxy - sx*sy) / math.Sqrt((N*sxx-sx*sx)*(N*syy-sy*sy))
		near(t, "spearman", measure.Spearman(x, y), rho)
	}
}

func cmpFloat(a, b float64) int {
	switch {
	case a > b:
		return 1
	case a < b:
		return -1
	}
	return 0
}

func TestRatio(t *testing.T) {
	t.Parallel()
	units := []measure.Share{{1, 2}, {3, 4}, {0, 0}}
	near(t, "once", measure.Ratio(units, nil), 4./6)
	near(t, "times", measure.Ratio(units, []int{2, 0, 5}), .5)
	near(t, "mean", measure.Ratio(measure.Mean([]float64{1, math.NaN(), 2}), nil), 1.5)
}

// TestIntervalCovers draws samples from a known distribution: the 95 % interval
// of their mean holds the truth about as often as it says (for 40 units the
// percentile bootstrap is known to stay a little below).
func TestIntervalCovers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	held := 0
	for i := range 400 {
		sample := make([]float64, 40)
		for j := range sample {
			sample[j] = r.NormFloat64() + 3
		}
		units := measure.Mean(sample)
		b := measure.Bootstrap{Units: len(units), Draws: 400, Seed: uint64(i)}
		if b.Interval(func(times []int) float64 { return measure.Ratio(units, times) }).Holds(3) {
			held++
		}
	}
	if held < 360 || held > 395 {
		t.Errorf("%d of 400 intervals hold the truth", held)
	}
}

// TestPairedDifference: two methods that share their luck are told apart,
// although the interval of one holds the other's value.
func TestPairedDifference(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	a, b := make([]float64, 50), make([]float64, 50)
	for i := range a {
		hard := r.NormFloat64()
		a[i], b[i] = hard+.1+.05*r.NormFloat64(), hard
	}
	of := func(v []float64) measure.Statistic {
		units := measure.Mean(v)
		return func(times []int) float64 { return measure.Ratio(units, times) }
	}
	draw := measure.Bootstrap{Units: 50, Draws: 2000, Seed: 1}
	if v := draw.Interval(of(a)); !v.Holds(measure.Ratio(measure.Mean(b), nil)) {
		t.Errorf("%v is narrower than the units allow", v)
	}
	d := draw.Difference(of(a), of(b))
	if d.Low <= 0 || d.High > .2 {
		t.Errorf("difference %v", d)
	}
	if again := draw.Difference(of(a), of(b)); again != d {
		t.Errorf("%v, and then %v", d, again)
	}
	both := draw.Intervals(of(a), of(b))
	if both[0] != draw.Interval(of(a)) || both[1] != draw.Interval(of(b)) {
		t.Error("several statistics see other draws than each alone")
	}
	if zero := draw.Difference(of(a), of(a)); zero.Low != 0 || zero.High != 0 {
		t.Errorf("a method differs from itself by %v", zero)
	}
	draw.Seed = 2
	if draw.Difference(of(a), of(b)) == d {
		t.Error("the seed changes nothing")
	}
}

func TestIntervalOfNothing(t *testing.T) {
	t.Parallel()
	for _, b := range []measure.Bootstrap{{}, {Units: 3}, {Draws: 5}, {Units: 2, Draws: 5}} {
		v := b.Interval(func([]int) float64 { return math.NaN() })
		if !math.IsNaN(v.Low) || !math.IsNaN(v.High) || v.Holds(0) {
			t.Errorf("%v: %v", b, v)
		}
	}
}

func BenchmarkInterval(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		units := measure.Mean(make([]float64, n))
		b.Run(fmt.Sprintf("units=%d/draws=2000", n), func(b *testing.B) {
			for b.Loop() {
				measure.Bootstrap{Units: n, Draws: 2000, Seed: 1}.Interval(func(times []int) float64 { return measure.Ratio(units, times) })
			}
		})
	}
}
