// Package draw is a seeded draw of experts that anybody can repeat.
package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"jiebang/matching/flow"
)

// Version names the rules of the draw; the hash of a ticket begins with it.
const Version = "jiebang draw v1"

// The kinds of expert. Others count towards the size only.
const (
	Technology = "technology"
	Industry   = "industry" // industry and users
	Finance    = "finance"
	Law        = "law"
)

// Expert is one who may be drawn. Reviews counts this year's, Cap is how many
// are allowed; 0 is no limit.
type Expert struct {
	ID      string `json:"id"`
	Unit    string `json:"unit"`
	Kind    string `json:"kind"`
	Reviews int    `json:"reviews"`
	Cap     int    `json:"cap"`
}

// Question is a draw. Seed must be fixed by somebody whom the draw does not
// profit, after Eligible is published by its Digest.
type Question struct {
	Seed               string   `json:"seed"`
	Size               int      `json:"size"` // odd, 5 to 11
	Reserves           int      `json:"reserves"`
	Eligible           []Expert `json:"eligible"`
	PerUnit            int      `json:"per_unit"`             // most members of one unit; 0 is no limit
	MinShareTechnology float64  `json:"min_share_technology"` // 0 to 1
	NeedIndustry       int      `json:"need_industry"`
	NeedFinance        int      `json:"need_finance"` // finance or law
}

// Defaults are the rules of domain §2.4: seven, 60 % technology, one of the
// industry, one of a unit; one of finance or law where the money is large.
func Defaults(large bool) Question {
	q := Question{Size: 7, Reserves: 3, PerUnit: 1, MinShareTechnology: 0.6, NeedIndustry: 1}
	if large {
		q.NeedFinance = 1
	}
	return q
}

// Ticket is an expert's place in the order of the draw. Fate is member,
// reserve, capped (no reviews left this year), unfit (the rules left no room),
// spare (behind those who were needed), or, after Replace, dropped.
type Ticket struct {
	Place  int    `json:"place"`
	Hash   string `json:"hash"`
	Expert Expert `json:"expert"`
	Fate   string `json:"fate"`
}

// The fates of a ticket.
const (
	Member  = "member"
	Reserve = "reserve"
	Capped  = "capped"
	Unfit   = "unfit"
	Spare   = "spare"
	Dropped = "dropped"
)

// Panel is the result: members and reserves in the order of the draw, the whole
// order, and the rules, so that it can be repeated from what is published.
type Panel struct {
	Version        string   `json:"version"`
	EligibleDigest string   `json:"eligible_digest"`
	Rules          Question `json:"rules"` // without Eligible
	Members        []Ticket `json:"members"`
	Reserves       []Ticket `json:"reserves"`
	Order          []Ticket `json:"order"`
}

// Infeasible says which rule cannot be met, and how many experts are lacking.
// Rule is size, technology, industry, finance, per_unit, or together.
type Infeasible struct {
	Rule  string
	Short int
}

// Error names rule and number.
func (e *Infeasible) Error() string {
	return fmt.Sprintf("the experts do not make a panel: rule %s lacks %d", e.Rule, e.Short)
}

// Hash is the ticket of an expert: SHA-256 in hex of three lines,
//
//	printf 'jiebang draw v1\n%s\n%s' "$SEED" "$ID" | sha256sum
func Hash(seed, id string) string {
	h := sha256.Sum256([]byte(Version + "\n" + seed + "\n" + id))
	return hex.EncodeToString(h[:])
}

// Digest is the fingerprint of a list of experts: SHA-256 in hex of one line
// each — id, unit, kind, reviews, cap, parted by tabs, ended by a newline —
// sorted by bytes (LC_ALL=C sort list.tsv | sha256sum).
func Digest(experts []Expert) string {
	lines := make([]string, len(experts))
	for i, e := range experts {
		lines[i] = fmt.Sprintf("%s\t%s\t%s\t%d\t%d\n", e.ID, e.Unit, e.Kind, e.Reviews, e.Cap)
	}
	slices.Sort(lines)
	h := sha256.Sum256([]byte(strings.Join(lines, "")))
	return hex.EncodeToString(h[:])
}

// Draw orders the experts by their tickets, ascending, and goes down the order:
// an expert becomes a member if with him — and some of those behind him — the
// panel can still be completed by the rules. The result is the first panel in
// the order, and is found whenever there is one; else the error is *Infeasible.
// The reserves are the next experts down the order who have reviews left; there
// may be fewer than asked for. The order of Eligible does not show.
//
// Each look ahead is a flow between kinds and units; O(experts · units) looks
// and arcs.
func Draw(q Question) (Panel, error) {
	if err := check(q); err != nil {
		return Panel{}, err
	}
	p := Panel{Version: Version, EligibleDigest: Digest(q.Eligible), Rules: q, Members: []Ticket{}, Reserves: []Ticket{}}
	p.Rules.Eligible = nil
	for _, e := range q.Eligible {
		p.Order = append(p.Order, Ticket{Hash: Hash(q.Seed, e.ID), Expert: e})
	}
	slices.SortFunc(p.Order, func(a, b Ticket) int {
		if c := strings.Compare(a.Hash, b.Hash); c != 0 {
			return c
		}
		return strings.Compare(a.Expert.ID, b.Expert.ID)
	})
	var free []Ticket
	for i := range p.Order {
		t := &p.Order[i]
		t.Place, t.Fate = i+1, Spare
		if t.Expert.Cap > 0 && t.Expert.Reviews >= t.Expert.Cap {
			t.Fate = Capped
			continue
		}
		free = append(free, *t)
	}
	members, err := pick(p.Rules, nil, free)
	if err != nil {
		return Panel{}, err
	}
	last := members[len(members)-1].Place
	for i := range p.Order {
		t := &p.Order[i]
		switch {
		case has(members, t.Expert.ID):
			t.Fate = Member
			p.Members = append(p.Members, *t)
		case t.Fate == Capped:
		case len(p.Reserves) < q.Reserves:
			// Who stands before the last member and is none was left no room
			// by the rules, but may fit when a member of his sort steps aside.
			t.Fate = Reserve
			p.Reserves = append(p.Reserves, *t)
		case t.Place < last:
			t.Fate = Unfit
		}
	}
	return p, nil
}

func has(list []Ticket, id string) bool {
	return slices.ContainsFunc(list, func(t Ticket) bool { return t.Expert.ID == id })
}

// Replace takes members or reserves out (回避) and fills the panel from the
// reserves: down their order, those with whom the rules hold. Where the reserves cannot
// fill it, the others of the draw may, after them, down the order. It fails with
// *Infeasible if nobody can, and if somebody is neither member nor reserve. The order
// stays as it was drawn; the fates in it follow.
func Replace(p Panel, dropped ...string) (Panel, error) {
	out := p
	gone := func(t Ticket) bool { return slices.Contains(dropped, t.Expert.ID) }
	for _, id := range dropped {
		if !has(p.Members, id) && !has(p.Reserves, id) {
			return Panel{}, fmt.Errorf("expert %s is neither member nor reserve", id)
		}
	}
	kept := slices.DeleteFunc(slices.Clone(p.Members), gone)
	out.Reserves = slices.DeleteFunc(slices.Clone(p.Reserves), gone)
	members, err := pick(p.Rules, kept, out.Reserves)
	if err != nil {
		rest := slices.DeleteFunc(slices.Clone(p.Order), func(t Ticket) bool { return t.Fate != Spare && t.Fate != Unfit })
		if members, err = pick(p.Rules, kept, slices.Concat(out.Reserves, rest)); err != nil {
			return Panel{}, err
		}
	}
	out.Reserves = slices.DeleteFunc(out.Reserves, func(t Ticket) bool { return has(members, t.Expert.ID) })
	for i := range members {
		members[i].Fate = Member
	}
	slices.SortFunc(members, func(a, b Ticket) int { return a.Place - b.Place })
	out.Members = members
	out.Order = slices.Clone(p.Order)
	for i := range out.Order {
		switch t := &out.Order[i]; {
		case gone(*t):
			t.Fate = Dropped
		case has(members, t.Expert.ID):
			t.Fate = Member
		}
	}
	return out, nil
}

// Verify draws again and says whether the panel is the one that the seed and
// the experts give.
func Verify(q Question, p Panel) error {
	again, err := Draw(q)
	switch {
	case err != nil:
		return err
	case again.EligibleDigest != p.EligibleDigest:
		return errors.New("the list of experts is another one")
	case !reflect.DeepEqual(again, p):
		return errors.New("the draw gives another panel")
	}
	return nil
}

func check(q Question) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if q.Seed == "" {
		fault("seed: is empty")
	}
	if q.Size < 5 || q.Size > 11 || q.Size%2 == 0 {
		fault("size: %d is not odd or not within 5 and 11", q.Size)
	}
	if !(q.MinShareTechnology >= 0 && q.MinShareTechnology <= 1) {
		fault("min_share_technology: %v is not within 0 and 1", q.MinShareTechnology)
	}
	if q.Reserves < 0 || q.PerUnit < 0 || q.NeedIndustry < 0 || q.NeedFinance < 0 {
		fault("a number is negative")
	}
	if n := technology(q) + q.NeedIndustry + q.NeedFinance; n > q.Size {
		fault("size: %d seats for %d asked for by kind", q.Size, n)
	}
	seen := map[string]bool{}
	for _, e := range q.Eligible {
		if e.ID == "" || seen[e.ID] {
			fault("eligible: %q is empty or stands twice", e.ID)
		}
		seen[e.ID] = true
		if strings.ContainsFunc(e.ID+e.Unit+e.Kind, unicode.IsControl) {
			fault("eligible: %q holds a control character", e.ID)
		}
	}
	return errors.Join(faults...)
}

// technology is the least number of technology experts.
func technology(q Question) int {
	return int(math.Ceil(q.MinShareTechnology*float64(q.Size) - 1e-9))
}

// The groups that rules speak of: the index of a kind in the needs.
const (
	anyKind = iota
	tech
	industry
	finance
	groups
)

func group(kind string) int {
	switch kind {
	case Technology:
		return tech
	case Industry:
		return industry
	case Finance, Law:
		return finance
	}
	return anyKind
}

// pick completes the chosen from the candidates, in their order.
func pick(q Question, chosen, candidates []Ticket) ([]Ticket, error) {
	out := slices.Clone(chosen)
	if open := lacking(q, out, candidates); open > 0 {
		return nil, diagnose(q, out, candidates, open)
	}
	for i, t := range candidates {
		if len(out) == q.Size {
			break
		}
		if with := append(slices.Clip(out), t); lacking(q, with, candidates[i+1:]) == 0 {
			out = with
		}
	}
	return out, nil
}

// lacking is how many seats stay empty if the chosen are completed from the
// candidates as well as the rules let them be; more than Size if the chosen
// themselves break a rule. A flow: each need — of a kind, or any — to the
// buckets of kind and unit, those to their unit, units to the sink.
func lacking(q Question, chosen, candidates []Ticket) int {
	need := [groups]int{anyKind: q.Size, tech: technology(q), industry: q.NeedIndustry, finance: q.NeedFinance}
	units, room := map[string]int{}, []int{}
	unit := func(name string) int {
		u, ok := units[name]
		if !ok {
			u = len(room)
			units[name] = u
			most := q.PerUnit
			if most == 0 || name == "" {
				most = q.Size
			}
			room = append(room, most)
		}
		return u
	}
	for _, t := range chosen {
		room[unit(t.Expert.Unit)]--
		if g := group(t.Expert.Kind); g != anyKind {
			need[g] = max(0, need[g]-1)
		}
	}
	need[anyKind] = q.Size - len(chosen) - need[tech] - need[industry] - need[finance]
	if need[anyKind] < 0 || slices.ContainsFunc(room, func(r int) bool { return r < 0 }) {
		return q.Size + 1
	}
	var buckets [groups][]int
	for _, t := range candidates {
		u, g := unit(t.Expert.Unit), group(t.Expert.Kind)
		for len(buckets[g]) <= u {
			buckets[g] = append(buckets[g], 0)
		}
		buckets[g][u]++
	}
	// Nodes: needs, then buckets by kind and unit, then units, then the sink.
	n := len(room)
	at := func(g, u int) int { return groups + g*n + u }
	sink := groups + groups*n + n
	f := flow.New(sink + 1)
	for g := range groups {
		for u, count := range buckets[g] {
			if count == 0 {
				continue
			}
			f.Arc(anyKind, at(g, u), int64(count), 0)
			if g != anyKind {
				f.Arc(g, at(g, u), int64(count), 0)
			}
			// The bucket's own bound is shared by both needs.
			f.Arc(at(g, u), at(groups, u), int64(count), 0)
		}
	}
	for u, r := range room {
		f.Arc(at(groups, u), sink, int64(r), 0)
	}
	open := 0
	for g, want := range need {
		got, _ := f.Route(g, sink, int64(want))
		open += want - int(got)
	}
	return open
}

// diagnose looks for the one rule without which there would be a panel.
func diagnose(q Question, chosen, candidates []Ticket, open int) error {
	if n := len(chosen) + len(candidates); n < q.Size {
		return &Infeasible{"size", q.Size - n}
	}
	for _, without := range []struct {
		rule string
		drop func(*Question)
	}{
		{"technology", func(q *Question) { q.MinShareTechnology = 0 }},
		{"industry", func(q *Question) { q.NeedIndustry = 0 }},
		{"finance", func(q *Question) { q.NeedFinance = 0 }},
		{"per_unit", func(q *Question) { q.PerUnit = 0 }},
	} {
		r := q
		without.drop(&r)
		if lacking(r, chosen, candidates) == 0 {
			return &Infeasible{without.rule, min(open, q.Size)}
		}
	}
	return &Infeasible{"together", min(open, q.Size)}
}
