// Package alliances registers unions of industry and research (产学研联盟): a firm leads one
// and posts challenges for it.
package alliances

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.AllianceRegister, "/orgs/{id}/alliances", "Register an alliance that a firm leads", Register, endpoint.Creates())
	endpoint.Get(d, models.AllianceSearch, "/alliances", "Find alliances", Search)
	endpoint.Get(d, models.AllianceShow, "/alliances/{id}", "One alliance with its leader and members", Show)
	endpoint.Put(d, models.AllianceEdit, "/alliances/{id}", "Change an alliance", Edit)
	endpoint.Post(d, models.AllianceAddMember, "/alliances/{id}/members", "Add a unit to an alliance", AddMember, endpoint.Creates())
	endpoint.Delete(d, models.AllianceEndMember, "/alliances/{id}/members/{member}", "Let a unit leave an alliance", EndMember)
	endpoint.Post(d, models.AllianceRecognise, "/alliances/{id}/recognise", "Recognise an alliance for the authority", Recognise)
}
