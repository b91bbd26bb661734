package models

import (
	"fmt"
	"time"
)

// The caps that keep a few strong teams from being the only ones asked. A challenge's are
// counted over its whole life, so that taking turns does not raise it; a team's are those it
// has not answered while the challenge is open, so that answering makes room.
const (
	InvitationsPerChallenge = 12
	InvitationsPerTeam      = 3
)

// Invitation (邀请揭榜) asks a team to bid on a published challenge. It opens no gate and
// counts for nothing; nobody learns of it but who sent it, the team and its unit, and the
// office. A bid does not answer it: that would tell the owner who bids.
type Invitation struct {
	ID          InvitationID   `gorm:"column:id;primaryKey"`
	ChallengeID ChallengeID    `gorm:"column:challenge_id"`
	Team        TeamID         `gorm:"column:team_id"`
	By          UserID         `gorm:"column:invited_by"`
	As          string         `gorm:"column:invited_as"` // owner, officer
	Message     string         `gorm:"column:message"`
	Score       float64        `gorm:"column:score"` // of the match when it was sent
	Band        string         `gorm:"column:band"`
	Parts       JSON[[]string] `gorm:"column:parts"`  // of the score, the strongest: the reason line
	Reason      string         `gorm:"column:reason"` // why it was declined
	AnsweredBy  UserID         `gorm:"column:answered_by"`
	AnsweredAt  *time.Time     `gorm:"column:answered_at"`
	Life
}

func (*Invitation) kind() Kind               { return KindInvitation }
func (i *Invitation) key() string            { return string(i.ID) }
func (i *Invitation) challenge() ChallengeID { return i.ChallengeID }
func (i *Invitation) roles(tx *Tx) (Role, error) {
	t, err := tx.TeamsByID([]TeamID{i.Team})
	if err != nil {
		return 0, err
	}
	team := t[i.Team]
	r, err := team.roles(tx)
	if err != nil {
		return 0, err
	}
	c, err := tx.Challenge(i.ChallengeID)
	if err != nil {
		return 0, err
	}
	around, err := c.roles(tx)
	return r | around&(Owner|Officer), err
}

// NewInvitation makes the actor's invitation of a team; it is not saved.
func (tx *Tx) NewInvitation(c *Challenge, t *Team) *Invitation {
	return &Invitation{ID: newID[InvitationID]("inv"), ChallengeID: c.ID, Team: t.ID, By: tx.Actor.User}
}

// InvitationFor loads an invitation for an action.
func (tx *Tx) InvitationFor(action Action, id InvitationID) (*Invitation, error) {
	return load[Invitation](tx, action, "inv", string(id))
}

// Invitation reads an invitation an event tells of, without asking the table.
func (tx *Tx) Invitation(id InvitationID) (*Invitation, error) {
	return find[Invitation](tx, string(id))
}

// InvitationsOf lists the invitations to a challenge, newest first.
func (tx *Tx) InvitationsOf(c ChallengeID) ([]Invitation, error) {
	list := []Invitation{}
	return list, tx.db.Where("challenge_id = ?", c).Order("created_at desc, id").Find(&list).Error
}

// InvitationsTo lists the invitations of a team, newest first.
func (tx *Tx) InvitationsTo(t TeamID) ([]Invitation, error) {
	list := []Invitation{}
	return list, tx.db.Where("team_id = ?", t).Order("created_at desc, id").Find(&list).Error
}

// InvitationsOpen counts, per team, the invitations that nobody has answered while their
// challenge is open.
func (tx *Tx) InvitationsOpen() (map[TeamID]int, error) {
	return tx.perTeam(`select i.team_id as team, count(*) as n from invitations i join challenges c on c.id = i.challenge_id
		where i.state = 'invited' and c.state = 'published' group by i.team_id`)
}

// InvitedNow is which teams were invited to which of the challenges that are open.
func (tx *Tx) InvitedNow() (map[ChallengeID]map[TeamID]bool, error) {
	var rows []struct {
		Challenge ChallengeID
		Team      TeamID
	}
	err := tx.db.Raw(`select i.challenge_id as challenge, i.team_id as team from invitations i join challenges c on c.id = i.challenge_id
		where c.state = 'published'`).Scan(&rows).Error
	found := map[ChallengeID]map[TeamID]bool{}
	for _, r := range rows {
		if found[r.Challenge] == nil {
			found[r.Challenge] = map[TeamID]bool{}
		}
		found[r.Challenge][r.Team] = true
	}
	return found, err
}

// InvitationsSent counts, per team, all the invitations to challenges that are open now: what
// the spread of exposure is told from.
func (tx *Tx) InvitationsSent() (map[TeamID]int, error) {
	return tx.perTeam(`select i.team_id as team, count(*) as n from invitations i join challenges c on c.id = i.challenge_id
		where c.state = 'published' group by i.team_id`)
}

func (tx *Tx) perTeam(query string) (map[TeamID]int, error) {
	var rows []struct {
		Team TeamID
		N    int
	}
	err := tx.db.Raw(query).Scan(&rows).Error
	found := make(map[TeamID]int, len(rows))
	for _, r := range rows {
		found[r.Team] = r.N
	}
	return found, err
}

// inviting holds while bids are taken and the challenge has invitations left.
var inviting = &guard{fmt.Sprintf("before the deadline, at most %d a challenge and %d unanswered a team", InvitationsPerChallenge, InvitationsPerTeam), func(tx *Tx, t thing) error {
	if err := windowOpen.ok(tx, t); err != nil {
		return err
	}
	var n int64
	err := tx.db.Model(&Invitation{}).Where("challenge_id = ?", t.key()).Count(&n).Error
	return refuse(err, n >= InvitationsPerChallenge, "invitation.challenge_full",
		fmt.Sprintf("This challenge has sent its %d invitations; it stays open to every team all the same.", InvitationsPerChallenge))
}}
