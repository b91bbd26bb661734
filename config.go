package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"

	"jiebang/internal/embedding"
	"jiebang/internal/mail"
)

// Config is every setting there is. Each comes from its environment variable, or from a flag of the same name (JIEBANG_PUBLIC_URL,
// -public-url), which wins. Without any the program is a working local system on SQLite.
//
// Values are handed down from main; nobody can import package main, so no setting can become a global.
type Config struct {
	Addr             string         `env:"JIEBANG_ADDR" envDefault:"127.0.0.1:8080" help:"where the server listens"`
	Data             string         `env:"JIEBANG_DATA" envDefault:"./data" help:"folder for the SQLite file, the documents and the secret"`
	DatabaseURL      string         `env:"JIEBANG_DATABASE_URL" help:"PostgreSQL to use instead of SQLite, postgres://user:password@host/database"`
	Demo             bool           `env:"JIEBANG_DEMO" help:"load demo data into an empty database and offer the demo accounts; never in production"`
	Secret           string         `env:"JIEBANG_SECRET" flag:"-" help:"key of sessions and cursors, at least 32 characters; the same on all nodes"`
	SecretFile       string         `env:"JIEBANG_SECRET_FILE" help:"file that holds the secret; without both settings one is made in DATA/secret"`
	PublicURL        string         `env:"JIEBANG_PUBLIC_URL" help:"address people use, https://…; it decides about secure cookies and links in letters"`
	TrustedProxies   []netip.Prefix `env:"JIEBANG_TRUSTED_PROXIES" help:"networks whose X-Forwarded-For is believed, 10.0.0.0/8,…; nobody's by default"`
	OIDCIssuer       string         `env:"JIEBANG_OIDC_ISSUER" help:"another server people may sign in by (OpenID Connect), as it names itself: https://login.example.cn"`
	OIDCClientID     string         `env:"JIEBANG_OIDC_CLIENT_ID" help:"the name that server knows this platform by"`
	OIDCClientSecret string         `env:"JIEBANG_OIDC_CLIENT_SECRET" flag:"-" help:"the secret it gave this platform"`
	OIDCName         string         `env:"JIEBANG_OIDC_NAME" envDefault:"OpenID Connect" help:"what people call that server, for the button"`
	MatchMemory      int            `env:"JIEBANG_MATCH_MEMORY" envDefault:"1000000" help:"up to so many teams the index for matching is in memory; beyond, the database finds the candidates"`
	EmbeddingURL     string         `env:"JIEBANG_EMBEDDING_URL" help:"embedding service to compare texts by as well, like http://127.0.0.1:8081/v1; it is sent the evidence of teams and the public challenges, never drafts or bids"`
	EmbeddingModel   string         `env:"JIEBANG_EMBEDDING_MODEL" help:"name of the service's model; another name trains the match model anew"`
	EmbeddingKey     string         `env:"JIEBANG_EMBEDDING_KEY" flag:"-" help:"key the service asks for, sent as a bearer token"`
	SMTPHost         string         `env:"JIEBANG_SMTP_HOST" help:"mail server; without one no mail is sent, and letters wait in the outbox"`
	SMTPPort         int            `env:"JIEBANG_SMTP_PORT" envDefault:"587" help:"port of the mail server"`
	SMTPSecurity     string         `env:"JIEBANG_SMTP_SECURITY" envDefault:"starttls" help:"starttls, tls, or none on a trusted network"`
	SMTPUser         string         `env:"JIEBANG_SMTP_USER" help:"account on the mail server, where it asks for one"`
	SMTPPassword     string         `env:"JIEBANG_SMTP_PASSWORD" flag:"-" help:"password of that account"`
	SMTPFrom         string         `env:"JIEBANG_SMTP_FROM" help:"sender of letters, an address or 揭榜台 <post@jiebang.example.cn>"`
	Log              slog.Level     `env:"JIEBANG_LOG" envDefault:"info" help:"debug, info, warn or error"`
}

const prefix = "JIEBANG_"

// setting is a field of Config as its tags describe it.
type setting struct {
	env, flag, fallback, help string
	isBool                    bool
}

func settings() []setting {
	var all []setting
	for f := range reflect.TypeFor[Config]().Fields() {
		s := setting{
			env:      f.Tag.Get("env"),
			flag:     f.Tag.Get("flag"),
			fallback: f.Tag.Get("envDefault"),
			help:     f.Tag.Get("help"),
			isBool:   f.Type.Kind() == reflect.Bool,
		}
		if s.flag == "" {
			s.flag = strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(s.env, prefix), "_", "-"))
		}
		all = append(all, s)
	}
	return all
}

// readConfig reads the flags in args on top of the environment, given as NAME=value lines, and returns what is left of args.
func readConfig(name string, args, environ []string, stderr io.Writer) (Config, []string, error) {
	values := env.ToMap(environ)
	flags := flag.NewFlagSet("jiebang "+name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	for _, s := range settings() {
		if s.flag == "-" {
			continue // a secret on a command line is read by everybody on the machine
		}
		set := func(v string) error { values[s.env] = v; return nil }
		usage := fmt.Sprintf("%s (%s", s.help, s.env)
		if s.fallback != "" {
			usage += ", " + s.fallback
		}
		if s.isBool {
			flags.BoolFunc(s.flag, usage+")", set)
		} else {
			flags.Func(s.flag, usage+")", set)
		}
	}
	if err := flags.Parse(args); err != nil {
		return Config{}, nil, err
	}
	c, err := env.ParseAsWithOptions[Config](env.Options{Environment: values})
	if err != nil {
		return Config{}, nil, fmt.Errorf("settings: %w", err)
	}
	return c, flags.Args(), c.check()
}

// check refuses what would only fail later, or worse, not fail.
func (c Config) check() error {
	var all []error
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		all = append(all, fmt.Errorf("JIEBANG_ADDR: %w", err))
	}
	if c.Data == "" {
		all = append(all, errors.New("JIEBANG_DATA is empty"))
	}
	if strings.ContainsAny(c.Data, "#?%") { // they mean something in SQLite's address of a file, and would name another one
		all = append(all, errors.New("JIEBANG_DATA must not hold #, ? or %"))
	}
	if c.DatabaseURL != "" && !strings.HasPrefix(c.DatabaseURL, "postgres://") && !strings.HasPrefix(c.DatabaseURL, "postgresql://") {
		all = append(all, errors.New("JIEBANG_DATABASE_URL does not begin with postgres://")) // not echoed: it may hold a password
	}
	if c.Secret != "" && c.SecretFile != "" {
		all = append(all, errors.New("JIEBANG_SECRET and JIEBANG_SECRET_FILE are both set"))
	}
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
			all = append(all, errors.New("JIEBANG_PUBLIC_URL is not an address like https://jiebang.example.cn"))
		}
	}
	if _, err := embedding.New(c.EmbeddingURL, c.EmbeddingModel, c.EmbeddingKey); err != nil {
		all = append(all, fmt.Errorf("JIEBANG_EMBEDDING_URL, JIEBANG_EMBEDDING_MODEL: %w", err))
	}
	all = append(all, c.checkOIDC()...)
	return errors.Join(append(all, c.checkMail()...)...)
}

// mailServer is the mail server of the settings.
func (c Config) mailServer() mail.SMTP {
	return mail.SMTP{Host: c.SMTPHost, Port: c.SMTPPort, Security: c.SMTPSecurity, User: c.SMTPUser, Password: c.SMTPPassword, From: c.SMTPFrom}
}

func (c Config) checkMail() (all []error) {
	if c.SMTPHost == "" {
		return nil
	}
	if !slices.Contains([]string{"starttls", "tls", "none"}, c.SMTPSecurity) {
		all = append(all, errors.New("JIEBANG_SMTP_SECURITY is none of starttls, tls and none"))
	}
	if c.SMTPPort < 1 || c.SMTPPort > 65535 {
		all = append(all, errors.New("JIEBANG_SMTP_PORT is no port"))
	}
	if c.SMTPUser == "" && c.SMTPPassword != "" {
		all = append(all, errors.New("JIEBANG_SMTP_PASSWORD is set without JIEBANG_SMTP_USER"))
	}
	if c.PublicURL == "" {
		all = append(all, errors.New("JIEBANG_SMTP_HOST needs JIEBANG_PUBLIC_URL: letters hold links"))
	}
	if err := c.mailServer().Check(); err != nil {
		all = append(all, fmt.Errorf("JIEBANG_SMTP_FROM: %w", err))
	}
	return all
}

func (c Config) checkOIDC() (all []error) {
	if c.OIDCIssuer != "" {
		if u, err := url.Parse(c.OIDCIssuer); err != nil || u.Host == "" || u.Scheme != "https" && u.Hostname() != "localhost" && u.Hostname() != "127.0.0.1" {
			all = append(all, errors.New("JIEBANG_OIDC_ISSUER is not an https address"))
		}
		if c.OIDCClientID == "" || c.PublicURL == "" {
			all = append(all, errors.New("JIEBANG_OIDC_ISSUER needs JIEBANG_OIDC_CLIENT_ID and JIEBANG_PUBLIC_URL"))
		}
	}
	return all
}

// publicURL is the address people use. Where it is not set, people are on this machine.
func (c Config) publicURL() (string, error) {
	if c.PublicURL != "" {
		return strings.TrimSuffix(c.PublicURL, "/"), nil
	}
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return "", fmt.Errorf("JIEBANG_ADDR: %w", err)
	}
	return "http://localhost:" + port, nil
}

// unknown lists variables that begin like ours and are none: most often a misspelt one.
func unknown(environ []string) []string {
	known := map[string]bool{"JIEBANG_BIN": true} // the browser stories find the program by it
	for _, s := range settings() {
		known[s.env] = true
	}
	names := slices.Sorted(maps.Keys(env.ToMap(environ)))
	return slices.DeleteFunc(names, func(n string) bool { return !strings.HasPrefix(n, prefix) || known[n] })
}

const shortestSecret = 32

// secret returns the secret from where the settings say. Without settings it makes one in the data folder, once, readable by nobody
// else.
func (c Config) secret() ([]byte, error) {
	text, where := c.Secret, "JIEBANG_SECRET"
	switch {
	case c.SecretFile != "":
		b, err := os.ReadFile(c.SecretFile)
		if err != nil {
			return nil, fmt.Errorf("JIEBANG_SECRET_FILE: %w", err)
		}
		text, where = strings.TrimSpace(string(b)), "JIEBANG_SECRET_FILE"
	case c.Secret == "":
		path := filepath.Join(c.Data, "secret")
		b, err := madeOnce(path)
		if err != nil {
			return nil, fmt.Errorf("secret: %w", err)
		}
		text, where = strings.TrimSpace(string(b)), path
	}
	if len(text) < shortestSecret {
		return nil, fmt.Errorf("%s holds %d characters; at least %d are needed", where, len(text), shortestSecret)
	}
	return []byte(text), nil
}

// madeOnce reads the file, or makes it. Two processes that start together end up with the same secret: a link is refused where the
// name is taken, so the second one reads what the first one made.
func madeOnce(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return b, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "secret-*") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(hex.EncodeToString(random) + "\n")
	if err == nil {
		err = temp.Sync()
	}
	if err := errors.Join(err, temp.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}

// writeSettings prints the table of settings as Markdown, for people and for the README.
func writeSettings(w io.Writer) {
	fmt.Fprintln(w, "| variable | flag | default | meaning |")
	fmt.Fprintln(w, "|---|---|---|---|")
	for _, s := range settings() {
		name, fallback := "—", "—"
		if s.flag != "-" {
			name = "`-" + s.flag + "`"
		}
		if s.fallback != "" {
			fallback = "`" + s.fallback + "`"
		}
		fmt.Fprintf(w, "| `%s` | %s | %s | %s |\n", s.env, name, fallback, s.help)
	}
}
