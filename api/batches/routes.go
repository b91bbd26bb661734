// Package batches opens calls (批次) and fixes their rules before the first bid.
package batches

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.BatchCreate, "/batches", "Open a batch", Create, endpoint.Creates())
	endpoint.Get(d, models.BatchSearch, "/batches", "Every batch", List)
	endpoint.Get(d, models.BatchShow, "/batches/{id}", "One batch with its rules", Show)
	endpoint.Post(d, models.BatchAnnounce, "/batches/{id}/announce", "Tell the public of a coming list", Announce)
	endpoint.Post(d, models.BatchClone, "/batches/{id}/clone", "Copy a batch with its rules and shifted dates", Clone, endpoint.Creates())
	endpoint.Put(d, models.BatchEdit, "/batches/{id}", "Change a batch that no challenge was published in", Edit)
}
