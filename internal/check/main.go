// Command check is what `make test` runs: every check of this repository, one line per stage with the time it took, and a last line
// that counts tests.
//
//	go run ./internal/check                 everything
//	go run ./internal/check format vet go   some stages by name; what they need is done first
//	go run ./internal/check pages           only build the pages, if their sources changed (for `make run`)
//
// It brings what it needs: a PostgreSQL of its own, Chromium and a Chinese font, installed where it may (root on Debian) and asked for
// with the exact command where it may not. A missing part is a failure, never a silent skip.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"jiebang/internal/pgserver"
)

// stage is one line of the report. Its run function returns how many tests passed and failed; a stage without tests of its own counts
// as one.
type stage struct {
	name  string
	what  string
	needs []string
	run   func(*checker, context.Context) (tally, error)
}

var stages = []stage{
	{name: "tools", what: "PostgreSQL, Chromium, a Chinese font, Node", run: (*checker).tools},
	{name: "format", what: "gofmt", run: (*checker).format},
	{name: "layout", what: "import rules and habits (internal/archtest)", run: (*checker).layout},
	{name: "npm", what: "npm ci", needs: []string{"tools"}, run: (*checker).npm},
	{name: "client", what: "frontend: generated client matches api/openapi.json", needs: []string{"npm"}, run: (*checker).client},
	{name: "types", what: "frontend: types and lint", needs: []string{"npm"}, run: (*checker).types},
	{name: "unit", what: "frontend: unit tests", needs: []string{"npm"}, run: (*checker).unit},
	{name: "pages", what: "frontend: build", needs: []string{"npm"}, run: (*checker).pages},
	{name: "vet", what: "go vet", needs: []string{"pages"}, run: (*checker).vet},
	{name: "go", what: "Go tests on SQLite and PostgreSQL", needs: []string{"tools"}, run: (*checker).goTests},
	{name: "binary", what: "go build", needs: []string{"pages"}, run: (*checker).binary},
	{name: "story", what: "the stories in a browser", needs: []string{"tools", "binary"}, run: (*checker).story},
}

// limit is for the whole run, on a machine where nothing is cached.
const limit = 20 * time.Minute

type tally struct{ passed, failed int }

// checker carries what stages hand to each other.
type checker struct {
	root     string
	scratch  string // removed at the end
	chromium string
	bin      string // the built program
	notes    []string
}

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(names []string) int {
	pgserver.FollowParent()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	root, err := moduleRoot()
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		return 1
	}
	if slices.Equal(names, []string{"pages"}) {
		return pagesOnly(ctx, root)
	}
	chosen, err := choose(names)
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		return 2
	}
	scratch, err := os.MkdirTemp("", "jiebang-check-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		return 1
	}
	defer os.RemoveAll(scratch)
	return (&checker{root: root, scratch: scratch}).all(ctx, chosen)
}

// choose returns the named stages with all they need, in order; every stage when none is named.
func choose(names []string) ([]stage, error) {
	if len(names) == 0 {
		return stages, nil
	}
	wanted := map[string]bool{}
	for _, n := range names {
		if !slices.ContainsFunc(stages, func(s stage) bool { return s.name == n }) {
			return nil, fmt.Errorf("no stage %q", n)
		}
		wanted[n] = true
	}
	var chosen []stage
	for i := len(stages) - 1; i >= 0; i-- { // needs point backwards
		if s := stages[i]; wanted[s.name] {
			for _, n := range s.needs {
				wanted[n] = true
			}
			chosen = append(chosen, s)
		}
	}
	slices.Reverse(chosen)
	return chosen, nil
}

func (c *checker) all(ctx context.Context, chosen []stage) int {
	var sum tally
	broken := map[string]bool{}
	begin := time.Now()
	for i, s := range chosen {
		fmt.Printf("[%2d/%d] %-7s %s …\n", i+1, len(chosen), s.name, s.what)
		start := time.Now()
		n, err := c.stage(ctx, s, broken)
		word := "ok"
		if err != nil {
			word, broken[s.name] = "FAILED", true
			n.failed = max(n.failed, 1)
			fmt.Println(indent(err.Error()))
		}
		sum.passed += n.passed
		sum.failed += n.failed
		fmt.Printf("        %-7s %s in %.1f s%s\n", s.name, word, time.Since(start).Seconds(), counts(n))
	}
	for _, note := range c.notes {
		fmt.Println("note:", note)
	}
	fmt.Printf("all stages in %.0f s\n", time.Since(begin).Seconds())
	fmt.Printf("%d passed, %d failed\n", sum.passed, sum.failed)
	if sum.failed > 0 || len(broken) > 0 {
		return 1
	}
	return 0
}

func (c *checker) stage(ctx context.Context, s stage, broken map[string]bool) (tally, error) {
	if err := ctx.Err(); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			return tally{}, fmt.Errorf("not run: the whole takes longer than %s", limit)
		}
		return tally{}, errors.New("not run: stopped")
	}
	for _, n := range s.needs {
		if broken[n] {
			return tally{}, fmt.Errorf("not run: it needs %s, which failed", n)
		}
	}
	n, err := s.run(c, ctx)
	if err == nil && n.failed > 0 {
		err = errors.New("see above")
	}
	if err == nil && n.passed == 0 {
		n.passed = 1
	}
	return n, err
}

func counts(n tally) string {
	if n.passed+n.failed <= 1 {
		return ""
	}
	return fmt.Sprintf(": %d passed, %d failed", n.passed, n.failed)
}

// command prepares a child that sees no terminal and no cgo, and that is asked to stop when we are.
func (c *checker) command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = filepath.Join(c.root, dir)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "CI=true", "NO_COLOR=1")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	return cmd
}

// quiet runs a command and shows what it said only when it failed.
func quiet(cmd *exec.Cmd) (string, error) {
	raw, err := cmd.CombinedOutput()
	out := colours.ReplaceAllString(string(raw), "") // some tools paint although they are asked not to
	if err != nil {
		return out, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, last(out, 8000))
	}
	return out, nil
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*[A-Za-z]")

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod here or above")
		}
		dir = parent
	}
}

func last(text string, n int) string {
	text = strings.TrimRight(text, "\n")
	if len(text) <= n {
		return text
	}
	text = text[len(text)-n:]
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[i+1:]
	}
	return "…\n" + text
}

func indent(text string) string {
	return "        " + strings.ReplaceAll(text, "\n", "\n        ")
}
