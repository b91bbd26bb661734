package overview

import (
	"math"

	"jiebang/models"
)

// Overview is the platform in numbers, as everybody may see them. There is nothing in it
// about bids.
type Overview struct {
	Total            int64           `json:"total" doc:"Challenges ever published and not withdrawn"`
	Open             int64           `json:"open" doc:"Published, before the deadline"`
	Awarded          int64           `json:"awarded"`
	Unfilled         int64           `json:"unfilled" doc:"Nobody bid, or no bid passed"`
	FillRate         float64         `json:"fill_rate" minimum:"0" maximum:"1" doc:"Awarded among those that have ended; 0 while none has"`
	BountyFen        models.Fen      `json:"bounty_fen"`
	OpenBountyFen    models.Fen      `json:"open_bounty_fen"`
	AwardedBountyFen models.Fen      `json:"awarded_bounty_fen"`
	Alliances        int64           `json:"alliances" doc:"Recognised"`
	Orgs             int64           `json:"orgs" doc:"Verified"`
	Teams            int64           `json:"teams"`
	Experts          int64           `json:"experts"`
	States           []OverviewCount `json:"states"`
	Chains           []OverviewCount `json:"chains"`
	Cities           []OverviewCount `json:"cities"`
	Tags             []OverviewCount `json:"tags"`
}

// OverviewCount is how many challenges there are under a value.
type OverviewCount struct {
	Value  string `json:"value"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Count  int64  `json:"count"`
}

// PublicInput asks for nothing.
type PublicInput struct{}

// Public counts the platform.
func Public(tx *models.Tx, _ *PublicInput) (*Overview, error) {
	if err := tx.May(models.OverviewPublic); err != nil {
		return nil, err
	}
	o := &Overview{}
	sums, err := tx.BountySums()
	if err != nil {
		return nil, err
	}
	for _, s := range sums {
		o.Total, o.BountyFen = o.Total+s.N, o.BountyFen+s.Fen
		switch s.State {
		case models.ChallengePublished:
			o.Open, o.OpenBountyFen = s.N, s.Fen
		case models.ChallengeAwarded:
			o.Awarded, o.AwardedBountyFen = s.N, s.Fen
		case models.ChallengeNoBid, models.ChallengeFailed:
			o.Unfilled += s.N
		}
	}
	if ended := o.Awarded + o.Unfilled; ended > 0 {
		o.FillRate = math.Round(float64(o.Awarded)/float64(ended)*10_000) / 10_000
	}
	heads, err := tx.Headcounts()
	if err != nil {
		return nil, err
	}
	o.Alliances, o.Orgs, o.Teams, o.Experts = heads.Alliances, heads.Orgs, heads.Teams, heads.Experts
	return o, o.facets(tx)
}

func (o *Overview) facets(tx *models.Tx) error {
	counts, err := tx.KeptCounts()
	if err != nil {
		return err
	}
	words := map[string]map[string]models.Term{}
	for axis, kind := range map[string]string{"chain": "chain", "tag": "domain"} {
		list, err := tx.Vocabulary(kind)
		if err != nil {
			return err
		}
		words[axis] = models.Terms(list)
	}
	into := map[string]*[]OverviewCount{"state": &o.States, "chain": &o.Chains, "city": &o.Cities, "tag": &o.Tags}
	for _, n := range counts {
		list, ok := into[n.Axis]
		if !ok {
			continue
		}
		c := OverviewCount{Value: n.Value, Name: n.Value, NameEn: n.Value, Count: n.N}
		if t, ok := words[n.Axis][n.Value]; ok {
			c.Name, c.NameEn = t.NameZh, t.NameEn
		}
		*list = append(*list, c)
	}
	return nil
}
