package bids_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jiebang/internal/seal"
	"jiebang/models"
)

const submits = 2000

// TestDeadline submits 2,000 bids from many sides while the clock runs over the deadline,
// about half before it. None is accepted at or after it; each accepted one has a receipt
// whose digest recomputes, and its envelope is whole; each refused one has left nothing.
func TestDeadline(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ids := s.plant(submits)
		rand.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		step := time.Millisecond
		s.Clock.Set(s.deadline.Add(-submits / 2 * step))
		s.clocked()
		type outcome struct {
			status int
			body   string
			receipt
		}
		results := make([]outcome, len(ids))
		next := make(chan int)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for i := range next {
					s.tick(step)
					a := s.Do(s.admin, "POST", "/bids/"+string(ids[i])+"/submit", nil)
					results[i].status = a.Status
					if a.Status == http.StatusOK {
						a.JSON(&results[i].receipt)
					} else {
						results[i].body = string(a.Body)
					}
				}
			})
		}
		for i := range ids {
			next <- i
		}
		close(next)
		wg.Wait()

		accepted := 0
		s.Write(func(tx *models.Tx) error {
			for i, id := range ids {
				r := results[i]
				b, err := tx.Bid(id)
				if err != nil {
					return err
				}
				e, err := tx.EnvelopeOf(b)
				if err != nil {
					return err
				}
				if r.status != http.StatusOK {
					if r.status != http.StatusConflict || !strings.Contains(r.body, "challenge.deadline_passed") {
						t.Fatalf("bid %d: %d %s", i, r.status, r.body)
					}
					if e != nil || b.State != models.BidEndorsed || b.SubmittedAt != nil {
						t.Errorf("bid %d was refused and is %s with envelope %v", i, b.State, e)
					}
					continue
				}
				accepted++
				switch {
				case !r.SealedAt.Before(s.deadline):
					t.Errorf("bid %d was accepted at %s, the deadline is %s", i, r.SealedAt, s.deadline)
				case e == nil || b.State != models.BidSubmitted:
					t.Errorf("bid %d has a receipt and is %s", i, b.State)
				case e.Digest != r.Digest || seal.Digest([]byte(e.Content)) != r.Digest || !e.SealedAt.Equal(r.SealedAt):
					t.Errorf("bid %d: the envelope is not what the receipt says", i)
				case seal.Check(r.Text, []byte(e.Content)) != nil:
					t.Errorf("bid %d: %v", i, seal.Check(r.Text, []byte(e.Content)))
				}
			}
			return nil
		})
		if accepted < submits/10 || accepted > submits*9/10 {
			t.Errorf("%d of %d were accepted: the test did not run over the deadline", accepted, submits)
		}
		for _, e := range s.EventsAfter(0) {
			if e.Action == models.BidSubmit && !e.At.Before(s.deadline) {
				t.Errorf("a submission stands on the trail at %s", e.At)
			}
		}
	})
}

var ticking sync.Mutex

// tick moves the clock forward, never two at once.
func (s *stage) tick(d time.Duration) {
	ticking.Lock()
	defer ticking.Unlock()
	s.Clock.Pass(d)
}

// plant puts n teams of the university with endorsed bids into the database, with the events
// that they would have left.
func (s *stage) plant(n int) []models.BidID {
	s.T.Helper()
	b := s.drafted()
	s.save(b, s.whole())
	var v struct{ Canonical string }
	s.Do(s.lead, "GET", s.path(b, "/versions/"+itoa(int64(b.Draft.Newest))), nil).Must(200).JSON(&v)
	digest := seal.Digest([]byte(v.Canonical))
	ids := make([]models.BidID, 0, n)
	s.Write(func(tx *models.Tx) error {
		at := tx.Now
		life := func(state string) models.Life {
			return models.Life{State: state, Version: 1, CreatedAt: at, UpdatedAt: at}
		}
		var teams []models.Team
		var people []models.TeamMember
		var rows []models.Bid
		var drafts []models.BidVersion
		for i := range n {
			team := models.NewTeam()
			team.Code, team.Name, team.Org, team.TRLMin, team.TRLMax, team.MaxConcurrent = fmt.Sprintf("D%04d", i), fmt.Sprintf("Team %d", i), s.uni.ID, 3, 8, 3
			team.Life = life(models.TeamActive)
			row := models.NewBid(s.challenge, team)
			row.Draft, row.Requested, row.Endorsed, row.EndorsedDigest, row.EndorsedAt, row.Life = 1, 1, 1, digest, &at, life(models.BidEndorsed)
			teams, rows, ids = append(teams, *team), append(rows, *row), append(ids, row.ID)
			people = append(people, models.TeamMember{ID: fmt.Sprintf("tmm_%d", i), Team: team.ID, User: s.stranger.User, Role: "lead", JoinedAt: at})
			drafts = append(drafts, models.BidVersion{ID: models.DraftID(fmt.Sprintf("drf_%d", i)), Bid: row.ID, Version: 1, Content: v.Canonical, Digest: digest, SavedBy: s.stranger.User, SavedAt: at})
		}
		for i := 0; i < n; i += 200 { // below the number of parameters that a statement takes
			j := min(i+200, n)
			for _, part := range []any{teams[i:j], people[i:j], rows[i:j], drafts[i:j]} {
				if err := tx.Plant(part); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return ids
}
