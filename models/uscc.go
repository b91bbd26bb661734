package models

import (
	"regexp"
	"strings"
	"time"

	"jiebang/internal/problem"
)

// usccDigits are the characters of a unified social credit code in the order of their
// values: digits and capitals without I, O, S, V and Z (GB 32100-2015).
const usccDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var usccShape = regexp.MustCompile(`^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$`)

// USCC reads a unified social credit code (统一社会信用代码) as a person types it. ok says
// that its length, alphabet and district are possible at all; checked says that its last
// digit fits the others. Some codes of the early years are legal although it does not, so
// that is a matter for a person to look at, not for a refusal.
//
// The check is value(c₁₈) = (31 − Σ valueᵢ·3^(i−1)) mod 31 over the first seventeen.
func USCC(typed string) (code string, ok, checked bool) {
	code = strings.ToUpper(strings.TrimSpace(typed))
	if !usccShape.MatchString(code) {
		return code, false, false
	}
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(usccDigits, code[i]) * weight
		weight = weight * 3 % 31
	}
	return code, true, code[17] == usccDigits[(31-sum%31)%31]
}

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
	if _, known := words[code]; !known {
		f.Add(path, "field.unknown_term", "%q is no %s term in force; /vocabulary/%s lists them", code, kind, kind)
	}
}
