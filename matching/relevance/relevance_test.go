package relevance_test

import (
	"slices"
	"testing"

	"jiebang/matching/relevance"
)

func word(w ...string) relevance.Asked {
	return relevance.Asked{Any: [][]relevance.Phrase{{{Words: w}}}}
}

// The order says: a title that is the word, a longer title, labels, often, once.
func TestOrder(t *testing.T) {
	found := []relevance.Found{
		{Title: "别的"}, {Title: "别的", Often: "轴承"}, {Title: "别的", Labels: "滚动 轴承"}, {Title: "大型 轴承 试验 验台 研制"}, {Title: "轴承"},
		{Title: "轴承", Labels: "轴承"}, {Title: "别的", Open: true},
	}
	got := []int{}
	for _, p := range relevance.Order([]relevance.Asked{word("轴承")}, found) {
		got = append(got, p.At)
	}
	if want := []int{5, 4, 3, 2, 1, 6, 0}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// What few of the finds have tells more than what all have.
func TestRareWordsTellMore(t *testing.T) {
	found := []relevance.Found{{Title: "研制 甲"}, {Title: "研制 乙"}, {Title: "磁悬 乙"}, {Title: "研制 丙"}}
	got := relevance.Order([]relevance.Asked{word("研制"), word("磁悬")}, found)
	if got[0].At != 2 || !got[0].Title {
		t.Errorf("first is %+v", got[0])
	}
}

func TestAlternativesCountLess(t *testing.T) {
	a := relevance.Asked{Any: [][]relevance.Phrase{{{Words: []string{"轴承"}}}, {{Words: []string{"bear"}}}}}
	got := relevance.Order([]relevance.Asked{a}, []relevance.Found{{Title: "bear"}, {Title: "轴承"}, {Title: "other"}})
	if got[0].At != 1 || got[1].At != 0 || got[2].At != 2 {
		t.Errorf("order %+v", got)
	}
	prefix := relevance.Asked{Any: [][]relevance.Phrase{{{Words: []string{"轴"}, Prefix: true}}}}
	if got := relevance.Order([]relevance.Asked{prefix}, []relevance.Found{{Title: "主轴"}, {Title: "轴承"}}); got[0].At != 1 {
		t.Errorf("a prefix finds %+v", got)
	}
}

// Equal finds keep their order, and words do not run over the end of a field.
func TestEqualsStay(t *testing.T) {
	got := relevance.Order([]relevance.Asked{word("甲", "乙")}, []relevance.Found{{Title: "甲", Labels: "乙"}, {Title: "x"}, {Title: "甲 ꙮ 乙"}})
	for i, p := range got {
		if p.At != i || p.Score != got[0].Score {
			t.Errorf("place %d is %+v", i, p)
		}
	}
}

func TestOneOff(t *testing.T) {
	list := relevance.OneOff("bering")
	for _, w := range []string{"bearing", "being", "berings", "ebring", "bexing"} {
		if !slices.Contains(list, w) {
			t.Errorf("%s is one letter away", w)
		}
	}
	if slices.Contains(list, "bering") || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Error("each other word once, sorted")
	}
}

func BenchmarkOrder1000(b *testing.B) {
	found := make([]relevance.Found, 1000)
	for i := range found {
		found[i] = relevance.Found{Title: "大型 型轴 轴承 承试 试验 验台 台研 研制 制", Labels: "滚动 动轴 轴承 承 ꙮ roll bear ꙮ 制造 造 ꙮ 转子 子系 系统 统", Often: "轴承 试验"}
	}
	asked := []relevance.Asked{word("轴承"), word("试验")}
	for b.Loop() {
		relevance.Order(asked, found)
	}
}
