package likeness

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// library is the texts of the pool that smooth others, and where each word
// stands in them.
type library struct {
	start   []int32  // texts+1; the terms of text i are term[start[i]:start[i+1]], rising
	term    []int32  // of the pool
	count   []int32  // how often it occurs in the text
	mark    []uint64 // of each text
	vectors [spaces][]float32
	spread  [2]float64 // standard deviation of TF-IDF cosine and of the first space's, over pairs of texts

	weight []float32 // unit TF-IDF vector, beside term
	length []float64 // tokens of each text
	posted []int32   // terms+1; the places of a term in the lists above are places[posted[t]:posted[t+1]]
	places []int32
	text   []int32 // of each place
}

// neighbour is a text of the library that is like another, and its share in
// smoothing it; the shares of all neighbours sum to 1.
type neighbour struct {
	text  int32
	share float32
}

func (l *library) texts() int { return len(l.mark) }

// vector of a text in a space; nil where it has none.
func (l *library) vector(space, text, k int) []float32 {
	v := l.vectors[space]
	if k == 0 {
		return nil
	}
	return v[text*k:][:k]
}

// shelve puts the chosen texts into the library and reads them as anybody
// would.
func (m *Model) shelve(texts []string, chosen []int, say func(string, int, int)) []*Doc {
	plain := *m
	plain.embed = nil
	docs := make([]*Doc, len(chosen))
	parallel(len(chosen), func(i int) { docs[i] = plain.Read(texts[chosen[i]]) })
	l := &m.library
	l.start = []int32{0}
	for i := range l.vectors {
		l.vectors[i] = make([]float32, 0, len(docs)*m.spaces[i].k)
	}
	for _, d := range docs {
		l.mark = append(l.mark, d.mark)
		for j, w := range d.terms {
			l.term, l.count = append(l.term, int32(w.Term)), append(l.count, d.counts[j])
		}
		l.start = append(l.start, int32(len(l.term)))
		for i, v := range d.vectors {
			if v == nil {
				v = make([]float32, m.spaces[i].k)
			}
			l.vectors[i] = append(l.vectors[i], v...)
		}
	}
	l.index(&m.words)
	l.spread = spreads(docs)
	say("library", len(docs), len(docs))
	return docs
}

// index works out what follows from terms and counts.
func (l *library) index(v *vocabulary) {
	n := l.texts()
	l.weight, l.text, l.length = make([]float32, len(l.term)), make([]int32, len(l.term)), make([]float64, n)
	l.posted, l.places = make([]int32, len(v.terms)+1), make([]int32, len(l.term))
	for i := range n {
		square := 0.0
		for at := l.start[i]; at < l.start[i+1]; at++ {
			w := (1 + math.Log(float64(l.count[at]))) * v.idf(uint32(l.term[at]))
			square += w * w
			l.length[i] += float64(l.count[at])
			l.text[at] = int32(i)
			l.posted[l.term[at]+1]++
		}
		for at := l.start[i]; at < l.start[i+1]; at++ {
			w := (1 + math.Log(float64(l.count[at]))) * v.idf(uint32(l.term[at]))
			l.weight[at] = float32(w / math.Sqrt(square))
		}
	}
	for t := range v.terms {
		l.posted[t+1] += l.posted[t]
	}
	next := slices.Clone(l.posted)
	for at, t := range l.term {
		l.places[next[t]] = int32(at)
		next[t]++
	}
}

// usualSpread are the spreads measured on thousands of abstracts.
var usualSpread = [2]float64{0.015, 0.1}

// spreads are the standard deviations over seeded pairs of texts.
func spreads(docs []*Doc) [2]float64 {
	r := rand.New(rand.NewPCG(1, 0x11b))
	var sums [2]sum
	if len(docs) > 1 {
		for range 5000 {
			a, b := docs[r.IntN(len(docs))], docs[r.IntN(len(docs))]
			if a != b {
				sums[0].add(dotSparse(a.terms, b.terms))
				sums[1].add(dot32(a.vectors[0], b.vectors[0]))
			}
		}
	}
	return [2]float64{sums[0].deviation(usualSpread[0]), sums[1].deviation(usualSpread[1])}
}

// sum gathers what a standard deviation is made of.
type sum struct{ n, first, square float64 }

func (s *sum) add(x float64) { s.n++; s.first += x; s.square += x * x }

// usualPairs is how many imagined pairs of the usual deviation stand beside
// those that were seen.
const usualPairs = 100

func (s *sum) deviation(usual float64) float64 {
	v := 0.0
	if s.n > 0 {
		v = max(0, s.square-s.first*s.first/s.n)
	}
	return math.Sqrt((v + usualPairs*usual*usual) / (s.n + usualPairs))
}

const (
	telling    = 64  // heaviest terms of a text by which its neighbours are sought
	candidates = 200 // texts with the most of them, which are then compared in the first space
)

// nearest finds the texts of the library that are most like d: by the TF-IDF
// cosine over its most telling terms, and among the best of these also by the
// first space. A text is no neighbour of itself. O(places of the telling terms).
func (m *Model) nearest(d *Doc) []neighbour {
	d.nearOnce.Do(func() { d.near = m.seek(d) })
	return d.near
}

func (m *Model) seek(d *Doc) []neighbour {
	l := &m.library
	// Of a handful of texts none is near enough to speak for another.
	want := min(neighbours, l.texts()/20)
	if want == 0 {
		return nil
	}
	known := slices.DeleteFunc(slices.Clone(d.terms), func(w Weight) bool { return w.Term >= strange })
	slices.SortFunc(known, func(a, b Weight) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Term, b.Term)) })
	score := make([]float64, l.texts())
	for _, w := range known[:min(telling, len(known))] {
		for _, at := range l.places[l.posted[w.Term]:l.posted[w.Term+1]] {
			score[l.text[at]] += float64(w.Weight) * float64(l.weight[at])
		}
	}
	type found struct {
		text int32
		like float64
	}
	var list []found
	for i, s := range score {
		if s > 0 && l.mark[i] != d.mark {
			list = append(list, found{int32(i), s})
		}
	}
	best := func(a, b found) int { return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.text, b.text)) }
	slices.SortFunc(list, best)
	list = list[:min(candidates, len(list))]
	for i := range list {
		list[i].like /= l.spread[0]
		if v := d.vectors[0]; v != nil {
			list[i].like += dot32(v, l.vector(0, int(list[i].text), len(v))) / l.spread[1]
		}
	}
	list = slices.DeleteFunc(list, func(f found) bool { return f.like <= 0 })
	slices.SortFunc(list, best)
	list = list[:min(want, len(list))]
	total := 0.0
	for _, f := range list {
		total += f.like
	}
	out := make([]neighbour, len(list))
	for i, f := range list {
		out[i] = neighbour{f.text, float32(f.like / total)}
	}
	return out
}

func dot32(a, b []float32) float64 {
	if a == nil || b == nil {
		return 0
	}
	s := 0.0
	for i, x := range a {
		s += float64(x) * float64(b[i])
	}
	return s
}

func dotSparse(a, b []Weight) float64 {
	s := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].Term < b[j].Term:
			i++
		case a[i].Term > b[j].Term:
			j++
		default:
			s += float64(a[i].Weight) * float64(b[j].Weight)
			i++
			j++
		}
	}
	return s
}
