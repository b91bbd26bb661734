package catalogue

import (
	"fmt"
	"regexp"
	"strings"

	"jiebang/internal/codes"
	"jiebang/internal/problem"
	"jiebang/models"
)

// CatalogueBody is a whole version.
type CatalogueBody struct {
	Kind   string          `json:"kind" enum:"chain,domain,capability,trl"`
	Code   string          `json:"code" minLength:"1" maxLength:"60" pattern:"^[A-Za-z0-9][A-Za-z0-9_.-]*$"`
	NameZh string          `json:"name_zh" minLength:"1" maxLength:"100"`
	NameEn string          `json:"name_en" required:"false" maxLength:"160"`
	From   string          `json:"valid_from" maxLength:"10" doc:"First day it is in force, YYYY-MM-DD"`
	Until  string          `json:"valid_to" required:"false" maxLength:"10" doc:"First day it is no longer in force, or empty"`
	Source string          `json:"source" required:"false" maxLength:"1000"`
	Terms  []CatalogueTerm `json:"terms" minItems:"1" maxItems:"5000"`
}

// ImportInput is a new version.
type ImportInput struct{ Body CatalogueBody }

// Import takes a version in as a draft: nothing may be tagged with it yet.
func Import(tx *models.Tx, in *ImportInput) (*Catalogue, error) {
	if err := tx.May(models.CatalogueImport); err != nil {
		return nil, err
	}
	c := models.NewCatalogue()
	if err := in.Body.write(tx, c); err != nil {
		return nil, err
	}
	if err := tx.Make(models.CatalogueImport, tx.Site(), c, models.Note{Data: map[string]any{"terms": len(in.Body.Terms)}}); err != nil {
		return nil, err
	}
	if err := tx.AddTerms(c, rows(in.Body.Terms)); err != nil {
		return nil, err
	}
	return viewWithTerms(tx, c)
}

// EditCatalogueInput replaces a draft version.
type EditCatalogueInput struct {
	ID   models.CatalogueID `path:"id"`
	Body CatalogueBody
}

// Edit gives a draft version other words, synonyms, links and dates. What is published never
// changes.
func Edit(tx *models.Tx, in *EditCatalogueInput) (*Catalogue, error) {
	c, err := tx.CatalogueFor(models.CatalogueEdit, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Body.write(tx, c); err != nil {
		return nil, err
	}
	if err := tx.ReplaceTerms(c, rows(in.Body.Terms)); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.CatalogueEdit, c, models.Note{Data: map[string]any{"terms": len(in.Body.Terms)}}); err != nil {
		return nil, err
	}
	return viewWithTerms(tx, c)
}

// write checks everything and puts what stands above the terms on the version.
func (b *CatalogueBody) write(tx *models.Tx, c *models.Catalogue) error {
	var f problem.Fields
	f.Require(models.IsDate(b.From), "valid_from", "field.date", "must be a day as YYYY-MM-DD")
	f.Require(b.Until == "" || models.IsDate(b.Until) && b.Until > b.From, "valid_to", "field.date", "must be a day after valid_from, as YYYY-MM-DD, or empty")
	check(&f, b.Terms)
	if err := known(tx, &f, b.Kind, b.Terms); err != nil {
		return err
	}
	if err := f.Problem("catalogue.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	c.Kind, c.Code, c.NameZh, c.NameEn, c.From, c.Until, c.Source = b.Kind, b.Code, b.NameZh, b.NameEn, b.From, b.Until, b.Source
	return nil
}

// codeShape is what the doors ask of a code by its pattern; a table comes past them.
var codeShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$`)

// check holds the terms of a version to one another: codes once, parents there, no circle.
func check(f *problem.Fields, terms []CatalogueTerm) {
	parent := map[string]string{}
	for i, t := range terms {
		path := fmt.Sprintf("terms[%d].", i)
		_, twice := parent[t.Code]
		f.Require(!twice, path+"code", "catalogue.code_twice", "%q stands in the list already", t.Code)
		f.Require(codeShape.MatchString(t.Code), path+"code", "catalogue.code_form", "must have 1 to 60 letters, digits, points, dashes and underscores, beginning with a letter or digit")
		f.Require(strings.TrimSpace(t.NameZh) != "", path+"name_zh", "field.missing", "must not be blank")
		for j, s := range t.Synonyms {
			n := len([]rune(strings.TrimSpace(s)))
			f.Require(n >= 1 && n <= 60, fmt.Sprintf("%ssynonyms[%d]", path, j), "field.length", "must have 1 to 60 characters")
		}
		links(f, path+"ipc", t.IPC, codes.IPC)
		links(f, path+"gbt4754", t.Industry, codes.Industry)
		if !twice {
			parent[t.Code] = t.Parent
		}
	}
	merged := map[string]string{} // a draft keeps the merges that were made in it
	for _, t := range terms {
		merged[t.Code] = t.Merged
	}
	for i, t := range terms {
		next, there := merged[t.Merged]
		f.Require(t.Merged == "" || there && t.Merged != t.Code && next == "", fmt.Sprintf("terms[%d].merged_into", i), "catalogue.no_term",
			"%q is no other code of this version that stands for itself", t.Merged)
	}
	for i, t := range terms {
		if t.Parent == "" {
			continue
		}
		path := fmt.Sprintf("terms[%d].parent", i)
		if _, there := parent[t.Parent]; !there {
			f.Add(path, "catalogue.no_parent", "%q is no code of this version", t.Parent)
			continue
		}
		up := t.Parent
		for steps := 0; up != "" && up != t.Code && steps <= len(terms); steps++ {
			up = parent[up]
		}
		f.Require(up != t.Code, path, "catalogue.circle", "%q stands above itself", t.Code)
	}
}

// links holds the links of a term to a classification, and writes them the proper way.
func links(f *problem.Fields, path string, list []string, read codes.Reader) {
	for i, typed := range list {
		code, fault := read(typed)
		if fault != nil {
			f.Add(fmt.Sprintf("%s[%d]", path, i), fault.Code, "%s", fault.Message)
		}
		list[i] = code
	}
}

// known asks that what the terms take over has existed.
func known(tx *models.Tx, f *problem.Fields, kind string, terms []CatalogueTerm) error {
	earlier := []string{}
	for _, t := range terms {
		earlier = append(earlier, t.MapsTo...)
	}
	ever, err := tx.TermsEver(kind, earlier)
	for i, t := range terms {
		for j, m := range t.MapsTo {
			f.Require(ever[m], fmt.Sprintf("terms[%d].maps_to[%d]", i, j), "catalogue.no_earlier", "%q is no code of an earlier version", m)
		}
	}
	return err
}
