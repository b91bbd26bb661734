package notices

import "jiebang/models"

// Need tells those whom a step in the life of a need concerns: the office of what comes in, the
// experts that they are asked, the owner of what was decided.
func Need(tx *models.Tx, e models.Event) error {
	n, err := tx.Need(models.NeedID(e.Thing))
	if err != nil {
		return err
	}
	switch e.Action {
	case models.NeedSubmit:
		return tellNeedOffice(tx, e, n)
	case models.NeedScore: // the last sheet that was awaited: the office can conclude
		awaited, err := tx.NeedAwaits(n.ID)
		if err != nil || awaited > 0 || n.State != models.NeedInArgument {
			return err
		}
		return tellNeedOffice(tx, e, n)
	case models.NeedArgue, models.NeedReplace:
		return tellNeedExperts(tx, e, n)
	case models.NeedComment: // whoever spoke is not told; the other side is
		if err := tellNeedOffice(tx, e, n); err != nil {
			return err
		}
	}
	list, err := tx.AdminsOf(n.Owner, "admin", "poster")
	if err != nil {
		return err
	}
	return tx.Notify(e, list, needParams(n, "owner"))
}

func needParams(n *models.Need, as string) map[string]any {
	return map[string]any{"title": n.Title, "as": as, "need": n.ID, "code": n.Code}
}

func tellNeedOffice(tx *models.Tx, e models.Event, n *models.Need) error {
	list, err := tx.OfficersOf(n.Region)
	if err != nil {
		return err
	}
	return tx.Notify(e, list, needParams(n, "officer"))
}

// tellNeedExperts asks those who were named in this very step and still are.
func tellNeedExperts(tx *models.Tx, e models.Event, n *models.Need) error {
	ids := []models.ExpertID{}
	named, _ := e.Data.V["named"].([]any)
	for _, x := range named {
		if id, ok := x.(string); ok {
			ids = append(ids, models.ExpertID(id))
		}
	}
	found, err := tx.ExpertsByID(ids)
	if err != nil {
		return err
	}
	list := []models.UserID{}
	for _, id := range ids {
		list = append(list, found[id].User)
	}
	return tx.Notify(e, list, needParams(n, "expert"))
}
