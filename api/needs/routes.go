// Package needs keeps the pool of needs (需求库): written down, talked over, argued before
// experts, and carried on by a challenge.
package needs

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.NeedSearch, "/needs", "The public part of the pool: titles and summaries that owners let be shown", Search)
	endpoint.Get(d, models.NeedDesk, "/desk/needs", "The needs I have to do with", Desk)
	endpoint.Post(d, models.NeedDraft, "/orgs/{id}/needs", "Begin a need for a unit", Draft, endpoint.Creates())
	endpoint.Get(d, models.NeedShow, "/needs/{id}", "One need", Show)
	endpoint.Put(d, models.NeedEdit, "/needs/{id}", "Save a need as a whole", Edit)
	endpoint.Get(d, models.NeedQuality, "/needs/{id}/quality", "How fit a need is, part by part, with what to mend", Quality)
	endpoint.Get(d, models.NeedForecast, "/needs/{id}/forecast", "How many teams could answer, condition by condition, in numbers", Forecast)
	endpoint.Post(d, models.NeedSubmit, "/needs/{id}/submit", "Hand a need to the office", Submit)
	endpoint.Post(d, models.NeedComment, "/needs/{id}/comments", "Say something about a need", Comment)
	endpoint.Post(d, models.NeedResolve, "/needs/{id}/comments/{comment}/resolve", "Mark a comment as dealt with", Resolve)
	endpoint.Post(d, models.NeedRefine, "/needs/{id}/refine", "Open a need for its owner to refine", Refine)
	endpoint.Post(d, models.NeedArgue, "/needs/{id}/experts", "Name experts to argue a need", Argue)
	endpoint.Post(d, models.NeedReplace, "/needs/{id}/experts/{expert}/replace", "Put another expert in the place of one who stays silent", Replace)
	endpoint.Post(d, models.NeedScore, "/needs/{id}/opinion", "Hand in my sheet on a need", Score)
	endpoint.Post(d, models.NeedApprove, "/needs/{id}/approve", "Find a need fit to become a challenge", Approve)
	endpoint.Post(d, models.NeedReturn, "/needs/{id}/return", "Give a need back to its owner", Return)
	endpoint.Post(d, models.NeedPark, "/needs/{id}/park", "Keep a need for later", Park)
	endpoint.Post(d, models.NeedResume, "/needs/{id}/resume", "Take a parked need up again", Resume)
	endpoint.Post(d, models.NeedMerge, "/needs/{id}/merge", "Let another need stand for this one", Merge)
	endpoint.Post(d, models.NeedTurn, "/needs/{id}/turn", "Make a challenge draft of a need", Turn)
}
