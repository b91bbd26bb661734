package experts

import (
	"fmt"
	"regexp"
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// ExpertBody is what an expert says about himself.
type ExpertBody struct {
	Name       string                    `json:"name" minLength:"1" maxLength:"60"`
	Kind       string                    `json:"kind" enum:"technology,industry,finance,law,management,user"`
	Unit       string                    `json:"unit" minLength:"2" maxLength:"100" doc:"Where you work, as written"`
	Org        models.OrgID              `json:"org_id" required:"false" maxLength:"60" doc:"The same, when the unit is registered here"`
	Rank       string                    `json:"rank" required:"false" maxLength:"30"`
	Discipline string                    `json:"discipline" required:"false" maxLength:"8" doc:"Code of GB/T 13745, e.g. 460 or 460.15"`
	Domains    []string                  `json:"domains" minItems:"1" maxItems:"12" doc:"Terms of /vocabulary/domain"`
	YearlyCap  int                       `json:"yearly_cap" required:"false" minimum:"0" maximum:"100" default:"10" doc:"Most reviews a year"`
	OtherCount int                       `json:"other_count" required:"false" minimum:"0" maximum:"1000"`
	Away       []models.Absence          `json:"away" required:"false" maxItems:"30" doc:"When you are not to be drawn; both days count"`
	Conflicts  []models.DeclaredConflict `json:"conflicts" required:"false" maxItems:"100" doc:"Whom you must not judge, and why"`
	Promise    bool                      `json:"promise" required:"false" doc:"I keep confidential what I read as an expert. Once given it stands"`
}

// RegisterExpertInput is a new expert: the caller himself.
type RegisterExpertInput struct {
	Body ExpertBody
}

// Register puts the caller into the pool. He is drawn only after an office has verified him.
func Register(tx *models.Tx, in *RegisterExpertInput) (*Expert, error) {
	if err := tx.May(models.ExpertRegister); err != nil {
		return nil, err
	}
	if err := tx.Unblemished(string(tx.Actor.User)); err != nil {
		return nil, err
	}
	e := models.NewExpert()
	e.User = tx.Actor.User
	if err := in.Body.write(tx, e); err != nil {
		return nil, err
	}
	var err error
	if e.Code, err = tx.NextNumber("EX"); err != nil {
		return nil, err
	}
	if err := tx.Make(models.ExpertRegister, tx.Site(), e, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, e)
}

// EditExpertInput replaces what an expert says about himself.
type EditExpertInput struct {
	ID   models.ExpertID `path:"id"`
	Body ExpertBody
}

// Edit changes the caller's own entry. How many conflicts were taken back stands on the
// trail, since that is what somebody would do who wants to judge his friends.
func Edit(tx *models.Tx, in *EditExpertInput) (*Expert, error) {
	e, err := tx.ExpertFor(models.ExpertEdit, in.ID)
	if err != nil {
		return nil, err
	}
	before := *e
	if err := in.Body.write(tx, e); err != nil {
		return nil, err
	}
	gone := 0
	for _, c := range before.Conflicts.V {
		still := false
		for _, now := range e.Conflicts.V {
			still = still || now.Team == c.Team && now.Org == c.Org
		}
		if !still {
			gone++
		}
	}
	note := models.Note{Data: map[string]any{"conflicts": len(e.Conflicts.V), "conflicts_taken_back": gone, "unit_changed": before.Unit != e.Unit || before.Org != e.Org}}
	if err := tx.Apply(models.ExpertEdit, e, note); err != nil {
		return nil, err
	}
	return view(tx, e)
}

var disciplineShape = regexp.MustCompile(`^\d{3}(\.\d{2,4})?$`)

// write checks everything and puts it on the expert.
func (b *ExpertBody) write(tx *models.Tx, e *models.Expert) error {
	var f problem.Fields
	terms, err := tx.Words("domain")
	if err != nil {
		return err
	}
	f.Require(strings.TrimSpace(b.Name) != "", "name", "field.missing", "must not be blank")
	f.Require(len([]rune(strings.TrimSpace(b.Unit))) >= 2, "unit", "field.length", "must have at least 2 characters that are not blanks")
	if b.Org != "" {
		o, err := tx.OrgByIDOrUSCC(string(b.Org))
		if err != nil {
			return err
		}
		f.Require(o != nil, "org_id", "org.unknown", "no unit of this id is registered")
		if o != nil {
			b.Org = o.ID
		}
	}
	f.Require(b.Discipline == "" || disciplineShape.MatchString(b.Discipline), "discipline", "expert.bad_discipline", "must be a discipline code such as 460 or 460.15, or empty")
	seen := map[string]bool{}
	for i, d := range b.Domains {
		path := fmt.Sprintf("domains[%d]", i)
		models.KnowWord(&f, terms, "domain", path, d)
		f.Require(!seen[d], path, "field.twice", "%q stands in the list already", d)
		seen[d] = true
	}
	for i, a := range b.Away {
		ok := models.IsDate(a.From) && models.IsDate(a.Until)
		f.Require(ok && a.From <= a.Until, fmt.Sprintf("away[%d]", i), "field.date", "must run from a day to the same or a later day, as YYYY-MM-DD")
	}
	if err := b.conflicts(tx, &f); err != nil {
		return err
	}
	f.Require(b.YearlyCap >= 1, "yearly_cap", "field.range", "must be at least 1; to be left out for a time, say when you are away")
	if err := f.Problem("expert.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	e.Name, e.Kind, e.Unit, e.Org, e.Rank, e.Discipline = strings.TrimSpace(b.Name), b.Kind, strings.TrimSpace(b.Unit), b.Org, b.Rank, b.Discipline
	e.Domains, e.YearlyCap, e.OtherCount = models.J(b.Domains), b.YearlyCap, b.OtherCount
	e.Away, e.Conflicts = models.J(b.Away), models.J(b.Conflicts)
	if b.Promise && e.PromisedAt == nil {
		at := tx.Now
		e.PromisedAt = &at
	}
	return nil
}

// conflicts checks that each names one team or unit there is.
func (b *ExpertBody) conflicts(tx *models.Tx, f *problem.Fields) error {
	teamIDs, orgIDs := []models.TeamID{}, []models.OrgID{}
	for _, c := range b.Conflicts {
		teamIDs, orgIDs = append(teamIDs, c.Team), append(orgIDs, c.Org)
	}
	teams, err := tx.TeamsByID(teamIDs)
	if err != nil {
		return err
	}
	orgs, err := tx.OrgsByID(orgIDs)
	for i, c := range b.Conflicts {
		path := fmt.Sprintf("conflicts[%d]", i)
		_, team := teams[c.Team]
		_, org := orgs[c.Org]
		f.Require((c.Team == "") != (c.Org == ""), path, "expert.conflict_with", "must name either a team or a unit")
		f.Require(c.Team == "" || team, path+".team", "team.unknown", "there is no such team")
		f.Require(c.Org == "" || org, path+".org", "org.unknown", "there is no such unit")
		f.Require(strings.TrimSpace(c.Reason) != "", path+".reason", "field.missing", "say why")
		f.Require(c.Until == "" || models.IsDate(c.Until), path+".until", "field.date", "must be a day as YYYY-MM-DD, or empty")
	}
	return err
}
