// Package jobs is the loop behind the server: it ticks the clock doors, drains queues, and backs off where something fails.
//
// It knows nothing of what it runs. A job that fails or panics is logged and runs again later; it never takes the process with it.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"
)

// Job is something that happens again and again: Run is called at once and then so that its beginnings are Every apart. A run that
// takes longer than that is followed by the next one directly; missed ticks are not made up for.
type Job struct {
	Name  string
	Every time.Duration
	Run   func(ctx context.Context) error
}

// Drain is a queue to be emptied: Run takes a few things from it and says how many. While there are some it is called again at once;
// when there are none it waits, longer each time, until something arrives on Wake or the wait is over. An error counts as none.
type Drain struct {
	Name string
	Run  func(ctx context.Context) (n int, err error)
	Wake <-chan struct{} // may be nil
}

// How long a drain waits when it found nothing, first and at most; the same span grows further while it fails.
const (
	shortest = 200 * time.Millisecond
	idleMost = 2 * time.Second
	failMost = time.Minute
)

// Loop is what a process runs beside its requests.
type Loop struct {
	Jobs   []Job
	Drains []Drain
	Log    *slog.Logger // nil: the default logger
}

// Run runs everything until ctx ends, and returns when the last run that had begun has returned. Runs see ctx, so they can stop early.
func (l Loop) Run(ctx context.Context) {
	if l.Log == nil {
		l.Log = slog.Default()
	}
	var all sync.WaitGroup
	for _, j := range l.Jobs {
		all.Go(func() { l.tick(ctx, j) })
	}
	for _, d := range l.Drains {
		all.Go(func() { l.drain(ctx, d) })
	}
	all.Wait()
}

// Run runs the jobs until ctx ends; see Loop.Run.
func Run(ctx context.Context, jobs []Job, log *slog.Logger) {
	Loop{Jobs: jobs, Log: log}.Run(ctx)
}

func (l Loop) tick(ctx context.Context, j Job) {
	t := time.NewTicker(max(j.Every, time.Millisecond))
	defer t.Stop()
	for ctx.Err() == nil {
		begin := time.Now()
		if err := guard(func() error { return j.Run(ctx) }); err != nil {
			l.failed(ctx, j.Name, time.Since(begin), err)
		}
		select {
		case <-ctx.Done():
		case <-t.C:
		}
	}
}

func (l Loop) drain(ctx context.Context, d Drain) {
	wait := shortest
	for ctx.Err() == nil {
		var n int
		begin := time.Now()
		err := guard(func() (err error) { n, err = d.Run(ctx); return err })
		most := idleMost
		switch {
		case err != nil:
			l.failed(ctx, d.Name, time.Since(begin), err)
			most = failMost
		case n > 0:
			wait = shortest
			continue
		}
		if l.rest(ctx, d.Wake, min(wait, most), err == nil) {
			wait = shortest
		} else {
			wait = min(2*wait, most)
		}
	}
}

// rest waits and says whether it was woken. A failing queue is not woken early: whatever broke it is not mended by more work.
func (l Loop) rest(ctx context.Context, wake <-chan struct{}, wait time.Duration, wakeable bool) bool {
	if !wakeable {
		wake = nil
		// Several processes that failed together should not come back together.
		wait += rand.N(wait / 4)
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-wake:
		return true
	}
	return false
}

// failed logs, unless the process is stopping and the run only said so.
func (l Loop) failed(ctx context.Context, name string, took time.Duration, err error) {
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return
	}
	args := []any{"job", name, "took", took, "error", err}
	if p, ok := errors.AsType[*panicked](err); ok {
		args = append(args, "stack", string(p.stack))
	}
	l.Log.ErrorContext(ctx, "job failed", args...)
}

type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// guard turns a panic into an error.
func guard(run func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
	}()
	return run()
}
