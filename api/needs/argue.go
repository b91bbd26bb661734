package needs

import (
	"fmt"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/internal/workday"
	"jiebang/models"
)

// criteria of the argument, each 0 to 100 (P24: 必要性、创新性、可行性、预期效益).
var criteria = []string{"necessity", "innovation", "feasibility", "benefit"}

// NeedArgueInput names experts.
type NeedArgueInput struct {
	ID   models.NeedID `path:"id"`
	Body struct {
		Experts []models.ExpertID `json:"experts" minItems:"1" maxItems:"15"`
	}
}

// Argue names the experts of the argument; none may be close to the owner.
func Argue(tx *models.Tx, in *NeedArgueInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedArgue, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	if err := mayArgue(tx, n, &f, in.Body.Experts, func(i int) string { return fmt.Sprintf("experts[%d]", i) }); err != nil {
		return nil, err
	}
	if err := f.Problem("need.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	for _, id := range in.Body.Experts {
		if err := tx.NameNeedExpert(n.ID, id); err != nil {
			return nil, err
		}
	}
	if err := tx.Apply(models.NeedArgue, n, models.Note{Data: map[string]any{"experts": len(in.Body.Experts), "named": in.Body.Experts}}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

// mayArgue checks that each of the experts is active, new to the need and not close to its owner.
func mayArgue(tx *models.Tx, n *models.Need, f *problem.Fields, ids []models.ExpertID, at func(int) string) error {
	before, err := tx.NeedExperts(n.ID)
	if err != nil {
		return err
	}
	seen := map[models.ExpertID]bool{}
	for _, e := range before {
		seen[e.Expert] = true
	}
	found, err := tx.ExpertsByID(ids)
	if err != nil {
		return err
	}
	near, err := nearOwner(tx, n)
	if err != nil {
		return err
	}
	for i, id := range ids {
		path := at(i)
		e, ok := found[id]
		if !ok || e.State != models.ExpertActive {
			f.Add(path, "need.expert_unknown", "is no active expert")
			continue
		}
		f.Require(!seen[id], path, "need.expert_twice", "is named already")
		why, err := near.touches(tx, &e)
		if err != nil {
			return err
		}
		f.Require(why == "" || seen[id], path, "need.expert_conflict", "has a conflict of interest: %s", why)
		seen[id] = true
	}
	return nil
}

// NeedReplaceInput names an expert who stays silent, and another in his place.
type NeedReplaceInput struct {
	ID     models.NeedID   `path:"id"`
	Expert models.ExpertID `path:"expert" maxLength:"40"`
	Body   struct {
		By     models.ExpertID `json:"by" required:"false" maxLength:"40" doc:"Who is asked instead; empty asks nobody"`
		Reason string          `json:"reason" minLength:"1" maxLength:"500"`
	}
}

// Replace asks an expert no more whose sheet is not in, and another one in his place.
func Replace(tx *models.Tx, in *NeedReplaceInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedReplace, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	long(&f, "reason", in.Body.Reason, 4)
	if in.Body.By != "" {
		if err := mayArgue(tx, n, &f, []models.ExpertID{in.Body.By}, func(int) string { return "by" }); err != nil {
			return nil, err
		}
	}
	if err := f.Problem("need.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	why := strings.TrimSpace(in.Body.Reason)
	if err := tx.ReleaseNeedExpert(n.ID, in.Expert, why); err != nil {
		return nil, err
	}
	data := map[string]any{"released": in.Expert}
	if in.Body.By != "" {
		if err := tx.NameNeedExpert(n.ID, in.Body.By); err != nil {
			return nil, err
		}
		data["named"] = []models.ExpertID{in.Body.By}
	}
	if err := tx.Apply(models.NeedReplace, n, models.Note{Data: data}); err != nil {
		return nil, err
	}
	return view(tx, n)
}

// nearness is the owner of a need and the units tied to it.
type nearness struct {
	owner models.Org
	units map[models.OrgID]bool
}

func nearOwner(tx *models.Tx, n *models.Need) (nearness, error) {
	o, err := tx.Org(n.Owner)
	if err != nil {
		return nearness{}, err
	}
	near := nearness{owner: *o, units: map[models.OrgID]bool{o.ID: true}}
	ties, err := tx.Relations()
	for _, r := range ties {
		switch o.ID {
		case r.Child:
			near.units[r.Of] = true
		case r.Of:
			near.units[r.Child] = true
		}
	}
	return near, err
}

// touches says why an expert must not judge, or "".
func (near nearness) touches(tx *models.Tx, e *models.Expert) (string, error) {
	if near.units[e.Org] || strings.TrimSpace(e.Unit) == strings.TrimSpace(near.owner.Name) {
		return "works for the owner or a unit tied to it", nil
	}
	today := tx.Now.In(workday.Shanghai).Format(time.DateOnly)
	for _, c := range e.Conflicts.V {
		if near.units[c.Org] && (c.Until == "" || c.Until >= today) {
			return "declared a conflict with the owner", nil
		}
	}
	barred, err := tx.IntegrityAgainst(string(e.ID), string(e.User))
	if err != nil || len(barred) > 0 {
		return "a record of dishonesty is in force", err
	}
	people, err := tx.MembersOf(near.owner.ID)
	for _, m := range people {
		if m.User == e.User {
			return "belongs to the owner", err
		}
	}
	return "", err
}

// NeedScoreInput is an expert's sheet.
type NeedScoreInput struct {
	ID   models.NeedID `path:"id"`
	Body struct {
		Necessity   int    `json:"necessity" minimum:"0" maximum:"100" doc:"90: the chain stands still without it; 60: useful; 30: solved elsewhere"`
		Innovation  int    `json:"innovation" minimum:"0" maximum:"100" doc:"90: nobody has it; 60: a step beyond what is sold; 30: to be bought"`
		Feasibility int    `json:"feasibility" minimum:"0" maximum:"100" doc:"90: paths and teams are known; 60: with risk; 30: no path in sight"`
		Benefit     int    `json:"benefit" minimum:"0" maximum:"100" doc:"90: a market beyond the owner; 60: pays for the owner; 30: hardly"`
		Verdict     string `json:"verdict" enum:"approve,revise,reject"`
		Opinion     string `json:"opinion" minLength:"1" maxLength:"2000"`
	}
}

// Score hands in the caller's sheet, once.
func Score(tx *models.Tx, in *NeedScoreInput) (*NeedView, error) {
	n, err := tx.NeedFor(models.NeedScore, in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	var f problem.Fields
	long(&f, "opinion", b.Opinion, 10)
	if err := f.Problem("need.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	scores := map[string]int{"necessity": b.Necessity, "innovation": b.Innovation, "feasibility": b.Feasibility, "benefit": b.Benefit}
	// The table lets an expert score while his sheet is not in, so it is asked before it is.
	if err := tx.Apply(models.NeedScore, n, models.Note{}); err != nil {
		return nil, err
	}
	if err := tx.ScoreNeed(n.ID, scores, b.Verdict, strings.TrimSpace(b.Opinion)); err != nil {
		return nil, err
	}
	return view(tx, n)
}
