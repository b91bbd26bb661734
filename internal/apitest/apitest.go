// Package apitest is the test room for the API: a whole server on a real database with a
// clock that can be moved, people to act as, and scenario rows.
package apitest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/api"
	"jiebang/internal/blob"
	"jiebang/internal/dbtest"
	"jiebang/internal/password"
	"jiebang/models"
)

// Password is everybody's password in tests.
const Password = "correct horse battery staple"

// Clock is a clock that tests move.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the moved time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to t.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t.UTC()
}

// Pass moves the clock forward.
func (c *Clock) Pass(d time.Duration) { c.Set(c.Now().Add(d)) }

// World is a server, its database and its clock. It begins on Monday 2 March 2026, 09:00 in Shenyang.
type World struct {
	T      testing.TB
	Store  *models.Store
	Server *api.Server
	Clock  *Clock
	Blobs  *blob.Memory

	hash string
}

// Each runs fn in a fresh world on each database; changes are to the server's settings.
func Each(t *testing.T, fn func(t *testing.T, w *World), changes ...func(*api.Config)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, s *models.Store) { fn(t, New(t, s, changes...)) })
}

// New makes a world around a migrated store.
func New(t testing.TB, s *models.Store, changes ...func(*api.Config)) *World {
	t.Helper()
	clock := &Clock{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}
	w := &World{T: t, Store: s.At(clock.Now), Clock: clock, Blobs: &blob.Memory{}}
	c := api.Config{Store: w.Store, Secret: []byte("test"), Blob: w.Blobs, Clock: clock.Now, Version: "test",
		PasswordCost: password.Test, Demo: &api.Demo{NoLimit: true}}
	for _, change := range changes {
		change(&c)
	}
	var err error
	if w.Server, err = api.New(c); err != nil {
		t.Fatal(err)
	}
	if w.hash, err = password.Hash(t.Context(), password.Test, Password); err != nil {
		t.Fatal(err)
	}
	return w
}

// Write runs a unit of work as the platform.
func (w *World) Write(fn func(tx *models.Tx) error) {
	w.T.Helper()
	if err := w.Store.Write(context.Background(), models.System, fn); err != nil {
		w.T.Fatal(err)
	}
}

// Deliver hands every waiting event to its followers.
func (w *World) Deliver() {
	w.T.Helper()
	if _, err := w.Server.Deliver(context.Background()); err != nil {
		w.T.Fatal(err)
	}
}

// Tick opens every clock door once.
func (w *World) Tick() {
	w.T.Helper()
	for _, j := range w.Server.Jobs() {
		if err := j.Run(context.Background()); err != nil {
			w.T.Fatalf("%s: %v", j.Name, err)
		}
	}
}

// Person is somebody signed in; the zero Person is a visitor.
type Person struct {
	Login string
	User  models.UserID
	Who   models.Who
	token string
}

// Bearer is the person's Authorization header, for requests over a real connection.
func (p Person) Bearer() string { return "Bearer " + p.token }

// Person makes an account and signs it in through the API.
func (w *World) Person(login string) Person {
	w.T.Helper()
	u := models.NewUser(login, "User "+login, w.hash)
	w.Write(func(tx *models.Tx) error { return tx.Make(models.AccountRegister, tx.Site(), u, models.Note{}) })
	return w.SignIn(login)
}

// SignIn signs an account in with everybody's password.
func (w *World) SignIn(login string) Person {
	w.T.Helper()
	return w.SignInBy(login, map[string]string{"login": login, "password": Password})
}

// SignInBy signs an account in with what the body shows.
func (w *World) SignInBy(login string, body any) Person {
	w.T.Helper()
	var out struct {
		Token   string           `json:"access_token"`
		Session models.SessionID `json:"session"`
		User    models.UserID    `json:"user"`
	}
	w.Do(Person{}, "POST", "/session", body).Must(http.StatusOK).JSON(&out)
	return Person{Login: login, User: out.User, Who: models.Who{User: out.User, Session: out.Session}, token: out.Token}
}

// Officer makes an officer of a region; Grant gives any office.
func (w *World) Officer(login, region string) Person {
	return w.Grant(w.Person(login), "officer", region)
}

// Grant gives a person an office.
func (w *World) Grant(p Person, role, region string) Person {
	w.T.Helper()
	w.Write(func(tx *models.Tx) error { _, err := tx.AddGrant(p.User, role, region); return err })
	return p
}

// Org makes a verified unit with an administrator whose login is the unit's name in lower case.
func (w *World) Org(name, kind string) (*models.Org, Person) {
	w.T.Helper()
	admin := w.Person(strings.ToLower(name))
	o := models.NewOrg()
	o.Name, o.Kind, o.Region, o.City, o.USCC = name, kind, "210100", "沈阳市", fmt.Sprintf("%018d", len(name)*7919+int(name[0])*104729+int(name[len(name)-1])*1299709)
	if err := w.Store.Write(context.Background(), admin.Who, func(tx *models.Tx) error {
		if err := tx.Make(models.OrgRegister, tx.Site(), o, models.Note{}); err != nil {
			return err
		}
		_, err := tx.AddMembership(o.ID, admin.User, "admin")
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	operator := w.operator()
	if err := w.Store.Write(context.Background(), operator.Who, func(tx *models.Tx) error {
		fresh, err := tx.OrgFor(models.OrgVerify, o.ID)
		if err != nil {
			return err
		}
		o = fresh
		return tx.Apply(models.OrgVerify, fresh, models.Note{})
	}); err != nil {
		w.T.Fatal(err)
	}
	return o, admin
}

// Operator is the one operator of the world.
func (w *World) operator() Person {
	var have bool
	w.Write(func(tx *models.Tx) error {
		u, err := tx.UserByLogin("the-operator")
		have = u != nil
		return err
	})
	if have {
		return w.SignIn("the-operator")
	}
	return w.Grant(w.Person("the-operator"), "operator", "")
}

// Operator signs in the one operator of the world.
func (w *World) Operator() Person { return w.operator() }

// Team makes a team of a unit with a lead whose login is the team's name in lower case.
func (w *World) Team(org *models.Org, name string) (*models.Team, Person) {
	w.T.Helper()
	lead := w.Person(strings.ToLower(name))
	team := models.NewTeam()
	w.Write(func(tx *models.Tx) error {
		code, err := tx.NextNumber("TM")
		if err != nil {
			return err
		}
		team.Code, team.Name, team.Org, team.TRLMin, team.TRLMax, team.MaxConcurrent = code, name, org.ID, 3, 8, 3
		team.State, team.Version, team.CreatedAt, team.UpdatedAt = models.TeamActive, 1, tx.Now, tx.Now
		if err := tx.Plant(team); err != nil {
			return err
		}
		_, err = tx.AddTeamMember(team.ID, lead.User, "lead")
		return err
	})
	return team, lead
}

// Answer is what the server said.
type Answer struct {
	t      testing.TB
	call   string
	Status int
	Header http.Header
	Body   []byte
}

// Do sends a request as a person. Paths are below /api/v1 unless they begin with /api or
// are outside of it ("/livez"). body is JSON, or raw when it is []byte, or none when nil.
// headers are pairs of name and value.
func (w *World) Do(p Person, method, path string, body any, headers ...string) *Answer {
	w.T.Helper()
	var r io.Reader
	kind := ""
	switch b := body.(type) {
	case nil:
	case []byte:
		r, kind = bytes.NewReader(b), "application/json"
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			w.T.Fatal(err)
		}
		r, kind = bytes.NewReader(raw), "application/json"
	}
	if !strings.HasPrefix(path, "/api/") && !slices.Contains([]string{"/livez", "/readyz", "/metrics"}, path) {
		path = "/api/v1" + path
	}
	req := httptest.NewRequest(method, path, r)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.Server.Handler().ServeHTTP(rec, req)
	return &Answer{t: w.T, call: method + " " + path, Status: rec.Code, Header: rec.Header(), Body: rec.Body.Bytes()}
}

// Must fails the test unless the status is the one expected.
func (a *Answer) Must(status int) *Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s: status %d, want %d: %s", a.call, a.Status, status, a.Body)
	}
	return a
}

// JSON reads the body into v.
func (a *Answer) JSON(v any) *Answer {
	a.t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("%s: %v: %s", a.call, err, a.Body)
	}
	return a
}

// Map reads the body as an object.
func (a *Answer) Map() map[string]any {
	a.t.Helper()
	m := map[string]any{}
	a.JSON(&m)
	return m
}

// Row is one scenario: who calls what, and what must come of it.
type Row struct {
	Name   string
	As     Person
	Method string
	Path   string
	Body   any
	Header []string
	Status int
	Has    []string        // words the answer must hold
	Lacks  []string        // words it must not hold
	Events []models.Action // exactly these are written, in order
}

// Run plays scenario rows in order as sub-tests.
func (w *World) Run(t *testing.T, rows ...Row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.Name, func(t *testing.T) {
			t.Helper()
			before := w.LastEvent()
			a := w.Do(r.As, r.Method, r.Path, r.Body, r.Header...)
			if a.Status != r.Status {
				t.Fatalf("%s: status %d, want %d: %s", a.call, a.Status, r.Status, a.Body)
			}
			for _, s := range r.Has {
				if !bytes.Contains(a.Body, []byte(s)) {
					t.Errorf("%s: the answer lacks %q: %s", a.call, s, a.Body)
				}
			}
			for _, s := range r.Lacks {
				if bytes.Contains(a.Body, []byte(s)) {
					t.Errorf("%s: the answer holds %q: %s", a.call, s, a.Body)
				}
			}
			got := []models.Action{}
			for _, e := range w.EventsAfter(before) {
				got = append(got, e.Action)
			}
			if !slices.Equal(got, r.Events) && len(got)+len(r.Events) > 0 {
				t.Errorf("%s: events %v, want %v", a.call, got, r.Events)
			}
		})
	}
}

// EventsAfter lists the events after a sequence.
func (w *World) EventsAfter(seq int64) []models.Event {
	w.T.Helper()
	var list []models.Event
	w.Write(func(tx *models.Tx) (err error) {
		list, err = tx.EventsAfter(seq, 100_000)
		return err
	})
	return list
}

// LastEvent is the sequence of the newest event.
func (w *World) LastEvent() int64 {
	list := w.EventsAfter(0)
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].Seq
}

// NoticesOf lists the notices an event left, whoever they are for.
func (w *World) NoticesOf(event models.EventID) []models.Notice {
	w.T.Helper()
	var list []models.Notice
	w.Write(func(tx *models.Tx) (err error) {
		list, err = tx.NoticesOf(event)
		return err
	})
	return list
}
