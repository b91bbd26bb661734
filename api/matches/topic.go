package matches

import "jiebang/models"

// words name topics for people.
type words struct {
	terms      map[string]map[string]models.Term
	orgs       map[models.OrgID]models.Org
	teams      map[models.TeamID]models.Team
	challenges map[models.ChallengeID]models.Challenge
}

// wording reads the names of some topics at once.
func wording(tx *models.Tx, topics []models.Topic) (w words, err error) {
	values := map[string][]string{}
	for _, t := range topics {
		values[t.By] = append(values[t.By], t.Value)
	}
	w.terms = map[string]map[string]models.Term{}
	for _, by := range []string{models.ByChain, models.ByDomain, models.ByCapability} {
		if len(values[by]) == 0 {
			continue
		}
		list, err := tx.Vocabulary(by)
		if err != nil {
			return w, err
		}
		w.terms[by] = models.Terms(list)
	}
	if w.orgs, err = tx.OrgsByID(as[models.OrgID](values[models.ByOrg])); err != nil {
		return w, err
	}
	if w.teams, err = tx.TeamsByID(as[models.TeamID](values[models.ByTeam])); err != nil {
		return w, err
	}
	w.challenges, err = tx.ChallengesByID(as[models.ChallengeID](values[models.ByChallenge]))
	return w, err
}

func as[ID ~string](values []string) []ID {
	list := make([]ID, len(values))
	for i, v := range values {
		list[i] = ID(v)
	}
	return list
}

// topic shows one with its name; a code that no catalogue in force knows stands for itself.
func (w words) topic(t models.Topic) MatchTopic {
	v := MatchTopic{By: t.By, Value: t.Value, Name: t.Value, NameEn: t.Value}
	name := ""
	switch t.By {
	case models.ByOrg:
		name = w.orgs[models.OrgID(t.Value)].Name
	case models.ByTeam:
		name = w.teams[models.TeamID(t.Value)].Name
	case models.ByChallenge:
		name = w.challenges[models.ChallengeID(t.Value)].Title
	default:
		if term, ok := w.terms[t.By][t.Value]; ok {
			v.Name, v.NameEn = term.NameZh, term.NameEn
		}
	}
	if name != "" {
		v.Name, v.NameEn = name, name
	}
	return v
}
