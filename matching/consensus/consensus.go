// Package consensus makes one value per bid of what several experts scored: it
// takes out how harsh each expert is, lets scores that are out of line weigh
// less, and says how firm every value and every place is.
//
// # The model
//
// A score of the expert j for the bid i is taken as
//
//	y = bid i + expert j + error
//
// The bid is fixed: nothing is assumed of how good bids are, so a panel whose
// fields differ in quality is not drawn together, and an expert's harshness is
// learnt only from bids that others scored too. The expert is random, normal
// with mean 0: harshness is shrunk by as much as the sheets leave it unsure.
// The ratio of the two variances is estimated by restricted maximum likelihood
// (Patterson and Thompson, Biometrika 58, 1971).
//
// # No loss where nothing is planted
//
// Either correction is made only where the scores speak for it: severities
// where the likelihood ratio test of their variance is beyond 5 % (2.706, since
// under the null half of the statistic's mass is at 0: Self and Liang, JASA 82,
// 1987), weights where scores out of line are more likely than not. Otherwise
// the calibrated value is the plain mean of the bid's scores, bit by bit but
// for rounding.
//
// # Weights
//
// An error is normal, or, with a small chance, of a normal four times as wide
// on top (Box and Tiao, Biometrika 55, 1968). A score is weighed by the chance
// that it is of the first kind, given all other scores, never by less than
// 0.1: no score is ever thrown out. On planted panels this was worth 0.005 of
// Kendall's tau over Huber's weights where one score in thirty is planted, and
// 0.001 where none is.
//
// # Firmness
//
// Standard errors, intervals and chances average over the ratio of variances
// with its posterior (half-Cauchy prior on the ratio of deviations, even odds
// that there is none), which is what keeps the coverage in small and grouped
// panels. They are those of a bid against the mean of all bids: how harsh
// the experts are as a whole cannot be known and moves no place.
//
// # What is promised
//
// The order of sheets does not show. Adding a constant to all scores adds it to
// all values; a factor scales them. Adding a constant to all scores of one bid
// adds it to its value and changes no other. In a complete block — every
// expert scored every bid — without scores out of line the order is that of
// the mean. Adding a constant to one expert's scores changes nothing in such a
// block; elsewhere it is taken out but for what shrinkage leaves, the less the
// larger it is. Not promised: that a higher single score never lowers its bid's
// place. It holds for the plain mean; here a score far above all others for the
// bid may count less than a lower one.
package consensus

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jiebang/matching/explain"
)

// Version names the formula; it is kept with every result as evidence.
const Version = "jiebang-consensus/1"

// Criterion is what is scored (评分项). Weight is its share of a sheet's total,
// relative to the weights of the others.
type Criterion struct {
	Code   string  `json:"code"`
	Weight float64 `json:"weight"`
}

// Sheet is what one expert scored for one bid, by criterion in the panel's
// order. Order says as which of the expert's sheets it was filled in, from 1;
// 0 is unknown.
type Sheet struct {
	Bid    string    `json:"bid"`
	Expert string    `json:"expert"`
	Scores []float64 `json:"scores"`
	Order  int       `json:"order,omitempty"`
}

// Panel is everything that those who judge together scored (评审组).
type Panel struct {
	Criteria []Criterion `json:"criteria"`
	Sheets   []Sheet     `json:"sheets"`
}

// Options are the few choices there are; the zero value is the default.
type Options struct {
	Seed  uint64 // of the draws for the chances of places
	Draws int    // 0 is 4,000: a chance is then known to about 0.008; NoPlaces leaves standings out
}

// NoPlaces as Options.Draws saves the work on chances: values and intervals only.
const NoPlaces = -1

// Bid is what is known of one bid.
type Bid struct {
	ID         string      `json:"bid"`
	Sheets     int         `json:"sheets"`
	Mean       float64     `json:"mean"`       // plain mean of the sheets' totals
	Trimmed    float64     `json:"trimmed"`    // without one highest and one lowest, from three sheets on
	Z          float64     `json:"z"`          // mean of the experts' own z-scores
	Calibrated float64     `json:"calibrated"` // on the scale of the scores
	Error      *Error      `json:"error,omitempty"`
	Place      int         `json:"place,omitempty"` // shared by equal values; 0 while the order is withheld
	Standing   *Standing   `json:"standing,omitempty"`
	Criteria   []Value     `json:"criteria,omitempty"` // where there are several
	Sum        explain.Sum `json:"sum"`                // how the value comes from the mean; adds up to Calibrated
}

// Error is how firm a value is, against the mean of all bids.
type Error struct {
	SE   float64 `json:"se"`   // standard error
	Low  float64 `json:"low"`  // 95 % interval
	High float64 `json:"high"` //
}

// Value is the same for a single criterion.
type Value struct {
	Criterion  string  `json:"criterion"`
	Mean       float64 `json:"mean"`
	Calibrated float64 `json:"calibrated"`
}

// Expert is what the panel tells of one expert. Offset is how many points he
// gives above (+) or below (−) the others for the same bids, as far as it is
// corrected; SE how firm that is.
type Expert struct {
	ID     string  `json:"expert"`
	Sheets int     `json:"sheets"`
	Offset float64 `json:"offset"`
	SE     float64 `json:"se"`
	Drift  *Drift  `json:"drift,omitempty"`
}

// Spread is what the panel's scores vary by. SDs are in points.
type Spread struct {
	Noise     float64 `json:"noise_sd"`    // of a single score, once bid and expert are known
	Severity  float64 `json:"severity_sd"` // between experts, as estimated
	Ratio     float64 `json:"ratio"`       // variance of experts / variance of noise, as used; 0 where no severity is corrected
	Test      float64 `json:"test"`        // likelihood ratio for severities; corrected beyond 2.706
	Severe    float64 `json:"p_severity"`  // posterior chance that experts differ in severity at all
	OutOfLine float64 `json:"p_outliers"`  // posterior chance that some scores are out of line
	Widening  float64 `json:"widening"`    // by how much the variance of a score grows one deviation from the middle
	Freedom   float64 `json:"freedom"`     // degrees of freedom of Noise
}

// Reason says why no strict order stands.
type Reason struct {
	Code string         `json:"code"`
	Args map[string]any `json:"args,omitempty"`
}

// The reasons why the strict order is withheld.
const (
	Disconnected  = "disconnected"   // groups of bids that share no expert: args groups
	LowAgreement  = "low_agreement"  // alpha, for intervals, of the scores as given is below least: args alpha, least, and corrected, once severity is taken out
	NoReplication = "no_replication" // no bid has two scores, so nothing tells an expert from a bid
	NoDifference  = "no_difference"  // all scores are equal
)

// LeastAlpha is the agreement below which the strict order is withheld.
const LeastAlpha = 0.4

// Result is what a panel comes to.
type Result struct {
	Version   string     `json:"version"`
	Bids      []Bid      `json:"bids"`    // the highest calibrated value first
	Experts   []Expert   `json:"experts"` // by name
	Spread    Spread     `json:"spread"`
	Agreement Agreement  `json:"agreement"`
	Groups    [][]string `json:"groups"` // bids comparable among themselves only; one group where all are
	Withheld  []Reason   `json:"withheld"`
	Asks      []Ask      `json:"asks"`
	Drift     *Drift     `json:"drift,omitempty"` // of all experts together, where the order of sheets is known

	posterior *posterior
}

// Calibrate fits the model to a panel. It fails only where Check does.
// O(iterations · experts³ + bids² · experts per bid²).
func Calibrate(p Panel, o Options) (*Result, error) {
	if err := Check(p); err != nil {
		return nil, err
	}
	d := newDesign(p)
	w := d.weigh()
	f := w.fit
	r := &Result{Version: Version, Bids: []Bid{}, Groups: d.groups(), Withheld: []Reason{}, Asks: []Ask{}}
	r.Spread = w.spread()
	r.posterior = w.posterior(o)
	offsets := f.experts(d.total)
	r.Agreement = d.agreement(offsets)
	values := f.bids(d.total, offsets)
	r.posterior.value = values
	simple := d.simple()
	parts := d.criterionValues(f)
	for i, id := range d.bids {
		b := simple[i]
		b.ID = id
		b.Sum = f.explained(i, b.Mean, offsets)
		b.Calibrated = b.Sum.Value
		b.Criteria = parts[i]
		r.Bids = append(r.Bids, b)
	}
	r.withhold(f.freedom)
	r.place(f.freedom)
	r.Experts = w.describe(offsets)
	r.Asks, r.Drift = w.ask(r.Experts, offsets, values)
	return r, nil
}

// withhold names the reasons why no strict order stands.
func (r *Result) withhold(freedom float64) {
	if len(r.Bids) < 2 {
		return
	}
	because := func(code string, args map[string]any) { r.Withheld = append(r.Withheld, Reason{code, args}) }
	if len(r.Groups) > 1 {
		because(Disconnected, map[string]any{"groups": len(r.Groups)})
	}
	a := r.Agreement.Total.Alpha.Interval
	switch {
	case freedom <= 0:
		because(NoReplication, nil)
	case a == nil:
		because(NoDifference, nil)
	case *a < LeastAlpha:
		because(LowAgreement, map[string]any{"alpha": *a, "corrected": *r.Agreement.Corrected, "least": LeastAlpha})
	}
}

// place puts the bids in order and says how firm each value and place is.
func (r *Result) place(freedom float64) {
	if freedom > 0 {
		none, at := map[string]float64{}, map[string]int{}
		for i := range r.Bids {
			b := &r.Bids[i]
			b.Error = r.posterior.interval(i, b.Calibrated)
			none[b.ID], at[b.ID] = 0, i
		}
		for _, s := range r.Stand(none) {
			r.Bids[at[s.Bid]].Standing = &s
		}
	}
	slices.SortFunc(r.Bids, func(a, b Bid) int {
		return cmp.Or(cmp.Compare(round(b.Calibrated), round(a.Calibrated)), strings.Compare(a.ID, b.ID))
	})
	if len(r.Withheld) > 0 {
		return
	}
	for i := range r.Bids {
		r.Bids[i].Place = i + 1
		if i > 0 && round(r.Bids[i].Calibrated) == round(r.Bids[i-1].Calibrated) {
			r.Bids[i].Place = r.Bids[i-1].Place
		}
	}
}

// round is the precision at which values are equal.
func round(v float64) float64 { return math.Round(v*1e6) / 1e6 }
