package orgs

import (
	"time"

	"jiebang/models"
)

// SearchOrgsInput narrows the list of units.
type SearchOrgsInput struct {
	Q      string `query:"q" maxLength:"100" doc:"Part of the name, or the whole credit code"`
	Kind   string `query:"kind" enum:"enterprise,university,research_institute,new_rnd_institution,social_org,hospital,other"`
	Cursor string `query:"cursor" maxLength:"600"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// OrgList is a page of units, by name.
type OrgList struct {
	Orgs []OrgCard `json:"orgs"`
	Next string    `json:"next" doc:"Cursor of the next page, or empty"`
}

// OrgCard is a unit in a list.
type OrgCard struct {
	ID     models.OrgID `json:"id"`
	Name   string       `json:"name"`
	Kind   string       `json:"kind"`
	USCC   string       `json:"uscc"`
	Region string       `json:"region"`
	City   string       `json:"city"`
	State  string       `json:"state"`

	UpdatedAt time.Time `json:"updated_at"`
}

// Search lists units.
func Search(tx *models.Tx, in *SearchOrgsInput) (*OrgList, error) {
	if err := tx.May(models.OrgSearch); err != nil {
		return nil, err
	}
	after, err := tx.Cursor("orgs", in.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := tx.OrgPage(in.Q, in.Kind, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &OrgList{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		last := list[len(list)-1]
		out.Next = tx.Page("orgs", last.Name, string(last.ID))
	}
	for _, o := range list {
		out.Orgs = append(out.Orgs, card(o))
	}
	return out, nil
}

func card(o models.Org) OrgCard {
	return OrgCard{ID: o.ID, Name: o.Name, Kind: o.Kind, USCC: o.USCC, Region: o.Region, City: o.City, State: o.State, UpdatedAt: o.UpdatedAt}
}
