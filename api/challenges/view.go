package challenges

import (
	"slices"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// Challenge is a challenge as the caller may see it; fields he may not see are empty. How
// many bids there are is in no field of it.
type Challenge struct {
	ID             models.ChallengeID    `json:"id"`
	Version        int64                 `json:"version"`
	Code           string                `json:"code" doc:"Given at publication"`
	State          string                `json:"state"`
	StateReason    string                `json:"state_reason"`
	Batch          models.BatchID        `json:"batch_id"`
	RecommendedAt  *time.Time            `json:"recommended_at,omitempty" doc:"When the city recommended it; shown to the owner and to offices"`
	Recommendation string                `json:"recommendation" doc:"The city's opinion; shown to the owner and to offices"`
	Title          string                `json:"title"`
	Type           string                `json:"type"`
	Nature         string                `json:"nature"`
	Competition    string                `json:"competition_mode"`
	MaxLanes       int                   `json:"max_lanes"`
	EliminateAt    int                   `json:"eliminate_at" doc:"The milestone of a horse race after which lanes end; 0 is none"`
	Selection      string                `json:"selection_mode"`
	Owner          ChallengeParty        `json:"owner"`
	AnonymousOwner bool                  `json:"anonymous_owner"`
	Alliance       *ChallengeParty       `json:"alliance,omitempty"`
	Region         string                `json:"region"`
	City           string                `json:"city"`
	Chain          *ChallengeLabel       `json:"chain,omitempty"`
	ChainNode      string                `json:"chain_node"`
	Tags           []ChallengeLabel      `json:"tags"`
	Capabilities   []ChallengeCapability `json:"capabilities"`
	Codes          ChallengeCodes        `json:"codes"`
	Background     string                `json:"background"`
	Need           string                `json:"need"`
	Detail         string                `json:"detail" doc:"Empty for whom the confidentiality keeps it from"`
	DetailHidden   bool                  `json:"detail_hidden" doc:"There is a detail the caller may not read"`
	Indicators     []ChallengeIndicator  `json:"indicators"`
	TRLCurrent     int                   `json:"trl_current"`
	TRLTarget      int                   `json:"trl_target"`
	Deliverables   []string              `json:"deliverables"`
	BountyFen      models.Fen            `json:"bounty_fen"`
	HonorOnly      bool                  `json:"honor_only"`
	TotalFen       models.Fen            `json:"total_investment_fen"`
	Funding        *ChallengeFunding     `json:"funding,omitempty" doc:"For signed-in people"`
	FundProof      models.DocumentID     `json:"fund_proof" doc:"For the owner, officers and auditors"`
	LiabilityFen   models.Fen            `json:"max_liability_fen" doc:"The most the lanes of a horse race can cost: all are paid until the eliminating milestone"`
	TermMonths     int                   `json:"term_months"`
	Milestones     []ChallengeMilestone  `json:"milestones"`
	IP             ChallengeIP           `json:"ip_terms"`
	Conditions     ChallengeConditions   `json:"bidder_conditions"`
	Procurement    string                `json:"procurement_promise"`
	Commitment     bool                  `json:"commitment_required"`
	Confidential   string                `json:"confidentiality"`
	Contact        *models.Contact       `json:"contact,omitempty" doc:"For signed-in people; not of an anonymous owner"`
	PublishedAt    *time.Time            `json:"published_at,omitempty"`
	ClarifyUntil   *time.Time            `json:"clarify_until,omitempty"`
	Deadline       *time.Time            `json:"bid_deadline,omitempty"`
	OpenAt         *time.Time            `json:"open_at,omitempty"`
	OpenedAt       *time.Time            `json:"opened_at,omitempty"`
	PublicityFrom  *time.Time            `json:"publicity_from,omitempty"`
	PublicityUntil *time.Time            `json:"publicity_until,omitempty"`
	ShortWindow    string                `json:"short_window_reason"`
	Criteria       []models.Criterion    `json:"criteria" doc:"Fixed at publication"`
	Weights        models.Weights        `json:"weights"`
	Panel          models.PanelRules     `json:"panel_rules"`
	InProvince     bool                  `json:"in_province_only" doc:"By the rules of the batch"`
	PublicityDays  int                   `json:"publicity_days"`
	TextNo         int                   `json:"text_no" doc:"Number of the newest supplement; 0 as published"`
	AmendedNo      int                   `json:"amended_no" doc:"Number of the newest supplement that changed the text"`
	Rules          models.BatchRules     `json:"rules" doc:"Further rules of the batch, fixed at publication"`
	RepostOf       *ChallengeRef         `json:"repost_of,omitempty" doc:"The unfilled challenge it was made from"`
	RepostedAs     *ChallengeRef         `json:"reposted_as,omitempty"`
	FromNeed       *ChallengeNeed        `json:"from_need,omitempty" doc:"The need it was made from, where the caller may see it or it is public"`
	RepostChanges  []models.Change       `json:"repost_changes" doc:"What was changed when it was posted again"`
	Files          []ChallengeFile       `json:"files"`
	MyBids         []models.BidID        `json:"my_bids" doc:"Bids of the caller's own teams and units"`
	Missing        []problem.Field       `json:"missing" doc:"For the owner of a draft: what is lacking"`
	CreatedAt      time.Time             `json:"created_at"`
	UpdatedAt      time.Time             `json:"updated_at"`
	Actions        []models.Action       `json:"actions" doc:"What the caller may do now"`
	Shows          []models.Action       `json:"shows" doc:"What the caller may read beside it"`
}

// ChallengeRef is another challenge.
type ChallengeRef struct {
	ID   models.ChallengeID `json:"id"`
	Code string             `json:"code"`
}

// ChallengeNeed is the need a challenge carries on. The id is empty where the caller may not
// open it.
type ChallengeNeed struct {
	ID    models.NeedID `json:"id"`
	Code  string        `json:"code"`
	Title string        `json:"title"`
}

// ChallengeParty is a unit or alliance by its name. The id is empty where the owner is anonymous.
type ChallengeParty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ChallengeCapability is a capability asked for, with its words.
type ChallengeCapability struct {
	Tag      string `json:"tag"`
	Name     string `json:"name"`
	NameEn   string `json:"name_en"`
	Must     bool   `json:"must"`
	MinLevel int    `json:"min_level"`
}

// ChallengeIndicator is one measurable promise asked for.
type ChallengeIndicator struct {
	ID         models.IndicatorID `json:"id"`
	No         int                `json:"no"`
	Name       string             `json:"name"`
	Op         string             `json:"op" enum:">=,<=,=,range,meets"`
	Value      *float64           `json:"value,omitempty"`
	Min        *float64           `json:"value_min,omitempty"`
	Max        *float64           `json:"value_max,omitempty"`
	Text       string             `json:"value_text"`
	Unit       string             `json:"unit"`
	Baseline   string             `json:"baseline"`
	Weight     int                `json:"weight"`
	Knockout   bool               `json:"knockout"`
	TestMethod string             `json:"test_method"`
	TestedBy   string             `json:"tested_by"`
}

// ChallengeCodes link a challenge to the standards' classifications.
type ChallengeCodes struct {
	GBT4754    []string `json:"gbt4754"`
	SEI        []string `json:"sei"`
	Discipline []string `json:"discipline"`
	IPC        []string `json:"ipc"`
}

// ChallengeFunding says who pays.
type ChallengeFunding struct {
	OwnerFen    models.Fen `json:"owner_fen"`
	ProvinceFen models.Fen `json:"province_fen"`
	CityFen     models.Fen `json:"city_fen"`
	OtherFen    models.Fen `json:"other_fen"`
}

// ChallengeMilestone is a part of the work as asked for.
type ChallengeMilestone struct {
	Seq        int    `json:"seq"`
	Name       string `json:"name"`
	DueMonth   int    `json:"due_month"`
	PaymentPct int    `json:"payment_pct"`
	Eliminates bool   `json:"eliminates"`
	Exit       string `json:"exit"`
}

// ChallengeIP says who owns what.
type ChallengeIP struct {
	Background      string `json:"background"`
	Foreground      string `json:"foreground"`
	BidderRights    string `json:"bidder_rights"`
	License         string `json:"license"`
	RevenueSharePct int    `json:"revenue_share_pct"`
}

// ChallengeConditions are what a bidder must fulfil.
type ChallengeConditions struct {
	InProvinceOnly bool     `json:"in_province_only"`
	EnterpriseOnly bool     `json:"enterprise_only"`
	MinPartners    int      `json:"min_partners"`
	Text           []string `json:"text"`
}

// ChallengeFile is a document of a challenge.
type ChallengeFile struct {
	ID       models.DocumentID `json:"id"`
	Purpose  string            `json:"purpose"`
	Name     string            `json:"name"`
	Media    string            `json:"media_type"`
	Size     int64             `json:"size"`
	SHA256   string            `json:"sha256"`
	Audience string            `json:"audience"`
}

// view shows a challenge to the caller, by the classes of its fields: public, for signed-in
// people, for those with a part in it, and the detail by the confidentiality the owner chose.
func view(tx *models.Tx, c *models.Challenge) (*Challenge, error) {
	v := public(c)
	inside, err := tx.Sees(models.TrailShow, c) // the owner, officers of the region, auditors
	if err != nil {
		return nil, err
	}
	now, err := vocabulary(tx)
	if err != nil {
		return nil, err
	}
	tagged, err := taggedWith(tx, []models.ChallengeID{c.ID})
	if err != nil {
		return nil, err
	}
	w := now.asTagged(tagged[c.ID])
	v.Tags = labels(w.domains, c.Tags.V)
	if c.Chain != "" {
		l := label(w.chains, c.Chain)
		v.Chain = &l
	}
	for _, n := range c.Capabilities.V {
		l := label(w.capabilities, n.Tag)
		v.Capabilities = append(v.Capabilities, ChallengeCapability{n.Tag, l.Name, l.NameEn, n.Must, n.MinLevel})
	}
	if err := v.parties(tx, c, inside); err != nil {
		return nil, err
	}
	signedIn := tx.Actor.User != ""
	if signedIn {
		f := ChallengeFunding(c.Funding.V)
		v.Funding = &f
		if inside || !masked(c) {
			v.Contact = &c.Contact.V
		}
	}
	if inside {
		v.RecommendedAt, v.Recommendation = c.RecommendedAt, c.Recommendation
		v.FundProof = c.FundProof
	}
	if inside || c.Confidential == "public" || c.Confidential == "summary" && signedIn {
		v.Detail = c.Detail
	} else {
		v.DetailHidden = c.Detail != ""
	}
	if inside || slices.Contains(endedPublicly, c.State) {
		v.StateReason = c.Reason
	}
	if err := v.need(tx, c); err != nil {
		return nil, err
	}
	if err := v.around(tx, c, inside); err != nil {
		return nil, err
	}
	return v, nil
}

// need names what a challenge came from: to those who may open it, and by code and title to
// all where its owner let these be shown.
func (v *Challenge) need(tx *models.Tx, c *models.Challenge) error {
	n, err := tx.NeedOf(c.ID)
	if n == nil || err != nil {
		return err
	}
	seen, err := tx.Sees(models.NeedShow, n)
	if seen || n.Publish {
		v.FromNeed = &ChallengeNeed{Code: n.Code, Title: n.Title}
	}
	if seen {
		v.FromNeed.ID = n.ID
	}
	return err
}

// endedPublicly are the states whose reason everybody may read.
var endedPublicly = []string{models.ChallengeWithdrawn, models.ChallengeFailed, models.ChallengeNoBid}

// masked reports whether the owner is kept from outsiders: until the award.
func masked(c *models.Challenge) bool { return c.AnonymousOwner && c.State != models.ChallengeAwarded }

// Masked is the name an anonymous owner has until the award.
const Masked = "某企业"

func public(c *models.Challenge) *Challenge {
	v := &Challenge{ID: c.ID, Version: c.Version, Code: c.Code, State: c.State, Batch: c.Batch, Title: c.Title, Type: c.Type, Nature: c.Nature,
		Competition: c.Competition, MaxLanes: c.MaxLanes, EliminateAt: c.EliminateAt, Selection: c.Selection, AnonymousOwner: c.AnonymousOwner,
		Region: c.Region, City: c.City, ChainNode: c.ChainNode, Codes: ChallengeCodes(c.Codes.V), Background: c.Background, Need: c.Need,
		TRLCurrent: c.TRLNow, TRLTarget: c.TRLTarget, Deliverables: c.Deliverables.V, BountyFen: c.BountyFen, HonorOnly: c.HonorOnly,
		TotalFen: c.TotalFen, LiabilityFen: liability(c), TermMonths: c.TermMonths, IP: ChallengeIP(c.IP.V), Conditions: ChallengeConditions(c.Conditions.V),
		Procurement: c.Procurement, Commitment: c.Commitment, Confidential: c.Confidential, PublishedAt: c.PublishedAt, ClarifyUntil: c.ClarifyUntil,
		Deadline: c.Deadline, OpenAt: c.OpenAt, OpenedAt: c.OpenedAt, PublicityFrom: c.PublicityFrom, PublicityUntil: c.PublicityUntil,
		ShortWindow: c.ShortWindow, Criteria: c.Criteria.V, Weights: c.Weights.V, Panel: c.Panel.V, InProvince: c.InProvince,
		PublicityDays: c.PublicityDays, TextNo: c.TextNo, AmendedNo: c.AmendedNo, Rules: c.Rules.V, RepostChanges: c.Repost.V, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt}
	for _, m := range c.Plan.V {
		v.Milestones = append(v.Milestones, ChallengeMilestone(m))
	}
	return v
}

// liability is the most the owner can have to pay: every lane until the eliminating
// milestone, one lane after it.
func liability(c *models.Challenge) models.Fen {
	lanes := models.Fen(max(c.MaxLanes, 1))
	total := models.Fen(0)
	for i, m := range c.Plan.V {
		part := c.BountyFen * models.Fen(m.PaymentPct) / 100
		if c.EliminateAt > 0 && i+1 <= c.EliminateAt {
			part *= lanes
		}
		total += part
	}
	return total
}

// parties names owner and alliance, or hides both.
func (v *Challenge) parties(tx *models.Tx, c *models.Challenge, inside bool) error {
	if masked(c) && !inside {
		v.Owner = ChallengeParty{Name: Masked}
		return nil
	}
	owner, err := tx.Org(c.Owner)
	if err != nil {
		return err
	}
	v.Owner = ChallengeParty{string(owner.ID), owner.Name}
	if c.Alliance == "" {
		return nil
	}
	a, err := tx.AlliancesByID([]models.AllianceID{c.Alliance})
	if found, ok := a[c.Alliance]; ok {
		v.Alliance = &ChallengeParty{string(found.ID), found.Name}
	}
	return err
}

// shows are the readings whose pages hang on a challenge.
var shows = []models.Action{models.ChallengeVerify, models.MatchForChallenge, models.MatchConsortia, models.MatchReach, models.InvitationList,
	models.AmendmentList, models.NDAList, models.ChallengeDiagnose, models.BidList, models.PanelShow, models.AssignmentList, models.ReviewList, models.RankingShow, models.AwardShow, models.ObjectionList, models.TrailShow}

// around adds what hangs on the challenge: indicators, files, the caller's own bids, and
// what he may do.
func (v *Challenge) around(tx *models.Tx, c *models.Challenge, inside bool) error {
	list, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return err
	}
	for _, n := range list {
		v.Indicators = append(v.Indicators, ChallengeIndicator{n.ID, n.No, n.Name, n.Op, n.Value, n.Min, n.Max, n.Text, n.Unit, n.Baseline,
			n.Weight, n.Knockout, n.TestMethod, n.TestedBy})
	}
	files, err := tx.DocumentsOf(models.KindChallenge, string(c.ID))
	if err != nil {
		return err
	}
	for _, d := range files {
		if inside || d.Audience == "readers" {
			v.Files = append(v.Files, ChallengeFile{d.ID, d.Purpose, d.Name, d.Media, d.Size, d.SHA256, d.Audience})
		}
	}
	if err := v.posted(tx, c, inside); err != nil {
		return err
	}
	mine, err := tx.OurBidsOn(c.ID)
	if err != nil {
		return err
	}
	for _, b := range mine {
		v.MyBids = append(v.MyBids, b.ID)
	}
	if v.Actions, err = tx.Allowed(c); err != nil {
		return err
	}
	if slices.Contains(v.Actions, models.ChallengeSubmit) {
		faults, _, err := examine(tx, c)
		if err != nil {
			return err
		}
		v.Missing = faults
	}
	for _, action := range shows {
		ok, err := tx.Sees(action, c)
		if err != nil {
			return err
		}
		if ok {
			v.Shows = append(v.Shows, action)
		}
	}
	return nil
}

// posted links a challenge posted again with the one before, both ways; a draft is nobody
// else's to know of.
func (v *Challenge) posted(tx *models.Tx, c *models.Challenge, inside bool) error {
	if c.RepostOf != "" {
		old, err := tx.Challenge(c.RepostOf)
		if err != nil {
			return err
		}
		v.RepostOf = &ChallengeRef{old.ID, old.Code}
	}
	again, err := tx.RepostedAs(c.ID)
	if again != nil && (inside || again.Code != "") {
		v.RepostedAs = &ChallengeRef{again.ID, again.Code}
	}
	return err
}
