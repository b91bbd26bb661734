package batches

import (
	"time"

	"jiebang/api/question"
	"jiebang/models"
)

// Batch is a call with its rules. Batches are public, since their rules have to be.
type Batch struct {
	ID            models.BatchID        `json:"id"`
	Region        string                `json:"region"`
	RegionCode    string                `json:"region_code"`
	Year          int                   `json:"year"`
	No            int                   `json:"no"`
	Programme     string                `json:"programme"`
	Title         string                `json:"title"`
	Criteria      []models.Criterion    `json:"criteria"`
	Weights       models.Weights        `json:"weights"`
	Panel         models.PanelRules     `json:"panel"`
	PublicityDays int                   `json:"publicity_days" doc:"Working days"`
	InProvince    bool                  `json:"in_province_only"`
	Recommend     bool                  `json:"needs_recommendation" doc:"Takes only what the city has recommended"`
	Rules         models.BatchRules     `json:"rules"`
	Dates         models.BatchDates     `json:"dates"`
	ClonedFrom    models.BatchID        `json:"cloned_from"`
	AnnouncedAt   *time.Time            `json:"announced_at,omitempty" doc:"Since when the early notice is public"`
	Notice        string                `json:"notice" doc:"The early notice (预告)"`
	MinQuality    int                   `json:"min_quality" doc:"Challenges of a lower quality score are published only with a reason"`
	NeedSheets    int                   `json:"need_sheets" doc:"Sheets of experts before a need of the region is approved"`
	State         string                `json:"state" enum:"open"`
	Version       int64                 `json:"version"`
	Actions       []models.Action       `json:"actions"`
	Conflicts     []models.ConflictRule `json:"conflict_rules" doc:"Every rule of conflict as it stands for this batch"`
}

func view(tx *models.Tx, b *models.Batch) (*Batch, error) {
	actions, err := tx.Allowed(b)
	rules := []models.ConflictRule{}
	for _, r := range question.Rules(b.Conflicts.V) {
		rules = append(rules, models.ConflictRule(r))
	}
	return &Batch{ID: b.ID, Region: b.Region, RegionCode: b.RegionCode, Year: b.Year, No: b.No, Programme: b.Programme, Title: b.Title,
		Criteria: b.Criteria.V, Weights: b.Weights.V, Panel: b.Panel.V, Conflicts: rules, PublicityDays: b.PublicityDays, InProvince: b.InProvince, Recommend: b.Recommend, MinQuality: b.MinQuality, NeedSheets: b.NeedSheets,
		Rules: b.Rules.V, Dates: b.Dates.V, ClonedFrom: b.ClonedFrom, AnnouncedAt: b.AnnouncedAt, Notice: b.Notice,
		State: b.State, Version: b.Version, Actions: actions}, err
}
