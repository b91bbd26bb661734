package question

import (
	"jiebang/matching/fit"
	"jiebang/models"
)

// Lines are the lists of several challenges over the same teams, without reasons: what is
// asked where all lists are looked at together. Teams are prepared once a province, since
// whether a unit stands in the province is asked from the challenge.
func Lines(tx *models.Tx, list []models.Challenge, teams []models.Team) ([][]fit.Line, error) {
	cat, err := Catalogue(tx)
	if err != nil {
		return nil, err
	}
	engine, err := fit.New(cat, fit.Models{})
	if err != nil {
		return nil, err
	}
	asked, err := challenges(tx, list)
	if err != nil {
		return nil, err
	}
	out, near := make([][]fit.Line, len(list)), map[string][]*fit.Prepared{}
	for i, c := range list {
		province := c.Region[:min(2, len(c.Region))]
		prepared, known := near[province]
		if !known {
			facts, err := Teams(tx, c.Region, teams)
			if err != nil {
				return nil, err
			}
			for _, t := range facts {
				prepared = append(prepared, engine.Team(t))
			}
			near[province] = prepared
		}
		out[i] = engine.List(engine.Challenge(asked[i]), prepared)
	}
	return out, nil
}
