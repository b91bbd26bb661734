package models

import (
	"time"

	"jiebang/internal/problem"
)

// refuse answers a guard: an error as it is, a Conflict when no is true, else nil.
func refuse(err error, no bool, code, message string) error {
	if err != nil {
		return err
	}
	if no {
		return problem.New(problem.Conflict, code, "%s", message)
	}
	return nil
}

// challengeOf finds the challenge a thing is or belongs to.
func (tx *Tx) challengeOf(t thing) (*Challenge, error) {
	switch t := t.(type) {
	case *Challenge:
		return t, nil
	case concerning:
		return tx.Challenge(t.challenge())
	}
	panic("models: " + t.kind() + " belongs to no challenge")
}

// The window is half-open: the instant of the deadline is already too late. It is the clock
// that decides, not whether the closing job has run; but once closed, a clock that was set
// back opens nothing.
var windowOpen = &guard{"before the deadline", func(tx *Tx, t thing) error {
	c, err := tx.challengeOf(t)
	if err != nil {
		return err
	}
	return refuse(nil, c.State != ChallengePublished || c.Deadline == nil || !tx.Now.Before(*c.Deadline), "challenge.deadline_passed",
		"Bids on this challenge are closed.")
}}

var windowOver = &guard{"at or after the deadline", func(tx *Tx, t thing) error {
	c := t.(*Challenge)
	return refuse(nil, c.Deadline == nil || tx.Now.Before(*c.Deadline), "challenge.still_open", "The deadline has not passed yet.")
}}

var openingTime = &guard{"at or after the opening time", func(tx *Tx, t thing) error {
	c := t.(*Challenge)
	return refuse(nil, c.OpenAt == nil || tx.Now.Before(*c.OpenAt), "challenge.not_opening_time", "It is not time to open the bids yet.")
}}

var publicityRunning = &guard{"while the publicity runs", func(tx *Tx, t thing) error {
	c := t.(*Challenge)
	return refuse(nil, c.PublicityUntil == nil || !tx.Now.Before(*c.PublicityUntil), "objection.too_late", "The publicity is over; objections are closed.")
}}

var publicityOver = &guard{"after the publicity, with no open objection", func(tx *Tx, t thing) error {
	c := t.(*Challenge)
	if c.PublicityUntil == nil || tx.Now.Before(*c.PublicityUntil) {
		return problem.New(problem.Conflict, "award.publicity_running", "The publicity is still running.")
	}
	// An objection upheld against an earlier proposal, since taken back, has had its effect.
	var from time.Time
	if c.PublicityFrom != nil {
		from = *c.PublicityFrom
	}
	var n int64
	err := tx.db.Model(&Objection{}).Where("challenge_id = ? and (state = ? or (state = ? and created_at >= ?))",
		c.ID, ObjectionFiled, ObjectionUpheld, from).Count(&n).Error
	return refuse(err, n > 0, "award.objection_open", "An objection is open or was upheld; decide it, or take the proposal back.")
}}

var checking = &guard{"during evaluation, before the bid has experts", func(tx *Tx, t thing) error {
	c, err := tx.challengeOf(t)
	if err != nil {
		return err
	}
	return refuse(nil, c.State != ChallengeEvaluating, "bid.check_over", "The formal check is over.")
}}

var reviewing = &guard{"during evaluation", func(tx *Tx, t thing) error {
	c, err := tx.challengeOf(t)
	if err != nil {
		return err
	}
	return refuse(nil, c.State != ChallengeEvaluating, "review.closed", "The evaluation of this challenge is closed.")
}}
