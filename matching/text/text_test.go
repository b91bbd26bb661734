package text_test

import (
	"math"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jiebang/matching/text"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ in, want string }{
		"han":         {"船舶舵", "船|船舶|舶|舶舵|舵"},
		"one":         {"舵", "舵"},
		"stemmed":     {"The Bearings of turbines", "bear|turbin|bear turbin"},
		"no_bridge":   {"rotors. Bearings", "rotor|bear"},
		"mixed":       {"T1100级碳纤维", "t1100|级|级碳|碳|碳纤|纤|纤维|维"},
		"number_unit": {"10–18MW, 1.5 kHz", "10|18|mw|1.5|khz"},
		"full_width":  {"ＰＥＣＶＤ／ＡＬＤ　设备", "pecvd|ald|设|设备|备"},
		"broken":      {"轴\xff承", "轴|承"},
		"empty":       {" ，。", ""},
	} {
		if got := strings.Join(text.Tokens(row.in), "|"); got != row.want {
			t.Errorf("%s: got %s, want %s", name, got, row.want)
		}
	}
}

func TestSearchTokens(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"船舶自动舵":       "船舶|舶自|自动|动舵|舵",
		"自动舵,控制":      "自动|动舵|舵|控制|制",
		"of Bearings": "of|bear",
		"GB 3.5mm":    "gb|3.5|mm",
	} {
		if got := strings.Join(text.SearchTokens(in), "|"); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestSearchQuery(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"自动舵":                    "自动 动舵",
		"自动舵 控制 自动舵":             "自动 动舵|控制",
		"舵":                      "舵",
		"the bearings":           "bear",
		"the":                    "the",
		`"magnetic bearings" 轴承`: "magnet bear|轴承",
		`"磁悬浮"`:                  "磁悬 悬浮",
		"T1100碳纤维":               "t1100|碳纤 纤维",
		" ":                      "",
	} {
		var got []string
		for _, p := range text.SearchQuery(in) {
			got = append(got, strings.Join(p, " "))
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%s: got %s, want %s", in, g, want)
		}
	}
}

// found is what the database does: every phrase stands somewhere in the index.
func found(index []string, query [][]string) bool {
	for _, p := range query {
		hit := false
		for i := range index {
			if text.Prefix(p) {
				hit = hit || strings.HasPrefix(index[i], p[0])
			} else if i+len(p) <= len(index) {
				hit = hit || slices.Equal(index[i:i+len(p)], p)
			}
		}
		if !hit {
			return false
		}
	}
	return true
}

// TestEveryChineseWordIsFound takes any stretch of Chinese text as the query.
func TestEveryChineseWordIsFound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(2))
	letters := []rune("船舶自动舵控制，轴承A1 ")
	for range 3000 {
		s := make([]rune, 1+r.Intn(12))
		for i := range s {
			s[i] = letters[r.Intn(len(letters))]
		}
		i := r.Intn(len(s))
		j := i + 1 + r.Intn(len(s)-i)
		for k := i; k < j; k++ { // Latin is found by whole words only
			if s[k] == 'A' || s[k] == '1' {
				j = k
			}
		}
		if i >= j {
			continue
		}
		if q := string(s[i:j]); !found(text.SearchTokens(string(s)), text.SearchQuery(q)) {
			t.Fatalf("%q not found in %q: %q in %q", q, string(s), text.SearchQuery(q), text.SearchTokens(string(s)))
		}
	}
	if found(text.SearchTokens("自动,舵机"), text.SearchQuery("动舵")) {
		t.Error("a word was found across a comma")
	}
}

func TestLikeness(t *testing.T) {
	t.Parallel()
	a, b, c := "磁悬浮轴承控制器", "磁悬浮轴承跌落保护方法", "玉米分子育种"
	if text.Likeness(a, a) < 1-1e-12 {
		t.Error("a text is not like itself")
	}
	if text.Likeness(a, b) != text.Likeness(b, a) {
		t.Error("not symmetric")
	}
	if text.Likeness(a, b) <= 0.4 || text.Likeness(a, c) != 0 || text.Likeness("", a) != 0 {
		t.Errorf("likeness %v %v", text.Likeness(a, b), text.Likeness(a, c))
	}
}

func TestStem(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"bearings": "bear", "turbines": "turbin", "turbine": "turbin", "monitoring": "monitor", "monitored": "monitor",
		"generation": "generat", "generators": "generat", "generally": "general", "organization": "organiz",
		"universities": "universiti", "communication": "communic", "reliability": "reliabl", "reliable": "reliabl",
		"dying": "die", "lying": "lie", "hopping": "hop", "hoping": "hope", "falling": "fall", "added": "add",
		"agreed": "agre", "ties": "tie", "cries": "cri", "gas": "gas", "this": "this", "gaps": "gap", "kiwis": "kiwi",
		"cry": "cri", "by": "by", "say": "say", "skies": "sky", "news": "news", "inning": "inning", "evening": "evening",
		"proceed": "proceed", "exceeds": "exceed", "relational": "relat", "conditional": "condit", "valency": "valenc",
		"hesitancy": "hesit", "digitizer": "digit", "operator": "oper", "feudalism": "feudal", "decisiveness": "decis",
		"formality": "formal", "sensitivity": "sensit", "analogy": "analog", "geologist": "geolog", "triplicate": "triplic",
		"formative": "format", "electrical": "electr", "hopeful": "hope", "goodness": "good", "revival": "reviv",
		"allowance": "allow", "inference": "infer", "adjustable": "adjust", "replacement": "replac", "adoption": "adopt",
		"communism": "communism", "effective": "effect", "controlled": "control", "rate": "rate", "cease": "ceas",
		"roll": "roll", "fuzzed": "fuzz", "bowled": "bowl", "user's": "user", "users'": "user", "yes": "yes",
		"youth": "youth", "boyish": "boyish", "flying": "fli", "international": "internat",
		"eggs": "egg", "ebbing": "ebb", "abilities": "abil", "t1100": "t1100", "μm": "μm", "ab": "ab",
	} {
		if got := text.Stem(word); got != want {
			t.Errorf("%s: got %s, want %s", word, got, want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "轴承", "a'b’c", "T1100级", "\xff\xfe舵", "1.2.3", "ﬁ²⁵µ", "''''", `"磁 a`, "yyy'yies"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, list := range [][]string{text.Tokens(s), text.SearchTokens(s)} {
			if len(list) > 2*len(s)+2 {
				t.Fatalf("%d tokens of %d bytes", len(list), len(s))
			}
			for _, w := range list {
				if w == "" || !utf8.ValidString(w) {
					t.Fatalf("token %q", w)
				}
			}
		}
		if v := text.Likeness(s, s); math.IsNaN(v) || v < 0 || v > 1 {
			t.Fatalf("likeness %v", v)
		}
		for _, p := range text.SearchQuery(s) {
			if len(p) == 0 {
				t.Fatal("empty phrase")
			}
		}
		text.Stem(s)
	})
}

func BenchmarkTokens1MB(b *testing.B) {
	s := strings.Repeat("研制适用于10–18MW电驱离心压缩机的径向/推力磁悬浮轴承 magnetic bearings controller ", 1<<20/100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		text.Tokens(s)
	}
}
