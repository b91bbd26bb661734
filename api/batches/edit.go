package batches

import (
	"fmt"
	"regexp"
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// BatchBody is a batch. What is left out of the rules is as the platform has it by default.
type BatchBody struct {
	Region        string                `json:"region" maxLength:"6" doc:"Region code (GB/T 2260), six digits"`
	RegionCode    string                `json:"region_code" maxLength:"6" doc:"2 to 6 capitals as they stand in challenge codes, e.g. SY"`
	Year          int                   `json:"year" minimum:"2020" maximum:"2100"`
	No            int                   `json:"no" minimum:"1" maximum:"99"`
	Programme     string                `json:"programme" required:"false" maxLength:"100"`
	Title         string                `json:"title" minLength:"4" maxLength:"100"`
	Criteria      []models.Criterion    `json:"criteria" required:"false" maxItems:"20" doc:"The score form; weights sum to 100"`
	Weights       *models.Weights       `json:"weights,omitempty" required:"false" doc:"How panel, owner and match count; they sum to 100"`
	Panel         *models.PanelRules    `json:"panel,omitempty" required:"false"`
	PublicityDays int                   `json:"publicity_days" required:"false" minimum:"3" maximum:"15" default:"5" doc:"Working days"`
	InProvince    bool                  `json:"in_province_only" required:"false"`
	Recommend     bool                  `json:"needs_recommendation" required:"false" doc:"The city recommends first: only what it recommended is published in this batch"`
	Rules         *models.BatchRules    `json:"rules,omitempty" required:"false" doc:"Type of list, selection, blindness and caps"`
	Dates         *models.BatchDates    `json:"dates,omitempty" required:"false" doc:"The windows as planned"`
	MinQuality    *int                  `json:"min_quality,omitempty" required:"false" minimum:"0" maximum:"100" doc:"Least quality score for publication without a reason; 60 when left out"`
	NeedSheets    *int                  `json:"need_sheets,omitempty" required:"false" minimum:"1" maximum:"15" doc:"Sheets of experts before a need of the region is approved; 3 when left out"`
	Conflicts     []models.ConflictRule `json:"conflict_rules" required:"false" maxItems:"40" doc:"Rules of conflict that differ from the platform's; the others stay"`
}

// CreateBatchInput is a new batch.
type CreateBatchInput struct {
	Body BatchBody
}

// Create opens a batch in a region the caller is officer of; the operator may everywhere.
func Create(tx *models.Tx, in *CreateBatchInput) (*Batch, error) {
	if err := tx.May(models.BatchCreate); err != nil {
		return nil, err
	}
	b := models.NewBatch()
	if err := in.Body.write(tx, b); err != nil {
		return nil, err
	}
	if err := tx.Make(models.BatchCreate, tx.Site(), b, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// EditBatchInput replaces a batch.
type EditBatchInput struct {
	ID   models.BatchID `path:"id"`
	Body BatchBody
}

// Edit changes a batch as long as no challenge was published in it: then its rules are what
// bidders rely on.
func Edit(tx *models.Tx, in *EditBatchInput) (*Batch, error) {
	b, err := tx.BatchFor(models.BatchEdit, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Body.write(tx, b); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.BatchEdit, b, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

var codeShape = regexp.MustCompile(`^[A-Z]{2,6}$`)

// write checks everything and puts it on the batch.
func (in *BatchBody) write(tx *models.Tx, b *models.Batch) error {
	fresh := models.NewBatch()
	criteria, weights, panel, days := fresh.Criteria.V, fresh.Weights.V, fresh.Panel.V, in.PublicityDays
	if len(in.Criteria) > 0 {
		criteria = in.Criteria
	}
	if in.Weights != nil {
		weights = *in.Weights
	}
	if in.Panel != nil {
		panel = *in.Panel
	}
	if days == 0 {
		days = fresh.PublicityDays
	}
	var f problem.Fields
	f.Require(models.IsRegion(in.Region), "region", "batch.bad_region", "must be a region code of six digits, e.g. 210100")
	f.Require(!models.IsRegion(in.Region) || tx.Actor.Operator || tx.Actor.OfficerIn(in.Region), "region", "batch.not_your_region", "lies outside of your office")
	f.Require(codeShape.MatchString(in.RegionCode), "region_code", "batch.bad_region_code", "must be 2 to 6 capital letters, e.g. SY")
	f.Require(len([]rune(strings.TrimSpace(in.Title))) >= 4, "title", "field.length", "must have at least 4 characters that are not blanks")
	wrongRules(&f, in.Conflicts)
	rules(&f, criteria, weights, panel)
	dates := b.Dates.V
	if in.Dates != nil {
		dates = *in.Dates
	}
	inOrder(&f, dates)
	if err := f.Problem("batch.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	b.Region, b.RegionCode, b.Year, b.No, b.Programme, b.Title = in.Region, in.RegionCode, in.Year, in.No, in.Programme, strings.TrimSpace(in.Title)
	b.Criteria, b.Weights, b.Panel = models.J(criteria), models.J(weights), models.J(panel)
	b.Conflicts = models.J(in.Conflicts)
	b.PublicityDays, b.InProvince, b.Recommend = days, in.InProvince, in.Recommend
	b.Dates = models.J(dates)
	if in.Rules != nil {
		b.Rules = models.J(*in.Rules)
	}
	b.MinQuality, b.NeedSheets = fresh.MinQuality, fresh.NeedSheets
	if in.NeedSheets != nil {
		b.NeedSheets = *in.NeedSheets
	}
	if in.MinQuality != nil {
		b.MinQuality = *in.MinQuality
	}
	return nil
}

// rules checks that a score form, the weights and the rules of the draw can be kept.
func rules(f *problem.Fields, criteria []models.Criterion, w models.Weights, p models.PanelRules) {
	sum, seen := 0, map[string]bool{}
	for i, c := range criteria {
		f.Require(!seen[c.Code], fmt.Sprintf("criteria[%d].code", i), "field.twice", "%q stands in the form already", c.Code)
		f.Require(strings.TrimSpace(c.NameZh) != "", fmt.Sprintf("criteria[%d].name_zh", i), "field.missing", "must not be blank")
		seen[c.Code] = true
		sum += c.Weight
	}
	f.Require(sum == 100, "criteria", "batch.criteria_sum", "the weights sum to %d, they must sum to 100", sum)
	all := w.Panel + w.Owner + w.Match
	f.Require(all == 100, "weights", "batch.weights_sum", "they sum to %d, they must sum to 100", all)
	f.Require(w.Panel > 0, "weights.panel", "batch.no_panel", "must be above 0: experts decide at least in part")
	f.Require(p.Size%2 == 1 && p.Size >= 5 && p.Size <= 11, "panel.size", "batch.panel_size", "must be odd, from 5 to 11")
	f.Require(p.PerUnit <= p.Size, "panel.per_unit", "batch.panel_per_unit", "must not exceed the size of the panel")
	f.Require(p.ExpertsPerBid == 0 || p.ExpertsPerBid >= 3 && p.ExpertsPerBid <= p.Size, "panel.experts_per_bid", "batch.experts_per_bid",
		"must be 0 (the whole panel), or from 3 to the size of the panel")
	others := 0
	for _, needed := range []bool{p.NeedIndustry, p.NeedFinance} {
		if needed {
			others++
		}
	}
	f.Require((p.TechShare*p.Size+99)/100+others <= p.Size, "panel.technology_share", "batch.panel_mix", "leaves no seat for the other experts asked for")
}
