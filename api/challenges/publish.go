package challenges

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// PublishInput puts a challenge on the list.
type PublishInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Batch        models.BatchID `json:"batch" minLength:"1" maxLength:"40" doc:"The call it belongs to; its rules are copied and fixed"`
		Deadline     *time.Time     `json:"bid_deadline,omitempty" doc:"At least 20 days from now; from 10 days with a reason. Default: as the owner proposed"`
		ClarifyUntil *time.Time     `json:"clarify_until,omitempty" doc:"At least 5 days before the deadline, which is the default"`
		OpenAt       *time.Time     `json:"open_at,omitempty" doc:"When the bids are opened; default: at the deadline"`
		ShortWindow  string         `json:"short_window_reason" required:"false" maxLength:"1000" doc:"Needed for a window under 20 days; public"`
		Override     string         `json:"quality_override" required:"false" maxLength:"1000" doc:"Why it is published although its quality is below what the batch asks for; stays on the trail"`
	}
}

// Publish puts a challenge on the list: it gets its code, its dates and, copied from its
// batch, the rules of the evaluation, so that they stand before the first bid.
func Publish(tx *models.Tx, in *PublishInput) (*Challenge, error) {
	c, err := tx.ChallengeFor(models.ChallengePublish, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	batch, err := batchOf(tx, c, in.Body.Batch, &f)
	if err != nil {
		return nil, err
	}
	in.dates(tx, c, &f)
	score, err := in.fit(tx, c, batch, &f)
	if err != nil {
		return nil, err
	}
	if err := f.Problem("challenge.cannot_publish", "The challenge cannot be published like this."); err != nil {
		return nil, err
	}
	if err := ready(tx, c); err != nil {
		return nil, err
	}
	if c.Code, err = tx.NextCode(batch); err != nil {
		return nil, err
	}
	c.Batch, c.Criteria, c.Weights, c.Panel, c.Conflicts = batch.ID, batch.Criteria, batch.Weights, batch.Panel, batch.Conflicts
	c.Rules = batch.Rules
	c.InProvince, c.PublicityDays, c.PublishedAt, c.Reason = batch.InProvince, batch.PublicityDays, &tx.Now, ""
	note := models.Note{Reason: c.ShortWindow, Data: map[string]any{"code": c.Code, "batch": batch.ID, "bid_deadline": c.Deadline,
		"window_days": int(c.Deadline.Sub(tx.Now) / day), "quality": score, "min_quality": batch.MinQuality}}
	if score < batch.MinQuality {
		note.Reason = strings.TrimSpace(note.Reason + "\n" + strings.TrimSpace(in.Body.Override))
	}
	if err := tx.Apply(models.ChallengePublish, c, note); err != nil {
		return nil, err
	}
	if err := Index(tx, c); err != nil {
		return nil, err
	}
	return view(tx, c)
}

// batchOf finds the batch; one that is not there is a field to mend.
func batchOf(tx *models.Tx, c *models.Challenge, id models.BatchID, f *problem.Fields) (*models.Batch, error) {
	list, err := tx.Batches()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list, func(b models.Batch) bool { return b.ID == id })
	if at < 0 {
		f.Add("batch", "challenge.batch", "there is no such batch")
		return nil, nil
	}
	f.Require(models.SameProvince(list[at].Region, c.Region), "batch", "challenge.batch_region", "belongs to another province")
	f.Require(tx.Actor.System || tx.Actor.OfficerIn(list[at].Region), "batch", "challenge.batch_office", "is a list of the level above: recommend the challenge, and the province decides")
	f.Require(!list[at].Recommend || c.RecommendedAt != nil, "batch", "challenge.not_recommended", "takes only what the city has recommended; return the challenge, or choose another list")
	rules := list[at].Rules.V
	f.Require(rules.Type == "" || rules.Type == c.Type, "batch", "challenge.batch_type", "takes only %s", rules.Type)
	f.Require(rules.Selection == "" || rules.Selection == c.Selection, "batch", "challenge.batch_selection", "has winners chosen by %s, which the challenge must follow", rules.Selection)
	return &list[at], nil
}

// dates sets the timeline out of the input, the owner's proposal and the defaults, and
// holds it to the windows.
func (in *PublishInput) dates(tx *models.Tx, c *models.Challenge, f *problem.Fields) {
	for _, d := range []struct{ to, from **time.Time }{{&c.Deadline, &in.Body.Deadline}, {&c.ClarifyUntil, &in.Body.ClarifyUntil}, {&c.OpenAt, &in.Body.OpenAt}} {
		if given := utc(*d.from); given != nil {
			*d.to = given
		}
	}
	if c.Deadline == nil {
		f.Add("bid_deadline", "challenge.deadline", "set the deadline for bids")
		return
	}
	if in.Body.Deadline != nil { // the proposal's other dates belonged to another deadline
		if in.Body.ClarifyUntil == nil {
			c.ClarifyUntil = nil
		}
		if in.Body.OpenAt == nil {
			c.OpenAt = nil
		}
	}
	if c.ClarifyUntil == nil {
		t := c.Deadline.Add(-beforeClosing)
		c.ClarifyUntil = &t
	}
	if c.OpenAt == nil {
		c.OpenAt = c.Deadline
	}
	ordered(f, c.ClarifyUntil, c.Deadline, c.OpenAt)
	f.Require(c.ClarifyUntil.After(tx.Now), "clarify_until", "challenge.clarify_past", "must lie in the future")
	c.ShortWindow = ""
	switch window := c.Deadline.Sub(tx.Now); {
	case window < leastWindow:
		f.Add("bid_deadline", "challenge.window", "must be at least 10 days from now, whatever the reason")
	case window < usualWindow:
		c.ShortWindow = strings.TrimSpace(in.Body.ShortWindow)
		f.Require(utf8.RuneCountInString(c.ShortWindow) >= 4, "short_window_reason", "challenge.window_reason",
			"a window under 20 days needs a reason, which will be public")
	}
}

// fit holds the challenge to the quality its batch asks for; below it the officer has to say
// why it is published all the same.
func (in *PublishInput) fit(tx *models.Tx, c *models.Challenge, b *models.Batch, f *problem.Fields) (int, error) {
	score, err := question.ChallengeQuality(tx, c)
	if err != nil || b == nil {
		return 0, err
	}
	f.Require(score.Score >= b.MinQuality || utf8.RuneCountInString(strings.TrimSpace(in.Body.Override)) >= 10, "quality_override", "challenge.quality_low",
		"its quality is %d, the batch asks for %d: return it, or say in at least 10 characters why it is published", score.Score, b.MinQuality)
	return score.Score, nil
}
