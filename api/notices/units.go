package notices

import (
	"maps"
	"slices"

	"jiebang/models"
)

// UnitLooked tells a unit's administrators what the operator found, and the operators that
// papers wait again.
func UnitLooked(tx *models.Tx, e models.Event) error {
	o, err := tx.Org(models.OrgID(e.Thing))
	if err != nil {
		return err
	}
	list, err := tx.AdminsOf(o.ID, "admin")
	if err != nil {
		return err
	}
	p := map[string]any{"title": o.Name, "as": "institution", "org": o.ID}
	if e.Reason != "" {
		p["reason"] = e.Reason
	}
	return tx.Notify(e, list, p)
}

// AllianceTold tells those whom a step in the life of an alliance concerns: the unit that is
// offered a seat or the lead, the leader whose members answer, all of them when the authority
// decides.
func AllianceTold(tx *models.Tx, e models.Event) error {
	a, err := tx.Alliance(models.AllianceID(e.Thing))
	if err != nil {
		return err
	}
	p := map[string]any{"title": a.Name, "as": "owner", "alliance": a.ID}
	if e.Reason != "" {
		p["reason"] = e.Reason
	}
	org, _ := e.Data.V["org"].(string)
	told := []models.OrgID{a.Leader}
	switch e.Action {
	case models.AllianceAddMember, models.AllianceChangeMember, models.AllianceEndMember, models.AlliancePropose, models.AllianceRecall:
		told = []models.OrgID{models.OrgID(org)}
	case models.AllianceRegister, models.AllianceSuspend, models.AllianceLift, models.AllianceDissolve, models.AllianceTransferTo:
		seats, err := tx.AllianceMembers(a.ID)
		if err != nil {
			return err
		}
		for _, m := range seats {
			told = append(told, m.Org)
		}
	}
	for _, id := range told {
		list, err := tx.AdminsOf(id, "admin")
		if err != nil {
			return err
		}
		if err := tx.Notify(e, list, with(p, "org", id)); err != nil {
			return err
		}
	}
	if e.Action == models.AllianceRegister || e.Action == models.AllianceAccept {
		list, err := tx.OfficersOf(a.Region)
		if err != nil {
			return err
		}
		return tx.Notify(e, list, with(p, "as", "officer"))
	}
	return nil
}

// Recommended tells the owner and the officers above that the city recommends a challenge.
func Recommended(tx *models.Tx, e models.Event) error {
	c, err := tx.Challenge(models.ChallengeID(e.Thing))
	if err != nil {
		return err
	}
	if err := tellOwner(tx, e, c); err != nil {
		return err
	}
	return tellOfficers(tx, e, c)
}

// IntegrityBears tells the officers of challenges that are being judged or publicised that a new
// record bears on somebody in them: an expert of the panel, or whoever has bid.
func IntegrityBears(tx *models.Tx, e models.Event) error {
	r, err := tx.IntegrityOf(models.IntegrityID(e.Thing))
	if err != nil {
		return err
	}
	list, err := tx.TouchedBy(r)
	if err != nil {
		return err
	}
	titles := map[models.UserID][]string{}
	for i := range list {
		officers, err := tx.OfficersOf(list[i].Region)
		if err != nil {
			return err
		}
		for _, u := range officers {
			titles[u] = append(titles[u], list[i].Title)
		}
	}
	for _, u := range slices.Sorted(maps.Keys(titles)) {
		p := map[string]any{"title": r.Act, "as": "bearing", "integrity": r.ID, "challenges": titles[u]}
		if err := tx.Notify(e, []models.UserID{u}, p); err != nil {
			return err
		}
	}
	return nil
}

// IntegrityTold tells the subject of a record of it, of the decision on its appeal and of the
// end of its period; and of an appeal who recorded it.
func IntegrityTold(tx *models.Tx, e models.Event) error {
	r, err := tx.IntegrityOf(models.IntegrityID(e.Thing))
	if err != nil {
		return err
	}
	p := map[string]any{"title": r.Act, "as": "subject", "integrity": r.ID}
	if e.Action == models.IntegrityAppeal {
		return tx.Notify(e, []models.UserID{r.RecordedBy}, with(p, "as", "officer"))
	}
	if e.Reason != "" {
		p["reason"] = e.Reason
	}
	list := []models.UserID{r.User}
	switch {
	case r.Org != "":
		list, err = tx.AdminsOf(r.Org, "admin")
	case r.Team != "":
		list, err = leads(tx, r.Team)
	case r.Expert != "":
		var found map[models.ExpertID]models.Expert
		found, err = tx.ExpertsByID([]models.ExpertID{r.Expert})
		list = []models.UserID{found[r.Expert].User}
	}
	if err != nil {
		return err
	}
	return tx.Notify(e, list, p)
}
