package rank

import (
	"jiebang/matching/consensus"
)

// Calibration is what is known of the panel as a whole.
type Calibration struct {
	Version   string              `json:"version"`
	Spread    consensus.Spread    `json:"spread"`
	Agreement consensus.Agreement `json:"agreement"`
	Experts   []consensus.Expert  `json:"experts"`
	Groups    [][]string          `json:"groups"`
	Withheld  []consensus.Reason  `json:"withheld"` // why no strict order stands
	Asks      []consensus.Ask     `json:"asks"`
}

// Firmness is how firm a total and its place are, the owner's word and the match
// taken as certain. SE, Low and High are missing where no bid has two sheets,
// the chances of places also of bids that did not pass.
type Firmness struct {
	Mean  float64             `json:"mean"` // the total that the plain mean of all sheets would give
	Error *consensus.Error    `json:"error,omitempty"`
	Among *consensus.Standing `json:"among,omitempty"` // those that passed; Value is the total
}

// Panel is the panel of an input in the words of matching/consensus: scores of
// 100, criteria with their weights. Calibrated by itself it gives the view
// beside a ranking by the plain mean.
func Panel(in Input) consensus.Panel {
	var p consensus.Panel
	for _, c := range in.Criteria {
		p.Criteria = append(p.Criteria, consensus.Criterion{Code: c.Code, Weight: c.Weight})
	}
	for _, b := range in.Bids {
		for _, r := range b.Reviews {
			s := consensus.Sheet{Bid: b.ID, Expert: r.Expert}
			for _, c := range in.Criteria {
				s.Scores = append(s.Scores, 100*r.Scores[c.Code]/c.Max)
			}
			p.Sheets = append(p.Sheets, s)
		}
	}
	return p
}

// calibrated is a panel's result with its values by bid and criterion, of 1.
type calibrated struct {
	result *consensus.Result
	values map[[2]string]float64
	errors map[string]*consensus.Error
	mean   map[string]float64
}

// calibrate is nil where the plain mean is asked for.
func calibrate(in Input) (*calibrated, error) {
	if in.Aggregate != Calibrated {
		return nil, nil
	}
	r, err := consensus.Calibrate(Panel(in), consensus.Options{Seed: in.Seed})
	if err != nil {
		return nil, err
	}
	c := &calibrated{r, map[[2]string]float64{}, map[string]*consensus.Error{}, map[string]float64{}}
	for _, b := range r.Bids {
		c.errors[b.ID], c.mean[b.ID] = b.Error, b.Mean
		for _, v := range b.Criteria {
			c.values[[2]string{b.ID, v.Criterion}] = v.Calibrated / 100
		}
		if len(in.Criteria) == 1 {
			c.values[[2]string{b.ID, in.Criteria[0].Code}] = b.Calibrated / 100
		}
	}
	return c, nil
}

// value is 0 for a bid without sheets, as its mean is.
func (c *calibrated) value(bid, criterion string) float64 { return c.values[[2]string{bid, criterion}] }

// complete adds how firm everything is, and shares the first place where no order stands.
func (c *calibrated) complete(in Input, out *Output) {
	r := c.result
	out.Calibration = &Calibration{r.Version, r.Spread, r.Agreement, r.Experts, r.Groups, r.Withheld, r.Asks}
	if out.Calibration.Experts == nil {
		out.Calibration.Experts = []consensus.Expert{}
	}
	share := in.Weights.Panel / 100
	offset := map[string]float64{}
	at := map[string]int{}
	for i := range out.Places {
		p := &out.Places[i]
		at[p.Bid] = i
		others := p.Total - share*p.Panel
		p.Firm = &Firmness{Mean: others + share*c.mean[p.Bid]}
		if e := c.errors[p.Bid]; e != nil && share > 0 {
			half := share * (e.High - e.Low) / 2
			p.Firm.Error = &consensus.Error{SE: share * e.SE, Low: p.Total - half, High: p.Total + half}
		}
		if p.Passed && share > 0 {
			offset[p.Bid] = others / share
		}
		if p.Passed && len(r.Withheld) > 0 {
			p.Place, p.Behind, p.Tie = 1, 0, "chair"
		}
	}
	for _, s := range r.Stand(offset) {
		p := &out.Places[at[s.Bid]]
		s.Value = p.Total
		p.Firm.Among = &s
	}
}
