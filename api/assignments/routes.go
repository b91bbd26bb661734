// Package assignments draws panels of experts and gives them the bids to judge (评审分配).
package assignments

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.PanelDraw, "/challenges/{id}/panel", "Draw the panel of a challenge", Draw, endpoint.Creates())
	endpoint.Get(d, models.PanelShow, "/challenges/{id}/panel", "The panel of a challenge, and how to draw it again", ShowPanel)
	endpoint.Post(d, models.AssignmentRun, "/challenges/{id}/assignments", "Give the bids to the panel", Run)
	endpoint.Get(d, models.AssignmentList, "/challenges/{id}/assignments", "Who judges which bid", List)
	endpoint.Get(d, models.AssignmentMine, "/assignments", "What I am asked to judge", Mine)
	endpoint.Get(d, models.AssignmentShow, "/assignments/{id}", "One assignment", Show)
	endpoint.Post(d, models.AssignmentAccept, "/assignments/{id}/accept", "Declare oneself free of conflict and accept", Accept)
	endpoint.Post(d, models.AssignmentDecline, "/assignments/{id}/decline", "Decline for want of time", Decline)
	endpoint.Post(d, models.AssignmentRecuse, "/assignments/{id}/recuse", "Step aside for a conflict", Recuse)
	endpoint.Post(d, models.AssignmentSetAside, "/assignments/{id}/set_aside", "Take a sheet out of the count for a conflict", SetAside)
	endpoint.Post(d, models.AssignmentReplace, "/assignments/{id}/replace", "Put a reserve in an expert's place", Replace)
}
