package assign

import (
	"context"
	"math"
	"slices"
)

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

// climb raises the bound at the root by moving all prices at once along a
// subgradient, the steps being measured by how far the bound seems to be from its
// top (Polyak 1969, with the target of Held, Wolfe and Crowder 1974: halved
// when it is not reached). One price after another gets stuck at the kinks.
func (s *tree) climb(ctx context.Context, n *node) ([]conflict, bool, error) {
	const most, patience = 300, 12
	m := s.m
	best := n.bound
	keep := s.prices()
	broken := 0
	for _, list := range s.broken {
		broken += len(list)
	}
	ahead := float64(m.w.grain) * max(1, m.w.width*m.w.unit) * float64(broken) / 4
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
		for _, v := range moves {
			old := s.price[v.i][v.k]
			p := old + int64(step*v.g)
			lowest, highest := s.span(v.k)
			if old > 0 && p < 0 || old < 0 && p > 0 {
				p = 0
			}
			s.setPrice(v.i, v.k, max(lowest, min(highest, p)))
		}
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

// setPrice moves the price of a rule on a bid, and what its members cost there.
func (s *tree) setPrice(i, k int, p int64) {
	by := p - s.price[i][k]
	if by == 0 {
		return
	}
	s.price[i][k] = p
	row, usable := s.t.Row(i), s.usable[i*s.m.m:(i+1)*s.m.m]
	for _, j := range s.m.rules[k].list {
		if usable[j] {
			row[j] += by
		}
	}
	s.extra += len(s.m.rules[k].list)
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
