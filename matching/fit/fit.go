// Package fit says how well a team suits a challenge, and why.
//
// One number, 0 to 100: eight parts, each a share of what was asked, are
// weighed together, and the sum is put on the scale of how many pairs of a
// frozen reference lie below it. A challenge's list of teams and a team's list
// of challenges show the same number, and nobody's score depends on who else is
// in the list. Every part comes apart into the tags, pieces of evidence,
// capabilities and codes that made it, and these add up to the score. Hard
// conditions are the business of gate and never change a score. There is no
// title, degree, age, headcount or fame of the unit among the inputs, on
// purpose (破四唯).
//
// What is learned — words, tags, reference — comes in from outside and never
// changes within an Engine. docs/decisions/0011 weighs the choices.
package fit

import (
	"time"

	"jiebang/matching/explain"
	"jiebang/matching/gate"
)

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
	Weights      Weights     // without a version: Defaults
}

// Challenge is what is asked for. Text is its prose; the first of Domains is
// the primary one.
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
// such as equipment, and does not age. Tags may be empty: they are then those
// whose names stand in its words. Role is the team's part in it; "" and "lead"
// count in full.
type Evidence struct {
	ID       string
	Kind     string
	Title    string
	Text     string
	Year     int
	Verified bool
	Role     string
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

// Line is one pair in a list.
type Line struct {
	Team      string  `json:"team"`
	Challenge string  `json:"challenge"`
	Place     int     `json:"place"`     // in the list: the eligible first, then the others; shared on equal scores
	FitPlace  int     `json:"fit_place"` // by score alone, whatever the gates say
	Score     float64 `json:"score"`     // 0–100
	Z         float64 `json:"z"`         // the weighed sum of shares, 0–1, of which Score is a rising function
	Eligible  bool    `json:"eligible"`  // no gate is hard
}

// Gap is a capability asked for that the team lacks.
type Gap struct {
	Tag   string `json:"tag"`
	Name  string `json:"name,omitempty"`
	Must  bool   `json:"must"`
	Min   int    `json:"min_level"`
	Level int    `json:"level"`
}

// Match is a pair with its reasons.
type Match struct {
	Line
	Gates   []gate.Reason `json:"gates"`
	Sum     explain.Sum   `json:"sum"`     // adds up to Score
	Words   explain.Sum   `json:"words"`   // the part "text" once more, by the words that made it
	Missing []Gap         `json:"missing"` // capabilities below what is asked, must first
	Raise   []Step        `json:"raise"`   // what would raise the score most
	Rate    float64       `json:"rate"`    // points of score for one of z, at this z
	Version string        `json:"version"` // of the weights
	Models  string        `json:"models"`  // of what was learned: words, tags, reference
}

// Bands are the words for a score, best first, and from which score each begins.
// On the scale of the reference weak is what most pairs that nobody chose are,
// and the heads of lists are mostly above it.
var Bands = [...]struct {
	Name string
	From float64
}{{"strong", 85}, {"good", 70}, {"fair", 50}, {"weak", 0}}

// Band puts a score into a word: a number would promise more than is known.
func Band(score float64) string {
	for _, b := range Bands {
		if score >= b.From {
			return b.Name
		}
	}
	return Bands[len(Bands)-1].Name
}

// Rank is the list of a challenge with all its reasons: the eligible first, by
// falling score and then code. The order of the input does not show. Steps tell
// the places they lead to, for who sees the list sees the places.
func (e *Engine) Rank(c Challenge, teams []Team) []Match {
	a, known := e.Challenge(c), map[string]*Prepared{}
	ready := make([]*Prepared, len(teams))
	for i, t := range teams {
		ready[i] = e.Team(t)
		known[t.Code] = ready[i]
	}
	lines := e.List(a, ready)
	out := make([]Match, len(lines))
	for i, l := range lines {
		out[i] = e.Explain(a, known[l.Team])
		out[i].Line = l
		out[i].Raise = Placed(out[i].Raise, l, lines)
	}
	return out
}

// Suggest is the list of a team: every challenge with the same number that the
// team has in that challenge's list.
func (e *Engine) Suggest(t Team, challenges []Challenge) []Match {
	p, known := e.Team(t), map[string]*Asked{}
	asked := make([]*Asked, len(challenges))
	for i, c := range challenges {
		asked[i] = e.Challenge(c)
		known[c.Code] = asked[i]
	}
	lines := e.ListFor(p, asked)
	out := make([]Match, len(lines))
	for i, l := range lines {
		out[i] = e.Explain(known[l.Challenge], p)
		out[i].Line = l
	}
	return out
}

// Match is one pair with its reasons, without a place.
func (e *Engine) Match(c Challenge, t Team) Match { return e.Explain(e.Challenge(c), e.Team(t)) }

// Rank is Engine.Rank of an engine that has learned nothing but the catalogue.
func Rank(c Challenge, teams []Team, cat Catalogue) []Match { return mustNew(cat).Rank(c, teams) }

// Suggest is Engine.Suggest of an engine that has learned nothing but the catalogue.
func Suggest(t Team, challenges []Challenge, cat Catalogue) []Match {
	return mustNew(cat).Suggest(t, challenges)
}

// mustNew panics on weights that are no policy: they come from the programmer.
func mustNew(cat Catalogue) *Engine {
	e, err := New(cat, Models{})
	if err != nil {
		panic(err)
	}
	return e
}
