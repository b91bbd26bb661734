// Package names says whether two names of units, or of people with their units, mean the
// same or related ones, in Chinese and English, and why. It knows how names are made — places,
// subjects and kinds of units, initials, acronyms — and a list of public knowledge about units
// that no rule can find (known.txt, world.txt).
//
// It answers for one question: may these two stand on different sides of a review? So a
// department and its university are related, and so are a firm and its subsidiary; two
// institutes under one academy or two firms under one central group are not, although what
// stands above each of them is related to both. A person's name alone says little in Chinese:
// two people of one name in different units are two people.
//
// Linear in the length of the names, apart from the aligning of acronyms (words × words).
package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Kinds of answers, the surest first.
const (
	Same      = "same"       // one name, up to spelling and legal form
	Alias     = "alias"      // a short name, a former name, an acronym or the name in another language
	Part      = "part"       // one is a department, campus, branch or subsidiary of the other
	Colleague = "colleague"  // two departments of one unit, or two firms of one group
	Person    = "person"     // one person by name, with nothing against it
	Unsure    = "name_alone" // the same name, but units that differ: no match where names are common
	Siblings  = "siblings"   // under one umbrella, or two hospitals of one university: no match
	Different = "different"
)

// Answer is what two names have to do with each other. Left and Right are how each unit was
// understood, where that is not how it was written.
type Answer struct {
	Match bool   `json:"match"`
	Kind  string `json:"kind"`
	Left  string `json:"left,omitempty"`
	Right string `json:"right,omitempty"`
}

// Units compares two names of units.
func Units(a, b string) Answer {
	x, y := readUnit(a), readUnit(b)
	out := Answer{Kind: x.compare(y)}
	out.Match = out.Kind == Same || out.Kind == Alias || out.Kind == Part || out.Kind == Colleague
	if x.known != nil && x.known.name != strings.TrimSpace(a) {
		out.Left = x.known.name
	}
	if y.known != nil && y.known.name != strings.TrimSpace(b) {
		out.Right = y.known.name
	}
	return out
}

// Match compares two strings, each "Name (Unit)", "Name" or "Unit". Where both have a name and
// byName is set, a shared unit is not enough: the names must agree. A name "All" stands for
// everybody of the unit.
func Match(a, b string, byName bool) Answer {
	x, y := split(a), split(b)
	units := Answer{Kind: ""}
	for _, p := range x.units() {
		for _, q := range y.units() {
			got := Units(p, q)
			if units.Kind == "" || got.Match && !units.Match || got.Match == units.Match && order[got.Kind] < order[units.Kind] {
				units = got
			}
		}
	}
	same, both := false, false
	for _, p := range x.names() {
		for _, q := range y.names() {
			both = both || x.sure && y.sure
			same = same || samePerson(p, q)
		}
	}
	if everybody(x.name) || everybody(y.name) {
		both = false
	}
	switch {
	case same && (units.Match || units.Kind == ""):
		return Answer{Match: true, Kind: Person, Left: units.Left, Right: units.Right}
	case same:
		// The same name in two units: likely one person who moved, unless the name is common.
		return Answer{Match: !common(x.name) && !common(y.name), Kind: Unsure, Left: units.Left, Right: units.Right}
	case both && byName:
		return Answer{Kind: Different, Left: units.Left, Right: units.Right}
	}
	units.Kind = cmp.Or(units.Kind, Different)
	return units
}

var order = map[string]int{Same: 0, Alias: 1, Part: 2, Colleague: 3, Siblings: 4, Different: 5}

func everybody(name string) bool {
	switch fold(name) {
	case "all", "any", "anyone", "anybody", "everyone", "everybody", "*", "全体", "所有人", "全部":
		return true
	}
	return false
}

// party is a string taken apart. A bare word may be a name or a unit; sure says that it
// was plain which.
type party struct {
	name, unit string
	sure       bool
}

func (p party) units() []string { return filled(p.unit) }
func (p party) names() []string {
	if everybody(p.name) {
		return nil
	}
	return filled(p.name)
}

func filled(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// split finds the name and the unit: what stands in brackets at the end is the unit, unless
// what stands before is one already, as in 中国石油大学(北京).
func split(s string) party {
	s = strings.TrimSpace(strings.NewReplacer("（", "(", "）", ")").Replace(s))
	if strings.HasSuffix(s, ")") {
		depth := 0
		for i := len(s) - 1; i >= 0; i-- {
			switch s[i] {
			case ')':
				depth++
			case '(':
				depth--
			}
			if depth != 0 {
				continue
			}
			before := strings.TrimSpace(s[:i])
			// ZHANG San is no acronym beside a unit in brackets.
			shouted := !han(before) && strings.Contains(before, " ") && len(latinWords(before)) == 2 && looksLikeName(before) && !slices.ContainsFunc(latinWords(before), func(w string) bool { return typeWords[w] || departmentWords[w] || firmWords[w] })
			if before == "" || shouted || !looksLikeUnit(before) {
				return party{before, strings.TrimSpace(s[i+1 : len(s)-1]), true}
			}
			break
		}
	}
	for _, sep := range []string{"，", ",", "　", " "} { // 张伟，东北大学
		if before, after, ok := strings.Cut(s, sep); ok && hanName(strings.TrimSpace(before)) && looksLikeUnit(strings.TrimSpace(after)) {
			return party{strings.TrimSpace(before), strings.TrimSpace(after), true}
		}
	}
	switch {
	case looksLikeUnit(s):
		return party{unit: s, sure: true}
	case looksLikeName(s):
		return party{name: s, sure: true}
	}
	return party{name: s, unit: s}
}

// looksLikeUnit asks whether a bare string names a unit and no person.
func looksLikeUnit(s string) bool {
	if han(s) {
		if _, ok := known().byName[tidy(s)]; ok {
			return true
		}
		t := tidy(s)
		for _, w := range unitWords {
			if strings.Contains(t, w) {
				return true
			}
		}
		return len([]rune(t)) > 4 || strings.ContainsAny(t, "所院校厂大") && !hanName(t)
	}
	words := latinWords(s)
	if len(words) == 0 {
		return false
	}
	if known().find(words) != nil {
		return true
	}
	for _, w := range words {
		if typeWords[w] || departmentWords[w] || firmWords[w] {
			return true
		}
	}
	for _, w := range strings.Fields(s) {
		w = strings.Trim(w, ".,;")
		// UMass: a known name with a second capital is no surname.
		if len(w) > 2 && strings.ToLower(w[1:]) != w[1:] && known().find(latinWords(w)) != nil {
			return true
		}
		// A word all in capitals is an acronym, unless it is an initial or beside dots.
		if len(w) >= 2 && strings.ToUpper(w) == w && strings.ToLower(w) != w && !strings.Contains(w, ".") {
			return true
		}
	}
	return acronymDots(s)
}

// acronymDots is "M.I.T.": letters with dots and nothing else.
func acronymDots(s string) bool {
	n := 0
	for i, r := range s {
		switch {
		case i%2 == 0 && r >= 'A' && r <= 'Z':
			n++
		case i%2 == 1 && r == '.':
		default:
			return false
		}
	}
	return n >= 2
}

func looksLikeName(s string) bool {
	if han(s) {
		return hanName(s)
	}
	words := strings.Fields(s)
	return len(words) >= 2 && len(words) <= 5
}

func han(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
