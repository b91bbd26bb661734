package fit

import (
	"cmp"
	"hash/fnv"
	"slices"

	"jiebang/matching/gate"
	"jiebang/matching/index"
	"jiebang/matching/text"
)

// The sum z is not linear, but most of it nearly is: what a team has and what a
// challenge asks can each be written down as one sparse vector so that their
// product follows z closely. An index finds the teams with the largest products
// without touching the others; they alone are then scored in full. What the
// vectors leave out, or bend: that a piece of evidence counts once for all it
// bears, that likeness is a root mean square of three channels (here
// the mean of one), and the track record, which everybody has.

// word is the term of a word. Words have the highest bit set, tags and codes have
// not; both are digests, so that a vector outlives the models.
func (e *Engine) word(term uint32) index.Term { return index.Term(e.like.Number(term)) }

// leastNear is the nearness below which a relative of a held domain is left out.
const leastNear = 0.05

// perCosine is how much of the part "text" one unit of the mean cosine brings
// on average, where lists are read.
const perCosine = 1.5

type sparse map[index.Term]float64

func (s sparse) most(kind, code string, v float64) { t := term(kind, code); s[t] = max(s[t], v) }
func (s sparse) add(kind, code string, v float64)  { s[term(kind, code)] += v }

func term(kind, code string) index.Term {
	h := fnv.New32a()
	h.Write([]byte(kind + ":" + code))
	return index.Term(h.Sum32() &^ unknownWord)
}

func (s sparse) weights() []index.Weight {
	out := make([]index.Weight, 0, len(s))
	for t, v := range s {
		if v > 0 {
			out = append(out, index.Weight{Term: t, Value: float32(v)})
		}
	}
	slices.SortFunc(out, func(a, b index.Weight) int { return cmp.Compare(a.Term, b.Term) })
	return out
}

// Has is what a team has, for the first stage of a search. Linear in its words,
// its evidence and the relatives of its domains.
func (e *Engine) Has(p *Prepared) []index.Weight {
	s := sparse{}
	for tag, l := range p.skills {
		s.most("skill", tag, e.claim(l))
	}
	for _, h := range p.held {
		s.most("domain", h.tag, h.value)
		e.relatives(h.tag, func(code string, near float64) { s.most("domain", code, near*h.value) })
	}
	e.hasEvidence(p, s)
	for l := max(1, p.t.TRLLow); l <= min(9, p.t.TRLHigh); l++ {
		s.most("trl", string(rune('0'+l)), 1)
	}
	for _, c := range p.chains {
		s.most("chain", c, 1)
	}
	for _, c := range p.ipc {
		s.most("ipc", c, 1)
		s.most("ipc", c[:min(3, len(c))], 1)
	}
	for _, c := range p.discs {
		s.most("discipline", c, 1)
	}
	return s.weights()
}

// relatives are the domains near to one, the one itself left out.
func (e *Engine) relatives(tag string, give func(code string, near float64)) {
	for j, near := range e.near(tag) {
		if near >= leastNear && e.codes[j] != tag {
			give(e.codes[j], near)
		}
	}
}

// hasEvidence adds the mean of the words of the evidence, newer pieces counting
// more, and for each tag borne the strengths of the pieces that bear it.
func (e *Engine) hasEvidence(p *Prepared, s sparse) {
	total := 0.0
	proofs := map[string][]float64{}
	for i := range p.items {
		v := &p.items[i]
		total += v.recent
		for _, t := range v.tags {
			proofs[e.codes[t]] = append(proofs[e.codes[t]], v.strength)
		}
		for _, t := range v.odd {
			proofs[t] = append(proofs[t], v.strength)
		}
	}
	for i := range p.items {
		for _, w := range p.items[i].terms {
			s[e.word(w.Term)] += float64(w.Weight) * p.items[i].recent / total
		}
	}
	for tag, list := range proofs {
		v := halved(list)
		s.most("proof", tag, v)
		e.relatives(tag, func(code string, near float64) { s.most("proof", code, near*v) })
	}
}

// Asks is what a challenge asks for, for the first stage of a search.
func (e *Engine) Asks(a *Asked) []index.Weight {
	s := sparse{}
	total := 0.0
	for _, n := range a.needs {
		total += e.needWeight(n)
	}
	for _, n := range a.needs {
		s.add("skill", n.Tag, e.w.Capability*e.needWeight(n)/total)
	}
	e.asksDomains(a, s)
	for _, w := range e.like.Sparse(a.doc) {
		s[e.word(w.Term)] += e.w.Text * perCosine * float64(w.Weight)
	}
	if lo, hi := max(1, a.c.TRLCurrent), min(9, a.c.TRLTarget); lo <= hi {
		for l := lo; l <= hi; l++ {
			s.add("trl", string(rune('0'+l)), e.w.TRL/float64(hi-lo+1))
		}
	}
	if a.c.Chain != "" {
		s.add("chain", a.c.Chain, e.w.Chain)
		for c := range a.mapped {
			s.most("chain", c, e.w.Chain*e.w.Mapped)
		}
	}
	n := float64(len(a.ipc) + len(a.discs))
	for _, c := range a.ipc {
		s.add("ipc", c, e.w.Codes/n*(1-e.w.SameClass))
		s.add("ipc", c[:min(3, len(c))], e.w.Codes/n*e.w.SameClass)
	}
	for _, c := range a.discs {
		s.add("discipline", c, e.w.Codes/n)
	}
	return s.weights()
}

// asksDomains asks for the domains, and for evidence that bears them or the
// capabilities. A piece counts once for all that it bears, so the evidence
// asked for is shared out.
func (e *Engine) asksDomains(a *Asked, s sparse) {
	proof := e.w.Evidence * e.w.TagTrust
	n := float64(len(a.needs) + len(a.doms))
	for _, d := range a.doms {
		if d.tag == "" {
			continue
		}
		s.add("domain", d.tag, e.w.Domain*d.share)
		s.add("proof", d.tag, proof/n)
	}
	for _, need := range a.needs {
		s.add("proof", need.Tag, proof/n)
	}
}

// Entry is a team in plain words, for a search that knows only words: its tags,
// and all its evidence says.
func (e *Engine) Entry(p *Prepared) (labels, said []string) {
	for _, l := range p.t.Capabilities {
		labels = append(labels, "skill:"+l.Tag)
	}
	for _, h := range p.held {
		labels = append(labels, "domain:"+h.tag)
	}
	for _, c := range p.chains {
		labels = append(labels, "chain:"+c)
	}
	for i := range p.items {
		said = append(said, text.Tokens(p.items[i].copies[0].words())...)
	}
	return unique(labels), unique(said)
}

// EntriesFor are the words by which a search finds entries for a challenge, the
// tags asked for and their near relatives first, then the n words of its prose
// that weigh most.
func (e *Engine) EntriesFor(a *Asked, n int) []string {
	var out []string
	for _, need := range a.needs {
		out = append(out, "skill:"+need.Tag)
	}
	for _, d := range a.doms {
		if d.tag != "" {
			out = append(out, "domain:"+d.tag)
			e.relatives(d.tag, func(code string, near float64) {
				if near >= closeKin {
					out = append(out, "domain:"+code)
				}
			})
		}
	}
	return append(unique(out), e.like.Words(a.doc, n)...)
}

// closeKin is the nearness from which a relative stands for a domain in a search
// that cannot weigh.
const closeKin = 0.3

// At is the same engine at another instant and with other links between units:
// what the gates are asked. The instant must lie in the same year, against which
// evidence ages.
func (e *Engine) At(q Catalogue) *Engine {
	out := *e
	out.cat.At, out.cat.Links, out.above = q.At, q.Links, linksByChild(q.Links)
	return &out
}

// Standing is a team made ready before with what the gates ask of it as it is
// now — its unit, its load, the records against it —, without reading its
// words again.
func (e *Engine) Standing(p *Prepared, home gate.Org, ongoing, most int, records []gate.Record) *Prepared {
	out := *p
	out.t.Home, out.t.Ongoing, out.t.Max, out.t.Records = home, ongoing, most, records
	out.links = e.linksOf(home.Code)
	return &out
}

// Again is a challenge made ready before with the owner, and the links above
// it, as they are now.
func (e *Engine) Again(a *Asked, owner gate.Org) *Asked {
	out := *a
	out.c.Owner, out.links = owner, e.linksOf(owner.Code)
	return &out
}
