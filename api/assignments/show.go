package assignments

import (
	"time"

	"jiebang/api/question"
	"jiebang/models"
)

// ShowInput names an assignment.
type ShowInput struct {
	ID models.AssignmentID `path:"id"`
}

// MineInput narrows the caller's own list.
type MineInput struct {
	Open bool `query:"open" doc:"Only those that wait for the expert: asked or accepted"`
}

// Assignment is one bid one expert is asked to judge. Until he has declared himself free of
// conflict he sees names only: enough to declare by, and nothing of what the bid says.
type Assignment struct {
	ID         models.AssignmentID `json:"id"`
	State      string              `json:"state"`
	Version    int64               `json:"version"`
	Position   int                 `json:"position" doc:"Place in the order in which to read"`
	Challenge  AssignmentTopic     `json:"challenge"`
	Bid        models.BidID        `json:"bid,omitempty" doc:"To read it by, once accepted"`
	BidCode    string              `json:"bid_code" doc:"Where the expert judges blind, a name of the bid that is his alone"`
	Blind      bool                `json:"blind" doc:"Whose bid it is is not shown: no names, no ids, no times"`
	Team       string              `json:"team"`
	Unit       string              `json:"unit"`
	Partners   []string            `json:"partners" doc:"Other units in the bid"`
	People     []string            `json:"people" doc:"Who is named in the bid"`
	DeclaredAt *time.Time          `json:"declared_at,omitempty"`
	Reason     string              `json:"reason"`
	Sheet      string              `json:"sheet" enum:"none,draft,submitted" doc:"How far the score sheet is"`
	CreatedAt  *time.Time          `json:"created_at,omitempty"`
	Actions    []models.Action     `json:"actions"`
}

// AssignmentTopic is the challenge of an assignment.
type AssignmentTopic struct {
	ID    models.ChallengeID `json:"id"`
	Code  string             `json:"code"`
	Title string             `json:"title"`
	Owner string             `json:"owner"`
}

// MyAssignments are the caller's own, in the order in which to read.
type MyAssignments struct {
	Items []Assignment `json:"items"`
}

// Mine lists what the caller is asked to judge.
func Mine(tx *models.Tx, in *MineInput) (*MyAssignments, error) {
	if err := tx.May(models.AssignmentMine); err != nil {
		return nil, err
	}
	list, err := tx.MyAssignments()
	if err != nil {
		return nil, err
	}
	v := &MyAssignments{Items: []Assignment{}}
	for i := range list {
		a := &list[i]
		if in.Open && a.State != models.AssignmentInvited && a.State != models.AssignmentAccepted {
			continue
		}
		one, err := view(tx, a)
		if err != nil {
			return nil, err
		}
		v.Items = append(v.Items, *one)
	}
	return v, nil
}

// Show is one assignment.
func Show(tx *models.Tx, in *ShowInput) (*Assignment, error) {
	a, err := tx.AssignmentFor(models.AssignmentShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, a)
}

func view(tx *models.Tx, a *models.Assignment) (*Assignment, error) {
	c, err := tx.Challenge(a.ChallengeID)
	if err != nil {
		return nil, err
	}
	b, err := tx.Bid(a.Bid)
	if err != nil {
		return nil, err
	}
	orgs, err := tx.OrgsByID([]models.OrgID{b.Org, c.Owner})
	if err != nil {
		return nil, err
	}
	v := &Assignment{ID: a.ID, State: a.State, Version: a.Version, Position: a.Position, BidCode: a.BidAlias(), Blind: tx.Blinded(c, a),
		Challenge: AssignmentTopic{c.ID, c.Code, c.Title, orgs[c.Owner].Name}, DeclaredAt: a.DeclaredAt, Reason: a.Reason, Sheet: "none"}
	if !v.Blind {
		if err := v.named(tx, a, b, orgs[b.Org].Name); err != nil {
			return nil, err
		}
	}
	sheet, err := tx.ReviewOf(a.ID)
	if err != nil {
		return nil, err
	}
	if sheet != nil {
		v.Sheet = sheet.State
	}
	v.Actions, err = tx.Allowed(a)
	return v, err
}

// named says whose bid it is: who reads it, and what he must be free of.
func (v *Assignment) named(tx *models.Tx, a *models.Assignment, b *models.Bid, unit string) error {
	team, err := tx.Team(b.Team)
	if err != nil {
		return err
	}
	contents, err := question.Contents(tx, []models.Bid{*b})
	if err != nil {
		return err
	}
	v.BidCode, v.Team, v.Unit, v.CreatedAt = question.BidCode(b), team.Name, unit, &a.CreatedAt
	for _, p := range contents[b.ID].Partners {
		if p.Org != b.Org {
			v.Partners = append(v.Partners, p.Name)
		}
	}
	for _, p := range contents[b.ID].People {
		v.People = append(v.People, p.Name)
	}
	if a.State == models.AssignmentAccepted || a.State == models.AssignmentDone {
		v.Bid = b.ID
	}
	return nil
}
