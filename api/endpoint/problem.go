package endpoint

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"jiebang/internal/problem"
)

// Problem is the answer to whatever went wrong, as RFC 9457 has it. Code is stable.
type Problem struct {
	Type     string          `json:"type" doc:"urn:jiebang:<code>"`
	Title    string          `json:"title"`
	Status   int             `json:"status"`
	Code     string          `json:"code" doc:"Stable code, entity.rule"`
	Detail   string          `json:"detail" doc:"A sentence for people"`
	Instance string          `json:"instance,omitempty"`
	Incident string          `json:"incident,omitempty" doc:"Number under which the server's log tells more"`
	Errors   []problem.Field `json:"errors" doc:"The fields to mend"`
	// RetryAfter becomes the header of that name.
	RetryAfter int `json:"-"`
}

func (p *Problem) Error() string  { return p.Code + ": " + p.Detail }
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders adds Retry-After where there is one.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	return h
}

// ContentType is that of RFC 9457.
func (*Problem) ContentType(string) string { return "application/problem+json" }

var statuses = map[problem.Kind]int{problem.Invalid: 422, problem.SignIn: 401, problem.Denied: 403, problem.NotFound: 404,
	problem.Conflict: 409, problem.Stale: 412, problem.TooMany: 429}

// FromProblem gives a problem its status and form.
func FromProblem(p *problem.Error) *Problem {
	fields := p.Fields
	if fields == nil {
		fields = []problem.Field{}
	}
	status := statuses[p.Kind]
	return &Problem{Type: "urn:jiebang:" + p.Code, Title: http.StatusText(status), Status: status, Code: p.Code, Detail: p.Message,
		Errors: fields, RetryAfter: p.RetryAfter}
}

// Write answers a request with a problem outside of huma.
func (p *Problem) Write(c *gin.Context) {
	if p.Errors == nil {
		p.Errors = []problem.Field{}
	}
	p.Instance = c.Request.URL.Path
	body, _ := json.Marshal(p) // strings and numbers only
	if p.RetryAfter > 0 {
		c.Header("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	c.Abort()
	c.Data(p.Status, "application/problem+json", body)
}

// codes for what huma itself finds wrong, by status.
var codes = map[int]string{400: "request.malformed", 404: "request.not_found", 405: "request.method", 406: "request.not_acceptable",
	408: "request.slow", 413: "request.too_large", 415: "request.media_type", 422: "request.invalid"}

// mostFields bounds how many fields an answer names: a body of a megabyte can hold a
// hundred thousand mistakes.
const mostFields = 100

// newError replaces huma's: fields by path, and never the value that was sent.
func newError(status int, msg string, errs ...error) huma.StatusError {
	if strings.Contains(msg, "too large") || strings.Contains(msg, "too long") {
		status = 413
	}
	p := &Problem{Status: status, Code: codes[status], Detail: sentence(msg), Errors: []problem.Field{}}
	for _, e := range errs {
		if e == nil {
			continue
		}
		f := fieldOf(e)
		if strings.Contains(f.Message, "request body too large") {
			p.Status, p.Code, p.Detail = 413, codes[413], "The body is larger than this call takes."
			continue
		}
		if f.Code == "request.media_type" {
			p.Status, p.Code, p.Detail = 415, codes[415], "Send application/json."
			continue
		}
		p.Errors = append(p.Errors, f)
	}
	slices.SortStableFunc(p.Errors, func(a, b problem.Field) int { return strings.Compare(a.Path, b.Path) }) // unknown names come in any order
	if len(p.Errors) > mostFields {
		p.Errors = p.Errors[:mostFields]
	}
	if p.Code == "" {
		p.Code = "request.failed"
	}
	p.Type, p.Title = "urn:jiebang:"+p.Code, http.StatusText(p.Status)
	return p
}

// fieldOf reads one complaint of the schema: where, and which rule.
func fieldOf(e error) problem.Field {
	var f problem.Field
	if d, ok := e.(huma.ErrorDetailer); ok { // its Error would write out the value, for every unknown name the whole object
		detail := d.ErrorDetail()
		f.Path, f.Message = detail.Location, detail.Message
	} else {
		f.Path, f.Message = "body", e.Error()
	}
	if place, rest, ok := misplacedParts(f.Message); ok {
		return problem.Field{Path: place, Code: "field.type", Message: rest}
	}
	// The schema says of an object that it lacks a property; the field to mend is that property.
	if name, ok := strings.CutPrefix(f.Message, "expected required property "); ok {
		name, _ = strings.CutSuffix(name, " to be present")
		f.Path, f.Message = f.Path+"."+name, "must be given"
	}
	f.Code = fieldCode(f.Message)
	f.Path = clip(strings.TrimPrefix(f.Path, "body."), longestPath)
	return f
}

// fieldCodes give the schema's own complaints stable codes, by how they begin.
var fieldCodes = []struct{ begins, code string }{
	{"must be given", "field.missing"}, {"required ", "field.missing"}, {"unexpected property", "field.unknown"}, {"unknown query parameter", "field.unknown"},
	{"expected length", "field.length"}, {"expected array length", "field.items"}, {"expected array items", "field.items"},
	{"expected object with", "field.items"}, {"expected number ", "field.range"},
	{"expected value to be one of", "field.choice"}, {"expected string to match", "field.pattern"}, {"expected string to be", "field.format"},
	{"expected string", "field.type"}, {"expected number", "field.type"}, {"expected integer", "field.type"}, {"expected boolean", "field.type"},
	{"expected array", "field.type"}, {"expected object", "field.type"}, {"invalid ", "field.type"}, {"expected at most one value", "field.items"},
	{"unknown content type", "request.media_type"}, {"must lie between", "field.range"},
}

func fieldCode(message string) string {
	for _, c := range fieldCodes {
		if strings.HasPrefix(message, c.begins) {
			return c.code
		}
	}
	return "field.invalid"
}

func sentence(msg string) string {
	switch msg {
	case "validation failed":
		return "Some fields need to be mended."
	case "":
		return "The request cannot be read."
	}
	return strings.ToUpper(msg[:1]) + msg[1:] + "."
}

func init() {
	huma.NewError = newError
	huma.DefaultArrayNullable = false
	// The decoder would take LOGIN for login, and the last of the two: names are exact.
	huma.ValidateStrictCasing = true
}
