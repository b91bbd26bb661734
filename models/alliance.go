package models

// Alliance is a union of industry, universities and research (产学研联盟): a firm leads it
// (盟主) and posts challenges for it.
type Alliance struct {
	ID             AllianceID `gorm:"column:id;primaryKey"`
	Code           string     `gorm:"column:code"`
	Name           string     `gorm:"column:name"`
	Level          string     `gorm:"column:level"` // province, city
	Tier           string     `gorm:"column:tier"`  // demonstration, typical, general
	Chain          string     `gorm:"column:chain"`
	Leader         OrgID      `gorm:"column:leader_org_id"`
	Region         string     `gorm:"column:region"`
	MarketGoal     string     `gorm:"column:market_goal"`
	BenefitSharing string     `gorm:"column:benefit_sharing"`
	SignedOn       string     `gorm:"column:signed_on"`    // date of the agreement
	ValidUntil     string     `gorm:"column:valid_until"`  // date, or ""
	Reason         string     `gorm:"column:state_reason"` // why it was suspended or dissolved; public
	Life
}

func (*Alliance) kind() Kind    { return KindAlliance }
func (a *Alliance) key() string { return string(a.ID) }
func (a *Alliance) roles(tx *Tx) (Role, error) {
	r := tx.Actor.officeOf(a.Region)
	if a.Level == "city" && r == City { // of its own alliances a city decides itself
		r = Officer
	}
	if tx.Actor.Administers(a.Leader) {
		r |= Owner
	}
	orgs := []OrgID{}
	for org := range tx.Actor.Orgs {
		if tx.Actor.Administers(org) {
			orgs = append(orgs, org)
		}
	}
	if len(orgs) == 0 {
		return r, nil
	}
	var seats int64
	err := tx.db.Raw(`select (select count(*) from alliance_members where alliance_id = ? and org_id in ? and until is null)
		+ (select count(*) from alliance_transfers where alliance_id = ? and to_org_id in ? and state in ('proposed', 'accepted'))`,
		a.ID, orgs, a.ID, orgs).Scan(&seats).Error
	if seats > 0 {
		r |= Institution
	}
	return r, err
}

// NewAlliance makes an alliance with a fresh id; it is not saved.
func NewAlliance() *Alliance { return &Alliance{ID: newID[AllianceID]("all")} }

// AllianceFor loads an alliance for an action.
func (tx *Tx) AllianceFor(action Action, id AllianceID) (*Alliance, error) {
	return load[Alliance](tx, action, "all", string(id))
}

// Alliance reads an alliance that something else refers to; alliances are public.
func (tx *Tx) Alliance(id AllianceID) (*Alliance, error) { return find[Alliance](tx, string(id)) }

// AlliancesByID reads several alliances at once.
func (tx *Tx) AlliancesByID(ids []AllianceID) (map[AllianceID]Alliance, error) {
	found := map[AllianceID]Alliance{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Alliance
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, a := range rows {
		found[a.ID] = a
	}
	return found, err
}

// AlliancePage lists alliances by name; leader narrows to those a unit leads.
func (tx *Tx) AlliancePage(q string, leader OrgID, after Cursor, limit int) ([]Alliance, error) {
	list := []Alliance{}
	s := tx.db.Model(&Alliance{})
	if q != "" {
		s = s.Where("name like ? escape '\\'", contains(q))
	}
	if leader != "" {
		s = s.Where("leader_org_id = ?", leader)
	}
	return list, after.by(s, "name", false).Limit(limit).Find(&list).Error
}
