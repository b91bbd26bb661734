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
	}
}

// Relate records that a unit belongs to, or is controlled by, another. A unit may say so
// itself, but only an operator can take it back: the relation keeps related bids out.
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
	since := tx.Now
	if in.Body.Since != "" {
		day, err := time.ParseInLocation(time.DateOnly, in.Body.Since, workday.Shanghai)
		f.Require(err == nil && !day.After(tx.Now), "since", "field.date", "must be a day that has come, as YYYY-MM-DD")
		since = day.UTC()
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
	for _, r := range live {
		f.Require(parent == nil || r.Child != o.ID || r.Of != parent.ID || r.Kind != in.Body.Kind, "parent", "org.related_already", "this relation is recorded already")
	}
	if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if _, err := tx.Relate(o.ID, parent.ID, in.Body.Kind, since); err != nil {
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
}

// EndRelation ends a relation in which the unit is the lower one.
func EndRelation(tx *models.Tx, in *EndRelationInput) (*Org, error) {
	o, err := tx.OrgFor(models.OrgEndRelation, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.EndRelation(o.ID, in.Relation); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.OrgEndRelation, o, models.Note{Reason: in.Reason, Data: map[string]any{"relation": in.Relation}}); err != nil {
		return nil, err
	}
	return view(tx, o)
}
