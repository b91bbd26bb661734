package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"jiebang/matching/explain"
	"jiebang/matching/gate"
	"jiebang/matching/text"
)

// model is a catalogue made ready for look-ups.
type model struct {
	w       Weights
	at      time.Time
	links   []gate.Link
	parent  map[string]string
	root    map[string]string
	longest int
	index   map[string][]string // folded label → tags
	chains  map[string][]string // chain → those it maps to
}

func newModel(cat Catalogue) *model {
	m := &model{w: cat.Weights, at: cat.At, links: cat.Links, parent: map[string]string{}, root: map[string]string{},
		index: map[string][]string{}, chains: map[string][]string{}}
	if m.w == (Weights{}) {
		m.w = Defaults()
	}
	for _, t := range cat.Tags {
		m.parent[t.Code] = t.Parent
		if t.Parent == "" {
			continue // the name of a root is too wide to prove anything
		}
		m.label(t)
	}
	for _, t := range cat.Capabilities {
		m.label(t)
	}
	for tag := range m.parent {
		root := tag
		for depth := 0; m.parent[root] != "" && depth < len(m.parent); depth++ {
			root = m.parent[root]
		}
		m.root[tag] = root
	}
	for _, c := range cat.Chains {
		m.chains[c.Code] = append(m.chains[c.Code], c.MapsTo...)
	}
	return m
}

func (m *model) label(t Tag) {
	for _, w := range append([]string{t.Name}, t.Synonyms...) {
		w = text.Fold(w)
		if n := len([]rune(w)); n >= 2 {
			m.index[w] = append(m.index[w], t.Code)
			m.longest = max(m.longest, n)
		}
	}
}

// tagsIn are the tags whose name or synonym stands in the text. Linear in the
// text times the longest label.
func (m *model) tagsIn(s string) []string {
	runes := []rune(text.Fold(s))
	var out []string
	for i := range runes {
		for n := 2; n <= m.longest && i+n <= len(runes); n++ {
			out = append(out, m.index[string(runes[i:i+n])]...)
		}
	}
	return unique(out)
}

// kin is how near two domain tags are: 1 the same, Sibling under one parent
// that is not a root, SameRoot under one root, else 0.
func (m *model) kin(a, b string) float64 {
	if a == b {
		return 1
	}
	if root := m.root[a]; root == "" || root != m.root[b] {
		return 0
	}
	if p := m.parent[a]; p == m.parent[b] && m.parent[p] != "" {
		return m.w.Sibling
	}
	return m.w.SameRoot
}

// question is a challenge made ready to be compared with teams.
type question struct {
	*model
	c      Challenge
	needs  []gate.Need // by tag
	tags   map[string]bool
	words  map[string]int
	ipc    []string // subclasses
	discs  []string
	chains map[string]bool // mapped
}

func (m *model) question(c Challenge) *question {
	q := &question{model: m, c: c, tags: map[string]bool{}, chains: map[string]bool{}}
	seen := map[string]bool{}
	for _, n := range c.Needs {
		if !seen[n.Tag] {
			seen[n.Tag] = true
			q.needs = append(q.needs, n)
		}
		q.tags[n.Tag] = true
	}
	slices.SortFunc(q.needs, func(a, b gate.Need) int { return strings.Compare(a.Tag, b.Tag) })
	for _, d := range c.Domains {
		q.tags[d] = true
	}
	q.words = text.Counts(text.Tokens(c.Title + "。" + c.Text))
	q.ipc, q.discs = unique(prefixes(c.IPC, 4)), unique(prefixes(c.Disciplines, 3))
	for _, to := range m.chains[c.Chain] {
		q.chains[to] = true
	}
	for from, list := range m.chains {
		if slices.Contains(list, c.Chain) {
			q.chains[from] = true
		}
	}
	return q
}

// profile is a team as this question sees it.
type profile struct {
	t          Team
	domain     map[string]int
	domains    []string
	capability map[string]Level
	evidence   []item
}

// item is a piece of evidence, and how much it has to do with the challenge.
type item struct {
	Evidence
	relevance float64
}

func (q *question) profile(t Team) *profile {
	p := &profile{t: t, capability: q.capabilities(t)}
	p.domain, p.domains = domainsOf(t)
	for _, e := range t.Evidence {
		p.evidence = append(p.evidence, item{e, q.relevance(e)})
	}
	slices.SortStableFunc(p.evidence, q.stronger)
	return p
}

// domainsOf is the level of each tag, and the tags in order.
func domainsOf(t Team) (map[string]int, []string) {
	levels, tags := make(map[string]int, len(t.Domains)), make([]string, 0, len(t.Domains))
	for _, d := range t.Domains {
		if _, ok := levels[d.Tag]; !ok {
			tags = append(tags, d.Tag)
		}
		levels[d.Tag] = max(levels[d.Tag], d.Level)
	}
	slices.Sort(tags)
	return levels, tags
}

// capabilities are the best claims of a team.
func (q *question) capabilities(t Team) map[string]Level {
	out := make(map[string]Level, len(t.Capabilities))
	for _, c := range t.Capabilities {
		old, ok := out[c.Tag]
		if !ok || q.claim(c) > q.claim(old) || q.claim(c) == q.claim(old) && c.Level > old.Level {
			out[c.Tag] = c
		}
	}
	return out
}

// stronger orders evidence, so that sums do not depend on the input's order.
func (q *question) stronger(a, b item) int {
	return cmp.Or(cmp.Compare(q.strength(b), q.strength(a)), strings.Compare(a.ID, b.ID),
		strings.Compare(a.Title, b.Title), strings.Compare(a.Kind, b.Kind))
}

// relevance of evidence, 0 to 1, from two independent witnesses: the tags it
// carries (or, untagged, those named in its title) that the challenge asks for
// too — a relative of one counts by its kinship — and the likeness of its
// title to the challenge's prose. 1 − (1−tags)(1−likeness).
func (q *question) relevance(e Evidence) float64 {
	tags := e.Tags
	if len(tags) == 0 {
		tags = q.tagsIn(e.Title + "。" + e.Text)
	}
	byTag := 0.0
	for _, t := range tags {
		if q.tags[t] {
			byTag = max(byTag, 0.6)
			continue
		}
		for _, d := range q.c.Domains {
			byTag = max(byTag, 0.6*q.kin(t, d))
		}
	}
	like := text.Cosine(text.Counts(text.Tokens(e.Title+"。"+e.Text)), q.words)
	if like < 0.1 {
		like = 0 // a shared character or two
	}
	return 1 - (1-byTag)*(1-min(1, 2*like))
}

// kinds are the worth of a kind of evidence; policy, not measurement.
var kinds = map[string]float64{
	"product": 1, "project": 1, "contract": 0.9, "pilot_line": 0.8, "standard": 0.8, "award": 0.7, "patent": 0.7,
	"equipment": 0.5, "software": 0.5, "paper": 0.5, "certificate": 0.5, "staff": 0,
}

// strength of evidence: kind · 2^(−age/half-life) · verified · relevance.
func (q *question) strength(e item) float64 {
	s := kinds[e.Kind] * e.relevance
	if !e.Verified {
		s *= q.w.Declared
	}
	if age := q.at.Year() - e.Year; e.Year > 0 && age > 0 {
		s *= math.Exp2(-float64(age) / q.w.HalfLife)
	}
	return s
}

// score is the sum of seven parts, each 100 · weight · share.
func (q *question) score(p *profile) explain.Sum {
	return explain.Of("match", map[string]any{"version": q.w.Version},
		q.scoreCapability(p), q.scoreDomain(p), q.scoreEvidence(p), q.scoreTRL(p), q.scoreTrack(p), q.scoreChain(p), q.scoreCodes(p))
}

// part is a sum of leaves; where nothing is asked for, nothing is lacking.
func part(name string, weight float64, args map[string]any, leaves []explain.Sum) explain.Sum {
	if len(leaves) == 0 {
		return explain.Leaf(name, 100*weight, map[string]any{"asked": false})
	}
	return explain.Of(name, args, leaves...)
}

// claim is level/5, halved while only declared.
func (q *question) claim(l Level) float64 {
	v := float64(min(max(l.Level, 0), 5)) / 5
	if !l.Verified {
		v *= q.w.Declared
	}
	return v
}

func (q *question) scoreCapability(p *profile) explain.Sum {
	total := 0.0
	for _, n := range q.needs {
		total += q.needWeight(n)
	}
	var leaves []explain.Sum
	for _, n := range q.needs {
		l := p.capability[n.Tag]
		leaves = append(leaves, explain.Leaf("need", 100*q.w.Capability*q.needWeight(n)/total*q.claim(l), map[string]any{
			"tag": n.Tag, "must": n.Must, "min_level": n.Min, "level": l.Level, "verified": l.Verified}))
	}
	return part("capability", q.w.Capability, nil, leaves)
}

func (q *question) needWeight(n gate.Need) float64 {
	if n.Must {
		return q.w.Must
	}
	return 1
}

func (q *question) scoreDomain(p *profile) explain.Sum {
	weight := func(i int) float64 {
		if i == 0 {
			return q.w.Primary
		}
		return 1
	}
	total := 0.0
	for i := range q.c.Domains {
		total += weight(i)
	}
	var leaves []explain.Sum
	for i, d := range q.c.Domains {
		best, by := 0.0, ""
		for _, have := range p.domains {
			if v := q.kin(d, have) * float64(min(p.domain[have], 5)) / 5; v > best {
				best, by = v, have
			}
		}
		leaves = append(leaves, explain.Leaf("domain_tag", 100*q.w.Domain*weight(i)/total*best, map[string]any{
			"tag": d, "primary": i == 0, "by": by, "level": p.domain[by]}))
	}
	return part("domain", q.w.Domain, nil, leaves)
}

// scoreEvidence saturates: 1 − e^(−Σstrength/saturation), shared out by strength, so
// that the second hundred papers buy nothing.
func (q *question) scoreEvidence(p *profile) explain.Sum {
	total := 0.0
	for _, e := range p.evidence {
		total += q.strength(e)
	}
	if total == 0 {
		return explain.Leaf("evidence", 0, map[string]any{"items": 0})
	}
	value := 100 * q.w.Evidence * (1 - math.Exp(-total/q.w.Saturation))
	var leaves []explain.Sum
	for _, e := range p.evidence {
		s := q.strength(e)
		if s == 0 {
			continue
		}
		id := e.ID
		if id == "" {
			id = e.Kind + ":" + e.Title
		}
		leaves = append(leaves, explain.Leaf("item", value*s/total, map[string]any{
			"evidence": id, "kind": e.Kind, "title": e.Title, "year": e.Year, "verified": e.Verified,
			"relevance": math.Round(e.relevance*1000) / 1000}))
	}
	return part("evidence", q.w.Evidence, map[string]any{"items": len(leaves)}, leaves)
}

// scoreTRL is the share of the levels from current to target that the team works at.
func (q *question) scoreTRL(p *profile) explain.Sum {
	lo, hi := q.c.TRLCurrent, q.c.TRLTarget
	if hi <= 0 || hi < lo {
		return part("trl_fit", q.w.TRL, nil, nil)
	}
	covered := max(0, min(hi, p.t.TRLHigh)-max(lo, p.t.TRLLow)+1)
	return explain.Leaf("trl_fit", 100*q.w.TRL*float64(covered)/float64(hi-lo+1), map[string]any{
		"current": lo, "target": hi, "low": p.t.TRLLow, "high": p.t.TRLHigh})
}

// scoreTrack is the mean of two smoothed rates, (successes + prior·rate) / (contracts
// + prior): a short history is neither punished nor trusted. A terminated
// contract fails both; an exempt one is left out.
func (q *question) scoreTrack(p *profile) explain.Sum {
	t := p.t.Track
	n := max(0, t.Completed+t.Terminated-t.Exempt)
	rate := func(good int) float64 {
		return (float64(min(max(good, 0), n)) + q.w.Prior*q.w.PriorRate) / (float64(n) + q.w.Prior)
	}
	half := 100 * q.w.Track / 2
	return explain.Of("track", map[string]any{"contracts": n},
		explain.Leaf("on_time", half*rate(t.OnTime), map[string]any{"good": t.OnTime, "of": n}),
		explain.Leaf("first_pass", half*rate(t.FirstPass), map[string]any{"good": t.FirstPass, "of": n}))
}

func (q *question) scoreChain(p *profile) explain.Sum {
	if q.c.Chain == "" {
		return part("chain", q.w.Chain, nil, nil)
	}
	share, by := 0.0, ""
	chains := unique(p.t.Chains)
	for _, c := range chains {
		switch {
		case c == q.c.Chain:
			share, by = 1, c
		case share < q.w.Mapped && q.chains[c]:
			share, by = q.w.Mapped, c
		}
	}
	return explain.Leaf("chain", 100*q.w.Chain*share, map[string]any{"asked": q.c.Chain, "by": by})
}

// scoreCodes compares IPC subclasses (F16C) — a shared class (F16) counts by
// SameClass — and first-level disciplines (460).
func (q *question) scoreCodes(p *profile) explain.Sum {
	var leaves []explain.Sum
	n := float64(len(q.ipc) + len(q.discs))
	have := prefixes(p.t.IPC, 4)
	for _, c := range q.ipc {
		share := 0.0
		for _, h := range have {
			switch {
			case h == c:
				share = 1
			case len(h) >= 3 && len(c) >= 3 && h[:3] == c[:3]:
				share = max(share, q.w.SameClass)
			}
		}
		leaves = append(leaves, explain.Leaf("ipc", 100*q.w.Codes*share/n, map[string]any{"id": c}))
	}
	discs := prefixes(p.t.Disciplines, 3)
	for _, d := range q.discs {
		share := 0.0
		if slices.Contains(discs, d) {
			share = 1
		}
		leaves = append(leaves, explain.Leaf("discipline", 100*q.w.Codes*share/n, map[string]any{"id": d}))
	}
	return part("codes", q.w.Codes, nil, leaves)
}

func prefixes(list []string, n int) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, s[:min(n, len(s))])
	}
	return out
}

func unique(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}
