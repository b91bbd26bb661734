package bids

import "jiebang/models"

// BidSaveInput is the whole content as it stands on the page.
type BidSaveInput struct {
	ID   models.BidID `path:"id"`
	Body models.BidContent
}

// Save keeps a draft, however unfinished. A new version comes only when the content is
// another one; then a request or an endorsement of the former is void.
func Save(tx *models.Tx, in *BidSaveInput) (*Bid, error) {
	b, err := tx.BidFor(models.BidSave, in.ID)
	if err != nil {
		return nil, err
	}
	text, digest, err := canonical(in.Body)
	if err != nil {
		return nil, err
	}
	last, err := tx.DraftOf(b, b.Draft)
	if err != nil {
		return nil, err
	}
	changed := last.Digest != digest
	if !changed && b.State != models.BidWithdrawn { // a withdrawn bid comes back by being saved
		return view(tx, b)
	}
	if changed {
		if _, err := tx.SaveDraft(b, text, digest); err != nil {
			return nil, err
		}
	}
	void(b)
	if err := tx.Apply(models.BidSave, b, models.Note{Data: map[string]any{"version": b.Draft}}); err != nil {
		return nil, err
	}
	return view(tx, b)
}

// void forgets what was asked of the unit and what it said of an earlier content. While a
// version is sealed its word stays on record; it is void by not being about the newest one.

func void(b *models.Bid) {
	b.Requested = 0
	if b.Sealed == 0 {
		b.Endorsed, b.EndorsedDigest, b.EndorsedBy, b.EndorsedAt = 0, "", "", nil
	}
}
