package bids

import (
	"fmt"
	"math/rand/v2"

	"jiebang/api/question"
	"jiebang/models"
)

// BidChallengeInput names a challenge.
type BidChallengeInput struct {
	ID models.ChallengeID `path:"id"`
}

// Open opens every sealed bid of a challenge in one unit of work: all become readable, or,
// if anything fails, none. Without bids the challenge ends as no_bid (流榜).
func Open(tx *models.Tx, in *BidChallengeInput) (*BidBoard, error) {
	c, err := tx.ChallengeFor(models.ChallengeOpen, in.ID)
	if err != nil {
		return nil, err
	}
	if err := openAll(tx, c); err != nil {
		return nil, err
	}
	return board(tx, c)
}

// Due lists the challenges whose opening time has come, for the clock.
func Due(tx *models.Tx) ([]models.ChallengeID, error) { return tx.ChallengesToOpen() }

// OpenDue opens one of them.
func OpenDue(tx *models.Tx, id models.ChallengeID) error {
	c, err := tx.ChallengeFor(models.ChallengeOpen, id)
	if err != nil {
		return err
	}
	return openAll(tx, c)
}

func openAll(tx *models.Tx, c *models.Challenge) error {
	list, err := tx.SealedBids(c.ID)
	if err != nil {
		return err
	}
	at := tx.Now
	c.OpenedAt = &at
	if len(list) == 0 {
		return tx.Follow(models.ChallengeUnbid, c, models.Note{})
	}
	scores, err := matches(tx, c, list)
	if err != nil {
		return err
	}
	indicators, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return err
	}
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] }) // a code tells nothing of who came first
	for i := range list {
		b := &list[i]
		b.Code, b.Match = fmt.Sprintf("B%02d", i+1), scores[b.Team]
		if err := openOne(tx, b, indicators); err != nil {
			return fmt.Errorf("open bid %s: %w", b.ID, err)
		}
	}
	return tx.Apply(models.ChallengeOpen, c, models.Note{Data: map[string]any{"bids": len(list)}})
}

// matches is the machine's score of each bidding team, as it stands at opening.
func matches(tx *models.Tx, c *models.Challenge, list []models.Bid) (map[models.TeamID]float64, error) {
	a, err := surroundings(tx, list)
	if err != nil {
		return nil, err
	}
	teams := make([]models.Team, 0, len(list))
	for _, b := range list {
		teams = append(teams, a.teams[b.Team])
	}
	ranked, err := question.Rank(tx, c, teams)
	scores := map[models.TeamID]float64{}
	for _, m := range ranked {
		scores[models.TeamID(m.Team)] = m.Score
	}
	return scores, err
}

// openOne takes the content out of its envelope and writes its promises down beside what was asked.
func openOne(tx *models.Tx, b *models.Bid, indicators []models.Indicator) error {
	_, content, err := unsealed(tx, b)
	if err != nil {
		return err
	}
	rows := map[models.IndicatorID]models.PromiseInput{}
	for _, p := range content.Promises {
		rows[p.Indicator] = p
	}
	var promises []models.Promise
	for _, i := range indicators {
		if p, ok := rows[i.ID]; ok {
			promises = append(promises, models.Promise{Indicator: i.ID, Row: models.J(p), Met: i.Met(p.Value, p.Min, p.Max)})
		}
	}
	if err := tx.AddPromises(b, promises); err != nil {
		return err
	}
	b.QuoteFen = content.QuoteFen
	return tx.Follow(models.BidOpen, b, models.Note{})
}

// unsealed reads what is in the live envelope of a bid.
func unsealed(tx *models.Tx, b *models.Bid) (*models.Envelope, *models.BidContent, error) {
	e, err := tx.EnvelopeOf(b)
	if err != nil {
		return nil, nil, err
	}
	if e == nil {
		return nil, nil, fmt.Errorf("bid %s is %s and has no envelope", b.ID, b.State)
	}
	content, err := read(e.Content, e.Digest)
	return e, content, err
}
