package accounts

import (
	"slices"
	"strings"

	"jiebang/models"
)

// Me is the caller: his account and everything his rights come from.
type Me struct {
	ID        models.UserID    `json:"id"`
	Login     string           `json:"login"`
	Name      string           `json:"name"`
	Email     string           `json:"email"`
	Mobile    string           `json:"mobile"`
	Locale    string           `json:"locale"`
	State     string           `json:"state"`
	Version   int64            `json:"version"`
	Session   models.SessionID `json:"session"`
	Roles     []string         `json:"roles" doc:"Every relation held: operator, auditor, system_admin, security_admin, audit_admin, officer, institution, owner, colleague, lead, bidder, expert"`
	Regions   []string         `json:"regions" doc:"Where I am officer, as region codes"`
	Orgs      []MyOrg          `json:"orgs"`
	Teams     []MyTeam         `json:"teams"`
	Alliances []MyAlliance     `json:"alliances" doc:"Alliances whose leader I administrate or post for"`
	Expert    *MyExpert        `json:"expert,omitempty"`
	Unread    int64            `json:"unread_notices"`
	Strong    bool             `json:"second_factor" doc:"I have a second factor"`
	Withheld  []string         `json:"withheld_roles" doc:"Offices I hold that count only once I have shown a second factor in this session: set one up, or sign in anew"`
	Actions   []models.Action  `json:"actions" doc:"What I may do to my account, and begin on the platform"`
}

// MyOrg is a unit I belong to.
type MyOrg struct {
	ID    models.OrgID `json:"id"`
	Name  string       `json:"name"`
	Kind  string       `json:"kind"`
	State string       `json:"state"`
	Role  string       `json:"role" enum:"admin,poster,member"`
}

// MyTeam is a team I am on.
type MyTeam struct {
	ID   models.TeamID `json:"id"`
	Code string        `json:"code"`
	Name string        `json:"name"`
	Org  models.OrgID  `json:"org_id"`
	Lead bool          `json:"lead"`
}

// MyAlliance is an alliance led by a unit of mine.
type MyAlliance struct {
	ID     models.AllianceID `json:"id"`
	Name   string            `json:"name"`
	Leader models.OrgID      `json:"leader_id"`
}

// MyExpert is my entry in the expert pool.
type MyExpert struct {
	ID   models.ExpertID `json:"id"`
	Name string          `json:"name"`
}

// ShowMeInput needs nothing.
type ShowMeInput struct{}

// ShowMe is the caller as the platform sees him now.
func ShowMe(tx *models.Tx, _ *ShowMeInput) (*Me, error) { return me(tx, models.AccountShow) }

func me(tx *models.Tx, action models.Action) (*Me, error) {
	u, err := tx.Me(action)
	if err != nil {
		return nil, err
	}
	return viewMe(tx, u)
}

func viewMe(tx *models.Tx, u *models.User) (*Me, error) {
	a := tx.Actor
	m := &Me{ID: u.ID, Login: u.Login, Name: u.Name, Email: u.Email, Mobile: u.Mobile, Locale: u.Locale, State: u.State, Version: u.Version,
		Session: a.Session, Regions: slices.Sorted(slices.Values(a.Regions)), Roles: roles(a), Strong: a.Strong, Withheld: a.Withheld}
	if err := belong(tx, m); err != nil {
		return nil, err
	}
	var err error
	if a.Expert != "" {
		m.Expert = &MyExpert{ID: a.Expert, Name: u.Name}
	}
	if m.Unread, err = tx.UnreadNotices(); err != nil {
		return nil, err
	}
	if m.Actions, err = tx.Allowed(u); err != nil {
		return nil, err
	}
	site, err := tx.SiteActions()
	for _, action := range site { // signing in and registering are for who is not here yet
		if !strings.HasPrefix(string(action), "account.") {
			m.Actions = append(m.Actions, action)
		}
	}
	return m, err
}

// belong fills in the units, teams and alliances, each list by name.
func belong(tx *models.Tx, m *Me) error {
	ids, posts := []models.OrgID{}, []models.OrgID{}
	for id := range tx.Actor.Orgs {
		ids = append(ids, id)
		if tx.Actor.Posts(id) {
			posts = append(posts, id)
		}
	}
	orgs, err := tx.OrgsByID(ids)
	if err != nil {
		return err
	}
	for id, o := range orgs {
		m.Orgs = append(m.Orgs, MyOrg{ID: id, Name: o.Name, Kind: o.Kind, State: o.State, Role: tx.Actor.Orgs[id]})
	}
	slices.SortFunc(m.Orgs, func(a, b MyOrg) int { return strings.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	mine := []models.TeamID{}
	for id := range tx.Actor.Teams {
		mine = append(mine, id)
	}
	teams, err := tx.TeamsByID(mine)
	if err != nil {
		return err
	}
	for id, t := range teams {
		m.Teams = append(m.Teams, MyTeam{ID: id, Code: t.Code, Name: t.Name, Org: t.Org, Lead: tx.Actor.Teams[id]})
	}
	slices.SortFunc(m.Teams, func(a, b MyTeam) int { return strings.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	led, err := tx.AlliancesLedBy(posts...)
	for _, l := range led {
		m.Alliances = append(m.Alliances, MyAlliance{ID: l.ID, Name: l.Name, Leader: l.Leader})
	}
	return err
}

// roles names every relation the actor holds towards something, in the words of the table.
func roles(a models.Actor) []string {
	list := []string{}
	add := func(held bool, name string) {
		if held && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	add(a.Operator, "operator")
	add(a.Auditor, "auditor")
	add(a.AuditAdmin, "audit_admin")
	add(a.SystemAdmin, "system_admin")
	add(a.SecurityAdmin, "security_admin")
	add(len(a.Regions) > 0, "officer")
	for id := range a.Orgs {
		add(a.Administers(id), "institution")
		add(a.Posts(id), "owner")
		add(true, "colleague")
	}
	for _, lead := range a.Teams {
		add(lead, "lead")
		add(true, "bidder")
	}
	add(a.Expert != "", "expert")
	slices.Sort(list)
	return list
}

// EditMeInput is what a person may change about himself; the login never changes.
type EditMeInput struct {
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"60"`
		Email  string `json:"email" required:"false" maxLength:"120"`
		Mobile string `json:"mobile" required:"false" maxLength:"20"`
		Locale string `json:"locale" required:"false" enum:"zh-CN,en"`
	}
}

// EditMe changes the caller's name and contacts.
func EditMe(tx *models.Tx, in *EditMeInput) (*Me, error) {
	u, err := tx.Me(models.AccountEdit)
	if err != nil {
		return nil, err
	}
	if err := person(in.Body.Name, in.Body.Email, in.Body.Mobile).Problem("account.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	u.Name, u.Email, u.Mobile = strings.TrimSpace(in.Body.Name), in.Body.Email, in.Body.Mobile
	if in.Body.Locale != "" {
		u.Locale = in.Body.Locale
	}
	if err := tx.Apply(models.AccountEdit, u, models.Note{}); err != nil {
		return nil, err
	}
	return viewMe(tx, u)
}
