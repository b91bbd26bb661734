package accounts

import (
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

// DisableInput names an account and says why it is locked.
type DisableInput struct {
	ID   models.UserID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// AccountState is an account as the operator sees it: no contacts, only whether it may in.
type AccountState struct {
	ID      models.UserID   `json:"id"`
	Login   string          `json:"login"`
	Name    string          `json:"name"`
	State   string          `json:"state" enum:"active,disabled"`
	Roles   []string        `json:"roles" doc:"Offices held"`
	Strong  bool            `json:"second_factor" doc:"The account has a second factor"`
	Locked  *time.Time      `json:"locked_until,omitempty" doc:"Too many wrong tries"`
	Version int64           `json:"version"`
	Actions []models.Action `json:"actions"`
}

// ShowAccountInput names an account.
type ShowAccountInput struct {
	ID models.UserID `path:"id"`
}

// ShowAccount shows an account to the offices that keep accounts, and to its owner.
func ShowAccount(tx *models.Tx, in *ShowAccountInput) (*AccountState, error) {
	u, err := tx.AccountFor(models.AccountShow, in.ID)
	if err != nil {
		return nil, err
	}
	return viewState(tx, u)
}

// Disable locks an account out and ends its sessions at once.
func Disable(tx *models.Tx, in *DisableInput) (*AccountState, error) {
	u, err := tx.AccountFor(models.AccountDisable, in.ID)
	if err != nil {
		return nil, err
	}
	if u.ID == tx.Actor.User {
		return nil, problem.New(problem.Conflict, "account.own", "You cannot lock yourself out; another operator can.")
	}
	if _, err := tx.EndSessions(u.ID, "", "", "disabled"); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountDisable, u, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	if left, err := tx.OperatorsLeft(); err != nil { // two operators may lock each other out
		return nil, err
	} else if left == 0 {
		return nil, problem.New(problem.Conflict, "role.last_operator", "The platform must keep an operator; name another one first.")
	}
	if alone, err := tx.LeftAlone(u.ID); err != nil {
		return nil, err
	} else if len(alone) > 0 {
		return nil, problem.New(problem.Conflict, "account.only_admin", "%s would be left without an administrator; name another one there first.", alone[0].Name)
	}
	return viewState(tx, u)
}

// EnableInput names an account.
type EnableInput struct {
	ID models.UserID `path:"id"`
}

// Enable lets an account in again; it has to sign in anew.
func Enable(tx *models.Tx, in *EnableInput) (*AccountState, error) {
	u, err := tx.AccountFor(models.AccountEnable, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.AccountEnable, u, models.Note{}); err != nil {
		return nil, err
	}
	return viewState(tx, u)
}

func viewState(tx *models.Tx, u *models.User) (*AccountState, error) {
	v := &AccountState{ID: u.ID, Login: u.Login, Name: u.Name, State: u.State, Version: u.Version}
	held, err := tx.GrantsOf(u.ID)
	if err != nil {
		return nil, err
	}
	for _, g := range held {
		v.Roles = append(v.Roles, g.Role)
	}
	if v.Strong, err = tx.HasFactor(u.ID); err != nil {
		return nil, err
	}
	if v.Locked, err = tx.LockedUntil(models.LoginTries(u.Login)); err != nil {
		return nil, err
	}
	v.Actions, err = tx.Allowed(u)
	return v, err
}
