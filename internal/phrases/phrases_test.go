package phrases_test

import (
	"regexp"
	"slices"
	"testing"

	"jiebang/internal/phrases"
	"jiebang/models"
)

// TestEveryKindHasItsSentence asks for both languages, with the same words to fill in.
func TestEveryKindHasItsSentence(t *testing.T) {
	words := regexp.MustCompile(`\{\w+\}`)
	for _, k := range models.NoticeKinds {
		for _, as := range []string{"", "team", "subscriber", "bidder"} {
			zh, one := phrases.Of("zh-CN", string(k.Kind), as)
			en, two := phrases.Of("en", string(k.Kind), as)
			if !one || !two {
				t.Errorf("%s has no sentence", k.Kind)
			}
			a, b := words.FindAllString(zh.Subject+zh.Text, -1), words.FindAllString(en.Subject+en.Text, -1)
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
				t.Errorf("%s as %q: %v and %v", k.Kind, as, a, b)
			}
		}
	}
}

func TestFill(t *testing.T) {
	got := phrases.Phrase{Subject: "{title}", Text: "a{b}c{d"}.Fill(map[string]string{"title": "{b}", "b": "x"})
	if got.Subject != "{b}" || got.Text != "axc" {
		t.Errorf("%+v", got)
	}
}
