package tags

import (
	"math"
	"slices"
	"unicode/utf8"

	"jiebang/matching/svd"
)

const (
	prior = 3.0 // texts that weigh as much as the tree
	slope = 0.1 // of the similarity where the cosine is below 0
)

// Similarity of two tags: symmetric, 0 to 1, and 1 for a tag and itself. It is
//
//	b·Lin(x, y) + (1−b)·s(cos(μx, μy)),  b = n0/(n0 + min(nx, ny)),  n0 = 3
//
// where n counts the texts that carry the tag or a descendant, μ is their
// centroid less that of all texts, and s takes the cosine to 0…1: s(c) = 0.1 +
// 0.9·c from 0 on and 0.1 + 0.1·c below, for even tags that have little in
// common are told apart by how little. So the tree alone speaks where nothing
// is learned, and ever less from the first text on. A code that is not in the tree is like none: 0. O(1).
func (m *Model) Similarity(x, y string) float64 {
	i, ok := m.tree.index[x]
	j, also := m.tree.index[y]
	switch {
	case !ok || !also:
		return 0
	case i == j:
		return 1
	}
	b := prior / (prior + float64(min(m.tree.below[i], m.tree.below[j])))
	return b*m.tree.lin(i, j) + (1-b)*m.learned.at(i, j)
}

// learned is what the evidence says of each pair of tags that have any.
type learned struct {
	tags  int
	place []int32   // of a tag among those, or −1
	pair  []float32 // place i > j at i(i−1)/2 + j
}

func newLearned(t *tree) *learned {
	l, n := &learned{place: make([]int32, len(t.tags))}, 0
	for i := range t.tags {
		l.place[i] = -1
		if t.below[i] > 0 {
			l.place[i] = int32(n)
			n++
		}
	}
	l.tags = n
	return l
}

func (l *learned) at(x, y int32) float64 {
	i, j := max(l.place[x], l.place[y]), min(l.place[x], l.place[y])
	if j < 0 {
		return 0
	}
	return float64(l.pair[i*(i-1)/2+j])
}

// compare learns from the texts, the first rows of x. Single Han characters
// count nothing: most are common to all tags, and their pairs say it better.
//
// The centred products come from the plain ones, ⟨a−m, b−m⟩ = ⟨a,b⟩ − ⟨a,m⟩ −
// ⟨m,b⟩ + ⟨m,m⟩, so that a word costs the square of the tags that have it.
func compare(t *tree, w *words, x svd.Matrix, texts []labelled) *learned {
	l := newLearned(t)
	n := l.tags
	l.pair = make([]float32, n*(n-1)/2)
	all, centroid := centroids(t, w, x, texts, l.place, n)
	dots, with, mm := make([]float64, n*(n+1)/2), make([]float64, n), 0.0
	for k, entries := range centroid {
		mm += all[k] * all[k]
		for i, a := range entries {
			with[a.tag] += a.x * all[k]
			for _, b := range entries[:i+1] {
				dots[a.tag*(a.tag+1)/2+b.tag] += a.x * b.x
			}
		}
	}
	centred := func(i, j int) float64 { return dots[i*(i+1)/2+j] - with[i] - with[j] + mm }
	norm := make([]float64, n)
	for i := range n {
		// What is left of a tag that all texts carry is rounding.
		if v := centred(i, i); v > 1e-9*dots[i*(i+1)/2+i] {
			norm[i] = math.Sqrt(v)
		}
	}
	for i := range n {
		for j := range i {
			cos := 0.0
			if norm[i] > 0 && norm[j] > 0 {
				cos = max(-1, min(1, centred(i, j)/norm[i]/norm[j]))
			}
			l.pair[i*(i-1)/2+j] = float32(slope + slope*min(0, cos) + (1-slope)*max(0, cos))
		}
	}
	return l
}

type entry struct {
	tag int
	x   float64
}

// centroids by word: of all texts, and of each tag that has the word, in order
// of the tags.
func centroids(t *tree, w *words, x svd.Matrix, texts []labelled, place []int32, n int) ([]float64, [][]entry) {
	above := make([][]int32, n)
	for i, e := range texts {
		var in []int32
		for _, y := range e.tags {
			in = append(in, t.up(y)...)
		}
		slices.Sort(in)
		for _, y := range slices.Compact(in) {
			above[place[y]] = append(above[place[y]], int32(i))
		}
	}
	single := make([]bool, len(w.list))
	for k, s := range w.list {
		r, size := utf8.DecodeRuneInString(s)
		single[k] = isHan(r) && size == len(s)
	}
	all, centroid := make([]float64, len(w.list)), make([][]entry, len(w.list))
	add := func(i int, part float64, to []float64) {
		for j := x.Start[i]; j < x.Start[i+1]; j++ {
			if k := x.Col[j]; !single[k] {
				to[k] += part * float64(x.Val[j])
			}
		}
	}
	for i := range texts {
		add(i, 1/float64(len(texts)), all)
	}
	one := make([]float64, len(w.list))
	for y, of := range above {
		clear(one)
		for _, i := range of {
			add(int(i), 1/float64(len(of)), one)
		}
		for k, v := range one {
			if v != 0 {
				centroid[k] = append(centroid[k], entry{y, v})
			}
		}
	}
	return all, centroid
}
