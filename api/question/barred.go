package question

import (
	"slices"
	"strings"

	"jiebang/matching/fit"
	"jiebang/matching/gate"
	"jiebang/models"
)

// Barring counts the teams of the pool by what keeps them from a challenge. It names none.
type Barring struct {
	Teams    int            `json:"teams"`    // teams there are
	Able     int            `json:"able"`     // may bid alone, and nothing must is lacking
	Bands    map[string]int `json:"bands"`    // of the able, by how well they suit
	Excluded map[string]int `json:"excluded"` // by condition: how many teams fail it
	Alone    map[string]int `json:"alone"`    // by condition: how many fail nothing else
}

// CountBarred counts, over all teams, which condition excludes how many: the hard reasons of
// the gates, and the must-capabilities that a team would need a partner for.
func CountBarred(tx *models.Tx, c *models.Challenge) (*Barring, error) {
	v, err := look(tx)
	if err != nil {
		return nil, err
	}
	of, err := v.one(c)
	if err != nil {
		return nil, err
	}
	asked, err := Challenge(tx, c)
	if err != nil {
		return nil, err
	}
	base := gate.Question{At: tx.Now, Owner: asked.Owner, Type: asked.Type, InProvinceOnly: asked.InProvinceOnly, EnterpriseOnly: asked.EnterpriseOnly, Needs: asked.Needs}
	if base.Links, err = links(tx); err != nil {
		return nil, err
	}
	merged, err := tx.Merges("capability")
	if err != nil {
		return nil, err
	}
	out := &Barring{Bands: map[string]int{}, Excluded: map[string]int{}, Alone: map[string]int{}}
	for page, err := range pages(tx) {
		if err != nil {
			return nil, err
		}
		f, err := gather(tx, page)
		if err != nil {
			return nil, err
		}
		lines, _, err := v.list(c, of, page)
		if err != nil {
			return nil, err
		}
		scores := map[string]float64{}
		for _, l := range lines {
			scores[l.Team] = l.Score
		}
		for i := range page {
			t, q := &page[i], base
			q.Team, q.Home, q.Ongoing, q.Max = string(t.ID), org(f.orgs[t.Org], c.Region), t.Ongoing+f.awarded[t.ID], t.MaxConcurrent
			q.Levels, q.Records = levels(merged, t), f.records
			for _, u := range f.users[t.ID] {
				q.People = append(q.People, string(u))
			}
			out.count(gate.Bid(q), scores[string(t.ID)])
		}
	}
	return out, nil
}

func (b *Barring) count(reasons []gate.Reason, score float64) {
	b.Teams++
	codes := []string{}
	for _, g := range reasons {
		if !slices.Contains(codes, g.Code) && (g.Hard || strings.HasPrefix(g.Code, gate.Capability+":")) {
			codes = append(codes, g.Code)
			b.Excluded[g.Code]++
		}
	}
	switch len(codes) {
	case 0:
		b.Able++
		b.Bands[fit.Band(score)]++
	case 1:
		b.Alone[codes[0]]++
	}
}
