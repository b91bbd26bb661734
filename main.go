// Command jiebang runs the platform on which firms publish hard problems and teams bid to solve them (揭榜挂帅).
//
// This package wires the rooms together: settings, store, documents, server, loop. It decides nothing about challenges or bids.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	_ "time/tzdata" // the container has no zone files
)

// version is set when a release is built: -ldflags "-X main.version=…".
var version = ""

// streams are what a command speaks through, so that tests can listen.
type streams struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	log      *slog.Logger // set once the settings are read
}

// command is a row of the table below. Its answer is the exit code: 0 well, 1 failed, 2 called wrongly.
type command struct {
	name, args, what string
	run              func(ctx context.Context, args []string, s streams) int
}

// commands is filled by init because help lists the table it stands in.
var commands []command

func init() {
	commands = []command{
		{"serve", "[flags]", "run the platform", configured("serve", serve)},
		{"migrate", "[flags]", "bring the database to this version's schema", configured("migrate", migrate)},
		{"seed", "[flags]", "load the demo data into an empty database", configured("seed", seed)},
		{"catalogue", "load [flags]", "put the shipped catalogues into force where there are none", catalogueCommand},
		{"account", "appoint|reset-factor|unlock", "give the first offices, reset a lost second factor, unlock a sign-in", accountCommand},
		{"openapi", "", "print the description of the API", configured("openapi", describe)},
		{"ready", "[flags]", "ask a running server whether it is ready, for health checks", configured("ready", ready)},
		{"match", "[flags]", "match teams and challenges in files, without a server; match -h says how",
			func(_ context.Context, args []string, s streams) int { return matchCommand(args, s.in, s.out, s.err) }},
		{"evaluate", "[flags] DIR", "judge the matching engine on pairs whose truth is known; evaluate -h says how",
			func(_ context.Context, args []string, s streams) int { return evaluateCommand(args, s.out, s.err) }},
		{"consensus", "[flags] FILE|-", "calibrate a table of scores, without a server; consensus -h says how",
			func(_ context.Context, args []string, s streams) int {
				return consensusCommand(args, s.in, s.out, s.err)
			}},
		{"assign", "FILE|-", "give bids to experts out of a file, without a server; assign -h says how",
			func(ctx context.Context, args []string, s streams) int {
				return assignCommand(ctx, args, s.in, s.out, s.err)
			}},
		{"conflict", "names FILE|-", "compare names of units and people out of a file, without a server; conflict -h says how",
			func(_ context.Context, args []string, s streams) int {
				return conflictCommand(args, s.in, s.out, s.err)
			}},
		{"verify", "draw FILE...", "make a published draw again from its public files; verify -h says how",
			func(_ context.Context, args []string, s streams) int { return verifyCommand(args, s.in, s.out, s.err) }},
		{"doctor", "[flags]", "check the installation and what must hold of the whole database", configured("doctor", doctor)},
		{"version", "", "print the version", printVersion},
		{"help", "[config]", "this text; with config, the table of all settings", help},
	}
}

func main() {
	os.Exit(run(context.Background(), os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ()}))
}

func run(ctx context.Context, args []string, s streams) int {
	if len(args) == 0 {
		writeHelp(s.err)
		return 2
	}
	name := args[0]
	if slices.Contains([]string{"-h", "-help", "--help"}, name) {
		name = "help"
	}
	for _, c := range commands {
		if c.name == name {
			return c.run(ctx, args[1:], s)
		}
	}
	fmt.Fprintf(s.err, "jiebang: no command %q; `jiebang help` lists them\n", name)
	return 2
}

// configured turns a function that wants the settings into a command.
func configured(name string, fn func(context.Context, Config, streams) error) func(context.Context, []string, streams) int {
	return func(ctx context.Context, args []string, s streams) int {
		c, rest, err := readConfig(name, args, s.environ, s.err)
		switch {
		case errors.Is(err, flag.ErrHelp):
			return 0
		case err != nil:
			fmt.Fprintf(s.err, "jiebang %s: %v\n", name, err)
			return 2
		case len(rest) > 0:
			fmt.Fprintf(s.err, "jiebang %s: what is %q?\n", name, strings.Join(rest, " "))
			return 2
		}
		s.log = logger(c.Log, s.err)
		for _, u := range unknown(s.environ) {
			s.log.Warn("this variable is no setting of jiebang; is it misspelt?", "name", u)
		}
		if err := fn(ctx, c, s); err != nil {
			fmt.Fprintf(s.err, "jiebang %s: %v\n", name, err)
			return 1
		}
		return 0
	}
}

// logger writes lines for people on a terminal and JSON anywhere else.
func logger(level slog.Level, w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return slog.New(slog.NewTextHandler(w, options))
		}
	}
	return slog.New(slog.NewJSONHandler(w, options))
}

func help(_ context.Context, args []string, s streams) int {
	if slices.Equal(args, []string{"config"}) {
		writeSettings(s.out)
		return 0
	}
	writeHelp(s.out)
	return 0
}

func writeHelp(w io.Writer) {
	fmt.Fprintln(w, "jiebang 揭榜台 — firms publish hard problems, teams bid to solve them.")
	fmt.Fprintln(w)
	for _, c := range commands {
		fmt.Fprintf(w, "  jiebang %-20s %s\n", strings.TrimSpace(c.name+" "+c.args), c.what)
	}
	fmt.Fprintln(w)
	fmt.Fprintln(w, "Settings are environment variables or flags; `jiebang help config` lists them.")
}

func printVersion(_ context.Context, _ []string, s streams) int {
	fmt.Fprintln(s.out, "jiebang", versionText())
	return 0
}

// versionText is the release, or else the commit the program was built from, as far as the build knows.
func versionText() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	text := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (text == "" || text == "(devel)") {
			text = s.Value
		}
	}
	if text == "" {
		return "(devel)"
	}
	return text
}
