package needs

import (
	"strings"

	"jiebang/models"
)

// NeedBody is a need as its owner writes it.
type NeedBody struct {
	Title        string               `json:"title" required:"false" maxLength:"60"`
	Chain        string               `json:"chain" required:"false" maxLength:"60"`
	Publish      bool                 `json:"publish" required:"false" doc:"Title and summary may be shown to all once it is approved"`
	Summary      string               `json:"summary" required:"false" maxLength:"500" doc:"The only text that is ever public"`
	Background   string               `json:"background" required:"false" maxLength:"1500"`
	Problem      string               `json:"problem" required:"false" maxLength:"3000"`
	Present      string               `json:"present" required:"false" maxLength:"499" doc:"What is reached today"`
	Indicators   []NeedIndicatorBody  `json:"indicators" required:"false" maxItems:"12"`
	TotalFen     models.Fen           `json:"total_fen" required:"false" minimum:"0" maximum:"10000000000000"`
	OwnerFen     models.Fen           `json:"owner_fen" required:"false" minimum:"0" maximum:"10000000000000"`
	MoneyProof   string               `json:"money_proof" required:"false" maxLength:"300" doc:"Which paper shows that the money is there"`
	TermMonths   int                  `json:"term_months" required:"false" minimum:"0" maximum:"120"`
	WindowDays   int                  `json:"window_days" required:"false" minimum:"0" maximum:"365" doc:"How long teams should have to answer"`
	IP           NeedIPBody           `json:"ip_terms" required:"false"`
	Conditions   NeedConditionsBody   `json:"bidder_conditions" required:"false"`
	TRLNow       int                  `json:"trl_current" required:"false" minimum:"0" maximum:"9"`
	TRLTarget    int                  `json:"trl_target" required:"false" minimum:"0" maximum:"9"`
	Tags         []string             `json:"tags" required:"false" maxItems:"6"`
	Capabilities []NeedCapabilityBody `json:"capabilities" required:"false" maxItems:"10"`
	Contact      NeedContactBody      `json:"contact" required:"false"`
}

// NeedIndicatorBody is something to be measured; its id is kept where one is given.
type NeedIndicatorBody struct {
	ID         models.IndicatorID `json:"id" required:"false" maxLength:"40" doc:"As it was read; empty for a new one"`
	Name       string             `json:"name" required:"false" maxLength:"100"`
	Op         string             `json:"op" required:"false" enum:">=,<=,=,range,meets" default:">="`
	Value      *float64           `json:"value,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Min        *float64           `json:"value_min,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Max        *float64           `json:"value_max,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Text       string             `json:"value_text" required:"false" maxLength:"300"`
	Unit       string             `json:"unit" required:"false" maxLength:"30"`
	Baseline   string             `json:"baseline" required:"false" maxLength:"200"`
	TestMethod string             `json:"test_method" required:"false" maxLength:"500"`
	TestedBy   string             `json:"tested_by" required:"false" maxLength:"200"`
}

// NeedIPBody is what the owner wishes about the results.
type NeedIPBody struct {
	Background      string `json:"background" required:"false" maxLength:"200"`
	Foreground      string `json:"foreground" required:"false" maxLength:"30" doc:"owner, bidder, bidder_license or joint"`
	BidderRights    string `json:"bidder_rights" required:"false" maxLength:"500"`
	License         string `json:"license" required:"false" maxLength:"300"`
	RevenueSharePct int    `json:"revenue_share_pct" required:"false" minimum:"0" maximum:"100"`
}

// NeedConditionsBody is what a team must fulfil.
type NeedConditionsBody struct {
	InProvinceOnly bool     `json:"in_province_only" required:"false"`
	EnterpriseOnly bool     `json:"enterprise_only" required:"false"`
	MinPartners    int      `json:"min_partners" required:"false" minimum:"0" maximum:"20"`
	Text           []string `json:"text" required:"false" maxItems:"20"`
}

// NeedCapabilityBody is what the work needs.
type NeedCapabilityBody struct {
	Tag      string `json:"tag" minLength:"1" maxLength:"60"`
	Must     bool   `json:"must" required:"false"`
	MinLevel int    `json:"min_level" required:"false" minimum:"1" maximum:"5" default:"1"`
}

// NeedContactBody is whom the office asks.
type NeedContactBody struct {
	Name  string `json:"name" required:"false" maxLength:"60"`
	Phone string `json:"phone" required:"false" maxLength:"30"`
	Email string `json:"email" required:"false" maxLength:"120"`
}

// write puts the text onto the need. An indicator keeps its id only if it is one of this
// need's: nobody takes over the identity of another's.
func (b *NeedBody) write(n *models.Need) {
	mine := map[models.IndicatorID]bool{}
	for _, i := range n.Content.V.Indicators {
		mine[i.ID] = true
	}
	v := models.NeedContent{Summary: b.Summary, Background: b.Background, Problem: b.Problem, Present: b.Present, TotalFen: b.TotalFen, OwnerFen: b.OwnerFen,
		MoneyProof: strings.TrimSpace(b.MoneyProof), TermMonths: b.TermMonths, WindowDays: b.WindowDays, IP: models.IPTerms(b.IP),
		Conditions: models.BidderConditions(b.Conditions), TRLNow: b.TRLNow, TRLTarget: b.TRLTarget, Tags: b.Tags, Contact: models.Contact(b.Contact)}
	for _, c := range b.Capabilities {
		c.MinLevel = max(1, c.MinLevel)
		v.Capabilities = append(v.Capabilities, models.RequiredCapability(c))
	}
	for _, i := range b.Indicators {
		if !mine[i.ID] {
			i.ID = models.NewIndicatorID()
		}
		delete(mine, i.ID)
		if i.Op == "" {
			i.Op = ">="
		}
		v.Indicators = append(v.Indicators, models.NeedIndicator{ID: i.ID, Name: i.Name, Op: i.Op, Value: i.Value, Min: i.Min, Max: i.Max, Text: i.Text,
			Unit: i.Unit, Baseline: i.Baseline, TestMethod: i.TestMethod, TestedBy: i.TestedBy})
	}
	n.Title, n.Chain, n.Publish, n.Content = strings.TrimSpace(b.Title), b.Chain, b.Publish, models.J(v)
}

// body is the need as it is read back.
func body(n *models.Need) NeedBody {
	v := n.Content.V
	b := NeedBody{Title: n.Title, Chain: n.Chain, Publish: n.Publish, Summary: v.Summary, Background: v.Background, Problem: v.Problem, Present: v.Present,
		Indicators: []NeedIndicatorBody{}, TotalFen: v.TotalFen, OwnerFen: v.OwnerFen, MoneyProof: v.MoneyProof, TermMonths: v.TermMonths, WindowDays: v.WindowDays,
		IP: NeedIPBody(v.IP), Conditions: NeedConditionsBody(v.Conditions), TRLNow: v.TRLNow, TRLTarget: v.TRLTarget, Tags: v.Tags,
		Capabilities: []NeedCapabilityBody{}, Contact: NeedContactBody(v.Contact)}
	if b.Tags == nil {
		b.Tags = []string{}
	}
	if b.Conditions.Text == nil {
		b.Conditions.Text = []string{}
	}
	for _, c := range v.Capabilities {
		b.Capabilities = append(b.Capabilities, NeedCapabilityBody(c))
	}
	for _, i := range v.Indicators {
		b.Indicators = append(b.Indicators, NeedIndicatorBody{ID: i.ID, Name: i.Name, Op: i.Op, Value: i.Value, Min: i.Min, Max: i.Max, Text: i.Text,
			Unit: i.Unit, Baseline: i.Baseline, TestMethod: i.TestMethod, TestedBy: i.TestedBy})
	}
	return b
}
