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
