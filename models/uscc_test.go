package models_test

import (
	"testing"

	"jiebang/models"
)

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
