package catalogue

import (
	"slices"
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// MergeInput lets one term of a version stand for another.
type MergeInput struct {
	ID   models.CatalogueID `path:"id"`
	Body struct {
		From   string `json:"from" minLength:"1" maxLength:"60" doc:"Code of the term that is given up"`
		Into   string `json:"into" minLength:"1" maxLength:"60" doc:"Code of the term that stands for it from now on"`
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

// Merge gives a term up for another of the same version. It stays in the version and on
// whatever was tagged with it; nothing new can be tagged with it, and matching, counts and
// search take it for the other. The trail keeps who, when and why.
func Merge(tx *models.Tx, in *MergeInput) (*Catalogue, error) {
	c, err := tx.CatalogueFor(models.CatalogueMerge, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := tx.TermsOf(c.ID)
	if err != nil {
		return nil, err
	}
	b, words := in.Body, models.Terms(list)
	from, there := words[b.From]
	into, known := words[b.Into]
	var f problem.Fields
	f.Require(there, "from", "catalogue.no_term", "%q is no code of this version", b.From)
	f.Require(known, "into", "catalogue.no_term", "%q is no code of this version", b.Into)
	f.Require(b.From != b.Into, "into", "catalogue.merge_itself", "must be another term")
	f.Require(from.Merged == "", "from", "catalogue.merged_already", "was merged into %q already", from.Merged)
	f.Require(into.Merged == "", "into", "catalogue.merged_already", "was merged into %q already", into.Merged)
	f.Require(!slices.ContainsFunc(list, func(t models.Term) bool { return t.Parent == b.From && t.Merged == "" }), "from", "catalogue.merge_group",
		"stands above other terms; merge those first")
	f.Require(strings.TrimSpace(b.Reason) != "", "reason", "field.missing", "say why")
	if err := f.Problem("catalogue.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	if err := tx.MergeTerm(c, b.From, b.Into); err != nil {
		return nil, err
	}
	note := models.Note{Reason: b.Reason, Data: map[string]any{"kind": c.Kind, "from": b.From, "into": b.Into}}
	if err := tx.Apply(models.CatalogueMerge, c, note); err != nil {
		return nil, err
	}
	return viewWithTerms(tx, c)
}
