// Package fit says how well a team suits a challenge, and why.
//
// The score is a sum of seven parts on fixed anchors, 0 to 100, so that a
// challenge's list of teams and a team's list of challenges show the same
// number and nobody's score depends on who else is in the list. Hard
// conditions are the business of gate and never change a score. There is no
// title, degree, age, headcount or fame of the unit among the inputs, on
// purpose (破四唯).
package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"jiebang/matching/explain"
	"jiebang/matching/gate"
)

// Weights are the policy of the score. The seven shares sum to 1; all of it is
// printed with a result by its Version.
type Weights struct {
	Version    string  `json:"version"`
	Capability float64 `json:"capability"`
	Domain     float64 `json:"domain"`
	Evidence   float64 `json:"evidence"`
	TRL        float64 `json:"trl_fit"`
	Track      float64 `json:"track"`
	Chain      float64 `json:"chain"`
	Codes      float64 `json:"codes"` // IPC and disciplines

	Primary    float64 `json:"primary"`    // weight of the first domain tag, others 1
	Must       float64 `json:"must"`       // weight of a must-capability, others 1
	Declared   float64 `json:"declared"`   // what an unverified claim is worth
	Sibling    float64 `json:"sibling"`    // a tag under the same parent that is no root
	SameRoot   float64 `json:"same_root"`  // a tag under the same root
	HalfLife   float64 `json:"half_life"`  // of evidence, in years
	Saturation float64 `json:"saturation"` // strength at which evidence is worth 1−1/e
	Prior      float64 `json:"prior"`      // contracts the prior counts for
	PriorRate  float64 `json:"prior_rate"` // and their rate of success
	Mapped     float64 `json:"mapped"`     // a chain that a catalogue maps to the one asked for
	SameClass  float64 `json:"same_class"` // an IPC class without the subclass
}

// Defaults are the weights of domain rule §5.1.
func Defaults() Weights {
	return Weights{
		Version:    "jiebang-fit/1",
		Capability: 0.30, Domain: 0.30, Evidence: 0.12, TRL: 0.10, Track: 0.08, Chain: 0.05, Codes: 0.05,
		Primary: 2, Must: 2, Declared: 0.5, Sibling: 0.4, SameRoot: 0.25,
		HalfLife: 5, Saturation: 1.5, Prior: 5, PriorRate: 0.75, Mapped: 0.6, SameClass: 0.5,
	}
}

// Tag is a domain or capability tag of the catalogue; Parent is empty for a root.
type Tag struct {
	Code     string   `json:"code"`
	Parent   string   `json:"parent,omitempty"`
	Name     string   `json:"name"`
	NameEn   string   `json:"name_en,omitempty"`
	Synonyms []string `json:"synonyms,omitempty"`
}

// Chain is an industry chain, and those of other catalogues it maps to.
type Chain struct {
	Code   string   `json:"code"`
	MapsTo []string `json:"maps_to,omitempty"`
}

// Catalogue is what a match needs besides its two sides.
type Catalogue struct {
	At           time.Time   // the instant of the gates; its year is the year evidence ages against
	Tags         []Tag       // domains, roots included
	Capabilities []Tag       // flat
	Chains       []Chain     // of all catalogues
	Links        []gate.Link // who stands above whom
	Weights      Weights     // zero means Defaults
}

// Challenge is what is asked for. Text is its prose, for the likeness of
// evidence; the first of Domains is the primary one.
type Challenge struct {
	Code           string
	Title          string
	Text           string
	Type           string
	Owner          gate.Org
	InProvinceOnly bool
	EnterpriseOnly bool
	Chain          string
	Domains        []string
	Needs          []gate.Need
	IPC            []string
	Disciplines    []string
	TRLCurrent     int
	TRLTarget      int
}

// Level is a tag held at a level of 1 to 5. Verified matters to capabilities.
type Level struct {
	Tag      string
	Level    int
	Verified bool
}

// Evidence is what proves an ability (能力佐证). Year 0 is a thing that stands,
// such as equipment, and does not age. Tags may be empty: they are then read
// out of the title.
type Evidence struct {
	ID       string
	Kind     string
	Title    string
	Text     string
	Year     int
	Verified bool
	Tags     []string
}

// Track is what became of earlier contracts. Exempt ends (尽职免责) count for
// nothing, neither as success nor as failure.
type Track struct {
	Completed, OnTime, FirstPass, Terminated, Exempt int
}

// Team is who might do it.
type Team struct {
	Code         string
	Name         string
	Home         gate.Org
	Chains       []string
	Domains      []Level
	Capabilities []Level
	IPC          []string
	Disciplines  []string
	TRLLow       int
	TRLHigh      int
	Evidence     []Evidence
	Track        Track
	Ongoing, Max int
	Records      []gate.Record
}

// Gap is a capability asked for that the team lacks.
type Gap struct {
	Tag   string `json:"tag"`
	Name  string `json:"name,omitempty"`
	Must  bool   `json:"must"`
	Min   int    `json:"min_level"`
	Level int    `json:"level"`
}

// Match is a suggested pair with its reasons.
type Match struct {
	Team      string        `json:"team"`
	Challenge string        `json:"challenge"`
	Place     int           `json:"place"`     // in the list: the eligible first, then the others; shared on equal scores
	FitPlace  int           `json:"fit_place"` // by score alone, whatever the gates say
	Score     float64       `json:"score"`     // 0–100
	Eligible  bool          `json:"eligible"`  // no gate is hard
	Gates     []gate.Reason `json:"gates"`
	Sum       explain.Sum   `json:"sum"`     // adds up to Score
	Missing   []Gap         `json:"missing"` // capabilities below what is asked, must first
	Raise     []Step        `json:"raise"`   // what would raise the score most
	Version   string        `json:"version"` // of the weights
}

// Rank is the list of a challenge: every team with its score and reasons, the
// eligible first, by falling score and then code. The order of the input does
// not show. Linear in teams and their evidence, plus sorting.
func Rank(c Challenge, teams []Team, cat Catalogue) []Match {
	m := newModel(cat)
	q := m.question(c)
	out := make([]Match, 0, len(teams))
	for _, t := range teams {
		out = append(out, q.match(t))
	}
	place(out, func(a, b Match) int { return strings.Compare(a.Team, b.Team) })
	return out
}

// Suggest is the list of a team: every challenge with the same number that the
// team has in that challenge's list.
func Suggest(t Team, challenges []Challenge, cat Catalogue) []Match {
	m := newModel(cat)
	out := make([]Match, 0, len(challenges))
	for _, c := range challenges {
		out = append(out, m.question(c).match(t))
	}
	place(out, func(a, b Match) int { return strings.Compare(a.Challenge, b.Challenge) })
	return out
}

// level is what a score counts for in comparisons: scores that differ by
// rounding only are equal.
func level(score float64) float64 { return math.Round(score*1e6) / 1e6 }

func place(ms []Match, byCode func(a, b Match) int) {
	byScore := func(a, b Match) int {
		if c := cmp.Compare(level(b.Score), level(a.Score)); c != 0 {
			return c
		}
		return byCode(a, b)
	}
	slices.SortFunc(ms, byScore)
	for i := range ms {
		ms[i].FitPlace = i + 1
		if i > 0 && level(ms[i].Score) == level(ms[i-1].Score) {
			ms[i].FitPlace = ms[i-1].FitPlace
		}
	}
	slices.SortStableFunc(ms, func(a, b Match) int {
		if a.Eligible != b.Eligible {
			if a.Eligible {
				return -1
			}
			return 1
		}
		return 0
	})
	for i := range ms {
		ms[i].Place = i + 1
		if i > 0 && ms[i].FitPlace == ms[i-1].FitPlace && ms[i].Eligible == ms[i-1].Eligible {
			ms[i].Place = ms[i-1].Place
		}
	}
}

// match scores one team: gates, parts, gaps and steps.
func (q *question) match(t Team) Match {
	p := q.profile(t)
	sum := q.score(p)
	gates := gate.Bid(q.gate(t))
	return Match{
		Team: t.Code, Challenge: q.c.Code, Score: sum.Value, Eligible: !gate.Blocked(gates),
		Gates: gates, Sum: sum, Missing: q.missing(p), Raise: q.raise(p, sum), Version: q.w.Version,
	}
}

func (q *question) gate(t Team) gate.Question {
	levels := map[string]int{}
	for _, l := range t.Capabilities {
		levels[l.Tag] = max(levels[l.Tag], l.Level)
	}
	return gate.Question{
		At: q.at, Owner: q.c.Owner, Type: q.c.Type, InProvinceOnly: q.c.InProvinceOnly,
		EnterpriseOnly: q.c.EnterpriseOnly, Needs: q.c.Needs,
		Team: t.Code, Home: t.Home, Levels: levels, Ongoing: t.Ongoing, Max: t.Max,
		Links: q.links, Records: t.Records,
	}
}

func (q *question) missing(p *profile) []Gap {
	out := []Gap{}
	for _, n := range q.needs {
		if l := p.capability[n.Tag].Level; l < n.Min {
			out = append(out, Gap{n.Tag, n.Name, n.Must, n.Min, l})
		}
	}
	slices.SortStableFunc(out, func(a, b Gap) int {
		if a.Must != b.Must {
			if a.Must {
				return -1
			}
			return 1
		}
		return 0
	})
	return out
}
