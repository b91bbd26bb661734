package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/format"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jiebang/internal/pgserver"
)

// format holds every Go file of ours to gofmt.
func (c *checker) format(context.Context) (tally, error) {
	var bad []string
	err := filepath.WalkDir(c.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != c.root && (name == "node_modules" || name == "testdata" || name[0] == '.' || name[0] == '_') {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(c.root, path)
		switch formatted, err := format.Source(src); {
		case err != nil:
			bad = append(bad, fmt.Sprintf("%s: %v", rel, err))
		case !bytes.Equal(src, formatted):
			bad = append(bad, rel+": run gofmt -w")
		}
		return nil
	})
	if err == nil && len(bad) > 0 {
		err = errors.New(strings.Join(bad, "\n"))
	}
	return tally{}, err
}

func (c *checker) vet(ctx context.Context) (tally, error) {
	_, err := quiet(c.command(ctx, ".", "go", "vet", "./..."))
	return tally{}, err
}

func (c *checker) binary(ctx context.Context) (tally, error) {
	c.bin = filepath.Join(c.scratch, "jiebang")
	_, err := quiet(c.command(ctx, ".", "go", "build", "-o", c.bin, "."))
	return tally{}, err
}

const layoutPackage = "jiebang/internal/archtest"

func (c *checker) layout(ctx context.Context) (tally, error) {
	return c.goTest(ctx, nil, []string{layoutPackage}, false)
}

// goTests runs every package but the one that layout ran, with a PostgreSQL of their own.
func (c *checker) goTests(ctx context.Context) (tally, error) {
	out, err := c.command(ctx, ".", "go", "list", "./...").Output()
	if err != nil {
		return tally{}, fmt.Errorf("go list: %w", err)
	}
	packages := slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return p == layoutPackage })
	dsn := os.Getenv("TEST_POSTGRES_DSN")
	if dsn == "" {
		s, err := pgserver.Start(ctx)
		if err != nil {
			return tally{}, err
		}
		defer s.Stop()
		dsn = s.DSN
	}
	return c.goTest(ctx, []string{"TEST_POSTGRES_DSN=" + dsn, "REQUIRE_POSTGRES=1"}, packages, true)
}

// goTest shows a line per package as it ends, and everything a failed test said.
func (c *checker) goTest(ctx context.Context, env, packages []string, show bool) (tally, error) {
	// -count=1: a cached "ok" says nothing about files that a test reads by itself.
	cmd := c.command(ctx, ".", "go", append([]string{"test", "-json", "-count=1", "-timeout=12m"}, packages...)...)
	cmd.Env = append(cmd.Env, env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return tally{}, err
	}
	if err := cmd.Start(); err != nil {
		return tally{}, err
	}
	r := newReport()
	readErr := r.read(pipe, func(line string) {
		if show {
			fmt.Println(indent(line))
		}
	})
	_, _ = io.Copy(io.Discard, pipe)
	err = cmd.Wait()
	c.notes = append(c.notes, r.skipped...)
	if err != nil || readErr != nil || r.sum.failed > 0 {
		return r.sum, fmt.Errorf("%s\n%s", strings.TrimSpace(r.trouble.String()), strings.TrimSpace(last(stderr.String(), 8000)))
	}
	return r.sum, nil
}

// event is a line of `go test -json`.
type event struct {
	Action, Package, Test, Output, ImportPath, FailedBuild string
	Elapsed                                                float64
}

// report counts the leaves of the tree of tests: a test with sub-tests is only their frame.
type report struct {
	sum     tally
	skipped []string
	trouble strings.Builder
	said    map[string]*strings.Builder // package + test → output
	ended   map[string][]event          // package → ends of its tests
}

func newReport() *report {
	return &report{said: map[string]*strings.Builder{}, ended: map[string][]event{}}
}

func (r *report) read(src io.Reader, line func(string)) error {
	lines := bufio.NewScanner(src)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(&r.trouble, lines.Text()) // not JSON: something the go command itself had to say
			continue
		}
		r.take(e, line)
	}
	return lines.Err()
}

func (r *report) take(e event, line func(string)) {
	switch e.Action {
	case "output":
		r.say(e.Package+" "+e.Test, e.Output)
	case "build-output":
		r.say("build "+e.ImportPath, e.Output)
	case "pass", "fail", "skip":
		if e.Test != "" {
			r.ended[e.Package] = append(r.ended[e.Package], e)
			return
		}
		r.close(e, line)
	}
}

func (r *report) say(key, text string) {
	b := r.said[key]
	if b == nil {
		b = new(strings.Builder)
		r.said[key] = b
	}
	b.WriteString(text)
}

func (r *report) output(key string) string {
	if b := r.said[key]; b != nil {
		return b.String()
	}
	return ""
}

// close counts a package that has ended.
func (r *report) close(pkg event, line func(string)) {
	frame := map[string]bool{}
	for _, e := range r.ended[pkg.Package] {
		for i, ch := range e.Test {
			if ch == '/' {
				frame[e.Test[:i]] = true
			}
		}
	}
	var n tally
	for _, e := range r.ended[pkg.Package] {
		if e.Action == "fail" { // a frame may have said something of its own
			fmt.Fprintf(&r.trouble, "%s %s\n%s", e.Package, e.Test, indented(r.output(e.Package+" "+e.Test)))
		}
		switch {
		case frame[e.Test]:
		case e.Action == "pass":
			n.passed++
		case e.Action == "fail":
			n.failed++
		default:
			r.skipped = append(r.skipped, fmt.Sprintf("%s %s was skipped: %s", e.Package, e.Test, reason(r.output(e.Package+" "+e.Test))))
		}
	}
	if pkg.Action == "fail" && n.failed == 0 { // did not build, panicked, timed out, or failed in a frame or TestMain
		n.failed = 1
		fmt.Fprintf(&r.trouble, "%s\n%s%s", pkg.Package,
			indented(r.output("build "+pkg.FailedBuild)), indented(last(r.output(pkg.Package+" "), 8000)))
	}
	r.sum.passed += n.passed
	r.sum.failed += n.failed
	if n.passed+n.failed > 0 {
		word := "ok"
		if n.failed > 0 {
			word = "FAIL"
		}
		line(fmt.Sprintf("%-4s %-40s %4d tests %6.1f s", word, strings.TrimPrefix(pkg.Package, "jiebang/"), n.passed+n.failed, pkg.Elapsed))
	}
}

func indented(text string) string {
	if text = strings.TrimRight(text, "\n"); text == "" {
		return ""
	}
	return "    " + strings.ReplaceAll(text, "\n", "\n    ") + "\n"
}

// reason is what a skipped test said, without the frame around it.
func reason(output string) string {
	for l := range strings.Lines(output) {
		if _, why, ok := strings.Cut(strings.TrimSpace(l), ".go:"); ok {
			if _, text, ok := strings.Cut(why, ": "); ok {
				return text
			}
		}
	}
	return "no reason given"
}
