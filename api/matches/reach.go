package matches

import (
	"slices"

	"jiebang/api/question"
	"jiebang/matching/fit"
	"jiebang/models"
)

// ReachInput names a challenge.
type ReachInput struct {
	ID models.ChallengeID `path:"id"`
}

// MatchReach is whom a challenge has reached, in numbers. How many bid is not among them: of
// that nobody knows before the opening.
type MatchReach struct {
	Suited      []BandCount     `json:"suited" doc:"Teams that may bid, by band, as they stand now"`
	Told        ReachTold       `json:"told"`
	Invitations ReachInvited    `json:"invitations"`
	Spread      InvitationShare `json:"spread"`
}

// BandCount is how many teams stand in a band.
type BandCount struct {
	Band  string `json:"band" enum:"strong,good,fair,weak"`
	Count int    `json:"count"`
}

// ReachTold is who got a notice when the challenge was published.
type ReachTold struct {
	Teams       int `json:"teams" doc:"People who were told because it suits their team"`
	Subscribers int `json:"subscribers" doc:"People who were told by their subscriptions alone"`
	Read        int `json:"read" doc:"Of both, how many have read it"`
}

// ReachInvited counts the invitations of a challenge.
type ReachInvited struct {
	Sent     int `json:"sent"`
	Waiting  int `json:"waiting"`
	Accepted int `json:"accepted"`
	Declined int `json:"declined"`
	Lapsed   int `json:"lapsed"`
	Left     int `json:"left"`
}

// InvitationShare is how the invitations of all challenges that are open now spread over teams.
type InvitationShare struct {
	Sent  int `json:"sent"`
	Teams int `json:"teams" doc:"How many teams were asked"`
	Most  int `json:"most" doc:"How often the team that was asked most was asked"`
}

// Reach counts whom a challenge has reached.
func Reach(tx *models.Tx, in *ReachInput) (*MatchReach, error) {
	c, err := tx.ChallengeFor(models.MatchReach, in.ID)
	if err != nil {
		return nil, err
	}
	out := &MatchReach{}
	for _, fill := range []func(*models.Tx, *models.Challenge) error{out.suited, out.told, out.invited, out.spread} {
		if err := fill(tx, c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *MatchReach) suited(tx *models.Tx, c *models.Challenge) error {
	teams, err := tx.Teams()
	if err != nil {
		return err
	}
	list, err := question.Rank(tx, c, teams)
	count := map[string]int{}
	for _, m := range list {
		if m.Eligible {
			count[fit.Band(m.Score)]++
		}
	}
	for _, band := range slices.Backward(question.Bands) {
		r.Suited = append(r.Suited, BandCount{band, count[band]})
	}
	return err
}

func (r *MatchReach) told(tx *models.Tx, c *models.Challenge) error {
	e, err := tx.Published(c)
	if e == nil || err != nil {
		return err
	}
	list, err := tx.NoticesOf(e.ID)
	for _, n := range list {
		switch n.Params.V["as"] {
		case "team":
			r.Told.Teams++
		case "subscriber":
			r.Told.Subscribers++
		default: // the owner, who published it
			continue
		}
		if n.ReadAt != nil {
			r.Told.Read++
		}
	}
	return err
}

func (r *MatchReach) invited(tx *models.Tx, c *models.Challenge) error {
	list, err := tx.InvitationsOf(c.ID)
	n := &r.Invitations
	n.Sent, n.Left = len(list), max(0, models.InvitationsPerChallenge-len(list))
	for _, i := range list {
		switch i.State {
		case models.InvitationSent:
			n.Waiting++
		case models.InvitationAccepted:
			n.Accepted++
		case models.InvitationDeclined:
			n.Declined++
		case models.InvitationLapsed:
			n.Lapsed++
		}
	}
	return err
}

func (r *MatchReach) spread(tx *models.Tx, _ *models.Challenge) error {
	often, err := tx.InvitationsSent()
	r.Spread.Teams = len(often)
	for _, n := range often {
		r.Spread.Sent += n
		r.Spread.Most = max(r.Spread.Most, n)
	}
	return err
}
