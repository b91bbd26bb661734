package likeness

import "slices"

const (
	referenceQueries = 200 // texts of the library that ask
	referenceTeams   = 50  // texts that stand, with some of their neighbours, for a team
	stride           = 5   // one neighbour in so many, so that a team is of a field and not of a subject
)

// usual are the deviations measured on pools of thousands of abstracts; they
// stand in where a pool is too small to have its own.
var usual = [channels]float64{
	language: 0.12, tfidf: 0.01, plugin: 0.1,
	embedded: 0.15, 0.1, 0.06, 0.04, // documents, by rank
	0.14, 0.1, 0.075, // windows, by rank
}

// measure fixes the scale of each channel, and the reference sample, on pairs of
// a text of the library and a made-up team of one to seven others.
func (m *Model) measure(docs []*Doc, say func(string, int, int)) {
	teams := m.teams(docs)
	queries := spaced(len(docs), referenceQueries, 1)
	found := make([][][channels]float64, len(queries))
	parallel(len(queries), func(i int) {
		d := docs[queries[i]]
		q := &Doc{terms: d.terms, counts: d.counts, length: d.length, mark: d.mark, vectors: d.vectors, plugin: d.plugin} // what it is asked is let go with it
		for _, p := range teams {
			if !slices.Contains(p.docs, d) {
				parts, _ := m.parts(q, p)
				found[i] = append(found[i], parts)
			}
		}
	})
	var sums [channels]sum
	for _, row := range found {
		for _, parts := range row {
			for c, x := range parts {
				sums[c].add(x)
			}
		}
	}
	for c := range sums {
		m.scale[c] = sums[c].deviation(usual[c])
	}
	for _, row := range found {
		for _, parts := range row {
			m.sample = append(m.sample, m.value(parts))
		}
	}
	slices.Sort(m.sample)
	m.sample = slices.Compact(m.sample)
	say("reference", len(queries), len(queries))
}

func (m *Model) teams(docs []*Doc) []*Profile {
	at := spaced(len(docs), referenceTeams, 0)
	out := make([]*Profile, len(at))
	parallel(len(at), func(i int) {
		team := []*Doc{docs[at[i]]}
		near := m.nearest(team[0])
		for j := 0; j < len(near) && len(team) < 1+i%7; j += stride {
			team = append(team, docs[near[j].text])
		}
		out[i] = m.Profile(team, nil)
	})
	return out
}

// spaced are at most want of n places, as far apart as can be.
func spaced(n, want, offset int) []int {
	var out []int
	for i := range min(n, want) {
		out = append(out, (i*n/min(n, want)+offset)%n)
	}
	return out
}

// Percentile says which share of the reference sample is less alike than value:
// above 0 and below 1, and strictly rising.
func (m *Model) Percentile(value float64) float64 {
	n := float64(len(m.sample))
	if n == 0 {
		return value/(1+value)*0.9 + 0.05
	}
	i, exact := slices.BinarySearch(m.sample, value)
	edge := 0.5 / n
	switch {
	case exact:
		return (float64(i) + 0.5) / n
	case i == 0:
		return edge / (1 + m.sample[0] - value)
	case i == len(m.sample):
		return 1 - edge/(1+value-m.sample[i-1])
	}
	low, high := m.sample[i-1], m.sample[i]
	return (float64(i) - 0.5 + (value-low)/(high-low)) / n
}
