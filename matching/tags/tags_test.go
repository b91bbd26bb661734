package tags_test

import (
	"math"
	"strings"
	"testing"

	"jiebang/matching/tags"
)

var small = []tags.Tag{
	{Code: "MFG", Name: "先进制造", NameEn: "Advanced manufacturing"},
	{Code: "MFG.bearing", Parent: "MFG", Name: "轴承", NameEn: "Bearings", Synonyms: []string{"磁悬浮轴承", "rolling bearings"}},
	{Code: "MFG.pump", Parent: "MFG", Name: "泵与水力机械", NameEn: "Pumps & hydraulics", Synonyms: []string{"离心泵"}},
	{Code: "IT", Name: "信息技术", NameEn: "Information technology"},
	{Code: "IT.iot", Parent: "IT", Name: "物联网", NameEn: "Internet of Things", Synonyms: []string{"IoT"}},
	{Code: "IT.light", Parent: "IT", Name: "发光二极管", NameEn: "LED"},
	{Code: "geo", Name: "地质学/地质资源与地质工程", NameEn: "Geology"},
}

func train(t testing.TB, evidence ...tags.Labelled) *tags.Model {
	t.Helper()
	m, err := tags.Train(small, evidence, tags.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNamed(t *testing.T) {
	t.Parallel()
	m := train(t)
	for name, row := range map[string]struct{ in, want string }{
		"substring":        {"高速磁悬浮轴承及轴承座", "MFG.bearing:磁悬浮轴承 MFG.bearing:轴承"},
		"stems":            {"a rolling bearing's cage, bearing", "MFG.bearing:rolling bearings MFG.bearing:Bearings"},
		"word_boundary":    {"forbearing", ""},
		"stop_word_inside": {"the Internet-of-things", "IT.iot:Internet of Things"},
		"root":             {"先进制造 advanced manufacturing", ""},
		"childless_root":   {"地质资源与地质工程;geology", "geo:地质资源与地质工程 geo:Geology"},
		"comma":            {"轴,承 轴 承", ""},
		"acronym":          {"he led, an LED, LEDs shine; 高亮led灯", "IT.light:LED IT.light:LED IT.light:LED"},
		"full_width":       {"ＩｏＴ", "IT.iot:IoT"},
		"symbols":          {"pump & hydraulics / pump and hydraulics", "MFG.pump:Pumps & hydraulics"},
	} {
		var got []string
		for _, n := range m.Named(row.in) {
			if !strings.HasPrefix(n.Label, "地质资源") && n.At >= len(row.in) {
				t.Errorf("%s: %v beyond the text", name, n)
			}
			got = append(got, n.Code+":"+n.Label)
		}
		if g := strings.Join(got, " "); g != row.want {
			t.Errorf("%s: got %q, want %q", name, g, row.want)
		}
	}
}

func TestBridge(t *testing.T) {
	t.Parallel()
	m := train(t)
	for in, want := range map[string]string{
		"离心泵与磁悬浮轴承":                  "Pumps & hydraulics Bearings rolling bearings",
		"rolling bearings, bearings": "轴承 磁悬浮轴承",
		"高炉":                         "",
	} {
		if got := m.Bridge(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestGuessAddsUp(t *testing.T) {
	t.Parallel()
	m := train(t, tags.Labelled{Text: "滚动体与保持架", Tags: []string{"MFG.bearing"}})
	sum, last := 0.0, 1.0
	g := m.Guess("保持架断裂")
	for _, x := range g {
		sum += x.P
		if x.P > last {
			t.Error("not falling")
		}
		last = x.P
	}
	if math.Abs(sum-1) > 1e-9 || g[0].Code != "MFG.bearing" {
		t.Errorf("%v", g)
	}
	if m.Guess("zzz") != nil {
		t.Error("a guess without a known word")
	}
}

func TestTrainRefuses(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		tree     []tags.Tag
		evidence []tags.Labelled
		want     string
	}{
		"no_code":        {[]tags.Tag{{Name: "轴承"}}, nil, `tag "轴承": the code is empty`},
		"merged":         {[]tags.Tag{{Code: "a"}, {Code: "b"}, {Code: "x", Parent: "a"}, {Code: "x", Parent: "b"}}, nil, `tag "x" stands twice`},
		"unknown_parent": {[]tags.Tag{{Code: "x", Parent: "y"}}, nil, `its parent "y" is not in the tree`},
		"own_parent":     {[]tags.Tag{{Code: "x", Parent: "x"}}, nil, `tag "x" is its own ancestor`},
		"circle":         {[]tags.Tag{{Code: "a"}, {Code: "x", Parent: "z"}, {Code: "y", Parent: "x"}, {Code: "z", Parent: "y"}}, nil, "is its own ancestor"},
		"unknown_tag":    {[]tags.Tag{{Code: "a"}}, []tags.Labelled{{Text: "轴"}, {Text: "承", Tags: []string{"a", "b"}}}, `evidence 1: tag "b" is not in the tree`},
	} {
		if _, err := tags.Train(row.tree, row.evidence, tags.Options{}); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}

// TestNothing trains from nothing, and from tags and texts without words.
func TestNothing(t *testing.T) {
	t.Parallel()
	for _, tree := range [][]tags.Tag{nil, {{Code: "a"}, {Code: "b", Parent: "a", Name: "、"}}} {
		var e []tags.Labelled
		if tree != nil {
			e = []tags.Labelled{{Text: "", Tags: []string{"b"}}, {Text: "，"}}
		}
		m, err := tags.Train(tree, e, tags.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if g, n, p := m.Guess("轴承"), m.Named("轴承、"), m.Propose("轴承"); len(g) > 0 || len(n) > 0 || len(p) > 0 {
			t.Errorf("%v %v %v", g, n, p)
		}
		save(t, m)
	}
}
