package names

import (
	"slices"
	"strings"
	"unicode"
)

// Words that stand in most names of units. Those that say what a unit is, those of its
// departments, those of firms.
var (
	typeWords       = set("university college institute academy polytechnic universities")
	departmentWords = set("school department faculty division laboratory center research computer science engineering medicine medical business law hospital physics mathematics chemistry biology electrical mechanical information study graduate clinic clinical group program nursing dental dentistry public health policy government economics management statistics education art humanities social theology")
	firmWords       = set("inc corp ltd llc gmbh ag sa company co plc corporation limited incorporated")
	weakWords       = set("research center laboratory inc corp ltd llc gmbh ag sa company co plc corporation limited incorporated group lab international global headquarters")
	// National and other adjectives that begin the names of many units.
	openingWords = set("national american chinese indian royal european international institute university academy center college laboratory school department federal state united general first new central advanced north south east west northern southern eastern western german french italian japanese korean russian australian canadian british swiss max saint st")
	// "X University" and "University of X" are two places where X is one of these.
	twoPlaces = set("alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming boston miami denver newcastle london york")
)

// dropped are words that carry nothing; countries count as such only behind a comma.
var dropped = set("of the at in and for de la le les di der des du des et und y e della do da dos del van zu zum fur on")

var synonyms = map[string]string{"univ": "university", "universitat": "university", "universite": "university", "universidad": "university", "universidade": "university",
	"universita": "university", "universiteit": "university", "universitet": "university", "uniwersytet": "university", "universitaet": "university", "inst": "institute", "instituto": "institute", "institut": "institute",
	"institutes": "institute", "tech": "technology", "technol": "technology", "technologies": "technology", "sci": "science", "sciences": "science", "eng": "engineering", "engr": "engineering",
	"dept": "department", "lab": "laboratory", "labs": "laboratory", "laboratories": "laboratory", "ctr": "center", "centre": "center", "centres": "center", "natl": "national", "nat": "national",
	"acad": "academy", "coll": "college", "saint": "st", "munchen": "munich", "muenchen": "munich", "wien": "vienna", "koln": "cologne", "koeln": "cologne", "roma": "rome", "milano": "milan",
	"torino": "turin", "geneve": "geneva", "zuerich": "zurich", "arts": "art", "studies": "study", "hosp": "hospital", "technische": "technical", "politecnico": "polytechnic",
	"politecnica": "polytechnic", "polytechnique": "polytechnic", "massachussetts": "massachusetts", "jiaotong": "jiao tong", "res": "research", "cas": "cas"}

// latinWords are the words of a unit's name that carry something, in order. Dots join letters
// (M.I.T.), and so does "&" between single letters (Texas A&M).
func latinWords(s string) []string {
	s = fold(s)
	var b strings.Builder
	r := []rune(s)
	letter := func(i int) bool { return i >= 0 && i < len(r) && unicode.IsLetter(r[i]) }
	single := func(i int) bool { return letter(i) && !letter(i-1) && !letter(i+1) }
	for i, c := range r {
		switch {
		case c == '.' && single(i-1) && (single(i+1) && i+2 < len(r) && r[i+2] == '.' || i >= 3 && r[i-2] == '.' && single(i-3)):
		case c == '&' && single(i-1) && single(i+1):
		case c == '\'':
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(c)
		case c == '&':
			b.WriteString(" and ")
		default:
			b.WriteByte(' ')
		}
	}
	var out []string
	for _, w := range strings.Fields(b.String()) {
		if syn, ok := synonyms[w]; ok {
			w = syn
		}
		if !dropped[w] {
			out = append(out, strings.Fields(w)...)
		}
	}
	return out
}

// latinUnit finds the unit in "CSAIL, MIT, Cambridge, MA": the known one among its parts, or the
// part that says what it is, with what follows it as its campus.
func latinUnit(s string) unit {
	if u := known().find(latinWords(s)); u != nil {
		return of(u, unit{words: latinWords(s)})
	}
	parts := strings.FieldsFunc(fold(s), func(r rune) bool { return r == ',' || r == ';' || r == '/' || r == '(' || r == ')' || r == '|' })
	best := -1
	for i := range parts {
		for j := min(len(parts), i+3); j > i; j-- {
			w := latinWords(strings.Join(parts[i:j], " "))
			if u := known().find(w); u != nil {
				return of(u, unit{words: w})
			}
		}
		w := latinWords(parts[i])
		if u := known().within(w); u != nil {
			return of(u, unit{words: w})
		}
		if best < 0 && slices.ContainsFunc(w, func(x string) bool { return typeWords[x] }) {
			best = i
		}
	}
	if best < 0 {
		best = 0
	}
	var w []string
	for i := best; i < len(parts); i++ {
		p := latinWords(parts[i])
		if i > best && (len(p) > 3 || i > best+1 || countries[strings.Join(p, " ")]) {
			break
		}
		w = append(w, p...)
	}
	if len(parts) > best+1 && !slices.Contains(w, "university") { // a campus is a university's
		w = latinWords(parts[best])
	}
	return unit{words: w}
}

var countries = map[string]bool{"usa": true, "us": true, "uk": true, "china": true, "germany": true, "france": true, "italy": true, "japan": true, "canada": true, "india": true,
	"switzerland": true, "korea": true, "singapore": true, "australia": true, "israel": true, "netherlands": true, "sweden": true, "denmark": true, "spain": true, "pr china": true, "p r china": true}

// sameLatin compares two lists of words.
func sameLatin(a, b []string) string {
	switch {
	case len(a) == 0 || len(b) == 0:
		return Different
	case slices.Equal(a, b):
		return Same
	case aligned(a, b) || aligned(b, a):
		return Alias
	case turned(a, b):
		return Same
	case branded(a, b) || branded(b, a):
		return Part
	}
	return Different
}

// aligned says that short is long with runs of words written as acronyms: UC San Diego, UCSD,
// UMass. Each acronym has at least two letters.
func aligned(short, long []string) bool {
	if len(short) > len(long) {
		return false
	}
	var walk func(i, j int) bool
	walk = func(i, j int) bool {
		if i == len(short) || j == len(long) {
			return i == len(short) && j == len(long)
		}
		if short[i] == long[j] && walk(i+1, j+1) {
			return true
		}
		w := short[i]
		for n := 2; n <= len(w) && len(w) <= 7 && j+n <= len(long); n++ {
			if spells(w, long[j:j+n]) && walk(i+1, j+n) {
				return true
			}
		}
		// UPenn, UConn: the letter of the first word and the beginning of the second.
		return len(w) >= 4 && j+2 <= len(long) && long[j] == "university" && w[0] == 'u' && strings.HasPrefix(long[j+1], w[1:]) && walk(i+1, j+2)
	}
	return walk(0, 0)
}

// spells: an acronym takes of each word the first letter, or all of one that is short, for
// that may be an acronym itself (UCSD of UC San Diego).
func spells(acronym string, words []string) bool {
	if len(words) == 0 {
		return acronym == ""
	}
	w := words[0]
	return acronym != "" && acronym[0] == w[0] && spells(acronym[1:], words[1:]) ||
		len(w) <= 3 && strings.HasPrefix(acronym, w) && spells(acronym[len(w):], words[1:])
}

// turned: "Zurich University" is "University of Zurich", but Boston University is not a
// University of Boston.
func turned(a, b []string) bool {
	if len(a) != len(b) || !slices.Contains(a, "university") || slices.ContainsFunc(a, func(w string) bool { return twoPlaces[w] }) {
		return false
	}
	x, y := slices.Clone(a), slices.Clone(b)
	slices.Sort(x)
	slices.Sort(y)
	at, to := slices.Index(a, "university"), slices.Index(b, "university")
	return slices.Equal(x, y) && at != to && slices.Equal(without(a), without(b))
}

func without(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "university" })
}

// branded: short is the brand that long begins with, like IBM and IBM Watson, or Tufts and Tufts
// University. A brand is no adjective that many units begin with.
func branded(short, long []string) bool {
	strong := func(words []string) []string {
		var out []string
		for _, w := range words {
			if !weakWords[w] && len(w) > 1 {
				out = append(out, w)
			}
		}
		return out
	}
	s, l := strong(short), strong(long)
	if len(s) == 0 || len(l) < len(s) || s[0] != l[0] || openingWords[s[0]] || slices.Contains(s, "university") {
		return false
	}
	if len(s) == len(l) {
		return slices.Equal(s, l)
	}
	if slices.ContainsFunc(l, func(w string) bool { return typeWords[w] }) {
		return len(s) == 1 && len(l) == 2 && (l[1] == "university" || l[1] == "college") && !twoPlaces[s[0]]
	}
	i := 0
	for _, w := range l {
		if i < len(s) && s[i] == w {
			i++
		}
	}
	return i == len(s)
}
