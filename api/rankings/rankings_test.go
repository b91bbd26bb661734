package rankings_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"net/url"
	"testing"

	"jiebang/api/rankings"
	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/matching/explain"
	"jiebang/matching/rank"
	"jiebang/models"
)

// steady gives every expert the same view of a bid, worse from bid to bid.
func steady(bid, _ int) float64 { return 0.9 - 0.05*float64(bid) }

func TestRanking(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(4, 7)
		compute := apitest.Row{As: ev.Officer, Method: "POST", Path: ev.Path("/ranking")}
		early := compute
		early.Name, early.Status, early.Has = "bids not scored", 409, []string{"ranking.not_scored", "B001"}
		w.Run(t, early, apitest.Row{Name: "none yet", As: ev.Officer, Method: "GET", Path: ev.Path("/ranking"), Status: 404})
		ev.Scored(7, steady)
		silent := compute
		silent.Name, silent.Status, silent.Has = "owner silent", 409, []string{"ranking.owner_missing", "B004"}
		w.Run(t, silent)
		ev.Satisfied(func(int) float64 { return 80 })
		ok := compute
		ok.Name, ok.Status, ok.Events = "ok", 201, []models.Action{models.RankingCompute}
		ok.Has = []string{`"place":1`, `"bid_code":"B001"`, `"sensitivity":[{`, `"sheets":[{`, `"expert":"E01"`, `"outdated":false`, `"averages":[{`, `"aggregate":"mean"`, `"firmness":{`, `"chances":[`, `"experts":[{`}
		ok.Lacks = []string{"secret", "Expert 00"}
		stranger := compute
		stranger.Name, stranger.As, stranger.Status = "stranger", ev.Stranger, 403
		w.Run(t, ok, stranger,
			apitest.Row{Name: "owner sees no sheets", As: ev.Owner, Method: "GET", Path: ev.Path("/ranking"), Status: 200, Has: []string{"Team EvUni000", `"sheets":[]`, `"firm":{`, `"experts":[]`, `"asks":[]`},
				Lacks: []string{`"spread"`, "E01", "secret"}},
			apitest.Row{Name: "public not yet", Method: "GET", Path: ev.Path("/ranking"), Status: 409, Lacks: []string{"Team"}},
			apitest.Row{Name: "bidder not yet", As: ev.Lead(0), Method: "GET", Path: ev.Path("/ranking"), Status: 409},
			apitest.Row{Name: "compare", As: ev.Owner, Method: "GET", Path: ev.Path("/ranking/compare?a=B001&b=B003"), Status: 200, Has: []string{`"difference":{"name":"total"`}},
			apitest.Row{Name: "compare unknown", As: ev.Owner, Method: "GET", Path: ev.Path("/ranking/compare?a=B001&b=B999"), Status: 422, Has: []string{"query.b", "ranking.unknown_bid"}},
			apitest.Row{Name: "compare with itself", As: ev.Owner, Method: "GET", Path: ev.Path("/ranking/compare?a=B001&b=B001"), Status: 422, Has: []string{"ranking.same_bid"}},
		)
		ev.Satisfied(func(bid int) float64 { return float64(20 * bid) })
		w.Run(t, apitest.Row{Name: "outdated", As: ev.Officer, Method: "GET", Path: ev.Path("/ranking"), Status: 200, Has: []string{`"outdated":true`}})
		again := ok
		again.Name, again.Has = "again", []string{`"seq":2`}
		w.Run(t, again)
		recompute(t, w, ev)
	})
}

// recompute asks the engine for every kept ranking anew: the same input must give the same
// bytes, and the digest must be that of both.
func recompute(t *testing.T, w *apitest.World, ev *apitest.Evaluation) {
	t.Helper()
	var rows []models.Ranking
	w.Write(func(tx *models.Tx) (err error) {
		rows, err = tx.RankingsOf(ev.Challenge.ID)
		return err
	})
	if len(rows) == 0 {
		t.Fatal("no ranking is kept")
	}
	for _, r := range rows {
		var in rank.Input
		if err := json.Unmarshal([]byte(r.Input), &in); err != nil {
			t.Fatal(err)
		}
		out, err := rank.Bids(in)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(out)
		if err != nil {
			t.Fatal(err)
		}
		if string(raw) != r.Output || rankings.Digest(r.Input, r.Output) != r.Digest {
			t.Errorf("ranking %d is not what its input gives", r.Seq)
		}
	}
}

func TestModesWithoutOwner(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 7)
		ev.Scored(7, steady)
		for _, mode := range []string{"panel_reviewed", "owner_negotiated"} {
			ev.Change(func(c *models.Challenge) { c.Selection = mode })
			w.Run(t, apitest.Row{Name: mode, As: ev.Officer, Method: "POST", Path: ev.Path("/ranking"), Status: 201,
				Has: []string{`"weights":{"panel":90,"owner":0,"match":10}`}, Events: []models.Action{models.RankingCompute}})
		}
	})
}

func TestFailuresAreNamed(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(3, 7)
		ev.Scored(7, func(bid, _ int) float64 { return []float64{0.5, 0.8, 0.7}[bid] })
		ev.Satisfied(func(int) float64 { return 60 })
		w.Write(func(tx *models.Tx) error {
			return tx.SetSatisfaction(models.Satisfaction{Challenge: ev.Challenge.ID, Bid: ev.Bids[1].ID, Veto: true, Reason: "供货受限,不能接受"})
		})
		w.Run(t, apitest.Row{Name: "officer", As: ev.Officer, Method: "POST", Path: ev.Path("/ranking"), Status: 201,
			Has: []string{"below_threshold", `"code":"veto"`, "供货受限", `"place":1,"bid":"` + string(ev.Bids[2].ID)}, Events: []models.Action{models.RankingCompute}})
	})
}

// TestComparisonsAddUp is the property of every comparison: parts add up to the difference of
// the totals, and a against b is b against a turned round.
func TestComparisonsAddUp(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		rng := rand.New(rand.NewPCG(7, 7))
		ev := w.Evaluation(6, 7)
		ev.Scored(7, func(int, int) float64 { return math.Round(rng.Float64()*100) / 100 })
		ev.Satisfied(func(int) float64 { return math.Round(rng.Float64() * 100) })
		w.Do(ev.Officer, "POST", ev.Path("/ranking"), nil).Must(201)
		type comparison struct {
			A, B struct {
				Total float64
				Sum   explain.Sum
			}
			Difference explain.Sum
		}
		ask := func(a, b string) (c comparison) {
			w.Do(ev.Auditor, "GET", ev.Path("/ranking/compare?a="+url.QueryEscape(a)+"&b="+url.QueryEscape(b)), nil).Must(200).JSON(&c)
			return c
		}
		for i := range 6 {
			for j := range 6 {
				if i == j {
					continue
				}
				c := ask(ev.Bids[i].Code, ev.Bids[j].Code)
				if err := c.Difference.Check(); err != nil {
					t.Error(err)
				}
				if err := c.A.Sum.Check(); err != nil {
					t.Error(err)
				}
				if d := c.Difference.Value - (c.A.Total - c.B.Total); math.Abs(d) > explain.Tolerance {
					t.Errorf("%d against %d misses the totals by %g", i, j, d)
				}
				if back := ask(ev.Bids[j].Code, ev.Bids[i].Code); math.Abs(back.Difference.Value+c.Difference.Value) > explain.Tolerance {
					t.Errorf("%d against %d is not the other way round", i, j)
				}
			}
		}
		recompute(t, w, ev)
	})
}

func BenchmarkRanking(b *testing.B) {
	for _, size := range []struct{ bids, experts int }{{10, 7}, {100, 7}} {
		b.Run(fmt.Sprintf("bids=%d,experts=%d", size.bids, size.experts), func(b *testing.B) {
			w := apitest.New(b, dbtest.SQLite(b))
			ev := w.Evaluation(size.bids, size.experts)
			ev.Scored(size.experts, func(bid, expert int) float64 { return float64(60+(bid*7+expert*3)%40) / 100 })
			ev.Satisfied(func(bid int) float64 { return float64(bid % 100) })
			b.ResetTimer()
			for b.Loop() {
				err := w.Store.Write(context.Background(), ev.Officer.Who, func(tx *models.Tx) error {
					_, err := rankings.Compute(tx, &rankings.ComputeInput{ID: ev.Challenge.ID})
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
