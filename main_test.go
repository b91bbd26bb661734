package main // the commands are not exported

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// called runs a command in a process of its own settings and returns what it said.
func called(t *testing.T, environ []string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, streams{in: strings.NewReader(""), out: &o, err: &e, environ: environ})
	return code, o.String(), e.String()
}

func TestCommands(t *testing.T) {
	t.Parallel()
	data := "JIEBANG_DATA=" + filepath.Join(t.TempDir(), "data")
	for _, row := range []struct {
		name    string
		environ []string
		args    []string
		code    int
		says    string // somewhere in either stream
	}{
		{"nothing", nil, nil, 2, "jiebang migrate"},
		{"help", nil, []string{"help"}, 0, "jiebang migrate"},
		{"-h", nil, []string{"-h"}, 0, "jiebang migrate"},
		{"help of settings", nil, []string{"help", "config"}, 0, "| `JIEBANG_DATABASE_URL` |"},
		{"help of a command", nil, []string{"migrate", "-h"}, 0, "-database-url"},
		{"no command", nil, []string{"migrat"}, 2, `no command "migrat"`},
		{"no flag", nil, []string{"migrate", "-nope"}, 2, "-nope"},
		{"left over", nil, []string{"migrate", "now"}, 2, `what is "now"?`},
		{"bad setting", []string{"JIEBANG_LOG=loud"}, []string{"migrate"}, 2, "Log"},
		{"version", nil, []string{"version"}, 0, "jiebang "},
		{"short secret", []string{data, "JIEBANG_SECRET=short"}, []string{"migrate"}, 1, "at least 32"},
		{"unreachable database", []string{data, "JIEBANG_DATABASE_URL=postgres://u:hunter2@127.0.0.1:1/d?connect_timeout=1"}, []string{"migrate"}, 1, "open store"},
		{"misspelt setting", []string{data, "JIEBANG_ADR=x"}, []string{"migrate"}, 0, "JIEBANG_ADR"},
		{"no server", []string{"JIEBANG_ADDR=127.0.0.1:1"}, []string{"ready"}, 1, "refused"},
	} {
		code, out, errs := called(t, row.environ, row.args...)
		if code != row.code || !strings.Contains(out+errs, row.says) || strings.Contains(out+errs, "hunter2") {
			t.Errorf("%s: exit %d, want %d with %q (and no password)\n%s%s", row.name, code, row.code, row.says, out, errs)
		}
	}
}

// A fresh installation can begin with the shipped catalogues; a second time nothing is loaded.
func TestCatalogueLoad(t *testing.T) {
	t.Parallel()
	environ := []string{"JIEBANG_DATA=" + filepath.Join(t.TempDir(), "data")}
	for _, row := range []struct {
		args        []string
		code        int
		says, never string
	}{
		{[]string{"catalogue"}, 2, "jiebang catalogue load", "loaded"},
		{[]string{"catalogue", "load"}, 0, "loaded  domain DOMAIN-2026", "kept"},
		{[]string{"catalogue", "load"}, 0, "kept    chain", "loaded"},
	} {
		code, out, errs := called(t, environ, row.args...)
		if code != row.code || !strings.Contains(out+errs, row.says) || strings.Contains(out+errs, row.never) {
			t.Errorf("%v: exit %d\n%s%s", row.args, code, out, errs)
		}
	}
}

// A fresh folder becomes a working database, a second time changes nothing, and doctor is content until somebody opens the folder.
func TestMigrateAndDoctor(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	environ := []string{"JIEBANG_DATA=" + dir}
	for range 2 {
		if code, out, errs := called(t, environ, "migrate"); code != 0 || !strings.Contains(out, "sqlite") {
			t.Fatalf("migrate: exit %d\n%s%s", code, out, errs)
		}
	}
	if code, out, errs := called(t, environ, "doctor"); code != 0 || strings.Contains(out, "SICK") {
		t.Errorf("doctor: exit %d\n%s%s", code, out, errs)
	}
	if err := os.Chmod(filepath.Join(dir, "secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := called(t, environ, "doctor"); code != 1 || !strings.Contains(out, "SICK  secret") {
		t.Errorf("doctor with an open secret: exit %d\n%s", code, out)
	}
}
