package notices

import "jiebang/models"

// Overtaken cancels letters that wait and tell of what is over by now.
func Overtaken(tx *models.Tx, e models.Event) error {
	switch e.Action {
	case models.InvitationAccept, models.InvitationDecline, models.InvitationLapse:
		return tx.DropLetters(e.Thing, "", models.InvitationSend)
	case models.AwardRetract:
		return tx.DropLetters(e.Thing, "", models.AwardPublicize)
	}
	a, err := tx.Assignment(models.AssignmentID(e.Thing)) // who has answered needs no asking
	if err != nil {
		return err
	}
	if err := tx.DropLetters(e.Thing, a.User, models.AssignmentInvite); err != nil {
		return err
	}
	if e.Action == models.AssignmentReplace {
		return tx.DropLetters(string(a.ChallengeID), a.User, models.AssignmentRun)
	}
	return nil
}

// Paused tells whoever answers for a webhook that it is called no more.
func Paused(tx *models.Tx, e models.Event) error {
	w, err := tx.Webhook(models.WebhookID(e.Thing))
	if err != nil {
		return err
	}
	return tx.Notify(e, []models.UserID{w.MadeBy}, map[string]any{"title": w.Name, "as": "keeper", "reason": w.Reason})
}
