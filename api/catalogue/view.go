package catalogue

import (
	"strings"

	"jiebang/models"
)

// Catalogue is one version of a vocabulary.
type Catalogue struct {
	ID      models.CatalogueID `json:"id"`
	Kind    string             `json:"kind" enum:"chain,domain,capability,trl"`
	Code    string             `json:"code"`
	NameZh  string             `json:"name_zh"`
	NameEn  string             `json:"name_en"`
	From    string             `json:"valid_from"`
	Until   string             `json:"valid_to" doc:"First day it is no longer in force, or empty"`
	Source  string             `json:"source"`
	Terms   []CatalogueTerm    `json:"terms" doc:"In the list of versions this is empty"`
	State   string             `json:"state" enum:"draft,published"`
	Version int64              `json:"version"`
	Actions []models.Action    `json:"actions"`
}

// CatalogueTerm is one word of a vocabulary.
type CatalogueTerm struct {
	Code     string   `json:"code" minLength:"1" maxLength:"60" pattern:"^[A-Za-z0-9][A-Za-z0-9_.-]*$"`
	NameZh   string   `json:"name_zh" minLength:"1" maxLength:"100"`
	NameEn   string   `json:"name_en" required:"false" maxLength:"160"`
	NoteZh   string   `json:"note_zh" required:"false" maxLength:"600"`
	Parent   string   `json:"parent" required:"false" maxLength:"60" doc:"Code of the wider term in the same version, or empty"`
	Group    string   `json:"group_zh" required:"false" maxLength:"60"`
	Synonyms []string `json:"synonyms" required:"false" maxItems:"60"`
	MapsTo   []string `json:"maps_to" required:"false" maxItems:"20" doc:"Codes of an earlier version that this one takes over"`
	Merged   string   `json:"merged_into,omitempty" required:"false" maxLength:"60" doc:"Code of the term that stands for this one now; set by merging only"`
	IPC      []string `json:"ipc" required:"false" maxItems:"20" doc:"Groups or subclasses of the patent classification, e.g. F16C 32/04"`
	Industry []string `json:"gbt4754" required:"false" maxItems:"20" doc:"Classes of GB/T 4754-2017, e.g. C3451"`
}

func view(tx *models.Tx, c *models.Catalogue) (*Catalogue, error) {
	actions, err := tx.Allowed(c)
	return &Catalogue{ID: c.ID, Kind: c.Kind, Code: c.Code, NameZh: c.NameZh, NameEn: c.NameEn, From: c.From, Until: c.Until, Source: c.Source,
		State: c.State, Version: c.Version, Actions: actions}, err
}

func viewWithTerms(tx *models.Tx, c *models.Catalogue) (*Catalogue, error) {
	v, err := view(tx, c)
	if err != nil {
		return nil, err
	}
	list, err := tx.TermsOf(c.ID)
	for _, t := range list {
		v.Terms = append(v.Terms, term(t))
	}
	return v, err
}

func row(t CatalogueTerm) models.Term {
	return models.Term{Code: t.Code, NameZh: strings.TrimSpace(t.NameZh), NameEn: strings.TrimSpace(t.NameEn), NoteZh: t.NoteZh, Parent: t.Parent, Group: t.Group,
		Synonyms: models.J(t.Synonyms), MapsTo: models.J(t.MapsTo), IPC: models.J(t.IPC), Industry: models.J(t.Industry), Merged: t.Merged}
}

func rows(terms []CatalogueTerm) []models.Term {
	list := make([]models.Term, len(terms))
	for i, t := range terms {
		list[i] = row(t)
	}
	return list
}

func term(t models.Term) CatalogueTerm {
	return CatalogueTerm{Code: t.Code, NameZh: t.NameZh, NameEn: t.NameEn, NoteZh: t.NoteZh, Parent: t.Parent, Group: t.Group,
		Synonyms: t.Synonyms.V, MapsTo: t.MapsTo.V, IPC: t.IPC.V, Industry: t.Industry.V, Merged: t.Merged}
}
