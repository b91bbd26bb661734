package main // a command has nothing to import

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	t.Parallel()
	chosen, err := choose([]string{"story"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range chosen {
		names = append(names, s.name)
	}
	if want := []string{"tools", "npm", "pages", "binary", "story"}; !slices.Equal(names, want) {
		t.Errorf("story needs %v, want %v", names, want)
	}
	if _, err := choose([]string{"nothing"}); err == nil {
		t.Error("a stage that does not exist was chosen")
	}
}

// Needs must point backwards, or a stage would run before what it needs.
func TestNeedsPointBack(t *testing.T) {
	t.Parallel()
	before := map[string]bool{}
	for _, s := range stages {
		for _, n := range s.needs {
			if !before[n] {
				t.Errorf("%s needs %s, which does not come before it", s.name, n)
			}
		}
		before[s.name] = true
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	const stream = `
{"Action":"run","Package":"jiebang/a","Test":"TestX"}
{"Action":"output","Package":"jiebang/a","Test":"TestX/one","Output":"    a_test.go:7: wrong\n"}
{"Action":"fail","Package":"jiebang/a","Test":"TestX/one"}
{"Action":"pass","Package":"jiebang/a","Test":"TestX/two"}
{"Action":"fail","Package":"jiebang/a","Test":"TestX"}
{"Action":"pass","Package":"jiebang/a","Test":"TestY"}
{"Action":"output","Package":"jiebang/a","Test":"TestZ","Output":"    z_test.go:9: no disk here\n"}
{"Action":"skip","Package":"jiebang/a","Test":"TestZ"}
{"Action":"fail","Package":"jiebang/a","Elapsed":1.5}
{"ImportPath":"jiebang/b [jiebang/b.test]","Action":"build-output","Output":"b.go:1: no such thing\n"}
{"ImportPath":"jiebang/b [jiebang/b.test]","Action":"build-fail"}
{"Action":"fail","Package":"jiebang/b","FailedBuild":"jiebang/b [jiebang/b.test]"}
{"Action":"pass","Package":"jiebang/c","Test":"TestC"}
{"Action":"output","Package":"jiebang/c","Output":"panic: out of order\n"}
{"Action":"fail","Package":"jiebang/c"}
{"Action":"skip","Package":"jiebang/d"}
go: something else to say
`
	r := newReport()
	var lines []string
	if err := r.read(strings.NewReader(stream), func(l string) { lines = append(lines, l) }); err != nil {
		t.Fatal(err)
	}
	if want := (tally{passed: 3, failed: 3}); r.sum != want { // a package that did not build, or panicked, is one failure
		t.Errorf("sum %+v, want %+v", r.sum, want)
	}
	for _, words := range []string{"a_test.go:7: wrong", "b.go:1: no such thing", "panic: out of order", "go: something else to say"} {
		if !strings.Contains(r.trouble.String(), words) {
			t.Errorf("the report lacks %q:\n%s", words, r.trouble.String())
		}
	}
	if len(r.skipped) != 1 || !strings.HasSuffix(r.skipped[0], "no disk here") {
		t.Errorf("skipped %q", r.skipped)
	}
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "FAIL a") {
		t.Errorf("lines %q", lines)
	}
}

func TestStoryCount(t *testing.T) {
	t.Parallel()
	for out, want := range map[string]tally{
		"":                     {},
		"5 passed, 0 failed\n": {5, 0},
		"step 1\n1 passed, 1 failed\nso:\n4 passed, 2 failed": {4, 2},
	} {
		if got := storyCount(out); got != want {
			t.Errorf("storyCount(%q) = %+v, want %+v", out, got, want)
		}
	}
}

// Work is done when sources change, when the result is gone, and again after a failure; never otherwise.
func TestUnlessSame(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	frontend := filepath.Join(root, "frontend")
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(frontend, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := &checker{root: root}
	runs := 0
	once := func(fail error) error {
		return c.unlessSame("x", []string{"src", "gone"}, "dist/index.html", func() error {
			runs++
			write("dist/index.html", "built")
			return fail
		})
	}
	step := func(what string, want int) {
		t.Helper()
		if err := once(nil); err != nil {
			t.Fatal(err)
		}
		if runs != want {
			t.Errorf("%s: ran %d times, want %d", what, runs, want)
		}
	}
	write("src/a.ts", "1")
	if err := once(os.ErrInvalid); err == nil {
		t.Error("a failure was swallowed")
	}
	step("after a failure", 2)
	step("nothing changed", 2)
	write("src/a.ts", "2")
	step("changed", 3)
	write("src/b.ts", "")
	step("added", 4)
	if err := os.Remove(filepath.Join(frontend, "dist/index.html")); err != nil {
		t.Fatal(err)
	}
	step("result gone", 5)
}
