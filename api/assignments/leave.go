package assignments

import (
	"slices"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// DeclineInput says why the expert has no time.
type DeclineInput struct {
	ID   models.AssignmentID `path:"id"`
	Body AssignmentReason
}

// RecuseInput says what ties the expert to the bid.
type RecuseInput struct {
	ID   models.AssignmentID `path:"id"`
	Body AssignmentReason
}

// ReplaceInput says why the officer takes the expert off the bid.
type ReplaceInput struct {
	ID   models.AssignmentID `path:"id"`
	Body AssignmentReason
}

// AssignmentReason is why somebody leaves a bid.
type AssignmentReason struct {
	Reason string `json:"reason" minLength:"2" maxLength:"500"`
}

// AssignmentLeft is an assignment that ended, and whether a reserve took the place.
type AssignmentLeft struct {
	Assignment  Assignment          `json:"assignment"`
	Replaced    bool                `json:"replaced" doc:"A reserve without conflict took the place; false: none is left"`
	Replacement models.AssignmentID `json:"replacement,omitempty" doc:"For the officer: the reserve's assignment"`
}

// Decline gives an assignment back for want of time.
func Decline(tx *models.Tx, in *DeclineInput) (*AssignmentLeft, error) {
	return leave(tx, models.AssignmentDecline, in.ID, in.Body.Reason)
}

// Recuse steps aside for a conflict, also after having accepted. A sheet that was begun is
// never looked at again.
func Recuse(tx *models.Tx, in *RecuseInput) (*AssignmentLeft, error) {
	return leave(tx, models.AssignmentRecuse, in.ID, in.Body.Reason)
}

// Replace puts a reserve in the place of an expert who does not answer or must not judge.
func Replace(tx *models.Tx, in *ReplaceInput) (*AssignmentLeft, error) {
	return leave(tx, models.AssignmentReplace, in.ID, in.Body.Reason)
}

// SetAsideInput says what ties the expert to the bid that he has judged.
type SetAsideInput struct {
	ID   models.AssignmentID `path:"id"`
	Body AssignmentReason
}

// SetAside takes a sheet out of the count whose expert turned out to have a conflict. The bid keeps
// its others; a ranking that counted it is outdated.
func SetAside(tx *models.Tx, in *SetAsideInput) (*Assignment, error) {
	a, err := tx.AssignmentFor(models.AssignmentSetAside, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	experts, err := tx.ExpertsByID([]models.ExpertID{a.Expert})
	if err != nil {
		return nil, err
	}
	found, err := question.Conflicts(tx, c, bids, []models.Expert{experts[a.Expert]})
	if err != nil {
		return nil, err
	}
	// A sheet must not be dropped because somebody dislikes it: there has to be a tie on record.
	why := question.Why(found, a.Expert, a.Bid, true)
	if why == nil {
		return nil, problem.New(problem.Conflict, "assignment.no_conflict", "Nothing on record ties this expert to the bid; record the tie first.")
	}
	a.Reason = in.Body.Reason
	if err := tx.Apply(models.AssignmentSetAside, a, models.Note{Reason: in.Body.Reason, Data: map[string]any{"rule": why.Rule, "conflict": why.Key()}}); err != nil {
		return nil, err
	}
	if err := tx.SetSheetAside(a.ID); err != nil {
		return nil, err
	}
	if err := finish(tx, a); err != nil {
		return nil, err
	}
	return view(tx, a)
}

// leave ends an assignment and gives its place to the next reserve in the same moment, so
// that no bid waits for an expert who is gone.
func leave(tx *models.Tx, action models.Action, id models.AssignmentID, reason string) (*AssignmentLeft, error) {
	a, err := tx.AssignmentFor(action, id)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, err
	}
	if action == models.AssignmentReplace {
		if err := question.Unhindered(tx, c, false); err != nil {
			return nil, err
		}
	}
	next, err := reserve(tx, c, a)
	if err != nil {
		return nil, err
	}
	a.Reason, a.DeclaredAt = reason, &tx.Now
	if err := tx.Apply(action, a, models.Note{Reason: reason, Data: map[string]any{"replaced": next != nil}}); err != nil {
		return nil, err
	}
	left := &AssignmentLeft{Replaced: next != nil}
	if next != nil {
		if err := tx.FollowMake(models.AssignmentInvite, c, next, models.Note{}); err != nil {
			return nil, err
		}
		if action == models.AssignmentReplace {
			left.Replacement = next.ID
		}
	} else if err := finish(tx, a); err != nil {
		return nil, err
	}
	v, err := view(tx, a)
	if err != nil {
		return nil, err
	}
	left.Assignment = *v
	return left, nil
}

// reserve is the next one down the order of the draw who may judge this bid, or nil: active,
// here, under his cap or on this challenge anyway, free of conflict, and not asked before.
func reserve(tx *models.Tx, c *models.Challenge, a *models.Assignment) (*models.Assignment, error) {
	p, err := tx.PanelOf(c.ID)
	if err != nil || p == nil {
		return nil, err
	}
	d, err := kept(p)
	if err != nil {
		return nil, err
	}
	ids := make([]models.ExpertID, len(d.Reserves))
	for i, t := range d.Reserves {
		ids[i] = models.ExpertID(t.Expert.ID)
	}
	experts, err := tx.ExpertsByID(ids)
	if err != nil {
		return nil, err
	}
	list := make([]models.Expert, 0, len(ids))
	for _, id := range ids {
		list = append(list, experts[id])
	}
	b, err := tx.Bid(a.Bid)
	if err != nil {
		return nil, err
	}
	found, err := question.Conflicts(tx, c, []models.Bid{*b}, list)
	if err != nil {
		return nil, err
	}
	given, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	used, err := tx.ReviewsThisYear()
	if err != nil {
		return nil, err
	}
	for i := range list {
		e := &list[i]
		here, last, asked := false, 0, false
		for _, g := range given {
			if g.Expert == e.ID {
				here, last = here || g.Live(), max(last, g.Position)
				asked = asked || g.Bid == a.Bid && (g.Live() || g.Aside())
			}
		}
		capped := !here && used[e.ID]+e.OtherCount >= e.YearlyCap
		if asked || capped || e.State != models.ExpertActive || question.Away(e, tx.Now) || question.Bars(found, e.ID, a.Bid) {
			continue
		}
		fit, err := question.Fit(tx, c, e)
		next := models.NewAssignment(c.ID, a.Bid, e, fit, last+1)
		next.Instead = a.ID
		return next, err
	}
	return nil, nil
}

// finish scores the bid when the expert who left was the last one it waited for.
func finish(tx *models.Tx, a *models.Assignment) error {
	b, err := tx.Bid(a.Bid)
	if err != nil || b.State != models.BidInReview {
		return err
	}
	given, err := tx.AssignmentsOf(a.ChallengeID)
	if err != nil {
		return err
	}
	given = slices.DeleteFunc(given, func(g models.Assignment) bool { return g.Bid != a.Bid || !g.Live() })
	waits := slices.ContainsFunc(given, func(g models.Assignment) bool { return g.State != models.AssignmentDone })
	if waits || len(given) == 0 {
		return nil
	}
	return tx.Follow(models.BidScore, b, models.Note{Data: map[string]any{"sheets": len(given)}})
}
