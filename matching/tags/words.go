package tags

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"jiebang/matching/svd"
	"jiebang/matching/text"
)

// Bounds of memory. The model holds one number for each word and class, so the
// more classes there are, the fewer words it can afford.
const (
	wordsAtMost   = 120_000
	rareBelow     = 1000 // texts: a smaller pool keeps the words of a single text
	cellsAtMost   = 1 << 25
	countedAtMost = 4 << 20 // distinct words while counting; the singles go first
)

// words are the tokens that the model knows, in order, each with its inverse
// document frequency 1 + ln((texts+1)/(texts with it + 1)).
type words struct {
	list  []string
	idf   []float64
	index map[string]int32
}

func newWords(list []string, idf []float64) *words {
	w := &words{list: list, idf: idf, index: make(map[string]int32, len(list))}
	for i, t := range list {
		w.index[t] = int32(i)
	}
	return w
}

// choose takes the words that stand in two of the texts, in one where there are
// not many, or in the label of a tag; where there are too many, those in the most texts.
func choose(texts, labels []string, classes int, o Options) *words {
	df, limit := map[string]int{}, countedAtMost
	for i, s := range texts {
		for t := range text.Counts(text.Tokens(s)) {
			df[t]++
		}
		if len(df) > limit {
			maps.DeleteFunc(df, func(_ string, n int) bool { return n == 1 })
			limit = max(limit, 2*len(df))
		}
		o.report("count words", i+1, len(texts))
	}
	named := map[string]bool{}
	for _, s := range labels {
		for t := range text.Counts(text.Tokens(s)) {
			df[t]++
			named[t] = true
		}
	}
	var list []string
	for t, n := range df {
		if n >= 2 || named[t] || len(texts) < rareBelow {
			list = append(list, t)
		}
	}
	if most := min(wordsAtMost, cellsAtMost/max(1, classes)); len(list) > most {
		rank := func(t string) int {
			if named[t] {
				return math.MaxInt
			}
			return df[t]
		}
		slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(rank(b), rank(a)), strings.Compare(a, b)) })
		list = list[:most]
	}
	slices.Sort(list)
	idf := make([]float64, len(list))
	for i, t := range list {
		idf[i] = 1 + math.Log(float64(len(texts)+len(labels)+1)/float64(df[t]+1))
	}
	return newWords(list, idf)
}

// vector is a text as ascending words and their weights (1 + ln tf)·idf, of
// unit length, and the number of its known tokens.
type vector struct {
	word   []int32
	x      []float64
	tokens int
}

func (w *words) read(s string) vector {
	var v vector
	for _, t := range text.Tokens(s) {
		if i, ok := w.index[t]; ok {
			v.word = append(v.word, i)
		}
	}
	v.tokens = len(v.word)
	slices.Sort(v.word)
	n, sum := 0, 0.0
	for from := 0; from < v.tokens; {
		to := from + 1
		for to < v.tokens && v.word[to] == v.word[from] {
			to++
		}
		x := (1 + math.Log(float64(to-from))) * w.idf[v.word[from]]
		v.word[n], v.x = v.word[from], append(v.x, x)
		sum += x * x
		n, from = n+1, to
	}
	v.word = v.word[:n]
	for i := range v.x {
		v.x[i] /= math.Sqrt(sum)
	}
	return v
}

// matrix is the texts as the rows of a sparse matrix.
func (w *words) matrix(texts []string, o Options) svd.Matrix {
	m := svd.Matrix{Rows: len(texts), Cols: len(w.list), Start: make([]int, 1, len(texts)+1)}
	for i, s := range texts {
		v := w.read(s)
		m.Col = append(m.Col, v.word...)
		for _, x := range v.x {
			m.Val = append(m.Val, float32(x))
		}
		m.Start = append(m.Start, len(m.Col))
		o.report("read texts", i+1, len(texts))
	}
	return m
}

// rows is the matrix of some rows of m.
func rows(m svd.Matrix, of []int) svd.Matrix {
	out := svd.Matrix{Rows: len(of), Cols: m.Cols, Start: make([]int, 1, len(of)+1)}
	for _, i := range of {
		out.Col = append(out.Col, m.Col[m.Start[i]:m.Start[i+1]]...)
		out.Val = append(out.Val, m.Val[m.Start[i]:m.Start[i+1]]...)
		out.Start = append(out.Start, len(out.Col))
	}
	return out
}
