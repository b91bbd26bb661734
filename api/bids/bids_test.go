package bids_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/internal/dbtest"
	"jiebang/internal/seal"
	"jiebang/models"
)

type events = []models.Action

func TestDraft(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		path, body := "/challenges/"+string(s.challenge.ID)+"/bids", doc{"team": s.team.ID}
		s.Run(t,
			apitest.Row{Name: "visitor", Method: "POST", Path: path, Body: body, Status: 401},
			apitest.Row{Name: "stranger", As: s.stranger, Method: "POST", Path: path, Body: body, Status: 403, Has: []string{"bid.not_your_team"}},
			apitest.Row{Name: "the unit's administrator is not on the team", As: s.admin, Method: "POST", Path: path, Body: body, Status: 403},
			apitest.Row{Name: "no bid yet", As: s.lead, Method: "GET", Path: "/challenges/" + string(s.challenge.ID) + "/bid", Status: 404},
			apitest.Row{Name: "member", As: s.member, Method: "POST", Path: path, Body: body, Header: []string{"Idempotency-Key", "one"}, Status: 201,
				Has: []string{`"state":"draft"`, string(s.indicators[2].ID), "bid.promise_value", `"bid.save"`}, Events: events{models.BidDraft}},
			apitest.Row{Name: "double click", As: s.member, Method: "POST", Path: path, Body: body, Header: []string{"Idempotency-Key", "one"}, Status: 201,
				Has: []string{`"state":"draft"`}},
			apitest.Row{Name: "twice", As: s.lead, Method: "POST", Path: path, Body: body, Status: 409, Has: []string{"bid.exists"}},
			apitest.Row{Name: "mine", As: s.lead, Method: "GET", Path: "/challenges/" + string(s.challenge.ID) + "/bid?team=" + string(s.team.ID), Status: 200},
			apitest.Row{Name: "not mine", As: s.stranger, Method: "GET", Path: "/challenges/" + string(s.challenge.ID) + "/bid", Status: 404},
			apitest.Row{Name: "on the desk", As: s.admin, Method: "GET", Path: "/desk/bids", Status: 200, Has: []string{`"state":"draft"`, "Rotors", `"awaiting":false`}},
			apitest.Row{Name: "a stranger's desk", As: s.stranger, Method: "GET", Path: "/desk/bids", Status: 200, Has: []string{`"items":[]`}},
		)
		s.Clock.Set(s.deadline)
		s.clocked()
		s.Run(t, apitest.Row{Name: "too late", As: s.lead, Method: "POST", Path: path, Body: body, Status: 409, Has: []string{"challenge.deadline_passed"}})
	})
}

func TestSave(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b := s.drafted()
		path := s.path(b, "/content")
		half := doc{"route": "半份", "people": []doc{{"name": ""}}, "promises": []doc{{"indicator": s.indicators[0].ID}}}
		s.Run(t,
			apitest.Row{Name: "without version", As: s.lead, Method: "PUT", Path: path, Body: half, Status: 428},
			apitest.Row{Name: "stranger", As: s.stranger, Method: "PUT", Path: path, Body: half, Header: s.etag(b), Status: 404},
			apitest.Row{Name: "administrator", As: s.admin, Method: "PUT", Path: path, Body: half, Header: s.etag(b), Status: 403},
			apitest.Row{Name: "too long", As: s.lead, Method: "PUT", Path: path, Body: doc{"route": strings.Repeat("长", 8001)}, Header: s.etag(b), Status: 422, Has: []string{"route"}},
			apitest.Row{Name: "unknown field", As: s.lead, Method: "PUT", Path: path, Body: doc{"rout": "x"}, Header: s.etag(b), Status: 422},
			apitest.Row{Name: "half", As: s.member, Method: "PUT", Path: path, Body: half, Header: s.etag(b), Status: 200,
				Has: []string{`"newest":2`, "bid.quote_missing", "bid.person_name", "bid.promise_missing"}, Events: events{models.BidSave}},
			apitest.Row{Name: "stale", As: s.lead, Method: "PUT", Path: path, Body: s.whole(), Header: s.etag(b), Status: 412},
		)
		s.fresh(b)
		s.Run(t, apitest.Row{Name: "the same again makes no version", As: s.lead, Method: "PUT", Path: path, Body: half, Header: s.etag(b), Status: 200, Has: []string{`"newest":2`}})
		s.save(b, s.whole())
		s.Run(t,
			apitest.Row{Name: "whole", As: s.lead, Method: "GET", Path: s.path(b, ""), Status: 200, Has: []string{`"newest":3`, `"missing":[]`, `"warnings":[]`}},
			apitest.Row{Name: "versions", As: s.admin, Method: "GET", Path: s.path(b, "/versions"), Status: 200, Has: []string{`"version":3`, `"version":1`, "User rotors"}},
			apitest.Row{Name: "no such version", As: s.admin, Method: "GET", Path: s.path(b, "/versions/9"), Status: 404},
			apitest.Row{Name: "a stranger's versions", As: s.stranger, Method: "GET", Path: s.path(b, "/versions"), Status: 404},
			apitest.Row{Name: "the owner's", As: s.owner, Method: "GET", Path: s.path(b, ""), Status: 404},
			apitest.Row{Name: "the officer's", As: s.officer, Method: "GET", Path: s.path(b, ""), Status: 404},
			apitest.Row{Name: "the auditor's", As: s.auditor, Method: "GET", Path: s.path(b, ""), Status: 404},
		)
		var v struct {
			Digest, Canonical string
		}
		s.Do(s.lead, "GET", s.path(b, "/versions/3"), nil).Must(200).JSON(&v)
		if seal.Digest([]byte(v.Canonical)) != v.Digest || v.Digest != b.Digest {
			t.Errorf("the digest of version 3 does not recompute: %+v", v)
		}
	})
}

// mend changes a whole content in one place.
func (s *stage) mend(fn func(d doc)) doc {
	d := s.whole()
	fn(d)
	return d
}

func promises(d doc) []doc { return d["promises"].([]doc) }

func TestRequestNamesEverything(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b := s.drafted()
		s.change(func(c *models.Challenge) { c.Conditions = models.J(models.BidderConditions{MinPartners: 1}) })
		foreign := "evd_aaaaaaaaaaaaaaaaaaaaaaaaaa"
		s.save(b, s.mend(func(d doc) {
			promises(d)[0]["value"], promises(d)[0]["deviation"], promises(d)[0]["evidence"] = 19999, " ", []string{foreign}
			promises(d)[1]["value_min"], promises(d)[1]["basis"], promises(d)[1]["test_plan"] = 19, "", " "
			promises(d)[2]["indicator"] = s.indicators[0].ID
			d["route"], d["people"], d["ip_accept"], d["integrity_promise"], d["commitment"], d["no_conflict"] = " ", []doc{}, false, false, false, false
			d["partners"] = []doc{{"org": "", "name": "Somebody", "task_pct": 60, "money_pct": 101 - 1}, {"org": "org_aaaaaaaaaaaaaaaaaaaaaaaaaa", "name": " ", "task_pct": 30, "money_pct": 10}}
			d["budget"], d["quote_fen"] = doc{"labour_fen": 1}, 200_000_001
			d["evidence"], d["documents"] = []string{foreign}, []string{"doc_aaaaaaaaaaaaaaaaaaaaaaaaaa"}
		}))
		s.Run(t, apitest.Row{Name: "all at once", As: s.lead, Method: "POST", Path: s.path(b, "/request"), Status: 422, Has: []string{
			`"bid.incomplete"`, `"promises[0].deviation"`, `"promises[0].evidence[0]"`, `"promises[1].value_min"`, `"promises[1].basis"`, `"promises[1].test_plan"`,
			`"bid.promise_twice"`, `"bid.promise_missing"`, `"route"`, `"people"`, `"ip_accept"`, `"integrity_promise"`, `"commitment"`, `"no_conflict"`,
			`"bid.partner_first"`, `"bid.partner_unknown"`, `"partners[1].name"`, `"bid.task_shares"`, `"bid.money_shares"`, `"bid.budget_sum"`, `"bid.quote_too_high"`,
			`"evidence[0]"`, `"documents[0]"`}})
		s.save(b, s.whole())
		s.Run(t, apitest.Row{Name: "too few partners", As: s.lead, Method: "POST", Path: s.path(b, "/request"), Status: 422, Has: []string{"bid.too_few_partners"}})
		s.change(func(c *models.Challenge) { c.Conditions, c.HonorOnly = models.J(models.BidderConditions{}), true })
		s.Run(t, apitest.Row{Name: "honour pays nothing", As: s.lead, Method: "POST", Path: s.path(b, "/request"), Status: 422, Has: []string{"bid.honor_only"}})
		s.change(func(c *models.Challenge) { c.HonorOnly = false })
		s.save(b, s.mend(func(d doc) {
			promises(d)[0]["value"], promises(d)[0]["deviation"] = 15000, "轴承钢受限"
			d["budget"], d["quote_fen"] = doc{"labour_fen": 100_000_000}, 100_000_000
			d["ip_accept"], d["ip_counter"] = false, "共有"
		}))
		s.Run(t,
			apitest.Row{Name: "warnings stop nobody", As: s.lead, Method: "GET", Path: s.path(b, ""), Status: 200, Has: []string{"bid.quote_low", "bid.knockout_missed", `"missing":[]`}},
			apitest.Row{Name: "member may not ask", As: s.member, Method: "POST", Path: s.path(b, "/request"), Status: 403},
			apitest.Row{Name: "declared deviations pass", As: s.lead, Method: "POST", Path: s.path(b, "/request"), Status: 200, Has: []string{`"institution_pending"`}, Events: events{models.BidRequest}},
			apitest.Row{Name: "twice", As: s.lead, Method: "POST", Path: s.path(b, "/request"), Status: 409},
		)
	})
}

func TestEndorse(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b := s.drafted()
		s.save(b, s.whole())
		digest := b.Digest
		s.Run(t,
			apitest.Row{Name: "not asked", As: s.admin, Method: "POST", Path: s.path(b, "/endorse"), Body: doc{"digest": digest}, Status: 409},
			apitest.Row{Name: "submit without", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 409},
		)
		s.Do(s.lead, "POST", s.path(b, "/request"), nil).Must(200)
		s.Run(t,
			apitest.Row{Name: "waits on the desk", As: s.admin, Method: "GET", Path: "/desk/bids?awaiting=true", Status: 200, Has: []string{string(b.ID), `"awaiting":true`, `"bid.endorse"`}},
			apitest.Row{Name: "lead may not", As: s.lead, Method: "POST", Path: s.path(b, "/endorse"), Body: doc{"digest": digest}, Status: 403},
			apitest.Row{Name: "another content", As: s.admin, Method: "POST", Path: s.path(b, "/endorse"), Body: doc{"digest": strings.Repeat("0", 64)}, Status: 409, Has: []string{"bid.digest_differs"}},
			apitest.Row{Name: "no digest", As: s.admin, Method: "POST", Path: s.path(b, "/endorse"), Body: doc{"digest": "x"}, Status: 422},
			apitest.Row{Name: "refused", As: s.admin, Method: "POST", Path: s.path(b, "/refuse"), Body: doc{"reason": "预算不清"}, Status: 200, Has: []string{`"state":"draft"`, "预算不清"}, Events: events{models.BidRefuse}},
		)
		s.Do(s.lead, "POST", s.path(b, "/request"), nil).Must(200)
		s.Run(t,
			apitest.Row{Name: "ok", As: s.admin, Method: "POST", Path: s.path(b, "/endorse"), Body: doc{"digest": digest}, Status: 200, Has: []string{`"endorsed"`}, Events: events{models.BidEndorse}},
			apitest.Row{Name: "no longer waits", As: s.admin, Method: "GET", Path: "/desk/bids?awaiting=true", Status: 200, Has: []string{`"items":[]`}},
		)
		s.fresh(b)
		s.save(b, s.mend(func(d doc) { d["route"] = "改过的路线" }))
		s.Run(t,
			apitest.Row{Name: "a change voids it", As: s.lead, Method: "GET", Path: s.path(b, ""), Status: 200, Has: []string{`"state":"draft"`, `"endorsed":0`}},
			apitest.Row{Name: "and stops submitting", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 409},
		)
		s.Do(s.lead, "POST", s.path(b, "/request"), nil).Must(200)
		s.Run(t, apitest.Row{Name: "the digest read before the change", As: s.admin, Method: "POST", Path: s.path(b, "/endorse"), Body: doc{"digest": digest}, Status: 409, Has: []string{"bid.digest_differs"}})
	})
}

func TestSubmit(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b, first := s.submitted(s.whole())
		s.check(b, first)
		s.Run(t,
			apitest.Row{Name: "again is the same", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 200, Has: []string{first.Digest, `"version":2`}},
			apitest.Row{Name: "receipt", As: s.admin, Method: "GET", Path: s.path(b, "/receipt"), Status: 200, Has: []string{first.Digest}},
			apitest.Row{Name: "receipt for a stranger", As: s.stranger, Method: "GET", Path: s.path(b, "/receipt"), Status: 404},
			apitest.Row{Name: "receipt for the owner", As: s.owner, Method: "GET", Path: s.path(b, "/receipt"), Status: 404},
			apitest.Row{Name: "opening is not ours", As: s.lead, Method: "POST", Path: "/challenges/" + string(s.challenge.ID) + "/open", Status: 403},
			apitest.Row{Name: "too early to open", As: s.officer, Method: "POST", Path: "/challenges/" + string(s.challenge.ID) + "/open", Status: 409},
		)
		s.save(b, s.mend(func(d doc) { d["route"] = "第二稿" }))
		s.Run(t,
			apitest.Row{Name: "a draft stands beside the envelope", As: s.lead, Method: "GET", Path: s.path(b, "/receipt"), Status: 200, Has: []string{first.Digest}},
			apitest.Row{Name: "not endorsed", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 409, Has: []string{"bid.not_endorsed"}},
		)
		s.endorsed(b)
		s.Clock.Pass(time.Minute)
		var second receipt
		s.Do(s.admin, "POST", s.path(b, "/submit"), nil, "Idempotency-Key", "k").Must(200).JSON(&second)
		s.Do(s.admin, "POST", s.path(b, "/submit"), nil, "Idempotency-Key", "k").Must(200)
		s.check(b, second)
		if second.Digest == first.Digest || !second.SealedAt.After(first.SealedAt) {
			t.Errorf("the replacement is not another one: %+v %+v", first, second)
		}
		s.Run(t,
			apitest.Row{Name: "withdraw is the lead's", As: s.member, Method: "POST", Path: s.path(b, "/withdraw"), Body: doc{}, Status: 403},
			apitest.Row{Name: "withdraw", As: s.lead, Method: "POST", Path: s.path(b, "/withdraw"), Body: doc{"reason": "重写"}, Status: 200, Has: []string{`"withdrawn"`}, Events: events{models.BidWithdraw}},
			apitest.Row{Name: "nothing is sealed", As: s.lead, Method: "GET", Path: s.path(b, "/receipt"), Status: 404, Has: []string{"bid.no_receipt"}},
			apitest.Row{Name: "twice", As: s.lead, Method: "POST", Path: s.path(b, "/withdraw"), Body: doc{}, Status: 409},
		)
		s.fresh(b)
		s.save(b, s.mend(func(d doc) { d["route"] = "第二稿" })) // the same content brings it back
		s.endorsed(b)
		var third receipt
		s.Do(s.lead, "POST", s.path(b, "/submit"), nil).Must(200).JSON(&third)
		s.check(b, third)
		s.Clock.Set(s.deadline)
		s.clocked()
		s.Run(t,
			apitest.Row{Name: "withdraw too late", As: s.lead, Method: "POST", Path: s.path(b, "/withdraw"), Body: doc{}, Status: 409, Has: []string{"challenge.deadline_passed"}},
			apitest.Row{Name: "submit too late", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 409, Has: []string{"challenge.deadline_passed"}},
			apitest.Row{Name: "save too late", As: s.lead, Method: "PUT", Path: s.path(b, "/content"), Body: s.whole(), Header: s.etag(b), Status: 409},
		)
	})
}

// check recomputes a receipt from the sealed version.
func (s *stage) check(b *bid, r receipt) {
	s.T.Helper()
	var v struct{ Canonical string }
	s.Do(s.lead, "GET", s.path(b, "/versions/"+itoa(int64(r.Version))), nil).Must(200).JSON(&v)
	if err := seal.Check(r.Text, []byte(v.Canonical)); err != nil {
		s.T.Errorf("receipt: %v\n%s", err, r.Text)
	}
	if seal.Digest([]byte(v.Canonical)) != r.Digest || r.Bid != b.ID {
		s.T.Errorf("the receipt's digest does not recompute: %+v", r)
	}
	s.Write(func(tx *models.Tx) error {
		row, err := tx.Bid(b.ID)
		if err != nil {
			return err
		}
		e, err := tx.EnvelopeOf(row)
		if err != nil {
			return err
		}
		if e == nil || e.Digest != r.Digest || e.Content != v.Canonical || !e.SealedAt.Equal(r.SealedAt) || row.SubmittedAt == nil || !row.SubmittedAt.Equal(r.SealedAt) {
			s.T.Errorf("the envelope is not what the receipt says: %+v", e)
		}
		return nil
	})
}

func TestGates(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b := s.drafted()
		s.save(b, s.whole())
		s.endorsed(b)
		s.change(func(c *models.Challenge) {
			c.InProvince = true
			c.Capabilities = models.J([]models.RequiredCapability{{Tag: "rotor_dynamics", Must: true, MinLevel: 3}, {Tag: "nice", MinLevel: 5}})
		})
		partner, _ := s.Org("Institute", "research_institute")
		s.Write(func(tx *models.Tx) error {
			if _, err := tx.Relate(s.uni.ID, s.challenge.Owner, "control", tx.Now); err != nil {
				return err
			}
			return tx.AddIntegrity(models.Integrity{Team: s.team.ID, Act: "x", Basis: "y", Since: tx.Now, Until: tx.Now.Add(time.Hour)})
		})
		s.Run(t,
			apitest.Row{Name: "shown", As: s.lead, Method: "GET", Path: s.path(b, ""), Status: 200, Has: []string{`"subordinate"`, `"integrity"`, `"capability:rotor_dynamics"`}, Lacks: []string{"capability:nice"}},
			apitest.Row{Name: "every one is a field", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 422,
				Has: []string{`"gate.subordinate"`, `"gate.integrity"`, ": x; y.", `"gate.capability"`, `"required_capabilities.rotor_dynamics"`}, Lacks: []string{"gate.region"}},
		)
		s.Clock.Pass(2 * time.Hour)
		s.clocked()
		s.Write(func(tx *models.Tx) error {
			list, err := tx.RelationsOf(s.uni.ID)
			if err != nil {
				return err
			}
			return tx.EndRelation(s.uni.ID, list[0].ID, tx.Now)
		})
		helper, _ := s.Team(partner, "Helpers")
		s.Write(func(tx *models.Tx) error {
			team, err := tx.Team(helper.ID)
			if err != nil {
				return err
			}
			team.Capabilities = models.J([]models.Capability{{Tag: "rotor_dynamics", Level: 4}})
			return tx.Replant(team)
		})
		s.fresh(b)
		s.save(b, s.mend(func(d doc) {
			d["partners"] = []doc{{"org": s.uni.ID, "name": "University", "task": "a", "task_pct": 70, "money_pct": 60}, {"org": partner.ID, "name": "Institute", "task": "b", "task_pct": 30, "money_pct": 40}}
		}))
		s.endorsed(b)
		s.Run(t, apitest.Row{Name: "a partner brings the capability", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 200, Events: events{models.BidSubmit}})
		s.fresh(b)
		s.save(b, s.mend(func(d doc) {
			d["partners"] = []doc{{"org": s.uni.ID, "name": "University", "task": "a", "task_pct": 70, "money_pct": 60}, {"org": s.challenge.Owner, "name": "Leader", "task": "b", "task_pct": 30, "money_pct": 40}}
		}))
		s.Run(t, apitest.Row{Name: "the owner is no partner", As: s.lead, Method: "POST", Path: s.path(b, "/request"), Status: 422, Has: []string{`"gate.same_org"`, `"partners[1]"`}})
	})
}

// TestAtOnce submits while others save: whatever order they come in, what is sealed is a
// version the unit endorsed, and nothing is lost.
func TestAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b := s.drafted()
		s.save(b, s.whole())
		s.endorsed(b)
		endorsed := b.Digest
		var wg sync.WaitGroup
		statuses := make([]int, 12)
		for i := range statuses {
			wg.Go(func() {
				if i%2 == 0 {
					statuses[i] = s.Do(s.lead, "POST", s.path(b, "/submit"), nil).Status
					return
				}
				statuses[i] = s.Do(s.member, "PUT", s.path(b, "/content"), s.mend(func(d doc) { d["route"] = "并发 " + itoa(int64(i)) }), s.etag(b)...).Status
			})
		}
		wg.Wait()
		for i, got := range statuses {
			if got != http.StatusOK && got != http.StatusConflict && got != http.StatusPreconditionFailed {
				t.Errorf("call %d answers %d", i, got)
			}
		}
		s.Write(func(tx *models.Tx) error {
			row, err := tx.Bid(b.ID)
			if err != nil {
				return err
			}
			e, err := tx.EnvelopeOf(row)
			if err != nil {
				return err
			}
			if e != nil && e.Digest != endorsed || (e != nil) != (row.State == models.BidSubmitted) {
				t.Errorf("sealed %+v in state %s", e, row.State)
			}
			return nil
		})
	})
}

func TestOpen(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b, r := s.submitted(s.mend(func(d doc) { promises(d)[1]["value_min"], promises(d)[1]["deviation"] = 11, "起步功率略高" }))
		list := "/challenges/" + string(s.challenge.ID) + "/bids"
		s.Run(t, apitest.Row{Name: "no list before", As: s.owner, Method: "GET", Path: list, Status: 409, Has: []string{"challenge.wrong_state"}})
		s.close()
		s.Run(t,
			apitest.Row{Name: "closed is not open", As: s.owner, Method: "GET", Path: s.path(b, ""), Status: 404},
			apitest.Row{Name: "owner may not open", As: s.owner, Method: "POST", Path: "/challenges/" + string(s.challenge.ID) + "/open", Status: 403},
			apitest.Row{Name: "open", As: s.officer, Method: "POST", Path: "/challenges/" + string(s.challenge.ID) + "/open", Status: 200,
				Has: []string{`"B01"`, `"evaluating"`, `"quote_fen":180000000`, `"met":2`, `"deviations":1`}, Events: events{models.BidOpen, models.ChallengeOpen}},
			apitest.Row{Name: "twice", As: s.officer, Method: "POST", Path: "/challenges/" + string(s.challenge.ID) + "/open", Status: 409},
			apitest.Row{Name: "owner lists", As: s.owner, Method: "GET", Path: list, Status: 200, Has: []string{"Rotors", `"B01"`}},
			apitest.Row{Name: "auditor lists", As: s.auditor, Method: "GET", Path: list, Status: 200, Has: []string{`"B01"`}},
			apitest.Row{Name: "operator does not", As: s.operator, Method: "GET", Path: list, Status: 403},
			apitest.Row{Name: "stranger does not", As: s.stranger, Method: "GET", Path: list, Status: 403},
			apitest.Row{Name: "owner reads", As: s.owner, Method: "GET", Path: s.path(b, ""), Status: 200, Has: []string{r.Digest, "磁悬浮支承", "起步功率略高", `"met":false`, `"name":"Rotors"`}},
			apitest.Row{Name: "operator does not read", As: s.operator, Method: "GET", Path: s.path(b, ""), Status: 404},
			apitest.Row{Name: "stranger does not read", As: s.stranger, Method: "GET", Path: s.path(b, ""), Status: 404},
			apitest.Row{Name: "owner sees no versions", As: s.owner, Method: "GET", Path: s.path(b, "/versions"), Status: 403},
			apitest.Row{Name: "lead sees no proposal", As: s.lead, Method: "GET", Path: s.path(b, ""), Status: 200, Has: []string{`"check":{"done":false,"items":[]}`}},
		)
	})
}

func TestOpenNothing(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.drafted() // a draft is no bid
		s.close()
		s.Tick()
		s.Run(t,
			apitest.Row{Name: "no_bid", As: s.stranger, Method: "GET", Path: "/challenges/" + string(s.challenge.ID), Status: 200, Has: []string{`"no_bid"`}},
			apitest.Row{Name: "the draft stays the team's", As: s.owner, Method: "GET", Path: "/challenges/" + string(s.challenge.ID) + "/bids", Status: 409},
		)
	})
}

// TestOpenIsWhole breaks one of two envelopes: neither bid may become readable.
func TestOpenIsWhole(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		dbtest.Wrecked(t)
		b, _ := s.submitted(s.whole())
		other, lead := s.Team(s.uni, "Others")
		var o bid
		s.Do(lead, "POST", "/challenges/"+string(s.challenge.ID)+"/bids", doc{"team": other.ID}).Must(201).JSON(&o)
		s.Do(lead, "PUT", s.path(&o, "/content"), s.whole(), s.etag(&o)...).Must(200).JSON(&o)
		s.Do(lead, "POST", s.path(&o, "/request"), nil).Must(200)
		s.Do(s.admin, "POST", s.path(&o, "/endorse"), doc{"digest": o.Digest}).Must(200)
		s.Do(lead, "POST", s.path(&o, "/submit"), nil).Must(200)
		s.close()
		tamper := func(from, to string) {
			s.Write(func(tx *models.Tx) error {
				row, err := tx.Bid(o.ID)
				if err != nil {
					return err
				}
				e, err := tx.EnvelopeOf(row)
				if err != nil {
					return err
				}
				if err := tx.Unseal(row, "tampered"); err != nil {
					return err
				}
				e.ID, e.Content = models.EnvelopeID("env_"+to), strings.Replace(e.Content, from, to, 1)
				return tx.Plant(e)
			})
		}
		tamper("21000", "99999")
		s.Run(t,
			apitest.Row{Name: "fails", As: s.officer, Method: "POST", Path: "/challenges/" + string(s.challenge.ID) + "/open", Status: 500, Lacks: []string{"99999", "B01"}},
			apitest.Row{Name: "nothing is open", As: s.owner, Method: "GET", Path: s.path(b, ""), Status: 404},
		)
		tamper("99999", "21000")
		s.Run(t, apitest.Row{Name: "both", As: s.officer, Method: "POST", Path: "/challenges/" + string(s.challenge.ID) + "/open", Status: 200,
			Has: []string{`"B01"`, `"B02"`}, Events: events{models.BidOpen, models.BidOpen, models.ChallengeOpen}})
	})
}

func TestCheck(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b, _ := s.submitted(s.whole())
		s.close()
		s.Tick()
		var v struct {
			Check struct {
				Done  bool
				Items []models.CheckItem
			}
		}
		s.Do(s.officer, "GET", s.path(b, ""), nil).Must(200).JSON(&v)
		if v.Check.Done || len(v.Check.Items) < 5 {
			t.Fatalf("the checklist is not proposed: %+v", v)
		}
		for _, k := range v.Check.Items {
			if !k.OK {
				t.Errorf("%s is not in order: %s", k.Code, k.Note)
			}
		}
		items := v.Check.Items
		bad := append([]models.CheckItem{}, items...)
		bad[0].OK, bad[0].Note = false, "缺少第三方报告"
		mute := append([]models.CheckItem{}, bad...)
		mute[0].Note = ""
		path := s.path(b, "/check")
		s.Run(t,
			apitest.Row{Name: "owner may not", As: s.owner, Method: "POST", Path: path, Body: doc{"items": items}, Status: 403},
			apitest.Row{Name: "stranger", As: s.stranger, Method: "POST", Path: path, Body: doc{"items": items}, Status: 404},
			apitest.Row{Name: "not all", As: s.officer, Method: "POST", Path: path, Body: doc{"items": items[1:]}, Status: 422, Has: []string{"bid.check_missing"}},
			apitest.Row{Name: "without a note", As: s.officer, Method: "POST", Path: path, Body: doc{"items": mute}, Status: 422, Has: []string{"items[0].note"}},
			apitest.Row{Name: "rejected", As: s.officer, Method: "POST", Path: path, Body: doc{"items": bad}, Status: 200, Has: []string{`"formal_rejected"`, "缺少第三方报告"}, Events: events{models.BidReject}},
			apitest.Row{Name: "the team reads why", As: s.lead, Method: "GET", Path: s.path(b, ""), Status: 200, Has: []string{"缺少第三方报告", `"done":true`}},
			apitest.Row{Name: "anew", As: s.officer, Method: "POST", Path: path, Body: doc{"items": items}, Status: 200, Has: []string{`"formal_passed"`}, Events: events{models.BidCheck}},
			apitest.Row{Name: "passed once", As: s.officer, Method: "POST", Path: path, Body: doc{"items": items}, Status: 409},
			apitest.Row{Name: "on the board", As: s.owner, Method: "GET", Path: "/challenges/" + string(s.challenge.ID) + "/bids", Status: 200, Has: []string{`"checked":true`, `"formal_passed"`}},
		)
	})
}

// TestFiles follows an attachment: the receipt names its digest, it stays while it is sealed,
// and the owner gets it when the bid is opened.
func TestFiles(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		b := s.drafted()
		path, raw := "/documents?owner_kind=bid&purpose=attachment&name=a.txt&owner_id="+string(b.ID), []string{"Content-Type", "application/octet-stream"}
		var d struct{ ID, SHA256 string }
		s.Do(s.member, "POST", path, []byte("附件一"), raw...).Must(http.StatusCreated).JSON(&d)
		s.save(b, s.mend(func(c doc) { c["documents"] = []string{d.ID} }))
		s.endorsed(b)
		file := "/documents/" + d.ID
		s.Run(t,
			apitest.Row{Name: "receipt names it", As: s.lead, Method: "POST", Path: s.path(b, "/submit"), Status: 200, Has: []string{"file_sha256: " + d.ID + " " + d.SHA256}, Events: events{models.BidSubmit}},
			apitest.Row{Name: "sealed files stay", As: s.member, Method: "DELETE", Path: file, Status: 409, Has: []string{"document.in_use"}},
			apitest.Row{Name: "a stranger adds none", As: s.stranger, Method: "POST", Path: path, Body: []byte("x"), Header: raw, Status: 404},
			apitest.Row{Name: "the owner adds none", As: s.owner, Method: "POST", Path: path, Body: []byte("x"), Header: raw, Status: 404},
			apitest.Row{Name: "the owner lists none", As: s.owner, Method: "GET", Path: "/documents?owner_kind=bid&owner_id=" + string(b.ID), Status: 404},
			apitest.Row{Name: "the owner reads none", As: s.owner, Method: "GET", Path: file + "/content", Status: 404},
			apitest.Row{Name: "the unit reads it", As: s.admin, Method: "GET", Path: file + "/content", Status: 200, Has: []string{"附件一"}},
		)
		s.close()
		s.Run(t,
			apitest.Row{Name: "too late", As: s.lead, Method: "POST", Path: path, Body: []byte("附件二"), Header: raw, Status: 409, Has: []string{"challenge.deadline_passed"}},
			apitest.Row{Name: "still sealed", As: s.officer, Method: "GET", Path: file + "/content", Status: 404},
		)
		s.Tick()
		s.Run(t,
			apitest.Row{Name: "opened", As: s.owner, Method: "GET", Path: file + "/content", Status: 200, Has: []string{"附件一"}},
			apitest.Row{Name: "not for strangers", As: s.stranger, Method: "GET", Path: file + "/content", Status: 404},
		)
	})
}

// TestExpert shows an opened bid to an expert who has it: under its code, without the team's
// and unit's names, and not to another.
func TestExpert(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		ev := w.Evaluation(2, 2)
		ev.Scored(1, func(int, int) float64 { return 0.5 })
		b := ev.Bid(0)
		w.Run(t,
			apitest.Row{Name: "assigned", As: ev.Expert(ev.Experts[0].ID), Method: "GET", Path: "/bids/" + string(b.ID), Status: 200,
				Has: []string{`"team":{"id":"","name":"` + b.Code + `"}`, "sealed words of", `"gates":[]`}, Lacks: []string{`"name":"Team EvUni`, `"submitted_at"`}},
			apitest.Row{Name: "another", As: ev.Expert(ev.Experts[1].ID), Method: "GET", Path: "/bids/" + string(b.ID), Status: 404},
			apitest.Row{Name: "no board for experts", As: ev.Expert(ev.Experts[0].ID), Method: "GET", Path: ev.Path("/bids"), Status: 403},
			apitest.Row{Name: "owner", As: ev.Owner, Method: "GET", Path: "/bids/" + string(b.ID), Status: 200, Has: []string{"Team EvUni"}},
		)
	})
}
