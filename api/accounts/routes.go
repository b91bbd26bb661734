// Package accounts lets people sign in and out, and gives out offices.
package accounts

import (
	"time"

	"jiebang/api/endpoint"
	"jiebang/internal/password"
	"jiebang/models"
)

// Keys is what signing in needs of the house: how to make an access token, and how much
// work a password is worth.
type Keys struct {
	Mint func(user models.UserID, session models.SessionID, now time.Time) (token string, expires time.Time, err error)
	Cost password.Cost
}

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors, k Keys) {
}
