package integrity

import (
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/internal/workday"
	"jiebang/models"
)

// RecordInput is a breach and what follows from it.
type RecordInput struct {
	Body struct {
		Subject string `json:"subject" minLength:"1" maxLength:"60" doc:"Whom it names: the id or credit code of a unit, the code of a team or of an expert, or the login of an account"`
		Kind    string `json:"kind" enum:"org,team,expert,account"`
		Act     string `json:"act" minLength:"4" maxLength:"500" doc:"What was done"`
		Basis   string `json:"basis" minLength:"4" maxLength:"300" doc:"The rule it is judged by"`
		Decided string `json:"body" minLength:"2" maxLength:"100" doc:"Who decided it"`
		Since   string `json:"since" maxLength:"10" doc:"First day of the period, YYYY-MM-DD"`
		Until   string `json:"until" maxLength:"10" doc:"First day on which it counts no more, YYYY-MM-DD"`
	}
}

// Record writes a breach into the register. From its first day to its last the subject may
// not register, bid, judge or be awarded.
func Record(tx *models.Tx, in *RecordInput) (*IntegrityView, error) {
	if err := tx.May(models.IntegrityRecord); err != nil {
		return nil, err
	}
	r := models.NewIntegrity()
	b := in.Body
	var f problem.Fields
	if err := name(tx, &f, r, b.Kind, strings.TrimSpace(b.Subject)); err != nil {
		return nil, err
	}
	for path, text := range map[string]string{"act": b.Act, "basis": b.Basis, "body": b.Decided} {
		f.Require(len([]rune(strings.TrimSpace(text))) >= 2, path, "field.missing", "must not be blank")
	}
	since, err := time.ParseInLocation(time.DateOnly, b.Since, workday.Shanghai)
	f.Require(err == nil, "since", "field.date", "must be a day as YYYY-MM-DD")
	until, wrong := time.ParseInLocation(time.DateOnly, b.Until, workday.Shanghai)
	f.Require(wrong == nil && until.After(since) && until.After(tx.Now), "until", "integrity.period", "must be a day to come, after the first one, as YYYY-MM-DD")
	f.Require(wrong != nil || !until.After(since.AddDate(20, 0, 0)), "until", "integrity.period_long", "must be at most 20 years after the first day")
	if err := f.Problem("integrity.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	r.Act, r.Basis, r.Body, r.Since, r.Until, r.RecordedBy = b.Act, b.Basis, b.Decided, since.UTC(), until.UTC(), tx.Actor.User
	if err := tx.Make(models.IntegrityRecord, tx.Site(), r, models.Note{Data: map[string]any{"subject": b.Kind}}); err != nil {
		return nil, err
	}
	return view(tx, r)
}

// name finds whom a record names. An officer records within his own place.
func name(tx *models.Tx, f *problem.Fields, r *models.Integrity, kind, text string) error {
	home := models.OrgID("")
	switch kind {
	case "org":
		o, err := tx.OrgByIDOrUSCC(text)
		if err != nil || o == nil {
			f.Add("subject", "org.unknown", "no unit of this id or credit code is registered")
			return err
		}
		r.Org, home = o.ID, o.ID
	case "team":
		t, err := tx.TeamByCode(text)
		if err != nil || t == nil {
			f.Add("subject", "integrity.no_subject", "there is no team of this code")
			return err
		}
		r.Team, home = t.ID, t.Org
	case "expert":
		e, err := tx.ExpertByCode(text)
		if err != nil || e == nil {
			f.Add("subject", "integrity.no_subject", "there is no expert of this code")
			return err
		}
		r.Expert = e.ID
	default:
		u, err := tx.UserByLogin(strings.ToLower(text))
		if err != nil || u == nil {
			f.Add("subject", "account.unknown_login", "there is no active account of this login")
			return err
		}
		r.User = u.ID
	}
	if home == "" {
		return nil
	}
	o, err := tx.Org(home)
	if err != nil {
		return err
	}
	f.Require(tx.Actor.OfficerIn(o.Region), "subject", "integrity.not_your_region", "lies outside of your office")
	return nil
}
