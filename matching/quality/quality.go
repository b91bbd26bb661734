// Package quality says how fit a need is to be put before teams: a score of 0 to 100 that is
// a plain sum of parts, and for every point that is missing what is lacking and where.
//
// The formula. Nine parts with fixed points, 100 in all:
//
//	indicators 20  a third for each of three indicators that is a number with a unit (of n > 3: 1/n each)
//	test       15  of the same indicators, those with a method (half) and with a tester (half)
//	baseline   10  of the same indicators, those that say what is reached today
//	money      15  a total 5, the owner's own part 4, proof that it is there 6
//	ip         12  who owns the results 5, who keeps what was there 3, what the other side may do 4
//	trl         8  where it stands 3, where it must come to 3, and a step of 1 to 4 between them 2
//	conditions  8  less 4 for every condition that points at one firm or asks for rank instead of skill
//	window      6  a term of 6 to 48 months 3, at least 20 days to answer 3
//	words       6  less 2 for every vague word that stands in place of a number
//
// Shares of a part are rounded down, so the parts are whole numbers and sum exactly. Nothing
// is read but the text itself: neither who wrote it, nor the clock, nor other needs.
package quality

import (
	"fmt"
	"strings"
)

// The parts, in the order in which they are shown.
const (
	Indicators = "indicators"
	Test       = "test"
	Baseline   = "baseline"
	Money      = "money"
	IP         = "ip"
	TRL        = "trl"
	Conditions = "conditions"
	Window     = "window"
	Words      = "words"
)

// enough is how many indicators a need is measured by at least.
const enough = 3

// Usual bounds of a term in months, and the shortest time to answer in days.
const (
	leastTerm, mostTerm = 6, 48
	leastWindow         = 20
	farthest            = 4 // steps of readiness one piece of work bridges
)

// Need is what is judged. Sums are in fen; what is unknown is zero.
type Need struct {
	Texts      []Passage // what is read for vague words
	Indicators []Indicator

	HonorOnly bool // no money is offered, which needs no proof
	Total     int64
	Owner     int64 // the owner's own part
	Proof     bool  // a paper shows that the money is there

	Foreground, Background, Rights string // who owns the results, who keeps the old, what the other may do
	TRLNow, TRLTarget              int
	Conditions                     []Passage
	TermMonths, WindowDays         int
}

// Passage is a text and the field it stands in.
type Passage struct{ Path, Text string }

// Indicator is one promise asked for.
type Indicator struct {
	Number                               bool // it has a value, not only words
	Unit, TestMethod, TestedBy, Baseline string
}

// Score is the sum of its parts.
type Score struct {
	Total int
	Parts []Part
}

// Part is one part of the score and what it lacks.
type Part struct {
	Name   string
	Points int
	Most   int
	Lacks  []Lack
}

// Lack is one thing to mend: where, what, and what it costs at most.
type Lack struct {
	Path, Code, Mend string
	Word             string // the word that is frowned upon, if it is one
}

// Of scores a need.
func Of(n Need) Score {
	s := Score{Parts: []Part{n.indicators(), n.test(), n.baseline(), n.money(), n.ip(), n.trl(), n.conditions(), n.window(), n.words()}}
	for _, p := range s.Parts {
		s.Total += p.Points
	}
	return s
}

func (p *Part) lack(path, code, mend string, args ...any) {
	p.Lacks = append(p.Lacks, Lack{Path: path, Code: code, Mend: fmt.Sprintf(mend, args...)})
}

// give adds the points when the thing is there, and else names what is lacking.
func (p *Part) give(ok bool, points int, path, code, mend string, args ...any) {
	if ok {
		p.Points += points
		return
	}
	p.lack(path, code, mend, args...)
}

// among is the number of indicators a share is taken of.
func (n *Need) among() int { return max(enough, len(n.Indicators)) }

func (n *Need) indicators() Part {
	p := Part{Name: Indicators, Most: 20}
	good := 0
	for i, one := range n.Indicators {
		path := fmt.Sprintf("indicators[%d]", i)
		switch {
		case !one.Number:
			p.lack(path+".value", "no_number", "Give a number that can be measured.")
		case blank(one.Unit):
			p.lack(path+".unit", "no_unit", "Give the unit, or 1 for a number without one.")
		default:
			good++
		}
	}
	if missing := enough - len(n.Indicators); missing > 0 {
		p.lack("indicators", "few_indicators", "State at least %d indicators, %d more.", enough, missing)
	}
	p.Points = p.Most * good / n.among()
	return p
}

func (n *Need) test() Part {
	p := Part{Name: Test, Most: 15}
	half := 0
	for i, one := range n.Indicators {
		path := fmt.Sprintf("indicators[%d]", i)
		if blank(one.TestMethod) {
			p.lack(path+".test_method", "no_test_method", "Say how it is tested: a standard, a rig, a number of runs.")
		} else {
			half++
		}
		if blank(one.TestedBy) {
			p.lack(path+".tested_by", "no_tester", "Say who tests it.")
		} else {
			half++
		}
	}
	p.few(n)
	p.Points = p.Most * half / (2 * n.among())
	return p
}

func (n *Need) baseline() Part {
	p := Part{Name: Baseline, Most: 10}
	good := 0
	for i, one := range n.Indicators {
		if blank(one.Baseline) {
			p.lack(fmt.Sprintf("indicators[%d].baseline", i), "no_baseline", "Say what is reached today, so that the step can be judged.")
		} else {
			good++
		}
	}
	p.few(n)
	p.Points = p.Most * good / n.among()
	return p
}

// few names the lack of indicators in the parts that are a share of them, so that every
// missing point is explained where it is missing.
func (p *Part) few(n *Need) {
	if len(n.Indicators) < enough {
		p.lack("indicators", "few_indicators", "State at least %d indicators, %d more.", enough, enough-len(n.Indicators))
	}
}

func (n *Need) money() Part {
	p := Part{Name: Money, Most: 15}
	p.give(n.Total > 0, 5, "total_investment_fen", "no_money", "Say what the whole work may cost.")
	p.give(n.Owner > 0, 4, "funding.owner_fen", "no_owner_part", "Say what the owner pays himself.")
	p.give(n.Proof || n.HonorOnly, 6, "fund_proof", "no_proof", "Add a paper that shows that the money is there.")
	return p
}

func (n *Need) ip() Part {
	p := Part{Name: IP, Most: 12}
	p.give(!blank(n.Foreground), 5, "ip_terms.foreground", "no_ip_owner", "Say who will own the results.")
	p.give(!blank(n.Background), 3, "ip_terms.background", "no_ip_background", "Say who keeps what was there before.")
	p.give(!blank(n.Rights), 4, "ip_terms.bidder_rights", "no_ip_rights", "Say what the team may do with the results.")
	return p
}

func (n *Need) trl() Part {
	p := Part{Name: TRL, Most: 8}
	now, target := n.TRLNow >= 1 && n.TRLNow <= 9, n.TRLTarget >= 1 && n.TRLTarget <= 9
	p.give(now, 3, "trl_current", "no_trl_now", "Say how ready the technology is today, 1 to 9.")
	p.give(target, 3, "trl_target", "no_trl_target", "Say how ready it must become, 1 to 9.")
	if !now || !target {
		p.lack("trl_target", "trl_gap_unknown", "The step between the two is not known yet.")
		return p
	}
	step := n.TRLTarget - n.TRLNow
	p.give(step >= 1 && step <= farthest, 2, "trl_target", "trl_gap", "A step of %d cannot be judged as one work; %d to %d can.", step, 1, farthest)
	return p
}

func (n *Need) conditions() Part {
	p := Part{Name: Conditions, Most: 8}
	for _, c := range n.Conditions {
		if word := found(c.Text, narrow); word != "" {
			p.Lacks = append(p.Lacks, Lack{Path: c.Path, Code: "narrow_condition", Word: word,
				Mend: "Only one firm, or only people of a rank, can meet this: ask for what a team can do."})
		}
	}
	p.Points = max(0, p.Most-4*len(p.Lacks))
	return p
}

func (n *Need) window() Part {
	p := Part{Name: Window, Most: 6}
	p.give(n.TermMonths >= leastTerm && n.TermMonths <= mostTerm, 3, "term_months", "term", "Give a term of %d to %d months.", leastTerm, mostTerm)
	p.give(n.WindowDays >= leastWindow, 3, "bid_deadline", "window", "Leave teams at least %d days to answer.", leastWindow)
	return p
}

func (n *Need) words() Part {
	p := Part{Name: Words, Most: 6}
	for _, t := range n.Texts {
		low := strings.ToLower(t.Text)
		for _, word := range vague {
			if strings.Contains(low, word) {
				p.Lacks = append(p.Lacks, Lack{Path: t.Path, Code: "vague_word", Word: word, Mend: "Say it with a number or a standard instead."})
			}
		}
	}
	if len(n.Texts) == 0 || blank(n.Texts[0].Text) {
		p.lack("need", "no_text", "Describe the problem.")
		return p
	}
	p.Points = max(0, p.Most-2*len(p.Lacks))
	return p
}

// vague words promise and cannot be tested.
var vague = []string{"国际先进", "国内领先", "国际领先", "世界一流", "行业领先", "填补空白", "大幅提升", "大幅提高", "大幅降低", "显著提升", "显著提高", "显著降低",
	"尽可能", "尽量", "相关技术", "一揽子", "整体解决方案", "全面提升", "较好", "适当", "state of the art", "world-class", "world class", "significantly", "as far as possible",
	"cutting-edge", "holistic", "as appropriate"}

// narrow words shut out teams for what they are, or point at one of them.
var narrow = []string{"指定", "品牌", "独家", "原厂", "唯一", "有限公司", "有限责任公司", "年龄", "周岁", "岁以下", "职称", "院士", "教授", "头衔", "学历", "博士学位",
	"长江学者", "杰青", "brand", "age limit", "under the age", "professor", "exclusive", "sole supplier", "co., ltd"}

// Narrow is the word by which a condition points at one firm or asks for rank, or "".
func Narrow(text string) string { return found(text, narrow) }

func found(text string, words []string) string {
	low := strings.ToLower(text)
	for _, w := range words {
		if strings.Contains(low, w) {
			return w
		}
	}
	return ""
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
