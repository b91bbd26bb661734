package matches

import (
	"strings"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/fit"
	"jiebang/models"
)

// InviteInput names the challenge and the team that is asked.
type InviteInput struct {
	Challenge models.ChallengeID `path:"id"`
	Body      struct {
		Team    models.TeamID `json:"team" minLength:"1" maxLength:"40"`
		Message string        `json:"message" required:"false" maxLength:"300" doc:"A few words of why, for the team alone"`
	}
}

// Invite asks a team to bid. It opens no gate: a team that may not bid cannot be asked, and
// the answer names the gate. Nobody but the two sides and the office learns of it.
func Invite(tx *models.Tx, in *InviteInput) (*Invitation, error) {
	c, err := tx.ChallengeFor(models.InvitationSend, in.Challenge)
	if err != nil {
		return nil, err
	}
	message := strings.TrimSpace(in.Body.Message)
	var f problem.Fields
	teams, err := tx.TeamsByID([]models.TeamID{in.Body.Team})
	if err != nil {
		return nil, err
	}
	known, ok := teams[in.Body.Team]
	f.Require(ok && known.State == models.TeamActive, "team", "match.unknown_team", "is no team of the match list")
	if err := namesOwner(tx, c, message, &f); err != nil {
		return nil, err
	}
	if err := f.Problem("invitation.invalid", "The invitation cannot be sent like this."); err != nil {
		return nil, err
	}
	t, err := tx.Team(known.ID) // locked: two challenges that ask it at once are counted one after the other
	if err != nil {
		return nil, err
	}
	if _, mine := tx.Actor.Teams[t.ID]; mine || tx.Actor.Administers(t.Org) {
		return nil, problem.New(problem.Denied, "invitation.own", "You belong to this team or its unit; somebody else must invite it.")
	}
	m, err := fits(tx, c, t)
	if err != nil {
		return nil, err
	}
	open, err := tx.InvitationsOpen()
	if err != nil {
		return nil, err
	}
	if open[t.ID] >= models.InvitationsPerTeam {
		return nil, problem.New(problem.Conflict, "invitation.team_full",
			"This team has %d invitations that it has not answered; ask another one.", models.InvitationsPerTeam)
	}
	i := tx.NewInvitation(c, t)
	i.Message, i.Score, i.Band, i.Parts = message, m.Score, fit.Band(m.Score), models.J(question.Strongest(m.Sum, 3))
	i.As = "officer"
	if tx.Actor.Posts(c.Owner) {
		i.As = "owner"
	}
	if err := tx.Make(models.InvitationSend, c, i, models.Note{}); err != nil {
		return nil, err
	}
	return showInvitation(tx, i)
}

// namesOwner keeps the name of an anonymous owner out of the words that go to a team.
func namesOwner(tx *models.Tx, c *models.Challenge, message string, f *problem.Fields) error {
	if !c.AnonymousOwner || message == "" {
		return nil
	}
	owner, err := tx.Org(c.Owner)
	if err != nil {
		return err
	}
	f.Require(!strings.Contains(message, owner.Name), "message", "invitation.names_owner", "must not name the owner, who is anonymous until the award")
	return nil
}
