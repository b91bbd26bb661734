// Package documents takes files and hands them out: streamed, known by their content, under
// names that are ours.
package documents

import (
	"context"
	"io"

	"jiebang/api/endpoint"
	"jiebang/internal/blob"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors, b blob.Store) {
	endpoint.Upload(d, models.DocumentUpload, "/documents", "Add a file to a thing",
		func(ctx context.Context, s *models.Store, who models.Who, in *DocumentUploadInput, body io.Reader) (*Document, error) {
			return Upload(ctx, s, who, b, in, body)
		})
	endpoint.Get(d, models.DocumentShow, "/documents", "The files of a thing", List, endpoint.Also("list"))
	endpoint.Get(d, models.DocumentShow, "/documents/{id}", "What is known of a file", Show)
	endpoint.Download(d, models.DocumentDownload, "/documents/{id}/content", "The file itself, as an attachment",
		func(ctx context.Context, s *models.Store, who models.Who, in *DocumentInput) (*Content, error) {
			return Download(ctx, s, who, b, in)
		})
	endpoint.Call(d, "DELETE", models.DocumentRemove, "/documents/{id}", "Take a file away",
		func(ctx context.Context, s *models.Store, who models.Who, in *DocumentInput) (*Document, error) {
			return Remove(ctx, s, who, b, in)
		})
}
