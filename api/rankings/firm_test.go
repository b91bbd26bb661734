package rankings_test

import (
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// uneven is a panel whose even experts give a twentieth less for everything.
func uneven(bid, expert int) float64 {
	return 0.9 - 0.04*float64(bid) - 0.05*float64(expert%2) + 0.005*float64((bid*7+expert*3)%5)
}

// TestFirm tells how firm the order is beside the plain mean, and orders by it where the batch
// says so; the kept row recomputes either way.
func TestFirm(t *testing.T) {
	t.Parallel()
	for _, aggregate := range []string{"mean", "calibrated"} {
		apitest.Each(t, func(t *testing.T, w *apitest.World) {
			ev := w.Evaluation(4, 7)
			ev.Change(func(c *models.Challenge) { c.Panel.V.Aggregate = aggregate })
			ev.Scored(7, uneven)
			ev.Satisfied(func(int) float64 { return 80 })
			w.Run(t,
				apitest.Row{Name: aggregate, As: ev.Officer, Method: "POST", Path: ev.Path("/ranking"), Status: 201, Events: []models.Action{models.RankingCompute},
					Has: []string{`"aggregate":"` + aggregate + `"`, `"severity_corrected":true`, `"withheld":[]`, `"offset":-`, `"calibrated":`}},
				apitest.Row{Name: "compared", As: ev.Owner, Method: "GET", Path: ev.Path("/ranking/compare?a=B001&b=B002"), Status: 200, Has: []string{`"firm":{`}, Lacks: []string{"E01"}})
			recompute(t, w, ev)
		})
	}
}

// TestNotFirm says why no strict order stands where the experts do not agree.
func TestNotFirm(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(4, 7)
		ev.Scored(7, func(bid, expert int) float64 { return 0.7 + 0.05*float64((bid*5+expert*3+bid*expert)%5) })
		ev.Satisfied(func(int) float64 { return 80 })
		w.Run(t, apitest.Row{Name: "no agreement", As: ev.Officer, Method: "POST", Path: ev.Path("/ranking"), Status: 201, Events: []models.Action{models.RankingCompute},
			Has: []string{`"withheld":[{"code":"low_agreement"`, `"least":0.4`, `"tied":true`}})
	})
}
