package bids

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// BidDraftInput names the challenge and the team that answers it.
type BidDraftInput struct {
	Challenge models.ChallengeID `path:"id"`
	Body      struct {
		Team models.TeamID `json:"team" minLength:"1" maxLength:"40"`
	}
}

// Draft begins a bid for a team the caller belongs to, with a row for each indicator. The
// gates are shown but stop nobody: partners and evidence may still come.
func Draft(tx *models.Tx, in *BidDraftInput) (*Bid, error) {
	c, err := tx.ChallengeFor(models.BidDraft, in.Challenge)
	if err != nil {
		return nil, err
	}
	if _, mine := tx.Actor.Teams[in.Body.Team]; !mine {
		return nil, problem.New(problem.Denied, "bid.not_your_team", "You are not on this team; one of its people must begin the bid.")
	}
	t, err := tx.Team(in.Body.Team)
	if err != nil {
		return nil, err
	}
	before, err := tx.BidOf(c.ID, t.ID)
	if err != nil {
		return nil, err
	}
	if before != nil {
		return nil, problem.New(problem.Conflict, "bid.exists", "The team has a bid on this challenge already.")
	}
	content, err := blankContent(tx, c, t)
	if err != nil {
		return nil, err
	}
	text, digest, err := canonical(*content)
	if err != nil {
		return nil, err
	}
	b := models.NewBid(c, t)
	b.Draft = 1
	if err := tx.Make(models.BidDraft, c, b, models.Note{}); err != nil {
		return nil, err
	}
	if _, err := tx.KeepDraft(b, text, digest); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// blankContent is where a bid begins: a row for each indicator, and the whole work with the
// team's own unit.
func blankContent(tx *models.Tx, c *models.Challenge, t *models.Team) (*models.BidContent, error) {
	indicators, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return nil, err
	}
	home, err := tx.Org(t.Org)
	if err != nil {
		return nil, err
	}
	content := &models.BidContent{Partners: []models.Partner{{Org: home.ID, Name: home.Name, TaskPct: 100, MoneyPct: 100}}}
	for _, i := range indicators {
		content.Promises = append(content.Promises, models.PromiseInput{Indicator: i.ID})
	}
	return content, nil
}
