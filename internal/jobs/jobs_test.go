package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"jiebang/internal/jobs"
)

// start runs the loop in the bubble and returns how to stop it and wait for its end.
func start(t *testing.T, l jobs.Loop) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.Run(ctx)
	}()
	return func() {
		cancel()
		<-ended
	}
}

func logger(b *bytes.Buffer) *slog.Logger {
	return slog.New(slog.NewTextHandler(b, nil))
}

func TestTicks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var at []time.Duration
		stop := start(t, jobs.Loop{Jobs: []jobs.Job{{Name: "tick", Every: time.Minute, Run: func(context.Context) error {
			at = append(at, time.Since(begin))
			return nil
		}}}})
		time.Sleep(3*time.Minute + time.Second)
		stop()
		want := []time.Duration{0, time.Minute, 2 * time.Minute, 3 * time.Minute}
		if !slices.Equal(at, want) {
			t.Errorf("ran at %v, want %v", at, want)
		}
	})
}

// A long run delays the next one but does not pile up.
func TestSlowJob(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var at []time.Duration
		stop := start(t, jobs.Loop{Jobs: []jobs.Job{{Name: "slow", Every: time.Minute, Run: func(context.Context) error {
			at = append(at, time.Since(begin))
			if len(at) == 1 {
				time.Sleep(3*time.Minute + 30*time.Second)
			}
			return nil
		}}}})
		time.Sleep(4*time.Minute + 10*time.Second)
		stop()
		want := []time.Duration{0, 3*time.Minute + 30*time.Second, 4 * time.Minute}
		if !slices.Equal(at, want) {
			t.Errorf("ran at %v, want %v", at, want)
		}
	})
}

func TestFailureAndPanic(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		fails, panics, fine := 0, 0, 0
		stop := start(t, jobs.Loop{Log: logger(&log), Jobs: []jobs.Job{
			{Name: "fails", Every: time.Minute, Run: func(context.Context) error { fails++; return errors.New("no luck") }},
			{Name: "panics", Every: time.Minute, Run: func(context.Context) error { panics++; panic("out of order") }},
			{Name: "fine", Every: time.Minute, Run: func(context.Context) error { fine++; return nil }},
		}})
		time.Sleep(90 * time.Second)
		stop()
		if fails != 2 || panics != 2 || fine != 2 {
			t.Errorf("ran %d, %d, %d times, want 2 each", fails, panics, fine)
		}
		for _, words := range []string{"job=fails", "no luck", "job=panics", "out of order", "jobs_test.go"} {
			if !strings.Contains(log.String(), words) {
				t.Errorf("the log lacks %q:\n%s", words, log.String())
			}
		}
		if strings.Contains(log.String(), "job=fine") {
			t.Error("the log complains about a job that is fine")
		}
	})
}

// Stopping waits for what had begun, and what stopped because it was told to is no failure.
func TestStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		finished := false
		stop := start(t, jobs.Loop{Log: logger(&log), Jobs: []jobs.Job{
			{Name: "stubborn", Every: time.Hour, Run: func(context.Context) error {
				time.Sleep(5 * time.Second)
				finished = true
				return nil
			}},
			{Name: "polite", Every: time.Hour, Run: func(ctx context.Context) error {
				<-ctx.Done()
				return ctx.Err()
			}},
		}})
		time.Sleep(time.Second)
		begin := time.Now()
		stop()
		if !finished || time.Since(begin) != 4*time.Second {
			t.Errorf("finished %v after %v, want true after 4s", finished, time.Since(begin))
		}
		if log.Len() > 0 {
			t.Errorf("logged %s", log.String())
		}
	})
}

func TestDrain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		wake := make(chan struct{}, 1)
		var queue atomic.Int32
		queue.Store(3)
		var at []time.Duration
		stop := start(t, jobs.Loop{Drains: []jobs.Drain{{Name: "queue", Wake: wake, Run: func(context.Context) (int, error) {
			at = append(at, time.Since(begin))
			if queue.Load() == 0 {
				return 0, nil
			}
			queue.Add(-1)
			return 1, nil
		}}}})
		time.Sleep(4 * time.Second)
		synctest.Wait()
		// Three at once and a look at the empty queue, then waits of 200, 400, 800, 1600 ms, and of 2 s from there on.
		ms := time.Millisecond
		want := []time.Duration{0, 0, 0, 0, 200 * ms, 600 * ms, 1400 * ms, 3000 * ms}
		if !slices.Equal(at, want) {
			t.Errorf("ran at %v, want %v", at, want)
		}
		at = nil
		queue.Store(1)
		wake <- struct{}{}
		time.Sleep(250 * ms)
		stop()
		want = []time.Duration{4000 * ms, 4000 * ms, 4200 * ms}
		if !slices.Equal(at, want) {
			t.Errorf("woken, ran at %v, want %v", at, want)
		}
	})
}

// A queue that fails is left alone for longer and longer, whoever rings, and is back to short waits once it works.
func TestDrainBacksOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		wake := make(chan struct{}, 1)
		var calls atomic.Int32
		var broken atomic.Bool
		broken.Store(true)
		stop := start(t, jobs.Loop{Log: logger(&log), Drains: []jobs.Drain{{Name: "queue", Wake: wake, Run: func(context.Context) (int, error) {
			calls.Add(1)
			if broken.Load() {
				select {
				case wake <- struct{}{}:
				default:
				}
				return 0, errors.New("database is gone")
			}
			return 0, nil
		}}}})
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if n := calls.Load(); n < 12 || n > 20 { // 9 doublings take 102 s, then about one call a minute
			t.Errorf("called %d times in ten minutes of failure", n)
		}
		broken.Store(false)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		before := calls.Load()
		time.Sleep(time.Minute)
		stop()
		if n := calls.Load() - before; n < 25 {
			t.Errorf("called %d times in a minute after it works again", n)
		}
		if !strings.Contains(log.String(), "database is gone") {
			t.Error("the log says nothing")
		}
	})
}

func TestRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 59*time.Second)
		defer cancel()
		n := 0
		jobs.Run(ctx, []jobs.Job{{Name: "n", Every: 10 * time.Second, Run: func(context.Context) error { n++; return nil }}}, nil)
		if n != 6 {
			t.Errorf("ran %d times, want 6", n)
		}
	})
}
