package models

import "time"

// Batch is the call a challenge belongs to (批次): year, programme and the rules that were
// public before the first bid.
type Batch struct {
	ID            BatchID              `gorm:"column:id;primaryKey"`
	Region        string               `gorm:"column:region"`      // GB/T 2260
	RegionCode    string               `gorm:"column:region_code"` // as it stands in challenge codes, e.g. LN or SY
	Year          int                  `gorm:"column:year"`
	No            int                  `gorm:"column:no"`
	Programme     string               `gorm:"column:programme"`
	Title         string               `gorm:"column:title"`
	Criteria      JSON[[]Criterion]    `gorm:"column:criteria"`
	Weights       JSON[Weights]        `gorm:"column:weights"`
	Panel         JSON[PanelRules]     `gorm:"column:panel_rules"`
	PublicityDays int                  `gorm:"column:publicity_days"` // working days
	InProvince    bool                 `gorm:"column:in_province_only"`
	Recommend     bool                 `gorm:"column:needs_recommendation"` // the city recommends first (初审推荐)
	Rules         JSON[BatchRules]     `gorm:"column:rules"`
	Dates         JSON[BatchDates]     `gorm:"column:dates"`
	ClonedFrom    BatchID              `gorm:"column:cloned_from"`
	AnnouncedAt   *time.Time           `gorm:"column:announced_at"` // since when the early notice (预告) is public
	Notice        string               `gorm:"column:notice"`
	MinQuality    int                  `gorm:"column:min_quality"`    // challenges of a lower quality are published only with a reason
	NeedSheets    int                  `gorm:"column:need_sheets"`    // sheets of experts before a need of the region is approved
	Conflicts     JSON[[]ConflictRule] `gorm:"column:conflict_rules"` // where they differ from the platform's; see api/question
	Life
}

// BatchRules are further rules that stand before the first bid.
type BatchRules struct {
	Type          string `json:"type" enum:",tech_breakthrough,result_conversion" doc:"The one type of list this batch takes; empty takes both"`
	Selection     string `json:"selection_mode" enum:",owner_negotiated,panel_reviewed,panel_plus_owner" doc:"How winners are chosen; empty leaves it to each challenge"`
	Blind         string `json:"blind" enum:",names,both" doc:"names: experts do not see whose bids they read; both: nor does anybody but the office learn who judged"`
	MaxBidsPerOrg int    `json:"max_bids_per_org" minimum:"0" maximum:"100" doc:"How many bids one unit may have sealed in the batch at a time; 0 is no limit"`
}

// BatchDates are the windows of a batch as planned; each may be missing.
type BatchDates struct {
	PublishOn    *time.Time `json:"publish_on,omitempty" doc:"When the list is meant to be published"`
	ClarifyUntil *time.Time `json:"clarify_until,omitempty" doc:"Until when questions may be asked"`
	Deadline     *time.Time `json:"bid_deadline,omitempty" doc:"Until when bids are taken"`
	ReviewUntil  *time.Time `json:"review_until,omitempty" doc:"When the evaluation is meant to be done"`
}

// Criterion is one thing experts score (评分项), with words for what a score means.
type Criterion struct {
	Code     string `json:"code" minLength:"1" maxLength:"40" pattern:"^[a-z][a-z0-9_]*$"`
	NameZh   string `json:"name_zh" minLength:"1" maxLength:"60"`
	NameEn   string `json:"name_en" maxLength:"80"`
	Weight   int    `json:"weight" minimum:"1" maximum:"100" doc:"Weights of a form sum to 100; the weight is also the highest score"`
	Guidance string `json:"guidance" maxLength:"600" doc:"What earns a high, a middle and a low score"`
}

// Weights combine the parts of a ranking; they sum to 100 and are public before bidding.
type Weights struct {
	Panel int `json:"panel" minimum:"0" maximum:"100"`
	Owner int `json:"owner" minimum:"0" maximum:"100"`
	Match int `json:"match" minimum:"0" maximum:"100"`
}

// PanelRules say how experts are drawn.
type PanelRules struct {
	Size          int    `json:"size" minimum:"5" maximum:"11" doc:"Odd"`
	Reserves      int    `json:"reserves" minimum:"0" maximum:"20"`
	PerUnit       int    `json:"per_unit" minimum:"1" maximum:"11" doc:"Most experts of one unit"`
	TechShare     int    `json:"technology_share" minimum:"0" maximum:"100" doc:"At least this share of technology experts, in per cent"`
	NeedIndustry  bool   `json:"need_industry" doc:"At least one from industry or of users"`
	NeedFinance   bool   `json:"need_finance_or_law" doc:"At least one from finance or law"`
	ExpertsPerBid int    `json:"experts_per_bid" minimum:"0" maximum:"11" doc:"0: the whole panel reads each bid"`
	Aggregate     string `json:"aggregate,omitempty" enum:"mean,calibrated" required:"false" doc:"How the sheets for a bid make one value: their mean (if left out), or calibrated for the severity of the experts"`
}

// ConflictRule says of one kind of tie between a judge and those judged whether it counts, how
// long after its end, and whether it bars or holds back until two people waive it.
type ConflictRule struct {
	Code  string `json:"code" minLength:"2" maxLength:"40"`
	Hard  bool   `json:"hard" doc:"True bars; false holds back until two people waive it"`
	Years int    `json:"years" minimum:"-1" maximum:"50" doc:"How long it counts after its end; 0 only while it lasts, -1 for life"`
	Off   bool   `json:"off" required:"false" doc:"True where it does not count"`
}

func (*Batch) kind() Kind                   { return KindBatch }
func (b *Batch) key() string                { return string(b.ID) }
func (b *Batch) roles(tx *Tx) (Role, error) { return tx.Actor.officerOf(b.Region), nil }

// NewBatch makes a batch with the default rules; it is not saved.
func NewBatch() *Batch {
	return &Batch{ID: newID[BatchID]("bat"), Criteria: J(DefaultCriteria()), Weights: J(Weights{Panel: 70, Owner: 20, Match: 10}),
		Panel: J(PanelRules{Size: 7, Reserves: 4, PerUnit: 2, TechShare: 60, NeedIndustry: true}), Conflicts: J([]ConflictRule{}), PublicityDays: 5, MinQuality: 60, NeedSheets: needSheets}
}

// needSheets is how many experts argue a need where no batch says so.
const needSheets = 3

// NeedSheets is how many sheets a need of a region must have before it is approved: as the
// newest batch says that the region lies in.
func (tx *Tx) NeedSheets(region string) (int, error) {
	list, err := tx.Batches()
	for _, b := range list {
		if within(region, b.Region) {
			return b.NeedSheets, err
		}
	}
	return needSheets, err
}

// BatchFor loads a batch for an action.
func (tx *Tx) BatchFor(action Action, id BatchID) (*Batch, error) {
	return load[Batch](tx, action, "bat", string(id))
}

// Batch reads a batch that something else refers to; batches are public.
func (tx *Tx) Batch(id BatchID) (*Batch, error) { return find[Batch](tx, string(id)) }

// Batches lists every batch, newest first.
func (tx *Tx) Batches() ([]Batch, error) {
	list := []Batch{}
	return list, tx.db.Order("year desc, no desc, id").Find(&list).Error
}

var batchUnused = &guard{"no challenge published in it", func(tx *Tx, t thing) error {
	var n int64
	err := tx.db.Model(&Challenge{}).Where("batch_id = ? and code <> ''", t.key()).Limit(1).Count(&n).Error
	return refuse(err, n > 0, "batch.in_use", "A challenge of this batch has been published; its rules are fixed now.")
}}

// DefaultCriteria is the score form of 100 points used unless a batch brings its own.
func DefaultCriteria() []Criterion {
	return []Criterion{
		{"indicators", "指标响应与依据", "Indicators and their basis", 25, "高:逐项承诺达到或优于要求,依据为已验证数据;中:达到要求,依据为类比或仿真;低:有缺项或依据不足。"},
		{"route", "技术路线可行性", "Feasibility of the route", 20, "高:关键步骤已有验证,风险有替代方案;中:路线清楚,个别环节待验证;低:路线笼统或关键风险未识别。"},
		{"team", "团队能力", "Capability of the team", 20, "高:有同类项目成果,人员投入充足;中:相关经验部分覆盖;低:缺少关键能力。不因年龄、职称、头衔加减分。"},
		{"base", "研究基础与成熟度证据", "Base and evidence of TRL", 10, "高:有高于起始成熟度的实物或报告;中:与起始成熟度相当;低:证据缺失。"},
		{"plan", "进度与里程碑", "Plan and milestones", 10, "高:里程碑可检验、与付款对应;中:基本合理;低:不可检验。"},
		{"budget", "预算与报价合理性", "Budget and price", 5, "高:与工作量匹配、明细清楚;中:基本合理;低:明显偏离。"},
		{"conversion", "转化、知识产权与利益分配", "Conversion, IP and benefit sharing", 10, "高:转化路径和权益安排明确;中:原则性安排;低:未回应。"},
	}
}

// ConfidenceLevels is how sure an expert may be of his own sheet: 1 (low) to 3 (high).
const ConfidenceLevels = 3
