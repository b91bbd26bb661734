package tags

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiebang/matching/text"
)

// Mention is a label of a tag that stands in a text: the tag's code, the label
// as the catalogue has it (or its side of a slash between Chinese words), and
// the byte of the text at which it begins.
type Mention struct {
	Code, Label string
	At          int
}

// Named are the tags whose label or synonym, in Chinese or English, stands in
// the text, in its order; a label that names several tags is a mention of
// each. Where labels overlap the first and then the longest counts. Chinese
// is found within a run of characters, a Latin label on word boundaries by its
// stems; a short acronym among Latin words only in capitals. The label of a
// tag that has no parent but children is too general to be a mention, as is a
// label of a single character or of digits alone.
//
// O(len(text) · longest label), without a dictionary.
func (m *Model) Named(text string) []Mention {
	var out []Mention
	m.labels.find(pieces(text), func(l *label, at, _ int) {
		out = append(out, Mention{Code: m.tree.tags[l.tag].Code, Label: l.words, At: at})
	})
	return out
}

// Bridge is what the tags named in the text are called in the other language,
// joined by blanks and to be appended to a query: a tag named in Chinese gives
// its English label and its Latin synonyms, and the other way round. It is
// empty where nothing is named; no label is given twice.
func (m *Model) Bridge(text string) string {
	var out []string
	m.labels.find(pieces(text), func(l *label, _, _ int) {
		for _, w := range m.tree.labels(l.tag) {
			if chinese(w) != chinese(l.words) && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	})
	return strings.Join(out, " ")
}

// chinese says in which of the two languages a label is read.
func chinese(s string) bool { return strings.ContainsFunc(s, isHan) }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// labels finds the labels of the catalogue: a trie whose edges are pieces.
type labels struct {
	next map[step]int32
	ends [][]*label // by node
	list []*label   // by tag
}

type step struct {
	node int32
	word string
}

// label is one label of a tag. acronym is its form where only capitals count;
// of the evidence texts that have it, so many are right: they carry the tag.
type label struct {
	tag            int32
	words, acronym string
	texts, right   int
}

func newLabels(t *tree) *labels {
	ls := &labels{next: map[step]int32{}, ends: make([][]*label, 1)}
	for x := range int32(len(t.tags)) {
		if t.general(x) {
			continue
		}
		for _, words := range t.labels(x) {
			for _, w := range alternatives(words) {
				ls.add(x, w)
			}
		}
	}
	return ls
}

// alternatives of a label: it, and its sides where a slash stands between
// Chinese words (地质学/地质资源与地质工程), which is an "or" there; "TCP/IP" is one word.
func alternatives(words string) []string {
	out := []string{words}
	sides := strings.FieldsFunc(words, func(r rune) bool { return r == '/' || r == '／' })
	for _, s := range sides {
		if len(sides) > 1 && !slices.ContainsFunc(sides, func(s string) bool { return !chinese(s) }) {
			out = append(out, s)
		}
	}
	return out
}

func (ls *labels) add(tag int32, words string) {
	us := pieces(words)
	if !telling(us) {
		return
	}
	node := int32(0)
	for _, u := range us {
		s := step{node, u.word}
		if _, ok := ls.next[s]; !ok {
			ls.next[s] = int32(len(ls.ends))
			ls.ends = append(ls.ends, nil)
		}
		node = ls.next[s]
	}
	l := &label{tag: tag, words: words}
	if n := len(us[0].raw); len(us) == 1 && n <= 5 && strings.ToUpper(us[0].raw) == us[0].raw {
		l.acronym = us[0].raw
	}
	if !slices.ContainsFunc(ls.ends[node], func(o *label) bool { return o.tag == tag }) {
		ls.ends[node] = append(ls.ends[node], l)
		ls.list = append(ls.list, l)
	}
}

// telling says whether a label is long enough to mean something: two Han
// characters or one Latin word of two letters.
func telling(us []piece) bool {
	han, latin := 0, 0
	for _, u := range us {
		switch {
		case u.kind == hanPiece:
			han++
		case u.kind == latinPiece:
			latin += utf8.RuneCountInString(u.raw)
		}
	}
	return han >= 2 || latin >= 2 || han == 1 && latin == 1
}

// find gives every mention with the bytes at which it begins and ends.
func (ls *labels) find(us []piece, give func(l *label, at, end int)) {
	for i := 0; i < len(us); {
		node, best, n := int32(0), int32(0), 0
		for k := i; k < len(us); k++ {
			next, ok := ls.next[step{node, us[k].word}]
			if !ok {
				break
			}
			if node = next; ls.means(node, us, i, k) {
				best, n = node, k-i+1
			}
		}
		for _, l := range ls.ends[best] {
			if l.fits(us, i, i+n-1) {
				give(l, us[i].at, us[i+n-1].end)
			}
		}
		i += max(1, n)
	}
}

func (ls *labels) means(node int32, us []piece, from, to int) bool {
	return slices.ContainsFunc(ls.ends[node], func(l *label) bool { return l.fits(us, from, to) })
}

// fits holds an acronym among Latin words to its capitals: the English words
// "it" and "led" are not IT and LED. Chinese prose has no such words.
func (l *label) fits(us []piece, from, to int) bool {
	latin := func(k int) bool { return k >= 0 && k < len(us) && us[k].kind == latinPiece }
	return l.acronym == "" || strings.TrimSuffix(us[from].raw, "s") == l.acronym || !latin(from-1) && !latin(to+1)
}

type pieceKind uint8

const (
	hanPiece pieceKind = iota
	latinPiece
	numberPiece
	breakPiece // what a label reaches across only where it has the same
)

// piece is the least part of a text: a Han character, a stem, a number, or a break. A
// blank or a hyphen beside a Latin word or a number is nothing.
type piece struct {
	kind    pieceKind
	word    string // folded, stemmed
	raw     string // with its capitals
	at, end int
}

// pieces cuts a text. A blank between two Han characters is a break, so that no
// label is found across two words of a list.
func pieces(s string) []piece {
	var out []piece
	for i := 0; i < len(s); {
		u := piece{at: i}
		r, n := narrow(s, i)
		switch i += n; {
		case isHan(r):
			u.kind = hanPiece
		case unicode.IsLetter(r):
			u.kind = latinPiece
			i = run(s, i, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) })
		case unicode.IsDigit(r):
			u.kind = numberPiece
			i = run(s, i, unicode.IsDigit)
		case r == '-' || unicode.IsSpace(r):
			next, _ := narrow(s, i)
			if len(out) == 0 || out[len(out)-1].kind != hanPiece || !isHan(next) {
				continue
			}
			u.kind = breakPiece
		default:
			u.kind = breakPiece
		}
		u.end = i
		u.raw = s[u.at:u.end]
		u.word = text.Fold(u.raw)
		if u.kind == latinPiece {
			u.raw = widthless(u.raw)
			u.word = text.Stem(u.word)
		}
		out = append(out, u)
	}
	return out
}

func run(s string, i int, in func(rune) bool) int {
	for i < len(s) {
		r, n := narrow(s, i)
		if isHan(r) || !in(r) {
			break
		}
		i += n
	}
	return i
}

// narrow reads the character at s[i:], a full-width one as its ASCII form.
func narrow(s string, i int) (rune, int) {
	r, n := utf8.DecodeRuneInString(s[i:])
	return ascii(r), n
}

func ascii(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

func widthless(s string) string { return strings.Map(ascii, s) }
