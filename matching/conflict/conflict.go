// Package conflict says who must not judge whom, and by which chain of facts (回避).
//
// It walks a graph. Its nodes are persons, units, teams, alliances and bids, by code; its edges
// are facts with dates: who works where, which unit stands above which, who applied for a patent
// with whom. For everybody who may judge, or decide, it finds every fact that ties him to a bid
// or to the owner, and tells the chain.
package conflict

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jiebang/matching/gate"
	"jiebang/matching/names"
)

// Job is an employment that has ended, or a second one.
type Job struct {
	Org   string    `json:"org"`
	Until time.Time `json:"until,omitzero"` // zero: it goes on
}

// Fact ties all whom it names, by code: persons, units, teams. Kind is one of Kinds. A
// patent of five applicants is one fact, and not ten pairs.
type Fact struct {
	Kind  string    `json:"kind"`
	Who   []string  `json:"who"`
	What  string    `json:"what,omitempty"` // the title of the paper, the number of the patent
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"` // the day of the paper, the end of the project; zero: it goes on
}

// Declaration is what somebody says against himself, towards a unit, a team, a
// person, a bid or the challenge, by code.
type Declaration struct {
	Against string    `json:"against"`
	Reason  string    `json:"reason,omitempty"`
	Until   time.Time `json:"until,omitzero"` // zero: for good
}

// Expert is who may judge (评审专家), or decide about judging: an officer, or the owner's poster.
// Person links him to the people of bids.
type Expert struct {
	ID           string        `json:"id"`
	Person       string        `json:"person,omitempty"`
	Org          string        `json:"org"`
	Unit         string        `json:"unit,omitempty"` // where he works, as written, where it has no code
	Jobs         []Job         `json:"jobs,omitempty"`
	Teams        []string      `json:"teams,omitempty"`
	Declarations []Declaration `json:"declarations,omitempty"`
	Owners       bool          `json:"owners,omitempty"` // he acts for the owner: ties to the owner are no conflict
}

// Named is a unit or a person of a bid that is only written, with the unit it was written for.
type Named struct {
	Name string `json:"name"`
	Unit string `json:"unit,omitempty"`
}

// Bid is what may be judged: the team, its unit first and then the partners',
// and all people named in it; then what has no code.
type Bid struct {
	ID     string   `json:"id"`
	Team   string   `json:"team"`
	Orgs   []string `json:"orgs"`
	People []string `json:"people,omitempty"`
	Units  []string `json:"units,omitempty"` // partners that are not registered, by name
	Others []Named  `json:"others,omitempty"`
}

// League is an alliance with its members by code.
type League struct {
	ID      string   `json:"id"`
	Members []string `json:"members"`
}

// Question is one challenge with its bids and those asked about.
type Question struct {
	At        time.Time         `json:"at"`
	Challenge string            `json:"challenge"`
	Owner     string            `json:"owner"`    // the owner's unit
	Alliance  []string          `json:"alliance"` // units of the challenge's alliance, its leader included
	Leagues   []League          `json:"leagues,omitempty"`
	Bids      []Bid             `json:"bids"`
	Experts   []Expert          `json:"experts"`
	Links     []gate.Link       `json:"links"` // who stands above whom
	Facts     []Fact            `json:"facts,omitempty"`
	Rules     []Rule            `json:"rules,omitempty"` // nil: Defaults
	Names     map[string]string `json:"names"`           // words for codes in paths; a code without one stands for itself
}

// Conflict is one chain of facts that bars somebody (hard), or holds him back until it is waived
// (soft): from a bid, or with an empty Bid from every bid of the challenge. Key tells it apart from
// every other and stays the same while the facts do.
type Conflict struct {
	Rule   string `json:"rule"`
	Hard   bool   `json:"hard"`
	Expert string `json:"expert"`
	Bid    string `json:"bid,omitempty"`
	Steps  []Step `json:"steps"`
}

// Find names every conflict, by expert, bid and rule; the order of the input does not show.
// Near-linear: O(names of bids × units above + facts + experts × (their facts + what is found));
// only names without a code are compared one with another.
//
// Not found by data, and therefore left to declarations: what nobody has put on record.
func Find(q Question) []Conflict {
	f := newFinder(q)
	for _, e := range q.Experts {
		f.expert(e)
	}
	slices.SortFunc(f.out, func(a, b Conflict) int {
		return cmp.Or(strings.Compare(a.Expert, b.Expert), strings.Compare(a.Bid, b.Bid),
			strings.Compare(a.Rule, b.Rule), slices.CompareFunc(a.Steps, b.Steps, Step.compare))
	})
	return slices.CompactFunc(f.out, func(a, b Conflict) bool {
		return a.Expert == b.Expert && a.Bid == b.Bid && a.Rule == b.Rule && slices.Equal(a.Steps, b.Steps)
	})
}

// Bars says whether any hard conflict keeps the expert from the bid; an empty
// bid asks for the challenge as a whole.
func Bars(conflicts []Conflict, expert, bid string) bool {
	return slices.ContainsFunc(conflicts, func(c Conflict) bool {
		return c.Hard && c.Expert == expert && (c.Bid == "" || c.Bid == bid)
	})
}

// seat is a place in the question that a code takes: the owner, a member of the alliance, or
// something of a bid.
type seat struct {
	bid  string // "" is the challenge
	role string // see step.go
	code string // the unit itself, where the seat is reached from above
}

type finder struct {
	Question
	rules   map[string]Rule
	out     []Conflict
	parents map[string][]string // in force, by child
	above   map[string]map[string][]string
	seats   map[string][]seat // who sits where, by code
	under   map[string][]seat // the seats of the units below a unit
	facts   map[string][]int  // by party
	leagues map[string][]int  // by member
	written []Bid             // bids that name something without a code
}

func newFinder(q Question) *finder {
	f := &finder{Question: q, rules: map[string]Rule{}, out: []Conflict{}, parents: map[string][]string{}, above: map[string]map[string][]string{},
		seats: map[string][]seat{}, under: map[string][]seat{}, facts: map[string][]int{}, leagues: map[string][]int{}}
	if q.Rules == nil {
		f.Rules = Defaults()
	}
	for _, r := range f.Rules {
		f.rules[r.Code] = r
	}
	for _, l := range q.Links {
		if l.Parent != "" && l.Child != "" && gate.InForce(l.From, l.Until, q.At) && !slices.Contains(f.parents[l.Child], l.Parent) {
			f.parents[l.Child] = append(f.parents[l.Child], l.Parent)
		}
	}
	for child := range f.parents {
		slices.Sort(f.parents[child])
	}
	sit := func(code string, s seat) {
		s.code = code
		if code == "" || slices.Contains(f.seats[code], s) {
			return
		}
		f.seats[code] = append(f.seats[code], s)
	}
	sit(q.Owner, seat{role: roleOwner})
	for _, a := range q.Alliance {
		if a != q.Owner {
			sit(a, seat{role: roleAlliance})
		}
	}
	for _, b := range q.Bids {
		if len(b.Units) > 0 || len(b.Others) > 0 {
			f.written = append(f.written, b)
		}
		sit(b.Team, seat{bid: b.ID, role: roleTeam})
		for i, o := range b.Orgs {
			role := rolePartner
			if i == 0 {
				role = roleLead
			}
			if i == 0 || o != b.Orgs[0] {
				sit(o, seat{bid: b.ID, role: role})
			}
		}
		for _, p := range b.People {
			sit(p, seat{bid: b.ID, role: rolePerson})
		}
	}
	for code, seats := range f.seats {
		for _, s := range seats {
			if s.role == roleTeam || s.role == rolePerson || s.role == roleAlliance {
				continue
			}
			for up := range f.up(code) {
				f.under[up] = append(f.under[up], s)
			}
		}
	}
	for i, fact := range q.Facts {
		for _, who := range fact.Who {
			if list := f.facts[who]; len(list) == 0 || list[len(list)-1] != i {
				f.facts[who] = append(list, i)
			}
		}
	}
	for i, l := range q.Leagues {
		for _, m := range l.Members {
			f.leagues[m] = append(f.leagues[m], i)
		}
	}
	return f
}

func (f *finder) name(code string) string {
	if n := f.Names[code]; n != "" {
		return n
	}
	return code
}

// add keeps a conflict unless its rule is off, the tie is too old, or it ties a poster to his own
// side.
func (f *finder) add(rule string, e Expert, s seat, until time.Time, steps ...Step) {
	r, ok := f.rules[rule]
	if !ok || r.Off || e.Owners && s.bid == "" || !f.counts(r, until) {
		return
	}
	f.out = append(f.out, Conflict{Rule: rule, Hard: r.Hard, Expert: e.ID, Bid: s.bid, Steps: steps})
}

// counts says whether a tie that ended then still counts. The window is half-open: what ended
// exactly so many years ago counts no more.
func (f *finder) counts(r Rule, until time.Time) bool {
	return until.IsZero() || r.Years == ForLife || until.AddDate(r.Years, 0, 0).After(f.At)
}

func (f *finder) expert(e Expert) {
	f.member(e)
	f.org(e)
	for _, j := range e.Jobs { // a second employment that goes on is as good as the first
		if j.Until.IsZero() && j.Org != e.Org {
			also := e
			also.Org = j.Org
			f.org(also)
		}
	}
	f.employed(e)
	f.worked(e)
	f.declared(e)
	f.allied(e)
	f.named(e)
}

// member bars from the own bid, and from all others as a competitor.
func (f *finder) member(e Expert) {
	mine := map[string]string{} // bid → team
	for _, code := range append([]string{e.Person}, e.Teams...) {
		for _, s := range f.seats[code] {
			if code != "" && (s.role == rolePerson || s.role == roleTeam) {
				mine[s.bid] = code
			}
		}
	}
	if len(mine) == 0 {
		return
	}
	first := ""
	for _, b := range f.Bids {
		if _, ok := mine[b.ID]; ok {
			f.add(Member, e, seat{bid: b.ID}, time.Time{}, Step{Code: "member", A: f.name(e.ID), B: f.name(b.Team)})
			if first == "" || b.ID < first {
				first = b.ID
			}
		}
	}
	team := ""
	for _, b := range f.Bids {
		if b.ID == first {
			team = b.Team
		}
	}
	for _, b := range f.Bids {
		if _, ok := mine[b.ID]; !ok {
			f.add(Competitor, e, seat{bid: b.ID}, time.Time{}, Step{Code: "member", A: f.name(e.ID), B: f.name(team)}, Step{Code: "rival", A: f.name(team), B: f.name(b.Team)})
		}
	}
}

// org looks for the expert's unit, its kin, and those under one roof with it.
func (f *finder) org(e Expert) {
	if e.Org == "" {
		return
	}
	at := Step{Code: "works_at", A: f.name(e.ID), B: f.name(e.Org)}
	near := map[seat]bool{}
	for _, s := range f.seats[e.Org] {
		near[s] = true
		switch s.role {
		case roleOwner, roleLead, rolePartner:
			f.add(SameOrg, e, s, time.Time{}, at, f.role(s))
		case roleAlliance:
			f.add(Alliance, e, s, time.Time{}, at, f.role(s))
		}
	}
	mine := f.up(e.Org)
	for up, chain := range mine { // they stand above
		for _, s := range f.seats[up] {
			if s.role == roleOwner || s.role == roleLead || s.role == rolePartner {
				near[s] = true
				f.add(KinOrg, e, s, time.Time{}, append(append([]Step{at}, f.chain(chain)...), f.role(s))...)
			}
		}
	}
	for _, s := range f.under[e.Org] { // they stand below
		if !near[s] {
			near[s] = true
			f.add(KinOrg, e, s, time.Time{}, append(append([]Step{at}, f.chain(f.up(s.code)[e.Org])...), f.role(s))...)
		}
	}
	f.siblings(e, at, mine, near)
}

// siblings are the seats below something that stands above the expert's unit; of several roofs the
// nearest is told.
func (f *finder) siblings(e Expert, at Step, mine map[string][]string, near map[seat]bool) {
	roof := map[seat]string{}
	for up, chain := range mine {
		for _, s := range f.under[up] {
			if near[s] {
				continue
			}
			far := func(code string, chain []string) int { return len(chain) + len(f.up(s.code)[code]) }
			have, ok := roof[s]
			if !ok || cmp.Or(cmp.Compare(far(up, chain), far(have, mine[have])), strings.Compare(up, have)) < 0 {
				roof[s] = up
			}
		}
	}
	for s, up := range roof {
		f.add(Siblings, e, s, time.Time{}, at, Step{Code: "under", A: f.name(e.Org), B: f.name(s.code), What: f.name(up)}, f.role(s))
	}
}

func (f *finder) up(org string) map[string][]string {
	if _, ok := f.above[org]; !ok {
		f.above[org] = f.climb(org)
	}
	return f.above[org]
}

// climb is every unit above org with a shortest chain up to it, breadth first; circles do no harm.
func (f *finder) climb(org string) map[string][]string {
	found := map[string][]string{}
	for next := [][]string{{org}}; len(next) > 0; {
		var further [][]string
		for _, chain := range next {
			for _, parent := range f.parents[chain[len(chain)-1]] {
				if _, ok := found[parent]; !ok && parent != org {
					found[parent] = append(slices.Clone(chain), parent)
					further = append(further, found[parent])
				}
			}
		}
		next = further
	}
	return found
}

// chain tells who belongs to whom, from the lowest up.
func (f *finder) chain(codes []string) []Step {
	var steps []Step
	for i := 1; i < len(codes); i++ {
		steps = append(steps, Step{Code: "belongs_to", A: f.name(codes[i-1]), B: f.name(codes[i])})
	}
	return steps
}

func (f *finder) role(s seat) Step {
	return Step{Code: s.role, A: f.name(s.code), B: f.name(s.bid)}
}

func (f *finder) employed(e Expert) {
	for _, j := range e.Jobs {
		if j.Org == "" || j.Org == e.Org || j.Until.IsZero() {
			continue
		}
		for _, s := range f.seats[j.Org] {
			if s.role == roleOwner || s.role == roleLead || s.role == rolePartner {
				f.add(Employment, e, s, j.Until, Step{Code: Employment, A: f.name(e.ID), B: f.name(j.Org), Until: day(j.Until)}, f.role(s))
			}
		}
	}
}

// worked follows the facts that name the expert, and those that name his unit.
func (f *finder) worked(e Expert) {
	for _, i := range f.facts[e.Person] {
		if e.Person == "" {
			break
		}
		fact := f.Facts[i]
		for _, who := range fact.Who {
			if who == e.Person || who == e.Org {
				continue
			}
			for _, s := range f.seats[who] {
				if s.role == roleAlliance {
					continue
				}
				f.add(fact.Kind, e, s, fact.Until, f.fact(fact, e.ID, who), f.role(s))
			}
		}
	}
	for _, i := range f.facts[e.Org] {
		if e.Org == "" {
			break
		}
		fact := f.Facts[i]
		for _, who := range fact.Who {
			for _, s := range f.seats[who] {
				if who != e.Org && (s.role == roleOwner || s.role == roleLead || s.role == rolePartner) {
					f.add(UnitWork, e, s, fact.Until, Step{Code: "works_at", A: f.name(e.ID), B: f.name(e.Org)}, f.fact(fact, e.Org, who), f.role(s))
				}
			}
		}
	}
}

func (f *finder) fact(fact Fact, a, b string) Step {
	return Step{Code: fact.Kind, A: f.name(a), B: f.name(b), What: fact.What, From: day(fact.From), Until: day(fact.Until)}
}

func (f *finder) declared(e Expert) {
	for _, d := range e.Declarations {
		if d.Against == "" || !gate.InForce(time.Time{}, d.Until, f.At) {
			continue
		}
		step := Step{Code: Declared, A: f.name(e.ID), B: f.name(d.Against), What: d.Reason, Until: day(d.Until)}
		if d.Against == f.Challenge {
			f.add(Declared, e, seat{}, time.Time{}, step)
		}
		for _, s := range f.seats[d.Against] {
			if s.role != roleAlliance {
				f.add(Declared, e, s, time.Time{}, step, f.role(s))
			}
		}
		for _, b := range f.Bids {
			if b.ID == d.Against {
				f.add(Declared, e, seat{bid: b.ID}, time.Time{}, step)
			}
		}
	}
}

// allied looks for other alliances that the expert's unit shares with a bidder.
func (f *finder) allied(e Expert) {
	if e.Org == "" {
		return
	}
	for _, i := range f.leagues[e.Org] {
		for _, m := range f.Leagues[i].Members {
			if m == e.Org {
				continue
			}
			for _, s := range f.seats[m] {
				if s.role == roleLead || s.role == rolePartner {
					f.add(CommonAlliance, e, s, time.Time{}, Step{Code: "works_at", A: f.name(e.ID), B: f.name(e.Org)},
						Step{Code: "allied", A: f.name(e.Org), B: f.name(m), What: f.name(f.Leagues[i].ID)}, f.role(s))
				}
			}
		}
	}
}

// named compares what has no code by name: units, and people. A person of the same name in another
// unit is another person; whose unit is not told may be the expert himself, which people
// must look at.
func (f *finder) named(e Expert) {
	mine := e.Unit
	if mine == "" {
		mine = f.Names[e.Org]
	}
	bids := f.written
	if e.Org == "" {
		bids = f.Bids
	}
	for _, b := range bids {
		for _, u := range b.Units {
			if got := names.Units(mine, u); mine != "" && got.Match {
				f.add(NamedOrg, e, seat{bid: b.ID}, time.Time{}, Step{Code: "works_at", A: f.name(e.ID), B: mine}, Step{Code: "named_" + got.Kind, A: mine, B: u}, Step{Code: rolePartner, A: u, B: f.name(b.ID)})
			}
		}
		if e.Org == "" && mine != "" {
			for i, o := range b.Orgs {
				role := rolePartner
				if i == 0 {
					role = roleLead
				}
				if got := names.Units(mine, f.name(o)); got.Match {
					f.add(NamedOrg, e, seat{bid: b.ID}, time.Time{}, Step{Code: "works_at", A: f.name(e.ID), B: mine}, Step{Code: "named_" + got.Kind, A: mine, B: f.name(o)}, Step{Code: role, A: f.name(o), B: f.name(b.ID)})
				}
			}
		}
		f.namesakes(e, mine, b)
	}
	if e.Org == "" && mine != "" && f.Owner != "" {
		if got := names.Units(mine, f.name(f.Owner)); got.Match {
			f.add(NamedOrg, e, seat{}, time.Time{}, Step{Code: "works_at", A: f.name(e.ID), B: mine}, Step{Code: "named_" + got.Kind, A: mine, B: f.name(f.Owner)}, Step{Code: roleOwner, A: f.name(f.Owner)})
		}
	}
}

func (f *finder) namesakes(e Expert, mine string, b Bid) {
	me := f.name(e.ID)
	for _, p := range b.Others {
		if !names.Match(me, p.Name, true).Match {
			continue
		}
		switch {
		case p.Unit == "" || mine == "":
			f.add(Namesake, e, seat{bid: b.ID}, time.Time{}, Step{Code: "namesake", A: me, B: p.Name}, Step{Code: rolePerson, A: p.Name, B: f.name(b.ID)})
		case names.Units(mine, p.Unit).Match:
			f.add(Member, e, seat{bid: b.ID}, time.Time{}, Step{Code: "named_person", A: me, B: p.Name, What: p.Unit}, Step{Code: rolePerson, A: p.Name, B: f.name(b.ID)})
		}
	}
}
