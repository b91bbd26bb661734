package catalogue

import "jiebang/models"

// ListInput needs nothing: versions are few.
type ListInput struct{}

// CatalogueList is every version the caller may see.
type CatalogueList struct {
	Catalogues []Catalogue     `json:"catalogues"`
	Actions    []models.Action `json:"actions"`
}

// List lists the versions, newest first within their kind. Drafts are for the operator.
func List(tx *models.Tx, _ *ListInput) (*CatalogueList, error) {
	if err := tx.May(models.CatalogueSearch); err != nil {
		return nil, err
	}
	all, err := tx.Catalogues()
	if err != nil {
		return nil, err
	}
	out := &CatalogueList{}
	for i := range all {
		seen, err := tx.Sees(models.CatalogueShow, &all[i])
		if err != nil {
			return nil, err
		}
		if !seen {
			continue
		}
		v, err := view(tx, &all[i])
		if err != nil {
			return nil, err
		}
		out.Catalogues = append(out.Catalogues, *v)
	}
	if tx.May(models.CatalogueImport) == nil {
		out.Actions = append(out.Actions, models.CatalogueImport)
	}
	lacking, err := lackingKinds(all)
	if err == nil && len(lacking) > 0 && tx.May(models.CatalogueLoad) == nil {
		out.Actions = append(out.Actions, models.CatalogueLoad)
	}
	return out, err
}

// ShowCatalogueInput names a version.
type ShowCatalogueInput struct {
	ID models.CatalogueID `path:"id"`
}

// Show is one version with its terms.
func Show(tx *models.Tx, in *ShowCatalogueInput) (*Catalogue, error) {
	c, err := tx.CatalogueFor(models.CatalogueShow, in.ID)
	if err != nil {
		return nil, err
	}
	return viewWithTerms(tx, c)
}

// VocabularyInput names a vocabulary.
type VocabularyInput struct {
	Kind string `path:"kind" enum:"chain,domain,capability,trl"`
}

// TermList is what may be chosen today.
type TermList struct {
	Kind  string          `json:"kind"`
	Terms []CatalogueTerm `json:"terms"`
}

// Vocabulary lists the terms in force now, for forms and filters. Where two versions in
// force hold one code, the newer one's word counts.
func Vocabulary(tx *models.Tx, in *VocabularyInput) (*TermList, error) {
	if err := tx.May(models.CatalogueSearch); err != nil {
		return nil, err
	}
	list, err := tx.Vocabulary(in.Kind)
	out, seen := &TermList{Kind: in.Kind}, map[string]bool{}
	for _, t := range list {
		if !seen[t.Code] {
			seen[t.Code] = true
			out.Terms = append(out.Terms, term(t))
		}
	}
	return out, err
}
