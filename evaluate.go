package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"jiebang/demo"
	"jiebang/internal/embedding"
	"jiebang/matching/measure"
)

const evaluateUsage = `usage: jiebang evaluate [flags] DIR

Judges the matching engine, as it is shipped, on pairs whose truth is known, and
prints each figure with its 95 % bootstrap interval, beside the scores of other
methods where the files hold any; the difference to another method has the
interval of the difference itself (paired bootstrap). Nothing can be set for one
set alone. Nothing leaves this machine, unless --embedding names a service: then
its vectors are one channel more of the likeness of words, and it is sent every
text of the sets.

DIR, or each folder in it, holds one set, and its files tell of which kind. A
file name.ext may lie there in several parts, as name_PART.ext; a file without a
part belongs to all. Text is UTF-8; .jsonl is one JSON object a line; the first
line of a .csv names its columns. Fields not named here are passed over.

  EXPERTS RATED THINGS (the loss of arXiv 2303.16750)
    docs.jsonl            {"id", "title", "abstract"}: everything there is to read
    evaluations_PART.csv  reviewer,doc,expertise: a higher number is known better
    profiles_PART.json    {"REVIEWER": ["DOC", ...]}, or a list of such objects
    peer_scores_PART.csv  list,reviewer,doc and a column for each other method
                          (optional; list counts the profiles from 1)
  PAIRS OF EXPERTS FOR A PAPER, OR OF PAPERS FOR AN EXPERT
    docs.jsonl            as above
    experts.json          {"EXPERT": ["DOC", ...]}
    paper_centric_pairs_PART.csv   paper,expert_a,expert_b,familiarity_a,familiarity_b
    expert_centric_pairs_PART.csv  expert,paper_a,paper_b,familiarity_a,familiarity_b
                          one of the two may be missing; further columns NAME_a,NAME_b
                          are the scores of another method
  TEAMS FOR A CHALLENGE: your own history can be given this shape
    challenges_PART.jsonl {"id", "title", "abstract", "keywords": [...]} and what is true,
                          "gains": {"TEAM": how well it did, ...} or "discipline": "TAG";
                          "absent_keywords": [...], those not in the abstract, are looked
                          up among all texts
    teams_PART.jsonl      {"id", "evidence": ["ID", ...], "main": "TAG"}
    evidence_PART.jsonl   {"id", "text", "discipline": "TAG"}
    taxonomy.csv          discipline,category,category_en: the tags and what is above them
                          (optional, as "discipline" and "main" are: no tags, no TAG track)
    tag_pairs_PART.csv    discipline_a,discipline_b,shares_keyword: 1 if two texts of these
                          tags share a rare keyword, 0 if not (optional)
    Challenges ask by their title, keywords, or title and abstract. TEXT ranks the teams by
    the likeness of words alone, TAG by guessed tags alone, FIT by the whole score.

The same flags and files give the same bytes. Exit: 0 judged, 1 the answer cannot
be written, 2 a flag or a file is wrong.

`

// evaluateCommand is "jiebang evaluate": it judges the engine on files of known
// truth. It returns 0, 1 when the answer cannot be written, or 2 when what it
// was given is wrong, with every fault on errOut.
func evaluateCommand(args []string, out, errOut io.Writer) int {
	o, err := evaluateFlags(args, errOut)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2
	}
	told := newProgress(errOut, o.progress)
	figures, err := o.evaluate(told)
	told.end()
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	if err := printFigures(out, figures, o.json); err != nil {
		fmt.Fprintln(errOut, "cannot write the answer:", err)
		return 1
	}
	return 0
}

// embeddingKey is the variable that holds the key of an embedding service; on a command line
// everybody on the machine could read it.
const embeddingKey = prefix + "EMBEDDING_KEY"

type evaluateOptions struct {
	dir            string
	json, progress bool
	seed           uint64
	resamples      int
	embedding      *embedding.Model // nil: texts are compared by what they teach alone
}

func evaluateFlags(args []string, errOut io.Writer) (evaluateOptions, error) {
	var o evaluateOptions
	f := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.Usage = func() { fmt.Fprint(errOut, evaluateUsage); f.PrintDefaults() }
	f.BoolVar(&o.json, "json", false, "print one JSON object a figure and line")
	f.BoolVar(&o.progress, "progress", false, "say how far it is even where the error stream is no terminal")
	f.Uint64Var(&o.seed, "seed", 1, "where training and resampling start")
	f.IntVar(&o.resamples, "resamples", 2000, "how often the units are drawn anew for an interval; 0 gives no intervals")
	service := f.String("embedding", "", "address of an embedding service, as http://127.0.0.1:8081/v1; its key is read from "+embeddingKey)
	model := f.String("embedding-model", "", "name of the service's model")
	fail := func(format string, a ...any) (evaluateOptions, error) {
		err := fmt.Errorf(format, a...)
		fmt.Fprintln(errOut, err)
		return o, err
	}
	for { // flags may stand on either side of the directory
		if err := f.Parse(args); err != nil {
			return o, err
		}
		if f.NArg() == 0 {
			break
		}
		if o.dir != "" {
			return fail("unexpected argument %q: want one directory", f.Arg(0))
		}
		o.dir, args = f.Arg(0), f.Args()[1:]
	}
	if o.dir == "" {
		return fail("want the directory with the sets; jiebang evaluate --help says what lies in it")
	}
	if o.resamples < 0 || o.resamples > 1_000_000 {
		return fail("--resamples: %d is not within 0 and 1000000", o.resamples)
	}
	var err error
	if o.embedding, err = embedding.New(*service, *model, os.Getenv(embeddingKey)); err != nil {
		return fail("--embedding: %w", err)
	}
	return o, nil
}

// evaluate judges the sets in the directory and its folders, in the order of
// their names.
func (o evaluateOptions) evaluate(told *progress) ([]figure, error) {
	paths, err := foldersIn(o.dir)
	if err != nil {
		return nil, err
	}
	var figures []figure
	var errs []error
	for _, path := range paths {
		d, err := openFolder(path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		j := judge{evaluateOptions: o, folder: d, told: told}
		j.ratings()
		j.pairs()
		j.challenges()
		figures = append(figures, j.figures...)
		errs = append(errs, d.err())
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(figures) == 0 {
		return nil, demo.Problem{File: filepath.ToSlash(o.dir), Reason: "holds no set: there is no evaluations*.csv, *_centric_pairs*.csv " +
			"or challenges*.jsonl in it nor in its folders; jiebang evaluate --help says what a set is"}
	}
	return figures, nil
}

// foldersIn are the directory and the directories in it.
func foldersIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, demo.Problem{File: filepath.ToSlash(dir), Reason: "cannot be read: " + reason(err).Error()}
	}
	out := []string{dir}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			out = append(out, path)
		}
	}
	return out, nil
}

// judge is the judging of one folder. What is wrong with its files is told to the folder.
type judge struct {
	evaluateOptions
	*folder
	told    *progress
	part    string
	engine  string
	figures []figure
}

// figure is one line of the answer: what was measured, or why it was not.
type figure struct {
	Set     string      `json:"set"`
	Part    string      `json:"part,omitempty"`
	Engine  string      `json:"engine,omitempty"` // versions of what was trained: equal ones give equal figures
	Metric  string      `json:"metric"`
	Value   number      `json:"value"`
	Low     number      `json:"low"`
	High    number      `json:"high"`
	Better  improvement `json:"better,omitempty"`
	N       int         `json:"n"`
	Unit    string      `json:"unit,omitempty"`
	Goal    *goal       `json:"goal,omitempty"`
	Peers   []peer      `json:"peers,omitempty"`
	Missing string      `json:"missing,omitempty"`
}

// peer is another method on the same units, and ours less its value.
type peer struct {
	Name       string `json:"name"`
	Value      number `json:"value"`
	Low        number `json:"low"`
	High       number `json:"high"`
	Difference number `json:"difference"`
	DiffLow    number `json:"difference_low"`
	DiffHigh   number `json:"difference_high"`
}

// number is null in JSON where nothing could be measured.
type number float64

func (n number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, "%.6f", float64(n)), nil
}

// improvement is the way in which a figure gets better.
type improvement string

const (
	higher   improvement = "higher"
	lower    improvement = "lower"
	nearZero improvement = "near 0"
)

// goal is what a figure has to reach.
type goal struct {
	Value number `json:"value"`
	Met   bool   `json:"met"`
}

// goals are what the shipped engine has to reach on the published sets, by folder
// and metric; where a set is the user's own, only the bias by size has one.
var goals = map[string]float64{
	"gold_reviewer_paper loss":             0.225,
	"lr_bench paper-centric loss":          0.222,
	"csl_match title TEXT nDCG@10":         0.49,
	"csl_match title TAG nDCG@10":          0.63,
	"csl_match title+abstract TAG nDCG@10": 0.71,
	"csl_match absent keywords MRR@10":     0.43,
	"csl_match tag pairs AUC":              0.79,
	"title FIT " + sizeBias:                0.15,
	"keywords FIT " + sizeBias:             0.15,
	"title+abstract FIT " + sizeBias:       0.15,
}

// sizeBias is whether the number of its texts buys a team rank: the mean over
// challenges of the rank correlation of that number with the score.
const sizeBias = "Spearman(size, score)"

// method is a way to score, by what it is worth on any draw of the units.
type method struct {
	name string
	of   measure.Statistic
}

// add measures ours, and each of the others against it, over n units.
func (j *judge) add(metric, unit string, n int, better improvement, ours measure.Statistic, others ...method) {
	f := figure{Set: j.name, Part: j.part, Engine: j.engine, Metric: metric, N: n, Unit: unit, Better: better, Value: number(ours(nil))}
	stats := []measure.Statistic{ours}
	for _, o := range others {
		stats = append(stats, o.of, func(times []int) float64 { return ours(times) - o.of(times) })
	}
	v := measure.Bootstrap{Units: n, Draws: j.resamples, Seed: j.seed}.Intervals(stats...)
	f.Low, f.High = number(v[0].Low), number(v[0].High)
	for i, o := range others {
		p := peer{Name: o.name, Value: number(o.of(nil))}
		p.Difference = f.Value - p.Value
		p.Low, p.High, p.DiffLow, p.DiffHigh = number(v[2*i+1].Low), number(v[2*i+1].High), number(v[2*i+2].Low), number(v[2*i+2].High)
		f.Peers = append(f.Peers, p)
	}
	if math.IsNaN(float64(f.Value)) {
		f.Missing = "nothing in the files to measure it by"
	}
	g, ok := goals[j.name+" "+metric]
	if !ok {
		g, ok = goals[metric]
	}
	if ok && f.Missing == "" {
		f.Goal = &goal{number(g), reached(float64(f.Value), g, better)}
	}
	j.figures = append(j.figures, f)
}

func reached(value, goal float64, better improvement) bool {
	switch better {
	case lower:
		return value <= goal
	case nearZero:
		return math.Abs(value) <= goal
	}
	return value >= goal
}

// leaveOut says why a figure is not there.
func (j *judge) leaveOut(metric, format string, args ...any) {
	nan := number(math.NaN())
	j.figures = append(j.figures, figure{Set: j.name, Part: j.part, Metric: metric, Value: nan, Low: nan, High: nan, Missing: fmt.Sprintf(format, args...)})
}

// file puts the part into a name, for saying what is not there.
func (j *judge) file(prefix, ext string) string {
	if j.part == "" {
		return prefix + "." + ext
	}
	return prefix + "_" + j.part + "." + ext
}
