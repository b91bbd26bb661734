package likeness

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"jiebang/matching/text"
)

// Doc is a text as the model sees it.
type Doc struct {
	terms   []Weight          // unit TF-IDF vector, by term
	counts  []int32           // how often each of terms occurs
	length  int               // tokens
	unknown map[uint32]string // words the pool does not have
	hanned  float64           // share of Han in its scored weight, 0 to 1; Latin is the rest
	letters bool              // there is a word of either script
	latin   []float32         // unit vector, nil if there is none
	han     []float32
	plugin  []float32
}

// Weight is one entry of a sparse vector. Terms of the pool have the numbers
// from 0 on; others a number made from their letters, with the highest bit set.
type Weight struct {
	Term   uint32
	Weight float32
}

const strange = 1 << 31

// Read folds a text in: it becomes comparable with all others, in time linear in
// its length. Any bytes are allowed.
func (m *Model) Read(s string) *Doc {
	d := m.read(s)
	if m.embed != nil {
		if v, err := m.embed([]string{s}); err == nil && len(v) == 1 {
			d.plugin = unit(v[0])
		}
	}
	return d
}

func (m *Model) read(s string) *Doc {
	tokens := text.Tokens(s)
	d := &Doc{length: len(tokens)}
	ids := make([]uint32, len(tokens))
	for i, w := range tokens {
		if id, ok := m.ids[w]; ok {
			ids[i] = uint32(id)
			continue
		}
		ids[i] = number(w)
		if d.unknown == nil {
			d.unknown = map[uint32]string{}
		}
		d.unknown[ids[i]] = w
	}
	d.weigh(m, ids)
	m.place(d)
	return d
}

func number(w string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(w))
	return h.Sum32() | strange
}

// weigh counts the terms and makes the unit TF-IDF vector.
func (d *Doc) weigh(m *Model, ids []uint32) {
	slices.Sort(ids)
	square := 0.0
	var all, han float64
	for i := 0; i < len(ids); {
		j := i
		for j < len(ids) && ids[j] == ids[i] {
			j++
		}
		w := (1 + math.Log(float64(j-i))) * m.idf(ids[i])
		switch scriptOf(m.term(d, ids[i])) {
		case scriptHan:
			han += w
			all += w
		case scriptLatin:
			all += w
		}
		d.terms = append(d.terms, Weight{ids[i], float32(w)})
		d.counts = append(d.counts, int32(j-i))
		square += w * w
		i = j
	}
	if all > 0 {
		d.letters, d.hanned = true, han/all
	}
	for i := range d.terms {
		d.terms[i].Weight /= float32(math.Sqrt(square))
	}
}

// idf is 1 + ln((N+1)/(df+1)).
func (m *Model) idf(id uint32) float64 {
	df := 0.0
	if id < strange {
		df = float64(m.df[id])
	}
	return 1 + math.Log((float64(m.pool)+1)/(df+1))
}

// chance is how likely a word of the pool is this one. A word that is not there
// counts as one that is there once, and a small pool as if it had 10,000 words.
func (m *Model) chance(id uint32) float64 {
	n := 1.0
	if id < strange {
		n = float64(m.cf[id])
	}
	return n / float64(max(m.words, 10_000))
}

func (m *Model) term(d *Doc, id uint32) string {
	if id < strange {
		return m.terms[id]
	}
	return d.unknown[id]
}

type script int

const (
	scriptNone script = iota
	scriptHan
	scriptLatin
)

func scriptOf(w string) script {
	r, _ := utf8.DecodeRuneInString(w)
	switch {
	case unicode.Is(unicode.Han, r):
		return scriptHan
	case unicode.IsLetter(r):
		return scriptLatin
	}
	return scriptNone
}

// Sparse is the unit TF-IDF vector of a text, by rising term number.
func (m *Model) Sparse(d *Doc) []Weight { return slices.Clone(d.terms) }

// find gives the place of a term in the vector of d, or -1.
func (d *Doc) find(id uint32) int {
	i, ok := slices.BinarySearchFunc(d.terms, id, func(w Weight, id uint32) int { return cmp.Compare(w.Term, id) })
	if !ok {
		return -1
	}
	return i
}

func unit(v []float32) []float32 {
	square := 0.0
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if square == 0 || math.IsNaN(square) || math.IsInf(square, 0) {
		return nil
	}
	out, f := make([]float32, len(v)), 1/math.Sqrt(square)
	for i, x := range v {
		out[i] = float32(float64(x) * f)
	}
	return out
}
