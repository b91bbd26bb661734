package bids_test

import (
	"net/http"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// BenchmarkSubmit hands in 2,000 endorsed bids one after another through the whole server:
// token, rules, gates, validation, envelope, event. Beside it, as the baseline of the same
// run, 2,000 durable transactions of one row each on the same database: what the disk alone
// takes. Compare the two by their per-submit metric.
func BenchmarkSubmit(b *testing.B) {
	for _, side := range []struct {
		name string
		open func(testing.TB) *models.Store
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		b.Run(side.name+"/bids=2000", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := set(apitest.New(b, side.open(b)))
				ids := s.plant(submits)
				s.clocked()
				b.StartTimer()
				for _, id := range ids {
					if a := s.Do(s.admin, "POST", "/bids/"+string(id)+"/submit", nil); a.Status != http.StatusOK {
						b.Fatalf("%d %s", a.Status, a.Body)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/submits, "µs/submit")
		})
		b.Run(side.name+"/baseline=2000-durable-rows", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := set(apitest.New(b, side.open(b)))
				b.StartTimer()
				for range submits {
					s.Write(func(tx *models.Tx) error {
						return tx.AddIntegrity(models.Integrity{Act: "row", Since: tx.Now, Until: tx.Now})
					})
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/submits, "µs/submit")
		})
	}
}
