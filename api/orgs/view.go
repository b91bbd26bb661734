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
	Relations   []OrgRelation       `json:"relations" doc:"In both directions; those confirmed and in force, and to the unit and to offices also the others"`
	State       string              `json:"state" enum:"pending,returned,verified"`
	StateReason string              `json:"state_reason" doc:"Why the papers were returned; shown to the unit and to offices"`
	Seats       []OrgSeat           `json:"seats" doc:"Seats in alliances that the unit holds or is offered"`
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
	Until  *time.Time        `json:"until,omitempty"`
	State  string            `json:"state" enum:"declared,confirmed,refused" doc:"Only a confirmed one counts for gates and conflicts"`
	Over   bool              `json:"over"`
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
	if inside {
		v.StateReason = o.Reason
	}
	if v.Relations, err = relations(tx, o, inside); err != nil {
		return nil, err
	}
	v.Seats, err = seats(tx, o)
	return v, err
}

// relations lists a unit's relations. What is only declared, refused or over is for those
// inside.
func relations(tx *models.Tx, o *models.Org, inside bool) ([]OrgRelation, error) {
	list, err := tx.RelationsOf(o.ID)
	if err != nil {
		return nil, err
	}
	shown := []models.Relation{}
	for _, r := range list {
		if inside || r.State == models.RelationConfirmed && !r.Since.After(tx.Now) && !r.Over(tx.Now) {
			shown = append(shown, r)
		}
	}
	return named(tx, shown)
}

func named(tx *models.Tx, list []models.Relation) ([]OrgRelation, error) {
	ids := []models.OrgID{}
	for _, r := range list {
		ids = append(ids, r.Child, r.Of)
	}
	names, err := tx.OrgsByID(ids)
	out := []OrgRelation{}
	for _, r := range list {
		out = append(out, OrgRelation{ID: r.ID, Kind: r.Kind, Since: r.Since, Until: r.Until, State: r.State, Over: r.Over(tx.Now),
			Child: OrgRef{r.Child, names[r.Child].Name}, Parent: OrgRef{r.Of, names[r.Of].Name}})
	}
	return out, err
}

// OrgSeat is a unit's seat in an alliance.
type OrgSeat struct {
	ID        models.AllianceSeat `json:"id"`
	Alliance  models.AllianceID   `json:"alliance_id"`
	Name      string              `json:"name"`
	Role      string              `json:"role"`
	Confirmed bool                `json:"confirmed"`
}

// seats lists the seats a unit holds; those it has not confirmed are shown to nobody but
// those who may answer.
func seats(tx *models.Tx, o *models.Org) ([]OrgSeat, error) {
	list, err := tx.SeatsOf(o.ID)
	if err != nil {
		return nil, err
	}
	ids := []models.AllianceID{}
	for _, m := range list {
		ids = append(ids, m.Alliance)
	}
	alliances, err := tx.AlliancesByID(ids)
	out := []OrgSeat{}
	for _, m := range list {
		if m.ConfirmedAt != nil || tx.Actor.Administers(o.ID) {
			out = append(out, OrgSeat{ID: m.ID, Alliance: m.Alliance, Name: alliances[m.Alliance].Name, Role: m.Role, Confirmed: m.ConfirmedAt != nil})
		}
	}
	return out, err
}
