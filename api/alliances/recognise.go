package alliances

import (
	"cmp"
	"slices"

	"jiebang/internal/problem"
	"jiebang/models"
)

// RecogniseInput names an alliance.
type RecogniseInput struct {
	ID   models.AllianceID `path:"id"`
	Body struct {
		Reason string `json:"reason" required:"false" maxLength:"500" doc:"Ground, e.g. the number of the document"`
		Level  string `json:"level" required:"false" enum:"province,city" doc:"As recognised; as applied for when left out"`
		Tier   string `json:"tier" required:"false" enum:"demonstration,typical,general" doc:"As recognised; as applied for when left out"`
	}
}

// Recognise is the authority's word that an alliance is one: its leader is verified, the
// signed agreement lies there, and an academic member has confirmed. The level and the tier
// are the authority's to give; a province's own level only a province officer gives.
func Recognise(tx *models.Tx, in *RecogniseInput) (*Alliance, error) {
	a, err := tx.AllianceFor(models.AllianceRecognise, in.ID)
	if err != nil {
		return nil, err
	}
	if err := sound(tx, a); err != nil {
		return nil, err
	}
	files, err := tx.DocumentsOf(models.KindAlliance, string(a.ID))
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(files, func(d models.Document) bool { return d.Purpose == "agreement" }) {
		return nil, problem.New(problem.Conflict, "alliance.no_agreement", "The signed agreement has not been handed in yet.")
	}
	var f problem.Fields
	f.Require(in.Body.Level != "province" || tx.Actor.ProvinceOfficer(a.Region), "level", "alliance.level_of_province", "only an officer of the province recognises at its level")
	if err := f.Problem("alliance.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if in.Body.Tier != "" {
		a.Tier = in.Body.Tier
	}
	note := models.Note{Reason: in.Body.Reason, Data: map[string]any{"level": cmp.Or(in.Body.Level, a.Level), "tier": a.Tier}}
	a.Reason = ""
	// The level decides who may; it is changed only by one who may at the level applied for.
	if in.Body.Level != "" {
		a.Level = in.Body.Level
	}
	if err := tx.Apply(models.AllianceRecognise, a, note); err != nil {
		return nil, err
	}
	return view(tx, a)
}
