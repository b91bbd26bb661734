package accounts

import (
	"slices"
	"strings"
	"time"

	"jiebang/internal/problem"
	"jiebang/models"
)

const mostRequests = 200

// RoleRequestView is a request for an office that two persons give.
type RoleRequestView struct {
	ID          models.RoleRequestID `json:"id"`
	User        models.UserID        `json:"user_id"`
	Login       string               `json:"login"`
	Name        string               `json:"name"`
	Role        string               `json:"role" enum:"operator,auditor,system_admin,security_admin,audit_admin"`
	Reason      string               `json:"reason"`
	RequestedBy string               `json:"requested_by"`
	DecidedBy   string               `json:"decided_by"`
	Finding     string               `json:"finding"`
	DecidedAt   *time.Time           `json:"decided_at,omitempty"`
	State       string               `json:"state" enum:"open,approved,refused,withdrawn"`
	CreatedAt   time.Time            `json:"created_at"`
	Version     int64                `json:"version"`
	Actions     []models.Action      `json:"actions"`
}

// RoleRequestList are the newest requests, the open ones first.
type RoleRequestList struct {
	Requests []RoleRequestView `json:"requests"`
	Actions  []models.Action   `json:"actions"`
}

// RoleRequestsInput needs nothing.
type RoleRequestsInput struct{}

// RoleRequests lists who is to get which office.
func RoleRequests(tx *models.Tx, _ *RoleRequestsInput) (*RoleRequestList, error) {
	if err := tx.May(models.RoleRequests); err != nil {
		return nil, err
	}
	list, err := tx.RoleRequests(mostRequests)
	if err != nil {
		return nil, err
	}
	out := &RoleRequestList{}
	for i := range list {
		v, err := viewRequest(tx, &list[i])
		if err != nil {
			return nil, err
		}
		out.Requests = append(out.Requests, *v)
	}
	site, err := tx.SiteActions()
	if slices.Contains(site, models.RoleAsk) {
		out.Actions = append(out.Actions, models.RoleAsk)
	}
	return out, err
}

func viewRequest(tx *models.Tx, r *models.RoleRequest) (*RoleRequestView, error) {
	ids := []models.UserID{r.User, r.By}
	if r.DecidedBy != nil {
		ids = append(ids, *r.DecidedBy)
	}
	users, err := tx.UsersByID(ids)
	if err != nil {
		return nil, err
	}
	v := &RoleRequestView{ID: r.ID, User: r.User, Login: users[r.User].Login, Name: users[r.User].Name, Role: r.Role, Reason: r.Reason, RequestedBy: users[r.By].Name,
		Finding: r.Finding, DecidedAt: r.DecidedAt, State: r.State, CreatedAt: r.CreatedAt, Version: r.Version}
	if r.DecidedBy != nil {
		v.DecidedBy = users[*r.DecidedBy].Name
	}
	v.Actions, err = tx.Allowed(r)
	return v, err
}

// AskRoleInput asks for an office for somebody else.
type AskRoleInput struct {
	Body struct {
		Login  string `json:"login" minLength:"1" maxLength:"60"`
		Role   string `json:"role" enum:"operator,auditor,system_admin,security_admin,audit_admin"`
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// AskRole is the first person's part in giving an office. Nobody asks for himself.
func AskRole(tx *models.Tx, in *AskRoleInput) (*RoleRequestView, error) {
	if err := tx.May(models.RoleAsk); err != nil {
		return nil, err
	}
	u, err := tx.UserByLogin(strings.ToLower(strings.TrimSpace(in.Body.Login)))
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(u != nil && u.State == models.UserActive, "login", "account.unknown_login", "there is no active account of this login")
	if u != nil {
		f.Require(u.ID != tx.Actor.User, "login", "role_request.for_oneself", "must be somebody else: nobody asks for an office for himself")
		held, err := tx.GrantsOf(u.ID)
		if err != nil {
			return nil, err
		}
		excluded(&f, held, in.Body.Role)
	}
	if err := f.Problem("role_request.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	r := tx.NewRoleRequest(u.ID, in.Body.Role, in.Body.Reason)
	if err := tx.Make(models.RoleAsk, tx.Site(), r, models.Note{Reason: in.Body.Reason, Data: map[string]any{"account": u.ID, "role": r.Role}}); err != nil {
		return nil, err
	}
	return viewRequest(tx, r)
}

// excluded says beforehand what the database refuses in any case: two offices that watch one
// another.
func excluded(f *problem.Fields, held []models.Grant, role string) {
	for _, g := range held {
		switch {
		case g.Role == role:
			f.Add("role", "role.granted_already", "is held already")
		case g.Role != "officer" && role != "officer":
			f.Add("role", "role.exclusive", "is excluded by an office this person holds: operator, auditor, system, security and audit administrator are five different people")
		}
	}
}

// RoleRequestInput names a request.
type RoleRequestInput struct {
	ID models.RoleRequestID `path:"id"`
}

// ShowRoleRequest shows a request.
func ShowRoleRequest(tx *models.Tx, in *RoleRequestInput) (*RoleRequestView, error) {
	r, err := tx.RoleRequestFor(models.RoleRequestShow, in.ID)
	if err != nil {
		return nil, err
	}
	return viewRequest(tx, r)
}

// ApproveRole is the second person's part: the office counts from the holder's next request.
func ApproveRole(tx *models.Tx, in *RoleRequestInput) (*RoleRequestView, error) {
	r, err := tx.RoleRequestFor(models.RoleRequestApprove, in.ID)
	if err != nil {
		return nil, err
	}
	u, err := tx.UserByID(r.User)
	if err != nil {
		return nil, err
	}
	if u == nil || u.State != models.UserActive {
		return nil, problem.New(problem.Conflict, "role_request.account_disabled", "The account of who should get the office is disabled; refuse the request.")
	}
	if _, err := tx.AddGrant(r.User, r.Role, ""); err != nil {
		return nil, err
	}
	r.DecidedBy, r.DecidedAt = &tx.Actor.User, &tx.Now
	if err := tx.Apply(models.RoleRequestApprove, r, models.Note{}); err != nil {
		return nil, err
	}
	if err := tx.Follow(models.RoleGrant, tx.Site(), models.Note{Data: map[string]any{"account": r.User, "role": r.Role, "region": "", "request": r.ID}}); err != nil {
		return nil, err
	}
	return viewRequest(tx, r)
}

// RefuseRoleInput says why an office is not given.
type RefuseRoleInput struct {
	ID   models.RoleRequestID `path:"id"`
	Body struct {
		Reason string `json:"reason" minLength:"4" maxLength:"500"`
	}
}

// RefuseRole ends a request without the office.
func RefuseRole(tx *models.Tx, in *RefuseRoleInput) (*RoleRequestView, error) {
	r, err := tx.RoleRequestFor(models.RoleRequestRefuse, in.ID)
	if err != nil {
		return nil, err
	}
	r.DecidedBy, r.DecidedAt, r.Finding = &tx.Actor.User, &tx.Now, in.Body.Reason
	if err := tx.Apply(models.RoleRequestRefuse, r, models.Note{Reason: in.Body.Reason}); err != nil {
		return nil, err
	}
	return viewRequest(tx, r)
}

// WithdrawRole lets who asked take the request back.
func WithdrawRole(tx *models.Tx, in *RoleRequestInput) (*RoleRequestView, error) {
	r, err := tx.RoleRequestFor(models.RoleRequestWithdraw, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.RoleRequestWithdraw, r, models.Note{}); err != nil {
		return nil, err
	}
	return viewRequest(tx, r)
}
