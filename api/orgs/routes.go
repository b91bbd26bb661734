// Package orgs registers units and who belongs to them.
package orgs

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.OrgRegister, "/orgs", "Register a unit and become its administrator", Register, endpoint.Creates())
	endpoint.Get(d, models.OrgSearch, "/orgs", "Find units", Search)
	endpoint.Get(d, models.OrgShow, "/orgs/{id}", "One unit", Show)
	endpoint.Put(d, models.OrgEdit, "/orgs/{id}", "Change a unit", Edit)
	endpoint.Post(d, models.OrgVerify, "/orgs/{id}/verify", "Vouch that a unit is what it says", Verify)
	endpoint.Get(d, models.OrgMembers, "/orgs/{id}/members", "Who belongs to a unit", Members)
	endpoint.Post(d, models.OrgAddMember, "/orgs/{id}/members", "Add a person to a unit", AddMember, endpoint.Creates())
	endpoint.Delete(d, models.OrgEndMember, "/orgs/{id}/members/{member}", "Let a person leave a unit", EndMember)
	endpoint.Post(d, models.OrgRelate, "/orgs/{id}/relations", "Record whom a unit belongs to or is controlled by", Relate, endpoint.Creates())
	endpoint.Delete(d, models.OrgEndRelation, "/orgs/{id}/relations/{relation}", "End a relation of a unit", EndRelation)
}
