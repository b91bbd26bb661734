package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const fewScores = `panel,bid,reviewer,score
p,a,x,90
p,a,y,80
p,b,x,75
p,b,y,66
p,c,x,60
p,c,y,52
q,a,x,5
`

func consensusOf(t *testing.T, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = consensusCommand(args, strings.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

func TestConsensusFormats(t *testing.T) {
	t.Parallel()
	code, want, errs := consensusOf(t, fewScores, "-")
	if code != 0 {
		t.Fatal(errs)
	}
	lines := strings.Split(strings.TrimSpace(want), "\n")
	if len(lines) != 6 {
		t.Fatalf("%d lines:\n%s", len(lines), want)
	}
	for i, has := range []string{`"kind":"panel","panel":"p"`, `"place":1`, `"bid":"b"`, `"bid":"c"`, `"withheld":[]`, `"calibrated":5`} {
		if !json.Valid([]byte(lines[i])) || !strings.Contains(lines[i], has) {
			t.Errorf("line %d lacks %s: %s", i+1, has, lines[i])
		}
	}
	rows := strings.Split(strings.TrimSpace(fewScores), "\n")[1:]
	rng := rand.New(rand.NewPCG(1, 1))
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	var objects []string
	for _, r := range rows {
		f := strings.Split(r, ",")
		objects = append(objects, fmt.Sprintf(`{"score":%s,"expert":%q,"bid":%q,"panel":%q}`, f[3], f[2], f[1], f[0]))
	}
	for name, in := range map[string]string{
		"shuffled":     "panel,bid,reviewer,score\n" + strings.Join(rows, "\n"),
		"with a BOM":   "\ufeff" + fewScores,
		"an array":     "\n[" + strings.Join(objects, ",\n") + "]\n",
		"JSON lines":   strings.Join(objects, "\n"),
		"other column": strings.Replace(fewScores, "reviewer", "expert", 1),
	} {
		if code, got, errs := consensusOf(t, in, "-"); code != 0 || got != want {
			t.Errorf("%s: exit %d %s\n%s", name, code, errs, got)
		}
	}
}

func TestConsensusErrors(t *testing.T) {
	t.Parallel()
	head := "panel,bid,expert,score\n"
	for want, in := range map[string]string{
		"standard input: is empty":                               " \n",
		`-:1: unknown column "points"`:                           "bid,expert,points\n",
		`:1: no column "score"`:                                  "bid,expert\n",
		`:1: column "expert" stands twice`:                       "bid,expert,reviewer,score\n",
		`:3: score: "NaN" is no number`:                          head + "p,a,x,1\np,b,x,NaN\n",
		`:2: score: "0x10" is no number`:                         head + "p,a,x,0x10\n",
		`:2: score: "" is no number`:                             head + "p,a,x,\n",
		`:2: score: "1e300" is no number within`:                 head + "p,a,x,1e300\n",
		`:2: 3 fields, the first line names 4`:                   head + "p,a,1\n",
		`:2: bid: is empty`:                                      head + "p,,x,1\n",
		`:3: expert "x" scored bid "a" on line 2 already`:        head + "p,a,x,1\np,a,x,2\n",
		`:2: order: "0" is no whole number`:                      "bid,expert,score,order\na,x,1,0\n",
		`:3: expert "y" has no score for k2`:                     "bid,expert,score,criterion\na,x,1,k1\na,y,1,k1\na,x,1,k2\n",
		`:2: score: is missing`:                                  "[{\"bid\":\"a\",\"expert\":\"x\",\"score\":1},\n{\"bid\":\"b\",\"expert\":\"x\"}]",
		`:1: json: unknown field "points"`:                       `{"bid":"a","expert":"x","points":1}`,
		`:2: expert and reviewer both stand`:                     "\n{\"bid\":\"a\",\"expert\":\"x\",\"reviewer\":\"y\",\"score\":1}",
		`:1: the array does not end`:                             `[{"bid":"a","expert":"x","score":1}`,
		`:1: something stands behind the last object`:            `[] {}`,
		`:2: something stands behind the last object`:            "{\"bid\":\"a\",\"expert\":\"x\",\"score\":1}\n]",
		`:2: json: cannot unmarshal string into Go struct field`: "[\n{\"bid\":\"a\",\"expert\":\"x\",\"score\":\"1\"}]",
		`parse error on line 2`:                                  head + "p,\"a,x,1\n",
		"and 5 more":                                             head + strings.Repeat("p,,x,y\n", 5) + strings.Repeat("p,,x,y\n", 20),
	} {
		if code, out, errs := consensusOf(t, in, "-"); code != 2 || out != "" || !strings.Contains(errs, strings.TrimPrefix(want, "-")) {
			t.Errorf("exit %d, want 2 and %q\n%s%s", code, want, out, errs)
		}
	}
	for want, args := range map[string][]string{
		"want a file of scores":             nil,
		"unexpected argument \"b\"":         {"a", "b"},
		"cannot be opened":                  {"/nowhere/scores.csv"},
		"--draws: -1":                       {"--draws", "-1", "-"},
		"--weights: \"route\" is not":       {"--weights", "route", "-"},
		"--panels groups what":              {"--panels", "x", "-"},
		"--study plants its own":            {"--study", "docs", "-"},
		"nothing is scored for the criteri": {"--weights", "=1,route=2", "-"},
		"no share for the criterion":        {"--weights", "route=2", "-"},
	} {
		if code, _, errs := consensusOf(t, fewScores, args...); code != 2 || !strings.Contains(errs, want) {
			t.Errorf("%v: exit %d, want 2 and %q\n%s", args, code, want, errs)
		}
	}
	if code, _, errs := consensusOf(t, "", "-h"); code != 0 || !strings.Contains(errs, "Krippendorff") {
		t.Errorf("-h: exit %d\n%s", code, errs)
	}
}

func TestConsensusTable(t *testing.T) {
	t.Parallel()
	in := "bid,expert,criterion,score,order\n"
	for i, bid := range []string{"a", "b", "c", "d"} {
		for j, expert := range []string{"x", "y", "z"} {
			in += fmt.Sprintf("%s,%s,route,%d,%d\n%s,%s,team,%d,%d\n", bid, expert, 30-5*i+2*j, i+1, bid, expert, 50-4*i+3*j-2*(i*j%2), i+1)
		}
	}
	code, out, errs := consensusOf(t, in, "--table", "--explain", "--weights", "route=40,team=60", "-")
	if code != 0 || errs != "" {
		t.Fatal(errs)
	}
	for _, has := range []string{"4 bids, 3 experts, 12 sheets; alpha", "W 1.000", "place", "1      a", "95 % interval", "a: mean"} {
		if !strings.Contains(out, has) {
			t.Errorf("lacks %q\n%s", has, out)
		}
	}
	_, out, _ = consensusOf(t, "bid,expert,score\na,x,1\nb,x,2\nc,y,3\nd,y,3\n", "--table", "-")
	if !strings.Contains(out, "2 groups that share no expert") || !strings.Contains(out, "no bid has two scores") {
		t.Errorf("does not say why the order is withheld\n%s", out)
	}
}

func TestConsensusTruth(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "truth.csv")
	write := func(s string) {
		if err := os.WriteFile(file, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("panel,bid,true_quality,note\np,a,3,\np,b,2,\np,c,1,x\nq,a,1,\n")
	code, out, errs := consensusOf(t, fewScores, "--truth", file, "-")
	if code != 0 || !strings.Contains(out, `"tau":{"calibrated":0.5`) { // one panel in order, one with a single bid
		t.Errorf("exit %d %s\n%s", code, errs, out)
	}
	for want, s := range map[string]string{
		"want the columns":                "bid,quality\n",
		":2: true_quality: \"x\"":         "bid,true_quality\na,x\n",
		":3: bid \"a\" stands twice":      "bid,true_quality\na,1\na,2\n",
		":1: no truth for bid \"b\" of p": "panel,bid,true_quality\np,a,1\np,c,1\nq,a,1\n",
	} {
		write(s)
		if code, _, errs := consensusOf(t, fewScores, "--truth", file, "-"); code != 2 || !strings.Contains(errs, want) {
			t.Errorf("exit %d, want %q\n%s", code, want, errs)
		}
	}
}

func TestTopTenth(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		value, truth []float64
		want         float64
	}{
		"found":            {[]float64{1, 2, 3}, []float64{1, 2, 3}, 1},
		"not found":        {[]float64{3, 2, 1}, []float64{1, 2, 3}, 0},
		"level with other": {[]float64{1, 3, 3}, []float64{1, 2, 3}, 0.5},
		"all level":        {[]float64{1, 1, 1, 1}, []float64{1, 2, 3, 4}, 0.25},
	} {
		if got := topTenth(c.value, c.truth); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestConsensusOnOutsidePanels holds the command to its goals on simulated panels kept outside.
func TestConsensusOnOutsidePanels(t *testing.T) {
	t.Parallel()
	root := os.Getenv("JIEBANG_EVAL_DATA")
	if root == "" {
		t.Skip("JIEBANG_EVAL_DATA is not set: it names the folder of outside data that may not be kept here")
	}
	dir := filepath.Join(root, "aggregation")
	if _, err := os.Stat(dir); err != nil {
		dir = filepath.Join(filepath.Dir(filepath.Clean(root)), "aggregation")
	}
	scores, _ := filepath.Glob(filepath.Join(dir, "scores_*.csv"))
	if len(scores) == 0 {
		t.Skipf("JIEBANG_EVAL_DATA=%s has no aggregation/scores_*.csv", root)
	}
	for _, file := range scores {
		part := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "scores_"), ".csv")
		code, out, errs := consensusOf(t, "", "--draws", "0", "--truth", filepath.Join(dir, "truth_"+part+".csv"), "--panels", filepath.Join(dir, "panels_"+part+".json"), file)
		if code != 0 {
			t.Fatal(errs)
		}
		for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
			var c closeness
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatal(err)
			}
			t.Logf("%s, %s: tau mean %.4f calibrated %.4f, top tenth %.4f %.4f, coverage %.4f", part, c.Scenario, c.Tau["mean"], c.Tau["calibrated"], c.Recall["mean"], c.Recall["calibrated"], c.Coverage)
			if c.Scenario == "mean of scenarios" && c.Tau["calibrated"] < c.Tau["mean"]+0.02 {
				t.Errorf("%s: %s: tau %.4f, the plain mean's %.4f", part, c.Scenario, c.Tau["calibrated"], c.Tau["mean"])
			}
			if c.Coverage < 0.92 || c.Coverage > 0.98 { // 0.93 to 0.97, and a standard error of 0.01 for a dozen panels
				t.Errorf("%s: %s: the intervals cover %.4f", part, c.Scenario, c.Coverage)
			}
		}
	}
}

// TestStudy: the study repeats itself, its picture is whole, and what is printed in docs is of these worlds.
func TestStudy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var last []byte
	for range 2 {
		if code, _, errs := consensusOf(t, "", "--study", dir, "--panels-each", "2"); code != 0 {
			t.Fatal(errs)
		}
		text, err := os.ReadFile(filepath.Join(dir, "consensus.md"))
		if err != nil || last != nil && !bytes.Equal(text, last) {
			t.Fatalf("the study changed (%v)", err)
		}
		last = text
	}
	picture, err := os.ReadFile(filepath.Join(dir, "consensus.svg"))
	if err != nil || !bytes.HasSuffix(picture, []byte("</svg>\n")) {
		t.Fatalf("picture: %v", err)
	}
	kept, err := os.ReadFile("docs/consensus.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range studied {
		if !bytes.Contains(kept, []byte("| "+w.name+" |")) || !bytes.Contains(kept, []byte(w.what)) {
			t.Errorf("docs/consensus.md lacks the world %q; jiebang consensus --study docs", w.name)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "consensus.md"), []byte("no place"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writeStudy(dir, 2); err == nil || !strings.Contains(err.Error(), "no place for the study") {
		t.Errorf("%v", err)
	}
}
