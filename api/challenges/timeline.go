package challenges

import (
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

const (
	day           = 24 * time.Hour
	usualWindow   = 20 * day // between publication and deadline
	leastWindow   = 10 * day // with the officer's reason
	beforeClosing = 5 * day  // questions end so long before the deadline
)

// timeline holds the owner's proposal of dates to its own order; the officer sets them.
func (k *check) timeline() {
	c := k.c
	if c.State != models.ChallengeDrafted && c.State != models.ChallengeReturned {
		return
	}
	ordered(&k.Fields, c.ClarifyUntil, c.Deadline, c.OpenAt)
	if c.Deadline != nil {
		k.Require(c.Deadline.After(k.tx.Now), "bid_deadline", "challenge.deadline_past", "must lie in the future")
	}
}

func ordered(f *problem.Fields, clarify, deadline, open *time.Time) {
	if deadline == nil {
		f.Require(clarify == nil && open == nil, "bid_deadline", "challenge.deadline", "give the deadline that the other dates belong to")
		return
	}
	f.Require(clarify == nil || !clarify.After(deadline.Add(-beforeClosing)), "clarify_until", "challenge.clarify_late",
		"must be at least 5 days before the deadline")
	f.Require(open == nil || !open.Before(*deadline), "open_at", "challenge.open_early", "must not be before the deadline")
}
