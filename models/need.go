package models

import (
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Need is what a firm lacks, before it is a challenge (需求): it is written down, talked over,
// argued before experts, and then carried on by a challenge, or not.
type Need struct {
	ID        NeedID            `gorm:"column:id;primaryKey"`
	Code      string            `gorm:"column:code"` // given when it is first submitted
	Owner     OrgID             `gorm:"column:owner_org_id"`
	Region    string            `gorm:"column:region"`
	City      string            `gorm:"column:city"`
	Title     string            `gorm:"column:title"`
	Chain     string            `gorm:"column:chain"`
	Content   JSON[NeedContent] `gorm:"column:content"`
	Quality   int               `gorm:"column:quality"` // as it was at the last save, for lists
	Publish   bool              `gorm:"column:publish"` // the owner lets title and summary be shown once it is approved
	Reason    string            `gorm:"column:state_reason"`
	Opinion   string            `gorm:"column:opinion"` // what the office concluded from the argument
	Into      *NeedID           `gorm:"column:merged_into"`
	Challenge *ChallengeID      `gorm:"column:challenge_id"`
	CreatedBy UserID            `gorm:"column:created_by"`
	Life
}

// NeedContent is what the owner writes. Its words are those of a challenge, so that nothing
// is lost when it becomes one.
type NeedContent struct {
	Summary      string               `json:"summary"` // the only text besides the title that is ever public
	Background   string               `json:"background"`
	Problem      string               `json:"problem"`
	Present      string               `json:"present"` // what is reached today
	Indicators   []NeedIndicator      `json:"indicators"`
	TotalFen     Fen                  `json:"total_fen"`
	OwnerFen     Fen                  `json:"owner_fen"`
	MoneyProof   string               `json:"money_proof"` // which paper shows the money, in words
	TermMonths   int                  `json:"term_months"`
	WindowDays   int                  `json:"window_days"`
	IP           IPTerms              `json:"ip"`
	Conditions   BidderConditions     `json:"conditions"`
	TRLNow       int                  `json:"trl_now"`
	TRLTarget    int                  `json:"trl_target"`
	Tags         []string             `json:"tags"`
	Capabilities []RequiredCapability `json:"capabilities"`
	Contact      Contact              `json:"contact"`
}

// NeedIndicator is a wish that becomes an indicator of the challenge under the same id.
type NeedIndicator struct {
	ID         IndicatorID `json:"id"`
	Name       string      `json:"name"`
	Op         string      `json:"op"`
	Value      *float64    `json:"value,omitempty"`
	Min        *float64    `json:"min,omitempty"`
	Max        *float64    `json:"max,omitempty"`
	Text       string      `json:"text"`
	Unit       string      `json:"unit"`
	Baseline   string      `json:"baseline"`
	TestMethod string      `json:"test_method"`
	TestedBy   string      `json:"tested_by"`
}

func (*Need) kind() Kind    { return KindNeed }
func (n *Need) key() string { return string(n.ID) }
func (n *Need) roles(tx *Tx) (Role, error) {
	r := tx.Actor.officerOf(n.Region)
	if tx.Actor.Posts(n.Owner) {
		r |= Owner
	}
	if tx.Actor.Expert == "" {
		return r, nil
	}
	var named int64
	err := tx.db.Model(&NeedExpert{}).Where("need_id = ? and expert_id = ? and released_at is null", n.ID, tx.Actor.Expert).Count(&named).Error
	if named > 0 {
		r |= Judge
	}
	return r, err
}

// NewNeed makes a need with a fresh id; it is not saved.
func NewNeed() *Need { return &Need{ID: newID[NeedID]("ned")} }

// NewIndicatorID makes the id an indicator keeps from the need to the acceptance.
func NewIndicatorID() IndicatorID { return newID[IndicatorID]("ind") }

// NeedFor loads a need for an action.
func (tx *Tx) NeedFor(action Action, id NeedID) (*Need, error) {
	return load[Need](tx, action, "ned", string(id))
}

// Need reads a need that something in hand refers to, without asking the table.
func (tx *Tx) Need(id NeedID) (*Need, error) { return find[Need](tx, string(id)) }

// AsChallenge is the need in the words of a challenge that it would become; it is not saved.
func (n *Need) AsChallenge() (*Challenge, []Indicator) {
	c, v := NewChallenge(), n.Content.V
	c.Owner, c.Region, c.City, c.Title, c.Chain = n.Owner, n.Region, n.City, n.Title, n.Chain
	c.Type, c.Nature, c.Competition, c.Selection, c.Confidential, c.MaxLanes = "tech_breakthrough", "common", "single", "panel_plus_owner", "public", 1
	c.Background, c.Need, c.TRLNow, c.TRLTarget = v.Background, v.Problem, v.TRLNow, v.TRLTarget
	if v.Present != "" {
		c.Background += "\n" + v.Present
	}
	c.TotalFen, c.BountyFen, c.Funding = v.TotalFen, v.TotalFen, J(Funding{OwnerFen: v.OwnerFen, OtherFen: max(0, v.TotalFen-v.OwnerFen)})
	c.TermMonths, c.IP, c.Conditions, c.Contact = v.TermMonths, J(v.IP), J(v.Conditions), J(v.Contact)
	c.Tags, c.Capabilities = J(append([]string{}, v.Tags...)), J(append([]RequiredCapability{}, v.Capabilities...))
	c.Deliverables, c.Plan, c.Codes = J([]string{}), J([]PlannedMilestone{}), J(Codes{GBT4754: []string{}, SEI: []string{}, Discipline: []string{}, IPC: []string{}})
	if c.Conditions.V.Text == nil {
		c.Conditions.V.Text = []string{}
	}
	list := make([]Indicator, len(v.Indicators))
	for i, one := range v.Indicators {
		list[i] = Indicator{ID: one.ID, Challenge: c.ID, No: i + 1, Name: one.Name, Op: one.Op, Value: one.Value, Min: one.Min, Max: one.Max, Text: one.Text,
			Unit: one.Unit, Baseline: one.Baseline, TestMethod: one.TestMethod, TestedBy: one.TestedBy}
	}
	return c, list
}

// CarryIndicators saves the indicators of a new draft under the ids they have already.
func (tx *Tx) CarryIndicators(list []Indicator) error {
	if len(list) == 0 {
		return nil
	}
	return tx.db.Create(&list).Error
}

// NeedOf finds the need a challenge came from, or nil, without asking the table.
func (tx *Tx) NeedOf(c ChallengeID) (*Need, error) {
	return take[Need](tx.db.Where("challenge_id = ?", c))
}

// NeedFilter narrows a list of needs.
type NeedFilter struct {
	Q, State, Chain string
	Public          bool // only what owners let be shown; else what the actor may see
	ByQuality       bool
}

// Needs lists the pool: the public part of it, or what the actor has to do with.
func (tx *Tx) Needs(f NeedFilter, after Cursor, limit int) ([]Need, error) {
	q := tx.db.Model(&Need{})
	if f.Public {
		q = q.Where("publish = ? and state in ?", true, from(NeedApproved, NeedTurnedInto))
	} else {
		q = tx.seenNeeds(q)
	}
	if f.Q != "" {
		q = q.Where("(lower(title) like lower(?) escape '\\' or lower(code) = lower(?))", contains(f.Q), f.Q)
	}
	if f.State != "" {
		q = q.Where("state = ?", f.State)
	}
	if f.Chain != "" {
		q = q.Where("chain = ?", f.Chain)
	}
	column := "created_at"
	if f.ByQuality {
		column = "quality"
	}
	list := []Need{}
	return list, after.by(q, column, true).Limit(limit).Find(&list).Error
}

// NeedsIn counts the needs of all owners in a state.
func (tx *Tx) NeedsIn(state string) (n int64, err error) {
	return n, tx.db.Model(&Need{}).Where("state = ?", state).Count(&n).Error
}

// seenNeeds narrows to what the table lets the actor see.
func (tx *Tx) seenNeeds(q *gorm.DB) *gorm.DB {
	orgs := []OrgID{""}
	for id := range tx.Actor.Orgs {
		if tx.Actor.Posts(id) {
			orgs = append(orgs, id)
		}
	}
	seen := tx.db.Where("owner_org_id in ?", orgs)
	if tx.Actor.Operator || tx.Actor.Auditor {
		seen = seen.Or("state <> ?", NeedDrafted)
	}
	for _, region := range tx.Actor.Regions {
		seen = seen.Or("state <> ? and region like ?", NeedDrafted, widened(region)+"%")
	}
	if tx.Actor.Expert != "" {
		seen = seen.Or("state <> ? and id in (select need_id from need_experts where expert_id = ? and released_at is null)", NeedDrafted, tx.Actor.Expert)
	}
	return q.Where(seen)
}

// widened is the start of every region code within a region.
func widened(region string) string {
	for len(region) >= 2 && region[len(region)-2:] == "00" {
		region = region[:len(region)-2]
	}
	return region
}

// NeedWord is one comment in the talk between owner and office.
type NeedWord struct {
	ID         NeedCommentID `gorm:"column:id;primaryKey"`
	Need       NeedID        `gorm:"column:need_id"`
	Field      string        `gorm:"column:field"` // the field it is about, or ""
	Body       string        `gorm:"column:body"`
	By         UserID        `gorm:"column:by_user"`
	Office     bool          `gorm:"column:by_office"`
	CreatedAt  time.Time     `gorm:"column:created_at;autoCreateTime:false"`
	ResolvedAt *time.Time    `gorm:"column:resolved_at"`
	ResolvedBy UserID        `gorm:"column:resolved_by"`
}

// TableName keeps the plain word.
func (NeedWord) TableName() string { return "need_comments" }

// AddNeedComment writes a comment.
func (tx *Tx) AddNeedComment(n *Need, field, body string, office bool) (*NeedWord, error) {
	w := &NeedWord{ID: newID[NeedCommentID]("nco"), Need: n.ID, Field: field, Body: body, By: tx.Actor.User, Office: office, CreatedAt: tx.Now}
	return w, tx.db.Create(w).Error
}

// NeedComments lists the talk about a need, oldest first.
func (tx *Tx) NeedComments(n NeedID) ([]NeedWord, error) {
	list := []NeedWord{}
	return list, tx.db.Where("need_id = ?", n).Order("created_at, id").Limit(500).Find(&list).Error
}

// ResolveNeedComment marks a comment as dealt with, once.
func (tx *Tx) ResolveNeedComment(n NeedID, id NeedCommentID) error {
	done := tx.db.Model(&NeedWord{}).Where("id = ? and need_id = ? and resolved_at is null", id, n).
		Updates(map[string]any{"resolved_at": tx.Now, "resolved_by": tx.Actor.User})
	return refuse(done.Error, done.RowsAffected == 0, "need.comment_resolved", "There is no such open comment.")
}

// NeedExpert is an expert named for the argument of a need, and his sheet once it is in.
type NeedExpert struct {
	ID       NeedExpertID         `gorm:"column:id;primaryKey"`
	Need     NeedID               `gorm:"column:need_id"`
	Expert   ExpertID             `gorm:"column:expert_id"`
	NamedAt  time.Time            `gorm:"column:named_at"`
	Scores   JSON[map[string]int] `gorm:"column:scores"`
	Opinion  string               `gorm:"column:opinion"`
	Verdict  string               `gorm:"column:verdict"` // approve, revise, reject
	ScoredAt *time.Time           `gorm:"column:scored_at"`
	Released *time.Time           `gorm:"column:released_at"` // since when he is not asked any more
	Why      string               `gorm:"column:release_reason"`
}

// NameNeedExpert names an expert for the argument.
func (tx *Tx) NameNeedExpert(n NeedID, e ExpertID) error {
	return tx.db.Create(&NeedExpert{ID: newID[NeedExpertID]("nex"), Need: n, Expert: e, NamedAt: tx.Now, Scores: J(map[string]int{})}).Error
}

// NeedExperts lists who argues a need.
func (tx *Tx) NeedExperts(n NeedID) ([]NeedExpert, error) {
	list := []NeedExpert{}
	return list, tx.db.Where("need_id = ?", n).Order("named_at, id").Find(&list).Error
}

// NeedPoints are the points of every sheet that is in, summed up, by need.
func (tx *Tx) NeedPoints(ids []NeedID) (map[NeedID][]int, error) {
	list, found := []NeedExpert{}, map[NeedID][]int{}
	err := tx.db.Where("need_id in ? and scored_at is not null", append([]NeedID{""}, ids...)).Order("id").Find(&list).Error
	for _, e := range list {
		sum := 0
		for _, points := range e.Scores.V {
			sum += points
		}
		found[e.Need] = append(found[e.Need], sum)
	}
	return found, err
}

// NeedAwaits counts the sheets that are still awaited.
func (tx *Tx) NeedAwaits(n NeedID) (count int64, err error) {
	return count, tx.db.Model(&NeedExpert{}).Where("need_id = ? and scored_at is null and released_at is null", n).Count(&count).Error
}

// ReleaseNeedExpert asks an expert no more, if his sheet is not in.
func (tx *Tx) ReleaseNeedExpert(n NeedID, e ExpertID, why string) error {
	done := tx.db.Model(&NeedExpert{}).Where("need_id = ? and expert_id = ? and scored_at is null and released_at is null", n, e).
		Updates(map[string]any{"released_at": tx.Now, "release_reason": why})
	return refuse(done.Error, done.RowsAffected == 0, "need.not_awaited", "No sheet of this expert is awaited: it is in, or he was released already.")
}

// ScoreNeed hands in the actor's sheet, once.
func (tx *Tx) ScoreNeed(n NeedID, scores map[string]int, verdict, opinion string) error {
	done := tx.db.Model(&NeedExpert{}).Where("need_id = ? and expert_id = ? and scored_at is null and released_at is null", n, tx.Actor.Expert).
		Updates(map[string]any{"scores": J(scores), "verdict": verdict, "opinion": opinion, "scored_at": tx.Now})
	return refuse(done.Error, done.RowsAffected == 0, "need.scored_already", "Your sheet is in already.")
}

var unscored = &guard{"once", func(tx *Tx, t thing) error {
	var n int64
	err := tx.db.Model(&NeedExpert{}).Where("need_id = ? and expert_id = ? and scored_at is not null", t.key(), tx.Actor.Expert).Count(&n).Error
	return refuse(err, n > 0, "need.scored_already", "Your sheet is in already.")
}}

var argued = &guard{"when every sheet is in, and enough of them", func(tx *Tx, t thing) error {
	n := t.(*Need)
	list, err := tx.NeedExperts(n.ID)
	if err != nil {
		return err
	}
	in, awaited := 0, 0
	for _, e := range list {
		switch {
		case e.ScoredAt != nil:
			in++
		case e.Released == nil:
			awaited++
		}
	}
	least, err := tx.NeedSheets(n.Region)
	if err = refuse(err, awaited > 0, "need.not_argued", fmt.Sprintf("%d sheets are still awaited; put another expert in the place of one who stays silent.", awaited)); err != nil {
		return err
	}
	return refuse(nil, in < least, "need.too_few_sheets", fmt.Sprintf("%d sheets are in, at least %d are needed: name more experts.", in, least))
}}
