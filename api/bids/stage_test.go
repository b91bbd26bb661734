package bids_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// doc is a JSON object.
type doc = map[string]any

// stage is a firm's challenge, open for bids for fourteen days, and a university with a team.
type stage struct {
	*apitest.World
	challenge               *models.Challenge
	indicators              []models.Indicator
	uni                     *models.Org
	team                    *models.Team
	owner, officer, auditor apitest.Person
	lead, member, admin     apitest.Person
	stranger, operator      apitest.Person
	deadline                time.Time
}

func set(w *apitest.World) *stage {
	w.T.Helper()
	s := &stage{World: w}
	firm, owner := w.Org("Leader", "enterprise")
	s.owner, s.officer = owner, w.Officer("officer", "210000")
	s.auditor, s.stranger = w.Grant(w.Person("auditor"), "auditor", ""), w.Person("stranger")
	s.operator = w.Operator()
	s.uni, s.admin = w.Org("University", "university")
	s.team, s.lead = w.Team(s.uni, "Rotors")
	s.member = w.Person("member")
	w.Write(func(tx *models.Tx) error {
		_, err := tx.AddTeamMember(s.team.ID, s.member.User, "member")
		return err
	})
	s.deadline = w.Clock.Now().Add(14 * 24 * time.Hour)
	w.Clock.Pass(time.Second) // so that what is told of the units stands before what is told of the challenge
	s.publish(firm)
	s.clocked()
	return s
}

// publish takes a challenge to the list by the table, without the domain before this one.
func (s *stage) publish(firm *models.Org) {
	s.T.Helper()
	c := models.NewChallenge()
	s.challenge = c
	s.as(s.owner, func(tx *models.Tx) error {
		org, err := tx.OrgFor(models.ChallengeDraft, firm.ID)
		if err != nil {
			return err
		}
		batch, opens := models.NewBatch(), s.deadline.Add(time.Hour)
		c.Title, c.Owner, c.Region, c.City, c.Confidential = "高速轴承寿命提升", org.ID, "210100", "沈阳市", "public"
		c.Type, c.Competition, c.MaxLanes, c.Selection = "tech_breakthrough", "single", 1, "panel_plus_owner"
		c.Deadline, c.OpenAt, c.Commitment = &s.deadline, &opens, true
		c.Tags, c.TotalFen, c.BountyFen = models.J([]string{"MFG.bearing"}), 300*models.Wan, 200*models.Wan
		c.Criteria, c.Weights, c.Panel, c.PublicityDays = batch.Criteria, batch.Weights, batch.Panel, batch.PublicityDays
		if err := tx.Make(models.ChallengeDraft, org, c, models.Note{}); err != nil {
			return err
		}
		life, low, high := 20000.0, 10.0, 18.0
		s.indicators = []models.Indicator{
			{Name: "寿命", Op: ">=", Value: &life, Unit: "h", Weight: 50, Knockout: true, TestMethod: "台架"},
			{Name: "功率", Op: "range", Min: &low, Max: &high, Unit: "MW", Weight: 30},
			{Name: "资料", Op: "meets", Text: "齐全", Weight: 20},
		}
		if err := tx.SetIndicators(c, s.indicators); err != nil {
			return err
		}
		return tx.Apply(models.ChallengeSubmit, c, models.Note{})
	})
	s.as(s.officer, func(tx *models.Tx) error {
		return tx.Apply(models.ChallengeApprove, c, models.Note{})
	})
	s.Deliver()
	s.Clock.Pass(time.Second) // so that no two notices are of one instant, ordered by random ids
	s.as(s.officer, func(tx *models.Tx) error {
		at := tx.Now
		c.Code, c.PublishedAt = "SY-JB-2026-01-0001", &at
		if err := tx.Apply(models.ChallengePublish, c, models.Note{}); err != nil {
			return err
		}
		return tx.IndexChallenge(c, models.ListEntry{Text: []string{"轴承"}})
	})
}

func (s *stage) as(p apitest.Person, fn func(tx *models.Tx) error) {
	s.T.Helper()
	if err := s.Store.Write(context.Background(), p.Who, fn); err != nil {
		s.T.Fatal(err)
	}
}

// clocked signs everybody in again: tokens live shorter than a bidding window.
func (s *stage) clocked() {
	s.T.Helper()
	s.owner, s.officer, s.auditor, s.operator = s.SignIn("leader"), s.SignIn("officer"), s.SignIn("auditor"), s.Operator()
	s.lead, s.member, s.admin, s.stranger = s.SignIn("rotors"), s.SignIn("member"), s.SignIn("university"), s.SignIn("stranger")
}

// change alters the challenge past the table.
func (s *stage) change(fn func(c *models.Challenge)) {
	s.T.Helper()
	s.Write(func(tx *models.Tx) error {
		c, err := tx.Challenge(s.challenge.ID)
		if err != nil {
			return err
		}
		fn(c)
		s.challenge = c
		return tx.Replant(c)
	})
}

// whole is a content that lacks nothing.
func (s *stage) whole() doc {
	row := func(i int, more doc) doc {
		d := doc{"indicator": s.indicators[i].ID, "text": "", "present": "中试", "basis": "台架数据", "evidence": []string{}, "test_plan": "第三方检测", "deviation": "", "confidence": 80}
		for k, v := range more {
			d[k] = v
		}
		return d
	}
	return doc{
		"promises": []doc{row(0, doc{"value": 21000}), row(1, doc{"value_min": 9.5, "value_max": 18}), row(2, doc{"text": "图纸、报告齐全"})},
		"route":    "磁悬浮支承与主动控制路线", "partners": []doc{{"org": s.uni.ID, "name": "University", "task": "全部", "task_pct": 100, "money_pct": 100}},
		"people": []doc{{"name": "王工", "role": "负责人", "months_per_year": 6}},
		"budget": doc{"equipment_fen": 60_000_000, "business_fen": 80_000_000, "labour_fen": 40_000_000}, "quote_fen": 180_000_000,
		"ip_accept": true, "integrity_promise": true, "commitment": true, "no_conflict": true,
	}
}

// bid is what a test remembers of a bid.
type bid struct {
	ID      models.BidID    `json:"id"`
	Version int64           `json:"version"`
	State   string          `json:"state"`
	Code    string          `json:"code"`
	Digest  string          `json:"digest"`
	Actions []models.Action `json:"actions"`
	Draft   struct{ Newest, Requested, Endorsed, Sealed int }
}

func (s *stage) etag(b *bid) []string { return []string{"If-Match", `"` + itoa(b.Version) + `"`} }

func (s *stage) path(b *bid, rest string) string { return "/bids/" + string(b.ID) + rest }

// drafted begins the team's bid.
func (s *stage) drafted() *bid {
	s.T.Helper()
	b := &bid{}
	s.Do(s.lead, "POST", "/challenges/"+string(s.challenge.ID)+"/bids", doc{"team": s.team.ID}).Must(http.StatusCreated).JSON(b)
	return b
}

// fresh reads the bid as its lead sees it.
func (s *stage) fresh(b *bid) {
	s.T.Helper()
	*b = bid{}
	s.Do(s.lead, "GET", "/challenges/"+string(s.challenge.ID)+"/bid", nil).Must(http.StatusOK).JSON(b)
}

func (s *stage) save(b *bid, content doc) {
	s.T.Helper()
	s.Do(s.lead, "PUT", s.path(b, "/content"), content, s.etag(b)...).Must(http.StatusOK).JSON(b)
}

// endorsed asks for and gets the unit's word on the newest version.
func (s *stage) endorsed(b *bid) {
	s.T.Helper()
	s.Do(s.lead, "POST", s.path(b, "/request"), nil).Must(http.StatusOK).JSON(b)
	s.Do(s.admin, "POST", s.path(b, "/endorse"), doc{"digest": b.Digest}).Must(http.StatusOK)
	s.fresh(b)
}

// receipt is what a test reads of a receipt.
type receipt struct {
	Bid      models.BidID `json:"bid"`
	Version  int          `json:"version"`
	Digest   string       `json:"digest"`
	SealedAt time.Time    `json:"sealed_at"`
	Text     string       `json:"text"`
}

// submitted takes a bid with the given content all the way into its envelope.
func (s *stage) submitted(content doc) (*bid, receipt) {
	s.T.Helper()
	b := s.drafted()
	s.save(b, content)
	s.endorsed(b)
	var r receipt
	s.Do(s.lead, "POST", s.path(b, "/submit"), nil).Must(http.StatusOK).JSON(&r)
	s.fresh(b)
	return b, r
}

// close moves the clock past the deadline and opening and closes the challenge.
func (s *stage) close() {
	s.T.Helper()
	s.Clock.Set(s.deadline.Add(2 * time.Hour))
	s.clocked()
	s.Write(func(tx *models.Tx) error {
		c, err := tx.ChallengeFor(models.ChallengeClose, s.challenge.ID)
		if err != nil {
			return err
		}
		return tx.Apply(models.ChallengeClose, c, models.Note{})
	})
}

func itoa(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func each(t *testing.T, fn func(t *testing.T, s *stage)) {
	t.Helper()
	apitest.Each(t, func(t *testing.T, w *apitest.World) { fn(t, set(w)) })
}
