package accounts

import "jiebang/models"

// SignOutInput needs nothing: the session is that of the access token.
type SignOutInput struct{}

// SignOut ends the session and takes its cookie back.
func SignOut(tx *models.Tx, _ *SignOutInput) (SignedOut, error) {
	u, err := tx.Me(models.AccountSignOut)
	if err != nil {
		return SignedOut{}, err
	}
	if _, err := tx.EndSessions(u.ID, tx.Actor.Session, "", "signed_out"); err != nil {
		return SignedOut{}, err
	}
	return SignedOut{SignedOut: true}, tx.Apply(models.AccountSignOut, u, models.Note{Data: map[string]any{"session": tx.Actor.Session}})
}
