package main // the command is not exported

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"jiebang/matching/measure"
)

// evaluated runs the command and returns its exit code and both streams.
func evaluated(args ...string) (int, string, string) {
	var out, errOut bytes.Buffer
	code := evaluateCommand(args, &out, &errOut)
	return code, out.String(), errOut.String()
}

// figuresOf runs the command and returns its figures by set and metric.
func figuresOf(t *testing.T, args ...string) map[string]figure {
	t.Helper()
	code, out, errOut := evaluated(append(args, "--json")...)
	if code != 0 || errOut != "" {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	figures := map[string]figure{}
	for line := range strings.Lines(out) {
		var f figure
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		figures[f.Set+" "+f.Metric] = f
	}
	return figures
}

// writeWorld writes a set of each kind.
func writeWorld(t *testing.T, dir string) {
	t.Helper()
	w := newWorld(1)
	w.writeHistory(t, filepath.Join(dir, "history"), 64, 48)
	w.writeRatings(t, filepath.Join(dir, "ratings"), 20)
	w.writePairs(t, filepath.Join(dir, "pairs"), 48)
}

// TestEvaluateWorld holds the engine to what must come out where the truth was
// planted; the bounds have room, they guard against breaking, not against losing a hundredth.
func TestEvaluateWorld(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeWorld(t, dir)
	figures := figuresOf(t, dir)
	for name, f := range figures {
		if f.Missing != "" || f.Low > f.Value+1e-9 || f.High < f.Value-1e-9 {
			t.Errorf("%s: %v [%v;%v] %s", name, f.Value, f.Low, f.High, f.Missing)
		}
		// Few words say little, and a team with more texts has more chances to say one of them.
		most := map[bool]float64{true: .15, false: .2}[strings.Contains(name, "abstract") || strings.Contains(name, "TAG")]
		if strings.HasSuffix(name, sizeBias) && math.Abs(float64(f.Value)) > most {
			t.Errorf("%s: %v, the size of a team buys rank", name, f.Value)
		}
	}
	for name, row := range map[string]struct {
		least, most number
	}{
		"history title TEXT nDCG@10":         {.65, 1},
		"history title TAG nDCG@10":          {.85, 1},
		"history title+abstract TAG nDCG@10": {.9, 1},
		"history title guessed tag top 3":    {.9, 1},
		"history absent keywords recall@100": {.7, 1},
		"history tag pairs AUC":              {.65, 1},
		"ratings loss":                       {0, .15},
		"ratings easy accuracy":              {.9, 1},
		"pairs paper-centric loss":           {0, .15},
		"pairs expert-centric loss":          {0, .15},
	} {
		if f, ok := figures[name]; !ok || f.Value < row.least || f.Value > row.most {
			t.Errorf("%s: %v is not within %v and %v", name, f.Value, row.least, row.most)
		}
	}
	for name, row := range map[string]struct {
		peer  string
		sense number // of the difference
	}{
		"history title TEXT nDCG@10":          {barName, 1},
		"history title+abstract TEXT nDCG@10": {barName, 1},
		"history title TAG nDCG@10":           {"TEXT", 1},
		"history title+abstract TAG nDCG@10":  {"TEXT", 1},
		"history title FIT nDCG@10":           {"TEXT", 1},
		"history tag pairs AUC":               {"same tag", 1},
		"ratings loss":                        {"guesses", -1},
		"pairs paper-centric loss":            {"guess", -1},
	} {
		p := peerOf(t, figures[name], row.peer)
		if row.sense*p.DiffLow <= 0 || row.sense*p.DiffHigh <= 0 {
			t.Errorf("%s is not told from that of %s: [%v;%v]", name, row.peer, p.DiffLow, p.DiffHigh)
		}
	}
	if p := peerOf(t, figures["ratings loss"], "guesses"); p.Low > .5 || p.High < .5 {
		t.Errorf("guessing loses a half, which is not within [%v;%v]", p.Low, p.High)
	}
}

func peerOf(t *testing.T, f figure, name string) peer {
	t.Helper()
	for _, p := range f.Peers {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("%s has no peer %s", f.Metric, name)
	return peer{}
}

// TestEvaluateSaysTheSame: neither a second run, nor the order of the lines, nor
// a byte order mark or the ends of lines of another system show.
func TestEvaluateSaysTheSame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := newWorld(2)
	w.writeHistory(t, filepath.Join(dir, "history"), 16, 8)
	w.writeRatings(t, filepath.Join(dir, "ratings"), 4)
	w.writePairs(t, filepath.Join(dir, "pairs"), 4)
	code, want, errOut := evaluated("--resamples", "50", dir)
	if code != 0 || errOut != "" {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	r := rand.New(rand.NewPCG(1, 2))
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			shuffleLines(t, r, path)
			data, _ := os.ReadFile(path)
			err = os.WriteFile(path, append([]byte("\ufeff"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...), 0o600)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if code, got, errOut := evaluated(dir, "--resamples", "50"); got != want {
		t.Errorf("exit %d: %s\n%s\n%s", code, errOut, want, got)
	}
	if _, other, _ := evaluated(dir, "--resamples", "50", "--seed", "2"); other == want {
		t.Error("the seed changes nothing")
	}
}

// TestIntervalsCoverThePlantedLoss: the loss that a noisy method has in the long
// run lies within 95 % of the intervals, as far as few experts allow.
func TestIntervalsCoverThePlantedLoss(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	experts := func(n int) []measure.Share {
		var out []measure.Share
		for range n {
			var items []measure.Item
			for range 8 {
				truth := 1 + 4*r.Float64()
				items = append(items, measure.Item{Truth: truth, Score: truth + 1.5*r.NormFloat64()})
			}
			out = append(out, measure.PairLoss(measure.Pairs(items)))
		}
		return out
	}
	truth := measure.Ratio(experts(20000), nil)
	held := 0
	for i := range 200 {
		units := experts(30)
		b := measure.Bootstrap{Units: len(units), Draws: 300, Seed: uint64(i)}
		if b.Interval(ratio(units)).Holds(truth) {
			held++
		}
	}
	if held < 176 || held > 199 {
		t.Errorf("%d of 200 intervals hold the loss %.4f", held, truth)
	}
}

// A history may say which teams did well, without any tags.
func TestEvaluateToldGains(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "ours")
	writeFile(t, dir, "evidence.jsonl", `{"id":"e1","text":"高温合金叶片的定向凝固与单晶铸造"}
{"id":"e2","text":"水稻杂交育种与抗病基因","note":"fields that are not ours are passed over"}

{"id":"e3","text":"single crystal casting of superalloy blades"}
`)
	writeFile(t, dir, "teams.jsonl", `{"id":"casting","evidence":["e1","e3"]}
{"id":"rice","evidence":["e2"]}
`)
	writeFile(t, dir, "challenges.jsonl", `{"id":"c1","title":"单晶叶片铸造","gains":{"casting":3}}
{"id":"c2","title":"抗病水稻","keywords":["水稻"],"gains":{"rice":1,"casting":0}}
{"id":"c3","title":"blade casting","gains":{"casting":1}}
`)
	figures := figuresOf(t, dir)
	if f := figures["ours title TEXT hit@1"]; f.Value != 1 || f.N != 3 {
		t.Errorf("%+v", f)
	}
	if f := figures["ours keywords TEXT nDCG@10"]; f.Value != 1 || f.N != 1 {
		t.Errorf("%+v", f)
	}
	for metric, why := range map[string]string{
		"TAG":                    "taxonomy.csv is not there",
		"tag pairs AUC":          "tag_pairs.csv or taxonomy.csv is not there",
		"absent keywords MRR@10": "no challenge has absent_keywords",
	} {
		if f := figures["ours "+metric]; !strings.Contains(f.Missing, why) {
			t.Errorf("%s: %+v", metric, f)
		}
	}
	if f := figures["ours title TEXT nDCG@10"]; f.Goal != nil {
		t.Error("a published goal is set for a set of one's own")
	}
}

// A service of vectors is one channel more, and is asked for every text; where it fails, so
// does the command.
func TestEvaluateEmbedding(t *testing.T) {
	t.Parallel()
	var asked, broken atomic.Int64
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in struct{ Input []string }
		if broken.Load() != 0 || json.NewDecoder(r.Body).Decode(&in) != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		asked.Add(int64(len(in.Input)))
		data := []map[string]any{}
		for _, text := range in.Input {
			v := []int{0, 1}
			if strings.ContainsAny(text, "叶b") {
				v = []int{1, 0}
			}
			data = append(data, map[string]any{"embedding": v})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
	}))
	defer service.Close()
	dir := filepath.Join(t.TempDir(), "ours")
	writeFile(t, dir, "evidence.jsonl", `{"id":"e1","text":"高温合金叶片的定向凝固"}
{"id":"e2","text":"水稻杂交育种与抗病基因"}
`)
	writeFile(t, dir, "teams.jsonl", `{"id":"casting","evidence":["e1"]}
{"id":"rice","evidence":["e2"]}
`)
	writeFile(t, dir, "challenges.jsonl", `{"id":"c1","title":"superalloy blades","gains":{"casting":3}}
`)
	hit := func(args ...string) string {
		t.Helper()
		code, out, errOut := evaluated(append(args, "--json", "--resamples", "0", dir)...)
		if code != 0 {
			t.Fatalf("exit %d: %s", code, errOut)
		}
		for _, line := range strings.Split(out, "\n") {
			if strings.Contains(line, `"title TEXT hit@1"`) {
				return line
			}
		}
		t.Fatal(out)
		return ""
	}
	if alone := hit(); !strings.Contains(alone, `"value":0.5`) {
		t.Errorf("no word of the challenge is in any evidence, so both teams are equal: %s", alone)
	}
	if with := hit("--embedding", service.URL, "--embedding-model", "m"); !strings.Contains(with, `"value":1`) || asked.Load() == 0 {
		t.Errorf("with vectors that know both languages: %s, %d texts asked", with, asked.Load())
	}
	broken.Store(1)
	if code, _, errOut := evaluated("--embedding", service.URL, "--embedding-model", "m", dir); code != 2 || !strings.Contains(errOut, "404") {
		t.Errorf("exit %d: %s", code, errOut)
	}
}

// Any name of a part will do, and two parts stand beside each other.
func TestEvaluateParts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newWorld(3).writeRatings(t, dir, 4)
	for _, name := range []string{"evaluations", "profiles", "peer_scores"} {
		files, _ := filepath.Glob(filepath.Join(dir, name+"_made.*"))
		data, _ := os.ReadFile(files[0])
		writeFile(t, dir, name+"_kept_aside"+filepath.Ext(files[0]), string(data))
	}
	_, out, errOut := evaluated("--json", "--resamples", "0", dir)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 6 || !strings.Contains(lines[0], `"part":"kept_aside"`) || strings.ReplaceAll(lines[0], "kept_aside", "made") != lines[3] {
		t.Errorf("%s%s", errOut, out)
	}
	if !strings.Contains(lines[0], `"low":null,"high":null`) {
		t.Errorf("an interval without draws: %s", lines[0])
	}
	if err := os.Remove(filepath.Join(dir, "peer_scores_kept_aside.csv")); err != nil {
		t.Fatal(err)
	}
	if code, out, errOut := evaluated("--json", dir); code != 0 || strings.Count(out, "guesses") != 3 {
		t.Errorf("exit %d: %s%s", code, errOut, out)
	}
}

func TestEvaluateRefusesFlags(t *testing.T) {
	t.Parallel()
	empty, file := t.TempDir(), filepath.Join(t.TempDir(), "file")
	writeFile(t, filepath.Dir(file), "file", "")
	for name, row := range map[string]struct {
		args []string
		want string
	}{
		"no directory":  {nil, "want the directory"},
		"two":           {[]string{"a", "b"}, `unexpected argument "b"`},
		"flag":          {[]string{"--nothing", "a"}, "nothing"},
		"flag at last":  {[]string{"a", "--nothing"}, "nothing"},
		"resamples":     {[]string{"--resamples", "-1", "a"}, "--resamples: -1"},
		"too many":      {[]string{"--resamples", "1000001", "a"}, "--resamples: 1000001"},
		"no number":     {[]string{"--seed", "x", "a"}, "seed"},
		"not there":     {[]string{filepath.Join(empty, "none")}, "none: cannot be read: no such file"},
		"no model":      {[]string{"--embedding", "http://127.0.0.1:1/v1", "a"}, "--embedding: "},
		"no address":    {[]string{"--embedding", "here", "--embedding-model", "m", "a"}, "--embedding: "},
		"no folder":     {[]string{file}, "file: cannot be read: not a directory"},
		"nothing in it": {[]string{empty}, "holds no set"},
	} {
		code, out, errOut := evaluated(row.args...)
		if code != 2 || out != "" || !strings.Contains(errOut, row.want) {
			t.Errorf("%s: exit %d, %q is not in %q", name, code, row.want, errOut)
		}
	}
	if code, _, help := evaluated("--help"); code != 0 || !strings.Contains(help, "TEAMS FOR A CHALLENGE") || !strings.Contains(help, "-resamples") {
		t.Errorf("help: exit %d, %s", code, help)
	}
}

// The command is in the table.
func TestEvaluateIsACommand(t *testing.T) {
	t.Parallel()
	if code, out, errs := called(t, nil, "evaluate", "--help"); code != 0 || !strings.Contains(out+errs, "usage: jiebang evaluate") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if _, out, _ := called(t, nil, "help"); !strings.Contains(out, "jiebang evaluate [flags] DIR") {
		t.Error(out)
	}
}

func TestEvaluateRefusesFiles(t *testing.T) {
	t.Parallel()
	sound := t.TempDir()
	w := newWorld(4)
	w.writeHistory(t, filepath.Join(sound, "history"), 16, 4)
	w.writeRatings(t, filepath.Join(sound, "ratings"), 4)
	w.writePairs(t, filepath.Join(sound, "pairs"), 4)
	type change func(string) string
	replace := func(old, with string) change {
		return func(s string) string {
			if !strings.Contains(s, old) {
				t.Errorf("%q is not there to be replaced", old)
			}
			return strings.Replace(s, old, with, 1)
		}
	}
	add := func(line string) change { return func(s string) string { return s + line + "\n" } }
	all := func(with string) change { return func(string) string { return with } }
	gone := change(nil)
	for name, row := range map[string]struct {
		file string
		change
		want string // with the line and the field
	}{
		"no docs":              {"ratings/docs.jsonl", gone, "docs_made.jsonl or docs.jsonl: is not there; it holds the texts"},
		"no profiles":          {"ratings/profiles_made.json", gone, "profiles_made.json or profiles.json: is not there"},
		"no experts":           {"pairs/experts.json", gone, "experts.json: is not there"},
		"no teams":             {"history/teams_made.jsonl", gone, "teams.jsonl: is not there"},
		"empty":                {"ratings/evaluations_made.csv", all(""), "evaluations_made.csv: is empty; the first line must name reviewer, doc, expertise"},
		"no column":            {"ratings/evaluations_made.csv", replace("expertise", "skill"), "evaluations_made.csv:1: expertise: no such column"},
		"column twice":         {"ratings/evaluations_made.csv", replace("reviewer,doc,expertise", "reviewer,doc,expertise,doc"), "evaluations_made.csv:1: doc: this column stands twice"},
		"fields":               {"ratings/evaluations_made.csv", add("x00,d0001"), "evaluations_made.csv:34: has 2 fields, the first line has 3"},
		"quotes":               {"ratings/evaluations_made.csv", add(`x00,d"1,3`), "evaluations_made.csv:34: is no line of CSV"},
		"no number":            {"ratings/evaluations_made.csv", add("x00,d0001,gut"), `evaluations_made.csv:34: expertise: "gut" is no number; write digits`},
		"nan":                  {"ratings/evaluations_made.csv", add("x00,d0001,NaN"), `evaluations_made.csv:34: expertise: "NaN" is no number`},
		"unknown doc":          {"ratings/evaluations_made.csv", add("x00,d9999,3"), `evaluations_made.csv:34: doc: there is no "d9999" in docs.jsonl`},
		"empty cell":           {"ratings/evaluations_made.csv", add(",d0001,3"), "evaluations_made.csv:34: reviewer: is empty"},
		"no profile":           {"ratings/evaluations_made.csv", add("x77,d0001,3"), "profiles_made.json: [0].x77: is missing or empty"},
		"NUL":                  {"ratings/evaluations_made.csv", add("x00,d\x001,3"), "evaluations_made.csv:34: holds a NUL byte; save the file as UTF-8"},
		"latin":                {"ratings/docs.jsonl", add("{\"id\":\"M\xfcller\"}"), "is not UTF-8; save"},
		"huge line":            {"ratings/docs.jsonl", add(strings.Repeat("x", longestLine+1)), "has 4194305 bytes, more than 4194304; is a line break missing?"},
		"no object":            {"ratings/docs.jsonl", add("[1]"), "want one JSON object a line: this is a list"},
		"null":                 {"ratings/docs.jsonl", add("null"), "want one JSON object a line, not null"},
		"half an object":       {"ratings/docs.jsonl", add(`{"id":`), "want one JSON object a line: unexpected end"},
		"doc twice":            {"ratings/docs.jsonl", add(`{"id":"d0000","title":"t"}`), `id: "d0000" stands twice`},
		"doc without text":     {"ratings/docs.jsonl", add(`{"id":"d9","title":" "}`), "title: is empty, and so is abstract"},
		"doc without id":       {"ratings/docs.jsonl", add(`{"title":"t"}`), "id: is missing"},
		"id a number":          {"ratings/docs.jsonl", add(`{"id":7,"title":"t"}`), "id: want a text; this is a number"},
		"NUL in a text":        {"ratings/docs.jsonl", add(`{"id":"d9","title":"a\u0000b"}`), "title: holds a NUL character; take it out"},
		"profiles":             {"ratings/profiles_made.json", all(`[{"x00":"d0001"}]`), `profiles_made.json:1: want an object {"EXPERT": ["DOC", ...]} or a list of such objects: this is a text`},
		"no list":              {"ratings/profiles_made.json", all("[]"), "profiles_made.json: is an empty list; want an object"},
		"profiles cut":         {"ratings/profiles_made.json", all("[{\n\"x00\":"), "profiles_made.json:2: want an object"},
		"profile text":         {"ratings/profiles_made.json", replace(`"d0000"`, `"d9999"`), `profiles_made.json: [0].x00[0]: there is no "d9999" in docs.jsonl`},
		"peer list":            {"ratings/peer_scores_made.csv", replace("\n1,", "\n3,"), "peer_scores_made.csv:2: list: 3 is none of the 2 lists"},
		"peer gap":             {"ratings/peer_scores_made.csv", replace("\n1,x00,", "\n1,y00,"), "peer_scores_made.csv: has no line for [0].x00 and d"},
		"pair expert":          {"pairs/paper_centric_pairs_made.csv", replace(",x", ",z"), `paper_centric_pairs_made.csv:2: expert_a: there is no "z`},
		"pair paper":           {"pairs/expert_centric_pairs_made.csv", replace(",d0", ",q0"), `paper_a: there is no "q0`},
		"team twice":           {"history/teams_made.jsonl", add(`{"id":"team000","evidence":["e0000"]}`), `teams_made.jsonl:17: id: "team000" stands twice`},
		"team without":         {"history/teams_made.jsonl", add(`{"id":"t"}`), "teams_made.jsonl:17: evidence: is missing or empty"},
		"team's evidence":      {"history/teams_made.jsonl", add(`{"id":"t","evidence":["e9999"]}`), `teams_made.jsonl:17: evidence: there is no "e9999" in evidence_made.jsonl`},
		"evidence no list":     {"history/teams_made.jsonl", add(`{"id":"t","evidence":"e0000"}`), "teams_made.jsonl:17: evidence: want a list of texts; this is a text"},
		"evidence named twice": {"history/teams_made.jsonl", add(`{"id":"t","evidence":["e0000","e0000"]}`), `teams_made.jsonl:17: evidence: "e0000" stands twice`},
		"evidence twice":       {"history/evidence_made.jsonl", add(`{"id":"e0000","text":"t"}`), `id: "e0000" stands twice`},
		"unknown tag":          {"history/evidence_made.jsonl", add(`{"id":"e","text":"t","discipline":"占星学"}`), `discipline: there is no "占星学" in the column discipline`},
		"challenge twice":      {"history/challenges_made.jsonl", add(`{"id":"c000","gains":{}}`), `challenges_made.jsonl:5: id: "c000" stands twice`},
		"no truth":             {"history/challenges_made.jsonl", add(`{"id":"c"}`), "challenges_made.jsonl:5: gains: is missing; say how well each team did"},
		"gain of nobody":       {"history/challenges_made.jsonl", add(`{"id":"c","gains":{"tim":1}}`), "challenges_made.jsonl:5: gains.tim: there is no such team"},
		"gain below 0":         {"history/challenges_made.jsonl", add(`{"id":"c","gains":{"team000":-1}}`), "challenges_made.jsonl:5: gains.team000: -1 is below 0"},
		"gain a text":          {"history/challenges_made.jsonl", add(`{"id":"c","gains":{"team000":"good"}}`), "challenges_made.jsonl:5: gains: want an object of numbers; this is a text"},
		"discipline twice":     {"history/taxonomy.csv", add("学科甲0,门类甲,"), `taxonomy.csv:18: discipline: "学科甲0" stands twice`},
		"tag pair":             {"history/tag_pairs_made.csv", add("学科甲0,占星学,1"), `tag_pairs_made.csv:602: discipline_b: there is no "占星学"`},
		"neither":              {"history/tag_pairs_made.csv", add("学科甲0,学科甲1,0.5"), "tag_pairs_made.csv:602: shares_keyword: 0.5 is neither 1 nor 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "set")
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(sound, filepath.Dir(row.file)))); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, filepath.Base(row.file))
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if row.change != nil {
				writeFile(t, dir, filepath.Base(path), row.change(string(data)))
			}
			code, out, errOut := evaluated(dir)
			if code != 2 || out != "" || !strings.Contains(errOut, row.want) {
				t.Errorf("exit %d, %q is not in\n%s", code, row.want, errOut)
			}
			if n := strings.Count(errOut, "\n"); n > faultsShown+1 {
				t.Errorf("%d lines", n)
			}
		})
	}
}

func TestEvaluateTellsOnlySoManyFaults(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newWorld(5).writeRatings(t, dir, 4)
	writeFile(t, dir, "evaluations_made.csv", "reviewer,doc,expertise\n"+strings.Repeat("x00,none,3\n", 50))
	_, _, errOut := evaluated(dir)
	if lines := strings.Split(strings.TrimSpace(errOut), "\n"); len(lines) != faultsShown+1 || !strings.HasPrefix(lines[faultsShown], "and ") {
		t.Errorf("%d lines: %s", len(lines), errOut)
	}
}

func TestEvaluateCannotWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newWorld(6).writeRatings(t, dir, 2)
	var errOut bytes.Buffer
	if code := evaluateCommand([]string{dir}, full{}, &errOut); code != 1 || !strings.Contains(errOut.String(), "cannot write") {
		t.Errorf("exit %d, %s", code, errOut.String())
	}
	if err := printFigures(full{}, []figure{{}}, true); err == nil {
		t.Error("nothing was written, and nobody minds")
	}
}

func TestEvaluateProgressAndSeed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "ours")
	newWorld(7).writeRatings(t, dir, 4)
	_, out, errOut := evaluated("--progress", dir)
	if !strings.Contains(errOut, "ours: ratings\n") || strings.Contains(errOut, "\r") {
		t.Errorf("%q", errOut)
	}
	if _, other, errOut := evaluated("--seed", "2", dir); other == out || errOut != "" {
		t.Errorf("the seed changes nothing, or somebody speaks unasked: %q", errOut)
	}
}

// TestFigureTable is what a reader sees, without the engine.
func TestFigureTable(t *testing.T) {
	t.Parallel()
	nan := number(math.NaN())
	figures := []figure{
		{Set: "gold", Part: "dev", Engine: "likeness 1", Metric: "loss", Value: .2213, Low: .16, High: .3, Better: lower, N: 38, Unit: "experts", Goal: &goal{.225, true}, Peers: []peer{
			{"tpms", .2815, .22, .35, -.0602, -.09, -.02}, {"knows", .2, .1, .3, .0213, -.01, .05}, {"best", .1, .05, .15, .1213, .1, .14}}},
		{Set: "gold", Part: "dev", Metric: "hits", Value: .5, Low: nan, High: nan, Better: higher, N: 1, Unit: "experts", Goal: &goal{.6, false},
			Peers: []peer{{"guesses", .25, nan, nan, .25, nan, nan}}},
		{Set: "own", Metric: "size", Value: -.02, Low: -.03, High: .01, Better: nearZero, N: 9, Unit: "challenges", Goal: &goal{.15, true},
			Peers: []peer{{"plain", .3, .2, .4, -.32, -.4, -.3}}},
		{Set: "own", Metric: "TAG", Missing: "there are no tags"},
	}
	const want = `gold, part dev      value  95 % interval      likeness 1
  loss             0.2213  [ 0.1600; 0.3000]  38 experts, better lower, goal ≤ 0.225 reached
    less tpms      0.2815  [ 0.2200; 0.3500]  -0.0602 [-0.0900;-0.0200] better
    less knows     0.2000  [ 0.1000; 0.3000]  +0.0213 [-0.0100; 0.0500] not told apart
    less best      0.1000  [ 0.0500; 0.1500]  +0.1213 [ 0.1000; 0.1400] worse
  hits             0.5000                     1 experts, better higher, goal ≥ 0.6 missed
    less guesses   0.2500                     +0.2500

own                 value  95 % interval
  size            -0.0200  [-0.0300; 0.0100]  9 challenges, better near 0, goal ±0.15 reached
    less plain     0.3000  [ 0.2000; 0.4000]  -0.3200 [-0.4000;-0.3000]
  TAG             left out: there are no tags
`
	if got := figureTable(figures); got != want {
		t.Errorf("%s", got)
	}
}

// TestPublishedSets holds the shipped engine to its goals on the published
// sets, whose texts may not be copied here.
func TestPublishedSets(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("JIEBANG_EVAL_DATA")
	if dir == "" {
		t.Skip("JIEBANG_EVAL_DATA names no directory with the published sets")
	}
	figures := figuresOf(t, dir)
	met := 0
	for name, f := range figures {
		if f.Goal == nil {
			continue
		}
		if f.Goal.Met {
			met++
		} else {
			t.Errorf("%s: %v, the goal is %v", name, f.Value, f.Goal.Value)
		}
	}
	if met == 0 {
		t.Error("no set with a goal was found")
	}
	// The peers' figures stand in the papers: they show that the same thing is measured.
	for peerName, want := range map[string]float64{"tpms": .2815, "elmo": .3456, "acl": .2968, "specter": .2699, "specter_mfr": .2398} {
		if p := peerOf(t, figures["gold_reviewer_paper loss"], peerName); figures["gold_reviewer_paper loss"].Part == "dev" && math.Abs(float64(p.Value)-want) > 1e-3 {
			t.Errorf("%s: %v, want %v", peerName, p.Value, want)
		}
	}
}
