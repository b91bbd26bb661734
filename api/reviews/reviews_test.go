package reviews_test

import (
	"fmt"
	"testing"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// given is a challenge with two bids, each given to the whole panel of five.
type given struct {
	w    *apitest.World
	ev   *apitest.Evaluation
	bids []struct {
		Bid, State string
		Experts    []struct{ ID, Expert, State string }
	}
}

func give(t *testing.T, w *apitest.World) *given {
	t.Helper()
	g := &given{w: w, ev: w.Evaluation(2, 12)}
	w.Do(g.ev.Officer, "POST", g.ev.Path("/panel"), map[string]any{"size": 5}).Must(201)
	w.Do(g.ev.Officer, "POST", g.ev.Path("/assignments"), nil).Must(200)
	g.read()
	return g
}

func (g *given) read() {
	var b struct {
		Bids []struct {
			Bid, State string
			Experts    []struct{ ID, Expert, State string }
		}
	}
	g.w.Do(g.ev.Officer, "GET", g.ev.Path("/assignments"), nil).Must(200).JSON(&b)
	g.bids = nil
	for _, x := range b.Bids {
		g.bids = append(g.bids, x)
	}
}

func (g *given) accept(bid, i int) (apitest.Person, string) {
	a := g.bids[bid].Experts[i]
	p := g.ev.Expert(models.ExpertID(a.Expert))
	g.w.Do(p, "POST", "/assignments/"+a.ID+"/accept", map[string]bool{"no_conflict": true, "confidential": true}).Must(200)
	return p, "/assignments/" + a.ID + "/review"
}

// sheet scores every criterion at a share of its weight.
func (g *given) sheet(share float64) map[string]any {
	scores := []map[string]any{}
	for _, k := range g.ev.Challenge.Criteria.V {
		scores = append(scores, map[string]any{"criterion": k.Code, "points": share * float64(k.Weight), "comment": "secret reason"})
	}
	return map[string]any{"scores": scores, "confidence": 2, "recommend": true, "comment": "secret words"}
}

func (g *given) submit(p apitest.Person, path string, share float64) {
	v := g.w.Do(p, "GET", path, nil).Must(200).Header.Get("ETag")
	g.w.Do(p, "PUT", path, g.sheet(share), "If-Match", v).Must(200)
	g.w.Do(p, "POST", path+"/submit", nil).Must(200)
}

func TestSheet(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		g := give(t, w)
		p, path := g.accept(0, 0)
		tag := func() string { return w.Do(p, "GET", path, nil).Must(200).Header.Get("ETag") }
		knock, soft := string(g.ev.Indicators[0].ID), string(g.ev.Indicators[1].ID)
		bad := map[string]any{"scores": []map[string]any{{"criterion": "nonsense", "points": 1}, {"criterion": "budget", "points": 6}, {"criterion": "budget", "points": 1}},
			"knockouts": []string{soft}}
		part := map[string]any{"scores": []map[string]any{{"criterion": "budget", "points": 5}}, "knockouts": []string{knock}}
		w.Run(t,
			apitest.Row{Name: "form", As: p, Method: "GET", Path: path, Status: 200, Has: []string{`"guidance":"高`, `"weight":25`, "寿命", "basis of Team", `"state":"none"`}},
			apitest.Row{Name: "stranger", As: g.ev.Stranger, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "officer too early", As: g.ev.Officer, Method: "GET", Path: path, Status: 409},
			apitest.Row{Name: "save without version", As: p, Method: "PUT", Path: path, Body: part, Status: 428},
			apitest.Row{Name: "save with an old version", As: p, Method: "PUT", Path: path, Body: part, Header: []string{"If-Match", `"1"`}, Status: 412},
			apitest.Row{Name: "save nonsense", As: p, Method: "PUT", Path: path, Body: bad, Header: []string{"If-Match", tag()}, Status: 422,
				Has: []string{"review.unknown_criterion", "review.over_weight", "review.twice", "review.not_knockout"}},
			apitest.Row{Name: "submit nothing", As: p, Method: "POST", Path: path + "/submit", Status: 422, Has: []string{"review.unscored", "review.confidence_needed"}},
			apitest.Row{Name: "save a part", As: p, Method: "PUT", Path: path, Body: part, Header: []string{"If-Match", tag()}, Status: 200,
				Has: []string{`"total":5`, `"comment_needed":true`, `"failed":true`}, Events: []models.Action{models.ReviewSave}},
			apitest.Row{Name: "submit a part", As: p, Method: "POST", Path: path + "/submit", Status: 422,
				Has: []string{"criteria[0].points", "criteria[5].comment", "review.comment_needed", `"comment"`}},
			apitest.Row{Name: "officer saves", As: g.ev.Officer, Method: "PUT", Path: path, Body: part, Header: []string{"If-Match", tag()}, Status: 403},
		)
		w.Do(p, "PUT", path, g.sheet(0.8), "If-Match", tag()).Must(200)
		w.Run(t,
			apitest.Row{Name: "submit", As: p, Method: "POST", Path: path + "/submit", Status: 200, Has: []string{`"state":"submitted"`, `"total":80`},
				Events: []models.Action{models.ReviewSubmit}},
			apitest.Row{Name: "submit twice", As: p, Method: "POST", Path: path + "/submit", Status: 409},
			apitest.Row{Name: "own sheet", As: p, Method: "GET", Path: path, Status: 200, Has: []string{"secret words"}},
			apitest.Row{Name: "recuse after submitting", As: p, Method: "POST", Path: path[:len(path)-len("/review")] + "/recuse", Body: map[string]string{"reason": "late"}, Status: 409},
			apitest.Row{Name: "officer while others are out", As: g.ev.Officer, Method: "GET", Path: path, Status: 409, Has: []string{"review.not_all_in"}, Lacks: []string{"secret"}},
			apitest.Row{Name: "list while others are out", As: g.ev.Officer, Method: "GET", Path: g.ev.Path("/reviews"), Status: 409, Has: []string{"review.not_all_in"}},
			apitest.Row{Name: "officer sees that it is in", As: g.ev.Officer, Method: "GET", Path: g.ev.Path("/assignments"), Status: 200, Has: []string{`"done":1`}, Lacks: []string{"secret", `"total"`}},
		)
		other, otherPath := g.accept(0, 1)
		w.Run(t, apitest.Row{Name: "another expert", As: other, Method: "GET", Path: path, Status: 404},
			apitest.Row{Name: "another expert sees his own only", As: other, Method: "GET", Path: otherPath, Status: 200, Lacks: []string{"secret"}})
	})
}

func TestLastSheetScoresTheBid(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		g := give(t, w)
		for b := range 2 {
			for i := range 5 {
				p, path := g.accept(b, i)
				if b == 0 && i == 4 {
					v := w.Do(p, "GET", path, nil).Header.Get("ETag")
					w.Do(p, "PUT", path, g.sheet(0.7), "If-Match", v).Must(200)
					w.Run(t, apitest.Row{Name: "last", As: p, Method: "POST", Path: path + "/submit", Status: 200,
						Events: []models.Action{models.ReviewSubmit, models.BidScore}})
					continue
				}
				g.submit(p, path, 0.7)
			}
		}
		for i := range 2 {
			if s := g.ev.Bid(i).State; s != models.BidScored {
				t.Errorf("bid %d is %s, want scored", i, s)
			}
		}
		w.Run(t,
			apitest.Row{Name: "officer", As: g.ev.Officer, Method: "GET", Path: g.ev.Path("/reviews"), Status: 200, Has: []string{"secret words", `"alias":"E01"`}},
			apitest.Row{Name: "auditor", As: g.ev.Auditor, Method: "GET", Path: g.ev.Path("/reviews"), Status: 200},
			apitest.Row{Name: "owner", As: g.ev.Owner, Method: "GET", Path: g.ev.Path("/reviews"), Status: 403},
			apitest.Row{Name: "bidder", As: g.ev.Lead(0), Method: "GET", Path: g.ev.Path("/reviews"), Status: 403},
		)
	})
}

// TestLeavingCanScoreTheBid covers the last expert leaving when no reserve is left.
func TestLeavingCanScoreTheBid(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		g := give(t, w)
		for i := range 4 {
			p, path := g.accept(0, i)
			g.submit(p, path, 0.7)
		}
		for n := range 5 {
			g.read()
			for _, a := range g.bids[0].Experts {
				if a.State != "invited" {
					continue
				}
				events := []models.Action{models.AssignmentReplace, models.AssignmentInvite}
				if n == 4 {
					events = []models.Action{models.AssignmentReplace, models.BidScore}
				}
				w.Run(t, apitest.Row{Name: fmt.Sprintf("replace %d", n), As: g.ev.Officer, Method: "POST", Path: "/assignments/" + a.ID + "/replace",
					Body: map[string]string{"reason": "no answer"}, Status: 200, Events: events})
				break
			}
		}
		if s := g.ev.Bid(0).State; s != models.BidScored {
			t.Errorf("the bid is %s, want scored", s)
		}
	})
}

func TestSatisfaction(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 1)
		path := ev.Path("/bids/" + string(ev.Bids[0].ID) + "/satisfaction")
		tag := func() []string {
			return []string{"If-Match", w.Do(ev.Owner, "GET", ev.Path("/satisfaction"), nil).Must(200).Header.Get("ETag")}
		}
		w.Run(t,
			apitest.Row{Name: "bidder", As: ev.Lead(0), Method: "PUT", Path: path, Body: map[string]any{"points": 80}, Header: tag(), Status: 403},
			apitest.Row{Name: "officer", As: ev.Officer, Method: "PUT", Path: path, Body: map[string]any{"points": 80}, Header: tag(), Status: 403},
			apitest.Row{Name: "too much", As: ev.Owner, Method: "PUT", Path: path, Body: map[string]any{"points": 101}, Header: tag(), Status: 422},
			apitest.Row{Name: "veto without reason", As: ev.Owner, Method: "PUT", Path: path, Body: map[string]any{"points": 0, "veto": true}, Header: tag(), Status: 422,
				Has: []string{"satisfaction.reason_needed"}},
			apitest.Row{Name: "ok", As: ev.Owner, Method: "PUT", Path: path, Body: map[string]any{"points": 80}, Header: tag(), Status: 200,
				Has: []string{`"points":80`, `"given":true`, `"given":false`}, Events: []models.Action{models.SatisfactionScore}})
		w.Run(t,
			apitest.Row{Name: "again", As: ev.Owner, Method: "PUT", Path: path, Body: map[string]any{"points": 10, "veto": true, "reason": "核心部件无法供货,不能接受"}, Header: tag(), Status: 200,
				Has: []string{`"veto":true`}, Events: []models.Action{models.SatisfactionScore}})
		w.Run(t,
			apitest.Row{Name: "no such bid", As: ev.Owner, Method: "PUT", Path: ev.Path("/bids/bid_aaaaaaaaaaaaaaaaaaaaaaaaaa/satisfaction"), Body: map[string]any{"points": 80}, Header: tag(), Status: 404},
			apitest.Row{Name: "bidder reads", As: ev.Lead(0), Method: "GET", Path: ev.Path("/satisfaction"), Status: 403},
		)
		ev.Change(func(c *models.Challenge) { c.Selection = "panel_reviewed" })
		w.Run(t, apitest.Row{Name: "not asked", As: ev.Owner, Method: "PUT", Path: path, Body: map[string]any{"points": 80}, Header: tag(), Status: 409,
			Has: []string{"satisfaction.not_asked"}})
	})
}
