package models

import (
	"slices"
	"time"

	"jiebang/internal/problem"
)

// Role is a relation between an actor and one thing (or, for officer, operator and
// auditor, a grant). A person may hold several at once.
type Role uint32

const (
	Visitor       Role = 1 << iota // anybody, signed in or not
	SignedIn                       // any active account
	Self                           // the person the thing is about
	Owner                          // may act for the org that owns the thing (发榜方 / 盟主)
	Colleague                      // belongs to the org the thing belongs to
	Bidder                         // on the team
	Lead                           // leads the team
	Institution                    // administrates the org of the team, or the org itself (单位管理员)
	Judge                          // an expert assigned to the thing
	Officer                        // the authority's hand, within his region (主管经办)
	Operator                       // runs the platform; no rights over content
	Auditor                        // may see, not touch
	Platform                       // the clock and the followers
	Reader                         // may read the thing a document belongs to
	SystemAdmin                    // keeps the catalogues, settings and jobs (系统管理员)
	SecurityAdmin                  // keeps accounts and offices (安全管理员)
	City                           // an officer of the place, who recommends where the level above decides (初审推荐)
)

// roleNames are in the order of the constants; the golden table and the trail use them.
var roleNames = []string{"visitor", "signed_in", "self", "owner", "colleague", "bidder", "lead", "institution",
	"expert", "officer", "operator", "auditor", "system", "reader", "system_admin", "security_admin", "city_officer"}

// Names lists the roles in a set, in fixed order.
func (r Role) Names() []string {
	names := []string{}
	for i, name := range roleNames {
		if r&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

func by(roles ...Role) Role {
	var all Role
	for _, r := range roles {
		all |= r
	}
	return all
}

// Actor is who acts, with everything that decides his relations. It is read inside the
// unit of work, so a role that ended a moment ago is gone.
type Actor struct {
	User    UserID
	Session SessionID
	Login   string
	Name    string
	System  bool

	Operator, Auditor          bool
	SystemAdmin, SecurityAdmin bool
	AuditAdmin                 bool             // an auditor by the name of the third administrator
	Strong                     bool             // the account has a second factor
	Confirmed                  *time.Time       // when this session showed it last
	Withheld                   []string         // offices that count only once the second factor was shown
	Regions                    []string         // where he is officer, as region codes; "000000" is everywhere
	Orgs                       map[OrgID]string // admin, poster or member
	Teams                      map[TeamID]bool  // true where he leads
	Expert                     ExpertID
}

// Administers reports whether the actor is institution admin of the org.
func (a Actor) Administers(org OrgID) bool { return a.Orgs[org] == "admin" }

// Posts reports whether the actor may post challenges for the org.
func (a Actor) Posts(org OrgID) bool { return a.Orgs[org] == "admin" || a.Orgs[org] == "poster" }

// base is what an actor is towards everything.
func (a Actor) base() Role {
	r := Visitor
	if a.System {
		return r | Platform
	}
	if a.User == "" {
		return r
	}
	r |= SignedIn
	if a.Operator {
		r |= Operator
	}
	if a.Auditor {
		r |= Auditor
	}
	if a.SystemAdmin {
		r |= SystemAdmin
	}
	if a.SecurityAdmin {
		r |= SecurityAdmin
	}
	return r
}

// officerOf adds Officer when the region lies within one of the actor's regions. Region
// codes are GB/T 2260: trailing zeros widen the area (210000 is all of Liaoning).
func (a Actor) officerOf(region string) Role {
	for _, mine := range a.Regions {
		if within(region, mine) {
			return Officer
		}
	}
	return 0
}

// within reports whether region lies in the area of another region code.
func within(region, area string) bool {
	switch {
	case area == "000000":
		return true
	case len(region) != 6 || len(area) != 6:
		return false
	case area[2:] == "0000":
		return region[:2] == area[:2]
	case area[4:] == "00":
		return region[:4] == area[:4]
	default:
		return region == area
	}
}

// loadActor reads the caller's rights. A session that has ended answers SignIn, whatever
// the token says.
func (tx *Tx) loadActor(who Who) error {
	if who.System {
		tx.Actor = Actor{System: true}
		return nil
	}
	if who.User == "" {
		return nil
	}
	var row struct {
		Login, Name, State   string
		EndedAt, ConfirmedAt *time.Time
		ExpiresAt            time.Time
		Strong               int
	}
	err := tx.db.Raw(`select u.login, u.name, u.state, s.ended_at, s.expires_at, s.confirmed_at,
		case when exists (select 1 from totps t where t.user_id = u.id and t.confirmed_at is not null)
			or exists (select 1 from passkeys p where p.user_id = u.id) then 1 else 0 end as strong
		from users u join sessions s on s.user_id = u.id
		where u.id = ? and s.id = ?`, who.User, who.Session).Scan(&row).Error
	if err != nil {
		return err
	}
	if row.State != UserActive || row.EndedAt != nil || !tx.Now.Before(row.ExpiresAt) {
		return problem.New(problem.SignIn, "account.session_ended", "Your session has ended; sign in again.")
	}
	a := Actor{User: who.User, Session: who.Session, Login: row.Login, Name: row.Name,
		Strong: row.Strong == 1, Confirmed: row.ConfirmedAt, Orgs: map[OrgID]string{}, Teams: map[TeamID]bool{}}
	if err := tx.relate(&a); err != nil {
		return err
	}
	tx.Actor = a
	return nil
}

// hold gives the actor an office of the platform.
func (a *Actor) hold(role string) {
	office := offices[role]
	a.Operator = a.Operator || office == Operator
	a.Auditor = a.Auditor || office == Auditor
	a.AuditAdmin = a.AuditAdmin || role == "audit_admin"
	a.SystemAdmin = a.SystemAdmin || office == SystemAdmin
	a.SecurityAdmin = a.SecurityAdmin || office == SecurityAdmin
}

// relate fills the actor's relations: memberships, teams, grants, expert.
func (tx *Tx) relate(a *Actor) error {
	var rows []struct{ Kind, Key, Value string }
	err := tx.db.Raw(`select 'org' as kind, org_id as key, role as value from memberships where user_id = ? and ended_at is null
		union all select 'team', team_id, role from team_members where user_id = ? and left_at is null
		union all select 'grant', role, region from grants where user_id = ? and revoked_at is null
		union all select 'expert', id, state from experts where user_id = ?`, a.User, a.User, a.User, a.User).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch {
		case r.Kind == "org":
			a.Orgs[OrgID(r.Key)] = r.Value
		case r.Kind == "team":
			a.Teams[TeamID(r.Key)] = r.Value == "lead"
		case r.Kind == "expert":
			a.Expert = ExpertID(r.Key)
		case tx.store.demanding && a.Confirmed == nil:
			if !slices.Contains(a.Withheld, r.Key) {
				a.Withheld = append(a.Withheld, r.Key)
			}
		case r.Key == "officer":
			a.Regions = append(a.Regions, r.Value)
		default:
			a.hold(r.Key)
		}
	}
	return nil
}
