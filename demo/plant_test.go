package demo_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"jiebang/demo"
	"jiebang/internal/blob"
	"jiebang/internal/dbtest"
	"jiebang/models"
)

// TestPlant loads the demo on both databases, looks that nothing in it breaks a promise, and
// puts it back to its first day.
func TestPlant(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		today := time.Now()
		accounts, err := demo.Plant(t.Context(), s, &blob.Memory{}, today)
		if err != nil {
			t.Fatal(err)
		}
		if len(accounts) == 0 {
			t.Error("there is nobody to sign in as")
		}
		look := func() (challenges map[string]int, events int) {
			challenges = map[string]int{}
			if err := s.Write(context.Background(), models.System, func(tx *models.Tx) error {
				list, err := tx.ChallengesIn(models.States(models.KindChallenge)...)
				for _, c := range list {
					challenges[c.State]++
				}
				if err != nil {
					return err
				}
				trail, err := tx.EventsAfter(0, 1_000_000)
				events = len(trail)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return challenges, events
		}
		states, events := look()
		for _, state := range models.States(models.KindChallenge) {
			if states[state] == 0 {
				t.Errorf("no challenge stands in %s: that step cannot be tried", state)
			}
		}
		if err := s.Write(t.Context(), models.System, func(tx *models.Tx) error {
			for _, state := range models.States(models.KindNeed) {
				if n, err := tx.NeedsIn(state); err != nil || n == 0 {
					t.Errorf("%d needs stand in %s (%v): that step cannot be tried", n, state, err)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		t.Logf("states %v, %d events", states, events)
		broken, err := s.Examine(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range broken {
			t.Errorf("%s (%s): %v", b.Name, b.Why, b.Rows)
		}
		if _, err := demo.Plant(t.Context(), s, &blob.Memory{}, today); err != nil {
			t.Fatalf("a second start: %v", err)
		}
		if _, again := look(); again != events {
			t.Errorf("a second start wrote %d events", again-events)
		}
		if err := s.Empty(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := demo.Plant(t.Context(), s, &blob.Memory{}, today); err != nil {
			t.Fatalf("after emptying: %v", err)
		}
		if again, _ := look(); !maps.Equal(again, states) { // panels are drawn anew, so the trails differ
			t.Errorf("after emptying the challenges stand in %v, before in %v", again, states)
		}
	})
}
