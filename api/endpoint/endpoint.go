// Package endpoint is the doors to the use cases: over HTTP, by the clock and after an
// event. A door opens the unit of work, decodes and checks the input by its tags, and turns
// what went wrong into problem documents. Use cases know none of this.
package endpoint

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiebang/internal/problem"
	"jiebang/models"
)

// Doors is where the domains hang their doors.
type Doors struct {
	API   huma.API
	Store *models.Store // nil when only the description is wanted
	Log   *slog.Logger
	// Secure keeps the refresh cookie off plain connections.
	Secure bool

	// Open are all HTTP doors, for the tests that walk them.
	Open []Door
	// Clocks are the doors that open by themselves.
	Clocks []Clock

	lists map[string]*list // by route; see export.go
}

// Door is one operation of the API.
type Door struct {
	Action models.Action
	Method string
	Path   string
	// Creates says that success answers 201.
	Creates bool
}

// Clock is a use case that the time calls.
type Clock struct {
	Action models.Action
	Every  time.Duration
	Run    func(ctx context.Context) error
}

type whoKey struct{}

// WithWho puts the caller on a request's context.
func WithWho(ctx context.Context, who models.Who) context.Context {
	return context.WithValue(ctx, whoKey{}, who)
}

type callKey struct{}

// Headers puts the headers of the house where the doors find them.
func Headers(ctx huma.Context, next func(huma.Context)) {
	next(huma.WithValue(ctx, callKey{}, call{key: ctx.Header("Idempotency-Key"), ifMatch: ctx.Header("If-Match")}))
}

// WhoOf reads the caller from a request's context; a visitor when nobody is signed in.
func WhoOf(ctx context.Context) models.Who {
	who, _ := ctx.Value(whoKey{}).(models.Who)
	return who
}

// Option changes how a door is described or opened.
type Option func(*huma.Operation, *settings)

type settings struct {
	create, match bool
	id            string
	rows          string
}

// Creates makes success answer 201.
func Creates() Option {
	return func(op *huma.Operation, s *settings) { op.DefaultStatus, s.create = http.StatusCreated, true }
}

// Also names a second door of an action, since operation ids are unique: "bid.list" "csv".
func Also(suffix string) Option {
	return func(_ *huma.Operation, s *settings) { s.id = suffix }
}

// Limit bounds the body of a door in bytes.
func Limit(bytes int64) Option {
	return func(op *huma.Operation, _ *settings) { op.MaxBodyBytes = bytes }
}

// Get opens a reading unit of work.
func Get[I, O any](d *Doors, action models.Action, path, summary string, fn func(*models.Tx, *I) (O, error), options ...Option) {
	hang(d, http.MethodGet, action, path, summary, func(ctx context.Context, who models.Who, _ call, in *I) (out O, err error) {
		err = d.Store.Read(ctx, who, func(tx *models.Tx) error {
			out, err = fn(tx, in)
			return err
		})
		return out, err
	}, options)
}

// Post opens a writing unit of work. With an Idempotency-Key the answer is kept, and the
// same call again gets the same answer without happening twice.
func Post[I, O any](d *Doors, action models.Action, path, summary string, fn func(*models.Tx, *I) (O, error), options ...Option) {
	write(d, http.MethodPost, action, path, summary, fn, options)
}

// Put opens a writing unit of work on a thing the caller has read: If-Match is required.
func Put[I, O any](d *Doors, action models.Action, path, summary string, fn func(*models.Tx, *I) (O, error), options ...Option) {
	write(d, http.MethodPut, action, path, summary, fn, append(options, func(_ *huma.Operation, s *settings) { s.match = true }))
}

// Delete opens a writing unit of work that ends something.
func Delete[I, O any](d *Doors, action models.Action, path, summary string, fn func(*models.Tx, *I) (O, error), options ...Option) {
	write(d, http.MethodDelete, action, path, summary, fn, options)
}

// Call lets a use case open its own units of work, for what must not hold the database while
// it computes: passwords, files, resets.
func Call[I, O any](d *Doors, method string, action models.Action, path, summary string,
	fn func(context.Context, *models.Store, models.Who, *I) (O, error), options ...Option) {
	hang(d, method, action, path, summary, func(ctx context.Context, who models.Who, _ call, in *I) (O, error) {
		return fn(ctx, d.Store, who, in)
	}, options)
}

// Every calls a use case by the clock. It takes only the unit of work, whose instant is the
// only time there is.
func Every(d *Doors, every time.Duration, action models.Action, fn func(*models.Tx) error) {
	d.Clocks = append(d.Clocks, Clock{Action: action, Every: every, Run: func(ctx context.Context) error {
		return d.Store.Write(ctx, models.System, fn)
	}})
}

// Work calls by the clock what opens its own units of work, since it must not hold one while
// it computes.
func Work(d *Doors, every time.Duration, name string, fn func(context.Context, *models.Store) error) {
	d.Clocks = append(d.Clocks, Clock{Action: models.Action(name), Every: every, Run: func(ctx context.Context) error {
		return fn(ctx, d.Store)
	}})
}

// On calls a use case after the commit of an action, in a unit of work of its own. The name
// is lasting; the use case must bear being called twice for one event.
func On(d *Doors, name string, fn func(*models.Tx, models.Event) error, actions ...models.Action) {
	if d.Store == nil {
		return
	}
	d.Store.On(name, func(ctx context.Context, s *models.Store, e models.Event) error {
		return s.Write(ctx, models.System, func(tx *models.Tx) error { return fn(tx, e) })
	}, actions...)
}

// call is what a door knows of the request beside its input.
type call struct {
	key     string // Idempotency-Key
	digest  string
	ifMatch string
}

func write[I, O any](d *Doors, method string, action models.Action, path, summary string, fn func(*models.Tx, *I) (O, error), options []Option) {
	hang(d, method, action, path, summary, func(ctx context.Context, who models.Who, c call, in *I) (out O, err error) {
		err = d.Store.Write(ctx, who, func(tx *models.Tx) error {
			var fresh O
			out = fresh
			if c.key == "" || who.User == "" {
				out, err = fn(tx, in)
				return err
			}
			kept, err := tx.Once(c.key, string(action)+" "+c.digest)
			if err != nil {
				return err
			}
			if kept != nil {
				return json.Unmarshal([]byte(kept.Body), &out)
			}
			if out, err = fn(tx, in); err != nil {
				return err
			}
			body, err := json.Marshal(out)
			if err != nil {
				return err
			}
			return tx.KeepAnswer(c.key, http.StatusOK, string(body))
		})
		return out, err
	}, options)
}

type response[O any] struct {
	ETag      string        `header:"ETag"`
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      O
}

// cookied is a view that sets or clears the refresh cookie; see api/signin.go.
type cookied interface {
	RefreshCookie() (token string, expires time.Time, set bool)
}

func hang[I, O any](d *Doors, method string, action models.Action, path, summary string,
	run func(context.Context, models.Who, call, *I) (O, error), options []Option) {
	op := huma.Operation{OperationID: string(action), Method: method, Path: "/api/v1" + path, Summary: summary,
		Tags: []string{strings.SplitN(string(action), ".", 2)[0]}, MaxBodyBytes: 1 << 20,
		Errors: []int{401, 403, 404, 409, 422}}
	var s settings
	for _, o := range options {
		o(&op, &s)
	}
	if s.id != "" {
		op.OperationID += "." + s.id
	}
	if s.match {
		op.Errors = append(op.Errors, 412, 428)
	}
	if !models.OpenToAll(action) {
		op.Security = []map[string][]string{{"bearer": {}}}
	}
	d.Open = append(d.Open, Door{Action: action, Method: method, Path: op.Path, Creates: s.create})
	version := versionField(reflect.TypeFor[O]())
	if method == http.MethodGet {
		if l := listOf(action, reflect.TypeFor[O](), s.rows); l != nil {
			d.keep(l, &op)
		}
	}
	if method != http.MethodGet {
		limit := 80
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header",
			Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &limit}, Description: "Makes a repeated call happen once: the same key gets the first answer again"},
			&huma.Param{Name: "If-Match", In: "header", Required: s.match, Schema: &huma.Schema{Type: huma.TypeString},
				Description: "Version of the thing as you read it, from its ETag"})
	}
	huma.Register(d.API, op, func(ctx context.Context, in *I) (*response[O], error) {
		who := WhoOf(ctx)
		c, _ := ctx.Value(callKey{}).(call)
		if len(c.key) > 80 {
			var f problem.Fields
			f.Add("header.Idempotency-Key", "field.length", "must have at most 80 characters")
			return nil, d.fail(ctx, action, f.Problem("request.invalid", "Some fields need to be mended."))
		}
		if c.key != "" {
			raw, err := json.Marshal(in)
			if err != nil {
				return nil, d.fail(ctx, action, err)
			}
			sum := sha256.Sum256(raw)
			c.digest = hex.EncodeToString(sum[:])
		}
		if c.ifMatch != "" {
			n := versionOf(c.ifMatch)
			if n < 1 {
				var f problem.Fields
				f.Add("header.If-Match", "request.bad_version", "must be a version as the ETag gave it, e.g. \"3\"")
				return nil, d.fail(ctx, action, f.Problem("request.bad_version", "The version cannot be read."))
			}
			who.Expect = n
		} else if s.match {
			return nil, &Problem{Type: "urn:jiebang:request.version_needed", Title: http.StatusText(428), Status: 428, Code: "request.version_needed",
				Detail: "Say which version you are changing: send If-Match with the ETag you read."}
		}
		var stray problem.Fields
		strayTimes(reflect.ValueOf(in), "", &stray)
		if err := stray.Problem("request.invalid", "Some fields need to be mended."); err != nil {
			return nil, d.fail(ctx, action, err)
		}
		out, err := run(ctx, who, c, in)
		if err != nil {
			return nil, d.fail(ctx, action, err)
		}
		fill(reflect.ValueOf(&out))
		r := &response[O]{Body: out}
		if version != nil {
			if v := reflect.Indirect(reflect.ValueOf(out)); v.IsValid() {
				if n := v.FieldByIndex(version).Int(); n > 0 {
					r.ETag = fmt.Sprintf("%q", strconv.FormatInt(n, 10))
				}
			}
		}
		if k, ok := any(out).(cookied); ok {
			if token, expires, set := k.RefreshCookie(); set {
				r.SetCookie = []http.Cookie{cookie(token, expires, d.Secure)}
			}
		}
		return r, nil
	})
}

// versionOf reads the version out of If-Match: an ETag as it was given, or the bare number.
// It is 0 when there is none.
func versionOf(text string) int64 {
	text = strings.TrimPrefix(text, "W/")
	if strings.HasPrefix(text, `"`) {
		inner, ok := strings.CutSuffix(text[1:], `"`)
		if !ok {
			return 0
		}
		text = inner
	}
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0
	}
	return int64(n)
}

// RefreshPath is where the refresh cookie is sent, and nowhere else.
const RefreshPath = "/api/v1/session"

// RefreshCookie is the cookie's name.
const RefreshCookie = "jiebang_refresh"

func cookie(token string, expires time.Time, secure bool) http.Cookie {
	c := http.Cookie{Secure: secure, Name: RefreshCookie, Value: token, Path: RefreshPath, HttpOnly: true, SameSite: http.SameSiteStrictMode, Expires: expires}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// versionField finds the "version" of a view, which becomes its ETag.
func versionField(t reflect.Type) []int {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	f, ok := t.FieldByName("Version")
	if !ok || f.Type.Kind() != reflect.Int64 {
		return nil
	}
	return f.Index
}

// fill turns every nil list and map of a view into an empty one: lists are never null.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			fill(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		if k := v.Type().Elem().Kind(); k == reflect.Struct || k == reflect.Pointer || k == reflect.Slice {
			for i := range v.Len() {
				fill(v.Index(i))
			}
		}
	case reflect.Map:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeMap(v.Type()))
		}
	}
}

// fail turns an error into the problem document the caller gets. What he cannot mend is
// logged with an incident number and says nothing.
func (d *Doors) fail(ctx context.Context, action models.Action, err error) error {
	if p := problem.As(err); p != nil {
		return FromProblem(p)
	}
	var ready *Problem
	if errors.As(err, &ready) {
		return ready
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return &Problem{Type: "urn:jiebang:request.cancelled", Title: "Client Closed Request", Status: 499, Code: "request.cancelled", Detail: "The caller went away."}
	}
	incident := models.RandomToken()[:10]
	if errors.Is(err, models.ErrBusy) {
		d.Log.Warn("busy", "action", action, "incident", incident, "error", err)
		return &Problem{Type: "urn:jiebang:request.busy", Title: http.StatusText(503), Status: 503, Code: "request.busy", Incident: incident,
			Detail: "The server is busy and may or may not have done this; send the same call again with the same Idempotency-Key.", RetryAfter: 2}
	}
	d.Log.Error("failed", "action", action, "incident", incident, "error", err)
	return &Problem{Type: "urn:jiebang:request.failed", Title: http.StatusText(500), Status: 500, Code: "request.failed", Incident: incident,
		Detail: "Something went wrong on our side. Quote the incident when you ask about it."}
}
