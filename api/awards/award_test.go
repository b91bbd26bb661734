package awards_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/api/awards"
	"jiebang/internal/apitest"
	"jiebang/internal/problem"
	"jiebang/models"
)

// reviewed is a challenge whose bids are scored and ranked: B001 leads, B002 follows, and so on.
func reviewed(w *apitest.World, bids int) *apitest.Evaluation {
	ev := w.Evaluation(bids, 7)
	ev.Scored(7, func(bid, _ int) float64 { return 0.9 - 0.08*float64(bid) })
	ev.Satisfied(func(int) float64 { return 80 })
	w.Do(ev.Officer, "POST", ev.Path("/ranking"), nil).Must(201)
	return ev
}

func post(name string, as apitest.Person, path string, body any, status int, has ...string) apitest.Row {
	return apitest.Row{Name: name, As: as, Method: "POST", Path: path, Body: body, Status: status, Has: has}
}

func writing(r apitest.Row, events ...models.Action) apitest.Row {
	r.Events = events
	return r
}

var empty = map[string]any{}

func TestAward(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 4) // the fourth stays at 66, above the threshold
		w.Run(t,
			post("stranger", ev.Stranger, ev.Path("/shortlist"), empty, 403),
			post("owner", ev.Owner, ev.Path("/shortlist"), empty, 403),
			post("owner picks where the panel selects", ev.Owner, ev.Path("/choice"), map[string]any{"bid": ev.Bids[0].ID, "reason": "洽谈后最合适"}, 409, "award.not_owners"),
			post("exclude without objection", ev.Officer, ev.Path("/shortlist"), map[string]any{"excluded": []any{map[string]any{"bid": ev.Bids[0].ID, "reason": "不予推荐"}}}, 409, "award.no_upheld_objection"),
			post("publicity too early", ev.Officer, ev.Path("/publicity"), nil, 409),
			post("decide too early", ev.Officer, ev.Path("/award"), nil, 409),
			writing(post("shortlist", ev.Officer, ev.Path("/shortlist"), empty, 200, `"state":"shortlisted"`, "Team EvUni000", `"awards":[{"lane":1`, `"bid_code":"B001"`),
				models.AwardShortlist, models.BidShortlist, models.BidShortlist, models.BidPass, models.BidPass),
			post("twice", ev.Officer, ev.Path("/shortlist"), empty, 409),
			apitest.Row{Name: "public not yet", Method: "GET", Path: ev.Path("/award"), Status: 409, Lacks: []string{"Team"}},
			apitest.Row{Name: "owner sees", As: ev.Owner, Method: "GET", Path: ev.Path("/award"), Status: 200, Has: []string{"Team EvUni001"}},
			post("object before the publicity", ev.Stranger, ev.Path("/objections"), map[string]any{"name": "张三", "contact": "13800000000", "text": "该团队指标与事实不符"}, 409),
			writing(post("publicity", ev.Officer, ev.Path("/publicity"), nil, 200, `"state":"publicity"`, `"publicity_until":"2026-03-23T16:00:00Z"`, "Expert 00"), models.AwardPublicize),
			apitest.Row{Name: "public sees", Method: "GET", Path: ev.Path("/award"), Status: 200, Has: []string{"Team EvUni000", "EvUni001", `"reserves":[{"lane":1`}},
			apitest.Row{Name: "public ranking hides the others", Method: "GET", Path: ev.Path("/ranking"), Status: 200, Has: []string{"Team EvUni000", `"bid_code":"B004"`},
				Lacks: []string{"EvUni003", "E01", "secret"}},
			apitest.Row{Name: "public panel", Method: "GET", Path: ev.Path("/panel"), Status: 404}, // none was drawn here
			post("decide while it runs", ev.Officer, ev.Path("/award"), nil, 409, "award.publicity_running"),
		)
		w.Clock.Set(time.Date(2026, 3, 23, 16, 0, 0, 0, time.UTC)) // half-open: this instant is after
		ev.SignIn()
		w.Run(t,
			post("object too late", ev.Stranger, ev.Path("/objections"), map[string]any{"name": "张三", "contact": "13800000000", "text": "该团队指标与事实不符"}, 409, "objection.too_late"),
			post("owner decides", ev.Owner, ev.Path("/award"), nil, 403),
			writing(post("decide", ev.Officer, ev.Path("/award"), nil, 200, `"state":"awarded"`, `"decided_at":"2026-03-23T16:00:00Z"`),
				models.AwardDecide, models.BidAward, models.BidReserve, models.BidDecline, models.BidDecline),
			post("decide twice", ev.Officer, ev.Path("/award"), nil, 409),
			post("retract after", ev.Officer, ev.Path("/retract"), map[string]string{"reason": "too late"}, 409),
		)
		for i, want := range []string{models.BidAwarded, models.BidReserved, models.BidNotAwarded, models.BidNotAwarded} {
			if got := ev.Bid(i).State; got != want {
				t.Errorf("bid %d is %s, want %s", i, got, want)
			}
		}
	})
}

func TestPublicityCountsWorkingDays(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 2)
		w.Do(ev.Officer, "POST", ev.Path("/shortlist"), empty).Must(200)
		for _, c := range []struct{ name, at, until string }{
			{"over a weekend", "2026-03-19T02:00:00Z", "2026-03-26T16:00:00Z"},                          // Thu → Fri Mon Tue Wed Thu
			{"over Tomb-Sweeping Day", "2026-04-02T02:00:00Z", "2026-04-10T16:00:00Z"},                  // 4 to 6 April are free
			{"late in the evening of Shanghai", "2026-04-15T16:30:00Z", "2026-04-23T16:00:00Z"},         // the 16th there
			{"over Labour Day with a working Saturday", "2026-04-29T02:00:00Z", "2026-05-09T16:00:00Z"}, // 1 to 5 May are free, the 9th is worked
		} {
			at, err := time.Parse(time.RFC3339, c.at)
			if err != nil {
				t.Fatal(err)
			}
			w.Clock.Set(at)
			ev.SignIn()
			w.Run(t, writing(post(c.name, ev.Officer, ev.Path("/publicity"), nil, 200, `"publicity_until":"`+c.until), models.AwardPublicize))
			w.Do(ev.Officer, "POST", ev.Path("/retract"), map[string]string{"reason": "again"}).Must(200)
			w.Do(ev.Officer, "POST", ev.Path("/shortlist"), empty).Must(200)
		}
	})
}

func TestObjections(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 3)
		w.Do(ev.Officer, "POST", ev.Path("/shortlist"), empty).Must(200)
		w.Do(ev.Officer, "POST", ev.Path("/publicity"), nil).Must(200)
		file := map[string]any{"name": "张三", "contact": "13800000000", "text": "第一名的检测报告与事实不符"}
		w.Run(t,
			post("visitor", apitest.Person{}, ev.Path("/objections"), file, 401),
			post("anonymous", ev.Stranger, ev.Path("/objections"), map[string]any{"name": "  ", "contact": "     ", "text": "          "}, 422, "objection.anonymous", "objection.no_contact", "objection.no_facts"),
			post("strange document", ev.Stranger, ev.Path("/objections"), map[string]any{"name": "张三", "contact": "13800000000", "text": "第一名的检测报告与事实不符",
				"documents": []string{"doc_aaaaaaaaaaaaaaaaaaaaaaaaaa"}}, 422, "objection.unknown_document"),
			writing(post("file", ev.Stranger, ev.Path("/objections"), file, 201, `"code":"OB00001"`, `"due_at":"2026-04-07T16:00:00Z"`), models.ObjectionFile),
			apitest.Row{Name: "list", As: ev.Auditor, Method: "GET", Path: ev.Path("/objections"), Status: 200, Has: []string{"张三"}},
			apitest.Row{Name: "owner does not see who objects", As: ev.Owner, Method: "GET", Path: ev.Path("/objections"), Status: 403},
		)
		var list struct{ Items []struct{ ID string } }
		w.Do(ev.Officer, "GET", ev.Path("/objections"), nil).Must(200).JSON(&list)
		w.Clock.Pass(time.Minute)                       // so that the second stands behind the first
		proof := models.NewDocument(models.KindOrg, "") // uploaded to some thing of the author's own
		w.Write(func(tx *models.Tx) error {
			proof.Name, proof.Media, proof.Size, proof.SHA256, proof.By = "proof.pdf", "application/pdf", 9, strings.Repeat("a", 64), ev.Stranger.User
			proof.State, proof.Version, proof.CreatedAt, proof.UpdatedAt = models.DocumentStored, 1, tx.Now, tx.Now
			return tx.Plant(proof)
		})
		w.Run(t, writing(post("file with proof", ev.Stranger, ev.Path("/objections"), map[string]any{"name": "张三", "contact": "13800000000",
			"text": "第一名的检测报告与事实不符", "documents": []any{proof.ID}}, 201, `"name":"proof.pdf"`), models.ObjectionFile, models.DocumentUpload),
			post("another's proof", ev.Lead(0), ev.Path("/objections"), map[string]any{"name": "张三", "contact": "13800000000",
				"text": "第一名的检测报告与事实不符", "documents": []any{proof.ID}}, 422, "objection.unknown_document"))
		var both struct{ Items []struct{ ID string } }
		w.Do(ev.Officer, "GET", ev.Path("/objections"), nil).Must(200).JSON(&both)
		w.Do(ev.Officer, "POST", "/objections/"+both.Items[1].ID+"/dismiss", map[string]string{"decision": "经核查,异议理由不成立。"}).Must(200)
		path := "/objections/" + list.Items[0].ID
		decision := map[string]string{"decision": "经核查,异议理由成立。"}
		w.Clock.Set(time.Date(2026, 3, 24, 1, 0, 0, 0, time.UTC))
		ev.SignIn()
		w.Run(t,
			apitest.Row{Name: "author sees his own", As: ev.Stranger, Method: "GET", Path: path, Status: 200},
			apitest.Row{Name: "another does not", As: ev.Lead(0), Method: "GET", Path: path, Status: 404},
			post("author decides", ev.Stranger, path+"/dismiss", decision, 403),
			post("blocks the award", ev.Officer, ev.Path("/award"), nil, 409, "award.objection_open"),
			post("uphold in a word", ev.Officer, path+"/uphold", map[string]string{"decision": "yes"}, 422),
			writing(post("uphold", ev.Officer, path+"/uphold", decision, 200, `"state":"upheld"`), models.ObjectionUphold),
			post("twice", ev.Officer, path+"/dismiss", decision, 409),
			post("upheld blocks too", ev.Officer, ev.Path("/award"), nil, 409, "award.objection_open"),
			writing(post("retract", ev.Officer, ev.Path("/retract"), map[string]string{"reason": "异议成立"}, 200, `"state":"evaluating"`),
				models.AwardRetract, models.BidReturn, models.BidReturn, models.BidReturn),
			writing(post("again without the first", ev.Officer, ev.Path("/shortlist"),
				map[string]any{"excluded": []any{map[string]any{"bid": ev.Bids[0].ID, "reason": "检测报告不实"}}}, 200, `"awards":[{"lane":1,"bid":"`+string(ev.Bids[1].ID), "检测报告不实"),
				models.AwardShortlist, models.BidPass, models.BidShortlist, models.BidShortlist),
			writing(post("publicity again", ev.Officer, ev.Path("/publicity"), nil, 200), models.AwardPublicize),
			writing(post("a second objection", ev.Stranger, ev.Path("/objections"), file, 201, `"code":"OB00003"`), models.ObjectionFile),
		)
		w.Do(ev.Officer, "GET", ev.Path("/objections"), nil).Must(200).JSON(&list)
		w.Clock.Set(time.Date(2026, 4, 1, 1, 0, 0, 0, time.UTC))
		ev.SignIn()
		w.Run(t,
			post("blocks again", ev.Officer, ev.Path("/award"), nil, 409, "award.objection_open"),
			writing(post("dismiss", ev.Officer, "/objections/"+list.Items[2].ID+"/dismiss", decision, 200, `"state":"dismissed"`), models.ObjectionDismiss),
			writing(post("decide", ev.Officer, ev.Path("/award"), nil, 200, `"state":"awarded"`), models.AwardDecide, models.BidDecline, models.BidAward, models.BidReserve),
		)
	})
}

func TestOwnerChooses(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(3, 7)
		ev.Change(func(c *models.Challenge) { c.Selection = "owner_negotiated" })
		ev.Scored(7, func(bid, _ int) float64 { return 0.9 - 0.2*float64(bid) }) // the third fails the threshold
		choose := func(i int) map[string]any {
			return map[string]any{"bid": ev.Bids[i].ID, "reason": "洽谈后最合适"}
		}
		w.Run(t,
			post("before the ranking", ev.Owner, ev.Path("/choice"), choose(1), 409, "award.no_ranking"),
			writing(post("rank", ev.Officer, ev.Path("/ranking"), nil, 201), models.RankingCompute),
			post("shortlist without a choice", ev.Officer, ev.Path("/shortlist"), empty, 409, "award.no_choice"),
			post("officer chooses", ev.Officer, ev.Path("/choice"), choose(1), 403),
			post("one that failed", ev.Owner, ev.Path("/choice"), choose(2), 422, "award.not_passed"),
			writing(post("first thought", ev.Owner, ev.Path("/choice"), choose(0), 200), models.AwardChoose),
			writing(post("second thought", ev.Owner, ev.Path("/choice"), choose(1), 200, `"bid_code":"B002"`), models.AwardChoose),
			writing(post("shortlist", ev.Officer, ev.Path("/shortlist"), empty, 200, `"awards":[{"lane":1,"bid":"`+string(ev.Bids[1].ID), `"reserves":[{"lane":1,"bid":"`+string(ev.Bids[0].ID)),
				models.AwardShortlist, models.BidShortlist, models.BidShortlist, models.BidPass),
		)
	})
}

func TestHorseRace(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(4, 7)
		ev.Change(func(c *models.Challenge) { c.Competition, c.MaxLanes = "horse_race", 2 })
		ev.Scored(7, func(bid, _ int) float64 { return 0.9 - 0.05*float64(bid) })
		ev.Satisfied(func(int) float64 { return 80 })
		w.Do(ev.Officer, "POST", ev.Path("/ranking"), nil).Must(201)
		w.Run(t, writing(post("two lanes", ev.Officer, ev.Path("/shortlist"), map[string]any{"reserves": 0}, 200, `"lane":1`, `"lane":2`, `"reserves":[]`),
			models.AwardShortlist, models.BidShortlist, models.BidShortlist, models.BidPass, models.BidPass))
	})
}

func TestTies(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(3, 7)
		w.Write(func(tx *models.Tx) error { // the match of the opening must not part them
			for i := range ev.Bids {
				b, err := tx.Bid(ev.Bids[i].ID)
				if err != nil {
					return err
				}
				b.Match = 60
				if err := tx.Replant(b); err != nil {
					return err
				}
			}
			return nil
		})
		ev.Scored(7, func(bid, _ int) float64 { return 0.8 })
		ev.Satisfied(func(int) float64 { return 80 })
		w.Do(ev.Officer, "POST", ev.Path("/ranking"), nil).Must(201)
		ids := []models.BidID{ev.Bids[2].ID, ev.Bids[0].ID, ev.Bids[1].ID}
		w.Run(t,
			post("no order", ev.Officer, ev.Path("/shortlist"), empty, 422, "order", "tie_reason", "award.tie", "B001, B002, B003"),
			post("no reason", ev.Officer, ev.Path("/shortlist"), map[string]any{"order": ids}, 422, "tie_reason"),
			post("an order with a gap", ev.Officer, ev.Path("/shortlist"), map[string]any{"order": ids[:2], "tie_reason": "组长裁定"}, 422, "B002"),
			writing(post("ok", ev.Officer, ev.Path("/shortlist"), map[string]any{"order": ids, "tie_reason": "组长裁定:样机更成熟"}, 200,
				`"awards":[{"lane":1,"bid":"`+string(ids[0]), `"reserves":[{"lane":1,"bid":"`+string(ids[1]), "样机更成熟"),
				models.AwardShortlist, models.BidShortlist, models.BidPass, models.BidShortlist),
		)
	})
}

func TestWhoIsBarredMeanwhileIsPassedOver(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 3)
		bar := func(team models.TeamID) {
			w.Write(func(tx *models.Tx) error {
				return tx.AddIntegrity(models.Integrity{Team: team, Act: "数据造假", Basis: "诚信规则第十二条", Body: "省科技厅", Since: tx.Now.Add(-time.Hour), Until: tx.Now.AddDate(1, 0, 0)})
			})
		}
		bar(ev.Teams[0].ID)
		w.Run(t,
			writing(post("the second is proposed", ev.Officer, ev.Path("/shortlist"), empty, 200, `"awards":[{"lane":1,"bid":"`+string(ev.Bids[1].ID), `"passed_over":[{"bid_code":"B001"`),
				models.AwardShortlist, models.BidPass, models.BidShortlist, models.BidShortlist),
			writing(post("publicity", ev.Officer, ev.Path("/publicity"), nil, 200), models.AwardPublicize))
		bar(ev.Teams[1].ID)
		w.Clock.Set(time.Date(2026, 3, 25, 1, 0, 0, 0, time.UTC))
		ev.SignIn()
		w.Run(t, post("barred before the award", ev.Officer, ev.Path("/award"), nil, 409, "award.barred", "B002", "数据造假", "诚信规则第十二条", "省科技厅"))
	})
}

func TestOutdatedRankingIsRefused(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 2)
		ev.Satisfied(func(bid int) float64 { return float64(100 * bid) })
		w.Run(t, post("shortlist", ev.Officer, ev.Path("/shortlist"), empty, 409, "award.ranking_outdated"))
	})
}

func TestFail(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 7)
		reason := map[string]string{"reason": "评审未通过"}
		w.Run(t, post("bids wait", ev.Officer, ev.Path("/fail"), reason, 409, "challenge.bids_waiting"))
		ev.Scored(7, func(int, int) float64 { return 0.3 })
		ev.Satisfied(func(int) float64 { return 10 })
		w.Run(t,
			post("not ranked", ev.Officer, ev.Path("/fail"), reason, 409, "award.no_ranking"),
			writing(post("rank", ev.Officer, ev.Path("/ranking"), nil, 201), models.RankingCompute),
			post("nobody to propose", ev.Officer, ev.Path("/shortlist"), empty, 409, "award.nobody"),
			post("stranger", ev.Stranger, ev.Path("/fail"), reason, 403),
			writing(post("ok", ev.Officer, ev.Path("/fail"), reason, 200, `"state":"failed"`), models.ChallengeFail, models.BidDecline, models.BidDecline),
			post("twice", ev.Officer, ev.Path("/fail"), reason, 409),
		)
	})
}

func TestFailWhileOnePassed(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 2)
		w.Run(t, post("one passed", ev.Officer, ev.Path("/fail"), map[string]string{"reason": "不想要了"}, 409, "challenge.bid_passed"))
	})
}

// parallel runs fn 32 times at once and counts the successes; every refusal must be a
// problem or the database saying that it is busy.
func parallel(t *testing.T, fn func(i int) error) int {
	t.Helper()
	var wg sync.WaitGroup
	errs := make([]error, 32)
	start := make(chan struct{})
	for i := range errs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			errs[i] = fn(i)
		}()
	}
	close(start)
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch p := problem.As(err); {
		case err == nil:
			won++
		case p == nil || p.Kind != problem.Conflict:
			t.Errorf("a loser was told %v", err)
		}
	}
	return won
}

func TestParallelShortlistsAndDecides(t *testing.T) {
	t.Parallel()
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 3)
		ctx := context.Background()
		if n := parallel(t, func(int) error {
			return w.Store.Write(ctx, ev.Officer.Who, func(tx *models.Tx) error {
				_, err := awards.Shortlist(tx, &awards.ShortlistInput{ID: ev.Challenge.ID})
				return err
			})
		}); n != 1 {
			t.Errorf("%d of 32 shortlists succeeded, want 1", n)
		}
		w.Do(ev.Officer, "POST", ev.Path("/publicity"), nil).Must(200)
		w.Clock.Set(time.Date(2026, 3, 25, 1, 0, 0, 0, time.UTC))
		if n := parallel(t, func(int) error {
			return w.Store.Write(ctx, ev.Officer.Who, func(tx *models.Tx) error {
				_, err := awards.Decide(tx, &awards.DecideInput{ID: ev.Challenge.ID})
				return err
			})
		}); n != 1 {
			t.Errorf("%d of 32 decisions succeeded, want 1", n)
		}
		counts := map[models.Action]int{}
		for _, e := range w.EventsAfter(0) {
			counts[e.Action]++
		}
		if counts[models.AwardDecide] != 1 || counts[models.BidAward] != 1 || counts[models.AwardShortlist] != 1 {
			t.Errorf("events %v, want one award", counts)
		}
	})
}

// TestParallelProposals goes past the use case: the database itself keeps one award per lane,
// and one per bid.
func TestParallelProposals(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"one bid each", "the same bid"} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			apitest.Each(t, func(t *testing.T, w *apitest.World) {
				ev := w.Evaluation(32, 1)
				n := parallel(t, func(i int) error {
					a := models.Award{Challenge: ev.Challenge.ID, Bid: ev.Bids[i].ID, Kind: "award", Lane: 1}
					if name == "the same bid" {
						a.Bid, a.Lane = ev.Bids[0].ID, i+1
					}
					return w.Store.Write(context.Background(), models.System, func(tx *models.Tx) error { return tx.Propose(a) })
				})
				if n != 1 {
					t.Errorf("%d of 32 proposals succeeded, want 1", n)
				}
				var standing []models.Award
				w.Write(func(tx *models.Tx) (err error) {
					if standing, err = tx.AwardsOf(ev.Challenge.ID); err != nil {
						return err
					}
					return tx.DropAwards(ev.Challenge.ID) // nothing is proposed while evaluating
				})
				if len(standing) != 1 {
					t.Errorf("%d awards stand: %s", len(standing), fmt.Sprint(standing))
				}
			})
		})
	}
}

// TestTeamsHearWithEverybody asks that neither the bid's view, nor the desk, nor the trail
// tells a team whether it is proposed before the publicity tells all.
func TestTeamsHearWithEverybody(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := reviewed(w, 3)
		w.Do(ev.Officer, "POST", ev.Path("/shortlist"), map[string]any{}).Must(200)
		type state struct {
			State string `json:"state"`
		}
		told := func() (bid, desk string, trail []string) {
			var b state
			w.Do(ev.Lead(0), "GET", "/bids/"+string(ev.Bids[0].ID), nil).Must(200).JSON(&b)
			var d struct{ Items []state }
			w.Do(ev.Lead(0), "GET", "/desk/bids", nil).Must(200).JSON(&d)
			var e struct{ Items []struct{ Action string } }
			w.Do(ev.Lead(0), "GET", "/trail/bid/"+string(ev.Bids[0].ID), nil).Must(200).JSON(&e)
			for _, line := range e.Items {
				trail = append(trail, line.Action)
			}
			return b.State, d.Items[0].State, trail
		}
		bid, desk, trail := told()
		if bid != models.BidInReview || desk != models.BidInReview {
			t.Errorf("before the publicity the team reads %s and %s, want in_review", bid, desk)
		}
		for _, hidden := range []models.Action{models.BidScore, models.BidShortlist} {
			if slices.Contains(trail, string(hidden)) {
				t.Errorf("the team reads %s on the trail before the publicity", hidden)
			}
		}
		w.Do(ev.Officer, "POST", ev.Path("/publicity"), nil).Must(200)
		bid, desk, trail = told()
		if bid != models.BidShortlisted || desk != models.BidShortlisted || !slices.Contains(trail, string(models.BidShortlist)) {
			t.Errorf("in the publicity the team reads %s, %s and %v", bid, desk, trail)
		}
	})
}
