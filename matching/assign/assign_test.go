package assign_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"

	"jiebang/matching/assign"
)

func random(r *rand.Rand, maxBids, maxExperts int) assign.Question {
	var q assign.Question
	for i := range 1 + r.Intn(maxBids) {
		q.Bids = append(q.Bids, assign.Bid{ID: fmt.Sprintf("b%d", i), Want: r.Intn(4)})
	}
	for j := range 1 + r.Intn(maxExperts) {
		lo := r.Intn(2)
		q.Experts = append(q.Experts, assign.Expert{ID: fmt.Sprintf("e%d", j), Min: lo, Max: lo + r.Intn(3)})
	}
	for i, b := range q.Bids {
		q.Fit = append(q.Fit, make([]float64, len(q.Experts)))
		for j, e := range q.Experts {
			q.Fit[i][j] = float64(r.Intn(7)) - 2
			if r.Intn(5) == 0 {
				q.Barred = append(q.Barred, assign.Barred{Bid: b.ID, Expert: e.ID})
			}
		}
	}
	return q
}

// value is what a plan is judged by, most important first.
type value struct {
	filled int
	spread int // −Σ k over the k-th lacking seat of each bid
	under  int // −units missing to Min
	total  float64
}

func (v value) less(w value) bool {
	if v.filled != w.filled {
		return v.filled < w.filled
	}
	if v.spread != w.spread {
		return v.spread < w.spread
	}
	if v.under != w.under {
		return v.under < w.under
	}
	return v.total < w.total-1e-9
}

func judge(q assign.Question, given, load []int, total float64) value {
	v := value{total: total}
	for i, b := range q.Bids {
		v.filled += given[i]
		lack := min(b.Want, len(q.Experts)) - given[i]
		v.spread -= lack * (lack - 1) / 2
	}
	for j, e := range q.Experts {
		v.under -= max(0, e.Min-load[j])
	}
	return v
}

// brute tries every plan.
func brute(q assign.Question) value {
	barred := map[[2]string]bool{}
	for _, b := range q.Barred {
		barred[[2]string{b.Bid, b.Expert}] = true
	}
	pinned := map[[2]string]bool{}
	for _, p := range q.Pins {
		pinned[[2]string{p.Bid, p.Expert}] = true
	}
	best, first := value{}, true
	given, load := make([]int, len(q.Bids)), make([]int, len(q.Experts))
	var try func(k int, total float64)
	try = func(k int, total float64) {
		if k == len(q.Bids)*len(q.Experts) {
			if v := judge(q, given, load, total); first || best.less(v) {
				best, first = v, false
			}
			return
		}
		i, j := k/len(q.Experts), k%len(q.Experts)
		pair := [2]string{q.Bids[i].ID, q.Experts[j].ID}
		if !pinned[pair] {
			try(k+1, total)
		}
		if !barred[pair] && given[i] < q.Bids[i].Want && load[j] < q.Experts[j].Max {
			given[i]++
			load[j]++
			try(k+1, total+q.Fit[i][j])
			given[i]--
			load[j]--
		}
	}
	try(0, 0)
	return best
}

func check(t *testing.T, q assign.Question, p assign.Plan) value {
	t.Helper()
	given, load, total := make([]int, len(q.Bids)), make([]int, len(q.Experts)), 0.0
	bids, experts := map[string]int{}, map[string]int{}
	for i, b := range q.Bids {
		bids[b.ID] = i
	}
	for j, e := range q.Experts {
		experts[e.ID] = j
	}
	have := map[[2]string]bool{}
	for _, x := range p.Pairs {
		i, j := bids[x.Bid], experts[x.Expert]
		given[i]++
		load[j]++
		total += q.Fit[i][j]
		if x.Fit != q.Fit[i][j] {
			t.Fatalf("fit of %v is %v", x, q.Fit[i][j])
		}
		if have[[2]string{x.Bid, x.Expert}] {
			t.Fatalf("%v stands twice", x)
		}
		have[[2]string{x.Bid, x.Expert}] = true
	}
	for _, b := range q.Barred {
		if have[[2]string{b.Bid, b.Expert}] {
			t.Fatalf("barred pair %v", b)
		}
	}
	for _, b := range q.Pins {
		if !have[[2]string{b.Bid, b.Expert}] {
			t.Fatalf("pin %v is missing", b)
		}
	}
	short := map[string]int{}
	for _, s := range p.Short {
		short[s.Bid] = s.Seats
		if s.Given+s.Barred+len(s.Full) < len(q.Experts) && len(q.Pins) == 0 {
			t.Fatalf("%s is short of %d, but %d experts: %+v", s.Bid, s.Seats, len(q.Experts), s)
		}
	}
	for i, b := range q.Bids {
		if given[i]+short[b.ID] != b.Want {
			t.Fatalf("%s wants %d, has %d, short %d", b.ID, b.Want, given[i], short[b.ID])
		}
	}
	for j, e := range q.Experts {
		if load[j] > e.Max {
			t.Fatalf("%s carries %d of %d", e.ID, load[j], e.Max)
		}
	}
	if math.Abs(total-p.Total) > 1e-9 {
		t.Fatalf("total %v, want %v", p.Total, total)
	}
	return judge(q, given, load, total)
}

func TestAgainstBruteForce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(6))
	for range 600 {
		q := random(r, 4, 4)
		p, err := assign.Experts(q)
		if err != nil {
			t.Fatal(err)
		}
		got, want := check(t, q, p), brute(q)
		if got.less(want) || want.less(got) {
			js, _ := json.Marshal(q)
			t.Fatalf("got %+v, want %+v: %s", got, want, js)
		}
	}
}

// hungarian7 is the best total of one expert a bid, by trying all orders.
func hungarian7(fit [][]float64) float64 {
	best := math.Inf(-1)
	used := make([]bool, len(fit))
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == len(fit) {
			best = max(best, sum)
			return
		}
		for j := range used {
			if !used[j] {
				used[j] = true
				try(i+1, sum+fit[i][j])
				used[j] = false
			}
		}
	}
	try(0, 0)
	return best
}

func TestSevenBySeven(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(7))
	for range 30 {
		var q assign.Question
		for i := range 7 {
			q.Bids = append(q.Bids, assign.Bid{ID: fmt.Sprint("b", i), Want: 1})
			q.Experts = append(q.Experts, assign.Expert{ID: fmt.Sprint("e", i), Max: 1})
			row := make([]float64, 7)
			for j := range row {
				row[j] = r.Float64()
			}
			q.Fit = append(q.Fit, row)
		}
		p, err := assign.Experts(q)
		if want := hungarian7(q.Fit); err != nil || math.Abs(p.Total-want) > 1e-7 {
			t.Fatalf("total %v, want %v, %v", p.Total, want, err)
		}
	}
}

func shuffled(r *rand.Rand, q assign.Question) assign.Question {
	out := assign.Question{Barred: q.Barred, Pins: q.Pins}
	rows, cols := r.Perm(len(q.Bids)), r.Perm(len(q.Experts))
	for _, j := range cols {
		out.Experts = append(out.Experts, q.Experts[j])
	}
	for _, i := range rows {
		out.Bids = append(out.Bids, q.Bids[i])
		var row []float64
		for _, j := range cols {
			row = append(row, q.Fit[i][j])
		}
		out.Fit = append(out.Fit, row)
	}
	return out
}

func TestOrderOfInputDoesNotShow(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(8))
	for range 300 {
		q := random(r, 8, 8)
		a, _ := assign.Experts(q)
		b, _ := assign.Experts(shuffled(r, q))
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if string(x) != string(y) {
			t.Fatalf("%s\n%s", x, y)
		}
	}
}

func TestOneMoreExpertNeverEmptiesASeat(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(9))
	for range 300 {
		q := random(r, 8, 8)
		a, _ := assign.Experts(q)
		q.Experts = append(q.Experts, assign.Expert{ID: "new", Max: 1})
		for i := range q.Fit {
			q.Fit[i] = append(q.Fit[i], r.Float64())
		}
		if b, _ := assign.Experts(q); b.Filled < a.Filled {
			t.Fatalf("%d seats filled, %d before", b.Filled, a.Filled)
		}
	}
}

func TestPins(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(10))
	for range 300 {
		q := random(r, 4, 4)
		p, _ := assign.Experts(q)
		for _, x := range p.Pairs { // what stands may be pinned
			if r.Intn(3) == 0 {
				q.Pins = append(q.Pins, assign.Pin{Bid: x.Bid, Expert: x.Expert})
			}
		}
		again, err := assign.Experts(q)
		if err != nil {
			t.Fatal(err)
		}
		got, want := check(t, q, again), brute(q)
		if got.less(want) || want.less(got) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	}
}

func TestShortSaysWhy(t *testing.T) {
	t.Parallel()
	q := assign.Question{
		Bids:    []assign.Bid{{ID: "b1", Want: 3}, {ID: "b2", Want: 1}},
		Experts: []assign.Expert{{ID: "e1", Max: 1}, {ID: "e2", Max: 2}, {ID: "e3", Max: 5}},
		Fit:     [][]float64{{1, 1, 1}, {1, 1, 1}},
		Barred:  []assign.Barred{{Bid: "b1", Expert: "e3"}, {Bid: "b2", Expert: "e3"}},
	}
	p, err := assign.Experts(q)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(p.Short)
	want := `[{"bid":"b1","seats":1,"given":2,"barred":1,"full":[],"reason":"3 experts in all: 2 on this bid, 1 barred, 0 at their load"}]`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		q    assign.Question
		want string
	}{
		"twice":   {assign.Question{Bids: []assign.Bid{{ID: "b"}, {ID: "b"}}}, `bid "b" stands twice`},
		"rows":    {assign.Question{Bids: []assign.Bid{{ID: "b"}}, Fit: [][]float64{{}, {}}}, "2 rows for 1 bids"},
		"nan":     {assign.Question{Bids: []assign.Bid{{ID: "b"}}, Experts: []assign.Expert{{ID: "e"}}, Fit: [][]float64{{math.NaN()}}}, "holds NaN"},
		"nobody":  {assign.Question{Pins: []assign.Pin{{Bid: "x", Expert: "y"}}}, "names nobody"},
		"load":    {assign.Question{Experts: []assign.Expert{{ID: "e", Min: 2, Max: 1}}}, "load from 2 to 1"},
		"pin_bar": {assign.Question{Bids: []assign.Bid{{ID: "b", Want: 1}}, Experts: []assign.Expert{{ID: "e", Max: 1}}, Pins: []assign.Pin{{Bid: "b", Expert: "e"}}, Barred: []assign.Barred{{Bid: "b", Expert: "e"}}}, "pinned and barred"},
		"pins":    {assign.Question{Bids: []assign.Bid{{ID: "b", Want: 1}}, Experts: []assign.Expert{{ID: "e", Max: 0}}, Pins: []assign.Pin{{Bid: "b", Expert: "e"}}}, "1 pins for a load of 0"},
	} {
		if _, err := assign.Experts(row.q); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p, err := assign.Experts(assign.Question{}); err != nil || p.Pairs == nil || p.Short == nil || p.Loads == nil {
		t.Errorf("the empty question: %+v %v", p, err)
	}
}

func instance(bids, experts, want, load int) assign.Question {
	r := rand.New(rand.NewSource(11))
	var q assign.Question
	for j := range experts {
		q.Experts = append(q.Experts, assign.Expert{ID: fmt.Sprintf("e%04d", j), Max: load})
	}
	for i := range bids {
		b := assign.Bid{ID: fmt.Sprintf("b%04d", i), Want: want}
		q.Bids = append(q.Bids, b)
		row := make([]float64, experts)
		for j := range row {
			row[j] = r.Float64()
			if r.Intn(20) == 0 {
				q.Barred = append(q.Barred, assign.Barred{Bid: b.ID, Expert: q.Experts[j].ID})
			}
		}
		q.Fit = append(q.Fit, row)
	}
	return q
}
