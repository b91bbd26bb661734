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
	endpoint.Post(d, models.OrgReturn, "/orgs/{id}/return", "Send a unit's papers back with the reason", Return)
	endpoint.Post(d, models.OrgResubmit, "/orgs/{id}/resubmit", "Hand mended papers in again", Resubmit)
	endpoint.Get(d, models.OrgReviewList, "/orgs/{id}/reviews", "What operators found in a unit's papers", Reviews)
	endpoint.Get(d, models.OrgVerifyDesk, "/desk/orgs", "Units to verify and relations to confirm, oldest first", VerifyDesk, endpoint.Rows("orgs"))
	endpoint.Get(d, models.OrgMembers, "/orgs/{id}/members", "Who belongs to a unit", Members)
	endpoint.Post(d, models.OrgAddMember, "/orgs/{id}/members", "Add a person to a unit", AddMember, endpoint.Creates())
	endpoint.Delete(d, models.OrgEndMember, "/orgs/{id}/members/{member}", "Let a person leave a unit", EndMember)
	endpoint.Post(d, models.OrgAppoint, "/orgs/{id}/members/{member}/role", "Give a member of a unit another role", Appoint)
	endpoint.Post(d, models.OrgRelate, "/orgs/{id}/relations", "Record whom a unit belongs to or is controlled by", Relate, endpoint.Creates())
	endpoint.Delete(d, models.OrgEndRelation, "/orgs/{id}/relations/{relation}", "End a relation of a unit", EndRelation)
	endpoint.Post(d, models.OrgConfirmTie, "/orgs/{id}/relations/{relation}/confirm", "Confirm a relation that a unit declared", ConfirmRelation)
	endpoint.Post(d, models.OrgRefuseTie, "/orgs/{id}/relations/{relation}/refuse", "Refuse a relation that a unit declared", RefuseRelation)
}
