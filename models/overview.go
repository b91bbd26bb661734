package models

import (
	"fmt"
	"strings"
	"time"
)

// OfficersOf lists who is officer for a region, for notices.
func (tx *Tx) OfficersOf(region string) ([]UserID, error) {
	var rows []Grant
	if err := tx.db.Where("role = 'officer' and revoked_at is null").Order("user_id, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	list := []UserID{}
	for _, g := range rows {
		if within(region, g.Region) && (len(list) == 0 || list[len(list)-1] != g.User) {
			list = append(list, g.User)
		}
	}
	return list, nil
}

// BidsOn lists every bid on a challenge whatever its state, for letting its own people know
// of what happens to the challenge. It is never to be shown or counted.
func (tx *Tx) BidsOn(c ChallengeID) ([]Bid, error) {
	list := []Bid{}
	return list, tx.db.Where("challenge_id = ?", c).Order("id").Find(&list).Error
}

// BountySum is what the listed challenges in a state offer together.
type BountySum struct {
	State string
	Fen   Fen
	N     int64
}

// BountySums adds up the bounties of the public list by state. It walks a covering index.
func (tx *Tx) BountySums() ([]BountySum, error) {
	list := []BountySum{}
	return list, tx.db.Raw(`select state, cast(sum(bounty_fen) as bigint) as fen, count(*) as n from challenges
		where search_no > 0 and state in ? group by state order by state`, challengePublic).Scan(&list).Error
}

// Headcounts are how many there are of each kind of partner in the work.
type Headcounts struct{ Alliances, Orgs, Teams, Experts int64 }

// Headcounts counts recognised alliances, verified units, active teams and active experts.
func (tx *Tx) Headcounts() (h Headcounts, err error) {
	return h, tx.db.Raw(`select (select count(*) from alliances where state = 'recognised') as alliances,
		(select count(*) from orgs where state = 'verified') as orgs, (select count(*) from teams where state = 'active') as teams,
		(select count(*) from experts where state = 'active') as experts`).Scan(&h).Error
}

// OfficeCap bounds a list of what an office has to do; what stands behind it is old news.
const OfficeCap = 200

// inMyRegions narrows a query to the actor's regions as officer; operators and auditors
// look at all.
func (tx *Tx) inMyRegions() (string, []any) {
	if tx.Actor.Operator || tx.Actor.Auditor {
		return "1 = 1", nil
	}
	cond, args := "1 = 0", []any{}
	for _, r := range tx.Actor.Regions {
		cond, args = cond+" or c.region like ?", append(args, regionPattern(r))
	}
	return "(" + cond + ")", args
}

// Pending is a challenge that waits for somebody, and since when.
type Pending struct {
	ID     ChallengeID
	Title  string
	Code   string
	State  string
	Region string
	Since  time.Time
	Due    *time.Time
}

// pendingQuestions are what an office asks of its challenges. Each is a condition on
// challenges c, the column that says since when, and the one that says when it was due.
var pendingQuestions = map[string]struct{ since, due, where string }{
	"submitted":       {"updated_at", "", "c.state = 'submitted'"},
	"approved":        {"updated_at", "", "c.state = 'approved'"},
	"deadline_soon":   {"published_at", "bid_deadline", "c.state = 'published' and c.bid_deadline <= ?"},
	"unopened":        {"bid_deadline", "open_at", "c.state = 'bidding_closed' and c.open_at <= ?"},
	"unchecked":       {"opened_at", "", "c.state = 'evaluating' and exists (select 1 from bids b where b.challenge_id = c.id and b.state = 'opened')"},
	"undrawn":         {"opened_at", "", "c.state = 'evaluating' and not exists (select 1 from bids b where b.challenge_id = c.id and b.state = 'opened') and exists (select 1 from bids b where b.challenge_id = c.id and b.state = 'formal_passed') and not exists (select 1 from panels p where p.challenge_id = c.id)"},
	"unassigned":      {"opened_at", "", "c.state = 'evaluating' and exists (select 1 from panels p where p.challenge_id = c.id) and exists (select 1 from bids b where b.challenge_id = c.id and b.state = 'formal_passed')"},
	"reviews_overdue": {"opened_at", "", "c.state = 'evaluating' and exists (select 1 from assignments a where a.challenge_id = c.id and a.state in ('invited', 'accepted') and a.created_at <= ?)"},
	"unranked":        {"updated_at", "", "c.state = 'evaluating' and exists (select 1 from bids b where b.challenge_id = c.id and b.state = 'scored') and not exists (select 1 from bids b where b.challenge_id = c.id and b.state in ('opened', 'formal_passed', 'in_review'))"},
	"undecided":       {"publicity_from", "publicity_until", "c.state = 'publicity' and c.publicity_until <= ?"},
	"shortlisted":     {"updated_at", "", "c.state = 'shortlisted'"},
}

// Pending lists the challenges of the actor's regions that wait for their officer in one
// way, the longest waiting first, at most OfficeCap. at is the instant the question
// compares with, where it does.
func (tx *Tx) Pending(question string, at time.Time) ([]Pending, error) {
	q, ok := pendingQuestions[question]
	if !ok {
		panic("models: no office asks " + question)
	}
	region, args := tx.inMyRegions()
	if strings.Contains(q.where, "?") {
		args = append(args, at)
	}
	due := "null"
	if q.due != "" {
		due = "c." + q.due
	}
	list := []Pending{}
	sql := fmt.Sprintf("select c.id, c.title, c.code, c.state, c.region, c.%s as since, %s as due from challenges c where %s and %s order by c.%s, c.id limit ?",
		q.since, due, region, q.where, q.since)
	return list, tx.db.Raw(sql, append(args, OfficeCap)...).Scan(&list).Error
}

// EventNo is the sequence of an event that the caller was shown, for going on after it.
func (tx *Tx) EventNo(id EventID) (int64, error) {
	e, err := take[Event](tx.db.Where("id = ?", id))
	if err != nil || e == nil {
		return 0, err
	}
	return e.Seq, nil
}

// OfficerIn reports whether the actor is officer for a region.
func (tx *Tx) OfficerIn(region string) bool { return tx.Actor.officerOf(region) != 0 }

// NoticesOf lists the notices an event left, whoever they are for.
func (tx *Tx) NoticesOf(event EventID) ([]Notice, error) {
	list := []Notice{}
	return list, tx.db.Where("event_id = ?", event).Order("user_id").Find(&list).Error
}
