package text

import "strings"

// Stem is the Porter2 (Snowball English) stem of a lower-case word: a name for
// the family of words it belongs to, not itself a word. Words with other than
// a–z and an apostrophe, and words of at most two letters, stay as they are.
//
// Source: the algorithm's description at snowballstem.org/algorithms/english;
// it departs from it nowhere known. Linear in the length of the word.
func Stem(word string) string {
	if len(word) <= 2 {
		return word
	}
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && c != '\'' {
			return word
		}
	}
	if s, ok := special[word]; ok {
		return s
	}
	w := stemmer{b: []byte(strings.TrimPrefix(word, "'"))}
	w.markY()
	w.regions()
	w.step0()
	w.step1a()
	if s := string(w.b); after1a[s] {
		return s
	}
	w.step1b()
	w.step1c()
	w.step2()
	w.step3()
	w.step4()
	w.step5()
	return strings.ToLower(string(w.b))
}

var special = map[string]string{
	"skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli",
	"early": "earli", "only": "onli", "singly": "singl", "sky": "sky", "news": "news", "howe": "howe",
	"atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
}

var after1a = map[string]bool{
	"inning": true, "evening": true, "outing": true, "canning": true, "herring": true, "earring": true,
	"proceed": true, "exceed": true, "succeed": true,
}

// stemmer is a word on its way: a Y that is a consonant is upper case; r1 and
// r2 are where the regions of the description begin.
type stemmer struct {
	b      []byte
	r1, r2 int
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

func (w *stemmer) markY() {
	for i, c := range w.b {
		if c == 'y' && (i == 0 || vowel(w.b[i-1])) {
			w.b[i] = 'Y'
		}
	}
}

func (w *stemmer) regions() {
	w.r1 = w.region(0)
	for _, p := range []string{"gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter"} {
		if w.starts(p) {
			w.r1 = len(p)
		}
	}
	w.r2 = w.region(w.r1)
}

func (w *stemmer) starts(p string) bool { return strings.HasPrefix(string(w.b), p) }

// region is behind the first consonant that follows a vowel, from i on.
func (w *stemmer) region(i int) int {
	for i++; i < len(w.b); i++ {
		if vowel(w.b[i-1]) && !vowel(w.b[i]) {
			return i + 1
		}
	}
	return len(w.b)
}

func (w *stemmer) ends(s string) bool {
	return len(w.b) >= len(s) && string(w.b[len(w.b)-len(s):]) == s
}

// longest is the longest of the suffixes that the word ends with, or "".
func (w *stemmer) longest(suffixes ...string) string {
	best := ""
	for _, s := range suffixes {
		if len(s) > len(best) && w.ends(s) {
			best = s
		}
	}
	return best
}

func (w *stemmer) in1(s string) bool { return len(w.b)-len(s) >= w.r1 }
func (w *stemmer) in2(s string) bool { return len(w.b)-len(s) >= w.r2 }
func (w *stemmer) drop(n int)        { w.b = w.b[:len(w.b)-n] }

func (w *stemmer) replace(s, by string) {
	w.drop(len(s))
	w.b = append(w.b, by...)
}

func (w *stemmer) hasVowel(end int) bool {
	for _, c := range w.b[:end] {
		if vowel(c) {
			return true
		}
	}
	return false
}

// shortSyllable says whether the word up to end closes with a short syllable.
func (w *stemmer) shortSyllable(end int) bool {
	if end == 2 {
		return vowel(w.b[0]) && !vowel(w.b[1])
	}
	if end == 4 && string(w.b[:4]) == "past" {
		return true
	}
	return end >= 3 && !vowel(w.b[end-3]) && vowel(w.b[end-2]) && !vowel(w.b[end-1]) &&
		strings.IndexByte("wxY", w.b[end-1]) < 0
}

func (w *stemmer) short() bool { return w.r1 >= len(w.b) && w.shortSyllable(len(w.b)) }

func (w *stemmer) step0() {
	w.drop(len(w.longest("'", "'s", "'s'")))
}

func (w *stemmer) step1a() {
	switch s := w.longest("sses", "ied", "ies", "s", "us", "ss"); s {
	case "sses":
		w.replace(s, "ss")
	case "ied", "ies":
		if len(w.b) > 4 {
			w.replace(s, "i")
		} else {
			w.replace(s, "ie")
		}
	case "s":
		if n := len(w.b); n >= 3 && w.hasVowel(n-2) {
			w.drop(1)
		}
	}
}

func (w *stemmer) step1b() {
	switch s := w.longest("eed", "eedly", "ed", "edly", "ing", "ingly"); s {
	case "eed", "eedly":
		if w.in1(s) {
			w.replace(s, "ee")
		}
	case "ed", "edly", "ing", "ingly":
		stem := len(w.b) - len(s)
		if s == "ing" && stem == 2 && w.b[1] == 'y' && !vowel(w.b[0]) {
			w.b = append(w.b[:1], "ie"...) // dying, lying, tying
			return
		}
		if !w.hasVowel(stem) {
			return
		}
		w.drop(len(s))
		switch {
		case w.longest("at", "bl", "iz") != "":
			w.b = append(w.b, 'e')
		case w.longest("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt") != "":
			if !(len(w.b) == 3 && strings.IndexByte("aeo", w.b[0]) >= 0) {
				w.drop(1)
			}
		case w.short():
			w.b = append(w.b, 'e')
		}
	}
}

func (w *stemmer) step1c() {
	if n := len(w.b); n > 2 && (w.b[n-1] == 'y' || w.b[n-1] == 'Y') && !vowel(w.b[n-2]) {
		w.b[n-1] = 'i'
	}
}

var pairs2 = map[string]string{
	"tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent", "izer": "ize",
	"ization": "ize", "ational": "ate", "ation": "ate", "ator": "ate", "alism": "al", "aliti": "al",
	"alli": "al", "fulness": "ful", "ousli": "ous", "ousness": "ous", "iveness": "ive", "iviti": "ive",
	"biliti": "ble", "bli": "ble", "ogi": "og", "fulli": "ful", "lessli": "less", "li": "", "ogist": "og",
}

func (w *stemmer) step2() {
	s := w.longestKey(pairs2)
	if s == "" || !w.in1(s) {
		return
	}
	before := byte(0)
	if n := len(w.b) - len(s); n > 0 {
		before = w.b[n-1]
	}
	if s == "ogi" && before != 'l' || s == "li" && strings.IndexByte("cdeghkmnrt", before) < 0 {
		return
	}
	w.replace(s, pairs2[s])
}

var pairs3 = map[string]string{
	"tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic",
	"ful": "", "ness": "", "ative": "",
}

func (w *stemmer) step3() {
	s := w.longestKey(pairs3)
	if s == "" || !w.in1(s) || s == "ative" && !w.in2(s) {
		return
	}
	w.replace(s, pairs3[s])
}

func (w *stemmer) step4() {
	s := w.longest("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent",
		"ism", "ate", "iti", "ous", "ive", "ize", "ion")
	if s == "" || !w.in2(s) {
		return
	}
	if n := len(w.b) - 3; s == "ion" && (n == 0 || w.b[n-1] != 's' && w.b[n-1] != 't') {
		return
	}
	w.drop(len(s))
}

func (w *stemmer) step5() {
	n := len(w.b)
	switch {
	case w.ends("e") && (w.in2("e") || w.in1("e") && !w.shortSyllable(n-1)):
		w.drop(1)
	case w.ends("ll") && w.in2("l"):
		w.drop(1)
	}
}

func (w *stemmer) longestKey(m map[string]string) string {
	for n := min(7, len(w.b)); n > 0; n-- {
		if s := string(w.b[len(w.b)-n:]); hasKey(m, s) {
			return s
		}
	}
	return ""
}

func hasKey(m map[string]string, k string) bool { _, ok := m[k]; return ok }
