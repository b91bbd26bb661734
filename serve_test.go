package main // runs the program itself

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jiebang/internal/dbtest"
)

// asProgram makes the test binary behave as the program, so that tests can start and signal it without building it again.
const asProgram = "RUN_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is the program in a process of its own, listening.
type process struct {
	url string
	cmd *exec.Cmd
	mu  sync.Mutex
	log bytes.Buffer
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(b)
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

func started(t *testing.T, environ ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0], "serve", "-addr", "127.0.0.1:0")}
	p.cmd.Env = append(append(os.Environ(), asProgram+"=1", "JIEBANG_DATA="+filepath.Join(t.TempDir(), "data")), environ...)
	p.cmd.Stderr = p
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "listens on "); ok {
			p.url = url
			break
		}
	}
	if p.url == "" {
		_ = p.cmd.Wait()
		t.Fatalf("the program never listened:\n%s", p.said())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return p
}

// A server on either database becomes ready, says so to load balancers and to `jiebang ready`, and after SIGTERM first stops being
// ready and then ends well.
func TestServe(t *testing.T) {
	t.Parallel()
	for name, environ := range map[string]func(t *testing.T) string{
		"sqlite":   func(*testing.T) string { return "JIEBANG_DATABASE_URL=" },
		"postgres": func(t *testing.T) string { return "JIEBANG_DATABASE_URL=" + dbtest.EmptyPostgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := started(t, environ(t))
			if got := status(p.url + "/livez"); got != http.StatusOK {
				t.Errorf("/livez is %d", got)
			}
			if got := status(p.url + "/readyz"); got != http.StatusOK {
				t.Errorf("/readyz is %d", got)
			}
			if code, out, errs := called(t, nil, "ready", "-addr", strings.TrimPrefix(p.url, "http://")); code != 0 {
				t.Errorf("ready: exit %d\n%s%s", code, out, errs)
			}
			if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			seen := 0
			for end := time.Now().Add(noticeTime); time.Now().Before(end) && seen != http.StatusServiceUnavailable; time.Sleep(5 * time.Millisecond) {
				seen = status(p.url + "/readyz")
			}
			if seen != http.StatusServiceUnavailable {
				t.Errorf("after SIGTERM /readyz was never 503, last %d", seen)
			}
			if err := p.cmd.Wait(); err != nil {
				t.Errorf("the program ended with %v\n%s", err, p.said())
			}
			if strings.Contains(p.said(), `"level":"ERROR"`) {
				t.Errorf("it complained:\n%s", p.said())
			}
		})
	}
}

// Ctrl-C ends it at once: nobody watches /readyz there.
func TestServeInterrupt(t *testing.T) {
	t.Parallel()
	p := started(t)
	begin := time.Now()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v\n%s", err, p.said())
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %s to end", took)
	}
}

// The description needs no database and no settings, and is the one that is committed.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	code, out, errs := called(t, nil, "openapi")
	var spec struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal([]byte(out), &spec); code != 0 || err != nil || !strings.HasPrefix(spec.OpenAPI, "3.") || len(spec.Paths) == 0 {
		t.Fatalf("openapi: exit %d, %v, version %q, %d paths\n%s", code, err, spec.OpenAPI, len(spec.Paths), errs)
	}
	committed, err := os.ReadFile("api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != out {
		t.Error("api/openapi.json is not what the doors say: make gen")
	}
}

// A port that is taken is a plain sentence, not a stack.
func TestServeTakenPort(t *testing.T) {
	t.Parallel()
	l, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var out, errs bytes.Buffer
	code := run(ctx, []string{"serve", "-addr", l.Addr().String(), "-data", filepath.Join(t.TempDir(), "data")}, streams{in: strings.NewReader(""), out: &out, err: &errs})
	if code != 1 || !strings.Contains(errs.String(), "is taken by another program") {
		t.Errorf("exit %d\n%s", code, errs.String())
	}
}
