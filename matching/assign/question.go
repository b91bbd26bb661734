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

// at is a pair by places.
type at uint64

func pairOf(i, j int) at       { return at(i)<<32 | at(j) }
func (a at) split() (i, j int) { return int(a >> 32), int(a & math.MaxUint32) }

// rule is a bound on the members that a bid has.
type rule struct {
	name   string
	list   []int // members
	member []bool
	bids   []bool // nil is all
	least  int
	most   int // math.MaxInt is no bound
	words  phrase
}

func (r *rule) holds(i int) bool { return r.bids == nil || r.bids[i] }

// model is the question in order of identifiers, in whole numbers.
type model struct {
	q        Question
	n, m     int
	bids     []Bid
	experts  []Expert
	bidAt    map[string]int
	expertAt map[string]int
	row, col []int  // places in the question
	barred   []bool // by place: bid × experts + expert
	pinned   map[at]bool
	standing map[at]bool
	lifted   map[at]bool // barred, but open at the price of a step
	rules    []rule
	ofExpert [][]int // rules that an expert is a member of
	leasts   [][]int // rules with a Least that hold of a bid
	pins     [][]int // pinned experts of a bid
	loads    []int   // pins of an expert
	w        weights
	easy     easing
	ceiling  float64 // the total if every bid could choose freely, where rules or fairness make a search
}

// easing is what a plan may do beyond the question, at a price for each step, when we look
// for the cheapest way out of an impossible one.
type easing struct{ loads, bars bool }

// read checks a question and puts it in order.
func read(q Question) (*model, error) { return readEasy(q, easing{}) }

func readEasy(q Question, easy easing) (*model, error) {
	c := &checker{}
	m := &model{q: q, easy: easy, n: len(q.Bids), m: len(q.Experts), barred: make([]bool, len(q.Bids)*len(q.Experts)), pinned: map[at]bool{}, standing: map[at]bool{},
		lifted: map[at]bool{}}
	m.bidAt, m.row = order(q.Bids, func(b Bid) (string, string) { return b.ID, b.Key }, "bid", c)
	m.expertAt, m.col = order(q.Experts, func(e Expert) (string, string) { return e.ID, e.Key }, "expert", c)
	for _, i := range m.row {
		b := q.Bids[i]
		m.bids = append(m.bids, b)
		if b.Want < 0 {
			c.fault("bid %s wants %d experts", b.ID, b.Want)
		}
	}
	for _, j := range m.col {
		e := q.Experts[j]
		m.experts = append(m.experts, e)
		if e.Min < 0 || e.Max < e.Min {
			c.fault("expert %s has a load from %d to %d", e.ID, e.Min, e.Max)
		}
	}
	c.fits(q)
	hard := map[at]bool{}
	for _, p := range q.Barred {
		if k, ok := m.find(c, "barred", p.Bid, p.Expert); ok {
			i, j := k.split()
			m.barred[i*m.m+j] = true
			if easy.bars {
				hard[k] = hard[k] || p.Hard
				m.lifted[k] = !hard[k]
			}
		}
	}
	m.readPins(c)
	m.readRules(c)
	for k, open := range m.lifted {
		if i, j := k.split(); open {
			m.barred[i*m.m+j] = false
		} else {
			delete(m.lifted, k)
		}
	}
	if f := q.Fair; f != nil && !(f.Share >= 0 && f.Share <= 1) {
		c.fault("fair.share is %v, not within 0 and 1", f.Share)
	}
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	m.weigh()
	if len(m.rules) > 0 || q.Fair != nil {
		m.choose()
	}
	return m, nil
}

func (m *model) choose() {
	for i := range m.n {
		seats := m.want(i)
		for _, j := range m.byFit(i) {
			if seats > 0 && !m.barred[i*m.m+j] {
				m.ceiling += m.fit(i, j)
				seats--
			}
		}
	}
}

type checker struct{ faults []error }

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf(format, args...))
}

func (c *checker) fits(q Question) {
	if len(q.Fit) != 0 && len(q.Fit) != len(q.Bids) {
		c.fault("fit has %d rows for %d bids", len(q.Fit), len(q.Bids))
	}
	for i, row := range q.Fit {
		if len(row) != len(q.Experts) {
			c.fault("row %d of fit has %d numbers for %d experts", i, len(row), len(q.Experts))
		}
		for _, f := range row {
			if !(math.Abs(f) <= 1e12) {
				c.fault("row %d of fit holds %v", i, f)
				break
			}
		}
	}
}

func (m *model) find(c *checker, what, b, e string) (at, bool) {
	i, ok := m.bidAt[b]
	j, ok2 := m.expertAt[e]
	if !ok || !ok2 {
		c.fault("%s pair %s, %s names nobody", what, b, e)
	}
	return pairOf(i, j), ok && ok2
}

// readPins refuses pins that alone break a load or fill more seats than there are.
func (m *model) readPins(c *checker) {
	m.pins, m.loads = make([][]int, m.n), make([]int, m.m)
	for _, p := range m.q.Pins {
		k, ok := m.find(c, "pinned", p.Bid, p.Expert)
		if !ok || m.pinned[k] {
			continue
		}
		m.pinned[k] = true
		i, j := k.split()
		if m.barred[i*m.m+j] {
			c.fault("pair %s, %s is pinned and barred", p.Bid, p.Expert)
		}
		m.pins[i] = append(m.pins[i], j)
		m.loads[j]++
	}
	for i, list := range m.pins {
		slices.Sort(list)
		if len(list) > m.bids[i].Want {
			c.fault("bid %s has %d pins for %d seats", m.bids[i].ID, len(list), m.bids[i].Want)
		}
	}
	for j, l := range m.loads {
		if l > m.experts[j].Max {
			c.fault("expert %s has %d pins for a load of %d", m.experts[j].ID, l, m.experts[j].Max)
		}
	}
	for _, p := range m.q.Standing {
		if k, ok := m.find(c, "standing", p.Bid, p.Expert); ok && !m.pinned[k] {
			m.standing[k] = true
		}
	}
}

// readRules makes one list of bounds of the rules, the units, and those to be kept apart.
func (m *model) readRules(c *checker) {
	add := func(name string, ids []string, bids []string, least, most int, words phrase) {
		r := rule{name: name, member: make([]bool, m.m), least: least, most: most, words: words}
		for _, id := range ids {
			j, ok := m.expertAt[id]
			switch {
			case !ok:
				c.fault("rule %s names the expert %q, who is none", name, id)
			case !r.member[j]:
				r.member[j] = true
				r.list = append(r.list, j)
			}
		}
		slices.Sort(r.list)
		if len(bids) > 0 {
			r.bids = make([]bool, m.n)
			for _, id := range bids {
				if i, ok := m.bidAt[id]; ok {
					r.bids[i] = true
				} else {
					c.fault("rule %s names the bid %q, which is none", name, id)
				}
			}
		}
		if least > 0 || most < len(r.list) {
			m.rules = append(m.rules, r)
		}
	}
	named := map[string]bool{}
	for _, r := range m.q.Rules {
		if r.Name == "" || named[r.Name] {
			c.fault("rule %q: the name is empty or stands twice", r.Name)
		}
		named[r.Name] = true
		most := r.Most
		if most == 0 {
			most = math.MaxInt
		}
		if r.Least < 0 || r.Most < 0 || most < r.Least {
			c.fault("rule %s asks for %d to %d experts", r.Name, r.Least, r.Most)
		}
		add(r.Name, r.Experts, r.Bids, r.Least, most, ruleWords(r))
	}
	if m.q.PerUnit < 0 {
		c.fault("per_unit is %d", m.q.PerUnit)
	}
	if m.q.PerUnit > 0 {
		units := map[string][]string{}
		var names []string
		for _, e := range m.experts {
			if e.Unit == "" {
				continue
			}
			if units[e.Unit] == nil {
				names = append(names, e.Unit)
			}
			units[e.Unit] = append(units[e.Unit], e.ID)
		}
		slices.Sort(names)
		for _, u := range names {
			add("unit:"+u, units[u], nil, 0, m.q.PerUnit, unitWords(u, m.q.PerUnit))
		}
	}
	var sets []Apart
	for _, a := range m.q.Apart {
		a.Experts = slices.Compact(slices.Sorted(slices.Values(a.Experts)))
		sets = append(sets, a)
	}
	slices.SortFunc(sets, func(a, b Apart) int { return slices.Compare(a.Experts, b.Experts) })
	for _, a := range sets {
		add("apart:"+strings.Join(a.Experts, ","), a.Experts, nil, 0, 1, apartWords(a))
	}
	slices.SortStableFunc(m.rules, func(a, b rule) int { return strings.Compare(a.name, b.name) })
	m.waive(c)
	m.ofExpert, m.leasts = make([][]int, m.m), make([][]int, m.n)
	for k := range m.rules {
		r := &m.rules[k]
		for _, j := range r.list {
			m.ofExpert[j] = append(m.ofExpert[j], k)
		}
		for i := range m.n {
			if r.least > 0 && r.holds(i) {
				m.leasts[i] = append(m.leasts[i], k)
			}
		}
	}
}

func (m *model) waive(c *checker) {
	for _, v := range m.q.Waivers {
		i, ok := m.bidAt[v.Bid]
		if !ok {
			c.fault("a waiver names the bid %q, which is none", v.Bid)
			continue
		}
		known := false
		for k := range m.rules {
			if r := &m.rules[k]; r.name == v.Rule {
				known = true
				if r.bids == nil {
					r.bids = slices.Repeat([]bool{true}, m.n)
				}
				r.bids[i] = false
			}
		}
		if !known {
			c.fault("a waiver names the rule %q, which binds nobody", v.Rule)
		}
	}
}

// order sorts by key and identifier; it gives the place of each identifier, and the old
// index at each place.
func order[T any](list []T, id func(T) (id, key string), what string, c *checker) (map[string]int, []int) {
	old := make([]int, len(list))
	for i := range list {
		old[i] = i
	}
	slices.SortStableFunc(old, func(a, b int) int {
		idA, keyA := id(list[a])
		idB, keyB := id(list[b])
		return cmp.Or(strings.Compare(keyA, keyB), strings.Compare(idA, idB))
	})
	places := make(map[string]int, len(list))
	for at, i := range old {
		id, _ := id(list[i])
		if _, ok := places[id]; ok {
			c.fault("%s %q stands twice", what, id)
		}
		places[id] = at
	}
	return places, old
}

func (m *model) fit(i, j int) float64 {
	if len(m.q.Fit) == 0 {
		return 0
	}
	return m.q.Fit[m.row[i]][m.col[j]]
}

// weights are what the aims cost: whatever one costs outweighs all that those
// after it could save together.
type weights struct {
	high  float64 // the largest fit
	width float64 // less the smallest
	unit  float64 // how many grains a fit of 1 costs
	whole bool    // costs are exact
	grain int64   // true costs are multiples of it; prices of rules are finer

	kept, ease, under, unmet, spread, short int64
	mostWant                                int
}

// Costs above this could overflow when ways of them are added up.
const heaviest = 1 << 56

// weigh chooses the weights. In a flow alone any improvement is a simple circle,
// which meets every bid and every expert at most once: an aim outweighs the
// next if it costs more than one circle can bring. Rules break that argument; with
// them, and with fairness, an aim costs more than all seats together, as long as
// there is room for that: it is always for panels, and beyond some ten
// thousand seats the argument of the circle has to do.
func (m *model) weigh() {
	var c counts
	c.circle = min(m.n, m.m) + 2
	for i := range m.n {
		want := m.want(i)
		c.seats += want
		c.pairs += want * (want - 1) / 2
		c.most = max(c.most, want)
		for _, k := range m.leasts[i] {
			c.leasts += m.rules[k].least
		}
	}
	for _, e := range m.experts {
		c.mins += min(e.Min, m.n)
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, row := range m.q.Fit {
		for _, f := range row {
			low, high = min(low, f), max(high, f)
		}
	}
	if !(low <= high) {
		low, high = 0, 0
	}
	width := high - low
	unit, exact := decimals(m.q.Fit, width)
	widest := 1 / max(width, 1e-12) // of a step; where all fits are one, any will do
	ruled := len(m.rules) > 0 || m.q.Fair != nil
	try := func(unit float64, grain int64, ruled bool) bool {
		w, ok := c.stack(width*unit, grain, ruled, len(m.standing) > 0, m.easy != easing{})
		w.high, w.width, w.unit = high, width, unit
		m.w = w
		// Fairness adds up fits themselves, not only how far they are from the best.
		return ok && (m.q.Fair == nil || max(math.Abs(low), math.Abs(high))*unit <= 1e10)
	}
	for _, all := range []bool{ruled, false} {
		grain := int64(1)
		if ruled {
			grain = 1 << 10
		}
		for ; exact && grain > 0; grain /= 2 {
			if try(unit, grain, all) {
				m.w.whole = true
				return
			}
		}
		for steps := 1e9; steps >= 1e6; steps /= 10 {
			if try(steps*widest, 1, all) {
				return
			}
		}
	}
	try(min(1e3*widest, 1e10/max(math.Abs(low), math.Abs(high), 1e-9)), 1, false)
}

// counts are the sizes of a question.
type counts struct{ circle, seats, pairs, most, mins, leasts int }

// stack lays the aims over each other, fits being up to width high; it reports whether
// there is room.
func (c counts) stack(width float64, grain int64, ruled, standing, easy bool) (weights, bool) {
	span, unders, leasts, spreads := c.circle+c.most, 1, c.most, c.most
	if ruled {
		span, unders, leasts, spreads = c.seats+1, c.mins, c.leasts, c.pairs
	}
	w := weights{mostWant: c.most, grain: grain}
	g := float64(grain)
	sum := float64(span) * (math.Ceil(width) + 1) * g
	next := func(into *int64, times int, used bool) {
		if used {
			one := sum + g
			sum += one * float64(times)
			*into = int64(min(one, heaviest)/g) * grain
		}
	}
	next(&w.kept, span, standing)
	next(&w.ease, span, easy)
	next(&w.under, unders, c.mins > 0)
	next(&w.unmet, leasts, c.leasts > 0)
	next(&w.spread, spreads, true)
	next(&w.short, 1, true)
	return w, sum < heaviest
}

// decimals finds the power of ten that makes all fits whole numbers, at most nine places.
func decimals(fit [][]float64, width float64) (float64, bool) {
	unit := 1.0
	for range 10 {
		if width*unit > 1e12 {
			break
		}
		if whole(fit, unit) {
			return unit, true
		}
		unit *= 10
	}
	return 1, false
}

func whole(fit [][]float64, unit float64) bool {
	for _, row := range fit {
		for _, f := range row {
			x := f * unit
			if d := math.Abs(x - math.Floor(x+0.5)); d > 1e-15*math.Abs(x) {
				return false
			}
		}
	}
	return true
}

// want is the seats of a bid that any plan could fill.
func (m *model) want(i int) int { return min(m.bids[i].Want, m.m) }

// cost is what a pair costs, or flow.Barred.
func (m *model) cost(i, j int) int64 {
	if m.barred[i*m.m+j] {
		return flow.Barred
	}
	c := m.grains(m.w.high - m.fit(i, j))
	if k := pairOf(i, j); m.w.kept > 0 && !m.standing[k] && !m.pinned[k] {
		c += m.w.kept
	}
	if len(m.lifted) > 0 && m.lifted[pairOf(i, j)] {
		c += m.w.ease
	}
	return c
}

// grains is a fit, not negative, as a cost.
func (m *model) grains(f float64) int64 {
	return int64(f*m.w.unit+0.5) * m.w.grain
}
