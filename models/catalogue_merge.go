package models

import "fmt"

// Merges says of each term that was merged away which term stands for it now, by code. What
// was tagged keeps its tag; whoever compares, counts or searches asks here first.
type Merges map[string]string

// Of is the code that stands for a code now; most stand for themselves.
func (m Merges) Of(code string) string {
	for range 8 { // versions in force may merge one after the other, and even in a circle
		into, merged := m[code]
		if !merged {
			return code
		}
		code = into
	}
	return code
}

// All are the codes that stand for the given ones now, each once, in their order.
func (m Merges) All(codes []string) []string {
	seen, list := map[string]bool{}, make([]string, 0, len(codes))
	for _, c := range codes {
		if c = m.Of(c); !seen[c] {
			seen[c] = true
			list = append(list, c)
		}
	}
	return list
}

// MergesOf reads the merges out of a vocabulary in force; of two versions the newer counts.
func MergesOf(list []Term) Merges {
	m := Merges{}
	for code, t := range Terms(list) {
		if t.Merged != "" {
			m[code] = t.Merged
		}
	}
	return m
}

// Merges are the merges of a vocabulary in force now.
func (tx *Tx) Merges(kind string) (Merges, error) {
	list, err := tx.Vocabulary(kind)
	return MergesOf(list), err
}

// MergeTerm lets a term of a version stand for another from now on, and for all that were
// merged into that one before.
func (tx *Tx) MergeTerm(c *Catalogue, from, into string) error {
	err := tx.db.Exec("update terms set merged_into = ? where catalogue_id = ? and (code = ? or merged_into = ?)", into, c.ID, from, from).Error
	if err != nil {
		return fmt.Errorf("merge term %s: %w", from, err)
	}
	return nil
}

// ReplaceTerms gives a draft version other terms.
func (tx *Tx) ReplaceTerms(c *Catalogue, terms []Term) error {
	if err := tx.db.Where("catalogue_id = ?", c.ID).Delete(&Term{}).Error; err != nil {
		return fmt.Errorf("replace terms of %s: %w", c.ID, err)
	}
	return tx.AddTerms(c, terms)
}

// ListedUnder lists the challenges of the public list that were tagged with a code of a
// vocabulary.
func (tx *Tx) ListedUnder(kind, code string) ([]Challenge, error) {
	list := []Challenge{}
	q := tx.db.Where("search_no > 0")
	switch kind {
	case "chain":
		q = q.Where("chain = ?", code)
	case "domain":
		q = q.Where("tags like ?", `%"`+code+`"%`)
	case "capability":
		q = q.Where("capabilities like ?", `%"`+code+`"%`)
	default:
		return list, nil
	}
	return list, q.Order("id").Find(&list).Error
}

// TaggedTerm is a term as it stood when a challenge was published.
type TaggedTerm struct {
	Challenge ChallengeID `gorm:"column:challenge_id"`
	Term
}

// TaggedTerms are the words that challenges were tagged with, as they stood when each was
// published: a later version may call a code otherwise.
func (tx *Tx) TaggedTerms(ids []ChallengeID) ([]TaggedTerm, error) {
	list := []TaggedTerm{}
	if len(ids) == 0 {
		return list, nil
	}
	return list, tx.db.Raw(`select c.challenge_id, t.* from challenge_terms c join terms t on t.id = c.term_id where c.challenge_id in ?
		order by c.challenge_id, c.kind, c.code`, ids).Scan(&list).Error
}

// keepTerms keeps with which words a challenge is published.
func (tx *Tx) keepTerms(c *Challenge) error {
	codes := map[string][]string{"chain": {c.Chain}, "domain": c.Tags.V, "capability": nil}
	for _, n := range c.Capabilities.V {
		codes["capability"] = append(codes["capability"], n.Tag)
	}
	for _, kind := range []string{"chain", "domain", "capability"} {
		words, err := tx.Words(kind)
		if err != nil {
			return err
		}
		for _, code := range codes[kind] {
			t, there := words[code]
			if !there {
				continue
			}
			if err := tx.db.Exec(`insert into challenge_terms (challenge_id, kind, code, term_id) values (?, ?, ?, ?) on conflict do nothing`, c.ID, kind, code, t.ID).Error; err != nil {
				return fmt.Errorf("keep terms of %s: %w", c.ID, err)
			}
		}
	}
	return nil
}
