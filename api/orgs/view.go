package orgs

import (
	"time"

	"jiebang/models"
)

// Org is a unit as the caller may see it. Units are public.
type Org struct {
	ID          models.OrgID        `json:"id"`
	Name        string              `json:"name"`
	Kind        string              `json:"kind" enum:"enterprise,university,research_institute,new_rnd_institution,social_org,hospital,other"`
	USCC        string              `json:"uscc" doc:"Unified social credit code"`
	USCCManual  bool                `json:"uscc_manual" doc:"The code's check digit does not fit; a person must look. Shown to the unit and to offices"`
	Region      string              `json:"region"`
	City        string              `json:"city"`
	Founded     string              `json:"founded"`
	Homepage    string              `json:"homepage"`
	Summary     string              `json:"summary"`
	Credentials []models.Credential `json:"credentials"`
	Relations   []OrgRelation       `json:"relations" doc:"Relations in force, in both directions"`
	State       string              `json:"state" enum:"pending,verified"`
	Version     int64               `json:"version"`
	Actions     []models.Action     `json:"actions"`
}

// OrgRelation says that child belongs to, or is controlled by, parent.
type OrgRelation struct {
	ID     models.RelationID `json:"id"`
	Child  OrgRef            `json:"child"`
	Parent OrgRef            `json:"parent"`
	Kind   string            `json:"kind" enum:"parent,control"`
	Since  time.Time         `json:"since"`
}

// OrgRef names a unit.
type OrgRef struct {
	ID   models.OrgID `json:"id"`
	Name string       `json:"name"`
}

func view(tx *models.Tx, o *models.Org) (*Org, error) {
	actions, err := tx.Allowed(o)
	if err != nil {
		return nil, err
	}
	v := &Org{ID: o.ID, Name: o.Name, Kind: o.Kind, USCC: o.USCC, Region: o.Region, City: o.City, Founded: o.Founded, Homepage: o.Homepage,
		Summary: o.Summary, Credentials: o.Credentials.V, State: o.State, Version: o.Version, Actions: actions}
	inside, err := tx.Sees(models.OrgMembers, o)
	if err != nil {
		return nil, err
	}
	v.USCCManual = inside && o.USCCManual
	v.Relations, err = relations(tx, o)
	return v, err
}

func relations(tx *models.Tx, o *models.Org) ([]OrgRelation, error) {
	list, err := tx.RelationsOf(o.ID)
	if err != nil {
		return nil, err
	}
	ids := []models.OrgID{}
	for _, r := range list {
		ids = append(ids, r.Child, r.Of)
	}
	names, err := tx.OrgsByID(ids)
	out := []OrgRelation{}
	for _, r := range list {
		if r.Since.After(tx.Now) || r.Until != nil && !r.Until.After(tx.Now) {
			continue
		}
		out = append(out, OrgRelation{ID: r.ID, Kind: r.Kind, Since: r.Since,
			Child: OrgRef{r.Child, names[r.Child].Name}, Parent: OrgRef{r.Of, names[r.Of].Name}})
	}
	return out, err
}
