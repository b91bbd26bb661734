// Package teams forms research teams (科研团队) and keeps what proves their abilities.
package teams

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Post(d, models.TeamForm, "/orgs/{id}/teams", "Form a team and become its lead", Form, endpoint.Creates())
	endpoint.Get(d, models.TeamSearch, "/teams", "Find teams", Search)
	endpoint.Get(d, models.TeamShow, "/teams/{id}", "One team's card", Show)
	endpoint.Put(d, models.TeamEdit, "/teams/{id}", "Change a team's card", Edit)
	endpoint.Get(d, models.TeamMembersList, "/teams/{id}/members", "Who is on a team", Members)
	endpoint.Post(d, models.TeamAddMember, "/teams/{id}/members", "Add a person to a team", AddMember, endpoint.Creates())
	endpoint.Delete(d, models.TeamEndMember, "/teams/{id}/members/{member}", "Let a person leave a team", EndMember)
	endpoint.Post(d, models.TeamHandOver, "/teams/{id}/lead", "Make another member the lead", HandOver)
	endpoint.Post(d, models.TeamTakeOver, "/teams/{id}/take_over", "Give a team whose lead is gone a new lead", TakeOver)
	endpoint.Post(d, models.TeamAddEvidence, "/teams/{id}/evidence", "Add what proves an ability", AddEvidence, endpoint.Creates())
	endpoint.Upload(d, models.TeamAddEvidence, "/teams/{id}/evidence/import", "Check or add a table of proofs, as CSV or XLSX", ImportEvidence, endpoint.Also("import"))
	endpoint.Put(d, models.TeamEditEvidence, "/teams/{id}/evidence/{evidence}", "Change a proof", EditEvidence)
	endpoint.Delete(d, models.TeamDropEvidence, "/teams/{id}/evidence/{evidence}", "Take a proof away", DropEvidence)
	endpoint.Post(d, models.TeamVerifyEvidence, "/teams/{id}/evidence/{evidence}/verify", "Say whether a proof is true", VerifyEvidence)
	endpoint.Post(d, models.TeamVerifySkill, "/teams/{id}/capabilities/verify", "Say whether a team has a capability", VerifyCapability)
}
