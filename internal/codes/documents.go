package codes

import (
	"regexp"
	"strings"
)

var (
	applicationShape = regexp.MustCompile(`^(?:CN|ZL)? ?(\d{8}|\d{12})\.?([0-9X])$`)
	publicationShape = regexp.MustCompile(`^CN ?(\d{7}|\d{9}) ?([ABCUYSD]\d?)$`)
	treatyShape      = regexp.MustCompile(`^(?:PCT/[A-Z]{2}\d{4}/\d{5,6}|WO ?\d{4}/?\d{6} ?A\d)$`)
	foreignShape     = regexp.MustCompile(`^(?:US|EP|JP|KR|DE|GB|FR|RU|AU|CA|TW|EA|IN) ?\d{6,13} ?[A-Z]\d?$`)
)

// Patent reads the number of a patent: a Chinese application or patent number with its check
// digit (ZL202110123456.7, CN2021101234567, 85100001.0), a Chinese publication number
// (CN112345678A), an international one (PCT/CN2021/123456, WO2021123456A1) or that of another
// office with its kind code (US10123456B2).
//
// The check digit of an application is Σ digitᵢ·weightᵢ mod 11 with the weights 2 to 9 and
// then 2 to 5, ten being written X (ZC 0006-2003). Chinese application and publication
// numbers are told apart by the kind code: only a publication ends in one.
func Patent(typed string) (string, *Fault) {
	code := upper(typed)
	if m := applicationShape.FindStringSubmatch(code); m != nil {
		return application(code, m[1], m[2])
	}
	if m := publicationShape.FindStringSubmatch(code); m != nil {
		if kind := m[1][0]; kind < '1' || kind > '3' {
			return code, fault("patent_type", "a Chinese publication number begins with 1 (invention), 2 (utility model) or 3 (design) after CN")
		}
		return "CN" + m[1] + m[2], nil
	}
	if treatyShape.MatchString(code) || foreignShape.MatchString(code) {
		return strings.ReplaceAll(code, " ", ""), nil
	}
	return code, fault("patent_form", "must be an application number with its check digit such as ZL202110123456.7, or a publication number with its kind code such as CN112345678A")
}

func application(code, digits, check string) (string, *Fault) {
	kind := digits[4]
	if len(digits) == 8 {
		kind = digits[2]
	}
	if !strings.ContainsRune("12389", rune(kind)) {
		return code, fault("patent_type", "the digit after the year must be 1, 2, 3, 8 or 9, the kind of the application")
	}
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (2 + i%8)
	}
	if want := string("0123456789X"[sum%11]); want != check {
		return code, fault("patent_check", "the check digit does not fit: after %s comes %s, not %s; look for a mistyped digit", digits, want, check)
	}
	prefix := ""
	if strings.HasPrefix(code, "ZL") {
		prefix = "ZL"
	} else if strings.HasPrefix(code, "CN") {
		prefix = "CN"
	}
	return prefix + digits + "." + check, nil
}

// standardBodies are who gives standards a number. Chinese trades have two letters each; a
// province's standards begin with DB and its two digits, a group's with T and its name, a
// firm's with Q.
const standardBodies = `ISO/IEC/IEEE|ISO/IEC(?: TR| TS)?|ISO(?:/(?:TR|TS|PAS|ASTM|SAE))?|IEC(?:/(?:TR|TS|IEEE|IEC))?|IEEE|ITU-T|ASTM|ASME|ANSI|SAE|API|AMS|DIN EN ISO|DIN EN|DIN|JIS|VDI|` +
	`EN ISO|BS EN|NF EN|DB\d{2,4}(?:/T)?|T/[A-Z]{2,12}|Q/[A-Z0-9]{2,12}|GJB(?:/Z)?|[A-Z]{2}(?:/[TZ])?`

var standardShape = regexp.MustCompile(`^(` + standardBodies + `) ?([A-Z]? ?\d+(?:\.\d+)*(?:-\d{1,2})?[A-Z]?)(?:[-:](\d{4}|\d{2}))?(?:/[A-Z]+\d*[-:]\d{4})?$`)

// Standard reads the number of a standard: GB/T 4754-2017, JB/T 5000.3-2007, ISO 9001:2015,
// ISO/IEC 27001:2022, T/CSAE 53-2020.
func Standard(typed string) (string, *Fault) {
	code := strings.NewReplacer("—", "-", "–", "-", "－", "-", "：", ":", "／", "/").Replace(upper(typed))
	m := standardShape.FindStringSubmatch(code)
	if m == nil {
		return code, fault("standard_form", "must be the number of a standard such as GB/T 4754-2017, ISO 9001:2015 or T/CSAE 53-2020")
	}
	if len(m[3]) == 4 && m[3][:2] != "19" && m[3][:2] != "20" {
		return code, fault("standard_year", "%q cannot be the year of a standard", m[3])
	}
	return m[1] + " " + strings.TrimSpace(strings.TrimPrefix(code, m[1])), nil
}

var doiShape = regexp.MustCompile(`^10\.\d{4,9}(?:\.\d+)*/[^\s"<>]+$`)

// DOI reads a digital object identifier: 10.1000/182. The address or prefix that it is often
// quoted with is taken off.
func DOI(typed string) (string, *Fault) {
	code := strings.TrimSpace(typed)
	low := strings.ToLower(code)
	for _, prefix := range []string{"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/", "doi:"} {
		if strings.HasPrefix(low, prefix) {
			code = strings.TrimSpace(code[len(prefix):])
			break
		}
	}
	if !doiShape.MatchString(code) {
		return code, fault("doi_form", "must be a DOI such as 10.1000/182")
	}
	return code, nil
}
