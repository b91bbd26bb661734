package teams

import (
	"fmt"
	"slices"
	"strings"

	"jiebang/internal/codes"
	"jiebang/internal/problem"
	"jiebang/models"
)

// EvidenceBody is what a team says of a proof.
type EvidenceBody struct {
	Kind     string            `json:"kind" enum:"paper,patent,standard,project,award,equipment,staff,pilot_line,product,software,certificate,contract"`
	Title    string            `json:"title" minLength:"2" maxLength:"200"`
	Number   string            `json:"number" required:"false" maxLength:"80" doc:"DOI of a paper, application or publication number of a patent, number of a standard or project"`
	Year     int               `json:"year" minimum:"1950" maximum:"2100"`
	Role     string            `json:"role" required:"false" maxLength:"40" doc:"The team's part in it"`
	Abstract string            `json:"abstract" required:"false" maxLength:"3000"`
	Tags     []string          `json:"tags" required:"false" maxItems:"12" doc:"Terms of /vocabulary/domain or /vocabulary/capability"`
	Document models.DocumentID `json:"document_id" required:"false" maxLength:"60" doc:"A file uploaded to the team"`
}

// AddEvidenceInput adds a proof to a team's card.
type AddEvidenceInput struct {
	ID   models.TeamID `path:"id"`
	Body EvidenceBody
}

// AddEvidence adds a proof; it counts as self-declared until somebody verifies it.
func AddEvidence(tx *models.Tx, in *AddEvidenceInput) (*Team, error) {
	t, err := tx.TeamFor(models.TeamAddEvidence, in.ID)
	if err != nil {
		return nil, err
	}
	e := &models.Evidence{Team: t.ID}
	if err := in.Body.write(tx, e); err != nil {
		return nil, err
	}
	if err := tx.AddEvidence(e); err != nil {
		return nil, err
	}
	return applied(tx, models.TeamAddEvidence, t, e, "")
}

// EditEvidenceInput replaces a proof.
type EditEvidenceInput struct {
	ID       models.TeamID     `path:"id"`
	Evidence models.EvidenceID `path:"evidence"`
	Body     EvidenceBody
}

// EditEvidence changes a proof. What was verified was something else: it is self-declared
// again.
func EditEvidence(tx *models.Tx, in *EditEvidenceInput) (*Team, error) {
	t, err := tx.TeamFor(models.TeamEditEvidence, in.ID)
	if err != nil {
		return nil, err
	}
	e, err := tx.OneEvidence(t.ID, in.Evidence)
	if err != nil {
		return nil, err
	}
	if err := in.Body.write(tx, e); err != nil {
		return nil, err
	}
	if err := tx.SaveEvidence(e); err != nil {
		return nil, err
	}
	return applied(tx, models.TeamEditEvidence, t, e, "")
}

// DropEvidenceInput names a proof.
type DropEvidenceInput struct {
	ID       models.TeamID     `path:"id"`
	Evidence models.EvidenceID `path:"evidence"`
}

// DropEvidence takes a proof off the card.
func DropEvidence(tx *models.Tx, in *DropEvidenceInput) (*Team, error) {
	t, err := tx.TeamFor(models.TeamDropEvidence, in.ID)
	if err != nil {
		return nil, err
	}
	e, err := tx.OneEvidence(t.ID, in.Evidence)
	if err != nil {
		return nil, err
	}
	if err := tx.DropEvidence(e); err != nil {
		return nil, err
	}
	return applied(tx, models.TeamDropEvidence, t, e, "")
}

// VerifyEvidenceInput is the operator's finding.
type VerifyEvidenceInput struct {
	ID       models.TeamID     `path:"id"`
	Evidence models.EvidenceID `path:"evidence"`
	Body     struct {
		Finding string `json:"finding" enum:"pending,verified,rejected" doc:"pending: somebody is looking at it"`
		Reason  string `json:"reason" required:"false" maxLength:"500" doc:"Needed to reject"`
	}
}

// VerifyEvidence says whether a proof is true. Nobody does so for a team of his own.
func VerifyEvidence(tx *models.Tx, in *VerifyEvidenceInput) (*Team, error) {
	t, err := tx.TeamFor(models.TeamVerifyEvidence, in.ID)
	if err != nil {
		return nil, err
	}
	if err := impartial(tx, t); err != nil {
		return nil, err
	}
	e, err := tx.OneEvidence(t.ID, in.Evidence)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(in.Body.Finding != "rejected" || strings.TrimSpace(in.Body.Reason) != "", "reason", "field.missing", "say why it is rejected")
	if err := f.Problem("team.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	e.Verify, e.Verifier = in.Body.Finding, tx.Actor.User
	if err := tx.SaveEvidence(e); err != nil {
		return nil, err
	}
	return applied(tx, models.TeamVerifyEvidence, t, e, in.Body.Reason)
}

// VerifyCapabilityInput is the operator's finding on a capability.
type VerifyCapabilityInput struct {
	ID   models.TeamID `path:"id"`
	Body struct {
		Tag      string `json:"tag" minLength:"1" maxLength:"60"`
		Verified bool   `json:"verified"`
		Reason   string `json:"reason" required:"false" maxLength:"500" doc:"On what ground; it stands on the trail"`
	}
}

// VerifyCapability says whether a team has a capability at the level it claims.
func VerifyCapability(tx *models.Tx, in *VerifyCapabilityInput) (*Team, error) {
	t, err := tx.TeamFor(models.TeamVerifySkill, in.ID)
	if err != nil {
		return nil, err
	}
	if err := impartial(tx, t); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(t.Capabilities.V, func(c models.Capability) bool { return c.Tag == in.Body.Tag })
	var f problem.Fields
	f.Require(i >= 0, "tag", "team.no_capability", "the team does not claim this capability")
	if err := f.Problem("team.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	t.Capabilities.V[i].Verified = in.Body.Verified
	note := models.Note{Reason: in.Body.Reason, Data: map[string]any{"tag": in.Body.Tag, "level": t.Capabilities.V[i].Level, "verified": in.Body.Verified}}
	if err := tx.Apply(models.TeamVerifySkill, t, note); err != nil {
		return nil, err
	}
	return view(tx, t)
}

// impartial refuses who would verify his own team, or a team of his own unit.
func impartial(tx *models.Tx, t *models.Team) error {
	_, on := tx.Actor.Teams[t.ID]
	if on || tx.Actor.Orgs[t.Org] != "" {
		return problem.New(problem.Denied, "team.own", "You belong to this team or its unit; somebody else has to verify it.")
	}
	return nil
}

func applied(tx *models.Tx, action models.Action, t *models.Team, e *models.Evidence, reason string) (*Team, error) {
	note := models.Note{Reason: reason, Data: map[string]any{"evidence": e.ID, "kind": e.Kind, "verify_state": e.Verify}}
	if err := tx.Apply(action, t, note); err != nil {
		return nil, err
	}
	return view(tx, t)
}

// numbers are the kinds of proof whose number can be looked up by others; the other kinds
// have none that holds everywhere.
var numbers = map[string]codes.Reader{"paper": codes.DOI, "patent": codes.Patent, "standard": codes.Standard}

// write checks everything and puts it on the proof, which is self-declared from then on.
func (b *EvidenceBody) write(tx *models.Tx, e *models.Evidence) error {
	w, err := readWords(tx)
	if err != nil {
		return err
	}
	return b.put(tx, e, w)
}

// put is write, for who has read the vocabularies.
func (b *EvidenceBody) put(tx *models.Tx, e *models.Evidence, w words) error {
	var f problem.Fields
	title, number := strings.TrimSpace(b.Title), strings.TrimSpace(b.Number)
	f.Require(len([]rune(title)) >= 2, "title", "field.length", "must have at least 2 characters that are not blanks")
	if read, has := numbers[b.Kind]; has && number != "" {
		var fault *codes.Fault
		if number, fault = read(number); fault != nil {
			f.Add("number", fault.Code, "%s", fault.Message)
		}
	}
	f.Require(b.Year <= tx.Now.Year(), "year", "field.date", "must not lie in the future")
	for i, tag := range b.Tags {
		if _, known := w.capability[tag]; !known {
			models.KnowWord(&f, w.domain, "domain", fmt.Sprintf("tags[%d]", i), tag)
		}
	}
	once(&f, "tags[%d]", b.Tags)
	if b.Document != "" && b.Document != e.Document {
		mine, err := tx.FileOf(models.KindTeam, string(e.Team), b.Document)
		if err != nil {
			return err
		}
		f.Require(mine, "document_id", "document.unknown", "is no file uploaded to this team")
	}
	if err := f.Problem("team.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	e.Kind, e.Title, e.Number, e.Year, e.Role, e.Abstract, e.Tags, e.Document = b.Kind, title, number, b.Year, b.Role, b.Abstract, models.J(b.Tags), b.Document
	e.Verify, e.Verifier = "self_declared", ""
	return nil
}
