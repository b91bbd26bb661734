package dbtest_test

import (
	"testing"

	"jiebang/internal/dbtest"
	"jiebang/models"
)

// How long a test waits for its database: BenchmarkFresh/sqlite and /postgres.
func BenchmarkFresh(b *testing.B) {
	for name, fresh := range map[string]func(testing.TB) *models.Store{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				fresh(b)
			}
		})
	}
}
