package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jiebang/matching/assign"
)

const assignUsage = `usage: jiebang assign [flags] FILE|-

Gives bids to experts: the largest total fit for the wanted number of experts a bid,
within loads, conflicts, pins and rules — exactly — and answers each question of the
file with one JSON object on a line. Nothing is stored and no server is needed.

FILE holds one question, one a line, a list, or an object whose "cases" is a list.
Rows are bids, columns are reviewers (experts), both counted from 0. A question has

  id                      what the answer is called
  kind                    "assignment" (the default), "assignment_by_formula",
                          "probability_limited_lp", "incremental_assignment",
                          "per_reviewer_assignment", "score_aggregation", "validation"
  objective               "max" (the default: matrix holds scores) or "min" (costs)
  n_bids, n_reviewers     sizes; without them those of the matrix
  matrix                  the scores or costs
  constraint              of each pair: -1 forbidden, 0 free, 1 pinned
  demand                  experts wanted by each bid        (or demand_each)
  min_load, max_load      bids for each expert              (or min_load_each, max_load_each)
  allow_zero              false: pairs that score 0 or less (or cost 0) must not be used
  avoid_pairs             sets of experts who never sit on one bid
  attribute_constraints   rules {name, comparator "<=" ">=" "==", bound, members, bids}: how
                          many of some experts each bid may have; without bids, all bids
  units, per_unit         the unit of each expert, and how many of one a bid may have
  fair                    0 to 1: lift the worst-served bids first, keeping this share of the
                          largest total; 0 or nothing is not to
  prob_limit              of each pair the largest probability (kind probability_limited_lp)
  score, forbidden        formulas in b and r over + - * mod == ; forbidden may be a list of pairs
  mode                    "add" count to what stands, "ensure" count in all, "adjust" to count, keeping
                          what can be kept (remove_cost below 0: nothing), "per_reviewer" count each
  existing, removed       pairs that stand; pairs that were given back
  preferences             [bid, reviewer, score]
  balance                 "all" or "new": which loads are to be even
  bid_ids, reviewer_ids   names, by which equal plans are told apart; without them by content

and may say source, notes and expected, which change nothing. A field that is not known is a
fault. An object {bids, reviewers, need, cap, file} is an instance: file, beside FILE, holds
little-endian int16 scores by row, -1 being a conflict.

The answer says feasible (every seat filled, every minimum reached, every rule kept), total, the
assignment as rows of 0 and 1, seats and filled, proved and bound, loads; where it is not feasible, the
best there is, diagnosis — which bids and experts clash, in Chinese and English — and relaxations,
each solved again, the cheapest first. Of a change: kept, moved and added pairs; of a fair plan:
fairness; of limited odds: total is the expected one, probabilities the odds, and assignment one
drawn by the seed.

Exit codes: 0 all answered, 1 stopped or not written, 2 called wrongly or a question has a fault;
the others are answered all the same.

`

type assignOptions struct {
	file       string
	fair       float64
	why        bool
	pairs      bool
	alternates int
	limit      float64
	seed       string
	effort     int
	timeout    time.Duration
	quiet      bool
}

// assignCommand is "jiebang assign": it solves assignments out of files, without a database.
func assignCommand(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	o, err := assignFlags(args, errOut)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	if o.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.timeout)
		defer cancel()
	}
	name, dir := o.file, filepath.Dir(o.file)
	if name == "-" {
		name, dir = "standard input", "."
	} else {
		f, err := os.Open(o.file)
		if err != nil {
			fmt.Fprintf(errOut, "jiebang assign: %v\n", err)
			return 2
		}
		defer f.Close()
		in = f
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	code := 0
	err = readQuestions(filepath.ToSlash(name), in, func(line int, raw json.RawMessage) error {
		a, err := readQuestion(raw, dir)
		answer := assignAnswer{ID: a.id}
		if err == nil {
			answer, err = o.answer(ctx, a, errOut)
		}
		if ctx.Err() != nil {
			return fmt.Errorf("stopped at %s:%d: %w", name, line, ctx.Err())
		}
		if err != nil {
			code = 2
			answer.Error = err.Error()
			for _, l := range strings.Split(err.Error(), "\n") {
				fmt.Fprintf(errOut, "%s:%d: %s: %s\n", filepath.ToSlash(name), line, a.id, l)
			}
			return enc.Encode(map[string]any{"id": a.id, "error": answer.Error})
		}
		if err := enc.Encode(answer); err != nil {
			return errWrite{err}
		}
		return nil
	})
	var write errWrite
	switch {
	case errors.As(err, &write), ctx.Err() != nil:
		fmt.Fprintln(errOut, "jiebang assign:", err)
		return 1
	case err != nil:
		fmt.Fprintln(errOut, err)
		return 2
	}
	return code
}

// errWrite says that the answer could not be written.
type errWrite struct{ error }

func assignFlags(args []string, errOut io.Writer) (assignOptions, error) {
	var o assignOptions
	f := flag.NewFlagSet("assign", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.Usage = func() { fmt.Fprint(errOut, assignUsage); f.PrintDefaults() }
	f.Float64Var(&o.fair, "fair", 0, "make every plan fair, keeping this share of the largest total (0.995 is usual)")
	f.BoolVar(&o.why, "why", false, "say of every pair why it is there, and who else might have been")
	f.BoolVar(&o.pairs, "pairs", false, "print pairs [bid, reviewer] instead of rows of 0 and 1")
	f.IntVar(&o.alternates, "alternates", 0, "list so many experts a bid who are not on it, by falling score")
	f.Float64Var(&o.limit, "limit", 0, "draw by lot: no pair more likely than this")
	f.StringVar(&o.seed, "seed", "0", "seed of the lot; the same seed draws the same")
	f.IntVar(&o.effort, "effort", 0, "bound of the search for rules and fairness; 0 is the usual 1e9, some seconds at most")
	f.DurationVar(&o.timeout, "timeout", 0, "stop after so long")
	f.BoolVar(&o.quiet, "quiet", false, "no lines of progress")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	var err error
	switch {
	case f.NArg() != 1:
		err = errors.New("want one FILE, or - for standard input")
	case o.fair < 0 || o.fair > 1 || o.limit < 0 || o.limit > 1:
		err = errors.New("--fair and --limit are within 0 and 1")
	case o.alternates < 0 || o.effort < 0 || o.timeout < 0:
		err = errors.New("a number is negative")
	}
	if err != nil {
		fmt.Fprintln(errOut, "jiebang assign:", err)
		return o, err
	}
	o.file = f.Arg(0)
	return o, nil
}

// assignAnswer is the answer to one question, a line of output.
type assignAnswer struct {
	ID          string              `json:"id"`
	Feasible    bool                `json:"feasible"`
	Total       any                 `json:"total"`
	Assignment  any                 `json:"assignment"`
	Diagnosis   []assign.Clash      `json:"diagnosis"`
	Relaxations []assign.Relaxation `json:"relaxations"`
	Seats       int                 `json:"seats"`
	Filled      float64             `json:"filled"`
	Proved      bool                `json:"proved"`
	Bound       float64             `json:"bound"`
	Loads       []int               `json:"loads"`

	Unmet         []assign.Unmet      `json:"unmet,omitempty"`
	Kept          [][2]int            `json:"kept,omitempty"`
	Moved         [][2]int            `json:"moved,omitempty"`
	Added         [][2]int            `json:"added,omitempty"`
	Fairness      *assign.Fairness    `json:"fairness,omitempty"`
	Probabilities [][]float64         `json:"probabilities,omitempty"`
	DrawnTotal    *float64            `json:"drawn_total,omitempty"`
	Seed          string              `json:"seed,omitempty"`
	Fraction      *float64            `json:"fraction_of_unrestricted,omitempty"`
	Alternates    map[string][]string `json:"alternates,omitempty"`
	Why           []assign.Reason     `json:"why,omitempty"`
	Aggregate     [][]float64         `json:"aggregate,omitempty"`
	Rows          []string            `json:"rows,omitempty"`
	Engine        string              `json:"engine"`
	Error         string              `json:"error,omitempty"`
}

func (o assignOptions) answer(ctx context.Context, a assignQuestion, errOut io.Writer) (assignAnswer, error) {
	switch a.c.Kind {
	case kindScores:
		return a.aggregate()
	case kindValidate:
		return a.validate(), nil
	}
	if len(a.c.BidNames)+len(a.c.ExpertNames) == 0 {
		a.q = assign.Anonymous(a.q)
	}
	if o.fair > 0 {
		a.q.Fair = &assign.Fair{Share: o.fair}
	}
	if a.c.Kind == kindLimited || o.limit > 0 {
		return o.lot(ctx, a)
	}
	options := assign.Options{Effort: o.effort}
	if !o.quiet {
		options.Progress = progressLine(a.id, errOut)
	}
	p, q, err := a.solve(ctx, options)
	if err != nil {
		return assignAnswer{ID: a.id}, err
	}
	out := a.write(p, o.pairs)
	d, err := assign.Diagnose(ctx, q, p, options)
	if err != nil {
		return out, err
	}
	if !out.Feasible {
		out.Diagnosis, out.Relaxations = d.Clashes, d.Relaxations
		for k := range out.Relaxations {
			out.Relaxations[k].Total *= a.sign
		}
	}
	if o.alternates > 0 {
		if out.Alternates, err = assign.Alternates(q, p, o.alternates); err != nil {
			return out, err
		}
	}
	if o.why {
		out.Why, err = assign.Explain(q, p, nil)
	}
	return out, err
}

// progressLine prints where a long search is, once a second at most.
func progressLine(id string, w io.Writer) func(assign.Progress) {
	begin := time.Now()
	last := begin
	return func(p assign.Progress) {
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			best := "no plan yet"
			if p.Found {
				best = fmt.Sprintf("best total %.6g of at most %.6g", p.Best, p.Bound)
			}
			fmt.Fprintf(w, "%s: %s, %d cases in %.0f s, %s\n", id, p.Stage, p.Cases, now.Sub(begin).Seconds(), best)
		}
	}
}

// solve solves a question; where loads are only to be even, it lets them be as uneven as it takes to fill
// the seats. It returns the question that was answered in the end.
func (a assignQuestion) solve(ctx context.Context, o assign.Options) (assign.Plan, assign.Question, error) {
	q := a.q
	for {
		p, err := assign.Solve(ctx, q, o)
		if err != nil {
			return p, q, err
		}
		even := a.c.Kind == kindChange && a.c.Mode != "per_reviewer"
		full := slices.ContainsFunc(p.Short, func(s assign.Short) bool { return len(s.Full) > 0 })
		if !even || !full || slices.IndexFunc(q.Experts, func(e assign.Expert) bool { return e.Max < len(q.Bids) }) < 0 {
			return p, q, nil
		}
		q.Experts = slices.Clone(q.Experts)
		for j := range q.Experts {
			q.Experts[j].Max++
		}
	}
}

func (a assignQuestion) write(p assign.Plan, pairs bool) assignAnswer {
	out := assignAnswer{ID: a.id, Feasible: p.Feasible, Total: a.sign * p.Total, Seats: p.Seats, Filled: float64(p.Filled), Proved: p.Proved,
		Bound: a.sign * p.Bound, Unmet: p.Unmet, Fairness: p.Fair, Engine: p.Version, Diagnosis: []assign.Clash{}, Relaxations: []assign.Relaxation{}}
	under := slices.ContainsFunc(p.Loads, func(l assign.Load) bool { return l.Under })
	switch {
	case a.c.Kind == kindPerHead || a.c.Mode == "per_reviewer" || a.c.Mode == "per_user" || a.c.Mode == "per_pc":
		out.Feasible = !under && len(p.Unmet) == 0 // the seats are only how many there may be
	case a.c.Kind == kindChange:
		out.Feasible = p.Filled == p.Seats && len(p.Unmet) == 0 // even loads are a wish
	}
	out.Assignment, out.Loads = a.rows(p.Pairs, pairs)
	if p.Change != nil {
		out.Kept, out.Moved, out.Added = a.places(p.Change.Kept), a.places(p.Change.Removed), a.places(p.Change.Added)
	}
	return out
}

// places are the bids and experts of pairs as they stand in the question.
func (a assignQuestion) places(pairs []assign.Pair) [][2]int {
	bids, experts := a.index()
	out := [][2]int{}
	for _, p := range pairs {
		out = append(out, [2]int{bids[p.Bid], experts[p.Expert]})
	}
	slices.SortFunc(out, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return out
}

func (a assignQuestion) index() (bids, experts map[string]int) {
	bids, experts = map[string]int{}, map[string]int{}
	for i, b := range a.q.Bids {
		bids[b.ID] = i
	}
	for j, e := range a.q.Experts {
		experts[e.ID] = j
	}
	return bids, experts
}

func (a assignQuestion) rows(pairs []assign.Pair, asPairs bool) (any, []int) {
	list := a.places(pairs)
	loads := make([]int, len(a.q.Experts))
	rows := make([][]int, len(a.q.Bids))
	for i := range rows {
		rows[i] = make([]int, len(a.q.Experts))
	}
	for _, p := range list {
		rows[p[0]][p[1]] = 1
		loads[p[1]]++
	}
	if asPairs {
		return list, loads
	}
	return rows, loads
}

// lot answers a question of limited odds, with one assignment drawn by the seed.
func (o assignOptions) lot(ctx context.Context, a assignQuestion) (assignAnswer, error) {
	most := o.limit
	if a.c.Kind == kindLimited && o.limit == 0 {
		most = 1
	}
	odds, err := assign.Limited(ctx, a.q, most, a.limits)
	if err != nil {
		return assignAnswer{ID: a.id}, err
	}
	out := assignAnswer{ID: a.id, Feasible: odds.Feasible, Total: a.sign * odds.Total, Seats: odds.Seats, Filled: odds.Filled, Proved: true,
		Bound: a.sign * odds.Total, Engine: odds.Version, Diagnosis: odds.Clashes, Relaxations: odds.Relaxations}
	out.Probabilities = make([][]float64, len(a.q.Bids))
	for i := range out.Probabilities {
		out.Probabilities[i] = make([]float64, len(a.q.Experts))
	}
	bids, experts := a.index()
	for _, x := range odds.Pairs {
		out.Probabilities[bids[x.Bid]][experts[x.Expert]] = x.Probability
	}
	if !odds.Feasible {
		return out, nil
	}
	free, err := assign.Solve(ctx, a.q, assign.Options{})
	if err != nil {
		return out, err
	}
	if free.Total != 0 {
		share := odds.Total / free.Total
		out.Fraction = &share
	}
	drawn, err := odds.Sample(o.seed)
	if err != nil {
		return out, err
	}
	sum := 0.0
	for _, p := range drawn {
		sum += a.sign * p.Fit
	}
	out.DrawnTotal, out.Seed = &sum, o.seed
	out.Assignment, out.Loads = a.rows(drawn, o.pairs)
	return out, nil
}

// aggregate adds up scores of several sorts by weights; where one is missing, its default, or 0.
func (a assignQuestion) aggregate() (assignAnswer, error) {
	c := a.c
	out := assignAnswer{ID: a.id, Feasible: true, Proved: true, Engine: assign.Version, Diagnosis: []assign.Clash{}, Relaxations: []assign.Relaxation{}}
	var sorts []string
	for name := range c.ScoreTypes {
		sorts = append(sorts, name)
	}
	slices.Sort(sorts)
	if len(sorts) == 0 {
		return out, errors.New("score_types: is missing")
	}
	for i := range c.Bids {
		row := make([]float64, c.Experts)
		for _, name := range sorts {
			table := c.ScoreTypes[name]
			weight, ok := c.Weights[name]
			if !ok {
				weight = 1
			}
			if len(table) != c.Bids || len(table[i]) != c.Experts {
				return out, fmt.Errorf("score_types.%s: is no table of %d rows and %d columns", name, c.Bids, c.Experts)
			}
			for j, v := range table[i] {
				score := c.Defaults[name]
				if v != nil {
					score = *v
				}
				row[j] += weight * score
			}
		}
		for j := range row { // tenths are not binary
			row[j] = math.Round(row[j]*1e12) / 1e12
		}
		out.Aggregate = append(out.Aggregate, row)
	}
	return out, nil
}

// validate says of each row of loads whether it can be had at all.
func (a assignQuestion) validate() assignAnswer {
	out := assignAnswer{ID: a.id, Feasible: true, Proved: true, Engine: assign.Version, Diagnosis: []assign.Clash{}, Relaxations: []assign.Relaxation{}}
	for _, r := range a.c.Rows {
		out.Rows = append(out.Rows, r.check())
	}
	return out
}

func (r assignRow) check() string {
	sum := func(list []int) (n int) {
		for _, x := range list {
			n += x
		}
		return n
	}
	demand, least, most := sum(r.Want), sum(r.Min), sum(r.Max)
	switch {
	case len(r.Want) == 0:
		return "error: no bids; give the demand of one at least"
	case len(r.Max) == 0:
		return "error: no reviewers; give the loads of one at least"
	case len(r.Min) != len(r.Max):
		return fmt.Sprintf("error: %d minimum and %d maximum loads; give both of every reviewer", len(r.Min), len(r.Max))
	case demand > most:
		return fmt.Sprintf("error: demand %d > supply %d; raise maximum loads by %d in all, or ask for fewer experts", demand, most, demand-most)
	case demand < least:
		return fmt.Sprintf("error: demand %d < minimum supply %d; lower minimum loads by %d in all, or ask for more experts", demand, least, least-demand)
	}
	return "ok"
}
