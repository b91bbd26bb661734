// Package assign gives bids to experts: seats, loads, conflicts, rules of
// composition, balance — exactly, with a proof or an honest bound, and with
// reasons.
package assign

import (
	"cmp"
	"context"
	"slices"
)

// Version names the rules of the plan; it is kept with a plan as evidence.
const Version = "jiebang-assign/2"

// Bid wants so many experts. Key, if there is one, comes before ID in the order by which equal
// plans are told apart; see Anonymous.
type Bid struct {
	ID   string `json:"id"`
	Want int    `json:"want"`
	Key  string `json:"key,omitempty"`
}

// Expert takes at most Max bids, and should get at least Min. Unit is where he
// belongs, for Question.PerUnit. Key is as in Bid.
type Expert struct {
	ID   string `json:"id"`
	Max  int    `json:"max"`
	Min  int    `json:"min,omitempty"`
	Unit string `json:"unit,omitempty"`
	Key  string `json:"key,omitempty"`
}

// Barred is a pair that must not be, and why. A hard bar is never proposed to be lifted.
type Barred struct {
	Bid    string `json:"bid"`
	Expert string `json:"expert"`
	Reason string `json:"reason,omitempty"`
	Hard   bool   `json:"hard,omitempty"`
}

// Pin is a pair that must be. A pin that is barred too is refused.
type Pin struct {
	Bid    string `json:"bid"`
	Expert string `json:"expert"`
}

// Rule bounds how many of some experts a bid may have: at least Least of them,
// and at most Most, where 0 is no bound. It holds for the bids named, or for all.
// "At least one senior" is a rule, "at least one from industry and at most two"
// another.
type Rule struct {
	Name    string   `json:"name"`
	Experts []string `json:"experts"`
	Least   int      `json:"least,omitempty"`
	Most    int      `json:"most,omitempty"`
	Bids    []string `json:"bids,omitempty"`
}

// Apart are experts of whom no bid gets more than one.
type Apart struct {
	Experts []string `json:"experts"`
	Reason  string   `json:"reason,omitempty"`
}

// Waiver sets a rule aside on one bid; the reason is the caller's to keep. Rules that come of
// units are called "unit:" and the unit, those of experts to be kept apart "apart:" and
// the experts, by identifier, between commas.
type Waiver struct {
	Bid  string `json:"bid"`
	Rule string `json:"rule"`
}

// Fair asks to lift the bids that are served worst, see Plan.Fair. Share is how
// much of the largest total the plan must keep, 0 to 1; 0 stands for 0.995.
type Fair struct {
	Share float64 `json:"share,omitempty"`
}

// Question is what a plan is made of. Fit[i][j] is how well expert j suits bid
// i, any finite numbers; an empty Fit is zero throughout.
//
// Standing are pairs that stand and may be moved where nothing else helps: a
// plan keeps as many as it can, and says what it moved. With PerUnit a bid gets
// at most so many experts of one unit; 0 is no bound, and an expert without a unit is
// his own.
type Question struct {
	Bids     []Bid       `json:"bids"`
	Experts  []Expert    `json:"experts"`
	Fit      [][]float64 `json:"fit"`
	Barred   []Barred    `json:"barred,omitempty"`
	Pins     []Pin       `json:"pins,omitempty"`
	Apart    []Apart     `json:"apart,omitempty"`
	PerUnit  int         `json:"per_unit,omitempty"`
	Rules    []Rule      `json:"rules,omitempty"`
	Waivers  []Waiver    `json:"waivers,omitempty"`
	Standing []Pin       `json:"standing,omitempty"`
	Fair     *Fair       `json:"fair,omitempty"`
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

// Unmet is a rule that does not hold of a bid: fewer of its experts than Least,
// or, by pins alone, more than Most.
type Unmet struct {
	Bid   string `json:"bid"`
	Rule  string `json:"rule"`
	Have  int    `json:"have"`
	Least int    `json:"least,omitempty"`
	Most  int    `json:"most,omitempty"`
}

// Change is what a plan does to the pairs that stood: those it keeps, those it
// takes away, and those it adds, by bid and expert.
type Change struct {
	Kept    []Pair `json:"kept"`
	Removed []Pair `json:"removed"`
	Added   []Pair `json:"added"`
}

// Fairness says how far a fair plan lifts the bids served worst. A bid's service
// is its fit in all by the seats it wants. Worst is the least service, Bound
// no plan's worst can exceed, Optimum the largest total without fairness. Levels
// counts the bids whose service is as high as it can be with those below them
// held; Proved says that all of this is exact.
type Fairness struct {
	Worst   float64 `json:"worst"`
	Bid     string  `json:"bid"`
	Bound   float64 `json:"bound"`
	Optimum float64 `json:"optimum"`
	Levels  int     `json:"levels"`
	Proved  bool    `json:"proved"`
}

// Plan is the answer: pairs by bid and expert.
type Plan struct {
	Version  string    `json:"version"`
	Feasible bool      `json:"feasible"` // every seat filled, every Min reached, every rule kept
	Pairs    []Pair    `json:"pairs"`
	Short    []Short   `json:"short"`
	Unmet    []Unmet   `json:"unmet"`
	Loads    []Load    `json:"loads"`
	Seats    int       `json:"seats"`  // wanted in all
	Filled   int       `json:"filled"` // given in all
	Total    float64   `json:"total"`  // sum of Fit
	Worst    float64   `json:"worst"`  // least Fit of a pair, 0 without pairs
	Proved   bool      `json:"proved"` // no plan is better
	Bound    float64   `json:"bound"`  // no plan that is as good in all aims before fit has a larger total
	Change   *Change   `json:"change,omitempty"`
	Fair     *Fairness `json:"fairness,omitempty"`
}

// Progress is how far a search has come: how many cases it has looked at, the
// total of the best plan so far, and what a better one could have at most. Best and Bound are
// meaningless while Found is false.
type Progress struct {
	Stage string
	Cases int
	Found bool
	Best  float64
	Bound float64
}

// Options limit and watch a search. The zero value is fine.
type Options struct {
	// Effort bounds the search where rules or fairness make one necessary, in
	// units of some five nanoseconds on one core; 0 stands for 1e9, of which fairness takes a sixth. It counts looks at
	// pairs and not time, so that the answer stays a function of the question.
	Effort int
	// Progress, if not nil, is called now and then from the same goroutine.
	Progress func(Progress)
}

// Experts is Solve without limits of time and nobody watching.
func Experts(q Question) (Plan, error) { return Solve(context.Background(), q, Options{}) }

// Solve makes the best plan, in this order: as many seats filled as can be;
// the lacking ones spread, no bid losing a second seat while another could lose
// its first instead; as few experts lacking to the Least of rules as can be; every
// expert at his Min as far as can be; as many standing pairs kept as can be; the
// largest sum of Fit. No barred pair, no load exceeded, never two who are to be
// apart nor more than Most of a rule; lacking seats are part of the
// answer. Its errors are faults of the question, or the context's.
//
// Without rules that bind it is one cheapest flow whose costs stack those aims
// (see package flow), exact for decimals of up to nine places and to 1e-9 of the
// range of Fit for others. Rules are then brought in by branch and bound over that
// flow: rules that a flow breaks get a price (Lagrangean relaxation, moved one rule
// at a time), and where no prices settle it a pair is decided both ways. A plan is
// Proved when nothing better is left; if the effort ends first, it is the best
// one found, and Bound says how much better another could be.
//
// Equal plans are told apart by identifiers, so that neither the order of bids
// nor that of experts shows.
func Solve(ctx context.Context, q Question, o Options) (Plan, error) {
	m, err := read(q)
	if err != nil {
		return Plan{}, err
	}
	return m.solve(ctx, o)
}

func (m *model) solve(ctx context.Context, o Options) (Plan, error) {
	s := newTree(m, o)
	if err := s.search(ctx); err != nil {
		return Plan{}, err
	}
	if m.q.Fair != nil {
		return m.lift(ctx, o, s)
	}
	return m.plan(s), nil
}

// plan writes down the best that a search has found.
func (m *model) plan(s *tree) Plan {
	p := Plan{Version: Version, Pairs: []Pair{}, Short: []Short{}, Unmet: []Unmet{}, Loads: []Load{},
		Proved: s.proved()}
	load := make([]int, m.m)
	for i, b := range m.bids {
		for _, j := range s.best[i] {
			pair := Pair{b.ID, m.experts[j].ID, m.fit(i, j), m.pinned[pairOf(i, j)]}
			p.Pairs = append(p.Pairs, pair)
			p.Total += pair.Fit
			load[j]++
		}
		p.Seats += b.Want
		p.Filled += len(s.best[i])
		p.Unmet = append(p.Unmet, m.unmet(i, s.best[i])...)
	}
	if p.Filled < p.Seats {
		users := usersOf(s.best, m.m)
		for i, b := range m.bids {
			if len(s.best[i]) < b.Want {
				p.Short = append(p.Short, m.short(s.best, users, i))
			}
		}
	}
	under := false
	for j, e := range m.experts {
		p.Loads = append(p.Loads, Load{e.ID, load[j], load[j] < e.Min})
		under = under || load[j] < e.Min
	}
	if len(p.Pairs) > 0 {
		p.Worst = slices.MinFunc(p.Pairs, func(a, b Pair) int { return cmp.Compare(a.Fit, b.Fit) }).Fit
	}
	p.Feasible = p.Filled == p.Seats && !under && len(p.Unmet) == 0
	p.Bound = p.Total
	if !p.Proved {
		p.Bound = m.above(p.Total, s.cost, s.low)
	}
	if len(m.q.Standing) > 0 {
		p.Change = m.change(p.Pairs)
	}
	return p
}

func (m *model) change(pairs []Pair) *Change {
	c := &Change{Kept: []Pair{}, Removed: []Pair{}, Added: []Pair{}}
	have := map[Pin]bool{}
	for _, p := range pairs {
		have[Pin{p.Bid, p.Expert}] = true
		i, j := m.bidAt[p.Bid], m.expertAt[p.Expert]
		if m.standing[pairOf(i, j)] || p.Pinned {
			c.Kept = append(c.Kept, p)
		} else {
			c.Added = append(c.Added, p)
		}
	}
	for at := range m.standing {
		i, j := at.split()
		if b, e := m.bids[i].ID, m.experts[j].ID; !have[Pin{b, e}] {
			c.Removed = append(c.Removed, Pair{Bid: b, Expert: e, Fit: m.fit(i, j)})
		}
	}
	slices.SortFunc(c.Removed, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Bid, b.Bid), cmp.Compare(a.Expert, b.Expert))
	})
	return c
}
