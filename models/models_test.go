package models_test

import (
	"context"
	"testing"
	"time"

	"jiebang/internal/dbtest"
	"jiebang/internal/problem"
	"jiebang/models"
)

func TestUnitOfWorkIsAllOrNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		u := models.NewUser("somebody", "Somebody", "x")
		failed := problem.New(problem.Conflict, "test.stop", "stop")
		err := s.Write(ctx, models.System, func(tx *models.Tx) error {
			if err := tx.Make(models.AccountRegister, tx.Site(), u, models.Note{}); err != nil {
				return err
			}
			return failed
		})
		if problem.As(err) != failed {
			t.Fatalf("error %v, want the one returned", err)
		}
		must(t, s, func(tx *models.Tx) error {
			if n, err := tx.Accounts(); err != nil || n != 0 {
				t.Errorf("%d accounts, %v: the account of a failed unit of work is there", n, err)
			}
			if list, err := tx.EventsAfter(0, 10); err != nil || len(list) != 0 {
				t.Errorf("%d events, %v: the event of a failed unit of work is there", len(list), err)
			}
			return nil
		})
	})
}

func TestUniqueIndexesBecomeProblems(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		register := func() error {
			return s.Write(ctx, models.System, func(tx *models.Tx) error {
				return tx.Make(models.AccountRegister, tx.Site(), models.NewUser("somebody", "Somebody", "x"), models.Note{})
			})
		}
		if err := register(); err != nil {
			t.Fatal(err)
		}
		p := problem.As(register())
		if p == nil || p.Kind != problem.Conflict || p.Code != "account.login_taken" {
			t.Errorf("second account with the login: %v, want account.login_taken", p)
		}
	})
}

func TestReadsCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		err := s.Read(context.Background(), models.System, func(tx *models.Tx) error {
			return tx.Make(models.AccountRegister, tx.Site(), models.NewUser("somebody", "Somebody", "x"), models.Note{})
		})
		if err == nil || problem.As(err) != nil {
			t.Errorf("a write inside Read: %v, want the database to refuse", err)
		}
	})
}

func TestEventsAreNeverChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		must(t, s, func(tx *models.Tx) error {
			return tx.Make(models.AccountRegister, tx.Site(), models.NewUser("somebody", "Somebody", "x"), models.Note{})
		})
		err := s.Write(context.Background(), models.System, func(tx *models.Tx) error { return tx.Wreck("update events set reason = 'other'") })
		if err == nil {
			t.Error("an event could be changed")
		}
		err = s.Write(context.Background(), models.System, func(tx *models.Tx) error { return tx.Wreck("delete from events") })
		if err == nil {
			t.Error("an event could be deleted")
		}
	})
}

func TestInstantIsOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		at := time.Date(2026, 3, 2, 1, 0, 0, 123456000, time.FixedZone("CST", 8*3600))
		must(t, s.At(func() time.Time { return at }), func(tx *models.Tx) error {
			if !tx.Now.Equal(at) || tx.Now.Location() != time.UTC {
				t.Errorf("now is %v, want %v in UTC", tx.Now, at)
			}
			return tx.Make(models.AccountRegister, tx.Site(), models.NewUser("somebody", "Somebody", "x"), models.Note{})
		})
		must(t, s, func(tx *models.Tx) error {
			u, err := tx.UserByLogin("somebody")
			if err == nil && !u.CreatedAt.Equal(at) {
				t.Errorf("the row says %v, want %v", u.CreatedAt, at)
			}
			return err
		})
	})
}

func TestFollowersHearOfCommittedEventsOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, s *models.Store) {
		heard := 0
		s.On("test.follower", func(context.Context, *models.Store, models.Event) error {
			heard++
			if heard == 1 {
				panic("the first time goes wrong")
			}
			return nil
		}, models.AccountRegister)
		now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
		s = s.At(func() time.Time { return now })
		ctx := context.Background()
		_ = s.Write(ctx, models.System, func(tx *models.Tx) error {
			_ = tx.Make(models.AccountRegister, tx.Site(), models.NewUser("lost", "Lost", "x"), models.Note{})
			return problem.Missing()
		})
		must(t, s, func(tx *models.Tx) error {
			return tx.Make(models.AccountRegister, tx.Site(), models.NewUser("kept", "Kept", "x"), models.Note{})
		})
		deliver := func(want int) {
			t.Helper()
			if n, err := s.Deliver(ctx); err != nil || n != want {
				t.Errorf("delivered %d, %v, want %d", n, err, want)
			}
		}
		deliver(1) // panics, and waits a second
		deliver(0)
		now = now.Add(2 * time.Second)
		deliver(1)
		deliver(0)
		if heard != 2 {
			t.Errorf("heard %d times, want twice for the one event", heard)
		}
	})
}

func must(t testing.TB, s *models.Store, fn func(*models.Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), models.System, fn); err != nil {
		t.Fatal(err)
	}
}
