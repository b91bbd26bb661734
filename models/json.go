package models

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
)

// JSON keeps a value as JSON text in one column, the same bytes on both databases.
// It is for parts that are always read and written whole with their row.
type JSON[T any] struct{ V T }

// J wraps a value for a JSON column.
func J[T any](v T) JSON[T] { return JSON[T]{V: v} }

// Value writes the JSON text.
func (j JSON[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	if string(b) == "null" { // a nil list or map is an empty one
		if k := reflect.TypeOf(j.V).Kind(); k == reflect.Slice {
			return "[]", err
		}
		return "{}", err
	}
	return string(b), err
}

// Scan reads the JSON text; an empty column gives the zero value.
func (j *JSON[T]) Scan(src any) error {
	var b []byte
	switch s := src.(type) {
	case nil:
	case string:
		b = []byte(s)
	case []byte:
		b = s
	default:
		return fmt.Errorf("json column holds %T", src)
	}
	var fresh T
	j.V = fresh
	if len(b) == 0 {
		return nil
	}
	return json.Unmarshal(b, &j.V)
}

// GormDataType names the column type for the schema test.
func (JSON[T]) GormDataType() string { return "text" }
