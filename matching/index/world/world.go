// Package world draws profiles and queries like those of a platform, the same for the same seed, to measure the index and its peers on.
//
// A profile has 3 to 12 tags of a tree of 2,000 and words up to 64 terms in all.
// Tags and words are as unevenly popular as they are in life (Zipf), a profile's
// tags keep to one part of the tree, and its words come in equal parts from the
// vocabulary at large and from that of its tags. Weights are what a matching
// model gives: rare terms count more, words are a vector of unit length, and the
// tags together count about as much as the words.
package world

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"jiebang/matching/index"
)

// Sizes of the world.
const (
	Tags     = 2_000
	Words    = 100_000
	Postings = 64 // terms of a profile
	branch   = 8  // children of a tag
	topic    = 400
)

// World is a tree of tags and a vocabulary. It does not change.
type World struct {
	seed   uint64
	topics bool
	tags   zipf
	words  zipf
	near   zipf       // of a topic's words
	topic  [][]uint32 // words of each tag, the most frequent first
	ranks  []uint32   // tag of each popularity
	rankOf []uint32   // popularity of each tag
	up     []int32    // parent of each tag, -1 at the top; a tag's number is its place in preorder
}

// New makes the world of a seed. Without topics words have nothing to do with
// tags: the worst case for an index that puts like profiles together.
func New(seed uint64, topics bool) *World {
	w := &World{seed: seed, topics: topics, tags: newZipf(Tags, 1), words: newZipf(Words, 1), near: newZipf(topic, 0.8)}
	r := rand.New(rand.NewPCG(seed, 0))
	w.grow(-1, Tags)
	for _, t := range r.Perm(Tags) {
		w.ranks = append(w.ranks, uint32(t))
	}
	w.rankOf = make([]uint32, Tags)
	for rank, t := range w.ranks {
		w.rankOf[t] = uint32(rank)
	}
	for range Tags {
		words := make([]uint32, topic)
		for i := range words {
			words[i] = uint32(w.words.draw(r)*7+r.IntN(Words)) % Words // mostly rare ones
		}
		w.topic = append(w.topic, words)
	}
	return w
}

// grow puts size tags below a parent, in preorder.
func (w *World) grow(parent int32, size int) {
	for i := range branch {
		below := (size + branch - 1 - i) / branch
		if below == 0 {
			return
		}
		w.up = append(w.up, parent)
		w.grow(int32(len(w.up)-1), below-1)
	}
}

// Key is the key of profile i: as long as a team's, and in no order.
func Key(i int) string {
	h := uint64(i)*0x9e3779b97f4a7c15 + 1
	return fmt.Sprintf("team_%013x%012x", h>>12, (h*0xff51afd7ed558ccd)>>16)
}

// Profile draws profile i.
func (w *World) Profile(i int) []index.Weight {
	r := rand.New(rand.NewPCG(w.seed, 2*uint64(i)+1))
	tags := w.drawTags(r, 3+r.IntN(10))
	return w.vector(r, tags, Postings-len(tags), true)
}

// Short draws a query of 3 to 8 tags and 3 to 8 words.
func (w *World) Short(i int) []index.Weight {
	r := rand.New(rand.NewPCG(w.seed^0x5eed, 4*uint64(i)+2))
	return w.vector(r, w.drawTags(r, 3+r.IntN(6)), 3+r.IntN(6), false)
}

// Long draws a query of 3 to 8 tags and 200 words, a page of text.
func (w *World) Long(i int) []index.Weight {
	r := rand.New(rand.NewPCG(w.seed^0x5eed, 4*uint64(i)+4))
	return w.vector(r, w.drawTags(r, 3+r.IntN(6)), 200, false)
}

// drawTags draws different tags: the first by popularity, two thirds of the
// others from near it in the tree.
func (w *World) drawTags(r *rand.Rand, n int) []uint32 {
	tags := []uint32{w.ranks[w.tags.draw(r)]}
	for len(tags) < n {
		t := w.ranks[w.tags.draw(r)]
		if r.IntN(3) > 0 {
			// Somewhere within a small stretch of the preorder: children, siblings, cousins.
			t = uint32(max(0, min(Tags-1, int(tags[0])+r.IntN(25)-12)))
		}
		if !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	return tags
}

// vector weighs tags and so many different words.
func (w *World) vector(r *rand.Rand, tags []uint32, words int, strengths bool) []index.Weight {
	var v []index.Weight
	for i, t := range tags {
		strength := 1.0
		if strengths {
			strength = (0.3 + 0.7*r.Float64()) / math.Sqrt(float64(i+1))
		}
		v = append(v, index.Weight{Term: index.Term(t), Value: float32(strength * w.tags.rarity[w.rankOf[t]])})
	}
	unit(v, 1)
	text := make([]index.Weight, 0, words)
	for len(text) < words {
		rank := uint32(w.words.draw(r))
		if w.topics && r.IntN(2) == 0 {
			rank = w.topic[tags[min(r.IntN(len(tags)), r.IntN(len(tags)))]][w.near.draw(r)]
		}
		term := index.Term(Tags + rank)
		if slices.ContainsFunc(text, func(x index.Weight) bool { return x.Term == term }) {
			continue
		}
		tf := 1 + math.Log(1+r.ExpFloat64())
		text = append(text, index.Weight{Term: term, Value: float32(tf * w.words.rarity[rank])})
	}
	unit(text, 1)
	v = append(v, text...)
	slices.SortFunc(v, func(a, b index.Weight) int { return cmp.Compare(a.Term, b.Term) })
	return v
}

func unit(v []index.Weight, length float64) {
	sum := 0.0
	for _, w := range v {
		sum += float64(w.Value) * float64(w.Value)
	}
	for i := range v {
		v[i].Value = float32(float64(v[i].Value) * length / math.Sqrt(sum))
	}
}

// zipf draws 0 to n-1 with a chance proportional to (rank+8)^-s.
type zipf struct {
	sums   []float64
	guide  []int32   // where the search for each part of the whole begins
	rarity []float64 // -ln of the chance of each
}

const guides = 1 << 12

func newZipf(n int, s float64) zipf {
	z := zipf{sums: make([]float64, n), rarity: make([]float64, n)}
	sum := 0.0
	for i := range n {
		sum += math.Pow(float64(i)+8, -s)
		z.sums[i] = sum
	}
	for i := range n {
		z.rarity[i] = math.Log(sum / math.Pow(float64(i)+8, -s))
		for float64(len(z.guide))/guides <= z.sums[i]/sum && len(z.guide) <= guides {
			z.guide = append(z.guide, int32(i))
		}
	}
	for len(z.guide) <= guides {
		z.guide = append(z.guide, int32(n-1))
	}
	return z
}

func (z zipf) draw(r *rand.Rand) int {
	x := r.Float64()
	low, high := z.guide[int(x*guides)], z.guide[int(x*guides)+1]
	i, _ := slices.BinarySearch(z.sums[low:high], x*z.sums[len(z.sums)-1])
	return int(low) + i
}
