package codes_test

import (
	"strings"
	"testing"

	"jiebang/internal/codes"
)

func TestCredit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, code string
		ok, checked bool
	}{
		{"91350200776049653A", "91350200776049653A", true, true},
		{"91440101MA5CJQ4N59", "91440101MA5CJQ4N59", true, true},
		{" 91440101ma5cjq4n59 ", "91440101MA5CJQ4N59", true, true},
		{"12210112DEM003012B", "12210112DEM003012B", true, true},
		{"91350200776049653B", "91350200776049653B", true, false}, // check digit off
		{"91440101MA5CJQ4N5A", "91440101MA5CJQ4N5A", true, false},
		{"", "", false, false},
		{"9135020077604965", "9135020077604965", false, false},       // short
		{"91350200776049653AA", "91350200776049653AA", false, false}, // long
		{"9135020077604965OA", "9135020077604965OA", false, false},   // O is no character of it
		{"9I350200776049653A", "9I350200776049653A", false, false},   // neither is I
		{"913502A0776049653A", "913502A0776049653A", false, false},   // the district is digits
		{"９1350200776049653A", "９1350200776049653A", false, false},   // full-width digit
	} {
		code, ok, checked := codes.Credit(c.typed)
		if code != c.code || ok != c.ok || checked != c.checked {
			t.Errorf("Credit(%q) = %q %v %v, want %q %v %v", c.typed, code, ok, checked, c.code, c.ok, c.checked)
		}
	}
}

// Every form, good and bad: a good one with how it is written, a bad one with the code of the
// fault and a word of what the person is told.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, table := range []struct {
		name string
		read codes.Reader
		good map[string]string    // typed → written
		bad  map[string][2]string // typed → fault, a word of the message
	}{
		{"ipc", codes.IPC,
			map[string]string{"F16C 32/04": "F16C 32/04", "f16c32/04": "F16C 32/04", " F16C  32/04 ": "F16C 32/04", "H01L": "H01L", "G16H 50/20": "G16H 50/20", "H10N 10/00": "H10N 10/00",
				"B82Y 30/00": "B82Y 30/00", "C40B 40/06": "C40B 40/06", "A61K 2800/10": "A61K 2800/10"},
			map[string][2]string{"": {"ipc_form", "F16C 32/04"}, "F16": {"ipc_form", "F16C"}, "I16C": {"ipc_form", "F16C"}, "F16C 32": {"ipc_form", "F16C 32/04"}, "F16C 32/4": {"ipc_form", ""},
				"F18C 32/04": {"ipc_class", "F18"}, "F16C 32-04": {"ipc_form", ""}, "A02B": {"ipc_class", "A02"}, "H06K 1/00": {"ipc_class", "H06"}, "F16C 32/04/1": {"ipc_form", ""}}},
		{"industry", codes.Industry,
			map[string]string{"C3451": "C3451", "c34": "C34", "A05": "A05", "I6513": "I6513", "T97": "T97", "M731": "M731", "B0610": "B0610"},
			map[string][2]string{"3451": {"industry_section", "C3451"}, "D3451": {"industry_section", "C3451"}, "C0511": {"industry_section", "A0511"}, "C3": {"industry_form", ""}, "C34511": {"industry_form", "C3451"},
				"T98": {"industry_division", "97"}, "A00": {"industry_division", "00"}, "U97": {"industry_form", ""}, "": {"industry_form", ""}}},
		{"emerging", codes.Emerging,
			map[string]string{"2": "2", "2.1": "2.1", "2.1.3": "2.1.3", "9.10.2.1": "9.10.2.1"},
			map[string][2]string{"a": {"emerging_form", "2.1.3"}, "0.1": {"emerging_form", ""}, "2.": {"emerging_form", ""}, "2.1.3.4.5": {"emerging_form", ""}}},
		{"discipline", codes.Discipline,
			map[string]string{"460": "460", "460.40": "460.40", "460.4010": "460.4010", "110": "110", "413": "413", "910": "910"},
			map[string][2]string{"46": {"discipline_form", "460.40"}, "460.4": {"discipline_form", ""}, "460.401": {"discipline_form", ""}, "461": {"discipline_unknown", "461"}, "100": {"discipline_unknown", "100"}, "": {"discipline_form", ""}}},
		{"trl", codes.TRL, map[string]string{"1": "1", " 9 ": "9"}, map[string][2]string{"0": {"trl", "1 to 9"}, "10": {"trl", ""}, "": {"trl", ""}, "x": {"trl", ""}}},
		{"patent", codes.Patent,
			map[string]string{"ZL202110123456.7": "ZL202110123456.7", "202110123456.7": "202110123456.7", "CN2021101234567": "CN202110123456.7", "85100001.0": "85100001.0", "CN031234569": "CN03123456.9",
				"CN112345678A": "CN112345678A", "cn 112345678 b": "CN112345678B", "CN212345678U": "CN212345678U", "CN1234567C": "CN1234567C", "PCT/CN2021/123456": "PCT/CN2021/123456",
				"WO2021/123456A1": "WO2021/123456A1", "US10123456B2": "US10123456B2", "EP1234567A1": "EP1234567A1"},
			map[string][2]string{"ZL202110123456.8": {"patent_check", "comes 7"}, "CN2021101234568": {"patent_check", "7"}, "85100001.X": {"patent_check", "0"}, "202170123456.7": {"patent_type", "1, 2, 3"},
				"CN912345678A": {"patent_type", "invention"}, "CN12A": {"patent_form", "CN112345678A"}, "CN12345678A": {"patent_form", ""}, "ZL": {"patent_form", ""}, "US10123456": {"patent_form", "kind code"}, "": {"patent_form", ""}}},
		{"standard", codes.Standard,
			map[string]string{"GB/T 4754-2017": "GB/T 4754-2017", "gb/t4754—2017": "GB/T 4754-2017", "GB 32100-2015": "GB 32100-2015", "ISO 9001:2015": "ISO 9001:2015", "ISO/IEC 27001:2022": "ISO/IEC 27001:2022",
				"JB/T 5000.3-2007": "JB/T 5000.3-2007", "T/CSAE 53-2020": "T/CSAE 53-2020", "DB21/T 1234-2019": "DB21/T 1234-2019", "Q/ABC 001-2023": "Q/ABC 001-2023", "IEC 61508-3:2010": "IEC 61508-3:2010",
				"GJB 9001C-2017": "GJB 9001C-2017", "HB 5455-90": "HB 5455-90", "ASTM E8": "ASTM E8", "GB/T 1": "GB/T 1"},
			map[string][2]string{"no number": {"standard_form", "GB/T 4754-2017"}, "4754-2017": {"standard_form", ""}, "GB/X 1-2017": {"standard_form", ""}, "GB/T 4754-2107": {"standard_year", "2107"}, "GB/T": {"standard_form", ""}, "": {"standard_form", ""}}},
		{"doi", codes.DOI,
			map[string]string{"10.1000/182": "10.1000/182", "https://doi.org/10.1016/j.ymssp.2020.106900": "10.1016/j.ymssp.2020.106900", "doi:10.3901/JME.2019.01.001": "10.3901/JME.2019.01.001", "DOI: 10.1000/182": "10.1000/182"},
			map[string][2]string{"doi:10.1/x": {"doi_form", "10.1000/182"}, "11.1000/1": {"doi_form", ""}, "10.1000": {"doi_form", ""}, "10.1000/a b": {"doi_form", ""}, "": {"doi_form", ""}}},
	} {
		t.Run(table.name, func(t *testing.T) {
			t.Parallel()
			for typed, want := range table.good {
				got, fault := table.read(typed)
				if fault != nil || got != want {
					t.Errorf("%q: %q %v, want %q", typed, got, fault, want)
				}
				if again, fault := table.read(got); fault != nil || again != got {
					t.Errorf("%q: what is written properly is read as %q %v", got, again, fault)
				}
			}
			for typed, want := range table.bad {
				_, fault := table.read(typed)
				if fault == nil || fault.Code != "code."+want[0] || !strings.Contains(fault.Message, want[1]) {
					t.Errorf("%q: %v, want code.%s with %q", typed, fault, want[0], want[1])
				}
			}
		})
	}
}

// Every single mistyped digit of an application number is noticed: the weights have no factor
// in common with 11.
func TestPatentDigits(t *testing.T) {
	t.Parallel()
	const right = "202110123456.7"
	for i := range 12 {
		for d := byte('0'); d <= '9'; d++ {
			wrong := right[:i] + string(d) + right[i+1:]
			if _, fault := codes.Patent(wrong); (fault == nil) != (wrong == right) {
				t.Errorf("%s: %v", wrong, fault)
			}
		}
	}
}
