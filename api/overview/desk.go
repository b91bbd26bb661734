package overview

import (
	"slices"
	"time"

	"jiebang/models"
)

// DeskInput asks for nothing.
type DeskInput struct{}

// Desk lists what waits for the caller in all his roles, as actions he may take.
func Desk(tx *models.Tx, _ *DeskInput) (*Waiting, error) {
	if err := tx.May(models.OverviewDesk); err != nil {
		return nil, err
	}
	d := &desk{tx: tx, groups: map[models.Action]*WaitingGroup{}}
	for _, look := range []func() error{d.posted, d.needs, d.office, d.bids, d.assignments, d.notices} {
		if err := look(); err != nil {
			return nil, err
		}
	}
	out := &Waiting{}
	for _, action := range d.order {
		out.Items = append(out.Items, *d.groups[action])
	}
	return out, nil
}

// desk gathers groups in the order they are met.
type desk struct {
	tx     *models.Tx
	groups map[models.Action]*WaitingGroup
	order  []models.Action
}

func (d *desk) add(action models.Action, w WaitingItem) {
	g := d.groups[action]
	if g == nil {
		g = &WaitingGroup{Kind: string(action)}
		d.groups[action], d.order = g, append(d.order, action)
	}
	g.add(d.tx.Now, w)
}

func of(c *models.Challenge, since time.Time, due *time.Time) WaitingItem {
	return WaitingItem{ThingKind: models.KindChallenge, Thing: string(c.ID), Title: c.Title, Code: c.Code, State: c.State, Since: &since, Due: due}
}

// posted: drafts and returned challenges to finish, opened bids to give a word on.
func (d *desk) posted() error {
	list, err := d.tx.ChallengePage("owner", []string{models.ChallengeDrafted, models.ChallengeReturned, models.ChallengeEvaluating}, "", models.Cursor{}, models.OfficeCap)
	if err != nil {
		return err
	}
	slices.Reverse(list) // the longest waiting first
	for i := range list {
		c := &list[i]
		action := models.ChallengeSubmit
		if c.State == models.ChallengeEvaluating {
			action = models.SatisfactionScore
		}
		d.add(action, of(c, c.UpdatedAt, nil))
	}
	return nil
}

// office: what waits for the caller as an officer.
func (d *desk) office() error {
	if len(d.tx.Actor.Regions) == 0 || d.tx.Actor.Operator || d.tx.Actor.Auditor {
		return nil // the office's own page shows an operator or auditor everything
	}
	for _, q := range []struct {
		question string
		action   models.Action
		within   time.Duration
	}{
		{"submitted", models.ChallengeApprove, answerIn}, {"approved", models.ChallengePublish, publishIn}, {"unopened", models.ChallengeOpen, 0},
		{"unchecked", models.BidCheck, checkIn}, {"undrawn", models.PanelDraw, checkIn}, {"unassigned", models.AssignmentRun, checkIn},
		{"unranked", models.RankingCompute, reviewIn}, {"shortlisted", models.AwardPublicize, checkIn}, {"undecided", models.AwardDecide, 0},
	} {
		rows, err := d.tx.Pending(q.question, d.tx.Now)
		if err != nil {
			return err
		}
		for _, r := range rows {
			w := WaitingItem{ThingKind: models.KindChallenge, Thing: string(r.ID), Title: r.Title, Code: r.Code, State: r.State, Since: &r.Since, Due: r.Due}
			if q.within > 0 {
				due := r.Since.Add(q.within)
				w.Due = &due
			}
			d.add(q.action, w)
		}
	}
	return nil
}

// bids: a unit's to endorse, a lead's to go on with while the window is open.
func (d *desk) bids() error {
	list, err := d.tx.MyBids()
	if err != nil {
		return err
	}
	ids := make([]models.ChallengeID, len(list))
	for i, b := range list {
		ids[i] = b.ChallengeID
	}
	found, err := d.tx.ChallengesByID(ids)
	if err != nil {
		return err
	}
	slices.Reverse(list)
	for _, b := range list {
		c := found[b.ChallengeID]
		if c.State != models.ChallengePublished || c.Deadline == nil || !d.tx.Now.Before(*c.Deadline) {
			continue
		}
		for _, action := range waiting(d.tx, &b) {
			d.add(action, WaitingItem{ThingKind: models.KindBid, Thing: string(b.ID), Title: c.Title, Code: c.Code, State: b.State, Since: &b.UpdatedAt, Due: c.Deadline})
		}
	}
	return nil
}

// waiting says what a bid waits for from the caller.
func waiting(tx *models.Tx, b *models.Bid) []models.Action {
	list := []models.Action{}
	asked := b.Requested > 0 && b.Requested == b.Draft && b.Requested != b.Endorsed
	if tx.Actor.Administers(b.Org) && asked && (b.State == models.BidPending || b.State == models.BidSubmitted) {
		list = append(list, models.BidEndorse)
	}
	if !tx.Actor.Teams[b.Team] {
		return list
	}
	switch {
	case b.State == models.BidDrafted:
		list = append(list, models.BidRequest)
	case b.State == models.BidEndorsed, b.State == models.BidSubmitted && b.Endorsed > b.Sealed:
		list = append(list, models.BidSubmit)
	}
	return list
}

// assignments: an expert's to answer and to finish.
func (d *desk) assignments() error {
	list, err := d.tx.MyAssignments()
	if err != nil {
		return err
	}
	ids := make([]models.ChallengeID, len(list))
	for i, a := range list {
		ids[i] = a.ChallengeID
	}
	found, err := d.tx.ChallengesByID(ids)
	if err != nil {
		return err
	}
	for _, a := range list {
		c := found[a.ChallengeID]
		if c.State != models.ChallengeEvaluating {
			continue
		}
		due := a.CreatedAt.Add(reviewIn)
		w := WaitingItem{ThingKind: models.KindAssignment, Thing: string(a.ID), Title: c.Title, Code: c.Code, State: a.State, Since: &a.UpdatedAt, Due: &due}
		switch a.State {
		case models.AssignmentInvited:
			d.add(models.AssignmentAccept, w)
		case models.AssignmentAccepted:
			d.add(models.ReviewSubmit, w)
		}
	}
	return nil
}

func (d *desk) notices() error {
	n, err := d.tx.UnreadNotices()
	if err == nil && n > 0 {
		d.groups[models.NoticeRead] = &WaitingGroup{Kind: string(models.NoticeRead), Count: int(n)}
		d.order = append(d.order, models.NoticeRead)
	}
	return err
}
