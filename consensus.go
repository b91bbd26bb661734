package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"text/tabwriter"

	"jiebang/matching/consensus"
)

const consensusUsage = `usage: jiebang consensus [flags] FILE|-
       jiebang consensus --study DIR [--panels-each N]

Makes one value per bid of what several experts scored, without a server: takes
out how harsh each expert is, lets scores that are out of line weigh less, and
says how firm every value and place is. The plain mean, the trimmed mean (one
highest and one lowest left out) and the mean of the experts' z-scores stand
beside it. What the model is and what it promises: go doc jiebang/matching/consensus.

FILE is a table of scores; - reads standard input. Either CSV, whose first line
names the columns in any order:
    bid        what is judged (required)
    expert     who judged; reviewer is understood too (required)
    score      a number (required)
    panel      those who judge together; every panel is calibrated by itself
    criterion  where sheets have several scores; then every sheet of a panel needs
               all of the panel's criteria
    order      as which of the expert's sheets it was filled in, from 1, to see drift
or JSON: an array of objects with these names, or one object a line. Any other
column or name is an error, and so is a second score for the same thing.

Printed are JSON objects, one a line: for every panel, by name, first
    {"kind":"panel","panel":…,"withheld":[…],"spread":{…},"agreement":{…},"experts":[…],"asks":[…],…}
then its bids, the highest calibrated value first
    {"kind":"bid","panel":…,"bid":…,"place":…,"calibrated":…,"se":…,"low":…,"high":…,
     "mean":…,"trimmed":…,"z":…,"expected_rank":…,"p_rank":[…],"beats_next":…,"tied":…,"band":…}
se, low and high are the standard error and the 95 % interval against the mean of
all bids; p_rank the chances of rank 1, 2, … (zeros at the end left out); tied
says that a bid beats the next with a chance below 0.8; a band holds all those
whom its first does not lead by that much. place is missing where the strict
order is withheld: agreement (Krippendorff's alpha, interval) below 0.4, bids
that share no expert with others, or no bid with two scores. Fields that need
two scores of a bid are missing where no bid has them.

--truth compares with what is known to be true: Kendall's tau-b, the share of the
true best tenth (at least one) that is found among as many best, a tie counting
by halves, and how often the interval holds the truth, both taken round their
means; averaged over panels.

The same table, in any order, gives the same bytes. Exit: 0 done, 1 the answer
cannot be written, 2 a flag or a file is wrong.

`

// consensusCommand is "jiebang consensus": it calibrates tables of scores out
// of files, without a database. It returns 0, 1 when the answer cannot be
// written, or 2 when what it was given is wrong, with every fault on errOut.
func consensusCommand(args []string, in io.Reader, out, errOut io.Writer) int {
	o, err := consensusFlags(args, errOut)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	if o.study != "" {
		if err := writeStudy(o.study, o.panelsEach); err != nil {
			fmt.Fprintln(errOut, err)
			return 1
		}
		return 0
	}
	panels, truth, err := o.read(in)
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	results, err := o.calibrate(panels)
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	if err := o.print(out, panels, results, truth); err != nil {
		fmt.Fprintln(errOut, "cannot write the answer:", err)
		return 1
	}
	return 0
}

type consensusOptions struct {
	file, truth, scenarios string
	weights                map[string]float64
	table, explain         bool
	seed                   uint64
	draws                  int
	study                  string
	panelsEach             int
}

func consensusFlags(args []string, errOut io.Writer) (consensusOptions, error) {
	var o consensusOptions
	var weights string
	f := flag.NewFlagSet("consensus", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.Usage = func() { fmt.Fprint(errOut, consensusUsage); f.PrintDefaults() }
	f.BoolVar(&o.table, "table", false, "print tables for people instead of JSON lines")
	f.BoolVar(&o.explain, "explain", false, "print with every bid how its value comes from the mean")
	f.StringVar(&weights, "weights", "", "weights of the criteria, as route=40,team=60 (default: equal)")
	f.StringVar(&o.truth, "truth", "", "print how near this `FILE` comes: CSV with the columns bid, true_quality and, where the scores have it, panel; others are passed over")
	f.StringVar(&o.scenarios, "panels", "", "JSON `FILE` of objects with panel and scenario: --truth then averages by scenario, and over scenarios")
	f.Uint64Var(&o.seed, "seed", 1, "of the draws for the chances of ranks")
	f.IntVar(&o.draws, "draws", 4000, "how many; a chance is known to about 1/(2·√draws); 0 leaves ranks out")
	f.StringVar(&o.study, "study", "", "run the simulation study and write consensus.svg and the table in consensus.md in `DIR`")
	f.IntVar(&o.panelsEach, "panels-each", 300, "panels of each scenario of the study")
	fail := func(format string, a ...any) (consensusOptions, error) {
		err := fmt.Errorf(format, a...)
		fmt.Fprintln(errOut, err)
		return o, err
	}
	for { // flags may stand on either side of the file
		if err := f.Parse(args); err != nil {
			return o, err
		}
		if f.NArg() == 0 {
			break
		}
		if o.file != "" {
			return fail("unexpected argument %q: want one file", f.Arg(0))
		}
		o.file, args = f.Arg(0), f.Args()[1:]
	}
	switch {
	case o.study != "" && o.file != "":
		return fail("--study plants its own panels; leave %q out", o.file)
	case o.study == "" && o.file == "":
		return fail("want a file of scores, or - for standard input; jiebang consensus --help says what it holds")
	case o.draws < 0 || o.draws > 10_000_000:
		return fail("--draws: %d is not within 0 and 10,000,000", o.draws)
	case o.panelsEach < 2 || o.panelsEach > 100_000:
		return fail("--panels-each: %d is not within 2 and 100,000", o.panelsEach)
	case o.scenarios != "" && o.truth == "":
		return fail("--panels groups what --truth prints; give that too")
	}
	if o.draws == 0 || o.truth != "" { // the truth is compared with values and intervals only
		o.draws = consensus.NoPlaces
	}
	var err error
	if o.weights, err = parseWeights(weights); err != nil {
		return fail("--weights: %v", err)
	}
	return o, nil
}

func parseWeights(s string) (map[string]float64, error) {
	out := map[string]float64{}
	if s == "" {
		return out, nil
	}
	for part := range strings.SplitSeq(s, ",") {
		name, value, ok := strings.Cut(part, "=")
		name = strings.TrimSpace(name)
		w, err := parseScore(strings.TrimSpace(value))
		if _, twice := out[name]; !ok || err != nil || w < 0 || twice {
			return nil, fmt.Errorf("%q is not of the form criterion=share, each criterion once and the share 0 or more", part)
		}
		out[name] = w
	}
	return out, nil
}

// open reads a file, or standard input.
func openInput(name string, in io.Reader, read func(shown string, r io.Reader) error) error {
	if name == "-" {
		return read("standard input", in)
	}
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("%s: cannot be opened: %w", filepath.ToSlash(name), errors.Unwrap(err))
	}
	defer f.Close()
	return read(filepath.ToSlash(name), f)
}

// calibrate does all panels, as many at a time as there are processors.
func (o consensusOptions) calibrate(panels []scoredPanel) ([]*consensus.Result, error) {
	results, errs := make([]*consensus.Result, len(panels)), make([]error, len(panels))
	var wait sync.WaitGroup
	seats := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, p := range panels {
		seats <- struct{}{}
		wait.Go(func() {
			results[i], errs[i] = consensus.Calibrate(p.panel, consensus.Options{Seed: o.seed, Draws: o.draws})
			if errs[i] != nil {
				errs[i] = fmt.Errorf("panel %q: %w", p.name, errs[i])
			}
			<-seats
		})
	}
	wait.Wait()
	return results, errors.Join(errs...)
}

// panelLine and bidLine are what is printed.
type panelLine struct {
	Kind      string              `json:"kind"`
	Panel     string              `json:"panel"`
	Version   string              `json:"version"`
	Bids      int                 `json:"bids"`
	Sheets    int                 `json:"sheets"`
	Withheld  []consensus.Reason  `json:"withheld"`
	Groups    [][]string          `json:"groups,omitempty"` // where there are several
	Spread    consensus.Spread    `json:"spread"`
	Agreement consensus.Agreement `json:"agreement"`
	Experts   []consensus.Expert  `json:"experts"`
	Asks      []consensus.Ask     `json:"asks"`
	Drift     *consensus.Drift    `json:"drift,omitempty"`
}

type bidLine struct {
	Kind       string            `json:"kind"`
	Panel      string            `json:"panel"`
	Bid        string            `json:"bid"`
	Place      int               `json:"place,omitempty"`
	Calibrated float64           `json:"calibrated"`
	SE         *float64          `json:"se,omitempty"`
	Low        *float64          `json:"low,omitempty"`
	High       *float64          `json:"high,omitempty"`
	Mean       float64           `json:"mean"`
	Trimmed    float64           `json:"trimmed"`
	Z          float64           `json:"z"`
	Sheets     int               `json:"sheets"`
	Expected   *float64          `json:"expected_rank,omitempty"`
	Ranks      []float64         `json:"p_rank,omitempty"`
	BeatsNext  *float64          `json:"beats_next,omitempty"`
	Tied       *bool             `json:"tied,omitempty"`
	Band       int               `json:"band,omitempty"`
	Criteria   []consensus.Value `json:"criteria,omitempty"`
	Sum        any               `json:"sum,omitempty"`
}

func (o consensusOptions) line(panel string, b consensus.Bid, last bool) bidLine {
	six := func(v float64) *float64 { v = math.Round(v*1e6) / 1e6; return &v }
	l := bidLine{Kind: "bid", Panel: panel, Bid: b.ID, Place: b.Place, Calibrated: *six(b.Calibrated), Mean: *six(b.Mean), Trimmed: *six(b.Trimmed),
		Z: *six(b.Z), Sheets: b.Sheets, Criteria: b.Criteria}
	if b.Error != nil {
		l.SE, l.Low, l.High = six(b.Error.SE), six(b.Error.Low), six(b.Error.High)
	}
	if s := b.Standing; s != nil {
		l.Expected, l.Ranks, l.Band = six(s.Expected), s.Ranks, s.Band
		if !last {
			l.BeatsNext, l.Tied = six(s.BeatsNext), &s.Tied
		}
	}
	if o.explain {
		l.Sum = b.Sum
	}
	return l
}

func (o consensusOptions) print(out io.Writer, panels []scoredPanel, results []*consensus.Result, truth *knownTruth) error {
	if truth != nil {
		return o.printTruth(out, truth.compare(panels, results))
	}
	if o.table {
		for i, p := range panels {
			if err := printPanel(out, p, results[i], o.explain); err != nil {
				return err
			}
		}
		return nil
	}
	to := json.NewEncoder(out)
	to.SetEscapeHTML(false)
	for i, p := range panels {
		r := results[i]
		l := panelLine{"panel", p.name, r.Version, len(r.Bids), len(p.panel.Sheets), r.Withheld, nil, r.Spread, r.Agreement, r.Experts, r.Asks, r.Drift}
		if len(r.Groups) > 1 {
			l.Groups = r.Groups
		}
		if err := to.Encode(l); err != nil {
			return err
		}
		for k, b := range r.Bids {
			if err := to.Encode(o.line(p.name, b, k+1 == len(r.Bids))); err != nil {
				return err
			}
		}
	}
	return nil
}

// withheldWords says why no strict order stands, to people.
func withheldWords(r consensus.Reason) string {
	switch r.Code {
	case consensus.Disconnected:
		return fmt.Sprintf("the bids fall into %v groups that share no expert, and nothing compares one with another: have a few bids of each judged by experts of the others", r.Args["groups"])
	case consensus.LowAgreement:
		return fmt.Sprintf("the experts hardly agree (Krippendorff's alpha %.2f, least %v; %.2f once severity is taken out): let them talk, or have more of them judge",
			r.Args["alpha"], r.Args["least"], r.Args["corrected"])
	case consensus.NoReplication:
		return "no bid has two scores, so nothing tells a good bid from a kind expert: have some judged twice"
	case consensus.NoDifference:
		return "all scores are equal"
	}
	return r.Code
}

func printPanel(out io.Writer, p scoredPanel, r *consensus.Result, explained bool) error {
	name := ""
	if p.name != "" {
		name = "panel " + p.name + ": "
	}
	fmt.Fprintf(out, "%s%d bids, %d experts, %d sheets", name, len(r.Bids), len(r.Experts), len(p.panel.Sheets))
	for _, k := range []struct {
		name  string
		value *float64
	}{{"alpha", r.Agreement.Total.Alpha.Interval}, {"ICC(1)", r.Agreement.Total.ICC1}, {"ICC(2,k)", r.Agreement.Total.ICC2k}, {"W", r.Agreement.Total.W}} {
		if k.value != nil {
			fmt.Fprintf(out, "; %s %.3f", k.name, *k.value)
		}
	}
	fmt.Fprintf(out, "\nnoise %.2f points a score; ", r.Spread.Noise)
	if r.Spread.Ratio > 0 {
		fmt.Fprintf(out, "severity of experts, %.2f points, taken out", r.Spread.Severity)
	} else {
		fmt.Fprint(out, "experts do not differ in severity beyond chance, nothing taken out")
	}
	if r.Spread.OutOfLine > 0.5 {
		fmt.Fprint(out, "; scores out of line weigh less")
	}
	fmt.Fprintln(out)
	for _, w := range r.Withheld {
		fmt.Fprintln(out, "no strict order:", withheldWords(w))
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "place\tbid\tcalibrated\tse\t95 % interval\tmean\ttrimmed\tz\tsheets\trank expected\tfirst\tband\t")
	for i, b := range r.Bids {
		place, se, interval, expected, first, band := "–", "", "", "", "", ""
		if b.Place > 0 {
			place = fmt.Sprint(b.Place)
		}
		if b.Error != nil {
			se, interval = fmt.Sprintf("%.2f", b.Error.SE), fmt.Sprintf("%.2f … %.2f", b.Error.Low, b.Error.High)
		}
		if s := b.Standing; s != nil {
			expected, first, band = fmt.Sprintf("%.1f", s.Expected), "0 %", fmt.Sprint(s.Band)
			if len(s.Ranks) > 0 {
				first = fmt.Sprintf("%.0f %%", 100*s.Ranks[0])
			}
			if s.Tied && i+1 < len(r.Bids) {
				band += " tie with next"
			}
		}
		fmt.Fprintf(t, "%s\t%s\t%.2f\t%s\t%s\t%.2f\t%.2f\t%+.2f\t%d\t%s\t%s\t%s\t\n", place, b.ID, b.Calibrated, se, interval, b.Mean, b.Trimmed, b.Z, b.Sheets, expected, first, band)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if explained {
		for _, b := range r.Bids {
			fmt.Fprintf(out, "%s:", b.ID)
			for _, part := range b.Sum.Parts {
				fmt.Fprintf(out, " %s", part.Name)
				if who := part.Args["id"]; who != nil {
					fmt.Fprintf(out, " of %v", who)
				}
				fmt.Fprintf(out, " %+.2f", part.Value)
			}
			fmt.Fprintf(out, " = %.2f\n", b.Calibrated)
		}
	}
	for _, a := range r.Asks {
		switch a.Code {
		case consensus.OutOfLine:
			fmt.Fprintf(out, "ask %s about %s: scored %.4g%s, %.1f expected from all other scores (%.1f deviations); it counts %.0f %%\n",
				a.Expert, a.Bid, a.Score, of(a.Criterion), a.Expected, a.Z, 100*a.Weight)
		case consensus.Flat:
			fmt.Fprintf(out, "ask %s: the same total for every bid\n", a.Expert)
		case consensus.Drifting:
			fmt.Fprintf(out, "ask %s: scores move as the expert goes on\n", a.Expert)
		}
	}
	_, err := fmt.Fprintln(out)
	return err
}

func of(criterion string) string {
	if criterion == "" {
		return ""
	}
	return " for " + criterion
}
