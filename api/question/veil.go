package question

import (
	"jiebang/matching/gate"
	"jiebang/models"
)

// Masked reports whether a challenge keeps its owner from outsiders: until the award.
func Masked(c *models.Challenge) bool {
	return c.AnonymousOwner && c.State != models.ChallengeAwarded
}

// Veil takes out of a reason who the owner is; that there is a tie must be said.
func Veil(g gate.Reason) gate.Reason {
	switch {
	case g.Code == gate.Subordinate:
		g.Reason, g.ReasonEn, g.Args = "本单位与发榜方存在隶属或控股关系。", "Your unit and the owner are subordinate.", nil
	case g.Code == gate.SameOrg, g.Code == gate.Siblings, g.Code == gate.SameName:
		g.Args = nil
	}
	return g
}
