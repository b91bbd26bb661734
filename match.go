package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jiebang/demo"
)

const matchUsage = `usage: jiebang match --taxonomy FILE --challenges FILE --teams FILE [flags]

Ranks the teams for each challenge and says why; with --team, the challenges for
a team, by the same numbers. Files have the shape of demo/*.json, or hold an
object a line; one of them may be - for standard input. Without any file the
built-in sample is taken. The engine learns its words and tags from the teams'
evidence, always the same from the same files and seed; nothing leaves this
machine.

  jiebang match --challenge DEMO-JB-0002 --top 3 --explain
  jiebang match --team TM03
  jiebang match --challenge DEMO-JB-0002 --compare TM03,TM04
  jiebang match --challenge DEMO-JB-0002 --consortium
  jiebang match --taxonomy t.json --challenges c.jsonl --teams - --json < teams.jsonl

`

// matchCommand is "jiebang match": it ranks teams for challenges out of files,
// without a database. It returns 0, 1 when the answer cannot be written, or 2
// when what it was given is wrong, with every fault on errOut.
func matchCommand(args []string, in io.Reader, out, errOut io.Writer) int {
	o, err := matchFlags(args, errOut)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	set, err := o.read(in)
	if err == nil {
		err = o.know(set)
	}
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	told := newProgress(errOut, o.progress)
	m, err := newMatcher(set, o, told)
	if err != nil {
		told.end()
		fmt.Fprintln(errOut, err)
		return 2
	}
	err = m.answer(out)
	told.end()
	var wrong questionError
	switch {
	case errors.As(err, &wrong):
		fmt.Fprintln(errOut, err)
		return 2
	case err != nil:
		fmt.Fprintln(errOut, "cannot write the answer:", err)
		return 1
	}
	return 0
}

// questionError is about what was asked, not about writing the answer.
type questionError struct{ error }

type matchOptions struct {
	taxonomy, challenges, teams, alliances string
	challenge, team                        string
	compare                                []string
	consortium                             bool
	at                                     time.Time
	json, explain, progress                bool
	top                                    int
	seed                                   uint64
}

func matchFlags(args []string, errOut io.Writer) (matchOptions, error) {
	var o matchOptions
	var at, compare string
	f := flag.NewFlagSet("match", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.Usage = func() { fmt.Fprint(errOut, matchUsage); f.PrintDefaults() }
	f.StringVar(&o.taxonomy, "taxonomy", "", "tags and chains")
	f.StringVar(&o.challenges, "challenges", "", "challenges")
	f.StringVar(&o.teams, "teams", "", "teams")
	f.StringVar(&o.alliances, "alliances", "", "alliances; read and checked, they change no score")
	f.StringVar(&o.challenge, "challenge", "", "code of the one challenge to rank for")
	f.StringVar(&o.team, "team", "", "code of a team: rank the challenges for it; with --challenge its one line, with --consortium the sets it is in")
	f.StringVar(&compare, "compare", "", "codes of two teams, A,B: by how much, and in what, A suits better than B")
	f.BoolVar(&o.consortium, "consortium", false, "the smallest sets of teams that together hold every must-capability")
	f.StringVar(&at, "at", "", "day to rank at, YYYY-MM-DD (default: the newest year among the evidence)")
	f.BoolVar(&o.json, "json", false, "print one JSON object a challenge, or a team, and line")
	f.BoolVar(&o.explain, "explain", false, "print every part of every score, and what would raise it")
	f.IntVar(&o.top, "top", 0, "print only so many lines of a list; 0 is all")
	f.Uint64Var(&o.seed, "seed", 1, "where learning starts")
	f.BoolVar(&o.progress, "progress", false, "say how far it is even where the error stream is no terminal")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	err := o.check(f.Args(), at, compare)
	if err != nil {
		fmt.Fprintln(errOut, err)
	}
	return o, err
}

// check holds the flags to one another.
func (o *matchOptions) check(rest []string, at, compare string) error {
	if len(rest) > 0 {
		return fmt.Errorf("unexpected argument %q", rest[0])
	}
	if o.top < 0 {
		return fmt.Errorf("--top: %d is negative", o.top)
	}
	given := []string{o.taxonomy, o.challenges, o.teams}
	if slices.Contains(given, "") && strings.Join(append(given, o.alliances), "") != "" {
		return errors.New("want --taxonomy, --challenges and --teams together")
	}
	stdin := 0
	for _, name := range append(given, o.alliances) {
		if name == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return errors.New("only one file can be standard input")
	}
	if at != "" {
		t, err := time.Parse(time.DateOnly, at)
		if err != nil {
			return fmt.Errorf("--at: %q is no day of the form YYYY-MM-DD", at)
		}
		o.at = t
	}
	if compare != "" {
		o.compare = strings.Split(compare, ",")
		if len(o.compare) != 2 || o.compare[0] == "" || o.compare[1] == "" || o.compare[0] == o.compare[1] {
			return fmt.Errorf("--compare: %q are not the codes of two teams, A,B", compare)
		}
		if o.team != "" || o.consortium {
			return errors.New("--compare goes with neither --team nor --consortium")
		}
	}
	return nil
}

// read takes all the files in, and reports what is wrong with any of them.
func (o matchOptions) read(in io.Reader) (demo.Set, error) {
	if o.taxonomy == "" {
		return demo.Load()
	}
	var s demo.Set
	var errs []error
	from := func(name string, read func(string, io.Reader) error) {
		if name == "-" {
			errs = append(errs, read("standard input", in))
			return
		}
		f, err := os.Open(name)
		if err != nil {
			errs = append(errs, demo.Problem{File: name, Reason: "cannot be opened: " + reason(err).Error()})
			return
		}
		defer f.Close()
		errs = append(errs, read(filepath.ToSlash(name), f))
	}
	from(o.taxonomy, func(n string, r io.Reader) (err error) { s.Taxonomy, err = demo.ReadTaxonomy(n, r); return })
	tax := &s.Taxonomy
	from(o.challenges, func(n string, r io.Reader) (err error) { s.Challenges, err = demo.ReadChallenges(n, r, tax); return })
	from(o.teams, func(n string, r io.Reader) (err error) { s.Teams, err = demo.ReadTeams(n, r, tax); return })
	if o.alliances != "" {
		from(o.alliances, func(n string, r io.Reader) (err error) { s.Alliances, err = demo.ReadAlliances(n, r, tax); return })
	}
	return s, errors.Join(errs...)
}

// know asks that what the flags name is in the files.
func (o matchOptions) know(s demo.Set) error {
	if o.challenge != "" && !slices.ContainsFunc(s.Challenges, func(c demo.Challenge) bool { return c.Code == o.challenge }) {
		return fmt.Errorf("--challenge: there is no challenge %q", o.challenge)
	}
	team := func(flag, code string) error {
		if code == "" || slices.ContainsFunc(s.Teams, func(t demo.Team) bool { return t.Code == code }) {
			return nil
		}
		return fmt.Errorf("%s: there is no team %q", flag, code)
	}
	errs := []error{team("--team", o.team)}
	for _, code := range o.compare {
		errs = append(errs, team("--compare", code))
	}
	return errors.Join(errs...)
}
