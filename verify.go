package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"jiebang/matching/draw"
)

const verifyUsage = `usage: jiebang verify draw FILE...

Makes a published draw of experts again from its public files alone, without a server, and
says whether it is the one that was published. FILE may be - for standard input.

The files hold JSON objects with the parts of one record, each part once:

  format        "jiebang-draw/1", in any of them
  announced     published before: at, subject, rules {size, reserves, per_unit,
                min_share_technology, need_industry, need_finance}, eligible — a list of
                {id, unit, kind, reviews, cap} —, eligible_digest, seed_commitment, and
                beacon, where a public number is mixed in: where and when it will be read
  revealed      published after: at, secret, and what the beacon said
  drawn         version, members and reserves, each {place, expert, hash}
  replacements  at, dropped, reason, and the members and reserves after it

What is checked: that the list has the digest and the secret the commitment that were announced, and
were announced before; that the order of all tickets, the rules and the list give these members
and reserves; and that every replacement follows from the one before. Each can be done by hand:

  printf 'jiebang draw seed v1\n%s' "$SECRET" | sha256sum              the commitment
  printf 'jiebang draw v1\n%s\n%s' "$SECRET" "$EXPERT" | sha256sum     a ticket; with a beacon the
                                                     seed is secret, newline, beacon
  LC_ALL=C sort list.tsv | sha256sum                 the digest: id, unit, kind, reviews, cap by tabs

Exit codes: 0 the draw is as published, 1 it is not, 2 called wrongly or a file cannot be read.
`

// verifyCommand is "jiebang verify": it checks what was published from the published files alone.
func verifyCommand(args []string, in io.Reader, out, errOut io.Writer) int {
	f := flag.NewFlagSet("verify", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.Usage = func() { _, _ = io.WriteString(errOut, verifyUsage) }
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if f.Arg(0) != "draw" || f.NArg() < 2 {
		fmt.Fprintln(errOut, "jiebang verify: want `draw` and at least one FILE; --help says more")
		return 2
	}
	if err := f.Parse(f.Args()[1:]); err != nil { // flags after the word
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	var r draw.Record
	for _, name := range f.Args() {
		if err := readDrawPart(name, in, &r); err != nil {
			fmt.Fprintln(errOut, err)
			return 2
		}
	}
	p, err := draw.Check(r)
	if err != nil {
		for _, l := range strings.Split(err.Error(), "\n") {
			fmt.Fprintln(out, "✗", l)
		}
		fmt.Fprintln(out, "抽取结果与公布的不一致。The draw is not as published.")
		return 1
	}
	fmt.Fprintf(out, "✓ %d eligible experts, digest %s\n", len(r.Announced.Eligible), r.Announced.Digest)
	fmt.Fprintf(out, "✓ seed fixed by %s before it was revealed\n", r.Announced.Commitment)
	fmt.Fprintf(out, "✓ members %s\n✓ reserves %s\n", seatNames(p.Members), seatNames(p.Reserves))
	if n := len(r.Replacements); n > 0 {
		fmt.Fprintf(out, "✓ %d replacements\n", n)
	}
	fmt.Fprintln(out, "抽取结果与公布的一致。The draw is as published.")
	return 0
}

func seatNames(list []draw.Ticket) string {
	var out []string
	for _, t := range list {
		out = append(out, t.Expert.ID)
	}
	if len(out) == 0 {
		return "(none)"
	}
	return strings.Join(out, ", ")
}

// readDrawPart adds the parts of a record that a file holds; no part may come twice.
func readDrawPart(name string, in io.Reader, into *draw.Record) error {
	shown := filepath.ToSlash(name)
	var raw []byte
	var err error
	if name == "-" {
		shown = "standard input"
		raw, err = io.ReadAll(in)
	} else {
		raw, err = os.ReadFile(name)
	}
	if err != nil {
		return fmt.Errorf("%s: cannot be read: %w", shown, err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	for {
		var part draw.Record
		err := dec.Decode(&part)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			at := dec.InputOffset()
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				at = syntax.Offset
			}
			return fmt.Errorf("%s:%d: %w", shown, 1+bytes.Count(raw[:min(int(at), len(raw))], []byte{'\n'}), jsonFault(err))
		}
		if err := mergeDraw(into, part); err != nil {
			return fmt.Errorf("%s: %w", shown, err)
		}
	}
}

func mergeDraw(into *draw.Record, part draw.Record) error {
	switch {
	case part.Format != "" && into.Format != "" && part.Format != into.Format:
		return fmt.Errorf("format: is %q, and %q in another file", part.Format, into.Format)
	case part.Announced != nil && into.Announced != nil:
		return errors.New("announced: stands in two places")
	case part.Revealed != nil && into.Revealed != nil:
		return errors.New("revealed: stands in two places")
	case part.Drawn != nil && into.Drawn != nil:
		return errors.New("drawn: stands in two places")
	case part.Replacements != nil && into.Replacements != nil:
		return errors.New("replacements: stand in two places")
	}
	if part.Format != "" {
		into.Format = part.Format
	}
	if part.Announced != nil {
		into.Announced = part.Announced
	}
	if part.Revealed != nil {
		into.Revealed = part.Revealed
	}
	if part.Drawn != nil {
		into.Drawn = part.Drawn
	}
	if part.Replacements != nil {
		into.Replacements = part.Replacements
	}
	return nil
}
