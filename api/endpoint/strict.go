package endpoint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
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
	kind, _, _ := strings.Cut(c.ContentType(), ";")
	switch kind {
	case "application/json", "":
	case "application/octet-stream", "multipart/form-data":
		return
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
				return bad("query." + strings.ToValidUTF8(strings.ReplaceAll(key, "\x00", ""), "?"))
			}
		}
	}
	return nil
}

func text(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// checkJSON walks a body once and returns the first thing wrong with it, or nil. Time and
// memory are linear in the body.
func checkJSON(body []byte) *problem.Field {
	if !utf8.Valid(body) {
		return &problem.Field{Path: "body", Code: "text.not_text", Message: "must be UTF-8"}
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if f := walk(dec, "", 0); f != nil {
		return f
	}
	if _, err := dec.Token(); err != io.EOF {
		return &problem.Field{Path: "body", Code: "json.trailing", Message: "must hold one value; something follows it"}
	}
	return nil
}

func walk(dec *json.Decoder, path string, depth int) *problem.Field {
	where := func() string {
		if path == "" {
			return "body"
		}
		return strings.TrimPrefix(path, ".")
	}
	if depth > maxDepth {
		return &problem.Field{Path: where(), Code: "json.too_deep", Message: fmt.Sprintf("must not be nested deeper than %d", maxDepth)}
	}
	tok, err := dec.Token()
	if err != nil {
		return &problem.Field{Path: where(), Code: "json.syntax", Message: "is not JSON: " + err.Error()}
	}
	switch t := tok.(type) {
	case string:
		if strings.ContainsRune(t, 0) {
			return &problem.Field{Path: where(), Code: "text.not_text", Message: "must not hold NUL; remove it"}
		}
	case json.Delim:
		if t == '{' {
			seen := map[string]bool{}
			for dec.More() {
				key, err := dec.Token()
				name, ok := key.(string)
				if err != nil || !ok {
					return &problem.Field{Path: where(), Code: "json.syntax", Message: "is not JSON"}
				}
				if strings.ContainsRune(name, 0) {
					return &problem.Field{Path: where(), Code: "text.not_text", Message: "has a name that holds NUL; remove it"}
				}
				if seen[name] {
					return &problem.Field{Path: strings.TrimPrefix(path+"."+name, "."), Code: "json.duplicate", Message: "is given twice; keep one"}
				}
				seen[name] = true
				if f := walk(dec, path+"."+name, depth+1); f != nil {
					return f
				}
			}
		} else {
			for i := 0; dec.More(); i++ {
				if f := walk(dec, fmt.Sprintf("%s[%d]", path, i), depth+1); f != nil {
					return f
				}
			}
		}
		if _, err := dec.Token(); err != nil {
			return &problem.Field{Path: where(), Code: "json.syntax", Message: "is not JSON: " + err.Error()}
		}
	}
	return nil
}
