// Package integrity keeps the register of breaches of research integrity (科研诚信记录): whom
// they name, for how long, and what became of an appeal.
package integrity

import (
	"time"

	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.IntegrityRecord, "/integrity", "Record a breach of integrity with its period", Record, endpoint.Creates())
	endpoint.Get(d, models.IntegrityList, "/integrity", "The register of integrity, newest first", List)
	endpoint.Get(d, models.IntegrityMine, "/me/integrity", "Records that name me, my units or my teams", Mine)
	endpoint.Get(d, models.IntegrityShow, "/integrity/{id}", "One record of integrity", Show)
	endpoint.Post(d, models.IntegrityAppeal, "/integrity/{id}/appeal", "Appeal against a record, once", Appeal)
	endpoint.Post(d, models.IntegrityRevoke, "/integrity/{id}/revoke", "Uphold an appeal: the record counts no more", Revoke)
	endpoint.Post(d, models.IntegrityDismiss, "/integrity/{id}/dismiss", "Dismiss an appeal: the record stays", Dismiss)
	endpoint.EveryOne(d, time.Hour, models.IntegrityExpire, over, expire)
}
