package api_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jiebang/api/endpoint"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestMatrix knocks at every door for every thing as everybody, and compares the answer with
// what the table says to the roles this town gives them. What the table allows and would
// change something is not done: there the view's buttons are compared instead.
func TestMatrix(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		dbtest.Wrecked(t) // rows in every state at once are no history
		m := &matrix{town: newTown(t, w), t: t, spec: readSpec(t, w), answered: map[string]bool{}, wrong: map[string]*fault{}}
		m.maker = &maker{spec: m.spec, rng: rand.New(rand.NewPCG(1, 2))}
		for _, d := range w.Server.Doors() {
			m.door(d)
		}
		for _, d := range w.Server.Doors() {
			if d.Method == http.MethodGet && !m.answered[d.Path] && !strings.HasPrefix(d.Path, "/api/v1/demo") && !slices.Contains(played, d.Path) {
				t.Errorf("nobody ever got an answer from %s", d.Path)
			}
		}
		m.views()
		m.hidden()
		t.Logf("%d cells: %d refused as the table says, %d read, %d allowed writes and %d conditions compared with the buttons, %d hidden answers compared byte by byte",
			m.cells, m.refused, m.read, m.buttons, m.asked, m.bytes)
		if m.cells < 10_000 {
			t.Errorf("only %d cells: the matrix is not walked", m.cells)
		}
		for _, line := range slices.Sorted(maps.Keys(m.wrong)) {
			t.Errorf("%s; %d times, e.g. %s", line, m.wrong[line].times, m.wrong[line].example)
		}
	})
}

// played are the doors whose things cannot be planted, because an engine makes them: the
// story goes through them.
var played = []string{"/api/v1/challenges/{id}/panel", "/api/v1/challenges/{id}/reviews", "/api/v1/challenges/{id}/ranking", "/api/v1/challenges/{id}/ranking/compare",
	"/api/v1/unsubscribe/{token}", "/api/v1/calendars/{token}/deadlines.ics", "/api/v1/assignments/{id}/files/{no}"}

// fault is one kind of wrong answer, with an example.
type fault struct {
	times   int
	example string
}

type matrix struct {
	*town
	*spec
	t        *testing.T
	maker    *maker
	answered map[string]bool
	wrong    map[string]*fault // by door and kind of error, not one line per cell

	cells, refused, read, buttons, asked, bytes int
}

func (m *matrix) blame(f *thing, name, format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if m.wrong[line] == nil {
		m.wrong[line] = &fault{example: fmt.Sprintf("as %s for the %s", name, f.label)}
	}
	m.wrong[line].times++
}

func (m *matrix) operation(d endpoint.Door) *operation {
	for _, op := range m.list {
		if op.method == d.Method && op.path == d.Path {
			return op
		}
	}
	m.t.Fatalf("%s %s is not described", d.Method, d.Path)
	return nil
}

// door knocks at one door as everybody, for every thing its action acts on.
func (m *matrix) door(d endpoint.Door) {
	if strings.HasPrefix(d.Path, "/api/v1/demo") || d.Action == models.AccountSetUp {
		return // there only in a demo, or before the first account; tested where they live
	}
	op := m.operation(d)
	kinds := models.ActsOn(d.Action)
	listsFiles := d.Action == models.DocumentShow && !strings.Contains(d.Path, "{")
	if listsFiles { // of a thing, for whoever may see that thing
		kinds = []models.Kind{models.KindChallenge, models.KindBid, models.KindTeam, models.KindOrg, models.KindAlliance}
	}
	twins := len(kinds) > 1 && slices.Contains(kinds, models.KindSite)
	for _, kind := range kinds {
		// A door that names no thing opens on the site; what else the same action changes is
		// found behind it, by a secret in the body.
		if twins && (kind == models.KindSite) == strings.Contains(d.Path, "{") {
			continue
		}
		for _, f := range m.of(kind) {
			if listsFiles {
				d.Action = showOf[kind]
			}
			if f.kind == models.KindAccount && !strings.Contains(d.Path, "/accounts/{") && f.state != models.UserActive {
				continue // the caller's own account, whoever he is
			}
			if d.Action == models.BidCheck && f.state == models.BidPassed {
				continue // there it is the action bid.reject, if the body says so
			}
			for _, name := range m.names {
				m.cell(d, op, f, name)
			}
		}
	}
}

func (m *matrix) cell(d endpoint.Door, op *operation, f *thing, name string) {
	m.cells++
	have := f.role(name)
	if f.kind == models.KindAccount && !strings.Contains(d.Path, "/accounts/{") {
		if have = everybody(name); name != "visitor" {
			have |= models.Self
		}
	}
	v, reads := models.Predict(d.Action, f.kind, have, f.state)
	if f.kind == models.KindAccount && name == "visitor" && !strings.Contains(d.Path, "/accounts/{") {
		v = models.VerdictSignIn // he has no account that could be hidden
	}
	if v == models.VerdictAllowed && !reads {
		m.buttons++ // compared in views
		return
	}
	if v == models.VerdictAsks && !reads {
		m.asked++
		if m.may(d.Action, f, name) {
			return
		}
		v = models.VerdictNotNow
	}
	a := m.knock(d, op, f, name)
	ok := false
	switch v {
	case models.VerdictHidden:
		ok = a.Status == http.StatusNotFound && code(a) == "request.not_found"
	case models.VerdictSignIn:
		ok = a.Status == http.StatusUnauthorized
	case models.VerdictDenied:
		ok = a.Status == http.StatusForbidden && code(a) == "request.denied"
	case models.VerdictNotNow:
		ok = a.Status == http.StatusConflict
	case models.VerdictAsks:
		ok = a.Status == http.StatusConflict || a.Status < 300
	case models.VerdictAllowed:
		ok = a.Status != http.StatusUnauthorized && a.Status != http.StatusForbidden && a.Status < 500
	}
	if a.Status < 300 {
		m.answered[d.Path] = true
		m.read++
	} else {
		m.refused++
	}
	if !ok {
		m.blame(f, name, "%s %s: %s by the table, got %d %s", d.Method, d.Path, v, a.Status, code(a))
	}
	if v == models.VerdictHidden && f.content != "" && bytes.Contains(a.Body, []byte(f.content)) {
		m.blame(f, name, "%s %s tells what is hidden", d.Method, d.Path)
	}
}

// may asks the store whether the conditions beside the state hold.
func (m *matrix) may(action models.Action, f *thing, name string) bool {
	m.t.Helper()
	var ok bool
	err := m.Store.Read(context.Background(), m.people[name].Who, func(tx *models.Tx) error {
		list, err := m.allowed(tx, f)
		ok = slices.Contains(list, action)
		return err
	})
	if err != nil {
		m.blame(f, name, "the conditions of %s cannot be asked: %v", action, err)
	}
	return ok
}

// allowed lists the buttons of a thing.
func (m *matrix) allowed(tx *models.Tx, f *thing) ([]models.Action, error) {
	switch f.kind {
	case models.KindAlliance:
		a, err := tx.Alliance(models.AllianceID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(a)
	case models.KindSite:
		return tx.SiteActions()
	case models.KindOrg:
		o, err := tx.Org(models.OrgID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(o)
	case models.KindTeam:
		t, err := tx.Team(models.TeamID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(t)
	case models.KindIntegrity:
		r, err := tx.IntegrityOf(models.IntegrityID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(r)
	case models.KindNeed:
		n, err := tx.Need(models.NeedID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(n)
	case models.KindBatch:
		b, err := tx.Batch(models.BatchID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(b)
	case models.KindChallenge:
		c, err := tx.Challenge(models.ChallengeID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(c)
	case models.KindBid:
		b, err := tx.Bid(models.BidID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(b)
	case models.KindAssignment:
		a, err := tx.AssignmentFor(models.AssignmentShow, models.AssignmentID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(a)
	case models.KindAccount:
		me, err := tx.Me(models.AccountShow)
		if err != nil {
			return nil, err
		}
		return tx.Allowed(me)
	case models.KindInvitation:
		i, err := tx.Invitation(models.InvitationID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(i)
	case models.KindQuestion:
		q, err := tx.Question(models.QuestionID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(q)
	case models.KindAmendment:
		a, err := tx.Amendment(models.AmendmentID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(a)
	case models.KindWaiver:
		w, err := tx.WaiverFor(models.WaiverShow, models.WaiverID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(w)
	case models.KindRoleRequest:
		r, err := tx.RoleRequestFor(models.RoleRequestShow, models.RoleRequestID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(r)
	case models.KindDocument:
		d, err := tx.DocumentFor(models.DocumentShow, models.DocumentID(f.id))
		if err != nil {
			return nil, err
		}
		return tx.Allowed(d)
	}
	return nil, fmt.Errorf("no condition was known for %s", f.kind)
}

func code(a *apitest.Answer) string {
	var p struct {
		Code string `json:"code"`
	}
	if a.Status >= 400 {
		a.JSON(&p)
	}
	return p.Code
}

// knock calls a door with everything it needs: the thing's id, a body as valid as the
// description knows, and the version.
func (m *matrix) knock(d endpoint.Door, op *operation, f *thing, name string) *apitest.Answer {
	path := m.fill(d.Path, f)
	query := []string{}
	for _, p := range op.Parameters {
		if p.In == "query" && p.Required {
			v := fmt.Sprint(m.maker.value(p.Schema, p.Name, 0))
			switch {
			case strings.HasSuffix(p.Name, "kind"):
				v = string(f.kind)
			case strings.HasSuffix(p.Name, "_id") || p.Name == "id":
				v = f.id
			case p.Name == "purpose":
				v = "attachment"
			case m.ids["query/"+p.Name] != "":
				v = m.ids["query/"+p.Name]
			}
			query = append(query, p.Name+"="+v)
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	headers := []string{}
	var body any
	switch {
	case op.raw:
		body, headers = []byte("a file"), append(headers, "Content-Type", "application/octet-stream")
	case op.body != nil:
		body = m.maker.value(op.body, "", 0)
	}
	if d.Method == http.MethodPut {
		headers = append(headers, "If-Match", fmt.Sprintf("%q", fmt.Sprint(f.version)))
	}
	return m.Do(m.people[name], d.Method, path, body, headers...)
}

// fill puts ids into a path: the thing's own first, then others that exist.
func (m *matrix) fill(path string, f *thing) string {
	first := true
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if !strings.HasPrefix(p, "{") {
			continue
		}
		name := strings.Trim(p, "{}")
		switch {
		case name == "kind" && f.kind == models.KindSite: // of a vocabulary
			parts[i] = "domain"
			continue
		case name == "kind":
			parts[i] = string(f.kind)
			continue
		case first && f.kind != models.KindSite:
			parts[i] = f.id
		case m.ids[name] != "":
			parts[i] = m.ids[name]
		default:
			parts[i] = "1"
		}
		first = false
	}
	return strings.Join(parts, "/")
}

// views compares the buttons of every view with the table.
func (m *matrix) views() {
	shows := map[models.Kind]string{}
	for _, d := range m.Server.Doors() {
		for kind, show := range showOf {
			if d.Action == show && d.Method == http.MethodGet && strings.Count(d.Path, "{") == 1 && strings.HasSuffix(d.Path, "}") {
				shows[kind] = d.Path
			}
		}
	}
	for _, f := range m.things {
		path, ok := shows[f.kind]
		if !ok {
			continue
		}
		for _, name := range m.names {
			have := f.role(name)
			if v, _ := models.Predict(showOf[f.kind], f.kind, have, f.state); v != models.VerdictAllowed {
				continue
			}
			m.cells++
			var view struct {
				Actions []models.Action `json:"actions"`
			}
			a := m.Do(m.people[name], "GET", m.fill(path, f), nil)
			if a.Status != http.StatusOK { // or somebody was let through a door above, and changed it
				m.blame(f, name, "%s: not shown, got %d", path, a.Status)
				continue
			}
			a.JSON(&view)
			if view.Actions == nil {
				m.blame(f, name, "%s: the view has no list of actions", path)
				continue
			}
			for _, action := range models.Actions() {
				if !slices.Contains(models.ActsOn(action), f.kind) {
					continue
				}
				v, reads := models.Predict(action, f.kind, have, f.state)
				want := v == models.VerdictAllowed && !reads
				if v == models.VerdictAsks && !reads {
					want = m.may(action, f, name)
				}
				if have := slices.Contains(view.Actions, action); have != want {
					m.blame(f, name, "%s: %s among the buttons is %t, the table says %s", path, action, have, v)
				}
			}
		}
	}
}

// hidden compares what is answered about a thing that must not be known of with what is
// answered about one that does not exist: everything but the address and the request's own
// number must be the same.
func (m *matrix) hidden() {
	for _, d := range m.Server.Doors() {
		op := m.operation(d)
		if !strings.Contains(d.Path, "{") {
			continue
		}
		for _, kind := range models.ActsOn(d.Action) {
			for _, f := range m.of(kind) {
				if f.kind == models.KindSite || f.kind == models.KindAccount && !strings.Contains(d.Path, "/accounts/{") {
					continue
				}
				for _, name := range m.names {
					if v, _ := models.Predict(d.Action, f.kind, f.role(name), f.state); v != models.VerdictHidden {
						continue
					}
					m.bytes++
					m.cells++
					none := *f
					none.id = f.id[:4] + strings.Repeat("a", 26)
					m.maker.rng = rand.New(rand.NewPCG(3, 4))
					a := m.knock(d, op, f, name)
					m.maker.rng = rand.New(rand.NewPCG(3, 4))
					b := m.knock(d, op, &none, name)
					if got, want := bare(a, f.id), bare(b, none.id); got != want {
						m.blame(f, name, "%s %s tells a %s from nothing:\n%s\n%s", d.Method, d.Path, f.kind, got, want)
					}
				}
			}
		}
	}
}

// bare is a whole answer without what is the request's own.
func bare(a *apitest.Answer, id string) string {
	h := a.Header.Clone()
	h.Del("X-Request-Id")
	h.Del("Date")
	var b bytes.Buffer
	fmt.Fprintln(&b, a.Status)
	_ = h.Write(&b)
	b.Write(a.Body)
	return strings.ReplaceAll(b.String(), id, "ID")
}
