package models

// Live reports whether the assignment still counts: its expert was asked, accepted or is done.
func (a Assignment) Live() bool {
	return a.State == AssignmentInvited || a.State == AssignmentAccepted || a.State == AssignmentDone
}

// Aside reports whether the expert stepped aside or was replaced. An invitation that a new
// draw took back does not count: nobody had answered it.
func (a Assignment) Aside() bool { return !a.Live() && a.DeclaredAt != nil }

// MembershipsOf lists which units some people belong or belonged to, for conflicts.
func (tx *Tx) MembershipsOf(users []UserID) ([]Membership, error) {
	list := []Membership{}
	if len(users) == 0 {
		return list, nil
	}
	return list, tx.db.Where("user_id in ?", users).Order("user_id, org_id, id").Find(&list).Error
}

// TeamSeatsOf lists which teams some people are or were on, for conflicts.
func (tx *Tx) TeamSeatsOf(users []UserID) ([]TeamMember, error) {
	list := []TeamMember{}
	if len(users) == 0 {
		return list, nil
	}
	return list, tx.db.Where("user_id in ?", users).Order("user_id, team_id, id").Find(&list).Error
}

// OpenedEnvelopes reads the live envelopes of some opened bids. The caller has them from
// OpenedBids, so nothing sealed can be among them.
func (tx *Tx) OpenedEnvelopes(bids []Bid) (map[BidID]Envelope, error) {
	found := map[BidID]Envelope{}
	ids := make([]BidID, 0, len(bids))
	for _, b := range bids {
		ids = append(ids, b.ID)
	}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Envelope
	err := tx.db.Raw(`select e.* from envelopes e join bids b on b.id = e.bid_id
		where e.bid_id in ? and e.ended_at is null and b.state in ?`, ids, bidOpened).Scan(&rows).Error
	for _, e := range rows {
		found[e.Bid] = e
	}
	return found, err
}

// SheetsOf lists every sheet of a challenge, drafts included, without scores and words: who
// has begun and who is done.
func (tx *Tx) SheetsOf(c ChallengeID) ([]Review, error) {
	list := []Review{}
	return list, tx.db.Select("id", "assignment_id", "bid_id", "expert_id", "state", "saved_at", "submitted_at").
		Where("challenge_id = ?", c).Order("bid_id, expert_id").Find(&list).Error
}

// Experts judge apart from each other: nobody reads a sheet, not even a total, while one of
// the challenge is still out.
var sheetsIn = &guard{"once every sheet of the challenge is in", func(tx *Tx, t thing) error {
	c, err := tx.challengeOf(t)
	if err != nil {
		return err
	}
	var out, in int64
	if err := tx.db.Model(&Assignment{}).Where("challenge_id = ? and state in ?", c.ID,
		[]string{AssignmentInvited, AssignmentAccepted}).Count(&out).Error; err != nil {
		return err
	}
	err = tx.db.Model(&Assignment{}).Where("challenge_id = ? and state = ?", c.ID, AssignmentDone).Limit(1).Count(&in).Error
	return refuse(err, out > 0 || in == 0, "review.not_all_in", "The sheets stay closed until every expert has submitted his.")
}}

// Replant writes a row back as it stands, past the table and without an event; see Plant.
func (tx *Tx) Replant(t thing) error { return tx.save(t) }

// RankingsOf lists every ranking of a challenge in the order they were computed.
func (tx *Tx) RankingsOf(c ChallengeID) ([]Ranking, error) {
	list := []Ranking{}
	return list, tx.db.Where("challenge_id = ?", c).Order("seq").Find(&list).Error
}
