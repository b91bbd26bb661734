package assign

import (
	"cmp"
	"slices"
)

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
