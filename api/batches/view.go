package batches

import "jiebang/models"

// Batch is a call with its rules. Batches are public, since their rules have to be.
type Batch struct {
	ID            models.BatchID     `json:"id"`
	Region        string             `json:"region"`
	RegionCode    string             `json:"region_code"`
	Year          int                `json:"year"`
	No            int                `json:"no"`
	Programme     string             `json:"programme"`
	Title         string             `json:"title"`
	Criteria      []models.Criterion `json:"criteria"`
	Weights       models.Weights     `json:"weights"`
	Panel         models.PanelRules  `json:"panel"`
	PublicityDays int                `json:"publicity_days" doc:"Working days"`
	InProvince    bool               `json:"in_province_only"`
	Recommend     bool               `json:"needs_recommendation" doc:"Takes only what the city has recommended"`
	State         string             `json:"state" enum:"open"`
	Version       int64              `json:"version"`
	Actions       []models.Action    `json:"actions"`
}

func view(tx *models.Tx, b *models.Batch) (*Batch, error) {
	actions, err := tx.Allowed(b)
	return &Batch{ID: b.ID, Region: b.Region, RegionCode: b.RegionCode, Year: b.Year, No: b.No, Programme: b.Programme, Title: b.Title,
		Criteria: b.Criteria.V, Weights: b.Weights.V, Panel: b.Panel.V, PublicityDays: b.PublicityDays, InProvince: b.InProvince, Recommend: b.Recommend,
		State: b.State, Version: b.Version, Actions: actions}, err
}
