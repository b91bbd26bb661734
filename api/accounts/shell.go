package accounts

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// Appoint gives an office of two persons from the server's own shell: there the second person
// is whoever may enter the server. It is the way to the first ones.
func Appoint(tx *models.Tx, u *models.User, role string) error {
	var f problem.Fields
	switch role {
	case "operator", "auditor", "system_admin", "security_admin", "audit_admin":
	default:
		f.Add("role", "role.unknown", "must be operator, auditor, system_admin, security_admin or audit_admin")
	}
	held, err := tx.GrantsOf(u.ID)
	if err != nil {
		return err
	}
	excluded(&f, held, role)
	f.Require(u.State == models.UserActive, "login", "account.unknown_login", "there is no active account of this login")
	if err := f.Problem("role.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	if _, err := tx.AddGrant(u.ID, role, ""); err != nil {
		return err
	}
	return tx.Follow(models.RoleGrant, tx.Site(), models.Note{Reason: "shell", Data: map[string]any{"account": u.ID, "role": role, "region": ""}})
}

// ResetFactor removes every second factor and recovery code of somebody who has lost them, and
// ends his sessions. An office waits until he has set up a new one.
func ResetFactor(tx *models.Tx, u *models.User) error {
	if _, err := tx.DropTOTP(u.ID); err != nil {
		return err
	}
	if _, err := tx.DropPasskeys(u.ID); err != nil {
		return err
	}
	if err := tx.SetRecoveryCodes(u.ID, nil); err != nil {
		return err
	}
	if _, err := tx.EndSessions(u.ID, "", "", "factor_reset"); err != nil {
		return err
	}
	return tx.Follow(models.AccountDropFactor, u, models.Note{Reason: "shell"})
}
