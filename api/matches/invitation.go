package matches

import (
	"strings"
	"time"

	"jiebang/models"
)

// Invitation is an invitation as its two sides and the office see it.
type Invitation struct {
	ID         models.InvitationID `json:"id"`
	Version    int64               `json:"version"`
	State      string              `json:"state"`
	Challenge  MatchChallenge      `json:"challenge"`
	Owner      string              `json:"owner" doc:"Name of the unit that asks; empty while it is anonymous"`
	Team       MatchTeam           `json:"team"`
	By         string              `json:"by" enum:"owner,officer" doc:"Who sent it"`
	Message    string              `json:"message"`
	Why        MatchLine           `json:"why"`
	Reason     string              `json:"reason" doc:"Why it was declined, where the lead has said so"`
	Bid        models.BidID        `json:"bid" doc:"For the team and its unit alone: the bid that was begun. Empty where there is none yet"`
	SentAt     time.Time           `json:"sent_at"`
	AnsweredAt *time.Time          `json:"answered_at,omitempty"`
	Actions    []models.Action     `json:"actions"`
}

// MatchLine is the reason line: why you get this.
type MatchLine struct {
	Band  string   `json:"band" enum:"strong,good,fair,weak"`
	Parts []string `json:"parts" doc:"Names of the parts of the score that add most"`
}

// InvitationInput names an invitation.
type InvitationInput struct {
	ID models.InvitationID `path:"id"`
}

// ShowInvitation shows one.
func ShowInvitation(tx *models.Tx, in *InvitationInput) (*Invitation, error) {
	i, err := tx.InvitationFor(models.InvitationShow, in.ID)
	if err != nil {
		return nil, err
	}
	return showInvitation(tx, i)
}

// Accept says that the team means to look into it. The bid is begun with challenge and team
// as any other is; whether one is begun is told nobody.
func Accept(tx *models.Tx, in *InvitationInput) (*Invitation, error) {
	return answer(tx, models.InvitationAccept, in.ID, "")
}

// DeclineInput names an invitation, and a reason if the team wants to give one.
type DeclineInput struct {
	ID   models.InvitationID `path:"id"`
	Body struct {
		Reason string `json:"reason" required:"false" maxLength:"300" doc:"Whoever sent the invitation reads it"`
	}
}

// Decline says no, which makes room for another invitation. The team may bid all the same.
func Decline(tx *models.Tx, in *DeclineInput) (*Invitation, error) {
	return answer(tx, models.InvitationDecline, in.ID, strings.TrimSpace(in.Body.Reason))
}

func answer(tx *models.Tx, action models.Action, id models.InvitationID, reason string) (*Invitation, error) {
	i, err := tx.InvitationFor(action, id)
	if err != nil {
		return nil, err
	}
	i.Reason, i.AnsweredBy, i.AnsweredAt = reason, tx.Actor.User, &tx.Now
	if err := tx.Apply(action, i, models.Note{}); err != nil {
		return nil, err
	}
	return showInvitation(tx, i)
}

// Lapse ends what nobody answered while the challenge was open. It follows the close and the
// withdrawal.
func Lapse(tx *models.Tx, e models.Event) error {
	list, err := tx.InvitationsOf(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	for _, row := range list {
		if row.State != models.InvitationSent {
			continue
		}
		i, err := tx.Invitation(row.ID)
		if err != nil {
			return err
		}
		if i.State != models.InvitationSent { // answered this very moment
			continue
		}
		if err := tx.Follow(models.InvitationLapse, i, models.Note{}); err != nil {
			return err
		}
	}
	return nil
}

// InvitationsInput names a challenge.
type InvitationsInput struct {
	ID models.ChallengeID `path:"id"`
}

// InvitationList is all the invitations of a challenge, or of a team.
type InvitationList struct {
	Items []Invitation `json:"items"`
	Left  int          `json:"left" doc:"Of a challenge: how many can still be sent; of a team: how many it can still get before it answers some"`
	Most  int          `json:"most"`
}

// Invitations lists whom a challenge has asked, newest first.
func Invitations(tx *models.Tx, in *InvitationsInput) (*InvitationList, error) {
	c, err := tx.ChallengeFor(models.InvitationList, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.InvitationsOf(c.ID)
	if err != nil {
		return nil, err
	}
	out := &InvitationList{Most: models.InvitationsPerChallenge, Left: max(0, models.InvitationsPerChallenge-len(rows))}
	out.Items, err = invitationViews(tx, rows)
	return out, err
}

// ReceivedInput names a team.
type ReceivedInput struct {
	ID models.TeamID `path:"id"`
}

// Received lists who has asked a team, newest first.
func Received(tx *models.Tx, in *ReceivedInput) (*InvitationList, error) {
	t, err := tx.TeamFor(models.InvitationReceived, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := tx.InvitationsTo(t.ID)
	if err != nil {
		return nil, err
	}
	open, err := tx.InvitationsOpen()
	if err != nil {
		return nil, err
	}
	out := &InvitationList{Most: models.InvitationsPerTeam, Left: max(0, models.InvitationsPerTeam-open[t.ID])}
	out.Items, err = invitationViews(tx, rows)
	return out, err
}

func showInvitation(tx *models.Tx, i *models.Invitation) (*Invitation, error) {
	list, err := invitationViews(tx, []models.Invitation{*i})
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func invitationViews(tx *models.Tx, rows []models.Invitation) ([]Invitation, error) {
	teamIDs, challengeIDs := make([]models.TeamID, len(rows)), make([]models.ChallengeID, len(rows))
	for n, i := range rows {
		teamIDs[n], challengeIDs[n] = i.Team, i.ChallengeID
	}
	teams, err := tx.TeamsByID(teamIDs)
	if err != nil {
		return nil, err
	}
	challenges, err := tx.ChallengesByID(challengeIDs)
	if err != nil {
		return nil, err
	}
	orgs := []models.OrgID{}
	for _, t := range teams {
		orgs = append(orgs, t.Org)
	}
	for _, c := range challenges {
		orgs = append(orgs, c.Owner)
	}
	homes, err := tx.OrgsByID(orgs)
	if err != nil {
		return nil, err
	}
	list := make([]Invitation, len(rows))
	for n := range rows {
		i, t, c := &rows[n], teams[rows[n].Team], challenges[rows[n].ChallengeID]
		home := homes[t.Org]
		v := &list[n]
		*v = Invitation{ID: i.ID, Version: i.Version, State: i.State,
			Challenge: MatchChallenge{c.ID, c.Code, c.Title, c.State, c.BountyFen, c.Deadline},
			Team:      MatchTeam{t.ID, t.Code, t.Name, t.Org, home.Name, home.City},
			By:        i.As, Message: i.Message, Why: MatchLine{i.Band, i.Parts.V}, Reason: i.Reason, SentAt: i.CreatedAt, AnsweredAt: i.AnsweredAt}
		if !c.AnonymousOwner || c.State == models.ChallengeAwarded {
			v.Owner = homes[c.Owner].Name
		}
		if v.Bid, err = ownBid(tx, i, &t); err != nil {
			return nil, err
		}
		if v.Actions, err = tx.Allowed(i); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ownBid is the bid that the caller's own team has begun. Nobody else is told that there is one.
func ownBid(tx *models.Tx, i *models.Invitation, t *models.Team) (models.BidID, error) {
	if _, mine := tx.Actor.Teams[t.ID]; !mine && !tx.Actor.Administers(t.Org) {
		return "", nil
	}
	b, err := tx.BidOf(i.ChallengeID, t.ID)
	if b == nil || err != nil {
		return "", err
	}
	return b.ID, nil
}
