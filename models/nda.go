package models

import (
	"time"

	"jiebang/internal/problem"
)

// NDA is a team's promise to keep the detail of a challenge to itself (保密承诺). Whoever reads
// the detail under it leaves an event: that is the access record.
type NDA struct {
	ID          NDAID       `gorm:"column:id;primaryKey"`
	ChallengeID ChallengeID `gorm:"column:challenge_id"`
	Team        TeamID      `gorm:"column:team_id"`
	Org         OrgID       `gorm:"column:org_id"`
	By          UserID      `gorm:"column:signed_by"`
	Digest      string      `gorm:"column:digest"` // SHA-256 of the text that was read and agreed to
	Text        string      `gorm:"column:text"`
	Life
}

// TableName is plain.
func (NDA) TableName() string { return "ndas" }

func (*NDA) kind() Kind               { return KindNDA }
func (n *NDA) key() string            { return string(n.ID) }
func (n *NDA) challenge() ChallengeID { return n.ChallengeID }
func (n *NDA) roles(tx *Tx) (Role, error) {
	teams, err := tx.TeamsByID([]TeamID{n.Team})
	if err != nil {
		return 0, err
	}
	team := teams[n.Team]
	r, err := team.roles(tx)
	if err != nil {
		return 0, err
	}
	c, err := tx.Challenge(n.ChallengeID)
	if err != nil {
		return 0, err
	}
	around, err := c.roles(tx)
	return r&(Bidder|Lead|Institution) | around&(Owner|Officer), err
}

// NewNDA makes the promise of a team; it is not saved.
func (tx *Tx) NewNDA(c *Challenge, t *Team) *NDA {
	return &NDA{ID: newID[NDAID]("nda"), ChallengeID: c.ID, Team: t.ID, Org: t.Org, By: tx.Actor.User}
}

// NDAFor loads a promise for an action.
func (tx *Tx) NDAFor(action Action, id NDAID) (*NDA, error) {
	return load[NDA](tx, action, "nda", string(id))
}

// NDAsOf lists who promised, oldest first.
func (tx *Tx) NDAsOf(c ChallengeID) ([]NDA, error) {
	list := []NDA{}
	return list, tx.db.Where("challenge_id = ?", c).Order("created_at, id").Find(&list).Error
}

// MyNDAs lists the promises of the actor's own teams, and of the teams of units he administers.
func (tx *Tx) MyNDAs(c ChallengeID) ([]NDA, error) {
	mine := []NDA{}
	if tx.Actor.User == "" {
		return mine, nil
	}
	list, err := tx.NDAsOf(c)
	for _, n := range list {
		if _, on := tx.Actor.Teams[n.Team]; on || tx.Actor.Administers(n.Org) {
			mine = append(mine, n)
		}
	}
	return mine, err
}

// Access is one reading of what is kept under a promise.
type Access struct {
	Thing string
	Actor UserID
	Name  string
	What  string
	At    time.Time
}

// AccessMost is how many readings a record shows, the newest.
const AccessMost = 500

// AccessesOf lists who read what of a challenge under a promise, newest first.
func (tx *Tx) AccessesOf(c ChallengeID) ([]Access, error) {
	var rows []Event
	err := tx.db.Where("kind = ? and challenge = ? and action = ?", KindNDA, c, NDARead).Order("seq desc").Limit(AccessMost).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	ids := []UserID{}
	for _, e := range rows {
		ids = append(ids, e.Actor)
	}
	names, err := tx.Names(ids)
	list := make([]Access, len(rows))
	for i, e := range rows {
		what, _ := e.Data.V["what"].(string)
		list[i] = Access{Thing: e.Thing, Actor: e.Actor, Name: names[e.Actor], What: what, At: e.At}
	}
	return list, err
}

// NDAOver finds the promise under which the actor reads a document, or nil where he needs none.
func (tx *Tx) NDAOver(d *Document) (*NDA, error) {
	if d.OwnerKind != KindChallenge {
		return nil, nil
	}
	c, err := tx.Challenge(ChallengeID(d.OwnerID))
	if err != nil || c.tells(tx.Actor) {
		return nil, err
	}
	if inside, err := tx.Sees(TrailShow, c); inside || err != nil {
		return nil, err
	}
	mine, err := tx.MyNDAs(c.ID)
	if len(mine) == 0 || err != nil {
		return nil, err
	}
	return &mine[0], nil
}

var signable = &guard{"before the deadline, where the detail is kept under a promise", func(tx *Tx, t thing) error {
	if c := t.(*Challenge); c.Confidential != "nda" {
		return problem.New(problem.Conflict, "nda.not_needed", "This challenge keeps nothing under a promise; there is nothing to sign.")
	}
	if err := windowOpen.ok(tx, t); err != nil {
		return err
	}
	ok, err := tx.vouched()
	return refuse(err, !ok, "nda.unverified", "Only people of a verified unit may sign.")
}}
