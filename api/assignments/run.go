package assignments

import (
	"cmp"
	"fmt"
	"slices"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/assign"
	"jiebang/models"
)

// RunInput names a challenge.
type RunInput struct {
	ID models.ChallengeID `path:"id"`
}

// AssignmentPlan says what was given to whom, and which bids lack experts.
type AssignmentPlan struct {
	Given  int               `json:"given" doc:"New assignments"`
	Seats  int               `json:"seats" doc:"Wanted in all, those that stood before included"`
	Filled int               `json:"filled"`
	Engine string            `json:"engine"`
	Loads  []AssignmentLoad  `json:"loads"`
	Short  []AssignmentShort `json:"short" doc:"Bids that lack experts; empty when every seat is filled"`
	Board  []AssignmentBoard `json:"bids"`
}

// AssignmentLoad is how many bids an expert has.
type AssignmentLoad struct {
	Expert models.ExpertID `json:"expert"`
	Name   string          `json:"name"`
	Bids   int             `json:"bids"`
}

// AssignmentShort is a bid that lacks experts, and why.
type AssignmentShort struct {
	Bid    models.BidID `json:"bid"`
	Code   string       `json:"code"`
	Seats  int          `json:"seats"`
	Given  int          `json:"given"`
	Barred int          `json:"barred" doc:"Experts whom a conflict or their own word keeps from it"`
	Reason string       `json:"reason"`
}

// Run gives every formally passed bid to as many members of the panel as the rules ask, loads
// balanced and nobody to a bid he is barred from. What stands already stays, so that it may be
// run again to fill what was short.
func Run(tx *models.Tx, in *RunInput) (*AssignmentPlan, error) {
	c, err := tx.ChallengeFor(models.AssignmentRun, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	bids, err := toAssign(tx, c)
	if err != nil {
		return nil, err
	}
	p, err := tx.PanelOf(c.ID)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, problem.New(problem.Conflict, "panel.not_drawn", "Draw the panel first.")
	}
	before, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	members, perBid, err := sitting(tx, c, p, before)
	if err != nil {
		return nil, err
	}
	plan, err := solve(tx, c, bids, members, before, perBid)
	if err != nil {
		return nil, err
	}
	given, err := hand(tx, c, p, plan, bids, members, before)
	if err != nil {
		return nil, err
	}
	if given == 0 && !slices.ContainsFunc(bids, func(b models.Bid) bool { return b.State == models.BidPassed }) {
		return nil, problem.New(problem.Conflict, "assignment.nothing_to_give", "Every bid has all the experts that the panel can give it.")
	}
	note := models.Note{Data: map[string]any{"given": given, "seats": plan.Seats, "filled": plan.Filled, "engine": plan.Version}}
	if err := tx.Apply(models.AssignmentRun, c, note); err != nil {
		return nil, err
	}
	for i := range bids {
		b := &bids[i]
		got := slices.ContainsFunc(plan.Pairs, func(p assign.Pair) bool { return p.Bid == string(b.ID) })
		if b.State == models.BidPassed && got {
			if err := tx.Follow(models.BidReview, b, models.Note{}); err != nil {
				return nil, err
			}
		}
	}
	return planView(tx, c, plan, given, members, bids)
}

// toAssign lists the bids that want experts. A bid that nobody has checked stops everything:
// given out later, it would meet other experts in another order.
func toAssign(tx *models.Tx, c *models.Challenge) ([]models.Bid, error) {
	all, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	list := []models.Bid{}
	for _, b := range all {
		switch b.State {
		case models.BidOpened:
			return nil, problem.New(problem.Conflict, "bid.unchecked", "Bid %s has not been checked yet; finish the formal check first.", question.BidCode(&b))
		case models.BidPassed, models.BidInReview:
			list = append(list, b)
		}
	}
	if len(list) == 0 {
		return nil, problem.New(problem.Conflict, "assignment.no_bids", "No bid waits for experts.")
	}
	return list, nil
}

// sitting are the members of the panel as it is now: those drawn, less those who have stepped
// aside from all they had, and the reserves who have taken a place.
func sitting(tx *models.Tx, c *models.Challenge, p *models.Panel, before []models.Assignment) ([]models.Expert, int, error) {
	d, err := kept(p)
	if err != nil {
		return nil, 0, err
	}
	live, left := map[models.ExpertID]bool{}, map[models.ExpertID]bool{}
	for _, a := range before {
		if a.Live() {
			live[a.Expert] = true
		} else if a.Aside() {
			left[a.Expert] = true
		}
	}
	ids := []models.ExpertID{}
	for _, t := range d.Members {
		if id := models.ExpertID(t.Expert.ID); live[id] || !left[id] {
			ids = append(ids, id)
		}
	}
	for id := range live {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	experts, err := tx.ExpertsByID(ids)
	members := make([]models.Expert, 0, len(ids))
	for _, id := range ids {
		if e := experts[id]; live[id] || e.State == models.ExpertActive {
			members = append(members, e)
		}
	}
	perBid := c.Panel.V.ExpertsPerBid
	if perBid <= 0 || perBid > d.Rules.Size {
		perBid = d.Rules.Size
	}
	return members, perBid, err
}

// solve looks for the plan with the smallest even load that leaves no seat empty which a
// larger load could fill.
func solve(tx *models.Tx, c *models.Challenge, bids []models.Bid, members []models.Expert, before []models.Assignment, perBid int) (assign.Plan, error) {
	if len(members) == 0 {
		return assign.Plan{}, problem.New(problem.Conflict, "panel.empty", "Everybody on the panel has stepped aside; draw it again.")
	}
	load := (perBid*len(bids) + len(members) - 1) / len(members)
	asked, err := question.Assign(tx, c, bids, members, before, perBid, load)
	if err != nil {
		return assign.Plan{}, err
	}
	for {
		plan, err := assign.Experts(asked)
		if err != nil {
			return plan, fmt.Errorf("assign experts: %w", err)
		}
		full := slices.ContainsFunc(plan.Short, func(s assign.Short) bool { return len(s.Full) > 0 })
		if !full || load >= len(bids) {
			return plan, nil
		}
		load++
		for i := range asked.Experts {
			asked.Experts[i].Max = max(asked.Experts[i].Max, load)
		}
	}
}

// hand makes the assignments of a plan that do not stand yet. Each expert reads in an order
// of his own, drawn by the panel's seed; what he gets later comes after what he has.
func hand(tx *models.Tx, c *models.Challenge, p *models.Panel, plan assign.Plan, bids []models.Bid, members []models.Expert, before []models.Assignment) (int, error) {
	last := map[models.ExpertID]int{}
	for _, a := range before {
		last[a.Expert] = max(last[a.Expert], a.Position)
	}
	fresh := map[models.ExpertID][]assign.Pair{}
	for _, pair := range plan.Pairs {
		if !pair.Pinned {
			fresh[models.ExpertID(pair.Expert)] = append(fresh[models.ExpertID(pair.Expert)], pair)
		}
	}
	given := 0
	for i := range members {
		e := &members[i]
		mine := fresh[e.ID]
		slices.SortFunc(mine, func(a, b assign.Pair) int {
			return cmp.Compare(question.Shuffle(p.Seed, e.ID, models.BidID(a.Bid)), question.Shuffle(p.Seed, e.ID, models.BidID(b.Bid)))
		})
		for n, pair := range mine {
			a := models.NewAssignment(c.ID, models.BidID(pair.Bid), e, pair.Fit, last[e.ID]+n+1)
			if err := tx.Make(models.AssignmentRun, c, a, models.Note{}); err != nil {
				return given, err
			}
			given++
		}
	}
	return given, nil
}

func planView(tx *models.Tx, c *models.Challenge, plan assign.Plan, given int, members []models.Expert, bids []models.Bid) (*AssignmentPlan, error) {
	v := &AssignmentPlan{Given: given, Seats: plan.Seats, Filled: plan.Filled, Engine: plan.Version}
	names, codes := map[string]string{}, map[string]string{}
	for _, e := range members {
		names[string(e.ID)] = e.Name
	}
	for _, b := range bids {
		codes[string(b.ID)] = question.BidCode(&b)
	}
	for _, l := range plan.Loads {
		v.Loads = append(v.Loads, AssignmentLoad{models.ExpertID(l.Expert), names[l.Expert], l.Bids})
	}
	for _, s := range plan.Short {
		v.Short = append(v.Short, AssignmentShort{models.BidID(s.Bid), codes[s.Bid], s.Seats, s.Given, s.Barred, s.Reason})
	}
	var err error
	v.Board, err = board(tx, c)
	return v, err
}
