package consensus

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"jiebang/matching/agreement"
	"jiebang/matching/explain"
)

// Check says everything that is wrong with a panel, or nil.
func Check(p Panel) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(p.Criteria) == 0 {
		fault("criteria: there is none; give at least one with a weight")
	}
	sum, named := 0.0, map[string]bool{}
	for i, c := range p.Criteria {
		if named[c.Code] {
			fault("criteria[%d]: %q stands twice", i, c.Code)
		}
		named[c.Code] = true
		if !(c.Weight >= 0) || math.IsInf(c.Weight, 0) {
			fault("criteria[%d].weight: %v is no share; give a number of 0 or more", i, c.Weight)
		}
		sum += c.Weight
	}
	if len(p.Criteria) > 0 && !(sum > 0) {
		fault("criteria: all weights are 0; give at least one of them some")
	}
	seen := map[[2]string]bool{}
	for i, s := range p.Sheets {
		if s.Bid == "" || s.Expert == "" {
			fault("sheets[%d]: bid %q and expert %q must both be named", i, s.Bid, s.Expert)
		}
		if seen[[2]string{s.Bid, s.Expert}] {
			fault("sheets[%d]: expert %q scored bid %q twice; keep one of the sheets", i, s.Expert, s.Bid)
		}
		seen[[2]string{s.Bid, s.Expert}] = true
		if len(s.Scores) != len(p.Criteria) {
			fault("sheets[%d]: %d scores for %d criteria", i, len(s.Scores), len(p.Criteria))
		}
		for _, v := range s.Scores {
			if math.IsNaN(v) || math.Abs(v) > 1e9 {
				fault("sheets[%d]: the score %v of expert %q for bid %q is no number within ±1e9", i, v, s.Expert, s.Bid)
			}
		}
		if s.Order < 0 {
			fault("sheets[%d].order: %d; count from 1, or leave it out", i, s.Order)
		}
	}
	return errors.Join(faults...)
}

// design is a panel with names turned into numbers, sorted so that the order
// in which it came cannot show.
type design struct {
	bids, experts []string
	criteria      []Criterion // weights sum to 1
	cells         []cell      // by bid, then expert
	from          []int       // cells of bid i are from[i] to from[i+1]
	total         []float64   // of each cell
	scores        [][]float64 // by criterion, of each cell
	order         []int       // of each cell
}

// cell is where an expert and a bid meet.
type cell struct{ bid, expert int }

func newDesign(p Panel) *design {
	d := &design{criteria: slices.Clone(p.Criteria)}
	weights := 0.0
	slices.SortFunc(d.criteria, func(a, b Criterion) int { return strings.Compare(a.Code, b.Code) })
	for _, c := range d.criteria {
		weights += c.Weight
	}
	for i := range d.criteria {
		d.criteria[i].Weight /= weights
	}
	column := make([]int, len(d.criteria)) // of the sorted criteria in the sheets
	for i, c := range d.criteria {
		column[i] = slices.IndexFunc(p.Criteria, func(x Criterion) bool { return x.Code == c.Code })
	}
	sheets := slices.Clone(p.Sheets)
	slices.SortFunc(sheets, func(a, b Sheet) int {
		return cmp.Or(strings.Compare(a.Bid, b.Bid), strings.Compare(a.Expert, b.Expert))
	})
	for _, s := range sheets {
		d.experts = append(d.experts, s.Expert)
	}
	slices.Sort(d.experts)
	d.experts = slices.Compact(d.experts)
	d.scores = make([][]float64, len(d.criteria))
	for k, s := range sheets {
		if len(d.bids) == 0 || d.bids[len(d.bids)-1] != s.Bid {
			d.bids, d.from = append(d.bids, s.Bid), append(d.from, k)
		}
		j, _ := slices.BinarySearch(d.experts, s.Expert)
		d.cells = append(d.cells, cell{len(d.bids) - 1, j})
		d.order = append(d.order, s.Order)
		total := 0.0
		for c := range d.criteria {
			v := s.Scores[column[c]]
			d.scores[c] = append(d.scores[c], v)
			total += d.criteria[c].Weight * v
		}
		d.total = append(d.total, total)
	}
	d.from = append(d.from, len(d.cells))
	return d
}

// of is the part of a vector over cells that belongs to the bid i.
func (d *design) of(i int, v []float64) []float64 { return v[d.from[i]:d.from[i+1]] }

// groups are the connected parts of the design: bids linked by experts who
// scored them. Between two groups only the guess that their experts are equally
// harsh on average compares anything.
func (d *design) groups() [][]string {
	parent := make([]int, len(d.bids)+len(d.experts))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, c := range d.cells {
		a, b := root(c.bid), root(len(d.bids)+c.expert)
		parent[max(a, b)] = min(a, b) // the root is the first bid
	}
	at, out := map[int]int{}, [][]string{}
	for i, id := range d.bids {
		r := root(i)
		k, ok := at[r]
		if !ok {
			k = len(out)
			at[r], out = k, append(out, nil)
		}
		out[k] = append(out[k], id)
	}
	return out
}

// simple fills in what needs no model.
func (d *design) simple() []Bid {
	out := make([]Bid, len(d.bids))
	byExpert := make([][]int, len(d.experts))
	for k, c := range d.cells {
		byExpert[c.expert] = append(byExpert[c.expert], k)
	}
	z := make([]float64, len(d.cells))
	for _, cells := range byExpert {
		own := make([]float64, len(cells))
		for i, k := range cells {
			own[i] = d.total[k]
		}
		for i, v := range Standardised(own) {
			z[cells[i]] = v
		}
	}
	for i := range out {
		scores := d.of(i, d.total)
		out[i].Sheets = len(scores)
		out[i].Mean = Mean(scores)
		out[i].Trimmed, _ = Trimmed(scores)
		out[i].Z = Mean(d.of(i, z))
	}
	return out
}

// criterionValues are the values by criterion, where there are several. The
// correction is linear in the scores and the same for every criterion, so that
// values weighted by criterion add up to that of the total.
func (d *design) criterionValues(f *fit) [][]Value {
	out := make([][]Value, len(d.bids))
	if len(d.criteria) < 2 {
		return out
	}
	for c, k := range d.criteria {
		values := f.bids(d.scores[c], f.experts(d.scores[c]))
		for i, v := range values {
			out[i] = append(out[i], Value{k.Code, Mean(d.of(i, d.scores[c])), v})
		}
	}
	return out
}

// explained tells how the value of bid i comes from its mean.
func (f *fit) explained(i int, mean float64, offsets []float64) explain.Sum {
	d := f.design
	scores, share := d.of(i, d.total), d.of(i, f.share)
	weighted := 0.0
	for k, y := range scores {
		weighted += share[k] * y
	}
	parts := []explain.Sum{explain.Leaf("mean", mean, nil)}
	if f.weighted() {
		parts = append(parts, explain.Leaf("weights", weighted-mean, nil))
	}
	if f.ratio > 0 {
		for k := range scores {
			j := d.cells[d.from[i]+k].expert
			parts = append(parts, explain.Leaf("severity", -share[k]*offsets[j], map[string]any{"id": d.experts[j]}))
		}
	}
	return explain.Of("calibrated", nil, parts...)
}

// table is the full table of bids by experts, or nil where a sheet is missing.
func (d *design) table(v []float64) [][]float64 {
	if len(d.cells) != len(d.bids)*len(d.experts) {
		return nil
	}
	var out [][]float64
	for i := range d.bids {
		out = append(out, d.of(i, v))
	}
	return out
}

// Coefficients are how alike the experts judge, each as far as it is known.
type Coefficients struct {
	Criterion string   `json:"criterion,omitempty"` // empty for the total
	Alpha     Alphas   `json:"alpha"`               // Krippendorff
	ICC1      *float64 `json:"icc1"`                // of one expert, whoever judges
	ICC21     *float64 `json:"icc21"`               // of one expert of a panel that judges all: complete panels only, as below
	ICC2k     *float64 `json:"icc2k"`               // of the mean of such a panel
	W         *float64 `json:"w"`                   // Kendall, tied ranks corrected
}

// Alphas are Krippendorff's coefficient at the four levels of measurement.
type Alphas struct {
	Nominal  *float64 `json:"nominal"`
	Ordinal  *float64 `json:"ordinal"`
	Interval *float64 `json:"interval"`
	Ratio    *float64 `json:"ratio"` // null where there are scores below 0
}

// Agreement is that of the totals and of every criterion where there are several.
type Agreement struct {
	Total     Coefficients   `json:"total"`
	Corrected *float64       `json:"alpha_corrected"` // Krippendorff's, interval, of the totals once severity is taken out as far as it is
	Criteria  []Coefficients `json:"criteria,omitempty"`
}

func (d *design) agreement(offsets []float64) Agreement {
	corrected := make([]float64, len(d.total))
	for k, c := range d.cells {
		corrected[k] = d.total[k] - offsets[c.expert]
	}
	units := make([][]float64, len(d.bids))
	for i := range units {
		units[i] = d.of(i, corrected)
	}
	a := Agreement{Total: d.coefficients("", d.total), Corrected: known(agreement.AlphaOf(units, agreement.Interval))}
	if len(d.criteria) > 1 {
		for c, k := range d.criteria {
			a.Criteria = append(a.Criteria, d.coefficients(k.Code, d.scores[c]))
		}
	}
	return a
}

func (d *design) coefficients(name string, v []float64) Coefficients {
	units := make([][]float64, len(d.bids))
	for i := range units {
		units[i] = d.of(i, v)
	}
	alpha := func(l agreement.Level) *float64 { return known(agreement.AlphaOf(units, l)) }
	c := Coefficients{Criterion: name, Alpha: Alphas{Nominal: alpha(agreement.Nominal), Ordinal: alpha(agreement.Ordinal), Interval: alpha(agreement.Interval)}}
	if len(v) > 0 && slices.Min(v) >= 0 {
		c.Alpha.Ratio = alpha(agreement.Ratio)
	}
	c.ICC1 = known(agreement.ICC1(units))
	if full := d.table(v); full != nil {
		if icc, ok := agreement.ICC(full); ok {
			c.ICC21, c.ICC2k = &icc.ICC21, &icc.ICC2k
		}
		if w, ok := agreement.KendallW(transposed(full)); ok {
			c.W = &w.W
		}
	}
	return c
}

func known(v float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &v
}

func transposed(rows [][]float64) [][]float64 {
	var out [][]float64
	for j := range rows[0] {
		column := make([]float64, len(rows))
		for i := range rows {
			column[i] = rows[i][j]
		}
		out = append(out, column)
	}
	return out
}
