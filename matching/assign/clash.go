package assign

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Clash is a reason why not everything can be had: some bids need more than some
// experts can give. Kind is
//
//   - seats: these bids need Need seats, and whoever may serve them — Experts are those
//     whose loads bind — has room for Have. It is a smallest cut: without any of these bids it
//     would not hold.
//   - minimum: these experts are to get Need bids at least, and there are Have that
//     they may be given.
//   - rule: on each of these bids, seen alone, the rules named leave room for Have of Need seats
//     or members.
//   - together: the rules named and the loads of all experts cannot be had together
//     by these bids; each alone, and without rules, would do.
type Clash struct {
	Kind    string   `json:"kind"`
	Bids    []string `json:"bids"`
	Experts []string `json:"experts"`
	Rules   []string `json:"rules"`
	Need    int      `json:"need"`
	Have    int      `json:"have"`
	Zh      string   `json:"zh"`
	En      string   `json:"en"`

	barred int // pairs
}

// Diagnosis says why a question has no plan that fills every seat, reaches every
// Min and keeps every rule, and what would help. Both lists are empty where there is one.
type Diagnosis struct {
	Clashes     []Clash      `json:"clashes"`
	Relaxations []Relaxation `json:"relaxations"`
}

// Diagnose explains a plan of the question that is not feasible. Every relaxation has been solved
// again and is enough.
func Diagnose(ctx context.Context, q Question, p Plan, o Options) (Diagnosis, error) {
	d := Diagnosis{Clashes: []Clash{}, Relaxations: []Relaxation{}}
	if p.Feasible {
		return d, nil
	}
	q.Fair = nil
	m, err := read(q)
	if err != nil {
		return d, err
	}
	bare := q
	bare.Apart, bare.PerUnit, bare.Rules, bare.Waivers = nil, 0, nil, nil
	plain, err := read(bare)
	if err != nil {
		return d, err
	}
	s := newTree(plain, o)
	if err := s.search(ctx); err != nil {
		return d, err
	}
	d.Clashes = append(merged(plain.seatClashes(s.best)), merged(plain.minimumClashes(s.best))...)
	if len(m.rules) > 0 {
		rules, err := m.ruleClashes(ctx, o, p)
		if err != nil {
			return d, err
		}
		d.Clashes = append(d.Clashes, rules...)
	}
	if len(d.Clashes) == 0 {
		last, err := m.minimaUnderRules(ctx, o, p)
		if err != nil {
			return d, err
		}
		d.Clashes = append(d.Clashes, last)
	}
	d.Relaxations, err = relaxations(ctx, q, p, d.Clashes, o)
	return d, err
}

// merged makes one clash of those in which bars alone leave some bids without experts, or some
// experts without bids: a list of single ones would say no more.
func merged(list []Clash) []Clash {
	lone := func(c Clash) bool {
		return c.Kind == "seats" && len(c.Experts) == 0 || c.Kind == "minimum" && len(c.Bids) == 0
	}
	out := slices.DeleteFunc(slices.Clone(list), lone)
	var one *Clash
	for _, c := range list {
		switch {
		case !lone(c):
		case one == nil:
			one = &c
		default:
			one.Bids, one.Experts = append(one.Bids, c.Bids...), append(one.Experts, c.Experts...)
			one.Need, one.Have, one.barred = one.Need+c.Need, one.Have+c.Have, one.barred+c.barred
		}
	}
	if one != nil {
		sortIDs(one.Bids)
		sortIDs(one.Experts)
		out = append([]Clash{*one}, out...)
	}
	for k := range out {
		out[k].say()
	}
	return out
}

// say puts a clash without rules into words.
func (c *Clash) say() {
	b, e := names(c.Bids), names(c.Experts)
	switch {
	case c.Kind == "minimum":
		c.Zh = fmt.Sprintf("专家 %s 的最低任务量合计 %d 项，而能分给他们的只有 %d 席。", e.zh, c.Need, c.Have)
		c.En = fmt.Sprintf("Experts %s are to get %d bids at least, and there are %d seats that they may be given.", e.en, c.Need, c.Have)
	case len(c.Experts) == 0:
		c.Zh = fmt.Sprintf("申报 %s 共需 %d 席，而能评的专家只够 %d 席：%d 对被回避或禁配挡住。", b.zh, c.Need, c.Have, c.barred)
		c.En = fmt.Sprintf("Bids %s need %d seats in all, and the experts who may serve them fill %d: %d pairs are barred.", b.en, c.Need, c.Have, c.barred)
	default:
		c.Zh = fmt.Sprintf("申报 %s 共需 %d 席，而能评的专家只够 %d 席：专家 %s 已达上限，另有 %d 对被回避或禁配挡住。", b.zh, c.Need, c.Have, e.zh, c.barred)
		c.En = fmt.Sprintf("Bids %s need %d seats in all, and the experts who may serve them have room for %d: %s are at their loads, and %d pairs are barred.",
			b.en, c.Need, c.Have, e.en, c.barred)
	}
}

// sortIDs puts identifiers in the order that people expect: numbers by value.
func sortIDs(ids []string) {
	number := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	slices.SortFunc(ids, func(a, b string) int {
		if number(a) && number(b) && len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
}

// unmet lists the rules that the experts of a bid do not keep.
func (m *model) unmet(i int, experts []int) []Unmet {
	var out []Unmet
	for k := range m.rules {
		r := &m.rules[k]
		if !r.holds(i) {
			continue
		}
		have := 0
		for _, j := range experts {
			if r.member[j] {
				have++
			}
		}
		switch {
		case have < r.least:
			out = append(out, Unmet{Bid: m.bids[i].ID, Rule: r.name, Have: have, Least: r.least})
		case have > r.most:
			out = append(out, Unmet{Bid: m.bids[i].ID, Rule: r.name, Have: have, Most: r.most})
		}
	}
	return out
}

// cut is what can be reached from a bid that lacks a seat: bids, and experts, by ways that
// would pass a seat on. Whoever is met is full, for else the seat would have been filled.
type cut struct{ bids, experts []int }

// from walks the ways that are left from a bid.
func (m *model) from(plan [][]int, users [][]int, i int) cut {
	seenBid, seenExpert := make([]bool, m.n), make([]bool, m.m)
	seenBid[i] = true
	c := cut{bids: []int{i}}
	for at := 0; at < len(c.bids); at++ {
		b := c.bids[at]
		for j := range m.m {
			if seenExpert[j] || m.barred[b*m.m+j] || slices.Contains(plan[b], j) {
				continue
			}
			seenExpert[j] = true
			c.experts = append(c.experts, j)
			for _, other := range users[j] {
				if !seenBid[other] && !m.pinned[pairOf(other, j)] {
					seenBid[other] = true
					c.bids = append(c.bids, other)
				}
			}
		}
	}
	slices.Sort(c.bids)
	slices.Sort(c.experts)
	return c
}

func usersOf(plan [][]int, experts int) [][]int {
	out := make([][]int, experts)
	for i := range plan {
		for _, j := range plan[i] {
			out[j] = append(out[j], i)
		}
	}
	return out
}

// short says why a bid lacks experts.
func (m *model) short(plan, users [][]int, i int) Short {
	out := Short{Bid: m.bids[i].ID, Seats: m.bids[i].Want - len(plan[i]), Given: len(plan[i]), Full: []string{}}
	for j := range m.m {
		if m.barred[i*m.m+j] {
			out.Barred++
		}
	}
	for _, j := range m.from(plan, users, i).experts {
		if e := m.experts[j]; len(users[j]) >= e.Max {
			out.Full = append(out.Full, e.ID)
		}
	}
	out.Reason = fmt.Sprintf("%d experts in all: %d on this bid, %d barred, %d at their load", m.m, out.Given, out.Barred, len(out.Full))
	return out
}

// seatClashes finds, for the bids that lack seats in a plan without rules, the smallest
// sets of bids that together need more than there is.
func (m *model) seatClashes(plan [][]int) []Clash {
	users := usersOf(plan, m.m)
	var out []Clash
	done := make([]bool, m.n)
	for i := range plan {
		if len(plan[i]) >= m.bids[i].Want || done[i] {
			continue
		}
		c := m.from(plan, users, i)
		in := make([]bool, m.m)
		have := 0
		for _, j := range c.experts {
			in[j] = true
			have += m.experts[j].Max
			for _, other := range m.pinsOf(j) { // seats that pins hold outside the set
				if !slices.Contains(c.bids, other) {
					have--
				}
			}
		}
		need := 0
		for _, b := range c.bids {
			need += m.bids[b].Want
			if len(plan[b]) < m.bids[b].Want {
				done[b] = true
			}
			for _, j := range plan[b] {
				if !in[j] {
					have++ // everybody else in reach sits on the bid already
				}
			}
		}
		bids, experts := m.bidIDs(c.bids), m.expertIDs(c.experts)
		k := Clash{Kind: "seats", Bids: bids, Experts: experts, Rules: []string{}, Need: need, Have: have}
		for _, b := range c.bids {
			for j := range m.m {
				if m.barred[b*m.m+j] {
					k.barred++
				}
			}
		}
		out = append(out, k)
	}
	return out
}

func (m *model) pinsOf(j int) []int {
	var out []int
	if m.loads[j] > 0 {
		for i := range m.pins {
			if slices.Contains(m.pins[i], j) {
				out = append(out, i)
			}
		}
	}
	return out
}

func (m *model) bidIDs(list []int) []string {
	out := []string{}
	for _, i := range list {
		out = append(out, m.bids[i].ID)
	}
	sortIDs(out)
	return out
}

func (m *model) expertIDs(list []int) []string {
	out := []string{}
	for _, j := range list {
		out = append(out, m.experts[j].ID)
	}
	sortIDs(out)
	return out
}

// minimumClashes finds, for experts below their Min, whom else a bid could only be taken
// from at the price of his own Min: together they are to get more than they may.
func (m *model) minimumClashes(plan [][]int) []Clash {
	users := usersOf(plan, m.m)
	done := make([]bool, m.m)
	var out []Clash
	for e := range m.experts {
		if len(users[e]) >= m.experts[e].Min || done[e] {
			continue
		}
		seen, bids := make([]bool, m.m), make([]bool, m.n)
		seen[e] = true
		list := []int{e}
		for at := 0; at < len(list); at++ {
			j := list[at]
			for i := range m.n {
				if bids[i] || m.barred[i*m.m+j] || slices.Contains(plan[i], j) {
					continue
				}
				bids[i] = true
				for _, other := range plan[i] {
					if !seen[other] && !m.pinned[pairOf(i, other)] {
						seen[other] = true
						list = append(list, other)
					}
				}
			}
		}
		slices.Sort(list)
		need, have := 0, 0
		for _, j := range list {
			need += m.experts[j].Min
			done[j] = true
		}
		for i := range m.n {
			may := 0
			for _, j := range list {
				if !m.barred[i*m.m+j] {
					may++
				}
			}
			taken := 0
			for _, j := range m.pins[i] {
				if !seen[j] {
					taken++
				}
			}
			have += min(may, m.bids[i].Want-taken)
		}
		reached := []int{}
		for i, b := range bids {
			if b {
				reached = append(reached, i)
			}
		}
		ids := m.expertIDs(list)
		k := Clash{Kind: "minimum", Bids: m.bidIDs(reached), Experts: ids, Rules: []string{}, Need: need, Have: have}
		out = append(out, k)
	}
	return out
}

// ruleClashes looks for the rules that stand in the way: first on each bid alone, then in the
// fewest bids that cannot all be served.
func (m *model) ruleClashes(ctx context.Context, o Options, p Plan) ([]Clash, error) {
	var out []Clash
	suspects := map[string]bool{}
	for _, s := range p.Short {
		suspects[s.Bid] = true
	}
	for _, u := range p.Unmet {
		suspects[u.Bid] = true
	}
	alone := map[string]*Clash{}
	var order []string
	for i := range m.n {
		id := m.bids[i].ID
		if !suspects[id] {
			continue
		}
		q := m.only([]int{i})
		bad, plan, err := infeasible(ctx, q, o)
		if err != nil {
			return nil, err
		}
		if !bad {
			continue
		}
		names, err := m.fewest(ctx, q, o)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			continue // too few experts, rules or not: a clash of seats says so
		}
		need, have := plan.Seats, plan.Filled
		if need == have && len(plan.Unmet) > 0 {
			need, have = max(plan.Unmet[0].Least, plan.Unmet[0].Most), plan.Unmet[0].Have
		}
		key := fmt.Sprint(names, need, have)
		if alone[key] == nil {
			alone[key] = &Clash{Kind: "rule", Rules: names, Experts: m.members(names), Need: need, Have: have}
			order = append(order, key)
		}
		alone[key].Bids = append(alone[key].Bids, id)
	}
	for _, key := range order {
		c := alone[key]
		sortIDs(c.Bids)
		w, b := m.inWords(c.Rules), names(c.Bids)
		c.Zh = fmt.Sprintf("申报 %s 各需 %d，而规则只容 %d：%s。", b.zh, c.Need, c.Have, w.zh)
		c.En = fmt.Sprintf("Bids %s need %d each, and the rules leave room for %d: %s.", b.en, c.Need, c.Have, w.en)
		out = append(out, *c)
	}
	if len(out) > 0 {
		return out, nil
	}
	return m.together(ctx, o)
}

// together drops bids, then rules, as long as what is left cannot be had: a smallest clash in
// that nothing more can be dropped. With many bids it would take too long, and is left out.
func (m *model) together(ctx context.Context, o Options) ([]Clash, error) {
	const most = 60
	bare := m.only(m.all())
	bare.Rules, bare.Apart, bare.PerUnit, bare.Waivers = nil, nil, 0, nil
	if bad, _, err := infeasible(ctx, bare, o); bad || err != nil || m.n > most {
		return nil, err // then the clash is one without rules
	}
	kept := m.all()
	if bad, _, err := infeasible(ctx, m.only(kept), o); !bad || err != nil {
		return nil, err // then it is the minima
	}
	for i := range m.n {
		less := slices.DeleteFunc(slices.Clone(kept), func(x int) bool { return x == i })
		bad, _, err := infeasible(ctx, m.only(less), o)
		if err != nil {
			return nil, err
		}
		if bad {
			kept = less
		}
	}
	rules, err := m.fewest(ctx, m.only(kept), o)
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	bids, w := m.bidIDs(kept), m.inWords(rules)
	b := names(bids)
	return []Clash{{Kind: "together", Bids: bids, Experts: m.members(rules), Rules: rules,
		Zh: fmt.Sprintf("申报 %s 在专家任务上限之内无法同时满足：%s。", b.zh, w.zh),
		En: fmt.Sprintf("Bids %s cannot all be served within the experts' loads under: %s.", b.en, w.en)}}, nil
}

// minimaUnderRules is the clash that is left where neither seats nor minima nor rules alone make
// one: the fewest rules under which not everything can be had, and who comes short.
func (m *model) minimaUnderRules(ctx context.Context, o Options, p Plan) (Clash, error) {
	rules, err := m.fewest(ctx, m.q, o)
	if err != nil {
		return Clash{}, err
	}
	c := Clash{Kind: "together", Bids: []string{}, Experts: []string{}, Rules: rules}
	for _, s := range p.Short {
		c.Bids = append(c.Bids, s.Bid)
	}
	for _, l := range p.Loads {
		if l.Under {
			c.Experts = append(c.Experts, l.Expert)
			c.Need += m.experts[m.expertAt[l.Expert]].Min
			c.Have += l.Bids
		}
	}
	w, b, e := m.inWords(rules), names(c.Bids), names(c.Experts)
	if len(rules) == 0 {
		w = phrase{"任务上下限", "the loads"}
	}
	c.Zh = fmt.Sprintf("席位与最低任务量无法同时满足（申报 %s，专家 %s）：%s。", b.zh, e.zh, w.zh)
	c.En = fmt.Sprintf("Seats and minimum loads cannot be had together (bids %s; experts %s) under: %s.", b.en, e.en, w.en)
	return c, nil
}

func (m *model) all() []int {
	out := make([]int, m.n)
	for i := range out {
		out[i] = i
	}
	return out
}

// only is the question of some bids, without minima.
func (m *model) only(bids []int) Question {
	q := m.q
	q.Bids, q.Fit, q.Pins, q.Barred, q.Standing, q.Fair, q.Waivers = nil, nil, nil, nil, nil, nil, nil
	in := map[string]bool{}
	for _, i := range bids {
		q.Bids = append(q.Bids, m.bids[i])
		in[m.bids[i].ID] = true
	}
	for _, p := range m.q.Pins {
		if in[p.Bid] {
			q.Pins = append(q.Pins, p)
		}
	}
	for _, b := range m.q.Barred {
		if in[b.Bid] {
			q.Barred = append(q.Barred, b)
		}
	}
	for _, w := range m.q.Waivers {
		if in[w.Bid] {
			q.Waivers = append(q.Waivers, w)
		}
	}
	q.Rules = nil
	for _, r := range m.q.Rules {
		if len(r.Bids) > 0 {
			r.Bids = slices.DeleteFunc(slices.Clone(r.Bids), func(id string) bool { return !in[id] })
			if len(r.Bids) == 0 {
				continue
			}
		}
		q.Rules = append(q.Rules, r)
	}
	q.Waivers = slices.DeleteFunc(q.Waivers, func(w Waiver) bool { return !m.binds(w.Rule, q) })
	q.Experts = slices.Clone(m.q.Experts)
	for j := range q.Experts {
		q.Experts[j].Min = 0
	}
	return q
}

// binds reports whether a rule is still one of a smaller question.
func (m *model) binds(name string, q Question) bool {
	for _, r := range m.q.Rules {
		if r.Name == name {
			return slices.ContainsFunc(q.Rules, func(x Rule) bool { return x.Name == name })
		}
	}
	return true
}

func infeasible(ctx context.Context, q Question, o Options) (bool, Plan, error) {
	p, err := Solve(ctx, q, o)
	return !p.Feasible, p, err
}

// fewest drops rules from a question that cannot be had as long as it cannot; none are left if
// it cannot be had without rules either.
func (m *model) fewest(ctx context.Context, q Question, o Options) ([]string, error) {
	kept := []string{}
	for k := range m.rules {
		kept = append(kept, m.rules[k].name)
	}
	kept = slices.Compact(kept)
	without := func(list []string) (bool, error) {
		r := q
		r.Waivers = slices.Clone(q.Waivers)
		for k := range m.rules {
			if name := m.rules[k].name; !slices.Contains(list, name) && m.binds(name, q) {
				for _, b := range q.Bids {
					r.Waivers = append(r.Waivers, Waiver{b.ID, name})
				}
			}
		}
		bad, _, err := infeasible(ctx, r, o)
		return bad, err
	}
	for _, name := range slices.Clone(kept) {
		less := slices.DeleteFunc(slices.Clone(kept), func(x string) bool { return x == name })
		bad, err := without(less)
		if err != nil {
			return nil, err
		}
		if bad {
			kept = less
		}
	}
	return kept, nil
}

func (m *model) inWords(rules []string) phrase {
	var zh, en []string
	for k := range m.rules {
		if slices.Contains(rules, m.rules[k].name) {
			zh, en = append(zh, m.rules[k].words.zh), append(en, m.rules[k].words.en)
		}
	}
	return phrase{strings.Join(zh, "；"), strings.Join(en, "; ")}
}

func (m *model) members(rules []string) []string {
	in := make([]bool, m.m)
	for k := range m.rules {
		if slices.Contains(rules, m.rules[k].name) {
			for _, j := range m.rules[k].list {
				in[j] = true
			}
		}
	}
	out := []string{}
	for j, is := range in {
		if is {
			out = append(out, m.experts[j].ID)
		}
	}
	sortIDs(out)
	return out
}
