package models

import "time"

// KeptDiagnosis is why a challenge stayed unfilled, as it was found out when it ended: teams
// change, and the answer must stay the one that was given.
type KeptDiagnosis struct {
	Challenge ChallengeID `gorm:"column:challenge_id;primaryKey"`
	Body      string      `gorm:"column:body"`
	At        time.Time   `gorm:"column:at"`
}

// TableName is plural as all are.
func (KeptDiagnosis) TableName() string { return "diagnoses" }

// KeepDiagnosis keeps the first one that was made.
func (tx *Tx) KeepDiagnosis(c ChallengeID, body string) error {
	return tx.db.Exec("insert into diagnoses (challenge_id, body, at) values (?, ?, ?) on conflict (challenge_id) do nothing", c, body, tx.Now).Error
}

// DiagnosisOf reads what was kept, or nil.
func (tx *Tx) DiagnosisOf(c ChallengeID) (*KeptDiagnosis, error) {
	return take[KeptDiagnosis](tx.db.Where("challenge_id = ?", c))
}

// Comparables lists published challenges other than this one that share its chain or have been
// put under any of its tags, newest first, with the columns of a list.
func (tx *Tx) Comparables(c *Challenge, limit int) ([]Challenge, error) {
	list := []Challenge{}
	tags := append([]string{""}, c.Tags.V...)
	return list, tx.db.Select(listColumns).Where("id <> ? and search_no > 0 and code <> '' and state in ?", c.ID, challengePublic).
		Where("search_no in (select search_no from challenge_facets where (axis = 'chain' and value = ? and value <> '') or (axis = 'tag' and value in ?))", c.Chain, tags).
		Order("search_no desc").Limit(limit).Find(&list).Error
}

// RepostedAs finds the live challenge made from an unfilled one, or nil.
func (tx *Tx) RepostedAs(c ChallengeID) (*Challenge, error) {
	return take[Challenge](tx.db.Where("repost_of = ? and state <> ?", c, ChallengeWithdrawn).Order("created_at desc").Limit(1))
}

// SealedInBatch counts the live bids of a unit on challenges of a batch, apart from one bid.
func (tx *Tx) SealedInBatch(b *Bid, batch BatchID) (int64, error) {
	var n int64
	err := tx.db.Raw(`select count(*) from bids b join challenges c on c.id = b.challenge_id
		where c.batch_id = ? and b.org_id = ? and b.id <> ? and b.sealed_version > 0 and b.state in ?`,
		batch, b.Org, b.ID, append([]string{BidSubmitted}, bidOpened...)).Scan(&n).Error
	return n, err
}

var notReposted = &guard{"while it was not posted again", func(tx *Tx, t thing) error {
	again, err := tx.RepostedAs(ChallengeID(t.key()))
	return refuse(err, again != nil, "challenge.reposted", "This challenge was posted again already.")
}}
