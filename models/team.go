package models

import (
	"time"

	"jiebang/internal/problem"
)

// Team is who bids (科研团队): people of one home unit under one accountable lead.
type Team struct {
	ID            TeamID              `gorm:"column:id;primaryKey"`
	Code          string              `gorm:"column:code"`
	Name          string              `gorm:"column:name"`
	Org           OrgID               `gorm:"column:org_id"`
	Summary       string              `gorm:"column:summary"`
	TRLMin        int                 `gorm:"column:trl_min"`
	TRLMax        int                 `gorm:"column:trl_max"`
	MaxConcurrent int                 `gorm:"column:max_concurrent"`
	Ongoing       int                 `gorm:"column:ongoing"` // running outside this platform, as declared
	Chains        JSON[[]string]      `gorm:"column:chains"`
	Disciplines   JSON[[]string]      `gorm:"column:disciplines"`
	IPC           JSON[[]string]      `gorm:"column:ipc"`
	Domains       JSON[[]DomainTag]   `gorm:"column:domains"`
	Capabilities  JSON[[]Capability]  `gorm:"column:capabilities"`
	Equipment     JSON[[]string]      `gorm:"column:equipment"`
	PilotLines    JSON[[]string]      `gorm:"column:pilot_lines"`
	Staff         JSON[Staff]         `gorm:"column:staff"`
	Track         JSON[TrackRecord]   `gorm:"column:track"`
	Counts        JSON[EvidenceCount] `gorm:"column:evidence_counts"`
	Life
}

// DomainTag is a domain a team works in, with its level.
type DomainTag struct {
	Tag   string `json:"tag" minLength:"1" maxLength:"60"`
	Level int    `json:"level" minimum:"1" maximum:"5"`
}

// Capability is something a team can do. Verified counts in full, declared by half.
type Capability struct {
	Tag      string `json:"tag" minLength:"1" maxLength:"60"`
	Level    int    `json:"level" minimum:"1" maximum:"5"`
	Verified bool   `json:"verified" readOnly:"true" doc:"Set by verification, ignored on input"`
}

// Staff are heads, for information; no score reads them.
type Staff struct {
	Total     int `json:"total" minimum:"0" maximum:"100000"`
	PhD       int `json:"phd" minimum:"0" maximum:"100000"`
	Senior    int `json:"senior" minimum:"0" maximum:"100000"`
	Engineers int `json:"engineers" minimum:"0" maximum:"100000"`
}

// TrackRecord is what became of earlier contracts.
type TrackRecord struct {
	Completed  int `json:"completed" minimum:"0" maximum:"10000"`
	OnTime     int `json:"on_time" minimum:"0" maximum:"10000"`
	FirstPass  int `json:"first_pass" minimum:"0" maximum:"10000"`
	Terminated int `json:"terminated" minimum:"0" maximum:"10000"`
}

// EvidenceCount is what a team declares by number only; no score reads it.
type EvidenceCount struct {
	Papers       int `json:"papers" minimum:"0" maximum:"1000000"`
	Patents      int `json:"patents" minimum:"0" maximum:"1000000"`
	Standards    int `json:"standards" minimum:"0" maximum:"1000000"`
	Projects     int `json:"projects" minimum:"0" maximum:"1000000"`
	Awards       int `json:"awards" minimum:"0" maximum:"1000000"`
	Software     int `json:"software" minimum:"0" maximum:"1000000"`
	ContractsFen Fen `json:"contracts_fen" minimum:"0" maximum:"10000000000000"`
}

func (*Team) kind() Kind    { return KindTeam }
func (t *Team) key() string { return string(t.ID) }
func (t *Team) roles(tx *Tx) (Role, error) {
	var r Role
	if lead, on := tx.Actor.Teams[t.ID]; on {
		r |= Bidder
		if lead {
			r |= Lead
		}
	}
	if tx.Actor.Administers(t.Org) {
		r |= Institution
	}
	return r, nil
}

// NewTeam makes a team with a fresh id; it is not saved.
func NewTeam() *Team { return &Team{ID: newID[TeamID]("tem")} }

// TeamFor loads a team for an action.
func (tx *Tx) TeamFor(action Action, id TeamID) (*Team, error) {
	return load[Team](tx, action, "tem", string(id))
}

// Team reads a team that something else refers to; team cards are public.
func (tx *Tx) Team(id TeamID) (*Team, error) { return find[Team](tx, string(id)) }

// Teams lists every active team, for matching.
func (tx *Tx) Teams() ([]Team, error) {
	list := []Team{}
	return list, tx.db.Where("state = ?", TeamActive).Order("id").Find(&list).Error
}

// TeamsByID reads several teams at once.
func (tx *Tx) TeamsByID(ids []TeamID) (map[TeamID]Team, error) {
	found := map[TeamID]Team{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Team
	err := tx.db.Where("id in ?", ids).Find(&rows).Error
	for _, t := range rows {
		found[t.ID] = t
	}
	return found, err
}

// TeamPage lists teams by name; org narrows to one unit's.
func (tx *Tx) TeamPage(q string, org OrgID, after Cursor, limit int) ([]Team, error) {
	list := []Team{}
	s := tx.db.Where("state = ?", TeamActive)
	if q != "" {
		s = s.Where("name like ? escape '\\' or summary like ? escape '\\'", contains(q), contains(q))
	}
	if org != "" {
		s = s.Where("org_id = ?", org)
	}
	return list, after.by(s, "name", false).Limit(limit).Find(&list).Error
}

// Awarded counts the challenges a team has won here, on top of what it declares as ongoing.
func (tx *Tx) Awarded() (map[TeamID]int, error) {
	var rows []struct {
		Team TeamID
		N    int
	}
	err := tx.db.Raw("select team_id as team, count(*) as n from bids where state = 'awarded' group by team_id").Scan(&rows).Error
	found := map[TeamID]int{}
	for _, r := range rows {
		found[r.Team] = r.N
	}
	return found, err
}

// TeamMember ties a person to a team.
type TeamMember struct {
	ID       string     `gorm:"column:id;primaryKey"`
	Team     TeamID     `gorm:"column:team_id"`
	User     UserID     `gorm:"column:user_id"`
	Role     string     `gorm:"column:role"` // lead, member
	JoinedAt time.Time  `gorm:"column:joined_at"`
	LeftAt   *time.Time `gorm:"column:left_at"`
}

// AddTeamMember puts a person on a team.
func (tx *Tx) AddTeamMember(team TeamID, user UserID, role string) (*TeamMember, error) {
	m := &TeamMember{ID: newID[string]("tmm"), Team: team, User: user, Role: role, JoinedAt: tx.Now}
	return m, tx.db.Create(m).Error
}

// EndTeamMember lets a person leave; the lead cannot, he must hand over first.
func (tx *Tx) EndTeamMember(team TeamID, id string) (*TeamMember, error) {
	m, err := take[TeamMember](tx.db.Where("id = ? and team_id = ? and left_at is null", id, team))
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, problem.Missing()
	}
	if m.Role == "lead" {
		return nil, problem.New(problem.Conflict, "team.needs_lead", "The team must keep a lead; name another lead first.")
	}
	m.LeftAt = &tx.Now
	return m, tx.db.Model(m).Select("left_at").Updates(m).Error
}

// TeamMembers lists who is on a team now, the lead first.
func (tx *Tx) TeamMembers(team TeamID) ([]TeamMember, error) {
	list := []TeamMember{}
	return list, tx.db.Where("team_id = ? and left_at is null", team).Order("case role when 'lead' then 0 else 1 end, joined_at, id").Find(&list).Error
}

// Evidence proves an ability (能力佐证).
type Evidence struct {
	ID       EvidenceID       `gorm:"column:id;primaryKey"`
	Team     TeamID           `gorm:"column:team_id"`
	Kind     string           `gorm:"column:kind"` // see EvidenceKinds
	Title    string           `gorm:"column:title"`
	Number   string           `gorm:"column:number"` // DOI, patent, standard or project number
	Year     int              `gorm:"column:year"`
	Role     string           `gorm:"column:role"` // the team's part: lead, participant, …
	Abstract string           `gorm:"column:abstract"`
	Tags     JSON[[]string]   `gorm:"column:tags"`
	Verify   string           `gorm:"column:verify_state"` // self_declared, pending, verified, rejected
	Verifier UserID           `gorm:"column:verifier"`
	Document DocumentID       `gorm:"column:document_id"`
	Parties  JSON[[]TieParty] `gorm:"column:parties"` // co-authors, co-applicants, partners: who shares it with the team
	Created  time.Time        `gorm:"column:created_at"`
	Updated  time.Time        `gorm:"column:updated_at"`
}

// TableName is the word itself: evidence has no plural.
func (Evidence) TableName() string { return "evidence" }

// EvidenceKinds are what may prove an ability.
var EvidenceKinds = []string{"paper", "patent", "standard", "project", "award", "equipment", "staff", "pilot_line",
	"product", "software", "certificate", "contract"}

// AddEvidence puts evidence on a team's card.
func (tx *Tx) AddEvidence(e *Evidence) error {
	e.ID, e.Created, e.Updated = newID[EvidenceID]("evd"), tx.Now, tx.Now
	return tx.db.Create(e).Error
}

// EvidenceOf lists the evidence of some teams (of all, without any), newest year first.
func (tx *Tx) EvidenceOf(teams ...TeamID) ([]Evidence, error) {
	list := []Evidence{}
	q := tx.db.Order("team_id, year desc, id")
	if len(teams) > 0 {
		q = q.Where("team_id in ?", teams)
	}
	return list, q.Find(&list).Error
}

// OneEvidence reads one item of a team's evidence.
func (tx *Tx) OneEvidence(team TeamID, id EvidenceID) (*Evidence, error) {
	e, err := take[Evidence](tx.db.Where("id = ? and team_id = ?", id, team))
	if err == nil && e == nil {
		return nil, problem.Missing()
	}
	return e, err
}

// SaveEvidence writes an item back.
func (tx *Tx) SaveEvidence(e *Evidence) error {
	e.Updated = tx.Now
	return tx.db.Model(e).Select("*").Updates(e).Error
}

// DropEvidence removes an item.
func (tx *Tx) DropEvidence(e *Evidence) error { return tx.db.Delete(e).Error }

// A team is taken over by its unit when its lead is gone: there is none, his account is
// disabled, or he has left the unit.
var leadGone = &guard{"while its lead is gone", func(tx *Tx, t thing) error {
	var n int64
	err := tx.db.Raw(`select count(*) from team_members m join teams t on t.id = m.team_id join users u on u.id = m.user_id
		where m.team_id = ? and m.role = 'lead' and m.left_at is null and u.state = ?
		and not (exists (select 1 from memberships s where s.user_id = u.id and s.org_id = t.org_id)
			and not exists (select 1 from memberships l where l.user_id = u.id and l.org_id = t.org_id and l.ended_at is null))`, t.key(), UserActive).Scan(&n).Error
	return refuse(err, n > 0, "team.lead_there", "The lead of this team is still there; the lead is handed over, not taken.")
}}

// TakeOverTeam ends whatever lead a team has and makes a person its lead.
func (tx *Tx) TakeOverTeam(team TeamID, user UserID) error {
	if err := tx.db.Model(&TeamMember{}).Where("team_id = ? and left_at is null and (role = 'lead' or user_id = ?)", team, user).Update("left_at", tx.Now).Error; err != nil {
		return err
	}
	_, err := tx.AddTeamMember(team, user, "lead")
	return err
}
