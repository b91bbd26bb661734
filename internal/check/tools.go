package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"jiebang/internal/pgserver"
)

// tools finds what the other stages need. What Debian has a package for is installed when we are root there; otherwise the error is
// the command to type.
func (c *checker) tools(ctx context.Context) (tally, error) {
	var packages []string
	if _, err := pgserver.Find(); err != nil {
		packages = append(packages, "postgresql")
	}
	if findChromium() == "" {
		packages = append(packages, "chromium")
	}
	if !hasChineseFont() {
		packages = append(packages, "fonts-noto-cjk")
	}
	if len(packages) > 0 {
		if err := install(ctx, packages); err != nil {
			return tally{}, err
		}
	}
	c.chromium = findChromium()
	if _, err := pgserver.Find(); err != nil || c.chromium == "" || !hasChineseFont() {
		return tally{}, fmt.Errorf("installed %s, and still something is missing", strings.Join(packages, " "))
	}
	return tally{}, nodeReady(ctx)
}

func findChromium() string {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// hasChineseFont looks for a font that can show Chinese: without one the pictures of the stories are full of boxes.
func hasChineseFont() bool {
	if out, err := exec.Command("fc-list", ":lang=zh", "file").Output(); err == nil {
		return len(strings.TrimSpace(string(out))) > 0
	}
	found, _ := filepath.Glob("/usr/share/fonts/*/*/*CJK*")
	return len(found) > 0
}

func install(ctx context.Context, packages []string) error {
	typed := "apt-get update && apt-get install -y --no-install-recommends " + strings.Join(packages, " ")
	_, err := os.Stat("/etc/debian_version")
	if os.Geteuid() != 0 || err != nil {
		return fmt.Errorf("missing: %s. On Debian or Ubuntu: sudo sh -c '%s'", strings.Join(packages, ", "), typed)
	}
	fmt.Println("        " + typed)
	for _, args := range [][]string{
		{"update"},
		append([]string{"install", "-y", "--no-install-recommends"}, packages...),
	} {
		cmd := exec.CommandContext(ctx, "apt-get", append([]string{"-o", "DPkg::Lock::Timeout=300"}, args...)...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if _, err := quiet(cmd); err != nil {
			return err
		}
	}
	return nil
}

// minNode is the oldest Node.js that the pages are built with.
const minNodeMajor, minNodeMinor = 20, 19

var errNode = fmt.Errorf("Node.js %d.%d or newer with npm is missing (https://nodejs.org); a container brings its own, see Dockerfile",
	minNodeMajor, minNodeMinor)

func nodeReady(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "node", "--version").Output()
	if err != nil {
		return errNode
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return errNode
	}
	parts := strings.Split(strings.TrimPrefix(strings.TrimSpace(string(out)), "v"), ".")
	if len(parts) < 2 {
		return errNode
	}
	major, err1 := strconv.Atoi(parts[0])
	minor, err2 := strconv.Atoi(parts[1])
	if err := errors.Join(err1, err2); err != nil || major < minNodeMajor || major == minNodeMajor && minor < minNodeMinor {
		return fmt.Errorf("%w; found %s", errNode, strings.TrimSpace(string(out)))
	}
	return nil
}
