package challenges

import "jiebang/models"

// DraftInput begins a challenge; everything else is filled in by editing.
type DraftInput struct {
	Org  models.OrgID `path:"id"`
	Body struct {
		Title string `json:"title" required:"false" maxLength:"60"`
	}
}

// Draft begins a challenge for a unit the caller may post for.
func Draft(tx *models.Tx, in *DraftInput) (*Challenge, error) {
	org, err := tx.OrgFor(models.ChallengeDraft, in.Org)
	if err != nil {
		return nil, err
	}
	c := models.NewChallenge()
	c.Owner, c.Region, c.City, c.Title, c.CreatedBy = org.ID, org.Region, org.City, in.Body.Title, tx.Actor.User
	if err := tx.Make(models.ChallengeDraft, org, c, models.Note{}); err != nil {
		return nil, err
	}
	return view(tx, c)
}
