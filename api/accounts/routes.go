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

// Routes hangs the doors of this domain. Where a password is hashed, and where a refusal
// must still leave a mark, the use case opens its own units of work.
func Routes(d *endpoint.Doors, k Keys) {
	endpoint.Call(d, "POST", models.AccountSetUp, "/set-up", "Make the first account, which becomes operator", k.SetUp, endpoint.Creates())
	endpoint.Call(d, "POST", models.AccountRegister, "/accounts", "Register an account", k.Register, endpoint.Creates())
	endpoint.Call(d, "POST", models.AccountSignIn, "/session", "Sign in", k.SignIn)
	endpoint.Call(d, "POST", models.AccountRefresh, "/session/refresh", "Get a fresh access token for the refresh cookie", k.Refresh)
	endpoint.Delete(d, models.AccountSignOut, "/session", "Sign out", SignOut)
	endpoint.Get(d, models.AccountShow, "/account", "Who I am, and what I belong to", ShowMe)
	endpoint.Put(d, models.AccountEdit, "/account", "Change my name and contacts", EditMe)
	endpoint.Call(d, "POST", models.AccountPassword, "/account/password", "Change my password; all other sessions end", k.ChangePassword)
	endpoint.Get(d, models.AccountSessions, "/account/sessions", "Where I am signed in", Sessions)
	endpoint.Delete(d, models.AccountEndSession, "/account/sessions/{id}", "Sign out somewhere else", EndSession)
	endpoint.Get(d, models.AccountFind, "/accounts/find", "Find an account by its exact login", Find)
	endpoint.Post(d, models.AccountDisable, "/accounts/{id}/disable", "Lock an account out", Disable)
	endpoint.Post(d, models.AccountEnable, "/accounts/{id}/enable", "Let an account in again", Enable)
	endpoint.Get(d, models.RoleList, "/roles", "Who holds which office", Roles)
	endpoint.Post(d, models.RoleGrant, "/roles", "Give an office", Grant, endpoint.Creates())
	endpoint.Delete(d, models.RoleRevoke, "/roles/{id}", "Take an office back", Revoke)
}
