package endpoint

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiebang/internal/problem"
)

// JSONFormat is how bodies are read: as huma does, but what the schema lets through and Go's
// types do not (1.0 or 1e3 for a whole number) is told by its place, and neither by Go's names
// nor by the value that was sent.
func JSONFormat() huma.Format {
	f := huma.DefaultJSONFormat
	f.Unmarshal = func(body []byte, v any) error {
		err := json.Unmarshal(body, v)
		if err == nil {
			return nil
		}
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			return misplacedError{placeOf(body, func(_ json.Token, end int64) bool { return end >= kind.Offset }), "must be " + wanted(kind.Type)}
		}
		return misplacedError{"body", "cannot be read; compare it with the description of this call"}
	}
	return f
}

func wanted(t reflect.Type) string {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == nil:
		return "of another type"
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64:
		return "a whole number within reason, written without dot and exponent"
	case t.Kind() == reflect.Float32 || t.Kind() == reflect.Float64:
		return "a number"
	case t.Kind() == reflect.String:
		return "a text"
	}
	return "of another type"
}

// misplacedError is a value that cannot be decoded. Its text carries the place through huma, which
// keeps only texts; no body holds the NUL that parts it.
type misplacedError struct{ place, message string }

func (m misplacedError) Error() string { return "\x00" + m.place + "\x00" + m.message }

func misplacedParts(text string) (place, message string, ok bool) {
	text, ok = strings.CutPrefix(text, "\x00")
	if !ok {
		return "", "", false
	}
	return strings.Cut(text, "\x00")
}

// Years beyond these are slips of the finger, and some cannot be written back as RFC 3339.
const firstYear, lastYear = 1900, 2200

var timeType = reflect.TypeFor[time.Time]()

// strayTimes collects the instants of an input that lie out of all reason.
func strayTimes(v reflect.Value, path string, f *problem.Fields) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			strayTimes(v.Elem(), path, f)
		}
	case reflect.Struct:
		if v.Type() == timeType {
			t := v.Interface().(time.Time).UTC()
			f.Require(t.IsZero() || t.Year() >= firstYear && t.Year() <= lastYear, path, "field.range", "must lie between %d and %d", firstYear, lastYear)
			return
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.IsExported() {
				strayTimes(v.Field(i), within(path, field), f)
			}
		}
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k == reflect.Struct || k == reflect.Pointer || k == reflect.Slice {
			for i := range v.Len() {
				strayTimes(v.Index(i), fmt.Sprintf("%s[%d]", path, i), f)
			}
		}
	}
}

// within is the path of a field of an input, by the name the caller knows.
func within(path string, f reflect.StructField) string {
	name := ""
	for _, in := range []string{"query", "path", "header"} {
		if tag := f.Tag.Get(in); tag != "" {
			name = in + "." + tag
		}
	}
	if name == "" {
		name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
	}
	switch {
	case name == "" && (f.Anonymous || f.Name == "Body"):
		return path
	case name == "":
		name = f.Name
	}
	if path == "" {
		return name
	}
	return path + "." + name
}
