package alliances

import (
	"time"

	"jiebang/models"
)

// Alliance is an alliance with everybody in it. Alliances are public.
type Alliance struct {
	ID             models.AllianceID `json:"id"`
	Code           string            `json:"code"`
	Name           string            `json:"name"`
	Level          string            `json:"level" enum:"province,city"`
	Tier           string            `json:"tier" enum:"demonstration,typical,general"`
	Chain          string            `json:"chain"`
	ChainZh        string            `json:"chain_zh"`
	ChainEn        string            `json:"chain_en"`
	Leader         AllianceOrg       `json:"leader"`
	Region         string            `json:"region"`
	MarketGoal     string            `json:"market_goal"`
	BenefitSharing string            `json:"benefit_sharing"`
	SignedOn       string            `json:"signed_on"`
	ValidUntil     string            `json:"valid_until"`
	Members        []AllianceMember  `json:"members"`
	State          string            `json:"state" enum:"pending,recognised"`
	Version        int64             `json:"version"`
	Actions        []models.Action   `json:"actions"`
}

// AllianceOrg is a unit in an alliance.
type AllianceOrg struct {
	ID    models.OrgID `json:"id"`
	Name  string       `json:"name"`
	Kind  string       `json:"kind"`
	City  string       `json:"city"`
	State string       `json:"state"`
}

// AllianceMember is a unit's seat. Shares are shown to the leader and to offices.
type AllianceMember struct {
	ID      models.AllianceSeat `json:"id"`
	Org     AllianceOrg         `json:"org"`
	Role    string              `json:"role" enum:"academic,enterprise,finance,intermediary,user"`
	ShareBP int                 `json:"share_bp" doc:"Share in 1/100 per cent; 0 where you may not see it"`
	Since   time.Time           `json:"since"`
}

func view(tx *models.Tx, a *models.Alliance) (*Alliance, error) {
	actions, err := tx.Allowed(a)
	if err != nil {
		return nil, err
	}
	seats, err := tx.AllianceMembers(a.ID)
	if err != nil {
		return nil, err
	}
	ids := []models.OrgID{a.Leader}
	for _, s := range seats {
		ids = append(ids, s.Org)
	}
	orgs, err := tx.OrgsByID(ids)
	if err != nil {
		return nil, err
	}
	chains, err := tx.Words("chain")
	if err != nil {
		return nil, err
	}
	inside, err := tx.Sees(models.TrailShow, a)
	if err != nil {
		return nil, err
	}
	v := &Alliance{ID: a.ID, Code: a.Code, Name: a.Name, Level: a.Level, Tier: a.Tier, Chain: a.Chain, ChainZh: chains[a.Chain].NameZh,
		ChainEn: chains[a.Chain].NameEn, Leader: unit(orgs[a.Leader]), Region: a.Region, MarketGoal: a.MarketGoal,
		BenefitSharing: a.BenefitSharing, SignedOn: a.SignedOn, ValidUntil: a.ValidUntil, State: a.State, Version: a.Version, Actions: actions}
	for _, s := range seats {
		m := AllianceMember{ID: s.ID, Org: unit(orgs[s.Org]), Role: s.Role, Since: s.Since}
		if inside {
			m.ShareBP = s.ShareBP
		}
		v.Members = append(v.Members, m)
	}
	return v, nil
}

func unit(o models.Org) AllianceOrg {
	return AllianceOrg{ID: o.ID, Name: o.Name, Kind: o.Kind, City: o.City, State: o.State}
}
