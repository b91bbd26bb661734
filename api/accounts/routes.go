// Package accounts lets people sign in and out, and gives out offices.
package accounts

import (
	"time"

	"jiebang/api/endpoint"
	"jiebang/internal/oidc"
	"jiebang/internal/otp"
	"jiebang/internal/passkey"
	"jiebang/internal/password"
	"jiebang/models"
)

// Keys is what signing in needs of the house: how to make an access token, and how much
// work a password is worth.
type Keys struct {
	Mint func(user models.UserID, session models.SessionID, now time.Time) (token string, expires time.Time, err error)
	Cost password.Cost
	// Links makes one-time links, Codes keeps the secrets of authenticator apps.
	Links Links
	Codes otp.Box
	// Passkeys and OIDC are nil where they are not offered.
	Passkeys *passkey.Party
	OIDC     *oidc.Provider
	// Earnest says that offices need a second factor: everywhere but in a demo.
	Earnest bool
	// Wall is the time that people's devices show; nil is the platform's clock.
	Wall func() time.Time
	// AddressTries is how many wrong guesses lock an address for a while; 0 counts none.
	AddressTries int
}

// Routes hangs the doors of this domain. Where a password is hashed, and where a refusal
// must still leave a mark, the use case opens its own units of work.
func Routes(d *endpoint.Doors, k Keys) {
	endpoint.Call(d, "POST", models.AccountSetUp, "/set-up", "Make the first account, which becomes operator", k.SetUp, endpoint.Creates())
	endpoint.Call(d, "POST", models.AccountRegister, "/accounts", "Register an account", k.Register, endpoint.Creates())
	endpoint.Call(d, "POST", models.AccountSignIn, "/session", "Sign in", k.SignIn)
	endpoint.Call(d, "POST", models.AccountRefresh, "/session/refresh", "Get a fresh access token for the refresh cookie", k.Refresh)
	endpoint.Post(d, models.AccountPasskeyIn, "/session/passkey/begin", "Ask for a passkey, to sign in or to confirm", k.AskPasskey, endpoint.Also("begin"))
	endpoint.Post(d, models.AccountPasskeyIn, "/session/passkey", "Sign in by a passkey", k.PasskeyIn)
	endpoint.Call(d, "POST", models.AccountOIDC, "/session/oidc/begin", "Ask the other server who somebody is", k.BeginOIDC, endpoint.Also("begin"))
	endpoint.Call(d, "POST", models.AccountOIDC, "/session/oidc", "Sign in by what the other server says", k.FinishOIDC)
	endpoint.Post(d, models.AccountAskReset, "/password-reset", "Ask for a link to a new password", AskReset)
	endpoint.Call(d, "POST", models.AccountReset, "/password-reset/finish", "Set a new password by a link; all sessions end", k.Reset)
	endpoint.Delete(d, models.AccountSignOut, "/session", "Sign out", SignOut)
	endpoint.Get(d, models.AccountShow, "/account", "Who I am, and what I belong to", ShowMe)
	endpoint.Put(d, models.AccountEdit, "/account", "Change my name and contacts", EditMe)
	endpoint.Call(d, "POST", models.AccountPassword, "/account/password", "Change my password; all other sessions end", k.ChangePassword)
	endpoint.Get(d, models.AccountSessions, "/account/sessions", "Where I am signed in", Sessions)
	endpoint.Delete(d, models.AccountEndSession, "/account/sessions/{id}", "Sign out somewhere else", EndSession)
	endpoint.Delete(d, models.AccountEndOthers, "/account/sessions", "Sign out everywhere else", EndOthers)
	endpoint.Get(d, models.AccountSecurity, "/account/security", "My second factors and links", k.Security)
	endpoint.Call(d, "POST", models.AccountConfirm, "/account/confirm", "Show the second factor again", k.Confirm)
	endpoint.Call(d, "POST", models.AccountBeginTOTP, "/account/totp", "Begin to set up an authenticator app", k.BeginTOTP)
	endpoint.Call(d, "POST", models.AccountAddTOTP, "/account/totp/confirm", "Confirm the app by its first code", k.AddTOTP)
	endpoint.Delete(d, models.AccountDropTOTP, "/account/totp", "Remove the authenticator app", k.DropTOTP)
	endpoint.Post(d, models.AccountCodes, "/account/recovery-codes", "Make new recovery codes", k.NewCodes)
	endpoint.Call(d, "POST", models.AccountBeginPasskey, "/account/passkeys/begin", "Begin to add a passkey", k.BeginPasskey)
	endpoint.Post(d, models.AccountAddPasskey, "/account/passkeys", "Add a passkey", k.AddPasskey, endpoint.Creates())
	endpoint.Post(d, models.AccountNamePasskey, "/account/passkeys/{passkey}/rename", "Rename a passkey", k.NamePasskey)
	endpoint.Delete(d, models.AccountDropPasskey, "/account/passkeys/{passkey}", "Remove a passkey", k.DropPasskey)
	endpoint.Delete(d, models.AccountUnlink, "/account/identities/{identity}", "End signing in by an account of another server", k.Unlink)
	endpoint.Get(d, models.AccountShow, "/accounts/{id}", "An account, for those who keep accounts", ShowAccount, endpoint.Also("state"))
	endpoint.Post(d, models.AccountUnlock, "/accounts/{id}/unlock", "Let an account be tried again", Unlock)
	endpoint.Post(d, models.AccountMakeReset, "/accounts/{id}/reset-link", "Make a link to a new password", k.MakeReset)
	endpoint.Post(d, models.AccountLink, "/accounts/{id}/identities", "Link an account of another server", k.Link)
	endpoint.Get(d, models.AccountFind, "/accounts/find", "Find an account by its exact login", Find)
	endpoint.Get(d, models.AccountLocked, "/accounts/locked", "Accounts that wrong tries have locked", Locked)
	endpoint.Post(d, models.AccountDisable, "/accounts/{id}/disable", "Lock an account out", Disable)
	endpoint.Post(d, models.AccountEnable, "/accounts/{id}/enable", "Let an account in again", Enable)
	endpoint.Get(d, models.RoleList, "/roles", "Who holds which office", Roles)
	endpoint.Post(d, models.RoleGrant, "/roles", "Give an office", Grant, endpoint.Creates())
	endpoint.Delete(d, models.RoleRevoke, "/roles/{id}", "Take an office back", Revoke)
	endpoint.Get(d, models.RoleRequests, "/role-requests", "Who is to get which office", RoleRequests)
	endpoint.Post(d, models.RoleAsk, "/role-requests", "Ask for an office for somebody", AskRole, endpoint.Creates())
	endpoint.Get(d, models.RoleRequestShow, "/role-requests/{id}", "A request for an office", ShowRoleRequest)
	endpoint.Post(d, models.RoleRequestApprove, "/role-requests/{id}/approve", "Give the office, as the second person", ApproveRole)
	endpoint.Post(d, models.RoleRequestRefuse, "/role-requests/{id}/refuse", "Do not give it, as the second person", RefuseRole)
	endpoint.Post(d, models.RoleRequestWithdraw, "/role-requests/{id}/withdraw", "Take the request back", WithdrawRole)
	endpoint.Get(d, models.SignupList, "/orgs/{id}/signups", "Whom the unit has invited", Signups)
	endpoint.Post(d, models.SignupInvite, "/orgs/{id}/signups", "Invite somebody to make an account in the unit", k.Invite, endpoint.Creates())
	endpoint.Get(d, models.SignupList, "/signups", "Whom the platform has invited", PlatformSignups, endpoint.Also("platform"))
	endpoint.Post(d, models.SignupInvite, "/signups", "Invite somebody to make an account", k.PlatformInvite, endpoint.Creates(), endpoint.Also("platform"))
	endpoint.Get(d, models.SignupShow, "/signups/{id}", "An invitation", ShowSignup)
	endpoint.Delete(d, models.SignupRevoke, "/signups/{id}", "Take an invitation back", RevokeSignup)
	endpoint.Post(d, models.SignupLook, "/signups/look", "What an invitation is to", k.Look)
	endpoint.Call(d, "POST", models.SignupAccept, "/signups/accept", "Make the account of an invitation", k.Accept, endpoint.Creates())
	endpoint.On(d, "accounts.make_asked_reset", k.MakeAskedReset, models.AccountAskReset)
	endpoint.Work(d, time.Hour, "accounts.sweep", sweep)
}
