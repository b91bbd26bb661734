package main // looks at the settings and commands, which cannot be imported

import (
	"encoding/json"
	"net"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// No container engine runs where the tests do, so these hold what is written for one to the facts it rests on.

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// only returns the one match of the pattern's group.
func only(t *testing.T, in, pattern string) string {
	t.Helper()
	found := regexp.MustCompile("(?m)"+pattern).FindAllStringSubmatch(in, -1)
	if len(found) != 1 {
		t.Fatalf("%q matches %d times", pattern, len(found))
	}
	return found[0][1]
}

func known(t *testing.T, where, name string) {
	t.Helper()
	if !slices.ContainsFunc(settings(), func(s setting) bool { return s.env == name }) {
		t.Errorf("%s sets %s, which is no setting", where, name)
	}
}

func isCommand(t *testing.T, where, name string) {
	t.Helper()
	if !slices.ContainsFunc(commands, func(c command) bool { return c.name == name }) {
		t.Errorf("%s runs `jiebang %s`, which is no command", where, name)
	}
}

func TestDockerfile(t *testing.T) {
	t.Parallel()
	d := text(t, "Dockerfile")

	image := only(t, d, `^FROM golang:(\d+\.\d+)-`)
	if wants := only(t, text(t, "go.mod"), `^go (\d+\.\d+)`); image != wants {
		t.Errorf("the program is built with Go %s, go.mod says %s", image, wants)
	}
	node, err := strconv.Atoi(only(t, d, `^FROM node:(\d+)-`))
	if err != nil {
		t.Fatal(err)
	}
	var pkg struct {
		Engines struct{ Node string }
	}
	if err := json.Unmarshal([]byte(text(t, "frontend/package.json")), &pkg); err != nil {
		t.Fatal(err)
	}
	oldest, err := strconv.Atoi(only(t, pkg.Engines.Node, `^>=\s*(\d+)`))
	if err != nil || node < oldest {
		t.Errorf("the pages are built with Node %d, package.json wants %s (%v)", node, pkg.Engines.Node, err)
	}

	set := map[string]string{}
	for _, pair := range strings.Fields(only(t, d, `^ENV (.*)$`)) {
		name, value, _ := strings.Cut(pair, "=")
		known(t, "Dockerfile", name)
		set[name] = value
	}
	host, port, err := net.SplitHostPort(set["JIEBANG_ADDR"])
	if err != nil || host != "0.0.0.0" || port != only(t, d, `^EXPOSE (\d+)$`) {
		t.Errorf("the container listens on %q and exposes another port, or only listens to itself", set["JIEBANG_ADDR"])
	}
	if volume := only(t, d, `^VOLUME (\S+)$`); volume != set["JIEBANG_DATA"] {
		t.Errorf("the volume is %s, the data go to %s", volume, set["JIEBANG_DATA"])
	}
	if user := only(t, d, `^USER (\S+)$`); strings.HasPrefix(user, "0") || strings.HasPrefix(user, "root") {
		t.Errorf("the container runs as %s", user)
	}
	if !strings.Contains(d, "CGO_ENABLED=0 go build") || !strings.Contains(d, "\nFROM scratch\n") {
		t.Error("an empty image needs a static program")
	}
	isCommand(t, "Dockerfile", only(t, d, `^CMD \["(\w+)"\]$`))
	isCommand(t, "Dockerfile", only(t, d, `CMD \["/jiebang", "(\w+)"\]$`))
	only(t, only(t, d, `-X (main\.version)=`), `^(main\.version)$`)
}

type composeFile struct {
	Services map[string]struct {
		Image       string
		Build       string
		Environment map[string]string
		Ports       []string
		Volumes     []string
		ReadOnly    bool `yaml:"read_only"`
		Healthcheck struct{ Test []string }
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	}
	Volumes map[string]any
}

func TestCompose(t *testing.T) {
	t.Parallel()
	raw := text(t, "docker-compose.yml")
	var c composeFile
	if err := yaml.Unmarshal([]byte(raw), &c); err != nil {
		t.Fatal(err)
	}
	app, database := c.Services["app"], c.Services["database"]

	for name, value := range app.Environment {
		known(t, "docker-compose.yml", name)
		// The value that Compose takes when nobody sets anything must be one the program accepts.
		if strings.Contains(value, ":?") {
			continue
		}
		if m := regexp.MustCompile(`^\$\{\w+:-(.*)\}$`).FindStringSubmatch(value); m != nil {
			value = m[1]
		}
		if _, _, err := readConfig("serve", nil, []string{name + "=" + value}, os.Stderr); err != nil {
			t.Errorf("docker-compose.yml sets %s=%s: %v", name, value, err)
		}
	}
	filled := regexp.MustCompile(`\$\{\w+:\?[^}]*\}`).ReplaceAllString(app.Environment["JIEBANG_DATABASE_URL"], "secret1")
	want := "postgres://" + database.Environment["POSTGRES_USER"] + ":secret1@database:5432/" + database.Environment["POSTGRES_DB"] + "?sslmode=disable"
	if filled != want {
		t.Errorf("the app connects to %s, the database is %s", filled, want)
	}
	if !strings.Contains(database.Environment["POSTGRES_PASSWORD"], ":?") {
		t.Error("the database has a password that everybody can read here")
	}
	if len(app.Ports) != 1 || !strings.HasSuffix(app.Ports[0], ":"+only(t, text(t, "Dockerfile"), `^EXPOSE (\d+)$`)) ||
		!strings.HasPrefix(app.Ports[0], "127.0.0.1:") {
		t.Errorf("ports %v", app.Ports)
	}
	if len(database.Ports) > 0 {
		t.Error("the database is open to the world")
	}
	if len(app.Healthcheck.Test) != 3 || len(database.Healthcheck.Test) == 0 {
		t.Fatal("a service has no health check")
	}
	isCommand(t, "docker-compose.yml", app.Healthcheck.Test[2])
	if app.DependsOn["database"].Condition != "service_healthy" {
		t.Error("the app does not wait for the database")
	}
	if app.Build == "" || database.Image == "" || !app.ReadOnly {
		t.Error("the app is not built here, or may write to its own image, or the database has no image")
	}
	for name, s := range c.Services {
		for _, v := range s.Volumes {
			volume, _, _ := strings.Cut(v, ":")
			if _, ok := c.Volumes[volume]; !ok {
				t.Errorf("%s uses the volume %s, which is not declared", name, volume)
			}
		}
	}
	if _, to, _ := strings.Cut(app.Volumes[0], ":"); to != only(t, text(t, "Dockerfile"), `^VOLUME (\S+)$`) {
		t.Errorf("the app's volume is mounted at %s", to)
	}
}

// What is secret or machine-made here must not end up in an image.
func TestDockerignore(t *testing.T) {
	t.Parallel()
	lines := strings.Split(text(t, ".dockerignore"), "\n")
	for _, name := range []string{".git", ".env", "data", "frontend/node_modules"} {
		if !slices.Contains(lines, name) {
			t.Errorf(".dockerignore lets %s in", name)
		}
	}
}

// What the README tells people to type must exist, and it must tell them of every setting.
func TestReadme(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"README.md", "README.en.md"} {
		b, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			t.Logf("%s is not written yet", name)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		readme, makefile := string(b), text(t, "Makefile")
		for _, s := range settings() {
			if !strings.Contains(readme, s.env) {
				t.Errorf("%s says nothing of %s; `jiebang help config` prints the table", name, s.env)
			}
		}
		for _, m := range regexp.MustCompile(`\b`+prefix+`[A-Z_]+`).FindAllString(readme, -1) {
			known(t, name, m)
		}
		// Only in code: elsewhere "make" and "jiebang" are words.
		for _, code := range regexp.MustCompile("(?s)```.*?```|`[^`\n]+`").FindAllString(readme, -1) {
			for _, m := range regexp.MustCompile(`(?m)(?:^|[\x60;&|]\s*)make ([a-z]+)`).FindAllStringSubmatch(code, -1) {
				if !strings.Contains(makefile, "\n"+m[1]+": ") {
					t.Errorf("%s says `make %s`, and there is no such target", name, m[1])
				}
			}
			for _, m := range regexp.MustCompile(`(?m)(?:^|[\x60;&|]\s*)(?:\./)?jiebang ([a-z]+)`).FindAllStringSubmatch(code, -1) {
				isCommand(t, name, m[1])
			}
		}
	}
}
