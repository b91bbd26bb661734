package bids

import (
	"fmt"

	"jiebang/internal/problem"
	"jiebang/models"
)

// Submit seals the version the unit stands behind, in place of an earlier one. Whether it is
// in time is judged at the instant the receipt names.
func Submit(tx *models.Tx, in *BidInput) (*BidReceipt, error) {
	b, err := tx.BidFor(models.BidSubmit, in.ID)
	if err != nil {
		return nil, err
	}
	if b.Endorsed == 0 || b.Endorsed != b.Draft {
		return nil, problem.New(problem.Conflict, "bid.not_endorsed", "The unit does not stand behind the newest version yet.")
	}
	if b.Sealed == b.Endorsed { // the same once more, e.g. a double click
		return receipt(tx, b)
	}
	v, content, err := newest(tx, b)
	if err != nil {
		return nil, err
	}
	if v.Digest != b.EndorsedDigest {
		return nil, fmt.Errorf("bid %s: version %d is not the content that was endorsed", b.ID, v.Version)
	}
	l, err := examine(tx, b, content)
	if err != nil {
		return nil, err
	}
	if err := l.problem(); err != nil {
		return nil, err
	}
	if _, err := tx.Seal(b, v); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.BidSubmit, b, models.Note{Data: map[string]any{"version": v.Version, "digest": v.Digest}}); err != nil {
		return nil, err
	}
	return receipt(tx, b)
}

// BidWithdrawInput may say why a bid is taken back.
type BidWithdrawInput struct {
	ID   models.BidID `path:"id"`
	Body struct {
		Reason string `json:"reason" required:"false" maxLength:"2000"`
	}
}

// Withdraw ends the envelope. The team may save, ask and submit again until the deadline.
func Withdraw(tx *models.Tx, in *BidWithdrawInput) (*Bid, error) {
	b, err := tx.BidFor(models.BidWithdraw, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Unseal(b, "withdrawn"); err != nil {
		return nil, err
	}
	b.Sealed, b.SubmittedAt, b.Reason = 0, nil, in.Body.Reason
	void(b)
	if err := tx.Apply(models.BidWithdraw, b, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, b)
}
