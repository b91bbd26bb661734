package challenges

import (
	"slices"
	"strings"

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
	parts := []string{c.Code, c.Title, c.City, c.ChainNode, c.Background, c.Need}
	for _, code := range followed(v.chains, []string{c.Chain}) {
		parts = append(parts, v.chains[code].NameZh, v.chains[code].NameEn)
	}
	for _, tag := range followed(v.domains, c.Tags.V) {
		t := v.domains[tag]
		parts = append(parts, t.NameZh, t.NameEn)
		parts = append(parts, t.Synonyms.V...)
	}
	for _, n := range c.Capabilities.V {
		for _, code := range followed(v.capabilities, []string{n.Tag}) {
			parts = append(parts, v.capabilities[code].NameZh, v.capabilities[code].NameEn)
		}
	}
	list, err := tx.IndicatorsOf(c.ID)
	if err != nil {
		return err
	}
	for _, n := range list {
		parts = append(parts, n.Name)
	}
	parts = append(append(parts, c.Deliverables.V...), c.Codes.V.IPC...)
	parts = append(parts, c.Codes.V.GBT4754...)
	if !c.AnonymousOwner {
		owner, err := tx.Org(c.Owner)
		if err != nil {
			return err
		}
		parts = append(parts, owner.Name)
	}
	tokens := []string{}
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			tokens = append(append(tokens, text.SearchTokens(p)...), between)
		}
	}
	return tx.IndexChallenge(c, tokens)
}

// between stands between two fields, so that no phrase reaches over both.
const between = "ꙮ"

// phrases turns what a person typed into what must occur.
func phrases(q string) []models.Phrase {
	list := []models.Phrase{}
	for _, p := range text.SearchQuery(q) {
		list = append(list, models.Phrase{Words: p, Prefix: text.Prefix(p)})
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
