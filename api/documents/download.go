package documents

import (
	"context"
	"fmt"

	"jiebang/internal/blob"
	"jiebang/models"
)

// Content is a file on its way out.
type Content struct {
	blob.Content
	name, media string
	size        int64
}

// Label says what the caller gets.
func (c *Content) Label() (name, mediaType string, size int64) { return c.name, c.media, c.size }

// Download opens a file for whoever may read it. The database is not held while it flows.
func Download(ctx context.Context, s *models.Store, who models.Who, b blob.Store, in *DocumentInput) (*Content, error) {
	var d *models.Document
	var under *models.NDA
	err := s.Read(ctx, who, func(tx *models.Tx) (err error) {
		if d, err = tx.DocumentFor(models.DocumentDownload, in.ID); err != nil {
			return err
		}
		under, err = tx.NDAOver(d)
		return err
	})
	if err != nil {
		return nil, err
	}
	if under != nil { // whoever reads under a promise is on the record before he reads
		if err := s.Write(ctx, who, func(tx *models.Tx) error {
			n, err := tx.NDAFor(models.NDARead, under.ID)
			if err != nil {
				return err
			}
			return tx.Apply(models.NDARead, n, models.Note{Data: map[string]any{"what": d.Name}})
		}); err != nil {
			return nil, err
		}
	}
	c, err := b.Open(ctx, blob.Digest(d.SHA256))
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", d.ID, err)
	}
	return &Content{Content: c, name: neutral(d), media: d.Media, size: d.Size}, nil
}
