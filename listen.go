package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"jiebang/internal/jobs"
)

// How a server ends. A load balancer sees /readyz fail before connections are refused; requests that have begun get their time.
const (
	noticeTime = time.Second
	drainTime  = 20 * time.Second
)

// house is what listens and what runs beside it.
type house struct {
	handler http.Handler
	ready   func(bool)
	loop    jobs.Loop
}

// newServer sets the limits that net/http leaves open: without them a half-sent header holds a connection for ever.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // broken handshakes and the like: not ours to mend
	}
}

// live serves on l until ctx ends, then stops in order: not ready, no new connections, requests finished, jobs finished. It fails when
// the listener does; running out of time at the end is only logged.
func (h house) live(ctx context.Context, l net.Listener, log *slog.Logger, notice *time.Duration) error {
	server := newServer(h.handler, log)
	looping, stopLoop := context.WithCancel(context.WithoutCancel(ctx))
	defer stopLoop()
	var loop sync.WaitGroup
	loop.Go(func() { h.loop.Run(looping) })

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	h.ready(true)

	var err error
	select {
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		h.ready(false)
		log.Info("stopping")
		time.Sleep(*notice)
	}

	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if late := server.Shutdown(ending); late != nil {
		log.Warn("requests were still running at the end and were cut off", "error", late)
		_ = server.Close() // the answer is the one above
	}
	stopLoop()
	ended := make(chan struct{})
	go func() { loop.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ending.Done():
		log.Warn("jobs were still running at the end; what they did not finish is done at the next start")
	}
	return err
}

// untilSignal ends its context at SIGTERM, or at Ctrl-C, where nobody watches /readyz and the notice is short. A second signal ends the
// process at once.
func untilSignal(ctx context.Context) (context.Context, *time.Duration, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	notice := new(time.Duration)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			if s == syscall.SIGTERM {
				*notice = noticeTime
			}
		case <-ctx.Done():
		}
		signal.Stop(signals)
		cancel()
	}()
	return ctx, notice, cancel
}

// listen opens the port, with words for the mistake that is made most often.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program; choose another with -addr or JIEBANG_ADDR", addr)
	}
	return l, err
}
