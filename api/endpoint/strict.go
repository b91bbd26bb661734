package endpoint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"jiebang/internal/problem"
)

// MaxJSON is the most a JSON body may have.
const MaxJSON = 1 << 20

const maxDepth = 32

// Strict refuses what the decoder would let through: duplicate keys, a second value behind
// the first, NUL and broken UTF-8, absurd depth, and bodies over the limit. Each names the
// place and says how to mend it. Other bodies pass untouched.
func Strict(c *gin.Context) {
	if p := strictURL(c.Request.URL); p != nil {
		p.Write(c)
		return
	}
	if !strings.HasPrefix(c.Request.URL.Path, "/api/") || c.Request.Body == nil || c.Request.Body == http.NoBody {
		return
	}
	switch strings.ToLower(c.ContentType()) {
	case "application/json", "":
	case "application/octet-stream", "multipart/form-data":
		return
	case "application/x-www-form-urlencoded":
		// Mail programs end a subscription so (RFC 8058). The address says all; the body is not read.
		if c.Request.Method == http.MethodPost && strings.HasPrefix(c.Request.URL.Path, "/api/v1/unsubscribe/") {
			c.Request.Body = http.NoBody
			c.Request.ContentLength = 0
			return
		}
		fallthrough
	default:
		(&Problem{Type: "urn:jiebang:request.media_type", Title: http.StatusText(415), Status: 415, Code: "request.media_type",
			Detail: "Send application/json."}).Write(c)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, MaxJSON))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		(&Problem{Type: "urn:jiebang:request.too_large", Title: http.StatusText(413), Status: 413, Code: "request.too_large",
			Detail: fmt.Sprintf("The body is larger than %d bytes.", MaxJSON)}).Write(c)
		return
	case err != nil:
		(&Problem{Type: "urn:jiebang:request.malformed", Title: http.StatusText(400), Status: 400, Code: "request.malformed",
			Detail: "The body did not arrive whole."}).Write(c)
		return
	}
	if f := checkJSON(body); f != nil && len(body) > 0 {
		status, code, title := 422, "request.invalid", "Some fields need to be mended."
		if f.Code == "json.syntax" {
			status, code, title = 400, "request.malformed", "The body is not JSON."
		}
		(&Problem{Type: "urn:jiebang:" + code, Title: http.StatusText(status), Status: status, Code: code, Detail: title,
			Errors: []problem.Field{*f}}).Write(c)
		return
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	c.Request.ContentLength = int64(len(body))
}

func strictURL(u *url.URL) *Problem {
	bad := func(where string) *Problem {
		return &Problem{Type: "urn:jiebang:request.invalid", Title: http.StatusText(422), Status: 422, Code: "request.invalid",
			Detail: "The address holds characters that are not text.",
			Errors: []problem.Field{{Path: where, Code: "text.not_text", Message: "must be UTF-8 without NUL"}}}
	}
	if !text(u.Path) {
		return bad("path")
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return bad("query")
	}
	for key, values := range query {
		for _, v := range append(values, key) {
			if !text(v) {
				return bad("query." + clip(strings.ToValidUTF8(strings.ReplaceAll(key, "\x00", ""), "?"), longestPath))
			}
		}
	}
	return nil
}

func text(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// checkJSON walks a body once and returns the first thing wrong with it, or nil. Time and
// memory are linear in the body: a place is written out only when something is wrong there.
func checkJSON(body []byte) *problem.Field {
	if !utf8.Valid(body) {
		return &problem.Field{Path: "body", Code: "text.not_text", Message: "must be UTF-8"}
	}
	w := newWalker(body)
	if f := w.value(0); f != nil {
		return f
	}
	if _, err := w.dec.Token(); err != io.EOF {
		return &problem.Field{Path: "body", Code: "json.trailing", Message: "must hold one value; something follows it"}
	}
	return nil
}

// walker goes through a body and knows where it is.
type walker struct {
	dec  *json.Decoder
	path []step
	// leaf is told of every value that is neither object nor array; true ends the walk.
	leaf func(token json.Token, end int64) bool
}

// step is one part of a path: a name, or a place in a list.
type step struct {
	name string
	at   int // -1 for a name
}

func newWalker(body []byte) *walker {
	w := &walker{dec: json.NewDecoder(bytes.NewReader(body))}
	w.dec.UseNumber()
	return w
}

// longestPath bounds what an answer says of where it was: names come from the caller.
const longestPath = 200

// where writes out the place the walker is at.
func (w *walker) where() string {
	var b strings.Builder
	for _, s := range w.path {
		if s.at >= 0 {
			fmt.Fprintf(&b, "[%d]", s.at)
		} else {
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(clip(s.name, longestPath))
		}
	}
	if b.Len() == 0 {
		return "body"
	}
	return clip(b.String(), longestPath)
}

// clip shortens a text that comes from the caller, at the end of a character.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}

func (w *walker) wrong(code, message string) *problem.Field {
	return &problem.Field{Path: w.where(), Code: code, Message: message}
}

func (w *walker) value(depth int) *problem.Field {
	if depth > maxDepth {
		return w.wrong("json.too_deep", fmt.Sprintf("must not be nested deeper than %d", maxDepth))
	}
	tok, err := w.dec.Token()
	if err != nil {
		return w.wrong("json.syntax", "is not JSON")
	}
	switch t := tok.(type) {
	case json.Delim:
		return w.inside(t, depth)
	case string:
		if strings.ContainsRune(t, 0) {
			return w.wrong("text.not_text", "must not hold NUL; remove it")
		}
	case json.Number:
		if _, err := strconv.ParseFloat(string(t), 64); err != nil {
			return w.wrong("field.range", "is a larger number than can be kept")
		}
	}
	if w.leaf != nil && w.leaf(tok, w.dec.InputOffset()) {
		return w.wrong("", "")
	}
	return nil
}

// inside walks an object or a list whose first bracket was read.
func (w *walker) inside(bracket json.Delim, depth int) *problem.Field {
	last := len(w.path)
	w.path = append(w.path, step{})
	seen := map[string]bool{}
	for i := 0; w.dec.More(); i++ {
		w.path[last] = step{at: i}
		if bracket == '{' {
			w.path = w.path[:last] // of a name that cannot be read, the object is the place
			key, err := w.dec.Token()
			name, ok := key.(string)
			if err != nil || !ok {
				return w.wrong("json.syntax", "is not JSON")
			}
			if strings.ContainsRune(name, 0) {
				return w.wrong("text.not_text", "has a name that holds NUL; remove it")
			}
			w.path = append(w.path, step{name: name, at: -1})
			if seen[name] {
				return w.wrong("json.duplicate", "is given twice; keep one")
			}
			seen[name] = true
		}
		if f := w.value(depth + 1); f != nil {
			return f
		}
	}
	w.path = w.path[:last]
	if _, err := w.dec.Token(); err != nil {
		return w.wrong("json.syntax", "is not JSON")
	}
	return nil
}

// placeOf finds the first value of a body that a test holds for.
func placeOf(body []byte, is func(token json.Token, end int64) bool) string {
	w := newWalker(body)
	w.leaf = is
	if f := w.value(0); f != nil {
		return f.Path
	}
	return "body"
}
