package tags_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"jiebang/matching/tags"
	"jiebang/matching/text"
)

func FuzzNamed(f *testing.F) {
	m := train(f)
	for _, s := range []string{"高速磁悬浮轴承", "Internet-of-Things（IoT）", "\xff轴承\xe8", "ＬＥＤ led", "pumps & hydraulics", "轴 承"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, n := range m.Named(s) {
			if n.At < last || n.At >= len(s) {
				t.Fatalf("%+v in %q after %d", n, s, last)
			}
			last = n.At
		}
		for _, w := range strings.Fields(m.Bridge(s)) {
			if len(text.Tokens(w)) == 0 && w != "&" && w != "of" {
				t.Fatalf("the bridge of %q has %q", s, w)
			}
		}
	})
}

func FuzzGuess(f *testing.F) {
	m := train(f, tags.Labelled{Text: "滚动体与保持架 roller", Tags: []string{"MFG.bearing"}}, tags.Labelled{Text: "叶轮", Tags: []string{"MFG.pump", "IT.iot"}})
	for _, s := range []string{"", "滚动体 roller rollers", "\xff", strings.Repeat("叶轮", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		sum, last := 0.0, 1.0
		for _, g := range m.Guess(s) {
			if sum += g.P; !(g.P >= 0 && g.P <= last) {
				t.Fatalf("%v after %v for %q", g, last, s)
			}
			last = g.P
		}
		if sum > 1+1e-9 {
			t.Fatalf("the guesses for %q add up to %v", s, sum)
		}
		for _, p := range m.Propose(s) {
			if !(p.Confidence > 0 && p.Confidence <= 1) {
				t.Fatalf("%+v for %q", p, s)
			}
			for _, words := range p.Because {
				if words == "" || !strings.Contains(s, words) {
					t.Fatalf("%q is not in %q", words, s)
				}
			}
		}
	})
}

// TestNamedLikeBruteForce compares with trying every label at every character.
func TestNamedLikeBruteForce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(12, 12))
	letters := []rune("轴承泵机")
	str := func(n int) string {
		out := make([]rune, n)
		for i := range out {
			out[i] = letters[r.IntN(len(letters))]
		}
		return string(out)
	}
	for range 50 {
		var tree []tags.Tag
		for i := range 6 {
			tree = append(tree, tags.Tag{Code: fmt.Sprint(i), Name: str(2 + r.IntN(3)), Synonyms: []string{str(2 + r.IntN(2))}})
		}
		m, err := tags.Train(tree, nil, tags.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := str(40)
		var want []tags.Mention
		for at := 0; at < len(s); {
			longest := 3
			var here []tags.Mention
			for _, g := range tree {
				for _, w := range append([]string{g.Name}, g.Synonyms...) {
					if strings.HasPrefix(s[at:], w) && len(w) >= longest {
						if len(w) > longest {
							longest, here = len(w), nil
						}
						if len(here) == 0 || here[len(here)-1].Code != g.Code {
							here = append(here, tags.Mention{Code: g.Code, Label: w, At: at})
						}
					}
				}
			}
			want = append(want, here...)
			at += longest
		}
		if got := m.Named(s); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("in %s: got %v, want %v", s, got, want)
		}
	}
}

// TestGrowth doubles the text twice and counts the bytes that are allocated,
// with which the work grows: no more than 2.5 times each. Twice at once, for
// single slices grow by leaps.
func TestGrowth(t *testing.T) {
	p := plant(13, 2, 3, 0)
	m := p.train(t, p.evidence(30, 20))
	for name, f := range map[string]func(string){
		"named":   func(s string) { m.Named(s) },
		"bridge":  func(s string) { m.Bridge(s) },
		"guess":   func(s string) { m.Guess(s) },
		"propose": func(s string) { m.Propose(s) },
	} {
		first := 0.0
		for _, n := range []int{2000, 8000} {
			s := p.text(0, n)
			var a, b runtime.MemStats
			runtime.ReadMemStats(&a)
			f(s)
			runtime.ReadMemStats(&b)
			got := float64(b.TotalAlloc - a.TotalAlloc)
			if first > 0 && got > 2.5*2.5*first {
				t.Errorf("%s: %.0f bytes for %d words, %.0f for a quarter", name, got, n, first)
			}
			first = got
		}
	}
}

func BenchmarkTrain(b *testing.B) {
	for _, n := range []struct{ texts, roots, leaves int }{{1000, 5, 10}, {4000, 7, 10}, {100_000, 20, 25}} {
		b.Run(fmt.Sprintf("texts=%d/tags=%d", n.texts, n.roots*n.leaves), func(b *testing.B) {
			p := plant(14, n.roots, n.leaves, 0.1)
			e := p.evidence(n.texts, 100)
			for b.Loop() {
				p.train(b, e)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	p := plant(15, 7, 10, 0.1)
	m := p.train(b, p.evidence(1000, 60))
	for _, n := range []int{10, 100, 1000} {
		s := p.text(3, n)
		b.Run(fmt.Sprintf("guess/words=%d", n), func(b *testing.B) {
			for b.Loop() {
				m.Guess(s)
			}
		})
		b.Run(fmt.Sprintf("named/words=%d", n), func(b *testing.B) {
			for b.Loop() {
				m.Named(s)
			}
		})
		b.Run(fmt.Sprintf("propose/words=%d", n), func(b *testing.B) {
			for b.Loop() {
				m.Propose(s)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	p := plant(15, 7, 10, 0.1)
	file := save(b, p.train(b, p.evidence(2000, 60)))
	b.Run(fmt.Sprintf("MB=%d/tags=70", len(file)>>20), func(b *testing.B) {
		for b.Loop() {
			if _, err := tags.Load(bytes.NewReader(file)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSimilarity(b *testing.B) {
	p := plant(15, 7, 10, 0.1)
	m := p.train(b, p.evidence(300, 30))
	for b.Loop() {
		m.Similarity(p.leaf[3], p.leaf[40])
	}
}
