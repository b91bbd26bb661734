package assignments

import (
	"slices"
	"time"

	"jiebang/api/question"
	"jiebang/models"
)

// ListInput names a challenge.
type ListInput struct {
	ID models.ChallengeID `path:"id"`
}

// AssignmentBoards is who judges what, bid by bid. Of the sheets it says only whether they are in.
type AssignmentBoards struct {
	Bids []AssignmentBoard `json:"bids"`
}

// AssignmentBoard is one bid with its experts, those who left included.
type AssignmentBoard struct {
	Bid     models.BidID     `json:"bid"`
	Code    string           `json:"code"`
	Team    string           `json:"team"`
	State   string           `json:"state"`
	Live    int              `json:"live" doc:"Experts who are asked, at work or done"`
	Done    int              `json:"done" doc:"Sheets that are in"`
	Experts []AssignmentSeat `json:"experts"`
}

// AssignmentSeat is one expert on one bid.
type AssignmentSeat struct {
	ID       models.AssignmentID `json:"id"`
	Expert   models.ExpertID     `json:"expert"`
	Name     string              `json:"name"`
	Unit     string              `json:"unit"`
	Kind     string              `json:"kind"`
	State    string              `json:"state"`
	Version  int64               `json:"version"`
	Position int                 `json:"position"`
	Fit      float64             `json:"fit"`
	Reason   string              `json:"reason" doc:"Why he declined, stepped aside or was replaced"`
	Instead  models.AssignmentID `json:"instead_of,omitempty"`
	Begun    bool                `json:"begun" doc:"He has saved a draft of his sheet"`
	At       time.Time           `json:"updated_at"`
	Actions  []models.Action     `json:"actions"`
}

// List is who judges which bid of a challenge.
func List(tx *models.Tx, in *ListInput) (*AssignmentBoards, error) {
	c, err := tx.ChallengeFor(models.AssignmentList, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := board(tx, c)
	return &AssignmentBoards{Bids: list}, err
}

func board(tx *models.Tx, c *models.Challenge) ([]AssignmentBoard, error) {
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	given, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	sheets, err := tx.SheetsOf(c.ID)
	if err != nil {
		return nil, err
	}
	teams, experts := make([]models.TeamID, 0, len(bids)), make([]models.ExpertID, 0, len(given))
	for _, b := range bids {
		teams = append(teams, b.Team)
	}
	for _, a := range given {
		experts = append(experts, a.Expert)
	}
	named, err := tx.TeamsByID(teams)
	if err != nil {
		return nil, err
	}
	people, err := tx.ExpertsByID(experts)
	if err != nil {
		return nil, err
	}
	list := []AssignmentBoard{}
	for _, b := range bids {
		one := AssignmentBoard{Bid: b.ID, Code: question.BidCode(&b), Team: named[b.Team].Name, State: b.State}
		for i := range given {
			a := &given[i]
			if a.Bid != b.ID {
				continue
			}
			actions, err := tx.Allowed(a)
			if err != nil {
				return nil, err
			}
			e := people[a.Expert]
			one.Experts = append(one.Experts, AssignmentSeat{ID: a.ID, Expert: a.Expert, Name: e.Name, Unit: e.Unit, Kind: e.Kind, State: a.State,
				Version: a.Version, Position: a.Position, Fit: a.Fit, Reason: a.Reason, Instead: a.Instead, At: a.UpdatedAt, Actions: actions,
				Begun: slices.ContainsFunc(sheets, func(r models.Review) bool { return r.Assignment == a.ID })})
			if a.Live() {
				one.Live++
			}
			if a.State == models.AssignmentDone {
				one.Done++
			}
		}
		list = append(list, one)
	}
	return list, nil
}
