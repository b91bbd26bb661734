package assign

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"

	"jiebang/matching/flow"
)

// tree is a branch and bound over the flow: its nodes decide pairs, its bounds
// are cheapest flows in which rules that the flow breaks have a price.
//
// A rule "at least L and at most M of G on bid i" with price μ adds μ·(count − M) to
// the cost where μ is positive and μ·(count − L) where it is negative, and a floor z
// under a bid's fit adds λ·(z − fit): whatever the prices, the cheapest flow costs no
// more than the best plan (Geoffrion 1974). The prices stay while the search walks
// through the tree, for all its nodes ask for nearly the same; each node starts its
// flow from the one before.
type tree struct {
	m     *model
	o     Options
	t     *flow.Transport
	stage string

	decided []int8    // of a pair: 0, yes or no
	in      [][]int   // experts that are pinned to a bid or decided for it, sorted
	held    []int     // how many bids are so for an expert
	usable  []bool    // of a pair: the flow may use it
	price   [][]int64 // of a rule on a bid
	lambda  []int64   // of the floor under a bid
	floor   []int64   // least fit of a bid, in grains of fit; nil is none
	chosen  [][]int   // what the flow and the decisions give a bid, sorted
	fixed   []int64   // what the flow's cost leaves out of a bid
	broken  [][]conflict
	lost    []bool // the bid cannot reach its floor
	tally   []int  // by rule, for compare

	limit int64 // plans that cost more are of no use
	first bool  // any plan within the limit will do
	root  *node
	best  [][]int
	cost  int64 // of the best
	found bool
	low   int64 // no plan costs less
	ended bool  // the effort ran out
	cases int
	extra int // work beside the flow's
	seq   int
	now   *node
	open  nodes
}

const (
	yes int8 = 1
	no  int8 = -1
)

// node is a decision on top of those above it.
type node struct {
	above *node
	pair  at
	is    int8
	bound int64
	depth int
	seq   int
}

// nodes is a heap, best bound first, and of those the deepest.
type nodes []*node

func (h nodes) Len() int { return len(h) }
func (h nodes) Less(a, b int) bool {
	return cmp.Or(cmp.Compare(h[a].bound, h[b].bound), cmp.Compare(h[b].depth, h[a].depth), cmp.Compare(h[a].seq, h[b].seq)) < 0
}
func (h nodes) Swap(a, b int) { h[a], h[b] = h[b], h[a] }
func (h *nodes) Push(x any)   { *h = append(*h, x.(*node)) }
func (h *nodes) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// conflict is a rule on a bid — or, with rule −1, its floor — that the flow
// breaks, or that holds with room to spare although it has a price.
type conflict struct {
	bid, rule int
	over      int // how many too many, or, negative, too few
	gap       int64
	hard      bool // the flow is no plan
}

func newTree(m *model, o Options) *tree {
	if o.Effort == 0 {
		o.Effort = 3e8
	}
	s := &tree{m: m, o: o, stage: "assign", in: make([][]int, m.n), held: slices.Clone(m.loads), chosen: make([][]int, m.n),
		fixed: make([]int64, m.n), broken: make([][]conflict, m.n), lost: make([]bool, m.n), tally: make([]int, len(m.rules)),
		limit: math.MaxInt64, root: &node{bound: math.MinInt64}}
	s.now = s.root
	for i := range s.in {
		s.in[i] = slices.Clone(m.pins[i])
	}
	if s.ruled() {
		s.decided, s.usable = make([]int8, m.n*m.m), make([]bool, m.n*m.m)
		s.price, s.lambda = make([][]int64, m.n), make([]int64, m.n)
		for i := range s.price {
			s.price[i] = make([]int64, len(m.rules))
		}
	}
	columns := m.m + m.w.mostWant
	sinks := make([][]flow.Step, columns)
	for j := range m.m {
		sinks[j] = s.steps(j)
	}
	for j := m.m; j < columns; j++ {
		sinks[j] = []flow.Step{{Units: m.n}}
	}
	s.t = flow.NewTransport(make([]int, m.n), sinks, make([]int64, m.n*columns), nil)
	for i := range m.n {
		s.refresh(i)
	}
	return s
}

func (s *tree) ruled() bool { return len(s.m.rules) > 0 || s.m.q.Fair != nil }

// steps is what an expert may still take: first up to his Min, for which there
// is a reward, then up to his Max, and beyond where loads are eased.
func (s *tree) steps(j int) []flow.Step {
	e := s.m.experts[j]
	free := max(0, e.Max-s.held[j])
	low := min(free, max(0, e.Min-s.held[j]))
	steps := []flow.Step{{Units: low, Cost: -s.m.w.under}, {Units: free - low}}
	if s.m.easy.loads {
		steps = append(steps, flow.Step{Units: s.m.n, Cost: s.m.w.ease})
	}
	return steps
}

// refresh lays the row of a bid anew, after decisions or prices have changed.
func (s *tree) refresh(i int) {
	m := s.m
	row := s.t.Row(i)
	want := m.want(i) - len(s.in[i])
	s.t.SetWant(i, max(0, want))
	for k := range m.w.mostWant {
		row[m.m+k] = m.w.short + int64(k)*m.w.spread
	}
	if !s.ruled() {
		for j := range m.m {
			row[j] = m.cost(i, j)
		}
		for _, j := range s.in[i] {
			row[j] = flow.Barred
		}
		return
	}
	s.extra += 4 * m.m
	usable := s.usable[i*m.m : (i+1)*m.m]
	for j := range m.m {
		usable[j] = want > 0 && !m.barred[i*m.m+j] && s.decided[i*m.m+j] == 0
	}
	for _, j := range s.in[i] {
		usable[j] = false
	}
	for _, j := range s.in[i] { // whoever is in may fill a rule
		for _, k := range m.ofExpert[j] {
			if r := &m.rules[k]; r.holds(i) && s.count(i, k, s.in[i]) >= m.most(i, k) {
				for _, j := range r.list {
					usable[j] = false
				}
			}
		}
	}
	for j := range m.m {
		row[j] = flow.Barred
		if usable[j] {
			row[j] = s.priced(i, j)
		}
	}
}

// priced is the cost of a pair with the prices of the rules it touches.
func (s *tree) priced(i, j int) int64 {
	c := s.m.cost(i, j)
	if !s.ruled() {
		return c
	}
	for _, k := range s.m.ofExpert[j] {
		c += s.price[i][k] // of a rule that does not hold of the bid it is 0
	}
	if s.lambda[i] != 0 {
		c -= s.lambda[i] * s.m.worth(i, j)
	}
	return c
}

// bounds of a rule on a bid after decisions: what the flow can still reach, so that a rule
// whose members are all decided has no room to spare. Lacking is what its Least
// lacks in any case.
func (s *tree) bounds(i, k int) (least, most, lacking int) {
	m, r := s.m, &s.m.rules[k]
	in := s.count(i, k, s.in[i])
	free := 0
	for _, j := range r.list {
		if s.usable[i*m.m+j] {
			free++
		}
	}
	can := in + min(free, max(0, m.want(i)-len(s.in[i])))
	least = max(in, min(r.least, can))
	most = min(m.most(i, k), in+free)
	return least, most, max(0, r.least-can)
}

func (s *tree) count(i, k int, experts []int) int {
	n := 0
	for _, j := range experts {
		if s.m.rules[k].member[j] {
			n++
		}
	}
	return n
}

// most is the upper bound of a rule on a bid. Pins may break it, and then are its bound.
func (m *model) most(i, k int) int {
	r := &m.rules[k]
	if r.most == math.MaxInt {
		return r.most
	}
	pins := 0
	for _, j := range m.pins[i] {
		if r.member[j] {
			pins++
		}
	}
	return max(r.most, pins)
}

// worth is the fit of a pair in grains.
func (m *model) worth(i, j int) int64 {
	return int64(math.Floor(m.fit(i, j)*m.w.unit + 0.5))
}

// search finds the best plan, or what it can within the effort.
func (s *tree) search(ctx context.Context) error {
	s.low = math.MinInt64
	current := s.root
	for {
		next, err := s.visit(ctx, current)
		if err != nil {
			return err
		}
		if s.first && s.found {
			break
		}
		if s.spent() {
			s.ended = true
			if next != nil {
				heap.Push(&s.open, next)
			}
			break
		}
		for next == nil && len(s.open) > 0 && !s.pruned(s.open[0].bound) {
			next = heap.Pop(&s.open).(*node)
		}
		if next == nil {
			break
		}
		s.move(next)
		current = next
	}
	s.low = s.cost
	if s.ended && len(s.open) > 0 {
		s.low = min(s.cost, s.open[0].bound)
	}
	return nil
}

// restart begins another search of the same question, under floors and with the prices
// found so far.
func (s *tree) restart(floor []int64) {
	s.move(s.root)
	s.root.bound, s.open = math.MinInt64, nil
	s.best, s.found, s.ended, s.floor = nil, false, false, floor
	for i := range s.m.n {
		s.refresh(i)
	}
}

// pruned reports whether nothing below a bound could be of use. True costs are whole grains apart.
func (s *tree) pruned(bound int64) bool {
	if bound > s.limit {
		return true
	}
	return s.found && bound > s.cost-s.m.w.grain
}

func (s *tree) proved() bool { return s.found && s.low > s.cost-s.m.w.grain }
func (s *tree) bound() int64 { return s.low }

// move brings the decisions in force from the present node to another.
func (s *tree) move(to *node) {
	bids, experts := map[int]bool{}, map[int]bool{}
	set := func(n *node, is int8) {
		i, j := n.pair.split()
		s.decided[i*s.m.m+j] = is
		if n.is == yes {
			if is == 0 {
				s.in[i] = slices.DeleteFunc(s.in[i], func(x int) bool { return x == j })
				s.held[j]--
			} else {
				at, _ := slices.BinarySearch(s.in[i], j)
				s.in[i] = slices.Insert(s.in[i], at, j)
				s.held[j]++
			}
			experts[j] = true
		}
		bids[i] = true
	}
	var path []*node
	a, b := s.now, to
	for a != b {
		if a.depth >= b.depth {
			set(a, 0)
			a = a.above
		} else {
			path = append(path, b)
			b = b.above
		}
	}
	for _, n := range slices.Backward(path) {
		set(n, n.is)
	}
	s.now = to
	for i := range s.m.n {
		if bids[i] {
			s.refresh(i)
		}
	}
	for j := range s.m.m {
		if experts[j] {
			s.t.SetSink(j, s.steps(j))
		}
	}
}

// possible reports whether the decisions alone break no load, seats or rule.
func (s *tree) possible() bool {
	m := s.m
	for n := s.now; n.above != nil; n = n.above {
		i, j := n.pair.split()
		if n.is == yes {
			if s.held[j] > m.experts[j].Max && !m.easy.loads || len(s.in[i]) > m.want(i) {
				return false
			}
			for _, k := range m.ofExpert[j] {
				if m.rules[k].holds(i) && s.count(i, k, s.in[i]) > m.most(i, k) {
					return false
				}
			}
		}
	}
	return true
}

// Sweeps over the conflicts, at the root and below it.
const (
	rootSweeps = 40
	nodeSweeps = 4
)

// visit looks at the present node: it moves the prices of one bid after another while that helps, keeps
// the plans it meets, and, where the node is not settled, decides a pair both ways. It returns
// the child to go on with, or nil.
func (s *tree) visit(ctx context.Context, n *node) (*node, error) {
	if !s.possible() {
		return nil, nil
	}
	sweeps, stale := nodeSweeps, 0
	if n.above == nil {
		sweeps = rootSweeps
	}
	found, open, err := s.relax(ctx, n)
	switch {
	case err != nil || !open:
	case s.first:
		if found, open, err = s.sway(ctx, n, found); err == nil && open {
			return s.branch(n, found), nil
		}
	case n.above == nil && s.floor == nil:
		found, open, err = s.climb(ctx, n)
	case n.above == nil:
		found, open, err = s.sway(ctx, n, found)
	}
	start := n.bound
	for sweep := 0; err == nil && open; sweep++ {
		if sweep == sweeps || stale == 3 || s.spent() {
			return s.branch(n, found), nil
		}
		before := n.bound
		todo := found
		for k := 0; k < len(todo) && open; k++ {
			i := todo[k].bid
			if k > 0 && todo[k-1].bid == i {
				continue
			}
			for _, c := range s.broken[i] {
				if c.rule < 0 {
					s.liftFloor(c)
				} else {
					s.reprice(c)
				}
			}
			s.refresh(i)
			found, open, err = s.relax(ctx, n)
			if err != nil {
				return nil, err
			}
		}
		if n.bound-before <= s.m.w.grain/4+(n.bound-start)/100 {
			stale++
		} else {
			stale = 0
		}
	}
	return nil, err
}

// work is what has been spent of the effort.
func (s *tree) work() int { return s.t.Looks + s.extra + 4*s.cases*(s.m.n+s.m.m) }

func (s *tree) spent() bool { return s.work() > s.o.Effort }

// climb raises the bound at the root by moving all prices at once along a
// subgradient, the steps being measured by how far the bound seems to be from its
// top (Polyak 1969, with the target of Held, Wolfe and Crowder 1974: halved
// when it is not reached). One price after another gets stuck at the kinks.
func (s *tree) climb(ctx context.Context, n *node) ([]conflict, bool, error) {
	const most, patience = 300, 12
	m := s.m
	best := n.bound
	keep := s.prices()
	ahead := float64(m.w.grain) * max(1, m.w.width*m.w.unit) * float64(len(s.allBroken())) / 4
	stale := 0
	for range most {
		type move struct {
			i, k int
			g    float64
		}
		var moves []move
		square := 0.0
		for i := range m.n {
			for k, p := range s.price[i] {
				if p == 0 && !slices.ContainsFunc(s.broken[i], func(c conflict) bool { return c.rule == k }) {
					continue
				}
				count := s.count(i, k, s.chosen[i])
				least, most, _ := s.bounds(i, k)
				g := 0
				switch p := s.price[i][k]; {
				case p > 0 || count > most:
					g = count - most
				case p < 0 || count < least:
					g = count - least
				}
				if g != 0 {
					moves = append(moves, move{i, k, float64(g)})
					square += float64(g * g)
				}
			}
		}
		if square == 0 {
			break
		}
		bound := s.t.Total() + s.constant()
		step := (float64(best-bound) + ahead) / square
		last := -1
		for _, v := range moves {
			p := s.price[v.i][v.k] + int64(step*v.g)
			lowest, highest := s.span(v.k)
			if old := s.price[v.i][v.k]; old > 0 && p < 0 || old < 0 && p > 0 {
				p = 0
			}
			s.price[v.i][v.k] = max(lowest, min(highest, p))
			if last >= 0 && last != v.i {
				s.refresh(last)
			}
			last = v.i
		}
		s.refresh(last)
		if found, open, err := s.relax(ctx, n); err != nil || !open {
			return found, open, err
		}
		if n.bound > best {
			best = n.bound
			keep = s.prices()
			stale = 0
		} else if stale++; stale == patience {
			stale = 0
			if ahead /= 2; ahead < float64(m.w.grain) {
				break
			}
		}
		if s.spent() {
			break
		}
	}
	for i := range m.n {
		copy(s.price[i], keep[i])
		s.refresh(i)
	}
	return s.relax(ctx, n)
}

func (s *tree) allBroken() []conflict {
	var out []conflict
	for _, b := range s.broken {
		out = append(out, b...)
	}
	return out
}

func (s *tree) prices() [][]int64 {
	out := make([][]int64, len(s.price))
	for i, p := range s.price {
		out[i] = slices.Clone(p)
	}
	return out
}

// span is what the price of a rule may be.
func (s *tree) span(k int) (lowest, highest int64) {
	r := &s.m.rules[k]
	lowest, highest = -s.m.w.unmet, int64(heaviest/4)
	if r.least == 0 {
		lowest = 0
	}
	if r.most == math.MaxInt {
		highest = 0
	}
	return
}

// sway moves the weights of all floors at once: up where a bid is below its floor, and once
// none is, down wherever one is above, for then the plan may still cost too
// much in total. Many small steps find what bids that want the same experts can
// have together; one bid after another would only drive their prices up.
func (s *tree) sway(ctx context.Context, n *node, found []conflict) ([]conflict, bool, error) {
	most, open := 120, true
	if n.above != nil {
		most = 12
	}
	for range most {
		below := slices.ContainsFunc(found, func(c conflict) bool { return c.rule < 0 && c.hard })
		for _, c := range found {
			old := s.lambda[c.bid]
			switch {
			case c.rule >= 0:
				s.reprice(c)
			case c.hard:
				s.liftFloor(c)
				s.lambda[c.bid] = max(old, min(64*s.m.w.grain, s.heaviestLambda(), max(s.lambda[c.bid], old+old/4+s.m.w.grain/32)))
			case !below:
				s.lambda[c.bid] = old - old/8 - 1
			default:
				continue
			}
			s.refresh(c.bid)
		}
		var err error
		if found, open, err = s.relax(ctx, n); err != nil || !open || s.spent() {
			return found, open, err
		}
		if s.first && s.found {
			return nil, false, nil
		}
	}
	return found, open, nil
}

// relax solves the flow at the present prices. It reports the conflicts left, and
// whether the node is still open: neither settled nor out of the question.
func (s *tree) relax(ctx context.Context, n *node) ([]conflict, bool, error) {
	if err := s.t.Solve(ctx); err != nil {
		return nil, false, err
	}
	s.cases++
	for i := range s.m.n {
		if s.t.Changed(i) {
			s.read(i)
		}
	}
	bound := s.t.Total() + s.constant()
	n.bound = max(n.bound, bound)
	s.tell(n)
	found, ok := s.conflicts()
	if !ok || s.pruned(n.bound) {
		return nil, false, nil
	}
	plan, gap := true, int64(0)
	for _, c := range found {
		plan = plan && !c.hard
		gap += c.gap
	}
	if plan {
		s.offer(bound+gap, s.chosen)
	} else if !s.found && s.floor == nil {
		s.repair()
	}
	return found, len(found) > 0 && !s.pruned(n.bound), nil
}

func (s *tree) tell(n *node) {
	if s.o.Progress == nil || s.cases%16 != 1 {
		return
	}
	p := Progress{Stage: s.stage, Cases: s.cases, Found: s.found, Bound: s.m.total(n.bound)}
	if s.found {
		p.Best = s.m.total(s.cost)
	}
	s.o.Progress(p)
}

// total is the sum of fits that a cost stands for where no other aim costs anything.
func (m *model) total(cost int64) float64 {
	return m.w.high*float64(m.seats()) - float64(cost)/float64(m.w.grain)/m.w.unit
}

func (m *model) seats() int {
	n := 0
	for i := range m.n {
		n += m.want(i)
	}
	return n
}

func (s *tree) read(i int) {
	list := append(s.chosen[i][:0], s.in[i]...)
	s.t.Each(i, func(j, _ int) {
		if j < s.m.m {
			list = append(list, j)
		}
	})
	slices.Sort(list)
	s.chosen[i] = list
	s.fixed[i] = s.leftOut(i)
	if s.ruled() {
		s.compare(i)
	}
}

// constant is what the flow's cost leaves out: the pairs decided for, and the constant parts of the prices.
func (s *tree) constant() int64 {
	sum := int64(0)
	for _, c := range s.fixed {
		sum += c
	}
	if w := s.m.w; w.under > 0 || w.ease > 0 {
		for j, e := range s.m.experts {
			sum += w.ease*int64(max(0, s.held[j]-e.Max)) - w.under*int64(min(s.held[j], e.Min))
		}
	}
	return sum
}

func (s *tree) leftOut(i int) int64 {
	m, sum := s.m, int64(0)
	for _, j := range s.in[i] {
		sum += s.priced(i, j)
	}
	if !s.ruled() {
		return sum
	}
	for k, p := range s.price[i] {
		if p == 0 && m.rules[k].least == 0 || !m.rules[k].holds(i) {
			continue
		}
		least, most, lacking := s.bounds(i, k)
		if p > 0 {
			sum -= p * int64(most)
		} else {
			sum -= p * int64(least)
		}
		sum += m.w.unmet * int64(lacking)
	}
	if s.floor != nil {
		sum += s.lambda[i] * s.floor[i]
	}
	return sum
}

// conflicts lists what the flow breaks, and where prices leave a gap to the
// cost of the plan. It reports false if some floor cannot be reached at all.
func (s *tree) conflicts() ([]conflict, bool) {
	var out []conflict
	for i := range s.m.n {
		out = append(out, s.broken[i]...)
		if s.lost[i] {
			return nil, false
		}
	}
	return out, true
}

// compare finds the conflicts of one bid.
func (s *tree) compare(i int) {
	m, out := s.m, s.broken[i][:0]
	for _, j := range s.chosen[i] {
		for _, k := range m.ofExpert[j] {
			s.tally[k]++
		}
	}
	look := func(k int) {
		r, n := &m.rules[k], s.tally[k]
		s.tally[k] = 0
		if !r.holds(i) || s.price[i][k] == 0 && n <= r.most && n >= r.least {
			return
		}
		if c := s.ruleConflict(i, k, n); c.hard || c.gap > 0 {
			out = append(out, c)
		}
	}
	for _, k := range m.leasts[i] {
		look(k)
	}
	for _, j := range s.chosen[i] {
		for _, k := range m.ofExpert[j] {
			if s.tally[k] > 0 && m.rules[k].least == 0 {
				look(k)
			}
			s.tally[k] = 0
		}
	}
	for k, p := range s.price[i] { // priced, and nobody there
		if p > 0 && m.rules[k].least == 0 && s.count(i, k, s.chosen[i]) == 0 {
			look(k)
		}
	}
	s.lost[i] = false
	if s.floor != nil {
		c, ok := s.floorConflict(i)
		s.lost[i] = !ok
		if c.hard || c.gap > 0 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b conflict) int { return a.rule - b.rule })
	s.broken[i] = out
}

// ruleConflict compares a rule's count with its bounds, and the cost of the plan in
// this rule with what the prices let it cost.
func (s *tree) ruleConflict(i, k, count int) conflict {
	least, most, _ := s.bounds(i, k)
	p := s.price[i][k]
	c := conflict{bid: i, rule: k}
	if count > most {
		c.hard, c.over = true, count-most
		return c
	}
	c.gap = s.m.w.unmet * int64(max(0, least-count))
	if p > 0 {
		c.over = count - most
		c.gap += p * int64(most-count)
	} else {
		c.over = count - least
		c.gap += -p * int64(count-least)
	}
	if count < least {
		c.over = count - least
	}
	return c
}

// floorConflict looks at the floor of a bid; false says that no experts left could reach it.
func (s *tree) floorConflict(i int) (conflict, bool) {
	have := int64(0)
	for _, j := range s.chosen[i] {
		have += s.m.worth(i, j)
	}
	c := conflict{bid: i, rule: -1, hard: have < s.floor[i]}
	if !c.hard {
		c.gap = s.lambda[i] * (have - s.floor[i])
		return c, true
	}
	sum, left := int64(0), s.m.want(i)-len(s.in[i])
	for _, j := range s.in[i] {
		sum += s.m.worth(i, j)
	}
	var free []int64
	for j := range s.m.m {
		if s.usable[i*s.m.m+j] {
			free = append(free, s.m.worth(i, j))
		}
	}
	slices.SortFunc(free, func(a, b int64) int { return cmp.Compare(b, a) })
	for _, w := range free[:min(left, len(free))] {
		sum += w // a seat may stay empty, so a negative fit need not count
	}
	return c, sum >= s.floor[i]
}

// offer keeps a plan if it is the best so far.
func (s *tree) offer(cost int64, plan [][]int) {
	if s.found && cost >= s.cost || cost > s.limit {
		return
	}
	s.found, s.cost = true, cost
	s.best = make([][]int, len(plan))
	for i := range plan {
		s.best[i] = slices.Clone(plan[i])
	}
}

// options are what moving a rule's count by up to n costs at present prices: members
// that come or go, and others, the n cheapest of each. A lacking seat is an other.
func (s *tree) options(i, k, n int) (membersIn, membersOut, othersIn, othersOut []int64) {
	m, r := s.m, &s.m.rules[k]
	keep := func(list *[]int64, c int64) {
		if len(*list) < n || c < (*list)[n-1] {
			at, _ := slices.BinarySearch(*list, c)
			*list = slices.Insert(*list, at, c)
			*list = (*list)[:min(n, len(*list))]
		}
	}
	for j := range m.m + m.w.mostWant {
		if j < m.m && !s.usable[i*m.m+j] {
			continue
		}
		_, in := slices.BinarySearch(s.chosen[i], j)
		if j >= m.m {
			in = s.t.Flow(i, j) > 0
		}
		c := s.t.Reduced(i, j)
		switch member := j < m.m && r.member[j]; {
		case member && in:
			keep(&membersOut, -c)
		case member:
			keep(&membersIn, c)
		case in:
			keep(&othersOut, -c)
		default:
			keep(&othersIn, c)
		}
	}
	return
}

// reprice moves the price of a rule just so far that the bid alone, at the prices
// of experts as they are, would count as the rule asks.
func (s *tree) reprice(c conflict) {
	i, k, n := c.bid, c.rule, abs(c.over)
	p := s.price[i][k]
	lowest, highest := s.span(k)
	memIn, memOut, othIn, othOut := s.options(i, k, n)
	switch {
	case c.over > 0 && (len(memOut) < n || len(othIn) < n): // nothing can go
		p = max(p, 0)
	case c.over > 0 && c.hard:
		p += memOut[n-1] + othIn[n-1] + 1
	case c.over > 0: // a reward that is too high
		p = min(0, p+memOut[n-1]+othIn[n-1])
	case len(memIn) < n || len(othOut) < n: // nothing can come
		if p = min(p, 0); c.gap > 0 && p == 0 {
			p = lowest
		}
	case p > 0: // a price that is too high
		p = max(0, p-memIn[n-1]-othOut[n-1])
	default:
		p -= memIn[n-1] + othOut[n-1] + 1
	}
	s.price[i][k] = max(lowest, min(highest, p))
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

// branch decides a pair of the worst conflict both ways; it keeps one child and
// returns the other. It returns nil if no pair is left to decide: then the prices
// only shift the cost of what is settled.
func (s *tree) branch(n *node, found []conflict) *node {
	slices.SortStableFunc(found, func(a, b conflict) int {
		if a.hard != b.hard {
			if a.hard {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.gap, a.gap)
	})
	for _, c := range found {
		if j, is, ok := s.choose(c); ok {
			s.seq += 2
			first := &node{above: n, pair: pairOf(c.bid, j), is: is, bound: n.bound, depth: n.depth + 1, seq: s.seq}
			second := &node{above: n, pair: first.pair, is: -is, bound: n.bound, depth: n.depth + 1, seq: s.seq + 1}
			heap.Push(&s.open, second)
			return first
		}
	}
	return nil
}

// choose is the pair of a conflict that matters most, and what to try first.
func (s *tree) choose(c conflict) (expert int, is int8, ok bool) {
	i := c.bid
	want := c.over < 0 // somebody should come
	is = yes
	if c.rule >= 0 && c.over > 0 && !c.hard {
		is = no
	}
	score := func(j int, in bool) int64 {
		if in {
			return -s.t.Reduced(i, j)
		}
		return s.t.Reduced(i, j)
	}
	if c.rule < 0 {
		want = c.hard
		if !c.hard {
			is = no
		}
		score = func(j int, _ bool) int64 { return -s.m.worth(i, j) }
	}
	var best int64
	for pass := range 2 {
		for j := range s.m.m {
			if !s.usable[i*s.m.m+j] || c.rule >= 0 && !s.m.rules[c.rule].member[j] {
				continue
			}
			_, in := slices.BinarySearch(s.chosen[i], j)
			if in == want && pass == 0 {
				continue
			}
			if x := score(j, in); !ok || x < best || x == best && j < expert {
				expert, best, ok = j, x, true
			}
		}
		if ok {
			return expert, is, true
		}
	}
	return 0, 0, false
}

// repair makes some plan of a flow that is none: members whom a rule forbids go,
// and seats are filled with the best who fit.
func (s *tree) repair() {
	m := s.m
	load := make([]int, m.m)
	plan := make([][]int, m.n)
	may := func(i, j int) bool {
		if m.barred[i*m.m+j] || load[j] >= m.experts[j].Max && !m.easy.loads || slices.Contains(plan[i], j) {
			return false
		}
		for _, k := range m.ofExpert[j] {
			if m.rules[k].holds(i) && s.count(i, k, plan[i]) >= m.most(i, k) {
				return false
			}
		}
		return true
	}
	put := func(i, j int) {
		plan[i] = append(plan[i], j)
		load[j]++
	}
	best := func(i int, ok func(j int) bool) bool {
		at := -1
		for j := range m.m {
			if may(i, j) && ok(j) && (at < 0 || m.cost(i, j) < m.cost(i, at)) {
				at = j
			}
		}
		if at >= 0 {
			put(i, at)
		}
		return at >= 0
	}
	for i := range m.n {
		for _, j := range m.pins[i] {
			put(i, j)
		}
	}
	lacks := func(i, j int) int { // rules that lack him
		n := 0
		for _, k := range m.ofExpert[j] {
			if r := &m.rules[k]; r.least > 0 && r.holds(i) && s.count(i, k, plan[i]) < r.least {
				n++
			}
		}
		return n
	}
	lacking := func(i int) int {
		n := 0
		for _, k := range m.leasts[i] {
			n += max(0, m.rules[k].least-s.count(i, k, plan[i]))
		}
		return n
	}
	for i := range m.n {
		list := slices.Clone(s.chosen[i])
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(m.cost(i, a), m.cost(i, b)) })
		for _, j := range list {
			if free := m.want(i) - len(plan[i]); free > 0 && (free > lacking(i) || lacks(i, j) > 0) && may(i, j) {
				put(i, j)
			}
		}
	}
	for i := range m.n {
		for n := lacking(i); n > 0 && len(plan[i]) < m.want(i); n = lacking(i) {
			need := 1
			if m.want(i)-len(plan[i]) < n { // one who serves two rules would be welcome
				need = 2
			}
			if !best(i, func(j int) bool { return lacks(i, j) >= need }) && !best(i, func(j int) bool { return lacks(i, j) > 0 }) {
				break
			}
		}
		for len(plan[i]) < m.want(i) && best(i, func(int) bool { return true }) {
		}
	}
	for i := range plan {
		slices.Sort(plan[i])
	}
	s.offer(m.price(plan), plan)
}

// price is what a plan costs in all aims.
func (m *model) price(plan [][]int) int64 {
	sum := int64(0)
	load := make([]int, m.m)
	for i := range plan {
		for _, j := range plan[i] {
			if m.pinned[pairOf(i, j)] || !m.barred[i*m.m+j] {
				sum += m.cost(i, j)
			}
			load[j]++
		}
		for k := range m.want(i) - len(plan[i]) {
			sum += m.w.short + int64(k)*m.w.spread
		}
		for _, k := range m.leasts[i] {
			have := 0
			for _, j := range plan[i] {
				if m.rules[k].member[j] {
					have++
				}
			}
			sum += m.w.unmet * int64(max(0, m.rules[k].least-have))
		}
	}
	for j, e := range m.experts {
		sum += m.w.ease*int64(max(0, load[j]-e.Max)) - m.w.under*int64(min(load[j], e.Min))
	}
	return sum
}

// liftFloor sets the weight of a bid's own fit to the least at which the bid alone, at the
// prices of experts as they are, would reach its floor.
func (s *tree) liftFloor(c conflict) {
	m, i := s.m, c.bid
	left := m.want(i) - len(s.in[i])
	base := int64(0)
	for _, j := range s.in[i] {
		base += m.worth(i, j)
	}
	type option struct{ key, worth int64 }
	var list []option
	for j := range m.m + m.w.mostWant {
		switch {
		case j >= m.m:
			list = append(list, option{s.t.Reduced(i, j), 0})
		case s.usable[i*m.m+j]:
			w := m.worth(i, j)
			list = append(list, option{s.t.Reduced(i, j) + s.lambda[i]*w, w})
		}
	}
	top := make([]option, 0, left+1)
	reach := func(lambda int64) bool {
		s.extra += 2 * len(list)
		top = top[:0]
		for _, o := range list {
			o.key -= lambda * o.worth
			k := len(top)
			for k > 0 && (o.key < top[k-1].key || o.key == top[k-1].key && o.worth > top[k-1].worth) {
				k--
			}
			if k < left {
				top = slices.Insert(top, k, o)[:min(left, len(top)+1)]
			}
		}
		sum := base
		for _, o := range top {
			sum += o.worth
		}
		return sum >= s.floor[i]
	}
	most := s.heaviestLambda()
	high := max(s.lambda[i], m.w.grain)
	for high < most && !reach(high) {
		high *= 2
	}
	high = min(high, most)
	low := int64(-1) // not enough
	for low+1 < high {
		if mid := low + (high-low)/2; reach(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	if c.hard && high <= s.lambda[i] {
		high = min(most, s.lambda[i]+1)
	}
	s.lambda[i] = high
}

// heaviestLambda keeps weighed fits within what a cost may be.
func (s *tree) heaviestLambda() int64 {
	w := int64(math.Abs(s.m.w.high)*s.m.w.unit) + int64(s.m.w.width*s.m.w.unit) + 1
	return min(1<<40, heaviest/8/w)
}
