package alliances

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// RecogniseInput names an alliance.
type RecogniseInput struct {
	ID   models.AllianceID `path:"id"`
	Body struct {
		Reason string `json:"reason" required:"false" maxLength:"500" doc:"Ground, e.g. the number of the document"`
	}
}

// Recognise is the authority's word that an alliance is one. Its leader must be verified.
func Recognise(tx *models.Tx, in *RecogniseInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceRecognise, in.ID)
	if err != nil {
		return nil, err
	}
	leader, err := tx.Org(a.Leader)
	if err != nil {
		return nil, err
	}
	if leader.State != models.OrgVerified {
		return nil, problem.New(problem.Conflict, "alliance.leader_unverified", "The leading firm has not been verified yet.")
	}
	if err := tx.Apply(models.AllianceRecognise, a, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return view(tx, a)
}
