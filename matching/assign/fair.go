package assign

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// keptShare is how much of the largest total a fair plan keeps if nothing else is asked.
const keptShare = 0.995

// lift makes a fair plan out of the best one. A bid's service is its fit in all by
// the seats it wants. Among the plans that are as good in all aims before fit, and keep the
// share of the largest total, it raises the worst service as far as it goes; the bids that
// must stay there are held at it, and the others raised on, again and again: as in a leximin
// order (Moulin 1988), but where one of several bids could stay below, the first by
// identifier that the plan at hand leaves there does. Of the plans that remain, the one with the largest total is taken.
//
// Every level is a search for a plan whose bids all reach their floors, between the
// worst service of the plan at hand and what the bid alone could get. What a search has not
// proved within its effort is left; Fairness.Proved says whether that happened.
func (m *model) lift(ctx context.Context, o Options, s *tree) (Plan, error) {
	l := &lifting{m: m, s: s, cost: s.cost, proved: s.proved()}
	base := m.plan(s)
	l.start(base.Total)
	if err := l.run(ctx); err != nil {
		return Plan{}, err
	}
	p := m.plan(s)
	p.Proved = l.proved
	p.Bound = base.Bound
	p.Fair = l.fairness(base.Total)
	return p, nil
}

// finestScale bounds the common multiple of all wants: it is that of 1 to 11. Beyond, services are rounded
// down to its parts of a grain.
const finestScale = 27720

// lifting is the work on a fair plan. Services are in grains of fit times scale.
type lifting struct {
	m       *model
	s       *tree
	cost    int64
	scale   int64 // a common multiple of the wants
	held    []bool
	ceiling []int64 // what a bid alone could get
	level   []int64 // at which a bid is held
	bound   int64   // no plan's worst service is above it
	levels  int
	proved  bool
	effort  int
}

func (l *lifting) start(total float64) {
	m := l.m
	share := m.q.Fair.Share
	if share == 0 {
		share = keptShare
	}
	l.s.limit = l.cost + int64((1-share)*math.Abs(total)*m.w.unit)*m.w.grain
	l.effort = l.s.work() + l.s.o.Effort/6
	l.scale = 1
	l.held, l.level, l.ceiling = make([]bool, m.n), make([]int64, m.n), make([]int64, m.n)
	for i := range m.n {
		if w := int64(m.want(i)); w > 0 {
			if both := l.scale / gcd(l.scale, w) * w; both <= finestScale {
				l.scale = both
			}
		} else {
			l.held[i], l.level[i] = true, math.MinInt64/4
		}
	}
	l.bound = math.MaxInt64
	for i := range m.n {
		if !l.held[i] {
			l.ceiling[i] = l.alone(i)
			l.bound = min(l.bound, l.ceiling[i])
		}
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// alone is the service of a bid that could choose freely.
func (l *lifting) alone(i int) int64 {
	m, sum := l.m, int64(0)
	for _, j := range m.pins[i] {
		sum += m.worth(i, j)
	}
	var free []int64
	for j := range m.m {
		if !m.barred[i*m.m+j] && !m.pinned[pairOf(i, j)] && m.experts[j].Max > m.loads[j] {
			free = append(free, m.worth(i, j))
		}
	}
	slices.SortFunc(free, func(a, b int64) int { return cmp.Compare(b, a) })
	for _, w := range free[:max(0, min(len(free), m.want(i)-len(m.pins[i])))] {
		sum += max(w, 0) // a seat may stay empty
	}
	return l.service(i, sum)
}

func (l *lifting) service(i int, worth int64) int64 {
	return floorDiv(worth*l.scale, int64(l.m.want(i)))
}

func (l *lifting) serviceIn(plan [][]int, i int) int64 {
	sum := int64(0)
	for _, j := range plan[i] {
		sum += l.m.worth(i, j)
	}
	return l.service(i, sum)
}

// worst is the least service of the bids that are not held, and the first that has it.
func (l *lifting) worst(plan [][]int) (int64, int) {
	least, at := int64(math.MaxInt64), -1
	for i := range l.m.n {
		if !l.held[i] {
			if x := l.serviceIn(plan, i); x < least {
				least, at = x, i
			}
		}
	}
	return least, at
}

func (l *lifting) run(ctx context.Context) error {
	s := l.s
	plan := s.best
	for {
		z, at := l.worst(plan)
		if at < 0 {
			break
		}
		top := int64(math.MaxInt64)
		for i := range l.m.n {
			if !l.held[i] {
				top = min(top, l.ceiling[i])
			}
		}
		// Between z, which is reached, and top + 1, which is not.
		high, sure := top+1, true
		for step := int64(0); z+1 < high; {
			mid := z + (high-z)/2
			if step == 0 && high == top+1 {
				mid = top // often the bid alone is what binds
			}
			step++
			found, proved, err := l.reach(ctx, mid, -1)
			if err != nil {
				return err
			}
			if found != nil {
				plan = found
				z, at = l.worst(plan)
				continue
			}
			high = mid
			sure = sure && proved
		}
		if l.levels == 0 && sure {
			l.bound = min(l.bound, high-1)
		}
		if !sure {
			l.proved = false
			break
		}
		// Who cannot rise is held; if each could, the first at the level is.
		first := -1
		for i := range l.m.n {
			if l.held[i] || l.serviceIn(plan, i) > z {
				continue
			}
			if first < 0 {
				first = i
			}
			found, proved, err := l.reach(ctx, z, i)
			if err != nil {
				return err
			}
			if found == nil && !proved {
				l.proved = false
			}
			if found == nil {
				l.hold(i, z)
			}
		}
		if first >= 0 && !l.held[first] {
			l.hold(first, z)
		}
		if !l.proved || s.work() > l.effort {
			l.proved = false
			break
		}
	}
	return l.finish(ctx, plan)
}

func (l *lifting) hold(i int, z int64) {
	l.held[i], l.level[i] = true, z
	l.levels++
}

// floors are the least fits of the bids if those not held reach z, and bid above more.
func (l *lifting) floors(z int64, above int) []int64 {
	out := make([]int64, l.m.n)
	for i := range out {
		w := int64(l.m.want(i))
		if w == 0 {
			out[i] = math.MinInt64 / 4
			continue
		}
		level := z
		if l.held[i] {
			level = l.level[i]
		} else if i == above {
			level = z + 1
		}
		out[i] = -floorDiv(-level*w, l.scale) // rounded up
	}
	return out
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// reach looks for a plan with these floors; nil and true is a proof that there is none.
func (l *lifting) reach(ctx context.Context, z int64, above int) ([][]int, bool, error) {
	s := l.s
	s.stage = "fair"
	s.restart(l.floors(z, above))
	s.first = true
	s.o.Effort = s.work() + l.effort/20
	if l.levels == 0 { // the first level matters most
		s.o.Effort = s.work() + l.effort/5
	}
	err := s.search(ctx)
	return s.best, !s.ended, err
}

// finish looks for the largest total above all floors.
func (l *lifting) finish(ctx context.Context, plan [][]int) error {
	s := l.s
	z, _ := l.worst(plan)
	s.restart(l.floors(z, -1))
	s.first = false
	s.offer(l.m.price(plan), plan)
	s.o.Effort = s.work() + l.effort/4
	err := s.search(ctx)
	l.proved = l.proved && s.proved()
	return err
}

func (l *lifting) fairness(total float64) *Fairness {
	m := l.m
	unit := m.w.unit * float64(l.scale)
	f := &Fairness{Optimum: total, Levels: l.levels, Proved: l.proved}
	least := int64(math.MaxInt64)
	for i := range m.n {
		if m.want(i) == 0 {
			continue
		}
		if x := l.serviceIn(l.s.best, i); x < least {
			least, f.Bid = x, m.bids[i].ID
		}
	}
	if f.Bid != "" {
		f.Worst, f.Bound = float64(least)/unit, float64(max(l.bound, least))/unit
	}
	return f
}
