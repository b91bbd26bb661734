package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Step is a change a team can make, and what the model says after it: the
// score is computed anew, never extrapolated.
type Step struct {
	Action string  `json:"action"` // see Apply
	Tag    string  `json:"tag,omitempty"`
	Title  string  `json:"title,omitempty"`
	From   int     `json:"from,omitempty"`
	To     int     `json:"to,omitempty"`
	Gain   float64 `json:"gain"`
	Score  float64 `json:"score"`
}

// The actions of a Step.
const (
	VerifyCapability = "verify_capability" // have a declared capability verified
	RaiseCapability  = "raise_capability"  // bring one to the level asked for, declared if it was missing
	VerifyEvidence   = "verify_evidence"   // have a piece of evidence verified
	RaiseTRL         = "raise_trl"         // show work at one more readiness level
	AddDomain        = "add_domain"        // declare a domain asked for, at level 3
)

// steps is how many steps a match shows.
const steps = 5

// Apply makes the change of a step on a copy of the team.
func Apply(t Team, s Step) Team {
	t.Capabilities, t.Domains, t.Evidence = slices.Clone(t.Capabilities), slices.Clone(t.Domains), slices.Clone(t.Evidence)
	switch s.Action {
	case VerifyCapability, RaiseCapability:
		found := false
		for i, c := range t.Capabilities {
			if c.Tag == s.Tag {
				found = true
				t.Capabilities[i].Level = max(c.Level, s.To)
				t.Capabilities[i].Verified = c.Verified || s.Action == VerifyCapability
			}
		}
		if !found {
			t.Capabilities = append(t.Capabilities, Level{Tag: s.Tag, Level: s.To})
		}
	case VerifyEvidence:
		for i, e := range t.Evidence {
			if (e.ID != "" && e.ID == s.Tag) || (s.Tag == "" && e.ID == "" && e.Title == s.Title) {
				t.Evidence[i].Verified = true
			}
		}
	case RaiseTRL:
		t.TRLHigh = max(t.TRLHigh, s.To)
	case AddDomain:
		t.Domains = append(t.Domains, Level{Tag: s.Tag, Level: s.To})
	}
	return t
}

// raise tries every single change that could matter and keeps those that gain
// most. Each trial scores the team again; only the relevance of evidence, which
// no step changes, is kept.
func (q *question) raise(p *profile, now float64) []Step {
	out := []Step{}
	for _, s := range q.candidates(p) {
		s.Score = q.score(p.with(Apply(p.t, s), q)).Value
		s.Gain = s.Score - now
		if s.Gain > 1e-6 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Step) int {
		return cmp.Or(cmp.Compare(math.Round(b.Gain*1e6), math.Round(a.Gain*1e6)), strings.Compare(a.Action, b.Action),
			strings.Compare(a.Tag, b.Tag), strings.Compare(a.Title, b.Title))
	})
	return out[:min(steps, len(out))]
}

func (q *question) candidates(p *profile) []Step {
	var out []Step
	for _, n := range q.needs {
		have := p.capability[n.Tag]
		if have.Level > 0 && !have.Verified {
			out = append(out, Step{Action: VerifyCapability, Tag: n.Tag, From: have.Level, To: have.Level})
		}
		if have.Level < n.Min {
			out = append(out, Step{Action: RaiseCapability, Tag: n.Tag, From: have.Level, To: n.Min})
		}
	}
	for _, e := range p.evidence {
		if !e.Verified && e.relevance > 0 && kinds[e.Kind] > 0 {
			out = append(out, Step{Action: VerifyEvidence, Tag: e.ID, Title: e.Title})
		}
	}
	if p.t.TRLHigh > 0 && p.t.TRLHigh < min(q.c.TRLTarget, 9) {
		out = append(out, Step{Action: RaiseTRL, From: p.t.TRLHigh, To: p.t.TRLHigh + 1})
	}
	for i, d := range q.c.Domains {
		if p.domain[d] == 0 && !slices.Contains(q.c.Domains[:i], d) {
			out = append(out, Step{Action: AddDomain, Tag: d, To: 3})
		}
	}
	return out
}

// with is the profile of the changed team, with the relevances already found.
func (p *profile) with(t Team, q *question) *profile {
	known := map[string]float64{}
	for _, e := range p.evidence {
		known[e.Kind+"\x00"+e.Title+"\x00"+e.Text+"\x00"+strings.Join(e.Tags, ",")] = e.relevance
	}
	bare := t
	bare.Evidence = nil
	out := q.profile(bare)
	out.t = t
	for _, e := range t.Evidence {
		out.evidence = append(out.evidence, item{e, known[e.Kind+"\x00"+e.Title+"\x00"+e.Text+"\x00"+strings.Join(e.Tags, ",")]})
	}
	slices.SortStableFunc(out.evidence, q.stronger)
	return out
}
