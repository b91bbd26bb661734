package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// samePerson says whether two names can be one person's.
func samePerson(a, b string) bool {
	if han(a) || han(b) {
		x, y := bare(a), bare(b)
		return x == y && x != ""
	}
	x, y := readName(a), readName(b)
	if x.last == "" || y.last == "" {
		return false
	}
	if x.last == y.last {
		return sameGiven(x.given, y.given)
	}
	// 张伟 is Zhang Wei at home and Wei Zhang abroad.
	if !x.romanised() || !y.romanised() {
		return false
	}
	t := y.turned()
	return x.last == t.last && sameGiven(x.given, t.given)
}

// bare is a Chinese name without blanks and titles.
func bare(s string) string {
	var b strings.Builder
	for _, r := range fold(s) {
		if unicode.Is(unicode.Han, r) || r == '·' {
			b.WriteRune(r)
		}
	}
	s = b.String()
	for cut := true; cut; {
		cut = false
		for _, t := range titles {
			if rest, ok := strings.CutSuffix(s, t); ok && utf8.RuneCountInString(rest) >= 2 {
				s, cut = rest, true
			}
		}
	}
	return s
}

var titles = []string{"教授级高工", "高级工程师", "副研究员", "副教授", "研究员", "教授", "院士", "博士", "硕士", "先生", "女士", "老师", "主任", "所长",
	"院长", "副总", "经理", "总工程师", "总工", "高工", "工程师", "讲师", "博导"}

// hanName is two or three characters that begin with a surname, or more behind a double one, and
// are no place and no unit.
func hanName(s string) bool {
	s = bare(s)
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 4 && !strings.Contains(s, "·") {
		return false
	}
	if _, ok := known().byName[s]; ok {
		return false
	}
	if class, ok := pieces()[s]; ok && class != brandName {
		return false
	}
	for _, w := range unitWords {
		if strings.Contains(s, w) {
			return false
		}
	}
	r := []rune(s)
	return n <= 3 && strings.ContainsRune(surnames, r[0]) || n >= 3 && slices.Contains(doubleSurnames, string(r[:2])) || strings.Contains(s, "·")
}

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文葛牛毕齐庞樊兰殷施洪倪翟安颜倪严温芦季俞章鲁葛伍申尤柯左穆关焦岳路祁柴阎连冉苗宁梅吉盛霍耿包祝柏单欧辛管聂"

var doubleSurnames = []string{"欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木"}

// person is a name in Latin letters: given names in order, a last name.
type person struct {
	given []string
	last  string
}

var particles = map[string]bool{"van": true, "von": true, "der": true, "den": true, "de": true, "la": true, "le": true, "di": true, "da": true, "del": true,
	"dos": true, "bin": true, "al": true, "el": true, "ter": true, "ten": true}

// readName reads "L. Peter Deutsch", "Deutsch, L. Peter" and "Dr. Ludwig van der Rohe".
func readName(s string) person {
	s = fold(s)
	last, given, turned := strings.Cut(s, ",")
	if turned {
		if g := words(given); len(g) == 1 && suffixes[g[0]] { // "Deutsch, Jr."
			s, turned = last, false
		}
	}
	if turned {
		return person{words(given), strings.Join(words(last), "")}
	}
	all := words(s)
	for len(all) > 1 && honorifics[all[0]] {
		all = all[1:]
	}
	for len(all) > 1 && suffixes[all[len(all)-1]] {
		all = all[:len(all)-1]
	}
	if len(all) == 0 {
		return person{}
	}
	at := len(all) - 1
	for at > 0 && particles[all[at-1]] {
		at--
	}
	if at == 0 && len(all) > 1 {
		at = len(all) - 1
	}
	return person{all[:at], strings.Join(all[at:], "")}
}

var honorifics = map[string]bool{"dr": true, "prof": true, "professor": true, "mr": true, "ms": true, "mrs": true, "sir": true}
var suffixes = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "phd": true, "md": true}

// words are the runs of letters; a hyphen or an apostrophe joins.
func words(s string) []string {
	return strings.FieldsFunc(strings.NewReplacer("-", "", "'", "").Replace(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func initial(w string) bool { return utf8.RuneCountInString(w) == 1 }

// compatible: equal, or one is the initial of the other.
func compatible(a, b string) bool {
	return a == b || (initial(a) || initial(b)) && strings.HasPrefix(a, b[:1]) && a[:1] == b[:1]
}

// called is the name a person goes by: the first one written out, or the first initial.
func called(given []string) int {
	return max(0, slices.IndexFunc(given, func(w string) bool { return !initial(w) }))
}

// sameGiven aligns given names. The name each goes by must meet its like, what follows on both
// sides must agree, and what is left out before it may only be initials before a written name
// ("L. Peter" is "Peter"), or anything before an equal written name ("Lon Peter" is "Peter").
func sameGiven(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true // a last name alone: nothing is against it
	}
	if strings.Join(a, "") == strings.Join(b, "") && !initial(a[0]) && !initial(b[0]) {
		return true // Wei-Ming, Wei Ming, Weiming
	}
	i, j := called(a), called(b)
	if initial(a[i]) == initial(b[j]) {
		if compatible(a[i], b[j]) {
			return agree(a, b, i, j)
		}
		if initial(a[i]) {
			return false
		}
		// Both are written out and differ: one may be the other's second name.
		if k := slices.Index(a, b[j]); k > i {
			return agree(a, b, k, j)
		}
		if k := slices.Index(b, a[i]); k > j {
			return agree(a, b, i, k)
		}
		return false
	}
	if initial(a[i]) { // let a be the one written out
		a, b, i, j = b, a, j, i
	}
	// b holds initials only; the name that a goes by must be among them, in its place.
	for k := range b {
		if compatible(a[i], b[k]) && k <= i && agree(a, b, i, k) {
			return true
		}
	}
	return false
}

// agree says that the names on both sides of an aligned pair do not speak against each other.
func agree(a, b []string, i, j int) bool {
	for d := 1; i-d >= 0 && j-d >= 0; d++ {
		if !compatible(a[i-d], b[j-d]) {
			return false
		}
	}
	for d := 1; i+d < len(a) && j+d < len(b); d++ {
		if !compatible(a[i+d], b[j+d]) {
			return false
		}
	}
	return true
}

// romanised: every part can be Chinese syllables, and one of the ends is a common surname.
func (p person) romanised() bool {
	if len(p.given) == 0 || !pinyin(p.last) {
		return false
	}
	for _, g := range p.given {
		if initial(g) || !pinyin(g) {
			return false
		}
	}
	return romanSurnames[p.last] || romanSurnames[p.given[0]]
}

func (p person) turned() person {
	return person{append(slices.Clone(p.given[1:]), p.last), p.given[0]}
}

// pinyin: one or two Mandarin syllables.
func pinyin(w string) bool {
	for _, one := range syllables(w) {
		if one == "" {
			return true
		}
		if slices.Contains(syllables(one), "") {
			return true
		}
	}
	return false
}

// syllables are what is left of a word behind each first syllable it can begin with.
func syllables(w string) []string {
	var rest []string
	for _, on := range []string{"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", ""} {
		after, ok := strings.CutPrefix(w, on)
		if !ok {
			continue
		}
		for _, end := range []string{"iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "an", "en", "in", "un", "ai", "ei", "ao", "ou",
			"ia", "ie", "iu", "ua", "ui", "uo", "ue", "er", "a", "o", "e", "i", "u", "v"} {
			if left, ok := strings.CutPrefix(after, end); ok {
				rest = append(rest, left)
			}
		}
	}
	return rest
}

var romanSurnames = set("wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo gao zheng liang xie song tang han deng feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu lv ding ren shen yao zhong cui tan fan wang liao shi jin jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan duan lei long tao mao hao gu gong shao wan qian dai mo kong tang kang qiao lai wen ge niu bi qi pang ni")

// common says that a name is borne by so many that it proves nothing between units: every
// Chinese name, in characters or romanised.
func common(name string) bool {
	if han(name) {
		return true
	}
	return readName(name).romanised()
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
