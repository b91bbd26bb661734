package catalogue

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"jiebang/models"
)

// starterFile holds the catalogues a fresh installation can begin with: each a published
// version named by its year, with its source.
//
//go:embed starter.json
var starterFile []byte

type starterVersion struct {
	Kind   string          `json:"kind"`
	Code   string          `json:"code"`
	NameZh string          `json:"name_zh"`
	NameEn string          `json:"name_en"`
	From   string          `json:"valid_from"`
	Source string          `json:"source"`
	Terms  []CatalogueTerm `json:"terms"`
}

func starter() ([]starterVersion, error) {
	var list []starterVersion
	d := json.NewDecoder(bytes.NewReader(starterFile))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("read the shipped catalogues: %w", err)
	}
	return list, nil
}

// lackingKinds are the vocabularies that the starter has and the site has no version of.
func lackingKinds(all []models.Catalogue) ([]string, error) {
	list, err := starter()
	kinds := []string{}
	for _, v := range list {
		there := slices.ContainsFunc(all, func(c models.Catalogue) bool { return c.Kind == v.Kind })
		if !there && !slices.Contains(kinds, v.Kind) {
			kinds = append(kinds, v.Kind)
		}
	}
	return kinds, err
}

// LoadStarterInput needs nothing.
type LoadStarterInput struct{}

// StarterLoaded says what was loaded, and which vocabularies had versions already and were
// left alone.
type StarterLoaded struct {
	Loaded []Catalogue `json:"loaded"`
	Kept   []string    `json:"kept" doc:"Kinds that have a version already, draft or published"`
}

// LoadStarter puts the shipped catalogues into force. A vocabulary of which there is any
// version, a draft even, is left alone: nothing is loaded twice or over what somebody made.
func LoadStarter(tx *models.Tx, _ *LoadStarterInput) (*StarterLoaded, error) {
	if err := tx.May(models.CatalogueLoad); err != nil {
		return nil, err
	}
	all, err := tx.Catalogues()
	if err != nil {
		return nil, err
	}
	lacking, err := lackingKinds(all)
	if err != nil {
		return nil, err
	}
	out := &StarterLoaded{}
	list, err := starter()
	if err != nil {
		return nil, err
	}
	for _, v := range list {
		if !slices.Contains(lacking, v.Kind) {
			if !slices.Contains(out.Kept, v.Kind) {
				out.Kept = append(out.Kept, v.Kind)
			}
			continue
		}
		c := models.NewCatalogue()
		c.Kind, c.Code, c.NameZh, c.NameEn, c.From, c.Source = v.Kind, v.Code, v.NameZh, v.NameEn, v.From, v.Source
		if err := tx.Make(models.CatalogueLoad, tx.Site(), c, models.Note{Data: map[string]any{"terms": len(v.Terms)}}); err != nil {
			return nil, err
		}
		if err := tx.AddTerms(c, rows(v.Terms)); err != nil {
			return nil, err
		}
		shown, err := view(tx, c)
		if err != nil {
			return nil, err
		}
		out.Loaded = append(out.Loaded, *shown)
	}
	return out, nil
}
