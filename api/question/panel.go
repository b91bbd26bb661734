package question

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiebang/matching/assign"
	"jiebang/matching/conflict"
	"jiebang/matching/draw"
	"jiebang/models"
)

// Large is the total investment from which a panel needs somebody from finance or law.
const Large = 500 * models.Wan

// LeftOut is an expert who could not be drawn although the challenge is in his field, and why:
// away, yearly_cap, integrity, draws_panel, stepped_aside, or conflict.<rule>. Path tells the
// chain of facts behind a conflict in Chinese, En in English.
type LeftOut struct {
	Expert models.ExpertID `json:"expert"`
	Code   string          `json:"code"`
	Path   []string        `json:"path"`
	En     string          `json:"en,omitempty"`
}

// Draw is what the draw of a panel is asked, and who was left out of it beforehand. Experts
// of other fields are not named: they are the rest of the pool.
func Draw(tx *models.Tx, c *models.Challenge, size int, seed string) (draw.Question, []LeftOut, error) {
	rules := c.Panel.V
	q := draw.Question{Seed: seed, Size: size, Reserves: rules.Reserves, PerUnit: rules.PerUnit, MinShareTechnology: float64(rules.TechShare) / 100,
		Eligible: []draw.Expert{}}
	if rules.NeedIndustry {
		q.NeedIndustry = 1
	}
	if rules.NeedFinance || c.TotalFen >= Large {
		q.NeedFinance = 1
	}
	bids, err := tx.OpenedBids(c.ID)
	if err != nil {
		return q, nil, err
	}
	pool, err := tx.Experts()
	if err != nil {
		return q, nil, err
	}
	near, err := nearness(tx)
	if err != nil {
		return q, nil, err
	}
	pool = slices.DeleteFunc(pool, func(e models.Expert) bool { return !near.touches(&e, c.Tags.V) })
	out, err := leftOut(tx, c, bids, pool)
	if err != nil {
		return q, nil, err
	}
	used, err := tx.ReviewsThisYear()
	if err != nil {
		return q, nil, err
	}
	for _, e := range pool {
		if !slices.ContainsFunc(out, func(l LeftOut) bool { return l.Expert == e.ID }) {
			q.Eligible = append(q.Eligible, draw.Expert{ID: string(e.ID), Unit: unit(&e), Kind: kind(&e),
				Reviews: used[e.ID] + e.OtherCount, Cap: e.YearlyCap})
		}
	}
	return q, out, nil
}

func unit(e *models.Expert) string {
	if e.Org != "" {
		return string(e.Org)
	}
	return e.Unit
}

// kind puts users among the industry's, as the rules of composition do.
func kind(e *models.Expert) string {
	if e.Kind == "user" {
		return draw.Industry
	}
	return e.Kind
}

// leftOut names who of the pool must not be drawn for the challenge, each with every reason.
func leftOut(tx *models.Tx, c *models.Challenge, bids []models.Bid, pool []models.Expert) ([]LeftOut, error) {
	list := []LeftOut{}
	out := func(e *models.Expert, code string, path ...string) {
		if path == nil {
			path = []string{}
		}
		list = append(list, LeftOut{Expert: e.ID, Code: code, Path: path})
	}
	used, err := tx.ReviewsThisYear()
	if err != nil {
		return nil, err
	}
	records, err := records(tx)
	if err != nil {
		return nil, err
	}
	before, err := tx.AssignmentsOf(c.ID)
	if err != nil {
		return nil, err
	}
	aside := map[models.ExpertID]string{}
	for _, a := range before {
		if a.Aside() {
			aside[a.Expert] = a.State
		}
	}
	found, err := Conflicts(tx, c, bids, pool)
	if err != nil {
		return nil, err
	}
	of := map[string][]conflict.Conflict{}
	for _, f := range found {
		// A soft conflict with one bid keeps from that bid; one with the challenge keeps from all.
		if f.Hard || f.Bid == "" {
			of[f.Expert] = append(of[f.Expert], f)
		}
	}
	for i := range pool {
		e := &pool[i]
		if Away(e, tx.Now) {
			out(e, "away")
		}
		if used[e.ID]+e.OtherCount >= e.YearlyCap {
			out(e, "yearly_cap", fmt.Sprintf("%d/%d", used[e.ID]+e.OtherCount, e.YearlyCap))
		}
		for _, r := range records {
			if r.Subject == string(e.User) || r.Subject == string(e.ID) || r.Subject == string(e.Org) && e.Org != "" {
				out(e, "integrity")
				break
			}
		}
		if e.User == tx.Actor.User && e.User != "" {
			out(e, "draws_panel")
		}
		if state, ok := aside[e.ID]; ok {
			out(e, "stepped_aside", state)
		}
		for _, f := range of[string(e.ID)] {
			zh, en := f.Words()
			list = append(list, LeftOut{Expert: e.ID, Code: "conflict." + f.Rule, Path: []string{zh}, En: en})
		}
	}
	return list, nil
}

// Away reports whether an expert has said that he is not to be asked at the instant. Both
// days of an absence belong to it.
func Away(e *models.Expert, at time.Time) bool {
	day := at.In(time.FixedZone("Asia/Shanghai", 8*3600)).Format(time.DateOnly)
	return slices.ContainsFunc(e.Away.V, func(a models.Absence) bool { return a.From <= day && day <= a.Until })
}

// Near says how near experts stand to a subject; see Fit.
type Near struct{ parent map[string]string }

func nearness(tx *models.Tx) (Near, error) {
	terms, err := tx.Vocabulary("domain")
	n := Near{parent: map[string]string{}}
	for _, t := range terms {
		if _, have := n.parent[t.Code]; !have {
			n.parent[t.Code] = t.Parent
		}
	}
	return n, err
}

// root is the first level of a tag. A tag that no catalogue knows any more keeps the prefix
// of its code.
func (n Near) root(tag string) string {
	for range 8 {
		p := n.parent[tag]
		if p == "" {
			break
		}
		tag = p
	}
	head, _, _ := strings.Cut(tag, ".")
	return head
}

// touches reports whether an expert's field meets one of the tags: the same leaf or the same
// first level. Finance, law and management have no technical field and meet everything.
func (n Near) touches(e *models.Expert, tags []string) bool {
	if len(e.Domains.V) == 0 {
		return e.Kind == "finance" || e.Kind == "law" || e.Kind == "management"
	}
	return n.fit(e.Domains.V, tags) > 0
}

// fit is how much of the tags an expert's own tags cover, 0 to 1: a shared leaf counts 1, a
// shared first level 0.25, and the first tag double.
func (n Near) fit(mine, tags []string) float64 {
	sum, all := 0.0, 0.0
	for i, tag := range tags {
		weight := 1.0
		if i == 0 {
			weight = 2
		}
		all += weight
		switch {
		case slices.Contains(mine, tag):
			sum += weight
		case slices.ContainsFunc(mine, func(m string) bool { return n.root(m) == n.root(tag) }):
			sum += 0.25 * weight
		}
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// Contents reads what some opened bids say.
func Contents(tx *models.Tx, bids []models.Bid) (map[models.BidID]models.BidContent, error) {
	envelopes, err := tx.OpenedEnvelopes(bids)
	if err != nil {
		return nil, err
	}
	out := map[models.BidID]models.BidContent{}
	for id, e := range envelopes {
		var content models.BidContent
		if err := json.Unmarshal([]byte(e.Content), &content); err != nil {
			return nil, fmt.Errorf("read the content of bid %s: %w", id, err)
		}
		out[id] = content
	}
	return out, nil
}

// Assign is what the assignment of bids to the members of a panel is asked: each bid wants
// perBid experts, each expert takes at most load. Pairs that stand already are
// pinned; whoever has stepped aside from a bid is barred from it, beside the conflicts, hard ones and soft ones that nobody has waived.
func Assign(tx *models.Tx, c *models.Challenge, bids []models.Bid, members []models.Expert, before []models.Assignment, perBid, load int) (assign.Question, error) {
	q := assign.Question{Bids: []assign.Bid{}, Experts: []assign.Expert{}, Fit: [][]float64{}}
	near, err := nearness(tx)
	if err != nil {
		return q, err
	}
	found, err := Conflicts(tx, c, bids, members)
	if err != nil {
		return q, err
	}
	ids := make([]models.TeamID, len(bids))
	for i, b := range bids {
		ids[i] = b.Team
	}
	teams, err := tx.TeamsByID(ids)
	if err != nil {
		return q, err
	}
	state := map[assign.Pin]bool{} // true where the pair stands
	for _, a := range before {
		if !a.Live() && !a.Aside() {
			continue
		}
		pair := assign.Pin{Bid: string(a.Bid), Expert: string(a.Expert)}
		state[pair] = state[pair] || a.Live()
	}
	held := map[models.ExpertID]int{}
	for _, b := range bids {
		tags := slices.Clone(c.Tags.V)
		for _, d := range teams[b.Team].Domains.V {
			if !slices.Contains(tags, d.Tag) {
				tags = append(tags, d.Tag)
			}
		}
		row, standing := make([]float64, len(members)), 0
		for j := range members {
			e := &members[j]
			row[j] = near.fit(e.Domains.V, tags)
			pair := assign.Pin{Bid: string(b.ID), Expert: string(e.ID)}
			stands, met := state[pair]
			switch {
			case stands:
				q.Pins = append(q.Pins, pair)
				held[e.ID]++
				standing++
			case met:
				q.Barred = append(q.Barred, assign.Barred{Bid: pair.Bid, Expert: pair.Expert, Reason: "stepped_aside", Hard: true})
			case Bars(found, e.ID, b.ID):
				q.Barred = append(q.Barred, assign.Barred{Bid: pair.Bid, Expert: pair.Expert, Reason: "conflict", Hard: Hard(found, e.ID, b.ID)})
			}
		}
		q.Fit = append(q.Fit, row)
		q.Bids = append(q.Bids, assign.Bid{ID: string(b.ID), Want: max(perBid, standing)})
	}
	seats := 0
	for _, b := range q.Bids {
		seats += b.Want
	}
	for _, e := range members {
		most := max(load, held[e.ID])
		q.Experts = append(q.Experts, assign.Expert{ID: string(e.ID), Max: most, Min: min(most, seats/len(members))})
	}
	return q, nil
}

// Fit is how near one expert stands to a bid, as in Assign.
func Fit(tx *models.Tx, c *models.Challenge, e *models.Expert) (float64, error) {
	near, err := nearness(tx)
	return near.fit(e.Domains.V, c.Tags.V), err
}

// Shuffle is the place of a pair in the order in which an expert reads, drawn by the panel's
// seed: experts begin with different bids, so that no bid is always read by tired eyes, and
// anybody with the seed gets the same order.
func Shuffle(seed string, e models.ExpertID, b models.BidID) string {
	sum := sha256.Sum256([]byte("jiebang order v1\n" + seed + "\n" + string(e) + "\n" + string(b)))
	return hex.EncodeToString(sum[:])
}
