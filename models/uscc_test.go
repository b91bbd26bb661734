package models_test

import (
	"testing"

	"jiebang/models"
)

func TestUSCC(t *testing.T) {
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
		code, ok, checked := models.USCC(c.typed)
		if code != c.code || ok != c.ok || checked != c.checked {
			t.Errorf("USCC(%q) = %q %v %v, want %q %v %v", c.typed, code, ok, checked, c.code, c.ok, c.checked)
		}
	}
}

func TestIsRegionAndDate(t *testing.T) {
	for s, want := range map[string]bool{"210100": true, "110000": true, "010100": false, "21010": false, "2101000": false, "21010a": false, "": false} {
		if models.IsRegion(s) != want {
			t.Errorf("IsRegion(%q) = %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"2024-02-29": true, "2025-02-29": false, "2025-1-1": false, "": false, "2025-01-01T00:00": false} {
		if models.IsDate(s) != want {
			t.Errorf("IsDate(%q) = %v", s, !want)
		}
	}
}
