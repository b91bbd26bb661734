package models

import (
	"time"

	"jiebang/internal/problem"
)

// QuestionsPerPerson bounds what one person may ask of one challenge.
const QuestionsPerPerson = 10

// Question (提问) is asked of an open challenge. Who asked is told nobody but himself: the owner
// must not learn who is about to bid. What it says once published may be worded anew, so that
// no phrase of it gives the asker away.
type Question struct {
	ID          QuestionID  `gorm:"column:id;primaryKey"`
	ChallengeID ChallengeID `gorm:"column:challenge_id"`
	By          UserID      `gorm:"column:asked_by"`
	Text        string      `gorm:"column:text"`   // as asked
	Public      string      `gorm:"column:public"` // as published
	Answer      string      `gorm:"column:answer"` // a draft until it is published
	AnsweredAt  *time.Time  `gorm:"column:answered_at"`
	Supplement  int         `gorm:"column:supplement_no"` // 0 until it is published
	Reason      string      `gorm:"column:reason"`        // why it was set aside, for who asked
	Life
}

func (*Question) kind() Kind               { return KindQuestion }
func (q *Question) key() string            { return string(q.ID) }
func (q *Question) challenge() ChallengeID { return q.ChallengeID }
func (q *Question) roles(tx *Tx) (Role, error) {
	r := self(tx, q.By)
	c, err := tx.Challenge(q.ChallengeID)
	if err != nil {
		return 0, err
	}
	around, err := c.roles(tx)
	return r | around&(Owner|Officer), err
}

// NewQuestion makes the actor's question about a challenge; it is not saved.
func (tx *Tx) NewQuestion(c *Challenge, text string) *Question {
	return &Question{ID: newID[QuestionID]("qst"), ChallengeID: c.ID, By: tx.Actor.User, Text: text, Public: text}
}

// QuestionFor loads a question for an action.
func (tx *Tx) QuestionFor(action Action, id QuestionID) (*Question, error) {
	return load[Question](tx, action, "qst", string(id))
}

// Question reads a question an event tells of, without asking the table.
func (tx *Tx) Question(id QuestionID) (*Question, error) { return find[Question](tx, string(id)) }

// QuestionsOf lists the questions about a challenge that the actor may see, oldest first: all
// of them for those with a part in it, else those that were answered and his own.
func (tx *Tx) QuestionsOf(c ChallengeID, all bool) ([]Question, error) {
	list := []Question{}
	q := tx.db.Where("challenge_id = ?", c)
	if !all {
		q = q.Where("(state = ? or (asked_by = ? and asked_by <> ''))", QuestionAnswered, tx.Actor.User)
	}
	return list, q.Order("created_at, id").Find(&list).Error
}

// Askers are who asked about a challenge.
func (tx *Tx) Askers(c ChallengeID) ([]UserID, error) {
	list := []UserID{}
	return list, tx.db.Model(&Question{}).Distinct("asked_by").Where("challenge_id = ?", c).Order("asked_by").Pluck("asked_by", &list).Error
}

// clarifying holds while questions are taken, for people whom a verified unit stands behind.
var clarifying = &guard{"until the end of questions, for people of a verified unit", func(tx *Tx, t thing) error {
	if err := windowOpen.ok(tx, t); err != nil {
		return err
	}
	c := t.(*Challenge)
	if c.ClarifyUntil != nil && !tx.Now.Before(*c.ClarifyUntil) {
		return problem.New(problem.Conflict, "question.too_late", "The time for questions is over.")
	}
	ok, err := tx.vouched()
	return refuse(err, !ok, "question.unverified", "Only people of a verified unit may ask; join your unit, or have it verified, first.")
}}

// vouched reports whether a verified unit stands behind the actor, himself or through a team.
func (tx *Tx) vouched() (bool, error) {
	if tx.Actor.User == "" {
		return false, nil
	}
	var n int64
	err := tx.db.Raw(`select count(*) from orgs o where o.state = ? and (
		exists (select 1 from memberships m where m.org_id = o.id and m.user_id = ? and m.ended_at is null) or
		exists (select 1 from teams t join team_members m on m.team_id = t.id where t.org_id = o.id and m.user_id = ? and m.left_at is null))`,
		OrgVerified, tx.Actor.User, tx.Actor.User).Scan(&n).Error
	return n > 0, err
}

// AskedBy counts what the actor has asked about a challenge.
func (tx *Tx) AskedBy(c ChallengeID) (int64, error) {
	var n int64
	return n, tx.db.Model(&Question{}).Where("challenge_id = ? and asked_by = ?", c, tx.Actor.User).Count(&n).Error
}
