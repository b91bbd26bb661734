// Package cover finds the smallest sets of teams that together hold every must-capability of a challenge.
//
// It is minimum set cover with pairs that must not meet, solved exactly: needs
// are bits, teams of one mask are one class, a team that enough others replace
// without loss is dropped, and what is left is searched by branch and bound on
// the need that the fewest can meet. Set cover is NP-hard, so the work is
// bounded and the answer says whether it was finished; with the handful of
// musts a challenge has, ten thousand teams take milliseconds.
package cover

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"jiebang/matching/gate"
)

// Why there is no set.
const (
	Uncovered = "uncovered" // some need has no holder that may take part, see Coverage
	NoLead    = "no_lead"   // no team that may take part may also lead
	Apart     = "apart"     // every cover holds a pair that must not work together
	TooMany   = "too_many"  // every cover is larger than Most
	With      = "with"      // a team asked for may not take part, or two of them must not meet
	Work      = "work"      // the work ran out before one was found, or before it was known what stands in the way
)

// Capacity is the reason by which a team with all its contracts is out.
const Capacity = gate.Capacity

// Question is what is to be covered, and by whom.
type Question struct {
	Needs []gate.Need // only those that are a must count
	Teams []Team
	Apart [][2]string // pairs of team codes that must not work together
	With  []string    // teams that are in every set; the others complement them

	Larger   int                   // also sets of up to so many members more than the smallest, none of them idle
	Most     int                   // largest set; 0 means no limit
	Limit    int                   // how many sets to name; 0 means 10
	Work     int                   // how many steps to search; 0 means 20,000,000 (a second or so)
	Progress func(done, total int) // of the work, every 65,536 steps; nil is silence
}

// Team is who might take part. Fit, from -1e6 to 1e6 and compared at six
// decimals, orders the sets; it never decides who covers what.
type Team struct {
	Code         string
	Levels       map[string]int // capability → level
	Fit          float64
	Ongoing, Max int      // contracts at work, and how many can be; Max 0 is unknown
	Barred       []string // why it may not take part; empty means it may
	NoLead       []string // why it may take part but not lead, as with a unit from elsewhere; empty means it may
}

// Answer is the sets, smallest first, then by falling sum of fit, then by codes.
type Answer struct {
	Sets     []Set      `json:"sets"`
	Size     int        `json:"size"`          // members of the smallest set; 0 if there is none
	Complete bool       `json:"complete"`      // the search was finished: no set is smaller, none that is missing ranks higher
	Why      string     `json:"why,omitempty"` // there is no set because
	Needs    []Coverage `json:"needs"`         // by tag
}

// Coverage says who meets a need.
type Coverage struct {
	Tag     string   `json:"tag"`
	Name    string   `json:"name,omitempty"`
	Min     int      `json:"min_level"`
	Holders int      `json:"holders"` // teams that may take part and have the level
	Best    int      `json:"best"`    // highest level of any team that may take part
	Out     []Absent `json:"out"`     // teams that have the level but may not take part
}

// Absent is a team that would meet a need if it might take part.
type Absent struct {
	Team    string   `json:"team"`
	Level   int      `json:"level"`
	Reasons []string `json:"reasons"`
}

// Set is a consortium. Members are ordered by code.
type Set struct {
	Fit     float64  `json:"fit"` // sum over members
	Members []Member `json:"members"`
}

// Member says what a team is in the set for.
type Member struct {
	Team    string   `json:"team"`
	Fit     float64  `json:"fit"`
	MayLead bool     `json:"may_lead"`
	Brings  []string `json:"brings"` // needs it meets
	Only    []string `json:"only"`   // of these, those that nobody else in the set meets
}

// Codes are the codes of the members.
func (s Set) Codes() []string {
	out := make([]string, len(s.Members))
	for i, m := range s.Members {
		out[i] = m.Team
	}
	return out
}

// Find names the smallest sets in which every must-capability is held at its
// level by some member, no member is barred or has all its contracts, no pair
// is kept apart, and somebody may lead. No member beyond With can be left out.
// The order of the input does not show.
//
// An error is about the input: more than 62 musts, a team twice or without a
// code, a fit that is no number, a team in With that is not there.
func Find(q Question) (Answer, error) {
	p, err := newProblem(q)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Sets: []Set{}, Complete: true, Needs: p.coverage()}
	if a.Why = p.impossible(a.Needs); a.Why != "" {
		return a, nil
	}
	found, complete := p.search(q.Apart)
	a.Complete = complete
	for _, f := range found {
		a.Sets = append(a.Sets, p.set(f))
	}
	switch {
	case len(found) > 0:
		a.Size = len(a.Sets[0].Members)
	case !complete:
		a.Why = Work
	default:
		// Would there be one if everybody could work with everybody?
		p.limit, p.larger = 1, 0
		switch free, finished := p.search(nil); {
		case len(free) > 0:
			a.Why = Apart
		case finished:
			a.Why = TooMany
		default:
			a.Why = Work
		}
	}
	return a, nil
}

// problem is a question in bits: bit i is need i, the bit after the last need
// is the lead, so that "somebody may lead" is one more need.
type problem struct {
	q      Question
	needs  []gate.Need // by tag, one each
	teams  []Team      // by code
	reason [][]string  // why each team is out; nil if it may take part
	mask   []uint64    // what each brings
	fit    []int64     // in millionths, so that sums are exact
	with   []int
	all    uint64 // every bit
	limit  int
	larger int
	most   int
	work   int
}

func newProblem(q Question) (*problem, error) {
	p := &problem{q: q, needs: musts(q.Needs), teams: slices.Clone(q.Teams), larger: max(0, q.Larger),
		limit: cmp.Or(max(0, q.Limit), 10), most: cmp.Or(max(0, q.Most), math.MaxInt), work: cmp.Or(max(0, q.Work), 20_000_000)}
	if len(p.needs) > 62 {
		return nil, fmt.Errorf("needs: %d must-capabilities, at most 62 can be covered; make some of them nice to have", len(p.needs))
	}
	p.all = 1<<(len(p.needs)+1) - 1
	slices.SortFunc(p.teams, func(a, b Team) int { return strings.Compare(a.Code, b.Code) })
	for i, t := range p.teams {
		switch {
		case t.Code == "":
			return nil, fmt.Errorf("teams: one of them has no code")
		case i > 0 && p.teams[i-1].Code == t.Code:
			return nil, fmt.Errorf("teams: %s is there twice", t.Code)
		case !(math.Abs(t.Fit) <= 1e6):
			return nil, fmt.Errorf("teams: the fit of %s is %v; it must lie between -1e6 and 1e6", t.Code, t.Fit)
		}
		reason := slices.Clone(t.Barred)
		if t.Max > 0 && t.Ongoing >= t.Max && !slices.Contains(reason, Capacity) {
			reason = append(reason, Capacity)
		}
		p.reason = append(p.reason, reason)
		p.mask = append(p.mask, p.brings(t))
		p.fit = append(p.fit, int64(math.Round(t.Fit*1e6)))
	}
	for _, code := range unique(q.With) {
		i, ok := slices.BinarySearchFunc(p.teams, code, func(t Team, c string) int { return strings.Compare(t.Code, c) })
		if !ok {
			return nil, fmt.Errorf("with: there is no team %q", code)
		}
		p.with = append(p.with, i)
	}
	return p, nil
}

// musts are the must-capabilities by tag; of one named twice the higher level counts.
func musts(needs []gate.Need) []gate.Need {
	var out []gate.Need
	for _, n := range needs {
		if n.Must {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b gate.Need) int {
		return cmp.Or(strings.Compare(a.Tag, b.Tag), cmp.Compare(b.Min, a.Min), strings.Compare(a.Name, b.Name))
	})
	return slices.CompactFunc(out, func(a, b gate.Need) bool { return a.Tag == b.Tag })
}

func (p *problem) brings(t Team) uint64 {
	m := uint64(0)
	for i, n := range p.needs {
		if l := t.Levels[n.Tag]; l > 0 && l >= n.Min {
			m |= 1 << i
		}
	}
	if len(t.NoLead) == 0 {
		m |= 1 << len(p.needs)
	}
	return m
}

func (p *problem) coverage() []Coverage {
	out := make([]Coverage, 0, len(p.needs))
	for i, n := range p.needs {
		c := Coverage{Tag: n.Tag, Name: n.Name, Min: n.Min, Out: []Absent{}}
		for j, t := range p.teams {
			has := p.mask[j]>>i&1 == 1
			switch {
			case len(p.reason[j]) == 0:
				c.Best = max(c.Best, t.Levels[n.Tag])
				if has {
					c.Holders++
				}
			case has:
				c.Out = append(c.Out, Absent{t.Code, t.Levels[n.Tag], p.reason[j]})
			}
		}
		out = append(out, c)
	}
	return out
}

// impossible names what rules every set out without a search; "" is nothing.
func (p *problem) impossible(needs []Coverage) string {
	for i, t := range p.with {
		if len(p.reason[t]) > 0 {
			return With
		}
		for _, u := range p.with[:i] {
			if p.apart(p.q.Apart)[t][u] {
				return With
			}
		}
	}
	if slices.ContainsFunc(needs, func(c Coverage) bool { return c.Holders == 0 }) {
		return Uncovered
	}
	for i, m := range p.mask {
		if len(p.reason[i]) == 0 && m>>len(p.needs) == 1 {
			return ""
		}
	}
	return NoLead
}

// apart is, for each team in a pair, whom it must not meet.
func (p *problem) apart(pairs [][2]string) map[int]map[int]bool {
	at := map[string]int{}
	for i, t := range p.teams {
		at[t.Code] = i
	}
	out := map[int]map[int]bool{}
	add := func(a, b int) {
		if out[a] == nil {
			out[a] = map[int]bool{}
		}
		out[a][b] = true
	}
	for _, pair := range pairs {
		a, okA := at[pair[0]]
		b, okB := at[pair[1]]
		if okA && okB && a != b {
			add(a, b)
			add(b, a)
		}
	}
	return out
}

// set tells who of the found set does what.
func (p *problem) set(f found) Set {
	s := Set{Fit: float64(f.fit) / 1e6}
	for _, i := range f.teams {
		others := uint64(0)
		for _, j := range f.teams {
			if j != i {
				others |= p.mask[j]
			}
		}
		s.Members = append(s.Members, Member{Team: p.teams[i].Code, Fit: p.teams[i].Fit, MayLead: p.mask[i]>>len(p.needs) == 1,
			Brings: p.tags(p.mask[i]), Only: p.tags(p.mask[i] &^ others)})
	}
	return s
}

func (p *problem) tags(mask uint64) []string {
	out := []string{}
	for i, n := range p.needs {
		if mask>>i&1 == 1 {
			out = append(out, n.Tag)
		}
	}
	return out
}

// found is a cover: team numbers, rising, and the sum of their fit.
type found struct {
	teams []int
	fit   int64
}

// better orders covers of all sizes as the answer does.
func better(a, b found) int {
	return cmp.Or(cmp.Compare(len(a.teams), len(b.teams)), cmp.Compare(b.fit, a.fit), slices.Compare(a.teams, b.teams))
}

func unique(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

func count(mask uint64) int { return bits.OnesCount64(mask) }
