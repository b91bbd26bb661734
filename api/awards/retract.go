package awards

import "jiebang/models"

// RetractInput says why the proposal is taken back.
type RetractInput struct {
	ID   models.ChallengeID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"2000"`
	}
}

// Retract takes the proposal back: the challenge is evaluated again, and every bid that was
// weighed is scored as before.
func Retract(tx *models.Tx, in *RetractInput) (*Award, error) {
	c, err := tx.ChallengeFor(models.AwardRetract, in.ID)
	if err != nil {
		return nil, err
	}
	c.Reason, c.PublicityFrom, c.PublicityUntil = in.Body.Reason, nil, nil
	if err := tx.DropAwards(c.ID); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AwardRetract, c, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	for i := range bids {
		b := &bids[i]
		if b.State != models.BidShortlisted && b.State != models.BidNotShortlisted {
			continue
		}
		b.Reason = ""
		if err := tx.Follow(models.BidReturn, b, models.Note{}); err != nil {
			return nil, err
		}
	}
	return view(tx, c)
}
