package names

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// unitWords end a unit or a part of one.
var unitWords = []string{"大学", "学院", "研究所", "研究院", "科学院", "研究总院", "设计院", "医院", "公司", "集团", "中心", "实验室", "学校", "工厂", "制造厂", "机械厂",
	"委员会", "协会", "学会", "研究会", "人民政府", "事务所", "科技厅", "科技局", "管理局", "基金会", "股份", "联盟", "学部", "分院", "电厂", "基地", "附中"}

// tidy folds a Chinese name and takes out blanks, marks and the remark that it is an example;
// numbers in words become figures where they count institutes and factories.
func tidy(s string) string {
	s = strings.NewReplacer(" ", "", "\t", "", "·", "", "\"", "", ".", "", "-", "", ",", "", "(示例)", "", "(演示)", "", "[", "(", "]", ")").Replace(fold(s))
	return counted.ReplaceAllStringFunc(s, func(m string) string {
		parts := counted.FindStringSubmatch(m)
		return number(parts[1]) + parts[2]
	})
}

var counted = regexp.MustCompile(`第?([一二三四五六七八九十百零〇○]{1,6}|[0-9]{1,4})(研究所|设计研究所|所|厂|研究院)`)

var digits = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// number reads 四十七, 六〇六 and 701.
func number(s string) string {
	if s[0] >= '0' && s[0] <= '9' {
		return s
	}
	if !strings.ContainsAny(s, "十百") {
		var b strings.Builder
		for _, r := range s {
			b.WriteByte(byte('0' + digits[r]))
		}
		return b.String()
	}
	total, last := 0, 0
	for _, r := range s {
		switch r {
		case '百':
			total, last = total+max(last, 1)*100, 0
		case '十':
			total, last = total+max(last, 1)*10, 0
		default:
			last = digits[r]
		}
	}
	total += last
	out := ""
	for ; total > 0; total /= 10 {
		out = string(rune('0'+total%10)) + out
	}
	return out
}

// hanUnit reads a Chinese name: as a known unit, as a part of one, or by its own words.
func hanUnit(s string) unit {
	t := tidy(s)
	if all := known().byName[t]; all != nil {
		return of(all, unit{raw: t})
	}
	r := []rune(t)
	for n := len(r) - 1; n >= 2; n-- {
		head, rest := string(r[:n]), string(r[n:])
		if all := slices.DeleteFunc(slices.Clone(known().byName[head]), func(e *entry) bool { return !mayFollow(e, head, rest) }); len(all) > 0 {
			if stripLegal(rest) == "" { // a legal form that the list does not have
				rest = ""
			}
			return of(all, unit{raw: t, sub: rest})
		}
	}
	head, sub := cutHead(t)
	if sub != "" {
		if all := known().byName[head]; all != nil {
			return of(all, unit{raw: t, sub: sub})
		}
	}
	return unit{raw: t, head: head, sub: sub}
}

// mayFollow says whether rest can name a part of a unit whose name, or short name, is head.
func mayFollow(e *entry, head, rest string) bool {
	if strings.HasPrefix(rest, "大学") || strings.HasPrefix(rest, "(") && strings.Contains(e.name, "(") {
		return false
	}
	full := slices.ContainsFunc([]string{"大学", "学院", "研究所", "研究院", "科学院", "公司", "医院", "集团"}, func(w string) bool { return strings.HasSuffix(head, w) })
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case strings.HasSuffix(head, "大学") && strings.HasPrefix(rest, "城"): // 大学城
		return false
	case e.firm || e.umbrella:
		return full || !strings.HasSuffix(rest, "大学") && utf8.RuneCountInString(head) >= 2
	case full:
		return true
	case strings.ContainsRune("市省区县路街镇", first) || utf8.RuneCountInString(rest) < 2 || rest == "医院":
		return false
	}
	for _, w := range []string{"学院", "系", "学部", "中心", "实验室", "医院", "研究所", "研究院", "校区", "分校", "附中", "所", "课题组", "团队", "研究室", "科技园", "部", "科", "室", "组"} {
		if strings.HasSuffix(rest, w) {
			return true
		}
	}
	return strings.HasPrefix(rest, "(")
}

// cutHead parts a name that is not known into the unit and the part of it: behind the first
// word that ends a unit, but a firm's legal form stays with the firm.
func cutHead(t string) (head, sub string) {
	at := -1
	for _, w := range []string{"大学", "公司", "集团", "研究总院", "研究院", "科学院", "设计院", "研究所", "医院", "学院", "管理局", "厂"} {
		i := strings.Index(t, w)
		if i <= 0 {
			continue
		}
		end := i + len(w)
		if w == "集团" && stripLegal(strings.TrimLeft(t[end:], ")")) == "" || w == "厂" && !strings.HasSuffix(t, "厂") && i < 9 {
			continue
		}
		if strings.HasPrefix(t[end:], ")") { // 武汉钢铁(集团)公司
			continue
		}
		if at < 0 || end < at {
			at = end
		}
	}
	if at < 0 || at == len(t) {
		return t, ""
	}
	head, sub = t[:at], t[at:]
	if stripLegal(sub) == "" {
		return t, ""
	}
	return head, sub
}

var legalForms = []string{"股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "控股有限公司", "有限公司", "集团总公司", "集团公司", "总公司", "企业集团", "(集团)", "集团", "公司",
	"控股", "股份", "有限", "(普通合伙)", "厂"}

// stripLegal takes legal forms off the end, and the word for a group out of the middle.
func stripLegal(s string) string {
	for cut := true; cut; {
		cut = false
		for _, f := range legalForms {
			if rest, ok := strings.CutSuffix(s, f); ok {
				s, cut = rest, true
				break
			}
		}
	}
	return strings.ReplaceAll(s, "(集团)", "")
}

// plainPlace takes 省 and 市 from behind places: 沈阳市第一人民医院 is 沈阳第一人民医院.
func plainPlace(s string) string {
	for _, m := range segment(s) {
		if m.class != place {
			break
		}
		s = strings.Replace(s, m.text, m.short(), 1)
	}
	return s
}

// knownAndOther compares a known unit with one that is not.
func knownAndOther(e *entry, k, o unit) string {
	for _, n := range e.han {
		// A short name of the one is no short name of the other: 广工 is 广东工业大学 alone.
		if kind := sameHead(n, o.head); kind == Same || kind == Alias && (class(n) != "" || utf8.RuneCountInString(o.head) < utf8.RuneCountInString(n)) {
			return parts(e.umbrella, k, o)
		}
	}
	if k.sub != "" && (e.umbrella || strings.Contains(k.sub, "医院")) { // 沈阳自动化所 for an institute of the academy
		if utf8.RuneCountInString(o.raw) >= 5 && likePart(k.sub, o.raw) {
			return Alias
		}
	}
	if e.firm && k.sub == "" {
		for _, n := range e.han {
			if kind := firms(n, o.raw); kind != Different {
				return kind
			}
		}
	}
	return Different
}

// hanPair compares two units that are both not known.
func hanPair(u, v unit) string {
	if kind := sameHead(u.raw, v.raw); kind != Different {
		return kind
	}
	if kind := sameHead(u.head, v.head); kind == Same || kind == Alias {
		return parts(false, u, v)
	}
	if kind := firms(u.raw, v.raw); kind != Different {
		return kind
	}
	return Different
}

// sameHead compares two whole names.
func sameHead(a, b string) string {
	if a == "" || b == "" {
		return Different
	}
	x, y := plainPlace(stripLegal(a)), plainPlace(stripLegal(b))
	switch {
	case x == y && x != "" && class(a) == class(b):
		return Same
	case shortOf(x, y) && agreeing(a, b), shortOf(y, x) && agreeing(a, b):
		return Alias
	}
	return Different
}

// class is what a name says that the unit is, or "" where it does not say.
func class(s string) string {
	for _, w := range []struct{ word, class string }{{"大学", "school"}, {"公司", "firm"}, {"集团", "firm"}, {"厂", "firm"}, {"股份", "firm"}, {"医院", "hospital"},
		{"研究所", "institute"}, {"研究院", "institute"}, {"科学院", "institute"}, {"设计院", "institute"}, {"学院", "school"}, {"协会", "society"}, {"学会", "society"}} {
		if strings.HasSuffix(s, w.word) {
			return w.class
		}
	}
	return ""
}

func agreeing(a, b string) bool {
	x, y := class(a), class(b)
	return x == y || x == "" || y == ""
}

// firms compares two firms by place, brand and trade.
func firms(a, b string) string {
	if !agreeing(a, b) || class(a) != "firm" && class(b) != "firm" {
		return Different
	}
	x, y := trade(a), trade(b)
	if x.brand == "" || y.brand == "" {
		return Different
	}
	if x.what == "" && y.what == "" && (x.group && strings.HasPrefix(y.brand, x.brand) || y.group && strings.HasPrefix(x.brand, y.brand)) {
		x.brand = y.brand // 海尔集团 and 海尔智家
	}
	if x.brand != y.brand || x.place != y.place && x.place != "" && y.place != "" {
		return Different
	}
	switch {
	case x.what == y.what:
		return Alias
	case x.what == "" || y.what == "" || strings.HasPrefix(x.what, y.what) || strings.HasPrefix(y.what, x.what):
		return Part
	case x.group || y.group:
		return Colleague
	}
	return Different
}

type firm struct {
	place, brand, what string
	group              bool
}

func trade(s string) firm {
	f := firm{group: strings.Contains(s, "集团") || strings.Contains(s, "控股")}
	s = strings.NewReplacer("企业集团", "", "集团", "", "控股", "").Replace(stripLegal(s))
	for _, m := range segment(s) {
		switch {
		case m.class == place && f.brand == "" && f.place == "":
			f.place = m.short()
		case m.class == place:
		case m.class == brandName && f.brand == "":
			f.brand = m.text
		default:
			f.what += m.text
		}
	}
	return f
}
