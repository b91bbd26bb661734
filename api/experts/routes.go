// Package experts keeps the pool of those who judge (评审专家).
package experts

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.ExpertRegister, "/experts", "Register as an expert", Register, endpoint.Creates())
	endpoint.Get(d, models.ExpertSearch, "/experts", "Find experts", Search)
	endpoint.Get(d, models.ExpertShow, "/experts/{id}", "One expert", Show)
	endpoint.Put(d, models.ExpertEdit, "/experts/{id}", "Change my entry in the pool", Edit)
	endpoint.Post(d, models.ExpertVerify, "/experts/{id}/verify", "Let an expert be drawn", Verify)
	endpoint.Post(d, models.ExpertSuspend, "/experts/{id}/suspend", "Keep an expert out of draws", Suspend)
}
