package main

import (
	"fmt"
	"slices"

	"jiebang/demo"
	"jiebang/matching/cover"
	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
)

// matcher is the engine as it is shipped, trained on the files, with both sides
// ready to be compared.
type matcher struct {
	matchOptions
	told       *progress
	engine     *fit.Engine
	challenges []fit.Challenge
	asked      []*fit.Asked
	teams      []fit.Team
	prepared   []*fit.Prepared
	names      map[string]string // of teams
}

// newMatcher learns from everything in the files, whatever is asked of them: a
// pair has one score.
func newMatcher(s demo.Set, o matchOptions, told *progress) (*matcher, error) {
	m := &matcher{matchOptions: o, told: told, names: map[string]string{}}
	cat := fitCatalogue(s, o.at)
	for _, c := range s.Challenges {
		m.challenges = append(m.challenges, fitChallenge(c))
	}
	for _, t := range s.Teams {
		m.teams = append(m.teams, fitTeam(t))
		m.names[t.Code] = t.Name
	}
	learned, err := fit.Learn(cat, m.teams, fit.Learning{Seed: o.seed, Progress: told.within("learn")})
	if err != nil {
		return nil, err
	}
	if err := m.prepare(cat, learned); err != nil {
		return nil, err
	}
	learned.Reference = m.engine.Calibrate(m.asked, m.prepared)
	return m, m.prepare(cat, learned)
}

func (m *matcher) prepare(cat fit.Catalogue, learned fit.Models) (err error) {
	if m.engine, err = fit.New(cat, learned); err != nil {
		return err
	}
	m.asked, m.prepared = make([]*fit.Asked, len(m.challenges)), make([]*fit.Prepared, len(m.teams))
	each(len(m.challenges), nil, func(i int) { m.asked[i] = m.engine.Challenge(m.challenges[i]) })
	each(len(m.teams), nil, func(i int) { m.prepared[i] = m.engine.Team(m.teams[i]) })
	return nil
}

// teamAt is the place of a team in the files.
func (m *matcher) teamAt(code string) int {
	return slices.IndexFunc(m.teams, func(t fit.Team) bool { return t.Code == code })
}

func (m *matcher) challengeAt(code string) int {
	return slices.IndexFunc(m.challenges, func(c fit.Challenge) bool { return c.Code == code })
}

// chosen are the challenges asked for, in the order of the file.
func (m *matcher) chosen() []int {
	if m.challenge != "" {
		return []int{m.challengeAt(m.challenge)}
	}
	out := make([]int, len(m.challenges))
	for i := range out {
		out[i] = i
	}
	return out
}

// ranking is a challenge's list: its first lines with their reasons.
func (m *matcher) ranking(c int) []fit.Match {
	lines := m.engine.List(m.asked[c], m.prepared)
	shown := slices.DeleteFunc(slices.Clone(lines), func(l fit.Line) bool { return m.team != "" && l.Team != m.team })
	if m.top > 0 {
		shown = shown[:min(m.top, len(shown))]
	}
	out := make([]fit.Match, len(shown))
	each(len(shown), nil, func(i int) { out[i] = m.explained(c, m.teamAt(shown[i].Team), shown[i], lines) })
	return out
}

// explained is a line with its reasons; its steps tell the places they lead to in the challenge's list.
func (m *matcher) explained(c, team int, line fit.Line, list []fit.Line) fit.Match {
	x := m.engine.Explain(m.asked[c], m.prepared[team])
	x.Line = line
	me := list[slices.IndexFunc(list, func(l fit.Line) bool { return l.Team == line.Team })]
	x.Raise = fit.Placed(x.Raise, me, list)
	return x
}

// standing is a line of a team's list, and its place in the challenge's.
type standing struct {
	fit.Match
	at int
}

// suggested is a team's list.
func (m *matcher) suggested(team int) []standing {
	shown := m.engine.ListFor(m.prepared[team], m.asked)
	if m.top > 0 {
		shown = shown[:min(m.top, len(shown))]
	}
	out := make([]standing, len(shown))
	each(len(shown), func(done int) { m.told.tell("match", done, len(shown)) }, func(i int) {
		c := m.challengeAt(shown[i].Challenge)
		list := m.engine.List(m.asked[c], m.prepared)
		out[i].Match = m.explained(c, team, shown[i], list)
		out[i].at = list[slices.IndexFunc(list, func(l fit.Line) bool { return l.Team == m.team })].Place
	})
	return out
}

// difference is by how much and in what the first of two teams suits a challenge better.
func (m *matcher) difference(c int) (a, b fit.Match, d explain.Sum) {
	a = m.engine.Explain(m.asked[c], m.prepared[m.teamAt(m.compare[0])])
	b = m.engine.Explain(m.asked[c], m.prepared[m.teamAt(m.compare[1])])
	return a, b, fit.Compare(a, b)
}

// coverWork bounds the search for sets to about a second a challenge.
const coverWork = 20_000_000

// consortia are the smallest sets that hold every must of a challenge. Region
// and kind of unit are asked of the lead alone; any other hard gate bars.
func (m *matcher) consortia(c int) (cover.Answer, error) {
	q := cover.Question{Needs: m.challenges[c].Needs, Limit: m.top, Work: coverWork}
	if m.team != "" {
		q.With = []string{m.team}
	}
	for i, t := range m.teams {
		x := m.engine.Explain(m.asked[c], m.prepared[i])
		member := cover.Team{Code: t.Code, Levels: map[string]int{}, Fit: x.Score, Ongoing: t.Ongoing, Max: t.Max}
		for _, l := range t.Capabilities {
			member.Levels[l.Tag] = max(member.Levels[l.Tag], l.Level)
		}
		for _, g := range x.Gates {
			switch {
			case !g.Hard || g.Code == gate.Capacity: // the search counts contracts itself
			case g.Code == gate.Region || g.Code == gate.Kind:
				member.NoLead = append(member.NoLead, g.Code)
			default:
				member.Barred = append(member.Barred, g.Code)
			}
		}
		q.Teams = append(q.Teams, member)
	}
	answer, err := cover.Find(q)
	if err != nil {
		return answer, questionError{fmt.Errorf("challenge %s: %w", m.challenges[c].Code, err)}
	}
	return answer, nil
}
