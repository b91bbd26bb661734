package experts

import (
	"time"

	"jiebang/models"
)

// Expert is an expert as he himself and the offices see him; nobody else does.
type Expert struct {
	ID         models.ExpertID  `json:"id"`
	Code       string           `json:"code"`
	User       models.UserID    `json:"user_id"`
	Name       string           `json:"name"`
	Kind       string           `json:"kind" enum:"technology,industry,finance,law,management,user"`
	Unit       string           `json:"unit"`
	Org        models.OrgID     `json:"org_id"`
	Rank       string           `json:"rank"`
	Discipline string           `json:"discipline"`
	Domains    []ExpertDomain   `json:"domains"`
	YearlyCap  int              `json:"yearly_cap"`
	OtherCount int              `json:"other_count" doc:"Reviews this year outside the platform, as declared"`
	Reviews    int              `json:"reviews_this_year" doc:"Challenges judged here this year"`
	Away       []models.Absence `json:"away"`
	Conflicts  []ExpertConflict `json:"conflicts"`
	PromisedAt *time.Time       `json:"promised_at,omitempty" doc:"When the confidentiality promise was given"`
	State      string           `json:"state" enum:"pending,active,suspended"`
	Version    int64            `json:"version"`
	Actions    []models.Action  `json:"actions"`
}

// ExpertDomain is a domain an expert judges.
type ExpertDomain struct {
	Tag    string `json:"tag"`
	NameZh string `json:"name_zh"`
	NameEn string `json:"name_en"`
}

// ExpertConflict is whom an expert must not judge.
type ExpertConflict struct {
	Team     models.TeamID `json:"team,omitempty"`
	TeamName string        `json:"team_name,omitempty"`
	Org      models.OrgID  `json:"org,omitempty"`
	OrgName  string        `json:"org_name,omitempty"`
	Reason   string        `json:"reason"`
	Until    string        `json:"until,omitempty"`
}

func view(tx *models.Tx, e *models.Expert) (*Expert, error) {
	actions, err := tx.Allowed(e)
	if err != nil {
		return nil, err
	}
	terms, err := tx.Words("domain")
	if err != nil {
		return nil, err
	}
	counts, err := tx.ReviewsThisYear()
	if err != nil {
		return nil, err
	}
	v := &Expert{ID: e.ID, Code: e.Code, User: e.User, Name: e.Name, Kind: e.Kind, Unit: e.Unit, Org: e.Org, Rank: e.Rank, Discipline: e.Discipline,
		YearlyCap: e.YearlyCap, OtherCount: e.OtherCount, Reviews: counts[e.ID], Away: e.Away.V, PromisedAt: e.PromisedAt,
		State: e.State, Version: e.Version, Actions: actions}
	for _, d := range e.Domains.V {
		v.Domains = append(v.Domains, ExpertDomain{d, terms[d].NameZh, terms[d].NameEn})
	}
	v.Conflicts, err = conflicts(tx, e.Conflicts.V)
	return v, err
}

func conflicts(tx *models.Tx, list []models.DeclaredConflict) ([]ExpertConflict, error) {
	teamIDs, orgIDs := []models.TeamID{}, []models.OrgID{}
	for _, c := range list {
		teamIDs, orgIDs = append(teamIDs, c.Team), append(orgIDs, c.Org)
	}
	teams, err := tx.TeamsByID(teamIDs)
	if err != nil {
		return nil, err
	}
	orgs, err := tx.OrgsByID(orgIDs)
	out := []ExpertConflict{}
	for _, c := range list {
		out = append(out, ExpertConflict{c.Team, teams[c.Team].Name, c.Org, orgs[c.Org].Name, c.Reason, c.Until})
	}
	return out, err
}
