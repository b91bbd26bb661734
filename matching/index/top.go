package index

import (
	"fmt"
	"slices"
	"strings"
)

// Top returns the k profiles with the largest score among those that keep lets
// through (all, where keep is nil), falling, equal scores by rising key; fewer
// where fewer share a term with the query. It is exact: the same hits as scoring
// every profile. Keep is asked for a key at most once, and only for profiles
// that would be among the best; the fewer it lets through, the more must be
// looked at. A term twice in the query or a weight that is negative or not finite
// is an error.
func (x *Index) Top(query []Weight, k int, keep func(key string) bool) ([]Hit, error) {
	query, err := checked(query)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	now := x.now.Load()
	if k = min(k, now.live); k <= 0 || len(query) == 0 {
		return []Hit{}, nil
	}
	s, _ := x.scratch.Get().(*search)
	if s == nil {
		s = &search{}
	}
	s.query, s.keep = query, keep
	s.best = best{k: k}
	for _, p := range now.parts {
		s.part(p)
	}
	for _, p := range now.tail {
		s.offer(p.key, dot(query, p.terms))
	}
	hits := s.best.sorted()
	s.query, s.keep, s.best, s.seg = nil, nil, best{}, part{}
	x.scratch.Put(s)
	return hits, nil
}

// dot adds the products over shared terms by rising term: the score.
func dot(query, terms []Weight) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(query) && j < len(terms); {
		switch a, b := query[i].Term, terms[j].Term; {
		case a < b:
			i++
		case a > b:
			j++
		default:
			sum += float64(query[i].Value) * float64(terms[j].Value)
			i++
			j++
		}
	}
	return sum
}

// best is the k best hits so far, a heap with the worst on top.
type best struct {
	k    int
	hits []Hit
}

func (b *best) full() bool { return len(b.hits) == b.k }

func worse(a, b Hit) bool {
	return a.Score < b.Score || a.Score == b.Score && a.Key > b.Key
}

func (b *best) wants(h Hit) bool { return !b.full() || worse(b.hits[0], h) }

// take puts a hit that is wanted among the best.
func (b *best) take(h Hit) {
	if !b.full() {
		b.hits = append(b.hits, h)
		for i := len(b.hits) - 1; i > 0 && worse(b.hits[i], b.hits[(i-1)/2]); i = (i - 1) / 2 {
			b.hits[i], b.hits[(i-1)/2] = b.hits[(i-1)/2], b.hits[i]
		}
		return
	}
	b.hits[0] = h
	for i := 0; ; {
		low := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(b.hits); c++ {
			if worse(b.hits[c], b.hits[low]) {
				low = c
			}
		}
		if low == i {
			return
		}
		b.hits[i], b.hits[low] = b.hits[low], b.hits[i]
		i = low
	}
}

// sorted returns the hits, the best first.
func (b *best) sorted() []Hit {
	slices.SortFunc(b.hits, func(x, y Hit) int {
		switch {
		case worse(y, x):
			return -1
		case worse(x, y):
			return 1
		}
		return strings.Compare(x.Key, y.Key)
	})
	if b.hits == nil {
		return []Hit{}
	}
	return b.hits
}
