// Package text turns Chinese and English prose into words, and says how alike two texts are.
//
// Chinese needs no dictionary: single characters and pairs of neighbours beat
// every dictionary segmentation measured on CSL (nDCG@10 0.428 against 0.368
// to 0.392), load nothing and cannot be wrong about a new word. English is
// lower-cased, freed of stop words and stemmed (Porter2), and neighbouring
// words make pairs. Everything is linear in the length of the text, and any
// bytes are allowed: what is not UTF-8 separates words.
package text

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokens are the words of s for scoring, in order: for a run of Han characters
// each character and each pair of neighbours; for Latin each stem that is no
// stop word, and each pair of neighbouring stems, joined by a blank; numbers
// as they are. Punctuation, and a change between the scripts, ends a run, so
// that no pair crosses it.
func Tokens(s string) []string {
	var out []string
	last := ""
	scan(s, func(kind runKind, run string) {
		switch kind {
		case han:
			last = ""
			out = appendHan(out, run)
		case word:
			w := Stem(run)
			if stop[run] {
				return // a pair may bridge a stop word: "rate of return"
			}
			out = append(out, w)
			if last != "" {
				out = append(out, last+" "+w)
			}
			last = w
		case number:
			out = append(out, run)
			last = ""
		case gap:
			last = ""
		}
	})
	return out
}

func appendHan(out []string, run string) []string {
	prev := 0
	for i, r := range run {
		end := i + utf8.RuneLen(r)
		if i > 0 {
			out = append(out, run[prev:end])
		}
		out = append(out, run[i:end])
		prev = i
	}
	return out
}

// SearchTokens are the words of s for a database index that knows phrases: for
// a run of Han characters every pair of neighbours in order and the last
// character alone; Latin words lower-cased and stemmed, stop words kept;
// numbers. Every stretch of two or more Han characters of s is therefore found
// as a phrase of pairs, and a single one as the beginning of a word.
// SearchQuery makes such phrases.
func SearchTokens(s string) []string {
	var out []string
	scan(s, func(kind runKind, run string) {
		switch kind {
		case han:
			out = append(out, pairs(run)...)
			_, n := utf8.DecodeLastRuneInString(run)
			out = append(out, run[len(run)-n:])
		case word:
			out = append(out, Stem(run))
		case number:
			out = append(out, run)
		}
	})
	return out
}

// SearchQuery is what must occur for s to be found: every phrase, each a list
// of index words that follow one another. A phrase of one single Han character
// (see Prefix) stands for every word that begins with it. Stop words ask for
// nothing, unless there is nothing else. Words within double quotes make one
// phrase.
func SearchQuery(s string) [][]string {
	var out, idle [][]string
	for i, part := range strings.Split(quotes.Replace(s), `"`) {
		if i%2 == 1 {
			if p := phrase(part); len(p) > 0 {
				out = append(out, p)
			}
			continue
		}
		scan(part, func(kind runKind, run string) {
			switch {
			case kind == han && utf8.RuneCountInString(run) == 1:
				out = append(out, []string{run})
			case kind == han:
				out = append(out, pairs(run))
			case kind == word && stop[run]:
				idle = append(idle, []string{Stem(run)})
			case kind == word:
				out = append(out, []string{Stem(run)})
			case kind == number:
				out = append(out, []string{run})
			}
		})
	}
	if len(out) == 0 {
		out = idle
	}
	return unique(out)
}

// phrase is the words of a quoted text as they follow one another in the
// index; the lone character that ends a Han run in the index is left out at
// the end, where the text indexed may go on.
func phrase(s string) []string {
	p := SearchTokens(s)
	if n := len(p); n > 1 && Prefix(p[n-1:]) {
		p = p[:n-1]
	}
	return p
}

// Prefix says that a phrase is one single Han character, which is to be
// searched as the beginning of a word.
func Prefix(phrase []string) bool {
	if len(phrase) != 1 {
		return false
	}
	r, n := utf8.DecodeRuneInString(phrase[0])
	return n == len(phrase[0]) && isHan(r)
}

func unique(phrases [][]string) [][]string {
	seen, out := map[string]bool{}, [][]string{}
	for _, p := range phrases {
		if k := strings.Join(p, "\x00"); !seen[k] {
			seen[k] = true
			out = append(out, p)
		}
	}
	return out
}

func pairs(run string) []string {
	var out []string
	prev := 0
	for i, r := range run {
		if i > 0 {
			out = append(out, run[prev:i+utf8.RuneLen(r)])
		}
		prev = i
	}
	return out
}

// Counts says how often each token occurs.
func Counts(tokens []string) map[string]int {
	out := make(map[string]int, len(tokens))
	for _, t := range tokens {
		out[t]++
	}
	return out
}

// Cosine of two count vectors, 0 to 1; 0 where one is empty. The products are
// summed as integers, so that the order of the words cannot show.
func Cosine(a, b map[string]int) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	dot := int64(0)
	for t, n := range a {
		dot += int64(n) * int64(b[t])
	}
	if dot == 0 {
		return 0
	}
	return min(1, float64(dot)/math.Sqrt(float64(square(a))*float64(square(b))))
}

func square(a map[string]int) int64 {
	sum := int64(0)
	for _, n := range a {
		sum += int64(n) * int64(n)
	}
	return sum
}

// Likeness of two texts: the cosine of their token counts, 0 to 1, symmetric,
// 1 for equal texts that have a word.
func Likeness(a, b string) float64 { return Cosine(Counts(Tokens(a)), Counts(Tokens(b))) }

// Fold is the part of NFKC and case folding that Chinese administrative prose
// needs: full-width forms become ASCII, the ideographic space a blank, micro
// signs the Greek letter, superscript digits digits, and letters lower case.
func Fold(s string) string { return strings.Map(fold, strings.ToValidUTF8(s, " ")) }

func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r == '\u3000' || r == '\u00a0':
		return ' '
	case r == 'µ':
		return 'μ'
	case r == '²' || r == '³':
		return r - '²' + '2'
	case r == '¹':
		return '1'
	case r >= '⁴' && r <= '⁹':
		return r - '⁴' + '4'
	case r >= '₀' && r <= '₉':
		return r - '₀' + '0'
	}
	return unicode.ToLower(r)
}

var quotes = strings.NewReplacer("“", `"`, "”", `"`, "＂", `"`, "「", `"`, "」", `"`)

type runKind int

const (
	gap runKind = iota
	han
	word
	number
)

// scan cuts the folded text into runs and hands them over in order. A run of
// letters keeps the digits within it (t1100, co2), a number keeps a point
// between digits, and letters after a number are a word of their own (18 mw).
// Blanks, hyphens and apostrophes between words are no gap.
func scan(s string, give func(runKind, string)) {
	s = Fold(s)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case isHan(r):
			i = skip(s, i, isHan)
			give(han, s[start:i])
		case unicode.IsLetter(r):
			i = skip(s, i, func(r rune) bool {
				return !isHan(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’')
			})
			give(word, strings.TrimRight(strings.ReplaceAll(s[start:i], "’", "'"), "'"))
		case unicode.IsDigit(r):
			i = skip(s, i, unicode.IsDigit)
			for i+1 < len(s) && s[i] == '.' && s[i+1] >= '0' && s[i+1] <= '9' {
				i = skip(s, i+1, unicode.IsDigit)
			}
			give(number, s[start:i])
		default:
			i += n
			if !unicode.IsSpace(r) && r != '-' && r != '\'' {
				give(gap, s[start:i])
			}
		}
	}
}

func skip(s string, i int, in func(rune) bool) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !in(r) {
			return i
		}
		i += n
	}
	return i
}

func isHan(r rune) bool {
	if r < 0x2e80 {
		return false
	}
	return r >= 0x4e00 && r <= 0x9fff || unicode.Is(unicode.Han, r)
}

// stop are the English words that carry no topic.
var stop = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a about above after again all also am an and any are as at be because been
		before being below between both but by can could did do does doing down during each few for from further had
		has have having he her here hers him his how i if in into is it its itself just me more most my no nor not
		now of off on once only or other our ours out over own same she should so some such than that the their
		theirs them then there these they this those through to too under until up use used using very was we were
		what when where which while who whom why will with would you your yours`) {
		m[w] = true
	}
	return m
}()
