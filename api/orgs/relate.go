package orgs

import (
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/internal/workday"
	"jiebang/models"
)

// RelateInput says whom a unit belongs to.
type RelateInput struct {
	ID   models.OrgID `path:"id"`
	Body struct {
		Parent string `json:"parent" minLength:"1" maxLength:"60" doc:"Id or credit code of the unit above"`
		Kind   string `json:"kind" enum:"parent,control" doc:"parent: the unit is part of it; control: it holds the decisive share"`
		Since  string `json:"since" required:"false" maxLength:"10" doc:"YYYY-MM-DD; today when left out"`
		Until  string `json:"until" required:"false" maxLength:"10" doc:"First day on which it holds no more, YYYY-MM-DD; empty while it lasts"`
	}
}

// Relate records that a unit belongs to, or is controlled by, another. A unit may say so
// itself; it counts when an operator has confirmed it, and only an operator ends it: the
// relation keeps related bids out, on both sides.
func Relate(tx *models.Tx, in *RelateInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgRelate, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	parent, err := tx.OrgByIDOrUSCC(strings.TrimSpace(in.Body.Parent))
	if err != nil {
		return nil, err
	}
	since, until := tx.Now, (*time.Time)(nil)
	if in.Body.Since != "" {
		day, err := time.ParseInLocation(time.DateOnly, in.Body.Since, workday.Shanghai)
		f.Require(err == nil && !day.After(tx.Now), "since", "field.date", "must be a day that has come, as YYYY-MM-DD")
		since = day.UTC()
	}
	if in.Body.Until != "" {
		day, err := time.ParseInLocation(time.DateOnly, in.Body.Until, workday.Shanghai)
		f.Require(err == nil && day.After(since), "until", "field.date", "must be a day after the first, as YYYY-MM-DD, or empty")
		end := day.UTC()
		until = &end
	}
	live, err := tx.Relations()
	if err != nil {
		return nil, err
	}
	switch {
	case parent == nil:
		f.Add("parent", "org.unknown", "no unit of this id or credit code is registered")
	case parent.ID == o.ID:
		f.Add("parent", "org.own_parent", "a unit cannot be above itself")
	case above(live, parent.ID, o.ID):
		f.Add("parent", "org.relation_circle", "%s stands below this unit already", parent.Name)
	}
	said, err := tx.RelationsOf(o.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range said {
		if r.State == models.RelationRefused || r.Over(tx.Now) {
			continue
		}
		f.Require(parent == nil || r.Child != o.ID || r.Of != parent.ID || r.Kind != in.Body.Kind, "parent", "org.related_already", "this relation is recorded already")
	}
	if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if _, err := tx.RelateUntil(o.ID, parent.ID, in.Body.Kind, since, until); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.OrgRelate, o, models.Note{Data: map[string]any{"parent": parent.ID, "kind": in.Body.Kind}}); err != nil {
		return nil, err
	}
	return view(tx, o)
}

// above reports whether high stands above low over any number of relations.
func above(live []models.Relation, low, high models.OrgID) bool {
	seen, next := map[models.OrgID]bool{}, []models.OrgID{low}
	for len(next) > 0 {
		here := next[0]
		next = next[1:]
		for _, r := range live {
			if r.Child == here && !seen[r.Of] {
				if r.Of == high {
					return true
				}
				seen[r.Of] = true
				next = append(next, r.Of)
			}
		}
	}
	return false
}

// EndRelationInput names a relation of a unit.
type EndRelationInput struct {
	ID       models.OrgID      `path:"id"`
	Relation models.RelationID `path:"relation"`
	Reason   string            `query:"reason" required:"true" minLength:"4" maxLength:"500" doc:"On what ground"`
	Until    string            `query:"until" maxLength:"10" doc:"First day on which it holds no more, YYYY-MM-DD, today or earlier; now when left out"`
}

// EndRelation ends a relation in which the unit is the lower one.
func EndRelation(tx *models.Tx, in *EndRelationInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgEndRelation, in.ID)
	if err != nil {
		return nil, err
	}
	at := tx.Now
	if in.Until != "" {
		var f problem.Fields
		day, err := time.ParseInLocation(time.DateOnly, in.Until, workday.Shanghai)
		f.Require(err == nil && !day.After(tx.Now), "query.until", "field.date", "must be a day that has come, as YYYY-MM-DD")
		if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
			return nil, err
		}
		at = day.UTC()
	}
	if err := tx.EndRelation(o.ID, in.Relation, at); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.OrgEndRelation, o, models.Note{Reason: in.Reason, Data: map[string]any{"relation": in.Relation}}); err != nil {
		return nil, err
	}
	return view(tx, o)
}

// DecideRelationInput names a relation a unit declared.
type DecideRelationInput struct {
	ID       models.OrgID      `path:"id"`
	Relation models.RelationID `path:"relation"`
	Body     struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500" doc:"What was looked at, or why it is refused"`
	}
}

// ConfirmRelation is the operator's word that a declared relation is so; from now on gates
// and conflicts read it, within its dates.
func ConfirmRelation(tx *models.Tx, in *DecideRelationInput) (*Org, error) {
	return decide(tx, in, models.OrgConfirmTie, models.RelationConfirmed)
}

// RefuseRelation is the operator's word that a declared relation is not so.
func RefuseRelation(tx *models.Tx, in *DecideRelationInput) (*Org, error) {
	return decide(tx, in, models.OrgRefuseTie, models.RelationRefused)
}

func decide(tx *models.Tx, in *DecideRelationInput, action models.Action, to string) (*Org, error) {
	o, err := tx.OrgFor(action, in.ID)
	if err != nil {
		return nil, err
	}
	r, err := tx.RelationOf(o.ID, in.Relation)
	if err != nil {
		return nil, err
	}
	live, err := tx.Relations()
	if err != nil {
		return nil, err
	}
	if to == models.RelationConfirmed && above(live, r.Of, o.ID) {
		return nil, problem.New(problem.Conflict, "org.relation_circle", "The unit above stands below this one already.")
	}
	if err := tx.DecideRelation(r, to); err != nil {
		return nil, err
	}
	if err := tx.Apply(action, o, models.Note{Reason: in.Body.Reason, Data: map[string]any{"parent": r.Of, "kind": r.Kind}}); err != nil {
		return nil, err
	}
	return view(tx, o)
}
