package main

import (
	"context"
	"maps"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"jiebang/matching/likeness"
	"jiebang/matching/measure"
	words "jiebang/matching/text"
)

// A scorer says how well each of a row of profiles suits a text.
type scorer interface {
	scores(query string) []float64
}

// engine is the shipped likeness of texts, over a row of profiles.
type engine struct {
	model    *likeness.Model
	profiles []*likeness.Profile
}

// newEngine learns from the pool and reads the profiles, each a row of texts.
func (j *judge) newEngine(pool []string, profiles [][]string) (*engine, error) {
	o := likeness.Options{Seed: j.seed, Progress: j.told.within(j.name)}
	if j.embedding != nil {
		o.Embed = func(texts []string) ([][]float32, error) { return j.embedding.Embed(context.Background(), texts) }
	}
	m, err := likeness.Train(pool, o)
	if err != nil {
		return nil, err
	}
	j.engine = "likeness " + m.Version()
	e := &engine{model: m, profiles: make([]*likeness.Profile, len(profiles))}
	each(len(profiles), nil, func(i int) {
		docs := make([]*likeness.Doc, len(profiles[i]))
		for k, s := range profiles[i] {
			docs[k] = m.Read(s)
		}
		e.profiles[i] = m.Profile(docs, nil)
	})
	return e, nil
}

func (e *engine) scores(query string) []float64 {
	q := e.model.Read(query)
	out := make([]float64, len(e.profiles))
	for i, p := range e.profiles {
		out[i] = e.model.Score(q, p)
	}
	return out
}

// bar is what any engine should beat: TF-IDF vectors of unit length, and of a
// profile the mean of the cosines to its texts.
type bar struct {
	number   map[string]int
	idf      []float64
	postings [][]posting
	profiles int
}

type posting struct {
	profile int
	weight  float64
}

const barName = "tf-idf mean"

// newBar counts the words of the pool and turns the profiles into inverted lists.
func newBar(pool []string, profiles [][]string) *bar {
	b := &bar{number: map[string]int{}, profiles: len(profiles)}
	df := []float64{}
	for _, s := range pool {
		for _, w := range slices.Sorted(maps.Keys(words.Counts(words.Tokens(s)))) {
			n, known := b.number[w]
			if !known {
				n = len(df)
				b.number[w] = n
				df = append(df, 0)
			}
			df[n]++
		}
	}
	b.idf = df
	for i, n := range df {
		b.idf[i] = 1 + math.Log(float64(len(pool)+1)/(n+1))
	}
	b.postings = make([][]posting, len(df))
	for i, texts := range profiles {
		sum := map[int]float64{}
		for _, s := range texts {
			for _, w := range b.vector(s) {
				sum[w.profile] += w.weight / float64(len(texts))
			}
		}
		for _, w := range slices.Sorted(maps.Keys(sum)) {
			b.postings[w] = append(b.postings[w], posting{i, sum[w]})
		}
	}
	return b
}

// vector is a text's words by number (in the field profile) and weight; a word that the pool does not know is left out.
func (b *bar) vector(s string) []posting {
	var out []posting
	length := 0.0
	counts := words.Counts(words.Tokens(s))
	for _, w := range slices.Sorted(maps.Keys(counts)) {
		if n, ok := b.number[w]; ok {
			v := (1 + math.Log(float64(counts[w]))) * b.idf[n]
			out = append(out, posting{n, v})
			length += v * v
		}
	}
	for i := range out {
		out[i].weight /= math.Sqrt(length)
	}
	return out
}

func (b *bar) scores(query string) []float64 {
	out := make([]float64, b.profiles)
	for _, w := range b.vector(query) {
		for _, p := range b.postings[w.profile] {
			out[p.profile] += w.weight * p.weight
		}
	}
	return out
}

// each calls f for 0 to n-1 on all cores, and tells how far it is.
func each(n int, tell func(done int), f func(i int)) {
	var next, done atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
				if d := done.Add(1); tell != nil {
					tell(int(d))
				}
			}
		})
	}
	wg.Wait()
}

// scoreAll asks for every query; row i is what query i says of each profile.
func (j *judge) scoreAll(stage string, s scorer, queries []string) [][]float64 {
	out := make([][]float64, len(queries))
	each(len(queries), func(done int) { j.told.tell(j.name+": "+stage, done, len(queries)) }, func(i int) { out[i] = s.scores(queries[i]) })
	return out
}

// ratio is the statistic of a share a unit.
func ratio(units []measure.Share) measure.Statistic {
	return func(times []int) float64 { return measure.Ratio(units, times) }
}
