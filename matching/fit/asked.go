package fit

import (
	"cmp"
	"slices"
	"strings"

	"jiebang/matching/gate"
	"jiebang/matching/likeness"
)

// Asked is a challenge made ready to be compared with teams. It never changes.
type Asked struct {
	c      Challenge
	needs  []gate.Need // by tag, one each
	doms   []askedDomain
	near   []float64       // by index of tag: how near it is to the nearest tag asked for
	odd    map[string]bool // tags asked for that the catalogue does not have
	doc    *likeness.Doc
	known  []float64          // the words asked for, by number of the pool's words
	newer  map[uint32]float64 // and those the pool does not have
	ipc    []string           // subclasses
	discs  []string
	mapped map[string]bool // chains that map to the one asked for
	links  []gate.Link     // above the owner
}

// askedDomain is a domain the challenge is about, and how much of it.
type askedDomain struct {
	tag     string
	share   float64 // of all; they sum to 1
	primary bool
	guessed bool // read from the challenge's words, not stated
	near    []float64
}

// Challenge makes a challenge ready. Linear in its text.
func (e *Engine) Challenge(c Challenge) *Asked {
	a := &Asked{c: c, near: make([]float64, len(e.codes)), odd: map[string]bool{}, newer: map[uint32]float64{}, mapped: map[string]bool{}, links: e.linksOf(c.Owner.Code)}
	a.needs = slices.Clone(c.Needs)
	slices.SortFunc(a.needs, func(x, y gate.Need) int {
		return cmp.Or(strings.Compare(x.Tag, y.Tag), -compareBool(x.Must, y.Must), cmp.Compare(y.Min, x.Min), strings.Compare(x.Name, y.Name))
	})
	a.needs = slices.CompactFunc(a.needs, func(x, y gate.Need) bool { return x.Tag == y.Tag })
	a.doms = e.askedDomains(c)
	for _, d := range a.doms {
		for i, v := range d.near {
			a.near[i] = max(a.near[i], v)
		}
		if d.near == nil && d.tag != "" {
			a.odd[d.tag] = true
		}
	}
	for _, n := range a.needs {
		if i, ok := e.index[n.Tag]; ok {
			a.near[i] = 1
		} else {
			a.odd[n.Tag] = true
		}
	}
	a.read(e)
	a.ipc, a.discs = prefixes(c.IPC, 4), prefixes(c.Disciplines, 3)
	for _, to := range e.chains[c.Chain] {
		a.mapped[to] = true
	}
	for from, list := range e.chains {
		if slices.Contains(list, c.Chain) {
			a.mapped[from] = true
		}
	}
	return a
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// read makes the words of a challenge: its prose, the names of the tags it
// asks for in both languages, and what the tags named in the prose are called
// in the other one, so that English evidence is found by a Chinese challenge.
func (a *Asked) read(e *Engine) {
	c := a.c
	said := c.Title + "。" + c.Text
	for _, d := range a.doms {
		if !d.guessed {
			said += "。" + e.names[d.tag]
		}
	}
	for _, n := range a.needs {
		said += "。" + e.names[n.Tag]
	}
	said += "。" + e.tags.Bridge(c.Title+"。"+c.Text)
	a.doc = e.like.Read(said)
	for _, w := range e.like.Sparse(a.doc) {
		if w.Term >= unknownWord {
			a.newer[w.Term] = float64(w.Weight)
			continue
		}
		for int(w.Term) >= len(a.known) {
			a.known = append(a.known, make([]float64, max(64, len(a.known), int(w.Term)+1-len(a.known)))...)
		}
		a.known[w.Term] = float64(w.Weight)
	}
}

// unknownWord is the bit that likeness sets on words its pool does not have.
const unknownWord = 1 << 31

// askedDomains are the domains stated, the first with more weight, and those
// that the words suggest: these share Guessed by how sure they are. Where none
// is stated they share all, and what the words leave open is nobody's.
func (e *Engine) askedDomains(c Challenge) []askedDomain {
	var out []askedDomain
	total := 0.0
	for i, tag := range c.Domains {
		if slices.Contains(c.Domains[:i], tag) {
			continue
		}
		d := askedDomain{tag: tag, share: 1, primary: i == 0, near: e.near(tag)}
		if d.primary {
			d.share = e.w.Primary
		}
		total += d.share
		out = append(out, d)
	}
	stated := len(out)
	part := 1.0
	if stated > 0 {
		part = e.w.Guessed
		for i := range out {
			out[i].share *= (1 - e.w.Guessed) / total
		}
	}
	sum := 0.0
	for _, g := range e.tags.Guess(c.Title + "。" + c.Text) {
		if _, known := e.index[g.Code]; !known || g.P < surely {
			continue
		}
		if i := slices.IndexFunc(out, func(d askedDomain) bool { return d.tag == g.Code }); i >= 0 {
			out[i].share += part * g.P
		} else {
			out = append(out, askedDomain{tag: g.Code, share: part * g.P, guessed: true, near: e.near(g.Code)})
		}
	}
	for _, d := range out {
		sum += d.share
	}
	switch {
	case stated > 0:
		for i := range out {
			out[i].share /= sum
		}
	case sum > 0 && sum < 1:
		out = append(out, askedDomain{share: 1 - sum, guessed: true})
	}
	return out
}

// surely is how sure a guessed domain must be to count. The surest of many
// classes at less is more often wrong than right.
const surely = 0.2
