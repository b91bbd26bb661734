// Package conflict says who must not judge whom, and by which chain of facts (回避).
package conflict

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jiebang/matching/gate"
)

// The rules. Each is hard but Siblings, which is for people to weigh.
const (
	SameOrg       = "same_org"      // works where the owner, the bidder or a partner is
	KinOrg        = "kin_org"       // works above or below it, by parentage or control
	Siblings      = "siblings"      // works under the same unit far up
	Alliance      = "alliance"      // works in a unit of the challenge's alliance
	Collaboration = "collaboration" // worked with the team, its people, or the owner in the last years
	Employment    = "employment"    // was employed there in the last years
	Member        = "member"        // is one of the bidding team
	Competitor    = "competitor"    // bids on the same challenge himself
	Declared      = "declared"      // says so himself
)

// Years is how long joint work and employment bar.
const Years = 3

// Job is an employment that has ended, or a second one.
type Job struct {
	Org   string    `json:"org"`
	Until time.Time `json:"until,omitzero"` // zero: it goes on
}

// Work is joint work — a paper, a patent, a project — with a team, a person or
// a unit, by code.
type Work struct {
	With  string    `json:"with"`
	What  string    `json:"what,omitempty"`
	Until time.Time `json:"until,omitzero"` // the day of the paper, the end of the project; zero: it goes on
}

// Declaration is what an expert says against himself, towards a unit, a team, a
// person, a bid or the challenge, by code.
type Declaration struct {
	Against string    `json:"against"`
	Reason  string    `json:"reason,omitempty"`
	Until   time.Time `json:"until,omitzero"` // zero: for good
}

// Expert is who may judge (评审专家). Person links him to the people of bids.
type Expert struct {
	ID           string        `json:"id"`
	Person       string        `json:"person,omitempty"`
	Org          string        `json:"org"`
	Jobs         []Job         `json:"jobs,omitempty"`
	Works        []Work        `json:"works,omitempty"`
	Teams        []string      `json:"teams,omitempty"`
	Declarations []Declaration `json:"declarations,omitempty"`
}

// Bid is what may be judged: the team, its unit first and then the partners',
// and all people named in it.
type Bid struct {
	ID     string   `json:"id"`
	Team   string   `json:"team"`
	Orgs   []string `json:"orgs"`
	People []string `json:"people,omitempty"`
}

// Question is one challenge with its bids and the experts asked.
type Question struct {
	At        time.Time         `json:"at"`
	Challenge string            `json:"challenge"`
	Owner     string            `json:"owner"`    // the owner's unit
	Alliance  []string          `json:"alliance"` // units of the challenge's alliance, its leader included
	Bids      []Bid             `json:"bids"`
	Experts   []Expert          `json:"experts"`
	Links     []gate.Link       `json:"links"` // who stands above whom
	Names     map[string]string `json:"names"` // words for codes in paths; a code without one stands for itself
}

// Conflict is one fact that bars an expert: from a bid, or with an empty Bid
// from every bid of the challenge. Path tells the chain in words, from the
// expert to what he is too near to.
type Conflict struct {
	Rule   string   `json:"rule"`
	Hard   bool     `json:"hard"`
	Expert string   `json:"expert"`
	Bid    string   `json:"bid,omitempty"`
	Path   []string `json:"path"`
}

// Find names every conflict, by expert, bid and rule; the order of the input
// does not show. O(experts · (bids + links)).
//
// The rules are those of domain §2.4. Not found by data, and therefore left to
// declarations: kinship, supervision, shareholding.
func Find(q Question) []Conflict {
	f := finder{Question: q, out: []Conflict{}, above: map[string]map[string][]string{}}
	for _, e := range q.Experts {
		f.expert(e)
	}
	slices.SortFunc(f.out, func(a, b Conflict) int {
		return cmp.Or(strings.Compare(a.Expert, b.Expert), strings.Compare(a.Bid, b.Bid),
			strings.Compare(a.Rule, b.Rule), slices.Compare(a.Path, b.Path))
	})
	return slices.CompactFunc(f.out, func(a, b Conflict) bool {
		return a.Expert == b.Expert && a.Bid == b.Bid && a.Rule == b.Rule && slices.Equal(a.Path, b.Path)
	})
}

// Bars says whether any hard conflict keeps the expert from the bid; an empty
// bid asks for the challenge as a whole.
func Bars(conflicts []Conflict, expert, bid string) bool {
	return slices.ContainsFunc(conflicts, func(c Conflict) bool {
		return c.Hard && c.Expert == expert && (c.Bid == "" || c.Bid == bid)
	})
}

type finder struct {
	Question
	out   []Conflict
	above map[string]map[string][]string
}

func (f *finder) name(code string) string {
	if n := f.Names[code]; n != "" {
		return n
	}
	return code
}

func (f *finder) add(rule string, e Expert, bid string, path ...string) {
	f.out = append(f.out, Conflict{Rule: rule, Hard: rule != Siblings, Expert: e.ID, Bid: bid,
		Path: append([]string{f.name(e.ID)}, path...)})
}

func (f *finder) expert(e Expert) {
	f.org(e, f.Owner, "", "发榜方")
	f.declared(e, "", f.Challenge, f.Owner)
	f.worked(e, "", f.Owner)
	f.employed(e, "", f.Owner)
	for _, a := range f.Alliance {
		if a != "" && a == e.Org && a != f.Owner {
			f.add(Alliance, e, "", "任职于 "+f.name(a), "榜单所属联盟成员")
		}
	}
	for _, b := range f.Bids {
		for i, o := range b.Orgs {
			role := "揭榜单位"
			if i > 0 {
				role = "参与单位"
			}
			f.org(e, o, b.ID, role)
		}
		f.employed(e, b.ID, b.Orgs...)
		f.worked(e, b.ID, append([]string{b.Team}, b.People...)...)
		f.declared(e, b.ID, append(append([]string{b.ID, b.Team}, b.Orgs...), b.People...)...)
		f.member(e, b)
	}
}

// org looks for the expert's unit, its kin, and those under one roof with it.
func (f *finder) org(e Expert, org, bid, role string) {
	if org == "" || e.Org == "" {
		return
	}
	at := "任职于 " + f.name(e.Org)
	if e.Org == org {
		f.add(SameOrg, e, bid, at, role)
		return
	}
	mine, theirs := f.up(e.Org), f.up(org)
	if chain, ok := mine[org]; ok {
		f.add(KinOrg, e, bid, at, f.chain(chain), role)
		return
	}
	if chain, ok := theirs[e.Org]; ok {
		f.add(KinOrg, e, bid, at, f.chain(chain), role)
		return
	}
	for _, root := range shared(mine, theirs) {
		f.add(Siblings, e, bid, at, "同属 "+f.name(root), role+" "+f.name(org))
		return
	}
}

func (f *finder) up(org string) map[string][]string {
	if _, ok := f.above[org]; !ok {
		f.above[org] = gate.Above(f.Links, org, f.At)
	}
	return f.above[org]
}

func (f *finder) chain(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = f.name(c)
	}
	return strings.Join(names, " 隶属 ")
}

// shared are the units above both, the nearest first.
func shared(a, b map[string][]string) []string {
	var out []string
	for code := range a {
		if _, ok := b[code]; ok {
			out = append(out, code)
		}
	}
	slices.SortFunc(out, func(x, y string) int {
		return cmp.Or(len(a[x])+len(b[x])-len(a[y])-len(b[y]), strings.Compare(x, y))
	})
	return out
}

// recent says whether something that ended then still bars. The window is
// half-open: what ended exactly Years ago bars no more.
func (f *finder) recent(until time.Time) bool {
	return until.IsZero() || until.After(f.At.AddDate(-Years, 0, 0))
}

func until(t time.Time) string {
	if t.IsZero() {
		return "至今"
	}
	return "至 " + t.Format(time.DateOnly)
}

func (f *finder) employed(e Expert, bid string, orgs ...string) {
	for _, j := range e.Jobs {
		if j.Org != "" && j.Org != e.Org && slices.Contains(orgs, j.Org) && f.recent(j.Until) {
			f.add(Employment, e, bid, "曾任职于 "+f.name(j.Org), until(j.Until))
		}
	}
}

func (f *finder) worked(e Expert, bid string, with ...string) {
	for _, w := range e.Works {
		if w.With != "" && slices.Contains(with, w.With) && f.recent(w.Until) {
			what := "合作"
			if w.What != "" {
				what += "：" + w.What
			}
			f.add(Collaboration, e, bid, what, f.name(w.With), until(w.Until))
		}
	}
}

func (f *finder) declared(e Expert, bid string, against ...string) {
	for _, d := range e.Declarations {
		if d.Against != "" && slices.Contains(against, d.Against) && gate.InForce(time.Time{}, d.Until, f.At) {
			f.add(Declared, e, bid, "本人声明："+d.Reason, f.name(d.Against))
		}
	}
}

// member bars from the own bid, and from all others as a competitor.
func (f *finder) member(e Expert, b Bid) {
	if !f.of(e, b) {
		return
	}
	f.add(Member, e, b.ID, "团队成员", f.name(b.Team))
	for _, other := range f.Bids {
		if other.ID != b.ID && !f.of(e, other) {
			f.add(Competitor, e, other.ID, "团队成员", f.name(b.Team), "同榜揭榜")
		}
	}
}

func (f *finder) of(e Expert, b Bid) bool {
	return e.Person != "" && slices.Contains(b.People, e.Person) || b.Team != "" && slices.Contains(e.Teams, b.Team)
}
