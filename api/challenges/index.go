package challenges

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"jiebang/api/question"
	"jiebang/matching/text"
	"jiebang/models"
)

// Index puts a published challenge on the public list, or brings its entry up to date. Only
// public words are indexed: never the detail, and never the name of an anonymous owner.
func Index(tx *models.Tx, c *models.Challenge) error {
	v, err := vocabulary(tx)
	if err != nil {
		return err
	}
	var e entry
	e.title(c.Title)
	e.text(c.Code, c.City, c.Background, c.Need)
	e.label(c.ChainNode)
	for _, kind := range []struct {
		terms map[string]models.Term
		codes []string
	}{{v.chains, []string{c.Chain}}, {v.domains, c.Tags.V}, {v.capabilities, needed(c)}} {
		for _, code := range followed(kind.terms, kind.codes) {
			e.term(kind.terms, code)
		}
	}
	list, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return err
	}
	for _, n := range list {
		e.label(n.Name)
	}
	e.label(append(slices.Clone(c.Codes.V.IPC), c.Codes.V.GBT4754...)...)
	e.text(c.Deliverables.V...)
	if !c.AnonymousOwner {
		owner, err := tx.Org(c.Owner)
		if err != nil {
			return err
		}
		e.text(owner.Name)
	}
	return tx.IndexChallenge(c, e.made())
}

// entry gathers the words of a challenge by where they stand.
type entry struct {
	models.ListEntry
	latin map[string]bool
}

func (e *entry) title(s string) { e.Title = append(e.Title, e.text(s)...) }

func (e *entry) label(list ...string) { e.Labels = append(e.Labels, e.text(list...)...) }

// text adds fields to what is searched, and gives their words back.
func (e *entry) text(list ...string) []string {
	words := []string{}
	for _, s := range list {
		if strings.TrimSpace(s) == "" {
			continue
		}
		words = append(append(words, text.SearchTokens(s)...), question.Between)
		for _, w := range latinWord.FindAllString(strings.ToLower(s), -1) {
			if e.latin == nil {
				e.latin = map[string]bool{}
			}
			e.latin[w] = true
		}
	}
	e.Text = append(e.Text, words...)
	return words
}

// term adds the words of a term, and its code with those above it.
func (e *entry) term(terms map[string]models.Term, code string) {
	t := terms[code]
	e.label(append([]string{t.NameZh, t.NameEn}, t.Synonyms.V...)...)
	for depth := 0; code != "" && depth < 8; depth++ {
		e.Text, e.Labels = append(e.Text, question.CodeWord(code), question.Between), append(e.Labels, question.CodeWord(code), question.Between)
		code = terms[code].Parent
	}
}

// What comes so often in the text is what it is about; more than so many words are not kept.
const (
	oftenFrom = 3
	oftenMost = 64
)

func (e *entry) made() models.ListEntry {
	count := text.Counts(e.Text)
	for w, n := range count {
		if n >= oftenFrom && w != question.Between {
			e.Often = append(e.Often, w)
		}
	}
	slices.SortFunc(e.Often, func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	e.Often = e.Often[:min(len(e.Often), oftenMost)]
	e.Latin = slices.Sorted(maps.Keys(e.latin))
	return e.ListEntry
}

// latinWord is a word long enough to be misspelt.
var latinWord = regexp.MustCompile(`\b[a-z]{5,24}\b`)

func needed(c *models.Challenge) []string {
	list := []string{}
	for _, n := range c.Capabilities.V {
		list = append(list, n.Tag)
	}
	return list
}

// followed are codes and those they were merged into: both words find the challenge.
func followed(terms map[string]models.Term, codes []string) []string {
	list := slices.Clone(codes)
	for _, code := range codes {
		if into := terms[code].Merged; into != "" && !slices.Contains(list, into) {
			list = append(list, into)
		}
	}
	return list
}
