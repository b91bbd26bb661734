package teams

import "jiebang/models"

// SearchTeamsInput narrows the list.
type SearchTeamsInput struct {
	Q          string       `query:"q" maxLength:"100" doc:"Part of the name or the summary, or the code"`
	Tag        string       `query:"tag" maxLength:"60" doc:"A domain tag"`
	Capability string       `query:"capability" maxLength:"60"`
	Chain      string       `query:"chain" maxLength:"60"`
	Org        models.OrgID `query:"org" maxLength:"60"`
	Cursor     string       `query:"cursor" maxLength:"600"`
	Limit      int          `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// TeamList is a page of teams, by name.
type TeamList struct {
	Teams []TeamCard `json:"teams"`
	Next  string     `json:"next" doc:"Cursor of the next page, or empty"`
}

// TeamCard is a team in a list.
type TeamCard struct {
	ID           models.TeamID    `json:"id"`
	Code         string           `json:"code"`
	Name         string           `json:"name"`
	Org          TeamOrg          `json:"org"`
	Summary      string           `json:"summary"`
	Domains      []TeamDomain     `json:"domains"`
	Capabilities []TeamCapability `json:"capabilities"`
	TRLMin       int              `json:"trl_min"`
	TRLMax       int              `json:"trl_max"`
}

// Search lists teams.
func Search(tx *models.Tx, in *SearchTeamsInput) (*TeamList, error) {
	if err := tx.May(models.TeamSearch); err != nil {
		return nil, err
	}
	after, err := tx.Cursor("teams", in.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := tx.TeamSearch(models.TeamFilter{Q: in.Q, Tag: in.Tag, Capability: in.Capability, Chain: in.Chain, Org: in.Org}, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &TeamList{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		last := list[len(list)-1]
		out.Next = tx.Page("teams", last.Name, string(last.ID))
	}
	ids := []models.OrgID{}
	for _, t := range list {
		ids = append(ids, t.Org)
	}
	orgs, err := tx.OrgsByID(ids)
	if err != nil {
		return nil, err
	}
	w, err := readWords(tx)
	for i := range list {
		t := &list[i]
		o := orgs[t.Org]
		out.Teams = append(out.Teams, TeamCard{ID: t.ID, Code: t.Code, Name: t.Name, Org: TeamOrg{o.ID, o.Name, o.Kind, o.City}, Summary: t.Summary,
			Domains: w.domains(t), Capabilities: w.capabilities(t), TRLMin: t.TRLMin, TRLMax: t.TRLMax})
	}
	return out, err
}

// ShowTeamInput names a team.
type ShowTeamInput struct {
	ID models.TeamID `path:"id"`
}

// Show is one team's card.
func Show(tx *models.Tx, in *ShowTeamInput) (*Team, error) {
	t, err := tx.TeamFor(models.TeamShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, t)
}
