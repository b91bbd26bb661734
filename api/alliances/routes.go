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
	endpoint.Post(d, models.AllianceChangeMember, "/alliances/{id}/members/{member}", "Offer a member other terms, to be confirmed anew", ChangeMember)
	endpoint.Post(d, models.AllianceConfirm, "/alliances/{id}/members/{member}/confirm", "Confirm one's unit's seat", Confirm)
	endpoint.Post(d, models.AllianceRefuse, "/alliances/{id}/members/{member}/refuse", "Refuse a seat one's unit was offered", Refuse)
	endpoint.Post(d, models.AllianceLeave, "/alliances/{id}/members/{member}/leave", "Leave an alliance with one's unit", Leave)
	endpoint.Post(d, models.AlliancePropose, "/alliances/{id}/transfer", "Propose another firm as leader", Propose)
	endpoint.Post(d, models.AllianceRecall, "/alliances/{id}/transfer/recall", "Take the proposal of another leader back", Recall)
	endpoint.Post(d, models.AllianceAccept, "/alliances/{id}/transfer/accept", "Accept the lead of an alliance", Accept)
	endpoint.Post(d, models.AllianceDecline, "/alliances/{id}/transfer/decline", "Decline the lead of an alliance", Decline)
	endpoint.Post(d, models.AllianceTransferTo, "/alliances/{id}/transfer/confirm", "Confirm the transfer of the lead; open challenges follow", Transfer)
	endpoint.Post(d, models.AllianceReject, "/alliances/{id}/transfer/reject", "Refuse the transfer of the lead", Reject)
	endpoint.Post(d, models.AllianceSuspend, "/alliances/{id}/suspend", "Suspend an alliance with a public reason", Suspend)
	endpoint.Post(d, models.AllianceLift, "/alliances/{id}/lift", "Lift the suspension of an alliance", Lift)
	endpoint.Post(d, models.AllianceDissolve, "/alliances/{id}/dissolve", "Dissolve an alliance", Dissolve)
	endpoint.Post(d, models.AllianceAssess, "/alliances/{id}/assessments", "Publish the yearly assessment of an alliance", Assess)
	endpoint.Post(d, models.AllianceRecognise, "/alliances/{id}/recognise", "Recognise an alliance for the authority", Recognise)
}
