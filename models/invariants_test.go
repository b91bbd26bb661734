package models_test

import (
	"testing"

	"jiebang/internal/dbtest"
	"jiebang/models"
)

func TestInvariantsHoldOfNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		broken, err := s.Examine(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range broken {
			t.Errorf("%s: %v", b.Name, b.Rows)
		}
	})
}
