// Package reviews takes the experts' sheets and the owner's word on the bids (评审意见).
package reviews

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.ReviewShow, "/assignments/{id}/review", "The score sheet of an assignment", Show)
	endpoint.Put(d, models.ReviewSave, "/assignments/{id}/review", "Save the score sheet as a draft", Save)
	endpoint.Post(d, models.ReviewSubmit, "/assignments/{id}/review/submit", "Submit the score sheet", Submit)
	endpoint.Get(d, models.ReviewList, "/challenges/{id}/reviews", "Every sheet of a challenge, once all are in", List)
	endpoint.Get(d, models.SatisfactionShow, "/challenges/{id}/satisfaction", "The owner's word on the bids", ShowSatisfaction)
	endpoint.Put(d, models.SatisfactionScore, "/challenges/{id}/bids/{bid}/satisfaction", "The owner's word on one bid", Satisfy)
}
