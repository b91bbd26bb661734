package assignments

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/draw"
	"jiebang/models"
)

// DrawInput asks for a panel. The size may differ from the challenge's own within the rules.
type DrawInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Size   int    `json:"size" required:"false" minimum:"5" maximum:"11" doc:"Odd; without it the challenge's own"`
		Reason string `json:"reason" required:"false" maxLength:"500" doc:"Why it is drawn again; needed from the second draw on"`
	}
}

// Draw draws the panel of a challenge by a fresh seed, from the experts of its field whom
// nothing bars from any of its bids. Everything needed to draw it again is kept.
func Draw(tx *models.Tx, in *DrawInput) (*Panel, error) {
	c, err := tx.ChallengeFor(models.PanelDraw, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	before, err := tx.PanelOf(c.ID)
	if err != nil {
		return nil, err
	}
	reason := strings.TrimSpace(in.Body.Reason)
	size := in.Body.Size
	if size == 0 {
		size = c.Panel.V.Size
	}
	var f problem.Fields
	f.Require(size%2 == 1, "size", "panel.even", "must be odd, so that a vote cannot end level")
	f.Require(before == nil || len([]rune(reason)) >= 4, "reason", "panel.reason_needed", "must say why the panel is drawn again")
	if err := f.Problem("panel.invalid", "The panel cannot be drawn like this."); err != nil {
		return nil, err
	}
	if before != nil {
		if err := takeBack(tx, c, reason); err != nil {
			return nil, err
		}
	}
	asked, out, err := question.Draw(tx, c, size, models.RandomToken())
	if err != nil {
		return nil, err
	}
	p, err := panel(c, asked, out)
	if err != nil {
		return nil, err
	}
	p.Reason = reason
	if err := tx.AddPanel(p); err != nil {
		return nil, err
	}
	// The trail pins the draw without telling of it: owners read the trail before the publicity.
	sum := sha256.Sum256([]byte(p.Seed + "\n" + p.Result))
	note := models.Note{Reason: reason, Data: map[string]any{"seq": p.Seq, "size": size, "eligible_digest": p.Digest, "result_digest": hex.EncodeToString(sum[:])}}
	if err := tx.Apply(models.PanelDraw, c, note); err != nil {
		return nil, err
	}
	return panelView(tx, c, p, true)
}

// panel asks the engine and makes the row that keeps question and answer.
func panel(c *models.Challenge, asked draw.Question, out []question.LeftOut) (*models.Panel, error) {
	drawn, err := draw.Draw(asked)
	var short *draw.Infeasible
	switch {
	case errors.As(err, &short):
		return nil, lacking(short, len(asked.Eligible))
	case err != nil:
		return nil, problem.New(problem.Conflict, "panel.rules", "The rules of this challenge's panel cannot be met by any experts: %s.", err)
	}
	p := &models.Panel{Challenge: c.ID, Seed: asked.Seed, Digest: drawn.EligibleDigest, Engine: drawn.Version}
	for _, part := range []struct {
		into  *string
		value any
	}{{&p.Question, asked}, {&p.Result, drawn}, {&p.Excluded, out}} {
		raw, err := json.Marshal(part.value)
		if err != nil {
			return nil, fmt.Errorf("keep the draw: %w", err)
		}
		*part.into = string(raw)
	}
	return p, nil
}

// lacking says which rule lacks how many experts.
func lacking(short *draw.Infeasible, eligible int) error {
	rules := map[string]string{"size": "the size of the panel", "technology": "the share of technology experts", "industry": "an expert from industry",
		"finance": "an expert from finance or law", "per_unit": "the most experts of one unit", "together": "all rules together"}
	return problem.New(problem.Conflict, "panel.lacks_"+short.Rule,
		"%d experts may be drawn, but %s lacks %d. Ask more experts of the field to register, or change the size.", eligible, rules[short.Rule], short.Short)
}

// takeBack ends the invitations of the panel before. Once an expert has accepted, he may have
// read: from then on members step aside one by one.
func takeBack(tx *models.Tx, c *models.Challenge, reason string) error {
	list, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.State == models.AssignmentAccepted || a.State == models.AssignmentDone {
			return problem.New(problem.Conflict, "panel.at_work", "An expert has accepted already; replace experts one by one instead of drawing again.")
		}
	}
	for i := range list {
		if a := &list[i]; a.Live() {
			a.Reason = reason
			if err := tx.Apply(models.AssignmentReplace, a, models.Note{Reason: reason}); err != nil {
				return err
			}
		}
	}
	return nil
}
