package question

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jiebang/matching/relevance"
	"jiebang/matching/text"
	"jiebang/models"
)

// Between stands between two fields of an entry of the public list, so that no phrase reaches
// over both.
const Between = "ꙮ"

// CodeWord is the index word of a term's code. Nobody types it; who types the code asks for it.
func CodeWord(code string) string { return "code:" + strings.ToLower(code) }

// alternatives bound how many words of the catalogues stand beside one that was typed.
const alternatives = 24

// partOfCode is how the beginning, or the end, of a challenge's number looks.
var partOfCode = regexp.MustCompile(`^([A-Za-z]{1,8}-)?[Jj][Bb]-\d[\d-]*$`)

// Search reads what a person typed into the public list: everything that must occur. A piece
// between blanks that is a label of the catalogues, in either language, or a code of a term,
// may be answered by the other words of that term too. Quotes ask for what they hold, exactly.
type Search struct {
	terms []models.Term
}

// NewSearch reads the catalogues in force once for several questions.
func NewSearch(tx *models.Tx) (*Search, error) {
	s := &Search{}
	for _, kind := range []string{"chain", "domain", "capability"} {
		list, err := tx.Vocabulary(kind)
		if err != nil {
			return nil, err
		}
		s.terms = append(s.terms, list...)
	}
	return s, nil
}

// Read is what q asks for; nothing where it holds no word to search for.
func (s *Search) Read(q string) []models.Sought {
	list, taken := []models.Sought{}, map[string]bool{}
	if !strings.ContainsAny(q, "\"“”＂「」") {
		pieces := strings.Fields(text.Fold(q))
		for i := 0; i < len(pieces); {
			n := min(5, len(pieces)-i)
			for ; n > 0; n-- {
				piece := strings.Join(pieces[i:i+n], " ")
				typed := Phrases(piece)
				if len(typed) == 0 {
					continue
				}
				any := s.others(piece, n == 1)
				if partOfCode.MatchString(piece) {
					typed = []models.Phrase{{Words: text.SearchTokens(piece)}}
				} else if len(any) == 0 {
					continue
				}
				list = append(list, models.Sought{Any: append([][]models.Phrase{typed}, any...)})
				for _, p := range Phrases(piece) {
					taken[strings.Join(p.Words, " ")] = true
				}
				break
			}
			i += max(1, n)
		}
	}
	for _, p := range Phrases(q) {
		if !taken[strings.Join(p.Words, " ")] {
			list = append(list, models.Sought{Any: [][]models.Phrase{{p}}})
		}
	}
	return list
}

// others are what the catalogues have beside a piece: the other words of the terms whose label
// it is, and of what they were merged into; and of a code what is tagged with it. A synonym is
// often the narrower word, so it does not widen to its label: what is tagged with the term is
// found by its synonyms anyhow, for they stand in its entry.
func (s *Search) others(piece string, code bool) [][]models.Phrase {
	key := text.SearchTokens(piece)
	first, _ := utf8.DecodeRuneInString(piece)
	if len([]rune(piece)) < 2 || len(key) == 0 {
		return nil
	}
	found := []string{}
	any := [][]models.Phrase{}
	add := func(t models.Term) {
		for _, w := range words(t) {
			if !slices.Contains(found, w) {
				found = append(found, w)
			}
		}
	}
	for _, t := range s.terms {
		if code && strings.EqualFold(t.Code, piece) {
			any = append(any, []models.Phrase{{Words: []string{CodeWord(t.Code)}}})
			continue
		}
		if !slices.ContainsFunc([]string{t.NameZh, t.NameEn}, func(w string) bool {
			r, _ := utf8.DecodeRuneInString(text.Fold(w))
			return r == first && slices.Equal(text.SearchTokens(w), key)
		}) {
			continue
		}
		add(t)
		for _, into := range s.terms {
			if into.Kind == t.Kind && into.Code == t.Merged {
				add(into)
			}
		}
	}
	for _, w := range found {
		p := Exactly(w)
		if len(p.Words) > 0 && !slices.Equal(p.Words, Exactly(piece).Words) && !p.Prefix {
			any = append(any, []models.Phrase{p})
		}
	}
	seen := map[string]bool{}
	any = slices.DeleteFunc(any, func(a []models.Phrase) bool {
		k := strings.Join(a[0].Words, " ")
		again := seen[k]
		seen[k] = true
		return again
	})
	return any[:min(len(any), alternatives)]
}

func words(t models.Term) []string {
	list := []string{}
	for _, w := range append([]string{t.NameZh, t.NameEn}, t.Synonyms.V...) {
		if strings.TrimSpace(w) != "" {
			list = append(list, w)
		}
	}
	return list
}

// Exactly is a text as it stands, as one phrase.
func Exactly(s string) models.Phrase {
	p := text.SearchTokens(s)
	if n := len(p); n > 1 && text.Prefix(p[n-1:]) {
		p = p[:n-1] // the lone character that ends a run in the index; the text may go on
	}
	return models.Phrase{Words: p, Prefix: text.Prefix(p)}
}

// Ranked puts finds in order by relevance. places say which of the pool, and their score.
func Ranked(sought []models.Sought, pool []models.Head) []relevance.Place {
	asked := make([]relevance.Asked, len(sought))
	for i, s := range sought {
		for _, phrases := range s.Any {
			list := make([]relevance.Phrase, len(phrases))
			for k, p := range phrases {
				list[k] = relevance.Phrase(p)
			}
			asked[i].Any = append(asked[i].Any, list)
		}
	}
	found := make([]relevance.Found, len(pool))
	for i, h := range pool {
		found[i] = relevance.Found{Title: h.Title, Labels: h.Labels, Often: h.Often, Open: h.State == models.ChallengePublished}
	}
	return relevance.Order(asked, found)
}
