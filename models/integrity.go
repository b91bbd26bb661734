package models

import (
	"strings"
	"time"

	"jiebang/internal/problem"
)

// Integrity is a record of a breach of research integrity with its period (科研诚信记录). It
// names one subject. The gates read it by its dates: nothing has to run for it to end.
type Integrity struct {
	ID         IntegrityID `gorm:"column:id;primaryKey"`
	Org        OrgID       `gorm:"column:org_id"`
	Team       TeamID      `gorm:"column:team_id"`
	User       UserID      `gorm:"column:user_id"`
	Expert     ExpertID    `gorm:"column:expert_id"`
	Act        string      `gorm:"column:act"`
	Basis      string      `gorm:"column:basis"`
	Body       string      `gorm:"column:body"` // who decided it
	Since      time.Time   `gorm:"column:since"`
	Until      time.Time   `gorm:"column:until"`
	RecordedBy UserID      `gorm:"column:recorded_by"`
	Appeal     string      `gorm:"column:appeal"`
	AppealedBy UserID      `gorm:"column:appealed_by"`
	AppealedAt *time.Time  `gorm:"column:appealed_at"`
	Answer     string      `gorm:"column:answer"`
	AnsweredBy UserID      `gorm:"column:answered_by"`
	AnsweredAt *time.Time  `gorm:"column:answered_at"`
	Life
}

// TableName keeps the field's word.
func (Integrity) TableName() string { return "integrity_records" }

func (*Integrity) kind() Kind    { return KindIntegrity }
func (r *Integrity) key() string { return string(r.ID) }
func (r *Integrity) roles(tx *Tx) (Role, error) {
	var have Role
	if len(tx.Actor.Regions) > 0 {
		have |= Officer
	}
	lead := tx.Actor.Teams[r.Team]
	if r.User != "" && r.User == tx.Actor.User || r.Expert != "" && r.Expert == tx.Actor.Expert || tx.Actor.Administers(r.Org) || lead {
		have |= Self
	}
	if r.Team != "" && !lead {
		t, err := tx.TeamsByID([]TeamID{r.Team})
		if err != nil {
			return 0, err
		}
		if home := t[r.Team]; tx.Actor.Administers(home.Org) {
			have |= Self
		}
	}
	return have, nil
}

// NewIntegrity makes a record with a fresh id; it is not saved.
func NewIntegrity() *Integrity { return &Integrity{ID: newID[IntegrityID]("itg")} }

// IntegrityFor loads a record for an action.
func (tx *Tx) IntegrityFor(action Action, id IntegrityID) (*Integrity, error) {
	return load[Integrity](tx, action, "itg", string(id))
}

// AddIntegrity records a breach whose history is not this platform's own.
func (tx *Tx) AddIntegrity(r Integrity) error {
	r.ID, r.State, r.Version, r.CreatedAt, r.UpdatedAt = newID[IntegrityID]("itg"), IntegrityInForceState, 1, tx.Now, tx.Now
	return tx.db.Create(&r).Error
}

// IntegrityInForce lists the records whose period covers now.
func (tx *Tx) IntegrityInForce() ([]Integrity, error) {
	list := []Integrity{}
	return list, tx.db.Where("since <= ? and until > ? and state <> ?", tx.Now, tx.Now, IntegrityRevoked).Order("id").Find(&list).Error
}

// IntegrityOver lists the records whose period has ended and of which nobody was told yet.
func (tx *Tx) IntegrityOver() ([]IntegrityID, error) {
	list := []IntegrityID{}
	return list, tx.db.Model(&Integrity{}).Where("until <= ? and state in ?", tx.Now, from(IntegrityInForceState, IntegrityAppealed)).
		Order("id").Limit(500).Pluck("id", &list).Error
}

// IntegrityFilter narrows the register.
type IntegrityFilter struct {
	State string
	Mine  bool // only what names the actor, his units or teams
}

// IntegrityPage lists records, newest first.
func (tx *Tx) IntegrityPage(f IntegrityFilter, after Cursor, limit int) ([]Integrity, error) {
	list := []Integrity{}
	q := tx.db.Model(&Integrity{})
	if f.State != "" {
		q = q.Where("state = ?", f.State)
	}
	if f.Mine {
		orgs, teams := []OrgID{""}, []TeamID{""}
		for id := range tx.Actor.Orgs {
			if tx.Actor.Administers(id) {
				orgs = append(orgs, id)
			}
		}
		for id, lead := range tx.Actor.Teams {
			if lead {
				teams = append(teams, id)
			}
		}
		q = q.Where(`((user_id <> '' and user_id = ?) or (expert_id <> '' and expert_id = ?) or (org_id <> '' and org_id in ?)
			or (team_id <> '' and (team_id in ? or team_id in (select id from teams where org_id in ?))))`,
			tx.Actor.User, tx.Actor.Expert, orgs, teams, orgs)
	}
	return list, after.by(q, "created_at", true).Limit(limit).Find(&list).Error
}

// Unblemished refuses when a record in force names one of the subjects (ids of units, teams,
// accounts or experts). The reason is told: who is kept out must know why and until when.
func (tx *Tx) Unblemished(subjects ...string) error {
	found, err := tx.IntegrityAgainst(subjects...)
	if err != nil || len(found) == 0 {
		return err
	}
	return problem.New(problem.Conflict, "integrity.in_force", "%s", found[0].Says())
}

// IntegrityAgainst lists the records in force that name one of the subjects.
func (tx *Tx) IntegrityAgainst(subjects ...string) ([]Integrity, error) {
	list, known := []Integrity{}, []string{}
	for _, s := range subjects {
		if s != "" {
			known = append(known, s)
		}
	}
	if len(known) == 0 {
		return list, nil
	}
	return list, tx.db.Where("since <= ? and until > ? and state <> ?", tx.Now, tx.Now, IntegrityRevoked).
		Where("(org_id in ? or team_id in ? or user_id in ? or expert_id in ?)", known, known, known, known).Order("until desc, id").Find(&list).Error
}

// Says is the record in one sentence, for whoever it keeps out.
func (r *Integrity) Says() string {
	parts := []string{"A record of dishonesty is in force until " + r.Until.Format(time.DateOnly) + ": " + r.Act}
	for _, more := range []string{r.Basis, r.Body} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	return strings.Join(parts, "; ") + "."
}

var periodOver = &guard{"after its period", func(tx *Tx, t thing) error {
	return refuse(nil, t.(*Integrity).Until.After(tx.Now), "integrity.still_in_force", "The period has not ended yet.")
}}

var periodRunning = &guard{"within its period, once", func(tx *Tx, t thing) error {
	r := t.(*Integrity)
	if !r.Until.After(tx.Now) {
		return problem.New(problem.Conflict, "integrity.over", "The period of this record is over.")
	}
	return refuse(nil, r.AnsweredAt != nil, "integrity.appealed_already", "An appeal against this record has been decided already.")
}}

var byAnother = &guard{"not by who recorded it", func(tx *Tx, t thing) error {
	r := t.(*Integrity)
	return refuse(nil, r.RecordedBy != "" && r.RecordedBy == tx.Actor.User, "integrity.own_record", "Another officer than the one who recorded it decides the appeal.")
}}

// TeamByCode finds a team by its code, or nil.
func (tx *Tx) TeamByCode(code string) (*Team, error) {
	return take[Team](tx.db.Where("code = ?", code))
}

// ExpertByCode finds an expert by his code, or nil.
func (tx *Tx) ExpertByCode(code string) (*Expert, error) {
	return take[Expert](tx.db.Where("code = ?", code))
}

// IntegrityOf reads the record that an event tells of.
func (tx *Tx) IntegrityOf(id IntegrityID) (*Integrity, error) { return find[Integrity](tx, string(id)) }

// TouchedBy lists the challenges in evaluation or publicity in which the subject of a record
// judges or has bid. Bids are open by then.
func (tx *Tx) TouchedBy(r *Integrity) ([]Challenge, error) {
	list := []Challenge{}
	return list, tx.db.Where("state in ?", []string{ChallengeEvaluating, ChallengeShortlist, ChallengePublicity}).
		Where(`exists (select 1 from bids b where b.challenge_id = challenges.id and (b.org_id = ? or b.team_id = ?))
			or exists (select 1 from assignments a where a.challenge_id = challenges.id and a.state in ? and (a.expert_id = ? or a.user_id = ?))`,
			r.Org, r.Team, []string{AssignmentInvited, AssignmentAccepted, AssignmentDone}, r.Expert, r.User).Order("code, id").Find(&list).Error
}
