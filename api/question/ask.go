package question

import (
	"fmt"
	"slices"

	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/matching/index"
	"jiebang/models"
)

// Rank is how the given teams suit a challenge, with all reasons. A match names team and
// challenge by their ids.
func Rank(tx *models.Tx, c *models.Challenge, teams []models.Team) ([]fit.Match, error) {
	v, err := look(tx)
	if err != nil {
		return nil, err
	}
	asked, err := v.one(c)
	if err != nil {
		return nil, err
	}
	lines, ready, err := v.list(c, asked, teams)
	if err != nil {
		return nil, err
	}
	return v.explain(asked, ready, lines, lines), nil
}

// Best is the head of a challenge's list.
type Best struct {
	Matches  []fit.Match
	Total    int  // teams there are
	Compared int  // teams scored in full; the others came behind these in the first stage
	Cut      bool // there are more than Matches that were asked for
}

// widest is how many times the usual candidates are scored before a list in which few may bid
// is given as it is, and says that it was cut: where hardly a team of a million is eligible,
// scoring all of them took minutes.
const widest = 16

// BestFor ranks all teams for a challenge and explains the first n of them; of those that may
// bid alone where eligible is set.
func BestFor(tx *models.Tx, c *models.Challenge, n int, eligible bool) (*Best, error) {
	v, err := look(tx)
	if err != nil {
		return nil, err
	}
	asked, err := v.one(c)
	if err != nil {
		return nil, err
	}
	out := &Best{Total: v.total}
	for want := max(v.set.Candidates, 3*n); ; want *= 4 {
		teams, err := v.candidates(asked, want)
		if err != nil {
			return nil, err
		}
		lines, ready, err := v.list(c, asked, teams)
		if err != nil {
			return nil, err
		}
		shown := lines
		if eligible {
			shown = slices.DeleteFunc(slices.Clone(lines), func(l fit.Line) bool { return !l.Eligible })
		}
		// A list is filled with who may bid before who may not, so it is complete once it is
		// full of them, or there are no more teams to ask.
		full := len(shown) >= n && shown[n-1].Eligible
		if !full && len(teams) == want && len(teams) < v.total && want < widest*v.set.Candidates {
			continue
		}
		out.Compared, out.Cut = len(lines), len(shown) > n || len(lines) < v.total
		out.Matches = v.explain(asked, ready, shown[:min(n, len(shown))], lines)
		return out, nil
	}
}

// Suggest is the list of a team: the given challenges with the same number that the team has
// in each challenge's own list.
func Suggest(tx *models.Tx, team *models.Team, list []models.Challenge) ([]fit.Match, error) {
	v, err := look(tx)
	if err != nil {
		return nil, err
	}
	f, err := gather(tx, []models.Team{*team})
	if err != nil {
		return nil, err
	}
	ready, err := v.prepare(tx, []models.Team{*team})
	if err != nil {
		return nil, err
	}
	ask, err := v.challenges(list)
	if err != nil {
		return nil, err
	}
	asked := map[string]*fit.Asked{}
	standing := map[string]*fit.Prepared{}
	lines := make([]fit.Line, 0, len(list))
	for i := range list {
		c := &list[i]
		// One team meets challenges of several provinces, and stands differently in each.
		p := f.standing(v.engine, ready[0], team, c.Region)
		asked[string(c.ID)], standing[string(c.ID)] = ask[i], p
		lines = append(lines, v.engine.Score(ask[i], p))
	}
	fit.Place(lines)
	out := make([]fit.Match, len(lines))
	for i, l := range lines {
		out[i] = v.engine.Explain(asked[l.Challenge], standing[l.Challenge])
		out[i].Line = l
	}
	return out, nil
}

// Lines are the lists of several challenges over the same teams, without reasons: what is
// asked where all lists are looked at together.
func Lines(tx *models.Tx, list []models.Challenge, teams []models.Team) ([][]fit.Line, error) {
	v, err := look(tx)
	if err != nil {
		return nil, err
	}
	asked, err := v.challenges(list)
	if err != nil {
		return nil, err
	}
	f, err := gather(tx, teams)
	if err != nil {
		return nil, err
	}
	ready, err := v.prepare(tx, teams)
	if err != nil {
		return nil, err
	}
	out := make([][]fit.Line, len(list))
	for i, c := range list {
		out[i] = v.engine.List(asked[i], v.standing(f, ready, teams, c.Region))
	}
	return out, nil
}

// one makes a challenge ready.
func (v *view) one(c *models.Challenge) (*fit.Asked, error) {
	list, err := v.challenges([]models.Challenge{*c})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// challenges makes challenges ready, out of the memory those that have not changed.
func (v *view) challenges(list []models.Challenge) ([]*fit.Asked, error) {
	out := make([]*fit.Asked, len(list))
	owners := make([]models.OrgID, len(list))
	var fresh []models.Challenge
	v.mu.Lock()
	for i, c := range list {
		owners[i] = c.Owner
		if known, ok := v.asked[c.ID]; ok && known.version == c.Version {
			out[i] = known.ready
		} else {
			fresh = append(fresh, c)
		}
	}
	v.mu.Unlock()
	orgs, err := v.tx.OrgsByID(owners)
	if err != nil {
		return nil, err
	}
	if len(fresh) > 0 {
		asked, err := challenges(v.tx, fresh)
		if err != nil {
			return nil, err
		}
		read, err := v.reader(v.tx, func(e *fit.Engine) {
			for _, c := range asked {
				e.Challenge(c)
			}
		})
		if err != nil {
			return nil, err
		}
		for i := range list {
			if out[i] != nil {
				continue
			}
			read.lacks = false
			out[i], asked = read.Challenge(asked[0]), asked[1:]
			if !read.lacks {
				keep(v.generation, v.tx, v.asked, list[i].ID, list[i].Version, out[i])
			}
		}
	}
	for i, c := range list {
		out[i] = v.engine.Again(out[i], owner(orgs[c.Owner]))
	}
	return out, nil
}

// candidates are the teams worth scoring: all, or the best of the first stage, at most want.
func (v *view) candidates(a *fit.Asked, want int) ([]models.Team, error) {
	if v.total <= v.set.Whole || v.index == nil && v.total <= v.set.Memory {
		return v.tx.Teams()
	}
	hits, err := v.first(v.engine.Asks(a), a, want)
	if err != nil {
		return nil, fmt.Errorf("first stage of the matches: %w", err)
	}
	ids := make([]models.TeamID, len(hits))
	for i, h := range hits {
		ids[i] = models.TeamID(h.Key)
	}
	found, err := v.tx.TeamsByID(ids)
	teams := make([]models.Team, 0, len(ids))
	for _, id := range ids {
		if t, ok := found[id]; ok && t.State == models.TeamActive {
			teams = append(teams, t)
		}
	}
	return teams, err
}

// first finds the best by the first stage: in the index, or among those that the database says
// share a label or a word.
func (v *view) first(asks []index.Weight, a *fit.Asked, want int) ([]index.Hit, error) {
	if v.index != nil {
		return v.index.Top(asks, want, nil)
	}
	found, err := v.tx.Candidates(v.engine.EntriesFor(a, askedWords), sorted*want)
	if err != nil {
		return nil, err
	}
	return index.Best(asks, want, func(yield func(string, []byte) bool) {
		for _, c := range found {
			if !yield(string(c.Team), c.Vector) {
				return
			}
		}
	})
}

// sorted is how many candidates of the database are looked at for each one that is scored.
const sorted = 20

// askedWords is how many words of the prose the database is asked for.
const askedWords = 64

// list scores teams as they stand towards a challenge.
func (v *view) list(c *models.Challenge, a *fit.Asked, teams []models.Team) ([]fit.Line, map[string]*fit.Prepared, error) {
	f, err := gather(v.tx, teams)
	if err != nil {
		return nil, nil, err
	}
	ready, err := v.prepare(v.tx, teams)
	if err != nil {
		return nil, nil, err
	}
	ready = v.standing(f, ready, teams, c.Region)
	known := make(map[string]*fit.Prepared, len(teams))
	for i := range teams {
		known[string(teams[i].ID)] = ready[i]
	}
	return v.engine.List(a, ready), known, nil
}

// standing is prepared teams as they stand towards challenges of a region.
func (v *view) standing(f facts, ready []*fit.Prepared, teams []models.Team, region string) []*fit.Prepared {
	out := make([]*fit.Prepared, len(teams))
	for i := range teams {
		out[i] = f.standing(v.engine, ready[i], &teams[i], region)
	}
	return out
}

// explain gives the reasons of the lines shown; all are the list in which a step leads up.
func (v *view) explain(a *fit.Asked, ready map[string]*fit.Prepared, shown, all []fit.Line) []fit.Match {
	out := make([]fit.Match, len(shown))
	for i, l := range shown {
		out[i] = v.engine.Explain(a, ready[l.Team])
		out[i].Line = l
		out[i].Raise = fit.Placed(out[i].Raise, l, all)
	}
	return out
}

// Gate names every hard condition a bid of the team on the challenge would fail now, and the
// marks for people to look at. Partners are as a bid names them; those that are registered
// bring the capabilities of their teams.
func Gate(tx *models.Tx, c *models.Challenge, team *models.Team, partners ...models.Partner) ([]gate.Reason, error) {
	asked, err := Challenge(tx, c)
	if err != nil {
		return nil, err
	}
	f, err := gather(tx, []models.Team{*team})
	if err != nil {
		return nil, err
	}
	q := gate.Question{At: tx.Now, Owner: asked.Owner, Type: asked.Type, InProvinceOnly: asked.InProvinceOnly,
		EnterpriseOnly: asked.EnterpriseOnly, Needs: asked.Needs, Team: string(team.ID), Home: org(f.orgs[team.Org], c.Region),
		Ongoing: team.Ongoing + f.awarded[team.ID], Max: team.MaxConcurrent, Records: f.records}
	for _, u := range f.users[team.ID] {
		q.People = append(q.People, string(u))
	}
	merged, err := tx.Merges("capability")
	if err != nil {
		return nil, err
	}
	q.Levels = levels(merged, team)
	if q.Links, err = links(tx); err != nil {
		return nil, err
	}
	if err := join(tx, &q, c, team, partners, merged); err != nil {
		return nil, err
	}
	return gate.Bid(q), nil
}

// join adds the partners of a bid at their own places, so that a reason's field is the bid's.
// The lead's own unit, which a bid may name among them, is no partner: its place stays empty.
func join(tx *models.Tx, q *gate.Question, c *models.Challenge, team *models.Team, partners []models.Partner, merged models.Merges) error {
	ids := []models.OrgID{}
	for _, p := range partners {
		if p.Org != "" && p.Org != team.Org {
			ids = append(ids, p.Org)
		}
	}
	orgs, err := tx.OrgsByID(ids)
	if err != nil {
		return err
	}
	for _, p := range partners {
		known, registered := orgs[p.Org]
		switch {
		case p.Org == team.Org:
			q.Partners = append(q.Partners, gate.Org{})
		case registered:
			q.Partners = append(q.Partners, org(known, c.Region))
		default:
			q.Partners = append(q.Partners, gate.Org{Name: p.Name})
		}
	}
	teams, err := tx.TeamsOf(ids...)
	for _, t := range teams {
		q.PartnerLevels = append(q.PartnerLevels, levels(merged, &t))
	}
	return err
}

// levels are a team's capabilities by the terms that stand for them now; of two that a merge
// made one the higher counts.
func levels(merged models.Merges, t *models.Team) map[string]int {
	found := map[string]int{}
	for _, l := range t.Capabilities.V {
		tag := merged.Of(l.Tag)
		found[tag] = max(found[tag], l.Level)
	}
	return found
}
