package challenges

import (
	"strings"
	"time"

	"jiebang/models"
)

// ChallengeBody is the whole document of a challenge as its owner writes it. Everything may
// be missing while it is a draft: only sizes are held to here, the rest when it is submitted.
type ChallengeBody struct {
	Title          string                    `json:"title" required:"false" maxLength:"60"`
	Type           string                    `json:"type" required:"false" maxLength:"30" doc:"tech_breakthrough or result_conversion"`
	Nature         string                    `json:"nature" required:"false" maxLength:"30" doc:"chokepoint, common, frontier, product or conversion"`
	Competition    string                    `json:"competition_mode" required:"false" maxLength:"30" doc:"single or horse_race"`
	MaxLanes       int                       `json:"max_lanes" required:"false" minimum:"0" maximum:"3" doc:"2 or 3 in a horse race"`
	Selection      string                    `json:"selection_mode" required:"false" maxLength:"30" doc:"owner_negotiated, panel_reviewed or panel_plus_owner"`
	Alliance       models.AllianceID         `json:"alliance_id" required:"false" maxLength:"40"`
	Chain          string                    `json:"chain" required:"false" maxLength:"60"`
	ChainNode      string                    `json:"chain_node" required:"false" maxLength:"60"`
	Tags           []string                  `json:"tags" required:"false" maxItems:"12" doc:"Domain tags, the first is primary"`
	Capabilities   []ChallengeCapabilityBody `json:"capabilities" required:"false" maxItems:"20"`
	Codes          ChallengeCodesBody        `json:"codes" required:"false"`
	TRLCurrent     int                       `json:"trl_current" required:"false" minimum:"0" maximum:"9"`
	TRLTarget      int                       `json:"trl_target" required:"false" minimum:"0" maximum:"9"`
	Background     string                    `json:"background" required:"false" maxLength:"2000"`
	Need           string                    `json:"need" required:"false" maxLength:"3000" doc:"The public text"`
	Detail         string                    `json:"detail" required:"false" maxLength:"10000" doc:"For those who may read it, see confidentiality. Never state secrets"`
	Indicators     []ChallengeIndicatorBody  `json:"indicators" required:"false" maxItems:"20"`
	Deliverables   []string                  `json:"deliverables" required:"false" maxItems:"20"`
	BountyFen      models.Fen                `json:"bounty_fen" required:"false" minimum:"0" maximum:"10000000000000"`
	HonorOnly      bool                      `json:"honor_only" required:"false" doc:"No money: the bounty is 0"`
	TotalFen       models.Fen                `json:"total_investment_fen" required:"false" minimum:"0" maximum:"10000000000000"`
	Funding        ChallengeFundingBody      `json:"funding" required:"false"`
	FundProof      models.DocumentID         `json:"fund_proof" required:"false" maxLength:"40" doc:"A document of this challenge; needed from 500 万元"`
	TermMonths     int                       `json:"term_months" required:"false" minimum:"0" maximum:"120"`
	Milestones     []ChallengeMilestoneBody  `json:"milestones" required:"false" maxItems:"10"`
	IP             ChallengeIPBody           `json:"ip_terms" required:"false"`
	Conditions     ChallengeConditionsBody   `json:"bidder_conditions" required:"false"`
	Procurement    string                    `json:"procurement_promise" required:"false" maxLength:"500" doc:"What is bought when it is accepted"`
	Commitment     bool                      `json:"commitment_required" required:"false" doc:"A commitment letter (军令状) is asked for"`
	Confidential   string                    `json:"confidentiality" required:"false" maxLength:"30" doc:"public, summary or nda"`
	AnonymousOwner bool                      `json:"anonymous_owner" required:"false" doc:"Shown as 某企业 until the award"`
	Contact        ChallengeContactBody      `json:"contact" required:"false"`
	ClarifyUntil   *time.Time                `json:"clarify_until,omitempty"`
	Deadline       *time.Time                `json:"bid_deadline,omitempty" doc:"A proposal; the officer sets it when he publishes"`
	OpenAt         *time.Time                `json:"open_at,omitempty"`
}

// ChallengeCapabilityBody is a capability asked for.
type ChallengeCapabilityBody struct {
	Tag      string `json:"tag" maxLength:"60"`
	Must     bool   `json:"must" required:"false"`
	MinLevel int    `json:"min_level" required:"false" minimum:"0" maximum:"5"`
}

// ChallengeCodesBody links to the standards' classifications.
type ChallengeCodesBody struct {
	GBT4754    []string `json:"gbt4754" required:"false" maxItems:"10"`
	SEI        []string `json:"sei" required:"false" maxItems:"10"`
	Discipline []string `json:"discipline" required:"false" maxItems:"10"`
	IPC        []string `json:"ipc" required:"false" maxItems:"10"`
}

// ChallengeIndicatorBody is one measurable promise asked for.
type ChallengeIndicatorBody struct {
	Name       string   `json:"name" required:"false" maxLength:"100"`
	Op         string   `json:"op" required:"false" enum:">=,<=,=,range,meets" default:">="`
	Value      *float64 `json:"value,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Min        *float64 `json:"value_min,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Max        *float64 `json:"value_max,omitempty" minimum:"-1000000000000000" maximum:"1000000000000000"`
	Text       string   `json:"value_text" required:"false" maxLength:"300" doc:"What is to be met, for meets"`
	Unit       string   `json:"unit" required:"false" maxLength:"30" doc:"1 for a number without a unit"`
	Baseline   string   `json:"baseline" required:"false" maxLength:"200" doc:"What is reached today"`
	Weight     int      `json:"weight" required:"false" minimum:"0" maximum:"100" doc:"Weights sum to 100"`
	Knockout   bool     `json:"knockout" required:"false" doc:"Failing it alone fails the bid (一票否决)"`
	TestMethod string   `json:"test_method" required:"false" maxLength:"500"`
	TestedBy   string   `json:"tested_by" required:"false" maxLength:"200" doc:"Who tests"`
}

// ChallengeFundingBody says who pays; the parts sum to the total investment.
type ChallengeFundingBody struct {
	OwnerFen    models.Fen `json:"owner_fen" required:"false" minimum:"0" maximum:"10000000000000"`
	ProvinceFen models.Fen `json:"province_fen" required:"false" minimum:"0" maximum:"10000000000000"`
	CityFen     models.Fen `json:"city_fen" required:"false" minimum:"0" maximum:"10000000000000"`
	OtherFen    models.Fen `json:"other_fen" required:"false" minimum:"0" maximum:"10000000000000"`
}

// ChallengeMilestoneBody is a part of the work as asked for; its number is its place.
type ChallengeMilestoneBody struct {
	Name       string `json:"name" required:"false" maxLength:"100"`
	DueMonth   int    `json:"due_month" required:"false" minimum:"0" maximum:"120"`
	PaymentPct int    `json:"payment_pct" required:"false" minimum:"0" maximum:"100"`
	Eliminates bool   `json:"eliminates" required:"false" doc:"In a horse race: lanes that fail here end"`
	Exit       string `json:"exit" required:"false" maxLength:"500" doc:"What must be shown, referring to indicators"`
}

// ChallengeIPBody says who owns what.
type ChallengeIPBody struct {
	Background      string `json:"background" required:"false" maxLength:"200"`
	Foreground      string `json:"foreground" required:"false" maxLength:"30" doc:"owner, bidder, bidder_license or joint"`
	BidderRights    string `json:"bidder_rights" required:"false" maxLength:"500"`
	License         string `json:"license" required:"false" maxLength:"300"`
	RevenueSharePct int    `json:"revenue_share_pct" required:"false" minimum:"0" maximum:"100"`
}

// ChallengeConditionsBody is what a bidder must fulfil.
type ChallengeConditionsBody struct {
	InProvinceOnly bool     `json:"in_province_only" required:"false"`
	EnterpriseOnly bool     `json:"enterprise_only" required:"false"`
	MinPartners    int      `json:"min_partners" required:"false" minimum:"0" maximum:"20"`
	Text           []string `json:"text" required:"false" maxItems:"20"`
}

// ChallengeContactBody is shown to signed-in people only.
type ChallengeContactBody struct {
	Name  string `json:"name" required:"false" maxLength:"60"`
	Phone string `json:"phone" required:"false" maxLength:"30"`
	Email string `json:"email" required:"false" maxLength:"120"`
}

// write puts the document onto the challenge, and returns its indicators.
func (b *ChallengeBody) write(c *models.Challenge) []models.Indicator {
	c.Title, c.Type, c.Nature, c.Competition, c.Selection = strings.TrimSpace(b.Title), b.Type, b.Nature, b.Competition, b.Selection
	c.Alliance, c.Chain, c.ChainNode, c.Tags = b.Alliance, b.Chain, b.ChainNode, models.J(b.Tags)
	c.Codes = models.J(proper(models.Codes(b.Codes)))
	c.TRLNow, c.TRLTarget, c.Background, c.Need, c.Detail = b.TRLCurrent, b.TRLTarget, b.Background, b.Need, b.Detail
	c.Deliverables, c.BountyFen, c.HonorOnly, c.TotalFen = models.J(b.Deliverables), b.BountyFen, b.HonorOnly, b.TotalFen
	c.Funding, c.FundProof, c.TermMonths = models.J(models.Funding(b.Funding)), b.FundProof, b.TermMonths
	c.IP, c.Conditions = models.J(models.IPTerms(b.IP)), models.J(models.BidderConditions(b.Conditions))
	c.Procurement, c.Commitment, c.Confidential, c.AnonymousOwner = b.Procurement, b.Commitment, b.Confidential, b.AnonymousOwner
	c.Contact, c.ClarifyUntil, c.Deadline, c.OpenAt = models.J(models.Contact(b.Contact)), utc(b.ClarifyUntil), utc(b.Deadline), utc(b.OpenAt)
	needs := make([]models.RequiredCapability, len(b.Capabilities))
	for i, n := range b.Capabilities {
		needs[i] = models.RequiredCapability(n)
	}
	c.Capabilities = models.J(needs)
	plan := make([]models.PlannedMilestone, len(b.Milestones))
	c.EliminateAt = 0
	for i, m := range b.Milestones {
		plan[i] = models.PlannedMilestone{Seq: i + 1, Name: m.Name, DueMonth: m.DueMonth, PaymentPct: m.PaymentPct, Eliminates: m.Eliminates, Exit: m.Exit}
		if m.Eliminates && c.EliminateAt == 0 {
			c.EliminateAt = i + 1
		}
	}
	c.Plan = models.J(plan)
	if c.MaxLanes = b.MaxLanes; c.Competition != horseRace {
		c.MaxLanes = 1
	}
	list := make([]models.Indicator, len(b.Indicators))
	for i, n := range b.Indicators {
		list[i] = models.Indicator{Name: n.Name, Op: n.Op, Value: n.Value, Min: n.Min, Max: n.Max, Text: n.Text, Unit: n.Unit,
			Baseline: n.Baseline, Weight: n.Weight, Knockout: n.Knockout, TestMethod: n.TestMethod, TestedBy: n.TestedBy}
		if list[i].Op == "" {
			list[i].Op = ">="
		}
	}
	return list
}

// utc keeps an instant to the microsecond, as the database does.
func utc(t *time.Time) *time.Time {
	if t == nil || t.IsZero() {
		return nil
	}
	u := t.UTC().Truncate(time.Microsecond)
	return &u
}
