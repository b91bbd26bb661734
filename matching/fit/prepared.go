package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jiebang/matching/gate"
	"jiebang/matching/likeness"
	"jiebang/matching/tags"
	"jiebang/matching/text"
)

// Prepared is a team made ready to be compared with challenges. It never
// changes; an edited team is prepared anew.
type Prepared struct {
	t       Team
	skills  map[string]Level // the best claim of each capability
	levels  map[string]int   // for the gate
	held    []held           // domains, by tag
	items   []item           // evidence, in an order of its own
	profile *likeness.Profile
	chains  []string
	ipc     []string
	discs   []string
	links   []gate.Link // above the home
}

// held is a domain of a team and how far it is its own, 0 to 1.
type held struct {
	tag       string
	index     int32 // -1 where the catalogue does not have it
	level     int   // stated
	evidenced float64
	value     float64
}

// item is a piece of evidence, and all that does not depend on a challenge.
// Copies, pieces of one kind that say the same, are one item: a copy proves
// nothing. It is as strong and as new as the best of them.
type item struct {
	Evidence            // the strongest copy
	copies   []Evidence // by id
	strength float64    // kind · role · verified · age
	worth    float64    // kind · age
	recent   float64    // age alone
	terms    []likeness.Weight
	tags     []int32
	odd      []string // tags the catalogue does not have
}

// Team makes a team ready. Linear in the words of its evidence.
func (e *Engine) Team(t Team) *Prepared {
	p, docs := e.team(t, e.like.Read)
	weights := make([]float64, len(docs))
	for i := range p.items {
		weights[i] = p.items[i].recent
	}
	p.profile = e.like.Profile(docs, weights)
	return p
}

// Glance makes a team ready for Has and Entry alone, in a fraction of the time: what
// an index of many teams is made from.
func (e *Engine) Glance(t Team) *Prepared {
	p, _ := e.team(t, e.like.Skim)
	return p
}

func (e *Engine) team(t Team, read func(string) *likeness.Doc) (*Prepared, []*likeness.Doc) {
	t.Domains, t.Capabilities, t.Evidence, t.Records = slices.Clone(t.Domains), slices.Clone(t.Capabilities), slices.Clone(t.Evidence), slices.Clone(t.Records)
	p := &Prepared{t: t, chains: unique(t.Chains), ipc: prefixes(t.IPC, 4), discs: prefixes(t.Disciplines, 3), links: e.linksOf(t.Home.Code)}
	var docs []*likeness.Doc
	for _, i := range e.distinct(t.Evidence) {
		d := read(i.copies[0].words())
		i.terms = e.like.Sparse(d)
		i.tags, i.odd = e.tagsOf(i.copies)
		p.items, docs = append(p.items, i), append(docs, d)
	}
	e.claims(p)
	return p, docs
}

// distinct is the evidence that counts, in an order of its own that no step
// changes, so that sums over it stay the same to the bit.
func (e *Engine) distinct(list []Evidence) []item {
	keys, at := []string{}, map[string][]Evidence{}
	for _, v := range list {
		if e.w.Kinds[v.Kind].Worth > 0 {
			k := v.Kind + "\n" + text.Fold(v.words())
			if at[k] == nil {
				keys = append(keys, k)
			}
			at[k] = append(at[k], v)
		}
	}
	slices.Sort(keys)
	out := make([]item, len(keys))
	for i, k := range keys {
		v := &out[i]
		v.copies = at[k]
		slices.SortFunc(v.copies, func(a, b Evidence) int {
			return cmp.Or(strings.Compare(a.ID, b.ID), cmp.Compare(b.Year, a.Year), -compareBool(a.Verified, b.Verified), strings.Compare(a.Role, b.Role),
				strings.Compare(a.Title, b.Title), strings.Compare(a.Text, b.Text))
		})
		for _, c := range v.copies {
			v.recent = max(v.recent, e.recent(c))
			v.worth = e.w.Kinds[c.Kind].Worth * v.recent
		}
	}
	return out
}

// tagsOf are the tags that copies carry or, where they carry none, those whose
// names stand in their words.
func (e *Engine) tagsOf(copies []Evidence) (known []int32, odd []string) {
	var list []string
	for _, v := range copies {
		list = append(list, v.Tags...)
	}
	if len(list) == 0 {
		for _, m := range []*tags.Model{e.tags, e.skills} {
			for _, n := range m.Named(copies[0].words()) {
				list = append(list, n.Code)
			}
		}
	}
	for _, code := range unique(list) {
		if i, ok := e.index[code]; ok {
			known = append(known, i)
		} else {
			odd = append(odd, code)
		}
	}
	return known, odd
}

// recent is 2^(−age/half-life); what stands, or is yet to come, is new.
func (e *Engine) recent(v Evidence) float64 {
	age, half := e.year-v.Year, e.w.Kinds[v.Kind].HalfLife
	if v.Year <= 0 || age <= 0 || half == 0 {
		return 1
	}
	return math.Exp2(-float64(age) / half)
}

// strength is what a piece proves, whatever it proves: kind · role · verified · age.
func (e *Engine) strength(v Evidence) float64 {
	s := e.w.Kinds[v.Kind].Worth * e.recent(v)
	if !v.Verified {
		s *= e.w.Declared
	}
	if v.Role != "" && v.Role != "lead" {
		s *= e.w.Participant
	}
	return s
}

// claims works out what follows from levels and verification: all that a step
// may change, so that it is redone after one and the texts are not.
func (e *Engine) claims(p *Prepared) {
	p.skills, p.levels = make(map[string]Level, len(p.t.Capabilities)), make(map[string]int, len(p.t.Capabilities))
	for _, c := range p.t.Capabilities {
		old, ok := p.skills[c.Tag]
		if v, was := e.claim(c), e.claim(old); !ok || v > was || v == was && c.Level > old.Level {
			p.skills[c.Tag] = c
		}
		p.levels[c.Tag] = max(p.levels[c.Tag], c.Level)
	}
	proofs := map[int32][]float64{}
	for i := range p.items {
		v := &p.items[i]
		v.strength = -1
		for _, c := range v.copies {
			if s := e.strength(c); s > v.strength {
				v.Evidence, v.strength = c, s
			}
		}
		for _, t := range v.tags {
			if int(t) < e.domains {
				proofs[t] = append(proofs[t], v.strength)
			}
		}
	}
	stated := slices.Clone(p.t.Domains)
	for t := range proofs {
		stated = append(stated, Level{Tag: e.codes[t]})
	}
	slices.SortFunc(stated, byLevel)
	stated = slices.CompactFunc(stated, func(a, b Level) bool { return a.Tag == b.Tag })
	p.held = make([]held, 0, len(stated))
	for _, l := range stated {
		h := held{tag: l.Tag, index: -1, level: min(max(l.Level, 0), 5)}
		if i, ok := e.index[l.Tag]; ok {
			h.index, h.evidenced = i, halved(proofs[i])
		}
		claim := float64(h.level) / 5
		h.value = claim + (1-claim)*e.w.Shown*h.evidenced
		p.held = append(p.held, h)
	}
}

// claim is level/5, less while only declared.
func (e *Engine) claim(l Level) float64 {
	v := float64(min(max(l.Level, 0), 5)) / 5
	if !l.Verified {
		v *= e.w.Declared
	}
	return v
}

// halved adds up proofs of 0 to 1, each next strongest at half the weight of
// the last: Σ x₍ₖ₎/2ᵏ, 0 to 1. It rises with every proof, and the tenth buys a
// thousandth at most. The list is sorted in place.
func halved(list []float64) float64 {
	slices.SortFunc(list, func(a, b float64) int { return cmp.Compare(b, a) })
	sum, half := 0.0, 0.5
	for _, x := range list {
		sum += x * half
		half /= 2
	}
	return sum
}
