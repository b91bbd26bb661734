package bids_test

import (
	"sync"
	"testing"
	"time"

	"jiebang/internal/apitest"
	"jiebang/models"
)

// amendment proposes a higher value for the first indicator, and says where it is decided.
func (s *stage) amendment(value float64) string {
	s.T.Helper()
	var list []models.Indicator
	s.Write(func(tx *models.Tx) (err error) {
		list, err = tx.IndicatorsOf(s.challenge.ID)
		return err
	})
	var a struct {
		ID models.AmendmentID `json:"id"`
	}
	s.Do(s.owner, "POST", "/challenges/"+string(s.challenge.ID)+"/amendments",
		doc{"indicators": []doc{{"id": list[0].ID, "value": value}}, "reason": "工况变化"}).Must(201).JSON(&a)
	return "/amendments/" + string(a.ID) + "/publish"
}

func TestConfirm(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		b, _ := s.submitted(s.whole())
		path := "/bids/" + string(b.ID)
		w.Run(t, apitest.Row{Name: "nothing to confirm", As: s.lead, Method: "POST", Path: path + "/confirm", Body: doc{"text_no": 1}, Status: 409, Has: []string{"bid.text_current"}})
		w.Do(s.officer, "POST", s.amendment(20500), doc{}).Must(200)
		w.Deliver()
		w.Run(t,
			apitest.Row{Name: "the team is told", As: s.lead, Method: "GET", Path: "/notices", Status: 200, Has: []string{"challenge.supplement", `"as":"bidder"`}},
			apitest.Row{Name: "and sees it", As: s.lead, Method: "GET", Path: path, Status: 200, Has: []string{`"behind":true`, `"bid.confirm"`}},
			apitest.Row{Name: "a member may not", As: s.member, Method: "POST", Path: path + "/confirm", Body: doc{"text_no": 1}, Status: 403},
			apitest.Row{Name: "the owner knows of no bid", As: s.owner, Method: "POST", Path: path + "/confirm", Body: doc{"text_no": 1}, Status: 404},
			apitest.Row{Name: "another text", As: s.lead, Method: "POST", Path: path + "/confirm", Body: doc{"text_no": 2}, Status: 409, Has: []string{"bid.text_moved"}},
			apitest.Row{Name: "confirmed: it promises 21000", As: s.lead, Method: "POST", Path: path + "/confirm", Body: doc{"text_no": 1}, Status: 200, Has: []string{`"behind":false`, `"sealed":1`}, Events: []models.Action{models.BidConfirm}},
		)
		w.Do(s.officer, "POST", s.amendment(22000), doc{}).Must(200)
		w.Run(t,
			apitest.Row{Name: "confirmed, but it promises too little", As: s.lead, Method: "POST", Path: path + "/confirm", Body: doc{"text_no": 2}, Status: 200, Has: []string{`"behind":true`, `"read":2`}, Events: []models.Action{models.BidConfirm}})
	})
}

// TestAmendWhileSubmitting lets an amendment and a submission meet: the bid answers the text
// before, and is told so, or is refused until the new one was read.
func TestAmendWhileSubmitting(t *testing.T) {
	apitest.Each(t, func(t *testing.T, w *apitest.World) {
		s := set(w)
		b := s.drafted()
		s.save(b, s.whole())
		s.endorsed(b)
		publish := s.amendment(20500)
		var wait sync.WaitGroup
		var amended, sealed int
		wait.Go(func() { amended = w.Do(s.officer, "POST", publish, doc{}).Status })
		wait.Go(func() { sealed = w.Do(s.lead, "POST", "/bids/"+string(b.ID)+"/submit", nil).Status })
		wait.Wait()
		if amended != 200 || sealed != 200 && sealed != 409 {
			t.Fatalf("amended %d, sealed %d", amended, sealed)
		}
		w.Write(func(tx *models.Tx) error {
			now, err := tx.Bid(b.ID)
			if err != nil {
				return err
			}
			c, err := tx.Challenge(s.challenge.ID)
			if err != nil {
				return err
			}
			if c.AmendedNo != 1 || sealed == 200 && (now.SealedNo != 0 || now.Sealed == 0) || sealed == 409 && now.Sealed != 0 {
				t.Errorf("sealed %d: amended %d, the bid answers text %d, version %d", sealed, c.AmendedNo, now.SealedNo, now.Sealed)
			}
			return nil
		})
		s.Clock.Pass(time.Second)
		if sealed == 409 {
			w.Do(s.lead, "POST", "/bids/"+string(b.ID)+"/confirm", doc{"text_no": 1}).Must(200)
			w.Do(s.lead, "POST", "/bids/"+string(b.ID)+"/submit", nil).Must(200)
		}
	})
}
