package dbtest_test

import (
	"testing"

	"jiebang/internal/dbtest"
	"jiebang/models"
)

func TestEach(t *testing.T) {
	t.Parallel()
	var dialects []string
	for range 2 { // the second round takes the copies
		dbtest.Each(t, func(t *testing.T, s *models.Store) {
			dialects = append(dialects, s.Dialect())
			if t.Name() != "TestEach/"+s.Dialect() && t.Name() != "TestEach/"+s.Dialect()+"#01" {
				t.Errorf("%s runs on %s", t.Name(), s.Dialect())
			}
			if err := s.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			if err := s.Migrate(t.Context()); err != nil { // nothing is left to do, and that is no error
				t.Error(err)
			}
		})
	}
	if len(dialects) == 0 {
		t.Error("nothing ran")
	}
}
