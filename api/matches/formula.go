package matches

import (
	"maps"
	"slices"
	"time"

	"jiebang/api/question"
	"jiebang/matching/fit"
	"jiebang/models"
)

// MatchFormula is how matches are scored: policy, open to everybody.
type MatchFormula struct {
	Version   string        `json:"formula" doc:"Version of the weights"`
	Parts     []FormulaPart `json:"parts" doc:"What each part weighs; together 1"`
	Kinds     []FormulaKind `json:"kinds" doc:"What kinds of evidence are worth, and how fast that fades"`
	Rules     []FormulaRule `json:"rules" doc:"The other numbers of the formula"`
	Bands     []FormulaBand `json:"bands" doc:"The words for a score"`
	Reference FormulaScale  `json:"reference" doc:"What a score is compared with"`
	Trained   *FormulaModel `json:"trained,omitempty" doc:"What the pool itself has taught; absent before the first training"`
}

// FormulaPart is one part of a score.
type FormulaPart struct {
	Part   string  `json:"part"`
	Weight float64 `json:"weight"`
}

// FormulaKind is a kind of evidence.
type FormulaKind struct {
	Kind     string  `json:"kind"`
	Worth    float64 `json:"worth" doc:"0 to 1"`
	HalfLife float64 `json:"half_life_years" doc:"0 never fades"`
}

// FormulaRule is a constant of the formula by its name there.
type FormulaRule struct {
	Rule  string  `json:"rule"`
	Value float64 `json:"value"`
}

// FormulaBand is the least score of a band.
type FormulaBand struct {
	Band string  `json:"band" enum:"strong,good,fair,weak"`
	From float64 `json:"from"`
}

// FormulaScale says how the weighed sum of the parts becomes a score: the share of reference
// pairs below it.
type FormulaScale struct {
	Version string            `json:"reference_version"`
	Pairs   int               `json:"pairs" doc:"Pairs of the pool that were drawn; 0 is the shipped table"`
	Points  []FormulaQuantile `json:"points"`
}

// FormulaQuantile is one point of the scale.
type FormulaQuantile struct {
	Share float64 `json:"share" doc:"Of the pairs that lie below"`
	Z     float64 `json:"z" doc:"The weighed sum, 0 to 1"`
}

// FormulaModel tells of the newest training.
type FormulaModel struct {
	Version string    `json:"model_version"`
	Texts   int64     `json:"texts" doc:"Pieces of evidence it has read"`
	At      time.Time `json:"trained_at"`
}

// Formula prints the policy by which matches are scored now.
func Formula(tx *models.Tx, _ *struct{}) (*MatchFormula, error) {
	if err := tx.May(models.MatchFormula); err != nil {
		return nil, err
	}
	p, err := question.Policy(tx)
	if err != nil {
		return nil, err
	}
	out := &MatchFormula{Version: p.Weights.Version, Reference: FormulaScale{Version: p.Reference.Version, Pairs: p.Reference.Pairs}}
	for _, v := range p.Weights.Parts() {
		out.Parts = append(out.Parts, FormulaPart{v.Name, v.Value})
	}
	for _, kind := range slices.Sorted(maps.Keys(p.Weights.Kinds)) {
		k := p.Weights.Kinds[kind]
		out.Kinds = append(out.Kinds, FormulaKind{kind, k.Worth, k.HalfLife})
	}
	for _, v := range p.Weights.Rules() {
		out.Rules = append(out.Rules, FormulaRule{v.Name, v.Value})
	}
	for i, z := range p.Reference.Z {
		out.Reference.Points = append(out.Reference.Points, FormulaQuantile{fit.Levels[i], z})
	}
	for _, b := range fit.Bands {
		out.Bands = append(out.Bands, FormulaBand{b.Name, b.From})
	}
	if p.Trained != nil {
		out.Trained = &FormulaModel{p.Trained.Version, p.Trained.Texts, p.Trained.Trained}
	}
	return out, nil
}
