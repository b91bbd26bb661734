package assign

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"jiebang/matching/flow"
)

// Limit bounds the probability of a pair.
type Limit struct {
	Bid    string  `json:"bid"`
	Expert string  `json:"expert"`
	Most   float64 `json:"most"`
}

// Odds are the probabilities of an assignment by lot: for every pair one, such that
// every bid gets as many experts as it wants, no expert more than his load whatever the lot, and
// no pair is more likely than its limit. Pins are certain.
type Odds struct {
	Version  string  `json:"version"`
	Feasible bool    `json:"feasible"` // every seat can be filled and every Min reached on the average
	Total    float64 `json:"total"`    // expected sum of fits, the largest there is under the limits
	Filled   float64 `json:"filled"`   // expected number of seats filled
	Seats    int     `json:"seats"`
	Pairs    []Odd   `json:"pairs"`
	Diagnosis

	m     *model
	steps int // a probability of 1
	units [][]chance
}

// Odd is a pair with a probability above 0.
type Odd struct {
	Bid         string  `json:"bid"`
	Expert      string  `json:"expert"`
	Fit         float64 `json:"fit"`
	Probability float64 `json:"probability"`
}

// chance is a pair that has some of the steps that make a probability of 1.
type chance struct{ expert, steps int }

// finest is the finest step of probability: limits are taken down to whole steps.
const finest = 10000

// Limited finds the odds with the largest expected total such that no pair is more likely than
// most, or than its own limit, against attempts to get a certain bid or a certain expert
// (Jecmen, Zhang, Liu, Shah, Conitzer, Fang 2020, §4). It is a flow in whole steps of probability: of
// the fewest that express all limits, at most ten thousand. Rules, pairs to keep apart, units and
// fairness cannot be combined with it: a lot that keeps rules with these exact probabilities
// need not exist.
func Limited(ctx context.Context, q Question, most float64, own []Limit) (Odds, error) {
	o, err := limited(ctx, q, most, own)
	if err != nil || o.Feasible {
		return o, err
	}
	return o, o.ease(ctx, q, most, own)
}

func limited(ctx context.Context, q Question, most float64, own []Limit) (Odds, error) {
	m, limit, steps, err := readLimits(q, most, own)
	if err != nil {
		return Odds{}, err
	}
	o := Odds{Version: Version, m: m, steps: steps, Seats: 0, Pairs: []Odd{}, Diagnosis: Diagnosis{Clashes: []Clash{}, Relaxations: []Relaxation{}}}
	columns := m.m + m.w.mostWant
	cost, capacity := make([]int64, m.n*columns), make([]int32, m.n*columns)
	want := make([]int, m.n)
	for i := range m.n {
		want[i] = (m.want(i) - len(m.pins[i])) * steps
		for j := range m.m {
			at := i*columns + j
			cost[at], capacity[at] = m.cost(i, j), int32(limit[i*m.m+j])
			if capacity[at] == 0 || m.pinned[pairOf(i, j)] {
				cost[at] = flow.Barred
			}
		}
		for k := range m.w.mostWant {
			at := i*columns + m.m + k
			cost[at], capacity[at] = m.w.short+int64(k)*m.w.spread, int32(steps)
		}
	}
	sinks := make([][]flow.Step, columns)
	for j, e := range m.experts {
		free := min(e.Max, m.n) - m.loads[j]
		low := min(free, max(0, e.Min-m.loads[j]))
		sinks[j] = []flow.Step{{Units: low * steps, Cost: -m.w.under}, {Units: (free - low) * steps}}
	}
	for j := m.m; j < columns; j++ {
		sinks[j] = []flow.Step{{Units: m.n * steps}}
	}
	t := flow.NewTransport(want, sinks, cost, capacity)
	if err := t.Solve(ctx); err != nil {
		return Odds{}, err
	}
	o.read(t)
	return o, nil
}

// ease finds the least limit for all pairs, in hundredths, at which the seats can be filled: where a pair has a
// larger one it keeps it.
func (o *Odds) ease(ctx context.Context, q Question, most float64, own []Limit) error {
	at := func(percent int) (Odds, error) {
		least := float64(percent) / 100
		raised := slices.Clone(own)
		for k := range raised {
			raised[k].Most = max(raised[k].Most, least)
		}
		return limited(ctx, q, max(most, least), raised)
	}
	low, high := 0, 101 // not enough, enough
	var found Odds
	for low+1 < high {
		mid := (low + high) / 2
		x, err := at(mid)
		if err != nil {
			return err
		}
		if x.Feasible {
			high, found = mid, x
		} else {
			low = mid
		}
	}
	if high > 100 {
		return nil
	}
	s := Step{Kind: "limit", To: high, Zh: fmt.Sprintf("把每一对的概率上限提高到至少 %d%%", high), En: fmt.Sprintf("raise the limit of every pair to %d %% at least", high)}
	o.Relaxations = append(o.Relaxations, Relaxation{Cost: 1, Total: found.Total, Steps: []Step{s}, Zh: s.Zh, En: s.En})
	return nil
}

func readLimits(q Question, most float64, own []Limit) (m *model, limit []int, steps int, err error) {
	if m, err = read(q); err != nil {
		return
	}
	if len(m.rules) > 0 || q.Fair != nil || len(q.Standing) > 0 {
		return nil, nil, 0, errors.New("limited odds cannot be combined with rules, units, pairs to keep apart, fairness or standing pairs")
	}
	c := &checker{}
	all := slices.Repeat([]float64{most}, m.n*m.m)
	if !(most >= 0 && most <= 1) {
		c.fault("the limit is %v, not a probability", most)
	}
	for _, l := range own {
		if k, ok := m.find(c, "limited", l.Bid, l.Expert); ok {
			i, j := k.split()
			all[i*m.m+j] = l.Most
		}
		if !(l.Most >= 0 && l.Most <= 1) {
			c.fault("the limit of %s, %s is %v, not a probability", l.Bid, l.Expert, l.Most)
		}
	}
	if len(c.faults) > 0 {
		return nil, nil, 0, errors.Join(c.faults...)
	}
	steps = 1
	for ; steps < finest; steps *= 10 {
		if !slices.ContainsFunc(all, func(p float64) bool { return math.Abs(p*float64(steps)-math.Round(p*float64(steps))) > 1e-9 }) {
			break
		}
	}
	common := steps
	limit = make([]int, len(all))
	for k, p := range all {
		limit[k] = int(math.Floor(p*float64(steps) + 1e-9))
		common = int(gcd(int64(common), int64(limit[k])))
	}
	for k := range limit {
		limit[k] /= common
	}
	return m, limit, steps / common, nil
}

func (o *Odds) read(t *flow.Transport) {
	m := o.m
	o.units = make([][]chance, m.n)
	load := make([]int, m.m)
	filled := 0
	for i, b := range m.bids {
		o.Seats += b.Want
		for _, j := range m.pins[i] {
			o.units[i] = append(o.units[i], chance{j, o.steps})
		}
		t.Each(i, func(j, units int) {
			if j < m.m {
				o.units[i] = append(o.units[i], chance{j, units})
			}
		})
		slices.SortFunc(o.units[i], func(a, b chance) int { return a.expert - b.expert })
		for _, c := range o.units[i] {
			p := float64(c.steps) / float64(o.steps)
			fit := m.fit(i, c.expert)
			o.Pairs = append(o.Pairs, Odd{b.ID, m.experts[c.expert].ID, fit, p})
			o.Total += fit * p
			filled += c.steps
			load[c.expert] += c.steps
		}
	}
	o.Filled = float64(filled) / float64(o.steps)
	o.Feasible = filled == o.Seats*o.steps
	for j, e := range m.experts {
		o.Feasible = o.Feasible && load[j] >= e.Min*o.steps
	}
	if !o.Feasible {
		o.clashes(load)
	}
}

// clashes names the bids whose seats cannot be filled and the experts whose Min cannot be reached
// under the limits, with what there is for each alone; a relaxation lowers what is asked to that.
func (o *Odds) clashes(load []int) {
	m := o.m
	for i, b := range m.bids {
		got := 0
		for _, c := range o.units[i] {
			got += c.steps
		}
		if got == b.Want*o.steps {
			continue
		}
		have := got / o.steps
		o.Clashes = append(o.Clashes, Clash{Kind: "limit", Bids: []string{b.ID}, Experts: []string{}, Rules: []string{}, Need: b.Want, Have: have,
			Zh: fmt.Sprintf("申报 %s 需 %d 席，概率上限之内期望只有 %.4g 席。", b.ID, b.Want, float64(got)/float64(o.steps)),
			En: fmt.Sprintf("Bid %s needs %d seats, and the limits of probability leave it %.4g.", b.ID, b.Want, float64(got)/float64(o.steps))})
	}
	for j, e := range m.experts {
		if load[j] >= e.Min*o.steps {
			continue
		}
		o.Clashes = append(o.Clashes, Clash{Kind: "limit", Bids: []string{}, Experts: []string{e.ID}, Rules: []string{}, Need: e.Min, Have: load[j] / o.steps,
			Zh: fmt.Sprintf("专家 %s 的最低任务量为 %d，概率上限之内期望只有 %.4g。", e.ID, e.Min, float64(load[j])/float64(o.steps)),
			En: fmt.Sprintf("Expert %s is to get %d bids at least, and the limits of probability leave him %.4g.", e.ID, e.Min, float64(load[j])/float64(o.steps))})
	}
}

// Sample draws an assignment by lot: every pair is in it with exactly its probability, every bid has its
// number of experts, and an expert's load is his expected one, rounded up or down. The same seed
// gives the same assignment.
//
// It is dependent rounding (Gandhi, Khuller, Parthasarathy, Srinivasan 2006): while some pair is neither
// sure nor out, a circle or a longest way of such pairs is shifted by as much as it can be
// one way or the other, with the probabilities that leave every pair's own unchanged. All in whole steps;
// the numbers come from PCG (math/rand/v2) seeded by SHA-256 of Version, a newline, and the seed.
func (o Odds) Sample(seed string) ([]Pair, error) {
	if !o.Feasible {
		return nil, errors.New("the odds leave seats empty; there is nothing to draw")
	}
	sum := sha256.Sum256([]byte(Version + "\n" + seed))
	r := rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))
	w := newRounding(o)
	for w.shift(r) {
	}
	out := []Pair{}
	for i, row := range w.rows {
		for _, e := range row {
			if w.steps[e] == o.steps {
				j := w.expert[e]
				out = append(out, Pair{o.m.bids[i].ID, o.m.experts[j].ID, o.m.fit(i, j), o.m.pinned[pairOf(i, j)]})
			}
		}
	}
	return out, nil
}

// rounding is a graph of pairs; nodes are bids, then experts.
type rounding struct {
	one    int
	n      int
	rows   [][]int // pairs of a bid
	bid    []int
	expert []int
	steps  []int
	loose  [][]int // pairs of a node that are neither sure nor out
}

func newRounding(o Odds) *rounding {
	w := &rounding{one: o.steps, n: o.m.n, rows: make([][]int, o.m.n), loose: make([][]int, o.m.n+o.m.m)}
	for i, list := range o.units {
		for _, c := range list {
			e := len(w.steps)
			w.rows[i] = append(w.rows[i], e)
			w.bid, w.expert, w.steps = append(w.bid, i), append(w.expert, c.expert), append(w.steps, c.steps)
			if c.steps < o.steps {
				w.loose[i], w.loose[w.n+c.expert] = append(w.loose[i], e), append(w.loose[w.n+c.expert], e)
			}
		}
	}
	return w
}

func (w *rounding) other(e, node int) int {
	if node < w.n {
		return w.n + w.expert[e]
	}
	return w.bid[e]
}

// shift settles one pair at least; it reports whether there was one to settle.
func (w *rounding) shift(r *rand.Rand) bool {
	way := w.way()
	if way == nil {
		return false
	}
	// Pairs take turns to gain and to lose.
	up, down := w.one, w.one
	for k, e := range way {
		if k%2 == 0 {
			up, down = min(up, w.one-w.steps[e]), min(down, w.steps[e])
		} else {
			up, down = min(up, w.steps[e]), min(down, w.one-w.steps[e])
		}
	}
	by := up
	if r.IntN(up+down) < up { // up with probability down/(up+down)
		by = -down
	}
	for k, e := range way {
		if k%2 == 0 {
			w.steps[e] += by
		} else {
			w.steps[e] -= by
		}
		if w.steps[e] == 0 || w.steps[e] == w.one {
			for _, v := range []int{w.bid[e], w.n + w.expert[e]} {
				w.loose[v] = slices.DeleteFunc(w.loose[v], func(x int) bool { return x == e })
			}
		}
	}
	return true
}

// way is a circle of loose pairs, or a way between two nodes with a single one, or nil.
func (w *rounding) way() []int {
	start := -1
	for v, list := range w.loose {
		if len(list) == 1 {
			start = v
			break
		}
		if start < 0 && len(list) > 0 {
			start = v
		}
	}
	if start < 0 {
		return nil
	}
	var path, nodes []int
	at := map[int]int{}
	node, came := start, -1
	for {
		if k, ok := at[node]; ok {
			return path[k:]
		}
		at[node] = len(nodes)
		nodes = append(nodes, node)
		next := -1
		for _, e := range w.loose[node] {
			if e != came {
				next = e
				break
			}
		}
		if next < 0 {
			return path
		}
		path = append(path, next)
		node, came = w.other(next, node), next
	}
}
