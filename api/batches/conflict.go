package batches

import (
	"fmt"
	"slices"

	"jiebang/internal/problem"
	"jiebang/matching/conflict"
	"jiebang/models"
)

// wrongRules puts on f what is wrong with a batch's own rules of conflict.
func wrongRules(f *problem.Fields, own []models.ConflictRule) {
	known, seen := conflict.Defaults(), map[string]bool{}
	for i, r := range own {
		path := fmt.Sprintf("conflict_rules[%d]", i)
		f.Require(slices.ContainsFunc(known, func(k conflict.Rule) bool { return k.Code == r.Code }), path+".code", "batch.unknown_conflict_rule", "is no rule of conflict; the platform's own are listed with the batch")
		f.Require(!seen[r.Code], path+".code", "field.twice", "%q stands in the list already", r.Code)
		f.Require(!slices.Contains(conflict.Fixed, r.Code) || r.Hard && !r.Off, path, "batch.fixed_conflict_rule", "cannot be softened or left out: nobody judges himself, his rivals, his own unit or against his own word")
		seen[r.Code] = true
	}
}
