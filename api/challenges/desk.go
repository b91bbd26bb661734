package challenges

import (
	"slices"

	"jiebang/internal/problem"
	"jiebang/models"
)

// DeskInput asks for the challenges the caller has to do with.
type DeskInput struct {
	As     string   `query:"as" enum:"owner,officer,auditor" doc:"owner: of my units; officer: of my regions; auditor: all. Default: the first of the caller's roles"`
	State  []string `query:"state" enum:"draft,submitted,returned,approved,published,bidding_closed,evaluating,shortlisted,publicity,awarded,no_bid,failed,withdrawn"`
	Q      string   `query:"q" maxLength:"200" doc:"Part of a title, or the whole code"`
	Cursor string   `query:"cursor" maxLength:"500"`
	Limit  int      `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// ChallengeDesk is a page of the desk, last changed first.
type ChallengeDesk struct {
	Items []ChallengeDeskRow `json:"items"`
	Next  string             `json:"next"`
	Roles []string           `json:"roles" doc:"In which roles the caller has a desk"`
}

// ChallengeDeskRow is a line of the desk, with what can be done.
type ChallengeDeskRow struct {
	ChallengeCard
	StateReason string          `json:"state_reason"`
	Actions     []models.Action `json:"actions"`
}

// Desk lists the challenges the caller has to do with.
func Desk(tx *models.Tx, in *DeskInput) (*ChallengeDesk, error) {
	if err := tx.May(models.ChallengeDesk); err != nil {
		return nil, err
	}
	out := &ChallengeDesk{Roles: deskRoles(tx)}
	if in.As == "" {
		in.As = append(out.Roles, "owner")[0]
	}
	if in.As != "owner" && !slices.Contains(out.Roles, in.As) {
		return nil, problem.New(problem.Denied, "request.denied", "You may not do this: it is for %s.", in.As)
	}
	list := "desk/" + in.As
	after, err := tx.Cursor(list, in.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := tx.ChallengePage(in.As, in.State, in.Q, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Next = tx.Page(list, last.UpdatedAt, string(last.ID))
	}
	w, err := vocabulary(tx)
	if err != nil {
		return nil, err
	}
	lines, err := cards(tx, w, rows, true)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		actions, err := tx.Allowed(&rows[i])
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, ChallengeDeskRow{lines[i], rows[i].Reason, actions})
	}
	return out, nil
}

func deskRoles(tx *models.Tx) []string {
	roles := []string{}
	for org := range tx.Actor.Orgs {
		if tx.Actor.Posts(org) {
			roles = append(roles, "owner")
			break
		}
	}
	if len(tx.Actor.Regions) > 0 {
		roles = append(roles, "officer")
	}
	if tx.Actor.Auditor {
		roles = append(roles, "auditor")
	}
	return roles
}
