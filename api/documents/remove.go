package documents

import (
	"context"

	"jiebang/internal/blob"
	"jiebang/models"
)

// Remove takes a file away while its thing may still be changed and nothing refers to it.
// Its line stays; its bytes go when no other document shares them.
func Remove(ctx context.Context, s *models.Store, who models.Who, b blob.Store, in *DocumentInput) (*Document, error) {
	var out *Document
	var sha256 string
	err := s.Write(ctx, who, func(tx *models.Tx) error {
		d, err := tx.DocumentFor(models.DocumentRemove, in.ID)
		if err != nil {
			return err
		}
		sha256 = d.SHA256
		if err := tx.Apply(models.DocumentRemove, d, models.Note{}); err != nil {
			return err
		}
		out, err = view(tx, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, forget(context.WithoutCancel(ctx), s, b, sha256)
}
