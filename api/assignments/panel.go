package assignments

import (
	"encoding/json"
	"fmt"
	"time"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/draw"
	"jiebang/models"
)

// PanelInput names a challenge.
type PanelInput struct {
	ID models.ChallengeID `path:"id"`
}

// Panel is a drawn panel. Officers and auditors see all of it; everybody else, once the
// publicity has begun, the names and what proves the draw.
type Panel struct {
	Challenge models.ChallengeID `json:"challenge"`
	Seq       int                `json:"seq" doc:"Which draw this is; 1 is the first"`
	Seed      string             `json:"seed"`
	Digest    string             `json:"eligible_digest" doc:"SHA-256 of the list of experts it was drawn from"`
	Engine    string             `json:"engine"`
	DrawnAt   time.Time          `json:"drawn_at"`
	Reason    string             `json:"reason" doc:"Why it was drawn again"`
	Members   []PanelSeat        `json:"members"`
	Reserves  []PanelSeat        `json:"reserves" doc:"In order; for officers and auditors"`
	Rules     PanelDrawRules     `json:"rules"`
	Eligible  []PanelCandidate   `json:"eligible" doc:"The list it was drawn from, by ticket; for officers and auditors"`
	Excluded  []PanelExcluded    `json:"excluded" doc:"Experts of the field who were left out; for officers and auditors"`
	Actions   []models.Action    `json:"actions" doc:"What the caller may do to the challenge"`
}

// PanelSeat is a member or a reserve. Judged says that a sheet of his counts.
type PanelSeat struct {
	Expert models.ExpertID `json:"expert,omitempty"`
	Place  int             `json:"place" doc:"Place in the order of the draw"`
	Ticket string          `json:"ticket" doc:"SHA-256 of the seed and the expert"`
	Name   string          `json:"name"`
	Unit   string          `json:"unit"`
	Kind   string          `json:"kind"`
	Judged bool            `json:"judged"`
}

// PanelDrawRules are the rules the draw kept to.
type PanelDrawRules struct {
	Size               int     `json:"size"`
	Reserves           int     `json:"reserves"`
	PerUnit            int     `json:"per_unit"`
	MinShareTechnology float64 `json:"min_share_technology"`
	NeedIndustry       int     `json:"need_industry"`
	NeedFinance        int     `json:"need_finance_or_law"`
}

// PanelCandidate is one line of the list that was drawn from, with what became of it.
type PanelCandidate struct {
	Expert  string `json:"expert"`
	Unit    string `json:"unit"`
	Kind    string `json:"kind"`
	Reviews int    `json:"reviews"`
	Cap     int    `json:"cap"`
	Place   int    `json:"place"`
	Ticket  string `json:"ticket"`
	Fate    string `json:"fate" enum:"member,reserve,capped,unfit,spare"`
}

// PanelExcluded is an expert who was left out, and why.
type PanelExcluded struct {
	Expert models.ExpertID `json:"expert"`
	Name   string          `json:"name"`
	Code   string          `json:"code" doc:"away, yearly_cap, integrity, draws_panel, stepped_aside, or conflict.…"`
	Path   []string        `json:"path" doc:"The chain of facts, in Chinese"`
	En     string          `json:"en" doc:"The chain of facts in English"`
}

// ShowPanel is the newest panel of a challenge.
func ShowPanel(tx *models.Tx, in *PanelInput) (*Panel, error) {
	c, err := tx.ChallengeFor(models.PanelShow, in.ID)
	if err != nil {
		return nil, err
	}
	p, err := tx.PanelOf(c.ID)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, problem.Missing()
	}
	all, err := tx.Sees(models.AssignmentList, c)
	if err != nil {
		return nil, err
	}
	return panelView(tx, c, p, all)
}

// kept reads back what the engine answered.
func kept(p *models.Panel) (draw.Panel, error) {
	var d draw.Panel
	if err := json.Unmarshal([]byte(p.Result), &d); err != nil {
		return d, fmt.Errorf("read panel %s: %w", p.ID, err)
	}
	return d, nil
}

func panelView(tx *models.Tx, c *models.Challenge, p *models.Panel, all bool) (*Panel, error) {
	d, err := kept(p)
	if err != nil {
		return nil, err
	}
	var out []question.LeftOut
	if err := json.Unmarshal([]byte(p.Excluded), &out); err != nil {
		return nil, fmt.Errorf("read panel %s: %w", p.ID, err)
	}
	ids := []models.ExpertID{}
	for _, t := range d.Order {
		ids = append(ids, models.ExpertID(t.Expert.ID))
	}
	for _, o := range out {
		ids = append(ids, o.Expert)
	}
	experts, err := tx.ExpertsByID(ids)
	if err != nil {
		return nil, err
	}
	given, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	judged := map[string]bool{}
	for _, a := range given {
		judged[string(a.Expert)] = judged[string(a.Expert)] || a.State == models.AssignmentDone
	}
	v := &Panel{Challenge: c.ID, Seq: p.Seq, Seed: p.Seed, Digest: p.Digest, Engine: p.Engine, DrawnAt: p.DrawnAt, Reason: p.Reason,
		Rules: PanelDrawRules{d.Rules.Size, d.Rules.Reserves, d.Rules.PerUnit, d.Rules.MinShareTechnology, d.Rules.NeedIndustry, d.Rules.NeedFinance}}
	seat := func(t draw.Ticket) PanelSeat {
		e := experts[models.ExpertID(t.Expert.ID)]
		if c.HidesExperts() && !all { // nor his ticket, which he himself or whoever knows his id could make again
			return PanelSeat{Place: t.Place, Kind: e.Kind, Judged: judged[t.Expert.ID]}
		}
		return PanelSeat{Expert: e.ID, Place: t.Place, Ticket: t.Hash, Name: e.Name, Unit: e.Unit, Kind: e.Kind, Judged: judged[t.Expert.ID]}
	}
	for _, t := range d.Members {
		v.Members = append(v.Members, seat(t))
	}
	for _, t := range d.Reserves {
		// The public learns of a reserve only when he has judged.
		if all || judged[t.Expert.ID] {
			v.Reserves = append(v.Reserves, seat(t))
		}
	}
	if v.Actions, err = tx.Allowed(c); err != nil || !all {
		return v, err
	}
	for _, t := range d.Order {
		v.Eligible = append(v.Eligible, PanelCandidate{t.Expert.ID, t.Expert.Unit, t.Expert.Kind, t.Expert.Reviews, t.Expert.Cap, t.Place, t.Hash, t.Fate})
	}
	for _, o := range out {
		v.Excluded = append(v.Excluded, PanelExcluded{Expert: o.Expert, Name: experts[o.Expert].Name, Code: o.Code, Path: o.Path, En: o.En})
	}
	return v, nil
}
