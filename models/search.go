package models

import "encoding/json"

// AllianceFilter narrows a list of alliances; what is empty narrows nothing.
type AllianceFilter struct {
	Q, Chain, Level, State string
	Leader                 OrgID
}

// AllianceSearch lists alliances by name.
func (tx *Tx) AllianceSearch(f AllianceFilter, after Cursor, limit int) ([]Alliance, error) {
	list := []Alliance{}
	s := tx.db.Model(&Alliance{})
	if f.Q != "" {
		s = s.Where("lower(name) like lower(?) escape '\\' or lower(code) = lower(?)", contains(f.Q), f.Q)
	}
	for column, value := range map[string]string{"chain": f.Chain, "level": f.Level, "state": f.State, "leader_org_id": string(f.Leader)} {
		if value != "" {
			s = s.Where(column+" = ?", value)
		}
	}
	return list, after.by(s, "name", false).Limit(limit).Find(&list).Error
}

// TeamFilter narrows a list of teams; what is empty narrows nothing.
type TeamFilter struct {
	Q, Tag, Capability, Chain string
	Org                       OrgID
}

// TeamSearch lists teams by name. Tags stand in the row as JSON, which both databases
// search as text: a tag is found by the way it is written there.
func (tx *Tx) TeamSearch(f TeamFilter, after Cursor, limit int) ([]Team, error) {
	list := []Team{}
	s := tx.db.Where("state = ?", TeamActive)
	if f.Q != "" {
		s = s.Where("lower(name) like lower(?) escape '\\' or lower(summary) like lower(?) escape '\\' or lower(code) = lower(?)",
			contains(f.Q), contains(f.Q), f.Q)
	}
	if f.Tag != "" {
		s = s.Where("domains like ? escape '\\'", contains(`"tag":`+jsonText(f.Tag)))
	}
	if f.Capability != "" {
		s = s.Where("capabilities like ? escape '\\'", contains(`"tag":`+jsonText(f.Capability)))
	}
	if f.Chain != "" {
		s = s.Where("chains like ? escape '\\'", contains(jsonText(f.Chain)))
	}
	if f.Org != "" {
		s = s.Where("org_id = ?", f.Org)
	}
	return list, after.by(s, "name", false).Limit(limit).Find(&list).Error
}

func jsonText(s string) string {
	raw, _ := json.Marshal(s) // a string always marshals
	return string(raw)
}

// HandOverTeam makes a member the lead of a team and the former lead a member.
func (tx *Tx) HandOverTeam(team TeamID, next *TeamMember) error {
	if err := tx.db.Model(&TeamMember{}).Where("team_id = ? and role = 'lead' and left_at is null", team).Update("role", "member").Error; err != nil {
		return err
	}
	next.Role = "lead"
	return tx.db.Model(next).Select("role").Updates(next).Error
}

// TermsEver reports which of the codes are terms of any version of a vocabulary.
func (tx *Tx) TermsEver(kind string, codes []string) (map[string]bool, error) {
	found := map[string]bool{}
	if len(codes) == 0 {
		return found, nil
	}
	var have []string
	err := tx.db.Model(&Term{}).Where("kind = ? and code in ?", kind, codes).Distinct().Pluck("code", &have).Error
	for _, c := range have {
		found[c] = true
	}
	return found, err
}

// FileOf reports whether a stored file belongs to a thing.
func (tx *Tx) FileOf(kind Kind, id string, file DocumentID) (bool, error) {
	d, err := take[Document](tx.db.Where("id = ? and owner_kind = ? and owner_id = ? and state = ?", file, kind, id, DocumentStored))
	return d != nil, err
}
