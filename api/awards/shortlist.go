package awards

import (
	"fmt"
	"slices"
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/rank"
	"jiebang/models"
)

// ShortlistInput asks for a proposal.
type ShortlistInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Reserves  *int             `json:"reserves" required:"false" minimum:"0" maximum:"5" doc:"How many stand in reserve; 1 unless said otherwise"`
		Order     []models.BidID   `json:"order" required:"false" maxItems:"20" doc:"The chair's order of bids whom nothing parts, where it decides who is proposed"`
		TieReason string           `json:"tie_reason" required:"false" maxLength:"2000"`
		Excluded  []AwardExclusion `json:"excluded" required:"false" maxItems:"20" doc:"Bids that an upheld objection keeps out"`
	}
}

// AwardExclusion keeps a bid out of the proposal, with a reason the public will read.
type AwardExclusion struct {
	Bid    models.BidID `json:"bid" minLength:"1" maxLength:"40"`
	Reason string       `json:"reason" minLength:"4" maxLength:"500"`
}

// passedOver is a bid that its place would have proposed, and why it is not.
type passedOver struct {
	candidate
	code, reason string
}

// Shortlist proposes winners and reserves by the mode of selection: the first place or the
// owner's choice, in a horse race as many as there are lanes, then the reserves. Only bids
// that passed count, and each is asked once more for what would bar it today.
func Shortlist(tx *models.Tx, in *ShortlistInput) (*Award, error) {
	c, err := tx.ChallengeFor(models.AwardShortlist, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	if err := question.Untainted(tx, c); err != nil {
		return nil, err
	}
	o, err := standing(tx, c)
	if err != nil {
		return nil, err
	}
	excluded, err := exclusions(tx, c, o, in.Body.Excluded)
	if err != nil {
		return nil, err
	}
	line, over, err := eligible(tx, c, o, excluded)
	if err != nil {
		return nil, err
	}
	lanes, reserves := 1, 1
	if c.Competition == "horse_race" {
		lanes = max(1, c.MaxLanes)
	}
	if in.Body.Reserves != nil {
		reserves = *in.Body.Reserves
	}
	var chosen []candidate
	if c.Selection == rank.OwnerNegotiated {
		if chosen, line, err = ownersChoice(tx, c, line); err != nil {
			return nil, err
		}
	}
	if line, err = settle(line, lanes-len(chosen), reserves, in.Body.Order, in.Body.TieReason); err != nil {
		return nil, err
	}
	line = append(chosen, line...)
	if len(line) == 0 {
		return nil, problem.New(problem.Conflict, "award.nobody", "No bid passed that may be awarded; end the challenge instead (fail).")
	}
	if err := propose(tx, c, o, line, over, lanes, reserves, in.Body.TieReason); err != nil {
		return nil, err
	}
	return view(tx, c)
}

// exclusions are the bids an officer keeps out. He may only after an objection was upheld:
// otherwise the ranking decides, not he.
func exclusions(tx *models.Tx, c *models.Challenge, o order, asked []AwardExclusion) (map[models.BidID]string, error) {
	out := map[models.BidID]string{}
	if len(asked) == 0 {
		return out, nil
	}
	objections, err := tx.ObjectionsOf(c.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(objections, func(o models.Objection) bool { return o.State == models.ObjectionUpheld }) {
		return nil, problem.New(problem.Conflict, "award.no_upheld_objection", "A bid may be kept out only after an objection was upheld.")
	}
	var f problem.Fields
	for i, e := range asked {
		f.Require(o.find(e.Bid) >= 0, fmt.Sprintf("excluded[%d].bid", i), "award.unknown_bid", "is no ranked bid of this challenge")
		out[e.Bid] = e.Reason
	}
	return out, f.Problem("award.invalid", "The proposal cannot be made like this.")
}

// eligible is the line of bids that may be proposed, best first, and those passed over.
func eligible(tx *models.Tx, c *models.Challenge, o order, excluded map[models.BidID]string) (line []candidate, over []passedOver, err error) {
	for _, k := range o.list {
		if !k.place.Passed || k.bid.State != models.BidScored {
			continue
		}
		if reason, ok := excluded[k.bid.ID]; ok {
			over = append(over, passedOver{k, "objection_upheld", reason})
			continue
		}
		barred, err := question.Barred(tx, c, &k.bid)
		if err != nil {
			return nil, nil, err
		}
		if len(barred) > 0 {
			over = append(over, passedOver{k, "gate." + barred[0].Code, barred[0].ReasonEn})
			continue
		}
		line = append(line, k)
	}
	return line, over, nil
}

// ownersChoice takes the bid the owner has picked out of the line.
func ownersChoice(tx *models.Tx, c *models.Challenge, line []candidate) (chosen, rest []candidate, err error) {
	said, err := tx.SatisfactionOf(c.ID)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(said, func(s models.Satisfaction) bool { return s.Choice })
	if i < 0 {
		return nil, nil, problem.New(problem.Conflict, "award.no_choice", "The owner has not picked a bid yet.")
	}
	at := slices.IndexFunc(line, func(k candidate) bool { return k.bid.ID == said[i].Bid })
	if at < 0 {
		return nil, nil, problem.New(problem.Conflict, "award.choice_barred", "The bid the owner picked may not be awarded any more; he must pick another.")
	}
	rest = slices.Delete(slices.Clone(line), at, at+1)
	return []candidate{line[at]}, rest, nil
}

// settle puts bids that share a place in the chair's order where it matters: where the line
// between winners, reserves and the rest runs through them, or between two reserves.
func settle(line []candidate, lanes, reserves int, chair []models.BidID, reason string) ([]candidate, error) {
	out := slices.Clone(line)
	tied, unordered := false, []string{}
	rank := func(k candidate) int { return slices.Index(chair, k.bid.ID) }
	for from, to := 0, 0; from < len(out); from = to {
		for to = from + 1; to < len(out) && out[to].place.Place == out[from].place.Place; to++ {
		}
		if to-from == 1 || from >= lanes+reserves || to <= lanes {
			continue
		}
		tied = true
		for _, k := range out[from:to] {
			if rank(k) < 0 {
				unordered = append(unordered, question.BidCode(&k.bid))
			}
		}
		slices.SortStableFunc(out[from:to], func(a, b candidate) int { return rank(a) - rank(b) })
	}
	if !tied {
		return out, nil
	}
	var f problem.Fields
	f.Require(len(unordered) == 0, "order", "award.tie", "must put these bids in order, for nothing parts them: %s", strings.Join(unordered, ", "))
	f.Require(strings.TrimSpace(reason) != "", "tie_reason", "award.tie", "must say why the chair prefers the one to the other")
	return out, f.Problem("award.tie", "Bids share a place where the line runs; the chair must decide.")
}

// propose writes the proposal: awards and reserves, and what becomes of every scored bid.
func propose(tx *models.Tx, c *models.Challenge, o order, line []candidate, over []passedOver, lanes, reserves int, tie string) error {
	taken := map[models.BidID]bool{}
	awarded := []string{}
	for i, k := range line {
		a := models.Award{Challenge: c.ID, Bid: k.bid.ID, Kind: "award", Lane: i + 1, Reason: tie}
		if i >= lanes {
			a.Kind, a.Lane = "reserve", i-lanes+1
		}
		if i >= lanes+reserves {
			break
		}
		if err := tx.Propose(a); err != nil {
			return err
		}
		taken[k.bid.ID] = true
		if a.Kind == "award" {
			awarded = append(awarded, question.BidCode(&k.bid))
		}
	}
	skipped := []map[string]any{}
	reasons := map[models.BidID]string{}
	for _, p := range over {
		reasons[p.bid.ID] = p.reason
		skipped = append(skipped, map[string]any{"bid": question.BidCode(&p.bid), "code": p.code, "reason": p.reason})
	}
	note := models.Note{Reason: tie, Data: map[string]any{"ranking": o.row.Seq, "digest": o.row.Digest, "awards": awarded, "passed_over": skipped}}
	if err := tx.Apply(models.AwardShortlist, c, note); err != nil {
		return err
	}
	for i := range o.list {
		b := &o.list[i].bid
		if b.State != models.BidScored {
			continue
		}
		action := models.BidPass
		if taken[b.ID] {
			action = models.BidShortlist
		}
		b.Reason = reasons[b.ID]
		if err := tx.Follow(action, b, models.Note{Reason: b.Reason}); err != nil {
			return err
		}
	}
	return nil
}
