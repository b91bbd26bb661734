package main

import (
	"encoding/json"
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
	"jiebang/matching/explain"
	"jiebang/matching/fit"
	"jiebang/matching/gate"
)

const matchUsage = `usage: jiebang match --taxonomy FILE --challenges FILE --teams FILE [flags]

Ranks the teams for each challenge and says why. Files have the shape of
demo/*.json, or hold an object a line; one of them may be - for standard input.
Without any file the built-in sample is taken.

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
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	if err := o.print(out, set); err != nil {
		fmt.Fprintln(errOut, "cannot write the answer:", err)
		return 1
	}
	return 0
}

type matchOptions struct {
	taxonomy, challenges, teams, alliances string
	challenge                              string
	at                                     time.Time
	json, explain                          bool
	top                                    int
}

func matchFlags(args []string, errOut io.Writer) (matchOptions, error) {
	var o matchOptions
	var at string
	f := flag.NewFlagSet("match", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.Usage = func() { fmt.Fprint(errOut, matchUsage); f.PrintDefaults() }
	f.StringVar(&o.taxonomy, "taxonomy", "", "tags and chains")
	f.StringVar(&o.challenges, "challenges", "", "challenges")
	f.StringVar(&o.teams, "teams", "", "teams")
	f.StringVar(&o.alliances, "alliances", "", "alliances; read and checked, they change no score")
	f.StringVar(&o.challenge, "challenge", "", "code of the one challenge to rank for")
	f.StringVar(&at, "at", "", "day to rank at, YYYY-MM-DD (default: the newest year among the evidence)")
	f.BoolVar(&o.json, "json", false, "print one JSON object a challenge and line")
	f.BoolVar(&o.explain, "explain", false, "print every part of every score")
	f.IntVar(&o.top, "top", 0, "print only so many teams a challenge; 0 is all")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	fail := func(format string, a ...any) (matchOptions, error) {
		err := fmt.Errorf(format, a...)
		fmt.Fprintln(errOut, err)
		return o, err
	}
	if f.NArg() > 0 {
		return fail("unexpected argument %q", f.Arg(0))
	}
	if o.top < 0 {
		return fail("--top: %d is negative", o.top)
	}
	given := []string{o.taxonomy, o.challenges, o.teams}
	if slices.Contains(given, "") && strings.Join(append(given, o.alliances), "") != "" {
		return fail("want --taxonomy, --challenges and --teams together")
	}
	stdin := 0
	for _, name := range append(given, o.alliances) {
		if name == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return fail("only one file can be standard input")
	}
	if at != "" {
		t, err := time.Parse(time.DateOnly, at)
		if err != nil {
			return fail("--at: %q is no day of the form YYYY-MM-DD", at)
		}
		o.at = t
	}
	return o, nil
}

// read takes all the files in, and reports what is wrong with any of them.
func (o matchOptions) read(in io.Reader) (demo.Set, error) {
	if o.taxonomy == "" {
		set, err := demo.Load()
		return o.choose(set, err)
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
			errs = append(errs, demo.Problem{File: name, Reason: "cannot be opened: " + errors.Unwrap(err).Error()})
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
	return o.choose(s, errors.Join(errs...))
}

func (o matchOptions) choose(s demo.Set, err error) (demo.Set, error) {
	if err != nil || o.challenge == "" {
		return s, err
	}
	s.Challenges = slices.DeleteFunc(s.Challenges, func(c demo.Challenge) bool { return c.Code != o.challenge })
	if len(s.Challenges) == 0 {
		return s, fmt.Errorf("--challenge: there is no challenge %q", o.challenge)
	}
	return s, nil
}

// rankSet ranks the teams of a sample for each of its challenges, in the order
// of the file.
func rankSet(s demo.Set, at time.Time) [][]fit.Match {
	cat := fitCatalogue(s, at)
	teams := make([]fit.Team, len(s.Teams))
	for i, t := range s.Teams {
		teams[i] = fitTeam(t)
	}
	out := make([][]fit.Match, len(s.Challenges))
	for i, c := range s.Challenges {
		out[i] = fit.Rank(fitChallenge(c), teams, cat)
	}
	return out
}

// provinceOnly is the condition, in words, that closes a challenge to units
// from elsewhere.
const provinceOnly = "省内注册"

func fitChallenge(c demo.Challenge) fit.Challenge {
	out := fit.Challenge{
		Code: c.Code, Title: c.Title, Text: c.Background + "。" + c.Need, Type: c.Type,
		Owner: gate.Org{Code: c.Owner.USCC, Name: c.Owner.Name},
		Chain: c.IndustryChain, Domains: c.DomainTags, IPC: c.IPC, Disciplines: c.Disciplines,
		TRLCurrent: c.TRLCurrent, TRLTarget: c.TRLTarget,
	}
	for _, s := range c.BidderConditions {
		out.InProvinceOnly = out.InProvinceOnly || strings.Contains(s, provinceOnly)
	}
	for _, r := range c.Required {
		out.Needs = append(out.Needs, gate.Need{Tag: r.Tag, Name: r.NameZh, Must: r.Must, Min: r.MinLevel})
	}
	return out
}

func fitTeam(t demo.Team) fit.Team {
	out := fit.Team{
		Code: t.Code, Name: t.Name, Chains: t.IndustryChains, IPC: t.IPC, Disciplines: t.Disciplines,
		Home:   gate.Org{Code: t.Institution.USCC, Name: t.Institution.Name, Kind: t.Institution.Type, InProvince: t.Institution.InProvince},
		TRLLow: t.TRLRange[0], TRLHigh: t.TRLRange[1],
	}
	for _, d := range t.DomainTags {
		out.Domains = append(out.Domains, fit.Level{Tag: d.Tag, Level: d.Level})
	}
	for _, c := range t.CapabilityTags {
		out.Capabilities = append(out.Capabilities, fit.Level{Tag: c.Tag, Level: c.Level, Verified: c.Verified})
	}
	for i, e := range t.EvidenceItems {
		if e.VerifyStatus == "rejected" {
			continue
		}
		out.Evidence = append(out.Evidence, fit.Evidence{ID: fmt.Sprintf("%s-E%d", t.Code, i+1), Kind: e.Kind, Title: e.Title,
			Year: e.Year, Verified: e.VerifyStatus == "verified", Tags: e.Tags})
	}
	for i, e := range t.Equipment {
		out.Evidence = append(out.Evidence, fit.Evidence{ID: fmt.Sprintf("%s-Q%d", t.Code, i+1), Kind: "equipment", Title: e})
	}
	for i, e := range t.PilotLines {
		out.Evidence = append(out.Evidence, fit.Evidence{ID: fmt.Sprintf("%s-P%d", t.Code, i+1), Kind: "pilot_line", Title: e})
	}
	if r := t.TrackRecord; r != nil {
		out.Track = fit.Track{Completed: r.Completed, OnTime: r.OnTime, FirstPass: r.AcceptedFirstTime, Terminated: r.Terminated, Exempt: r.Exempt}
	}
	if t.Capacity != nil {
		out.Ongoing, out.Max = t.Capacity.Ongoing, t.Capacity.MaxConcurrent
	}
	if t.Integrity != nil && t.Integrity.Status == "blocked" {
		out.Records = []gate.Record{{Subject: t.Code, Act: t.Integrity.StatusZh}}
	}
	return out
}

func fitCatalogue(s demo.Set, at time.Time) fit.Catalogue {
	cat := fit.Catalogue{At: at}
	for _, g := range s.Taxonomy.Roots {
		cat.Tags = append(cat.Tags, fit.Tag{Code: g.Code, Name: g.NameZh, NameEn: g.NameEn})
	}
	for _, g := range s.Taxonomy.Domains {
		cat.Tags = append(cat.Tags, fit.Tag{Code: g.Code, Parent: g.Parent, Name: g.NameZh, NameEn: g.NameEn, Synonyms: g.Synonyms})
	}
	for _, g := range s.Taxonomy.Capabilities {
		cat.Capabilities = append(cat.Capabilities, fit.Tag{Code: g.Code, Name: g.NameZh, NameEn: g.NameEn, Synonyms: g.Synonyms})
	}
	for _, c := range s.Taxonomy.Catalogues {
		for _, chain := range c.Chains {
			cat.Chains = append(cat.Chains, fit.Chain{Code: chain.Code, MapsTo: chain.MapsTo})
		}
	}
	year := 0
	for _, t := range s.Teams {
		for _, a := range t.AffiliatedWith {
			cat.Links = append(cat.Links, gate.Link{Parent: a.OwnerUSCC, Child: t.Institution.USCC})
		}
		for _, e := range t.EvidenceItems {
			year = max(year, e.Year)
		}
	}
	if at.IsZero() && year > 0 {
		cat.At = time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	return cat
}

// The answer on a line of JSON.
type (
	matchLine struct {
		Challenge string      `json:"challenge"`
		Version   string      `json:"version"`
		Teams     []matchTeam `json:"teams"`
	}
	matchTeam struct {
		Team     string        `json:"team"`
		Place    int           `json:"place"`
		FitPlace int           `json:"fit_place"`
		Score    float64       `json:"score"`
		Eligible bool          `json:"eligible"`
		Gates    []gate.Reason `json:"gates"`
		Parts    []explain.Sum `json:"parts"`
		Missing  []fit.Gap     `json:"missing"`
		Raise    []fit.Step    `json:"raise"`
	}
)

func (o matchOptions) print(out io.Writer, s demo.Set) error {
	names := map[string]string{}
	for _, t := range s.Teams {
		names[t.Code] = t.Name
	}
	for i, ms := range rankSet(s, o.at) {
		if o.top > 0 {
			ms = ms[:min(o.top, len(ms))]
		}
		var err error
		if o.json {
			err = printJSON(out, s.Challenges[i].Code, ms)
		} else {
			err = o.printText(out, s.Challenges[i], ms, names)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func printJSON(out io.Writer, challenge string, ms []fit.Match) error {
	line := matchLine{Challenge: challenge, Version: fit.Defaults().Version, Teams: []matchTeam{}}
	for _, m := range ms {
		line.Teams = append(line.Teams, matchTeam{m.Team, m.Place, m.FitPlace, m.Score, m.Eligible, m.Gates, m.Sum.Parts, m.Missing, m.Raise})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(line)
}

func (o matchOptions) printText(out io.Writer, c demo.Challenge, ms []fit.Match, names map[string]string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", c.Code, c.Title)
	for _, m := range ms {
		mark := ""
		if !m.Eligible {
			mark = fmt.Sprintf("  不可揭榜（按得分排第 %d）", m.FitPlace)
		}
		fmt.Fprintf(&b, "%4d  %6.2f  %s %s%s\n", m.Place, m.Score, m.Team, names[m.Team], mark)
		for _, g := range m.Gates {
			if g.Hard || o.explain {
				fmt.Fprintf(&b, "              %s: %s\n", g.Code, g.Reason)
			}
		}
		if o.explain {
			for _, p := range m.Sum.Parts {
				printPart(&b, p, 14)
			}
			for _, r := range m.Raise {
				fmt.Fprintf(&b, "              +%.2f %s %s%s\n", r.Gain, r.Action, r.Tag, r.Title)
			}
		}
	}
	b.WriteByte('\n')
	_, err := io.WriteString(out, b.String())
	return err
}

func printPart(b *strings.Builder, p explain.Sum, indent int) {
	label := p.Name
	for _, k := range []string{"tag", "title", "id"} {
		if v, ok := p.Args[k]; ok {
			label += fmt.Sprintf(" %v", v)
		}
	}
	fmt.Fprintf(b, "%*s%6.2f %s\n", indent, "", p.Value, label)
	for _, q := range p.Parts {
		printPart(b, q, indent+4)
	}
}
