package main // the server's life is not exported

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jiebang/internal/jobs"
)

// When told to stop, a server first says so, then finishes requests and jobs that have begun, and refuses new ones.
func TestLive(t *testing.T) {
	t.Parallel()
	var isReady, jobEnded atomic.Bool
	entered, release := make(chan struct{}), make(chan struct{})
	h := house{
		ready: isReady.Store,
		handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/slow":
				close(entered)
				<-release
				_, _ = io.WriteString(w, "whole answer")
			case "/readyz":
				if !isReady.Load() {
					w.WriteHeader(http.StatusServiceUnavailable)
				}
			}
		}),
		loop: jobs.Loop{Jobs: []jobs.Job{{Name: "job", Every: time.Hour, Run: func(ctx context.Context) error {
			<-ctx.Done()
			jobEnded.Store(true)
			return nil
		}}}},
	}
	l, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + l.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	notice := 300 * time.Millisecond
	ended := make(chan error, 1)
	go func() { ended <- h.live(ctx, l, slog.New(slog.DiscardHandler), &notice) }()

	answer := make(chan string, 1)
	go func() {
		response, err := http.Get(url + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer response.Body.Close()
		b, _ := io.ReadAll(response.Body)
		answer <- string(b)
	}()
	<-entered
	if got := status(url + "/readyz"); got != http.StatusOK {
		t.Errorf("running: /readyz is %d", got)
	}
	stop()
	deadline := time.Now().Add(notice)
	for isReady.Load() {
		if time.Now().After(deadline) {
			t.Fatal("told to stop, and still ready")
		}
		time.Sleep(time.Millisecond)
	}
	if got := status(url + "/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("stopping: /readyz is %d; a load balancer must see it before connections are refused", got)
	}
	close(release)
	if got := <-answer; got != "whole answer" {
		t.Errorf("the request that had begun got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if !jobEnded.Load() {
		t.Error("the job was not waited for")
	}
	if got := status(url + "/readyz"); got != 0 {
		t.Errorf("after the end: /readyz is %d", got)
	}
}

func status(url string) int {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get(url)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	return response.StatusCode
}

// A client that sends half a header must not hold a connection, and one that sends too much of it is refused.
func TestLimits(t *testing.T) {
	t.Parallel()
	s := newServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	for name, set := range map[string]time.Duration{
		"ReadHeaderTimeout": s.ReadHeaderTimeout, "ReadTimeout": s.ReadTimeout, "WriteTimeout": s.WriteTimeout, "IdleTimeout": s.IdleTimeout,
	} {
		if set <= 0 || set > 90*time.Second {
			t.Errorf("%s is %s", name, set)
		}
	}
	l, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })

	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Long: "+strings.Repeat("a", 40<<10)+"\r\n\r\n")
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	head := make([]byte, 12)
	if _, err := io.ReadFull(conn, head); err != nil || string(head) != "HTTP/1.1 431" {
		t.Errorf("40 KB of header got %q, %v", head, err)
	}
}

func TestListenTaken(t *testing.T) {
	t.Parallel()
	l, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := listen(t.Context(), l.Addr().String()); err == nil || !strings.Contains(err.Error(), "-addr") {
		t.Errorf("a taken port: %v", err)
	}
}
