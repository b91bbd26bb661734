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
	c, err := tx.Challenge(b.ChallengeID) // held from here: an amendment comes before or after, never between
	if err != nil {
		return nil, err
	}
	if b.Behind(c) {
		return nil, problem.New(problem.Conflict, "bid.text_amended", "The challenge was amended (supplement %d); take note of it and confirm before you submit.", c.AmendedNo)
	}
	if err := capped(tx, b, c); err != nil {
		return nil, err
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
	b.ReadNo, b.SealedNo = c.TextNo, c.TextNo
	if err := tx.Apply(models.BidSubmit, b, models.Note{Data: map[string]any{"version": v.Version, "digest": v.Digest}}); err != nil {
		return nil, err
	}
	return receipt(tx, b)
}

// capped holds a unit to the most bids the batch lets it have.
func capped(tx *models.Tx, b *models.Bid, c *models.Challenge) error {
	most := c.Rules.V.MaxBidsPerOrg
	if most == 0 {
		return nil
	}
	n, err := tx.SealedInBatch(b, c.Batch)
	if err == nil && n >= int64(most) {
		return problem.New(problem.Conflict, "bid.too_many_in_batch", "By the rules of this batch a unit may have %d bids; withdraw another one first.", most)
	}
	return err
}

// BidConfirmInput names the text that was read.
type BidConfirmInput struct {
	ID   models.BidID `path:"id"`
	Body struct {
		TextNo int `json:"text_no" minimum:"1" maximum:"100000" doc:"Number of the newest supplement, as it was read"`
	}
}

// Confirm takes note of the newest text. A sealed version that still answers everything stands
// for that text from here; one that does not must be replaced, and the answer says so.
func Confirm(tx *models.Tx, in *BidConfirmInput) (*Bid, error) {
	b, err := tx.BidFor(models.BidConfirm, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(b.ChallengeID)
	if err != nil {
		return nil, err
	}
	if b.ReadNo >= c.TextNo && (b.Sealed == 0 || b.SealedNo >= c.AmendedNo) {
		return nil, problem.New(problem.Conflict, "bid.text_current", "There is nothing to confirm: the bid refers to the newest text.")
	}
	if in.Body.TextNo != c.TextNo {
		return nil, problem.New(problem.Conflict, "bid.text_moved", "The newest supplement is %d; read it, then confirm that.", c.TextNo)
	}
	stands := false
	if b.State == models.BidSubmitted {
		_, content, err := unsealed(tx, b)
		if err != nil {
			return nil, err
		}
		l, err := examine(tx, b, content)
		if err != nil {
			return nil, err
		}
		stands = l.problem() == nil
	}
	if b.ReadNo = c.TextNo; stands {
		b.SealedNo = c.TextNo
	}
	if err := tx.Apply(models.BidConfirm, b, models.Note{Data: map[string]any{"text": c.TextNo, "stands": stands}}); err != nil {
		return nil, err
	}
	return view(tx, b)
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
	b.Sealed, b.SealedNo, b.SubmittedAt, b.Reason = 0, 0, nil, in.Body.Reason
	void(b)
	if err := tx.Apply(models.BidWithdraw, b, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, b)
}
