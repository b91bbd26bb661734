package names

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed known.txt
var knownText string

//go:embed world.txt
var worldText string

// entry is a unit of public knowledge.
type entry struct {
	name     string
	umbrella bool
	firm     bool
	parent   string
	han      []string   // every Chinese name, tidied
	latin    [][]string // every name in Latin letters, as words
}

// index finds units by their names. A short name may be several units'.
type index struct {
	byName  map[string][]*entry
	byWords map[string][]*entry
	longest int // of a list of words
}

var known = sync.OnceValue(func() *index {
	x := &index{byName: map[string][]*entry{}, byWords: map[string][]*entry{}}
	x.read(knownText)
	x.read(worldText)
	return x
})

func (x *index) read(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "|")
		e := &entry{name: strings.TrimSpace(parts[0])}
		e.name, e.umbrella = strings.CutPrefix(e.name, "~")
		if len(parts) > 4 {
			e.parent = strings.TrimSpace(parts[4])
		}
		names := []string{e.name}
		for _, p := range parts[1:min(len(parts), 4)] {
			names = append(names, strings.Split(p, ",")...)
		}
		for _, n := range names {
			if n = strings.TrimSpace(n); n == "" {
				continue
			}
			if han(n) {
				t := tidy(n)
				e.han = append(e.han, t)
				x.byName[t] = appendOnce(x.byName[t], e)
				continue
			}
			w := latinWords(n)
			e.latin = append(e.latin, w)
			key := strings.Join(w, " ")
			x.byWords[key] = appendOnce(x.byWords[key], e)
			x.longest = max(x.longest, len(w))
		}
		e.firm = strings.Contains(e.name, "公司")
	}
}

func appendOnce(list []*entry, e *entry) []*entry {
	for _, have := range list {
		if have == e {
			return list
		}
	}
	return append(list, e)
}

// find looks words up as a whole.
func (x *index) find(words []string) []*entry { return x.byWords[strings.Join(words, " ")] }

// within looks for a known unit at the beginning or the end of words, the longest first, where
// the rest are words of departments; behind the name of a firm anything may follow.
func (x *index) within(words []string) []*entry {
	plain := func(rest []string) bool {
		for _, w := range rest {
			if !departmentWords[w] {
				return false
			}
		}
		return true
	}
	for n := min(len(words)-1, x.longest); n > 0; n-- {
		head, tail := words[:n], words[len(words)-n:]
		if list := x.find(head); list != nil && (plain(words[n:]) || brand(list[0]) && !educational(words[n:])) {
			return list
		}
		if list := x.find(tail); list != nil && plain(words[:len(words)-n]) {
			return list
		}
	}
	return nil
}

// brand says that a known unit is a firm or a laboratory, whose name other words may follow.
func brand(e *entry) bool {
	return !strings.Contains(e.name, "大学") && !educational(latinWords(e.name)) && !strings.Contains(e.name, "院") && len(latinWords(e.name)) < 3
}

func educational(words []string) bool {
	for _, w := range words {
		if typeWords[w] {
			return true
		}
	}
	return false
}

// unit is a name of a unit as it was understood: the known units it can mean, or its words.
type unit struct {
	raw       string // tidied
	known     *entry // where it means exactly one
	all       []*entry
	head, sub string   // Chinese: the unit itself, and the part of it that is named
	words     []string // Latin
}

func readUnit(s string) unit {
	if han(s) {
		return hanUnit(s)
	}
	return latinUnit(s)
}

func of(all []*entry, u unit) unit {
	u.all = all
	if len(all) == 1 {
		u.known = all[0]
	}
	return u
}

// compare is the kind of answer for two units.
func (u unit) compare(v unit) string {
	if u.raw != "" && u.raw == v.raw {
		return Same
	}
	best := Different
	better := func(kind string) {
		if order[kind] < order[best] {
			best = kind
		}
	}
	for _, e := range u.all {
		for _, f := range v.all {
			better(knownPair(e, f, u, v))
		}
	}
	if u.all != nil && v.all != nil {
		return best
	}
	if u.words != nil && v.words != nil {
		for _, a := range u.spellings() {
			for _, b := range v.spellings() {
				better(sameLatin(a, b))
			}
		}
		return best
	}
	if u.raw == "" || v.raw == "" {
		return best
	}
	switch {
	case u.all != nil:
		for _, e := range u.all {
			better(knownAndOther(e, u, v))
		}
	case v.all != nil:
		for _, e := range v.all {
			better(knownAndOther(e, v, u))
		}
	default:
		better(hanPair(u, v))
	}
	return best
}

// spellings are all the ways to write the unit in Latin letters. The acronym of a known unit is
// no spelling: it means that unit alone.
func (u unit) spellings() [][]string {
	if u.all == nil {
		return [][]string{u.words}
	}
	var out [][]string
	for _, e := range u.all {
		for _, w := range e.latin {
			if len(w) > 1 {
				out = append(out, w)
			}
		}
	}
	return out
}

// knownPair compares two known units with the parts of them that are named.
func knownPair(e, f *entry, u, v unit) string {
	switch {
	case e == f:
		return parts(e.umbrella, u, v)
	case e.parent == f.name:
		return below(e, u, f, v)
	case f.parent == e.name:
		return below(f, v, e, u)
	case e.parent != "" && e.parent == f.parent:
		return Siblings
	}
	return Different
}

// below compares a unit with the one above it: related, but under an umbrella another part of
// what is above is a sibling only.
func below(child *entry, c unit, parent *entry, p unit) string {
	if p.sub == "" {
		return Part
	}
	for _, n := range child.han {
		rest := n
		for _, above := range parent.han {
			rest = strings.TrimPrefix(rest, above)
		}
		if likePart(rest, p.sub) || likePart(n, p.sub) {
			return Alias
		}
	}
	if parent.umbrella || strings.Contains(p.sub, "医院") {
		return Siblings
	}
	return Part
}

// parts compares what is named of one unit.
func parts(umbrella bool, u, v unit) string {
	switch {
	case u.sub == "" && v.sub == "":
		return Alias
	case u.sub == "" || v.sub == "":
		return Part
	case likePart(u.sub, v.sub):
		return Alias
	case umbrella:
		return Siblings
	}
	a, b := hospital(u.sub), hospital(v.sub)
	if a != "" && b != "" && !likePart(a, b) {
		return Siblings
	}
	return Colleague
}

// hospital is the part up to the word for one.
func hospital(sub string) string {
	if i := strings.Index(sub, "医院"); i >= 0 {
		return sub[:i+len("医院")]
	}
	return ""
}

// likePart: two names of a department mean the same.
func likePart(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	a, b = stripLegal(a), stripLegal(b)
	if a == b || utf8.RuneCountInString(a) >= 4 && strings.HasPrefix(b, a) || utf8.RuneCountInString(b) >= 4 && strings.HasPrefix(a, b) {
		return true
	}
	return shortOf(a, b) || shortOf(b, a)
}
