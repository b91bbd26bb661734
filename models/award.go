package models

import "time"

// Ranking is one computed order of the bids, kept as evidence: what the engine was asked,
// what it answered, and which version answered.
type Ranking struct {
	ID         RankingID   `gorm:"column:id;primaryKey"`
	Challenge  ChallengeID `gorm:"column:challenge_id"`
	Seq        int         `gorm:"column:seq"`
	Engine     string      `gorm:"column:engine"`
	Input      string      `gorm:"column:input"`
	Output     string      `gorm:"column:output"`
	Digest     string      `gorm:"column:digest"` // of input and output
	ComputedBy UserID      `gorm:"column:computed_by"`
	ComputedAt time.Time   `gorm:"column:computed_at"`
}

// AddRanking keeps a ranking as the challenge's newest.
func (tx *Tx) AddRanking(r *Ranking) error {
	last, err := tx.LatestRanking(r.Challenge)
	if err != nil {
		return err
	}
	r.ID, r.Seq, r.ComputedBy, r.ComputedAt = newID[RankingID]("rnk"), 1, tx.Actor.User, tx.Now
	if last != nil {
		r.Seq = last.Seq + 1
	}
	return tx.db.Create(r).Error
}

// LatestRanking reads the newest ranking of a challenge, or nil.
func (tx *Tx) LatestRanking(c ChallengeID) (*Ranking, error) {
	return take[Ranking](tx.db.Where("challenge_id = ?", c).Order("seq desc").Limit(1))
}

// Award says that a bid wins a lane of a challenge (中榜), or stands in reserve (备选). The
// database keeps one award per challenge and lane, whatever the code does.
type Award struct {
	ID        AwardID     `gorm:"column:id;primaryKey"`
	Challenge ChallengeID `gorm:"column:challenge_id"`
	Bid       BidID       `gorm:"column:bid_id"`
	Kind      string      `gorm:"column:kind"`  // award, reserve
	Lane      int         `gorm:"column:lane"`  // 1 for a single award; reserves count from 1 on their own
	State     string      `gorm:"column:state"` // proposed, decided, dropped
	Reason    string      `gorm:"column:reason"`
	CreatedAt time.Time   `gorm:"column:created_at;autoCreateTime:false"`
	DecidedAt *time.Time  `gorm:"column:decided_at"`
}

// Propose writes a proposed award or reserve.
func (tx *Tx) Propose(a Award) error {
	a.ID, a.State, a.CreatedAt = newID[AwardID]("awd"), "proposed", tx.Now
	return tx.db.Create(&a).Error
}

// AwardsOf lists the awards and reserves of a challenge that stand.
func (tx *Tx) AwardsOf(c ChallengeID) ([]Award, error) {
	list := []Award{}
	return list, tx.db.Where("challenge_id = ? and state <> 'dropped'", c).Order("kind, lane").Find(&list).Error
}

// DropAwards takes the proposals of a challenge back.
func (tx *Tx) DropAwards(c ChallengeID) error {
	return tx.db.Model(&Award{}).Where("challenge_id = ? and state = 'proposed'", c).Update("state", "dropped").Error
}

// DecideAwards makes the proposals of a challenge final.
func (tx *Tx) DecideAwards(c ChallengeID) error {
	return tx.db.Model(&Award{}).Where("challenge_id = ? and state = 'proposed'", c).
		Updates(map[string]any{"state": "decided", "decided_at": tx.Now}).Error
}

// Objection is a protest under a real name during the publicity (异议).
type Objection struct {
	ID          ObjectionID        `gorm:"column:id;primaryKey"`
	Code        string             `gorm:"column:code"`
	ChallengeID ChallengeID        `gorm:"column:challenge_id"`
	User        UserID             `gorm:"column:user_id"`
	Name        string             `gorm:"column:name"`
	Contact     string             `gorm:"column:contact"`
	Text        string             `gorm:"column:text"`
	Documents   JSON[[]DocumentID] `gorm:"column:documents"`
	DueAt       time.Time          `gorm:"column:due_at"`
	Decision    string             `gorm:"column:decision"`
	DecidedBy   UserID             `gorm:"column:decided_by"`
	DecidedAt   *time.Time         `gorm:"column:decided_at"`
	Life
}

func (*Objection) kind() Kind               { return KindObjection }
func (o *Objection) key() string            { return string(o.ID) }
func (o *Objection) challenge() ChallengeID { return o.ChallengeID }
func (o *Objection) roles(tx *Tx) (Role, error) {
	var r Role
	if tx.Actor.User != "" && tx.Actor.User == o.User {
		r |= Self
	}
	c, err := tx.Challenge(o.ChallengeID)
	if err != nil {
		return 0, err
	}
	office, err := c.office(tx)
	return r | office, err
}

// NewObjection makes an objection with a fresh id; it is not saved.
func NewObjection(c *Challenge) *Objection {
	return &Objection{ID: newID[ObjectionID]("obj"), ChallengeID: c.ID}
}

// ObjectionFor loads an objection for an action.
func (tx *Tx) ObjectionFor(action Action, id ObjectionID) (*Objection, error) {
	return load[Objection](tx, action, "obj", string(id))
}

// ObjectionsOf lists the objections to a challenge, oldest first.
func (tx *Tx) ObjectionsOf(c ChallengeID) ([]Objection, error) {
	list := []Objection{}
	return list, tx.db.Where("challenge_id = ?", c).Order("created_at, id").Find(&list).Error
}
