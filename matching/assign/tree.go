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

func (h *nodes) Push(x any) { *h = append(*h, x.(*node)) }

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
		o.Effort = 1e9
	}
	s := &tree{m: m, o: o, stage: "assign", in: make([][]int, m.n), held: slices.Clone(m.loads), chosen: make([][]int, m.n),
		fixed: make([]int64, m.n), broken: make([][]conflict, m.n), lost: make([]bool, m.n), tally: make([]int, len(m.rules)),
		limit: math.MaxInt64, root: &node{bound: -heaviest}}
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
	s.low = -heaviest
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
	s.root.bound, s.open = -heaviest, nil
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

// relax solves the flow at the present prices. It reports the conflicts left, and
// whether the node is still open: neither settled nor out of the question.
func (s *tree) relax(ctx context.Context, n *node) ([]conflict, bool, error) {
	if err := cmp.Or(ctx.Err(), s.t.Solve(ctx)); err != nil {
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
	if s.o.Progress == nil || s.cases%16 != 0 {
		return
	}
	p := Progress{Stage: s.stage, Cases: s.cases, Found: s.found}
	if s.found {
		for i, list := range s.best {
			for _, j := range list {
				p.Best += s.m.fit(i, j)
			}
		}
		p.Bound = s.m.above(p.Best, s.cost, n.bound)
	}
	s.o.Progress(p)
}

// above is what the total could be at most, where a plan of one cost has a total and no plan costs less than
// low.
func (m *model) above(total float64, cost, low int64) float64 {
	return max(total, min(m.ceiling, total+float64(cost-low)/float64(m.w.grain)/m.w.unit))
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
