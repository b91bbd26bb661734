package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"jiebang/matching/explain"
	"jiebang/matching/gate"
	"jiebang/matching/likeness"
)

// reading is what the words of a pair say; no step of advice changes it.
type reading struct {
	value     float64   // likeness of all evidence
	relevance []float64 // of each piece, 0 to 1
}

func (e *Engine) reading(a *Asked, p *Prepared) reading {
	r := reading{relevance: make([]float64, len(p.items))}
	if len(p.items) > 0 {
		r.value = max(0, e.like.Score(a.doc, p.profile))
	}
	for i := range p.items {
		r.relevance[i] = e.relevance(a, &p.items[i])
	}
	return r
}

// relevance of a piece of evidence, 0 to 1, from two witnesses: the tags it
// bears and the words it shares. 1 − (1−tags)(1−words), where a tag asked for
// is worth TagTrust and a relative of one that much of it, and the words are
// cos²/(cos² + WordsHalf²) of the TF-IDF cosine: a shared character or two is
// nothing. It depends on this piece and the challenge alone, so that no piece
// spoils another.
func (e *Engine) relevance(a *Asked, v *item) float64 {
	byTag := 0.0
	for _, t := range v.tags {
		byTag = max(byTag, a.near[t])
	}
	for _, t := range v.odd {
		if a.odd[t] {
			byTag = 1
		}
	}
	cos := 0.0
	for _, w := range v.terms {
		switch {
		case w.Term >= unknownWord:
			cos += float64(w.Weight) * a.newer[w.Term]
		case int(w.Term) < len(a.known):
			cos += float64(w.Weight) * a.known[w.Term]
		}
	}
	half := e.w.WordsHalf * e.w.WordsHalf
	return 1 - (1-e.w.TagTrust*byTag)*(1-cos*cos/(cos*cos+half))
}

// leaves takes down what the shares are made of; nil takes down nothing.
type leaves struct {
	of   float64 // what one full share is worth
	list []explain.Sum
	args map[string]any
}

func (l *leaves) add(name string, share float64, args map[string]any) {
	l.list = append(l.list, explain.Leaf(name, l.of*share, args))
}

// z is the weighed sum of the eight shares, 0 to 1. The same code scores and
// explains: where give is not nil it is handed every part.
func (e *Engine) z(a *Asked, p *Prepared, r reading, per float64, give func(explain.Sum)) float64 {
	z := 0.0
	for i, weight := range e.w.of() {
		var l *leaves
		if give != nil {
			l = &leaves{of: weight * per}
		}
		share, asked := e.share(i, a, p, r, l)
		if !asked {
			share = e.w.Neutral
		}
		z += weight * share
		if give == nil {
			continue
		}
		s := explain.Sum{Name: partNames[i], Value: weight * per * share, Args: l.args, Parts: l.list}
		if !asked {
			s.Args, s.Parts = map[string]any{"asked": false}, nil
		}
		give(s)
	}
	return z
}

// share is how much of what a part asks the team has, 0 to 1; false says that
// nothing is asked.
func (e *Engine) share(part int, a *Asked, p *Prepared, r reading, l *leaves) (float64, bool) {
	switch part {
	case capability:
		return e.shareCapability(a, p, l), len(a.needs) > 0
	case domain:
		return e.shareDomain(a, p, l), len(a.doms) > 0
	case words:
		return e.shareText(a, p, r, l), true
	case evidence:
		return e.shareEvidence(p, r, l), true
	case trl:
		return shareTRL(a, p, l), a.c.TRLTarget > 0 && a.c.TRLTarget >= a.c.TRLCurrent
	case track:
		return e.shareTrack(p, l), true
	case chain:
		return e.shareChain(a, p, l), a.c.Chain != ""
	}
	return e.shareCodes(a, p, l), len(a.ipc)+len(a.discs) > 0
}

// shareCapability is the mean claim on the capabilities asked for, weighed by
// what it tells to hold them, a must by Must more. A claim is level/5, and half
// of it while only declared.
func (e *Engine) shareCapability(a *Asked, p *Prepared, l *leaves) float64 {
	total, sum := 0.0, 0.0
	for _, n := range a.needs {
		total += e.needWeight(n)
	}
	for _, n := range a.needs {
		have := p.skills[n.Tag]
		v := e.needWeight(n) / total * e.claim(have)
		sum += v
		if l != nil {
			l.add("need", v, map[string]any{"tag": n.Tag, "must": n.Must, "min_level": n.Min, "level": have.Level, "verified": have.Verified})
		}
	}
	return sum
}

func (e *Engine) needWeight(n gate.Need) float64 {
	v := e.holders.tells(n.Tag)
	if n.Must {
		v *= e.w.Must
	}
	return v
}

// shareDomain finds for each domain asked for the held one that is nearest and
// most the team's own: Σ P(x)·max_y S(x,y)·h(y). The maximum, and not a mean
// over what a team holds, so that a wide team is not thinned and no added
// domain or level ever costs.
func (e *Engine) shareDomain(a *Asked, p *Prepared, l *leaves) float64 {
	sum := 0.0
	for _, d := range a.doms {
		var best held
		value := 0.0
		if d.tag == "" {
			value = e.w.Neutral
		}
		for _, h := range p.held {
			if v := d.to(h) * h.value; v > value && d.tag != "" {
				value, best = v, h
			}
		}
		sum += d.share * value
		if l == nil {
			continue
		}
		if d.tag == "" {
			l.add("open", d.share*value, map[string]any{"asked": false})
			continue
		}
		l.add("domain_tag", d.share*value, map[string]any{"tag": d.tag, "primary": d.primary, "guessed": d.guessed, "by": best.tag,
			"level": best.level, "near": round3(d.to(best)), "evidenced": round3(best.evidenced)})
	}
	return sum
}

// to is how near a held domain is.
func (d askedDomain) to(h held) float64 {
	switch {
	case h.tag == d.tag && h.tag != "":
		return 1
	case d.near == nil || h.index < 0 || int(h.index) >= len(d.near):
		return 0
	}
	return d.near[h.index]
}

// shareText is T/(T + TextHalf) of the likeness T of all evidence, newer pieces
// counting more. T is a root mean square over the evidence, so that many pieces
// are not more alike than few; it depends on neither verification nor kind.
// Shared out over the pieces as likeness does.
func (e *Engine) shareText(a *Asked, p *Prepared, r reading, l *leaves) float64 {
	share := r.value / (r.value + e.w.TextHalf)
	if l == nil || r.value == 0 {
		return share
	}
	for i, v := range e.like.Compare(a.doc, p.profile).Evidence {
		if v != 0 {
			l.add("item", share*v/r.value, p.items[i].args())
		}
	}
	return share
}

// shareEvidence is the mean relevance of what a team has to show,
//
//	Σ strength·relevance / (Σ worth + Few)
//
// where worth is the strength a piece would have if it were verified and the
// lead's own. A mean, so that many pieces are not more than few; against Few
// pieces of nothing, so that one piece alone does not make a master; and
// against worth, so that verifying a piece can only help.
func (e *Engine) shareEvidence(p *Prepared, r reading, l *leaves) float64 {
	worth := e.w.Few
	for i := range p.items {
		worth += p.items[i].worth
	}
	sum := 0.0
	for i := range p.items {
		v := p.items[i].strength * r.relevance[i] / worth
		sum += v
		if l != nil && v > 0 {
			args := p.items[i].args()
			args["relevance"] = round3(r.relevance[i])
			l.add("item", v, args)
		}
	}
	if l != nil {
		slices.SortStableFunc(l.list, func(a, b explain.Sum) int { return cmp.Compare(b.Value, a.Value) })
	}
	return sum
}

func (v *item) args() map[string]any {
	id := v.ID
	if id == "" {
		id = v.Kind + ":" + v.Title
	}
	return map[string]any{"evidence": id, "kind": v.Kind, "title": v.Title, "year": v.Year, "verified": v.Verified}
}

// shareTRL is the share of the readiness levels from current to target that the
// team works at: the rule of the house, each level worth the same, with no
// constant that nobody measured.
func shareTRL(a *Asked, p *Prepared, l *leaves) float64 {
	lo, hi := a.c.TRLCurrent, a.c.TRLTarget
	if hi <= 0 || hi < lo {
		return 0
	}
	if l != nil {
		l.args = map[string]any{"current": lo, "target": hi, "low": p.t.TRLLow, "high": p.t.TRLHigh}
	}
	return float64(max(0, min(hi, p.t.TRLHigh)-max(lo, p.t.TRLLow)+1)) / float64(hi-lo+1)
}

// shareTrack is the mean of two smoothed rates, (successes + prior·rate) / (contracts
// + prior): a short history is neither punished nor trusted. A terminated
// contract fails both; an exempt one is left out.
func (e *Engine) shareTrack(p *Prepared, l *leaves) float64 {
	t := p.t.Track
	n := max(0, t.Completed+t.Terminated-t.Exempt)
	rate := func(good int) float64 {
		return (float64(min(max(good, 0), n)) + e.w.Prior*e.w.PriorRate) / (float64(n) + e.w.Prior)
	}
	if l != nil {
		l.args = map[string]any{"contracts": n}
		l.add("on_time", rate(t.OnTime)/2, map[string]any{"good": t.OnTime, "of": n})
		l.add("first_pass", rate(t.FirstPass)/2, map[string]any{"good": t.FirstPass, "of": n})
	}
	return rate(t.OnTime)/2 + rate(t.FirstPass)/2
}

func (e *Engine) shareChain(a *Asked, p *Prepared, l *leaves) float64 {
	share, by := 0.0, ""
	for _, c := range p.chains {
		switch {
		case c == a.c.Chain:
			share, by = 1, c
		case share < e.w.Mapped && a.mapped[c]:
			share, by = e.w.Mapped, c
		}
	}
	if l != nil {
		l.args = map[string]any{"asked": a.c.Chain, "by": by}
	}
	return share
}

// shareCodes compares IPC subclasses (F16C) — a shared class (F16) counts by
// SameClass — and first-level disciplines (460).
func (e *Engine) shareCodes(a *Asked, p *Prepared, l *leaves) float64 {
	sum, n := 0.0, float64(len(a.ipc)+len(a.discs))
	for _, c := range a.ipc {
		share := 0.0
		for _, h := range p.ipc {
			switch {
			case h == c:
				share = 1
			case len(h) >= 3 && len(c) >= 3 && h[:3] == c[:3]:
				share = max(share, e.w.SameClass)
			}
		}
		sum += share / n
		if l != nil {
			l.add("ipc", share/n, map[string]any{"id": c})
		}
	}
	for _, d := range a.discs {
		share := 0.0
		if slices.Contains(p.discs, d) {
			share = 1
		}
		sum += share / n
		if l != nil {
			l.add("discipline", share/n, map[string]any{"id": d})
		}
	}
	return sum
}

func round3(v float64) float64 { return math.Round(v*1000) / 1000 }

// strongest is how many words a match shows.
const strongest = 8

// Explain is a pair with all its reasons, and no place.
//
// The score is a function of the sum z alone, so each part has its score in
// proportion to its share of z: these are the Aumann–Shapley values along the
// way from nothing to the team, the only shares that add up, give equal parts
// equal credit and do not depend on the order in which parts are counted.
func (e *Engine) Explain(a *Asked, p *Prepared) Match {
	r := e.reading(a, p)
	z := e.z(a, p, r, 1, nil)
	score := e.scale.score(z)
	sum := explain.Sum{Name: "match", Value: score, Args: map[string]any{"version": e.w.Version}}
	per := 0.0
	if z > 0 {
		per = score / z
		e.z(a, p, r, per, func(part explain.Sum) { sum.Parts = append(sum.Parts, part) })
	}
	gates := gate.Bid(e.gate(a, p, a.needs))
	return Match{
		Line:  Line{Team: p.t.Code, Challenge: a.c.Code, Score: score, Z: z, Eligible: !gate.Blocked(gates)},
		Gates: gates, Sum: sum, Words: e.wordsOf(a, p, r, e.w.Text*per), Missing: missing(a, p), Raise: e.Counterfactuals(a, p), Rate: e.scale.rate(z),
		Version: e.w.Version, Models: e.models,
	}
}

// wordsOf is the part "text" by the words that made it: the strongest, and a
// rest of weaker words, single characters, and what is alike in sense alone.
func (e *Engine) wordsOf(a *Asked, p *Prepared, r reading, of float64) explain.Sum {
	share := e.shareText(a, p, r, nil)
	out := explain.Sum{Name: partNames[words], Value: of * share}
	if r.value == 0 {
		return out
	}
	terms := slices.DeleteFunc(e.like.Compare(a.doc, p.profile).Terms, func(t likeness.Term) bool { return utf8.RuneCountInString(t.Term) < 2 })
	slices.SortStableFunc(terms, func(x, y likeness.Term) int {
		return cmp.Or(cmp.Compare(y.Value, x.Value), strings.Compare(x.Term, y.Term))
	})
	rest := out.Value
	for _, t := range terms[:min(strongest, len(terms))] {
		v := of * share * t.Value / r.value
		out.Parts = append(out.Parts, explain.Leaf("word", v, map[string]any{"id": t.Term}))
		rest -= v
	}
	out.Parts = append(out.Parts, explain.Leaf("rest", rest, nil))
	return out
}

// gate is what the hard conditions are asked.
func (e *Engine) gate(a *Asked, p *Prepared, needs []gate.Need) gate.Question {
	q := gate.Question{
		At: e.cat.At, Owner: a.c.Owner, Type: a.c.Type, InProvinceOnly: a.c.InProvinceOnly, EnterpriseOnly: a.c.EnterpriseOnly, Needs: needs,
		Team: p.t.Code, Home: p.t.Home, Levels: p.levels, Ongoing: p.t.Ongoing, Max: p.t.Max, Records: p.t.Records,
	}
	switch {
	case len(a.links) == 0:
		q.Links = p.links
	case len(p.links) == 0:
		q.Links = a.links
	default:
		q.Links = slices.Concat(p.links, a.links)
	}
	return q
}

func missing(a *Asked, p *Prepared) []Gap {
	out := []Gap{}
	for _, n := range a.needs {
		if l := p.skills[n.Tag].Level; l < n.Min {
			out = append(out, Gap{n.Tag, n.Name, n.Must, n.Min, l})
		}
	}
	slices.SortStableFunc(out, func(a, b Gap) int { return -compareBool(a.Must, b.Must) })
	return out
}
