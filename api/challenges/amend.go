package challenges

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// ChallengeAmendment is a change of the published text, as it was proposed and decided.
type ChallengeAmendment struct {
	ID         models.AmendmentID `json:"id"`
	Version    int64              `json:"version"`
	Challenge  models.ChallengeID `json:"challenge_id"`
	State      string             `json:"state"`
	Changes    []models.Change    `json:"changes"`
	Reason     string             `json:"reason"`
	Deadline   *time.Time         `json:"bid_deadline,omitempty" doc:"As the owner asks for"`
	Least      *time.Time         `json:"least_deadline,omitempty" doc:"While it is proposed: bids must be taken at least until then if it is published now"`
	Supplement int                `json:"supplement_no"`
	Decision   string             `json:"decision"`
	CreatedAt  time.Time          `json:"created_at"`
	Actions    []models.Action    `json:"actions"`
}

// afterAmending is how long bids must be taken after the text has changed.
const afterAmending = leastWindow

func amendmentView(tx *models.Tx, a *models.Amendment) (*ChallengeAmendment, error) {
	actions, err := tx.Allowed(a)
	v := &ChallengeAmendment{ID: a.ID, Version: a.Version, Challenge: a.ChallengeID, State: a.State, Changes: a.Changes.V, Reason: a.Reason,
		Deadline: a.Deadline, Supplement: a.Supplement, Decision: a.Decision, CreatedAt: a.CreatedAt, Actions: actions}
	if a.State == models.AmendmentProposed && len(a.Changes.V) > 0 {
		least := tx.Now.Add(afterAmending)
		v.Least = &least
	}
	return v, err
}

// ProposeAmendmentInput asks for a change of the published text, a later deadline, or both.
type ProposeAmendmentInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		models.AmendmentText
		Deadline *time.Time `json:"bid_deadline,omitempty" doc:"Where bidders shall have more time than an amendment always gives"`
		Reason   string     `json:"reason" minLength:"4" maxLength:"1000" doc:"Public once it is published"`
	}
}

// Propose asks the office to amend a published challenge. It is asked for in the same way
// whether there is a bid or not, so that nothing of it tells.
func Propose(tx *models.Tx, in *ProposeAmendmentInput) (*ChallengeAmendment, error) {
	c, err := tx.ChallengeFor(models.AmendmentPropose, in.ID)
	if err != nil {
		return nil, err
	}
	changes, _, f, err := amended(tx, c, &in.Body.AmendmentText)
	if err != nil {
		return nil, err
	}
	if d := utc(in.Body.Deadline); d != nil {
		f.Require(d.After(*c.Deadline), "bid_deadline", "challenge.extend_forward", "must be after the present deadline")
		f.Require(d.Sub(tx.Now) <= longest, "bid_deadline", "challenge.extend_far", "must be within a year from now")
	}
	f.Require(len(f) > 0 || len(changes) > 0 || in.Body.Deadline != nil, "reason", "amendment.nothing", "nothing is changed; name what is to be another")
	if err := f.Problem("amendment.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	a := tx.NewAmendment(c)
	a.Text, a.Changes, a.Reason, a.Deadline = models.J(in.Body.AmendmentText), models.J(changes), in.Body.Reason, utc(in.Body.Deadline)
	if err := tx.Make(models.AmendmentPropose, c, a, models.Note{Reason: a.Reason}); err != nil {
		return nil, err
	}
	return amendmentView(tx, a)
}

// amended writes the new text onto the challenge in memory and names what is another, with the
// indicators that changed and the fields that will not do.
func amended(tx *models.Tx, c *models.Challenge, t *models.AmendmentText) (changes []models.Change, touched []models.Indicator, f problem.Fields, err error) {
	note := func(path, name, before, after string) {
		if before != after {
			changes = append(changes, models.Change{Path: path, Name: name, Before: before, After: after})
		}
	}
	for _, x := range []struct {
		path string
		to   *string
		from *string
	}{{"background", t.Background, &c.Background}, {"need", t.Need, &c.Need}, {"detail", t.Detail, &c.Detail}, {"procurement_promise", t.Procurement, &c.Procurement}} {
		if x.to != nil {
			note(x.path, "", *x.from, *x.to)
			*x.from = *x.to
		}
	}
	if len(t.Deliverables) > 0 {
		note("deliverables", "", strings.Join(c.Deliverables.V, "\n"), strings.Join(t.Deliverables, "\n"))
		for i, line := range t.Deliverables {
			f.Require(strings.TrimSpace(line) != "" && len([]rune(line)) <= 300, fmt.Sprintf("deliverables[%d]", i), "field.length", "must have 1 to 300 characters")
		}
		c.Deliverables = models.J(t.Deliverables)
	}
	if len(t.Conditions) > 0 {
		note("bidder_conditions.text", "", strings.Join(c.Conditions.V.Text, "\n"), strings.Join(t.Conditions, "\n"))
		for i, line := range t.Conditions {
			f.Require(strings.TrimSpace(line) != "" && len([]rune(line)) <= 300, fmt.Sprintf("conditions[%d]", i), "field.length", "must have 1 to 300 characters")
		}
		c.Conditions.V.Text = t.Conditions
	}
	if t.BountyFen != nil {
		f.Require(*t.BountyFen >= c.BountyFen, "bounty_fen", "amendment.bounty_lower", "may only rise: bidders rely on %s", c.BountyFen)
		f.Require(*t.BountyFen <= c.TotalFen, "bounty_fen", "challenge.bounty_total", "must not exceed the total investment")
		note("bounty_fen", "", c.BountyFen.String(), t.BountyFen.String())
		c.BountyFen = *t.BountyFen
	}
	list, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	k := &check{c: c, indicators: list}
	for n, x := range t.Indicators {
		at := slices.IndexFunc(list, func(i models.Indicator) bool { return i.ID == x.ID })
		path := fmt.Sprintf("indicators[%d]", n)
		if at < 0 {
			f.Add(path+".id", "amendment.indicator_unknown", "is no indicator of this challenge; indicators are neither added nor taken away once it is published")
			continue
		}
		i := &list[at]
		was := *i
		rewrite(i, &x)
		k.value(path, *i)
		for _, y := range []struct{ field, before, after string }{
			{"value", asked(&was), asked(i)}, {"baseline", was.Baseline, i.Baseline}, {"test_method", was.TestMethod, i.TestMethod}, {"tested_by", was.TestedBy, i.TestedBy}} {
			note(fmt.Sprintf("indicators[%d].%s", at, y.field), i.Name, y.before, y.after)
		}
		touched = append(touched, *i)
	}
	return changes, touched, append(f, k.Fields...), nil
}

func rewrite(i *models.Indicator, x *models.AmendmentIndicator) {
	for _, y := range []struct {
		to   **float64
		from *float64
	}{{&i.Value, x.Value}, {&i.Min, x.Min}, {&i.Max, x.Max}} {
		if y.from != nil {
			*y.to = y.from
		}
	}
	for _, y := range []struct {
		to   *string
		from *string
	}{{&i.Text, x.Text}, {&i.Baseline, x.Baseline}, {&i.TestMethod, x.TestMethod}, {&i.TestedBy, x.TestedBy}} {
		if y.from != nil {
			*y.to = *y.from
		}
	}
}

// asked is what an indicator asks for, in signs.
func asked(i *models.Indicator) string {
	number := func(f *float64) string {
		if f == nil {
			return "?"
		}
		return strconv.FormatFloat(*f, 'f', -1, 64)
	}
	unit := ""
	if i.Unit != "" && i.Unit != "1" {
		unit = " " + i.Unit
	}
	switch i.Op {
	case "meets":
		return i.Text
	case "range":
		return number(i.Min) + "–" + number(i.Max) + unit
	}
	return i.Op + " " + number(i.Value) + unit
}

// AmendmentList is what was proposed for a challenge, newest first.
type AmendmentList struct {
	Items []ChallengeAmendment `json:"items"`
}

// Amendments lists what was proposed, for the owner and the office.
func Amendments(tx *models.Tx, in *QuestionsInput) (*AmendmentList, error) {
	c, err := tx.ChallengeFor(models.AmendmentList, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.AmendmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	out := &AmendmentList{}
	for i := range rows {
		v, err := amendmentView(tx, &rows[i])
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	return out, nil
}

// AmendmentInput names an amendment.
type AmendmentInput struct {
	ID models.AmendmentID `path:"id"`
}

// ShowAmendment is one.
func ShowAmendment(tx *models.Tx, in *AmendmentInput) (*ChallengeAmendment, error) {
	a, err := tx.AmendmentFor(models.AmendmentShow, in.ID)
	if err != nil {
		return nil, err
	}
	return amendmentView(tx, a)
}

// PublishAmendmentInput may give a later deadline than was asked for.
type PublishAmendmentInput struct {
	ID   models.AmendmentID `path:"id"`
	Body struct {
		Deadline *time.Time `json:"bid_deadline,omitempty" doc:"Default: as the owner asks for; in any case at least 10 days from now where the text changes"`
	}
}

// PublishAmendment changes the text as a numbered supplement and gives bidders at least ten
// days from now. Indicators keep their identity; bids sealed before are to be confirmed or
// replaced, which their people are told.
func PublishAmendment(tx *models.Tx, in *PublishAmendmentInput) (*ChallengeAmendment, error) {
	a, err := tx.AmendmentFor(models.AmendmentPublish, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, err
	}
	changes, touched, f, err := amended(tx, c, &a.Text.V)
	if err != nil {
		return nil, err
	}
	before := *c.Deadline
	after := latest(before, a.Deadline)
	if d := utc(in.Body.Deadline); d != nil {
		f.Require(!d.Before(after), "bid_deadline", "amendment.deadline_earlier", "must not be before the deadline that stands or was asked for")
		f.Require(d.Sub(tx.Now) <= longest, "bid_deadline", "challenge.extend_far", "must be within a year from now")
		after = latest(after, d)
	}
	if len(changes) > 0 {
		least := tx.Now.Add(afterAmending)
		after = latest(after, &least)
	}
	if err := f.Problem("amendment.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	for i := range touched {
		if err := tx.AmendIndicator(&touched[i]); err != nil {
			return nil, err
		}
	}
	s := &models.Supplement{What: models.SupplementAmendment, Amendment: a.ID, Changes: models.J(changes), Reason: a.Reason}
	if after.After(before) {
		s.Before, s.After = &before, &after
		if move(c, after); len(changes) == 0 {
			s.What = models.SupplementExtension
		}
	}
	if err := supplement(tx, c, s); err != nil {
		return nil, err
	}
	a.Supplement, a.Changes = s.No, models.J(changes)
	if err := tx.Apply(models.AmendmentPublish, a, models.Note{Reason: a.Reason, Data: map[string]any{"supplement": s.No}}); err != nil {
		return nil, err
	}
	if err := Index(tx, c); err != nil {
		return nil, err
	}
	return amendmentView(tx, a)
}

func latest(t time.Time, other *time.Time) time.Time {
	if other != nil && other.After(t) {
		return *other
	}
	return t
}

// DecideAmendmentInput says why it is refused or taken back.
type DecideAmendmentInput struct {
	ID   models.AmendmentID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"1000"`
	}
}

// RefuseAmendment leaves the text as it is.
func RefuseAmendment(tx *models.Tx, in *DecideAmendmentInput) (*ChallengeAmendment, error) {
	return endAmendment(tx, models.AmendmentRefuse, in)
}

// WithdrawAmendment takes a proposal back.
func WithdrawAmendment(tx *models.Tx, in *DecideAmendmentInput) (*ChallengeAmendment, error) {
	return endAmendment(tx, models.AmendmentWithdraw, in)
}

func endAmendment(tx *models.Tx, action models.Action, in *DecideAmendmentInput) (*ChallengeAmendment, error) {
	a, err := tx.AmendmentFor(action, in.ID)
	if err != nil {
		return nil, err
	}
	a.Decision = in.Body.Reason
	if err := tx.Apply(action, a, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return amendmentView(tx, a)
}
