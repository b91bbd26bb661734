// Package assign gives bids to experts: seats, loads, conflicts, balance.
package assign

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"jiebang/matching/flow"
)

// Version names the rules of the plan; it is kept with a plan as evidence.
const Version = "jiebang-assign/1"

// Bid wants so many experts.
type Bid struct {
	ID   string `json:"id"`
	Want int    `json:"want"`
}

// Expert takes at most Max bids, and should get at least Min.
type Expert struct {
	ID  string `json:"id"`
	Max int    `json:"max"`
	Min int    `json:"min,omitempty"`
}

// Barred is a pair that must not be, and why.
type Barred struct {
	Bid    string `json:"bid"`
	Expert string `json:"expert"`
	Reason string `json:"reason,omitempty"`
}

// Pin is a pair that must be. A pin that is barred too is refused.
type Pin struct {
	Bid    string `json:"bid"`
	Expert string `json:"expert"`
}

// Question is what a plan is made of. Fit[i][j] is how well expert j suits bid
// i, any finite numbers; an empty Fit is zero throughout.
type Question struct {
	Bids    []Bid       `json:"bids"`
	Experts []Expert    `json:"experts"`
	Fit     [][]float64 `json:"fit"`
	Barred  []Barred    `json:"barred,omitempty"`
	Pins    []Pin       `json:"pins,omitempty"`
}

// Pair is a bid given to an expert.
type Pair struct {
	Bid    string  `json:"bid"`
	Expert string  `json:"expert"`
	Fit    float64 `json:"fit"`
	Pinned bool    `json:"pinned,omitempty"`
}

// Short is a bid that lacks experts, and why no more could be found: of all
// experts, how many sit on it, are barred from it, and are full. Full lists the
// experts whose loads bind: those who could serve this bid, and those who could
// take over a bid from one of them, all with no load to spare.
type Short struct {
	Bid    string   `json:"bid"`
	Seats  int      `json:"seats"`
	Given  int      `json:"given"`
	Barred int      `json:"barred"`
	Full   []string `json:"full"`
	Reason string   `json:"reason"`
}

// Load is how many bids an expert has.
type Load struct {
	Expert string `json:"expert"`
	Bids   int    `json:"bids"`
	Under  bool   `json:"under,omitempty"` // fewer than Min
}

// Plan is the answer: pairs by bid and expert.
type Plan struct {
	Version string  `json:"version"`
	Pairs   []Pair  `json:"pairs"`
	Short   []Short `json:"short"`
	Loads   []Load  `json:"loads"`
	Seats   int     `json:"seats"`  // wanted in all
	Filled  int     `json:"filled"` // given in all
	Total   float64 `json:"total"`  // sum of Fit
	Worst   float64 `json:"worst"`  // least Fit of a pair, 0 without pairs
}

// Experts makes the best plan, in this order: as many seats filled as can be;
// the lacking ones spread, no bid losing a second seat while another could lose
// its first instead; every expert at his Min as far as can be; the largest sum
// of Fit. No barred pair, no load exceeded; lacking seats are part of the
// answer. Its errors are faults of the question only.
//
// It is exact for whole numbers and to 1e-9 of the range of Fit for others (less
// with Min in questions of thousands of seats), by one cheapest flow whose costs
// stack those aims.
// Equal plans are told apart by identifiers, so that neither the order of bids
// nor that of experts shows. Seats × pairs × log at worst; see package flow.
func Experts(q Question) (Plan, error) {
	n, err := sorted(q)
	if err != nil {
		return Plan{}, err
	}
	n.build()
	n.solve()
	return n.plan(), nil
}

// network is the question in order of identifiers, and its flow.
type network struct {
	bids    []Bid
	experts []Expert
	fit     [][]float64
	barred  [][]bool
	pinned  [][]bool
	g       *flow.Graph
	arcs    [][]int // of the pair, or -1
	send    []int   // seats of each bid that pins have not filled
	sink    int
}

func sorted(q Question) (*network, error) {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	bid, byBid := order(q.Bids, func(b Bid) string { return b.ID }, "bid", fault)
	expert, byExpert := order(q.Experts, func(e Expert) string { return e.ID }, "expert", fault)
	n := &network{barred: grid(len(q.Bids), len(q.Experts)), pinned: grid(len(q.Bids), len(q.Experts))}
	for _, i := range byBid {
		n.bids = append(n.bids, q.Bids[i])
		if q.Bids[i].Want < 0 {
			fault("bid %s wants %d experts", q.Bids[i].ID, q.Bids[i].Want)
		}
	}
	for _, j := range byExpert {
		e := q.Experts[j]
		n.experts = append(n.experts, e)
		if e.Min < 0 || e.Max < e.Min {
			fault("expert %s has a load from %d to %d", e.ID, e.Min, e.Max)
		}
	}
	if len(q.Fit) != 0 && len(q.Fit) != len(q.Bids) {
		fault("fit has %d rows for %d bids", len(q.Fit), len(q.Bids))
	}
	for i, row := range q.Fit {
		if len(row) != len(q.Experts) {
			fault("row %d of fit has %d numbers for %d experts", i, len(row), len(q.Experts))
		}
		for _, f := range row {
			if math.IsNaN(f) || math.IsInf(f, 0) || math.Abs(f) > 1e12 {
				fault("row %d of fit holds %v", i, f)
				break
			}
		}
	}
	find := func(what, b, e string) ([2]int, bool) {
		i, ok := bid[b]
		j, ok2 := expert[e]
		if !ok || !ok2 {
			fault("%s pair %s, %s names nobody", what, b, e)
		}
		return [2]int{i, j}, ok && ok2
	}
	for _, p := range q.Barred {
		if k, ok := find("barred", p.Bid, p.Expert); ok {
			n.barred[k[0]][k[1]] = true
		}
	}
	for _, p := range q.Pins {
		if k, ok := find("pinned", p.Bid, p.Expert); ok {
			n.pinned[k[0]][k[1]] = true
			if n.barred[k[0]][k[1]] {
				fault("pair %s, %s is pinned and barred", p.Bid, p.Expert)
			}
		}
	}
	n.checkPins(fault)
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	n.fit = make([][]float64, len(n.bids))
	for i, from := range byBid {
		n.fit[i] = make([]float64, len(n.experts))
		for j, to := range byExpert {
			if len(q.Fit) > 0 {
				n.fit[i][j] = q.Fit[from][to]
			}
		}
	}
	return n, nil
}

func grid(rows, cols int) [][]bool {
	out, cells := make([][]bool, rows), make([]bool, rows*cols)
	for i := range out {
		out[i] = cells[i*cols : (i+1)*cols]
	}
	return out
}

func (n *network) eachPin(f func(i, j int)) {
	for i, row := range n.pinned {
		for j, pin := range row {
			if pin {
				f(i, j)
			}
		}
	}
}

// checkPins refuses pins that alone break a load or fill more seats than there are.
func (n *network) checkPins(fault func(string, ...any)) {
	seats, load := make([]int, len(n.bids)), make([]int, len(n.experts))
	n.eachPin(func(i, j int) {
		seats[i]++
		load[j]++
	})
	for i, s := range seats {
		if s > n.bids[i].Want {
			fault("bid %s has %d pins for %d seats", n.bids[i].ID, s, n.bids[i].Want)
		}
	}
	for j, l := range load {
		if l > n.experts[j].Max {
			fault("expert %s has %d pins for a load of %d", n.experts[j].ID, l, n.experts[j].Max)
		}
	}
}

// order sorts by identifier; it gives the place of each identifier, and the old
// index at each place.
func order[T any](list []T, id func(T) string, what string, fault func(string, ...any)) (map[string]int, []int) {
	old := make([]int, len(list))
	for i := range list {
		old[i] = i
	}
	slices.SortStableFunc(old, func(a, b int) int { return strings.Compare(id(list[a]), id(list[b])) })
	places := make(map[string]int, len(list))
	for at, i := range old {
		if _, ok := places[id(list[i])]; ok {
			fault("%s %q stands twice", what, id(list[i]))
		}
		places[id(list[i])] = at
	}
	return places, old
}

// build lays the network: bid i → expert j → sink, and for lacking seats a way
// from each bid to the sink that costs more than anything it could save. Pins
// are seats and loads taken before.
//
// Costs stack, see costs: whatever an aim costs outweighs all aims after it.
func (n *network) build() {
	low, high := math.Inf(1), math.Inf(-1)
	seats, pairs := 0, 0
	seatsLeft := make([]int, len(n.bids))
	for i, b := range n.bids {
		seatsLeft[i] = min(b.Want, len(n.experts)) // seats beyond are lost in any plan
		for j := range n.experts {
			if !n.barred[i][j] {
				low, high = min(low, n.fit[i][j]), max(high, n.fit[i][j])
			}
		}
	}
	loadLeft, minLeft := make([]int, len(n.experts)), make([]int, len(n.experts))
	for j, e := range n.experts {
		loadLeft[j], minLeft[j] = e.Max, e.Min
	}
	n.eachPin(func(i, j int) {
		seatsLeft[i]--
		loadLeft[j]--
		minLeft[j] = max(0, minLeft[j]-1)
	})
	for _, s := range seatsLeft {
		seats += s
		pairs += s * (s - 1) / 2
	}
	unit, under, spread, short := n.costs(low, high, seats, pairs, slices.Max(append(minLeft, 0)) > 0)

	n.sink = len(n.bids) + len(n.experts)
	n.g = flow.New(n.sink + 1)
	n.arcs = make([][]int, len(n.bids))
	for i := range n.bids {
		n.arcs[i] = make([]int, len(n.experts))
		for j := range n.experts {
			n.arcs[i][j] = -1
			if !n.barred[i][j] && !n.pinned[i][j] && seatsLeft[i] > 0 {
				n.arcs[i][j] = n.g.Arc(i, len(n.bids)+j, 1, int64(math.Round((high-n.fit[i][j])*unit)))
			}
		}
		for k := range seatsLeft[i] {
			n.g.Arc(i, n.sink, 1, short+int64(k)*spread)
		}
		n.send = append(n.send, seatsLeft[i])
	}
	for j := range n.experts {
		n.g.Arc(len(n.bids)+j, n.sink, int64(min(minLeft[j], loadLeft[j])), 0)
		n.g.Arc(len(n.bids)+j, n.sink, int64(max(0, loadLeft[j]-minLeft[j])), under)
	}
}

// costs are what a fit of 1, a unit above Min, each lacking seat beyond a bid's
// first, and a lacking seat weigh. Fits that are whole numbers weigh what they
// are; others are cut into up to 1e9 steps, as many as int64 leaves room for.
func (n *network) costs(low, high float64, seats, pairs int, mins bool) (unit float64, under, spread, short int64) {
	steps, width := 1e9, max(0, high-low)
	whole := width <= steps
	for i, row := range n.fit {
		for j, f := range row {
			whole = whole && (f == math.Trunc(f) || n.barred[i][j])
		}
	}
	if whole {
		steps = max(1, width)
	}
	weigh := func() float64 {
		all := steps*float64(seats) + 1 // more than all fits together
		below := all
		if mins {
			under = int64(all)
			below += all * float64(seats)
		}
		spread = int64(below)
		short = int64(below*float64(pairs) + below)
		return below*float64(pairs) + below
	}
	for weigh() > 1<<58 && steps > 1 {
		steps, whole = steps/10, false
	}
	switch {
	case whole:
		unit = 1
	case width > 0:
		unit = steps / width
	}
	return unit, under, spread, short
}

func (n *network) solve() {
	for i, seats := range n.send {
		n.g.Route(i, n.sink, int64(seats))
	}
}

func (n *network) has(i, j int) bool {
	return n.pinned[i][j] || n.arcs[i][j] >= 0 && n.g.Flow(n.arcs[i][j]) > 0
}

func (n *network) plan() Plan {
	p := Plan{Version: Version, Pairs: []Pair{}, Short: []Short{}, Loads: []Load{}}
	load := make([]int, len(n.experts))
	var lacking []Short
	var at []int
	for i, b := range n.bids {
		given := 0
		for j, e := range n.experts {
			if !n.has(i, j) {
				continue
			}
			pinned := n.pinned[i][j]
			p.Pairs = append(p.Pairs, Pair{b.ID, e.ID, n.fit[i][j], pinned})
			p.Total += n.fit[i][j]
			load[j]++
			given++
		}
		p.Seats += b.Want
		p.Filled += given
		if given < b.Want {
			lacking = append(lacking, Short{Bid: b.ID, Seats: b.Want - given, Given: given})
			at = append(at, i)
		}
	}
	for k, s := range lacking {
		p.Short = append(p.Short, n.why(s, at[k], load))
	}
	for j, e := range n.experts {
		p.Loads = append(p.Loads, Load{e.ID, load[j], load[j] < e.Min})
	}
	if len(p.Pairs) > 0 {
		p.Worst = slices.MinFunc(p.Pairs, func(a, b Pair) int { return cmp.Compare(a.Fit, b.Fit) }).Fit
	}
	return p
}

// why walks the ways that are left from a bid: every expert met is full, for
// else the seat would have been filled.
func (n *network) why(s Short, i int, load []int) Short {
	s.Full = []string{}
	for j := range n.experts {
		if n.barred[i][j] {
			s.Barred++
		}
	}
	seen, todo := map[int]bool{i: true}, []int{i}
	for len(todo) > 0 {
		v := todo[0]
		todo = todo[1:]
		n.g.Residual(v, func(to int) {
			if to != n.sink && !seen[to] {
				seen[to] = true
				todo = append(todo, to)
			}
		})
	}
	for j, e := range n.experts {
		if seen[len(n.bids)+j] && load[j] >= e.Max {
			s.Full = append(s.Full, e.ID)
		}
	}
	s.Reason = fmt.Sprintf("%d experts in all: %d on this bid, %d barred, %d at their load", len(n.experts), s.Given, s.Barred,
		len(s.Full))
	return s
}
