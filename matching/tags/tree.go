package tags

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// tree is the catalogue in order of code, with what the evidence counts say.
type tree struct {
	tags   []Tag
	index  map[string]int32
	parent []int32 // −1 above a root
	depth  []int32
	inner  []bool // has children
	own    []int  // texts that carry the tag itself
	below  []int  // texts that carry it or a descendant
	texts  int    // texts that carry any
	size   []int  // tags in the subtree, itself included
}

func newTree(catalogue []Tag) (*tree, error) {
	t := &tree{tags: slices.Clone(catalogue), index: map[string]int32{}}
	slices.SortFunc(t.tags, func(a, b Tag) int { return strings.Compare(a.Code, b.Code) })
	for i := range t.tags {
		g := &t.tags[i]
		if g.Code == "" {
			return nil, fmt.Errorf("tag %q: the code is empty: give it one", g.Name+g.NameEn)
		}
		if _, twice := t.index[g.Code]; twice {
			return nil, fmt.Errorf("tag %q stands twice in the tree: a tag has one place and one parent, leave the other out", g.Code)
		}
		t.index[g.Code] = int32(i)
		g.Synonyms = slices.Clone(g.Synonyms)
		slices.Sort(g.Synonyms)
		g.Synonyms = slices.Compact(g.Synonyms)
	}
	return t, t.link()
}

// link resolves the parents and refuses what is no forest.
func (t *tree) link() error {
	n := len(t.tags)
	t.parent, t.depth, t.inner = make([]int32, n), make([]int32, n), make([]bool, n)
	for i, g := range t.tags {
		t.parent[i], t.depth[i] = -1, -1
		if g.Parent == "" {
			continue
		}
		p, ok := t.index[g.Parent]
		if !ok {
			return fmt.Errorf("tag %q: its parent %q is not in the tree: add it or leave the parent empty", g.Code, g.Parent)
		}
		t.parent[i], t.inner[p] = p, true
	}
	for i := range t.tags {
		var path []int32
		x := int32(i)
		for x >= 0 && t.depth[x] == -1 {
			t.depth[x] = -2 // on the path that is being walked
			path = append(path, x)
			x = t.parent[x]
		}
		if x >= 0 && t.depth[x] == -2 {
			return fmt.Errorf("tag %q is its own ancestor: its parent %q leads back to it, cut the circle", t.tags[x].Code, t.tags[x].Parent)
		}
		d := int32(-1)
		if x >= 0 {
			d = t.depth[x]
		}
		for k, y := range slices.Backward(path) {
			t.depth[y] = d + int32(len(path)-k)
		}
	}
	return nil
}

// up is x and its ancestors, from x to the root.
func (t *tree) up(x int32) []int32 {
	var out []int32
	for ; x >= 0; x = t.parent[x] {
		out = append(out, x)
	}
	return out
}

// general says that a tag is too wide to be named or guessed: a root that has
// children.
func (t *tree) general(x int32) bool { return t.parent[x] < 0 && t.inner[x] }

// labels are the Chinese and the English label and the synonyms, as they are.
func (t *tree) labels(x int32) []string {
	g := t.tags[x]
	return slices.DeleteFunc(append([]string{g.Name, g.NameEn}, g.Synonyms...), func(s string) bool { return s == "" })
}

// count reads from the texts how often each tag is used. A text counts once
// for a tag, however many of its descendants it carries.
func (t *tree) count(texts []labelled) {
	n := len(t.tags)
	t.own, t.below, t.size = make([]int, n), make([]int, n), make([]int, n)
	for x := range t.tags {
		for _, a := range t.up(int32(x)) {
			t.size[a]++
		}
	}
	last := make([]int, n)
	for i, e := range texts {
		if len(e.tags) > 0 {
			t.texts++
		}
		for _, x := range e.tags {
			t.own[x]++
			for a := x; a >= 0 && last[a] <= i; a = t.parent[a] {
				last[a] = i + 1
				t.below[a]++
			}
		}
	}
}

// information is −ln p(x), p = (texts below x + tags below x)/(all texts + all
// tags): add-one over the tags, so that it never falls on the way down.
func (t *tree) information(x int32) float64 {
	return math.Log(float64(t.texts+len(t.tags)) / float64(t.below[x]+t.size[x]))
}

// lin is 2·IC(nearest common ancestor) / (IC(x)+IC(y)), 1 for equal tags and 0
// across roots (Lin, An Information-Theoretic Definition of Similarity, 1998).
func (t *tree) lin(x, y int32) float64 {
	if x == y {
		return 1
	}
	a := t.common(x, y)
	if a < 0 {
		return 0
	}
	sum := t.information(x) + t.information(y)
	if sum == 0 {
		return 0
	}
	return min(1, 2*t.information(a)/sum)
}

// common is the nearest common ancestor, −1 if there is none.
func (t *tree) common(x, y int32) int32 {
	for x != y {
		if x < 0 || y < 0 {
			return -1
		}
		if t.depth[x] >= t.depth[y] {
			x = t.parent[x]
		} else {
			y = t.parent[y]
		}
	}
	return x
}

// Information is what the tag x says, −ln p(x) in nats: 0 for a tag that every
// text carries, higher the rarer it and its descendants are. A code that is
// not in the tree says nothing: 0.
func (m *Model) Information(x string) float64 {
	i, ok := m.tree.index[x]
	if !ok {
		return 0
	}
	return m.tree.information(i)
}
