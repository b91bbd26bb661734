// Package codes knows the forms of the numbers and classifications that units, challenges, teams and catalogues quote, and says to a person what is wrong with one.
//
// Each function takes what a person typed and returns it as it is written properly: capitals,
// single blanks, no address in front. It refuses what cannot exist, never what it merely does
// not know: whether a number was ever given out, only the register that gives it can tell.
package codes

import (
	"fmt"
	"regexp"
	"strings"
)

// Fault is what is wrong with a code: a stable code for machines, and how to mend it.
type Fault struct{ Code, Message string }

func (f *Fault) Error() string { return f.Message }

func fault(code, format string, args ...any) *Fault {
	return &Fault{"code." + code, fmt.Sprintf(format, args...)}
}

// Reader is one of the functions of this package, for tables of fields.
type Reader func(typed string) (string, *Fault)

// creditDigits are the characters of a unified social credit code in the order of their
// values: digits and capitals without I, O, S, V and Z (GB 32100-2015).
const creditDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var creditShape = regexp.MustCompile(`^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$`)

// Credit reads a unified social credit code (统一社会信用代码). ok says that its length,
// alphabet and district are possible at all; checked says that its last digit fits the
// others. Some codes of the early years are legal although it does not, so that is a matter
// for a person to look at, not for a refusal.
//
// The check is value(c₁₈) = (31 − Σ valueᵢ·3^(i−1)) mod 31 over the first seventeen.
func Credit(typed string) (code string, ok, checked bool) {
	code = strings.ToUpper(strings.TrimSpace(typed))
	if !creditShape.MatchString(code) {
		return code, false, false
	}
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(creditDigits, code[i]) * weight
		weight = weight * 3 % 31
	}
	return code, true, code[17] == creditDigits[(31-sum%31)%31]
}

// between is a closed range of two-digit numbers.
type between struct{ from, to int }

func within(ranges []between, n int) bool {
	for _, r := range ranges {
		if n >= r.from && n <= r.to {
			return true
		}
	}
	return false
}

// ipcClasses are the classes of each section of the International Patent Classification,
// edition 2024.01.
var ipcClasses = map[byte][]between{
	'A': {{1, 1}, {21, 24}, {41, 47}, {61, 63}, {99, 99}},
	'B': {{1, 9}, {21, 33}, {41, 44}, {60, 68}, {81, 82}, {99, 99}},
	'C': {{1, 14}, {21, 23}, {25, 25}, {30, 30}, {40, 40}, {99, 99}},
	'D': {{1, 7}, {21, 21}, {99, 99}},
	'E': {{1, 6}, {21, 21}, {99, 99}},
	'F': {{1, 4}, {15, 17}, {21, 28}, {41, 42}, {99, 99}},
	'G': {{1, 12}, {16, 16}, {21, 21}, {99, 99}},
	'H': {{1, 5}, {10, 10}, {99, 99}},
}

var ipcShape = regexp.MustCompile(`^([A-H])(\d{2})([A-Z])(?: ?(\d{1,4})/(\d{2,6}))?$`)

// IPC reads a subclass or group of the International Patent Classification: F16C, F16C 32/04.
func IPC(typed string) (string, *Fault) {
	code := upper(typed)
	m := ipcShape.FindStringSubmatch(code)
	if m == nil {
		return code, fault("ipc_form", "must be an IPC subclass or group such as F16C or F16C 32/04")
	}
	class := number(m[2])
	if !within(ipcClasses[m[1][0]], class) {
		return code, fault("ipc_class", "there is no IPC class %q; the form is F16C 32/04", m[1]+m[2])
	}
	if m[4] == "" {
		return m[1] + m[2] + m[3], nil
	}
	return m[1] + m[2] + m[3] + " " + m[4] + "/" + m[5], nil
}

// industrySections are the divisions of each section of GB/T 4754-2017: 20 sections, 97
// divisions without a gap.
var industrySections = []struct {
	letter byte
	between
}{
	{'A', between{1, 5}}, {'B', between{6, 12}}, {'C', between{13, 43}}, {'D', between{44, 46}}, {'E', between{47, 50}}, {'F', between{51, 52}},
	{'G', between{53, 60}}, {'H', between{61, 62}}, {'I', between{63, 65}}, {'J', between{66, 69}}, {'K', between{70, 70}}, {'L', between{71, 72}},
	{'M', between{73, 75}}, {'N', between{76, 79}}, {'O', between{80, 82}}, {'P', between{83, 83}}, {'Q', between{84, 85}}, {'R', between{86, 90}},
	{'S', between{91, 96}}, {'T', between{97, 97}},
}

var industryShape = regexp.MustCompile(`^([A-T]?)(\d{2})(\d{0,2})$`)

// Industry reads a class of GB/T 4754-2017 (国民经济行业分类) with the letter of its section:
// C34, C345, C3451.
func Industry(typed string) (string, *Fault) {
	code := upper(typed)
	m := industryShape.FindStringSubmatch(code)
	if m == nil {
		return code, fault("industry_form", "must be a class of GB/T 4754 with its section letter, such as C3451")
	}
	division := number(m[2])
	for _, s := range industrySections {
		if !within([]between{s.between}, division) {
			continue
		}
		if right := string(s.letter) + m[2] + m[3]; right != code {
			return code, fault("industry_section", "division %s of GB/T 4754 lies in section %c; write %q", m[2], s.letter, right)
		}
		return code, nil
	}
	return code, fault("industry_division", "there is no division %q in GB/T 4754; they run from 01 to 97", m[2])
}

var emergingShape = regexp.MustCompile(`^[1-9](\.\d{1,2}){0,3}$`)

// Emerging reads a code of the strategic emerging industries (战略性新兴产业分类, 2018): 2.1.3.
func Emerging(typed string) (string, *Fault) {
	code := upper(typed)
	if !emergingShape.MatchString(code) {
		return code, fault("emerging_form", "must be a code of the strategic emerging industries such as 2.1.3")
	}
	return code, nil
}

// disciplines are the 62 first-level disciplines of GB/T 13745-2009.
const disciplines = "110 120 130 140 150 160 170 180 190 210 220 230 240 310 320 330 340 350 360 410 413 416 420 430 440 450 460 470 480 490 510 520 530 535 540 550 " +
	"560 570 580 590 610 620 630 710 720 730 740 750 760 770 780 790 810 820 830 840 850 860 870 880 890 910"

var disciplineShape = regexp.MustCompile(`^(\d{3})(\.\d{2}(?:\d{2})?)?$`)

// Discipline reads a code of GB/T 13745-2009 (学科分类与代码): 460, 460.40, 460.4010.
func Discipline(typed string) (string, *Fault) {
	code := upper(typed)
	m := disciplineShape.FindStringSubmatch(code)
	if m == nil {
		return code, fault("discipline_form", "must be a discipline of GB/T 13745 such as 460, 460.40 or 460.4010")
	}
	if !strings.Contains(" "+disciplines+" ", " "+m[1]+" ") {
		return code, fault("discipline_unknown", "there is no discipline %q in GB/T 13745", m[1])
	}
	return code, nil
}

// TRL reads a technology readiness level (技术就绪水平, GB/T 22900): 1 to 9.
func TRL(typed string) (string, *Fault) {
	code := upper(typed)
	if len(code) != 1 || code < "1" || code > "9" {
		return code, fault("trl", "must be a readiness level from 1 to 9")
	}
	return code, nil
}

// upper trims, writes capitals and leaves one blank where there were several.
func upper(typed string) string { return strings.ToUpper(strings.Join(strings.Fields(typed), " ")) }

// number reads digits that a pattern has found already.
func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}
