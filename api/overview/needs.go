package overview

import (
	"slices"

	"jiebang/models"
)

// needs: what waits for the caller among the needs he has to do with. The table says what he may
// do; of that only the next step counts, and only where it is his turn.
func (d *desk) needs() error {
	turn := map[string][]models.Action{
		models.NeedRefining: {models.NeedSubmit}, models.NeedReturned: {models.NeedSubmit}, models.NeedApproved: {models.NeedTurn},
		models.NeedSubmitted: {models.NeedArgue}, models.NeedInArgument: {models.NeedApprove, models.NeedScore},
	}
	for _, state := range []string{models.NeedRefining, models.NeedReturned, models.NeedSubmitted, models.NeedInArgument, models.NeedApproved} {
		list, err := d.tx.Needs(models.NeedFilter{State: state}, models.Cursor{}, models.OfficeCap)
		if err != nil {
			return err
		}
		for i := len(list) - 1; i >= 0; i-- { // the longest waiting first
			n := &list[i]
			if state == models.NeedApproved && !d.tx.Actor.Posts(n.Owner) {
				continue // the office may turn it too, but it is the owner's turn
			}
			may, err := d.tx.Allowed(n)
			if err != nil {
				return err
			}
			for _, action := range turn[state] {
				if !slices.Contains(may, action) {
					continue
				}
				d.add(action, WaitingItem{ThingKind: models.KindNeed, Thing: string(n.ID), Title: n.Title, Code: n.Code, State: n.State, Since: &n.UpdatedAt})
				break
			}
		}
	}
	return nil
}
