package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiebang/api"
	"jiebang/internal/apitest"
	"jiebang/models"
)

// TestOpenAPIIsCurrent holds the committed description to the code: the frontend's client is
// made from it.
func TestOpenAPIIsCurrent(t *testing.T) {
	s, err := api.New(api.Config{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := s.Indented()
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("openapi.json")
	if err != nil || !bytes.Equal(have, want) {
		t.Errorf("api/openapi.json is not what the code says (%v); run `make gen`", err)
	}
}

// schema is as much of JSON Schema as the description uses.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       any                `json:"type"`
	Format     string             `json:"format"`
	Enum       []any              `json:"enum"`
	Properties map[string]*schema `json:"properties"`
	Required   []string           `json:"required"`
	Items      *schema            `json:"items"`
	Additional any                `json:"additionalProperties"`
	Min        *float64           `json:"minimum"`
	Max        *float64           `json:"maximum"`
	MinLength  *int               `json:"minLength"`
	MaxLength  *int               `json:"maxLength"`
	MinItems   *int               `json:"minItems"`
	MaxItems   *int               `json:"maxItems"`
	MaxNames   *int               `json:"maxProperties"`
	Pattern    string             `json:"pattern"`
	ReadOnly   bool               `json:"readOnly"`
}

// operation is one call of the description.
type operation struct {
	ID         string `json:"operationId"`
	Parameters []struct {
		Name     string  `json:"name"`
		In       string  `json:"in"`
		Required bool    `json:"required"`
		Schema   *schema `json:"schema"`
	} `json:"parameters"`
	RequestBody *struct {
		Required bool `json:"required"`
		Content  map[string]struct {
			Schema *schema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`

	method, path string
	body         *schema // of JSON, resolved at its root; nil when there is none
	raw          bool    // takes a file
}

type spec struct {
	Paths      map[string]map[string]*operation `json:"paths"`
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`

	list []*operation
}

func readSpec(t testing.TB, w *apitest.World) *spec {
	t.Helper()
	raw, err := w.Server.Describe()
	if err != nil {
		t.Fatal(err)
	}
	s := &spec{}
	if err := json.Unmarshal(raw, s); err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(s.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(s.Paths[path])) {
			op := s.Paths[path][method]
			op.method, op.path = strings.ToUpper(method), path
			if op.RequestBody != nil {
				_, op.raw = op.RequestBody.Content["application/octet-stream"]
				if c, ok := op.RequestBody.Content["application/json"]; ok {
					op.body = s.resolve(c.Schema)
				}
			}
			s.list = append(s.list, op)
		}
	}
	return s
}

func (s *spec) resolve(x *schema) *schema {
	for x != nil && x.Ref != "" {
		x = s.Components.Schemas[x.Ref[strings.LastIndex(x.Ref, "/")+1:]]
	}
	return x
}

// kind is a schema's type without null.
func (x *schema) kind() string {
	switch t := x.Type.(type) {
	case string:
		return t
	case []any:
		for _, k := range t {
			if k != "null" {
				return fmt.Sprint(k)
			}
		}
	}
	return "any"
}

// maker makes values as valid as the schema knows.
type maker struct {
	*spec
	rng  *rand.Rand
	hint func(name string) (any, bool) // a value from the town for a name, e.g. an id that exists
}

// value makes one. Optional parts are all there, so that each can be broken.
func (m *maker) value(x *schema, name string, depth int) any {
	x = m.resolve(x)
	if m.hint != nil && len(x.Enum) == 0 {
		if v, ok := m.hint(name); ok && fits(x, v) {
			return v
		}
	}
	if len(x.Enum) > 0 {
		return x.Enum[m.rng.IntN(len(x.Enum))]
	}
	switch x.kind() {
	case "string":
		return m.text(x, name)
	case "integer", "number":
		v := 1.0
		if x.Min != nil {
			v = max(v, *x.Min)
		}
		if x.Max != nil {
			v = min(v, *x.Max)
		}
		return v
	case "boolean":
		return m.rng.IntN(2) == 0
	case "array":
		n := 1
		if x.MinItems != nil {
			n = max(n, *x.MinItems)
		}
		list := []any{}
		for range n {
			list = append(list, m.value(x.Items, strings.TrimSuffix(name, "s"), depth+1))
		}
		return list
	case "object":
		o := map[string]any{}
		for _, k := range slices.Sorted(maps.Keys(x.Properties)) {
			if p := m.resolve(x.Properties[k]); depth < 6 && !x.Properties[k].ReadOnly && !p.ReadOnly {
				o[k] = m.value(p, k, depth+1)
			}
		}
		return o
	}
	return "x"
}

func fits(x *schema, v any) bool {
	switch v.(type) {
	case string:
		return x.kind() == "string"
	case float64:
		return x.kind() == "integer" || x.kind() == "number"
	}
	return false
}

func (m *maker) text(x *schema, name string) string {
	switch x.Format {
	case "date-time":
		return "2026-06-01T08:00:00Z"
	case "date":
		return "2026-06-01"
	}
	least, most := 0, 1<<20
	if x.MinLength != nil {
		least = *x.MinLength
	}
	if x.MaxLength != nil {
		most = *x.MaxLength
	}
	if n := regexp.MustCompile(`\{(\d+)\}`).FindStringSubmatch(x.Pattern); n != nil {
		if exact, err := strconv.Atoi(n[1]); err == nil {
			least, most = exact, exact
		}
	}
	word := fmt.Sprintf("%s_%04x", strings.ToLower(strings.ReplaceAll(name, ".", "_")), m.rng.IntN(1<<16))
	for _, s := range []string{word, "deadbeef", "210100", "2026-06-01", "LN"} { // whichever fits the pattern
		for len(s) < least {
			s += s
		}
		s = s[:min(len(s), max(least, min(most, len(s))))]
		if x.Pattern == "" || regexp.MustCompile(x.Pattern).MatchString(s) {
			return s
		}
		if s = s[:least]; x.Pattern == "" || regexp.MustCompile(x.Pattern).MatchString(s) {
			return s
		}
	}
	return word
}

// sharedDoors are actions that go through the door of another one, as the input says.
var sharedDoors = map[models.Action]models.Action{models.BidReject: models.BidCheck}

// TestEveryActionHasItsDoor: what somebody may do can be done over HTTP, and every door
// stands for an action of the table.
func TestEveryActionHasItsDoor(t *testing.T) {
	s, err := api.New(api.Config{})
	if err != nil {
		t.Fatal(err)
	}
	known, open := models.Actions(), map[models.Action]bool{}
	for _, d := range s.Doors() {
		open[d.Action] = true
		if !slices.Contains(known, d.Action) {
			t.Errorf("%s %s is no action of the table: %s", d.Method, d.Path, d.Action)
		}
		if models.ByPlatformOnly(d.Action) {
			t.Errorf("%s %s opens an action that only the platform takes: %s", d.Method, d.Path, d.Action)
		}
	}
	for _, a := range known {
		if !open[a] && !open[sharedDoors[a]] && !models.ByPlatformOnly(a) {
			t.Errorf("%s has no door", a)
		}
	}
}

// TestInputsAreBounded: every text, list and number a caller may send has an end that the
// description tells, so that nothing is stored or computed without one.
func TestInputsAreBounded(t *testing.T) {
	s, err := api.New(api.Config{})
	if err != nil {
		t.Fatal(err)
	}
	sp := readSpec(t, &apitest.World{T: t, Server: s})
	for _, op := range sp.list {
		if op.body != nil {
			sp.bounded(t, op.ID, op.body, map[*schema]bool{})
		}
		for _, p := range op.Parameters {
			if p.In == "query" {
				sp.bounded(t, op.ID+" ?"+p.Name, p.Schema, map[*schema]bool{})
			}
		}
	}
}

// free says that an object takes any name.
func (x *schema) free() bool {
	open, told := x.Additional.(bool)
	return x.Properties == nil && (!told || open)
}

func (s *spec) bounded(t *testing.T, where string, x *schema, seen map[*schema]bool) {
	x = s.resolve(x)
	if seen[x] {
		return
	}
	seen[x] = true
	switch kind := x.kind(); {
	case len(x.Enum) > 0 || kind == "boolean":
	case kind == "string":
		if x.MaxLength == nil && x.Format == "" {
			t.Errorf("%s: a text without maxLength", where)
		}
	case kind == "integer" || kind == "number":
		if x.Min == nil || x.Max == nil {
			t.Errorf("%s: a number without minimum or maximum", where)
		}
	case kind == "array":
		if x.MaxItems == nil {
			t.Errorf("%s: a list without maxItems", where)
		}
		s.bounded(t, where+"[]", x.Items, seen)
	case kind == "object" && strings.HasSuffix(where, ".answer") && x.free():
		// What a browser says of a passkey has the browser's names, and more with each version
		// of WebAuthn: its own library reads it, and the size of a body ends it.
		if x.MaxNames == nil {
			t.Errorf("%s: an object without maxProperties", where)
		}
	case kind == "object":
		if x.Properties == nil {
			t.Errorf("%s: an object of anything", where)
		}
		if open, ok := x.Additional.(bool); !ok || open {
			t.Errorf("%s: an object that takes any name", where)
		}
		for _, k := range slices.Sorted(maps.Keys(x.Properties)) {
			s.bounded(t, where+"."+k, x.Properties[k], seen)
		}
	default:
		t.Errorf("%s: %s", where, kind)
	}
}
