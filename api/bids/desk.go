package bids

import (
	"time"

	"jiebang/models"
)

// BidDeskInput narrows the desk.
type BidDeskInput struct {
	Awaiting bool   `query:"awaiting" doc:"Only those that wait for my unit's word"`
	Cursor   string `query:"cursor" maxLength:"1000"`
	Limit    int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// BidDeskPage is a page of the bids of my teams and units.
type BidDeskPage struct {
	Items []BidDeskItem `json:"items"`
	Next  string        `json:"next"`
}

// BidDeskItem is a line of the desk.
type BidDeskItem struct {
	ID        models.BidID    `json:"id"`
	Code      string          `json:"code"`
	State     string          `json:"state"`
	Challenge BidChallenge    `json:"challenge"`
	Team      BidParty        `json:"team"`
	Org       BidParty        `json:"org"`
	Draft     BidDraftState   `json:"draft"`
	Awaiting  bool            `json:"awaiting" doc:"Waits for the unit's word on its newest version"`
	Reason    string          `json:"reason"`
	Submitted *time.Time      `json:"submitted_at,omitempty"`
	UpdatedAt time.Time       `json:"updated_at"`
	Actions   []models.Action `json:"actions"`
}

// Desk lists the bids of the caller's teams and of the units he administrates, newest first.
func Desk(tx *models.Tx, in *BidDeskInput) (*BidDeskPage, error) {
	if err := tx.May(models.BidDesk); err != nil {
		return nil, err
	}
	after, err := tx.Cursor("desk/bids", in.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := tx.MyBidPage(in.Awaiting, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &BidDeskPage{}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Next = tx.Page("desk/bids", last.CreatedAt, string(last.ID))
	}
	around, err := surroundings(tx, rows)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		b := &rows[i]
		c := around.challenges[b.ChallengeID]
		item := BidDeskItem{ID: b.ID, Code: b.Code, State: b.ToldState(&c), Challenge: about(&c), Team: around.team(b), Org: around.org(b),
			Draft:    BidDraftState{Newest: b.Draft, Requested: b.Requested, Endorsed: b.Endorsed, EndorsedAt: b.EndorsedAt, Sealed: b.Sealed},
			Awaiting: (b.State == models.BidPending || b.State == models.BidSubmitted) && asked(b) == nil,
			Reason:   b.Reason, Submitted: b.SubmittedAt, UpdatedAt: b.UpdatedAt}
		if item.Actions, err = tx.Allowed(b); err != nil {
			return nil, err
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// around is what stands around some bids, read at once.
type around struct {
	challenges map[models.ChallengeID]models.Challenge
	teams      map[models.TeamID]models.Team
	orgs       map[models.OrgID]models.Org
}

func surroundings(tx *models.Tx, list []models.Bid) (a around, err error) {
	var challenges []models.ChallengeID
	var teams []models.TeamID
	var orgs []models.OrgID
	for _, b := range list {
		challenges, teams, orgs = append(challenges, b.ChallengeID), append(teams, b.Team), append(orgs, b.Org)
	}
	if a.challenges, err = tx.ChallengesByID(challenges); err != nil {
		return a, err
	}
	if a.teams, err = tx.TeamsByID(teams); err != nil {
		return a, err
	}
	a.orgs, err = tx.OrgsByID(orgs)
	return a, err
}

func (a around) team(b *models.Bid) BidParty { return BidParty{string(b.Team), a.teams[b.Team].Name} }
func (a around) org(b *models.Bid) BidParty  { return BidParty{string(b.Org), a.orgs[b.Org].Name} }
