// Package taxonomy compares tags by where they stand in a tree: the reference measures beside what matching/tags learns.
package taxonomy

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// Tree is a tree of tags with how often each, or a descendant of it, occurs.
type Tree struct {
	parent map[string]string
	count  map[string]float64
	root   string
}

// New takes the parent of every tag but the root, and the counts of all tags,
// descendants included. It fails on a second root, a circle, a tag without a
// count, and a count that is not above 0 or exceeds the parent's.
func New(parent map[string]string, count map[string]float64) (*Tree, error) {
	t := &Tree{parent: parent, count: count}
	for _, tag := range slices.Sorted(maps.Keys(count)) {
		up, ok := parent[tag]
		switch {
		case !(count[tag] > 0):
			return nil, fmt.Errorf("tag %q: count %v is not above 0", tag, count[tag])
		case !ok && t.root != "":
			return nil, fmt.Errorf("tags %q and %q have no parent; a tree has one root", t.root, tag)
		case !ok:
			t.root = tag
		case !(count[up] >= count[tag]):
			return nil, fmt.Errorf("tag %q: counts %v, above its parent %q with %v", tag, count[tag], up, count[up])
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(parent)) {
		if _, ok := count[tag]; !ok {
			return nil, fmt.Errorf("tag %q has no count", tag)
		}
		if t.depth(tag) > len(count) {
			return nil, fmt.Errorf("tag %q is its own ancestor", tag)
		}
	}
	return t, nil
}

// depth is 0 at the root; above the number of tags in a circle.
func (t *Tree) depth(tag string) int {
	d := 0
	for up, ok := t.parent[tag]; ok && d <= len(t.count); up, ok = t.parent[up] {
		d++
	}
	return d
}

func (t *Tree) common(x, y string) string {
	above := map[string]bool{}
	for up, ok := x, true; ok; up, ok = t.parent[up] {
		above[up] = true
	}
	for !above[y] {
		y = t.parent[y]
	}
	return y
}

// Information is −ln of the share of the tag in all there is: 0 at the root.
func (t *Tree) Information(tag string) float64 { return -math.Log(t.count[tag] / t.count[t.root]) }

// Lin is 2·IC(lowest common ancestor) / (IC(x) + IC(y)), 0 to 1 (Lin 1998); 1 for
// a tag and itself. Both must stand in the tree.
func (t *Tree) Lin(x, y string) float64 {
	if x == y {
		return 1
	}
	if sum := t.Information(x) + t.Information(y); sum > 0 {
		return 2 * t.Information(t.common(x, y)) / sum
	}
	return 0
}

// WuPalmer is 2·depth(lowest common ancestor) / (depth(x) + depth(y)), the root
// at depth 0 (Wu and Palmer 1994); 1 for a tag and itself. Both must stand in the tree.
func (t *Tree) WuPalmer(x, y string) float64 {
	if x == y {
		return 1
	}
	return 2 * float64(t.depth(t.common(x, y))) / float64(t.depth(x)+t.depth(y))
}

// Jaccard is the weighted likeness Σ min / Σ max of two bags of tags with
// weights of 0 and more; 1 for two empty ones.
func Jaccard(x, y map[string]float64) float64 {
	both := map[string]bool{}
	for k := range x {
		both[k] = true
	}
	for k := range y {
		both[k] = true
	}
	least, most := 0.0, 0.0
	for _, k := range slices.Sorted(maps.Keys(both)) {
		least += min(x[k], y[k])
		most += max(x[k], y[k])
	}
	if most == 0 {
		return 1
	}
	return least / most
}
