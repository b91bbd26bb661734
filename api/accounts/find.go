package accounts

import (
	"strings"

	"jiebang/internal/problem"
	"jiebang/models"
)

// FindInput is a login, in full.
type FindInput struct {
	Login string `query:"login" minLength:"1" maxLength:"60" required:"true"`
}

// FoundAccount is as much as anybody signed in may know of an account.
type FoundAccount struct {
	ID    models.UserID `json:"id"`
	Login string        `json:"login"`
	Name  string        `json:"name"`
}

// Find looks an account up by its exact login, to add its person to a unit or a team.
// There is no search: a list of everybody is nobody's business.
func Find(tx *models.Tx, in *FindInput) (*FoundAccount, error) {
	if err := tx.May(models.AccountFind); err != nil {
		return nil, err
	}
	u, err := tx.UserByLogin(strings.ToLower(strings.TrimSpace(in.Login)))
	if err != nil {
		return nil, err
	}
	if u == nil || u.State != models.UserActive {
		return nil, problem.Missing()
	}
	return &FoundAccount{ID: u.ID, Login: u.Login, Name: u.Name}, nil
}
