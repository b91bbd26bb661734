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
	State          string            `json:"state" enum:"pending,recognised,suspended,dissolved"`
	StateReason    string            `json:"state_reason" doc:"Why it was suspended or dissolved"`
	SharesBP       int               `json:"shares_bp" doc:"All members' shares together in 1/100 per cent; the rest is the leader's. 0 where you may not see it"`
	Transfer       *AllianceTransfer `json:"transfer,omitempty" doc:"The transfer of the lead under way; shown to those inside"`
	Assessments    []AllianceYear    `json:"assessments" doc:"Yearly judgements, newest first; public"`
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

// AllianceMember is a unit's seat. Shares are shown to the leader, members and offices.
type AllianceMember struct {
	ID      models.AllianceSeat `json:"id"`
	Org     AllianceOrg         `json:"org"`
	Role    string              `json:"role" enum:"academic,enterprise,finance,intermediary,user"`
	ShareBP int                 `json:"share_bp" doc:"Share in 1/100 per cent; 0 where you may not see it"`
	Since   time.Time           `json:"since"`

	Confirmed bool `json:"confirmed" doc:"The unit itself has confirmed its seat; seats that are not are shown to those inside"`
	Mine      bool `json:"mine" doc:"You may answer for this seat"`
}

// AllianceTransfer is the lead on its way to another firm.
type AllianceTransfer struct {
	From       AllianceOrg `json:"from"`
	To         AllianceOrg `json:"to"`
	Reason     string      `json:"reason"`
	State      string      `json:"state" enum:"proposed,accepted"`
	ProposedAt time.Time   `json:"proposed_at"`
	Mine       bool        `json:"mine" doc:"You may accept or decline it"`
}

// AllianceYear is the judgement of a year.
type AllianceYear struct {
	Year      int       `json:"year"`
	Score     int       `json:"score"`
	Grade     string    `json:"grade" enum:"excellent,good,pass,fail"`
	Opinion   string    `json:"opinion"`
	CreatedAt time.Time `json:"created_at"`
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
	transfer, err := tx.OpenTransfer(a.ID)
	if err != nil {
		return nil, err
	}
	if transfer != nil {
		ids = append(ids, transfer.To)
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
		BenefitSharing: a.BenefitSharing, SignedOn: a.SignedOn, ValidUntil: a.ValidUntil, State: a.State, StateReason: a.Reason, Version: a.Version, Actions: actions}
	for _, s := range seats {
		m := AllianceMember{ID: s.ID, Org: unit(orgs[s.Org]), Role: s.Role, Since: s.Since, Confirmed: s.ConfirmedAt != nil, Mine: tx.Actor.Administers(s.Org)}
		if inside {
			m.ShareBP = s.ShareBP
			v.SharesBP += s.ShareBP
		}
		if inside || m.Confirmed {
			v.Members = append(v.Members, m)
		}
	}
	if inside && transfer != nil {
		v.Transfer = &AllianceTransfer{From: unit(orgs[transfer.From]), To: unit(orgs[transfer.To]), Reason: transfer.Reason, State: transfer.State,
			ProposedAt: transfer.ProposedAt, Mine: tx.Actor.Administers(transfer.To)}
	}
	years, err := tx.Assessments(a.ID)
	for _, y := range years {
		v.Assessments = append(v.Assessments, AllianceYear{Year: y.Year, Score: y.Score, Grade: y.Grade, Opinion: y.Opinion, CreatedAt: y.CreatedAt})
	}
	return v, err
}

func unit(o models.Org) AllianceOrg {
	return AllianceOrg{ID: o.ID, Name: o.Name, Kind: o.Kind, City: o.City, State: o.State}
}
