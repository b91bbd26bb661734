package awards

import (
	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// DecideInput names a challenge.
type DecideInput struct {
	ID models.ChallengeID `path:"id"`
}

// Decide makes the proposal final once the publicity is over and no objection is open. Each
// winner is asked a last time for what would bar it today.
func Decide(tx *models.Tx, in *DecideInput) (*Award, error) {
	c, err := tx.ChallengeFor(models.AwardDecide, in.ID)
	if err != nil {
		return nil, err
	}
	if err := question.Unhindered(tx, c, false); err != nil {
		return nil, err
	}
	if err := question.Untainted(tx, c); err != nil {
		return nil, err
	}
	given, err := tx.AwardsOf(c.ID)
	if err != nil {
		return nil, err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	kind := map[models.BidID]string{}
	for _, a := range given {
		kind[a.Bid] = a.Kind
	}
	winners := []string{}
	for i := range bids {
		if kind[bids[i].ID] != "award" {
			continue
		}
		barred, err := question.Barred(tx, c, &bids[i])
		if err != nil {
			return nil, err
		}
		if len(barred) > 0 {
			why, err := because(tx, barred[0])
			if err != nil {
				return nil, err
			}
			return nil, problem.New(problem.Conflict, "award.barred", "Bid %s may not be awarded any more: %s Take the proposal back.", question.BidCode(&bids[i]), why)
		}
		winners = append(winners, question.BidCode(&bids[i]))
	}
	if len(winners) == 0 {
		return nil, problem.New(problem.Conflict, "award.nobody", "Nobody is proposed.")
	}
	if err := tx.DecideAwards(c.ID); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AwardDecide, c, models.Note{Data: map[string]any{"awards": winners}}); err != nil {
		return nil, err
	}
	for i := range bids {
		if err := end(tx, &bids[i], kind[bids[i].ID]); err != nil {
			return nil, err
		}
	}
	return view(tx, c)
}

// end says what becomes of a bid at the award. One that failed the formal check stays as it is.
func end(tx *models.Tx, b *models.Bid, kind string) error {
	switch {
	case kind == "award":
		return tx.Follow(models.BidAward, b, models.Note{})
	case kind == "reserve":
		return tx.Follow(models.BidReserve, b, models.Note{})
	case b.State == models.BidRejected:
		return nil
	}
	return tx.Follow(models.BidDecline, b, models.Note{})
}
