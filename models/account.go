package models

import "jiebang/internal/codes"

// Become lets the rest of this unit of work be done by somebody who has just proved who he
// is: signing in begins as a visitor and ends as a person. The session must be live.
func (tx *Tx) Become(who Who) error { return tx.loadActor(who) }

// AccountFor loads somebody's account for an action of an office.
func (tx *Tx) AccountFor(action Action, id UserID) (*User, error) {
	return load[User](tx, action, "usr", string(id))
}

// UsersByID reads several accounts at once.
func (tx *Tx) UsersByID(ids []UserID) (map[UserID]User, error) {
	found := map[UserID]User{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []User
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, u := range rows {
		found[u.ID] = u
	}
	return found, err
}

// FirstAccount answers whether no account exists. Two callers at the same moment do not
// both hear yes: the second waits until the first has decided.
func (tx *Tx) FirstAccount() (bool, error) {
	if _, err := tx.next("set-up"); err != nil {
		return false, err
	}
	n, err := tx.Accounts()
	return n == 0, err
}

// SiteActions lists what the actor may do without a thing to do it to.
func (tx *Tx) SiteActions() ([]Action, error) { return tx.Allowed(&place{}) }

// AlliancesLedBy lists the alliances that the given units lead.
func (tx *Tx) AlliancesLedBy(orgs ...OrgID) ([]Alliance, error) {
	list := []Alliance{}
	if len(orgs) == 0 {
		return list, nil
	}
	return list, tx.db.Where("leader_org_id in ?", orgs).Order("name, id").Find(&list).Error
}

// OperatorsLeft counts the active accounts that hold the operator's office. Callers that
// revoke one wait for each other, so that the last two cannot go at the same moment.
func (tx *Tx) OperatorsLeft() (int64, error) {
	if _, err := tx.next("operators"); err != nil {
		return 0, err
	}
	var n int64
	return n, tx.db.Raw(`select count(*) from grants g join users u on u.id = g.user_id
		where g.role = 'operator' and g.revoked_at is null and u.state = 'active'`).Scan(&n).Error
}

// Reload reads the actor's relations again, after an action that gave him one.
func (tx *Tx) Reload() error {
	return tx.loadActor(Who{User: tx.Actor.User, Session: tx.Actor.Session, System: tx.Actor.System})
}

// OrgByIDOrUSCC finds a unit by what a person has at hand: its id or its credit code. It
// answers nil when there is none.
func (tx *Tx) OrgByIDOrUSCC(text string) (*Org, error) {
	if likelyID(text, "org") {
		return take[Org](tx.db.Where("id = ?", text))
	}
	code, _, _ := codes.Credit(text)
	return tx.OrgByUSCC(code)
}
