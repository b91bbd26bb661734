package likeness_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"jiebang/matching/likeness"
)

// abstracts are n texts of 100 words out of 20,000, of which each of fifty
// fields prefers some: as many different words as real abstracts have.
func abstracts(n int) []string {
	r := rand.New(rand.NewPCG(5, 5))
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for range 100 {
			w := int(20_000 * math.Pow(r.Float64(), 3))
			if r.IntN(3) > 0 {
				w = (w*50 + i%50) % 20_000
			}
			fmt.Fprintf(&b, "w%dq ", w)
		}
		out[i] = b.String()
	}
	return out
}

func BenchmarkTrain(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		texts := abstracts(n)
		b.Run(fmt.Sprintf("texts=%d", n), func(b *testing.B) {
			for b.Loop() {
				train(b, texts)
			}
		})
	}
}

func BenchmarkScore(b *testing.B) {
	texts := abstracts(2000)
	m := train(b, texts)
	for _, n := range []int{1, 5, 20} {
		var teams []*likeness.Profile
		for at := 1000; at+n <= 2000; at += n {
			var docs []*likeness.Doc
			for _, s := range texts[at : at+n] {
				docs = append(docs, m.Read(s))
			}
			teams = append(teams, m.Profile(docs, nil))
		}
		b.Run(fmt.Sprintf("evidence=%d", n), func(b *testing.B) {
			q, i := m.Read(texts[0]), 0
			for b.Loop() {
				m.Score(q, teams[i%len(teams)])
				i++
			}
		})
	}
}
