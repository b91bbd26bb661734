package conflicts

import (
	"slices"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/models"
)

// ConflictsInput names a challenge.
type ConflictsInput struct {
	ID models.ChallengeID `path:"id"`
}

// ConflictPairs is every tie between those who judge a challenge, or stand in reserve, and its bids.
type ConflictPairs struct {
	Rules   []models.ConflictRule `json:"rules" doc:"As they stand for this challenge"`
	Experts int                   `json:"experts" doc:"How many were asked about"`
	Bids    int                   `json:"bids"`
	Pairs   []ConflictPair        `json:"pairs"`
	Waivers []Waiver              `json:"waivers" doc:"In the order they were asked for"`
}

// ConflictPair is one chain of facts. Judges says that the expert has the bid now.
type ConflictPair struct {
	Expert models.ExpertID `json:"expert"`
	Name   string          `json:"name"`
	Unit   string          `json:"unit"`
	Code   string          `json:"code" doc:"Of the bid; empty where the tie is with the challenge as a whole"`
	Judges bool            `json:"judges"`
	Waived bool            `json:"waived"`
	question.Explained
}

// List is who of the panel, and of those who judge, has which conflict with which bid.
func List(tx *models.Tx, in *ConflictsInput) (*ConflictPairs, error) {
	c, err := tx.ChallengeFor(models.ConflictList, in.ID)
	if err != nil {
		return nil, err
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	given, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	experts, err := asked(tx, c, given)
	if err != nil {
		return nil, err
	}
	found, err := question.AllConflicts(tx, c, bids, experts)
	if err != nil {
		return nil, err
	}
	waivers, err := tx.WaiversOf(c.ID)
	if err != nil {
		return nil, err
	}
	v := &ConflictPairs{Experts: len(experts), Bids: len(bids)}
	rules := question.Rules(c.Conflicts.V)
	for _, r := range rules {
		v.Rules = append(v.Rules, models.ConflictRule(r))
	}
	codes, people, passed := map[string]string{}, map[string]models.Expert{}, map[string]bool{}
	for _, b := range bids {
		codes[string(b.ID)] = question.BidCode(&b)
	}
	for _, e := range experts {
		people[string(e.ID)] = e
	}
	for i := range waivers {
		w := &waivers[i]
		passed[w.Conflict] = passed[w.Conflict] || w.State == models.WaiverApproved
		one, err := waiverView(tx, w)
		if err != nil {
			return nil, err
		}
		v.Waivers = append(v.Waivers, *one)
	}
	for _, f := range found {
		e := people[f.Expert]
		judges := slices.ContainsFunc(given, func(a models.Assignment) bool {
			return a.Live() && a.Expert == e.ID && (f.Bid == "" || string(a.Bid) == f.Bid)
		})
		v.Pairs = append(v.Pairs, ConflictPair{e.ID, e.Name, e.Unit, codes[f.Bid], judges, !f.Hard && passed[f.Key()], question.Explain(f, rules)})
	}
	return v, nil
}

// asked are those whom the draw named, and everybody who was given a bid since.
func asked(tx *models.Tx, c *models.Challenge, given []models.Assignment) ([]models.Expert, error) {
	ids, err := question.Drawn(tx, c)
	if err != nil {
		return nil, err
	}
	for _, a := range given {
		ids = append(ids, a.Expert)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	byID, err := tx.ExpertsByID(ids)
	if err != nil {
		return nil, err
	}
	list := make([]models.Expert, 0, len(ids))
	for _, id := range ids {
		if e, ok := byID[id]; ok {
			list = append(list, e)
		}
	}
	return list, nil
}

// soft finds the conflict that a waiver names, among those of one expert.
func soft(tx *models.Tx, c *models.Challenge, expert models.ExpertID, key string, f *problem.Fields) (*question.Explained, error) {
	byID, err := tx.ExpertsByID([]models.ExpertID{expert})
	if err != nil {
		return nil, err
	}
	e, ok := byID[expert]
	if !ok {
		f.Add("expert", "waiver.no_expert", "is no expert")
		return nil, nil
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return nil, err
	}
	found, err := question.AllConflicts(tx, c, bids, []models.Expert{e})
	if err != nil {
		return nil, err
	}
	rules := question.Rules(c.Conflicts.V)
	for _, one := range found {
		if one.Key() == key {
			x := question.Explain(one, rules)
			return &x, nil
		}
	}
	f.Add("conflict", "waiver.no_conflict", "is no conflict of this expert; take the key from the list of conflicts, which changes with the facts")
	return nil, nil
}
