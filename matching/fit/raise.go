package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jiebang/matching/explain"
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
			t.Evidence[i].Verified = e.Verified || s.proves(e)
		}
	case RaiseTRL:
		t.TRLHigh = max(t.TRLHigh, s.To)
	case AddDomain:
		t.Domains = append(t.Domains, Level{Tag: s.Tag, Level: s.To})
	}
	return t
}

// proves says whether the step is about this piece of evidence.
func (s Step) proves(e Evidence) bool {
	if e.ID != "" {
		return e.ID == s.Tag
	}
	return s.Tag == "" && e.Title == s.Title
}

// raise tries every single change that could matter and keeps those that gain
// most. Each trial applies the change to the team and computes the part it
// touches anew; the other parts, and the relevance of evidence, cannot change.
func (q *question) raise(p *profile, now explain.Sum) []Step {
	out := []Step{}
	for _, s := range q.candidates(p) {
		if s.Score = q.after(p, now, s); s.Score > now.Value+1e-6 {
			s.Gain = s.Score - now.Value
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Step) int {
		return cmp.Or(cmp.Compare(math.Round(b.Gain*1e6), math.Round(a.Gain*1e6)), strings.Compare(a.Action, b.Action),
			strings.Compare(a.Tag, b.Tag), strings.Compare(a.Title, b.Title))
	})
	return out[:min(steps, len(out))]
}

// after is the score with the step applied: the seven parts added in the order
// of score, so that scoring the changed team gives the same bits.
func (q *question) after(p *profile, now explain.Sum, s Step) float64 {
	changed := *p
	changed.t = Apply(p.t, s)
	var part explain.Sum
	switch s.Action {
	case VerifyCapability, RaiseCapability:
		changed.capability = q.capabilities(changed.t)
		part = q.scoreCapability(&changed)
	case AddDomain:
		changed.domain, changed.domains = domainsOf(changed.t)
		part = q.scoreDomain(&changed)
	case VerifyEvidence:
		changed.evidence = slices.Clone(p.evidence)
		for i := range changed.evidence {
			e := &changed.evidence[i]
			e.Verified = e.Verified || s.proves(e.Evidence)
		}
		slices.SortStableFunc(changed.evidence, q.stronger)
		part = q.scoreEvidence(&changed)
	case RaiseTRL:
		part = q.scoreTRL(&changed)
	}
	total := 0.0
	for _, old := range now.Parts {
		if old.Name == part.Name {
			old = part
		}
		total += old.Value
	}
	return total
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
