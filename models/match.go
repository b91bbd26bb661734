package models

import "slices"

// UsersOnTeams lists who is on each of some teams now, for records against a person.
func (tx *Tx) UsersOnTeams(ids []TeamID) (map[TeamID][]UserID, error) {
	found := map[TeamID][]UserID{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []TeamMember
	err := tx.db.Select("team_id", "user_id").Where("team_id in ? and left_at is null", ids).Order("team_id, user_id").Find(&rows).Error
	for _, m := range rows {
		found[m.Team] = append(found[m.Team], m.User)
	}
	return found, err
}

// TeamsOf lists the active teams of some units: what a partner can bring to a bid.
func (tx *Tx) TeamsOf(orgs ...OrgID) ([]Team, error) {
	list := []Team{}
	if len(orgs) == 0 {
		return list, nil
	}
	return list, tx.db.Where("org_id in ? and state = ?", orgs, TeamActive).Order("id").Find(&list).Error
}

// SameProvince reports whether two region codes (GB/T 2260) lie in one province.
func SameProvince(a, b string) bool {
	return len(a) == 6 && len(b) == 6 && a[:2] == b[:2]
}

// LeadsOn lists who leads each of some teams.
func (tx *Tx) LeadsOn(ids []TeamID) (map[TeamID]UserID, error) {
	found := map[TeamID]UserID{}
	for some := range slices.Chunk(ids, 1000) {
		var rows []TeamMember
		err := tx.db.Select("team_id", "user_id").Where("team_id in ? and role = 'lead' and left_at is null", some).Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, m := range rows {
			found[m.Team] = m.User
		}
	}
	return found, nil
}

// Published is the event by which a challenge was put on the list, or nil.
func (tx *Tx) Published(c *Challenge) (*Event, error) {
	return take[Event](tx.db.Where("kind = ? and thing = ? and action = ?", KindChallenge, c.ID, ChallengePublish).Order("seq desc").Limit(1))
}

// EvidenceCount counts the evidence of all teams.
func (tx *Tx) EvidenceCount() (int64, error) {
	var n int64
	return n, tx.db.Model(&Evidence{}).Count(&n).Error
}

// EvidenceTexts reads title, abstract and tags of the newest evidence that was not rejected,
// at most limit.
func (tx *Tx) EvidenceTexts(limit int) ([]Evidence, error) {
	list := []Evidence{}
	return list, tx.db.Select("id", "title", "abstract", "tags").Where("verify_state <> 'rejected'").
		Order("updated_at desc, id").Limit(limit).Find(&list).Error
}
