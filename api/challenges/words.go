package challenges

import (
	"cmp"
	"maps"

	"jiebang/models"
)

// words are the vocabularies in force, by code.
type words struct {
	chains, domains, capabilities map[string]models.Term
}

func vocabulary(tx *models.Tx) (w words, err error) {
	for _, v := range []struct {
		kind string
		into *map[string]models.Term
	}{{"chain", &w.chains}, {"domain", &w.domains}, {"capability", &w.capabilities}} {
		list, err := tx.Vocabulary(v.kind)
		if err != nil {
			return w, err
		}
		*v.into = models.Terms(list)
	}
	return w, nil
}

// taggedWith are the words that challenges were published with, by challenge.
func taggedWith(tx *models.Tx, ids []models.ChallengeID) (map[models.ChallengeID][]models.TaggedTerm, error) {
	list, err := tx.TaggedTerms(ids)
	found := map[models.ChallengeID][]models.TaggedTerm{}
	for _, t := range list {
		found[t.Challenge] = append(found[t.Challenge], t)
	}
	return found, err
}

// asTagged puts the words a challenge was published with before those of today. What has
// been merged since is said of the old word.
func (w words) asTagged(list []models.TaggedTerm) words {
	if len(list) == 0 {
		return w
	}
	out := words{map[string]models.Term{}, map[string]models.Term{}, map[string]models.Term{}}
	for _, pair := range [][2]map[string]models.Term{{out.chains, w.chains}, {out.domains, w.domains}, {out.capabilities, w.capabilities}} {
		maps.Copy(pair[0], pair[1])
	}
	for _, t := range list {
		into := map[string]map[string]models.Term{"chain": out.chains, "domain": out.domains, "capability": out.capabilities}[t.Kind]
		if now, there := into[t.Code]; there {
			t.Merged = now.Merged
		}
		into[t.Code] = t.Term
	}
	return out
}

// ChallengeLabel is a code with its words as they were when the challenge was published;
// before that, as they are. A code that no version in force has stands for itself.
type ChallengeLabel struct {
	Code   string          `json:"code"`
	Name   string          `json:"name"`
	NameEn string          `json:"name_en"`
	Merged *ChallengeLabel `json:"merged_into,omitempty" doc:"The term that stands for this one now"`
}

func label(terms map[string]models.Term, code string) ChallengeLabel {
	t, ok := terms[code]
	if !ok {
		return ChallengeLabel{Code: code, Name: code, NameEn: code}
	}
	l := ChallengeLabel{Code: code, Name: t.NameZh, NameEn: t.NameEn}
	if t.Merged != "" {
		m := terms[t.Merged]
		l.Merged = &ChallengeLabel{Code: t.Merged, Name: cmp.Or(m.NameZh, t.Merged), NameEn: cmp.Or(m.NameEn, t.Merged)}
	}
	return l
}

func labels(terms map[string]models.Term, codes []string) []ChallengeLabel {
	list := make([]ChallengeLabel, len(codes))
	for i, code := range codes {
		list[i] = label(terms, code)
	}
	return list
}
