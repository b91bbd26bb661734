// Package reviews takes the experts' sheets and the owner's word on the bids (评审意见).
package reviews

import (
	"context"

	"jiebang/api/endpoint"
	"jiebang/internal/blob"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors, b blob.Store) {
	endpoint.Get(d, models.ReviewRead, "/assignments/{id}/bid", "The bid of an assignment, as its expert may read it", Read)
	endpoint.Download(d, models.ReviewRead, "/assignments/{id}/files/{no}", "A file of the bid, for its expert",
		func(ctx context.Context, s *models.Store, who models.Who, in *ReadFileInput) (*ReadContent, error) {
			return ReadFile(ctx, s, who, b, in)
		}, endpoint.Also("file"))
	endpoint.Get(d, models.ReviewShow, "/assignments/{id}/review", "The score sheet of an assignment", Show)
	endpoint.Put(d, models.ReviewSave, "/assignments/{id}/review", "Save the score sheet as a draft", Save)
	endpoint.Post(d, models.ReviewSubmit, "/assignments/{id}/review/submit", "Submit the score sheet", Submit)
	endpoint.Get(d, models.ReviewList, "/challenges/{id}/reviews", "Every sheet of a challenge, once all are in", List)
	endpoint.Get(d, models.SatisfactionShow, "/challenges/{id}/satisfaction", "The owner's word on the bids", ShowSatisfaction)
	endpoint.Put(d, models.SatisfactionScore, "/challenges/{id}/bids/{bid}/satisfaction", "The owner's word on one bid", Satisfy)
}
