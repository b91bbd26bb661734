package challenges_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// asker makes somebody of a verified unit, with a team he leads.
func (s *stage) asker() (apitest.Person, *models.Team) {
	s.T.Helper()
	uni, _ := s.Org("Institute", "university")
	team, lead := s.Team(uni, "Askers")
	return lead, team
}

type questioned struct {
	ID         models.QuestionID `json:"id"`
	Version    int64             `json:"version"`
	Supplement int               `json:"supplement_no"`
}

func TestQuestions(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		asker, _ := s.asker()
		c := s.published(s.whole())
		path := "/challenges/" + string(c.ID)
		ask := doc{"text": "轴承转速是否允许分段测试?"}
		w.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: path + "/questions", Body: ask, Status: 401},
			apitest.Row{Name: "of no verified unit", As: s.stranger, Method: "POST", Path: path + "/questions", Body: ask, Status: 409, Has: []string{"question.unverified"}},
			apitest.Row{Name: "blank", As: asker, Method: "POST", Path: path + "/questions", Body: doc{"text": "        "}, Status: 422},
			apitest.Row{Name: "ok", As: asker, Method: "POST", Path: path + "/questions", Body: ask, Status: 201, Has: []string{`"mine":true`}, Events: []models.Action{models.QuestionAsk}},
			apitest.Row{Name: "the public sees none of it", Method: "GET", Path: path + "/questions", Status: 200, Has: []string{`"items":[]`}},
			apitest.Row{Name: "the owner does, without a name", As: s.owner, Method: "GET", Path: path + "/questions", Status: 200,
				Has: []string{"分段测试", `"mine":false`, `"question.answer"`}, Lacks: []string{string(asker.User), "askers", "Askers", "Institute"}},
		)
		var l struct{ Items []questioned }
		w.Do(s.owner, "GET", path+"/questions", nil).JSON(&l)
		q := l.Items[0]
		at := "/questions/" + string(q.ID)
		answer := doc{"question": "转速可否分段测试?", "answer": "可以,按 2 MW 一档。"}
		w.Run(t,
			apitest.Row{Name: "a stranger knows of no question", As: s.stranger, Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "the asker answers not", As: asker, Method: "POST", Path: at + "/answer", Body: answer, Status: 403},
			apitest.Row{Name: "a draft", As: s.owner, Method: "PUT", Path: at + "/answer", Body: answer, Header: []string{"If-Match", `"1"`}, Status: 200, Events: []models.Action{models.QuestionDraft}},
			apitest.Row{Name: "the asker reads no draft", As: asker, Method: "GET", Path: at, Status: 200, Lacks: []string{"一档"}},
			apitest.Row{Name: "empty", As: s.owner, Method: "POST", Path: at + "/answer", Body: doc{"answer": " "}, Status: 422},
			apitest.Row{Name: "answered", As: s.owner, Method: "POST", Path: at + "/answer", Body: answer, Status: 200, Has: []string{`"supplement_no":1`},
				Events: []models.Action{models.ChallengeSupplement, models.QuestionAnswer}},
			apitest.Row{Name: "twice", As: s.officer, Method: "POST", Path: at + "/answer", Body: answer, Status: 409, Has: []string{"question.wrong_state"}},
			apitest.Row{Name: "to all alike", Method: "GET", Path: path + "/questions", Status: 200, Has: []string{"转速可否分段测试", "一档"}, Lacks: []string{string(asker.User), "是否允许", "asked_at"}},
			apitest.Row{Name: "frozen into the text", Method: "GET", Path: path + "/supplements", Status: 200, Has: []string{`"text_no":1`, `"amended_no":0`, `"kind":"answer"`, "一档"}},
			apitest.Row{Name: "the trail names no asker", As: s.officer, Method: "GET", Path: "/trail/challenge/" + string(c.ID), Status: 200, Lacks: []string{"User askers"}},
		)
		w.Deliver()
		w.Do(asker, "GET", "/notices", nil).Must(200)
		if a := w.Do(asker, "GET", "/notices", nil); !strings.Contains(string(a.Body), "challenge.supplement") {
			t.Errorf("the asker is not told: %s", a.Body)
		}
		w.Do(asker, "POST", path+"/questions", doc{"text": "能否告知贵司联系人?"}).Must(201).JSON(&q)
		w.Run(t,
			apitest.Row{Name: "set aside", As: s.owner, Method: "POST", Path: "/questions/" + string(q.ID) + "/set-aside", Body: doc{"reason": "与榜题无关"}, Status: 200, Events: []models.Action{models.QuestionSetAside}},
			apitest.Row{Name: "which the asker is told", As: asker, Method: "GET", Path: "/questions/" + string(q.ID), Status: 200, Has: []string{"与榜题无关"}},
			apitest.Row{Name: "and nobody else", Method: "GET", Path: path + "/questions", Status: 200, Lacks: []string{"联系人"}},
		)
		s.Clock.Pass(25 * 24 * time.Hour)
		w.Run(t, apitest.Row{Name: "after the end of questions", As: s.SignIn("askers"), Method: "POST", Path: path + "/questions", Body: ask, Status: 409, Has: []string{"question.too_late"}})
	})
}

// TestAnswerOnce lets owner and officer answer one question at the same moment.
func TestAnswerOnce(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		asker, _ := s.asker()
		c := s.published(s.whole())
		var q questioned
		w.Do(asker, "POST", "/challenges/"+string(c.ID)+"/questions", doc{"text": "一个问题"}).Must(201)
		var l struct{ Items []questioned }
		w.Do(s.owner, "GET", "/challenges/"+string(c.ID)+"/questions", nil).JSON(&l)
		q = l.Items[0]
		codes := together(8, func(i int) int {
			who := s.owner
			if i%2 == 1 {
				who = s.officer
			}
			return w.Do(who, "POST", "/questions/"+string(q.ID)+"/answer", doc{"answer": "答复"}).Status
		})
		if codes[200] != 1 || codes[409] != 7 {
			t.Errorf("answers %v, want one and seven conflicts", codes)
		}
	})
}

func together(n int, do func(i int) int) map[int]int {
	var wait sync.WaitGroup
	got := make(chan int, n)
	for i := range n {
		wait.Go(func() { got <- do(i) })
	}
	wait.Wait()
	close(got)
	codes := map[int]int{}
	for c := range got {
		codes[c]++
	}
	return codes
}

func TestExtend(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		c := s.published(s.whole())
		path := "/challenges/" + string(c.ID)
		end := s.Clock.Now().AddDate(0, 0, 30)
		to := func(days int) doc {
			return doc{"bid_deadline": end.AddDate(0, 0, days).Format(time.RFC3339), "reason": "应多个团队请求延长"}
		}
		w.Run(t,
			apitest.Row{Name: "owner", As: s.owner, Method: "POST", Path: path + "/extend", Body: to(7), Status: 403},
			apitest.Row{Name: "backwards", As: s.officer, Method: "POST", Path: path + "/extend", Body: to(-1), Status: 422, Has: []string{"challenge.extend_forward"}},
			apitest.Row{Name: "too far", As: s.officer, Method: "POST", Path: path + "/extend", Body: to(400), Status: 422, Has: []string{"challenge.extend_far"}},
			apitest.Row{Name: "without a reason", As: s.officer, Method: "POST", Path: path + "/extend", Body: doc{"bid_deadline": end.AddDate(0, 0, 7).Format(time.RFC3339), "reason": ""}, Status: 422},
			apitest.Row{Name: "ok", As: s.officer, Method: "POST", Path: path + "/extend", Body: to(7), Status: 200, Has: []string{`"text_no":1`}, Events: []models.Action{models.ChallengeExtend}},
			apitest.Row{Name: "in public", Method: "GET", Path: path + "/supplements", Status: 200, Has: []string{"应多个团队请求延长", `"kind":"extension"`, "deadline_before"}},
		)
		s.Clock.Set(end.AddDate(0, 0, 7)) // the instant of the new deadline is too late
		s.clocked()
		w.Run(t, apitest.Row{Name: "at the deadline", As: s.officer, Method: "POST", Path: path + "/extend", Body: to(20), Status: 409, Has: []string{"challenge.deadline_passed"}})
	})
}

func TestAmend(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		c := s.published(s.whole())
		path := "/challenges/" + string(c.ID)
		var before struct {
			Indicators []struct {
				ID    models.IndicatorID `json:"id"`
				Value *float64
			}
			Deadline time.Time `json:"bid_deadline"`
		}
		w.Do(s.owner, "GET", path, nil).JSON(&before)
		change := doc{"need": "研制五自由度控制器、保护轴承与供电,完成整机联调。", "indicators": []doc{{"id": before.Indicators[0].ID, "value": 12}}, "reason": "补充供电要求"}
		w.Run(t,
			apitest.Row{Name: "stranger", As: s.stranger, Method: "POST", Path: path + "/amendments", Body: change, Status: 403},
			apitest.Row{Name: "nothing", As: s.owner, Method: "POST", Path: path + "/amendments", Body: doc{"reason": "没有变化"}, Status: 422, Has: []string{"amendment.nothing"}},
			apitest.Row{Name: "unknown indicator and a lower bounty", As: s.owner, Method: "POST", Path: path + "/amendments",
				Body: doc{"reason": "改动内容", "bounty_fen": 1, "indicators": []doc{{"id": "ind_x", "value": 1}}}, Status: 422, Has: []string{"amendment.indicator_unknown", "amendment.bounty_lower"}},
			apitest.Row{Name: "proposed", As: s.owner, Method: "POST", Path: path + "/amendments", Body: change, Status: 201,
				Has: []string{">= 10 MW", ">= 12 MW", `"amendment.withdraw"`}, Events: []models.Action{models.AmendmentPropose}},
			apitest.Row{Name: "only one at a time", As: s.owner, Method: "POST", Path: path + "/amendments", Body: change, Status: 409, Has: []string{"amendment.open"}},
			apitest.Row{Name: "the public text is as it was", Method: "GET", Path: path, Status: 200, Lacks: []string{"与供电"}},
		)
		s.Clock.Pass(25 * 24 * time.Hour) // five days are left
		s.clocked()
		var l struct {
			Items []struct {
				ID models.AmendmentID `json:"id"`
			}
		}
		w.Do(s.officer, "GET", path+"/amendments", nil).JSON(&l)
		at := "/amendments/" + string(l.Items[0].ID)
		w.Run(t,
			apitest.Row{Name: "hidden from the public", Method: "GET", Path: at, Status: 404},
			apitest.Row{Name: "owner publishes not", As: s.owner, Method: "POST", Path: at + "/publish", Body: doc{}, Status: 403},
			apitest.Row{Name: "published", As: s.officer, Method: "POST", Path: at + "/publish", Body: doc{}, Status: 200, Has: []string{`"supplement_no":1`},
				Events: []models.Action{models.ChallengeSupplement, models.AmendmentPublish}},
			apitest.Row{Name: "twice", As: s.officer, Method: "POST", Path: at + "/publish", Body: doc{}, Status: 409},
			apitest.Row{Name: "in the text", Method: "GET", Path: path, Status: 200, Has: []string{"与供电", `"amended_no":1`}},
			apitest.Row{Name: "found by its new words", Method: "GET", Path: "/challenges?q=供电", Status: 200, Has: []string{string(c.ID)}},
			apitest.Row{Name: "as a supplement", Method: "GET", Path: path + "/supplements", Status: 200, Has: []string{"补充供电要求", `"kind":"amendment"`, "deadline_after"}},
		)
		was := before
		w.Do(s.owner, "GET", path, nil).JSON(&before)
		if before.Indicators[0].ID != was.Indicators[0].ID || *before.Indicators[0].Value != 12 {
			t.Errorf("the indicator lost its identity: %v then %v", was.Indicators[0], before.Indicators[0])
		}
		if least := s.Clock.Now().AddDate(0, 0, 10); before.Deadline.Before(least) {
			t.Errorf("bids are taken until %v, want until %v at least", before.Deadline, least)
		}
		w.Run(t,
			apitest.Row{Name: "another", As: s.owner, Method: "POST", Path: path + "/amendments", Body: doc{"background": "大型离心压缩机仍依赖进口轴承。", "reason": "更正背景"}, Status: 201, Events: []models.Action{models.AmendmentPropose}})
		w.Do(s.officer, "GET", path+"/amendments", nil).JSON(&l)
		at = "/amendments/" + string(l.Items[0].ID)
		w.Run(t,
			apitest.Row{Name: "refused", As: s.officer, Method: "POST", Path: at + "/refuse", Body: doc{"reason": "改动不必要"}, Status: 200, Events: []models.Action{models.AmendmentRefuse}},
			apitest.Row{Name: "and final", As: s.owner, Method: "POST", Path: at + "/withdraw", Body: doc{"reason": "不再需要"}, Status: 409})
	})
}

func TestNDA(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		lead, team := s.asker()
		c := s.published(s.whole())
		path := "/challenges/" + string(c.ID)
		const secret = "转子质量"
		var text struct{ Text, Digest string }
		w.Do(lead, "GET", path+"/nda", nil).Must(200).JSON(&text)
		sign := doc{"team": team.ID, "digest": text.Digest, "agree": true}
		other := doc{"team": team.ID, "digest": strings.Repeat("0", 64), "agree": false}
		w.Run(t,
			apitest.Row{Name: "hidden before", As: lead, Method: "GET", Path: path, Status: 200, Has: []string{`"detail_hidden":true`}, Lacks: []string{secret}},
			apitest.Row{Name: "not his team", As: s.stranger, Method: "POST", Path: path + "/nda", Body: sign, Status: 409, Has: []string{"nda.unverified"}},
			apitest.Row{Name: "another text", As: lead, Method: "POST", Path: path + "/nda", Body: other, Status: 422, Has: []string{"nda.other_text", "nda.not_agreed"}},
			apitest.Row{Name: "signed", As: lead, Method: "POST", Path: path + "/nda", Body: sign, Status: 201, Has: []string{text.Digest}, Events: []models.Action{models.NDASign}},
			apitest.Row{Name: "twice", As: lead, Method: "POST", Path: path + "/nda", Body: sign, Status: 409, Has: []string{"nda.signed"}},
		)
		var l struct {
			Signed []struct {
				ID models.NDAID `json:"id"`
			}
		}
		w.Do(lead, "GET", path+"/nda", nil).JSON(&l)
		at := "/nda/" + string(l.Signed[0].ID)
		w.Run(t,
			apitest.Row{Name: "a stranger knows of no promise", As: s.stranger, Method: "POST", Path: at + "/detail", Body: nil, Status: 404},
			apitest.Row{Name: "read", As: lead, Method: "POST", Path: at + "/detail", Status: 200, Has: []string{secret}, Events: []models.Action{models.NDARead}},
			apitest.Row{Name: "on the record", As: s.owner, Method: "GET", Path: path + "/nda/record", Status: 200, Has: []string{"User askers", `"what":"detail"`, "Institute"}},
			apitest.Row{Name: "which the public sees not", Method: "GET", Path: path + "/nda/record", Status: 401},
		)
		codes := together(6, func(int) int { return w.Do(lead, "POST", at+"/detail", nil).Status })
		if codes[200] != 6 {
			t.Errorf("reading at the same moment: %v", codes)
		}
	})
}

func TestUnfilled(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		_, team := s.asker()
		body := s.whole()
		body["bidder_conditions"] = doc{"enterprise_only": true, "text": []string{"具有工程应用案例"}}
		rich := s.whole()
		rich["bounty_fen"] = 380_000_000
		s.published(rich)
		c := s.published(body)
		path := "/challenges/" + string(c.ID)
		w.Run(t, apitest.Row{Name: "open", As: s.owner, Method: "GET", Path: path + "/diagnosis", Status: 409})
		s.Clock.Pass(31 * 24 * time.Hour)
		w.Tick()
		w.Tick()
		w.Deliver()
		s.clocked()
		w.Run(t,
			apitest.Row{Name: "in public", Method: "GET", Path: path + "/diagnosis", Status: 200, Has: []string{`"state":"no_bid"`, `"code":"kind"`, `"code":"capability:rotor_dynamics"`, `"similar":1`}, Lacks: []string{`"inside"`}},
			apitest.Row{Name: "inside", As: s.owner, Method: "GET", Path: path + "/diagnosis", Status: 200, Has: []string{`"inside"`, `"code":"window"`, `"code":"bounty"`, `"code":"enterprise_only"`, `"challenge.repost"`}},
			apitest.Row{Name: "stranger posts it not again", As: s.stranger, Method: "POST", Path: path + "/repost", Body: doc{"accept": []string{}}, Status: 403},
			apitest.Row{Name: "a change nobody proposed", As: s.owner, Method: "POST", Path: path + "/repost", Body: doc{"accept": []string{"bounty", "moon"}}, Status: 422, Has: []string{"repost.unknown", "accept[1]"}},
			apitest.Row{Name: "posted again", As: s.owner, Method: "POST", Path: path + "/repost", Body: doc{"accept": []string{"window", "bounty", "enterprise_only", "capability:rotor_dynamics"}}, Status: 201,
				Has: []string{`"state":"draft"`, string(c.ID), `"bounty_fen":380000000`, `"enterprise_only":false`, `"must":false`, `"missing":[]`}, Events: []models.Action{models.ChallengeRepost}},
			apitest.Row{Name: "twice", As: s.owner, Method: "POST", Path: path + "/repost", Body: doc{"accept": []string{}}, Status: 409, Has: []string{"challenge.reposted"}},
			apitest.Row{Name: "the draft is nobody else's to know", Method: "GET", Path: path, Status: 200, Lacks: []string{"reposted_as"}},
		)
		var old struct {
			Again struct {
				ID models.ChallengeID `json:"id"`
			} `json:"reposted_as"`
		}
		w.Do(s.owner, "GET", path, nil).JSON(&old)
		fresh := "/challenges/" + string(old.Again.ID)
		w.Do(s.owner, "POST", fresh+"/submit", nil).Must(200)
		w.Do(s.officer, "POST", fresh+"/approve", doc{}).Must(200)
		w.Do(s.officer, "POST", fresh+"/publish", s.call(41)).Must(200)
		lead := s.SignIn("askers")
		w.Run(t,
			apitest.Row{Name: "linked in public once it is on the list", Method: "GET", Path: path, Status: 200, Has: []string{`"reposted_as"`}},
			apitest.Row{Name: "with what was changed", Method: "GET", Path: fresh, Status: 200, Has: []string{`"repost_of"`, `"window_days"`}},
			apitest.Row{Name: "and now a university may bid", As: lead, Method: "POST", Path: fresh + "/bids", Body: doc{"team": team.ID}, Status: 201, Has: []string{`"gates":[]`}, Events: []models.Action{models.BidDraft}},
		)
	})
}

// TestUnnamedOwner walks over what an outsider may read of an open challenge whose owner is
// anonymous: no byte of it names the unit.
func TestUnnamedOwner(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		s.Write(func(tx *models.Tx) error { // a name that stands nowhere else
			o, err := tx.Org(s.org.ID)
			if err != nil {
				return err
			}
			o.Name = "沈阳秘星重工有限公司"
			return tx.Replant(o)
		})
		lead, team := s.asker()
		body := s.whole()
		body["anonymous_owner"] = true
		c := s.published(body)
		w.Deliver()
		path := "/challenges/" + string(c.ID)
		w.Do(lead, "POST", path+"/questions", doc{"text": "一个问题"}).Must(201)
		for _, who := range []apitest.Person{{}, s.stranger, lead} {
			for _, p := range []string{path, "/challenges", "/challenges?q=秘星", "/challenges?format=csv", "/challenges?format=json", path + "/supplements", path + "/questions",
				path + "/nda", path + "/diagnosis", path + "/award", path + "/ranking", path + "/panel", "/overview", "/batches", "/notices", "/desk", "/desk/bids", "/desk/challenges",
				"/teams/" + string(team.ID) + "/matches", "/teams/" + string(team.ID) + "/invitations", "/documents?owner_kind=challenge&owner_id=" + string(c.ID)} {
				a := w.Do(who, "GET", p, nil)
				if strings.Contains(string(a.Body), "秘星") || strings.Contains(string(a.Body), string(s.org.ID)) {
					t.Errorf("%s tells %q who the owner is: %s", p, who.Login, a.Body)
				}
				if a.Status >= 500 {
					t.Errorf("%s: %d", p, a.Status)
				}
			}
		}
		if a := w.Do(apitest.Person{}, "GET", path, nil); !strings.Contains(string(a.Body), "某企业") || a.Status != http.StatusOK {
			t.Errorf("an anonymous owner is called %s", a.Body)
		}
	})
}
