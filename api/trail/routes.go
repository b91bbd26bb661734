// Package trail shows who did what to a thing, and when (留痕).
package trail

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.TrailShow, "/trail/{kind}/{id}", "What happened to a thing", Show)
}
