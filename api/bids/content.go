package bids

import (
	"encoding/json"
	"fmt"

	"jiebang/internal/seal"
	"jiebang/models"
)

// canonical is the one form of a content and its digest. A list that is not there is an
// empty one, so that both give the same digest.
func canonical(c models.BidContent) (text, digest string, err error) {
	c.Promises, c.Partners, c.People = full(c.Promises), full(c.Partners), full(c.People)
	c.Evidence, c.Documents = full(c.Evidence), full(c.Documents)
	for i := range c.Promises {
		c.Promises[i].Evidence = full(c.Promises[i].Evidence)
	}
	raw, err := seal.Canonical(c)
	return string(raw), seal.Digest(raw), err
}

func full[T any](list []T) []T {
	return append(make([]T, 0, len(list)), list...)
}

// read takes a stored content out of its text, and fails when the text is not the one that
// was digested: then somebody has laid hands on the database.
func read(text, digest string) (*models.BidContent, error) {
	if seal.Digest([]byte(text)) != digest {
		return nil, fmt.Errorf("a bid's content does not fit its digest %s", digest)
	}
	var c models.BidContent
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return nil, fmt.Errorf("read a bid's content: %w", err)
	}
	return &c, nil
}

// newest is the newest saved version of a bid with its content.
func newest(tx *models.Tx, b *models.Bid) (*models.BidVersion, *models.BidContent, error) {
	v, err := tx.DraftOf(b, b.Draft)
	if err != nil {
		return nil, nil, err
	}
	c, err := read(v.Content, v.Digest)
	return v, c, err
}
