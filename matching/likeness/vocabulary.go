package likeness

import (
	"hash/fnv"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"jiebang/matching/text"
)

// vocabulary is the words of a pool and how often they occur.
type vocabulary struct {
	pool   int              // texts
	tokens int              // of all texts
	terms  []string         // sorted
	ids    map[string]int32 // term to its place
	df, cf []int32          // texts with the term, times it occurs
}

// strange marks the numbers of words that the pool does not have.
const strange = 1 << 31

// number is what a word that the pool does not have is called: a number made
// from its letters.
func number(w string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(w))
	return h.Sum32() | strange
}

func fingerprint(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// count numbers the terms of the texts and gives each text as term numbers in
// order.
func count(texts []string, say func(string, int, int)) (vocabulary, [][]int32) {
	first := map[string]int32{}
	var seen []string
	docs := make([][]int32, len(texts))
	const batch = 256
	words := make([][]string, batch)
	for from := 0; from < len(texts); from += batch {
		n := min(batch, len(texts)-from)
		parallel(n, func(i int) { words[i] = text.Tokens(texts[from+i]) })
		for i, list := range words[:n] {
			doc := make([]int32, len(list))
			for j, w := range list {
				id, ok := first[w]
				if !ok {
					id = int32(len(seen))
					first[w] = id
					seen = append(seen, w)
				}
				doc[j] = id
			}
			docs[from+i] = doc
		}
		say("words", from+n, len(texts))
	}
	v := vocabulary{pool: len(texts), terms: slices.Sorted(slices.Values(seen))}
	v.index()
	place := make([]int32, len(seen))
	for i, w := range seen {
		place[i] = v.ids[w]
	}
	v.df, v.cf = make([]int32, len(seen)), make([]int32, len(seen))
	last := make([]int, len(seen))
	for i, d := range docs {
		for j, old := range d {
			id := place[old]
			d[j] = id
			v.cf[id]++
			if last[id] != i+1 {
				last[id] = i + 1
				v.df[id]++
			}
		}
		v.tokens += len(d)
	}
	return v, docs
}

func (v *vocabulary) index() {
	v.ids = make(map[string]int32, len(v.terms))
	for i, w := range v.terms {
		v.ids[w] = int32(i)
	}
}

// idf is 1 + ln((N+1)/(df+1)).
func (v *vocabulary) idf(id uint32) float64 {
	df := 0.0
	if id < strange {
		df = float64(v.df[id])
	}
	return 1 + math.Log((float64(v.pool)+1)/(df+1))
}

// chance is how likely a word of the pool is this one. A word that is not there
// counts as one that is there once, and a small pool as if it had 10,000 words.
func (v *vocabulary) chance(id uint32) float64 {
	n := 1.0
	if id < strange {
		n = float64(v.cf[id])
	}
	return n / float64(max(v.tokens, 10_000))
}

// weigh makes the unit TF-IDF vector (1+ln tf)·idf of some term numbers, which
// it sorts, and counts them.
func (v *vocabulary) weigh(ids []uint32) (terms []Weight, counts []int32) {
	slices.Sort(ids)
	square := 0.0
	var weights []float64
	for i := 0; i < len(ids); {
		j := i
		for j < len(ids) && ids[j] == ids[i] {
			j++
		}
		w := (1 + math.Log(float64(j-i))) * v.idf(ids[i])
		terms, counts, weights = append(terms, Weight{Term: ids[i]}), append(counts, int32(j-i)), append(weights, w)
		square += w * w
		i = j
	}
	for i, w := range weights {
		terms[i].Weight = float32(w / math.Sqrt(square))
	}
	return terms, counts
}

func (v *vocabulary) weighKnown(row []int32) (terms []Weight, counts []int32) {
	ids := make([]uint32, len(row))
	for i, id := range row {
		ids[i] = uint32(id)
	}
	return v.weigh(ids)
}

// parallel runs f for 0 to n-1 on all cores; f(i) must touch nothing that
// another f(j) touches.
func parallel(n int, f func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
