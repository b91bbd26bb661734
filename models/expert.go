package models

import "time"

// Expert judges bids (评审专家).
type Expert struct {
	ID         ExpertID                 `gorm:"column:id;primaryKey"`
	Code       string                   `gorm:"column:code"`
	User       UserID                   `gorm:"column:user_id"`
	Name       string                   `gorm:"column:name"`
	Kind       string                   `gorm:"column:kind"`   // see ExpertKinds
	Unit       string                   `gorm:"column:unit"`   // where he works, as written
	Org        OrgID                    `gorm:"column:org_id"` // where he works, when the unit is registered
	Rank       string                   `gorm:"column:rank"`
	Discipline string                   `gorm:"column:discipline"`
	Domains    JSON[[]string]           `gorm:"column:domains"`
	YearlyCap  int                      `gorm:"column:yearly_cap"`
	OtherCount int                      `gorm:"column:other_count"` // reviews this year outside the platform, as declared
	Away       JSON[[]Absence]          `gorm:"column:away"`
	Conflicts  JSON[[]DeclaredConflict] `gorm:"column:conflicts"`
	PromisedAt *time.Time               `gorm:"column:promised_at"` // the confidentiality promise
	Life
}

// ExpertKinds are the classes of the expert pool.
var ExpertKinds = []string{"technology", "industry", "finance", "law", "management", "user"}

// Absence is a time an expert is not to be drawn.
type Absence struct {
	From  string `json:"from" format:"date"`
	Until string `json:"until" format:"date"`
}

// DeclaredConflict is whom an expert must not judge, by his own word or the record.
type DeclaredConflict struct {
	Team   TeamID `json:"team,omitempty"`
	Org    OrgID  `json:"org,omitempty"`
	Reason string `json:"reason" maxLength:"200"`
	Until  string `json:"until,omitempty" doc:"Date the conflict ends, or empty"`
}

func (*Expert) kind() Kind    { return KindExpert }
func (e *Expert) key() string { return string(e.ID) }
func (e *Expert) roles(tx *Tx) (Role, error) {
	var r Role
	if tx.Actor.User != "" && tx.Actor.User == e.User {
		r |= Self
	}
	if len(tx.Actor.Regions) > 0 {
		r |= Officer
	}
	return r, nil
}

// NewExpert makes an expert with a fresh id; he is not saved.
func NewExpert() *Expert { return &Expert{ID: newID[ExpertID]("exp")} }

// ExpertFor loads an expert for an action.
func (tx *Tx) ExpertFor(action Action, id ExpertID) (*Expert, error) {
	return load[Expert](tx, action, "exp", string(id))
}

// Experts lists the active experts, for the draw.
func (tx *Tx) Experts() ([]Expert, error) {
	list := []Expert{}
	return list, tx.db.Where("state = ?", ExpertActive).Order("id").Find(&list).Error
}

// ExpertsByID reads several experts at once.
func (tx *Tx) ExpertsByID(ids []ExpertID) (map[ExpertID]Expert, error) {
	found := map[ExpertID]Expert{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Expert
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, e := range rows {
		found[e.ID] = e
	}
	return found, err
}

// ExpertPage lists experts by code; q is part of a name or unit, or a code.
func (tx *Tx) ExpertPage(q string, after Cursor, limit int) ([]Expert, error) {
	list := []Expert{}
	s := tx.db.Model(&Expert{})
	if q != "" {
		s = s.Where("lower(name) like lower(?) escape '\\' or lower(unit) like lower(?) escape '\\' or lower(code) = lower(?)", contains(q), contains(q), q)
	}
	return list, after.by(s, "code", false).Limit(limit).Find(&list).Error
}

// ReviewsThisYear counts how many challenges each expert has judged in the calendar year.
func (tx *Tx) ReviewsThisYear() (map[ExpertID]int, error) {
	year := time.Date(tx.Now.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	var rows []struct {
		Expert ExpertID
		N      int
	}
	err := tx.db.Raw(`select expert_id as expert, count(distinct challenge_id) as n from assignments
		where state in ('invited', 'accepted', 'submitted') and created_at >= ? group by expert_id`, year).Scan(&rows).Error
	found := map[ExpertID]int{}
	for _, r := range rows {
		found[r.Expert] = r.N
	}
	return found, err
}
