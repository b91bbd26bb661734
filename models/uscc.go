package models

import (
	"regexp"
	"time"

	"jiebang/internal/problem"
)

var regionShape = regexp.MustCompile(`^[1-9][0-9]{5}$`)

// IsRegion reports whether s has the shape of a region code (GB/T 2260): six digits.
func IsRegion(s string) bool { return regionShape.MatchString(s) }

// IsDate reports whether s is a day that exists, as YYYY-MM-DD.
func IsDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// OfficerIn reports whether the actor is officer where the region lies.
func (a Actor) OfficerIn(region string) bool { return a.officerOf(region) != 0 }

// Words are the terms of a vocabulary in force now, by code.
func (tx *Tx) Words(kind string) (map[string]Term, error) {
	list, err := tx.Vocabulary(kind)
	return Terms(list), err
}

// KnowWord notes a code that is no term of a vocabulary in force.
func KnowWord(f *problem.Fields, words map[string]Term, kind, path string, code string) {
	t, known := words[code]
	switch {
	case !known:
		f.Add(path, "field.unknown_term", "%q is no %s term in force; /vocabulary/%s lists them", code, kind, kind)
	case t.Merged != "":
		f.Add(path, "field.merged_term", "this term was merged into %q; use that one", t.Merged)
	}
}
