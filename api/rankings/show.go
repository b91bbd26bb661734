package rankings

import (
	"time"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/explain"
	"jiebang/matching/rank"
	"jiebang/models"
)

// ShowInput names a challenge.
type ShowInput struct {
	ID models.ChallengeID `path:"id"`
}

// Ranking is a kept order of bids with its reasons. Everybody who may see it sees places,
// totals and averages; single sheets, under aliases, only officers and auditors.
type Ranking struct {
	Challenge   models.ChallengeID   `json:"challenge"`
	Seq         int                  `json:"seq" doc:"Which ranking of the challenge this is; 1 is the first"`
	Engine      string               `json:"engine"`
	Digest      string               `json:"digest" doc:"SHA-256 of input and output as they are kept"`
	ComputedAt  time.Time            `json:"computed_at"`
	Outdated    bool                 `json:"outdated" doc:"Something it rests on has changed since; compute it again before proposing awards"`
	Mode        string               `json:"mode"`
	Weights     RankingWeights       `json:"weights"`
	Threshold   float64              `json:"threshold" doc:"Least panel average to pass"`
	DropFrom    int                  `json:"drop_from" doc:"Number of sheets from which on the highest and the lowest are left out"`
	Criteria    []RankingCriterion   `json:"criteria"`
	Places      []RankingPlace       `json:"places"`
	Sensitivity []RankingSensitivity `json:"sensitivity" doc:"How far each weight may move while the first stays first"`
	Aggregate   string               `json:"aggregate" enum:"mean,calibrated" doc:"How the panel's sheets make one value, as the batch fixed it"`
	Firmness    *RankingFirmness     `json:"firmness" doc:"How far the sheets carry the order"`
	Actions     []models.Action      `json:"actions" doc:"What the caller may do to the challenge"`
}

// RankingWeights are the shares of the total, in per cent.
type RankingWeights struct {
	Panel float64 `json:"panel"`
	Owner float64 `json:"owner"`
	Match float64 `json:"match"`
}

// RankingCriterion is one thing that was scored.
type RankingCriterion struct {
	Code   string `json:"code"`
	NameZh string `json:"name_zh"`
	NameEn string `json:"name_en"`
	Weight int    `json:"weight"`
}

// RankingPlace is one bid in the order.
type RankingPlace struct {
	Place    int              `json:"place" doc:"Shared by bids that nothing parts"`
	Bid      models.BidID     `json:"bid"`
	BidCode  string           `json:"bid_code"`
	Team     string           `json:"team" doc:"The public sees the names of those proposed only"`
	Unit     string           `json:"unit"`
	State    string           `json:"state"`
	Total    float64          `json:"total"`
	Panel    float64          `json:"panel"`
	Owner    float64          `json:"owner"`
	Match    float64          `json:"match"`
	Passed   bool             `json:"passed"`
	Why      []RankingFailure `json:"why" doc:"Why it did not pass"`
	Sum      explain.Sum      `json:"sum"`
	Averages []RankingAverage `json:"averages"`
	Tie      string           `json:"tie,omitempty" enum:"indicator,capability,chair" doc:"What parted it from a bid of the same total; chair: still open"`
	Behind   float64          `json:"behind" doc:"What it lacks to the place before"`
	Firm     *RankingFirm     `json:"firm,omitempty"`
	Sheets   []RankingSheet   `json:"sheets" doc:"For officers and auditors"`
	Spread   *RankingSpread   `json:"spread,omitempty" doc:"For officers and auditors"`
}

// RankingAverage is the experts' average for a criterion.
type RankingAverage struct {
	Criterion string  `json:"criterion"`
	Points    float64 `json:"points"`
	Max       float64 `json:"max"`
}

// RankingFailure is one reason why a bid did not pass.
type RankingFailure struct {
	Code      string             `json:"code" enum:"below_threshold,knockout,veto"`
	Indicator models.IndicatorID `json:"indicator,omitempty"`
	Name      string             `json:"name,omitempty" doc:"Of the indicator"`
	Promised  bool               `json:"promised" doc:"The promise itself is below what is asked"`
	Experts   int                `json:"experts" doc:"How many experts find that it will not be met"`
	Reason    string             `json:"reason,omitempty" doc:"Of the veto; not for the public"`
}

// RankingSheet is one expert's total, under an alias.
type RankingSheet struct {
	Expert  string  `json:"expert"`
	Total   float64 `json:"total"`
	Dropped string  `json:"dropped,omitempty" enum:"highest,lowest"`
	Z       float64 `json:"z"`
	Outlier bool    `json:"outlier"`
}

// RankingSpread says how far the sheets of a bid lie apart.
type RankingSpread struct {
	Min float64 `json:"min"`
	Max float64 `json:"max"`
	SD  float64 `json:"sd"`
}

// RankingSensitivity is the interval of one weight within which the first bid stays first.
type RankingSensitivity struct {
	Weight    string  `json:"weight"`
	Now       float64 `json:"now"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	BelowLow  string  `json:"below_low,omitempty" doc:"Bid that would be first below"`
	AboveHigh string  `json:"above_high,omitempty" doc:"Bid that would be first above"`
}

// Show is the newest ranking of a challenge, read from the kept row.
func Show(tx *models.Tx, in *ShowInput) (*Ranking, error) {
	c, row, err := newest(tx, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, c, row)
}

func newest(tx *models.Tx, id models.ChallengeID) (*models.Challenge, *models.Ranking, error) {
	c, err := tx.ChallengeFor(models.RankingShow, id)
	if err != nil {
		return nil, nil, err
	}
	row, err := tx.LatestRanking(c.ID)
	if err == nil && row == nil {
		err = problem.Missing()
	}
	return c, row, err
}

// reader is how much of a ranking the caller may see.
type reader struct {
	sheets  bool // single sheets
	names   bool // of every team
	reasons bool // of a veto
}

func readerOf(tx *models.Tx, c *models.Challenge) (reader, error) {
	office, err := tx.Sees(models.AssignmentList, c)
	if err != nil {
		return reader{}, err
	}
	party, err := tx.Sees(models.BidList, c)
	return reader{sheets: office, names: party, reasons: party}, err
}

func view(tx *models.Tx, c *models.Challenge, row *models.Ranking) (*Ranking, error) {
	out, err := question.Kept(row)
	if err != nil {
		return nil, err
	}
	v := &Ranking{Challenge: c.ID, Seq: row.Seq, Engine: row.Engine, Digest: row.Digest, ComputedAt: row.ComputedAt, Mode: out.Mode,
		Weights: RankingWeights(out.Weights), Threshold: out.Threshold, DropFrom: out.DropFrom}
	if c.State == models.ChallengeEvaluating {
		fresh, err := question.Fresh(tx, c, row)
		if err != nil {
			return nil, err
		}
		v.Outdated = !fresh
	}
	for _, k := range c.Criteria.V {
		v.Criteria = append(v.Criteria, RankingCriterion{k.Code, k.NameZh, k.NameEn, k.Weight})
	}
	for _, s := range rank.Sensitivity(out) {
		v.Sensitivity = append(v.Sensitivity, RankingSensitivity(s))
	}
	v.Aggregate = "mean"
	if out.Calibration != nil {
		v.Aggregate = rank.Calibrated
	}
	who, err := readerOf(tx, c)
	if err != nil {
		return nil, err
	}
	beside, err := firmness(row, out)
	if err != nil {
		return nil, err
	}
	v.Firmness = panelFirmness(beside.Calibration, who)
	if v.Places, err = places(tx, c, out, who, firm(beside)); err != nil {
		return nil, err
	}
	v.Actions, err = tx.Allowed(c)
	return v, err
}

func places(tx *models.Tx, c *models.Challenge, out rank.Output, who reader, firm map[string]*RankingFirm) ([]RankingPlace, error) {
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	teams, orgs, byCode := []models.TeamID{}, []models.OrgID{}, map[string]models.Bid{}
	for _, b := range bids {
		teams, orgs, byCode[question.BidCode(&b)] = append(teams, b.Team), append(orgs, b.Org), b
	}
	teamOf, err := tx.TeamsByID(teams)
	if err != nil {
		return nil, err
	}
	orgOf, err := tx.OrgsByID(orgs)
	if err != nil {
		return nil, err
	}
	indicators, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, err
	}
	named := map[models.IndicatorID]string{}
	for _, i := range indicators {
		named[i.ID] = i.Name
	}
	list := make([]RankingPlace, 0, len(out.Places))
	for _, p := range out.Places {
		b := byCode[p.Bid]
		one := RankingPlace{Place: p.Place, Bid: b.ID, BidCode: p.Bid, State: b.State, Total: p.Total, Panel: p.Panel, Owner: p.Owner, Match: p.Match,
			Passed: p.Passed, Why: failures(p, named, who), Sum: p.Sum, Averages: averages(p), Tie: p.Tie, Behind: p.Behind, Firm: firm[p.Bid]}
		if who.names || proposed(b.State) {
			one.Team, one.Unit = teamOf[b.Team].Name, orgOf[b.Org].Name
		}
		if who.sheets {
			for _, s := range p.Sheets {
				one.Sheets = append(one.Sheets, RankingSheet(s))
			}
			spread := RankingSpread(p.Spread)
			one.Spread = &spread
		}
		list = append(list, one)
	}
	return list, nil
}

func proposed(state string) bool {
	return state == models.BidShortlisted || state == models.BidAwarded || state == models.BidReserved
}

// averages reads the criterion averages out of the sum that carries them.
func averages(p rank.Place) []RankingAverage {
	list := []RankingAverage{}
	panel, _ := p.Sum.Find("panel")
	for _, part := range panel.Parts {
		code, _ := part.Args["criterion"].(string)
		mean, _ := part.Args["mean"].(float64)
		most, _ := part.Args["max"].(float64)
		list = append(list, RankingAverage{code, mean, most})
	}
	return list
}

func failures(p rank.Place, named map[models.IndicatorID]string, who reader) []RankingFailure {
	list := []RankingFailure{}
	for _, f := range p.Why {
		one := RankingFailure{Code: f.Code}
		if id, ok := f.Args["indicator"].(string); ok {
			one.Indicator, one.Name = models.IndicatorID(id), named[models.IndicatorID(id)]
			one.Promised, _ = f.Args["promised"].(bool)
			if n, ok := f.Args["experts"].(float64); ok {
				one.Experts = int(n)
			}
		}
		if who.reasons {
			one.Reason, _ = f.Args["reason"].(string)
		}
		list = append(list, one)
	}
	return list
}
