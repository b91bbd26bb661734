package assign_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"math/rand"
	"slices"
	"testing"

	"jiebang/matching/assign"
)

// everything is a random question with constraints of every kind.
func everything(r *rand.Rand, bids, experts int) assign.Question {
	var q assign.Question
	for i := range bids {
		q.Bids = append(q.Bids, assign.Bid{ID: fmt.Sprintf("b%d", i), Want: r.Intn(4)})
	}
	for j := range experts {
		lo := r.Intn(2) * r.Intn(2)
		e := assign.Expert{ID: fmt.Sprintf("e%d", j), Min: lo, Max: min(3, lo+r.Intn(3))}
		if r.Intn(4) > 0 {
			e.Unit = fmt.Sprintf("u%d", r.Intn(3))
		}
		q.Experts = append(q.Experts, e)
	}
	if bids == 7 { // keep the oracle's states few
		for j := range q.Experts {
			q.Experts[j].Max = min(2, q.Experts[j].Max)
		}
	}
	scale := []float64{1, 1, 0.1, 0.25}[r.Intn(4)]
	seats, load := make([]int, bids), make([]int, experts)
	for i, b := range q.Bids {
		q.Fit = append(q.Fit, make([]float64, experts))
		for j, e := range q.Experts {
			q.Fit[i][j] = float64(r.Intn(8)-2) * scale
			switch k := r.Intn(30); {
			case k < 4:
				q.Barred = append(q.Barred, assign.Barred{Bid: b.ID, Expert: e.ID})
			case k == 4 && seats[i] < b.Want && load[j] < e.Max:
				q.Pins = append(q.Pins, assign.Pin{Bid: b.ID, Expert: e.ID})
				seats[i]++
				load[j]++
			case k == 5 && r.Intn(2) == 0:
				q.Standing = append(q.Standing, assign.Pin{Bid: b.ID, Expert: e.ID})
			}
		}
	}
	some := func() []string {
		var out []string
		for _, e := range q.Experts {
			if r.Intn(2) == 0 {
				out = append(out, e.ID)
			}
		}
		return out
	}
	if r.Intn(3) == 0 {
		q.PerUnit = 1 + r.Intn(2)
	}
	for range r.Intn(3) {
		if s := some(); len(s) > 1 {
			q.Apart = append(q.Apart, assign.Apart{Experts: s[:2]})
		}
	}
	for k := range r.Intn(3) {
		rule := assign.Rule{Name: fmt.Sprint("r", k), Experts: some()}
		switch r.Intn(3) {
		case 0:
			rule.Least = 1 + r.Intn(2)
		case 1:
			rule.Most = 1 + r.Intn(2)
		default:
			rule.Least = 1
			rule.Most = 1 + r.Intn(2)
		}
		if r.Intn(3) == 0 {
			rule.Bids = []string{q.Bids[r.Intn(bids)].ID}
		}
		q.Rules = append(q.Rules, rule)
	}
	return q
}

// bound is a rule as the oracle sees it: members as bits.
type bound struct {
	members     uint
	least, most int
	bids        []string
}

func boundsOf(q assign.Question) []bound {
	at := map[string]int{}
	units := map[string]uint{}
	for j, e := range q.Experts {
		at[e.ID] = j
		if e.Unit != "" {
			units[e.Unit] |= 1 << j
		}
	}
	set := func(ids []string) (s uint) {
		for _, id := range ids {
			s |= 1 << at[id]
		}
		return s
	}
	var out []bound
	for _, r := range q.Rules {
		most := r.Most
		if most == 0 {
			most = 99
		}
		out = append(out, bound{set(r.Experts), r.Least, most, r.Bids})
	}
	for _, a := range q.Apart {
		out = append(out, bound{set(a.Experts), 0, 1, nil})
	}
	if q.PerUnit > 0 {
		for _, u := range units {
			out = append(out, bound{u, 0, q.PerUnit, nil})
		}
	}
	return out
}

// The aims in one number: each outweighs all after it in questions of this size.
const (
	aim      = 1 << 10
	keptAim  = aim
	underAim = aim * keptAim
	unmetAim = aim * underAim
	spread   = aim * unmetAim
	seatAim  = aim * spread
)

// fits in quarters or tenths, so that the oracle counts in whole numbers.
func grid(f float64) int64 { return int64(math.Round(f * 20)) }

// rowValue is what a set of experts on a bid is worth but for the loads; false if it must not be.
func rowValue(q assign.Question, rules []bound, i int, set uint) (int64, bool) {
	b := q.Bids[i]
	pins := uint(0)
	v := int64(0)
	for j, e := range q.Experts {
		pair := assign.Pin{Bid: b.ID, Expert: e.ID}
		pinned := slices.Contains(q.Pins, pair)
		if pinned {
			pins |= 1 << j
		}
		if set>>j&1 == 0 {
			continue
		}
		if slices.ContainsFunc(q.Barred, func(x assign.Barred) bool { return x.Bid == b.ID && x.Expert == e.ID }) {
			return 0, false
		}
		if !pinned && slices.Contains(q.Standing, pair) {
			v += keptAim
		}
		v += grid(q.Fit[i][j])
	}
	if set&pins != pins || bits.OnesCount(set) > b.Want {
		return 0, false
	}
	for _, r := range rules {
		if len(r.bids) > 0 && !slices.Contains(r.bids, b.ID) {
			continue
		}
		have, pinned := bits.OnesCount(set&r.members), bits.OnesCount(pins&r.members)
		if have > max(r.most, pinned) {
			return 0, false
		}
		v -= unmetAim * int64(max(0, r.least-have))
	}
	lack := int64(min(b.Want, len(q.Experts)) - bits.OnesCount(set))
	return v - lack*seatAim - lack*(lack-1)/2*spread, true
}

// oracle is the value of the best plan: it goes through the bids and keeps the best
// value for every vector of loads.
func oracle(q assign.Question) int64 {
	const none = math.MinInt64
	step, states := make([]int, len(q.Experts)), 1
	for j, e := range q.Experts {
		step[j] = states
		states *= e.Max + 1
	}
	now := make([]int64, states)
	for s := range now {
		now[s] = none
	}
	now[0] = 0
	rules := boundsOf(q)
	for i := range q.Bids {
		next := make([]int64, states)
		for s := range next {
			next[s] = none
		}
		for set := uint(0); set < 1<<len(q.Experts); set++ {
			v, ok := rowValue(q, rules, i, set)
			if !ok {
				continue
			}
			move := 0
			for j := range q.Experts {
				move += int(set>>j&1) * step[j]
			}
		state:
			for s, have := range now {
				if have == none {
					continue
				}
				for j, e := range q.Experts {
					if set>>j&1 == 1 && s/step[j]%(e.Max+1) == e.Max {
						continue state
					}
				}
				next[s+move] = max(next[s+move], have+v)
			}
		}
		now = next
	}
	best := int64(none)
	for s, v := range now {
		if v == none {
			continue
		}
		for j, e := range q.Experts {
			v -= underAim * int64(max(0, e.Min-s/step[j]%(e.Max+1)))
		}
		best = max(best, v)
	}
	return best
}

// planValue is the same of a plan; it fails the test if the plan breaks a rule.
func planValue(t *testing.T, q assign.Question, p assign.Plan) int64 {
	t.Helper()
	sets, load := make([]uint, len(q.Bids)), make([]int, len(q.Experts))
	for _, x := range p.Pairs {
		i := slices.IndexFunc(q.Bids, func(b assign.Bid) bool { return b.ID == x.Bid })
		j := slices.IndexFunc(q.Experts, func(e assign.Expert) bool { return e.ID == x.Expert })
		if sets[i]>>j&1 == 1 {
			t.Fatalf("%v stands twice", x)
		}
		sets[i] |= 1 << j
		load[j]++
	}
	sum, rules := int64(0), boundsOf(q)
	for i := range q.Bids {
		v, ok := rowValue(q, rules, i, sets[i])
		if !ok {
			t.Fatalf("bid %s must not have %b: %s", q.Bids[i].ID, sets[i], dump(q))
		}
		sum += v
	}
	for j, e := range q.Experts {
		if load[j] > e.Max {
			t.Fatalf("expert %s carries %d of %d", e.ID, load[j], e.Max)
		}
		sum -= underAim * int64(max(0, e.Min-load[j]))
	}
	return sum
}

func dump(q assign.Question) string {
	js, _ := json.Marshal(q)
	return string(js)
}

// size draws sizes up to 7 × 7, the larger the rarer, for the oracle's sake.
func size(r *rand.Rand) (int, int) {
	switch k := r.Intn(60); {
	case k == 0:
		return 7, 7
	case k < 10:
		return 1 + r.Intn(7), 1 + r.Intn(6)
	}
	return 1 + r.Intn(5), 1 + r.Intn(5)
}

func TestOracle(t *testing.T) {
	t.Parallel()
	cases := 10000
	if testing.Short() {
		cases = 1000
	}
	const parts = 2
	for part := range parts {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewSource(int64(30 + part)))
			feasible, ruled := 0, 0
			for range cases / parts {
				n, m := size(r)
				q := everything(r, n, m)
				p, err := assign.Experts(q)
				if err != nil {
					t.Fatal(err)
				}
				if got, want := planValue(t, q, p), oracle(q); got != want {
					t.Fatalf("value %d, want %d (%d apart): %s\n%+v", got, want, want-got, dump(q), p)
				}
				if !p.Proved || p.Bound != p.Total {
					t.Fatalf("not proved, bound %v: %s", p.Bound, dump(q))
				}
				if p.Feasible {
					feasible++
				}
				if len(q.Rules)+len(q.Apart)+q.PerUnit > 0 {
					ruled++
				}
			}
			t.Logf("%d feasible, %d with rules", feasible, ruled)
			if feasible < cases/parts/8 || ruled < cases/parts/3 {
				t.Errorf("only %d feasible, %d with rules", feasible, ruled)
			}
		})
	}
}
