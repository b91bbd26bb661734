package fit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"jiebang/matching/gate"
	"jiebang/matching/likeness"
	"jiebang/matching/tags"
)

// Models are what was learned. Nil models know nothing but the catalogue: words
// are compared as they stand and tags by the tree. A Reference without
// quantiles is the shipped one.
type Models struct {
	Likeness  *likeness.Model // of the pool's evidence
	Tags      *tags.Model     // of the domains
	Holders   Holders         // of the capabilities, in the pool
	Reference Reference       // of the pool's pairs
	// Embedding names whose vectors Likeness was trained with; empty where it knows
	// texts by what the pool teaches alone.
	Embedding string
}

// Holders says how many teams of a pool hold each capability, which says how
// much it tells that one does.
type Holders struct {
	Teams int            `json:"teams"`
	Of    map[string]int `json:"of"`
}

// Learning are the settings of Learn.
type Learning struct {
	Seed     uint64
	Progress func(stage string, done, total int)
	// Embed, if there, gives the vectors of texts (likeness.Options), and Embedding
	// is the name of what makes them.
	Embed     func(texts []string) ([][]float32, error)
	Embedding string
}

// ownDomain is the level from which a domain of a team labels its untagged
// evidence.
const ownDomain = 4

// Learn trains the models of words and tags on the evidence of some teams and
// the labels of the catalogue, which stand in both languages and so teach that
// their words belong together. Evidence without tags is labelled by the domains
// the team holds at level 4 or 5: what a team is strong in is what its work is
// about, near enough to learn which domains keep the same company (distant
// supervision, Mintz et al., ACL 2009). No such label is ever shown or scored.
// The order of nothing shows. The reference is left to Calibrate. It takes time
// about linear in the words of the evidence.
func Learn(cat Catalogue, teams []Team, o Learning) (Models, error) {
	tree := cleanTree(cat.Tags)
	known := map[string]bool{}
	var pool []string
	for _, t := range tree {
		known[t.Code] = true
		pool = append(pool, label(t))
	}
	for _, t := range cleanTree(cat.Capabilities) {
		pool = append(pool, label(t))
	}
	var labelled []tags.Labelled
	holders := Holders{Teams: len(teams), Of: map[string]int{}}
	for _, t := range teams {
		for _, tag := range skillsOf(t) {
			holders.Of[tag]++
		}
		for _, e := range t.Evidence {
			l := tags.Labelled{Text: e.words(), Tags: labelsOf(t, e, known)}
			pool, labelled = append(pool, l.Text), append(labelled, l)
		}
	}
	m := Models{Holders: holders, Embedding: o.Embedding}
	var err error
	if m.Likeness, err = likeness.Train(pool, likeness.Options{Seed: o.Seed, Progress: o.Progress, Embed: o.Embed}); err != nil {
		return Models{}, fmt.Errorf("learn the words of the evidence: %w", err)
	}
	if m.Tags, err = tags.Train(tree, labelled, tags.Options{Seed: o.Seed, Progress: o.Progress}); err != nil {
		return Models{}, fmt.Errorf("learn the tags: %w", err)
	}
	return m, nil
}

func labelsOf(t Team, e Evidence, known map[string]bool) []string {
	var out []string
	for _, code := range e.Tags {
		if known[code] {
			out = append(out, code)
		}
	}
	if len(e.Tags) > 0 {
		return out
	}
	for _, d := range t.Domains {
		if known[d.Tag] && d.Level >= ownDomain {
			out = append(out, d.Tag)
		}
	}
	return out
}

func skillsOf(t Team) []string {
	var out []string
	for _, c := range t.Capabilities {
		if c.Level > 0 {
			out = append(out, c.Tag)
		}
	}
	return unique(out)
}

// tells is how much it says that a team holds a capability, −ln of the share of
// the pool that does, with one more team that does and one that does not. An
// unknown pool makes all alike.
func (h Holders) tells(tag string) float64 {
	return math.Log(float64(h.Teams+2) / float64(h.Of[tag]+1))
}

// Engine scores pairs. It never changes and may be used by many at once.
type Engine struct {
	w         Weights
	year      int
	cat       Catalogue
	like      *likeness.Model
	tags      *tags.Model // domains
	skills    *tags.Model // capabilities, for their names
	index     map[string]int32
	codes     []string               // by index: domains, then capabilities
	domains   int                    // how many of codes are domains
	names     map[string]string      // labels in both languages
	chains    map[string][]string    // chain → those it maps to
	above     map[string][]gate.Link // child → links up
	holders   Holders
	reference Reference
	scale     scale
	models    string
	nearness  *sync.Map // domain → []float64 by index: a memory of pure results
}

// New makes an engine. Of tags with one code the first counts, a parent that is
// not there or leads back is none: a catalogue that lost a word must not stop
// the matching. An error is about weights or a reference that cannot be.
func New(cat Catalogue, m Models) (*Engine, error) {
	if cat.Weights.Version == "" {
		cat.Weights = Defaults()
	}
	if err := cat.Weights.check(); err != nil {
		return nil, err
	}
	e := &Engine{w: cat.Weights, year: cat.At.Year(), cat: cat, like: m.Likeness, tags: m.Tags, index: map[string]int32{}, names: map[string]string{},
		chains: map[string][]string{}, above: linksByChild(cat.Links), holders: m.Holders, nearness: new(sync.Map)}
	if len(m.Reference.Z) == 0 {
		m.Reference = DefaultReference()
	}
	var err error
	if e.scale, err = newScale(m.Reference, e.w); err != nil {
		return nil, err
	}
	if err := e.learnNothing(); err != nil {
		return nil, err
	}
	e.number()
	for _, c := range cat.Chains {
		e.chains[c.Code] = append(e.chains[c.Code], c.MapsTo...)
	}
	e.reference = m.Reference
	e.models = e.digest(m.Embedding)
	return e, nil
}

// Embedding is the same engine with another way to the vectors of texts. A text
// that embed has no vector for is, in this channel, like nothing.
func (e *Engine) Embedding(embed func(texts []string) ([][]float32, error)) *Engine {
	out := *e
	out.like = e.like.Attach(embed)
	return &out
}

// learnNothing puts models that know the catalogue alone where none are given.
func (e *Engine) learnNothing() (err error) {
	if e.like == nil {
		if e.like, err = likeness.Train(nil, likeness.Options{}); err != nil {
			return fmt.Errorf("a model of no texts: %w", err)
		}
	}
	if e.tags == nil {
		if e.tags, err = tags.Train(cleanTree(e.cat.Tags), nil, tags.Options{}); err != nil {
			return fmt.Errorf("a model of the tree of tags: %w", err)
		}
	}
	if e.skills, err = tags.Train(cleanTree(e.cat.Capabilities), nil, tags.Options{}); err != nil {
		return fmt.Errorf("a model of the capabilities: %w", err)
	}
	return nil
}

// number gives each tag an index.
func (e *Engine) number() {
	for i, list := range [][]Tag{e.cat.Tags, e.cat.Capabilities} {
		for _, t := range cleanTree(list) {
			if _, twice := e.index[t.Code]; twice {
				continue
			}
			e.index[t.Code] = int32(len(e.codes))
			e.codes = append(e.codes, t.Code)
			e.names[t.Code] = strings.TrimSpace(t.Name + " " + t.NameEn)
		}
		if i == 0 {
			e.domains = len(e.codes)
		}
	}
}

func (e *Engine) digest(embedding string) string {
	h := sha256.New()
	reference, _ := json.Marshal(e.reference)
	policy, _ := json.Marshal(e.w)
	holders, _ := json.Marshal(e.holders)
	fmt.Fprintf(h, "%s\n%s\n%s\n%s\n%s\n%s\n", e.like.Version(), e.tags.Version(), e.skills.Version(), holders, reference, policy)
	if embedding != "" {
		fmt.Fprintln(h, embedding)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Version names all that a score depends on besides the pair: weights, models,
// reference. Equal versions give equal scores.
func (e *Engine) Version() string { return e.w.Version + "+" + e.models }

// Weights are the policy in force.
func (e *Engine) Weights() Weights { return e.w }

// Reference is what scores are compared with.
func (e *Engine) Reference() Reference { return e.reference }

// cleanTree is the tags by code, one each, as a forest.
func cleanTree(list []Tag) []tags.Tag {
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b Tag) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Parent, b.Parent), strings.Compare(a.Name, b.Name),
			strings.Compare(a.NameEn, b.NameEn), slices.Compare(a.Synonyms, b.Synonyms))
	})
	parent := map[string]string{}
	out := make([]tags.Tag, 0, len(sorted))
	for _, t := range sorted {
		if _, twice := parent[t.Code]; t.Code != "" && !twice {
			parent[t.Code] = t.Parent
			out = append(out, tags.Tag{Code: t.Code, Parent: t.Parent, Name: t.Name, NameEn: t.NameEn, Synonyms: t.Synonyms})
		}
	}
	for i, t := range out {
		at := t.Code
		for range out { // up, until the root or once round
			if at = parent[at]; at == t.Code || at == "" {
				break
			}
		}
		if _, known := parent[t.Parent]; !known || at == t.Code {
			parent[t.Code], out[i].Parent = "", ""
		}
	}
	return out
}

func label(t tags.Tag) string {
	return strings.Join(append([]string{t.Name, t.NameEn}, t.Synonyms...), "。")
}

// words are what a piece of evidence says.
func (e Evidence) words() string {
	if e.Text == "" {
		return e.Title
	}
	return e.Title + "。" + e.Text
}

// near is how near every domain is to one, by index; nil for a tag that the
// catalogue does not have.
func (e *Engine) near(tag string) []float64 {
	i, ok := e.index[tag]
	if !ok || int(i) >= e.domains {
		return nil
	}
	if row, ok := e.nearness.Load(i); ok {
		return row.([]float64)
	}
	row := make([]float64, e.domains)
	for j := range row {
		row[j] = math.Pow(e.tags.Similarity(tag, e.codes[j]), e.w.Sharpen)
	}
	row[i] = 1
	e.nearness.Store(i, row)
	return row
}

func linksByChild(list []gate.Link) map[string][]gate.Link {
	above := map[string][]gate.Link{}
	for _, l := range list {
		above[l.Child] = append(above[l.Child], l)
	}
	return above
}

// linksOf are the links above a unit, however far, nearest first.
func (e *Engine) linksOf(org string) []gate.Link {
	var out []gate.Link
	if org == "" {
		return nil
	}
	seen, next := map[string]bool{org: true}, []string{org}
	for len(next) > 0 {
		for _, l := range e.above[next[0]] {
			out = append(out, l)
			if !seen[l.Parent] {
				seen[l.Parent] = true
				next = append(next, l.Parent)
			}
		}
		next = next[1:]
	}
	return out
}

func unique(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

func prefixes(list []string, n int) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, s[:min(n, len(s))])
	}
	return unique(out)
}

// byLevel orders levels by tag, the stronger claim first.
func byLevel(a, b Level) int {
	verified := func(l Level) int {
		if l.Verified {
			return 1
		}
		return 0
	}
	return cmp.Or(strings.Compare(a.Tag, b.Tag), cmp.Compare(b.Level, a.Level), cmp.Compare(verified(b), verified(a)))
}
