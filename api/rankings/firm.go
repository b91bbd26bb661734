package rankings

import (
	"encoding/json"
	"fmt"

	"jiebang/matching/consensus"
	"jiebang/matching/rank"
	"jiebang/models"
)

// RankingFirmness is what the sheets tell of the panel as a whole, and so of the order.
type RankingFirmness struct {
	Engine    string             `json:"engine"`
	Alpha     *float64           `json:"alpha,omitempty" doc:"Krippendorff's alpha of the totals, interval"`
	AlphaFair *float64           `json:"alpha_corrected,omitempty" doc:"The same once severity is taken out"`
	W         *float64           `json:"kendall_w,omitempty" doc:"Kendall's W, where every expert judged every bid"`
	Noise     float64            `json:"noise_sd" doc:"Of a single score, in points of 100"`
	Severity  float64            `json:"severity_sd" doc:"Between experts, in points of 100"`
	Corrected bool               `json:"severity_corrected" doc:"The scores speak for different severities, and these are taken out of the calibrated totals"`
	Withheld  []RankingReason    `json:"withheld" doc:"Why no strict order should be read from the scores"`
	Criteria  []RankingAgreement `json:"criteria"`
	Experts   []RankingExpert    `json:"experts" doc:"For officers and auditors"`
	Asks      []RankingAsk       `json:"asks" doc:"What the chair should ask an expert about; for officers and auditors. Nothing is discarded by it"`
}

// RankingReason says why no strict order stands.
type RankingReason struct {
	Code      string   `json:"code" enum:"disconnected,low_agreement,no_replication,no_difference"`
	Groups    int      `json:"groups,omitempty" doc:"Of bids that share no expert"`
	Alpha     *float64 `json:"alpha,omitempty"`
	Least     float64  `json:"least,omitempty"`
	Corrected *float64 `json:"corrected,omitempty"`
}

// RankingAgreement is how alike the experts score one criterion.
type RankingAgreement struct {
	Criterion string   `json:"criterion"`
	Alpha     *float64 `json:"alpha,omitempty"`
	W         *float64 `json:"kendall_w,omitempty"`
}

// RankingExpert is how one expert scores, under an alias.
type RankingExpert struct {
	Expert string  `json:"expert"`
	Sheets int     `json:"sheets"`
	Offset float64 `json:"offset" doc:"Points above (+) or below (-) the others for the same bids, as far as it is corrected"`
	SE     float64 `json:"se"`
	Drift  float64 `json:"drift" doc:"Points from one sheet to the next; 0 where it may be chance"`
}

// RankingAsk is something in the scores to ask an expert about.
type RankingAsk struct {
	Code      string  `json:"code" enum:"out_of_line,flat,drift"`
	Expert    string  `json:"expert"`
	BidCode   string  `json:"bid_code,omitempty"`
	Criterion string  `json:"criterion,omitempty"`
	Score     float64 `json:"score"`
	Expected  float64 `json:"expected"`
	Weight    float64 `json:"weight" doc:"With which the sheet counts in the calibrated total"`
}

// RankingFirm is how firm one total and its place are, the owner's word and the match taken as
// certain.
type RankingFirm struct {
	Mean       float64   `json:"mean" doc:"Total by the plain mean of all sheets"`
	Calibrated float64   `json:"calibrated" doc:"Total once severity is taken out and scores out of line weigh less"`
	SE         float64   `json:"se,omitempty"`
	Low        float64   `json:"low,omitempty" doc:"95 % interval of the calibrated total"`
	High       float64   `json:"high,omitempty"`
	Chances    []float64 `json:"chances" doc:"Of place 1, 2, … among those that passed; zeros at the end left out"`
	Expected   float64   `json:"expected_place,omitempty"`
	BeatsNext  float64   `json:"beats_next,omitempty" doc:"Chance to be better than the next"`
	Tied       bool      `json:"tied" doc:"That chance is below 0.8: it does not firmly lead the next"`
}

// telling is the chance of as much by accident below which a drift is told.
const telling = 0.05

// firmness says how firm a kept order is: that of the ranking itself where it is by calibrated
// scores, else the calibrated view of the same sheets beside it.
func firmness(row *models.Ranking, out rank.Output) (*rank.Output, error) {
	if out.Calibration != nil {
		return &out, nil
	}
	var asked rank.Input
	if err := json.Unmarshal([]byte(row.Input), &asked); err != nil {
		return nil, fmt.Errorf("read what ranking %s was asked: %w", row.ID, err)
	}
	asked.Aggregate = rank.Calibrated
	beside, err := rank.Bids(asked)
	if err != nil {
		return nil, fmt.Errorf("calibrate ranking %s: %w", row.ID, err)
	}
	return &beside, nil
}

// panelFirmness is what everybody may read of the panel, and for the office the experts under
// their aliases.
func panelFirmness(k *rank.Calibration, who reader) *RankingFirmness {
	f := &RankingFirmness{Engine: k.Version, Alpha: k.Agreement.Total.Alpha.Interval, AlphaFair: k.Agreement.Corrected, W: k.Agreement.Total.W,
		Noise: k.Spread.Noise, Severity: k.Spread.Severity, Corrected: k.Spread.Ratio > 0,
		Withheld: []RankingReason{}, Criteria: []RankingAgreement{}, Experts: []RankingExpert{}, Asks: []RankingAsk{}}
	for _, w := range k.Withheld {
		f.Withheld = append(f.Withheld, reason(w))
	}
	for _, c := range k.Agreement.Criteria {
		f.Criteria = append(f.Criteria, RankingAgreement{c.Criterion, c.Alpha.Interval, c.W})
	}
	if !who.sheets {
		return f
	}
	for _, e := range k.Experts {
		one := RankingExpert{Expert: e.ID, Sheets: e.Sheets, Offset: e.Offset, SE: e.SE}
		if e.Drift != nil && e.Drift.P < telling {
			one.Drift = e.Drift.Slope
		}
		f.Experts = append(f.Experts, one)
	}
	for _, a := range k.Asks {
		f.Asks = append(f.Asks, RankingAsk{a.Code, a.Expert, a.Bid, a.Criterion, a.Score, a.Expected, a.Weight})
	}
	return f
}

// reason reads what was given to a reason, whether just computed or read from the kept row.
func reason(w consensus.Reason) RankingReason {
	number := func(key string) *float64 {
		switch v := w.Args[key].(type) {
		case float64:
			return &v
		case *float64:
			return v
		case int:
			f := float64(v)
			return &f
		}
		return nil
	}
	r := RankingReason{Code: w.Code, Alpha: number("alpha"), Corrected: number("corrected")}
	if n := number("groups"); n != nil {
		r.Groups = int(*n)
	}
	if n := number("least"); n != nil {
		r.Least = *n
	}
	return r
}

// firm is how firm each bid's place is, by its code.
func firm(out *rank.Output) map[string]*RankingFirm {
	all := map[string]*RankingFirm{}
	for _, p := range out.Places {
		if p.Firm == nil {
			continue
		}
		f := &RankingFirm{Mean: p.Firm.Mean, Calibrated: p.Total, Chances: []float64{}}
		if e := p.Firm.Error; e != nil {
			f.SE, f.Low, f.High = e.SE, e.Low, e.High
		}
		if a := p.Firm.Among; a != nil {
			f.Chances, f.Expected, f.BeatsNext, f.Tied = a.Ranks, a.Expected, a.BeatsNext, a.Tied
		}
		all[p.Bid] = f
	}
	return all
}
