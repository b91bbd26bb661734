package bids

import (
	"time"

	"jiebang/internal/problem"
	"jiebang/internal/seal"
	"jiebang/models"
)

// BidReceipt proves what was handed in, and when.
type BidReceipt struct {
	Bid           models.BidID       `json:"bid"`
	Challenge     models.ChallengeID `json:"challenge"`
	ChallengeCode string             `json:"challenge_code"`
	Sealed        int                `json:"version" doc:"Which saved version is sealed"`
	Digest        string             `json:"digest" doc:"SHA-256 of the content as canonical JSON (RFC 8785)"`
	SealedAt      time.Time          `json:"sealed_at" doc:"The server's instant that decided about the deadline"`
	Files         []BidReceiptFile   `json:"files"`
	Text          string             `json:"text" doc:"To keep: it can be checked without this platform"`
}

// BidReceiptFile is an attachment with the digest of its bytes.
type BidReceiptFile struct {
	ID     models.DocumentID `json:"id"`
	SHA256 string            `json:"sha256"`
}

// ReceiptOf is the receipt of the sealed bid, the same whenever it is asked for.
func ReceiptOf(tx *models.Tx, in *BidInput) (*BidReceipt, error) {
	b, err := tx.BidFor(models.BidReceipt, in.ID)
	if err != nil {
		return nil, err
	}
	return receipt(tx, b)
}

func receipt(tx *models.Tx, b *models.Bid) (*BidReceipt, error) {
	e, err := tx.EnvelopeOf(b)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, problem.New(problem.NotFound, "bid.no_receipt", "Nothing of this bid is sealed.")
	}
	content, err := read(e.Content, e.Digest)
	if err != nil {
		return nil, err
	}
	c, err := tx.Challenge(b.ChallengeID)
	if err != nil {
		return nil, err
	}
	files, err := tx.DocumentsByID(content.Documents)
	if err != nil {
		return nil, err
	}
	text := seal.Receipt{Challenge: c.Code, Bid: string(b.ID), Version: e.Version, Digest: e.Digest, At: e.SealedAt}
	r := &BidReceipt{Bid: b.ID, Challenge: c.ID, ChallengeCode: c.Code, Sealed: e.Version, Digest: e.Digest, SealedAt: e.SealedAt}
	for _, id := range content.Documents {
		text.Files = append(text.Files, seal.File{ID: string(id), SHA256: files[id].SHA256})
		r.Files = append(r.Files, BidReceiptFile{ID: id, SHA256: files[id].SHA256})
	}
	r.Text = text.Text()
	return r, nil
}
