package alliances

import "jiebang/models"

// SearchAlliancesInput narrows the list.
type SearchAlliancesInput struct {
	Q      string       `query:"q" maxLength:"100" doc:"Part of the name, or the code"`
	Chain  string       `query:"chain" maxLength:"60"`
	Level  string       `query:"level" enum:"province,city"`
	State  string       `query:"state" enum:"pending,recognised,suspended,dissolved"`
	Leader models.OrgID `query:"leader" maxLength:"60"`
	Cursor string       `query:"cursor" maxLength:"600"`
	Limit  int          `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// AllianceList is a page of alliances, by name.
type AllianceList struct {
	Alliances []AllianceCard `json:"alliances"`
	Next      string         `json:"next" doc:"Cursor of the next page, or empty"`
}

// AllianceCard is an alliance in a list.
type AllianceCard struct {
	ID      models.AllianceID `json:"id"`
	Code    string            `json:"code"`
	Name    string            `json:"name"`
	Level   string            `json:"level"`
	Tier    string            `json:"tier"`
	Chain   string            `json:"chain"`
	ChainZh string            `json:"chain_zh"`
	ChainEn string            `json:"chain_en"`
	Leader  AllianceOrg       `json:"leader"`
	Members int               `json:"members"`
	State   string            `json:"state"`
}

// Search lists alliances.
func Search(tx *models.Tx, in *SearchAlliancesInput) (*AllianceList, error) {
	if err := tx.May(models.AllianceSearch); err != nil {
		return nil, err
	}
	after, err := tx.Cursor("alliances", in.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := tx.AllianceSearch(models.AllianceFilter{Q: in.Q, Chain: in.Chain, Level: in.Level, State: in.State, Leader: in.Leader}, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &AllianceList{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		last := list[len(list)-1]
		out.Next = tx.Page("alliances", last.Name, string(last.ID))
	}
	return out, out.fill(tx, list)
}

func (out *AllianceList) fill(tx *models.Tx, list []models.Alliance) error {
	if len(list) == 0 {
		return nil
	}
	ids, leaders := []models.AllianceID{}, []models.OrgID{}
	for _, a := range list {
		ids, leaders = append(ids, a.ID), append(leaders, a.Leader)
	}
	orgs, err := tx.OrgsByID(leaders)
	if err != nil {
		return err
	}
	chains, err := tx.Words("chain")
	if err != nil {
		return err
	}
	seats, err := tx.AllianceMembers(ids...)
	count := map[models.AllianceID]int{}
	for _, s := range seats {
		if s.ConfirmedAt != nil {
			count[s.Alliance]++
		}
	}
	for _, a := range list {
		out.Alliances = append(out.Alliances, AllianceCard{ID: a.ID, Code: a.Code, Name: a.Name, Level: a.Level, Tier: a.Tier, Chain: a.Chain,
			ChainZh: chains[a.Chain].NameZh, ChainEn: chains[a.Chain].NameEn, Leader: unit(orgs[a.Leader]), Members: count[a.ID], State: a.State})
	}
	return err
}
