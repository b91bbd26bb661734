package flow

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Barred is the cost of a pair that must not be used.
const Barred = math.MaxInt64

// Step is a stretch of a sink's supply: so many units at so much each.
type Step struct {
	Units int
	Cost  int64
}

// Transport is a transportation problem: every source sends its units to sinks,
// at most Most through one pair, and a sink takes units at a cost for each that
// never falls. It finds the cheapest way, and finds it again quickly after
// costs, wants or sinks have changed.
//
// The method is successive shortest paths with potentials from a pseudoflow
// (Ahuja, Magnanti, Orlin, Network Flows, §9.7): every source sends to the
// cheapest sinks at the present prices; where a sink then holds more than it may
// at its price, units move on by Dijkstra searches until none is left. We depart
// from the textbook in three ways. A search looks at a short list of sinks per
// source, and at the others only when it has come as far as they are away, which
// a lower bound tells: since prices never fall while a solution is sought, the
// bound stays true, and the answer is that of the whole matrix. The sinks'
// common end, the ground, is a node like others, so that any prices whatever are
// a start. And only sources whose row has changed are sent anew.
//
// Searches × (lists met) × log at worst, where searches are at most the units in
// excess at the start: some tenths of all units from nothing, a handful after
// a small change. Memory: 8 bytes a pair for the costs, 24 for each listed one.
type Transport struct {
	n, m  int
	cost  []int64
	most  []int32 // capacity of a pair, nil is 1
	want  []int
	sinks [][]Step

	price  []int64 // of sinks, then the ground: the cost to go
	worth  []int64 // of sources: their cost to go
	rows   [][]entry
	beyond []int64 // no sink outside the row's list has a smaller key; Barred if none is outside
	users  [][]user
	load   []int // units that arrive at a sink
	taken  []int // units a sink passes on to the ground
	sent   []int // units a source has sent
	dirty  []bool
	spent  []int64 // what the units of a source cost on their pairs
	change []bool  // sources whose units the last Solve has moved
	ground int     // units that reach the ground less all that are sent

	s       search
	scratch []candidate
	mark    []bool

	// Searches and Looks count the work since the start, for benchmarks and progress.
	Searches, Looks int
}

// entry is a listed pair.
type entry struct {
	cost int64
	to   int32
	most int32
	flow int32
}

// user is a source that uses a sink.
type user struct {
	cost   int64
	source int32
}

type candidate struct {
	key int64
	tie uint32
	to  int32
}

func (c candidate) before(d candidate) bool {
	return c.key < d.key || c.key == d.key && (c.tie < d.tie || c.tie == d.tie && c.to < d.to)
}

// listed is how many sinks a row lists at first. Measured on 1,000 × 500 it is
// flat between 16 and 48.
const listed = 24

// NewTransport makes a problem of len(want) sources and len(sinks) sinks. The
// cost of pair i, j is cost[i*len(sinks)+j], or Barred; most is nil
// where a pair carries one unit, else its capacity. Both slices are kept, not copied. The
// costs of a sink's steps must not fall, and all magnitudes must stay below 2⁵⁸.
// There must be a way for every unit: add a sink that takes what nobody else can.
func NewTransport(want []int, sinks [][]Step, cost []int64, most []int32) *Transport {
	n, m := len(want), len(sinks)
	t := &Transport{n: n, m: m, cost: cost, most: most, want: slices.Clone(want), sinks: slices.Clone(sinks),
		price: make([]int64, m+1), worth: make([]int64, n), rows: make([][]entry, n), beyond: make([]int64, n),
		users: make([][]user, m), load: make([]int, m), taken: make([]int, m), sent: make([]int, n),
		dirty: make([]bool, n), spent: make([]int64, n), change: make([]bool, n), mark: make([]bool, m)}
	for j, steps := range sinks {
		if len(steps) > 0 {
			t.price[j] = min(0, steps[0].Cost)
		}
	}
	for i := range t.dirty {
		t.dirty[i] = true
	}
	t.s.grow(2*n + m + 1)
	return t
}

// Row is the costs of a source, to be changed in place; the next Solve takes them up.
func (t *Transport) Row(i int) []int64 {
	t.dirty[i] = true
	return t.cost[i*t.m : (i+1)*t.m]
}

// SetWant changes what a source sends; the next Solve takes it up.
func (t *Transport) SetWant(i, units int) {
	if t.want[i] != units {
		t.want[i] = units
		t.dirty[i] = true
	}
}

// SetSink changes the steps of a sink; the next Solve takes them up.
func (t *Transport) SetSink(j int, steps []Step) {
	t.sinks[j] = steps
}

// Flow is how many units go from i to j.
func (t *Transport) Flow(i, j int) int {
	for _, e := range t.rows[i] {
		if int(e.to) == j {
			return int(e.flow)
		}
	}
	return 0
}

// Each calls f with every sink that source i sends to, in order of sinks.
func (t *Transport) Each(i int, f func(j, units int)) {
	var used [16]entry
	list := used[:0]
	for _, e := range t.rows[i] {
		if e.flow > 0 {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return int(a.to - b.to) })
	for _, e := range list {
		f(int(e.to), int(e.flow))
	}
}

// Reduced is by how much the total would rise at least if one more unit went from i
// to j, or, where units go from i to j, minus what one unit less would cost at least.
func (t *Transport) Reduced(i, j int) int64 {
	c := t.cost[i*t.m+j]
	if c == Barred {
		return Barred
	}
	return c + t.price[j] - t.worth[i]
}

// Total is the cost of all units, on the pairs and in the sinks.
func (t *Transport) Total() int64 {
	var sum int64
	for _, c := range t.spent {
		sum += c
	}
	for j, steps := range t.sinks {
		left := t.load[j]
		for _, s := range steps {
			k := min(left, s.Units)
			sum += int64(k) * s.Cost
			left -= k
		}
	}
	return sum
}

// Changed reports whether the last Solve has sent units of a source anew or moved some.
func (t *Transport) Changed(i int) bool { return t.change[i] }

// Solve finds the cheapest flow. It stops early with the context's error; the
// problem may then be solved on. It fails if some unit has nowhere to go.
func (t *Transport) Solve(ctx context.Context) error {
	for i, d := range t.dirty {
		t.change[i] = d
		if d {
			t.withdraw(i)
		}
	}
	for i, d := range t.dirty {
		if d {
			if err := t.send(i); err != nil {
				return err
			}
			t.dirty[i] = false
		}
	}
	t.ground = 0
	for j := range t.sinks {
		t.settle(j)
		t.ground += t.taken[j]
	}
	for _, units := range t.want {
		t.ground -= units
	}
	for v := 0; v <= t.m; v++ {
		for t.excess(v) > 0 {
			if t.Searches++; t.Searches%64 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			end := t.find(v)
			if end < 0 {
				return fmt.Errorf("flow: %d units have nowhere to go", t.excess(v))
			}
			t.augment(v, end)
		}
	}
	return nil
}

// withdraw takes all units of a source back.
func (t *Transport) withdraw(i int) {
	for _, e := range t.rows[i] {
		if e.flow > 0 {
			t.load[e.to] -= int(e.flow)
			t.unuse(int(e.to), i)
		}
	}
	t.rows[i] = t.rows[i][:0]
	t.sent[i], t.spent[i] = 0, 0
}

// send lists a row anew and sends its units to the cheapest sinks.
func (t *Transport) send(i int) error {
	t.list(i, max(listed, 2*t.want[i]))
	row := t.rows[i]
	for t.sent[i] < t.want[i] {
		best := -1
		var b candidate
		for k, e := range row {
			if e.flow == e.most {
				continue
			}
			if c := t.candidate(i, int(e.to), e.cost); best < 0 || c.before(b) {
				best, b = k, c
			}
		}
		if best < 0 {
			if t.beyond[i] == Barred {
				return fmt.Errorf("flow: source %d wants %d units and has pairs for %d", i, t.want[i], t.sent[i])
			}
			t.list(i, 2*len(row))
			row = t.rows[i]
			continue
		}
		e := &row[best]
		units := min(int(e.most), t.want[i]-t.sent[i])
		t.users[e.to] = append(t.users[e.to], user{e.cost, int32(i)})
		e.flow = int32(units)
		t.sent[i] += units
		t.load[e.to] += units
		t.spent[i] += e.cost * int64(units)
		t.worth[i] = b.key // the dearest in use: they come in order
	}
	if t.want[i] == 0 {
		t.worth[i] = math.MinInt64 / 4 // nothing is in use, so no key may lie below
	}
	return nil
}

// candidate is a pair with its key: what a unit costs there at present prices.
// Equal keys are told apart by a scattered order, so that rows of one cost do not
// all list the same sinks.
func (t *Transport) candidate(i, j int, cost int64) candidate {
	x := uint32(i)*2654435761 ^ uint32(j)*2246822519
	x ^= x >> 15
	x *= 2654435761
	return candidate{cost + t.price[j], x ^ x>>13, int32(j)}
}

// list lists the size cheapest sinks of a row at present prices, beside those it lists already.
func (t *Transport) list(i, size int) {
	t.Looks += t.m
	old := t.rows[i]
	cs := t.scratch[:0]
	for j, c := range t.cost[i*t.m : (i+1)*t.m] {
		if c != Barred {
			cs = append(cs, t.candidate(i, j, c))
		}
	}
	t.scratch = cs
	t.beyond[i] = Barred
	if len(cs) > size {
		partition(cs, size)
		t.beyond[i] = slices.MinFunc(cs[size:], func(a, b candidate) int {
			if a.key < b.key {
				return -1
			}
			return 1
		}).key
		cs = cs[:size]
	}
	row := append(make([]entry, 0, len(cs)+len(old)), old...) // ways found may lead through any of the old
	for _, e := range old {
		t.mark[e.to] = true
	}
	slices.SortFunc(cs, func(a, b candidate) int { return int(a.to - b.to) })
	for _, c := range cs {
		if t.mark[c.to] {
			continue
		}
		most := int32(1)
		if t.most != nil {
			most = t.most[i*t.m+int(c.to)]
		}
		row = append(row, entry{cost: t.cost[i*t.m+int(c.to)], to: c.to, most: most})
	}
	for _, e := range old {
		t.mark[e.to] = false
	}
	t.rows[i] = row
}

// partition brings the k least to the front, in any order.
func partition(cs []candidate, k int) {
	lo, hi := 0, len(cs)-1
	for lo < hi {
		mid := lo + (hi-lo)/2
		if cs[mid].before(cs[lo]) {
			cs[mid], cs[lo] = cs[lo], cs[mid]
		}
		if cs[hi].before(cs[lo]) {
			cs[hi], cs[lo] = cs[lo], cs[hi]
		}
		if cs[hi].before(cs[mid]) {
			cs[hi], cs[mid] = cs[mid], cs[hi]
		}
		pivot := cs[mid]
		i, j := lo, hi
		for i <= j {
			for cs[i].before(pivot) {
				i++
			}
			for pivot.before(cs[j]) {
				j--
			}
			if i <= j {
				cs[i], cs[j] = cs[j], cs[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return
		}
	}
}

func (t *Transport) unuse(j, i int) {
	list := t.users[j]
	for k := range list {
		if int(list[k].source) == i {
			list[k] = list[len(list)-1]
			t.users[j] = list[:len(list)-1]
			return
		}
	}
}

// next is the cost of one more unit from sink j to the ground, and how many there are at it.
func (t *Transport) next(j int) (int64, int) {
	used := t.taken[j]
	for _, s := range t.sinks[j] {
		if used < s.Units {
			return s.Cost, s.Units - used
		}
		used -= s.Units
	}
	return Barred, 0
}

// last is the cost of the dearest unit that goes from sink j to the ground, and
// how many there are of it.
func (t *Transport) last(j int) (int64, int) {
	used := t.taken[j]
	for _, s := range t.sinks[j] {
		if used <= s.Units {
			return s.Cost, used
		}
		used -= s.Units
	}
	return Barred, 0
}

// settle makes what a sink passes on agree with its price: every unit that costs
// less than the price is worth, none that costs more, and of those that cost as
// much as the sink holds.
func (t *Transport) settle(j int) {
	worth := t.price[j] - t.price[t.m]
	least, most := 0, 0
	for _, s := range t.sinks[j] {
		if s.Cost < worth {
			least += s.Units
		}
		if s.Cost <= worth {
			most += s.Units
		}
	}
	t.taken[j] = max(least, min(most, t.load[j]))
}

// excess is how many units more arrive at a node than leave it.
func (t *Transport) excess(v int) int {
	if v < t.m {
		return t.load[v] - t.taken[v]
	}
	return t.ground
}

// search is one Dijkstra search. Nodes are the sinks, the ground, the sources,
// and for each source the sinks that its row does not list.
type search struct {
	dist  []int64
	via   []int32
	seen  []uint32 // the search that reached the node last
	done  []bool
	met   []int32 // nodes reached
	now   uint32
	queue queue
	limit int64 // distance of the nearest end reached so far
}

func (s *search) grow(n int) {
	s.dist, s.via, s.seen, s.done = make([]int64, n), make([]int32, n), make([]uint32, n), make([]bool, n)
}

func (s *search) begin() {
	s.now++
	s.queue, s.met = s.queue[:0], s.met[:0]
	s.limit = math.MaxInt64
}

func (s *search) reach(v int, d int64, via int) {
	if s.seen[v] != s.now {
		s.seen[v], s.done[v] = s.now, false
		s.met = append(s.met, int32(v))
	} else if d >= s.dist[v] {
		return
	}
	s.dist[v], s.via[v] = d, int32(via)
	s.queue.push(waiting{d, int32(v)})
}

// find searches from a node with excess for the nearest with a lack, and raises
// the prices so that the way there costs nothing. It returns −1 if there is none.
func (t *Transport) find(from int) int {
	s := &t.s
	s.begin()
	s.reach(from, 0, -1)
	for len(s.queue) > 0 {
		q := s.queue.pop()
		v := int(q.node)
		if s.done[v] || q.dist > s.dist[v] {
			continue
		}
		s.done[v] = true
		switch {
		case v <= t.m && v != from && t.excess(v) < 0:
			t.raise(q.dist)
			return v
		case v < t.m:
			t.fromSink(v, q.dist)
		case v == t.m:
			for j := range t.m {
				if t.taken[j] > 0 {
					c, _ := t.last(j)
					t.step(j, q.dist+t.price[j]-c-t.price[t.m], v)
				}
			}
		case v <= t.m+t.n:
			t.fromSource(v-t.m-1, q.dist)
		default:
			i := v - t.m - t.n - 1
			t.list(i, 2*len(t.rows[i]))
			t.fromSource(i, s.dist[t.m+1+i])
		}
	}
	return -1
}

// step reaches a node unless an end is as near.
func (t *Transport) step(v int, d int64, via int) {
	if d >= t.s.limit {
		return
	}
	if v <= t.m && t.excess(v) < 0 {
		t.s.limit = d
	}
	t.s.reach(v, d, via)
}

func (t *Transport) fromSink(j int, d int64) {
	if c, units := t.next(j); units > 0 {
		t.step(t.m, d+c+t.price[t.m]-t.price[j], j)
	}
	base := d - t.price[j]
	for _, u := range t.users[j] {
		t.step(t.m+1+int(u.source), base+t.worth[u.source]-u.cost, j)
	}
}

func (t *Transport) fromSource(i int, d int64) {
	t.Looks += len(t.rows[i])
	base, limit := d-t.worth[i], t.s.limit
	for _, e := range t.rows[i] {
		if at := base + e.cost + t.price[e.to]; at < limit && e.flow < e.most {
			t.step(int(e.to), at, t.m+1+i)
			limit = t.s.limit
		}
	}
	if t.beyond[i] != Barred {
		rest := t.m + t.n + 1 + i
		if at := base + t.beyond[i]; at < limit {
			if t.s.seen[rest] == t.s.now { // again, after the list has grown
				t.s.done[rest] = false
				t.s.dist[rest] = math.MaxInt64
			}
			t.s.reach(rest, at, -1)
		}
	}
}

// raise lifts the prices of all that lies nearer than d, so that no pair's
// reduced cost turns negative.
func (t *Transport) raise(d int64) {
	for _, v := range t.s.met {
		v := int(v)
		up := d - t.s.dist[v]
		switch {
		case up <= 0 || !t.s.done[v]:
		case v <= t.m:
			t.price[v] += up
		case v <= t.m+t.n:
			t.worth[v-t.m-1] += up
		}
	}
}

// augment sends what it can along the way found.
func (t *Transport) augment(from, end int) {
	units := min(t.excess(from), -t.excess(end))
	for v := end; v != from; v = int(t.s.via[v]) {
		w := int(t.s.via[v])
		switch {
		case v > t.m:
			units = min(units, int(t.pair(v-t.m-1, w).flow))
		case v == t.m:
			_, room := t.next(w)
			units = min(units, room)
		case w == t.m:
			_, held := t.last(v)
			units = min(units, held)
		default:
			e := t.pair(w-t.m-1, v)
			units = min(units, int(e.most-e.flow))
		}
	}
	for v := end; v != from; v = int(t.s.via[v]) {
		w := int(t.s.via[v])
		switch {
		case v > t.m:
			e := t.pair(v-t.m-1, w)
			if e.flow -= int32(units); e.flow == 0 {
				t.unuse(w, v-t.m-1)
			}
			t.load[w] -= units
			t.spent[v-t.m-1] -= e.cost * int64(units)
			t.change[v-t.m-1] = true
		case v == t.m:
			t.taken[w] += units
			t.ground += units
		case w == t.m:
			t.taken[v] -= units
			t.ground -= units
		default:
			e := t.pair(w-t.m-1, v)
			if e.flow == 0 {
				t.users[v] = append(t.users[v], user{e.cost, int32(w - t.m - 1)})
			}
			e.flow += int32(units)
			t.load[v] += units
			t.spent[w-t.m-1] += e.cost * int64(units)
		}
	}
}

func (t *Transport) pair(i, j int) *entry {
	row := t.rows[i]
	for k := range row {
		if int(row[k].to) == j {
			return &row[k]
		}
	}
	panic("flow: a way leads through a pair that is not listed")
}
