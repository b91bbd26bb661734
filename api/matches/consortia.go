package matches

import (
	"slices"

	"jiebang/api/question"
	"jiebang/internal/problem"
	"jiebang/matching/cover"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/models"
)

// coverWork bounds the search for sets to a fraction of a second.
const coverWork = 4_000_000

// ConsortiaInput names a challenge.
type ConsortiaInput struct {
	ID     models.ChallengeID `path:"id"`
	Larger int                `query:"larger" minimum:"0" maximum:"2" default:"0" doc:"Also sets of up to so many teams more than the smallest, none of them idle"`
	Limit  int                `query:"limit" minimum:"1" maximum:"20" default:"10"`
}

// ConsortiumList is the smallest sets of teams that together hold every must-capability.
type ConsortiumList struct {
	Items    []Consortium     `json:"items" doc:"Smallest first, then by fit"`
	Size     int              `json:"size" doc:"Members of the smallest; 0 where there is none"`
	Complete bool             `json:"complete" doc:"The search was finished: no set is smaller, and none that is missing ranks higher"`
	Why      string           `json:"why,omitempty" enum:"uncovered,no_lead,apart,too_many,with,work" doc:"What stands in the way, where there is no set"`
	Needs    []ConsortiumNeed `json:"needs" doc:"The must-capabilities, and who holds them"`
	Gates    []MatchGate      `json:"gates" doc:"Of the asking team alone: what bars it, if anything does"`
}

// Consortium is one set of teams.
type Consortium struct {
	Members []ConsortiumMember `json:"members"`
}

// ConsortiumMember says what a team is in the set for.
type ConsortiumMember struct {
	Team    MatchTeam `json:"team"`
	Band    string    `json:"band,omitempty" enum:"strong,good,fair,weak" doc:"How well it fits; for owner and office alone"`
	MayLead bool      `json:"may_lead"`
	Brings  []string  `json:"brings" doc:"The must-capabilities it holds"`
	Only    []string  `json:"only" doc:"Of these, what nobody else in the set holds"`
}

// ConsortiumNeed says who holds a must-capability.
type ConsortiumNeed struct {
	Tag      string           `json:"tag"`
	Name     string           `json:"name"`
	NameEn   string           `json:"name_en"`
	MinLevel int              `json:"min_level"`
	Holders  int              `json:"holders" doc:"Teams that hold it at the level and may take part"`
	Best     int              `json:"best" doc:"The highest level anybody holds who may take part"`
	Out      []ConsortiumGate `json:"out" doc:"Teams that hold it and may not take part; for owner and office alone"`
}

// ConsortiumGate is a team that would help, and why it may not take part.
type ConsortiumGate struct {
	Team    MatchTeam `json:"team"`
	Level   int       `json:"level"`
	Reasons []string  `json:"reasons" doc:"Codes of the gates"`
}

// Consortia names the smallest sets of teams that could do it together.
func Consortia(tx *models.Tx, in *ConsortiaInput) (*ConsortiumList, error) {
	c, err := tx.ChallengeFor(models.MatchConsortia, in.ID)
	if err != nil {
		return nil, err
	}
	k := &coverage{tx: tx, c: c}
	if err := k.gather(""); err != nil {
		return nil, err
	}
	q := cover.Question{Needs: k.needs(), Apart: k.apart, Larger: in.Larger, Limit: in.Limit, Work: coverWork}
	for _, t := range k.teams {
		q.Teams = append(q.Teams, k.member(t))
	}
	return k.answer(q)
}

// PartnersInput names a team, and the challenge it thinks of.
type PartnersInput struct {
	ID        models.TeamID      `path:"id"`
	Challenge models.ChallengeID `query:"challenge" required:"true" minLength:"1" maxLength:"40"`
	Larger    int                `query:"larger" minimum:"0" maximum:"2" default:"0" doc:"Also sets of up to so many teams more than the smallest"`
	Limit     int                `query:"limit" minimum:"1" maximum:"20" default:"10"`
}

// Partners names with whom a team would hold every must-capability of a challenge. Of the
// others it tells what stands on their public cards: not how well they fit, nor what bars one.
func Partners(tx *models.Tx, in *PartnersInput) (*ConsortiumList, error) {
	t, err := tx.TeamFor(models.MatchPartners, in.ID)
	if err != nil {
		return nil, err
	}
	c, err := tx.ChallengeFor(models.ChallengeShow, in.Challenge)
	if err != nil {
		return nil, err
	}
	if c.State != models.ChallengePublished || !tx.Now.Before(*c.Deadline) {
		return nil, problem.New(problem.Conflict, "challenge.deadline_passed", "Bids on this challenge are closed.")
	}
	k := &coverage{tx: tx, c: c, public: true}
	if err := k.gather(t.ID); err != nil {
		return nil, err
	}
	q := cover.Question{Needs: k.needs(), Apart: k.apart, With: []string{string(t.ID)}, Larger: in.Larger, Limit: in.Limit, Work: coverWork}
	for _, other := range k.teams {
		q.Teams = append(q.Teams, k.member(other))
	}
	out, err := k.answer(q)
	if err != nil {
		return nil, err
	}
	for _, g := range k.gates[t.ID] {
		if g.Hard {
			if c.AnonymousOwner {
				g = question.Veil(g)
			}
			out.Gates = append(out.Gates, MatchGate(g))
		}
	}
	return out, nil
}

// coverage is what the search for sets is asked from.
type coverage struct {
	tx     *models.Tx
	c      *models.Challenge
	public bool // for somebody who may know of others only what their cards tell

	teams []models.Team
	gates map[models.TeamID][]gate.Reason
	score map[models.TeamID]float64
	busy  map[models.TeamID]int
	apart [][2]string
	mine  models.TeamID
}

// gather reads the teams that hold one of the musts at any level, and the asking one.
func (k *coverage) gather(mine models.TeamID) error {
	all, err := k.tx.Teams()
	if err != nil {
		return err
	}
	k.mine = mine
	k.teams = slices.DeleteFunc(all, func(t models.Team) bool { return t.ID != mine && !k.holds(&t) })
	list, err := question.Rank(k.tx, k.c, k.teams)
	if err != nil {
		return err
	}
	k.gates, k.score = map[models.TeamID][]gate.Reason{}, map[models.TeamID]float64{}
	for _, m := range list {
		k.gates[models.TeamID(m.Team)], k.score[models.TeamID(m.Team)] = m.Gates, m.Score
	}
	if k.busy, err = k.tx.Awarded(); err != nil {
		return err
	}
	return k.sharedLeads()
}

func (k *coverage) holds(t *models.Team) bool {
	return slices.ContainsFunc(t.Capabilities.V, func(have models.Capability) bool {
		return slices.ContainsFunc(k.c.Capabilities.V, func(n models.RequiredCapability) bool { return n.Must && n.Tag == have.Tag })
	})
}

// sharedLeads keeps teams of one lead apart: nobody is accountable twice within one bid.
func (k *coverage) sharedLeads() error {
	ids := make([]models.TeamID, len(k.teams))
	for i, t := range k.teams {
		ids[i] = t.ID
	}
	leads, err := k.tx.LeadsOn(ids)
	if err != nil {
		return err
	}
	led := map[models.UserID][]string{}
	for _, id := range ids {
		for _, other := range led[leads[id]] {
			k.apart = append(k.apart, [2]string{other, string(id)})
		}
		if leads[id] != "" {
			led[leads[id]] = append(led[leads[id]], string(id))
		}
	}
	return nil
}

// needs are the musts in the engine's words.
func (k *coverage) needs() []gate.Need {
	list := []gate.Need{}
	for _, n := range k.c.Capabilities.V {
		list = append(list, gate.Need{Tag: n.Tag, Must: n.Must, Min: n.MinLevel})
	}
	return list
}

// member puts a team into the engine's words. Whoever is bound to the owner or under a
// sanction may not take part; region and kind of unit are asked of the lead alone. Towards
// another team the tie to an anonymous owner is not used, since a team that is never named
// would tell who the owner is: the bid's own gate says so once the partner is written in.
func (k *coverage) member(t models.Team) cover.Team {
	out := cover.Team{Code: string(t.ID), Levels: map[string]int{}, Ongoing: t.Ongoing + k.busy[t.ID], Max: t.MaxConcurrent, Fit: k.score[t.ID]}
	for _, have := range t.Capabilities.V {
		out.Levels[have.Tag] = max(out.Levels[have.Tag], have.Level)
	}
	if k.public {
		out.Fit = k.onCard(out.Levels)
	}
	hidden := k.public && k.c.AnonymousOwner && t.ID != k.mine
	for _, g := range k.gates[t.ID] {
		switch {
		case !g.Hard || g.Code == gate.Capacity: // the search counts contracts itself
		case g.Code == gate.Region || g.Code == gate.Kind:
			out.NoLead = append(out.NoLead, g.Code)
		case hidden && (g.Code == gate.SameOrg || g.Code == gate.Subordinate):
		default:
			out.Barred = append(out.Barred, g.Code)
		}
	}
	return out
}

// onCard orders partners by what their cards say of the musts: the levels that count.
func (k *coverage) onCard(levels map[string]int) float64 {
	sum := 0
	for _, n := range k.c.Capabilities.V {
		if n.Must && levels[n.Tag] >= n.MinLevel {
			sum += levels[n.Tag]
		}
	}
	return float64(sum)
}

// answer puts what was found into words.
func (k *coverage) answer(q cover.Question) (*ConsortiumList, error) {
	found, err := cover.Find(q)
	if err != nil {
		return nil, err
	}
	names, err := k.names()
	if err != nil {
		return nil, err
	}
	terms, err := k.tx.Vocabulary("capability")
	if err != nil {
		return nil, err
	}
	words := models.Terms(terms)
	out := &ConsortiumList{Size: found.Size, Complete: found.Complete, Why: found.Why}
	for _, s := range found.Sets {
		var one Consortium
		for _, m := range s.Members {
			member := ConsortiumMember{Team: names[m.Team], MayLead: m.MayLead, Brings: m.Brings, Only: m.Only}
			if !k.public {
				member.Band = fit.Band(m.Fit)
			}
			one.Members = append(one.Members, member)
		}
		out.Items = append(out.Items, one)
	}
	for _, n := range found.Needs {
		need := ConsortiumNeed{Tag: n.Tag, Name: n.Tag, NameEn: n.Tag, MinLevel: n.Min, Holders: n.Holders, Best: n.Best}
		if t, ok := words[n.Tag]; ok {
			need.Name, need.NameEn = t.NameZh, t.NameEn
		}
		if !k.public {
			for _, o := range n.Out {
				need.Out = append(need.Out, ConsortiumGate{names[o.Team], o.Level, o.Reasons})
			}
		}
		out.Needs = append(out.Needs, need)
	}
	return out, nil
}

func (k *coverage) names() (map[string]MatchTeam, error) {
	orgs := make([]models.OrgID, len(k.teams))
	for i, t := range k.teams {
		orgs[i] = t.Org
	}
	homes, err := k.tx.OrgsByID(orgs)
	found := make(map[string]MatchTeam, len(k.teams))
	for _, t := range k.teams {
		home := homes[t.Org]
		found[string(t.ID)] = MatchTeam{t.ID, t.Code, t.Name, t.Org, home.Name, home.City}
	}
	return found, err
}
