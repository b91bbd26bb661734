package models

import (
	"time"

	"jiebang/internal/problem"
)

// Tie is a fact between people, units or teams that can make a conflict of interest (利害关系):
// joint work, employment, supervision, kinship. Nobody who is named loses anything by it but
// the right to judge the others, so anybody may record what concerns himself.
type Tie struct {
	ID           TieID  `gorm:"column:id;primaryKey"`
	Type         string `gorm:"column:kind"`  // see TieKinds
	What         string `gorm:"column:what"`  // title of the paper, number of the patent
	Since        string `gorm:"column:since"` // date, or ""
	Until        string `gorm:"column:until"` // date; "" goes on
	Basis        string `gorm:"column:basis"` // where it is known from
	By           UserID `gorm:"column:recorded_by"`
	StrikeReason string `gorm:"column:strike_reason"`
	Life
}

// TieKinds are what a tie may be; the engine's rules bear the same words.
var TieKinds = []string{"employment", "project", "patent", "paper", "co_bid", "collaboration", "supervision", "kinship", "shareholding", "advice"}

// TieParty is one of those a tie is between: registered, or as written.
type TieParty struct {
	User UserID `json:"user,omitempty" required:"false" maxLength:"60" doc:"Id of an account"`
	Org  OrgID  `json:"org,omitempty" required:"false" maxLength:"60" doc:"Id of a registered unit"`
	Team TeamID `json:"team,omitempty" required:"false" maxLength:"60" doc:"Id of a team"`
	Name string `json:"name,omitempty" required:"false" maxLength:"60" doc:"A person, as written"`
	Unit string `json:"unit,omitempty" required:"false" maxLength:"200" doc:"His unit, as written"`
}

func (*Tie) kind() Kind    { return KindTie }
func (t *Tie) key() string { return string(t.ID) }
func (t *Tie) roles(tx *Tx) (Role, error) {
	var r Role
	if tx.Actor.User != "" && tx.Actor.User == t.By {
		r |= Self
	}
	if len(tx.Actor.Regions) > 0 {
		r |= Officer
	}
	return r, nil
}

// NewTie makes the actor's record of a tie; it is not saved.
func (tx *Tx) NewTie() *Tie { return &Tie{ID: newID[TieID]("tie"), By: tx.Actor.User} }

// TieFor loads a tie for an action.
func (tx *Tx) TieFor(action Action, id TieID) (*Tie, error) {
	return load[Tie](tx, action, "tie", string(id))
}

// SetTieParties writes whom a new tie is between, in order.
func (tx *Tx) SetTieParties(t TieID, parties []TieParty) error {
	for i, p := range parties {
		err := tx.db.Exec(`insert into tie_parties (tie_id, no, user_id, org_id, team_id, name, unit)
			values (?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)`, t, i+1, p.User, p.Org, p.Team, p.Name, p.Unit).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// TieParties lists whom some ties are between.
func (tx *Tx) TieParties(ids []TieID) (map[TieID][]TieParty, error) {
	found := map[TieID][]TieParty{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []struct {
		Tie TieID
		TieParty
	}
	err := tx.db.Raw(`select tie_id as tie, coalesce(user_id, '') as "user", coalesce(org_id, '') as org, coalesce(team_id, '') as team, name, unit
		from tie_parties where tie_id in ? order by tie_id, no`, ids).Scan(&rows).Error
	for _, r := range rows {
		found[r.Tie] = append(found[r.Tie], r.TieParty)
	}
	return found, err
}

// TiesTouching lists the ties on record that name one of the people or units, or somebody
// who is only written down and may be one of them.
func (tx *Tx) TiesTouching(users []UserID, orgs []OrgID) ([]Tie, error) {
	list := []Tie{}
	users, orgs = append([]UserID{""}, users...), append([]OrgID{""}, orgs...)
	return list, tx.db.Where(`state = ? and id in (select tie_id from tie_parties where user_id in ? or org_id in ? or name <> '')`,
		TieOnRecord, users, orgs).Order("id").Find(&list).Error
}

// TiePage lists ties, the newest first; of the actor alone where mine is set.
func (tx *Tx) TiePage(mine bool, after Cursor, limit int) ([]Tie, error) {
	list, q := []Tie{}, tx.db.Model(&Tie{})
	if mine {
		q = q.Where("recorded_by = ?", tx.Actor.User)
	}
	return list, after.by(q, "created_at", true).Limit(limit).Find(&list).Error
}

// Waiver lets a soft conflict pass (豁免): an officer asks with reasons, another approves.
type Waiver struct {
	ID           WaiverID    `gorm:"column:id;primaryKey"`
	ChallengeID  ChallengeID `gorm:"column:challenge_id"`
	Bid          BidID       `gorm:"column:bid_id"` // "" where the conflict is with the whole challenge
	Expert       ExpertID    `gorm:"column:expert_id"`
	Conflict     string      `gorm:"column:conflict_key"` // a fact that changes makes another conflict
	Rule         string      `gorm:"column:rule"`
	Zh           string      `gorm:"column:words_zh"` // the chain as it was when it was asked
	En           string      `gorm:"column:words_en"`
	Reason       string      `gorm:"column:reason"`
	AskedBy      UserID      `gorm:"column:asked_by"`
	AnsweredBy   UserID      `gorm:"column:answered_by"`
	AnsweredAt   *time.Time  `gorm:"column:answered_at"`
	AnswerReason string      `gorm:"column:answer_reason"`
	Life
}

func (*Waiver) kind() Kind               { return KindWaiver }
func (w *Waiver) key() string            { return string(w.ID) }
func (w *Waiver) challenge() ChallengeID { return w.ChallengeID }
func (w *Waiver) roles(tx *Tx) (Role, error) {
	c, err := tx.Challenge(w.ChallengeID)
	if err != nil {
		return 0, err
	}
	return tx.Actor.officerOf(c.Region), nil
}

// NewWaiver makes the actor's request; it is not saved.
func (tx *Tx) NewWaiver(c ChallengeID) *Waiver {
	return &Waiver{ID: newID[WaiverID]("wvr"), ChallengeID: c, AskedBy: tx.Actor.User}
}

// WaiverFor loads a waiver for an action.
func (tx *Tx) WaiverFor(action Action, id WaiverID) (*Waiver, error) {
	return load[Waiver](tx, action, "wvr", string(id))
}

// Waiver reads a waiver an event tells of, without asking the table.
func (tx *Tx) Waiver(id WaiverID) (*Waiver, error) { return find[Waiver](tx, string(id)) }

// WaiversOf lists the waivers of a challenge in the order they were asked for.
func (tx *Tx) WaiversOf(c ChallengeID) ([]Waiver, error) {
	list := []Waiver{}
	return list, tx.db.Where("challenge_id = ?", c).Order("created_at, id").Find(&list).Error
}

// anotherOfficer keeps a waiver from being approved by who asked for it, or by the expert it is for.
var anotherOfficer = &guard{"by another than who asked, and not the expert", func(tx *Tx, t thing) error {
	w := t.(*Waiver)
	if err := reviewing.ok(tx, t); err != nil {
		return err
	}
	return refuse(nil, tx.Actor.User == w.AskedBy || tx.Actor.Expert != "" && tx.Actor.Expert == w.Expert, "waiver.second_person",
		"A waiver needs two people: another officer must answer it.")
}}

// EarlierBids lists the opened bids of some teams on other challenges, handed in since a time:
// who bid together then may not judge each other now.
func (tx *Tx) EarlierBids(teams []TeamID, not ChallengeID, since time.Time) ([]Bid, error) {
	list := []Bid{}
	if len(teams) == 0 {
		return list, nil
	}
	return list, tx.db.Where("team_id in ? and challenge_id <> ? and submitted_at >= ? and state in ?", teams, not, since, bidOpened).Order("id").Find(&list).Error
}

// AllianceSeats lists the seats held now in the alliances that are recognised, leaders included.
func (tx *Tx) AllianceSeats() ([]AllianceMember, error) {
	list := []AllianceMember{}
	return list, tx.db.Raw(`select m.alliance_id, m.org_id from alliance_members m join alliances a on a.id = m.alliance_id
		where a.state = ? and m.until is null and m.confirmed_at is not null union select a.id, a.leader_org_id from alliances a where a.state = ? order by 1, 2`,
		AllianceRecognised, AllianceRecognised).Scan(&list).Error
}

// KnownParty says what of a party does not exist, or nil.
func (tx *Tx) KnownParty(p TieParty) (field string, err error) {
	for _, look := range []struct{ field, table, id string }{{"user", "users", string(p.User)}, {"org", "orgs", string(p.Org)}, {"team", "teams", string(p.Team)}} {
		if look.id == "" {
			continue
		}
		var n int64
		if err := tx.db.Table(look.table).Where("id = ?", look.id).Count(&n).Error; err != nil {
			return "", err
		}
		if n == 0 {
			return look.field, nil
		}
	}
	return "", nil
}

// anotherSheet: a sheet whose expert turned out to have a conflict is set aside only while the bid has
// another one.
var anotherSheet = &guard{"during evaluation, while the bid has another sheet", func(tx *Tx, t thing) error {
	if err := reviewing.ok(tx, t); err != nil {
		return err
	}
	a := t.(*Assignment)
	var n int64
	err := tx.db.Model(&Assignment{}).Where("bid_id = ? and id <> ? and state = ?", a.Bid, a.ID, AssignmentDone).Count(&n).Error
	return refuse(err, n == 0, "assignment.last_sheet", "This is the bid's only sheet; give the bid another expert first.")
}}

// Hindered refuses an act of somebody whom a chain of facts ties to a bid, or to the owner.
func Hindered(chain string) error {
	return problem.New(problem.Conflict, "conflict.hindered", "You may not do this: %s. Another officer, or another person of the owner, must.", chain)
}

// TiedToBid refuses an expert's work on a bid that a chain of facts ties him to.
func TiedToBid(chain string) error {
	return tied("The records show a tie between you and this bid: %s. Please step aside (recuse).", chain)
}

func tied(words string, args ...any) error {
	return problem.New(problem.Conflict, "assignment.conflict", words, args...)
}

// Tainted refuses an award that rests on the sheet of somebody whom a chain of facts ties to its bid.
func Tainted(chain string) error {
	return problem.New(problem.Conflict, "award.tainted", "A sheet must not count: %s. During the evaluation set it aside and rank again; take a proposal back first.", chain)
}

// SetSheetAside takes a sheet out of the count: it is a draft again, with the time it was handed in.
func (tx *Tx) SetSheetAside(a AssignmentID) error {
	return tx.db.Model(&Review{}).Where("assignment_id = ? and state = ?", a, ReviewSubmitted).Update("state", ReviewDraft).Error
}
