package teams

import (
	"jiebang/models"
)

// Team is a team's card. The card is public; who is on the team is not on it.
type Team struct {
	ID            models.TeamID        `json:"id"`
	Code          string               `json:"code"`
	Name          string               `json:"name"`
	Org           TeamOrg              `json:"org"`
	Summary       string               `json:"summary"`
	Domains       []TeamDomain         `json:"domains"`
	Capabilities  []TeamCapability     `json:"capabilities"`
	Chains        []TeamWord           `json:"chains"`
	Disciplines   []string             `json:"disciplines"`
	IPC           []string             `json:"ipc"`
	Equipment     []string             `json:"equipment"`
	PilotLines    []string             `json:"pilot_lines"`
	TRLMin        int                  `json:"trl_min"`
	TRLMax        int                  `json:"trl_max"`
	MaxConcurrent int                  `json:"max_concurrent"`
	Ongoing       int                  `json:"ongoing" doc:"Running outside this platform, as declared"`
	Staff         models.Staff         `json:"staff"`
	Track         models.TrackRecord   `json:"track"`
	Counts        models.EvidenceCount `json:"evidence_counts"`
	Evidence      []TeamEvidence       `json:"evidence"`
	State         string               `json:"state"`
	Version       int64                `json:"version"`
	Actions       []models.Action      `json:"actions"`
}

// TeamOrg is a team's home unit.
type TeamOrg struct {
	ID   models.OrgID `json:"id"`
	Name string       `json:"name"`
	Kind string       `json:"kind"`
	City string       `json:"city"`
}

// TeamWord is a term of a vocabulary on a card.
type TeamWord struct {
	Tag    string `json:"tag"`
	NameZh string `json:"name_zh"`
	NameEn string `json:"name_en"`
}

// TeamDomain is a domain a team works in.
type TeamDomain struct {
	TeamWord
	Level int `json:"level" minimum:"1" maximum:"5"`
}

// TeamCapability is something a team can do.
type TeamCapability struct {
	TeamWord
	Level    int  `json:"level" minimum:"1" maximum:"5"`
	Verified bool `json:"verified"`
}

// TeamEvidence proves an ability.
type TeamEvidence struct {
	ID       models.EvidenceID `json:"id"`
	Kind     string            `json:"kind"`
	Title    string            `json:"title"`
	Number   string            `json:"number"`
	Year     int               `json:"year"`
	Role     string            `json:"role"`
	Abstract string            `json:"abstract"`
	Tags     []string          `json:"tags"`
	Verify   string            `json:"verify_state" enum:"self_declared,pending,verified,rejected"`
	Document models.DocumentID `json:"document_id" doc:"Shown to the team, its unit and offices"`
}

func view(tx *models.Tx, t *models.Team) (*Team, error) {
	actions, err := tx.Allowed(t)
	if err != nil {
		return nil, err
	}
	org, err := tx.Org(t.Org)
	if err != nil {
		return nil, err
	}
	w, err := readWords(tx)
	if err != nil {
		return nil, err
	}
	v := &Team{ID: t.ID, Code: t.Code, Name: t.Name, Org: TeamOrg{org.ID, org.Name, org.Kind, org.City}, Summary: t.Summary,
		Domains: w.domains(t), Capabilities: w.capabilities(t), Disciplines: t.Disciplines.V, IPC: t.IPC.V, Equipment: t.Equipment.V,
		PilotLines: t.PilotLines.V, TRLMin: t.TRLMin, TRLMax: t.TRLMax, MaxConcurrent: t.MaxConcurrent, Ongoing: t.Ongoing, Staff: t.Staff.V,
		Track: t.Track.V, Counts: t.Counts.V, State: t.State, Version: t.Version, Actions: actions}
	for _, c := range t.Chains.V {
		v.Chains = append(v.Chains, word(w.chain, c))
	}
	inside, err := tx.Sees(models.TeamMembersList, t)
	if err != nil {
		return nil, err
	}
	list, err := tx.EvidenceOf(t.ID)
	for _, e := range list {
		row := TeamEvidence{ID: e.ID, Kind: e.Kind, Title: e.Title, Number: e.Number, Year: e.Year, Role: e.Role, Abstract: e.Abstract,
			Tags: e.Tags.V, Verify: e.Verify}
		if inside {
			row.Document = e.Document
		}
		v.Evidence = append(v.Evidence, row)
	}
	return v, err
}

// words are the vocabularies a card is written in.
type words struct{ domain, capability, chain map[string]models.Term }

func readWords(tx *models.Tx) (w words, err error) {
	if w.domain, err = tx.Words("domain"); err != nil {
		return w, err
	}
	if w.capability, err = tx.Words("capability"); err != nil {
		return w, err
	}
	w.chain, err = tx.Words("chain")
	return w, err
}

func word(from map[string]models.Term, code string) TeamWord {
	return TeamWord{Tag: code, NameZh: from[code].NameZh, NameEn: from[code].NameEn}
}

func (w words) domains(t *models.Team) []TeamDomain {
	list := []TeamDomain{}
	for _, d := range t.Domains.V {
		list = append(list, TeamDomain{word(w.domain, d.Tag), d.Level})
	}
	return list
}

func (w words) capabilities(t *models.Team) []TeamCapability {
	list := []TeamCapability{}
	for _, c := range t.Capabilities.V {
		list = append(list, TeamCapability{word(w.capability, c.Tag), c.Level, c.Verified})
	}
	return list
}
