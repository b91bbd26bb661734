package teams

import (
	"fmt"
	"strings"

	"jiebang/internal/codes"
	"jiebang/internal/problem"
	"jiebang/models"
)

// TeamBody is what a team says about itself.
type TeamBody struct {
	Name          string               `json:"name" minLength:"2" maxLength:"80"`
	Summary       string               `json:"summary" required:"false" maxLength:"3000"`
	Domains       []models.DomainTag   `json:"domains" minItems:"1" maxItems:"12" doc:"Terms of /vocabulary/domain with a level of 1 to 5"`
	Capabilities  []models.Capability  `json:"capabilities" required:"false" maxItems:"40" doc:"Terms of /vocabulary/capability with a level of 1 to 5"`
	Chains        []string             `json:"chains" required:"false" maxItems:"20" doc:"Terms of /vocabulary/chain"`
	Disciplines   []string             `json:"disciplines" required:"false" maxItems:"20" doc:"Codes of GB/T 13745, e.g. 460 or 460.15"`
	IPC           []string             `json:"ipc" required:"false" maxItems:"40" doc:"e.g. F04D or F04D 29/05"`
	Equipment     []string             `json:"equipment" required:"false" maxItems:"60"`
	PilotLines    []string             `json:"pilot_lines" required:"false" maxItems:"30"`
	TRLMin        int                  `json:"trl_min" minimum:"1" maximum:"9"`
	TRLMax        int                  `json:"trl_max" minimum:"1" maximum:"9"`
	MaxConcurrent int                  `json:"max_concurrent" minimum:"1" maximum:"50"`
	Ongoing       int                  `json:"ongoing" required:"false" minimum:"0" maximum:"50"`
	Staff         models.Staff         `json:"staff" required:"false"`
	Track         models.TrackRecord   `json:"track" required:"false"`
	Counts        models.EvidenceCount `json:"evidence_counts" required:"false"`
}

// FormInput is a new team of the unit in the path.
type FormInput struct {
	Org  models.OrgID `path:"id"`
	Body TeamBody
}

// Form makes a team of a unit the caller belongs to; he becomes its accountable lead.
func Form(tx *models.Tx, in *FormInput) (*Team, error) {
	org, err := tx.OrgFor(models.TeamForm, in.Org)
	if err != nil {
		return nil, err
	}
	if err := tx.Unblemished(string(org.ID), string(tx.Actor.User)); err != nil {
		return nil, err
	}
	t := models.NewTeam()
	t.Org = org.ID
	if err := in.Body.write(tx, t); err != nil {
		return nil, err
	}
	if t.Code, err = tx.NextNumber("TM"); err != nil {
		return nil, err
	}
	if err := tx.Make(models.TeamForm, org, t, models.Note{}); err != nil {
		return nil, err
	}
	if _, err := tx.AddTeamMember(t.ID, tx.Actor.User, "lead"); err != nil {
		return nil, err
	}
	if err := tx.Reload(); err != nil { // he leads it from now on, and sees what a lead may do
		return nil, err
	}
	return view(tx, t)
}

// EditTeamInput replaces what a team says about itself.
type EditTeamInput struct {
	ID   models.TeamID `path:"id"`
	Body TeamBody
}

// Edit changes a team's card. What an operator verified stays verified as long as the
// level claimed does not rise; nobody verifies himself.
func Edit(tx *models.Tx, in *EditTeamInput) (*Team, error) {
	t, err := tx.TeamFor(models.TeamEdit, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Body.write(tx, t); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.TeamEdit, t, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, t)
}

// quoted holds a list to a classification, and writes its codes the proper way.
func quoted(f *problem.Fields, path string, list []string, read codes.Reader) {
	for i, typed := range list {
		code, fault := read(typed)
		if fault != nil {
			f.Add(fmt.Sprintf("%s[%d]", path, i), fault.Code, "%s", fault.Message)
		}
		list[i] = code
	}
}

// write checks everything and puts it on the team.
func (b *TeamBody) write(tx *models.Tx, t *models.Team) error {
	w, err := readWords(tx)
	if err != nil {
		return err
	}
	var f problem.Fields
	f.Require(len([]rune(strings.TrimSpace(b.Name))) >= 2, "name", "field.length", "must have at least 2 characters that are not blanks")
	domains := []string{}
	for i, d := range b.Domains {
		domains = append(domains, d.Tag)
		models.KnowWord(&f, w.domain, "domain", fmt.Sprintf("domains[%d].tag", i), d.Tag)
	}
	once(&f, "domains[%d].tag", domains)
	capabilities, verified := []string{}, map[string]int{}
	for _, c := range t.Capabilities.V {
		if c.Verified {
			verified[c.Tag] = c.Level
		}
	}
	kept := []models.Capability{}
	for i, c := range b.Capabilities {
		capabilities = append(capabilities, c.Tag)
		models.KnowWord(&f, w.capability, "capability", fmt.Sprintf("capabilities[%d].tag", i), c.Tag)
		kept = append(kept, models.Capability{Tag: c.Tag, Level: c.Level, Verified: c.Level <= verified[c.Tag]})
	}
	once(&f, "capabilities[%d].tag", capabilities)
	for i, c := range b.Chains {
		models.KnowWord(&f, w.chain, "chain", fmt.Sprintf("chains[%d]", i), c)
	}
	once(&f, "chains[%d]", b.Chains)
	quoted(&f, "disciplines", b.Disciplines, codes.Discipline)
	quoted(&f, "ipc", b.IPC, codes.IPC)
	lines(&f, "equipment", b.Equipment)
	lines(&f, "pilot_lines", b.PilotLines)
	f.Require(b.TRLMin <= b.TRLMax, "trl_max", "team.trl_range", "must not be below trl_min")
	s := b.Staff
	f.Require(s.PhD <= s.Total && s.Senior <= s.Total && s.Engineers <= s.Total, "staff.total", "team.staff_sum", "must be at least as many as each group in it")
	r := b.Track
	f.Require(r.OnTime <= r.Completed && r.FirstPass <= r.Completed, "track.completed", "team.track_sum", "must be at least on_time and first_pass each")
	if err := f.Problem("team.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	t.Name, t.Summary, t.TRLMin, t.TRLMax, t.MaxConcurrent, t.Ongoing = strings.TrimSpace(b.Name), b.Summary, b.TRLMin, b.TRLMax, b.MaxConcurrent, b.Ongoing
	t.Domains, t.Capabilities, t.Chains, t.Disciplines, t.IPC = models.J(b.Domains), models.J(kept), models.J(b.Chains), models.J(b.Disciplines), models.J(b.IPC)
	t.Equipment, t.PilotLines, t.Staff, t.Track, t.Counts = models.J(b.Equipment), models.J(b.PilotLines), models.J(s), models.J(r), models.J(b.Counts)
	return nil
}

// once notes what a list names again.
func once(f *problem.Fields, path string, list []string) {
	seen := map[string]bool{}
	for i, s := range list {
		f.Require(!seen[s], fmt.Sprintf(path, i), "field.twice", "%q stands in the list already", s)
		seen[s] = true
	}
}

// lines checks a list of free lines.
func lines(f *problem.Fields, path string, list []string) {
	for i, s := range list {
		n := len([]rune(strings.TrimSpace(s)))
		f.Require(n >= 1 && n <= 120, fmt.Sprintf("%s[%d]", path, i), "field.length", "must have 1 to 120 characters")
	}
}
