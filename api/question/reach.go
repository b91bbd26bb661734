package question

import (
	"cmp"
	"slices"

	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/matching/text"
	"jiebang/models"
)

// Bands are the words for a score, from the lowest up.
var Bands = []string{"weak", "fair", "good", "strong"}

// Band puts a score into a word: a number that says "92" would promise more than is known.
func Band(score float64) string { return fit.Band(score) }

// AtLeast reports whether a band stands at another one or above it.
func AtLeast(band, other string) bool { return slices.Index(Bands, band) >= slices.Index(Bands, other) }

// Strongest names the parts that add most to a score, at most n: the reason line.
func Strongest(s explain.Sum, n int) []string {
	parts := slices.Clone(s.Parts)
	slices.SortStableFunc(parts, func(a, b explain.Sum) int { return cmp.Compare(b.Value, a.Value) })
	names := []string{}
	for _, p := range parts[:min(n, len(parts))] {
		if p.Value > 0 {
			names = append(names, p.Name)
		}
	}
	return names
}

// Phrases turns what a person typed into what must occur, as the public list reads it.
func Phrases(q string) []models.Phrase {
	list := []models.Phrase{}
	for _, p := range text.SearchQuery(q) {
		list = append(list, models.Phrase{Words: p, Prefix: text.Prefix(p)})
	}
	return list
}
