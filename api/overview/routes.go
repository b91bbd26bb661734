// Package overview counts, for the public, for an office and for each person's desk (看板).
package overview

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.OverviewPublic, "/overview", "The platform in numbers", Public)
	endpoint.Get(d, models.OverviewOffice, "/overview/office", "What waits for an officer, and what is overdue", Office)
	endpoint.Get(d, models.OverviewDesk, "/overview/desk", "What waits for me", Desk)
}
