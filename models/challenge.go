package models

import (
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Challenge is one entry of the list (榜题): what a firm lacks, with measurable indicators
// and a bounty.
type Challenge struct {
	ID             ChallengeID                `gorm:"column:id;primaryKey"`
	Code           string                     `gorm:"column:code"` // {region}-JB-{year}-{batch}-{seq4}, given at publication
	Batch          BatchID                    `gorm:"column:batch_id"`
	Title          string                     `gorm:"column:title"`
	Type           string                     `gorm:"column:type"`   // tech_breakthrough, result_conversion
	Nature         string                     `gorm:"column:nature"` // chokepoint, common, frontier, product, conversion
	Competition    string                     `gorm:"column:competition_mode"`
	MaxLanes       int                        `gorm:"column:max_lanes"`
	EliminateAt    int                        `gorm:"column:eliminate_at"` // milestone of a horse race after which lanes end
	Selection      string                     `gorm:"column:selection_mode"`
	Alliance       AllianceID                 `gorm:"column:alliance_id"`
	Owner          OrgID                      `gorm:"column:owner_org_id"`
	Region         string                     `gorm:"column:region"`
	City           string                     `gorm:"column:city"`
	Chain          string                     `gorm:"column:chain"`
	ChainNode      string                     `gorm:"column:chain_node"`
	Codes          JSON[Codes]                `gorm:"column:codes"`
	TRLNow         int                        `gorm:"column:trl_now"`
	TRLTarget      int                        `gorm:"column:trl_target"`
	Background     string                     `gorm:"column:background"`
	Need           string                     `gorm:"column:need"`   // the public text
	Detail         string                     `gorm:"column:detail"` // only for who may read it, see Confidentiality
	Deliverables   JSON[[]string]             `gorm:"column:deliverables"`
	BountyFen      Fen                        `gorm:"column:bounty_fen"`
	HonorOnly      bool                       `gorm:"column:honor_only"`
	TotalFen       Fen                        `gorm:"column:total_fen"`
	Funding        JSON[Funding]              `gorm:"column:funding"`
	FundProof      DocumentID                 `gorm:"column:fund_proof_id"`
	TermMonths     int                        `gorm:"column:term_months"`
	Plan           JSON[[]PlannedMilestone]   `gorm:"column:plan"`
	IP             JSON[IPTerms]              `gorm:"column:ip_terms"`
	Conditions     JSON[BidderConditions]     `gorm:"column:bidder_conditions"`
	Procurement    string                     `gorm:"column:procurement_promise"`
	Commitment     bool                       `gorm:"column:commitment_required"` // 军令状
	Confidential   string                     `gorm:"column:confidentiality"`     // public, summary, nda
	AnonymousOwner bool                       `gorm:"column:anonymous_owner"`
	Contact        JSON[Contact]              `gorm:"column:contact"`
	Tags           JSON[[]string]             `gorm:"column:tags"` // domain tags, the first is primary
	Capabilities   JSON[[]RequiredCapability] `gorm:"column:capabilities"`
	ClarifyUntil   *time.Time                 `gorm:"column:clarify_until"`
	Deadline       *time.Time                 `gorm:"column:bid_deadline"`
	OpenAt         *time.Time                 `gorm:"column:open_at"`
	ShortWindow    string                     `gorm:"column:short_window_reason"` // the officer's, when the window is under 20 days
	Criteria       JSON[[]Criterion]          `gorm:"column:criteria"`            // the batch's rules as they stood at publication
	Weights        JSON[Weights]              `gorm:"column:weights"`
	Panel          JSON[PanelRules]           `gorm:"column:panel_rules"`
	Conflicts      JSON[[]ConflictRule]       `gorm:"column:conflict_rules"` // of the batch, where they differ from the platform\'s
	InProvince     bool                       `gorm:"column:in_province_only"`
	PublicityDays  int                        `gorm:"column:publicity_days"`
	PublishedAt    *time.Time                 `gorm:"column:published_at"`
	OpenedAt       *time.Time                 `gorm:"column:opened_at"`
	PublicityFrom  *time.Time                 `gorm:"column:publicity_from"`
	PublicityUntil *time.Time                 `gorm:"column:publicity_until"`
	Reason         string                     `gorm:"column:state_reason"` // why it was returned, withdrawn, failed
	RecommendedAt  *time.Time                 `gorm:"column:recommended_at"`
	RecommendedBy  UserID                     `gorm:"column:recommended_by"`
	Recommendation string                     `gorm:"column:recommendation"` // the city's opinion
	CreatedBy      UserID                     `gorm:"column:created_by"`
	SearchNo       int64                      `gorm:"column:search_no"`  // its place in the public list, see IndexChallenge
	TextNo         int                        `gorm:"column:text_no"`    // number of its newest supplement, 0 as published
	AmendedNo      int                        `gorm:"column:amended_no"` // number of its newest supplement that changed the text
	RepostOf       ChallengeID                `gorm:"column:repost_of"`  // the unfilled challenge it was made from
	Repost         JSON[[]Change]             `gorm:"column:repost_changes"`
	Rules          JSON[BatchRules]           `gorm:"column:rules"` // the batch's further rules as they stood at publication
	Life
}

// Codes link a challenge to the standards' classifications.
type Codes struct {
	GBT4754    []string `json:"gbt4754" maxItems:"10"`
	SEI        []string `json:"sei" maxItems:"10"`
	Discipline []string `json:"discipline" maxItems:"10"`
	IPC        []string `json:"ipc" maxItems:"10"`
}

// Funding says who pays; its parts sum to the total investment. All in fen.
type Funding struct {
	OwnerFen    Fen `json:"owner_fen" minimum:"0"`
	ProvinceFen Fen `json:"province_fen" minimum:"0"`
	CityFen     Fen `json:"city_fen" minimum:"0"`
	OtherFen    Fen `json:"other_fen" minimum:"0"`
}

// PlannedMilestone is a part of the work as asked for; payments sum to 100 %.
type PlannedMilestone struct {
	Seq        int    `json:"seq" minimum:"1" maximum:"6"`
	Name       string `json:"name" maxLength:"100"`
	DueMonth   int    `json:"due_month" minimum:"1" maximum:"120"`
	PaymentPct int    `json:"payment_pct" minimum:"0" maximum:"100"`
	Eliminates bool   `json:"eliminates" doc:"In a horse race: lanes that fail here end"`
	Exit       string `json:"exit" maxLength:"500" doc:"What must be shown, referring to indicators"`
}

// IPTerms say who owns what (知识产权); they are fixed before bidding and never a bare "joint".
type IPTerms struct {
	Background      string `json:"background" maxLength:"200"`
	Foreground      string `json:"foreground" enum:"owner,bidder,bidder_license,joint" doc:"Who owns the results"`
	BidderRights    string `json:"bidder_rights" maxLength:"500"`
	License         string `json:"license" maxLength:"300"`
	RevenueSharePct int    `json:"revenue_share_pct" minimum:"0" maximum:"100"`
}

// BidderConditions are what a bidder must fulfil, beside the gates that always hold.
type BidderConditions struct {
	InProvinceOnly bool     `json:"in_province_only"`
	EnterpriseOnly bool     `json:"enterprise_only"`
	MinPartners    int      `json:"min_partners" minimum:"0" maximum:"20"`
	Text           []string `json:"text" maxItems:"20"`
}

// Contact is shown to signed-in people only.
type Contact struct {
	Name  string `json:"name" maxLength:"60"`
	Phone string `json:"phone" maxLength:"30"`
	Email string `json:"email" maxLength:"120"`
}

// RequiredCapability is what the work needs; must ones gate.
type RequiredCapability struct {
	Tag      string `json:"tag" minLength:"1" maxLength:"60"`
	Must     bool   `json:"must"`
	MinLevel int    `json:"min_level" minimum:"1" maximum:"5"`
}

func (*Challenge) kind() Kind               { return KindChallenge }
func (c *Challenge) key() string            { return string(c.ID) }
func (c *Challenge) challenge() ChallengeID { return c.ID }
func (c *Challenge) roles(tx *Tx) (Role, error) {
	r, err := c.office(tx)
	if err != nil {
		return 0, err
	}
	if tx.Actor.Posts(c.Owner) {
		r |= Owner
	}
	if c.Code != "" {
		r |= Reader // once on the list, it stays to be read
	}
	return r, nil
}

// NewChallenge makes a challenge with a fresh id; it is not saved.
func NewChallenge() *Challenge { return &Challenge{ID: newID[ChallengeID]("chl")} }

// ChallengeFor loads a challenge for an action.
func (tx *Tx) ChallengeFor(action Action, id ChallengeID) (*Challenge, error) {
	return load[Challenge](tx, action, "chl", string(id))
}

// Challenge reads the challenge a thing in hand belongs to, without asking the table.
func (tx *Tx) Challenge(id ChallengeID) (*Challenge, error) { return find[Challenge](tx, string(id)) }

// ChallengesByID reads several challenges at once, without asking the table.
func (tx *Tx) ChallengesByID(ids []ChallengeID) (map[ChallengeID]Challenge, error) {
	found := map[ChallengeID]Challenge{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Challenge
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, c := range rows {
		found[c.ID] = c
	}
	return found, err
}

// ChallengesIn lists the challenges in a state, for clock doors and matching, oldest first.
func (tx *Tx) ChallengesIn(states ...string) ([]Challenge, error) {
	list := []Challenge{}
	return list, tx.db.Where("state in ?", states).Order("created_at, id").Find(&list).Error
}

// ChallengesDue lists published challenges whose deadline lies before the given instant.
func (tx *Tx) ChallengesDue(before time.Time) ([]Challenge, error) {
	list := []Challenge{}
	return list, tx.db.Where("state = ? and bid_deadline <= ?", ChallengePublished, before).Order("bid_deadline, id").Find(&list).Error
}

// ChallengesToOpen lists the closed challenges whose opening time has come.
func (tx *Tx) ChallengesToOpen() ([]ChallengeID, error) {
	list := []ChallengeID{}
	return list, tx.db.Model(&Challenge{}).Where("state = ? and open_at <= ?", ChallengeClosed, tx.Now).Order("open_at, id").Pluck("id", &list).Error
}

// Reminded reports whether the reminder of a deadline was given since an instant: a deadline
// that was moved is another one.
func (tx *Tx) Reminded(c *Challenge, since time.Time) (bool, error) {
	var n int64
	err := tx.db.Model(&Event{}).Where("kind = ? and thing = ? and action = ? and at >= ?", KindChallenge, c.ID, ChallengeRemind, since).Limit(1).Count(&n).Error
	return n > 0, err
}

// NextCode gives the next code of a batch: {region}-JB-{year}-{batch}-{seq4}.
func (tx *Tx) NextCode(b *Batch) (string, error) {
	n, err := tx.next(fmt.Sprintf("challenge/%s/%d/%d", b.RegionCode, b.Year, b.No))
	return fmt.Sprintf("%s-JB-%d-%02d-%04d", b.RegionCode, b.Year, b.No, n), err
}

// next counts up a named sequence; two units of work never get the same number.
func (tx *Tx) next(name string) (int64, error) {
	var n int64
	err := tx.db.Raw(`insert into sequences (name, value) values (?, 1)
		on conflict (name) do update set value = sequences.value + 1 returning value`, name).Scan(&n).Error
	return n, err
}

// NextNumber counts up one of the plain codes, e.g. NextNumber("AL").
func (tx *Tx) NextNumber(prefix string) (string, error) {
	n, err := tx.next("code/" + prefix)
	return fmt.Sprintf("%s%05d", prefix, n), err
}

// Indicator is a measurable promise asked for (考核指标). It runs from here to the promise
// in the bid, the score, the contract and the value measured at acceptance.
type Indicator struct {
	ID         IndicatorID `gorm:"column:id;primaryKey"`
	Challenge  ChallengeID `gorm:"column:challenge_id"`
	No         int         `gorm:"column:no"`
	Name       string      `gorm:"column:name"`
	Op         string      `gorm:"column:op"` // >=, <=, =, range, meets
	Value      *float64    `gorm:"column:value"`
	Min        *float64    `gorm:"column:value_min"`
	Max        *float64    `gorm:"column:value_max"`
	Text       string      `gorm:"column:value_text"` // for meets
	Unit       string      `gorm:"column:unit"`
	Baseline   string      `gorm:"column:baseline"`
	Weight     int         `gorm:"column:weight"`
	Knockout   bool        `gorm:"column:knockout"` // 一票否决
	TestMethod string      `gorm:"column:test_method"`
	TestedBy   string      `gorm:"column:tested_by"`
}

// Met reports whether a promised value fulfils the indicator; for a range the promise is an
// interval that must cover the one asked for. meets is judged by people and counts as met.
func (i Indicator) Met(value, low, high *float64) bool {
	switch i.Op {
	case ">=":
		return value != nil && i.Value != nil && *value >= *i.Value
	case "<=":
		return value != nil && i.Value != nil && *value <= *i.Value
	case "=":
		return value != nil && i.Value != nil && *value == *i.Value
	case "range":
		return low != nil && high != nil && i.Min != nil && i.Max != nil && *low <= *i.Min && *high >= *i.Max
	default:
		return true
	}
}

// IndicatorsOf lists the indicators of some challenges in order.
func (tx *Tx) IndicatorsOf(ids ...ChallengeID) ([]Indicator, error) {
	list := []Indicator{}
	return list, tx.db.Where("challenge_id in ?", ids).Order("challenge_id, no").Find(&list).Error
}

// SetIndicators replaces the indicators of a draft. Ids are kept where the number stays, so
// that a reference survives an edit.
func (tx *Tx) SetIndicators(c *Challenge, list []Indicator) error {
	old, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return err
	}
	ids := map[int]IndicatorID{}
	for _, i := range old {
		ids[i.No] = i.ID
	}
	if err := tx.db.Where("challenge_id = ?", c.ID).Delete(&Indicator{}).Error; err != nil {
		return err
	}
	for n := range list {
		i := &list[n]
		i.No, i.Challenge, i.ID = n+1, c.ID, ids[n+1]
		if i.ID == "" {
			i.ID = newID[IndicatorID]("ind")
		}
	}
	if len(list) == 0 {
		return nil
	}
	return tx.db.Create(&list).Error
}

// mine narrows a query to the challenges the actor's orgs own.
func (tx *Tx) mine(q *gorm.DB) *gorm.DB {
	orgs := make([]OrgID, 0, len(tx.Actor.Orgs))
	for org := range tx.Actor.Orgs {
		if tx.Actor.Posts(org) {
			orgs = append(orgs, org)
		}
	}
	return q.Where("owner_org_id in ?", orgs)
}
