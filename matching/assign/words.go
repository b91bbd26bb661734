package assign

import (
	"fmt"
	"strings"
)

// phrase is a sentence in both languages.
type phrase struct{ zh, en string }

func ruleWords(r Rule) phrase {
	switch {
	case r.Most == 0:
		return phrase{fmt.Sprintf("%s：每项至少 %d 人", r.Name, r.Least), fmt.Sprintf("%s: at least %d on each bid", r.Name, r.Least)}
	case r.Least == 0:
		return phrase{fmt.Sprintf("%s：每项至多 %d 人", r.Name, r.Most), fmt.Sprintf("%s: at most %d on each bid", r.Name, r.Most)}
	}
	return phrase{fmt.Sprintf("%s：每项 %d 至 %d 人", r.Name, r.Least, r.Most), fmt.Sprintf("%s: %d to %d on each bid", r.Name, r.Least, r.Most)}
}

func unitWords(unit string, most int) phrase {
	return phrase{fmt.Sprintf("单位 %s：每项至多 %d 人", unit, most), fmt.Sprintf("unit %s: at most %d on each bid", unit, most)}
}

func apartWords(a Apart) phrase {
	p := phrase{strings.Join(a.Experts, "、") + " 不得同评一项", strings.Join(a.Experts, ", ") + " must not sit on one bid"}
	if a.Reason != "" {
		p.zh += "（" + a.Reason + "）"
		p.en += " (" + a.Reason + ")"
	}
	return p
}

// names lists identifiers, and how many more there are past a dozen.
func names(ids []string) phrase {
	const shown = 12
	if len(ids) <= shown {
		return phrase{strings.Join(ids, "、"), strings.Join(ids, ", ")}
	}
	return phrase{fmt.Sprintf("%s 等 %d 个", strings.Join(ids[:shown], "、"), len(ids)),
		fmt.Sprintf("%s and %d more", strings.Join(ids[:shown], ", "), len(ids)-shown)}
}

func loadStep(e Expert, to int) Step {
	return Step{Kind: "load", Expert: e.ID, From: e.Max, To: to,
		Zh: fmt.Sprintf("专家 %s 的任务上限由 %d 升至 %d", e.ID, e.Max, to), En: fmt.Sprintf("raise the load of %s from %d to %d", e.ID, e.Max, to)}
}

func minimumStep(e Expert, to int) Step {
	return Step{Kind: "minimum", Expert: e.ID, From: e.Min, To: to,
		Zh: fmt.Sprintf("专家 %s 的最低任务量由 %d 降至 %d", e.ID, e.Min, to), En: fmt.Sprintf("lower the minimum of %s from %d to %d", e.ID, e.Min, to)}
}

func seatStep(bid string, from, to int) Step {
	return Step{Kind: "seat", Bid: bid, From: from, To: to,
		Zh: fmt.Sprintf("申报 %s 的评审人数由 %d 减至 %d", bid, from, to), En: fmt.Sprintf("let bid %s have %d experts instead of %d", bid, to, from)}
}

func barStep(q Question, bid, expert string) Step {
	s := Step{Kind: "bar", Bid: bid, Expert: expert, From: 1, To: 0,
		Zh: fmt.Sprintf("解除专家 %s 对申报 %s 的禁配", expert, bid), En: fmt.Sprintf("lift the bar between bid %s and %s", bid, expert)}
	for _, b := range q.Barred {
		if b.Bid == bid && b.Expert == expert && b.Reason != "" {
			s.Reason = b.Reason
			s.Zh += "（" + b.Reason + "）"
			s.En += " (" + b.Reason + ")"
			break
		}
	}
	return s
}

func ruleStep(bid, rule string) Step {
	return Step{Kind: "rule", Bid: bid, Rule: rule, From: 1, To: 0,
		Zh: fmt.Sprintf("申报 %s 不适用规则 %s", bid, rule), En: fmt.Sprintf("set rule %s aside on bid %s", rule, bid)}
}
