package endpoint

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"jiebang/internal/problem"
	"jiebang/models"
)

// A file may take longer than the server gives a request, as long as it moves: each time
// something arrives or leaves, it has patience again, up to longest in all.
const (
	patience = 30 * time.Second
	longest  = 15 * time.Minute
)

// Upload takes a file as the raw body of a request and hands it over as it arrives. The use
// case opens its own units of work, since a file must not hold the database while it is on
// its way; it must not keep the reader. limit is told to callers, the use case keeps to it.
func Upload[I, O any](d *Doors, action models.Action, path, summary string,
	fn func(context.Context, *models.Store, models.Who, *I, io.Reader) (O, error), options ...Option) {
	op := streamOperation(http.MethodPost, action, path, summary)
	op.DefaultStatus = http.StatusCreated
	op.Errors = append(op.Errors, 400, 408, 415)
	var settled settings
	for _, o := range options {
		o(&op, &settled)
	}
	if settled.id != "" {
		op.OperationID += "." + settled.id
	}
	op.RequestBody = &huma.RequestBody{Required: true, Description: "The file itself",
		Content: map[string]*huma.MediaType{octets: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	d.Open = append(d.Open, Door{Action: action, Method: op.Method, Path: op.Path, Creates: true})
	huma.Register(d.API, op, func(ctx context.Context, in *I) (*response[O], error) {
		s, ok := ctx.Value(streamKey{}).(*stream)
		if !ok || s.kind != octets {
			return nil, &Problem{Errors: []problem.Field{}, Type: "urn:jiebang:request.media_type", Title: http.StatusText(415), Status: 415, Code: "request.media_type",
				Detail: "Send the file itself as application/octet-stream."}
		}
		ctx, cancel := context.WithTimeout(ctx, longest)
		defer cancel()
		s.ends, _ = ctx.Deadline()
		out, err := fn(ctx, d.Store, WhoOf(ctx), in, s)
		s.more()
		if p := s.broken(ctx.Err()); err != nil && p != nil {
			return nil, p
		}
		if err != nil {
			return nil, d.fail(ctx, action, err)
		}
		fill(reflect.ValueOf(&out))
		return &response[O]{Body: out}, nil
	})
}

// File is what a download hands out.
type File interface {
	io.ReadCloser
	// Label says what the file is called on the caller's side, what it is and how long.
	Label() (name, mediaType string, size int64)
}

// Download hands a file out, always as an attachment and never as something a browser would
// run: the name is the use case's, not the uploader's.
func Download[I any, F File](d *Doors, action models.Action, path, summary string,
	fn func(context.Context, *models.Store, models.Who, *I) (F, error), options ...Option) {
	op := streamOperation(http.MethodGet, action, path, summary)
	var settled settings
	for _, o := range options {
		o(&op, &settled)
	}
	if settled.id != "" {
		op.OperationID += "." + settled.id
	}
	op.Responses = map[string]*huma.Response{"200": {Description: "The file itself",
		Content: map[string]*huma.MediaType{octets: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
	d.Open = append(d.Open, Door{Action: action, Method: op.Method, Path: op.Path})
	huma.Register(d.API, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		file, err := fn(ctx, d.Store, WhoOf(ctx), in)
		if err != nil {
			return nil, d.fail(ctx, action, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer file.Close()
			name, kind, size := file.Label()
			hc.SetHeader("Content-Type", kind)
			hc.SetHeader("Content-Length", strconv.FormatInt(size, 10))
			hc.SetHeader("Content-Disposition", "attachment; filename=\"document\"; filename*=UTF-8''"+url.PathEscape(name))
			hc.SetHeader("Content-Security-Policy", "default-src 'none'; sandbox")
			hc.SetHeader("X-Content-Type-Options", "nosniff")
			hc.SetStatus(http.StatusOK)
			s := newStream(hc)
			s.ends, _ = deadline(longest)
			if _, err := io.Copy(hc.BodyWriter(), moving{s, file}); err != nil {
				d.Log.Warn("download broke off", "action", action, "error", err)
				panic(http.ErrAbortHandler) // the caller must not take half a file for a whole one
			}
		}}, nil
	})
}

const octets = "application/octet-stream"

func streamOperation(method string, action models.Action, path, summary string) huma.Operation {
	op := huma.Operation{OperationID: string(action), Method: method, Path: "/api/v1" + path, Summary: summary,
		Tags: []string{strings.SplitN(string(action), ".", 2)[0]}, Errors: []int{401, 403, 404, 409, 422}}
	if !models.OpenToAll(action) {
		op.Security = []map[string][]string{{"bearer": {}}}
	}
	op.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		next(huma.WithValue(ctx, streamKey{}, newStream(ctx)))
	}}
	return op
}

type streamKey struct{}

// stream is the body of a request that renews the connection's deadlines as it moves.
type stream struct {
	body    io.Reader
	kind    string
	control *http.ResponseController
	ends    time.Time
	err     error
}

func newStream(ctx huma.Context) *stream {
	c := humagin.Unwrap(ctx)
	return &stream{body: ctx.BodyReader(), kind: c.ContentType(), control: http.NewResponseController(c.Writer)}
}

func (s *stream) Read(p []byte) (int, error) {
	s.more()
	n, err := s.body.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// more gives the connection its patience again, and the answer some time behind it. Writers
// without deadlines, as in tests, have none to move.
func (s *stream) more() {
	at, ends := deadline(patience)
	if at.After(s.ends) {
		at = s.ends
	}
	_ = s.control.SetReadDeadline(at)
	_ = s.control.SetWriteDeadline(ends)
}

// deadline is an instant of the wall clock, which is what a connection wants. It comes from
// a context, so that the clock is not looked at here.
func deadline(d time.Duration) (at, after time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	at, _ = ctx.Deadline()
	return at, at.Add(patience)
}

// broken says what became of a body that did not arrive, or nil when it did. ended is why
// the time for it was over, if it was.
func (s *stream) broken(ended error) *Problem {
	switch {
	case errors.Is(s.err, os.ErrDeadlineExceeded) || errors.Is(ended, context.DeadlineExceeded):
		return &Problem{Errors: []problem.Field{}, Type: "urn:jiebang:request.slow", Title: http.StatusText(408), Status: 408, Code: "request.slow",
			Detail: "The file did not arrive in time; send it again."}
	case s.err == nil:
		return nil
	default:
		return &Problem{Errors: []problem.Field{}, Type: "urn:jiebang:request.malformed", Title: http.StatusText(400), Status: 400, Code: "request.malformed",
			Detail: "The file did not arrive whole; send it again."}
	}
}

// moving renews the deadlines with each part that is read for the caller.
type moving struct {
	*stream
	from io.Reader
}

func (m moving) Read(p []byte) (int, error) {
	m.more()
	return m.from.Read(p)
}
