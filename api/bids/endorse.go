package bids

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// Request asks the unit to stand behind the newest version, which must be fit to hand in.
func Request(tx *models.Tx, in *BidInput) (*Bid, error) {
	b, err := tx.BidFor(models.BidRequest, in.ID)
	if err != nil {
		return nil, err
	}
	if b.Requested == b.Draft || b.Endorsed == b.Draft {
		return nil, problem.New(problem.Conflict, "bid.requested_already", "The unit has been asked about this version already.")
	}
	v, content, err := newest(tx, b)
	if err != nil {
		return nil, err
	}
	l, err := examine(tx, b, content)
	if err != nil {
		return nil, err
	}
	if err := l.problem(); err != nil {
		return nil, err
	}
	b.Requested, b.Reason = v.Version, ""
	if err := tx.Apply(models.BidRequest, b, models.Note{Data: map[string]any{"version": v.Version, "digest": v.Digest}}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// BidEndorseInput says which content the unit has read.
type BidEndorseInput struct {
	ID   models.BidID `path:"id"`
	Body struct {
		Digest string `json:"digest" pattern:"^[0-9a-f]{64}$" doc:"Digest of the version that was read"`
	}
}

// Endorse lets the unit stand behind exactly the content it has read.
func Endorse(tx *models.Tx, in *BidEndorseInput) (*Bid, error) {
	b, err := tx.BidFor(models.BidEndorse, in.ID)
	if err != nil {
		return nil, err
	}
	if err := asked(b); err != nil {
		return nil, err
	}
	v, err := tx.DraftOf(b, b.Requested)
	if err != nil {
		return nil, err
	}
	if v.Digest != in.Body.Digest {
		return nil, problem.New(problem.Conflict, "bid.digest_differs", "This is not the content you have read; read it again.")
	}
	at := tx.Now
	b.Endorsed, b.EndorsedDigest, b.EndorsedBy, b.EndorsedAt, b.Reason = v.Version, v.Digest, tx.Actor.User, &at, ""
	if err := tx.Apply(models.BidEndorse, b, models.Note{Data: map[string]any{"version": v.Version, "digest": v.Digest}}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// BidRefuseInput says why the unit does not stand behind a bid.
type BidRefuseInput struct {
	ID   models.BidID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"2000"`
	}
}

// Refuse hands a bid back to its team with the unit's reason.
func Refuse(tx *models.Tx, in *BidRefuseInput) (*Bid, error) {
	b, err := tx.BidFor(models.BidRefuse, in.ID)
	if err != nil {
		return nil, err
	}
	if err := asked(b); err != nil {
		return nil, err
	}
	void(b)
	b.Reason = in.Body.Reason
	if err := tx.Apply(models.BidRefuse, b, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// asked refuses a word on a version that nobody asked about, or about which it was given.
func asked(b *models.Bid) error {
	if b.Requested == 0 || b.Requested != b.Draft || b.Endorsed == b.Requested {
		return problem.New(problem.Conflict, "bid.not_requested", "The team has not asked for your word on its newest version.")
	}
	return nil
}
