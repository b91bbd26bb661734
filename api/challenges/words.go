package challenges

import "jiebang/models"

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

// ChallengeLabel is a code with its words; a code that is in force no longer stands for itself.
type ChallengeLabel struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
}

func label(terms map[string]models.Term, code string) ChallengeLabel {
	t, ok := terms[code]
	if !ok {
		return ChallengeLabel{Code: code, Name: code, NameEn: code}
	}
	return ChallengeLabel{Code: code, Name: t.NameZh, NameEn: t.NameEn}
}

func labels(terms map[string]models.Term, codes []string) []ChallengeLabel {
	list := make([]ChallengeLabel, len(codes))
	for i, code := range codes {
		list[i] = label(terms, code)
	}
	return list
}
