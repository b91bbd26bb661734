package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"jiebang/matching/names"
)

const conflictUsage = `usage: jiebang conflict names [flags] FILE|-

Says of pairs of names whether they mean the same or related units, or the same person, as
one must know before somebody judges: short names, former names, departments, hospitals,
subsidiaries, acronyms, initials, in Chinese and English. Nothing is stored and no server is
needed. What counts as related: docs/conflict.md.

FILE holds one pair, one a line, a list, or an object whose "cases" is a list; - reads standard
input. A pair has

  a, b     what is compared: "Name (Unit)", "Name" or "Unit"
  mode     "guess" (the default): a shared name or a shared unit is enough; any other word:
           where both have a name, the names must agree
  match    what is known to be true; --score compares with it
  id       what the answer is called; without it the number of the pair, from 1

and may say test, source, source_line and notes, which change nothing. A field that is not known is a
fault.

Printed is one JSON object a line: id, a, b, match, kind, and left and right where a unit was
understood as another than it is written. Kinds: same, alias (short or former name, acronym,
other language), part (of the other), colleague (two parts of one unit), person; and without a
match name_alone (one name, two units, and names of its kind are common), siblings (under one
umbrella, or two hospitals of one university), different. name_alone may match where the name is rare.

--score prints a last object: {"kind":"score","pairs":…,"precision":…,"recall":…,"f1":…,"wrong":[ids]}.
Precision is 1 where nothing is said to match, recall where nothing does.

Exit codes: 0 all answered, 1 not written, 2 called wrongly or a pair has a fault; the others are
answered all the same.

`

type namePair struct {
	ID         any    `json:"id"`
	A          string `json:"a"`
	B          string `json:"b"`
	Mode       string `json:"mode"`
	Match      *bool  `json:"match"`
	Test       string `json:"test"`
	Source     any    `json:"source"`
	SourceLine int    `json:"source_line"`
	Notes      any    `json:"notes"`
}

type nameAnswer struct {
	ID any    `json:"id"`
	A  string `json:"a"`
	B  string `json:"b"`
	names.Answer
	Error string `json:"error,omitempty"`
}

type nameScore struct {
	Kind      string  `json:"kind"`
	Pairs     int     `json:"pairs"`
	Right     int     `json:"right"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Wrong     []any   `json:"wrong"`
}

// conflictCommand is "jiebang conflict names": it compares names out of files, without a
// database.
func conflictCommand(args []string, in io.Reader, out, errOut io.Writer) int {
	file, score, err := conflictFlags(args, errOut)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			fmt.Fprintf(errOut, "jiebang conflict: %v\n", err)
			return 2
		}
		defer f.Close()
		in = f
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	code, n := 0, 0
	var tally nameTally
	err = readQuestions(file, in, func(line int, raw json.RawMessage) error {
		n++
		answer, fault := compareNames(raw, n, &tally)
		if fault != nil {
			fmt.Fprintf(errOut, "jiebang conflict: %s, line %d: %v\n", file, line, fault)
			answer.Error, code = fault.Error(), 2
		}
		if err := enc.Encode(answer); err != nil {
			return errWrite{err}
		}
		return nil
	})
	if err == nil && score {
		if err = enc.Encode(tally.score()); err != nil {
			err = errWrite{err}
		}
	}
	var write errWrite
	switch {
	case errors.As(err, &write):
		fmt.Fprintln(errOut, "jiebang conflict: cannot write the answer:", err)
		return 1
	case err != nil:
		fmt.Fprintln(errOut, "jiebang conflict:", err)
		return 2
	}
	return code
}

func conflictFlags(args []string, errOut io.Writer) (file string, score bool, err error) {
	f := flag.NewFlagSet("conflict names", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.Usage = func() { fmt.Fprint(errOut, conflictUsage); f.PrintDefaults() }
	f.BoolVar(&score, "score", false, "compare with what each pair says is true, and print precision and recall")
	fail := func(format string, a ...any) (string, bool, error) {
		err := fmt.Errorf(format, a...)
		fmt.Fprintln(errOut, "jiebang conflict:", err)
		return "", false, err
	}
	rest := args
	var words []string
	for { // flags may stand on either side of the file
		if err := f.Parse(rest); err != nil {
			return "", false, err
		}
		if f.NArg() == 0 {
			break
		}
		words, rest = append(words, f.Arg(0)), f.Args()[1:]
	}
	switch {
	case len(words) == 0 || words[0] != "names":
		return fail("want the word names and a file; jiebang conflict --help says more")
	case len(words) == 1:
		return fail("want a file of pairs, or - for standard input; jiebang conflict --help says what it holds")
	case len(words) > 2:
		return fail("unexpected argument %q: want one file", words[2])
	}
	return words[1], score, nil
}

// compareNames answers one pair and counts it where its truth is known.
func compareNames(raw json.RawMessage, n int, tally *nameTally) (nameAnswer, error) {
	var p namePair
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	err := dec.Decode(&p)
	a := nameAnswer{ID: p.ID, A: p.A, B: p.B}
	if a.ID == nil {
		a.ID = n
	}
	switch {
	case err != nil:
		return a, fmt.Errorf("pair %d: %w", n, err)
	case p.A == "" || p.B == "":
		return a, fmt.Errorf("pair %d: wants both a and b", n)
	}
	a.Answer = names.Match(p.A, p.B, p.Mode != "" && p.Mode != "guess")
	if p.Match != nil {
		tally.add(a, *p.Match)
	}
	return a, nil
}

type nameTally struct {
	hit, extra, missed, pairs int
	wrong                     []any
}

func (t *nameTally) add(a nameAnswer, truth bool) {
	t.pairs++
	switch {
	case a.Match && truth:
		t.hit++
	case a.Match:
		t.extra++
	case truth:
		t.missed++
	}
	if a.Match != truth {
		t.wrong = append(t.wrong, a.ID)
	}
}

func (t *nameTally) score() nameScore {
	s := nameScore{Kind: "score", Pairs: t.pairs, Right: t.pairs - t.extra - t.missed, Precision: 1, Recall: 1, Wrong: t.wrong}
	if t.hit+t.extra > 0 {
		s.Precision = float64(t.hit) / float64(t.hit+t.extra)
	}
	if t.hit+t.missed > 0 {
		s.Recall = float64(t.hit) / float64(t.hit+t.missed)
	}
	if s.Precision+s.Recall > 0 {
		s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	}
	if s.Wrong == nil {
		s.Wrong = []any{}
	}
	return s
}
