package fit

import (
	"cmp"
	"slices"
	"strings"
)

// Step is a change a team can make, and what the model says after it: the
// score is computed anew, never extrapolated. It follows from the team's own
// facts and the public challenge; only the places, where they are filled in by
// Placed, tell anything of others.
type Step struct {
	Action    string  `json:"action"` // see Apply
	Tag       string  `json:"tag,omitempty"`
	Title     string  `json:"title,omitempty"`
	From      int     `json:"from,omitempty"`
	To        int     `json:"to,omitempty"`
	Gain      float64 `json:"gain"`
	Score     float64 `json:"score"`
	Z         float64 `json:"z"`
	PlaceFrom int     `json:"place_from,omitempty"` // 0 where the reader may not see places
	PlaceTo   int     `json:"place_to,omitempty"`
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

// Counterfactuals are the single changes that would raise the score most, each
// applied to the team and scored by the same code as the team itself: Score and
// Z are to the bit those of Apply's team. Words are read once, since no step
// changes them.
func (e *Engine) Counterfactuals(a *Asked, p *Prepared) []Step {
	r := e.reading(a, p)
	now := e.z(a, p, r, 1, nil)
	before := e.scale.score(now)
	out := []Step{}
	for _, s := range e.candidates(a, p, r) {
		if s.Z = e.z(a, e.after(p, s), r, 1, nil); s.Z > now+1e-9 {
			s.Score = e.scale.score(s.Z)
			s.Gain = s.Score - before
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Step) int {
		return cmp.Or(cmp.Compare(level(b.Z), level(a.Z)), strings.Compare(a.Action, b.Action),
			strings.Compare(a.Tag, b.Tag), strings.Compare(a.Title, b.Title))
	})
	return out[:min(steps, len(out))]
}

// after is the team with the step made; its texts are those it had.
func (e *Engine) after(p *Prepared, s Step) *Prepared {
	q := *p
	q.t = Apply(p.t, s)
	q.items = slices.Clone(p.items)
	if s.Action == VerifyEvidence {
		for i := range q.items {
			copies := slices.Clone(q.items[i].copies)
			for j, v := range copies {
				copies[j].Verified = v.Verified || s.proves(v)
			}
			q.items[i].copies = copies
		}
	}
	e.claims(&q)
	return &q
}

func (e *Engine) candidates(a *Asked, p *Prepared, r reading) []Step {
	var out []Step
	for _, n := range a.needs {
		have := p.skills[n.Tag]
		if have.Level > 0 && !have.Verified {
			out = append(out, Step{Action: VerifyCapability, Tag: n.Tag, From: have.Level, To: have.Level})
		}
		if have.Level < n.Min {
			out = append(out, Step{Action: RaiseCapability, Tag: n.Tag, From: have.Level, To: n.Min})
		}
	}
	for i, item := range p.items {
		for _, v := range item.copies {
			if !v.Verified && r.relevance[i] > 0 {
				out = append(out, Step{Action: VerifyEvidence, Tag: v.ID, Title: v.Title})
			}
		}
	}
	if p.t.TRLHigh > 0 && p.t.TRLHigh < min(a.c.TRLTarget, 9) {
		out = append(out, Step{Action: RaiseTRL, From: p.t.TRLHigh, To: p.t.TRLHigh + 1})
	}
	for _, d := range a.doms {
		if !d.guessed && !slices.ContainsFunc(p.held, func(h held) bool { return h.tag == d.tag && h.level > 0 }) {
			out = append(out, Step{Action: AddDomain, Tag: d.tag, To: 3})
		}
	}
	return out
}

// Placed is the steps with the places they lead from and to in a list that the
// reader may see, all else as it was: whoever else moves up or down is not
// reckoned with. Lines must be as List gives them. It changes nothing but the
// two places.
func Placed(list []Step, me Line, lines []Line) []Step {
	out := slices.Clone(list)
	before := 0 // lines that stand before all of the same eligibility
	same := lines
	if at := slices.IndexFunc(lines, func(l Line) bool { return !l.Eligible }); at >= 0 {
		same = lines[:at]
		if !me.Eligible {
			before, same = at, lines[at:]
		}
	}
	for i := range out {
		n, _ := slices.BinarySearchFunc(same, level(out[i].Z), func(l Line, z float64) int { return cmp.Compare(z, level(l.Z)) })
		out[i].PlaceFrom, out[i].PlaceTo = me.Place, before+n+1
	}
	return out
}
