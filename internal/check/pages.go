package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// stamps say what the last npm ci and the last build were made from.
const stamps = ".cache"

// pagesOnly brings frontend/dist up to date before the program starts. A machine without Node is no error: the program runs and says
// how to get the pages.
func pagesOnly(ctx context.Context, root string) int {
	if err := nodeReady(ctx); err != nil {
		fmt.Println("pages not built:", err)
		return 0
	}
	c := &checker{root: root}
	for _, step := range []func(*checker, context.Context) (tally, error){(*checker).npm, (*checker).pages} {
		if _, err := step(c, ctx); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}

func (c *checker) npm(ctx context.Context) (tally, error) {
	return tally{}, c.unlessSame("npm", []string{"package.json", "package-lock.json"}, "node_modules/.package-lock.json", func() error {
		fmt.Println("        npm ci")
		_, err := quiet(c.command(ctx, "frontend", "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"))
		return err
	})
}

// client generates the client again and puts the old one back if it differs: a check changes nothing.
func (c *checker) client(ctx context.Context) (tally, error) {
	path := filepath.Join(c.root, "frontend", "src", "client", "schema.d.ts")
	before, err := os.ReadFile(path)
	if err != nil {
		return tally{}, err
	}
	if _, err := quiet(c.command(ctx, "frontend", "npm", "run", "--silent", "gen")); err != nil {
		return tally{}, err
	}
	after, err := os.ReadFile(path)
	if err != nil || bytes.Equal(before, after) {
		return tally{}, err
	}
	if err := os.WriteFile(path, before, 0o644); err != nil {
		return tally{}, err
	}
	return tally{}, errors.New("frontend/src/client/schema.d.ts is not what api/openapi.json says: make gen")
}

func (c *checker) types(ctx context.Context) (tally, error) {
	_, err := quiet(c.command(ctx, "frontend", "npm", "run", "--silent", "check"))
	return tally{}, err
}

func (c *checker) unit(ctx context.Context) (tally, error) {
	report := filepath.Join(c.scratch, "vitest.json")
	_, err := quiet(c.command(ctx, "frontend", "npm", "test", "--silent", "--",
		"--reporter=default", "--reporter=json", "--outputFile.json="+report))
	var n struct {
		Passed int `json:"numPassedTests"`
		Failed int `json:"numFailedTests"`
	}
	if b, readErr := os.ReadFile(report); readErr == nil {
		if jsonErr := json.Unmarshal(b, &n); jsonErr != nil {
			return tally{}, fmt.Errorf("vitest's report: %w", jsonErr)
		}
	} else if err == nil {
		return tally{}, fmt.Errorf("vitest left no report: %w", readErr)
	}
	return tally{n.Passed, n.Failed}, err
}

func (c *checker) pages(ctx context.Context) (tally, error) {
	sources := []string{"src", "public", "index.html", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json"}
	return tally{}, c.unlessSame("pages", sources, "dist/index.html", func() error {
		fmt.Println("        npm run build")
		_, err := quiet(c.command(ctx, "frontend", "npm", "run", "--silent", "build"))
		return err
	})
}

func (c *checker) story(ctx context.Context) (tally, error) {
	cmd := c.command(ctx, "frontend", "npm", "run", "--silent", "e2e")
	cmd.Env = append(cmd.Env, "JIEBANG_BIN="+c.bin, "CHROMIUM="+c.chromium)
	out, err := quiet(cmd)
	return storyCount(out), err
}

var countLine = regexp.MustCompile(`(?m)(\d+) passed, (\d+) failed\s*$`)

// storyCount reads the last line of the form "N passed, N failed".
func storyCount(out string) tally {
	all := countLine.FindAllStringSubmatch(out, -1)
	if len(all) == 0 {
		return tally{}
	}
	m := all[len(all)-1]
	passed, _ := strconv.Atoi(m[1])
	failed, _ := strconv.Atoi(m[2])
	return tally{passed, failed}
}

// unlessSame runs do unless the result is there and was made from the same sources, all named relative to frontend.
func (c *checker) unlessSame(name string, sources []string, result string, do func() error) error {
	frontend := filepath.Join(c.root, "frontend")
	sum, err := hash(frontend, sources)
	if err != nil {
		return err
	}
	stamp := filepath.Join(c.root, stamps, name+".sha256")
	old, _ := os.ReadFile(stamp)
	if _, err := os.Stat(filepath.Join(frontend, result)); err == nil && strings.TrimSpace(string(old)) == sum {
		return nil
	}
	if err := do(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(stamp), 0o755); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(sum+"\n"), 0o644)
}

// hash covers names and contents of files and folders; what does not exist counts as such.
func hash(root string, names []string) (string, error) {
	h := sha256.New()
	for _, name := range names {
		err := filepath.WalkDir(filepath.Join(root, name), func(path string, d fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s\x00%d\x00", filepath.ToSlash(rel), len(b))
			h.Write(b)
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
