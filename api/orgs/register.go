package orgs

import (
	"net/url"
	"strconv"
	"strings"

	"jiebang/internal/codes"
	"jiebang/internal/problem"
	"jiebang/models"
)

// OrgBody is what a unit says about itself.
type OrgBody struct {
	Name        string              `json:"name" minLength:"2" maxLength:"100"`
	Kind        string              `json:"kind" enum:"enterprise,university,research_institute,new_rnd_institution,social_org,hospital,other"`
	USCC        string              `json:"uscc" maxLength:"30" doc:"Unified social credit code, 18 characters"`
	Region      string              `json:"region" maxLength:"6" doc:"Region code (GB/T 2260) of the registered place, six digits"`
	City        string              `json:"city" required:"false" maxLength:"30"`
	Founded     string              `json:"founded" required:"false" maxLength:"10" doc:"YYYY-MM-DD, or empty"`
	Homepage    string              `json:"homepage" required:"false" maxLength:"200"`
	Summary     string              `json:"summary" required:"false" maxLength:"2000"`
	Credentials []models.Credential `json:"credentials" required:"false" maxItems:"30"`
}

// RegisterOrgInput is a new unit.
type RegisterOrgInput struct {
	Body OrgBody
}

// Register makes a unit; whoever registers it becomes its administrator. It counts as
// verified only when an operator says so.
func Register(tx *models.Tx, in *RegisterOrgInput) (*Org, error) {
	if err := tx.May(models.OrgRegister); err != nil {
		return nil, err
	}
	if err := tx.Unblemished(string(tx.Actor.User)); err != nil {
		return nil, err
	}
	o := models.NewOrg()
	if err := in.Body.write(tx, o); err != nil {
		return nil, err
	}
	if err := tx.Make(models.OrgRegister, tx.Site(), o, models.Note{}); err != nil {
		return nil, err
	}
	if _, err := tx.AddMembership(o.ID, tx.Actor.User, "admin"); err != nil {
		return nil, err
	}
	if err := tx.Reload(); err != nil { // he is an administrator from now on, and sees what one may do
		return nil, err
	}
	return view(tx, o)
}

// write checks everything and puts it on the unit.
func (b *OrgBody) write(tx *models.Tx, o *models.Org) error {
	var f problem.Fields
	name := strings.TrimSpace(b.Name)
	f.Require(len([]rune(name)) >= 2, "name", "field.length", "must have at least 2 characters that are not blanks")
	code, ok, checked := codes.Credit(b.USCC)
	f.Require(ok, "uscc", "org.bad_uscc", "must be a unified social credit code: 18 characters, digits and capitals without I, O, S, V, Z, with the district in places 3 to 8")
	f.Require(models.IsRegion(b.Region), "region", "org.bad_region", "must be a region code of six digits, e.g. 210100")
	if b.Founded != "" {
		f.Require(models.IsDate(b.Founded) && b.Founded <= tx.Now.Format("2006-01-02"), "founded", "field.date", "must be a day in the past, as YYYY-MM-DD, or empty")
	}
	if b.Homepage != "" {
		u, err := url.Parse(b.Homepage)
		f.Require(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", "homepage", "field.url", "must be a web address that begins with https:// or http://, or empty")
	}
	for i, c := range b.Credentials {
		path := "credentials[" + strconv.Itoa(i) + "]."
		f.Require(strings.TrimSpace(c.Name) != "", path+"name", "field.missing", "must not be blank")
		f.Require(c.Until == "" || models.IsDate(c.Until), path+"until", "field.date", "must be a day as YYYY-MM-DD, or empty")
	}
	if err := f.Problem("org.invalid", "Some fields need to be mended."); err != nil {
		return err
	}
	o.Name, o.Kind, o.USCC, o.USCCManual, o.Region, o.City = name, b.Kind, code, !checked, b.Region, b.City
	o.Founded, o.Homepage, o.Summary, o.Credentials = b.Founded, b.Homepage, b.Summary, models.J(b.Credentials)
	return nil
}
