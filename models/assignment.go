package models

import (
	"time"

	"jiebang/internal/problem"
)

// Panel is one draw of experts for a challenge (评审组): its seed, the list it was drawn
// from and the result, kept so that anybody can draw it again.
type Panel struct {
	ID        PanelID     `gorm:"column:id;primaryKey"`
	Challenge ChallengeID `gorm:"column:challenge_id"`
	Seq       int         `gorm:"column:seq"`
	Seed      string      `gorm:"column:seed"`
	Question  string      `gorm:"column:question"` // what the engine was asked, as JSON
	Result    string      `gorm:"column:result"`   // what it answered, as JSON
	Digest    string      `gorm:"column:digest"`   // of the list of eligible experts
	Engine    string      `gorm:"column:engine"`   // version of the engine
	Excluded  string      `gorm:"column:excluded"` // who was left out beforehand and why, as JSON
	Reason    string      `gorm:"column:reason"`   // why it was drawn again
	DrawnBy   UserID      `gorm:"column:drawn_by"`
	DrawnAt   time.Time   `gorm:"column:drawn_at"`
}

// AddPanel keeps a draw as the challenge's newest.
func (tx *Tx) AddPanel(p *Panel) error {
	last, err := tx.PanelOf(p.Challenge)
	if err != nil {
		return err
	}
	p.ID, p.Seq, p.DrawnBy, p.DrawnAt = newID[PanelID]("pnl"), 1, tx.Actor.User, tx.Now
	if last != nil {
		p.Seq = last.Seq + 1
	}
	return tx.db.Create(p).Error
}

// PanelOf reads the newest draw for a challenge, or nil.
func (tx *Tx) PanelOf(c ChallengeID) (*Panel, error) {
	return take[Panel](tx.db.Where("challenge_id = ?", c).Order("seq desc").Limit(1))
}

// Assignment gives a bid to an expert (评审分配).
type Assignment struct {
	ID          AssignmentID `gorm:"column:id;primaryKey"`
	ChallengeID ChallengeID  `gorm:"column:challenge_id"`
	Bid         BidID        `gorm:"column:bid_id"`
	Expert      ExpertID     `gorm:"column:expert_id"`
	User        UserID       `gorm:"column:user_id"` // the expert's account
	Fit         float64      `gorm:"column:fit"`
	Position    int          `gorm:"column:position"`    // order in which this expert reads, by a seeded shuffle
	DeclaredAt  *time.Time   `gorm:"column:declared_at"` // when he declared himself free of conflict, or left
	Reason      string       `gorm:"column:state_reason"`
	Instead     AssignmentID `gorm:"column:instead_of"` // the assignment this one replaces
	Life
}

func (*Assignment) kind() Kind               { return KindAssignment }
func (a *Assignment) key() string            { return string(a.ID) }
func (a *Assignment) challenge() ChallengeID { return a.ChallengeID }
func (a *Assignment) roles(tx *Tx) (Role, error) {
	var r Role
	if tx.Actor.Expert != "" && tx.Actor.Expert == a.Expert {
		r |= Self
	}
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return 0, err
	}
	office, err := c.office(tx)
	return r | office, err
}

// NewAssignment makes an assignment with a fresh id; it is not saved.
func NewAssignment(c ChallengeID, b BidID, e *Expert, fit float64, position int) *Assignment {
	return &Assignment{ID: newID[AssignmentID]("asg"), ChallengeID: c, Bid: b, Expert: e.ID, User: e.User, Fit: fit, Position: position}
}

// AssignmentFor loads an assignment for an action.
func (tx *Tx) AssignmentFor(action Action, id AssignmentID) (*Assignment, error) {
	return load[Assignment](tx, action, "asg", string(id))
}

// AssignmentsOf lists the assignments of a challenge, by bid and expert.
func (tx *Tx) AssignmentsOf(c ChallengeID) ([]Assignment, error) {
	list := []Assignment{}
	return list, tx.db.Where("challenge_id = ?", c).Order("bid_id, expert_id, created_at, id").Find(&list).Error
}

// MyAssignments lists the actor's assignments in the order he is to read them.
func (tx *Tx) MyAssignments() ([]Assignment, error) {
	list := []Assignment{}
	if tx.Actor.Expert == "" {
		return list, nil
	}
	return list, tx.db.Where("expert_id = ?", tx.Actor.Expert).Order("challenge_id, position, id").Limit(500).Find(&list).Error
}

// Review is one expert's scores and reasons for one bid (评审意见).
type Review struct {
	ID          ReviewID            `gorm:"column:id;primaryKey"`
	Assignment  AssignmentID        `gorm:"column:assignment_id"`
	ChallengeID ChallengeID         `gorm:"column:challenge_id"`
	Bid         BidID               `gorm:"column:bid_id"`
	Expert      ExpertID            `gorm:"column:expert_id"`
	Scores      JSON[[]Score]       `gorm:"column:scores"`
	Knockouts   JSON[[]IndicatorID] `gorm:"column:knockouts"` // indicators that fail in the expert's eyes
	Confidence  int                 `gorm:"column:confidence"`
	Recommend   bool                `gorm:"column:recommend"`
	Comment     string              `gorm:"column:comment"`
	Total       float64             `gorm:"column:total"`
	State       string              `gorm:"column:state"`
	SavedAt     time.Time           `gorm:"column:saved_at"`
	SubmittedAt *time.Time          `gorm:"column:submitted_at"`
}

// Score is the points for one criterion, at most its weight, with reasons.
type Score struct {
	Criterion string  `json:"criterion" minLength:"1" maxLength:"40"`
	Points    float64 `json:"points" minimum:"0" maximum:"100"`
	Comment   string  `json:"comment" maxLength:"2000"`
}

// ReviewOf reads the sheet of an assignment, or nil.
func (tx *Tx) ReviewOf(a AssignmentID) (*Review, error) {
	return take[Review](tx.db.Where("assignment_id = ?", a))
}

// SaveReview writes the sheet of an assignment, new or again. A submitted sheet is never
// written over.
func (tx *Tx) SaveReview(a *Assignment, r *Review) error {
	r.Assignment, r.ChallengeID, r.Bid, r.Expert, r.SavedAt = a.ID, a.ChallengeID, a.Bid, a.Expert, tx.Now
	if r.ID == "" {
		r.ID = newID[ReviewID]("rev")
		return tx.db.Create(r).Error
	}
	done := tx.db.Model(r).Where("state = ?", ReviewDraft).Select("*").Updates(r)
	if done.Error == nil && done.RowsAffected == 0 {
		return problem.New(problem.Conflict, "review.submitted", "The sheet is submitted and cannot be changed.")
	}
	return done.Error
}

// ReviewsOf lists the submitted sheets of a challenge whose assignments still stand.
func (tx *Tx) ReviewsOf(c ChallengeID) ([]Review, error) {
	list := []Review{}
	return list, tx.db.Raw(`select r.* from reviews r join assignments a on a.id = r.assignment_id
		where r.challenge_id = ? and r.state = 'submitted' and a.state = 'submitted' order by r.bid_id, r.expert_id`, c).Scan(&list).Error
}

// Satisfaction is the owner's own word on a bid (需求方满意度): 0–100, or a veto with reasons.
type Satisfaction struct {
	ID        SatisfactID `gorm:"column:id;primaryKey"`
	Challenge ChallengeID `gorm:"column:challenge_id"`
	Bid       BidID       `gorm:"column:bid_id"`
	Points    float64     `gorm:"column:points"`
	Veto      bool        `gorm:"column:veto"`
	Choice    bool        `gorm:"column:choice"` // the owner's choice, where the owner selects
	Reason    string      `gorm:"column:reason"`
	By        UserID      `gorm:"column:given_by"`
	At        time.Time   `gorm:"column:given_at"`
}

// SetSatisfaction writes the owner's word on a bid, new or again.
func (tx *Tx) SetSatisfaction(s Satisfaction) error {
	s.ID, s.By, s.At = newID[SatisfactID]("sat"), tx.Actor.User, tx.Now
	if err := tx.db.Where("bid_id = ?", s.Bid).Delete(&Satisfaction{}).Error; err != nil {
		return err
	}
	return tx.db.Create(&s).Error
}

// SatisfactionOf lists the owner's words on the bids of a challenge.
func (tx *Tx) SatisfactionOf(c ChallengeID) ([]Satisfaction, error) {
	list := []Satisfaction{}
	return list, tx.db.Where("challenge_id = ?", c).Order("bid_id").Find(&list).Error
}
