package endpoint

// These tests stand inside the package because the check has no door of its own.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiebang/internal/problem"
)

func TestCheckJSON(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 20)
	for _, c := range []struct{ name, body, path, code string }{
		{"sound", `{"a":[1,{"b":"c"}],"d":null}`, "", ""},
		{"a bare value", `"x"`, "", ""},
		{"key twice", `{"a":{"b":1,"c":2,"b":3}}`, "a.b", "json.duplicate"},
		{"key twice, written differently", `{"a":1,"\u0061":2}`, "a", "json.duplicate"},
		{"key twice in a list", `{"a":[{"b":1},{"b":1,"b":1}]}`, "a[1].b", "json.duplicate"},
		{"the same key in two objects", `[{"b":1},{"b":1}]`, "", ""},
		{"NUL", `{"a":["x","y\u0000"]}`, "a[1]", "text.not_text"},
		{"NUL in a name", `{"a":{"x\u0000":1}}`, "a", "text.not_text"},
		{"broken UTF-8", "{\"a\":\"\xff\"}", "body", "text.not_text"},
		{"a second value", `{"a":1}{"b":2}`, "body", "json.trailing"},
		{"a closing bracket too many", `{"a":1}}`, "body", "json.trailing"},
		{"cut off", `{"a":{"b":`, "a.b", "json.syntax"},
		{"cut off in a list", `{"a":[1`, "a", "json.syntax"},
		{"NaN", `{"a":NaN}`, "a", "json.syntax"},
		{"a number without end", `{"a":[0,1e999]}`, "a[1]", "field.range"},
		{"deep", deep, "", "json.too_deep"},
		{"nothing", ``, "body", "json.syntax"},
	} {
		f := checkJSON([]byte(c.body))
		switch {
		case f == nil && c.code != "", f != nil && c.code == "":
			t.Errorf("%s: %+v, want %q", c.name, f, c.code)
		case f != nil && (f.Code != c.code || c.path != "" && f.Path != c.path):
			t.Errorf("%s: %s at %s, want %s at %s", c.name, f.Code, f.Path, c.code, c.path)
		}
	}
}

// TestCheckJSONIsLinear: a long name with many values below it must not be written out for
// each of them. The first version took a minute for this body.
func TestCheckJSONIsLinear(t *testing.T) {
	body := []byte(`{"` + strings.Repeat("k", MaxJSON/2) + `":[` + strings.Repeat("1,", MaxJSON/4-10) + `1]}`)
	start := time.Now()
	if f := checkJSON(body); f != nil {
		t.Fatalf("%+v", f)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%d bytes took %s", len(body), took)
	}
	body = append(body[:len(body)-2], `,"\u0000"]}`...)
	if f := checkJSON(body); f == nil || len(f.Path) > longestPath+10 {
		t.Errorf("the place is not bounded: %d bytes", len(f.Path))
	}
}

// FuzzStrict holds the check to an independent reading of the same body: what passes is one
// JSON value without NUL and without a name given twice, and nothing else is called broken.
func FuzzStrict(f *testing.F) {
	for _, s := range []string{`{"a":1,"b":[true,null,"x"]}`, `{"a":1,"a":2}`, `[{"a":{"b":{}}}]`, `{"a":"\u0000"}`, `{"\u0000":1}`, "\"\xff\"", `1 2`,
		`[[[[[[[[[[]]]]]]]]]]`, `1e999`, `-0.0e-5`, `{"a":"\ud800"}`, `{"a"`, `{"a":}`, `{,}`, `[1,]`, ``, ` `, `{"A":1,"a":2}`, strings.Repeat("[", 40), `{"":1,"":2}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		p := checkJSON(body)
		if p != nil {
			if p.Path == "" || p.Code == "" || p.Message == "" || len(p.Path) > longestPath+10 {
				t.Fatalf("says too little or too much: %+v", p)
			}
			if p.Code == "json.syntax" && json.Valid(body) {
				t.Fatalf("called broken, is not: %q", body)
			}
			return
		}
		if !json.Valid(body) {
			t.Fatalf("passes, is not JSON: %q", body)
		}
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			t.Fatalf("passes, cannot be decoded: %q: %v", body, err)
		}
		if names, kept := written(t, body), held(t, v); names != kept {
			t.Fatalf("%d names are written and %d are left: %q", names, kept, body)
		}
	})
}

// written counts the names in a body, without the walker.
func written(t *testing.T, body []byte) int {
	dec := json.NewDecoder(bytes.NewReader(body))
	n := 0
	type level struct{ object, name bool }
	var open []level
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		if d, ok := tok.(json.Delim); ok && (d == '}' || d == ']') {
			open = open[:len(open)-1]
		} else if len(open) > 0 && open[len(open)-1].object && open[len(open)-1].name {
			open[len(open)-1].name = false
			n++
			continue
		} else if ok {
			open = append(open, level{object: d == '{', name: true})
			continue
		}
		if len(open) > 0 { // a value is complete: a name follows
			open[len(open)-1].name = true
		}
	}
}

func held(t *testing.T, v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if strings.ContainsRune(k, 0) {
				t.Fatal("NUL in a name")
			}
			n += 1 + held(t, x)
		}
	case []any:
		for _, x := range v {
			n += held(t, x)
		}
	case string:
		if strings.ContainsRune(v, 0) {
			t.Fatal("NUL in a text")
		}
	}
	return n
}

func TestDecodingNamesThePlace(t *testing.T) {
	type row struct {
		N  int       `json:"n"`
		F  float64   `json:"f"`
		At time.Time `json:"at"`
	}
	type body struct {
		Rows []row  `json:"rows"`
		Name string `json:"name"`
	}
	for _, c := range []struct{ body, path string }{
		{`{"rows":[{"n":1},{"n":1.0}]}`, "rows[1].n"},
		{`{"rows":[{"n":1e3}]}`, "rows[0].n"},
		{`{"name":"x","rows":[{"f":1e308,"n":99999999999999999999}]}`, "rows[0].n"},
		{`{"name":7}`, "name"},
	} {
		var v body
		err := JSONFormat().Unmarshal([]byte(c.body), &v)
		if err == nil {
			t.Errorf("%s: was decoded", c.body)
			continue
		}
		f := fieldOf(&huma.ErrorDetail{Location: "body", Message: err.Error()})
		if f.Path != c.path || strings.Contains(f.Message, "Go") || strings.Contains(f.Message, "999") {
			t.Errorf("%s: %+v, want %s", c.body, f, c.path)
		}
	}
}

func TestSchemaComplaints(t *testing.T) {
	for _, c := range []struct{ location, message, path, code string }{
		{"body", "expected required property title to be present", "title", "field.missing"},
		{"body.rows[2]", "expected required property required to be present", "rows[2].required", "field.missing"},
		{"body.kind", `expected value to be one of "required, pattern"`, "kind", "field.choice"},
		{"body.list", "expected array length <= 3", "list", "field.items"},
		{"body.list", "expected array", "list", "field.type"},
		{"body.text", "expected string to match pattern ^a$", "text", "field.pattern"},
		{"body.at", "expected string to be RFC 3339 date-time", "at", "field.format"},
		{"body.n", "expected number >= 0", "n", "field.range"},
		{"body.n", "expected number", "n", "field.type"},
		{"query.limit", "invalid integer", "query.limit", "field.type"},
		{"query.x", "unknown query parameter", "query.x", "field.unknown"},
		{"body." + strings.Repeat("x", 5000), "unexpected property", "", "field.unknown"},
	} {
		f := fieldOf(&huma.ErrorDetail{Location: c.location, Message: c.message})
		if f.Code != c.code || c.path != "" && f.Path != c.path || len(f.Path) > longestPath+10 {
			t.Errorf("%s %s: %+v, want %s at %s", c.location, c.message, f, c.code, c.path)
		}
	}
}

func TestStrayTimes(t *testing.T) {
	type input struct {
		Since time.Time `query:"since"`
		Body  struct {
			At   time.Time  `json:"at"`
			Till *time.Time `json:"till"`
			Rows []struct {
				On time.Time `json:"on"`
			} `json:"rows"`
		}
	}
	var in input
	far := time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -23*3600))
	in.Since, in.Body.Till = far, &far
	in.Body.Rows = make([]struct {
		On time.Time `json:"on"`
	}, 2)
	in.Body.Rows[1].On = time.Date(1, 5, 1, 0, 0, 0, 0, time.UTC)
	var f problem.Fields
	strayTimes(reflect.ValueOf(&in), "", &f)
	got := []string{}
	for _, x := range f {
		got = append(got, x.Path)
	}
	if want := []string{"query.since", "till", "rows[1].on"}; !reflect.DeepEqual(got, want) {
		t.Errorf("stray: %v, want %v", got, want)
	}
}

// TestManyFaultsAreCheap: the complaint about an unknown name holds the whole object it
// stands in. The first version wrote that out for each of them, for minutes.
func TestManyFaultsAreCheap(t *testing.T) {
	whole := map[string]any{}
	faults := []error{}
	for i := range 50_000 {
		name := fmt.Sprintf("f%d", i)
		whole[name] = 1
		faults = append(faults, &huma.ErrorDetail{Location: "body." + name, Message: "unexpected property", Value: whole})
	}
	start := time.Now()
	p, ok := newError(422, "validation failed", faults...).(*Problem)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%d faults took %s", len(faults), took)
	}
	if !ok || len(p.Errors) != mostFields || p.Code != "request.invalid" {
		t.Errorf("%d fields are told", len(p.Errors))
	}
}
