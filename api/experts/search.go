package experts

import "jiebang/models"

// SearchExpertsInput narrows the list.
type SearchExpertsInput struct {
	Q      string `query:"q" maxLength:"100" doc:"Part of the name or of the unit"`
	Cursor string `query:"cursor" maxLength:"600"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// ExpertList is a page of experts, by code.
type ExpertList struct {
	Experts []ExpertCard `json:"experts"`
	Next    string       `json:"next" doc:"Cursor of the next page, or empty"`
}

// ExpertCard is an expert in a list.
type ExpertCard struct {
	ID        models.ExpertID `json:"id"`
	Code      string          `json:"code"`
	Name      string          `json:"name"`
	Kind      string          `json:"kind"`
	Unit      string          `json:"unit"`
	Domains   []ExpertDomain  `json:"domains"`
	YearlyCap int             `json:"yearly_cap"`
	Reviews   int             `json:"reviews_this_year"`
	State     string          `json:"state"`
}

// Search lists the pool, for offices.
func Search(tx *models.Tx, in *SearchExpertsInput) (*ExpertList, error) {
	if err := tx.May(models.ExpertSearch); err != nil {
		return nil, err
	}
	after, err := tx.Cursor("experts", in.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := tx.ExpertPage(in.Q, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	terms, err := tx.Words("domain")
	if err != nil {
		return nil, err
	}
	counts, err := tx.ReviewsThisYear()
	out := &ExpertList{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		last := list[len(list)-1]
		out.Next = tx.Page("experts", last.Code, string(last.ID))
	}
	for _, e := range list {
		c := ExpertCard{ID: e.ID, Code: e.Code, Name: e.Name, Kind: e.Kind, Unit: e.Unit, YearlyCap: e.YearlyCap, Reviews: counts[e.ID], State: e.State}
		for _, d := range e.Domains.V {
			c.Domains = append(c.Domains, ExpertDomain{d, terms[d].NameZh, terms[d].NameEn})
		}
		out.Experts = append(out.Experts, c)
	}
	return out, err
}

// ShowExpertInput names an expert.
type ShowExpertInput struct {
	ID models.ExpertID `path:"id"`
}

// Show is one expert.
func Show(tx *models.Tx, in *ShowExpertInput) (*Expert, error) {
	e, err := tx.ExpertFor(models.ExpertShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, e)
}
