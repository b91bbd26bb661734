package question

import (
	"fmt"
	"time"

	"jiebang/matching/gate"
	"jiebang/matching/quality"
	"jiebang/models"
)

// Quality is how fit a need or a challenge is to be put before teams; the parts sum to the score.
type Quality struct {
	Score int           `json:"score"`
	Parts []QualityPart `json:"parts"`
}

// QualityPart is one part of the score.
type QualityPart struct {
	Name   string        `json:"name" enum:"indicators,test,baseline,money,ip,trl,conditions,window,words"`
	Points int           `json:"points"`
	Most   int           `json:"most"`
	Lacks  []QualityLack `json:"lacks"`
}

// QualityLack is something to mend.
type QualityLack struct {
	Path string `json:"path" doc:"The field"`
	Code string `json:"code"`
	Mend string `json:"mend" doc:"How to mend it"`
	Word string `json:"word" doc:"The word that is frowned upon, if it is one"`
}

// ChallengeQuality scores a challenge as it stands. Its window runs from today while it is a draft.
func ChallengeQuality(tx *models.Tx, c *models.Challenge) (*Quality, error) {
	indicators, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, err
	}
	days := 0
	if c.Deadline != nil {
		from := tx.Now
		if c.PublishedAt != nil {
			from = *c.PublishedAt
		}
		days = int(c.Deadline.Sub(from) / (24 * time.Hour))
	}
	return scored(c, indicators, c.FundProof != "" || c.BountyFen < 500*models.Wan && c.BountyFen > 0, days), nil
}

// NeedQuality scores a need as it stands. Only the paths of its own form differ from a challenge's.
func NeedQuality(n *models.Need) *Quality {
	c, indicators := n.AsChallenge()
	q := scored(c, indicators, n.Content.V.MoneyProof != "", n.Content.V.WindowDays)
	here := map[string]string{"need": "problem", "bid_deadline": "window_days", "funding.owner_fen": "owner_fen", "total_investment_fen": "total_fen", "fund_proof": "money_proof"}
	for i := range q.Parts {
		for j := range q.Parts[i].Lacks {
			l := &q.Parts[i].Lacks[j]
			if own, ok := here[l.Path]; ok {
				l.Path = own
			}
		}
	}
	return q
}

func scored(c *models.Challenge, indicators []models.Indicator, proof bool, days int) *Quality {
	n := quality.Need{
		Texts:     []quality.Passage{{Path: "need", Text: c.Need}, {Path: "background", Text: c.Background}, {Path: "title", Text: c.Title}},
		HonorOnly: c.HonorOnly, Total: int64(c.TotalFen), Owner: int64(c.Funding.V.OwnerFen), Proof: proof,
		Foreground: c.IP.V.Foreground, Background: c.IP.V.Background, Rights: c.IP.V.BidderRights + c.IP.V.License,
		TRLNow: c.TRLNow, TRLTarget: c.TRLTarget, TermMonths: c.TermMonths, WindowDays: days,
	}
	for i, t := range c.Conditions.V.Text {
		n.Conditions = append(n.Conditions, quality.Passage{Path: fmt.Sprintf("bidder_conditions.text[%d]", i), Text: t})
	}
	for i, one := range indicators {
		number := one.Value != nil || one.Op == "range" && one.Min != nil && one.Max != nil
		n.Indicators = append(n.Indicators, quality.Indicator{Number: number && one.Op != "meets", Unit: one.Unit, TestMethod: one.TestMethod,
			TestedBy: one.TestedBy, Baseline: one.Baseline})
		n.Texts = append(n.Texts, quality.Passage{Path: fmt.Sprintf("indicators[%d].value_text", i), Text: one.Text})
	}
	s := quality.Of(n)
	out := &Quality{Score: s.Total}
	for _, p := range s.Parts {
		part := QualityPart{Name: p.Name, Points: p.Points, Most: p.Most, Lacks: []QualityLack{}}
		for _, l := range p.Lacks {
			part.Lacks = append(part.Lacks, QualityLack(l))
		}
		out.Parts = append(out.Parts, part)
	}
	return out
}

// Forecast is how many teams could answer, condition by condition. It is numbers only.
type Forecast struct {
	Teams      int                 `json:"teams" doc:"Active teams"`
	All        int                 `json:"all" doc:"Teams that fulfil every condition by themselves"`
	Conditions []ForecastCondition `json:"conditions"`
}

// ForecastCondition is what one condition does.
type ForecastCondition struct {
	Path     string `json:"path"`
	Kind     string `json:"kind" enum:"region,kind,capability"`
	Tag      string `json:"tag" doc:"Of a capability"`
	Level    int    `json:"level" doc:"Of a capability"`
	Pass     int    `json:"pass" doc:"Teams that fulfil it alone"`
	Excludes int    `json:"excludes" doc:"Teams that do not"`
	Only     int    `json:"only" doc:"Teams that fail nothing else: so many more could answer without it"`
}

// ForecastOf counts the teams that pass the conditions of a challenge, by the gates a bid
// goes through. Time is linear in the teams.
func ForecastOf(tx *models.Tx, c *models.Challenge) (*Forecast, error) {
	asked, err := Challenge(tx, c)
	if err != nil {
		return nil, err
	}
	merged, err := tx.Merges("capability")
	if err != nil {
		return nil, err
	}
	out := &Forecast{Conditions: []ForecastCondition{}}
	at := map[string]int{} // code of the gate's reason → condition
	add := func(code string, f ForecastCondition) {
		at[code], out.Conditions = len(out.Conditions), append(out.Conditions, f)
	}
	if asked.InProvinceOnly {
		add(gate.Region, ForecastCondition{Path: "bidder_conditions.in_province_only", Kind: "region"})
	}
	if asked.EnterpriseOnly || asked.Type == gate.ResultConversion {
		add(gate.Kind, ForecastCondition{Path: "bidder_conditions.enterprise_only", Kind: "kind"})
	}
	for i, n := range asked.Needs {
		if n.Must {
			add(gate.Capability+":"+n.Tag, ForecastCondition{Path: fmt.Sprintf("capabilities[%d]", i), Kind: "capability", Tag: n.Tag, Level: n.Min})
		}
	}
	q := gate.Question{At: tx.Now, Type: asked.Type, InProvinceOnly: asked.InProvinceOnly, EnterpriseOnly: asked.EnterpriseOnly, Needs: asked.Needs}
	for list, err := range pages(tx) {
		if err != nil {
			return nil, err
		}
		ids := make([]models.OrgID, len(list))
		for i, t := range list {
			ids[i] = t.Org
		}
		orgs, err := tx.OrgsByID(ids)
		if err != nil {
			return nil, err
		}
		for i := range list {
			q.Home, q.Levels = org(orgs[list[i].Org], c.Region), levels(merged, &list[i])
			q.Owner = gate.Org{}
			failed := []int{}
			for _, r := range gate.Bid(q) {
				if n, ok := at[r.Code]; ok {
					failed = append(failed, n)
				}
			}
			out.count(failed)
		}
	}
	for i := range out.Conditions {
		out.Conditions[i].Pass = out.Teams - out.Conditions[i].Excludes
	}
	return out, nil
}

func (f *Forecast) count(failed []int) {
	f.Teams++
	for _, n := range failed {
		f.Conditions[n].Excludes++
	}
	switch len(failed) {
	case 0:
		f.All++
	case 1:
		f.Conditions[failed[0]].Only++
	}
}
