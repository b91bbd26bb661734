package assign

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Step changes one thing in a question. Kind is load (an expert's Max), minimum (his Min), bar
// (lifted), seat (a bid's Want), rule (set aside on a bid), or, of odds, limit (in hundredths).
type Step struct {
	Kind   string `json:"kind"`
	Bid    string `json:"bid,omitempty"`
	Expert string `json:"expert,omitempty"`
	Rule   string `json:"rule,omitempty"`
	Reason string `json:"reason,omitempty"` // of a bar
	From   int    `json:"from"`
	To     int    `json:"to"`
	Zh     string `json:"zh"`
	En     string `json:"en"`
}

// Relaxation is a set of steps after which everything can be had, with what it then comes to.
// Cost is 1 for a unit of load or of a minimum, 2 for a bar or a rule on a bid, 3 for a seat.
type Relaxation struct {
	Cost  int     `json:"cost"`
	Total float64 `json:"total"`
	Steps []Step  `json:"steps"`
	Zh    string  `json:"zh"`
	En    string  `json:"en"`
}

// Apply is the question after the steps.
func (r Relaxation) Apply(q Question) Question {
	q.Bids, q.Experts = slices.Clone(q.Bids), slices.Clone(q.Experts)
	q.Barred, q.Waivers = slices.Clone(q.Barred), slices.Clone(q.Waivers)
	for _, s := range r.Steps {
		switch s.Kind {
		case "load", "minimum":
			for j := range q.Experts {
				if e := &q.Experts[j]; e.ID == s.Expert && s.Kind == "load" {
					e.Max = s.To
				} else if e.ID == s.Expert {
					e.Min = s.To
				}
			}
		case "bar":
			q.Barred = slices.DeleteFunc(q.Barred, func(b Barred) bool { return b.Bid == s.Bid && b.Expert == s.Expert })
		case "seat":
			for i := range q.Bids {
				if q.Bids[i].ID == s.Bid {
					q.Bids[i].Want = s.To
				}
			}
		case "rule":
			q.Waivers = append(q.Waivers, Waiver{s.Bid, s.Rule})
		}
	}
	return q
}

// relaxations proposes ways out, each of one sort of step and the cheapest of its sort, and mixed
// ones where no sort is enough alone; every one is solved again.
func relaxations(ctx context.Context, q Question, p Plan, clashes []Clash, o Options) ([]Relaxation, error) {
	out := []Relaxation{}
	try := func(steps []Step) (bool, error) {
		if len(steps) == 0 {
			return false, nil
		}
		sortSteps(steps)
		r := Relaxation{Steps: steps}
		again, err := Solve(ctx, r.Apply(q), o)
		if err != nil || !again.Feasible {
			return false, err
		}
		r.Total = again.Total
		r.finish()
		if !slices.ContainsFunc(out, func(x Relaxation) bool { return x.En == r.En }) {
			out = append(out, r)
		}
		return true, nil
	}
	enough := false
	for _, easy := range []easing{{loads: true}, {bars: true}, {loads: true, bars: true}} {
		if easy.loads && easy.bars && enough {
			break
		}
		steps, rest, err := eased(ctx, q, easy, o)
		if err != nil {
			return nil, err
		}
		if len(steps) == 0 {
			continue // the last one of all, below
		}
		ok, err := try(append(steps, rest...))
		if err != nil {
			return nil, err
		}
		enough = enough || ok && len(rest) == 0
	}
	var all []Step
	for _, c := range clashes {
		for _, rule := range c.Rules {
			var some []Step
			for _, b := range c.Bids {
				some = append(some, ruleStep(b, rule))
			}
			all = append(all, some...)
			if _, err := try(some); err != nil {
				return nil, err
			}
		}
	}
	if len(out) == 0 || !slices.ContainsFunc(out, func(r Relaxation) bool { return r.Steps[0].Kind == "rule" }) {
		if _, err := try(all); err != nil {
			return nil, err
		}
	}
	if _, err := try(asItIs(q, p)); err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b Relaxation) int { return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(b.Total, a.Total)) })
	return out, nil
}

func sortSteps(steps []Step) {
	ids := func(s Step) []string { return []string{s.Bid, s.Expert} }
	rank := []string{"load", "bar", "seat", "minimum", "rule"}
	slices.SortStableFunc(steps, func(a, b Step) int {
		if c := slices.Index(rank, a.Kind) - slices.Index(rank, b.Kind); c != 0 {
			return c
		}
		for k, x := range ids(a) {
			pair := []string{x, ids(b)[k]}
			if pair[0] == pair[1] {
				continue
			}
			if sortIDs(pair); pair[0] == x {
				return -1
			}
			return 1
		}
		return 0
	})
}

// eased solves the question with loads or bars eased at a price below every aim that can be
// missed, and reads off what it took, and what must be given up even so.
func eased(ctx context.Context, q Question, easy easing, o Options) (steps, rest []Step, err error) {
	m, err := readEasy(q, easy)
	if err != nil {
		return nil, nil, err
	}
	s := newTree(m, o)
	if err := s.search(ctx); err != nil {
		return nil, nil, err
	}
	users := usersOf(s.best, m.m)
	for j, e := range m.experts {
		if n := len(users[j]); n > e.Max {
			steps = append(steps, loadStep(e, n))
		}
	}
	for i := range s.best {
		for _, j := range s.best[i] {
			if m.lifted[pairOf(i, j)] {
				steps = append(steps, barStep(q, m.bids[i].ID, m.experts[j].ID))
			}
		}
	}
	return steps, asItIs(q, m.plan(s)), nil
}

// asItIs are the steps that make a plan at hand all that is asked.
func asItIs(q Question, p Plan) []Step {
	var steps []Step
	for _, s := range p.Short {
		steps = append(steps, seatStep(s.Bid, s.Seats+s.Given, s.Given))
	}
	for _, l := range p.Loads {
		if l.Under {
			j := slices.IndexFunc(q.Experts, func(e Expert) bool { return e.ID == l.Expert })
			steps = append(steps, minimumStep(q.Experts[j], l.Bids))
		}
	}
	for _, u := range p.Unmet {
		steps = append(steps, ruleStep(u.Bid, u.Rule))
	}
	return steps
}

func (s Step) cost() int {
	switch s.Kind {
	case "bar", "rule":
		return 2
	case "seat":
		return 3 * (s.From - s.To)
	}
	return int(math.Abs(float64(s.To - s.From)))
}

// finish adds up the cost and puts the steps into one sentence.
func (r *Relaxation) finish() {
	var zh, en []string
	for _, s := range r.Steps {
		r.Cost += s.cost()
		zh, en = append(zh, s.Zh), append(en, s.En)
	}
	const shown = 8
	if n := len(zh); n > shown {
		zh = append(zh[:shown], fmt.Sprintf("等共 %d 步", n))
		en = append(en[:shown], fmt.Sprintf("and %d more steps", n-shown))
	}
	r.Zh, r.En = strings.Join(zh, "；"), strings.Join(en, "; ")
}
