// Package relevance puts what a search found in order: first what is about the words that were
// asked for, then what only mentions them.
//
// Of each thing asked for it counts where it stands: in the title (the more, the fewer other
// words the title has), in the labels, again and again in the text, or just somewhere. What
// stands in few of the titles and labels found tells more than what stands in all of them, and
// weighs more. The arithmetic is in whole thousandths, so that equal finds are exactly equal.
package relevance

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// The weights of the formula. A find counts 1 for having a word at all.
const (
	inTitle  = 5.0
	allTitle = 3.0 // times the part of the title that the words make up
	inLabels = 3.0
	isOften  = 1.5
	isOpen   = 0.5
	byOther  = 0.7 // a word of the catalogue counts so much of the word that was typed
)

// Phrase is index words that follow one another. A prefix phrase is one word and stands for
// all that begin with it.
type Phrase struct {
	Words  []string
	Prefix bool
}

// Asked is one thing asked for: alternatives, the first as it was typed, each of them phrases
// that must all be there.
type Asked struct {
	Any [][]Phrase
}

// Found is a find: the index words of its title and labels as they follow one another, and
// those that come often in its text, each joined by blanks. Open says that it can still be
// answered.
type Found struct {
	Title, Labels, Often string
	Open                 bool
}

// Place is a find in the order: At says which, Score in thousandths, and where something of
// what was asked for stands.
type Place struct {
	At            int
	Score         int64
	Title, Labels bool
}

// Order ranks the finds, the best first. Equals keep the order in which they were given.
func Order(asked []Asked, found []Found) []Place {
	places := make([]Place, len(found))
	hits := make([][]hit, len(found))
	known := make([]int, len(asked)) // in how many titles or labels each stands
	for i, f := range found {
		title, labels, often := " "+f.Title+" ", " "+f.Labels+" ", " "+f.Often+" "
		words := strings.Count(title, " ") - 1
		hits[i] = make([]hit, len(asked))
		for k, a := range asked {
			h := look(a, title, labels, often, words)
			if hits[i][k] = h; h.title || h.labels {
				known[k]++
			}
		}
	}
	weights := make([]float64, len(asked))
	for k := range asked {
		weights[k] = math.Log(1 + float64(len(found)+1)/float64(known[k]+1))
	}
	for i, f := range found {
		sum := 0.0
		for k, h := range hits[i] {
			sum += weights[k] * h.value
			places[i].Title, places[i].Labels = places[i].Title || h.title, places[i].Labels || h.labels
		}
		if f.Open {
			sum += isOpen
		}
		places[i].At, places[i].Score = i, int64(math.Round(1000*sum))
	}
	slices.SortStableFunc(places, func(a, b Place) int { return cmp.Compare(b.Score, a.Score) })
	return places
}

type hit struct {
	value         float64
	title, labels bool
}

// look is the best alternative of what was asked for.
func look(a Asked, title, labels, often string, words int) (best hit) {
	best.value = 1
	for i, phrases := range a.Any {
		part, h := byOther, hit{}
		if i == 0 {
			part = 1
		}
		v := 0.0
		if h.title = all(phrases, title, false); h.title {
			n := 0
			for _, p := range phrases {
				n += len(p.Words)
			}
			v += inTitle + allTitle*min(1, float64(n)/float64(max(1, words)))
		}
		if h.labels = all(phrases, labels, false); h.labels {
			v += inLabels
		}
		if all(phrases, often, true) {
			v += isOften
		}
		if h.value = 1 + part*v; h.value > best.value {
			best.value = h.value
		}
		best.title, best.labels = best.title || h.title, best.labels || h.labels
	}
	return best
}

// all reports whether every phrase stands in the words; loose asks only for its words.
func all(phrases []Phrase, words string, loose bool) bool {
	for _, p := range phrases {
		switch {
		case p.Prefix:
			if !strings.Contains(words, " "+p.Words[0]) {
				return false
			}
		case loose:
			for _, w := range p.Words {
				if !strings.Contains(words, " "+w+" ") {
					return false
				}
			}
		case !strings.Contains(words, " "+strings.Join(p.Words, " ")+" "):
			return false
		}
	}
	return len(phrases) > 0
}

// OneOff are the words that a slip of one letter makes of a Latin word: one left out, one too
// many, one for another, two neighbours changed. The word itself is not among them.
func OneOff(word string) []string {
	seen := map[string]bool{word: true}
	list := []string{}
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			list = append(list, w)
		}
	}
	const letters = "abcdefghijklmnopqrstuvwxyz"
	for i := 0; i <= len(word); i++ {
		for _, r := range letters {
			add(word[:i] + string(r) + word[i:])
		}
		if i == len(word) {
			break
		}
		add(word[:i] + word[i+1:])
		for _, r := range letters {
			add(word[:i] + string(r) + word[i+1:])
		}
		if i+1 < len(word) {
			add(word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:])
		}
	}
	slices.Sort(list)
	return list
}
