// Package problem holds the errors a person may see: five kinds, a stable code for
// machines, a sentence for people and the fields to mend.
package problem

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says whose turn it is to act after an error. Doors turn it into a status.
type Kind int

const (
	// Invalid: the request itself must be mended (422).
	Invalid Kind = iota + 1
	// SignIn: nobody is signed in, or no longer (401).
	SignIn
	// Denied: the caller may know of the thing but not do this to it (403).
	Denied
	// NotFound: no such thing, or none the caller may know of (404).
	NotFound
	// Conflict: the thing is in a state that does not allow it now (409).
	Conflict
	// Stale: somebody changed the thing since the caller read it (412).
	Stale
	// TooMany: the caller must wait (429).
	TooMany
)

// Field names one part of the input that failed, by path ("indicators[2].weight"),
// and says how to mend it.
type Field struct {
	Path    string `json:"path" doc:"Where in the input, e.g. indicators[2].weight"`
	Code    string `json:"code" doc:"Stable code of the rule that failed"`
	Message string `json:"message" doc:"What to do about it"`
}

// Error is everything the caller can mend. Code is entity.rule and never changes;
// Message is a full sentence.
type Error struct {
	Kind    Kind
	Code    string
	Message string
	Fields  []Field
	// RetryAfter is in seconds, for TooMany.
	RetryAfter int
}

func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Code + ": " + e.Message
	}
	parts := make([]string, 0, len(e.Fields))
	for _, f := range e.Fields {
		parts = append(parts, f.Path+" "+f.Message)
	}
	return e.Code + ": " + e.Message + " (" + strings.Join(parts, "; ") + ")"
}

// Is makes errors.Is match on kind and code, so tests can ask for one precisely.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Kind == e.Kind && other.Code == e.Code
}

// As returns the problem inside err, or nil when err is not the caller's to mend.
func As(err error) *Error {
	var p *Error
	if errors.As(err, &p) {
		return p
	}
	return nil
}

// New builds a problem of any kind.
func New(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Missing is the one answer for what does not exist and for what the caller may not
// know of: both must be the same to the byte.
func Missing() *Error {
	return New(NotFound, "request.not_found", "There is no such thing, or you may not see it.")
}

// Fields collects what is wrong with an input, so that one answer names everything.
type Fields []Field

// Add notes one failing field.
func (f *Fields) Add(path, code, format string, args ...any) {
	*f = append(*f, Field{Path: path, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Require notes the field when ok is false.
func (f *Fields) Require(ok bool, path, code, format string, args ...any) {
	if !ok {
		f.Add(path, code, format, args...)
	}
}

// Problem returns the collected fields as one Invalid problem, or nil when there are none.
// The return type is error so that "return f.Problem(…)" never yields a typed nil.
func (f Fields) Problem(code, format string, args ...any) error {
	if len(f) == 0 {
		return nil
	}
	p := New(Invalid, code, format, args...)
	p.Fields = f
	return p
}
