package integrity

import (
	"time"

	"jiebang/models"
)

// IntegrityView is a record as those it concerns and the offices see it.
type IntegrityView struct {
	ID         models.IntegrityID `json:"id"`
	Kind       string             `json:"kind" enum:"org,team,expert,account" doc:"What it names"`
	Subject    string             `json:"subject" doc:"Id of what it names"`
	Name       string             `json:"name"`
	Act        string             `json:"act"`
	Basis      string             `json:"basis"`
	Body       string             `json:"body" doc:"Who decided it"`
	Since      time.Time          `json:"since"`
	Until      time.Time          `json:"until"`
	InForce    bool               `json:"in_force" doc:"It counts now, by its dates"`
	Appeal     string             `json:"appeal"`
	AppealedAt *time.Time         `json:"appealed_at,omitempty"`
	Answer     string             `json:"answer"`
	AnsweredAt *time.Time         `json:"answered_at,omitempty"`
	State      string             `json:"state" enum:"in_force,appealed,revoked,expired"`
	CreatedAt  time.Time          `json:"created_at"`
	Version    int64              `json:"version"`
	Actions    []models.Action    `json:"actions"`
}

// IntegrityListView is a page of the register.
type IntegrityListView struct {
	Records []IntegrityView `json:"records"`
	Next    string          `json:"next" doc:"Cursor of the next page, or empty"`
}

// IntegrityListInput narrows the register.
type IntegrityListInput struct {
	State  string `query:"state" enum:"in_force,appealed,revoked,expired"`
	Cursor string `query:"cursor" maxLength:"600"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// List is the register, for the offices.
func List(tx *models.Tx, in *IntegrityListInput) (*IntegrityListView, error) {
	if err := tx.May(models.IntegrityList); err != nil {
		return nil, err
	}
	return page(tx, in, "integrity", false)
}

// Mine is what of the register names the caller, his units or his teams.
func Mine(tx *models.Tx, in *IntegrityListInput) (*IntegrityListView, error) {
	if err := tx.May(models.IntegrityMine); err != nil {
		return nil, err
	}
	return page(tx, in, "integrity/mine", true)
}

func page(tx *models.Tx, in *IntegrityListInput, list string, mine bool) (*IntegrityListView, error) {
	after, err := tx.Cursor(list, in.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := tx.IntegrityPage(models.IntegrityFilter{State: in.State, Mine: mine}, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &IntegrityListView{}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Next = tx.Page(list, last.CreatedAt, string(last.ID))
	}
	for i := range rows {
		v, err := view(tx, &rows[i])
		if err != nil {
			return nil, err
		}
		out.Records = append(out.Records, *v)
	}
	return out, nil
}

// ShowIntegrityInput names a record.
type ShowIntegrityInput struct {
	ID models.IntegrityID `path:"id"`
}

// Show is one record.
func Show(tx *models.Tx, in *ShowIntegrityInput) (*IntegrityView, error) {
	r, err := tx.IntegrityFor(models.IntegrityShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, r)
}

func view(tx *models.Tx, r *models.Integrity) (*IntegrityView, error) {
	actions, err := tx.Allowed(r)
	if err != nil {
		return nil, err
	}
	v := &IntegrityView{ID: r.ID, Act: r.Act, Basis: r.Basis, Body: r.Body, Since: r.Since, Until: r.Until,
		InForce: r.State != models.IntegrityRevoked && !tx.Now.Before(r.Since) && tx.Now.Before(r.Until),
		Appeal:  r.Appeal, AppealedAt: r.AppealedAt, Answer: r.Answer, AnsweredAt: r.AnsweredAt,
		State: r.State, CreatedAt: r.CreatedAt, Version: r.Version, Actions: actions}
	switch {
	case r.Org != "":
		o, err := tx.OrgsByID([]models.OrgID{r.Org})
		v.Kind, v.Subject, v.Name = "org", string(r.Org), o[r.Org].Name
		return v, err
	case r.Team != "":
		t, err := tx.TeamsByID([]models.TeamID{r.Team})
		v.Kind, v.Subject, v.Name = "team", string(r.Team), t[r.Team].Name
		return v, err
	case r.Expert != "":
		e, err := tx.ExpertsByID([]models.ExpertID{r.Expert})
		v.Kind, v.Subject, v.Name = "expert", string(r.Expert), e[r.Expert].Name
		return v, err
	}
	u, err := tx.UsersByID([]models.UserID{r.User})
	v.Kind, v.Subject, v.Name = "account", string(r.User), u[r.User].Name
	return v, err
}
