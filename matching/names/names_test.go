package names_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiebang/matching/names"
)

type pair struct {
	A, B, Mode, Test string
	Match            bool
}

func pairs(t testing.TB, file string) []pair {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Cases []pair }
	if err := json.Unmarshal(raw, &set); err != nil {
		t.Fatal(err)
	}
	return set.Cases
}

// judge prints precision and recall, and wants both at least as high.
func judge(t *testing.T, file string, least float64) {
	hit, extra, missed := 0, 0, 0
	list := pairs(t, file)
	for _, p := range list {
		byName := p.Mode != "guess"
		got := names.Match(p.A, p.B, byName)
		switch {
		case got.Match && p.Match:
			hit++
		case got.Match:
			extra++
		case p.Match:
			missed++
		}
		if got.Match != p.Match {
			t.Logf("%s: %s | %s: %+v", p.Test, p.A, p.B, got)
		}
		if back := names.Match(p.B, p.A, byName); back.Match != got.Match || back.Kind != got.Kind {
			t.Errorf("%s | %s: %+v, but turned round %+v", p.A, p.B, got, back)
		}
	}
	precision, recall := float64(hit)/float64(hit+extra), float64(hit)/float64(hit+missed)
	t.Logf("%d pairs: precision %.4f, recall %.4f", len(list), precision, recall)
	if precision < least || recall < least {
		t.Errorf("precision %.4f, recall %.4f, want %.2f", precision, recall, least)
	}
}

func TestChinesePairs(t *testing.T) {
	t.Parallel()
	if n := len(pairs(t, "testdata/chinese.json")); n < 200 {
		t.Errorf("only %d pairs", n)
	}
	judge(t, "testdata/chinese.json", 0.98)
}

func TestEnglishPairs(t *testing.T) {
	t.Parallel()
	judge(t, "testdata/english.json", 0.97)
}

func TestOutsidePairs(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("JIEBANG_EVAL_DATA")
	if dir == "" {
		t.Skip("JIEBANG_EVAL_DATA is not set: the outside pairs are not here")
	}
	for _, d := range []string{filepath.Join(dir, "conflict"), filepath.Join(dir, "..", "conflict")} {
		if _, err := os.Stat(d); err == nil {
			judge(t, filepath.Join(d, "name_match.json"), 0.97)
			return
		}
	}
	t.Skipf("neither %s nor the folder above holds conflict", dir)
}

// TestAnyTextIsAnswered: nothing that people may type stops it, and order does not count.
func TestAnyTextIsAnswered(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 11))
	bits := strings.Split("东北大学|东大|学院|附属|第一|医院|集团|(|)|（|）|公司|厂|沈阳|市|中国科学院|张伟|欧阳| |,|.|MIT|U|UC|San|of|&|-|'|第|十|○|研究所|\xff|é|Smith|J.|All|\u3000", "|")
	word := func() string {
		var b strings.Builder
		for range r.IntN(7) {
			b.WriteString(bits[r.IntN(len(bits))])
		}
		return b.String()
	}
	for range 20000 {
		a, b := word(), word()
		byName := r.IntN(2) == 0
		x, y := names.Match(a, b, byName), names.Match(b, a, byName)
		if x.Match != y.Match || x.Kind != y.Kind {
			t.Fatalf("%q | %q: %+v, but turned round %+v", a, b, x, y)
		}
		if self := names.Units(a, a); strings.TrimSpace(a) != "" && len([]rune(a)) > 3 && strings.Contains(a, "大学") && !self.Match {
			t.Fatalf("%q is not like itself: %+v", a, self)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	list := pairs(b, "testdata/chinese.json")
	for b.Loop() {
		for _, p := range list {
			names.Match(p.A, p.B, false)
		}
	}
}
