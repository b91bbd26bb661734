package quality

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func full() Need {
	n := Need{Texts: []Passage{{"need", "主轴在 12000 r/min 下连续运行 500 小时，温升不超过 8 K。"}}, Total: 100, Owner: 60, Proof: true,
		Foreground: "owner", Background: "各自保留", Rights: "可用于教学科研并发表论文", TRLNow: 4, TRLTarget: 7, TermMonths: 18, WindowDays: 30,
		Conditions: []Passage{{"bidder_conditions.text[0]", "近三年完成过同类样机"}}}
	for range 3 {
		n.Indicators = append(n.Indicators, Indicator{true, "K", "GB/T 1", "第三方检测机构", "15 K"})
	}
	return n
}

func TestFullAndEmpty(t *testing.T) {
	if s := Of(full()); s.Total != 100 {
		t.Errorf("a full need has %d: %+v", s.Total, s)
	}
	most := 0
	empty := Of(Need{})
	for _, p := range empty.Parts {
		most += p.Most
	}
	if most != 100 || empty.Total != 8 { // it has no condition that could shut anybody out
		t.Errorf("an empty need has %d of %d: %+v", empty.Total, most, empty)
	}
}

func random(r *rand.Rand) Need {
	coin := func() bool { return r.IntN(2) == 0 }
	word := func(s string) string {
		if coin() {
			return s
		}
		return " "
	}
	n := Need{HonorOnly: r.IntN(5) == 0, Total: int64(r.IntN(2)), Owner: int64(r.IntN(2)), Proof: coin(), Foreground: word("owner"), Background: word("b"),
		Rights: word("r"), TRLNow: r.IntN(11), TRLTarget: r.IntN(11), TermMonths: r.IntN(60), WindowDays: r.IntN(40)}
	for range r.IntN(8) {
		n.Indicators = append(n.Indicators, Indicator{coin(), word("K"), word("m"), word("t"), word("b")})
	}
	for i := range r.IntN(4) {
		n.Texts = append(n.Texts, Passage{fmt.Sprintf("text[%d]", i), word("达到" + vague[r.IntN(len(vague))] + "水平")})
		n.Conditions = append(n.Conditions, Passage{fmt.Sprintf("cond[%d]", i), word("须为" + narrow[r.IntN(len(narrow))])})
	}
	return n
}

// mend does what a lack says.
func mend(n Need, l Lack) Need {
	good := full()
	n.Indicators, n.Texts, n.Conditions = append([]Indicator{}, n.Indicators...), append([]Passage{}, n.Texts...), append([]Passage{}, n.Conditions...)
	at := 0
	_, _ = fmt.Sscanf(l.Path, "indicators[%d]", &at)
	switch l.Code {
	case "no_number":
		n.Indicators[at].Number = true
	case "no_unit":
		n.Indicators[at].Unit = "K"
	case "no_test_method":
		n.Indicators[at].TestMethod = "m"
	case "no_tester":
		n.Indicators[at].TestedBy = "t"
	case "no_baseline":
		n.Indicators[at].Baseline = "b"
	case "few_indicators":
		n.Indicators = append(n.Indicators, Indicator{})
	case "no_money":
		n.Total = 1
	case "no_owner_part":
		n.Owner = 1
	case "no_proof":
		n.Proof = true
	case "no_ip_owner":
		n.Foreground = "owner"
	case "no_ip_background":
		n.Background = "b"
	case "no_ip_rights":
		n.Rights = "r"
	case "no_trl_now":
		n.TRLNow = 4
	case "no_trl_target":
		n.TRLTarget = 7
	case "trl_gap":
		n.TRLNow, n.TRLTarget = 4, 7
	case "trl_gap_unknown":
		n.TRLNow, n.TRLTarget = 4, 7
	case "term":
		n.TermMonths = 12
	case "window":
		n.WindowDays = 20
	case "no_text":
		n.Texts = append([]Passage{good.Texts[0]}, n.Texts...)
	case "vague_word", "narrow_condition":
		for _, list := range [][]Passage{n.Texts, n.Conditions} {
			for i := range list {
				if list[i].Path == l.Path {
					list[i].Text = strings.ReplaceAll(list[i].Text, l.Word, "12 K")
				}
			}
		}
	default:
		panic("a lack nobody knows how to mend: " + l.Code)
	}
	return n
}

func TestMendingNeverLowersAndSumIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		n := random(r)
		s := Of(n)
		sum := 0
		for _, p := range s.Parts {
			sum += p.Points
			if p.Points < 0 || p.Points > p.Most {
				t.Fatalf("%s has %d of %d: %+v", p.Name, p.Points, p.Most, n)
			}
			if p.Points < p.Most && len(p.Lacks) == 0 {
				t.Fatalf("%s lacks points and does not say why: %+v", p.Name, n)
			}
			for _, l := range p.Lacks {
				if after := Of(mend(n, l)); after.Total < s.Total {
					t.Fatalf("mending %+v lowers %d to %d: %+v", l, s.Total, after.Total, n)
				}
			}
		}
		if sum != s.Total {
			t.Fatalf("the parts sum to %d, the score is %d", sum, s.Total)
		}
	}
}

// Mending lack after lack comes to 100: the advice leads somewhere.
func TestMendingAllComesToHundred(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		n := random(r)
		for range 200 {
			s, done := Of(n), true
			for _, p := range s.Parts {
				if p.Points < p.Most && len(p.Lacks) > 0 {
					n, done = mend(n, p.Lacks[0]), false
					break
				}
			}
			if done {
				break
			}
		}
		if s := Of(n); s.Total != 100 {
			t.Fatalf("after mending everything it has %d: %+v", s.Total, s)
		}
	}
}

func TestUnitNamesChangeNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		n := random(r)
		before := Of(n)
		for i := range n.Indicators {
			if n.Indicators[i].Unit == "K" {
				n.Indicators[i].Unit = "MPa"
			}
			n.Indicators[i].TestedBy = strings.ReplaceAll(n.Indicators[i].TestedBy, "t", "沈阳某某检测中心")
		}
		if after := Of(n); after.Total != before.Total {
			t.Fatalf("other units: %d becomes %d", before.Total, after.Total)
		}
	}
	for _, name := range []string{"沈阳甲机床有限公司", "大连乙重工有限公司"} {
		n := full()
		n.Texts[0].Text = name + n.Texts[0].Text
		n.Conditions[0].Text = "须使用" + name + "的产品"
		if s := Of(n); s.Total != 96 {
			t.Errorf("with %s it has %d", name, s.Total)
		}
	}
}
