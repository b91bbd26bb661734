package main // the settings of a command cannot be imported

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestReadConfig(t *testing.T) {
	t.Parallel()
	zero := Config{Addr: "127.0.0.1:8080", Data: "./data", OIDCName: "OpenID Connect", MatchMemory: 1_000_000, SMTPPort: 587, SMTPSecurity: "starttls"}
	with := func(change func(*Config)) Config {
		c := zero
		change(&c)
		return c
	}
	for _, row := range []struct {
		name          string
		args, environ []string
		want          Config
	}{
		{"nothing", nil, nil, zero},
		{"environment", nil, []string{"JIEBANG_ADDR=:9", "JIEBANG_DEMO=true", "JIEBANG_LOG=debug", "OTHER=x"},
			with(func(c *Config) { c.Addr, c.Demo, c.Log = ":9", true, slog.LevelDebug })},
		{"a flag wins", []string{"-addr", ":7", "-demo"}, []string{"JIEBANG_ADDR=:9", "JIEBANG_DEMO=false"},
			with(func(c *Config) { c.Addr, c.Demo = ":7", true })},
		{"double dash and value", []string{"--demo=false", "--public-url=https://j.cn"}, []string{"JIEBANG_DEMO=1"},
			with(func(c *Config) { c.PublicURL = "https://j.cn" })},
		{"proxies", []string{"-trusted-proxies", "10.0.0.0/8,fd00::/8"}, nil,
			with(func(c *Config) {
				c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
			})},
		{"PostgreSQL", nil, []string{"JIEBANG_DATABASE_URL=postgres://u:p@h/d"},
			with(func(c *Config) { c.DatabaseURL = "postgres://u:p@h/d" })},
	} {
		got, rest, err := readConfig("serve", row.args, row.environ, io.Discard)
		if err != nil || len(rest) > 0 || !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: %+v, %v, %v; want %+v", row.name, got, rest, err, row.want)
		}
	}
}

func TestReadConfigRefuses(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, variable, says string }{
		{"address", "JIEBANG_ADDR=8080", "JIEBANG_ADDR"},
		{"data", "JIEBANG_DATA=", ""}, // empty counts as not set
		{"data with a sign", "JIEBANG_DATA=/srv/c#", "JIEBANG_DATA"},
		{"database", "JIEBANG_DATABASE_URL=mysql://u:hunter2@h/d", "JIEBANG_DATABASE_URL"},
		{"proxies", "JIEBANG_TRUSTED_PROXIES=10.0.0.0/99", "TrustedProxies"},
		{"log", "JIEBANG_LOG=loud", "Log"},
		{"demo", "JIEBANG_DEMO=maybe", "Demo"},
		{"address for people", "JIEBANG_PUBLIC_URL=jiebang.example.cn", "JIEBANG_PUBLIC_URL"},
		{"mail without links", "JIEBANG_SMTP_HOST=mail.example.cn", "JIEBANG_PUBLIC_URL"},
		{"mail without a sender", "JIEBANG_SMTP_HOST=mail.example.cn", "JIEBANG_SMTP_FROM"},
		{"address with a path", "JIEBANG_PUBLIC_URL=https://example.cn/jiebang", "JIEBANG_PUBLIC_URL"},
	} {
		_, _, err := readConfig("serve", nil, []string{row.variable}, io.Discard)
		if row.says == "" {
			if err != nil {
				t.Errorf("%s: %v", row.name, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), row.says) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v, want an error that names %s and no password", row.name, err, row.says)
		}
	}
	if _, _, err := readConfig("serve", []string{"-secret", "x"}, nil, io.Discard); err == nil {
		t.Error("a secret is taken from the command line, where everybody can read it")
	}
	if _, _, err := readConfig("serve", []string{"-h"}, nil, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: %v", err)
	}
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	got := unknown([]string{"JIEBANG_ADR=x", "JIEBANG_ADDR=y", "PATH=z", "JIEBANG_BIN=b"})
	if !slices.Equal(got, []string{"JIEBANG_ADR"}) {
		t.Errorf("unknown = %v", got)
	}
}

func TestSecret(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	dir := filepath.Join(t.TempDir(), "data")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(long+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]Config{"setting": {Secret: long}, "file": {SecretFile: file}} {
		if got, err := c.secret(); err != nil || string(got) != long {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, c := range map[string]Config{"short": {Secret: "short"}, "no file": {SecretFile: file + "x"}} {
		if got, err := c.secret(); err == nil || strings.Contains(err.Error(), "short\"") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}

	// Many processes that start at once get one secret between them.
	var all sync.WaitGroup
	var mu sync.Mutex
	made := map[string]bool{}
	for range 16 {
		all.Go(func() {
			b, err := Config{Data: dir}.secret()
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			made[string(b)] = true
			mu.Unlock()
		})
	}
	all.Wait()
	if len(made) != 1 {
		t.Errorf("%d secrets were made", len(made))
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "secret")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// Every setting is documented, and its name is the one the README and the container files use.
func TestSettings(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	writeSettings(&b)
	for _, s := range settings() {
		if !strings.HasPrefix(s.env, prefix) || s.help == "" {
			t.Errorf("%+v: no name or no help", s)
		}
		if !strings.Contains(b.String(), "| `"+s.env+"` |") {
			t.Errorf("the table lacks %s", s.env)
		}
	}
}
